"""
Write data sets as Arrow tables: complete records, or the flat tables that all formats share.

The tables of records lose nothing: `from_arrow` restores the data set. Their columns are derived from the classes
(`columns`). The flat tables are those of `.._tables`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..._collector import collector_paused
from ..._optional import require
from ...document.plain import unstructure
from ...document.writing import FORMAT, to_jsonl
from ...model.areas import shared_areas
from ...model.edtf import EdtfDate, EdtfInterval
from ...model.parts import Activity
from ...model.vocabulary import word_label
from ...query.ties import Tie, tuple_of_ties
from ...query.whole import Whole, as_whole, head_of, lists_of
from .._flat import Kind, Table
from .._tables import TABLES, TIES
from .columns import BATCH, RECORD_TABLES, ArrowColumn, columns_for, columns_in, words

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


def to_arrow(dataset: Whole) -> dict[str, Any]:
    """
    Convert a data set to a `pyarrow.Table` for each of `RECORD_TABLES`, without loss.

    The schema metadata of each table has JSON under two keys: `twincities` is the head of the data set, and
    `twincities.sources` its sources. The table of areas includes those of the vocabulary, marked `is_shared`.

    Raises:
        QueryError: *dataset* isn't one.
        MissingDependencyError: pyarrow isn't installed.
    """
    as_whole(dataset)
    metadata = {
        "twincities": next(to_jsonl(dataset)).rstrip(),
        "twincities.sources": json.dumps([*map(unstructure, dataset.sources.values())], ensure_ascii=False),
    }
    lists = lists_of(dataset)
    shared = shared_areas(dataset.vocabulary)
    # After the data set's own areas, which keep their indexes in the document.
    lists["areas"] += tuple(shared.values())
    lists["dataset"] = ({"format": FORMAT, **head_of(dataset)},)
    return {
        name: _table([(column, lists[name]) for column in columns_in(name, shared)]).replace_schema_metadata(metadata)
        for name in RECORD_TABLES
    }


# -- flat facts ------------------------------------------------------------------------------------


def flat_tables(dataset: Whole, *, lang: str = "en") -> dict[str, Any]:
    """
    Convert a data set to flat tables, a `pyarrow.Table` each: `cities`, `partnerships`, `names`, `populations` and so on,
    with labels in *lang*.

    Words of closed lists are categories, dates are followed by their bounds, and several texts are a list.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
    """
    return {name: flat_table(table, table.subjects(dataset), lang=lang) for name, table in TABLES.items()}


def flat_table(table: Table, subjects: Iterable[Any], *, lang: str = "en") -> Any:
    """
    Convert the rows of *subjects* in one flat table to a `pyarrow.Table`; see `flat_tables`.
    """
    return _table([*_flat_columns(table, tuple(subjects), lang)])


def ties_table(ties: Iterable[Tie], *, lang: str = "en") -> Any:
    """
    Convert ties to a `pyarrow.Table`: the columns of `to_dicts`, and `activities` as a list of structs.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
    """
    ties = tuple_of_ties(ties)
    activities = columns_for("activities", tuple[Activity, ...], attrgetter("activities"))
    return _table([*_flat_columns(TIES, ties, lang), *((column, ties) for column in activities)])


Filled = tuple[ArrowColumn, Sequence[Any]]
"""A column, and the objects that it gets its values from."""


def _flat_columns(table: Table, subjects: Sequence[Any], lang: str) -> Iterator[Filled]:
    for flat, values in zip(table.columns, table.values(subjects, lang), strict=True):
        if flat.words is None:
            yield from ((column, values) for column in columns_for(flat.name, _KINDS[flat.kind], _itself))
        else:
            labels = {word: word_label(word, lang) for word in flat.words}
            yield ArrowColumn(flat.name, flat.name, words(flat.words, labels), _itself), values


def _itself(value: Any) -> Any:
    return value


def _table(filled: Sequence[Filled]) -> Any:
    pa = require("pyarrow", extra="arrow")
    schema = pa.schema([(column.name, column.codec.type) for column, _ in filled])
    with collector_paused():
        batches = [
            pa.RecordBatch.from_arrays(
                [_encoded(column, values[start : start + BATCH]) for column, values in filled],
                schema=schema,
            )
            for start in range(0, len(filled[0][1]), BATCH)
        ]
    return pa.Table.from_batches(batches, schema)


def _encoded(column: ArrowColumn, subjects: Sequence[Any]) -> Any:
    return column.codec.encode(subjects if column.of is _itself else [*map(column.of, subjects)])
