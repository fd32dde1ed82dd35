"""
List the partners of a city's partners, those with most partners in common first.
"""

from __future__ import annotations

from argparse import Namespace

from .arguments import A_CITY, DATA, JSON
from .data import data_about
from .output import print_found

ARGUMENTS = (A_CITY, DATA, JSON)
EXAMPLES = ("twincities cousins Kuopio",)


def run(given: Namespace) -> None:
    print_found(
        data_about(given.data, given.city).cousins(given.city),
        given,
        "no cousins",
        lambda cousin: {
            "id": cousin.city.id,
            "name": cousin.city.label(given.lang),
            "country_code": cousin.city.country_code,
            "is_partner": cousin.is_partner,
            "shared": [city.id for city in cousin.shared],
        },
    )
