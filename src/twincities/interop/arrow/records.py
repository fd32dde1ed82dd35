"""
The names and columns of the tables of records.
"""

from __future__ import annotations

from collections.abc import Container
from operator import itemgetter
from typing import Any

from ...model.lists import LISTS
from ...query.whole import HEAD_TYPES
from .columns import ArrowColumn, columns_for, columns_of

__all__ = ["BATCH", "RECORD_TABLES", "columns_in"]


RECORD_TABLES = ("dataset", *LISTS)
"""The tables of `to_arrow`. `dataset` has one row, with the head of the data set."""
BATCH = 1 << 16  # records: the texts in a column of a batch stay far below Arrow's limit of 2 GiB


def columns_in(name: str, shared: Container[str] = ()) -> tuple[ArrowColumn, ...]:
    """
    The columns of a table of records; those of areas have a mark for the ids in *shared*.
    """
    if name == "dataset":
        types = {"format": str, **HEAD_TYPES}
        return tuple(column for name, kind in types.items() for column in columns_for(name, kind, itemgetter(name)))
    kind: Any = LISTS[name][0]
    columns = columns_of(kind)
    return (*columns, *columns_for("is_shared", bool, lambda area: area.id in shared)) if name == "areas" else columns
