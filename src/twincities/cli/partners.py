"""
List a city's partners. Filters take ids or labels in English, Finnish or Swedish; one given twice takes either.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from ..dataset.selection import Selection
from ..display.words import word
from ..errors import QueryError, shown
from ..query.ties import Tie
from .arguments import add_city, add_data, add_json, add_lang
from .data import data_in
from .output import print_answers, print_json, say

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities partners Kuopio --country Sweden --country NO --area sport",)

_FILTERS = {
    "country": "an ISO 3166-1 code or a name",
    "area": "a cooperation area; narrower ones count",
    "status": "active, dormant, suspended or ended",
    "kind": "twinning, friendship, contact or project",
    "network": "a network that both cities belong to",
}


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    for name, meaning in _FILTERS.items():
        parser.add_argument(f"--{name}", action="append", metavar=name.upper(), help=meaning)
    parser.add_argument("--on", metavar="TIME", help="in force at a time: 1985, 2022/2029")
    parser.add_argument("--unsure", action="store_true", help="with --on: also those of which that can't be known")
    parser.add_argument("--direct", action="store_true", help="leave out the areas of networks")
    parser.add_argument("--sort", metavar="KEY", help="name, since, country, status, kind, area, network, distance_km")
    parser.add_argument("--reverse", action="store_true", help="with --sort: the greatest first")
    parser.add_argument("--out", metavar="FILE", help="write the list to a .csv, .tsv or .xlsx file instead")
    add_data(parser)
    add_lang(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    List the partners.
    """
    dataset = data_in(given.data)
    filters = {name: getattr(given, name) for name in _FILTERS}
    ties = dataset.partners(given.city, **filters, on=given.on, unsure=given.unsure, direct=given.direct)
    if given.reverse and given.sort is None:
        raise QueryError("expected --sort with --reverse: without it the order is that of the data set")
    if given.sort is not None:
        ties = ties.sort_by(given.sort, reverse=given.reverse, lang=given.lang)
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
