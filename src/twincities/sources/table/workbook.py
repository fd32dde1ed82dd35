"""
Rows of workbooks, with each date as precise as its cell shows it.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from typing import Any

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
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        return [_sheet(page) for page in book.worksheets]
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise unusable(f"expected a whole .xlsx workbook: {error}", name) from error


def _sheet(page: Any) -> Sheet:
    """
    The rows of a sheet, with the value of a merged cell in each row that it spans, and remarks on what isn't seen.
    """
    rows = [[_shown(cell) for cell in cells] for cells in page.iter_rows()]
    for area in page.merged_cells.ranges:
        for row in rows[area.min_row : area.max_row]:
            row[area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    hidden = [
        line for line, row in page.row_dimensions.items() if row.hidden and line <= len(rows) and any(rows[line - 1])
    ]
    linked = [cell.coordinate for cells in page.iter_rows() for cell in cells if cell.hyperlink is not None]
    remarks = [f"line {line} is hidden in the workbook, but read" for line in hidden]
    if linked:
        remarks.append(f"links of cells aren't read: {', '.join(linked)}")
    return Sheet(page.title, tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 1)), tuple(remarks))


def _shown(cell: Any) -> object:
    """
    The value of a cell; a date shown without day or month becomes text.
    """
    value = cell.value
    if not isinstance(value, date) or not hasattr(cell, "number_format"):
        return value
    # Without literals, escapes, colours and languages; the second part of a format is for negative numbers.
    form = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", str(cell.number_format).partition(";")[0]).lower()
    if not re.search("[dmy]", form) or form == "general":
        return value
    if "y" not in form:
        return f"{value.day}.{value.month}." if "d" in form else f"{value:%B}"  # a hidden year isn't read
    if "d" in form:
        hidden = isinstance(value, datetime) and not re.search("[hs]", form)
        return datetime.combine(value, time()) if hidden else value
    return f"{value.year:04}-{value.month:02}" if "m" in form else f"{value.year:04}"
