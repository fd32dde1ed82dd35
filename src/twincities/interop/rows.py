"""
Write ties and partnerships as flat dicts with fixed keys, and as CSV for spreadsheets.

Single activities and organisations, agreements, milestones, links, contacts, names and summaries in other languages, and
populations other than the first aren't included.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .._files import write_atomically
from ..errors import QueryError, shown
from ..query.whole import Whole
from ._flat import FORMULA, Table, as_cells
from ._tables import TABLES, TIES

__all__ = ["PARTNERSHIP_COLUMNS", "TIE_COLUMNS", "partnership_rows", "to_csv"]

TIE_COLUMNS = tuple(column.name for column in TIES.columns)
"""The keys of the row of a tie, in the order of the columns."""

_PARTNERSHIPS = TABLES["partnerships"]
PARTNERSHIP_COLUMNS = tuple(column.name for column in _PARTNERSHIPS.columns)
"""The keys of the row of a partnership, in the order of the columns."""


def partnership_rows(dataset: Whole, *, lang: str = "en") -> list[dict[str, Any]]:
    """
    Convert each partnership to a dict with the keys `PARTNERSHIP_COLUMNS`; values as in `table_rows`.
    """
    return table_rows(_PARTNERSHIPS, _PARTNERSHIPS.subjects(dataset), lang=lang)


def table_rows(table: Table, subjects: Iterable[Any], *, lang: str = "en") -> list[dict[str, Any]]:
    """
    Convert each subject to a dict with the table's columns.

    Values are text, numbers or `None`; dates are EDTF text, distances kilometres, coordinates WGS 84 degrees. Words of
    closed lists, areas and networks are labels in *lang*; several texts are joined by "; ".
    """
    names = [column.name for column in table.columns]
    found = zip(table.columns, table.values(subjects, lang), strict=True)
    cells = [as_cells(column, values, lang) for column, values in found]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def to_csv(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    path: str | os.PathLike[str] | None = None,
    *,
    delimiter: str = ",",
) -> str:
    """
    Convert rows to CSV (RFC 4180), and write it to *path* if given, with a byte order mark so that spreadsheets recognise
    UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.

    Args:
        rows: Dicts with the keys *columns*.
        columns: The columns in order; their names are the first line.
        path: A file, which is replaced atomically.
        delimiter: A comma, a tab, or a semicolon for spreadsheets in languages with a decimal comma, which numbers then
            have too.

    Raises:
        QueryError: A row isn't a dict or lacks a column, or *delimiter* isn't a comma, a semicolon or a tab.
        OSError: The file can't be written.
    """
    if delimiter not in (",", ";", "\t"):
        raise QueryError(f"expected a comma, a semicolon or a tab as delimiter, got {shown(delimiter)}")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    if not isinstance(rows, Iterable) or not isinstance(columns, Collection):
        raise QueryError(f"expected rows and columns, got {shown(rows)} and {shown(columns)}")
    writer.writerow(columns)
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise QueryError(f"expected a dict as each row, got {shown(row)} as row {number}")
        try:
            writer.writerow([_cell(row[column], delimiter) for column in columns])
        except KeyError as error:
            raise QueryError(
                f"expected the column {shown(error.args[0])} in each row, got none in row {number}"
            ) from None
    if path is not None:
        write_atomically(path, [text.getvalue().encode("utf-8-sig")])
    return text.getvalue()


def _cell(value: Any, delimiter: str) -> Any:
    if isinstance(value, float) and delimiter == ";":
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value
