"""
Write a city's page on its twin cities: one .html file that loads nothing from elsewhere, in English, Finnish or Swedish.

The page links to the accessibility statement and the feedback form of the site that it goes to, if their addresses are given.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ..errors import QueryError, shown
from .arguments import add_data, add_lang, years_of
from .data import data_about
from .output import in_options, say, saying
from .streams import through_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = (
    "twincities page Kuopio --lang fi --out kuopio.html",
    "twincities page Kuopio --fragment --out part.html",
)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument(
        "city", nargs="?", metavar="CITY", help="a name, or an id; the city that the data is complete for"
    )
    parser.add_argument(
        "--out", default="-", metavar="FILE", help="the .html file to write; - is standard output (%(default)s)"
    )
    parser.add_argument("--fragment", action="store_true", help="leave out head, main heading and footer, for a CMS")
    parser.add_argument("--title", metavar="TEXT", help="the main heading")
    parser.add_argument("--statement", metavar="URL", help="the site's accessibility statement")
    parser.add_argument("--feedback", metavar="URL", help="the form for feedback on accessibility")
    parser.add_argument("--data-url", metavar="URL", help="where the data can be loaded as a file")
    parser.add_argument(
        "--version", action="append", default=[], metavar="TAG=URL", help="the page in another language"
    )
    parser.add_argument("--years", metavar="YEARS", help="the years whose anniversaries are listed: 2027-2030")
    parser.add_argument("--updated", metavar="DATE", help="the day of publishing")
    parser.add_argument("--no-map", action="store_true", help="draw no map, which needs the extra charts")
    add_data(parser)
    add_lang(parser)


def run(given: Namespace) -> int:
    """
    Write the page.
    """
    dataset = data_about(given.data, given.city)
    options: dict[str, Any] = {
        "lang": given.lang,
        "title": given.title,
        "fragment": given.fragment,
        "versions": dict(map(_version, given.version)),
        "statement": given.statement,
        "feedback": given.feedback,
        "data": given.data_url,
        "updated": given.updated,
        "picture": not given.no_map,
        "report": lambda remark: say(in_options(remark)),
    }
    if given.years is not None:
        options["years"] = years_of(given.years)
    with saying("drawing the map"):
        through_file(given.out, None, ".html", lambda path: dataset.write_page(path, city=given.city, **options))
    return 0


def _version(text: str) -> tuple[str, str]:
    tag, sign, url = text.partition("=")
    if not sign:
        raise QueryError(f"expected --version as TAG=URL, got {shown(text)}")
    return tag, url
