"""
Files: a file is the old one or the new one, never half of it, and nothing is left next to it.
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
    """If the data can't be produced, the old file stays as it was and no other file is left."""
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

    def refuse(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("twincities.document.writing.unstructure", refuse)
    monkeypatch.setattr("twincities.document.writing.encoded_each", refuse)
    with pytest.raises(MemoryError):
        DS.write(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_system_that_refuses_leaves_the_old_file(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever step the system refuses, on a full disk or a locked file, only the old file is left."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(step)

    with monkeypatch.context() as patched:
        patched.setattr(Path if step == "replace" else os, step, refuse)
        with pytest.raises(PermissionError, match=step):
            files.write_atomically(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    """A folder isn't replaced by a file, and nothing is left next to it."""
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
    """After writing there is one file, with the new data and no rest of longer old data."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"x" * 100_000)
    files.write_atomically(path, [b"new", b" ", b"data"])
    assert path.read_bytes() == b"new data"
    assert list(tmp_path.iterdir()) == [path]
    long = tmp_path / ("å" * 120 + ".json")
    DS.write(long)
    assert tc.read(long) == DS


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o200])
def test_permissions_of_a_replaced_file_are_kept(mode: int, tmp_path: Path) -> None:
    """Those who could read the old file can read the new one, and nobody else can."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    DS.write(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    path.chmod(0o600)
    assert tc.read(path) == DS


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o200])
@pytest.mark.parametrize("name", ["ds.json", "ds.json.gz"])
def test_a_file_on_its_way_never_shows_more_than_the_old_one(mode: int, name: str, tmp_path: Path) -> None:
    """While the new file is written, only those who could read the old one can read it."""
    path = tmp_path / name
    path.write_bytes(b"old")
    path.chmod(mode)
    seen: list[int] = []

    def watching() -> Iterator[bytes]:
        for _ in range(3):
            seen.extend(stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir() if entry != path)
            yield b"new"

    files.write_atomically(path, watching())
    assert len(seen) == 3
    assert not any(found & ~mode for found in seen)


@posix
@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555, 0o000])
def test_a_file_that_may_not_be_written_is_refused(mode: int, tmp_path: Path) -> None:
    """A read-only file stays, whoever writes."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    with pytest.raises(PermissionError, match="may not be written"):
        DS.write(path)
    path.chmod(0o600)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"old"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    """A file that root writes stays its owner's and its group's."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")
    os.chown(path, 4321, 1234)
    path.chmod(0o640)
    DS.write(path)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (4321, 1234, 0o640)


@posix
@pytest.mark.parametrize("what", ["owner", "group"])
def test_what_cant_be_given_away_isnt_shown(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the owner would change, the old file stays; if the group would change, the new group gets no rights."""
    path = tmp_path / "ds.json"
    path.write_bytes(b"old")
    path.chmod(0o664)
    real = path.stat()

    def refuse(*_: object) -> None:
        raise PermissionError

    changed = list(real)
    changed[stat.ST_UID if what == "owner" else stat.ST_GID] += 1
    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result(changed))
    if what == "owner":
        with pytest.raises(PermissionError, match="belongs to another user"):
            files.write_atomically(path, [b"new"])
        assert path.read_bytes() == b"old"
    else:
        files.write_atomically(path, [b"new"])
        assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_honours_the_umask(umask: int, mode: int, tmp_path: Path) -> None:
    """A new file gets the usual permissions."""
    before = os.umask(umask)
    try:
        DS.write(tmp_path / "ds.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "ds.json").stat().st_mode) == mode


@posix
@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"old"), lambda path: None], ids=["file", "nothing"])
def test_a_link_stays_a_link(make: Callable[[Path], object], tmp_path: Path) -> None:
    """Writing through a symbolic link replaces or creates its target."""
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
    """A compressed file contains neither a time nor a file name."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    DS.write(tmp_path / "one" / "a.json.gz")
    DS.write(tmp_path / "two" / "b.json.gz")
    first = (tmp_path / "one" / "a.json.gz").read_bytes()
    assert first == (tmp_path / "two" / "b.json.gz").read_bytes()
    assert first[4:8] == bytes(4)  # RFC 1952: MTIME
    assert first[3] == 0  # FLG: no name


def test_files_are_read_in_pieces_within_bounds(tmp_path: Path) -> None:
    """Files larger than a chunk are read whole, compressed or not, up to exactly the limit."""
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
    """Anything but a regular file is written to, not replaced."""
    pipe = tmp_path / "ds.json"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    files.write_atomically(pipe, [b"a", b"b"])
    reader.join(timeout=30)
    assert read == [b"ab"]
    assert pipe.is_fifo()


@posix
@pytest.mark.parametrize("name", ["lines.txt", "lines.txt.gz"])
def test_a_long_pipe_is_read_by_line(name: str, tmp_path: Path) -> None:
    """Lines are read from what has no length and no place, as from a file, beyond one chunk too."""
    pipe = tmp_path / name
    os.mkfifo(pipe)
    data = b"a line\n" * 500_000
    given = gzip.compress(data, 1) if name.endswith(".gz") else data
    writer = threading.Thread(target=lambda: pipe.write_bytes(given), daemon=True)
    writer.start()
    assert b"".join(files.read_lines(pipe)) == data
    writer.join(timeout=30)


@posix
def test_what_is_packed_by_name_is_packed_in_a_pipe(tmp_path: Path) -> None:
    """A pipe named `.gz` gets the same bytes as a file of that name."""
    pipe = tmp_path / "ds.json.gz"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    DS.write(pipe)
    reader.join(timeout=30)
    assert tc.from_json(gzip.decompress(read[0])) == DS


@posix
def test_a_name_for_an_open_file_is_written_to(tmp_path: Path) -> None:
    """`/dev/fd/3`, as shells name a pipe, isn't replaced in the folder of devices."""
    reading, writing = os.pipe()
    try:
        files.write_atomically(f"/dev/fd/{writing}", [b"a", b"b"])
        assert os.read(reading, 10) == b"ab"
    finally:
        os.close(reading)
        os.close(writing)
