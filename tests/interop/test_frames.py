"""
pandas, polars and workbooks: the same facts as rows, with real types, and read back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from generators import datasets, graphs
from hypothesis import given, settings
from plain_cells import as_cell

import twincities as tc
from twincities.interop._flat import Kind
from twincities.interop._tables import TABLES
from twincities.interop.frames import write_excel
from twincities.sources.table import read_table

pandas = pytest.importorskip("pandas")

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "string",
    Kind.DATE: "string",
    Kind.INTERVAL: "string",
    Kind.WORD: "category",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "Float64",
    Kind.TRUTH: "boolean",
}


def plain(value: Any) -> Any:
    """A value of a frame with `None` for what isn't known."""
    return None if value is pandas.NA or value is pandas.NaT or value != value else value  # NaN


@settings(max_examples=40)
@given(datasets())
def test_frames_hold_the_facts(ds: tc.Dataset) -> None:
    """Each table is a frame with its rows in order, its columns and their types, whatever is known."""
    frames = ds.to_pandas()
    assert list(frames) == list(TABLES)
    for name, table in TABLES.items():
        frame = frames[name]
        expected = [[as_cell(value) for value in row] for row in table.rows(table.subjects(ds))]
        columns = [column.name for column in table.columns]
        found = [[plain(value) for value in row] for row in frame[columns].itertuples(index=False, name=None)]
        assert found == expected
        for column in table.columns:
            assert str(frame[column.name].dtype) == TYPES[column.kind]
        dated = [column.name for column in table.columns if column.kind in (Kind.DATE, Kind.INTERVAL)]
        bounds = [f"{name}_{bound}" for name in dated for bound in ("earliest", "latest")]
        assert set(frame.columns) == {*columns, *bounds}
        assert all(str(frame[bound].dtype) == "datetime64[s]" for bound in bounds)


@given(graphs())
def test_bounds_are_those_of_the_date(ds: tc.Dataset) -> None:
    """Beside a date stand the first and the last day that it may mean."""
    frame = ds.to_pandas()["partnerships"]
    for row, partnership in zip(frame.itertuples(), ds.partnerships.values(), strict=True):
        for name in ("since", "until", "status_since"):
            date = getattr(partnership, name)
            bounds = [plain(getattr(row, f"{name}_{bound}")) for bound in ("earliest", "latest")]
            expected = [None, None] if date is None else [date.earliest, date.latest]
            assert [bound and bound.date() for bound in bounds] == expected


@given(graphs())
def test_a_selection_is_a_frame_of_its_rows(ds: tc.Dataset) -> None:
    """The frame of a selection has the columns and values of `to_dicts`."""
    for id in ds.cities:
        ties = ds.partners(id)
        frame, dicts = ties.to_pandas(lang="sv"), ties.to_dicts(lang="sv")
        assert len(frame) == len(dicts)
        for row, values in zip(frame.to_dict("records"), dicts, strict=True):
            assert {key: plain(row[key]) for key in values} == values


def test_words_are_categories_in_the_language_asked_for() -> None:
    """A closed list gives all its labels as categories, in its order."""
    frame = PARTNERS.to_pandas(lang="fi")
    assert list(frame["status"].cat.categories) == [tc.word_label(word, "fi") for word in tc.PartnershipStatus]
    assert frame["status"].value_counts()["keskeytetty"] == len(KUOPIO.partners("Kuopio", status="suspended"))


def test_the_long_tables() -> None:
    """Names, sizes and areas of activities have a row each."""
    frames = KUOPIO.to_pandas()
    names = frames["names"]
    assert "Györ" in set(names[(names.city_id == "gyor") & (names.language == "fi")].name)
    assert frames["activities"].groupby("area_id").size()["culture"] == sum(
        "culture" in activity.areas
        for record in (*KUOPIO.partnerships.values(), *KUOPIO.networks.values())
        for activity in record.activities
    )
    assert len(frames["populations"]) == sum(len(city.populations) for city in KUOPIO.cities.values())


# -- polars ----------------------------------------------------------------------------------------


def test_polars_has_lists_and_structs() -> None:
    """polars gets what Arrow has: several texts as lists, activities as structs."""
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    frame = PARTNERS.to_polars(lang="fi")
    assert frame.schema["areas"] == polars.List(polars.String)
    assert isinstance(frame.schema["activities"].inner, polars.Struct)
    assert frame.schema["since_earliest"] == polars.Date
    bodo = frame.filter(polars.col("partner_id") == "bodo")
    assert bodo["since"].to_list() == ["194X"]
    assert len(bodo["activities"][0]) == len(KUOPIO.partners("Kuopio", country="NO").one().activities)
    exploded = frame.explode("areas").group_by("areas").len()
    assert dict(exploded.iter_rows())["kulttuuri"] == KUOPIO.partners("Kuopio").count_by("area")["culture"]


@settings(max_examples=30)
@given(graphs())
def test_polars_agrees_with_pandas(ds: tc.Dataset) -> None:
    """Both hold the same rows of every table."""
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    for name, frame in ds.to_polars().items():
        other = ds.to_pandas()[name]
        assert len(frame) == len(other)
        for column in {"id", "city_1_id", "status", "since", "population", "latitude"} & set(frame.columns):
            assert frame[column].to_list() == [plain(value) for value in other[column]]


# -- workbooks -------------------------------------------------------------------------------------


def test_a_workbook_is_read_back(tmp_path: Path) -> None:
    """What `to_excel` writes, `read_table` reads: the same pairs, dates and statuses."""
    pytest.importorskip("openpyxl")
    path = tmp_path / "kuopio.xlsx"
    KUOPIO.to_excel(path)
    found = read_table(path, places=KUOPIO).checked()
    assert set(found.partnerships) == set(KUOPIO.partnerships)
    for pair, partnership in KUOPIO.partnerships.items():
        again = found.partnerships[pair]
        assert (again.since, again.until, again.status, again.kind) == (
            partnership.since,
            partnership.until,
            partnership.status,
            partnership.kind,
        )
    sheets = pandas.read_excel(path, sheet_name=None)
    assert list(sheets) == list(TABLES)


def test_an_empty_workbook_is_a_template(tmp_path: Path) -> None:
    """A workbook of a data set without records has the headings; filled in, it is read."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "template.xlsx"
    tc.Dataset().to_excel(path)
    book = openpyxl.load_workbook(path)
    sheet = book["partnerships"]
    headings = [cell.value for cell in sheet[1]]
    row = {"city_1": "Kuopio", "city_2": "Opole", "since": "1980", "status": "active"}
    sheet.append([row.get(heading) for heading in headings])
    book.save(path)
    tie = read_table(path, places=KUOPIO).checked().partners("Kuopio").one()
    assert (tie.partner.id, str(tie.since), tie.status) == ("opole", "1980", "active")


def test_a_selection_is_a_workbook(tmp_path: Path) -> None:
    """A selection gives one sheet, in the language asked for."""
    pytest.importorskip("openpyxl")
    path = tmp_path / "council.xlsx"
    PARTNERS.sort_by("name").to_excel(path, lang="fi")
    sheets = pandas.read_excel(path, sheet_name=None)
    assert list(sheets) == ["ties"]
    assert list(sheets["ties"]["partner"]) == [tie.partner.label("fi") for tie in PARTNERS.sort_by("name")]
    assert len(read_table(path, places=KUOPIO).checked().partnerships) == 15


def test_formulas_stay_texts(tmp_path: Path) -> None:
    """A name that begins like a formula is a text in the workbook, letter for letter."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "evil.xlsx"
    tc.Dataset(cities=[tc.City(id="a", name='=HYPERLINK("http://x","y")')]).to_excel(path)
    cell = openpyxl.load_workbook(path)["cities"]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","y")')


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#DIV/0!", "=1+1", "+358", "-", "@x", "TRUE", "1e5", "'quoted", "1980-05-01"]
)
def test_any_text_is_a_text(text: str, tmp_path: Path) -> None:
    """A text that reads like an error, a formula, a number or a date comes back letter for letter, also into a list."""
    openpyxl = pytest.importorskip("openpyxl")
    ds = tc.Dataset(
        cities=[tc.City(id="a", name=text), tc.City(id="b", name="B")], partnerships=[tc.Partnership(cities=("a", "b"))]
    )
    ds.to_excel(tmp_path / "x.xlsx")
    ds.partners("b").to_excel(tmp_path / "list.xlsx", style="list", title=text)
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx")["cities"]["B2"]
    assert (cell.data_type, cell.value) == ("s", text)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "list.xlsx").active for cell in row]
    assert {cell.data_type for cell in cells if cell.value == text} == {"s"}
    assert sum(cell.value == text for cell in cells) == 2


def test_a_text_that_would_be_cut_is_refused(tmp_path: Path) -> None:
    """A cell holds 32,767 characters as programs count them: more is refused with its place, no less is cut."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "x.xlsx"

    def write(text: str) -> None:
        tc.Dataset(cities=[tc.City(id="a", summary={"en": text})]).to_excel(path)

    for fits in ("a" * 32_767, "\U0001f600" * 16_383):
        write(fits)
        assert openpyxl.load_workbook(path)["cities"]["O2"].value == fits
    for long, length in (("a" * 32_768, "32,768"), ("\U0001f600" * 16_384, "32,768")):
        with pytest.raises(
            tc.QueryError, match=rf"at most 32,767 characters, got {length} in sheet cities, summary, line 2"
        ):
            write(long)


def test_what_a_workbook_cant_hold_is_refused(tmp_path: Path) -> None:
    """A control character is told with its place; another ending is refused; no file is left."""
    pytest.importorskip("openpyxl")
    path = tmp_path / "x.xlsx"
    with pytest.raises(tc.QueryError, match=r"without control characters, got 'a\\x01' in sheet cities, name, line 2"):
        tc.Dataset(cities=[tc.City(id="a", name="a\x01")]).to_excel(path)
    with pytest.raises(tc.QueryError, match=r"expected a file name that ends in \.xlsx, got 'x.xls'"):
        write_excel({}, tmp_path / "x.xls")
    assert list(tmp_path.iterdir()) == []
