"""
List the partners of a city's partners, those with most partners in common first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_city, add_data, add_json
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities cousins Kuopio",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the cousins.
    """
    lang = given.lang
    cousins = data_about(given.data, given.city).cousins(given.city)
    if given.json:
        print_json(
            [
                {
                    "id": cousin.city.id,
                    "name": cousin.city.label(lang),
                    "country_code": cousin.city.country_code,
                    "is_partner": cousin.is_partner,
                    "shared": [city.id for city in cousin.shared],
                }
                for cousin in cousins
            ]
        )
    else:
        print_answers(cousins, lang, "no cousins")
    return 0
