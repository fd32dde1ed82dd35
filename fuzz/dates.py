"""
Any text as a date and as an interval: refused by our own error, or kept letter for letter with bounds in order.
"""

from __future__ import annotations

from contextlib import suppress

import twincities as tc

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    text = data.decode("utf-8", "surrogateescape")
    for kind in (tc.EdtfDate, tc.EdtfInterval):
        with suppress(tc.InvalidDateError):
            made = kind(text)
            assert str(made) == text
            assert kind(str(made)) == made
            assert made.earliest is None or made.latest is None or made.earliest <= made.latest
            assert not made < made
