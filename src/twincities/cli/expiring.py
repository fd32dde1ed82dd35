"""
List the agreements that end by a time, earliest first. Those with an open or unknown end are left out.
"""

from __future__ import annotations

from argparse import Namespace

from ..model.languages import text_in
from .arguments import DATA, JSON, ONE_CITY, argument
from .data import data_about
from .output import print_found

ARGUMENTS = (
    argument("by", metavar="TIME", help="a year, month or day, such as 2029 or 2029-06-30"),
    ONE_CITY,
    argument("--after", metavar="TIME", help="only those that end after this time"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities expiring 2029 Kuopio --after 2025",)


def run(given: Namespace) -> None:
    print_found(
        data_about(given.data, given.city).expiring(given.by, after=given.after, city=given.city),
        given,
        "no agreements",
        lambda expiry: {
            "ends": str(expiry.ends),
            "period": str(expiry.agreement.period),
            "agreement": text_in(expiry.agreement.names, given.lang),
            "cities": [city.id for city in expiry.cities],
        },
    )
