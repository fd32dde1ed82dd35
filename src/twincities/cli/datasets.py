"""
List the data sets that --data knows by name: the bundled ones and those of installed packages.
"""

from __future__ import annotations

from argparse import Namespace

from ..display.words import headings
from ..sources.bundled import datasets
from .arguments import JSON
from .output import localized, print_json, print_table

ARGUMENTS = (JSON,)
EXAMPLES = ("twincities datasets --json",)

_KEYS = ("name", "title", "version", "as_of", "licence", "origin", "problem")


def run(given: Namespace) -> None:
    texts = [
        {key: None if (value := getattr(info, key)) is None else str(value) for key in _KEYS} for info in datasets()
    ]
    if given.json:
        print_json(texts)
    else:
        keys = ("name", "version", "as_of", "licence", "origin")
        rows = [
            [*(row[key] or "" for key in keys), localized(row["problem"] or "") or row["title"] or ""] for row in texts
        ]
        print_table(headings((*keys, "title"), given.lang), rows)
