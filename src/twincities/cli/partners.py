"""
List a city's partners. Filters take ids or labels in English, Finnish or Swedish; repeat one to match any of its values.
"""

from __future__ import annotations

from argparse import Namespace

from ..display.words import word
from .arguments import A_CITY, DATA, FILTERS, JSON, argument, filters_of, in_order
from .data import data_about
from .output import print_ties, say

ARGUMENTS = (
    A_CITY,
    *FILTERS,
    argument("--direct", action="store_true", help="leave out the areas of networks"),
    argument("--out", metavar="FILE", help="write the rows to a .csv, .tsv or .xlsx file"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities partners Kuopio --country SE --area sport",)


def run(given: Namespace) -> None:
    dataset = data_about(given.data, given.city)
    ties = in_order(dataset.partners(given.city, **filters_of(given), direct=given.direct), given)
    if given.out is None:
        print_ties(ties, given)
    else:
        from .streams import write_rows  # needs pathlib, which a question doesn't

        write_rows(ties, given.out, lang=given.lang, delimiter=",")
    if not (ties or ties.complete):
        say(f"{dataset.city(given.city).label(given.lang)}: {word('unlisted', given.lang)}")
