"""
Read a list of partners as an office keeps it (CSV or a workbook) and write it as a data set in any format.

Titles above the headings, the delimiter and the sheet are found. Headings, words, dates and countries are understood in
English, Finnish, Swedish, German and French. Whatever isn't clear is printed, and nothing is written without --partial.

--choices FILE writes the open cells to a table. Fill in the number of a candidate, an id, keep, skip, or another text to
read, and run the command again. Without --out the list is only checked. The exit code is 1 if something is open.
"""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import counted, printable, shown
from .arguments import argument
from .output import in_options, localized, print_text, say
from .streams import check_out, input_file, write_file
from .tables import add_table_options, table_options

if TYPE_CHECKING:
    from ..sources.table import TableReading

ARGUMENTS = (
    argument("file", metavar="FILE", help="the list, or - for standard input"),
    argument("--out", metavar="FILE", help="the file to write, or - for JSON on standard output"),
    argument("--partial", action="store_true", help="write what could be read, even if something is open"),
    partial(add_table_options, choices="table of open cells: written, filled in by you, read back"),
)
EXAMPLES = (
    "twincities import list.csv --city Oulu --out oulu.json",
    "twincities import list.csv --city Oulu --columns areas=Ala",
)


def run(given: Namespace) -> int:
    if given.out is not None:
        check_out(given.out, None)
    with input_file(given.file, ".csv") as path:
        reading = _read(given, path)
    for remark in reading.remarks:
        say(remark)
    if reading.unread:
        say(f"columns not read: {', '.join(map(shown, reading.unread))}; --columns KEY=HEADING says what they hold")
    problems = reading.grouped()
    for problem in problems:
        print_text(printable(localized(in_options(str(problem)))))
    ds = reading.dataset
    say(f"{counted(len(ds.partnerships), 'partnership')}, {len(ds.cities)} cities, {len(problems)} open")
    if problems:
        _advise(reading, given)
    if given.out is not None and (given.partial or not problems):
        write_file(ds, given.out, lang=given.lang or "en")
    return 1 if problems else 0


def _read(given: Namespace, path: Path) -> TableReading:
    from ..sources.table import read_table

    options = table_options(given)
    if given.choices is not None and not Path(given.choices).exists():
        del options["choices"]
    return read_table(path, **options)


def _advise(reading: TableReading, given: Namespace) -> None:
    written = "what could be read is written" if given.partial else "nothing is written (--partial writes the rest)"
    if given.out is None:
        written = "nothing is written without --out"
    if given.choices is None:
        say(f"{written}; correct the list, or give --choices choices.csv to decide in a table")
        return
    count = reading.write_choices(given.choices, lang=given.lang or "en")
    say(f"{written}; fill in the column choice in {given.choices} ({counted(count, 'line')}), and run this again")
