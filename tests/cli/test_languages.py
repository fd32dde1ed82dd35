"""
Every word of the command line is in the language asked for: help, answers, remarks and errors, at any width.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from english_words import english_in

import twincities as tc
from twincities.cli import main
from twincities.cli.entry import COMMANDS
from twincities.display.text import width

DOUBTFUL = """{"format": "twincities/1", "as_of": "2020", "cities": [
 {"id": "a", "country_code": "ZZ", "coordinates": {"latitude": 60, "longitude": 25}, "subdivision_codes": ["FI-99"]},
 {"id": "b", "country_code": "FI", "coordinates": {"latitude": 10, "longitude": 25}}],
 "partnerships": [{"cities": ["a", "b"], "since": "1890", "status": "active", "until": "1990"}]}"""
WRONG = """{"format": "twincities/1", "as_of": "2022-13", "foo": 1, "cities": [
 {"id": "a", "id": "a"}, {"id": "a", "country_code": "Norway", "wikidata_id": 5, "part_of": ["nix"], "links": [{}],
  "coordinates": {"latitude": 200, "longitude": "x"}, "populations": [{"value": -1}], "names": {"x_y": " "}}, 5],
 "partnerships": [{"cities": ["a"]}, {"cities": ["a", "a"]}, {"cities": ["a", "b"], "since": "12.5.1980", "kind": null,
  "until": "1972-1975", "status": "aktive", "claims": [{"field": "x", "value": "y"}], "sources": ["s"]}],
 "networks": [{"id": "n", "members": ["a"]}], "areas": [{"id": "q", "pref_label": {"en": "x"}, "broader": ["q"]}]}"""
ANSWERS = (
    *("Kuopio", "partners Kuopio --sort since", "list Kuopio", "ties --country SE", "search kuopio"),
    *("anniversaries 2030", "expiring 2029", "cousins Kuopio", "path Gera Pskov", "lint kuopio", "lint doubtful.json"),
    *("compare kuopio less.json", "compare kuopio less.json --markdown", "merge kuopio other.json --out x.json"),
    *("validate wrong.json", "validate wrong.jsonl", "convert kuopio x.csv", "partners Shanghai", "show Tampere"),
    *("compare kuopio less.json --quickstatements x.qs", "path Kuopio Kuopio", "search zzzzzz"),
)
MISTAKES = (
    *(
        "show Atlantis",
        "Kupio",
        "partnrs Kuopio",
        "Kuopio Gera",
        "partners",
        "partners Kuopio --foo",
        "show --data nix",
    ),
    *("partners Kuopio --country Narnia", "partners Kuopio --country ''", "partners Kuopio --area foo", "path Gera"),
    *("partners Kuopio --status foo", "partners Kuopio --kind foo", "partners Kuopio --network foo", "ties --unsure"),
    *("partners Kuopio --on soon", "partners Kuopio --on 1972/1960", "partners Kuopio --out x.pdf", "search ''"),
    *("partners Kuopio --sort x", "partners Kuopio --out nix/x.csv", "search x --limit 0", "search x --limit x"),
    *("anniversaries 0", "anniversaries soon", "anniversaries 2030 --every 0", "expiring soon", "cousins"),
    *(
        "expiring 2029 --after 2020/..",
        "expiring 12.5.2020",
        "list Kuopio --columns x",
        "list Kuopio --columns city,city",
    ),
    *("list Kuopio --delimiter , --out x.html", "list Kuopio --delimiter ,, --out x.csv", "list Kuopio --out x.pdf"),
    *("page Kuopio --years 2030-2020", "page Kuopio --version x", "page Kuopio --out x.pdf", "map Kuopio --layout x"),
    *("calendar Kuopio --every 0", "calendar Kuopio --alarm x", "calendar --out x.txt", "map Kuopio --out x.doc"),
    *("map Kuopio --width 3", "map Kuopio --centre Gera --out nix/x.svg", "convert nix x.json", "convert kuopio x.exe"),
    *("convert kuopio - --to parquet", "convert kuopio - --to ../x", "convert kuopio x.json --to csv", "schema x"),
    *("convert less.json x.json --city Kuopio", "convert wrong.json x.json", "convert x.geojson x.json", "lint nix"),
    *(
        "lint kuopio --level x",
        "lint kuopio --only x",
        "validate nix.json",
        "validate x.exe",
        "compare kuopio nix.json",
    ),
    *("merge kuopio", "merge kuopio less.json --prefer x", "merge kuopio wrong.json", "fetch", "fetch x", "datasets x"),
    *(
        "fetch --country Narnia",
        "fetch Q1 --endpoint http://x.example",
        "fetch Q1 --out nix/x.json",
        "fetch Q1 --contact x",
    ),
    *("import nix.csv", "import t.csv --columns x", "import t.csv --words x", "import t.csv --places geonames:x"),
    *(
        "new-dataset Tampere",
        "new-dataset kuopio",
        "new-dataset x --city x --data kuopio",
        "new-dataset x --folder nix",
    ),
)
NEEDS = {"calendar": "icalendar", "fetch": "urllib3", "map": "altair"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command in a folder with data sets, right and wrong: its output and errors, in Finnish or Swedish."""
    ours = tc.load()
    tie = ours.partnership("Kuopio", "Opole")
    ours.without(tie).with_records(complete_for=["kuopio"], as_of="2023").write(tmp_path / "less.json")
    cities = [tc.City(id=id) for id in tie.cities]
    other = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=tie.cities, since="1985")])
    other.write(tmp_path / "other.json")
    (tmp_path / "doubtful.json").write_text(DOUBTFUL, encoding="utf-8")
    (tmp_path / "wrong.json").write_text(WRONG, encoding="utf-8")
    (tmp_path / "wrong.jsonl").write_text('{"format": "twincities/1"}\n{"foo": {}}\nno json\n', encoding="utf-8")
    (tmp_path / "t.csv").write_text("Partner\nGera\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(command: str, lang: str, code: int | None = None) -> str:
        found = main([*shlex.split(command), "--lang", lang])
        assert code is None or found == code
        output = capsys.readouterr()
        return output.out + output.err

    return ran


def needed(command: str) -> None:
    """Skip a command whose package isn't installed."""
    if package := NEEDS.get(command.partition(" ")[0]):
        pytest.importorskip(package)


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(name: str, lang: str, run: Callable[..., str]) -> None:
    """Help is in the language asked for, argparse's own words included."""
    text = run(f"{name} --help".strip(), lang)
    assert text.startswith({"fi": "käyttö: ", "sv": "användning: "}[lang])
    assert english_in(text) == []
    for word in ("usage", "options", "arguments", "example", "default", "show this"):
        assert word not in text


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("command", ANSWERS)
def test_answers(command: str, lang: str, run: Callable[..., str]) -> None:
    """Answers and remarks have no English, titles of data sets and networks aside."""
    text = run(command, lang)
    for name in ("Twin cities of Kuopio", "Twin cities of Finland's ten largest cities"):
        text = text.replace(name, "")
    assert english_in(text) == []


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("command", MISTAKES)
def test_errors(command: str, lang: str, run: Callable[..., str]) -> None:
    """A mistake ends with 2 and a line in the language asked for; nothing is written."""
    needed(command)
    before = sorted(Path().iterdir())
    text = run(command, lang, code=1 if command == "validate wrong.json" else 2)
    assert text.splitlines()[-1].startswith("twincities: ")
    assert english_in(text) == []
    assert sorted(Path().iterdir()) == before


def test_programs_get_english(run: Callable[..., str]) -> None:
    """With --json keys, codes and messages stay as they are in Python."""
    assert "isn't a code of ISO 3166-1" in run("lint doubtful.json --json", "fi")
    assert "expected no such key" in run("validate wrong.json --json", "sv")


def test_the_language_may_come_first(run: Callable[..., str]) -> None:
    """--lang may stand before the command, and the last one counts; a language without words prints English."""
    assert run("--lang sv partners Kuopio --country Norway", "fi").startswith("Kumppani")
    assert run("--lang sv --help", "sv") == run("--help", "sv")
    assert "tuntematon kaupunki" in run("show Atlantis --lang=sv", "fi")
    assert "invalid choice: 'xx'" in run("show Kuopio", "xx")


@pytest.mark.parametrize("columns", ["60", "80"])
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("command", [*ANSWERS, "partners Kuopio --sort x", "validate less.json nix.json"])
def test_a_terminal_gets_no_longer_lines(
    command: str, lang: str, columns: str, run: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal remarks, errors and findings are wrapped between words to its width, as tables are."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("twincities.cli.output.console", lambda _: None)
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    lines = run(command, lang).splitlines()
    too_long = [line for line in lines if width(line) > int(columns)]
    assert all(" " not in line.strip() for line in too_long)
