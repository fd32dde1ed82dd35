"""
Write anniversaries and the ends of agreements as a calendar (.ics) for any calendar program.

Needs icalendar: pip install 'twincities[calendar]'.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

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
    years = years_of(given.years)
    alarm = None if given.no_alarm else given.alarm

    def write(path: Path) -> None:
        made = dataset.to_ics(path, city=given.city, years=years, lang=given.lang, every=given.every, alarm=alarm)
        if b"BEGIN:VEVENT" not in made:
            say("the calendar is empty: no anniversary and no end of an agreement is in these years")

    through_file(given.out, None, ".ics", write)
