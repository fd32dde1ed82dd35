"""
List the partnerships and networks that began a round number of years before a year: longest first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..display.text import date_text
from .arguments import add_data, add_json, add_lang
from .data import data_in
from .output import print_json, print_table, print_text
from .ties import cities_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities anniversaries 2030 Kuopio",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    What the command takes.
    """
    parser.add_argument("year", type=int, metavar="YEAR", help="the year of the jubilees")
    parser.add_argument("city", nargs="?", metavar="CITY", help="only of this city")
    parser.add_argument("--every", type=int, default=5, metavar="N", help="multiples of so many years (%(default)s)")
    add_data(parser)
    add_lang(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the jubilees.
    """
    lang = given.lang
    found = data_in(given.data).anniversaries(given.year, every=given.every, city=given.city)
    if given.json:
        print_json(
            [
                {"years": jubilee.years, "since": str(jubilee.since), "cities": [city.id for city in jubilee.cities]}
                for jubilee in found
            ]
        )
    elif found:
        rows = [
            (str(jubilee.years), date_text(jubilee.since, lang), cities_text(jubilee.cities, lang)) for jubilee in found
        ]
        print_table(("Years", "Since", "Cities"), rows)
    else:
        print_text("No anniversaries found.")
    return 0
