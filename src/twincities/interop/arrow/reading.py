"""
Data sets out of Arrow tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..._lazy import collector_paused
from ..._optional import require
from ...dataset.dataset import Dataset
from ...document.reading import from_dict, from_json
from ...errors import DatasetError, Problem, QueryError, shown
from .columns import decoded
from .records import BATCH, RECORD_TABLES, columns_in

__all__ = ["from_arrow"]


def from_arrow(tables: Mapping[str, Any]) -> Dataset:
    """
    The data set in tables such as `to_arrow` gives.

    A table may lack columns of what isn't known, and may be missing where it would have no row; `dataset` has to be there.
    Dates are read from their EDTF text; the bounds beside them and areas marked `is_shared` are left aside.

    Args:
        tables: By name, a `pyarrow.Table` or anything else with `__arrow_c_stream__`, such as a polars data frame.

    Raises:
        DatasetError: They don't hold a data set. `$.cities[3]` is the row of `cities` with three before it.
        QueryError: There is a table of another name, or one isn't a table.
        MissingDependencyError: pyarrow isn't installed.
    """
    if unknown := [name for name in tables if name not in RECORD_TABLES]:
        raise QueryError(f"expected tables of {', '.join(RECORD_TABLES)}, got {shown(unknown[0])}")
    document = {name: _objects(name, table) for name, table in tables.items()}
    heads = document.pop("dataset", [])
    if len(heads) != 1:
        raise DatasetError([Problem("$", f"expected a table 'dataset' of one row, got {len(heads)} rows")])
    return _read({**heads[0], **document})


def _read(document: dict[str, Any]) -> Dataset:
    # By way of text, which the extra `speed` reads several times as quickly as the strict reader takes objects.
    try:
        with collector_paused():
            text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        return from_dict(document)  # it says what isn't JSON, and where
    return from_json(text)


def _objects(name: str, table: Any) -> list[dict[str, Any]]:
    """
    The document's objects in a table of records.
    """
    pa = require("pyarrow", extra="arrow")
    if not isinstance(table, pa.Table):
        if not hasattr(table, "__arrow_c_stream__"):
            raise QueryError(f"expected an Arrow table of {name}, got {shown(table)}")
        table = pa.table(table)
    columns = columns_in(name)
    with collector_paused():
        objects = [
            entry
            for batch in table.to_batches(max_chunksize=BATCH)
            for entry in decoded(columns, dict(zip(table.column_names, batch.columns, strict=True)), len(batch))
        ]
    return [entry for entry in objects if entry.pop("is_shared", None) is not True] if name == "areas" else objects
