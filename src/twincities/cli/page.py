"""
Write a web page on a city's twin cities: one .html file that loads nothing from elsewhere.

The page links to your site's accessibility statement and feedback form if you give their addresses.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ..errors import QueryError, shown
from ..publish.markup import as_address
from .arguments import DATA, argument, out, years_of
from .data import data_about
from .output import in_options, say
from .streams import through_file

ARGUMENTS = (
    argument("city", nargs="?", metavar="CITY", help="a name in any spelling, or an id"),
    out(".html file"),
    argument("--fragment", action="store_true", help="leave out the head, main heading and footer, for a CMS"),
    argument("--title", metavar="TEXT", help="the main heading"),
    argument("--statement", metavar="URL", help="address of the site's accessibility statement"),
    argument("--feedback", metavar="URL", help="address of the form for feedback on accessibility"),
    argument("--data-url", metavar="URL", help="address of the data as a file"),
    argument(
        "--version",
        action="append",
        default=[],
        metavar="TAG=URL",
        help="address of the page in another language; may be repeated",
    ),
    argument("--years", metavar="YEARS", help="years whose anniversaries are listed, such as 2027-2030"),
    argument("--updated", metavar="DATE", help="day of publishing"),
    argument("--no-map", action="store_true", help="draw no map (a map needs the extra charts)"),
    DATA,
)
EXAMPLES = (
    "twincities page Kuopio --lang fi --out kuopio.html",
    "twincities page Kuopio --fragment --out part.html",
)


def run(given: Namespace) -> None:
    if given.data_url is not None:
        as_address(given.data_url, "--data-url")
    dataset = data_about(given.data, given.city)
    versions = dict(map(_version, given.version))
    years = years_of(given.years)

    def write(path: Path) -> None:
        dataset.write_page(
            path,
            city=given.city,
            lang=given.lang,
            title=given.title,
            fragment=given.fragment,
            versions=versions,
            years=years,
            statement=given.statement,
            feedback=given.feedback,
            data=given.data_url,
            updated=given.updated,
            picture=not given.no_map,
            report=lambda remark: say(in_options(remark)),
        )

    through_file(given.out, None, ".html", write)


def _version(text: str) -> tuple[str, str]:
    tag, sign, url = text.partition("=")
    if not sign:
        raise QueryError(f"expected --version as TAG=URL, got {shown(text)}")
    return tag, as_address(url, "--version")
