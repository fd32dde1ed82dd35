"""
The options of every command that reads tables, as `read_table` takes them.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import QueryError, shown
from .data import data_in

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["add_table_options", "table_options"]

_GEONAMES = "geonames"


def add_table_options(parser: ArgumentParser, *, choices: str = "the table of decisions that import wrote") -> None:
    """
    Declare the options of tables, all but the language of their names.
    """
    group = parser.add_argument_group("tables")
    group.add_argument("--city", metavar="NAME", help="whose partners the table lists, if no column has it")
    group.add_argument(
        "--places",
        metavar="DATA",
        help="where to look cities up: geonames, geonames:1000 for towns of 1,000 people and more, or a data set",
    )
    pairs: dict[str, Any] = {"action": "append", "default": []}
    group.add_argument("--columns", metavar="KEY=HEADING", help="what a column holds; KEY= leaves it unread", **pairs)
    group.add_argument("--words", metavar="WORD=MEANING", help="what a word means, such as voimassa=active", **pairs)
    group.add_argument("--unknown", metavar="TEXT", help="what stands for not known", **pairs)
    group.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")
    group.add_argument("--delimiter", metavar="CHAR", help="what separates cells: , ; | or tab")
    group.add_argument("--encoding", metavar="NAME", help="of a file that isn't UTF-8 or UTF-16, such as cp1252")
    group.add_argument("--choices", metavar="FILE", help=choices)
    group.add_argument("--as-of", metavar="DATE", help="the date that the table is true of")


def table_options(given: Namespace) -> dict[str, Any]:
    """
    The table options given, as arguments of `read_table`.
    """
    columns = _pairs(given.columns, "--columns", "KEY=HEADING")
    options = {
        "columns": {key: heading or None for key, heading in columns},
        "city": given.city,
        "places": None if given.places is None else _places(given.places),
        "choices": given.choices,
        "words": dict(_pairs(given.words, "--words", "WORD=MEANING")),
        "unknown": given.unknown,
        "lang": getattr(given, "lang", None),
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
        raise QueryError(f"expected --places geonames:1000 or its like, got {shown(given)}")
    return geonames(int(size))
