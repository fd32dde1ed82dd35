"""
Write data sets as SQLite databases: the flat tables with keys, references and indexes, and the lines of the document.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from typing import Any

from ..._files import write_atomically
from ...document.writing import FORMAT, to_jsonl
from ...model.edtf import EdtfDate
from ...query.names import fold
from ...query.whole import HEAD_TYPES, Whole
from .._flat import Column, Kind, Table
from .._tables import TABLES

_APPLICATION = 0x74776E63  # "twnc", by which `file` and other programs identify the file
DOCUMENT = "_document"
"""The table with the lines of the document, from which the data set is restored."""
ABOUT = "_twincities"
"""The table with the format, and the digest of each other table as it was written."""

_KINDS: Mapping[Any, Kind] = {EdtfDate | None: Kind.DATE, tuple[str, ...]: Kind.TEXTS}
_HEAD = Table(
    "dataset",
    tuple(Column.field(name, _KINDS.get(kind, Kind.TEXT)) for name, kind in HEAD_TYPES.items()),
    lambda dataset: [dataset],
)
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


def write_sqlite(dataset: Whole, path: str | os.PathLike[str], *, lang: str = "en") -> None:
    """
    Write a data set to an SQLite database, which is replaced atomically.

    The tables are those of `Dataset.to_pandas`, and `dataset` with one row. Words are those of the document. Dates are EDTF
    text, followed by their first and last day. Several texts are a JSON list, and `folded` is a name as look-ups see it.

    Args:
        dataset: The data set.
        path: The file.
        lang: The language of names and labels.

    Raises:
        OSError: The file can't be written.
    """
    tables = (_HEAD, *TABLES.values())
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        for table in tables:
            flat = zip(table.columns, table.values(table.subjects(dataset), lang), strict=True)
            columns = [sql for column, values in flat for sql in _columns(table.name, column, values)]
            for statement in _statements(table.name, [(name, type) for name, type, _ in columns]):
                connection.execute(statement)
            rows = zip(*(cells for _, _, cells in columns), strict=True)
            connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608
        connection.execute(f"CREATE TABLE {DOCUMENT} (line TEXT)")
        lines = ((line.decode().rstrip("\n"),) for line in to_jsonl(dataset))
        connection.executemany(f"INSERT INTO {DOCUMENT} VALUES (?)", lines)  # noqa: S608  # a name of ours
        connection.execute(f"CREATE TABLE {ABOUT} (key TEXT PRIMARY KEY, value TEXT)")
        names = (*(table.name for table in tables), DOCUMENT)
        about = {"format": FORMAT, **{name: digest(connection, name) for name in names}}
        connection.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?)", about.items())  # noqa: S608
        connection.commit()
        write_atomically(path, [connection.serialize()])


def _columns(table: str, column: Column, values: Sequence[Any]) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """
    The name, the type and the cells of each SQL column for a column of a flat table.
    """
    convert = _CELLS.get(column.kind)
    yield column.name, _TYPES.get(column.kind, "TEXT"), map(convert, values) if convert else values
    if column.kind in (Kind.DATE, Kind.INTERVAL):
        for bound in ("earliest", "latest"):
            days = [value and getattr(value, bound) for value in values]
            yield f"{column.name}_{bound}", "TEXT", [day and day.isoformat() for day in days]
    if table in ("cities", "names") and column.name == "name":
        yield "folded", "TEXT", [value and fold(value) for value in values]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_CELLS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.WORD: _text,
    Kind.DATE: _text,
    Kind.INTERVAL: _text,
    Kind.TEXTS: lambda value: json.dumps(value, ensure_ascii=False),
}


def _statements(table: str, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """
    The SQL that creates a table with columns of these names and types, and its indexes.
    """
    names = {name for name, _ in columns}
    lines = [f"{name} {type}" for name, type in columns]
    key = _KEYS.get(table, ())
    if key:
        lines.append(f"PRIMARY KEY ({', '.join(key)})")
    references = _ENDS if table == "partnerships" else _REFERENCES
    known = {columns: other for columns, other in references.items() if names.issuperset(columns)}
    for few, other in known.items():
        lines.append(f"FOREIGN KEY ({', '.join(few)}) REFERENCES {other} ({', '.join(_KEYS[other])})")
    inner = ",\n  ".join(lines)
    yield f"CREATE TABLE {table} (\n  {inner}\n)"
    for few in (*known, *((name,) for name in _SEARCHED if name in names)):
        if few != key[: len(few)]:
            yield f"CREATE INDEX {table}_{'_'.join(few)} ON {table} ({', '.join(few)})"


def digest(connection: sqlite3.Connection, table: str) -> str:
    """
    The SHA-256 of a table's rows in order.
    """
    found = sha256()
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608  # a name of ours
        found.update(json.dumps(row, default=repr).encode() + b"\n")
    return found.hexdigest()
