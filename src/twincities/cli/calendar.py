"""
Write anniversaries and the ends of agreements as a calendar (.ics) for any calendar program.

Needs icalendar: pip install 'twincities[calendar]'.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from .arguments import DATA, EVERY, ONE_CITY, argument, out, years_of
from .data import data_about
from .output import say
from .streams import through_file

ARGUMENTS = (
    ONE_CITY,
    argument("--years", metavar="YEARS", help="such as 2027-2030 (default: six years from the date of the data)"),
    EVERY,
    argument(
        "--alarm", type=int, default=30, metavar="DAYS", help="days from the alarm to the event (default: %(default)s)"
    ),
    argument("--no-alarm", action="store_true", help="set no alarms"),
    out(".ics file"),
    DATA,
)
EXAMPLES = ("twincities calendar Kuopio --lang fi --out kuopio.ics",)


def run(given: Namespace) -> None:
    dataset = data_about(given.data, given.city)
    years = None if given.years is None else years_of(given.years)
    alarm = None if given.no_alarm else given.alarm
    options: dict[str, Any] = {
        "city": given.city,
        "years": years,
        "lang": given.lang,
        "every": given.every,
        "alarm": alarm,
    }

    def write(path: Path) -> None:
        if b"BEGIN:VEVENT" not in dataset.to_ics(path, **options):
            say("the calendar is empty: no anniversary and no end of an agreement is in these years")

    through_file(given.out, None, ".ics", write)
