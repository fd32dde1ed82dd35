"""
Find cities by name, in any language; a part or a misspelling will do. The best match comes first.
"""

from __future__ import annotations

from argparse import Namespace

from .arguments import DATA, JSON, argument
from .data import data_about
from .output import print_found

ARGUMENTS = (
    argument("text", metavar="TEXT", help="a name or a part of one"),
    argument("--limit", type=int, default=10, metavar="N", help="the most to list (default: %(default)s)"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities search jonkopping",)


def run(given: Namespace) -> None:
    print_found(
        data_about(given.data).search(given.text, limit=given.limit),
        given,
        "no city",
        lambda match: {
            "id": match.city.id,
            "name": match.city.label(given.lang),
            "country_code": match.city.country_code,
            "found": match.label,
            "score": match.score,
        },
    )
