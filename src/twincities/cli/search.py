"""
Find cities by a part of a name, a mistyped one, or one in any language; best first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import add_data, add_json, add_lang
from .data import data_about
from .output import print_answers, print_json

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities search jonkopping",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("text", metavar="TEXT", help="what to look for")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="how many to show (%(default)s)")
    add_data(parser)
    add_lang(parser)
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
