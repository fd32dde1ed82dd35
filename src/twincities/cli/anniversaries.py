"""
List the partnerships and networks that have a round anniversary in a year, oldest first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_data, add_json
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities anniversaries 2030 Kuopio",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("year", type=int, metavar="YEAR", help="the year to look at")
    parser.add_argument("city", nargs="?", metavar="CITY", help="only those of this city")
    parser.add_argument("--every", type=int, default=5, metavar="N", help="every so many years (default: %(default)s)")
    parser.add_argument("--unsure", action="store_true", help="also those that aren't certain; they are marked")
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the anniversaries.
    """
    data = data_about(given.data, given.city)
    found = data.anniversaries(given.year, every=given.every, city=given.city, unsure=given.unsure)
    if given.json:
        print_json(
            [
                {
                    "years": jubilee.years,
                    "since": str(jubilee.since),
                    "cities": [city.id for city in jubilee.cities],
                    "is_certain": jubilee.is_certain,
                }
                for jubilee in found
            ]
        )
    else:
        print_answers(found, given.lang, "no anniversaries")
    return 0
