"""
Find a shortest chain of ties from one city to another.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..display.text import date_text
from .arguments import add_data, add_json, add_lang
from .data import data_in
from .output import print_json, print_table, print_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities path Castrop-Rauxel Pskov",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    What the command takes.
    """
    parser.add_argument("start", metavar="FROM", help="a city's name in any spelling, or its id")
    parser.add_argument("goal", metavar="TO", help="another's")
    add_data(parser)
    add_lang(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """
    Show the chain.
    """
    lang = given.lang
    chain = data_in(given.data).path(given.start, given.goal)
    if given.json:
        print_json(None if chain is None else chain.to_dicts(lang=lang))
    elif chain is None:
        print_text("No chain of ties leads there.")
    else:
        cells = [
            (tie.city.label(lang), tie.partner.label(lang), date_text(tie.since, lang) if tie.since else "")
            for tie in chain
        ]
        print_table(("From", "To", "Since"), cells) if cells else print_text("That is the same city.")
    return 0
