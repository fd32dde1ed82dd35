"""
The tables of a database: what their columns are called in SQL, their keys, and what their rows refer to.
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

APPLICATION = 0x74776E63  # "twnc": what `file` and others know the file's purpose by
DOCUMENT = "_document"
"""The table with the lines of the document: what brings the very same data set back."""
ABOUT = "_twincities"
"""The table that says which format it is, and the digest of every other table as it was written."""

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
"""Columns with an index, beside those that refer to other tables."""


class SqlColumn(NamedTuple):
    """
    A column in SQL: its type, and the value in it for a value of the column of facts that it is made of.
    """

    name: str
    type: str
    of: Callable[[Any], Any]


class SqlTable(NamedTuple):
    """
    A table in SQL, made of a table of facts.
    """

    facts: Table
    columns: Sequence[tuple[int, SqlColumn]]
    """Each with the number of the column of facts that it is made of."""

    @property
    def name(self) -> str:
        """
        Its name, which is that of the table of facts.
        """
        return self.facts.name

    def statements(self) -> Iterable[str]:
        """
        The SQL that makes the empty table and its indexes.
        """
        names = {column.name for _, column in self.columns}
        lines = [f"{column.name} {column.type}" for _, column in self.columns]
        key = _KEYS.get(self.name, ())
        if key:
            lines.append(f"PRIMARY KEY ({', '.join(key)})")
        references = _ENDS if self.name == "partnerships" else _REFERENCES
        known = {columns: table for columns, table in references.items() if names.issuperset(columns)}
        for columns, table in known.items():
            lines.append(f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {table} ({', '.join(_KEYS[table])})")
        inner = ",\n  ".join(lines)
        yield f"CREATE TABLE {self.name} (\n  {inner}\n)"
        for columns in (*known, *((name,) for name in _SEARCHED if name in names)):
            if columns != key[: len(columns)]:
                yield f"CREATE INDEX {self.name}_{'_'.join(columns)} ON {self.name} ({', '.join(columns)})"

    def rows(self, dataset: Whole, lang: str) -> Iterable[tuple[Any, ...]]:
        """
        The rows for a data set.
        """
        values = self.facts.values(self.facts.subjects(dataset), lang)
        return zip(*(map(column.of, values[place]) for place, column in self.columns), strict=True)


def _columns(table: str, facts: Column) -> Iterable[SqlColumn]:
    """
    The columns that one column of the facts in a table becomes.
    """
    yield SqlColumn(facts.name, _TYPES.get(facts.kind, "TEXT"), _CELLS.get(facts.kind, lambda value: value))
    if facts.kind in (Kind.DATE, Kind.INTERVAL):
        for bound in ("earliest", "latest"):
            yield SqlColumn(f"{facts.name}_{bound}", "TEXT", _bound(bound))
    if table in ("cities", "names") and facts.name == "name":
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


def _sql_table(facts: Table) -> SqlTable:
    columns = [(place, column) for place, flat in enumerate(facts.columns) for column in _columns(facts.name, flat)]
    return SqlTable(facts, columns)


_KINDS: Mapping[Any, Kind] = {EdtfDate | None: Kind.DATE, tuple[str, ...]: Kind.TEXTS}
_HEAD = Table(
    "dataset",
    tuple(Column.field(name, _KINDS.get(kind, Kind.TEXT)) for name, kind in HEAD_TYPES.items()),
    lambda dataset: [dataset],
)
SQL_TABLES = tuple(_sql_table(facts) for facts in (_HEAD, *TABLES.values()))
"""The tables for people: one row about the data set, then the tables of facts."""


def digest(connection: sqlite3.Connection, table: str) -> str:
    """
    The SHA-256 of what is in a table, in its order.
    """
    found = sha256()
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608  # a name of ours
        found.update(json.dumps(row, default=repr).encode() + b"\n")
    return found.hexdigest()
