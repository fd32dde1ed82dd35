"""
Write data sets as frames of pandas and polars, and as workbooks.

pandas gets flat, typed columns; polars gets the tables of `arrow`, with lists and structs. In both a date is EDTF text,
followed by the first and last day that it may mean.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .._files import as_path, write_atomically
from .._optional import require
from ..errors import QueryError, shown
from ..model.vocabulary import word_label
from ..query.whole import Whole
from ._flat import NO_XML, Column, Kind, Table, as_cells
from ._tables import TABLES
from .arrow.writing import flat_tables

__all__ = ["dataset_frames", "polars_frames", "write_excel"]


# -- pandas ----------------------------------------------------------------------------------------


def dataset_frames(dataset: Whole, *, lang: str = "en") -> dict[str, Any]:
    """
    Convert a data set to `pandas.DataFrame`s by name: `cities`, `partnerships`, `networks`, `members`, `names`,
    `populations`, `activities`, `agreements`, `milestones`, `claims`, `areas` and `sources`.

    Texts are `string`, words of closed lists `category` with all labels in *lang*, whole numbers `Int64`, degrees and
    kilometres `Float64`, and truth values `boolean`. Dates are EDTF text, followed by their bounds in `…_earliest` and
    `…_latest` as `datetime64[s]`. Several texts are joined by "; ". Unknown values are `NA` or `NaT`.

    Raises:
        MissingDependencyError: pandas isn't installed.
    """
    return {name: table_frame(table, table.subjects(dataset), lang=lang) for name, table in TABLES.items()}


def table_frame(table: Table, subjects: Iterable[Any], *, lang: str = "en") -> Any:
    """
    Convert the rows of *subjects* in a table to a `pandas.DataFrame`, typed as in `dataset_frames`.

    Raises:
        MissingDependencyError: pandas isn't installed.
    """
    pandas = require("pandas", extra="pandas")
    arrays: dict[str, Any] = {}
    for column, values in zip(table.columns, table.values(subjects, lang), strict=True):
        arrays |= _arrays(column, values, lang, pandas)
    return pandas.DataFrame(arrays, copy=False)


_DTYPES: Mapping[Kind, str] = {
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "Float64",
    Kind.TRUTH: "boolean",
}


def _arrays(column: Column, values: Sequence[Any], lang: str, pandas: Any) -> Iterator[tuple[str, Any]]:
    """
    The pandas arrays of a column by name.
    """
    if column.words is not None:
        labels = [*dict.fromkeys(word_label(word, lang) for word in column.words)]
        code = {word: labels.index(word_label(word, lang)) for word in column.words}
        codes = [-1 if word is None else code[word] for word in values]
        yield column.name, pandas.Categorical.from_codes(codes, labels)
        return
    yield column.name, pandas.array(as_cells(column, values, lang), dtype=_DTYPES.get(column.kind, "string"))
    if column.kind in (Kind.DATE, Kind.INTERVAL):
        numpy = require("numpy", extra="pandas")
        for bound in ("earliest", "latest"):
            bounds = [value and getattr(value, bound) for value in values]
            days = [_NO_DAY if day is None else day.toordinal() - _EPOCH for day in bounds]
            yield f"{column.name}_{bound}", numpy.array(days, "int64").view("datetime64[D]").astype("datetime64[s]")


_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = -(2**63)  # numpy's NaT


# -- polars ----------------------------------------------------------------------------------------


def polars_frames(dataset: Whole, *, lang: str = "en") -> dict[str, Any]:
    """
    Convert a data set to the same tables as `polars.DataFrame`s; several texts are a list.

    Raises:
        MissingDependencyError: polars or pyarrow isn't installed.
    """
    polars = require("polars", extra="polars")
    return {name: polars.from_arrow(table) for name, table in flat_tables(dataset, lang=lang).items()}


def polars_frame(table: Any) -> Any:
    """
    Convert a `pyarrow.Table` to a `polars.DataFrame`.
    """
    return require("polars", extra="polars").from_arrow(table)


# -- workbooks -------------------------------------------------------------------------------------


def write_excel(frames: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """
    Write frames to an Excel workbook, a sheet each, with a frozen first row; the file is replaced atomically.

    `sources.table` reads the first sheet of such a workbook, so that an office can fill in an empty one.

    Args:
        frames: `pandas.DataFrame`s by sheet name.
        path: The file, `.xlsx`.

    Raises:
        QueryError: There are no frames, the file's name has another ending, or a text has control characters or more than
            32,767 characters, which workbooks can't hold.
        MissingDependencyError: pandas or openpyxl isn't installed.
        OSError: The file can't be written.
    """
    if not as_path(path).name.lower().endswith(".xlsx"):
        raise QueryError(f"expected a file name that ends in .xlsx, got {shown(os.path.basename(path))}")  # noqa: PTH119
    if not isinstance(frames, Mapping) or not len(frames):
        raise QueryError(f"expected frames by the names of their sheets, got {shown(frames)}")
    require("openpyxl", extra="pandas")
    pandas = require("pandas", extra="pandas")
    for name, frame in frames.items():
        if not isinstance(frame, pandas.DataFrame):
            raise QueryError(f"expected frames by the names of their sheets, got {shown(frame)} as {shown(name)}")
        for column in frame.columns:
            for line, value in enumerate(frame[column], 2):
                check_text(value, f"sheet {name}, {column}, line {line}")
    buffer = io.BytesIO()
    with pandas.ExcelWriter(buffer, engine="openpyxl") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            keep_texts(writer.sheets[name])
    write_atomically(path, [buffer.getvalue()])


_LONGEST = 32_767
"""The most characters in a cell, in units of UTF-16; programs truncate longer texts."""


def check_text(value: Any, place: str) -> None:
    """
    Raise `QueryError` if a workbook would truncate or break a text; *place* names the cell.
    """
    if not isinstance(value, str):
        return
    if NO_XML.search(value):
        raise QueryError(f"expected text without control characters, got {shown(value)} in {place}")
    if len(value) * 2 > _LONGEST and (length := len(value.encode("utf-16-le")) // 2) > _LONGEST:
        raise QueryError(f"expected at most {_LONGEST:,} characters, got {length:,} in {place}: {shown(value, 40)}")


def keep_texts(sheet: Any) -> None:
    """
    Keep texts that look like formulas or errors as texts.
    """
    for line in sheet.iter_rows():
        for cell in line:
            if cell.data_type in ("f", "e"):
                cell.data_type = "s"
                cell.quotePrefix = True
