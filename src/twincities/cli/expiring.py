"""
List the agreements that end by a time, earliest first. Those with an open or unknown end are left out.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..model.languages import text_in
from .arguments import add_data, add_json
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities expiring 2029 Kuopio --after 2025",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("by", metavar="TIME", help="a year, month or day, such as 2029 or 2029-06-30")
    parser.add_argument("city", nargs="?", metavar="CITY", help="only those of this city")
    parser.add_argument("--after", metavar="TIME", help="only those that end after this time")
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the agreements.
    """
    lang = given.lang
    found = data_about(given.data, given.city).expiring(given.by, after=given.after, city=given.city)
    if given.json:
        print_json(
            [
                {
                    "ends": str(expiry.ends),
                    "period": str(expiry.agreement.period),
                    "agreement": text_in(expiry.agreement.names, lang),
                    "cities": [city.id for city in expiry.cities],
                }
                for expiry in found
            ]
        )
    else:
        print_answers(found, lang, "no agreements")
    return 0
