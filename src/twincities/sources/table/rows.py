"""
Rows, sheets, and the table below the headings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_NAMING = {"city": ("city", "city_id", "city_wikidata_id", "city_geonames_id"), "partner": ("partner", "partner_id")}


class Row(NamedTuple):
    """
    The cells of a row, and the line where it begins.
    """

    line: int
    cells: tuple[object, ...]


class Sheet(NamedTuple):
    """
    The rows of one sheet; a file that isn't a workbook has one without a title.
    """

    title: str | None
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


class Grid(NamedTuple):
    """
    A table: its headings, the rows below them that aren't blank, and the file that it comes from.
    """

    headings: tuple[str, ...]
    at: Mapping[str, int]
    """The number of the column of each key."""
    rows: tuple[Row, ...]
    next_headings: Row | None
    """The headings of another table below, whose rows aren't read."""
    remarks: tuple[str, ...] = ()
    """Sentences about rows that aren't read: titles, repeated headings."""
    name: str | None = None

    def key(self, side: str) -> str:
        """
        The key of the column that names the city on a side, `city` or `partner`; empty if no column does.
        """
        return next((key for key in _NAMING[side] if key in self.at), "")
