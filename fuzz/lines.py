"""
Any bytes as JSON Lines: the same promise as for a document of one piece.
"""

from __future__ import annotations

from contextlib import suppress

import twincities as tc
from twincities.document.writing import to_jsonl

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    with suppress(tc.DatasetError):
        read = tc.from_jsonl(data)
        assert tc.from_jsonl(b"".join(to_jsonl(read))) == read
