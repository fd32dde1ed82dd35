"""
Plain rows and CSV: fixed columns, the same text back, and nothing that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from generators import datasets, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.interop import rows
from twincities.interop.rows import PARTNERSHIP_COLUMNS, TIE_COLUMNS

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")


def read_csv(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_columns_are_fixed() -> None:
    """Every row has the same keys in the same order, whatever is known; nothing is nested."""
    assert TIE_COLUMNS == (
        "city", "partner", "country", "place_kind", "status", "kind", "since", "until", "status_since", "areas",
        "networks", "distance_km", "population", "latitude", "longitude", "city_id", "partner_id", "country_code",
        "wikidata_id", "geonames_id",
    )  # fmt: skip
    assert PARTNERSHIP_COLUMNS == (
        "city_1", "city_2", "country_1", "country_2", "status", "kind", "since", "until", "status_since", "areas",
        "networks", "distance_km", "city_1_id", "city_2_id", "summary", "asserted_by", "sources",
    )  # fmt: skip
    bare = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    for ds in (KUOPIO, bare):
        for row in ds.partners(next(iter(ds.cities))).to_dicts():
            assert tuple(row) == TIE_COLUMNS
        for row in ds.to_dicts():
            assert tuple(row) == PARTNERSHIP_COLUMNS
    (row,) = bare.partners("a").to_dicts()
    known = {"city": "a", "partner": "b", "city_id": "a", "partner_id": "b"}
    assert row == dict.fromkeys(TIE_COLUMNS) | known


def test_a_row_in_full() -> None:
    """Words, areas, networks and countries are labels, dates EDTF text, numbers numbers."""
    (row,) = KUOPIO.partners("Kuopio", country="NO").to_dicts()
    assert row["areas"].startswith("business; smart city; Arctic; ")
    del row["areas"]
    assert row == {
        "city": "Kuopio",
        "partner": "Bodø",
        "country": "Norway",
        "place_kind": row["place_kind"],
        "status": "active",
        "kind": "twinning",
        "since": "194X",
        "until": None,
        "status_since": None,
        "networks": "Nordic twin city cooperation",
        "distance_km": pytest.approx(780, abs=40),
        "population": KUOPIO.cities["bodo"].population,
        "latitude": 67.28267,
        "longitude": 14.37513,
        "city_id": "kuopio",
        "partner_id": "bodo",
        "country_code": "NO",
        "wikidata_id": "Q221119",
        "geonames_id": "3160881",
    }
    assert {type(value) for row in KUOPIO.to_dicts() for value in row.values()} <= {str, float, int, type(None)}


@pytest.mark.parametrize(
    ("lang", "country", "status", "partner", "networks"),
    [
        ("en", "Hungary", "active", "Győr", "Nordic twin city cooperation"),
        ("fi", "Unkari", "aktiivinen", "Györ", "Pohjoismainen ystävyyskaupunkiyhteistyö"),
        ("sv", "Ungern", "aktiv", "Győr", "Nordiskt vänortssamarbete"),
        ("sv-FI", "Ungern", "aktiv", "Győr", "Nordiskt vänortssamarbete"),
        ("de", "Hungary", "active", "Győr", "Nordic twin city cooperation"),
    ],
)
def test_rows_speak_the_language_asked_for(lang: str, country: str, status: str, partner: str, networks: str) -> None:
    """Labels are in the given language, else in English; names of cities in it, else their main names."""
    found = {row["partner_id"]: row for row in PARTNERS.to_dicts(lang=lang)}
    gyor = found["gyor"]
    assert (gyor["country"], gyor["status"]) == (country, status)
    assert gyor["partner"] == KUOPIO.cities["gyor"].label(lang)
    if lang in {"en", "fi"}:
        assert gyor["partner"] == partner
    assert found["bodo"]["networks"] == networks
    assert read_csv(PARTNERS.to_csv(lang=lang))[0]["status"] == found["aluksne"]["status"]
    whole = {(row["city_1_id"], row["city_2_id"]): row for row in KUOPIO.to_dicts(lang=lang)}
    assert whole["gyor", "kuopio"]["country_1"] == country
    assert whole["gyor", "kuopio"]["country_2"] in {"Finland", "Suomi"}


@given(graphs())
def test_rows_of_the_whole_agree_with_rows_of_ties(ds: tc.Dataset) -> None:
    """The row of a partnership equals the row of the tie from its first city."""
    for row in ds.to_dicts():
        (tie,) = [tie for tie in ds.partners(row["city_1_id"]).to_dicts() if tie["partner_id"] == row["city_2_id"]]
        shared = set(row) & set(tie)
        assert {key: row[key] for key in shared} == {key: tie[key] for key in shared}
        assert (row["city_1"], row["city_2"], row["country_2"]) == (tie["city"], tie["partner"], tie["country"])
        back = [tie for tie in ds.partners(row["city_2_id"]).to_dicts() if tie["partner_id"] == row["city_1_id"]]
        assert back[0]["country"] == row["country_1"]


# -- CSV -------------------------------------------------------------------------------------------

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any, delimiter: str = ",") -> str:
    """The cell of a value, computed independently."""
    if value is None:
        return ""
    if isinstance(value, float) and delimiter == ";":
        return ",".join(str(value).split("."))
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" ")[:1] in FORMULA else text


@settings(max_examples=50)
@given(datasets(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["en", "fi", "sv"]))
def test_csv_gives_the_same_text_back(ds: tc.Dataset, delimiter: str, lang: str) -> None:
    """Whatever names hold, quotes, delimiters and line breaks included, a reader of CSV finds the same cells."""
    for city in ds.cities:
        ties = ds.partners(city)
        found = read_csv(ties.to_csv(delimiter=delimiter, lang=lang), delimiter)
        assert found == [
            {key: cell(value, delimiter) for key, value in row.items()} for row in ties.to_dicts(lang=lang)
        ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.floats() | st.none(), max_size=4))
def test_cells_of_any_text_come_back(values: list[Any]) -> None:
    """Any text comes back as it was, or with one apostrophe before it; numbers are never touched."""
    found = read_csv(rows.to_csv([{"n": n, "x": value} for n, value in enumerate(values)], ["n", "x"]))
    assert [row["x"] for row in found] == [cell(value) for value in values]


@settings(max_examples=20)
@given(datasets(), st.sampled_from(["en", "fi"]))
def test_csv_of_the_whole(ds: tc.Dataset, lang: str) -> None:
    """`Dataset.to_csv` writes a row for each partnership, which is read back as the same cells."""
    found = read_csv(ds.to_csv(lang=lang, delimiter=";"), ";")
    assert found == [{key: cell(value, ";") for key, value in row.items()} for row in ds.to_dicts(lang=lang)]
    assert ds.to_csv().split("\r\n")[0] == ",".join(PARTNERSHIP_COLUMNS)


@pytest.mark.parametrize("start", FORMULA)
@pytest.mark.parametrize("before", ["", "  "])
def test_formulas_are_neutralised(start: str, before: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe before it, wherever it comes from."""
    name = f'{before}{start}HYPERLINK("http://x","y")'
    ds = tc.Dataset(
        cities=[tc.City(id="a", name=name), tc.City(id="b", name="x" + name)],
        partnerships=[tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["x"])])],
        areas=[tc.CooperationArea(id="x", pref_label={"en": name})],
        networks=[tc.CooperationNetwork(id="n", members=("a", "b"), names={"en": name})],
    )
    (row,) = read_csv(ds.partners("a").to_csv())
    assert (row["city"], row["partner"]) == (f"'{name}", f"x{name}")
    assert (row["areas"], row["networks"]) == (f"'{name}", f"'{name}")
    assert ds.partners("a").to_dicts()[0]["city"] == name


def test_negative_numbers_stay_numbers() -> None:
    """A negative longitude isn't a formula."""
    found = {row["partner_id"]: row for row in read_csv(PARTNERS.to_csv())}
    assert found["winnipeg"]["longitude"] == "-97.14704"
    assert float(found["minneapolis"]["longitude"]) == -93.26384


DECIMALS = {"distance_km", "latitude", "longitude"}


def test_the_text_is_that_of_the_standard() -> None:
    """The first line has the columns; every line ends in CR LF (RFC 4180); the text has no byte order mark."""
    text = PARTNERS.to_csv()
    lines = text.split("\r\n")
    assert lines[0] == ",".join(TIE_COLUMNS)
    assert lines[-1] == ""
    assert len(lines) == 17
    assert "\n" not in text.replace("\r\n", "")
    assert PARTNERS[:0].to_csv() == lines[0] + "\r\n"
    semicolons = PARTNERS.to_csv(delimiter=";")
    assert semicolons.splitlines()[0] == ";".join(TIE_COLUMNS)
    with_commas = [
        {key: value.replace(".", ",") if key in DECIMALS else value for key, value in row.items()}
        for row in read_csv(text)
    ]
    assert read_csv(semicolons, ";") == with_commas


def test_the_file_has_a_byte_order_mark(tmp_path: Path) -> None:
    """The file holds the text that is returned, as UTF-8 with the mark that spreadsheets look for; replaced whole."""
    path = tmp_path / "partners.csv"
    path.write_bytes(b"old" * 10_000)
    for given_path in (path, str(path)):
        text = PARTNERS.to_csv(given_path, lang="fi", delimiter=";")
        assert path.read_bytes() == b"\xef\xbb\xbf" + text.encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("delimiter", ["", "|", ",,", ", ", "\n", '"', 5])
def test_other_delimiters_are_refused(delimiter: Any, tmp_path: Path) -> None:
    """A delimiter is a comma, a semicolon or a tab; nothing is written with another."""
    with pytest.raises(tc.QueryError, match="delimiter"):
        PARTNERS.to_csv(tmp_path / "x.csv", delimiter=delimiter)
    assert list(tmp_path.iterdir()) == []
