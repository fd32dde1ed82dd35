"""
The map.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pictures import KUOPIO, PARTNERS, city, column, star, twinned, values_in

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")


def test_the_map_has_all_cities_and_ties() -> None:
    """Each city is a point with its facts, each tie a line between the two, named and described in the language asked for."""
    spec = PARTNERS.chart.map(lang="fi", title="Kuopio").to_dict()
    assert column(spec, "city") == {"Kuopio", *(tie.partner.label("fi") for tie in PARTNERS)}
    lines = [row for row in values_in(spec) if row.get("type") == "Feature" and "tie" in row["properties"]]
    assert len(lines) == 15
    (opole,) = [line["properties"] for line in lines if line["properties"]["tie"] == "Kuopio – Opole"]
    assert opole["status"] == "aktiivinen"
    assert opole["since"] == "1980"
    assert opole["areas"].startswith("kulttuuri, tiedepuistot, ")
    assert spec["title"]["text"] == "Kuopio"
    assert spec["description"].startswith("Kumppanuudet: 15. Kaupungit: 16 (Kuopio, ")


def test_the_map_has_land_once_and_no_borders() -> None:
    """The outline is one feature, shared by the pictures; nothing of it names a country."""
    spec = PARTNERS.chart.map().to_dict()
    land = [row for row in values_in(spec) if row.get("geometry", {}).get("type") == "MultiPolygon"]
    assert len(land) == 1
    assert land[0]["properties"] == {}
    assert len(json.dumps(land)) < 90_000


def test_the_map_looks_from_the_city_with_most_ties() -> None:
    """The projection is centred on that city unless another is given."""
    assert PARTNERS.chart.map().to_dict()["vconcat"][0]["projection"]["rotate"] == [-27.67703, -62.89238, 0]
    opole = KUOPIO.city("Opole")
    spec = PARTNERS.chart.map(centre=opole).to_dict()
    first = spec["vconcat"][0] if "vconcat" in spec else spec
    assert first["projection"]["rotate"][:2] == [-opole.coordinates.longitude, -opole.coordinates.latitude]  # type: ignore[union-attr]
    for name in ("opole", "Opole", "OPOLE"):
        assert PARTNERS.chart.map(centre=name).to_dict() == spec


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"centre": "Kupio"}, tc.UnknownCityError, "did you mean 'Kuopio'"),
        ({"centre": KUOPIO.city("Shanghai")}, tc.QueryError, "expected centre= as a city of the map"),
        ({"centre": tc.City(id="opole")}, tc.QueryError, "expected centre= as a city of the map"),
        ({"centre": 5}, tc.QueryError, "expected centre= as a city of the map, got 5"),
        ({"width": 299}, tc.QueryError, "expected width= as a whole number of 300 pixels or more, got 299"),
        ({"height": 60}, tc.QueryError, "expected height= as a whole number of 200 pixels or more, got 60"),
        ({"width": 500.5}, tc.QueryError, "got 500.5"),
        ({"width": True}, tc.QueryError, "got True"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(options: Any, error: type[Exception], message: str) -> None:
    """A centre that isn't on the map doesn't silently become another; a picture has room for names."""
    with pytest.raises(error, match=message):
        PARTNERS.chart.map(**options)


def test_cities_without_a_place_are_named_below_the_title() -> None:
    """What can't be drawn is said; as many names as have room, then how many more."""
    spec = twinned(city("a", 60, 20), city("b"), city("c", 50, 10)).chart.map().to_dict()
    assert spec["title"] == {"text": "", "subtitle": "Place not known: b"}
    assert column(spec, "city") == {"a", "c"}
    many = twinned(*(city(f"town-{n}") for n in range(60))).chart.map(lang="fi").to_dict()
    assert many["title"]["subtitle"].startswith("Sijainti ei tiedossa: town-0, town-1, ")
    assert many["title"]["subtitle"].endswith(" + 50")


def test_what_lies_opposite_is_drawn_where_its_line_ends() -> None:
    """A city opposite to the centre moves by a kilometre: there its direction is known, and the line ends at its point."""
    spec = twinned(city("a", 0, 0), city("b", 0, 180), city("c", 1, 1)).chart.map(centre=None).to_dict()
    ends = [
        row["geometry"]["coordinates"] for row in values_in(spec) if row.get("properties", {}).get("tie") == "a – b"
    ]
    assert ends == [[[0, 0], [180, 0.01]]]
    ((x, y),) = [(row["x"], row["y"]) for row in values_in(spec) if row.get("city") == "b"]
    assert (x, y) == pytest.approx((400, 36), abs=1)


def test_a_map_of_a_thousand_cities_is_bounded() -> None:
    """A thousand cities are drawn, of which sixty are named in a picture."""
    spec = star(999).chart.map().to_dict()
    assert len(column(spec, "city")) == 1000
    assert len(column(spec, "name")) <= 120


def test_a_crowd_is_shown_closer() -> None:
    """Kuopio's map has two pictures, since names crowd in Europe; its neighbours alone need one."""
    assert len(PARTNERS.chart.map().to_dict()["vconcat"]) == 2
    assert "vconcat" not in KUOPIO.partners("Kuopio", country=["SE", "US"]).chart.map().to_dict()
