"""
Merge two data sets. If they contradict each other, --prefer says which of them wins; without it the conflicts are
reported, nothing is written, and the exit code is 1.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from attrs import evolve

from ..errors import MergeConflictError
from ..reconcile.merging import MergeReport
from .arguments import DATA, add_out
from .data import data_in
from .output import say
from .streams import write_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

_SHOWN = 50
EXAMPLES = ("twincities merge kuopio oulu.jsonl --out both.json",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("first", metavar="A", help=DATA)
    parser.add_argument("second", metavar="B", help="the other data set")
    parser.add_argument("--prefer", choices=("first", "second"), help="the data set that wins a conflict")
    add_out(parser, "json")


def run(given: Namespace) -> int:
    """
    Merge them.
    """
    first, second = data_in(given.first), data_in(given.second)
    try:
        both = first.merge(second, prefer=given.prefer, report=_say_undecided)
    except MergeConflictError as error:
        for conflict in error.conflicts:
            say(str(conflict))
        count = "1 conflict" if len(error.conflicts) == 1 else f"{len(error.conflicts)} conflicts"
        say(f"{count}, nothing is written; --prefer first or second decides")
        return 1
    write_file(both, given.out, ending=given.to, lang=given.lang)
    return 0


def _say_undecided(report: MergeReport) -> None:
    lines = str(evolve(report, decided=())).splitlines() if report.undecided or report.new_ids else []
    for line in lines[:_SHOWN]:
        say(line)
    if len(lines) > _SHOWN:
        say(f"… and {len(lines) - _SHOWN} more")
