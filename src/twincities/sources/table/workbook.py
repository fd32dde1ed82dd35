"""
Rows of workbooks, with each date as precise as its cell shows it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zipfile import ZipFile

from ..._optional import require
from ...errors import one_problem
from .rows import Row, Sheet


def sheets_of_workbook(content: bytes) -> list[Sheet]:
    openpyxl = require("openpyxl", extra="pandas")
    try:
        marks = _marks_of(content)
        pages = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=not marks).worksheets
        if not marks:  # in a third less time
            return list(map(_plain_sheet, pages))
        others = openpyxl.load_workbook(io.BytesIO(content)).worksheets if _NO_VALUE in marks else [None] * len(pages)
        return [_sheet(page, formulas) for page, formulas in zip(pages, others, strict=True)]
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise one_problem("$", f"expected a whole .xlsx workbook: {error}") from error


# What a workbook may have besides the values of its cells, as written in its parts.
_NO_VALUE = rb"(?:</f>|<f [^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"  # a formula that no program has computed
_MARKS = {_NO_VALUE, b"mergeCell", b'hidden="(?:1|true)"', b"hyperlink", b"<strike", b"<comment "}


def _marks_of(content: bytes) -> set[bytes]:
    """
    The marks in a workbook; without any it need not be loaded whole.
    """
    with ZipFile(io.BytesIO(content)) as packed:
        parts = [
            packed.read(name) for name in packed.namelist() if re.search(r"worksheets/|styles\.xml|comments", name)
        ]
    return {mark for mark in _MARKS if any(re.search(mark, part) for part in parts)}


def _plain_sheet(page: Any) -> Sheet:
    page.reset_dimensions()  # which other programs may have written wrongly
    rows = [tuple(map(_shown, cells)) for cells in page.iter_rows()]
    width = max(map(len, rows), default=0)
    return Sheet(page.title, tuple(Row(line, row + (None,) * (width - len(row))) for line, row in enumerate(rows, 1)))


def _sheet(page: Any, formulas: Any) -> Sheet:
    """
    The rows of a sheet, with the value of a merged cell in each row that it spans, and remarks on what isn't seen.
    *formulas* is the same sheet with formulas in place of their values, if it has any.
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
    found = {
        remark: [cell.coordinate for row in cells for cell in row if holds(cell)] for remark, holds in _UNSEEN.items()
    }
    if formulas is not None:
        blank = [cell.coordinate for row in cells for cell in row if cell.value is None]
        found["formulas without a value aren't read"] = [at for at in blank if formulas[at].value is not None]
    remarks += [f"{remark}: {', '.join(places)}" for remark, places in found.items() if places]
    return Sheet(page.title, tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 1)), tuple(remarks))


_UNSEEN: Mapping[str, Callable[[Any], bool]] = {
    "links of cells aren't read": lambda cell: cell.hyperlink is not None,
    "comments on cells aren't read": lambda cell: cell.comment is not None,
    "cells are struck through, but read": lambda cell: cell.value is not None and bool(cell.font.strike),
}


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
