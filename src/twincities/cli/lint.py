"""
Report what looks doubtful in a valid data set: contradictions, doubtful codes, gaps.

The exit code is 1 if something is found.
"""

from __future__ import annotations

from argparse import Namespace

from ..errors import counted, printable
from ..lint.findings import Code, Severity
from ..sources.bundled import BUNDLED
from .arguments import DATA_FORMS, JSON, argument
from .data import data_in
from .output import localized, print_json, print_text, say

ARGUMENTS = (
    argument("data", nargs="?", default=BUNDLED, metavar="DATA", help=f"{DATA_FORMS} (default: %(default)s)"),
    argument(
        "--level",
        default="note",
        choices=[*map(str, Severity)],
        help="lowest severity to report (default: %(default)s)",
    ),
    argument("--only", action="append", metavar="CODE", help=f"report only this, of {', '.join(Code)}"),
    argument("--ignore", action="append", default=[], metavar="CODE", help="don't report this"),
    JSON,
)
EXAMPLES = ("twincities lint kuopio --level warning",)

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: ""}
_GRAVEST_FIRST = list(Severity)


def run(given: Namespace) -> int:
    wanted = _GRAVEST_FIRST[: _GRAVEST_FIRST.index(Severity(given.level)) + 1]
    found = data_in(given.data).lint(only=given.only, ignore=given.ignore)
    findings = [finding for finding in found if finding.severity in wanted]
    if given.json:
        keys = ("path", "about", "severity", "code", "message")
        print_json([{key: str(getattr(finding, key)) for key in keys} for finding in findings])
    else:
        for finding in findings:
            place = f"{given.data}: {finding.path} {finding.about}".rstrip()
            text = f"{place}: {localized(finding.severity)}: {localized(finding.message)} [{finding.code}]"
            print_text(printable(text), _STYLES[finding.severity])
    say(counted(len(findings), "finding"))
    return 1 if findings else 0
