"""
Read data sets from Arrow tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..._collector import collector_paused
from ..._optional import require
from ...dataset.dataset import Dataset
from ...document.reading import from_dict, from_json
from ...errors import QueryError, one_problem, shown
from .._foreign import parsing
from .columns import BATCH, RECORD_TABLES, columns_in, decoded


def from_arrow(tables: Mapping[str, Any]) -> Dataset:
    """
    Read a data set from tables like those of `to_arrow`.

    Columns of unknown values and tables without rows may be missing; `dataset` is required. Dates are read from their
    EDTF text. The bounds next to them, and areas marked `is_shared`, are ignored.

    Args:
        tables: By name, each a `pyarrow.Table` or any object with `__arrow_c_stream__`, such as a polars data frame.

    Raises:
        DatasetError: The tables aren't a data set. `$.cities[3]` is the row at index 3 of `cities`.
        QueryError: A table has another name, or isn't a table.
        MissingDependencyError: pyarrow isn't installed.
    """
    if not isinstance(tables, Mapping):
        raise QueryError(f"expected tables by name, as to_arrow returns them, got {shown(tables)}")
    if unknown := [name for name in tables if name not in RECORD_TABLES]:
        raise QueryError(f"expected tables of {', '.join(RECORD_TABLES)}, got {shown(unknown[0])}")
    document = {name: _objects(name, table) for name, table in tables.items()}
    heads = document.pop("dataset", [])
    if len(heads) != 1:
        raise one_problem("$", f"expected a table 'dataset' of one row, got {len(heads)} rows")
    return _read({**heads[0], **document})


def _read(document: dict[str, Any]) -> Dataset:
    # As text, which the extra `speed` reads several times faster than the strict reader reads objects.
    try:
        with collector_paused():
            text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        return from_dict(document)  # reports what isn't JSON, and where
    return from_json(text)


def _objects(name: str, table: Any) -> list[dict[str, Any]]:
    """
    The document's objects in a table of records.
    """
    pa = require("pyarrow", extra="arrow")
    if not isinstance(table, pa.Table) and not hasattr(table, "__arrow_c_stream__"):
        raise QueryError(f"expected an Arrow table of {name}, got {shown(table)}")
    columns = columns_in(name)
    with collector_paused(), parsing("an Arrow table", f"$.{name}"):
        table = pa.table(table)
        objects = [
            entry
            for batch in table.to_batches(max_chunksize=BATCH)
            for entry in decoded(columns, dict(zip(table.column_names, batch.columns, strict=True)), len(batch))
        ]
    return [entry for entry in objects if entry.pop("is_shared", None) is not True] if name == "areas" else objects
