"""
Options of the commands that read tables, as `read_table` takes them.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import QueryError, shown
from .data import data_in

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

_GEONAMES = "geonames"


def add_table_options(parser: ArgumentParser, *, choices: str = "the table of choices that import wrote") -> None:
    """
    Add the options of tables.
    """
    parser.add_argument("--lang", metavar="TAG", help="language of names, labels and messages, also of names in tables")
    group = parser.add_argument_group("tables")
    group.add_argument("--city", metavar="NAME", help="the city whose partners the table lists, if no column has it")
    group.add_argument(
        "--places",
        metavar="DATA",
        help="where to look up cities: geonames, geonames:1000 (towns of 1,000 people or more), or a data set",
    )
    pairs: dict[str, Any] = {"action": "append", "default": []}
    group.add_argument(
        "--columns", metavar="KEY=HEADING", help="the heading of a column; KEY= ignores the column", **pairs
    )
    group.add_argument(
        "--words", metavar="WORD=MEANING", help="the meaning of a word, such as voimassa=active", **pairs
    )
    group.add_argument("--unknown", metavar="TEXT", help="a text that means not known", **pairs)
    group.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")
    group.add_argument("--delimiter", metavar="CHAR", help="delimiter of the cells: , ; | or tab")
    group.add_argument("--encoding", metavar="NAME", help="encoding of the file if not UTF-8 or UTF-16, such as cp1252")
    group.add_argument("--choices", metavar="FILE", help=choices)
    group.add_argument("--as-of", metavar="DATE", help="date of the table")


def table_options(given: Namespace) -> dict[str, Any]:
    """
    The given options of tables as arguments of `read_table`.
    """
    columns = _pairs(given.columns, "--columns", "KEY=HEADING")
    options = {
        "columns": {key: heading or None for key, heading in columns},
        "city": given.city,
        "places": None if given.places is None else _places(given.places),
        "choices": given.choices,
        "words": dict(_pairs(given.words, "--words", "WORD=MEANING")),
        "unknown": given.unknown,
        "lang": given.lang,
        "as_of": given.as_of,
        "sheet": given.sheet,
        "delimiter": "\t" if given.delimiter == "tab" else given.delimiter,
        "encoding": given.encoding,
    }
    return {name: value for name, value in options.items() if value is not None and value not in ([], {})}


def _pairs(given: Iterable[str], option: str, form: str) -> Iterable[tuple[str, str]]:
    for text in given:
        key, equals, value = text.partition("=")
        if not key.strip() or not equals:
            raise QueryError(f"expected {option} as {form}, got {shown(text)}")
        yield key.strip(), value.strip()


def _places(given: str) -> Dataset:
    name, _, size = given.partition(":")
    if name != _GEONAMES:
        return data_in(given)
    from ..sources.gazetteer import geonames

    if not size:
        return geonames()
    if not size.isdecimal():
        raise QueryError(f"expected --places as geonames:1000, got {shown(given)}")
    return geonames(int(size))
