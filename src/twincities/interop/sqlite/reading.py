"""
Read data sets from SQLite databases written by `write_sqlite`.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from ..._files import MAX_BYTES, as_path, check_size, naming
from ...dataset.dataset import Dataset
from ...document.reading import from_jsonl
from ...document.writing import FORMAT
from ...errors import FormatVersionError, one_problem
from .._foreign import parsing
from .writing import ABOUT, DOCUMENT, digest


def read_sqlite(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    Read the data set in a database written by `write_sqlite`. Tables added by others are ignored.

    Args:
        path: The file.
        max_bytes: The most bytes that the file may have; 1 GiB by default.

    Raises:
        DatasetError: The file isn't such a database, or one of its tables was changed, which would be lost.
        OSError: The file can't be read.
    """
    path = as_path(path)
    with naming(path):
        check_size(path.stat().st_size, max_bytes, path)
        with path.open("rb"):  # raises the system's own error, not one of SQLite
            pass
        address = f"{path.absolute().as_uri()}?mode=ro"
        with (
            parsing("an SQLite database that twincities wrote"),
            closing(sqlite3.connect(address, uri=True)) as database,
        ):
            return from_jsonl(_lines(database))


def _lines(database: sqlite3.Connection) -> bytes:
    """
    The lines of the document, if no table was changed since they were written.
    """
    database.execute("PRAGMA trusted_schema = OFF")
    # Tables only: a view with one of these names could return anything, endlessly.
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not {ABOUT, DOCUMENT} <= tables:
        raise one_problem("$", f"expected the tables {ABOUT} and {DOCUMENT}, which twincities writes")
    about = dict(database.execute(f"SELECT key, value FROM {ABOUT}"))  # noqa: S608  # a name of ours
    found = about.pop("format", None)
    if isinstance(found, str) and found != FORMAT:
        raise FormatVersionError(found, FORMAT, path=ABOUT)
    if DOCUMENT not in about or found != FORMAT:
        raise one_problem(ABOUT, f"expected the format {FORMAT} and the digest of each table")
    for name, written in about.items():
        if name not in tables or not name.isidentifier() or digest(database, name) != written:
            raise one_problem(str(name), "expected the table as it was written: changes to it would be lost")
    lines = database.execute(f"SELECT line FROM {DOCUMENT} ORDER BY rowid")  # noqa: S608  # a name of ours
    return "\n".join(str(line) for (line,) in lines).encode()
