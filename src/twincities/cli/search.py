"""
Find cities by name, in any language; a part or a misspelling will do. The best match comes first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_data, add_json
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities search jonkopping",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("text", metavar="TEXT", help="a name or a part of one")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="the most to list (default: %(default)s)")
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    Show what is found.
    """
    found = data_about(given.data).search(given.text, limit=given.limit)
    if given.json:
        keys = ("id", "name", "country_code", "found", "score")
        rows = [(m.city.id, m.city.label(given.lang), m.city.country_code, m.label, m.score) for m in found]
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        print_answers(found, given.lang, "no city")
    return 0
