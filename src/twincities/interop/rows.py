"""
Plain rows: flat dicts with fixed keys, and CSV for spreadsheets.

What flat rows can't hold: single activities and organisations, agreements, milestones, links, contacts, names and summaries
in other languages than the one asked for, and statements of size other than the first.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._files import write_atomically
from ..errors import QueryError, shown
from ..query.ties import Tie
from ..query.whole import Whole
from ._flat import FORMULA, Table, as_cells
from ._tables import TABLES, TIES

__all__ = ["PARTNERSHIP_COLUMNS", "TIE_COLUMNS", "partnership_rows", "tie_rows", "to_csv"]

TIE_COLUMNS = tuple(column.name for column in TIES.columns)
"""The keys of a row a tie, in the order of the columns."""

_PARTNERSHIPS = TABLES["partnerships"]
PARTNERSHIP_COLUMNS = tuple(column.name for column in _PARTNERSHIPS.columns)
"""The keys of a row a partnership, in the order of the columns."""


def tie_rows(ties: Iterable[Tie], *, lang: str = "en") -> list[dict[str, Any]]:
    """
    One dict a tie with the keys of `TIE_COLUMNS`.

    Values are text, numbers or `None`; dates are EDTF text, distances kilometres, coordinates WGS 84 degrees. Words of
    closed lists, areas and networks are labels in *lang*, several joined by "; ".
    """
    return table_rows(TIES, ties, lang=lang)


def partnership_rows(dataset: Whole, *, lang: str = "en") -> list[dict[str, Any]]:
    """
    One dict a partnership with the keys of `PARTNERSHIP_COLUMNS`; values as in `tie_rows`.
    """
    return table_rows(_PARTNERSHIPS, _PARTNERSHIPS.subjects(dataset), lang=lang)


def table_rows(table: Table, subjects: Iterable[Any], *, lang: str = "en") -> list[dict[str, Any]]:
    """
    One dict a subject with the names of the table's columns; values as in `tie_rows`.
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
    Rows as CSV (RFC 4180), also written to *path* if given: there with a byte order mark, so that spreadsheets read
    its letters right.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.

    Args:
        rows: Dicts with the keys *columns*.
        columns: The columns in order; their names are the first line.
        path: A file to write, replaced whole.
        delimiter: `,`, a tab, or `;` for spreadsheets set to a language that writes decimals with a comma: then numbers
            have one too.

    Raises:
        QueryError: *delimiter* isn't a comma, a semicolon or a tab.
        OSError: The file can't be written.
    """
    if delimiter not in {",", ";", "\t"}:
        raise QueryError(f"expected a comma, a semicolon or a tab as delimiter, got {shown(delimiter)}")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column], delimiter) for column in columns] for row in rows)
    if path is not None:
        write_atomically(path, [text.getvalue().encode("utf-8-sig")])
    return text.getvalue()


def _cell(value: Any, delimiter: str) -> Any:
    if isinstance(value, float) and delimiter == ";":
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value
