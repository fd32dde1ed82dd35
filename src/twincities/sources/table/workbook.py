"""
Rows of workbooks, with each date as precise as its cell shows it.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zipfile import ZipFile

from ..._optional import require
from .rows import Row, Sheet
from .text import unusable

__all__ = ["sheets_of_workbook"]


def sheets_of_workbook(content: bytes, name: str | None) -> list[Sheet]:
    """
    The sheets of an `.xlsx` file.

    Raises:
        DatasetError: It isn't one.
        MissingDependencyError: openpyxl isn't installed.
    """
    openpyxl = require("openpyxl", extra="pandas")
    try:
        is_plain = _is_plain(content)
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=is_plain)
        return [_plain_sheet(page) if is_plain else _sheet(page) for page in book.worksheets]
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise unusable(f"expected a whole .xlsx workbook: {error}", name) from error


def _is_plain(content: bytes) -> bool:
    """
    True for a workbook without merged cells, hidden rows and links: it need not be loaded whole, which takes twice as long.
    """
    with ZipFile(io.BytesIO(content)) as packed:
        sheets = (packed.read(part) for part in packed.namelist() if "/worksheets/" in part)
        return not any(mark in sheet for sheet in sheets for mark in (b"mergeCell", b"hidden=", b"hyperlink"))


def _plain_sheet(page: Any) -> Sheet:
    page.reset_dimensions()  # which other programs may have written wrongly
    rows = [tuple(map(_shown, cells)) for cells in page.iter_rows()]
    width = max(map(len, rows), default=0)
    return Sheet(page.title, tuple(Row(line, row + (None,) * (width - len(row))) for line, row in enumerate(rows, 1)))


def _sheet(page: Any) -> Sheet:
    """
    The rows of a sheet, with the value of a merged cell in each row that it spans, and remarks on what isn't seen.
    """
    cells = list(page.iter_rows())
    rows = [list(map(_shown, row)) for row in cells]
    for area in page.merged_cells.ranges:
        for row in rows[area.min_row : area.max_row]:
            row[area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    hidden = [
        line for line, row in page.row_dimensions.items() if row.hidden and line <= len(rows) and any(rows[line - 1])
    ]
    remarks = [f"line {line} is hidden in the workbook, but read" for line in hidden]
    if linked := [cell.coordinate for row in cells for cell in row if cell.hyperlink is not None]:
        remarks.append(f"links of cells aren't read: {', '.join(linked)}")
    return Sheet(page.title, tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 1)), tuple(remarks))


def _shown(cell: Any) -> object:
    """
    The value of a cell; a date shown without day or month becomes text.
    """
    value = cell.value
    if not isinstance(value, date):
        return value
    parts = _parts(cell.number_format)
    if not parts & {*"dmy"}:
        return value
    if "y" not in parts:
        return f"{value.day}.{value.month}." if "d" in parts else f"{value:%B}"  # a hidden year isn't read
    if "d" in parts:
        is_day = isinstance(value, datetime) and not parts & {*"hs"}
        return datetime.combine(value, time()) if is_day else value
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


@lru_cache(maxsize=1024)
def _parts(form: str) -> frozenset[str]:
    """
    The letters of the parts of a date that a number format shows: `d`, `m`, `y`, `h`, `s`.
    """
    # Without literals, escapes, colours and languages; the second part of a format is for negative numbers.
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", form.partition(";")[0]).lower()
    return frozenset() if plain == "general" else frozenset(plain)
