"""
List the partners of a city's partners, with the partners that they share: most shared first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..model.vocabulary import country_name
from .arguments import add_city, add_data, add_json, add_lang
from .data import data_in
from .output import print_json, print_table, print_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities cousins Kuopio",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    What the command takes.
    """
    add_city(parser)
    add_data(parser)
    add_lang(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the cousins.
    """
    lang = given.lang
    cousins = data_in(given.data).cousins(given.city)
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
    elif cousins:
        rows = [
            (
                cousin.city.label(lang),
                country_name(cousin.city.country_code, lang) if cousin.city.country_code else "",
                "yes" if cousin.is_partner else "",
                ", ".join(city.label(lang) for city in cousin.shared),
            )
            for cousin in cousins
        ]
        print_table(("City", "Country", "Partner already", "By way of"), rows)
    else:
        print_text("No partners of partners found.")
    return 0
