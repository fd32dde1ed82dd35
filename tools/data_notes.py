"""
Print the changes between two versions of a data set as lines for the changelog: ties that began, ended or got a date.

    python tools/data_notes.py OLD NEW        two documents, or names that `twincities.load` takes
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import twincities as tc

FIELDS = {"status": "status", "status_since": "status since", "since": "since", "until": "until", "kind": "kind"}


def whole(name: str) -> tc.Dataset:
    """
    Load a data set by file or by name.
    """
    return tc.read(name) if "." in name or "/" in name else tc.load(name)


def named(cities: tuple[tc.City, tc.City]) -> str:
    """
    The names of a tie's cities.
    """
    return " – ".join(city.label("en") for city in cities)


def notes(old: tc.Dataset, new: tc.Dataset) -> Iterator[str]:
    """
    Yield the lines, by kind of change.
    """
    compared = tc.compare(old, new)
    yield from (f"- Added {named(tie.cities)}." for tie in compared.only_b)
    yield from (f"- Removed {named(tie.cities)}." for tie in compared.only_a)
    for tie in compared.both:
        for difference in tie.differences:
            if difference.field in FIELDS:
                before = "" if difference.a is None else f", before {difference.a}"
                after = "not said any more" if difference.b is None else difference.b
                yield f"- {named(tie.cities)}: {FIELDS[difference.field]} {after}{before}."


if __name__ == "__main__":
    print(*notes(*map(whole, sys.argv[1:3])), sep="\n")
