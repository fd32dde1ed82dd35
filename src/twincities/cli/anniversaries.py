"""
List the partnerships and networks that began a round number of years before a year: longest first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_data, add_json, add_lang
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities anniversaries 2030 Kuopio",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("year", type=int, metavar="YEAR", help="the year of the anniversaries")
    parser.add_argument("city", nargs="?", metavar="CITY", help="only of this city")
    parser.add_argument("--every", type=int, default=5, metavar="N", help="multiples of so many years (%(default)s)")
    parser.add_argument("--unsure", action="store_true", help="also those that aren't certain, marked")
    add_data(parser)
    add_lang(parser)
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
