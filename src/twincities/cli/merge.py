"""
Merge two data sets. If they contradict each other, --prefer says which of them wins; without it the conflicts are
reported, nothing is written, and the exit code is 1.
"""

from __future__ import annotations

from argparse import Namespace

from attrs import evolve

from ..errors import MergeConflictError, counted
from ..reconcile.merging import MergeReport
from .arguments import TWO_DATA_SETS, argument, out, to
from .data import data_in
from .output import say
from .streams import write_file

_SHOWN = 50
ARGUMENTS = (
    *TWO_DATA_SETS,
    argument("--prefer", choices=("first", "second"), help="the data set that wins a conflict"),
    out(),
    to("json"),
)
EXAMPLES = ("twincities merge kuopio oulu.jsonl --out both.json",)


def run(given: Namespace) -> int:
    first, second = data_in(given.first), data_in(given.second)
    try:
        both = first.merge(second, prefer=given.prefer, report=_say_undecided)
    except MergeConflictError as error:
        for conflict in error.conflicts:
            say(str(conflict))
        say(f"{counted(len(error.conflicts), 'conflict')}, nothing is written; --prefer first or second decides")
        return 1
    write_file(both, given.out, ending=given.to, lang=given.lang)
    return 0


def _say_undecided(report: MergeReport) -> None:
    lines = str(evolve(report, decided=())).splitlines() if report.undecided or report.new_ids else []
    for line in lines[:_SHOWN]:
        say(line)
    if len(lines) > _SHOWN:
        say(f"… and {len(lines) - _SHOWN} more")
