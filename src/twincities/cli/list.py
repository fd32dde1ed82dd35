"""
Make a list of a city's partners for people, with headings, words and dates in one language.

--out writes it by its ending: .csv or .tsv, .xlsx (a workbook with a title and real dates), .html (a page to print).
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from .._files import with_ending, write_atomically
from ..dataset.selection import Selection
from ..display.words import word
from ..errors import QueryError, shown
from ..publish.lists import LIST_COLUMNS, list_html, list_rows
from ..query.ties import Tie
from .arguments import A_CITY, DATA, FILTERS, argument, filters_of, in_order, to
from .data import data_about
from .output import print_table, print_text
from .streams import through_file, write_rows

ARGUMENTS = (
    A_CITY,
    argument("--columns", metavar="NAMES", help=f"columns, separated by commas, of {', '.join(LIST_COLUMNS)}"),
    argument(
        "--delimiter",
        metavar="CHAR",
        help="delimiter of a .csv file (default: comma, in Finnish and Swedish semicolon)",
    ),
    argument("--title", metavar="TEXT", help="title of a workbook or page"),
    argument("--networks", action="store_true", help="include the areas of networks"),
    argument("--out", metavar="FILE", help="the .csv, .tsv, .xlsx or .html file to write, or - for standard output"),
    to("csv"),
    *FILTERS,
    DATA,
)
EXAMPLES = (
    "twincities list Kuopio --lang fi --out council.xlsx",
    "twincities list Kuopio --columns partner,since --out -",
)


def run(given: Namespace) -> None:
    found = data_about(given.data, given.city).partners(given.city, **filters_of(given), direct=not given.networks)
    ties = in_order(found, given)
    if given.out is not None:
        through_file(given.out, given.to, ".csv", lambda path: _write(ties, path, given))
    elif ties:
        print_table(*list_rows(ties, lang=given.lang, columns=given.columns))
    else:
        print_text(word("no partners", given.lang))


def _write(ties: Selection[Tie], path: Path, given: Namespace) -> None:
    ending = with_ending(path, ".csv", ".tsv", ".xlsx", ".html").suffix.lower()
    if given.delimiter is not None and ending != ".csv":
        raise QueryError(f"expected --delimiter only with .csv, got {shown(path.name)}")
    options = {"lang": given.lang, "columns": given.columns, "title": given.title}
    if ending == ".html":
        write_atomically(path, [list_html(ties, **options).encode()])
    else:
        write_rows(ties, path, style="list", delimiter=given.delimiter, **options)
