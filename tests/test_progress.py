"""
Long work shows what it does: on the command's terminal and in notebooks, after a second, and it leaves nothing behind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any
from unicodedata import east_asian_width

import pytest

import twincities as tc
from twincities import _progress
from twincities.cli import main
from twincities.reconcile import compare
from twincities.sources.table import read_table

KUOPIO = tc.load()
posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name, and a terminal")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A document that isn't there yet: whoever reads it waits."""
    path = tmp_path / "slow.json"
    os.mkfifo(path)
    return path


def fill(pipe: Path) -> None:
    """Let the reader of a pipe have the document."""
    pipe.write_bytes(KUOPIO.to_json())


@contextmanager
def on_a_terminal(*command: str) -> Iterator[tuple[subprocess.Popen[str], Callable[[], str]]]:
    """Run a command whose errors go to a terminal: the process, and a function that waits for more on it."""
    import pty

    ours, its = pty.openpty()
    env = {**os.environ, "COLUMNS": "40"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=its, encoding="utf-8", env=env) as process:
        os.close(its)

        def more() -> str:
            try:
                return os.read(ours, 10_000).decode()
            except OSError:  # Linux says so when the process has closed it
                return ""

        yield process, more
    os.close(ours)


def cells_of(text: str) -> list[str]:
    """The cells of a terminal that a text takes: two for a wide character."""
    return [cell for char in text for cell in (char, "")[: 1 + (east_asian_width(char) in "WF")]]


def left_on(screen: str) -> str:
    """The lines that a terminal shows in the end, of what was written to it."""
    shown = []
    for line in screen.split("\n"):
        cells: list[str] = []
        for part in line.split("\r"):
            cells = cells_of(part) + cells[len(cells_of(part)) :]
        shown.append("".join(cells).rstrip())
    return "\n".join(shown)


@posix
@pytest.mark.parametrize(("lang", "words"), [("en", "reading slow.json … 1 s"), ("fi", "luetaan slow.json … 1 s")])
def test_a_command_shows_on_its_terminal_what_takes_long(lang: str, words: str, pipe: Path) -> None:
    """After a second a line says what is being done and for how long; it is cleared when that is done."""
    command = (sys.executable, "-m", "twincities", "convert", str(pipe), str(pipe.with_name("out.csv")), "--lang", lang)
    with on_a_terminal(*command) as (process, more):
        screen = ""
        while words not in screen:
            screen += more()
        fill(pipe)
        while part := more():
            screen += part
    assert process.returncode == 0
    assert left_on(screen).startswith("twincities: .csv")  # the remark stands where the line was


@posix
def test_nothing_is_left_of_wide_characters(tmp_path: Path) -> None:
    """A line of characters that take two columns each fits the terminal, and is cleared whole."""
    pipe = tmp_path / f"{'長' * 30}.json"
    os.mkfifo(pipe)
    command = (sys.executable, "-m", "twincities", "convert", str(pipe), str(tmp_path / "out.csv"))
    with on_a_terminal(*command) as (process, more):
        screen = ""
        while "長" not in screen:
            screen += more()
        fill(pipe)
        while part := more():
            screen += part
    assert process.returncode == 0
    assert left_on(screen).startswith("twincities: .csv")
    assert all(len(cells_of(part)) < 40 for part in screen.partition("twincities: ")[0].split("\r"))


@posix
def test_quick_work_shows_nothing(tmp_path: Path) -> None:
    """Below a second a terminal shows nothing."""
    with on_a_terminal(sys.executable, "-m", "twincities", "convert", "kuopio", str(tmp_path / "out.json")) as (
        _,
        more,
    ):
        assert more() == ""


READS = """
import sys, threading
import twincities as tc
assert tc.read(sys.argv[1]) == tc.load()
assert threading.enumerate() == [threading.main_thread()]
assert "IPython" not in sys.modules
"""


@posix
def test_a_script_shows_nothing(pipe: Path) -> None:
    """A script of one's own, on a terminal or not, shows nothing, starts no thread and imports no IPython."""
    with on_a_terminal(sys.executable, "-c", READS, str(pipe)) as (process, more):
        threading.Timer(_progress._FIRST + 0.5, fill, [pipe]).start()
        assert more() == ""
    assert process.returncode == 0


@posix
def test_a_pipe_shows_nothing(pipe: Path) -> None:
    """A command whose errors go to a pipe writes none for work that takes long."""
    threading.Timer(_progress._FIRST + 0.5, fill, [pipe]).start()
    command = [sys.executable, "-m", "twincities", "Kuopio", "--data", str(pipe)]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


CELLS = """
import os, threading, time
import twincities as tc
os.mkfifo("slow.json")
def fill():
    time.sleep(2)
    with open("slow.json", "wb") as file:
        file.write(tc.load().to_json())
before = threading.active_count()
threading.Thread(target=fill).start()
print(len(tc.read("slow.json").cities), threading.active_count() - before)
"""


@posix
def test_a_notebook_shows_an_output_and_clears_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real kernel shows one output, renews and clears it; quick work has none, and no thread is left."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    cells = [nbformat.v4.new_code_cell(source) for source in (CELLS, "tc.load().lint();")]
    shown: list[tuple[str, dict[str, Any]]] = []

    class Client(nbclient.NotebookClient):  # type: ignore[name-defined,misc]
        def process_message(self, msg: Any, *args: Any) -> Any:
            if "display_data" in msg["msg_type"]:
                shown.append((msg["msg_type"], msg["content"]))
            return super().process_message(msg, *args)

    notebook = Client(
        nbformat.v4.new_notebook(cells=cells), kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    (first, content), *updates = shown
    assert (first, content["data"]["text/plain"]) == ("display_data", "reading slow.json … 1 s")
    assert {kind for kind, _ in updates} == {"update_display_data"}
    assert {content["transient"]["display_id"] for _, content in shown} == {content["transient"]["display_id"]}
    assert updates[-1][1]["data"] == {"text/plain": ""}
    output, printed = sorted(notebook.cells[0].outputs, key=lambda output: output.output_type)
    assert (output.data, printed.text) == ({"text/plain": ""}, "18 0\n")
    assert notebook.cells[1].outputs == []


# -- each kind of work -----------------------------------------------------------------------------


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is shown by work, as if each took more than a second."""
    monkeypatch.setattr(_progress._Work, "start", _progress._Work.show)
    found: list[str] = []
    with _progress.shown_by(found.append):
        yield found


def chart(path: Path) -> object:
    """Draw a map to a file."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    from twincities.charts import save

    save(KUOPIO.partners("Opole").chart.map(), path / "map.svg")
    return None


def page(path: Path) -> object:
    """Write a page with a map."""
    pytest.importorskip("vl_convert")
    KUOPIO.write_page(path / "page.html", city="Opole")
    return None


@pytest.mark.parametrize(
    ("work", "shown"),
    [
        (lambda path: tc.read(path / "kuopio.json"), ["reading kuopio.json"]),
        (lambda path: tc.read(path / "list.csv", city="Kuopio"), ["reading list.csv"]),
        (lambda path: read_table([{"City": "Kuopio", "Partner": "Gera"}]), ["reading a table"]),
        (lambda path: tc.from_json(KUOPIO.to_json()), ["reading"]),
        (lambda path: tc.from_jsonl(b"".join(KUOPIO.to_jsonl())), ["reading"]),
        (lambda path: tc.from_dict(KUOPIO.to_dict()), ["reading"]),
        (lambda path: KUOPIO.write(path / "new.json"), ["writing new.json"]),
        (lambda path: KUOPIO.lint(), ["checking"]),
        (lambda path: compare(KUOPIO, KUOPIO), ["comparing"]),
        (lambda path: tc.merge(KUOPIO, KUOPIO), ["merging"]),
        (chart, ["drawing the map", "drawing map.svg"]),
        (page, ["drawing the map"]),
    ],
)
def test_each_kind_of_work_says_what_it_does(
    work: Callable[[Path], object], shown: list[str], tmp_path: Path, lines: list[str]
) -> None:
    """Reading, writing, checking, comparing, merging and drawing are shown once each, and cleared."""
    (tmp_path / "kuopio.json").write_bytes(KUOPIO.to_json())
    (tmp_path / "list.csv").write_text("Partner\nGera\n", encoding="utf-8")
    work(tmp_path)
    assert lines == [text for what in shown for text in (f"{what} … 0 s", "")]


def test_work_that_fails_is_cleared(lines: list[str]) -> None:
    """If the work fails, its line is cleared, and the next work is shown."""
    with pytest.raises(tc.DatasetError):
        tc.from_json(b"{")
    assert lines == ["reading … 0 s", ""]
    KUOPIO.lint()
    assert lines[2:] == ["checking … 0 s", ""]


def test_another_thread_shows_nothing(lines: list[str]) -> None:
    """Two threads would write over each other: only the main one shows its work."""
    thread = threading.Thread(target=lambda: (KUOPIO.lint(), _progress.hide(), _progress.describe("x")))
    with _progress.working("waiting"):
        thread.start()
        thread.join()
    assert lines == ["waiting … 0 s", ""]


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".jsonl.gz", ".csv"])
def test_the_part_that_is_done_is_shown(
    ending: str, tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading documents and tables says how much is done, and so does checking; what comes after that isn't counted."""
    monkeypatch.setattr("twincities._files._CHUNK", 100)
    show = _progress._Work.show
    part = property(lambda _: "", lambda work, part: part and lines.append(part))
    monkeypatch.setattr(_progress._Work, "part", part, raising=False)
    assert show is _progress._Work.start
    path = tmp_path / f"kuopio{ending}"
    # Python reads a packed file in pieces of 128 KB.
    noise = [tc.City(id=f"c{number}", extra={"noise": token_hex(1000)}) for number in range(400)]
    (tc.Dataset(cities=noise) if path.suffix == ".gz" else KUOPIO).write(path)
    lines.clear()
    tc.read(path).lint(only=["country-code", "unsettled"])
    percents = [int(line[:-1]) for line in lines if line.endswith("%")]
    assert percents[:-2] == sorted(percents[:-2])
    assert len(percents[:-2]) > 1
    assert percents[-2:] == [0, 50]


@pytest.mark.parametrize(
    ("command", "announced"),
    [
        ("compare kuopio kuopio", ["comparing … 0 s"]),
        ("merge kuopio kuopio --out both.json", ["merging … 0 s", "writing both.json … 0 s"]),
        ("lint kuopio --lang sv", ["kontrollerar … 0 s"]),
        ("validate a.json", ["reading a.json … 0 s"]),
        ("convert a.json b.jsonl --lang fi", ["luetaan a.json … 0 s", "kirjoitetaan b.jsonl … 0 s"]),
        ("import a.csv --city Kuopio", ["reading a.csv … 0 s"]),
    ],
)
def test_commands_show_the_work_of_the_library(
    command: str,
    announced: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On a terminal each long step of a command is shown in the language asked for; in a pipe none is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_progress._Work, "start", _progress._Work.show)
    KUOPIO.write("a.json")
    Path("a.csv").write_text("Partner;Country\nOpole;Poland\n", encoding="utf-8")
    main(command.split())
    assert "…" not in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(command.split())
    assert re.findall(r"[^\r]+ … [^\r]+?(?=\r)", capsys.readouterr().err) == announced


def test_a_remark_clears_the_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A remark in the midst of work stands on a line of its own."""
    from twincities.cli.output import say

    monkeypatch.setattr(_progress._Work, "start", _progress._Work.show)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress.shown_by(_progress.on_terminal(sys.stderr)), _progress.working("reading x"):
        say("a remark")
    assert left_on(capsys.readouterr().err) == "twincities: a remark\n"
