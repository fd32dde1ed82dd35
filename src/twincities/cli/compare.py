"""
Compare two data sets: what they share, what only one has, and what the other contradicts.

The exit code is 1 if they differ.
"""

from __future__ import annotations

from argparse import Namespace

from .._files import write_atomically
from ..reconcile.comparing import compare
from .arguments import JSON, TWO_DATA_SETS, argument
from .data import data_in
from .output import localized, print_json, print_text

ARGUMENTS = (
    *TWO_DATA_SETS,
    argument(
        "--quickstatements",
        metavar="FILE",
        help="write what B, a copy of Wikidata, lacks as QuickStatements to review, and print what is withheld",
    ),
    argument("--markdown", action="store_true", help="print release notes for an older A and a newer B"),
    JSON,
)
EXAMPLES = ("twincities compare kuopio wikidata.json",)


def run(given: Namespace) -> int:
    found = compare(data_in(given.first), data_in(given.second))
    if given.quickstatements is not None:
        from ..interop.quickstatements import to_quickstatements

        made = to_quickstatements(found)
        write_atomically(given.quickstatements, [made.text.encode()])
        print_text(localized(made.report))
        return 0
    if given.markdown:
        print_text(found.to_markdown(lang=given.lang).rstrip("\n"))
    elif given.json:
        print_json(
            {
                "cities_only_a": [city.id for city in found.unmatched_a],
                "cities_only_b": [city.id for city in found.unmatched_b],
                "partnerships": found.to_dicts(lang=given.lang),
            }
        )
    else:
        print_text(found.to_text(lang=given.lang))
    unshared = found.unmatched_a or found.unmatched_b or found.only_a or found.only_b
    return 1 if unshared or any(pair.differences for pair in found.both) else 0
