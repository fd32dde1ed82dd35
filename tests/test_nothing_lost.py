"""
Nothing lost: whatever happens while a file is written, it is the old one or the new one, whole.

`nox -s kill` runs this with 500 kills (`KILLS=500`).
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import twincities as tc

resource = pytest.importorskip("resource", reason="signals, limits and mounts of POSIX")
KILLS = int(os.environ.get("KILLS", "25"))
OLD = tc.load()
NEW = OLD.with_records(*(tc.City(id=f"new-{number}", name="Ää" * 40) for number in range(300)), version="2")

_WRITER = """
import sys
import twincities as tc
datasets = [tc.read(path) for path in sys.argv[2:]]
datasets[0].write(sys.argv[1])
print("ready", flush=True)
while True:
    for dataset in reversed(datasets):
        dataset.write(sys.argv[1])
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files with the old and the new data set, for processes to write."""
    folder = tmp_path_factory.mktemp("both")
    paths = [folder / "old.json", folder / "new.json"]
    for dataset, path in zip((OLD, NEW), paths, strict=True):
        dataset.write(path)
    return [str(path) for path in paths]


def written(ending: str, folder: Path) -> set[bytes]:
    """The two contents that a file can have."""
    contents = set()
    for dataset in (OLD, NEW):
        dataset.write(folder / f"whole{ending}")
        contents.add((folder / f"whole{ending}").read_bytes())
    return contents


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".json.gz"])
def test_a_killed_writer_leaves_a_whole_file(ending: str, both: list[str], tmp_path: Path) -> None:
    """A process killed at any moment leaves the old file or the new one, and at most a `.tmp` next to it."""
    whole = written(ending, tmp_path)
    path = tmp_path / "killed" / f"ds{ending}"
    path.parent.mkdir()
    chance = random.Random(ending)
    command = [sys.executable, "-c", _WRITER, str(path), *both]
    left = 0
    for _ in range(-(-KILLS // 3)):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.05))
            writer.kill()
        assert path.read_bytes() in whole
        beside = [entry for entry in path.parent.iterdir() if entry != path]
        assert all(entry.name.startswith(".ds.json") and entry.suffix == ".tmp" for entry in beside)
        left += len(beside)
        for entry in beside:
            entry.unlink()
    assert tc.read(path) in (OLD, NEW)
    assert left or KILLS < 100  # some kills hit a writer in the middle, or nothing was tried


def test_two_writers_and_a_reader_meet_whole_files(both: list[str], tmp_path: Path) -> None:
    """Processes that write one file at once each replace it whole: who reads meanwhile finds one or the other."""
    whole = written(".json", tmp_path)
    path = tmp_path / "shared" / "ds.json"
    path.parent.mkdir()
    orders = (both, both[::-1], both)
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(path), *order], stdout=subprocess.PIPE) for order in orders
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        seen = {path.read_bytes() for _ in range(500)}
        end = time.monotonic() + 60
        while len(seen) < 2 and time.monotonic() < end:  # on a busy machine the writers may come late
            seen.add(path.read_bytes())
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert seen <= whole
    assert len(seen) == 2


# -- where the system refuses ----------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("needs the right to mount a small tmpfs")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"needs the right to mount a small tmpfs: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("ending", [".json", ".jsonl"])
def test_a_full_disk_leaves_the_old_file(ending: str, small_disk: Path) -> None:
    """On a disk without room for the new file the old one stays, and the half that was written goes."""
    path = small_disk / f"ds{ending}"
    small = tc.Dataset(cities=[tc.City(id="a")])
    small.write(path)
    for _ in range(3):  # nothing that is left fills the disk further
        with pytest.raises(OSError, match="No space left"):
            NEW.write(path)
    assert tc.read(path) == small
    assert list(small_disk.iterdir()) == [path]
    OLD.without(*OLD.partnerships.values()).write(path)


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".json.gz", ".csv", ".geojson"])
def test_a_limit_on_the_size_of_files_leaves_the_old_file(ending: str, tmp_path: Path) -> None:
    """If the system allows no file of that size, the old one stays: for every format that needs no extra."""
    path = tmp_path / f"ds{ending}"
    path.write_bytes(b"old")
    write = {".csv": OLD.to_csv, ".geojson": OLD.to_geojson}.get(ending, OLD.write)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # Python ignores the signal that comes with it
    try:
        with pytest.raises(OSError, match="too large"):
            write(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


_REFUSED = """
import os, sys
import twincities as tc
ds = tc.load()
tc.read(sys.argv[1])
import twincities.formats, twincities.document.writing, twincities.interop.endings
ds.to_json(), ds.to_csv()  # what is imported late is there before rights are given up
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for write in (ds.write, tc.read(sys.argv[1]).write):
    try:
        write(sys.argv[1])
    except PermissionError as error:
        print(type(error).__name__)
"""


def test_a_folder_that_refuses_leaves_the_old_file() -> None:
    """If the folder can't be written to, the error is the system's, and the old file stays."""
    with tempfile.TemporaryDirectory() as name:  # not below a folder that is closed to all others
        folder = Path(name)
        path = folder / "ds.json"
        OLD.write(path)
        before = path.read_bytes()
        folder.chmod(0o555)
        try:
            told = subprocess.run(
                [sys.executable, "-c", _REFUSED, str(path)], capture_output=True, text=True, check=True
            ).stdout
        finally:
            folder.chmod(0o755)
        assert told == "PermissionError\n" * 2
        assert path.read_bytes() == before
        assert list(folder.iterdir()) == [path]


# -- every door ------------------------------------------------------------------------------------

_OWN_WRITERS = {
    "_files.py": "the one place that writes",
    "cli/streams.py": "a file of its own in a temporary folder",
}


def test_only_one_module_writes_files() -> None:
    """Only `_files` opens a file for writing, so no format can leave half a file."""
    root = Path(tc.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                modes = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                writes = name in {"open", "fdopen"} and any(set(mode) <= set("wabx+t") and mode for mode in modes)
                if writes or name in {"write_text", "savefig", "mkstemp", "NamedTemporaryFile"}:
                    found.add(path.relative_to(root).as_posix())
                if name == "write_bytes" and isinstance(node.func, ast.Attribute):
                    found.add(path.relative_to(root).as_posix())
    assert found == set(_OWN_WRITERS)
