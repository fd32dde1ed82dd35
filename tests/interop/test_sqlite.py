"""
SQLite: the same data set back, tables that other tools open, and nothing read that was changed.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from generators import datasets
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.interop._tables import TABLES
from twincities.interop.sqlite import read_sqlite, write_sqlite
from twincities.query.names import fold

KUOPIO = tc.load()
SMALL = tc.Dataset(cities=[tc.City(id="a")], vocabulary=None)


@contextmanager
def opened(ds: tc.Dataset, lang: str = "en") -> Iterator[sqlite3.Connection]:
    """A connection to the database of a data set."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        write_sqlite(ds, path, lang=lang)
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection


def rows(connection: sqlite3.Connection, question: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows that a question finds."""
    return [tuple(row) for row in connection.execute(question, values)]


# -- there and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.sqlite", "x.sqlite3", "x.db", "X.DB"])
def test_endings_of_databases(name: str, tmp_path: Path) -> None:
    """`.sqlite`, `.sqlite3` and `.db` are endings of SQLite databases, written and read."""
    KUOPIO.write(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(b"SQLite format 3")
    assert tc.read(tmp_path / name) == KUOPIO


@settings(max_examples=40)
@given(datasets())
def test_data_sets_come_back(ds: tc.Dataset) -> None:
    """The very same data set comes back, with its order; keys are unique and lead somewhere."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a b?#%.sqlite"
        write_sqlite(ds, path)
        assert read_sqlite(path).to_json() == ds.to_json()
        with closing(sqlite3.connect(path)) as connection:
            assert rows(connection, "PRAGMA foreign_key_check") == []
            assert rows(connection, "PRAGMA integrity_check") == [("ok",)]


@settings(max_examples=25)
@given(datasets(), st.sampled_from(["en", "fi", "sv"]))
def test_the_tables_are_the_facts(ds: tc.Dataset, lang: str) -> None:
    """Each table has the rows and the columns of the other formats, typed, with texts in the given language."""
    with opened(ds, lang) as connection:
        for name, table in TABLES.items():
            found = [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            expected = [*table.rows(table.subjects(ds), lang)]
            assert len(found) == len(expected)
            for row, values in zip(found, expected, strict=True):
                for column, value in zip(table.columns, values, strict=True):
                    cell = row[column.name]
                    if isinstance(value, tuple):
                        (many,) = rows(connection, "SELECT json_group_array(value) FROM json_each(?)", cell)
                        assert (
                            tuple(row for (row,) in rows(connection, "SELECT value FROM json_each(?)", *many)) == value
                        )
                    elif isinstance(value, (tc.EdtfDate, tc.EdtfInterval)):
                        days = row[f"{column.name}_earliest"], row[f"{column.name}_latest"]
                        assert (cell, *days) == (
                            str(value),
                            *(day and day.isoformat() for day in (value.earliest, value.latest)),
                        )
                    else:
                        assert cell == value


def test_a_name_is_found_in_any_spelling() -> None:
    """`folded` is the name as the library looks it up, by an index."""
    with opened(KUOPIO) as connection:
        question = "SELECT DISTINCT city_id FROM names WHERE folded = ?"
        assert rows(connection, question, fold("GYOR")) == [("gyor",)]
        (plan,) = rows(connection, f"EXPLAIN QUERY PLAN {question}", "x")[:1]
        assert "USING INDEX names_folded" in plan[-1]


# -- what isn't read -------------------------------------------------------------------------------


def changed(path: Path, *statements: str) -> Path:
    """A database of Kuopio after some statements of SQL."""
    KUOPIO.write(path)
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE cities SET population = 1 WHERE id = 'kuopio'", "cities"),
        ("DELETE FROM names WHERE language = 'fi'", "names"),
        ("INSERT INTO members VALUES ('x', 'x', 'kuopio', 'Kuopio')", "members"),
        ("ALTER TABLE sources ADD COLUMN note TEXT", "sources"),
        ("DROP TABLE milestones", "milestones"),
        ("UPDATE _document SET line = x'00' WHERE rowid = 1", "_document"),
        ("DELETE FROM _document WHERE rowid = 3", "_document"),
    ],
)
def test_a_changed_table_is_refused(statement: str, table: str, tmp_path: Path) -> None:
    """What was changed in a table would be lost: it is reported by the table's name."""
    with pytest.raises(tc.DatasetError, match=rf"^{table} in .*k\.sqlite: expected the table as it was written"):
        tc.read(changed(tmp_path / "k.sqlite", statement))


def test_what_others_add_is_left_alone(tmp_path: Path) -> None:
    """Tables, views and indexes beside ours, and a compacted file, don't matter."""
    statements = (
        "CREATE TABLE notes (x)",
        "CREATE VIEW active AS SELECT * FROM partnerships WHERE status = 'active'",
        "CREATE INDEX mine ON cities (country)",
    )
    path = changed(tmp_path / "k.sqlite", *statements)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
    assert tc.read(path) == KUOPIO


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (("DROP TABLE _document",), "expected the tables _twincities and _document"),
        (("DROP TABLE _twincities", "CREATE VIEW _twincities AS SELECT 1"), "expected the tables _twincities"),
        (("DELETE FROM _twincities",), "expected the format twincities/1"),
        (("UPDATE _twincities SET value = 'twincities/2' WHERE key = 'format'",), "got 'twincities/2': a newer"),
        (("DELETE FROM _twincities WHERE key = '_document'",), "expected the format twincities/1"),
    ],
)
def test_other_databases_are_refused(statements: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """A database of another program, or of a later format, is refused with the name of the file."""
    with pytest.raises(tc.DatasetError, match=message) as caught:
        tc.read(changed(tmp_path / "k.sqlite", *statements))
    assert caught.value.source == str(tmp_path / "k.sqlite")


def test_a_schema_that_isnt_text_is_refused(tmp_path: Path) -> None:
    """SQLite itself can't name what it finds there; the file is named all the same."""
    SMALL.write(tmp_path / "k.sqlite")
    content = (tmp_path / "k.sqlite").read_bytes()
    content = content.replace(b"tablecities", b"table\xff\xfe\xfd\xfc\xfb\xfa").replace(
        b"CREATE TABLE cities", b"CREATE TXBLE cities"
    )
    (tmp_path / "k.sqlite").write_bytes(content)
    with pytest.raises(tc.DatasetError, match=r"k\.sqlite: expected an SQLite database that twincities wrote: "):
        tc.read(tmp_path / "k.sqlite")


def test_files_that_are_no_database(tmp_path: Path) -> None:
    """What isn't SQLite, is too large, or isn't there is refused, and nothing is made."""
    path = tmp_path / "k.sqlite"
    for content in (b"", b"SQLite format 3\0", b"x" * 5000):
        path.write_bytes(content)
        with pytest.raises(tc.DatasetError, match=r"k\.sqlite: expected "):
            tc.read(path)
    KUOPIO.write(path)
    with pytest.raises(tc.DatasetError, match="expected at most 1,000 bytes"):
        read_sqlite(path, max_bytes=1000)
    with pytest.raises(FileNotFoundError):
        tc.read(tmp_path / "none.sqlite")
    assert [*tmp_path.iterdir()] == [path]


@settings(max_examples=50)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_damaged_database_is_refused(place: int, change: int) -> None:
    """A file with a changed byte is read as it was or refused, whatever SQLite makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "k.sqlite"
        SMALL.write(path)
        content = bytearray(path.read_bytes())
        content[place % len(content)] ^= change
        path.write_bytes(content)
        try:
            found: object = tc.read(path)
        except tc.DatasetError as error:
            found = error.source
        assert found in (SMALL, str(path))


# -- other tools -----------------------------------------------------------------------------------


def test_sqlite_utils_sees_the_tables(tmp_path: Path) -> None:
    """sqlite-utils finds keys, foreign keys and indexes."""
    sqlite_utils = pytest.importorskip("sqlite_utils")
    KUOPIO.write(tmp_path / "k.sqlite")
    database = sqlite_utils.Database(tmp_path / "k.sqlite")
    try:
        assert database["cities"].pks == ["id"]
        assert database["partnerships"].pks == ["city_1_id", "city_2_id"]
        assert database["cities"].get("opole")["country"] == "Poland"
        assert ["folded"] in [index.columns for index in database["names"].indexes]
        assert {key.other_table for key in database["members"].foreign_keys} == {"cities", "networks"}
        assert {*database.table_names()} >= {"dataset", *TABLES}
    finally:
        database.close()


def datasette_pages(app: Any, path: Path) -> list[str]:
    """The HTML of a few pages of datasette."""
    datasette = app.Datasette([str(path)])

    async def pages() -> list[str]:
        await datasette.invoke_startup()
        texts = []
        for page in ("/kuopio", "/kuopio/members", "/kuopio/partnerships?status=suspended", "/kuopio/cities/gyor"):
            answer = await datasette.client.get(page)
            assert answer.status_code == 200
            texts.append(answer.text)
        return texts

    try:
        return asyncio.run(pages())
    finally:
        datasette.executor.shutdown()
        for found in datasette.databases.values():
            for connection in getattr(found, "_all_file_connections", ()):
                connection.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_shows_a_table(tmp_path: Path) -> None:
    """Datasette shows the tables for people, with labels, links along keys, filters, and a page a row."""
    app = pytest.importorskip("datasette.app")
    KUOPIO.write(tmp_path / "kuopio.sqlite")
    database, members, suspended, city = datasette_pages(app, tmp_path / "kuopio.sqlite")
    gc.collect()  # the connections that datasette leaves open warn here, not in a later test
    assert {name for name in TABLES if f'<h3><a href="/kuopio/{name}">' in database} == {*TABLES}
    assert '<a href="/kuopio/cities/kuopio">Kuopio</a>' in members
    assert "2 rows" in suspended
    assert "Győr" in city
    assert "Hungary" in city
