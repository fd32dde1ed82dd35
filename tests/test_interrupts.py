"""
Ctrl-C in the midst of anything: files stay whole, nothing is left behind, and Python goes on as before.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from wikidata_server import Loopback

import twincities as tc

KUOPIO = tc.load()
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

# Runs a command, and sends it SIGINT when a function is first called, or has returned.
RUNNER = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background takes away
event, name, *caller = sys.argv.pop(1).split()

def look(frame, what, called):
    code = frame.f_code
    if what == event and name == (called.__name__ if what.startswith("c_") else code.co_qualname) and caller in ([], [code.co_name]):
        sys.setprofile(None)
        print("there", flush=True)
        os.kill(os.getpid(), signal.SIGINT)

from twincities.cli import main
sys.setprofile(look)
sys.exit(main())
"""
LIST = "City;Partner;Since\nOulu;Halle;1968\nOulu;Bursa;1978\n"


def interrupted(moment: str, *words: str, folder: Path) -> None:
    """Run a command that is interrupted at a moment: it ends with 130 and one line, without a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, moment, *words], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (130, "there\n")
    *remarks, last = done.stderr.splitlines()
    assert last == "twincities: interrupted"
    assert all(remark.startswith("twincities: ") for remark in remarks)


@pytest.mark.parametrize("old", [b"old", None])
@pytest.mark.parametrize(
    ("command", "moment", "needs"),
    [
        ("convert kuopio.jsonl out.json", "call decode_lines", ()),
        ("convert kuopio.jsonl out.json", "call to_dict", ()),
        ("convert kuopio.jsonl out.json", "call write_atomically", ()),
        ("convert kuopio.jsonl out.json", "c_return open write_atomically", ()),
        ("convert kuopio.jsonl out.json.gz", "call _write", ()),
        ("convert kuopio.jsonl out.jsonl.gz", "call encoded_each", ()),
        ("convert kuopio.jsonl out.json", "c_return fsync", ()),
        ("convert kuopio.jsonl out.csv", "call partnership_rows", ()),
        ("convert kuopio.jsonl out.geojson", "call geodesic", ()),
        ("convert kuopio.jsonl out.sqlite", "c_call serialize", ()),
        ("convert kuopio.jsonl out.xlsx", "call write_excel", ("pandas", "openpyxl")),
        ("convert kuopio.jsonl out.ttl", "call write_rdf", ("rdflib",)),
        ("convert kuopio.jsonl out.graphml", "c_return fsync", ("networkx",)),
        ("import list.csv --out out.json", "call read_grid", ()),
        ("import list.csv --out out.json", "call PairReader._add", ()),
        ("import list.csv --out out.json", "c_return fsync", ()),
        ("merge kuopio list.json --out out.json", "call match_cities", ()),
        ("map Opole --out out.svg", "c_call vegalite_to_svg", ("altair", "vl_convert")),
        ("map Opole --out out.png", "c_return fsync", ("altair", "vl_convert")),
        ("page Opole --out out.html", "call map_figure", ("altair", "vl_convert")),
        ("page Opole --out out.html", "c_call vegalite_to_svg", ("altair", "vl_convert")),
        ("page Opole --no-map --out out.html", "c_return fsync", ()),
        ("list Kuopio --out out.html", "call list_html", ()),
        ("list Kuopio --out out.xlsx", "call write_list_excel", ("openpyxl",)),
        ("calendar Kuopio --out out.ics", "call calendar_bytes", ("icalendar",)),
    ],
)
def test_a_command_leaves_the_former_file(
    command: str, moment: str, needs: tuple[str, ...], old: bytes | None, tmp_path: Path
) -> None:
    """Wherever a command is interrupted, the file that it writes is the former one or none, and no other is left."""
    for package in needs:
        pytest.importorskip(package)
    KUOPIO.write(tmp_path / "kuopio.jsonl")
    tc.Dataset(cities=[tc.City(id="oulu")]).write(tmp_path / "list.json")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    words = command.split()
    if old is not None:
        (tmp_path / words[-1]).write_bytes(old)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    interrupted(moment, *words, folder=tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_in_its_place_is_whole(tmp_path: Path) -> None:
    """An interrupt just after the new file has replaced the former one leaves the new one."""
    (tmp_path / "out.json").write_bytes(b"old")
    interrupted("return Path.replace", "convert", "kuopio", "out.json", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert tc.read(tmp_path / "out.json") == KUOPIO


def test_half_a_folder_isnt_read(tmp_path: Path) -> None:
    """A folder of Parquet files that was interrupted is refused, and has no unfinished file."""
    pytest.importorskip("pyarrow")
    interrupted("c_return fsync", "convert", "kuopio", "out.parquet", folder=tmp_path)
    assert not list(tmp_path.rglob("*.tmp"))
    with pytest.raises((tc.DatasetError, OSError)):
        tc.read(tmp_path / "out.parquet")


def test_no_half_a_package_is_left(tmp_path: Path) -> None:
    """Nothing of an interrupted package is left."""
    interrupted("c_return fsync", "new-dataset", "oulu", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_standard_input_that_never_ends(tmp_path: Path) -> None:
    """A command that waits for its input is interrupted, and its temporary folder is gone."""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", RUNNER, "call input_file", "convert", "-", "out.json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == b"there\n"
        assert waiting.wait() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_fetch_keeps_what_was_answered(tmp_path: Path) -> None:
    """A fetch interrupted while it waits for an answer has kept the earlier ones whole, and written nothing else."""
    pytest.importorskip("urllib3")
    waits, done = Event(), Event()

    def never(_: object) -> None:
        waits.set()
        done.wait()

    words = ["fetch", "Q1", "--cache", "kept", "--out", "out.json"]
    with Loopback() as server:
        command = [sys.executable, "-m", "twincities", *words, "--endpoint", server.url]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / "out.json").write_bytes(b"old")
        before = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}
        server.turns.append(never)
        command[4] = "Q5"
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as fetching:
            assert waits.wait(60)
            fetching.send_signal(signal.SIGINT)
            assert fetching.communicate()[1] == "twincities: interrupted\n"
        done.set()
    assert fetching.returncode == 130
    assert {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()} == before
    assert (tmp_path / "out.json").read_bytes() == b"old"


# -- in Python -------------------------------------------------------------------------------------

LINES = b"".join(KUOPIO.to_jsonl())
STRICT = {**json.loads(KUOPIO.to_json()), "vocabulary": "twincities-areas/1"}


def interrupt(work: Callable[[], object], place: str, number: int) -> None:
    """Interrupt *work* with the signal at the *number*th call of a function of some module."""
    left = number

    def look(frame: Any, event: str, _: object) -> None:
        nonlocal left
        if event == "call" and frame.f_code.co_filename.endswith(place):
            left -= 1
            if left == 0:
                sys.setprofile(None)
                signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.setprofile(look)
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        sys.setprofile(None)
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize(
    ("read", "place"),
    [
        (lambda: tc.from_json(KUOPIO.to_json()), "document/fast.py"),
        (lambda: tc.from_json(KUOPIO.to_json()), "model/references.py"),
        (lambda: tc.from_jsonl(LINES), "document/fast.py"),
        (lambda: tc.from_dict(STRICT), "document/strict.py"),
        (lambda: tc.from_dict(STRICT), "model/record.py"),
    ],
)
def test_an_interrupted_read_leaves_python_as_it_was(read: Callable[[], object], place: str, number: int) -> None:
    """The interrupt comes through, the garbage collector runs again as before, and the next read is whole."""
    before = gc.get_threshold()
    interrupt(read, place, number)
    assert gc.isenabled()
    assert gc.get_threshold() == before
    assert read() == KUOPIO


@pytest.mark.parametrize("number", [1, 10, 30])
@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda ds: ds.partners("Kuopio", area="sport", on="1985"), "query/index.py"),
        (lambda ds: ds.city("Györ"), "query/names.py"),
        (lambda ds: tc.merge(ds, KUOPIO), "reconcile/uniting.py"),
        (lambda ds: ds.lint(), "lint/checks.py"),
        (lambda ds: ds.to_json(), "document/plain.py"),
    ],
)
def test_an_interrupted_question_is_answered_when_asked_again(
    ask: Callable[[tc.Dataset], object], place: str, number: int
) -> None:
    """A data set is as it was, whatever was made half: the same question has its answer."""
    ds = tc.from_json(KUOPIO.to_json())
    interrupt(lambda: [ask(ds), ask(tc.from_json(KUOPIO.to_json()))], place, number)
    assert ds == KUOPIO
    assert ask(ds) == ask(KUOPIO)
    assert gc.isenabled()
