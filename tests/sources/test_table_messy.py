"""
Messy spreadsheets: each cell is read right, or reported with its line; nothing is invented, nothing is dropped in silence.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import twincities as tc
from twincities.sources.table import TableReading, read_table


def since(reading: TableReading) -> dict[str, str]:
    """The start of each tie of Kuopio, by partner."""
    return {tie.partner.name: str(tie.since) for tie in reading.dataset.partners("Kuopio")}


def opened(reading: TableReading) -> list[tuple[int, str, str]]:
    """Line, column and text of what is open."""
    found = [*reading.unresolved, *reading.problems]
    return sorted((problem.line, problem.column, problem.text) for problem in found)


def read(text: str, city: str | None = "Kuopio") -> TableReading:
    """The reading of a CSV text."""
    return read_table(io.StringIO(text), city=city)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("onsdag 12 maj 1954", "1954-05-12"),
        ("Mittwoch, den 12. Mai 1965", "1965-05-12"),
        ("Saturday 4 July 1987", "1987-07-04"),
        ("keskiviikkona 12. toukokuuta 1954", "1954-05-12"),
        ("mercredi 12 mai 1954", "1954-05-12"),
        ("Sunday 4 July 1987", None),  # it was a Saturday
        ("Monday 1987", None),
        ("since 1950s", "195X"),
        ("1960.0", "1960"),
        ("1986-88", None),
        ("12.5.66", None),
        ("1949¹", None),
        ("1972*", None),
        ("1970 (renewed 1990)", None),
        ("#N/A", "None"),
        ("1985.10", "1985-10"),
        ("1985.1", None),  # 1985.10 as a number
    ],
)
def test_dates_as_they_are_typed(typed: str, edtf: str | None) -> None:
    """A day of the week has to be that of the date; marks of footnotes, spans and short years are reported."""
    reading = read_table([{"Partner": "Opole", "Since": typed}], city="Kuopio")
    assert since(reading) == {"Opole": edtf or "None"}
    assert opened(reading) == ([] if edtf else [(2, "Since", typed)])


@pytest.mark.parametrize("typed", ["2022-", "2022–", "since 2022", "vuodesta 2022 alkaen", "seit 2022", "signed 2022"])
def test_a_start_is_no_end(typed: str) -> None:
    """What says when a tie began isn't read as its end."""
    reading = read_table([{"Partner": "Opole", "Until": typed}], city="Kuopio")
    assert opened(reading) == [(2, "Until", typed)]
    assert reading.dataset.partnerships["kuopio", "opole"].until is None


@pytest.mark.parametrize(
    ("column", "typed"), [("Status", "active?"), ("Kind", "vänort*"), ("Maa", "Puola?"), ("Areas", "culture; sport*")]
)
def test_doubts_and_footnotes_of_words(column: str, typed: str) -> None:
    """A word with a question mark or the mark of a footnote says less than the word: it is reported."""
    reading = read_table([{"Partner": "Opole", column: typed}], city="Kuopio")
    assert opened(reading) == [(2, column, typed)]


def test_ditto_marks() -> None:
    """A ditto mark is the cell above, but for a name: two rows don't name one partner."""
    text = 'Partner;Country;Since\nOpole;Poland;1980\nŁódź;〃;dito\nGera;Germany;-"-\n〃;Germany;1972\nDitto;do.;1960\n'
    reading = read(text)
    assert since(reading) == {"Opole": "1980", "Łódź": "1980", "Gera": "1980"}
    assert reading.dataset.city("Łódź").country_code == "PL"
    assert opened(reading) == [(5, "Partner", "〃"), (6, "Partner", "Ditto")]
    hub = read("City;Twin\nKuopio;Opole\n〃;Gera\n", None).checked()
    assert len(hub.partners("Kuopio")) == 2
    assert opened(read("Partner;Since\nOpole;〃\n")) == [(2, "Since", "〃")]


def test_blank_cells_below_a_country() -> None:
    """A country isn't carried down, which is said; a city that is left blank is reported."""
    reading = read("Land;Partner\nSaksa;Gera\n;Essen\nPuola;Opole\n;Łódź (Puola)\n")
    assert [city.country_code for city in reading.dataset.cities.values() if city.name == "Essen"] == [None]
    assert reading.remarks == ("line 3: no Land; a blank cell isn't filled from the row above",)
    (problem,) = read("City,Twin\nTampere,Essen\n,Kyiv\n", None).unresolved
    assert (problem.line, "isn't filled from the row above" in problem.message) == (3, True)


def test_numbered_names() -> None:
    """Names numbered from 1 without a gap are a numbered list; other numbers are part of what stands there."""
    assert since(read("Partner;Since\n1. Opole;1980\n2. Gera;1972\n3) Suhl;\n")) == {
        "Opole": "1980",
        "Gera": "1972",
        "Suhl": "None",
    }
    assert opened(read("Partner;Since\n10. Bezirk;1980\n2. Bezirk;1972\n")) == [
        (2, "Partner", "10. Bezirk"),
        (3, "Partner", "2. Bezirk"),
    ]


def test_two_lines_of_headings() -> None:
    """The line with more headings counts; words for cities and partners are never names."""
    reading = read("Partner;;Agreement;\nName;Country;Signed;Ends\nOpole;Poland;1980;2030\n")
    assert since(reading) == {"Opole": "1980"}
    assert str(reading.dataset.partnership("Kuopio", "Opole").until) == "2030"
    assert reading.remarks == ("line 1 stands above the headings: 'Partner  Agreement'",)
    reading = read("Partner;Land;Avtal\nNamn;;från\nMuut kumppanit;;\nOpole;Polen;x\n")
    assert since(reading) == {"Opole": "None"}
    assert [line for line, *_ in opened(reading)] == [2, 3]


def test_partners_across_columns() -> None:
    """Several columns of partners are refused, and the city is never taken for one."""
    with pytest.raises(tc.DatasetError, match="expected one column partner, got 'Partner 1' and 'Partner 2'"):
        read("City;Partner 1;Partner 2\nTampere;Essen;Kyiv\n", None)


@pytest.mark.parametrize(
    "name",
    [
        "<b>Opole</b>",
        "https://www.opole.pl",
        "Opole[1]",
        "Opole²",
        "🇵🇱 Opole",
        "Gera&nbsp;",
        "Stadt",
        "Opole\n(Oppeln)",
    ],
)
def test_what_is_beside_a_name_is_reported(name: str) -> None:
    """Markup, addresses, footnotes and flags are no part of a name."""
    reading = read_table([{"Partner": name}], city="Kuopio")
    assert opened(reading) == [(2, "Partner", name)]
    assert len(reading.dataset.partnerships) == 0


# -- workbooks -------------------------------------------------------------------------------------


def workbook(path: Path, rows: list[list[Any]]) -> Any:
    """A workbook with one sheet of rows, to be saved by who changes it."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Blad2")
    book.save(path)
    return book


def test_merged_cells(tmp_path: Path) -> None:
    """A cell merged over rows is that of each row; a title merged over columns stays one."""
    path = tmp_path / "a.xlsx"
    rows = [["Kumppanit"], ["Maa", "Kumppani", "Alkaen"], ["Saksa", "Essen", 1960], [None, "Chemnitz", 1961.0]]
    book = workbook(path, rows)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A3:A4")
    book.save(path)
    reading = read_table(path, city="Kuopio")
    assert since(reading) == {"Essen": "1960", "Chemnitz": "1961"}
    assert {city.country_code for city in reading.checked().cities.values()} == {None, "DE"}
    assert reading.remarks == ("line 1 stands above the headings: 'Kumppanit'",)


def test_hidden_rows_and_addresses_behind_cells(tmp_path: Path) -> None:
    """Hidden and struck-through cells, which are read, and links, comments and bare formulas, which aren't, are reported."""
    pytest.importorskip("openpyxl")
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    path = tmp_path / "a.xlsx"
    book = workbook(path, [["Partner", "Note"], ["Opole", "x"], ["Gera", None]])
    book.active["A2"].hyperlink = "https://www.opole.pl"
    book.active["B2"].comment = Comment("ended in 2022", "office")
    book.active["A3"].font = Font(strike=True)
    book.active["B3"] = "=1+1"
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.save(path)
    reading = read_table(path, city="Kuopio")
    assert set(since(reading)) == {"Opole", "Gera"}
    assert reading.unread == ("Note",)
    assert reading.remarks == (
        "line 3 is hidden in the workbook, but read",
        "links of cells aren't read: A2",
        "comments on cells aren't read: B2",
        "cells are struck through, but read: A3",
        "formulas without a value aren't read: B3",
    )


@pytest.mark.parametrize("computed", [("B2", "B3"), ("B2",), ()])
def test_formulas_are_read_by_their_values(computed: tuple[str, ...], tmp_path: Path) -> None:
    """The value that a program has computed is read; a formula without one is reported."""
    path = tmp_path / "a.xlsx"
    workbook(path, [["Partner", "Since"], ["Opole", "=1900+80"], ["Gera", "=1900+72"]]).save(path)
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for cell, year in (("B2", b"1980"), ("B3", b"1972")):
        if cell in computed:
            without = rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)' % cell.encode()
            part = "xl/worksheets/sheet1.xml"
            parts[part], replaced = re.subn(without, rb"\g<1><v>" + year + b"</v>", parts[part])
            assert replaced
    with ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    reading = read_table(path, city="Kuopio")
    years = {"Opole": "1980" if "B2" in computed else "None", "Gera": "1972" if "B3" in computed else "None"}
    assert since(reading) == years
    missing = [cell for cell in ("B2", "B3") if cell not in computed]
    assert reading.remarks == ((f"formulas without a value aren't read: {', '.join(missing)}",) if missing else ())


def test_a_workbook_is_read_alike_however_it_is_loaded(tmp_path: Path) -> None:
    """Merged cells elsewhere and a wrong extent in the file change nothing in dates, gaps and lines."""
    path = tmp_path / "a.xlsx"
    day = datetime(1980, 5, 4)  # noqa: DTZ001  # as workbooks have them
    book = workbook(path, [[], [None, "Partner", "Since"], [None, "Opole", day], [], [None, "Gera", day, "x"]])
    book.active["C3"].number_format = "mmm-yy"
    book.save(path)
    plain = read_table(path, city="Kuopio")
    assert since(plain) == {"Opole": "1980-05", "Gera": "1980-05-04"}
    assert plain.unread == ("",)
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    extent = re.compile(rb'<dimension ref="[^"]*"')
    with ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, extent.sub(b'<dimension ref="A1"', content))
    assert read_table(path, city="Kuopio") == plain
    book.active.merge_cells("Y9:Z9")
    book.save(path)
    assert read_table(path, city="Kuopio") == plain


def test_cells_of_the_wrong_type(tmp_path: Path) -> None:
    """A cell of a type that its column can't have is reported once, as it is."""
    path = tmp_path / "a.xlsx"
    day = datetime(2020, 1, 1)  # noqa: DTZ001  # as workbooks have them
    workbook(path, [["Partner", "Since", "Ends"], [day, 1980, None], ["Opole", True, False], [1234, 29221, None]])
    reading = read_table(path, city="Kuopio")
    assert [(line, column) for line, column, _ in opened(reading)] == [
        (2, "Partner"),
        (3, "Ends"),
        (3, "Since"),
        (4, "Partner"),
        (4, "Since"),
    ]
    assert since(reading) == {"Opole": "None"}


def test_a_workbook_without_known_headings(tmp_path: Path) -> None:
    """The one sheet that isn't empty is meant, and its headings are named."""
    path = tmp_path / "a.xlsx"
    workbook(path, [["Miasto", "Kraj"], ["Wilno", "Litwa"]])
    with pytest.raises(tc.DatasetError, match="expected column partner, got 'Miasto', 'Kraj'"):
        read_table(path, city="Kuopio")
    assert set(read_table(path, {"partner": "Miasto", "country": None}, city="Kuopio").checked().cities) == {
        "kuopio",
        "wilno",
    }


@pytest.mark.parametrize("column", ["city_id", "city_wikidata_id", "city_geonames_id"])
def test_a_blank_id_of_a_city(column: str) -> None:
    """A row whose city is named by an id only, and whose cell is blank, is reported under that id's heading."""
    reading = read_table([{column: None, "partner": "Opole"}, {column: "Q1757", "partner": "Gera"}])
    assert (2, column, "") in opened(reading)
