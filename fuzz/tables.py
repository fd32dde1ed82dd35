"""
Any bytes as a spreadsheet's CSV: refused by our own error, or a reading whose data set can be written and read.
"""

from __future__ import annotations

import io
from contextlib import suppress

import twincities as tc
from twincities.sources.table import read_table

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    if data.startswith(b"PK"):
        return  # a workbook: openpyxl's to read
    for city, places in ((None, None), ("Kuopio", None), ("Kuopio", tc.load())):
        with suppress(tc.TwinCitiesError):
            reading = read_table(io.BytesIO(data), city=city, places=places)
            repr(reading), str(reading.problems), str(reading.unresolved)
            assert tc.from_json(reading.dataset.to_json()) == reading.dataset
