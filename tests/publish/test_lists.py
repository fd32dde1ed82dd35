"""
Lists for readers, as rows, CSV, a workbook and a page.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from page_reader import PageReader

import twincities as tc
from twincities.display.ties import TIE_VALUES
from twincities.publish import LIST_COLUMNS, list_html, list_rows

KUOPIO = tc.load()
TIES = KUOPIO.partners("Kuopio", direct=True)


def by_name(rows: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The rows by first cell."""
    return {row[0]: row for row in rows}


def test_everything_is_in_one_language() -> None:
    """Headings, kinds, dates, statuses, countries and areas are in the language asked for; unknown values are empty."""
    headings, rows = list_rows(TIES, lang="fi")
    assert headings == ("Kumppani", "Maa", "Tyyppi", "Alku", "Tila", "Alat")
    found = by_name(rows)
    assert found["Svendborg"][1:5] == ("Tanska", "ystävyyskuntasuhde", "1940-luku", "aktiivinen")
    assert found["Winnipeg"][3:5] == ("11. kesäkuuta 1982", "hiljainen")
    assert found["Aluksne"][3] == ""
    assert len(rows) == len(TIES)


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_every_column_has_a_heading(lang: str) -> None:
    """Any columns can be chosen in any order, as a sequence or as one text."""
    names = list(reversed(TIE_VALUES))
    headings, rows = list_rows(TIES, lang=lang, columns=names)
    assert list_rows(TIES, lang=lang, columns=", ".join(names)) == (headings, rows)
    assert len(set(headings)) == len(names)
    assert all(heading[:1].isupper() or heading[:1] == "A" for heading in headings)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["partnr"], "got 'partnr'; did you mean 'partner'"),
        ("", "expected columns="),
        ((), "one name or several"),
        ("partner,partner", "each once"),
    ],
)
def test_columns_are_checked(columns: Any, message: str, tmp_path: Path) -> None:
    """An unknown column, no column or a repeated one is an error, and no file is written."""
    for style in ("list", "data"):
        with pytest.raises(tc.QueryError, match="expected columns="):
            TIES.to_csv(tmp_path / "x.csv", columns=columns, style=style)
    with pytest.raises(tc.QueryError, match=message):
        list_rows(TIES, columns=columns)
    assert list(tmp_path.iterdir()) == []


def test_the_style_is_checked() -> None:
    """There are two styles."""
    with pytest.raises(tc.QueryError, match="expected style= as 'data' or 'list', got 'people'"):
        TIES.to_csv(style="people")


def test_a_list_as_csv(tmp_path: Path) -> None:
    """The default delimiter is a comma in English and a semicolon in Finnish and Swedish."""
    TIES.to_csv(tmp_path / "list.csv", style="list", lang="sv")
    text = (tmp_path / "list.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfPartner;Land;Typ;Sedan;Status;")
    for lang, delimiter in {"en": ",", "fi": ";"}.items():
        rows = list(csv.reader(io.StringIO(TIES.to_csv(style="list", lang=lang)), delimiter=delimiter))
        assert (tuple(rows[0]), [tuple(row) for row in rows[1:]]) == list_rows(TIES, lang=lang)
    assert TIES.to_csv(style="list", lang="fi", delimiter="\t").startswith("Kumppani\tMaa\t")


def test_rows_for_programs_have_columns_too(tmp_path: Path) -> None:
    """The style for programs has its own headings and EDTF dates, and can be limited to some columns."""
    assert TIES.to_csv(columns="partner_id,since").splitlines()[0] == "partner_id,since"
    assert "svendborg,194X" in TIES.to_csv(columns=["partner_id", "since"]).splitlines()
    assert TIES.to_csv() == TIES.to_csv(style="data", columns=list(TIES.to_dicts()[0]))
    pytest.importorskip("pandas")
    openpyxl = pytest.importorskip("openpyxl")
    TIES.to_excel(tmp_path / "x.xlsx", columns=["partner", "since"])
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["partner", "since"]


def sheet_of(path: Path) -> Any:
    """The only sheet of a workbook."""
    book = pytest.importorskip("openpyxl").load_workbook(path)
    assert len(book.sheetnames) == 1
    return book.active


def test_a_list_as_a_workbook(tmp_path: Path) -> None:
    """There are a title, an as-of date and bold headings that stay in view; days are dates, years numbers, and partly known values text."""
    pytest.importorskip("openpyxl")
    TIES.to_excel(tmp_path / "list.xlsx", style="list", lang="fi")
    sheet = sheet_of(tmp_path / "list.xlsx")
    assert (sheet["A1"].value, sheet["A2"].value) == ("Ystävyyskaupungit – Kuopio", "Tilanne: n. 2022")
    assert [cell.value for cell in sheet[4]] == ["Kumppani", "Maa", "Tyyppi", "Alku", "Tila", "Alat"]
    assert all(cell.font.bold for cell in sheet[4])
    assert sheet.freeze_panes == "A5"
    since = {row[0].value: row[3] for row in sheet.iter_rows(min_row=5)}
    assert since["Winnipeg"].value == dt.datetime(1982, 6, 11)  # noqa: DTZ001  # a day has no zone
    assert since["Winnipeg"].number_format == "d.m.yyyy"
    assert (since["Opole"].value, since["Svendborg"].value, since["Aluksne"].value) == (1980, "1940-luku", None)
    assert sheet.column_dimensions["B"].width == len("Yhdysvallat") + 2
    assert sheet.column_dimensions["F"].width == 62


def test_a_workbook_of_any_ties(tmp_path: Path) -> None:
    """No ties, ties of several cities, a title, days before 1900, formulas and control characters are all handled."""
    pytest.importorskip("openpyxl")
    ds = tc.Dataset(
        cities=[tc.City(id="a", name="=1+1"), tc.City(id="b", name="B\x07"), tc.City(id="c")],
        partnerships=[
            tc.Partnership(cities=("a", "b"), since="1899-05-01"),
            tc.Partnership(cities=("a", "c"), since="1950-05-01?"),
        ],
    )
    ds.ties().to_excel(tmp_path / "x.xlsx", style="list", title="All")
    rows = [[cell.value for cell in row[:4]] for row in sheet_of(tmp_path / "x.xlsx").iter_rows()]
    assert rows[0][0] == "All"
    assert rows[-2:] == [["B ", None, None, "1 May 1899"], ["c", None, None, "1 May 1950?"]]
    ds.partners("b").to_excel(tmp_path / "formula.xlsx", style="list")
    cell = sheet_of(tmp_path / "formula.xlsx")["A4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    ds.partners("b")[:0].to_excel(tmp_path / "none.xlsx", style="list")
    assert sheet_of(tmp_path / "none.xlsx").max_row == 3
    with pytest.raises(tc.QueryError, match=r"ends in \.xlsx"):
        TIES.to_excel(tmp_path / "x.xls", style="list")


@pytest.mark.parametrize(
    ("lang", "city", "title"),
    [
        ("en", "Kuopio", "Twin cities of Kuopio"),
        ("fi", "Kuopio", "Ystävyyskaupungit – Kuopio"),
        ("sv", "Kuopio", "Kuopios vänorter"),
        ("sv", "Minneapolis", "Minneapolis vänorter"),
    ],
)
def test_the_title_is_the_city_asked_about(lang: str, city: str, title: str) -> None:
    """The title names the city that all ties are seen from, in the grammar of its language."""
    assert f"<h1>{title}</h1>" in list_html(KUOPIO.partners(city), lang=lang)


def test_a_list_as_a_page() -> None:
    """The page is well formed, states its language, has a table with headings, and loads nothing."""
    html = list_html(TIES, lang="fi", columns="partner,since")
    page = PageReader(html)
    assert page.one("html").attributes["lang"] == "fi"
    assert [cell.text for cell in page.all("th") if cell.attributes["scope"] == "col"] == ["Kumppani", "Alku"]
    assert len(page.all("tr")) == len(TIES) + 1
    assert "Tilanne: n. 2022" in html
    assert not re.search(r"https?:|src=|<script|url\(", html)


def test_names_with_markup_stay_names() -> None:
    """Text is escaped in a page, and control characters are spaces everywhere."""
    evil = '<script>alert(1)</script>\x1b&"'
    ds = tc.Dataset(
        cities=[tc.City(id="a", name=evil), tc.City(id="b", name=evil)],
        partnerships=[tc.Partnership(cities=("a", "b"))],
    )
    html = list_html(ds.partners("a"))
    assert "<script>" not in html
    assert "\x1b" not in html + ds.partners("a").to_csv(style="list")


def test_the_columns_of_a_list() -> None:
    """The default columns of a list."""
    assert set(LIST_COLUMNS) < set(TIE_VALUES)
