"""
Show what two data sets say of the same cities. Ends with 1 where they differ.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .._files import write_atomically
from ..reconcile.comparing import compare
from .arguments import DATA, add_json, add_lang
from .data import data_in
from .output import print_json, print_text

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities compare kuopio wikidata.json",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("first", metavar="A", help=DATA)
    parser.add_argument("second", metavar="B", help="the other")
    parser.add_argument(
        "--quickstatements",
        metavar="FILE",
        help="write what B, Wikidata, lacks of A as QuickStatements to review; the report of what is withheld is printed",
    )
    parser.add_argument(
        "--markdown", action="store_true", help="notes for an older A and a newer B: what opened, ended or got a date"
    )
    add_lang(parser, "with --json and --markdown, ")
    add_json(parser)


def run(given: Namespace) -> int:
    """
    Compare them.
    """
    found = compare(data_in(given.first), data_in(given.second))
    if given.quickstatements is not None:
        from ..interop.quickstatements import to_quickstatements

        made = to_quickstatements(found)
        write_atomically(given.quickstatements, [made.text.encode()])
        print_text(made.report)
        return 0
    if given.markdown:
        print_text(found.to_markdown(lang=given.lang or "en").rstrip("\n"))
    elif given.json:
        print_json(
            {
                "cities_only_a": [city.id for city in found.unmatched_a],
                "cities_only_b": [city.id for city in found.unmatched_b],
                "partnerships": found.to_dicts(lang=given.lang),
            }
        )
    else:
        print_text(str(found))
    alone = found.unmatched_a or found.unmatched_b or found.only_a or found.only_b
    return 1 if alone or any(pair.differences for pair in found.both) else 0
