"""
Any bytes as Wikidata's entity documents: refused by our own error, or a data set that can be written and read.
"""

from __future__ import annotations

from contextlib import suppress

import twincities as tc
from twincities.sources.wikidata import from_entities

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    with suppress(tc.TwinCitiesError):
        read = from_entities(data, report=str)
        assert tc.from_json(read.to_json()) == read
