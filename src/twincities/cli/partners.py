"""
List a city's partners. Filters take ids or labels in English, Finnish or Swedish; repeat one to match any of its values.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from ..dataset.selection import Selection
from ..display.words import word
from ..errors import QueryError, shown
from ..query.ties import Tie
from .arguments import add_city, add_data, add_filters, add_json, filters_of, in_order
from .data import data_about
from .output import print_answers, print_json, say

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities partners Kuopio --country SE --area sport",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    add_filters(parser)
    parser.add_argument("--direct", action="store_true", help="leave out the areas of networks")
    parser.add_argument("--out", metavar="FILE", help="write the rows to a .csv, .tsv or .xlsx file")
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the partners.
    """
    dataset = data_about(given.data, given.city)
    ties = in_order(dataset.partners(given.city, **filters_of(given), direct=given.direct), given)
    if given.out is not None:
        _write(ties, given.out, given.lang)
    elif given.json:
        print_json(ties.to_dicts(lang=given.lang))
    else:
        print_answers(ties, given.lang, "no partners")
    if not (ties or ties.complete):
        say(f"{dataset.city(given.city).label(given.lang)}: {word('unlisted', given.lang)}")
    return 0


def _write(ties: Selection[Tie], path: str, lang: str) -> None:
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122  # a question needs no pathlib
    if ending == ".xlsx":
        ties.to_excel(path, lang=lang)
    elif ending in {".csv", ".tsv"}:
        ties.to_csv(path, lang=lang, delimiter="," if ending == ".csv" else "\t")
    else:
        raise QueryError(f"expected a file name that ends in .csv, .tsv or .xlsx, got {shown(os.path.basename(path))}")  # noqa: PTH119
