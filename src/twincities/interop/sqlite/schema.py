"""
The SQL schema: the columns, keys, references and indexes of the flat tables.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from ...model.edtf import EdtfDate, EdtfInterval
from ...query.names import fold
from ...query.whole import HEAD_TYPES, Whole
from .._flat import Column, Kind, Table
from .._tables import TABLES

__all__ = ["ABOUT", "APPLICATION", "DOCUMENT", "SQL_TABLES", "SqlTable", "digest"]

APPLICATION = 0x74776E63  # "twnc", by which `file` and other programs identify the file
DOCUMENT = "_document"
"""The table with the lines of the document, from which the data set is restored."""
ABOUT = "_twincities"
"""The table with the format, and the digest of each other table as it was written."""

_TYPES = {Kind.INTEGER: "INTEGER", Kind.NUMBER: "REAL", Kind.TRUTH: "INTEGER"}

_KEYS: Mapping[str, tuple[str, ...]] = {
    "cities": ("id",),
    "partnerships": ("city_1_id", "city_2_id"),
    "networks": ("id",),
    "members": ("network_id", "city_id"),
    "populations": ("city_id", "number"),
    "areas": ("id",),
    "sources": ("id",),
}
_REFERENCES: Mapping[tuple[str, ...], str] = {
    ("city_id",): "cities",
    ("city_1_id", "city_2_id"): "partnerships",
    ("network_id",): "networks",
    ("area_id",): "areas",
}
_ENDS: Mapping[tuple[str, ...], str] = {("city_1_id",): "cities", ("city_2_id",): "cities"}
_SEARCHED = ("folded", "wikidata_id", "geonames_id", "status")
"""Indexed columns, in addition to references."""


class SqlColumn(NamedTuple):
    """
    A column in SQL, and the function that converts a value of the flat column that it comes from.
    """

    name: str
    type: str
    of: Callable[[Any], Any]


class SqlTable(NamedTuple):
    """
    A table in SQL, and the flat table that it comes from.
    """

    flat: Table
    columns: Sequence[tuple[int, SqlColumn]]
    """Each with the index of the flat column that it comes from."""

    def statements(self) -> Iterable[str]:
        """
        The SQL that creates the table and its indexes.
        """
        table = self.flat.name
        names = {column.name for _, column in self.columns}
        lines = [f"{column.name} {column.type}" for _, column in self.columns]
        key = _KEYS.get(table, ())
        if key:
            lines.append(f"PRIMARY KEY ({', '.join(key)})")
        references = _ENDS if table == "partnerships" else _REFERENCES
        known = {columns: other for columns, other in references.items() if names.issuperset(columns)}
        for columns, other in known.items():
            lines.append(f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {other} ({', '.join(_KEYS[other])})")
        inner = ",\n  ".join(lines)
        yield f"CREATE TABLE {table} (\n  {inner}\n)"
        for columns in (*known, *((name,) for name in _SEARCHED if name in names)):
            if columns != key[: len(columns)]:
                yield f"CREATE INDEX {table}_{'_'.join(columns)} ON {table} ({', '.join(columns)})"

    def rows(self, dataset: Whole, lang: str) -> Iterable[tuple[Any, ...]]:
        values = self.flat.values(self.flat.subjects(dataset), lang)
        return zip(*(map(column.of, values[index]) for index, column in self.columns), strict=True)


def _columns(table: str, flat: Column) -> Iterable[SqlColumn]:
    """
    The SQL columns for one column of a flat table.
    """
    yield SqlColumn(flat.name, _TYPES.get(flat.kind, "TEXT"), _CELLS.get(flat.kind, lambda value: value))
    if flat.kind in (Kind.DATE, Kind.INTERVAL):
        for bound in ("earliest", "latest"):
            yield SqlColumn(f"{flat.name}_{bound}", "TEXT", _bound(bound))
    if table in ("cities", "names") and flat.name == "name":
        yield SqlColumn("folded", "TEXT", lambda value: value and fold(value))


def _bound(bound: str) -> Callable[[EdtfDate | EdtfInterval | None], str | None]:
    def day(value: EdtfDate | EdtfInterval | None) -> str | None:
        found = None if value is None else getattr(value, bound)
        return None if found is None else found.isoformat()

    return day


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_CELLS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.WORD: _text,
    Kind.DATE: _text,
    Kind.INTERVAL: _text,
    Kind.TEXTS: lambda value: json.dumps(value, ensure_ascii=False),
}


def _sql_table(flat: Table) -> SqlTable:
    columns = [(index, sql) for index, column in enumerate(flat.columns) for sql in _columns(flat.name, column)]
    return SqlTable(flat, columns)


_KINDS: Mapping[Any, Kind] = {EdtfDate | None: Kind.DATE, tuple[str, ...]: Kind.TEXTS}
_HEAD = Table(
    "dataset",
    tuple(Column.field(name, _KINDS.get(kind, Kind.TEXT)) for name, kind in HEAD_TYPES.items()),
    lambda dataset: [dataset],
)
SQL_TABLES = tuple(map(_sql_table, (_HEAD, *TABLES.values())))
"""The tables to query: the head of the data set, then the flat tables."""


def digest(connection: sqlite3.Connection, table: str) -> str:
    """
    The SHA-256 of a table's rows in order.
    """
    found = sha256()
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608  # a name of ours
        found.update(json.dumps(row, default=repr).encode() + b"\n")
    return found.hexdigest()
