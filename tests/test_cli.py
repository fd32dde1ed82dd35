"""
The command line, run as others run it, and the plain text that it shows.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import twincities as tc
from twincities.cli import main
from twincities.display import date_text, networks_text, printable, table, ties_table, width

KUOPIO = tc.load()


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m twincities` in a process of its own."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", **environment}
    return subprocess.run(
        [sys.executable, "-m", "twincities", *arguments], capture_output=True, encoding="utf-8", env=env, check=False
    )


def outcome(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run the command in this process: its code, output and errors."""
    code = main(arguments)
    output = capsys.readouterr()
    return code, output.out, output.err


def test_the_partners_of_the_bundled_city() -> None:
    """Without arguments the command shows Kuopio's fifteen partners and two networks."""
    result = run()
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Kuopio: 15 partners, 2 networks")
    partners = [tie.partner.name for tie in KUOPIO.partners("Kuopio")]
    assert len(partners) == 15
    assert all(sum(line.startswith(f"{name}  ") for line in lines) == 1 for name in partners)
    assert sum(line.startswith(("Nordic twin city cooperation", "Kuopio-Shanghai cooperation")) for line in lines) == 2
    assert max(map(len, lines)) <= 100


def test_other_languages() -> None:
    """Labels, names and headings come in the language asked for."""
    result = run("Kuopio", "--lang", "fi")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Kumppani" in result.stdout
    for word in ("Pihkova", "keskeytetty", "Norja", "1940-luku", "Pohjoismainen ystävyyskaupunkiyhteistyö"):
        assert word in result.stdout
    assert "suspended" not in result.stdout


def test_a_citys_name_in_any_spelling(capsys: pytest.CaptureFixture[str]) -> None:
    """A city is given by any of its names."""
    code, out, err = outcome("bodö", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Bodø: 3 partners, 1 networks")
    code, out, err = outcome("Shanghai", "--lang", "sv", capsys=capsys)
    assert (code, err) == (0, "")
    assert "Samarbetsnätverket Kuopio-Shanghai" in out


def test_another_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--data` takes a file; without a city the first that it is complete for, else its first, is shown."""
    path = tmp_path / "own.json"
    cities = [tc.City(id="b", name="Bee"), tc.City(id="a", name="Aye")]
    ds = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("a", "b"))])
    ds.write(path)
    assert outcome("--data", str(path), capsys=capsys)[1].startswith("Bee: 1 partners, 0 networks\n\nPartner")
    ds.with_records(complete_for=["a"], as_of="2020").write(path)
    assert outcome("--data", str(path), capsys=capsys)[1].startswith("Aye: 1 partners, 0 networks, as of 2020\n")
    ds.without(*ds.partnerships.values()).write(path)
    assert outcome("--data", str(path), capsys=capsys) == (0, "Bee: 0 partners, 0 networks\n", "")
    tc.Dataset().write(path)
    assert outcome("--data", str(path), capsys=capsys) == (0, "The data set has no cities.\n", "")
    assert outcome("Bee", "--data", str(path), capsys=capsys)[0] == 2
    assert run("--data", str(path)).stdout == "The data set has no cities.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Kupio"], "twincities: unknown city 'Kupio'; did you mean 'Kuopio'?"),
        ([""], "twincities: expected a city's name or id, got ''"),
        (["--data", "kupio"], "twincities: unknown data set 'kupio'; did you mean 'kuopio'?"),
        (["--data", "no/such/file.json"], "twincities: [Errno 2] No such file or directory: 'no/such/file.json'"),
        (["x\x1b[31m\ny"], r"twincities: unknown city 'x\x1b[31m\ny'"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What can't be shown is told in one line on standard error, with code 2 and no traceback."""
    assert outcome(*arguments, capsys=capsys) == (2, "", message + "\n")
    result = run(*arguments)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message + "\n")


def test_files_that_cant_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with mistakes is told with all of them, a folder and other endings as wrong use."""
    path = tmp_path / "bad.json"
    path.write_text('{"format": "twincities/1", "title": 1}')
    code, out, err = outcome("--data", str(path), capsys=capsys)
    assert (code, out) == (2, "")
    assert err == f"twincities: $.title: expected text, got 1 in {path}\n"
    for other in (tmp_path, tmp_path / "folder.json"):
        other.mkdir(exist_ok=True)
        assert outcome("--data", str(other), capsys=capsys)[0] == 2
    text = tmp_path / "notes.txt"
    text.write_text("{}")
    assert ".json or .jsonl" in outcome("--data", str(text), capsys=capsys)[2]
    assert outcome("--data", "x" * 5000, capsys=capsys)[0] == 2


def test_a_folder_doesnt_hide_the_bundled_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is called like a data set isn't taken for a file."""
    (tmp_path / "kuopio").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0


def test_the_version_and_the_help() -> None:
    """`--version` is that of the package; `--help` explains; an unknown option or language is wrong use."""
    assert run("--version").stdout == f"twincities {version('twincities')}\n"
    assert "usage: twincities" in run("--help").stdout
    for wrong in (["--lang", "de"], ["--nonsense"], ["a", "b"]):
        result = run(*wrong)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_that_is_closed_early() -> None:
    """Whoever reads the first line alone isn't answered with a traceback."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    script = f'{{ "{sys.executable}" -m twincities; echo "code $?" >&2; }} | head -1'
    result = subprocess.run(["sh", "-c", script], capture_output=True, encoding="utf-8", env=env, check=False)
    assert result.stdout.startswith("Kuopio: 15 partners")
    assert result.stderr == "code 0\n"
    reader, writer = os.pipe()
    os.close(reader)  # nobody reads at all
    process = subprocess.run(
        [sys.executable, "-m", "twincities"], stdout=writer, stderr=subprocess.PIPE, env=env, check=False
    )
    os.close(writer)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=str,
)
def test_terminals_that_cant_show_a_letter(environment: dict[str, str]) -> None:
    """Letters that a terminal hasn't become question marks; nothing crashes, errors neither."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment}
    for arguments in (["--lang", "fi"], ["Gyömrő"]):
        result = subprocess.run(
            [sys.executable, "-m", "twincities", *arguments], capture_output=True, env=env, check=False
        )
        assert b"Traceback" not in result.stderr
        assert result.returncode == (2 if arguments == ["Gyömrő"] else 0)
        assert result.stdout.startswith(b"Kuopio") or result.stderr.startswith(b"twincities: unknown city")


def controls(text: str) -> set[str]:
    """The control and format characters of a text, line ends aside."""
    return {char for char in text if not char.isprintable() and char != "\n"}


def test_control_characters_dont_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and labels with escape sequences or changes of direction are shown without them."""
    evil = "A\x1b[31mB\x07\u202eC\u2028D\x9bE\tF\nG\rH"
    ds = tc.Dataset(
        cities=[tc.City(id="a", name=evil, names={"fi": evil}), tc.City(id="b", name=evil)],
        areas=[tc.CooperationArea(id="x", pref_label={"en": evil})],
        partnerships=[tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["x"])])],
        networks=[
            tc.CooperationNetwork(id="n", members=("a", "b"), names={"en": evil}, activities=[tc.Activity(areas=["x"])])
        ],
        title=evil,
    )
    path = tmp_path / "evil.json"
    ds.write(path)
    for lang in ("en", "fi"):
        code, out, err = outcome("a", "--data", str(path), "--lang", lang, capsys=capsys)
        assert (code, err) == (0, "")
        assert controls(out) == set()
        assert re.search(r": 1 \w+, 1 \w+$", out.splitlines()[0])
    assert controls(str(ds.partners("a"))) == set()


@pytest.mark.parametrize(
    "document",
    [
        '{"format": "twincities/1", "\\u001b[31mred": 1}',
        '{"format": "twincities/1", "cities": [{"id": "\\u001b[31m", "\\u0007": 1, "names": {"\\u001b": 1}}]}',
        '{"format": "\\u001b[31m"}',
    ],
)
def test_control_characters_of_errors_dont_reach_the_terminal(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an error tells of a document has its control characters escaped."""
    path = tmp_path / "evil.json"
    path.write_text(document)
    code, out, err = outcome("--data", str(path), capsys=capsys)
    assert (code, out) == (2, "")
    assert controls(err) == set()


def test_the_module_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m twincities` ends with the code of the command."""
    monkeypatch.setattr(sys, "argv", ["twincities", "Kupio"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("twincities", run_name="__main__")
    assert caught.value.code == 2
    assert "unknown city" in capsys.readouterr().err
    runpy.run_module("twincities.__main__", run_name="imported")  # importing it runs nothing
    assert capsys.readouterr().out == ""


def test_a_stream_without_an_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the output is no file of the system, such as in a notebook, it is written to as it is."""

    class Notebook:
        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None: ...

    notebook = Notebook()
    monkeypatch.setattr(sys, "stdout", notebook)
    assert main(["Opole"]) == 0
    assert notebook.text.startswith("Opole: 1 partners, 0 networks")


def test_an_output_that_nobody_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the output is closed, what is left to write goes nowhere and nothing is told."""
    with (tmp_path / "out").open("w") as file:

        class Closed:
            def write(self, text: str) -> int:
                raise BrokenPipeError

            def flush(self) -> None: ...

            def fileno(self) -> int:
                return file.fileno()

        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", Closed())
            assert main(["Opole"]) == 0
        file.write("what is left")
    assert (tmp_path / "out").read_text() == ""


# -- plain text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("上海", 4), ("Ｇ", 2), ("e\u0301", 1), ("", 0), ("ő", 1), ("Псков", 5)]
)
def test_letters_take_columns(text: str, columns: int) -> None:
    """Wide letters take two columns of a terminal, marks none."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "en", "fi", "sv"),
    [
        ("1940", "1940", "1940", "1940"),
        ("1982-06-11", "1982-06-11", "1982-06-11", "1982-06-11"),
        ("194X", "1940s", "1940-luku", "1940-talet"),
        ("190X", "1900–1909", "1900–1909", "1900–1909"),
        ("19XX", "1900s", "1900-luku", "1900-talet"),
        ("194X~", "c. 1940s", "n. 1940-luku", "ca 1940-talet"),
        ("1965~", "c. 1965", "n. 1965", "ca 1965"),
        ("1972?", "1972?", "1972?", "1972?"),
        ("1972%", "c. 1972?", "n. 1972?", "ca 1972?"),
        ("1985-04-XX", "1985-04", "1985-04", "1985-04"),
        ("1985-XX-XX", "1985", "1985", "1985"),
        ("2004-XX~", "c. 2004", "n. 2004", "ca 2004"),
    ],
)
def test_dates_for_reading(text: str, en: str, fi: str, sv: str) -> None:
    """Dates are written as people write them, in each language; other languages read English."""
    date = tc.EdtfDate(text)
    assert [date_text(date, lang) for lang in ("en", "fi", "sv", "sv-FI", "de")] == [en, fi, sv, sv, en]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2022/2029", "2022–2029"), ("1967/..", "1967–"), ("/1970", "–1970"), ("194X/1950~", "1940s–c. 1950")],
)
def test_intervals_for_reading(text: str, shown: str) -> None:
    """Intervals have a dash between their ends; an open end is left empty."""
    assert date_text(tc.EdtfInterval(text)) == shown


def test_a_table_keeps_to_its_columns() -> None:
    """Columns line up by the width of their letters; the last is wrapped; a table of no rows has its headings."""
    text = table(("A", "B"), [("上海", "x " * 40), ("é", ""), ("a\nb", "y")], 40)
    lines = text.splitlines()
    assert lines[0] == "A     B"
    assert lines[2].startswith("上海  x x")
    assert all(width(line) <= 40 for line in lines)
    assert lines[3].startswith("      x")
    assert [line.rstrip() for line in lines[-2:]] == ["é", "a b   y"]
    assert table(("A", "B"), []).splitlines()[0] == "A  B"
    narrow = table(("A", "B"), [("a" * 30, "word " * 20)], 10)
    assert max(len(line) for line in narrow.splitlines()) <= 32 + 24


def test_a_table_of_wide_letters_keeps_to_its_columns() -> None:
    """Wide letters in the last column are wrapped by the columns that they take."""
    text = table(("A", "B"), [("a", "文化 体育 教育 青年 音乐 戏剧 " * 3)], 40)
    assert all(width(line) <= 40 for line in text.splitlines())


def test_text_of_networks() -> None:
    """A network is a paragraph with its members, terms and areas; what isn't known is left out."""
    networks = list(KUOPIO.networks.values())
    text = networks_text(KUOPIO, networks, "fi", 80)
    assert text.startswith("Pohjoismainen ystävyyskaupunkiyhteistyö (alkaen 1940-luku): Bodø, Jönköping")
    assert max(map(len, text.splitlines())) <= 80
    ds = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        networks=[tc.CooperationNetwork(id="n", members=("a", "b"), agreements=[tc.Agreement()])],
    )
    assert networks_text(ds, ds.networks.values()) == "n: a, b"
    assert networks_text(ds, []) == ""


def test_text_of_ties() -> None:
    """What isn't known is an empty cell."""
    ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    assert ties_table(ds.partners("a"), "sv").splitlines()[0].split() == [
        "Partner",
        "Land",
        "Status",
        "Sedan",
        "Områden",
    ]
    assert ties_table(ds.partners("a")).splitlines()[2] == "b"
    assert printable("a\u200bb\tc") == "a b c"
