"""
Report every error in files of any format that can be read, a line each: file, JSON path, message.

In JSON and JSON Lines, keys given twice are reported too. Tables are read as import reads them. The exit code is 1 if
there are errors, and 2 if a file can't be read.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .._files import read_bytes, read_lines
from .._progress import working
from ..errors import DatasetError, Problem, TwinCitiesError, counted, printable
from ..formats import format_of
from .arguments import JSON, argument
from .output import in_one_line, in_options, localized, print_json, print_text, say
from .repeated import repeated_keys
from .streams import input_file, is_table, read_any
from .tables import add_table_options, table_options

ARGUMENTS = (
    argument("files", nargs="+", metavar="FILE", help="a file in any format, or - for standard input"),
    JSON,
    add_table_options,
)
EXAMPLES = ("twincities validate tampere.json oulu.jsonl",)


def run(given: Namespace) -> int:
    found: list[tuple[str, Problem]] = []
    unread, table = 0, table_options(given)
    for name in given.files:
        try:
            with input_file(name) as path, working(f"reading {path.name}"):
                found += [(name, problem) for problem in _problems_in(path, table)]
        except (TwinCitiesError, OSError) as error:  # the other files are still checked
            say(in_one_line(error))
            unread += 1
    if given.json:
        print_json([{"file": name, "path": problem.path, "message": problem.message} for name, problem in found])
    else:
        for name, problem in found:
            print_text(printable(f"{name}: {localized(problem.place)}: {localized(in_options(problem.message))}"))
    not_read = f", {unread} not read" if unread else ""
    say(f"{counted(len(given.files), 'file')}, {counted(len(found), 'problem')}{not_read}")
    return 2 if unread else 1 if found else 0


def _problems_in(path: Path, table: Mapping[str, Any]) -> list[Problem]:
    ending = "" if is_table(path) else format_of(path).ending
    try:
        read_any(path, table if is_table(path) else None)
        problems = []
    except DatasetError as error:
        problems = list(error.problems)
    with suppress(DatasetError):  # reported already
        problems += _repeated_in(path, ending)
    return problems


def _repeated_in(path: Path, ending: str) -> Iterator[Problem]:
    if ending == ".json":
        yield from repeated_keys(read_bytes(path))
    elif ending == ".jsonl":
        for number, line in enumerate(read_lines(path), 1):
            yield from repeated_keys(line, f"line {number} $")
