"""
Any bytes as a document: refused by our own error, or a data set that comes back the same from what it writes.
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
    with suppress(tc.DatasetError):
        read = tc.from_json(data)
        written = read.to_json()
        again = tc.from_json(written)
        assert again == read
        assert again.to_json() == written
        assert tc.from_dict(read.to_dict()) == read
        for tie in read.ties()[:3]:
            assert tie.in_force("1985") in {True, False, None}
            assert read.partnership(tie.city, tie.partner) == tie.partnership
        read.lint()
        read.to_csv()
