"""
Fetch the ties of cities, of all places in a country, or of the world from Wikidata. Progress goes to standard error.

Needs the network and urllib3: pip install 'twincities[wikidata]'. With --cache, the same command resumes where it stopped.
"""

from __future__ import annotations

from argparse import Namespace

from .._progress import working
from ..sources.wikidata import ENDPOINT, Progress, fetch, show_progress
from .arguments import argument, out, to
from .output import localized, say
from .streams import check_out, write_file

ARGUMENTS = (
    argument("cities", nargs="*", metavar="ID", help="Wikidata ids of cities, such as Q162279"),
    argument("--country", metavar="CODE", help="a country instead: an ISO 3166-1 code or a Wikidata id"),
    argument("--world", action="store_true", help="all countries instead, one by one; takes hours"),
    argument(
        "--names", action="append", metavar="TAG", help="a language of names, which may be repeated (default: en)"
    ),
    argument("--cache", metavar="DIR", help="a folder that keeps the answers"),
    argument("--contact", metavar="ADDRESS", help="an e-mail address or URL; Wikimedia asks for one"),
    argument("--endpoint", default=ENDPOINT, metavar="URL", help="the SPARQL endpoint (default: %(default)s)"),
    out(),
    to("json"),
)
EXAMPLES = (
    "twincities fetch --country FI --cache wd --out fi.json",
    "twincities fetch --world --cache wd --out world.jsonl.gz",
)


def run(given: Namespace) -> None:
    check_out(given.out, given.to)
    with working("fetching from Wikidata"):
        dataset = fetch(
            given.cities or None,
            country=given.country,
            world=given.world,
            langs=given.names or ["en"],
            cache=given.cache,
            endpoint=given.endpoint,
            contact=given.contact,
            progress=_show,
            report=lambda remarks: say(str(remarks)),
        )
    write_file(dataset, given.out, ending=given.to)


def _show(progress: Progress) -> None:
    show_progress(_Translated(*progress))


class _Translated(Progress):
    """
    Progress in the chosen language.
    """

    def __str__(self) -> str:
        return localized(super().__str__())
