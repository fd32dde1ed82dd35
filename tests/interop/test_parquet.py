"""
A folder of Parquet files: nothing lost, nothing half written taken for whole, the stated questions answered in DuckDB.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from generators import GRAPH_AREAS, datasets, graphs
from hypothesis import given, settings
from hypothesis import strategies as st
from stated_questions import PLAIN, Rows, asked, told

import twincities as tc
from twincities.interop.arrow import RECORD_TABLES, from_arrow, to_arrow
from twincities.interop.parquet import MANIFEST, read_parquet, write_parquet, writing

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

KUOPIO = tc.load()
FILES = sorted([MANIFEST, *(f"{name}.parquet" for name in RECORD_TABLES)])


@contextmanager
def written(ds: tc.Dataset) -> Iterator[Path]:
    """A folder with the data set, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        ds.write_parquet(folder)
        yield Path(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of each file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@cache
def kuopio_files() -> dict[str, bytes]:
    """The files of the bundled data set."""
    with written(KUOPIO) as folder:
        return contents(folder)


# -- there and back --------------------------------------------------------------------------------


@settings(max_examples=25)
@given(datasets())
def test_a_data_set_comes_back(ds: tc.Dataset) -> None:
    """What is read is what was written, in every field; written again it is the same bytes."""
    with written(ds) as folder, written(ds) as again:
        found = read_parquet(folder)
        assert found == ds
        assert found.to_json() == ds.to_json()
        assert sorted(contents(folder)) == FILES
        assert contents(folder) == contents(again)


def test_the_files_are_the_tables(tmp_path: Path) -> None:
    """Each file is a table of records, with types and metadata, as pyarrow reads it."""
    folder = tmp_path / "kuopio"
    write_parquet(KUOPIO, str(folder))
    for name, table in to_arrow(KUOPIO).items():
        found = pq.read_table(folder / f"{name}.parquet")
        assert found.to_pylist() == table.to_pylist()
        assert found.schema.metadata == table.schema.metadata
        assert found.schema.names == table.schema.names
    status = pq.read_schema(folder / "partnerships.parquet").field("status")
    assert pa.types.is_dictionary(status.type)


def test_a_folder_is_made_and_written_again(tmp_path: Path) -> None:
    """The folder is created if its parent exists; a later data set replaces an earlier one; other files stay."""
    folder = tmp_path / "data"
    KUOPIO.write_parquet(folder)
    (folder / "notes.txt").write_text("ours")
    small = tc.Dataset(cities=[tc.City(id="a")])
    small.write_parquet(folder)
    assert read_parquet(folder) == small
    assert sorted(contents(folder)) == sorted([*FILES, "notes.txt"])
    with pytest.raises(FileNotFoundError):
        small.write_parquet(tmp_path / "no" / "data")
    with pytest.raises(FileExistsError):
        small.write_parquet(folder / "notes.txt")


# -- folders that aren't whole ---------------------------------------------------------------------


@pytest.mark.parametrize("files", range(len(RECORD_TABLES) + 1))
def test_a_half_written_folder_is_refused(files: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever writing stops, the folder is refused: it is read neither as the old data set nor as the new one."""
    KUOPIO.write_parquet(tmp_path)
    count = itertools.count()
    write: Callable[..., None] = writing.write_atomically

    def failing(path: Path, chunks: Any) -> None:
        if next(count) == files:
            raise OSError("no space left")
        write(path, chunks)

    monkeypatch.setattr(writing, "write_atomically", failing)
    with pytest.raises(OSError, match="no space left"):
        tc.Dataset(cities=[tc.City(id="a")]).write_parquet(tmp_path)
    with pytest.raises(
        tc.DatasetError, match=r"^manifest\.json in .*: expected this file, which is written last: "
    ) as caught:
        read_parquet(tmp_path)
    assert caught.value.source == str(tmp_path)


@settings(max_examples=12)
@given(datasets(max_cities=2), datasets(max_cities=2), st.sets(st.sampled_from(RECORD_TABLES)))
def test_a_mixed_folder_is_refused(ds: tc.Dataset, other: tc.Dataset, names: set[str]) -> None:
    """A folder with files of two data sets is refused; the error names the first file that differs."""
    with written(ds) as folder, written(other) as another:
        for name in names:
            (folder / f"{name}.parquet").write_bytes((another / f"{name}.parquet").read_bytes())
        ours, theirs = to_arrow(ds), to_arrow(other)
        differ = [
            name
            for name in RECORD_TABLES
            if name in names
            and not (ours[name].equals(theirs[name]) and ours[name].schema.metadata == theirs[name].schema.metadata)
        ]
        if not differ:
            assert read_parquet(folder) == ds
            return
        with pytest.raises(tc.DatasetError, match="was changed or damaged since") as caught:
            read_parquet(folder)
        assert caught.value.problems[0].path == f"{differ[0]}.parquet"


@settings(max_examples=50)
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_folder_is_refused(name: str, data: st.DataObject) -> None:
    """A file that was cut, or has a changed byte, is refused."""
    with tempfile.TemporaryDirectory() as place_of_all:
        folder = Path(place_of_all)
        for whole, its_bytes in kuopio_files().items():
            (folder / whole).write_bytes(its_bytes)
        content = bytearray(kuopio_files()[name])
        place = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            del content[place:]
        else:
            content[place] ^= data.draw(st.integers(1, 255))
        (folder / name).write_bytes(content)
        try:
            found = read_parquet(folder)
        except tc.DatasetError:
            return
        assert (name, found) == (MANIFEST, KUOPIO)  # a byte of its white space


def test_a_damaged_file_with_a_right_digest_is_refused(tmp_path: Path) -> None:
    """What pyarrow can't make sense of, such as a column's name that isn't UTF-8, is reported with the file."""
    KUOPIO.write_parquet(tmp_path)
    path, manifest = tmp_path / "cities.parquet", tmp_path / MANIFEST
    pq.write_table(pq.read_table(path, columns=["country_code"]), path, store_schema=False)
    written_text = manifest.read_text()
    for damaged in (
        path.read_bytes().replace(b"country_code", b"country_\xff\xfe\xfd\xfc"),
        path.read_bytes()[:300],
        b"PAR1",
    ):
        path.write_bytes(damaged)
        digests = json.loads(written_text)["sha256"] | {"cities": hashlib.sha256(damaged).hexdigest()}
        manifest.write_text(json.dumps({"format": "twincities/1", "sha256": digests}))
        with pytest.raises(tc.DatasetError, match=r"^cities\.parquet in .*: expected a Parquet file: \S"):
            read_parquet(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A missing file that the manifest names is reported; a missing folder is an `OSError`."""
    KUOPIO.write_parquet(tmp_path)
    (tmp_path / "networks.parquet").unlink()
    with pytest.raises(
        tc.DatasetError, match=r"^networks\.parquet in .*: expected this file, which manifest\.json names"
    ):
        read_parquet(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_parquet(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "manifest.json in {}: expected JSON"),
        ("[]", "manifest.json in {}: expected the format twincities/1 and the SHA-256 of dataset, sources"),
        ('{"sha256": {}}', "manifest.json in {}: expected the format twincities/1"),
        ('{"format": "twincities/1"}', "manifest.json in {}: expected the format twincities/1 and the SHA-256"),
        (
            '{"format": "twincities/1", "sha256": {"cities": "x"}}',
            "manifest.json in {}: expected the format twincities/1",
        ),
        (
            '{"format": "twincities/2", "sha256": {}}',
            "manifest.json in {}: expected format 'twincities/1', got 'twincities/2'",
        ),
    ],
)
def test_another_manifest_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """A manifest of something else, or of a later format, says so."""
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(tc.DatasetError) as caught:
        read_parquet(tmp_path)
    assert str(caught.value).startswith(message.format(tmp_path))


def forged(folder: Path, name: str, content: bytes) -> None:
    """Put a file into a folder as if `write_parquet` had written it."""
    (folder / f"{name}.parquet").write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))


def packed(table: Any) -> bytes:
    """A table as a Parquet file."""
    stream = pa.BufferOutputStream()
    pq.write_table(table, stream)
    content: bytes = stream.getvalue().to_pybytes()
    return content


def test_what_a_right_manifest_names_is_read_strictly(tmp_path: Path) -> None:
    """Files that are no Parquet, of a later format, or hold what a document can't hold are refused with their place."""
    KUOPIO.write_parquet(tmp_path)
    for content in (b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"):
        forged(tmp_path, "cities", content)
        with pytest.raises(tc.DatasetError, match=r"^cities\.parquet in .*: expected a Parquet file: "):
            read_parquet(tmp_path)
    forged(tmp_path, "cities", packed(pa.table({"id": ["kuopio", "a b"]})))
    with pytest.raises(tc.DatasetError, match=r"\$\.cities\[1\]\.id") as caught:
        read_parquet(tmp_path)
    assert caught.value.source == str(tmp_path)
    forged(tmp_path, "dataset", packed(pa.table({"format": ["twincities/2"]})))
    with pytest.raises(tc.FormatVersionError, match="twincities/2"):
        read_parquet(tmp_path)


def test_a_small_file_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    """A table with more bytes than `max_bytes`, packed or unpacked, is refused."""
    tc.Dataset().write_parquet(tmp_path)
    forged(tmp_path, "cities", packed(pa.table({"id": ["a" * 1000] * 100_000})))
    assert (tmp_path / "cities.parquet").stat().st_size < 100_000
    with pytest.raises(tc.DatasetError, match=r"cities\.parquet in .*: expected at most 1,000,000 bytes when unpacked"):
        read_parquet(tmp_path, max_bytes=1_000_000)
    with pytest.raises(tc.DatasetError, match="expected at most 100 bytes"):
        read_parquet(tmp_path, max_bytes=100)


def test_tables_changed_on_purpose_are_read_with_from_arrow(tmp_path: Path) -> None:
    """The files are plain Parquet: changed tables can be read with `from_arrow`."""
    KUOPIO.write_parquet(tmp_path)
    tables = {name: pq.read_table(tmp_path / f"{name}.parquet") for name in RECORD_TABLES}
    kept = pa.compute.not_equal(tables["networks"]["id"], next(iter(KUOPIO.networks)))
    tables["networks"] = tables["networks"].filter(kept)
    assert from_arrow(tables) == KUOPIO.without(next(iter(KUOPIO.networks.values())))


def test_without_pyarrow_the_error_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow reading and writing name the command that installs it; nothing is written before."""
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for call in (lambda: KUOPIO.write_parquet(tmp_path / "x"), lambda: read_parquet(tmp_path)):
        with pytest.raises(tc.MissingDependencyError, match=r"pip install 'twincities\[arrow\]'"):
            call()
    assert list(tmp_path.iterdir()) == []


# -- the stated questions --------------------------------------------------------------------------


def in_duckdb(folder: Path, *question: Any) -> dict[str, Rows]:
    """DuckDB's answers."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        return asked("DuckDB", folder, lambda text: connection.execute(text).fetchall(), *question)


@pytest.mark.parametrize("city", ["kuopio", "jonkoping", "gyor"])
def test_duckdb_answers_for_kuopio(city: str) -> None:
    """The bundled data set, with its networks and its imprecise dates, year by year, each tie in one span."""
    with written(PLAIN) as folder:
        for year, country, area in [
            (1939, "SE", "culture"), (1945, "NO", "sport"), (1966, "DE", "education"), (1985, "RU", "culture"),
            (2022, "FI", "arctic"), (2030, "HU", "business"),
        ]:  # fmt: skip
            question = (city, country, area, year)
            assert in_duckdb(folder, *question) == told(PLAIN, *question)


@settings(max_examples=20)
@given(graphs(), st.sampled_from(["FI", "SE"]), st.sampled_from(GRAPH_AREAS), st.integers(1935, 2005), st.data())
def test_duckdb_answers_for_graphs(ds: tc.Dataset, country: str, area: str, year: int, data: st.DataObject) -> None:
    """Data sets of every shape: in DuckDB the five questions have the answers of the data set."""
    question = (data.draw(st.sampled_from([*ds.cities])), country, area, year)
    with written(ds) as folder:
        found, expected = in_duckdb(folder, *question), told(ds, *question)
    del found["Active in a year"], expected["Active in a year"]
    assert found == expected


@settings(max_examples=8)
@given(datasets(), st.integers(1, 9999))
def test_duckdb_answers_for_any_data_set(ds: tc.Dataset, year: int) -> None:
    """Whatever else the records hold; but lives with breaks and claims are beyond a query that fits a page."""
    ds = ds.with_records(tc.City(id="asked"), tc.CooperationArea(id="asked-for"))
    question = (next(iter(ds.cities)), "SE", next(iter(ds.areas)), year)
    with written(ds) as folder:
        found, expected = in_duckdb(folder, *question), told(ds, *question)
    del found["Active in a year"], expected["Active in a year"]
    assert found == expected
