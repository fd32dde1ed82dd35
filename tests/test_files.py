"""
Files: a file is the old one or the new one, never half of it, and nothing is left beside it.
"""

from __future__ import annotations

import gzip
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import twincities as tc
from twincities import _files as files

DS = tc.Dataset(id="small", cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")


def failing(error: BaseException) -> Iterator[bytes]:
    """Data that breaks off after a beginning."""
    yield b"half"
    raise error


@pytest.mark.parametrize("name", ["ds.json", "ds.json.gz"])
@pytest.mark.parametrize("error", [ValueError("no more"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("old", [b"old", None])
def test_data_that_breaks_off_leaves_the_old_file(
    name: str, error: BaseException, old: bytes | None, tmp_path: Path
) -> None:
    """Where the data can't be produced the old file stays as it was, and no other file is left."""
    path = tmp_path / name
    if old is not None:
        path.write_bytes(old)
    with pytest.raises(type(error)):
        files.write_atomically(path, failing(error))
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == ([] if old is None else [old])


@pytest.mark.parametrize("name", ["ds.json", "ds.jsonl", "ds.json.gz", "ds.jsonl.gz"])
def test_a_data_set_that_cant_be_written_leaves_the_old_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same through `Dataset.write`, in every kind of file."""
    path = tmp_path / name
    DS.write(path)
    before = path.read_bytes()

    def refuse(record: object) -> object:
        raise MemoryError

    monkeypatch.setattr("twincities.document.writing.unstructure", refuse)
    with pytest.raises(MemoryError):
        DS.write(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_system_that_refuses_leaves_the_old_file(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever step the system refuses, a full disk or a locked file, the old file stays alone."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(step)

    with monkeypatch.context() as patched:
        patched.setattr(*((os, "fsync") if step == "fsync" else (Path, step)), refuse)
        with pytest.raises(PermissionError, match=step):
            files.write_atomically(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    """A folder isn't replaced by a file, and nothing is left beside it."""
    path = tmp_path / "ds.json"
    path.mkdir()
    with pytest.raises(OSError):
        DS.write(path)
    assert list(tmp_path.iterdir()) == [path]
    assert list(path.iterdir()) == []


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_doesnt_allow_it_is_left_alone(tmp_path: Path) -> None:
    """In a folder without the right to write the old file stays."""
    path = tmp_path / "folder" / "ds.json"
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.parent.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            DS.write(path)
        assert [entry.read_bytes() for entry in path.parent.iterdir()] == [b"old"]
    finally:
        path.parent.chmod(0o700)


def test_a_written_file_replaces_the_old_one(tmp_path: Path) -> None:
    """After writing there is one file, which holds the new data and nothing of longer old data."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"x" * 100_000)
    files.write_atomically(path, [b"new", b" ", b"data"])
    assert path.read_bytes() == b"new data"
    assert list(tmp_path.iterdir()) == [path]
    long = tmp_path / ("å" * 120 + ".json")
    DS.write(long)
    assert tc.read(long) == DS


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o400])
def test_permissions_of_a_replaced_file_are_kept(mode: int, tmp_path: Path) -> None:
    """Who could read the old file can read the new one, and nobody else."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    DS.write(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert tc.read(path) == DS


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_honours_the_umask(umask: int, mode: int, tmp_path: Path) -> None:
    """A file that wasn't there gets the permissions of any new file."""
    before = os.umask(umask)
    try:
        DS.write(tmp_path / "ds.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "ds.json").stat().st_mode) == mode


@posix
@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"old"), lambda path: None], ids=["file", "nothing"])
def test_a_link_stays_a_link(make: Callable[[Path], object], tmp_path: Path) -> None:
    """Writing through a symbolic link replaces what it leads to, or makes it."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    target, link = tmp_path / "there" / "target.json", tmp_path / "here" / "link.json"
    make(target)
    link.symlink_to(target)
    DS.write(link)
    assert link.is_symlink()
    assert tc.read(target) == DS
    assert list(target.parent.iterdir()) == [target]
    assert list(link.parent.iterdir()) == [link]


def test_equal_data_gives_equal_packed_files(tmp_path: Path) -> None:
    """A packed file has neither the time nor the name of its making in it."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    DS.write(tmp_path / "one" / "a.json.gz")
    DS.write(tmp_path / "two" / "b.json.gz")
    first = (tmp_path / "one" / "a.json.gz").read_bytes()
    assert first == (tmp_path / "two" / "b.json.gz").read_bytes()
    assert first[4:8] == bytes(4)  # RFC 1952: MTIME
    assert first[3] == 0  # FLG: no name


def test_files_are_read_in_pieces_within_bounds(tmp_path: Path) -> None:
    """Bytes come whole from files larger than a piece, packed or not, up to exactly the bound."""
    data = os.urandom(3 << 20)
    for name, content in (("x.bin", data), ("x.bin.gz", gzip.compress(data, 1))):
        path = tmp_path / name
        path.write_bytes(content)
        assert files.read_bytes(path) == data
        assert files.read_bytes(str(path), len(data)) == data
        with pytest.raises(tc.DatasetError, match="at most"):
            files.read_bytes(path, len(data) - 1)


def test_two_packed_pieces_are_one_file(tmp_path: Path) -> None:
    """Gzip allows several members one after the other (RFC 1952, section 2.2)."""
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert files.read_bytes(path) == b"one two"


@posix
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    """What isn't a regular file is written to, not replaced."""
    pipe = tmp_path / "ds.json"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    files.write_atomically(pipe, [b"a", b"b"])
    reader.join(timeout=30)
    assert read == [b"ab"]
    assert pipe.is_fifo()
