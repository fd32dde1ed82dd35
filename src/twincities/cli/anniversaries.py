"""
List the partnerships and networks that have a round anniversary in a year, oldest first.
"""

from __future__ import annotations

from argparse import Namespace

from .arguments import DATA, EVERY, JSON, ONE_CITY, argument
from .data import data_about
from .output import print_found

ARGUMENTS = (
    argument("year", type=int, metavar="YEAR", help="the year to look at"),
    ONE_CITY,
    EVERY,
    argument("--unsure", action="store_true", help="also those that aren't certain; they are marked"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities anniversaries 2030 Kuopio",)


def run(given: Namespace) -> None:
    data = data_about(given.data, given.city)
    found = data.anniversaries(given.year, every=given.every, city=given.city, unsure=given.unsure)
    print_found(
        found,
        given,
        "no anniversaries",
        lambda jubilee: {
            "years": jubilee.years,
            "since": str(jubilee.since),
            "cities": [city.id for city in jubilee.cities],
            "is_certain": jubilee.is_certain,
        },
    )
