"""
Write data sets as SQLite databases: the flat tables with keys and indexes, and the lines of the document.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from ..._files import write_atomically
from ...document.writing import FORMAT, to_jsonl
from ...query.whole import Whole
from .schema import ABOUT, APPLICATION, DOCUMENT, SQL_TABLES, digest

__all__ = ["write_sqlite"]


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
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        for table in SQL_TABLES:
            for statement in table.statements():
                connection.execute(statement)
            places = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {table.flat.name} VALUES ({places})", table.rows(dataset, lang))  # noqa: S608
        connection.execute(f"CREATE TABLE {DOCUMENT} (line TEXT)")
        lines = ((line.decode().rstrip("\n"),) for line in to_jsonl(dataset))
        connection.executemany(f"INSERT INTO {DOCUMENT} VALUES (?)", lines)  # noqa: S608  # a name of ours
        connection.execute(f"CREATE TABLE {ABOUT} (key TEXT PRIMARY KEY, value TEXT)")
        names = (*(table.flat.name for table in SQL_TABLES), DOCUMENT)
        about = {"format": FORMAT, **{name: digest(connection, name) for name in names}}
        connection.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?)", about.items())  # noqa: S608
        connection.commit()
        write_atomically(path, [connection.serialize()])
