"""
Find a shortest chain of ties from one city to another.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..display.ties import tie_rows
from ..display.words import headings, word
from .arguments import add_data, add_json
from .data import data_about
from .output import print_json, print_table, print_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities path Castrop-Rauxel Pskov",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("start", metavar="FROM", help="a name in any spelling, or an id")
    parser.add_argument("goal", metavar="TO", help="the city to reach")
    add_data(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    Show the chain.
    """
    lang = given.lang
    chain = data_about(given.data, given.start).path(given.start, given.goal)
    if given.json:
        print_json(None if chain is None else chain.to_dicts(lang=lang))
    elif chain is None:
        print_text(word("no chain", lang))
    elif not chain:
        print_text(word("same city", lang))
    else:
        print_table(headings(("from", "to", "since"), lang), tie_rows(chain, lang, ("city", "partner", "since")))
    return 0
