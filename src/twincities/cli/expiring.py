"""
List the agreements that end by a time: earliest first. Open and unknown ends don't count.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..model.languages import text_in
from .arguments import add_data, add_json, add_lang
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities expiring 2029 Kuopio --after 2025",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("by", metavar="TIME", help="by the last day of this: 2029, 2029-06-30")
    parser.add_argument("city", nargs="?", metavar="CITY", help="only of this city")
    parser.add_argument("--after", metavar="TIME", help="leave out those that end by the last day of this")
    add_data(parser)
    add_lang(parser)
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
