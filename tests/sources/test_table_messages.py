"""
Reports of tables in each shipped language: no message is left in English, and the file of choices is read in all.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities.cli.output import in_options
from twincities.display.messages import translated
from twincities.model.vocabulary import LANGUAGES
from twincities.sources.table import read_table

ENGLISH = re.compile(r"\b(?:the|of|isn't|aren't|expected|got|and|or|with|which|that|only|from|not|than|as|it)\b")
PLACES = tc.Dataset(
    cities=[
        tc.City(id="essen", name="Essen", country_code="DE"),
        tc.City(id="essen-be", name="Essen", country_code="BE"),
        tc.City(id="kyiv", name="Kyiv", alt_names=["Kiova"], country_code="UA", wikidata_id="Q1899"),
    ]
)
CELLS: list[dict[str, Any]] = [
    *(
        {"Partner": name}
        for name in ("", "?", "Ditto", "Total: 3", "Note: see page 4", "Saksa", "12", "Stadt", "Hi there!")
    ),
    *(
        {"Partner": name}
        for name in ("Opole (x)", "a b c d", "none", "Opole & Gera", "$5", "a\u200b", "\u200b", "Kupio\ufdd0")
    ),
    *(
        {"Partner": "Opole", "Since": date}
        for date in ("5/12/1980", "1900s", "1960/61", "1956-1986", "12.5.66", "before 1970")
    ),
    *({"Partner": "Opole", "Since": date} for date in ("80-luku", "early 1990s", "spring 1969", "29221", "85")),
    {"Partner": "GieÃŸen"},
    *({"Partner": "Opole", "Since": date} for date in ("Monday 4 July 1987", "soon", 1980.1, "1986-88", "29.2.1971")),
    *({"Partner": "Opole", "Status": word} for word in ("avbruten", "inactiv", "x")),
    *({"Partner": "Opole", "kind": word} for word in ("partner city", "x")),
    *({"Partner": "Opole", "Country": name} for name in ("Korea", "Pullo", "Itali")),
    *({"Partner": "Opole", "lat": lat, "lon": lon} for lat, lon in (("x", "y"), ("1", ""), ("95", "1"))),
    {"Partner": "Opole", "population": "many", "wikidata_id": "R2", "geonames_id": "x", "areas": "kulttuuuri, x"},
    {"Partner": "Opole", "Country": "PL", "country_code": "SE"},
    *(
        {"Partner": name}
        for name in ("'Opole'", "Shanghai 上海", "Opole PL", "Opole Puola", "Eurooppa", "www.opole.pl")
    ),
    {"Partner": "Opole", "Since": "1985.1", "Until": "2022-", "Status": "active?", "areas": "culture*"},
    {"Partner": "Opole", "Country": "Puola?"},
    {"Partner": "Opole", "Since": "1980"},
    {"Partner": "Opole", "Since": "1981", "Until": "1970", "population": "5"},
    {"Partner": "Kuopio"},
]


@pytest.mark.parametrize("lang", LANGUAGES[1:])
@pytest.mark.parametrize("places", [None, PLACES], ids=["made", "looked up"])
def test_no_report_is_left_in_english(lang: str, places: tc.Dataset | None) -> None:
    """Every problem of a cell is reported in the requested language; the cell's own text stays as it is."""
    named = [{"Partner": name} for name in ("Essen", "Kiova", "Kyvi")]
    named += [{"Partner": "Kyiv", "wikidata_id": "Q5"}, {"Partner": "Kyiv", "lat": "1", "lon": "2"}]
    rows = [*CELLS, *(named if places else [])]
    hub = {"city": "Kyiv"} if places else {"city": "Kuopio"}
    reading = read_table(rows, **hub, places=places)
    assert len(reading.grouped()) > 35
    for problem in reading.grouped(lang):
        plain = re.sub(r"""'[^']*'|"[^"]*"|candidates.*""", "", problem.message)
        assert ENGLISH.findall(plain) == [], problem
        assert problem.path.startswith(translated("line 2", lang)[:3])
    assert [problem.message for problem in reading.grouped("de")] == [problem.message for problem in reading.grouped()]


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_a_row_without_its_city_is_reported_in_each_language(lang: str) -> None:
    """The hint that blank cells aren't filled is translated too."""
    (problem,) = read_table([{"City": "Kuopio", "Partner": "Opole"}, {"City": "", "Partner": "Gera"}]).grouped(lang)
    assert ENGLISH.findall(problem.message) == []


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_no_remark_is_left_in_english(lang: str) -> None:
    """Remarks have translations too."""
    text = "Title\nPartner;Country\nOpole;Poland\nPartner;Country\nGera;\nSuspended:\nPskov;\nTotal: 3\nName;Since\n"
    reading = read_table(io.StringIO(text), city="Kuopio", choices={"Total: 3": "skip"})
    assert len(reading.remarks) == 5
    for text in (*reading.remarks, *(problem.message for problem in reading.grouped(lang))):
        assert ENGLISH.findall(re.sub("'[^']*'", "", translated(text, lang))) == []


@pytest.mark.parametrize("lang", LANGUAGES[1:])
@pytest.mark.parametrize(
    "content",
    [
        *(b"<html>", b"%PDF-1.4", b"\xd0\xcf\x11\xe0", b"PK\3\4" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis"),
        *(b"Partner;Partner\nA;B\n", b"Partner 1;Partner 2\nA;B\n", b"Partner;Country;Country\nA;B;C\n"),
        *(b"Partner;A;B\nCountry;C;D\nSince;1;2\n", b"Partner;Since;Alkaen\nA;1;2\n", b""),
    ],
)
def test_no_error_of_a_file_is_left_in_english(lang: str, content: bytes) -> None:
    """Errors of whole files have translations; names of keys and of encodings stay."""
    with pytest.raises(tc.DatasetError) as caught:
        read_table(io.BytesIO(content), city="Kuopio")
    (problem,) = caught.value.problems
    message = translated(in_options(problem.message), lang)
    assert ENGLISH.findall(re.sub("'[^']*'", "", message)) == []


@pytest.mark.parametrize(
    ("lang", "choice", "keep"), [("en", "choice", "keep"), ("fi", "valinta", "Säilytä"), ("sv", "val", "behåll")]
)
def test_choices_in_each_language(lang: str, choice: str, keep: str, tmp_path: Path) -> None:
    """A file of choices has its headings and reasons in a language, and is read in any."""
    path = tmp_path / "choices.csv"
    rows = [{"Partner": "Vorarlberg (region)"}, {"Partner": "Total: 2"}]
    assert read_table(rows, city="Kuopio").write_choices(path, lang=lang) == 2
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert choice in lines[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(
            [{**lines[0], choice: keep}, {**lines[1], choice: {"en": "skip", "fi": "ohita", "sv": "utelämna"}[lang]}]
        )
    ds = read_table(rows, city="Kuopio", choices=path).checked()
    assert {city.name for city in ds.cities.values()} == {"Kuopio", "Vorarlberg (region)"}


@pytest.mark.parametrize(("lang", "population"), [("en", "62,000"), ("fi", "62\u00a0000"), ("sv", "62\u00a0000")])
def test_population_of_a_candidate_in_each_language(lang: str, population: str) -> None:
    """A candidate's population is written as the language of the report groups digits."""
    people = tc.Population(value=62_000)
    kuopio = tc.City(id="kuopio", name="Kuopio")
    places = tc.Dataset(cities=[kuopio, tc.City(id="pskov", name="Pskov", alt_names=["Pihkova"], populations=[people])])
    reading = read_table([{"Kaupunki": "Pihkova", "Alkoi": "1966"}], city="Kuopio", places=places, lang=lang)
    assert f"Pskov, {population} (pskov)" in "\n".join(map(str, reading.grouped(lang=lang)))
    assert not reading.unread
