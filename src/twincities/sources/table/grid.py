"""
Headings and numbered rows of CSV, workbooks, frames of pandas and polars, and dicts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._files import naming, read_bytes
from ...errors import QueryError, one_problem, shown
from ...interop._cells import is_blank
from ...model.arguments import as_text
from .cells import text_of
from .columns import Columns
from .rows import Grid, Row, Sheet
from .text import DELIMITERS, check_form, decoded, rows_of_text
from .workbook import sheets_of_workbook

_PARTNERSHIPS = "partnerships"  # the sheet that is read of a workbook with several
_SEARCHED = 30  # rows among which the headings are


def read_grid(
    source: Any,
    columns: Columns,
    *,
    sheet: str | None,
    delimiter: str | None,
    encoding: str | None,
    max_bytes: int,
) -> Grid:
    """
    The table in *source*; for the arguments see `read_table`.
    """
    if sheet is not None:
        as_text(sheet, "sheet=")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise QueryError(f"expected delimiter= as a comma, a semicolon, a tab or |, got {shown(delimiter)}")
    if isinstance(source, str) and "\n" in source:
        raise QueryError("expected a path, got a text of several lines: give io.StringIO(text)")
    if isinstance(source, (str, os.PathLike)):
        with naming(source):
            content = read_bytes(source, max_bytes)
            grid = _of_file(content, columns, sheet, delimiter, encoding)
        return grid._replace(name=os.fspath(source))
    if hasattr(source, "read"):
        return _of_file(source.read(), columns, sheet, delimiter, encoding)
    if sheet is not None or delimiter is not None or encoding is not None:
        raise QueryError("expected sheet=, delimiter= and encoding= only with a file")
    if hasattr(source, "itertuples"):
        rows = _of_frame(source.columns, source.itertuples(index=False, name=None))
    elif hasattr(source, "iter_rows") and hasattr(source, "schema"):  # sheets of openpyxl have rows alone
        # The activities that `to_polars` writes are records; their areas have a column of their own.
        flat = source.select([name for name, kind in source.schema.items() if not str(kind).startswith("List(Struct")])
        rows = _of_frame(flat.columns, flat.iter_rows())
    elif isinstance(source, Iterable) and not isinstance(source, (bytes, Mapping)):
        rows = _of_dicts(source)
    else:
        raise QueryError(f"expected a path, an open file, a pandas or polars DataFrame, or dicts, got {shown(source)}")
    return _with_headings(Sheet(None, rows), columns)


def _of_file(
    content: str | bytes, columns: Columns, sheet: str | None, delimiter: str | None, encoding: str | None
) -> Grid:
    check_form(content)
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04"):
        if delimiter is not None or encoding is not None:
            raise QueryError("expected delimiter= and encoding= with CSV, got a workbook")
        return _with_headings(_chosen(sheets_of_workbook(content), sheet, columns), columns)
    if sheet is not None:
        raise QueryError("expected sheet= with a workbook, got another file")
    if isinstance(content, str) and encoding is not None:
        raise QueryError("expected encoding= with a file of bytes, got text")
    text = content if isinstance(content, str) else decoded(content, encoding)
    rows = rows_of_text(text, delimiter, lambda rows: _known_headings(rows, columns))
    return _with_headings(Sheet(None, rows), columns)


def _chosen(sheets: Sequence[Sheet], wanted: str | None, columns: Columns) -> Sheet:
    """
    The *wanted* sheet, else the one called partnerships, the only one with cells, or the only one with known headings.
    """
    for sheet in sheets:
        if str(sheet.title).casefold() == (wanted or _PARTNERSHIPS).casefold():
            return sheet
    expected = f"expected sheet= as one of {', '.join(shown(str(sheet.title)) for sheet in sheets)}"
    if wanted is not None:
        raise QueryError(f"{expected}, got {shown(wanted)}")
    filled = [sheet for sheet in sheets if _filled(sheet.rows)]
    fitting = [sheet for sheet in filled if _known_headings(sheet.rows, columns)]
    for found in (sheets, filled, fitting):
        if len(found) == 1:
            return found[0]
    raise QueryError(f"{expected}: {'several have' if fitting else 'none has'} headings of partners")


# -- frames and dicts ------------------------------------------------------------------------------


def _of_frame(columns: Iterable[object], rows: Iterable[tuple[object, ...]]) -> tuple[Row, ...]:
    return (Row(1, tuple(columns)), *(Row(line, cells) for line, cells in enumerate(rows, 2)))


def _of_dicts(source: Iterable[object]) -> tuple[Row, ...]:
    dicts = []
    for index, row in enumerate(source):
        if not isinstance(row, Mapping):
            raise QueryError(f"expected a dict a row, got {shown(row)} at [{index}]")
        dicts.append(row)
    columns = tuple(dict.fromkeys(key for row in dicts for key in row))
    return _of_frame(columns, [tuple(row.get(key) for key in columns) for row in dicts])


# -- headings --------------------------------------------------------------------------------------


_RULE = re.compile(r"[-\u2010-\u2015_=:.·•*\s]{3,}")  # a line drawn with characters


def _filled(rows: Iterable[Row]) -> list[Row]:
    def is_empty(cell: object) -> bool:
        return is_blank(cell) or (isinstance(cell, str) and _RULE.fullmatch(cell) is not None)

    return [row for row in rows if not all(map(is_empty, row.cells))]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple("" if is_blank(cell) else " ".join(str(cell).split()) for cell in row.cells)


def _headings(rows: Sequence[Row], columns: Columns) -> tuple[int, int]:
    """
    The index of the row of headings, and how many of them are known. A title may look like a heading: a single cell counts
    only if no row below it has two. Of two lines of headings the one with more counts.
    """
    single = None
    scores = [columns.score(_texts(row)) for row in rows[: _SEARCHED + 1]]
    for index, (row, score, below) in enumerate(zip(rows, scores, [*scores[1:], 0], strict=False)):
        texts = _texts(row)
        if below > score > 0:
            continue
        if score >= columns.wanted and (score > 1 or (score and len(list(filter(None, texts))) > 1)):
            return index, score
        if score and single is None:
            single = index, score
    return single or (0, 0)


def _known_headings(rows: Iterable[Row], columns: Columns) -> int:
    return _headings(_filled(rows), columns)[1]


def _with_headings(sheet: Sheet, columns: Columns) -> Grid:
    filled = _filled(sheet.rows)
    if not filled:
        raise one_problem("line 1", "expected a line of headings, got an empty table")
    at, _ = _headings(filled, columns)
    headings = _texts(filled[at])
    remarks = list(sheet.remarks)
    remarks += [
        f"line {row.line} stands above the headings: {shown(' '.join(_texts(row)).strip())}" for row in filled[:at]
    ]
    rows: list[Row] = []
    next_headings = None
    for row in filled[at + 1 :]:
        if _texts(row) == headings and len(list(filter(None, headings))) > 1:
            remarks.append(f"line {row.line} has the headings once more")
        elif next_headings is None and columns.are_headings(tuple(map(text_of, row.cells))):
            next_headings = row
        elif next_headings is None:
            rows.append(row)
    return Grid(headings, columns.match(headings), tuple(rows), next_headings, tuple(remarks))
