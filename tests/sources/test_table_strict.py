"""
Nothing invented: what isn't a name isn't a city, and what may be two cities isn't one.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.sources.table import CellProblem, read_table

PLACES = tc.Dataset(
    cities=[
        tc.City(id="tampere", name="Tampere", country_code="FI", sources=["register"]),
        tc.City(
            id="kyiv",
            name="Kyiv",
            alt_names=["Kiova"],
            country_code="UA",
            populations=[tc.Population(value=2_900_000)],
            coordinates=tc.Coordinates(latitude=50.45, longitude=30.52),
        ),
        tc.City(id="odessa", name="Odessa", country_code="US", populations=[tc.Population(value=114_000)]),
        tc.City(
            id="odesa",
            name="Odesa",
            alt_names=["Odessa"],
            country_code="UA",
            populations=[tc.Population(value=1_000_000)],
        ),
        tc.City(id="halle", name="Halle (Saale)", country_code="DE"),
        tc.City(id="essen", name="Essen", names={"fi": "Esseni"}, country_code="DE", sources=["register"]),
        tc.City(id="essen-be", name="Essen", country_code="BE"),
    ],
    sources=[tc.Source(id="register", title="Register")],
)
NO_NAMES = [
    *("Yhteensä 17 kpl", "Total: 15", "Summa 14", "Insgesamt: 23", "TOTAL", "Guangzhou ja Foshan", "Lodz / Łódź"),
    *("Oslo og Bergen", "Lima y Cusco", "Porto e Braga", "Győr és Sopron", "Киев и Львов", "Łódź oraz Poznań", "n. n."),
    *("Pudong (Shanghai)", "Source: city of Kuopio", "Lähde: Kuntaliitto", "Roskilde terminated all its twinnings."),
    *("Opole[1]", "*Pskov (suspended)", "Vorarlberg (maakunta)", "Gera¹", "Gera*", "1. Akron", "12", "?", "-", "n/a"),
    *(
        "ei tiedossa",
        "Syracuse, NY",
        "Ystävyyskaupungit",
        "Opole\u200b",
        "\u200b",
        "\u00ad",
        "Bergen; Oslo",
        "a@b.example",
    ),
    *("Stand: 6/2022", "Huom! katso liite", "https://example.org", "#N/A", "=A1", "Vasa stads vänorter är:"),
    *(
        "Partnerstädte gesamt",
        "Kaikki kumppanit yhteensä",
        "ei ystävyyskuntia",
        "inga vänorter",
        "keine",
        "no partners yet",
    ),
    "https://example.org/opole",
    *("terminated by council decision", "Sopimus päättyi vuonna", "katso erillinen lista"),
    *("Opole Puola", "Akron USA", "Opole PL", "Gera u. Jena", "Pskov eli Pihkova", "entinen Pihkova", "f.d. Leningrad"),
    *(
        "Gera ym.",
        "Gera m.fl.",
        "jne.",
        "'Opole'",
        "Shanghai 上海",
        "Opοle",
        "www.opole.pl",
        "opole.pl",
        "null",
        "None",
    ),
    *(
        "Eurooppa",
        "Asien",
        "North America",
        "Pohjoismaat",
        "Muut maat",
        "Yht. 5",
        "Huom",
        "Lähde kaupunginhallitus",
        "ei",
    ),
    "Partnerstädte der Stadt Gera",
]


@pytest.mark.parametrize("text", NO_NAMES)
@pytest.mark.parametrize("places", [None, PLACES], ids=["made", "looked up"])
def test_what_is_no_name_is_no_city(text: str, places: tc.Dataset | None) -> None:
    """A total, a note, two names, a mark: the row is reported with the cell's own text, and no city is made of it."""
    reading = read_table([{"Partner": text, "Status": "active"}], city="Tampere", places=places)
    (problem,) = reading.unresolved
    assert (problem.line, problem.column, problem.text) == (2, "Partner", text)
    assert reading.dataset.partnerships == {}
    assert {city.name for city in reading.dataset.cities.values()} <= {"Tampere"}
    kept = read_table([{"Partner": text}], city="Tampere", places=places, choices={text: None})
    if text.strip("\u200b\u00ad"):
        (tie,) = kept.checked().partners("Tampere")
        assert tie.partner.name == text.strip("\u200b")
    left_out = read_table([{"Partner": text}], city="Tampere", places=places, choices={text: "skip"}).checked()
    assert left_out.partnerships == {}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "St. Gallen",
            "Washington D.C.",
            "Castrop-Rauxel",
            "L’Aquila",
            "Nukuʻalofa",
            "東京",
            "Stoke on Trent",
            "Pääbyy",
        ),
        *(
            "Łódź",
            "Aïn Témouchent",
            "Notre-Dame-des-Landes",
            "Villa de Álvarez",
            "Total-les-Bains",
            "Sumy",
            "Page",
            "Page City",
            "Santiago de Chile",
            "San Salvador",
            "Port Sudan",
            "Rock Island",
            "Paolo VI",
            "Amerika Street",
            "LE MANS",
            "Ex-la-Chapelle",
            "Källa",
            "'s-Hertogenbosch",
            "Santa Mª del Camí",
        ),
        "می‌نام",
    ],
)
def test_names_are_names(name: str) -> None:
    """Full stops, hyphens, apostrophes, other scripts, and words that begin like those of notes."""
    (tie,) = read_table([{"Partner": name}], city="Tampere").checked().partners("Tampere")
    assert tie.partner.name == name


def test_a_town_may_be_called_like_a_part_of_the_world() -> None:
    """With its country, Norden is the German town."""
    rows = [{"Partner": "Norden", "Country": "Germany"}]
    assert read_table(rows, city="Tampere").checked().partners("Tampere").one().partner.name == "Norden"


def test_a_name_of_the_gazetteer_may_have_brackets() -> None:
    """A name as the gazetteer writes it is one, whatever it holds."""
    ds = read_table([{"Partner": "Halle (Saale)"}], city="Tampere", places=PLACES).checked()
    assert set(ds.cities) == {"tampere", "halle"}


def test_the_end_of_a_file_of_dos_is_no_row() -> None:
    """The Ctrl-Z that ends a file of DOS isn't a city."""
    assert set(read_table(io.StringIO("Partner\nOpole\n\x1a"), city="Kuopio").checked().cities) == {"kuopio", "opole"}


# -- one city or two -------------------------------------------------------------------------------


def test_ids_distinguish_cities_of_one_name() -> None:
    """Rows with different ids aren't one city, whatever the order; a row without an id may be either."""
    rows = [
        {"city": "Berlin", "partner": "Friedberg", "partner_wikidata_id": "Q1"},
        {"city": "Paris", "partner": "Friedberg", "partner_wikidata_id": "Q2"},
        {"city": "Rome", "partner": "Friedberg", "partner_wikidata_id": "http://www.wikidata.org/entity/Q1"},
    ]
    ds = read_table(rows).checked()
    assert {tie.partner.name for tie in ds.partners("friedberg")} == {"Berlin", "Rome"}
    assert {tie.partner.name for tie in ds.partners("friedberg-2")} == {"Paris"}
    bare = {"city": "Oslo", "partner": "Friedberg"}
    for order in ([bare, *rows], [rows[0], bare, rows[1]], [*rows, bare]):
        (problem,) = read_table(order).unresolved
        assert problem.text == "Friedberg"
        assert "is the name of 2 cities in the table" in problem.message


def test_points_distinguish_cities_of_one_name() -> None:
    """Points more than 50 km apart aren't those of one city."""
    rows = [
        {"city": "Berlin", "partner": "Halle", "latitude": 51.48, "longitude": 11.97},
        {"city": "Paris", "partner": "Halle", "latitude": 52.06, "longitude": 8.36},
    ]
    ds = read_table(rows).checked()
    assert len(ds.cities) == 4
    assert len(ds.partners("halle")) == len(ds.partners("halle-2")) == 1


@pytest.mark.parametrize("column", ["partner_id", "wikidata_id"])
@pytest.mark.parametrize("start", ["http://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/"])
def test_addresses_are_ids(column: str, start: str) -> None:
    """An address of Wikidata is an id, in a column of ids as in its own."""
    ds = read_table([{"partner": "Los Angeles", column: f"{start}Q65"}], city="Nagoya").checked()
    assert ds.cities["los-angeles"].wikidata_id == "Q65"
    only = read_table([{"partner_id": f"{start}Q65"}], city="Nagoya").checked()
    assert [city.wikidata_id for city in only.cities.values()] == [None, "Q65"]


# -- looked up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message", "candidates"),
    [
        ({"Partner": "Kiova"}, "'Kiova' is only another name of Kyiv", ["kyiv"]),
        ({"Partner": "Odessa"}, "'Odessa' may also be Odesa, which is larger", ["odessa", "odesa"]),
        ({"Partner": "Essen"}, "is the name of 2 cities; give its country or id", ["essen", "essen-be"]),
        ({"Partner": "Essen, Saksa", "Maa": "Ruotsi"}, "got several, or a name and more", []),
        ({"Partner": "Kyiv", "lat": 10, "lon": 10}, "no city called 'Kyiv' within 50 km", []),
        ({"Partner": "Tampre", "Maa": "FI"}, "unknown city 'Tampre' in FI", ["tampere"]),
    ],
)
def test_what_may_be_another_is_reported(row: dict[str, Any], message: str, candidates: list[str]) -> None:
    """A name that isn't a city's own, or that a larger place bears too, comes back with the cities that may be meant."""
    (problem,) = read_table([row], city="Tampere", places=PLACES).unresolved
    assert message in problem.message
    assert [candidate.id for candidate in problem.candidates] == candidates


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ({"Partner": "Odessa", "Maa": "USA"}, "odessa"),
        ({"Partner": "Essen", "Maa": "Saksa"}, "essen"),
        ({"Partner": "Kiova", "lat": "50,4", "lon": "30,5"}, "kyiv"),
        ({"Partner": "KYIV"}, "kyiv"),
    ],
)
def test_what_can_be_only_one_is_read(row: dict[str, Any], id: str) -> None:
    """A country or a point decides."""
    assert id in read_table([row], city="Tampere", places=PLACES).checked().cities


def test_typed_names_stay() -> None:
    """The name that the office typed is shown in its language; what stood there is another name."""
    rows = [{"Partner": "Kiova"}, {"Partner": "Essen", "Maa": "Saksa"}]
    ds = read_table(rows, city="Tampere", places=PLACES, choices={"Kiova": "kyiv"}, lang="fi").checked()
    assert (ds.cities["kyiv"].label("fi"), ds.cities["kyiv"].name) == ("Kiova", "Kyiv")
    assert (ds.cities["essen"].label("fi"), ds.cities["essen"].alt_names) == ("Essen", ("Esseni",))
    plain = read_table(rows, city="Tampere", places=PLACES, choices={"Kiova": "kyiv"}).checked()
    assert plain.cities["kyiv"] == PLACES.cities["kyiv"]
    made = read_table(rows, city="Tampere", lang="fi").checked()
    assert made.cities["kiova"].names == {"fi": "Kiova"}


def test_the_table_is_the_source() -> None:
    """After a look-up lint finds no missing sources of ties, nor of cities that only the table has."""
    rows = [{"Partner": "Essen", "Maa": "Saksa"}, {"Partner": "Vorarlberg", "Maa": "Itävalta"}]
    ds = read_table(rows, city="Tampere", places=PLACES, choices={"Vorarlberg": None}, as_of="2026-11").checked()
    assert {tie.sources for tie in ds.partnerships.values()} == {("table",)}
    assert ds.cities["vorarlberg"].sources == ("table",)
    assert ds.cities["essen"].sources == ("register",)
    assert str(ds.as_of) == "2026-11"
    missing = [finding for finding in ds.lint() if finding.code == "missing-sources"]
    assert missing == []


# -- cells -----------------------------------------------------------------------------------------


def workbook(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    """A workbook; a cell that is a pair is a value with its number format."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = page.cell(line, column, value[0] if isinstance(value, tuple) else value)
                if isinstance(value, tuple):
                    cell.number_format = value[1]
    book.save(path)
    return path


DAY = datetime(1980, 5, 1, 14, 30)  # noqa: DTZ001  # as workbooks have them


@pytest.mark.parametrize(
    ("form", "edtf"),
    [
        ("mmm-yy", "1980-05"),
        ("[$-40B]mmmm yyyy", "1980-05"),
        ('yyyy" m."', "1980"),
        ("yyyy", "1980"),
        ("dd.mm.yyyy", "1980-05-01"),
        ("d. mmmm yyyy;@", "1980-05-01"),
        ("yyyy\\-mm\\-dd", "1980-05-01"),
    ],
)
def test_a_cell_is_as_precise_as_it_shows(form: str, edtf: str, tmp_path: Path) -> None:
    """A date of a workbook is read as the cell's format shows it: a month where no day is shown."""
    path = workbook(tmp_path / "a.xlsx", ("x", [["Partner", "Since"], ["Opole", (DAY, form)]]))
    (tie,) = read_table(path, city="Kuopio").checked().partnerships.values()
    assert str(tie.since) == edtf


@pytest.mark.parametrize(("form", "text"), [("d.m.", "1.5."), ("mmmm", "May")])
def test_a_year_that_nobody_sees_is_not_read(form: str, text: str, tmp_path: Path) -> None:
    """A format without a year shows no date: the cell is reported as it looks."""
    path = workbook(tmp_path / "a.xlsx", ("x", [["Partner", "Since"], ["Opole", (DAY, form)]]))
    (problem,) = read_table(path, city="Kuopio").problems
    assert problem.text == text


def test_the_sheet_with_headings_is_found(tmp_path: Path) -> None:
    """An empty second sheet and a sheet of notes are passed over, titles too; two lists are refused."""
    rows = [["Vänorter 2026"], [], ["Vänort", "Sedan"], ["Opole", 1980]]
    notes = ["Notes", [["call back"], ["x", "y"]]]
    path = workbook(tmp_path / "a.xlsx", ("Blad1", rows), ("Blad2", []), tuple(notes))  # type: ignore[arg-type]
    reading = read_table(path, city="Kuopio")
    assert str(reading.checked().partnership("Kuopio", "Opole").since) == "1980"
    assert reading.remarks == ("line 1 stands above the headings: 'Vänorter 2026'",)
    two = workbook(tmp_path / "b.xlsx", ("a", rows), ("b", rows))
    with pytest.raises(tc.QueryError, match="expected sheet= as one of 'a', 'b': several have headings of partners"):
        read_table(two, city="Kuopio")
    assert len(read_table(two, city="Kuopio", sheet="b").checked().cities) == 2


def test_numbers_and_dates_of_other_packages() -> None:
    """Decimals, dates of numpy and periods of pandas are read where they can mean one date, as precise as they are."""
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    cells = {
        Decimal(1980): "1980",
        Decimal("1980.0"): "1980",
        numpy.datetime64("1980-05"): "1980-05",
        numpy.datetime64("1980-05-12T00:00:00.000000000"): "1980-05-12",
        numpy.datetime64("NaT", "D"): "None",
        pandas.Period("1980-05", "M"): "1980-05",
        pandas.Period("1980", "Y"): "1980",
        pandas.NaT: "None",
        date(1980, 5, 12): "1980-05-12",
    }
    for cell, edtf in cells.items():
        (tie,) = read_table([{"Partner": "Opole", "Since": cell}], city="Kuopio").checked().partnerships.values()
        assert str(tie.since) == edtf
    reading = read_table([{"Partner": "Opole", "Since": Decimal("1980.1")}], city="Kuopio")
    assert reading.problems[0].text == "1980.1"


def test_words_and_unknowns_of_the_list() -> None:
    """The user says what the list's words mean, and what stands for not known; the rest of the cell's row is read."""
    rows = [{"Partner": "Opole", "Status": "kunnossa", "Since": "XX", "Areas": "kulttuuri, laulu", "Maa": "Polska"}]
    words = {"kunnossa": "active", "laulu": "music", "Polska": "PL"}
    reading = read_table(rows, city="Kuopio", words=words, unknown="xx")
    (tie,) = reading.checked().partners("Kuopio")
    assert (tie.status, tie.since, tie.partner.country_code) == ("active", None, "PL")
    assert [area.id for area in tie.areas] == ["culture", "music"]


def test_alike_cells_are_reported_together() -> None:
    """Many rows with one slip are one line of a report, with the lines and the text."""
    rows = [{"Partner": f"Kaupunki{'a' * n}", "Status": "hmm"} for n in range(1, 10)]
    (problem,) = read_table(rows, city="Kuopio").grouped()
    assert problem.path == "lines 2, 3, 4, 5, 6, 7 and 3 more, Status"
    assert "got 'hmm'" in problem.message


def test_the_text_of_a_problem_is_the_cell() -> None:
    """Contradictions too show what the cell holds."""
    rows = [
        {"partner_id": "b", "partner": "Halle", "population": "ca 5", "lat": "1,5", "lon": "2"},
        {"partner_id": "b", "partner": "Halle", "population": "9", "lat": "1,6", "lon": "2"},
    ]
    problems = read_table(rows, city="Kuopio").problems
    assert [(problem.column, problem.text) for problem in problems] == [("population", "9"), ("lat", "1,6")]


def test_headings_again_end_the_table() -> None:
    """The same headings again are passed over; other ones further down are reported, and the rows below aren't read."""
    text = "Vänort;Land\nOpole;Polen\nVänort;Land\nGera;Tyskland\nSamarbetsort;Sedan\nBergen;1980\n"
    reading = read_table(io.StringIO(text), city="Kuopio")
    assert {city.name for city in reading.dataset.cities.values()} == {"kuopio", "Kuopio", "Opole", "Gera"} - {"kuopio"}
    assert reading.remarks == ("line 3 has the headings once more",)
    assert [(problem.line, problem.text) for problem in reading.unresolved] == [(5, "Samarbetsort, Sedan")]


def test_headings_in_two_languages_and_lines_of_dashes() -> None:
    """ "Maa / Land" is a country, a line break in a heading is none, and a row of dashes is no row."""
    text = "| Ystävyys-\nkaupunki / Vänort | Maa / Land | Alkaen (vuosi): |\n|---|---|---|\n| Opole | Puola/Polen | 1980 |\n"
    rows = [[cell.strip() for cell in row.split("|")] for row in text.replace("-\n", "-").splitlines()]
    out = "\n".join(";".join(row) for row in rows)
    (tie,) = read_table(io.StringIO(out), city="Kuopio").checked().partnerships.values()
    assert str(tie.since) == "1980"
    assert read_table(io.StringIO(out), city="Kuopio").unread == ()


def test_long_reading_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first second `report` is called with the rows that were read."""
    import time

    clock = iter(range(10_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    reports: list[str] = []
    read_table([{"Partner": "Opole"}, {"Partner": "Gera"}, {"Partner": "Suhl"}], city="Kuopio", report=reports.append)
    assert reports
    assert reports[-1].endswith("of 3 rows read")


def test_choices_of_a_file_that_is_none(tmp_path: Path) -> None:
    """A file without the columns of choices is refused, and never written over."""
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(tc.QueryError, match="with the headings column, text and choice"):
        read_table([{"Partner": "Opole"}], city="Kuopio", choices=path)
    with pytest.raises(tc.QueryError, match="with the headings column, text and choice"):
        read_table([{"Partner": "?"}], city="Kuopio").write_choices(path)
    assert path.read_text() == "a;b\n1;2\n"


def test_choices_are_read_as_spreadsheets_save_them(tmp_path: Path) -> None:
    """A spreadsheet may save the table in the encoding of its country; a text that it can't hold stays open."""
    path = tmp_path / "x.csv"
    rows = [{"Partner": "Pärnu (Eesti)"}, {"Partner": "Łódź (Polska)"}]
    read_table(rows, city="Kuopio").write_choices(path)
    text = path.read_text(encoding="utf-8-sig").replace(";;;2;", ";;keep;2;").replace(";;;3;", ";;keep;3;")
    path.write_bytes(text.encode("cp1252", errors="replace"))
    reading = read_table(rows, city="Kuopio", choices=path)
    assert [problem.text for problem in reading.unresolved] == ["Łódź (Polska)"]


any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="'"), max_size=12)


@settings(max_examples=60)
@example([{"Partner": "\ufdd0", "Since": "", "Status": ""}])
@given(st.lists(st.fixed_dictionaries({"Partner": any_text, "Since": any_text, "Status": any_text}), max_size=4))
def test_every_open_cell_can_be_decided(rows: list[dict[str, str]]) -> None:
    """Whatever is open is written as a choice, and skipping it all leaves nothing open."""
    from tempfile import TemporaryDirectory

    reading = read_table(rows or [{"Partner": ""}], city="Kuopio")
    problems: list[CellProblem] = [*reading.unresolved, *reading.problems]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "choices.csv"
        reading.write_choices(path)
        lines = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
        import csv

        filled = [{**row, "choice": "skip"} for row in csv.DictReader(lines, delimiter=";")]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, ["column", "text", "country", "choice"], delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(filled)
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        again = read_table(rows or [{"Partner": ""}], city="Kuopio", choices=path)
    left = {problem.text for problem in (*again.unresolved, *again.problems)}
    assert left <= {problem.text for problem in problems if not problem.text or problem.text.strip() == "Kuopio"}


@pytest.mark.parametrize("date", ["1985-13", "11.6.1982", 0, 1.5])
def test_a_wrong_date_of_a_table_is_reported_with_its_argument(date: Any) -> None:
    """The date of the table is an argument, not a part of the table."""
    with pytest.raises(tc.InvalidDateError, match=r"^as_of=: expected "):
        read_table([{"Partner": "Opole"}], city="Kuopio", as_of=date)
