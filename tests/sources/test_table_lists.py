"""
Lists of other people: of each kind of mess a sample, which is read in its single meaning or reported in plain words.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import twincities as tc
from twincities.sources.table import TableReading, read_table


def read(text: str | bytes, city: str | None = "Kuopio") -> TableReading:
    """The reading of the content of a file."""
    return read_table(io.BytesIO(text.encode() if isinstance(text, str) else text), city=city)


def reports(reading: TableReading) -> list[str]:
    """Every problem with its place."""
    return [str(problem) for problem in reading.grouped()]


def names(reading: TableReading) -> set[str]:
    """The names of the partners that were read."""
    return {tie.partner.name for tie in reading.dataset.partners("Kuopio")}


DECADE = "expected a decade with its century, such as 198X"
PART = "expected a year or a decade, such as 197X, not a part of it"
SEASON = "expected a year or a month, such as 1969 or 1969-04, not a season"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        *((text, DECADE) for text in ("80-luku", "80-luvulla", "80-talet", "the 80s", "'80s", "80er Jahre")),
        *((text, DECADE) for text in ("années 80", "dans les années 80")),
        *((text, PART) for text in ("1970-luvun alku", "1970-luvun lopulla", "alkuvuosi 1970", "early 1970s")),
        *((text, PART) for text in ("mid-1970s", "början av 1970-talet", "Ende der 1970er Jahre", "fin des années 70")),
        *((text, SEASON) for text in ("kevät 1969", "syksyllä 1969", "1969 talvi", "hösten 1969", "spring 1969")),
        *((text, SEASON) for text in ("Frühjahr 1969", "été 1969", "summer of 1969")),
        *((text, "expected a year of four digits") for text in ("'85", "85")),
    ],
)
def test_what_isnt_one_date(typed: str, message: str) -> None:
    """Decades without a century, parts of decades, seasons and short years are reported as what they are."""
    reading = read(f"Partner;Since\nOpole;{typed}\n")
    assert len(reading.problems) == 1
    assert reports(reading)[0].startswith(f"line 2, Since: {message}, got ")
    assert reading.dataset.partnership("Kuopio", "Opole").since is None


@pytest.mark.parametrize(
    "typed", ["1980-luvulla", "80-luku", "kesäkuu 1969", "n. 1970", "ca 1970", "1970?", "alkaen 1970"]
)
def test_what_is_one_date_stays_one(typed: str) -> None:
    """Whole decades, months that begin like a season, and doubtful years have an EDTF text."""
    edtf = {"1980-luvulla": "198X", "kesäkuu 1969": "1969-06", "n. 1970": "1970~", "ca 1970": "1970~", "1970?": "1970?"}
    since = read(f"Partner;Since\nOpole;{typed}\n").dataset.partnership("Kuopio", "Opole").since
    assert str(since) == {**edtf, "80-luku": "None", "alkaen 1970": "1970"}[typed]


@pytest.mark.parametrize(
    ("typed", "day"), [("29221", "1980-01-01"), ("43831", "2020-01-01"), ("29221,5", "1980-01-01")]
)
def test_the_number_of_a_day_is_reported_with_its_date(typed: str, day: str) -> None:
    """A workbook saved as CSV may have numbers in place of dates: the report says which day it would be."""
    message = f"expected a date, got '{typed}', which is {day} if a workbook counted its days"
    assert reports(read(f"Partner;Since\nOpole;{typed}\n")) == [f"line 2, Since: {message}"]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("Opole (1980), Gera (1975)", "expected one name, got several, or a name and more"),
        ("Opole 1980; Gera 1975", "expected one name, got several, or a name and more"),
        ("Opole (keskeytetty)", "expected only a name, got brackets"),
        ("Gera - päättynyt", "expected one name, got several, or a name and more"),
        ("<b>Opole</b>", "expected only a name, got brackets"),
        ("GieÃŸen", "expected a name, got 'GieÃŸen', which is 'Gießen' in a wrong encoding"),
        ("Ã–rebro", "expected a name, got 'Ã–rebro', which is 'Örebro' in a wrong encoding"),
        ("* keskeytetty", "expected the name of a city, got a heading"),
    ],
)
def test_a_name_and_more_is_reported_as_such(cell: str, message: str) -> None:
    """Several names, a state beside a name, letters of a wrong encoding and footnotes are no partners."""
    reading = read(f'Partner;Since\n"{cell}";1980\nOpole;1980\n')
    assert names(reading) == {"Opole"}
    assert message in reports(reading)[0]
    assert reading.dataset.partnership("Kuopio", "Opole").status is None


def test_marks_of_lists_and_hard_spaces_are_no_part_of_a_name() -> None:
    """A dash or a dot before a name is that of a list; a hard space in it is a space."""
    reading = read("Partner;Since\n- Opole;1980\n• Gera;1975\n– Castrop\u00a0Rauxel;1965\n")
    assert names(reading) == {"Opole", "Gera", "Castrop Rauxel"}
    assert reports(reading) == []


@pytest.mark.parametrize("word", ["Keskiarvo", "Yhteensä: 1 kpl", "Summa", "Medelvärde", "Durchschnitt", "Average"])
def test_rows_of_sums_and_means_are_no_partners(word: str) -> None:
    """The last row of a workbook may sum up a column."""
    reading = read(f"Partner;Population\nOpole;120000\n{word};120000\n")
    assert names(reading) == {"Opole"}
    assert [problem.line for problem in reading.unresolved] == [3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html><body><table><tr><td>Partner</td></tr></table>", "a web page or XML: save it as .xlsx"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><table>", "a web page or XML: save it as .xlsx"),
        (b"<?xml version='1.0'?><Workbook></Workbook>", "a web page or XML: save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook: save it as .xlsx"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "an OpenDocument file",
        ),
        (b"%PDF-1.4\n", "a text document: copy its table into a workbook"),
        (rb"{\rtf1\ansi Opole}", "a text document: copy its table into a workbook"),
    ],
    ids=["html", "html with a mark", "xml", "xls", "ods", "pdf", "rtf"],
)
def test_other_files_are_named(content: bytes, message: str) -> None:
    """A file of another form, whatever its name ends in, is refused with what it is and what to do."""
    with pytest.raises(tc.DatasetError, match=f"expected CSV or an .xlsx workbook, got {message}"):
        read(content)


@pytest.mark.parametrize(
    ("headings", "advice"),
    [
        ("Kumppani 1;Kumppani 2", "put each partner into a row of its own, or give columns="),
        ("Partner;Since;;Partner;Since", "put each partner into a row of its own"),
        ("Partner;Country;Country", "rename one"),
        ("Partner;Since;Alkaen", "give columns="),
    ],
)
def test_two_columns_of_one_thing(headings: str, advice: str) -> None:
    """The error says what helps: a row for each partner, another name, or `columns=`."""
    with pytest.raises(tc.DatasetError, match=f"line 1: expected one column .*: {advice}$"):
        read(f"{headings}\nOpole;Gera\n")


def test_a_table_on_its_side() -> None:
    """A column for each partner, with the headings below each other, is refused as what it is."""
    with pytest.raises(tc.DatasetError, match="expected a row for each pair of cities, got 'Maa' below 'Kumppani'"):
        read("Kumppani;Opole;Gera\nMaa;Puola;Saksa\nAlkaen;1980;1975\n")
    reading = read("Kumppani;Huomautus\nSedan;x\n")  # a French city, and Swedish for since
    assert names(reading) == {"Sedan"}


@pytest.mark.parametrize(
    "text",
    [
        "Ystävyyskaupungin nimi;Maan nimi;Sopimuksen solmimisvuosi;Sopimuksen tila;Yhteistyön muodot",
        "Kunnan nimi;Sijaintimaa;Aloitettu vuonna;Suhteen tila;Yhteistyön teemat",
        "Vänortens namn;Vänortens land;Avtal sedan;Avtalets status;Samarbetets innehåll",
    ],
)
def test_headings_of_several_words(text: str) -> None:
    """Finnish and Swedish headings in the genitive are known."""
    reading = read(f"{text}\nOpole;Puola;1980;voimassa;kulttuuri\n")
    assert (reports(reading), reading.unread) == ([], ())
    tie = reading.dataset.partnership("Kuopio", "Opole")
    assert (str(tie.since), tie.status, tie.activities[0].areas) == ("1980", "active", ("culture",))
    assert reading.dataset.cities["opole"].country_code == "PL"


def test_sources_in_a_cell() -> None:
    """Addresses apart by a space are two sources; a word for not known is none."""
    reading = read("Partner;Source\nOpole;https://a.fi https://b.fi\nGera;ei tiedossa\n")
    assert {source.url for source in reading.dataset.sources.values()} == {"https://a.fi", "https://b.fi"}
    assert reading.dataset.partnership("Kuopio", "Gera").sources == ()


@pytest.mark.parametrize(
    "cells", [("1. Foo", "2. Bar"), ("- Foo", "- Bar"), ("Foo\u00a0Foo", "Bar  Bar"), ("Foo, USA", "Bar, USA")]
)
def test_marked_names_can_be_decided(cells: tuple[str, str], tmp_path: Path) -> None:
    """A choice for a cell with a number, a mark or a country is found again."""
    path = tmp_path / "choices.csv"
    rows = [{"Partner": cell} for cell in cells]
    assert read_table(rows, city="Kuopio", places=tc.load()).write_choices(path) == 2
    path.write_text(path.read_text("utf-8-sig").replace(";;2;", ";keep;2;").replace(";;3;", ";skip;3;"), "utf-8")
    again = read_table(rows, city="Kuopio", places=tc.load(), choices=path)
    assert (reports(again), len(again.dataset.partnerships)) == ([], 1)
    assert "line 3 is left out by choice" in again.remarks
