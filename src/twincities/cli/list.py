"""
Make a list of a city's partners for people, with headings, words and dates in one language.

--out writes it by its ending: .csv or .tsv, .xlsx (a workbook with a title and real dates), .html (a page to print).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .._files import write_atomically
from ..dataset.selection import Selection
from ..display.words import word
from ..errors import QueryError, shown
from ..publish.lists import LIST_COLUMNS, list_html, list_rows
from ..query.ties import Tie
from .arguments import add_city, add_data, add_filters, add_to, filters_of, in_order
from .data import data_about
from .output import print_table, print_text
from .streams import through_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = (
    "twincities list Kuopio --lang fi --out council.xlsx",
    "twincities list Kuopio --columns partner,since --out -",
)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    parser.add_argument(
        "--columns", metavar="NAMES", help=f"columns, separated by commas, of {', '.join(LIST_COLUMNS)}"
    )
    parser.add_argument(
        "--delimiter",
        metavar="CHAR",
        help="delimiter of a .csv file (default: comma, in Finnish and Swedish semicolon)",
    )
    parser.add_argument("--title", metavar="TEXT", help="title of a workbook or page")
    parser.add_argument("--networks", action="store_true", help="include the areas of networks")
    parser.add_argument(
        "--out", metavar="FILE", help="the .csv, .tsv, .xlsx or .html file to write, or - for standard output"
    )
    add_to(parser, "csv")
    add_filters(parser)
    add_data(parser)


def run(given: Namespace) -> int:
    """
    Make the list.
    """
    found = data_about(given.data, given.city).partners(given.city, **filters_of(given), direct=not given.networks)
    ties = in_order(found, given)
    if given.out is not None:
        through_file(given.out, given.to, ".csv", lambda path: _write(ties, path, given))
    elif ties:
        print_table(*list_rows(ties, lang=given.lang, columns=given.columns))
    else:
        print_text(word("no partners", given.lang))
    return 0


def _write(ties: Selection[Tie], path: Path, given: Namespace) -> None:
    options = {"lang": given.lang, "columns": given.columns}
    ending = path.suffix.lower()
    if given.delimiter is not None and ending != ".csv":
        raise QueryError(f"expected --delimiter only with .csv, got {shown(path.name)}")
    if ending == ".xlsx":
        ties.to_excel(path, style="list", title=given.title, **options)
    elif ending in {".csv", ".tsv"}:
        ties.to_csv(path, style="list", delimiter="\t" if ending == ".tsv" else given.delimiter, **options)
    elif ending == ".html":
        write_atomically(path, [list_html(ties, title=given.title, **options).encode()])
    else:
        raise QueryError(f"expected a file name that ends in .csv, .tsv, .xlsx or .html, got {shown(path.name)}")
