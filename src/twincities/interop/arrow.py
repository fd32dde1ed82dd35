"""
Arrow tables, with the extra `arrow` (pyarrow): whole records with everything in them, or flat facts for readers.

The tables of records lose nothing: `from_arrow` makes the same data set of them. Their columns are those of the
classes; see `twincities.interop.columnar`. The flat tables are those of `twincities.interop.tables`.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from ..areas import shared_areas
from ..collector import collector_paused
from ..dataset import Dataset
from ..edtf import EdtfDate, EdtfInterval
from ..errors import DatasetError, Problem, QueryError, shown
from ..model import LISTS, Activity
from ..optional import require
from ..reader import FORMAT, HEAD_TYPES
from ..serial import from_dict, from_json, to_jsonl
from ..structure import unstructure
from ..ties import Tie
from ..vocabulary import word_label
from .columnar import Column, columns_for, columns_of, decoded, encoded, words
from .facts import Kind, Table, rows
from .tables import TABLES, TIES

__all__ = ["RECORD_TABLES", "flat_table", "flat_tables", "from_arrow", "partnerships_table", "ties_table", "to_arrow"]

RECORD_TABLES = ("dataset", *LISTS)
"""The tables of `to_arrow`: `dataset` has one row, which is what the data set says of itself."""

_BATCH = 1 << 16  # records; the texts of one column of a batch stay far below the 2 GiB that Arrow allows it
_KINDS: Mapping[Kind, Any] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.TRUTH: bool,
    Kind.DATE: EdtfDate,
    Kind.INTERVAL: EdtfInterval,
    Kind.TEXTS: tuple[str, ...],
}

# -- records ---------------------------------------------------------------------------------------


def to_arrow(dataset: Dataset) -> dict[str, Any]:
    """
    Everything that the data set holds: a `pyarrow.Table` for each of `RECORD_TABLES`.

    The metadata of each schema has JSON under two keys, so that a table that travels alone says where it is from:
    `twincities` is what the data set says of itself, `twincities.sources` its sources. The table of areas has those of the
    vocabulary too, marked `is_shared`.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
    """
    metadata = {
        "twincities": next(to_jsonl(dataset)).rstrip(),
        "twincities.sources": json.dumps([*map(unstructure, dataset.sources.values())], ensure_ascii=False),
    }
    lists = dataset.lists()
    shared = shared_areas(dataset.vocabulary)
    # Those of its own come first: so they have the places that a document gives them.
    lists["areas"] += tuple(shared.values())
    lists["dataset"] = ({"format": FORMAT, **dataset.head()},)
    return {
        name: _table(_columns(name, shared), lists[name]).replace_schema_metadata(metadata) for name in RECORD_TABLES
    }


def _columns(name: str, shared: Container[str] = ()) -> tuple[Column, ...]:
    if name == "dataset":
        types = {"format": str, **HEAD_TYPES}
        return tuple(column for name, kind in types.items() for column in columns_for(name, kind, itemgetter(name)))
    kind: Any = LISTS[name][0]
    columns = columns_of(kind)
    return (*columns, *columns_for("is_shared", bool, lambda area: area.id in shared)) if name == "areas" else columns


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
    columns = _columns(name)
    with collector_paused():
        objects = [
            entry
            for batch in table.to_batches(max_chunksize=_BATCH)
            for entry in decoded(columns, dict(zip(table.column_names, batch.columns, strict=True)), len(batch))
        ]
    return [entry for entry in objects if entry.pop("is_shared", None) is not True] if name == "areas" else objects


# -- flat facts ------------------------------------------------------------------------------------


def flat_tables(dataset: Dataset, *, lang: str = "en") -> dict[str, Any]:
    """
    The facts of the data set in flat tables, a `pyarrow.Table` each: `cities`, `partnerships`, `names`, `populations`,
    `activities` and so on, one fact a row, with labels in *lang*.

    Words of closed lists are categories, dates have their bounds beside them, several texts are a list.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
    """
    return {name: flat_table(table, table.subjects(dataset), lang=lang) for name, table in TABLES.items()}


def partnerships_table(dataset: Dataset, *, lang: str = "en") -> Any:
    """
    The table `partnerships` of `flat_tables`: what a data set gives to what reads one Arrow table.
    """
    table = TABLES["partnerships"]
    return flat_table(table, table.subjects(dataset), lang=lang)


def flat_table(table: Table, subjects: Iterable[Any], *, lang: str = "en") -> Any:
    """
    One table of facts about *subjects* as a `pyarrow.Table`; see `flat_tables`.
    """
    columns = [*_flat_columns(table, lang)]
    return _table(columns, [*rows(table, subjects, lang)])


def _flat_columns(table: Table, lang: str) -> Iterator[Column]:
    for place, (name, kind, _, closed) in enumerate(table.columns):
        of = itemgetter(place)
        if closed is None:
            yield from columns_for(name, _KINDS[kind], of)
        else:
            yield Column(name, name, words(closed, {word: word_label(word, lang) for word in closed}), of)


def ties_table(ties: Iterable[Tie], *, lang: str = "en") -> Any:
    """
    A `pyarrow.Table` with a row a tie: the columns of `to_dicts`, and in `activities` a list of structs.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
    """
    ties = tuple(ties)
    columns = [*_flat_columns(TIES, lang), *columns_for("activities", tuple[Activity, ...], itemgetter(-1))]
    return _table(columns, [(*row, tie.activities) for row, tie in zip(rows(TIES, ties, lang), ties, strict=True)])


def _table(columns: Sequence[Column], records: Sequence[Any]) -> Any:
    pa = require("pyarrow", extra="arrow")
    schema = pa.schema([(column.name, column.form.type) for column in columns])
    batches = [
        pa.RecordBatch.from_pydict(encoded(columns, records[start : start + _BATCH]), schema)
        for start in range(0, len(records), _BATCH)
    ]
    return pa.Table.from_batches(batches, schema)
