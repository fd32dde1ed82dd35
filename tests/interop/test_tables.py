"""
The tables of facts that doors show: whole, typed, and about the things that the data set holds.
"""

from __future__ import annotations

from typing import Any

import pytest
from generators import datasets
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_cells import as_cell

import twincities as tc
from twincities.interop._flat import Kind, as_cells
from twincities.interop._tables import TABLES, TIES

KUOPIO = tc.load()
TYPES: dict[Kind, type[Any]] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.TRUTH: bool,
    Kind.DATE: tc.EdtfDate,
    Kind.INTERVAL: tc.EdtfInterval,
    Kind.TEXTS: tuple,
}


def rows_of(ds: tc.Dataset, name: str, lang: str = "en") -> list[dict[str, Any]]:
    """The rows of a table by the names of its columns."""
    columns = [column.name for column in TABLES[name].columns]
    return [dict(zip(columns, row, strict=True)) for row in TABLES[name].rows(TABLES[name].subjects(ds), lang)]


def test_the_tables() -> None:
    """These are the tables; no table has two columns with one name, and columns of words have their closed list."""
    assert list(TABLES) == [
        "cities", "partnerships", "networks", "members", "names", "populations", "activities", "agreements",
        "milestones", "claims", "areas", "sources",
    ]  # fmt: skip
    for name, table in {**TABLES, "ties": TIES}.items():
        assert table.name == name
        columns = [column.name for column in table.columns]
        assert len(set(columns)) == len(columns)
        for column in table.columns:
            assert (column.kind is Kind.WORD) == (column.words is not None)


@settings(max_examples=50)
@given(datasets(), st.sampled_from(["en", "fi", "sv-FI", "de"]))
def test_values_are_of_their_kind(ds: tc.Dataset, lang: str) -> None:
    """A value is `None` or of the kind that its column names; a flat cell is text, a number or `None`, never empty."""
    for table in (*TABLES.values(), TIES):
        for column, values in zip(table.columns, table.values(table.subjects(ds), lang), strict=True):
            assert [*as_cells(column, values, lang)] == [as_cell(value, lang) for value in values]
            for value in values:
                expected = column.words or TYPES[column.kind]
                assert value is None or type(value) is expected, (table.name, column.name)
                cell = as_cell(value, lang)
                assert cell is None or (type(cell) in {str, int, float, bool} and cell != "")
                if column.kind is Kind.TEXTS:
                    assert value is not None
                    assert all(type(text) is str for text in value)


@settings(max_examples=50)
@given(datasets())
def test_every_thing_has_a_row(ds: tc.Dataset) -> None:
    """Each record and each part of one has one row; an activity one for each of its areas, and one if it has none."""
    agreed = [*ds.partnerships.values(), *ds.networks.values()]
    activities = [activity for record in agreed for activity in record.activities]
    cities = ds.cities.values()
    assert {name: len([*table.subjects(ds)]) for name, table in TABLES.items()} == {
        "cities": len(cities),
        "partnerships": len(ds.partnerships),
        "networks": len(ds.networks),
        "members": sum(len(network.members) for network in ds.networks.values()),
        "names": sum(1 + len(city.names) + len(city.alt_names) for city in cities),
        "populations": sum(len(city.populations) for city in cities),
        "activities": sum(len(activity.areas) or 1 for activity in activities),
        "agreements": sum(len(record.agreements) for record in agreed),
        "milestones": sum(len(record.milestones) for record in (*agreed, *cities)),
        "claims": sum(len(record.claims) for record in (*agreed, *cities)),
        "areas": len(ds.areas),
        "sources": len(ds.sources),
    }


@settings(max_examples=50)
@given(datasets())
def test_parts_are_found_by_owner_and_number(ds: tc.Dataset) -> None:
    """The ids and the number in a row identify its part."""
    for name in ("populations", "activities", "agreements", "milestones", "claims"):
        for row in rows_of(ds, name):
            owner: Any
            ids = [row.get(key) for key in ("city_id", "city_1_id", "network_id")]
            assert sum(id is not None for id in ids) == 1
            if row.get("city_id") is not None:
                owner = ds.cities[row["city_id"]]
            elif row["network_id"] is not None:
                owner = ds.networks[row["network_id"]]
            else:
                owner = ds.partnerships[row["city_1_id"], row["city_2_id"]]
            part = getattr(owner, name)[row["number"] - 1]
            assert row["sources"] == part.sources
            for field in {"value", "qualifier", "as_of", "stage", "period", "url", "kind", "date"} & set(row):
                assert row[field] == getattr(part, field)
            if name == "activities":
                assert row["area_id"] in (part.areas or (None,))


@pytest.mark.parametrize(
    ("lang", "country", "network", "area", "status"),
    [
        ("en", "Norway", "Nordic twin city cooperation", "culture", "active"),
        ("fi", "Norja", "Pohjoismainen ystävyyskaupunkiyhteistyö", "kulttuuri", "aktiivinen"),
        ("sv", "Norge", "Nordiskt vänortssamarbete", "kultur", "aktiv"),
    ],
)
def test_labels_are_in_the_language_asked_for(lang: str, country: str, network: str, area: str, status: str) -> None:
    """Names of countries, networks and areas are in the language; ids, dates and words of closed lists in none."""
    (bodo,) = [row for row in rows_of(KUOPIO, "cities", lang) if row["id"] == "bodo"]
    assert (bodo["country"], bodo["country_code"]) == (country, "NO")
    assert network in {row["network"] for row in rows_of(KUOPIO, "members", lang)}
    (culture,) = {row["area"] for row in rows_of(KUOPIO, "activities", lang) if row["area_id"] == "culture"}
    assert culture == area
    (tie,) = [
        row
        for row in rows_of(KUOPIO, "partnerships", lang)
        if row["city_1_id"] == "bodo" and row["city_2_id"] == "kuopio"
    ]
    assert tie["status"] is tc.PartnershipStatus.ACTIVE
    assert as_cell(tie["status"], lang) == status
    assert tie["since"] == tc.EdtfDate("194X")
    assert as_cell(tie["since"], lang) == "194X"


def test_what_is_not_known_is_none() -> None:
    """A record with only an id has rows of `None` and empty lists, and no row in the tables of parts."""
    ds = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"))],
        vocabulary=None,
    )
    for name, known in {
        "cities": {"id": "a", "name": "a", "subdivision_codes": (), "alt_ids": (), "part_of": (), "succeeded_by": (), "sources": ()},
        "partnerships": {
            "city_1": "a", "city_2": "b", "city_1_id": "a", "city_2_id": "b", "areas": (), "networks": (),
            "asserted_by": (), "sources": (),
        },
    }.items():  # fmt: skip
        row = rows_of(ds, name)[0]
        assert row == dict.fromkeys(row) | known
    assert {name for name, table in TABLES.items() if [*table.subjects(ds)]} == {"cities", "partnerships", "names"}
