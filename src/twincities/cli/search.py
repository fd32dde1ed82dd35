"""
Find cities by a part of a name, a mistyped one, or one in any language; best first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..model.vocabulary import country_name
from .arguments import add_data, add_json, add_lang
from .data import data_in
from .output import print_json, print_table, print_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities search jonkopping",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    What the command takes.
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
    found = data_in(given.data).search(given.text, limit=given.limit)
    if given.json:
        keys = ("id", "name", "country_code", "found", "score")
        rows = [(m.city.id, m.city.label(given.lang), m.city.country_code, m.label, m.score) for m in found]
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    elif found:
        cells = []
        for match in found:
            country = match.city.country_code
            named = country_name(country, given.lang) if country else ""
            cells.append((match.city.id, match.city.label(given.lang), named, f"{match.score:.2f}", match.label))
        print_table(("Id", "City", "Country", "Score", "Found as"), cells)
    else:
        print_text("No city found.")
    return 0
