"""
Find a shortest chain of ties from one city to another.
"""

from __future__ import annotations

from argparse import Namespace

from ..display.ties import tie_rows
from ..display.words import headings, word
from .arguments import DATA, JSON, argument
from .data import data_about
from .output import print_json, print_table, print_text

ARGUMENTS = (
    argument("start", metavar="FROM", help="a name in any spelling, or an id"),
    argument("goal", metavar="TO", help="the city to reach"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities path Castrop-Rauxel Pskov",)


def run(given: Namespace) -> None:
    lang = given.lang
    chain = data_about(given.data, given.start).path(given.start, given.goal)
    if given.json:
        print_json(None if chain is None else chain.to_dicts(lang=lang))
    elif not chain:
        print_text(word("no chain" if chain is None else "same city", lang))
    else:
        print_table(headings(("from", "to", "since"), lang), tie_rows(chain, lang, ("city", "partner", "since")))
