"""
Read a list of partners as an office keeps it (CSV, a workbook) and write it as a data set of any format.

Titles above the headings, the delimiter and the sheet are found; headings, words, dates and countries are understood in
English, Finnish, Swedish, German and French. What can't be read in one way only is printed, alike cells together, and
nothing is written unless --partial is given. --choices FILE writes it to a table as well, which you fill in: the number
of a candidate, an id, keep, skip, or another text to read; the next run reads it.

Without --out the list is only checked. Ends with 1 where something is open.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..errors import QueryError, printable, shown
from .data import data_in
from .output import counted, in_one_line, print_text, say
from .streams import as_file, check_out, write_file

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset
    from ..sources.table import TableReading

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = (
    "twincities import partners.csv --city Tampere --lang fi --out tampere.json",
    "twincities import partners.csv --city Tampere --columns areas=Remark --choices choices.csv",
)
_GEONAMES = "geonames"
_TAB = "tab"


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments.
    """
    parser.add_argument("file", metavar="FILE", help="the list, or - for standard input")
    parser.add_argument("--city", metavar="NAME", help="whose partners they are, where no column has it")
    parser.add_argument("--lang", metavar="TAG", help="the language of the names in the list, such as fi")
    parser.add_argument(
        "--places",
        metavar="DATA",
        help="where to look cities up: geonames, geonames:1000 for towns of 1,000 people and more, or a data set",
    )
    parser.add_argument(
        "--columns",
        metavar="KEY=HEADING",
        action="append",
        default=[],
        help="what a column holds; KEY= leaves it unread",
    )
    parser.add_argument(
        "--words",
        metavar="WORD=MEANING",
        action="append",
        default=[],
        help="what a word means, such as voimassa=active",
    )
    parser.add_argument("--unknown", metavar="TEXT", action="append", default=[], help="what stands for not known")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")
    parser.add_argument("--delimiter", metavar="CHAR", help="what stands between cells: , ; | or tab")
    parser.add_argument("--encoding", metavar="NAME", help="of a file that isn't UTF-8 or UTF-16, such as cp1252")
    parser.add_argument("--choices", metavar="FILE", help="the table of what is open: written, filled in, read back")
    parser.add_argument("--as-of", metavar="DATE", help="the date that the list is true of")
    parser.add_argument(
        "--out", metavar="FILE", help="the file to write, its format by its ending; - is JSON on standard output"
    )
    parser.add_argument("--partial", action="store_true", help="write what could be read, whatever is open")


def run(given: Namespace) -> int:
    """
    Read the list; print what is open, or write the data set.
    """
    if given.out is not None:
        check_out(given.out, None)
    if given.file != "-":
        reading = _read(given, Path(given.file))
    else:
        with TemporaryDirectory() as folder:
            reading = _read(given, as_file(folder, ".csv"))
    for remark in reading.remarks:
        say(remark)
    if reading.unread:
        say(
            f"columns that aren't read: {', '.join(map(shown, reading.unread))}; --columns KEY=HEADING says what they hold"
        )
    problems = reading.grouped()
    for problem in problems:
        print_text(printable(in_one_line(QueryError(str(problem)))))
    ds = reading.dataset
    say(f"{counted(len(ds.partnerships), 'partnership')}, {len(ds.cities)} cities, {len(problems)} open")
    if problems:
        _advise(reading, given)
    if given.out is not None and (given.partial or not problems):
        write_file(ds, given.out, lang=given.lang if given.lang in {"en", "fi", "sv"} else "en")
    return 1 if problems else 0


def _read(given: Namespace, path: Path) -> TableReading:
    from ..sources.table import read_table

    choices = given.choices if given.choices is not None and Path(given.choices).exists() else None
    return read_table(
        path,
        {key: heading or None for key, heading in _pairs(given.columns, "--columns", "KEY=HEADING")} or None,
        city=given.city,
        places=None if given.places is None else _places(given.places),
        choices=choices,
        words=dict(_pairs(given.words, "--words", "WORD=MEANING")),
        unknown=given.unknown,
        lang=given.lang,
        as_of=given.as_of,
        sheet=given.sheet,
        delimiter="\t" if given.delimiter == _TAB else given.delimiter,
        encoding=given.encoding,
        report=say,
    )


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


def _advise(reading: TableReading, given: Namespace) -> None:
    written = "what could be read is written" if given.partial else "nothing is written (--partial writes the rest)"
    if given.out is None:
        written = "nothing is written without --out"
    if given.choices is None:
        say(f"{written}; correct the list, or give --choices choices.csv to decide in a table")
        return
    count = reading.write_choices(given.choices)
    say(f"{written}; fill in the column choice of {given.choices} ({counted(count, 'line')}), and run this again")
