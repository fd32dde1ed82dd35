"""
Any bytes as an answer of a SPARQL endpoint: refused by our own error, or a data set that can be written and read.
"""

from __future__ import annotations

from contextlib import suppress

import twincities as tc
from twincities.sources.wikidata import from_sparql

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    with suppress(tc.TwinCitiesError):
        read = from_sparql(data, report=str)
        assert tc.from_json(read.to_json()) == read
