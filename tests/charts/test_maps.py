"""
The map.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from itertools import combinations, pairwise
from math import hypot
from typing import Any

import pytest
from pictures import (
    KUOPIO,
    PARTNERS,
    city,
    column,
    drawn,
    nearer_to_another,
    scattered,
    size_of,
    star,
    svg_of,
    texts_in,
    twinned,
    values_in,
)  # fmt: skip

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts import maps  # noqa: E402
from twincities.charts.labels import Box, width_of  # noqa: E402
from twincities.charts.land import land_feature  # noqa: E402
from twincities.charts.projection import Panel, Pixel  # noqa: E402

# nox -s pictures draws at every width, and hundreds of maps.
LONG = list(range(300, 1601)) if os.environ.get("TWINCITIES_ALL_MAPS") else []


def test_the_map_has_all_cities_and_ties() -> None:
    """Each city is a point and each tie a line, with names and facts in the given language."""
    spec = PARTNERS.chart.map(lang="fi", title="Kuopio").to_dict()
    assert column(spec, "city") == {"Kuopio", *(tie.partner.label("fi") for tie in PARTNERS)}
    lines = [row for row in values_in(spec) if row.get("type") == "Feature" and "tie" in row["properties"]]
    assert len({line["properties"]["tie"] for line in lines}) == 15
    opole, *_ = [line["properties"] for line in lines if line["properties"]["tie"] == "Kuopio – Opole"]
    assert opole["status"] == "aktiivinen"
    assert opole["since"] == "1980"
    assert opole["areas"].startswith("kulttuuri, tiedepuistot, ")
    assert spec["title"]["text"] == "Kuopio"
    assert spec["description"].startswith("Kumppanuudet: 15. Kaupungit: 16 (Kuopio, ")


@pytest.mark.parametrize("layout", ["one", "side"])
def test_the_map_has_land_and_no_borders(layout: Any) -> None:
    """Each picture has one feature for its land, with few corners and no names of countries."""
    spec = PARTNERS.chart.map(width=1280, height=720, layout=layout).to_dict()
    land = [row for row in values_in(spec) if row.get("geometry", {}).get("type") == "MultiPolygon"]
    assert [feature["properties"] for feature in land] == [{}]
    assert len(json.dumps(land)) < 90_000


def test_no_town_of_the_bundled_data_lies_in_the_sea() -> None:
    """Every bundled city is on land or within a tenth of a degree of it: Svendborg is on Funen."""
    shapely = pytest.importorskip("shapely")
    made = land_feature(Panel(4000, 4000, tc.Coordinates(latitude=50, longitude=15), 2000.0))["geometry"]
    land = shapely.make_valid(shapely.geometry.shape(made))
    for found in KUOPIO.cities.values():
        if found.coordinates:
            there = shapely.Point(found.coordinates.longitude, found.coordinates.latitude)
            assert land.distance(there) < 0.1, found.id


@pytest.mark.parametrize("scale", [60.0, 80.0, 105.75362130995263, 150.0, 200.0])
def test_the_sea_is_never_land(scale: float) -> None:
    """At any scale, no simplified island turns round and covers the sea."""
    at = Pixel(232.27673139244206, 175.81578944231197)
    panel = Panel(388, 355, tc.Coordinates(latitude=61, longitude=25), scale, at)
    for island in land_feature(panel)["geometry"]["coordinates"]:
        pixels = [panel.pixel(tc.Coordinates(latitude=y, longitude=x)) for x, y in island[0]]
        assert sum(one.x * other.y - other.x * one.y for one, other in pairwise(pixels)) > 0, island[0]


def rotation(spec: dict[str, Any]) -> list[float]:
    """The rotation of the first picture."""
    first = (spec.get("hconcat") or spec.get("vconcat") or [spec])[0]
    return list(first["layer"][0]["projection"]["rotate"])


def test_the_map_looks_from_the_city_with_most_ties() -> None:
    """The projection is centred on that city by default."""
    assert rotation(PARTNERS.chart.map().to_dict()) == [-27.67703, -62.89238, 0]
    opole = KUOPIO.city("Opole")
    spec = PARTNERS.chart.map(centre=opole).to_dict()
    assert rotation(spec)[:2] == [-opole.coordinates.longitude, -opole.coordinates.latitude]  # type: ignore[union-attr]
    for name in ("opole", "Opole", "OPOLE"):
        assert PARTNERS.chart.map(centre=name).to_dict() == spec


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"centre": "Kupio"}, tc.UnknownCityError, "did you mean 'Kuopio'"),
        ({"centre": KUOPIO.city("Shanghai")}, tc.QueryError, "expected centre= as a city of the map"),
        ({"centre": tc.City(id="opole")}, tc.QueryError, "expected centre= as a city of the map"),
        ({"centre": 5}, tc.QueryError, "expected centre= as a city of the map, got 5"),
        ({"width": 299}, tc.QueryError, "expected width= as a whole number of 300 or more, got 299"),
        ({"height": 60}, tc.QueryError, "expected height= as a whole number of 200 or more, got 60"),
        ({"width": 500.5}, tc.QueryError, "got 500.5"),
        ({"width": True}, tc.QueryError, "got True"),
        ({"layout": "both"}, tc.QueryError, "expected layout= as one of 'one', 'side', 'stack', got 'both'"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(options: Any, error: type[Exception], message: str) -> None:
    """A centre that isn't on the map, a small size and an unknown layout are errors."""
    with pytest.raises(error, match=message):
        PARTNERS.chart.map(**options)


@pytest.mark.parametrize("title", [None, "Partners"])
def test_cities_without_a_place_are_named_in_the_picture(title: str | None) -> None:
    """A note lists the cities that can't be drawn, with and without a title: as many as fit, then the number of the others."""
    chart = twinned(city("a", 60, 20), city("b"), city("c", 50, 10)).chart.map(title=title)
    assert "Place not known: b" in texts_in(svg_of(chart))
    assert column(chart.to_dict(), "city") == {"a", "c"}
    many = twinned(*(city(f"town-{n}") for n in range(60))).chart.map(lang="fi", title=title)
    (note,) = [text for text in texts_in(svg_of(many)) if text.startswith("Sijainti ei tiedossa: town-0, town-1, ")]
    assert re.search(r" \+ \d+", note)


def test_a_map_without_coordinates_says_how_to_get_them() -> None:
    """A map without coordinates says what to do; without cities it says that there is nothing to show."""
    assert any("--places geonames" in text for text in texts_in(svg_of(twinned(city("a"), city("b")).chart.map())))
    empty = svg_of(tc.Dataset().chart.map(width=520, height=300))
    assert texts_in(empty) == ["nothing to show"]
    assert size_of(empty) == (520, 300)
    assert maps.LAND not in empty
    with pytest.raises(tc.QueryError, match="import --places geonames"):
        twinned(city("a"), city("b")).chart.map(centre="a")


def test_the_antipode_is_drawn_where_its_line_ends() -> None:
    """The antipode of the centre is moved by a kilometre, and its line ends at its point."""
    spec = twinned(city("a", 0, 0), city("b", 0, 180), city("c", 1, 1)).chart.map(centre=None).to_dict()
    ends = [
        row["geometry"]["coordinates"] for row in values_in(spec) if row.get("properties", {}).get("tie") == "a – b"
    ]
    assert ends == [[[0, 0], [180, 0.01]]]
    ((x, y),) = [(row["x"], row["y"]) for row in values_in(spec) if row.get("city") == "b"]
    assert 0 < x < 800
    assert 0 < y < 480


def test_a_map_of_a_thousand_cities_is_bounded() -> None:
    """A thousand cities are drawn, at most sixty of them named in each picture."""
    spec = star(999).chart.map().to_dict()
    assert len(column(spec, "city")) == 1000
    assert len(column(spec, "name")) <= 120


def test_a_crowd_is_shown_closer() -> None:
    """Crowded names get a second, closer picture; a large picture and a few cities need none."""
    assert len(PARTNERS.chart.map().to_dict()["hconcat"]) == 2
    assert len(PARTNERS.chart.map(width=400, height=800).to_dict()["vconcat"]) == 2
    for chart in (
        PARTNERS.chart.map(width=1280, height=720),
        KUOPIO.partners("Kuopio", country=["SE", "US"]).chart.map(),
    ):
        assert {"hconcat", "vconcat"}.isdisjoint(chart.to_dict())


@pytest.mark.parametrize("layout", ["one", "side", "stack"])
@pytest.mark.parametrize(
    ("width", "height", "title"), [(1280, 720, None), (640, 480, "Kuopio"), (301, 501, "A title " * 9)]
)
def test_a_map_has_the_given_size(layout: Any, width: int, height: int, title: str | None) -> None:
    """Title, notes, pictures and legend together have the given width and height."""
    for of in (PARTNERS, twinned(*(tc.City(id=c.id, coordinates=c.coordinates) for c in KUOPIO.cities.values()))):
        chart = of.chart.map(layout=layout, width=width, height=height, title=title)
        assert size_of(svg_of(chart)) == (width, height)


def faults(chart: Any) -> list[Any]:
    """The names that are less than 5 pixels apart on a line, or nearer to another point than to their own."""
    found: list[Any] = []
    for picture in drawn(svg_of(chart), width_of):
        boxes = {name: Box(*box) for name, box in picture.names.items()}
        found += [pair for pair in combinations(boxes, 2) if boxes[pair[0]].meets(boxes[pair[1]], 5)]
        found += nearer_to_another(picture)
        assert set(boxes) <= set(picture.points)
    return found


@pytest.mark.parametrize("width", LONG or [300, 520, 800, 1280])
def test_names_of_kuopios_map_are_at_their_points(width: int) -> None:
    """At any width, no name in the SVG overlaps another or is as near to another point as to its own."""
    assert faults(PARTNERS.chart.map(width=width, height=max(200, width * 9 // 16))) == []


@pytest.mark.parametrize("seed", range(200 if LONG else 6))
def test_names_of_any_map_are_at_their_points(seed: int) -> None:
    """The same holds for 5 to 40 cities, in crowds and far away."""
    assert faults(scattered(seed, 5 + seed * 37 % 36).chart.map()) == []


def test_slides_have_all_names() -> None:
    """Kuopio and its fifteen partners are all named on a slide in each of these layouts."""
    wanted = {"Kuopio", *(tie.partner.label() for tie in PARTNERS)}
    for layout in (None, "side", "one"):
        pictures = drawn(svg_of(PARTNERS.chart.map(width=1280, height=720, layout=layout)), width_of)
        assert set[str]().union(*(picture.names for picture in pictures)) == wanted


@pytest.mark.parametrize("layout", [None, "one", "side", "stack"])
def test_thirty_partners_fit_a_slide(layout: Any) -> None:
    """A made-up city with 30 partners fits a slide of 16:9 in every layout; the default one names them all."""
    ds = scattered(1, 31)
    svg = svg_of(ds.chart.map(layout=layout, width=1280, height=720, title="Thirty partners", centre="c0"))
    assert size_of(svg) == (1280, 720)
    pictures = drawn(svg, width_of)
    assert [nearer_to_another(picture) for picture in pictures] == [[]] * len(pictures)
    for picture in pictures:
        boxes = [Box(*box) for box in picture.names.values()]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    if layout is None:
        assert set[str]().union(*(picture.names for picture in pictures)) == {c.name for c in ds.cities.values()}


def test_the_cities_with_most_ties_have_names() -> None:
    """A map of Finland's ten largest cities and their 120 partners names at least nine of the ten."""
    ds = tc.load("finland")
    ties = Counter(id for pair in ds.partnerships for id in pair)
    svg = svg_of(ds.chart.map(lang="fi", width=1280, height=720))
    named = set[str]().union(*(picture.names for picture in drawn(svg, width_of)))
    hubs = {ds.cities[id].label("fi") for id, _ in ties.most_common(10)}
    assert len(hubs & named) >= 9
    assert any("Nimi ei mahdu: " in text for text in texts_in(svg))


def test_two_cities_that_are_neighbours_are_two_points_and_a_line() -> None:
    """Cities 500 metres apart are drawn side by side, with a visible line between them."""
    chart = twinned(city("a", 65.8, 24.14), city("b", 65.804, 24.145)).chart.map()
    (picture,) = drawn(svg_of(chart), width_of)
    (x, y, radius), (x2, y2, radius2) = picture.points["a"], picture.points["b"]
    assert hypot(x - x2, y - y2) > radius + radius2 + 5
    assert set(picture.names) == {"a", "b"}


def test_statuses_have_different_dashes() -> None:
    """Each status has its own dash in the SVG."""
    dashes = {
        (status, re.search(r'stroke-dasharray="([^"]*)"', line)[1])  # type: ignore[index]
        for line in re.findall(r'<path aria-label="[^"]*: [^>]*>', svg_of(PARTNERS.chart.map()))
        for status in re.findall(r": (\w+),", line)
    }
    assert {status for status, _ in dashes} == {"active", "dormant", "suspended"}
    assert len(dashes) == len({dash for _, dash in dashes}) == 3


def test_languages_without_words_are_english_but_for_names() -> None:
    """In German, cities have German names; words, dates and countries are all in English."""
    spec = PARTNERS.chart.map(lang="de").to_dict()
    assert {row["country"] for row in values_in(spec) if row.get("city") == "Oppeln"} == {"Poland"}
    assert spec["usermeta"]["twincities"]["lang"] == "en"
