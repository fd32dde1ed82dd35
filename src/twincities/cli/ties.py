"""
List every tie in a data set once. Filters take ids or labels in English, Finnish or Swedish; repeat one to match any of its values.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_data, add_filters, add_json, filters_of, in_order
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities ties --country Sweden",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_filters(parser)
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the ties.
    """
    ties = in_order(data_about(given.data).ties(**filters_of(given)), given)
    if given.json:
        print_json(ties.to_dicts(lang=given.lang))
    else:
        print_answers(ties, given.lang, "no partners")
    return 0
