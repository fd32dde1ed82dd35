"""
Rows, sheets, and the table below the headings.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Grid", "Row", "Sheet"]


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
    rows: tuple[Row, ...]
    name: str | None
    remarks: tuple[str, ...] = ()
    """Sentences about rows that aren't read: titles, repeated headings."""
