"""
`twincities import`: an office's list becomes a data set, or what is open is printed and nothing is written.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

import twincities as tc
from twincities.cli import main

LIST = """\
Ystävyyskaupungit 2026;;;
Kumppani;Maa;Alkanut;Tila;Väri
Essen;Saksa;1960;kunnossa;x
Pihkova;Venäjä;5/12/1966;jäissä;
Vorarlberg (maakunta);Itävalta;ei merkitty;kunnossa;
Yhteensä 3;;;;
"""
OPTIONS = ("--city", "Kuopio", "--lang", "fi", "--words", "kunnossa=active", "--unknown", "ei merkitty")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the list, in which commands are run."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def fill(path: Path, answers: dict[str, str]) -> None:
    """Fill in a table of choices as an office does."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "valinta": answers.get(row["teksti"], row["valinta"])} for row in rows)


def test_what_is_open_is_printed_and_nothing_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a problem with its line, column and text, in the words of the command line; the file isn't made."""
    assert main(["import", "list.csv", *OPTIONS, "--out", "kuopio.json"]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        *("rivi 4, Alkanut", "rivi 5, Kumppani", "rivi 6, Kumppani"),
    ]
    assert "'Vorarlberg (maakunta)'" in out
    above, unread, counts, advice = err.splitlines()
    assert above.endswith("'Ystävyyskaupungit 2026'")
    assert unread.startswith("twincities: lukematta jääneet sarakkeet: 'Väri'; --columns ")
    assert counts == "twincities: 2 kumppanuutta, 3 kaupunkia, 3 avoinna"
    assert "--partial" in advice
    assert "--choices choices.csv" in advice
    assert not (here / "kuopio.json").exists()
    assert main(["import", "list.csv", *OPTIONS, "--out", "kuopio.json", "--partial"]) == 1
    assert len(tc.read(here / "kuopio.json").partnerships) == 2


def test_the_second_run_is_clean(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is open is written to the table, filled in there and read back."""
    command = ["import", "list.csv", *OPTIONS, "--choices", "c.csv", "--as-of", "2026-11", "--out", "kuopio.json"]
    assert main(command) == 1
    assert "täytä sarake valinta tiedostossa c.csv (3 riviä), ja aja komento uudelleen" in capsys.readouterr().err
    fill(here / "c.csv", {"5/12/1966": "1966-12-05", "Yhteensä 3": "skip"})
    assert main(command) == 1
    assert not (here / "kuopio.json").exists()
    fill(here / "c.csv", {"Vorarlberg (maakunta)": "keep"})
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out == ""
    ds = tc.read(here / "kuopio.json")
    assert str(ds.as_of) == "2026-11"
    assert {tie.partner.label("fi"): (str(tie.since), tie.status) for tie in ds.partners("Kuopio")} == {
        "Essen": ("1960", "active"),
        "Pihkova": ("1966-12-05", "suspended"),
        "Vorarlberg (maakunta)": ("None", "active"),
    }


def test_cities_are_looked_up_in_a_data_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--places` takes what other commands take as a data set."""
    (here / "list.csv").write_text("Kumppani\nPihkova\nGera\n", encoding="utf-8")
    assert main(["import", "list.csv", "--city", "Kuopio", "--places", "kuopio", "--out", "mine.json"]) == 0
    ds = tc.read(here / "mine.json")
    assert {city.wikidata_id for city in ds.cities.values()} >= {"Q2214", "Q3750"}
    assert ds.partnership("Kuopio", "Gera").sources == ("list-csv",)
    assert main(["lint", "mine.json", "--only", "missing-sources"]) == 0
    capsys.readouterr()


def test_the_list_may_come_on_standard_input(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` is standard input, and as `--out` JSON on standard output; without `--out` the list is only checked."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Vaenort|Partner\nx|Gera\n")))
    assert main(["import", "-", "--city", "Kuopio", "--delimiter", "|", "--out", "-"]) == 0
    assert set(tc.from_json(capsys.readouterr().out).cities) == {"kuopio", "gera"}
    (here / "list.csv").write_text("Partner\tSince\nGera\tsoon\n")
    assert main(["import", "list.csv", "--city", "Kuopio", "--delimiter", "tab"]) == 1
    assert "nothing is written without --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--columns", "since"), "expected --columns as KEY=HEADING, got 'since'"),
        (("--words", "=active"), "expected --words as WORD=MEANING, got '=active'"),
        (("--words", "x=hmm"), "expected a status, kind, area or country for 'x' in --words, got 'hmm'"),
        (("--columns", "sinse=Alkanut"), "expected the keys of --columns among city, partner"),
        (("--columns", "since=Alku"), "expected one heading 'Alku' among 'Kumppani', 'Maa'"),
        (("--places", "geonames:many"), "expected --places as geonames:1000"),
        (("--sheet", "x"), "expected --sheet with a workbook"),
        (("--encoding", "ascii"), "expected ascii, but byte"),
        (("--out", "nowhere/x.json"), "No such folder"),
        (("--out", "x.exe"), "expected a file name that ends in one of"),
        (("--as-of", "today"), "expected a date such as"),
        (("--lang", "fi_FI"), "expected a BCP 47 tag"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_options(
    words: tuple[str, str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option that doesn't fit ends with 2 and one line that names it."""
    assert main(["import", "list.csv", "--city", "Kuopio", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert len(err.splitlines()) == 1
    assert here.exists()


def test_whose_partners_has_to_be_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list without a column of cities needs `--city`, and the message says so in options."""
    assert main(["import", str(here / "list.csv")]) == 2
    assert "give the city whose partners these are with --city" in capsys.readouterr().err
