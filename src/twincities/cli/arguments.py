"""
Arguments that several commands share.
"""

from __future__ import annotations

from argparse import ArgumentParser

from ..model.vocabulary import LANGUAGES
from ..sources.bundled import BUNDLED

__all__ = ["DATA", "add_city", "add_data", "add_json", "add_lang", "add_out", "add_to"]

DATA = "a data set's name, a file of any format, or - for standard input"
"""What names a data set."""


def add_city(parser: ArgumentParser) -> None:
    """
    The city that a question is about.
    """
    parser.add_argument("city", metavar="CITY", help="a name in any spelling, or an id")


def add_data(parser: ArgumentParser) -> None:
    """
    The data set that is asked.
    """
    parser.add_argument("--data", default=BUNDLED, metavar="DATA", help=f"{DATA} (%(default)s)")


def add_lang(parser: ArgumentParser, when: str = "") -> None:
    """
    The language of labels.
    """
    parser.add_argument(
        "--lang",
        default="en",
        type=str.lower,
        choices=LANGUAGES,
        help=f"{when}the language of names and labels (%(default)s)",
    )


def add_json(parser: ArgumentParser) -> None:
    """
    The answer for programs.
    """
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def add_out(parser: ArgumentParser, ending: str) -> None:
    """
    The file that is written; *ending* is the format on standard output unless given.
    """
    parser.add_argument(
        "--out", default="-", metavar="FILE", help="the file to write; - is standard output (%(default)s)"
    )
    add_to(parser, ending)


def add_to(parser: ArgumentParser, ending: str) -> None:
    """
    The format on standard output.
    """
    parser.add_argument("--to", metavar="ENDING", help=f"the format on standard output ({ending})")
