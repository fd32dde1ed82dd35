"""
List every tie in a data set once. Filters take ids or labels in English, Finnish or Swedish; repeat one to match any of its values.
"""

from __future__ import annotations

from argparse import Namespace

from .arguments import DATA, FILTERS, JSON, filters_of, in_order
from .data import data_about
from .output import print_ties

ARGUMENTS = (*FILTERS, DATA, JSON)
EXAMPLES = ("twincities ties --country Sweden",)


def run(given: Namespace) -> None:
    print_ties(in_order(data_about(given.data).ties(**filters_of(given)), given), given)
