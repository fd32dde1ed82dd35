"""
Tables as they come: CSV, workbooks, frames of pandas and polars, and dicts, as headings and numbered rows.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..._files import MAX_BYTES, read_bytes
from ..._optional import require
from ...errors import DatasetError, Problem, QueryError, shown
from ...interop._cells import is_blank
from ...interop._flat import FORMULA

__all__ = ["Grid", "Row", "read_grid"]

_PARTNERSHIPS = "partnerships"  # the sheet that is read of a workbook with several

# The apostrophe that `interop.rows.to_csv` puts before what a spreadsheet would run.
_GUARD = re.compile(f"'(?= *[{re.escape(''.join(FORMULA))}])")


class Row(NamedTuple):
    """
    The cells of a row, and the line that it begins on.
    """

    line: int
    cells: tuple[object, ...]


class Grid(NamedTuple):
    """
    A table: its headings, the rows that aren't blank, and the file that it comes from.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str | None


def read_grid(
    source: Any, *, sheet: str | None = None, delimiter: str | None = None, max_bytes: int = MAX_BYTES
) -> Grid:
    """
    The table in *source*: a path, an open file, a pandas or polars frame, or dicts.

    Raises:
        DatasetError: It can't be read as a table.
        QueryError: *source* is none of these, or *sheet* or *delimiter* don't fit it.
        OSError: The file can't be read.
    """
    if delimiter is not None and delimiter not in {",", ";", "\t"}:
        raise QueryError(f"expected a comma, a semicolon or a tab as delimiter, got {shown(delimiter)}")
    if isinstance(source, str) and "\n" in source:
        raise QueryError("expected a path, got a text of several lines: give io.StringIO(text)")
    if isinstance(source, (str, os.PathLike)):
        return _of_content(read_bytes(source, max_bytes), sheet, delimiter, os.fspath(source))
    if hasattr(source, "read"):
        return _of_content(source.read(), sheet, delimiter, None)
    if sheet is not None or delimiter is not None:
        raise QueryError("expected sheet= and delimiter= with a file alone")
    if hasattr(source, "itertuples"):
        return _of_frame(source.columns, source.itertuples(index=False, name=None))
    if hasattr(source, "iter_rows"):
        return _of_frame(source.columns, source.iter_rows())
    if isinstance(source, Iterable) and not isinstance(source, (bytes, Mapping)):
        return _of_dicts(source)
    raise QueryError(f"expected a path, an open file, a pandas or polars DataFrame, or dicts, got {shown(source)}")


def _of_content(content: str | bytes, sheet: str | None, delimiter: str | None, name: str | None) -> Grid:
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04"):
        if delimiter is not None:
            raise QueryError("expected delimiter= with CSV, got a workbook")
        return _of_workbook(content, sheet, name)
    if sheet is not None:
        raise QueryError("expected sheet= with a workbook, got another file")
    text = content if isinstance(content, str) else _decoded(content, name)
    return _of_csv(text.removeprefix("\ufeff"), delimiter, name)


# -- CSV -------------------------------------------------------------------------------------------


def _decoded(content: bytes, name: str | None) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unusable("$", "expected CSV or an .xlsx workbook, got an old Excel workbook: save it as .xlsx", name)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        message = (
            f"expected UTF-8, or UTF-16 with a byte order mark; byte {error.start + 1} is neither: "
            "spreadsheets offer 'CSV UTF-8' when they save"
        )
        raise _unusable("$", message, name) from error


def _of_csv(text: str, delimiter: str | None, name: str | None) -> Grid:
    if delimiter is None:
        delimiter = _sniffed(text, name)
    # Strict: a quote that never ends would else swallow the rows after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(
                Row(line, tuple([_GUARD.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells]))
            )
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unusable(f"line {line}", f"expected CSV (RFC 4180): {error}", name) from error
    return _with_headings(rows, name)


def _sniffed(text: str, name: str | None) -> str:
    head = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    outside = re.sub(r'"[^"]*(?:"|$)', "", head)
    counts = {char: outside.count(char) for char in (",", ";", "\t")}
    most = [char for char in counts if counts[char] == max(counts.values())]
    if len(most) == 1:
        return most[0]
    if not any(counts.values()):
        return ","  # a single column
    message = f"expected headings that show what stands between them, got {shown(head.strip())}: give delimiter="
    raise _unusable("line 1", message, name)


# -- workbooks -------------------------------------------------------------------------------------


def _of_workbook(content: bytes, sheet: str | None, name: str | None) -> Grid:
    openpyxl = require("openpyxl", extra="pandas")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        titles = [page.title for page in book.worksheets]
        page = book[_sheet(titles, sheet)]
        rows = [Row(line, tuple(cells)) for line, cells in enumerate(page.iter_rows(values_only=True), 1)]
    except QueryError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise _unusable("$", f"expected a whole .xlsx workbook: {error}", name) from error
    return _with_headings(rows, name)


def _sheet(titles: Sequence[str], wanted: str | None) -> str:
    if wanted is None:
        if len(titles) == 1:
            return titles[0]
        wanted = _PARTNERSHIPS
    for title in titles:
        if title.casefold() == wanted.casefold():
            return title
    raise QueryError(f"expected sheet= as one of {', '.join(map(shown, titles))}, got {shown(wanted)}")


# -- frames and dicts ------------------------------------------------------------------------------


def _of_frame(columns: Iterable[object], rows: Iterable[tuple[object, ...]]) -> Grid:
    return _with_headings([Row(1, tuple(columns)), *(Row(line, cells) for line, cells in enumerate(rows, 2))], None)


def _of_dicts(source: Iterable[object]) -> Grid:
    dicts = []
    for index, row in enumerate(source):
        if not isinstance(row, Mapping):
            raise QueryError(f"expected a dict a row, got {shown(row)} at [{index}]")
        dicts.append(row)
    columns = tuple(dict.fromkeys(key for row in dicts for key in row))
    return _of_frame(columns, [tuple(row.get(key) for key in columns) for row in dicts])


def _with_headings(rows: Iterable[Row], name: str | None) -> Grid:
    filled = [row for row in rows if not all(map(is_blank, row.cells))]
    if not filled:
        raise _unusable("line 1", "expected a line of headings, got an empty table", name)
    headings = tuple("" if is_blank(cell) else str(cell).strip() for cell in filled[0].cells)
    return Grid(headings, tuple(filled[1:]), name)


def _unusable(place: str, message: str, name: str | None) -> DatasetError:
    return DatasetError([Problem(place, message)], name)
