"""
Charts: what is drawn where, that they show themselves and are written without a network, and that they can be restyled.
"""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from itertools import combinations, pairwise
from math import cos, hypot, pi, radians, sin
from pathlib import Path
from typing import Any

import pytest
from generators import graphs
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.strategies import edtf_dates

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities import charts  # noqa: E402
from twincities.charts import spans  # noqa: E402
from twincities.charts.labels import Box, Marked, placed_labels, width_of  # noqa: E402
from twincities.charts.palette import STATUS_COLOURS  # noqa: E402
from twincities.charts.panels import Spot, pictures  # noqa: E402
from twincities.charts.places import laid_out  # noqa: E402
from twincities.charts.projection import Panel, Pixel, angle, middle  # noqa: E402
from twincities.charts.sorting import in_blocks  # noqa: E402

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
KINDS = ("map", "timeline", "areas", "network")
EMPTY = tc.Dataset()

places = st.builds(tc.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


def values_in(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of data that a chart has."""
    return [row for rows in spec["datasets"].values() for row in rows]


def column(spec: dict[str, Any], name: str) -> set[Any]:
    """What stands in a field of the data, wherever it does."""
    return {row[name] for row in values_in(spec) if name in row}


# -- the projection --------------------------------------------------------------------------------


@given(places, places)
@example(tc.Coordinates(latitude=90, longitude=0), tc.Coordinates(latitude=-90, longitude=50))
@example(tc.Coordinates(latitude=0, longitude=180), tc.Coordinates(latitude=0, longitude=-180))
def test_places_and_pixels_lead_to_each_other(centre: tc.Coordinates, place: tc.Coordinates) -> None:
    """The place at the pixel of a place is that place, wherever the map has its centre."""
    panel = Panel(800, 480, centre, 250.0)
    again = panel.place(panel.pixel(place))
    assert angle(place, again) < 1e-6


@given(places, places)
def test_distances_and_directions_from_the_centre_are_true(centre: tc.Coordinates, place: tc.Coordinates) -> None:
    """From the centre a place is as many pixels away as it is radians on a sphere, and in its direction."""
    panel = Panel(0, 0, centre, 1.0)
    x, y = panel.pixel(place)
    sphere = Geodesic(6371000, 0).Inverse(centre.latitude, centre.longitude, place.latitude, place.longitude)
    assert hypot(x, y) == pytest.approx(radians(sphere["a12"]), abs=1e-8)
    assert angle(centre, place) == pytest.approx(radians(sphere["a12"]), abs=1e-8)
    assume(1e-6 < radians(sphere["a12"]) < pi - 1e-6 and abs(centre.latitude) < 89.999)
    azimuth = radians(sphere["azi1"])
    assert (x, -y) == pytest.approx((hypot(x, y) * sin(azimuth), hypot(x, y) * cos(azimuth)), abs=1e-6)


def test_the_opposite_of_the_centre_is_on_the_rim() -> None:
    """What lies opposite to the centre is as far from it as can be, not in the middle."""
    pole, opposite = tc.Coordinates(latitude=90, longitude=0), tc.Coordinates(latitude=-90, longitude=0)
    x, y = Panel(0, 0, pole, 1.0).pixel(opposite)
    assert hypot(x, y) == pytest.approx(pi)


@given(st.lists(places, min_size=1, max_size=5))
def test_the_middle_is_a_place(found: list[tc.Coordinates]) -> None:
    """Several places have a middle, also where they cancel each other out; that of one is itself."""
    assert -90 <= middle(found).latitude <= 90
    assert angle(middle(found[:1]), found[0]) < 1e-6


# -- labels and pictures ---------------------------------------------------------------------------

spots = st.lists(
    st.builds(
        Marked,
        st.builds(Pixel, st.floats(0, 800), st.floats(0, 480)),
        st.floats(2, 10),
        st.text(max_size=25),
    ),
    max_size=40,
)


@given(spots)
def test_labels_meet_nothing(points: list[Marked]) -> None:
    """No two names meet, none covers a point, none is outside the picture."""
    picture = Box(0, 0, 800, 480)
    lines = [(points[0].pixel, point.pixel) for point in points[1:]]
    labels = list(placed_labels(points, range(len(points)), lines, picture))
    assert not any(one.box.meets(other.box) for one, other in combinations(labels, 2))
    for label in labels:
        left, top, right, bottom = label.box
        assert 0 <= left < right <= 800
        assert 0 <= top < bottom <= 480
        assert right - left >= width_of(points[label.number].name)
        assert not any(label.box.meets(point.box()) for point in points)
        edge = label.edge(points[label.number].pixel)
        assert left <= edge.x <= right
        assert top <= edge.y <= bottom


def test_a_label_keeps_off_lines_where_it_can() -> None:
    """A name stands beside a line that leaves its point to the right, not on it."""
    point = Marked(Pixel(100, 100), 4, "Kuopio")
    (label,) = placed_labels([point], [0], [(Pixel(100, 100), Pixel(300, 100))], Box(0, 0, 400, 200))
    assert label.pixel.x < 100
    assert not label.is_far


@given(st.builds(Pixel, st.floats(0, 100), st.floats(0, 100)), st.builds(Pixel, st.floats(0, 100), st.floats(0, 100)))
def test_a_line_crosses_a_box_where_one_of_its_points_is_inside(start: Pixel, end: Pixel) -> None:
    """A line crosses a rectangle if, and nearly only if, one of many points along it is inside."""
    box = Box(30, 40, 60, 55)
    along = [(start.x + (end.x - start.x) * n / 500, start.y + (end.y - start.y) * n / 500) for n in range(501)]
    if any(box.left < x < box.right and box.top < y < box.bottom for x, y in along):
        assert box.crossed_by(start, end)
    elif not any(box.left - 1 < x < box.right + 1 and box.top - 1 < y < box.bottom + 1 for x, y in along):
        assert not box.crossed_by(start, end)


@settings(max_examples=30)
@given(st.lists(st.tuples(places, st.text("abc ", max_size=12)), max_size=40))
def test_pictures_have_every_spot(found: list[tuple[tc.Coordinates, str]]) -> None:
    """The first picture has all spots in it; there are two at most, and the second is twice as close or more."""
    made = pictures([Spot(name, place, 4.0) for place, name in found], [], 800, 480)
    assert 1 <= len(made) <= 2
    panel = made[0].panel
    assert all(panel.holds(panel.pixel(place)) for place, _ in found)
    if len(made) == 2:
        assert made[1].panel.scale >= 2 * panel.scale
    for picture in made:
        assert not any(one.box.meets(other.box) for one, other in combinations(picture.labels, 2))


def test_a_crowd_is_shown_closer() -> None:
    """Kuopio's map has two pictures, since names crowd in Europe; its neighbours alone need one."""
    assert len(PARTNERS.chart.map().to_dict()["vconcat"]) == 2
    assert "vconcat" not in KUOPIO.partners("Kuopio", country=["SE", "US"]).chart.map().to_dict()


# -- the map ---------------------------------------------------------------------------------------


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
    assert spec["description"].startswith("Kumppanuuksia: 15. Kaupunkeja: 16 (Kuopio, ")


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


def city(id: str, latitude: float | None = None, longitude: float = 0.0, **facts: Any) -> tc.City:
    """A city at a place, or at none."""
    place = None if latitude is None else tc.Coordinates(latitude=latitude, longitude=longitude)
    return tc.City(id=id, coordinates=place, **facts)


def twinned(*cities: tc.City, **facts: Any) -> tc.Dataset:
    """A data set of cities that each have a tie with the first."""
    ties = [tc.Partnership(cities=(cities[0].id, other.id), **facts) for other in cities[1:]]
    return tc.Dataset(cities=cities, partnerships=ties)


def test_cities_without_a_place_are_named_below_the_title() -> None:
    """What can't be drawn is said; as many names as have room, then how many more."""
    spec = twinned(city("a", 60, 20), city("b"), city("c", 50, 10)).chart.map().to_dict()
    assert spec["title"] == {"text": "", "subtitle": "Place not known: b"}
    assert column(spec, "city") == {"a", "c"}
    many = twinned(*(city(f"town-{n}") for n in range(60))).chart.map(lang="fi").to_dict()
    assert many["title"]["subtitle"].startswith("Sijainti ei tiedossa: town-0, town-1, ")
    assert many["title"]["subtitle"].endswith(" + 50")


@pytest.mark.parametrize(
    "ds",
    [
        EMPTY,
        tc.Dataset(cities=[city("a", 60, 20)]),
        twinned(city("a"), city("b")),
        twinned(city("a", 62.89238, 27.67703), city("b", -62.89238, -152.32297), since="1980"),
        twinned(city("n", 90), city("s", -90), city("e", 0, 180), status="ended"),
        twinned(city("a", 50, 10), city("b", 50, 10), city("c", 50, 10.0001), since="1980"),
        twinned(city("suva", -18, 178), city("apia", -14, -172), city("nome", 64, -165)),
        twinned(city("a", 0, 0, populations=[tc.Population(value=0)]), city("b", 1, 1)),
    ],
    ids=["nothing", "a city", "no places", "opposite", "poles", "one place", "antimeridian", "nobody"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_there_is_can_be_drawn(ds: tc.Dataset, kind: str, tmp_path: Path) -> None:
    """Each chart of each data set is valid, is drawn, and stays the same in each run."""
    chart = getattr(ds.chart, kind)()
    charts.save(chart, tmp_path / "chart.png", scale=0.2)
    assert getattr(ds.chart, kind)().to_dict() == chart.to_dict()


def test_what_lies_opposite_is_drawn_where_its_line_ends() -> None:
    """A city opposite to the centre moves by a kilometre: there its direction is known, and the line ends at its point."""
    spec = twinned(city("a", 0, 0), city("b", 0, 180), city("c", 1, 1)).chart.map(centre=None).to_dict()
    ends = [
        row["geometry"]["coordinates"] for row in values_in(spec) if row.get("properties", {}).get("tie") == "a – b"
    ]
    assert ends == [[[0, 0], [180, 0.01]]]
    ((x, y),) = [(row["x"], row["y"]) for row in values_in(spec) if row.get("city") == "b"]
    assert (x, y) == pytest.approx((400, 36), abs=1)


@settings(max_examples=25)
@given(graphs())
@pytest.mark.parametrize("kind", KINDS)
def test_any_data_set_makes_valid_charts(kind: str, ds: tc.Dataset) -> None:
    """altair finds no fault in any chart, with any dates and without many facts."""
    spec = getattr(ds.chart, kind)(lang="sv").to_dict()
    assert spec["description"]


# -- bounds ----------------------------------------------------------------------------------------


def star(count: int, **facts: Any) -> tc.Dataset:
    """A city with so many partners, all over the world."""
    chance = random.Random(1)
    cities = [city(f"c{n}", chance.uniform(-80, 80), chance.uniform(-180, 180), **facts) for n in range(count + 1)]
    return twinned(*cities)


def test_a_map_of_a_thousand_cities_is_bounded() -> None:
    """A thousand cities are drawn, of which sixty are named in a picture."""
    spec = star(999).chart.map().to_dict()
    assert len(column(spec, "city")) == 1000
    assert len(column(spec, "name")) <= 120


@pytest.mark.parametrize(
    ("kind", "count", "text"),
    [
        ("map", 1000, "expected at most 1,000 cities in one chart, got 1,001; narrow the selection"),
        ("network", 300, "expected at most 300 cities in one chart, got 301"),
        ("timeline", 301, "expected at most 300 partnerships in one chart, got 301"),
        ("areas", 101, "expected at most 100 partnerships in one chart, got 101"),
    ],
)
def test_more_than_can_be_read_is_refused(kind: str, count: int, text: str) -> None:
    """A chart of too many says how many it takes, and what to do."""
    with pytest.raises(tc.QueryError, match=text):
        getattr(star(count).chart, kind)()


def test_more_rows_and_areas_than_can_be_read_are_refused() -> None:
    """Networks count as rows of a timeline; the areas of a matrix are counted too."""
    ds = star(300)
    network = tc.CooperationNetwork(id="n", members=["c0", "c1"])
    with pytest.raises(tc.QueryError, match="at most 300 partnerships and networks in one chart, got 301"):
        ds.with_records(network).chart.timeline()
    areas = [tc.CooperationArea(id=f"a{n}") for n in range(301)]
    tie = tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=[area.id for area in areas])])
    with pytest.raises(tc.QueryError, match="at most 300 areas in one chart, got 301"):
        tc.Dataset(cities=[city("a"), city("b")], partnerships=[tie], areas=areas).chart.areas()


# -- the timeline ----------------------------------------------------------------------------------


def span(**facts: Any) -> spans.Span | None:
    """The span of a tie that was seen last at the end of 2022."""
    return spans.span_of(tc.Partnership(cities=("a", "b"), **facts), date(2022, 12, 31))


def test_a_span_is_pale_within_its_bounds() -> None:
    """A decade of beginning is pale, what comes after is certain, and what has no end goes on."""
    found = span(since="194X")
    assert found is not None
    assert list(found.pieces()) == [
        (date(1940, 1, 1), date(1950, 1, 1), False),
        (date(1950, 1, 1), date(2023, 1, 1), True),
    ]
    assert found.goes_on


def test_a_span_ends_within_its_bounds() -> None:
    """A year of ending is pale; a day at either end leaves nothing open."""
    found = span(since="1980-05-01", until="1990")
    assert found is not None
    assert list(found.pieces()) == [
        (date(1980, 5, 1), date(1980, 5, 2), False),
        (date(1980, 5, 2), date(1990, 1, 1), True),
        (date(1990, 1, 1), date(1991, 1, 1), False),
    ]
    assert not found.goes_on


@pytest.mark.parametrize(("text", "sign"), [("1980", ""), ("1980?", "?"), ("1980~", "~"), ("1980%", "~?")])
def test_a_bound_that_may_not_hold_has_a_sign(text: str, sign: str) -> None:
    """What qualifies a date stands beside its end of the bar."""
    began, ended = span(since=text), span(since="1970", until=text)
    assert began is not None
    assert ended is not None
    assert (began.before, ended.after) == (sign, sign)


def test_a_span_without_a_start_is_not_invented() -> None:
    """Where the start isn't known there is no span, though the end may be."""
    assert span() is None
    assert span(until="1990") is None
    assert spans.term(tc.EdtfInterval("../1990"), date(2022, 12, 31)) is None


def test_a_tie_that_was_given_up_ended_between_its_start_and_the_news_of_it() -> None:
    """Without a date of ending, the whole time until it was known to be over is pale."""
    found = span(
        since="1980", status="ended", status_since="2010", milestones=[tc.Milestone(kind="ended", date="2005")]
    )
    assert found is not None
    assert list(found.pieces()) == [
        (date(1980, 1, 1), date(1981, 1, 1), False),
        (date(1981, 1, 1), date(2006, 1, 1), False),
    ]
    assert not found.goes_on


def test_terms_of_agreements_end_openly_or_unknown() -> None:
    """An open term goes on; one of unknown end has a question mark."""
    seen = date(2022, 12, 31)
    opened, unknown = spans.term(tc.EdtfInterval("1967/.."), seen), spans.term(tc.EdtfInterval("1967/"), seen)
    assert opened is not None
    assert unknown is not None
    assert (opened.goes_on, opened.after) == (True, "")
    assert (unknown.goes_on, unknown.after) == (False, "?")


@given(
    edtf_dates(max_year=9998),
    st.none() | edtf_dates(max_year=9998),
    st.none() | st.sampled_from(tc.PartnershipStatus),
    st.dates(),
)
def test_pieces_of_a_span_follow_each_other(
    since: tc.EdtfDate, until: tc.EdtfDate | None, status: tc.PartnershipStatus | None, seen: date
) -> None:
    """The parts of any span join from its first day to its last, and only what all readings share is certain."""
    try:
        tie = tc.Partnership(cities=("a", "b"), since=since, until=until, status=status)
    except tc.InvalidRecordError:
        return  # it would end before it begins
    found = spans.span_of(tie, seen)
    assert found is not None
    pieces = list(found.pieces())
    assert pieces[0][0] == since.earliest == found.earliest
    assert pieces[-1][1] == found.latest
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
    for start, end, certain in pieces:
        assert start < end
        if certain:
            assert start > since.latest  # type: ignore[operator]
            assert until is None or end <= until.earliest  # type: ignore[operator]


@given(st.dates())
def test_years_keep_the_order_of_days(day: date) -> None:
    """A day's place on the scale of years is in its year."""
    assert day.year <= spans.year(day) <= day.year + 1
    assert spans.year(date(day.year, 1, 1)) == day.year


def test_the_timeline_has_a_row_for_each_tie_and_network() -> None:
    """Rows are sorted by start, those without one last; these say so and have no bar."""
    spec = PARTNERS.chart.timeline().to_dict()
    rows = spec["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert rows[:4] == ["Bodø", "Nordic twin city cooperation", "Svendborg", "Jönköping"]
    assert rows[-5:] == ["Alūksne", "Besançon", "Craiova", "Lääne-Viru County", "Pitkyaranta"]
    assert len(rows) == 16
    bars = {row["row"] for row in values_in(spec) if "opacity" in row}
    silent = {row["row"] for row in values_in(spec) if row.get("text") == "start not known"}
    assert bars == set(rows[:-5])
    assert silent == set(rows[-5:])


def test_the_timeline_shows_agreements_and_milestones() -> None:
    """Agreements have bars of their own; what happened on one date is one point; what was planned is hollow."""
    spec = PARTNERS.chart.timeline(lang="fi").to_dict()
    assert {row["agreement"] for row in values_in(spec) if "agreement" in row} >= {"Kuopion ja Opolen puitesopimus"}
    (point,) = [row for row in values_in(spec) if row.get("row") == "Opole" and "milestone" in row]
    assert point["date"] == "2013"
    assert point["milestone"].startswith("aktivoitunut uudelleen: ")
    assert point["milestone"].count("; vierailu: ") == 2
    fills = {row["row"]: row["fill"] for row in values_in(spec) if "fill" in row}
    assert fills["Jönköping"] == "#ffffff"
    assert fills["Gera"] == "#222222"
    assert spec["title"]["subtitle"].startswith("kärki: jatkuu (tilanne n. 2022) · ")


def test_the_timeline_goes_on_to_the_time_of_the_data_set() -> None:
    """The time is the data set's, or the last that is named, or none; the whole has all its networks."""
    assert column(PARTNERS.chart.timeline().to_dict(), "end") >= {2023.0}
    undated = twinned(city("a"), city("b"), since="1980")
    assert max(column(undated.chart.timeline().to_dict(), "end")) == 1981
    assert "tip: goes on · " in undated.chart.timeline().to_dict()["title"]["subtitle"]
    blank = twinned(city("a"), city("b")).chart.timeline().to_dict()
    assert all(layer["encoding"]["x"]["axis"] is None for layer in blank["layer"])
    whole = KUOPIO.chart.timeline().to_dict()["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert "Kuopio–Shanghai cooperation network" in whole or any("Shanghai" in name for name in whole)
    assert len(whole) == 23


def test_what_has_a_date_but_no_bar_is_a_point() -> None:
    """An end without a start, an agreement without one, and a change of status are points."""
    ds = twinned(
        city("a"), city("b"), until="1990", status="ended", status_since="1991",
        agreements=[tc.Agreement(period="/1985")], milestones=[tc.Milestone(date="1970")],
    )  # fmt: skip
    told = {row["milestone"]: row["date"] for row in values_in(ds.chart.timeline().to_dict()) if "milestone" in row}
    assert told == {"Milestone": "1970", "agreement": "–1985", "ended": "1991", "Until": "1990"}


def test_rows_of_one_name_are_told_apart() -> None:
    """Two partners of one name have a row each, with their ids."""
    ds = twinned(city("a"), city("b", name="Gera"), city("c", name="Gera"), since="1980")
    rows = ds.partners("a").chart.timeline().to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert rows == ["Gera (a b)", "Gera (a c)"]


# -- the matrix ------------------------------------------------------------------------------------


def block_cells(sizes: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
    """The cells of full blocks, one after the other."""
    return [
        (f"r{block}-{row}", f"c{block}-{column}")
        for block, (rows, columns) in enumerate(sizes)
        for row in range(rows)
        for column in range(columns)
    ]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=6), st.randoms(use_true_random=False))
def test_blocks_are_found(sizes: list[tuple[int, int]], chance: random.Random) -> None:
    """The rows and columns of each block stand together, however the cells were shuffled; every run gives the same."""
    cells = block_cells(sizes)
    shuffled = chance.sample(cells, len(cells))
    rows, columns = in_blocks(shuffled)
    assert (rows, columns) == in_blocks(cells)
    assert sorted(rows) == sorted({row for row, _ in cells})
    assert sorted(columns) == sorted({column for _, column in cells})
    for side in (rows, columns):
        blocks = [name[1:].partition("-")[0] for name in side]
        assert len([block for block, before in zip(blocks, [None, *blocks], strict=False) if block != before]) == len(
            sizes
        )


@pytest.mark.parametrize("seed", range(5))
def test_blocks_that_touch_are_found(seed: int) -> None:
    """Blocks that share a column stand together too: a chain of them comes out as a chain."""
    cells = [
        (f"r{block}-{row}", f"c{4 * block + column}") for block in range(4) for row in range(4) for column in range(5)
    ]
    chance = random.Random(seed)
    names = {name: f"{chance.random():.6f}" for name in sorted({name for cell in cells for name in cell})}
    back = {hidden: name for name, hidden in names.items()}
    rows, _ = in_blocks((names[row], names[column]) for row, column in cells)
    blocks = [back[row][:2] for row in rows]
    assert [block for block, before in zip(blocks, ["", *blocks], strict=False) if block != before] in (
        ["r0", "r1", "r2", "r3"], ["r3", "r2", "r1", "r0"],
    )  # fmt: skip


def test_the_matrix_has_partners_and_areas() -> None:
    """Each tie under each of its areas is a cell; partners without areas are named; networks' areas are marked as theirs."""
    spec = PARTNERS.chart.areas().to_dict()
    cells = values_in(spec)
    assert {(cell["partner"], cell["area"]) for cell in cells} == {
        (tie.partner.name, area.label()) for tie in PARTNERS for area in tie.areas
    }
    assert spec["title"]["subtitle"] == "No areas stated: Craiova, Pitkyaranta, Pskov, Winnipeg"
    sport = {cell["partner"]: cell["how"] for cell in cells if cell["area"] == "sport"}
    assert sport == dict.fromkeys(("Bodø", "Jönköping", "Svendborg"), "by a network")
    order = spec["encoding"]["x"]["scale"]["domain"]
    nordic = sorted(order.index(name) for name in sport)
    assert nordic == list(range(nordic[0], nordic[0] + 3))


def test_the_matrix_of_a_data_set_names_both_cities() -> None:
    """Where ties are seen from several cities, a column has the names of both."""
    columns = KUOPIO.chart.areas(lang="fi").to_dict()["encoding"]["x"]["scale"]["domain"]
    assert "Györ – Kuopio" in columns
    direct = KUOPIO.ties(direct=True).chart.areas().to_dict()
    assert column(direct, "how") == {"by the two cities"}


# -- the graph -------------------------------------------------------------------------------------


def test_the_graph_has_all_cities_and_ties() -> None:
    """Each city is a point, also one without ties; each tie a line that ends at two of them."""
    spec = KUOPIO.chart.network().to_dict()
    assert column(spec, "city") == {city.name for city in KUOPIO.cities.values()}
    lines = [row for row in values_in(spec) if "tie" in row]
    assert len(lines) == len(KUOPIO.partnerships)
    points = {(row["x"], row["y"]) for row in values_in(spec) if "city" in row}
    assert {(line["x"], line["y"]) for line in lines} | {(line["x2"], line["y2"]) for line in lines} <= points


def test_cities_stand_as_far_apart_as_there_are_ties_between_them() -> None:
    """A chain comes out straight with even steps; cities without a way between them stand further apart still."""
    chain = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
    places = laid_out(chain, {})
    steps = {
        pair: hypot(*(p - q for p, q in zip(places[pair[0]], places[pair[1]], strict=True)))
        for pair in combinations("abcd", 2)
    }
    assert [steps["a", "b"], steps["b", "c"], steps["a", "d"]] == pytest.approx([1, 1, 3], rel=0.05)
    apart = laid_out({"a": ["b"], "b": ["a"], "c": []}, {"a": (0, 0), "b": (0, 0), "c": (0, 0)})
    assert hypot(apart["c"][0] - apart["a"][0], apart["c"][1] - apart["a"][1]) == pytest.approx(2, rel=0.1)
    assert laid_out({}, {}) == {}


# -- shown and restyled ----------------------------------------------------------------------------

_LAB = "application/vnd.vegalite.v5+json"


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_an_altair_chart_that_shows_itself(kind: str) -> None:
    """A notebook gets Vega-Lite that Lab draws itself and a picture in SVG; altair's settings stay as they were."""
    before = alt.renderers.active, alt.data_transformers.active, alt.theme.active
    chart = getattr(PARTNERS.chart, kind)(title="Kuopio")
    assert isinstance(chart, alt.TopLevelMixin)
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {_LAB, "image/svg+xml", "text/plain"}
    assert bundle[_LAB]["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert bundle["image/svg+xml"].startswith("<svg ")
    assert "Kuopio" in bundle["image/svg+xml"]
    assert "http" not in bundle["image/svg+xml"].replace("http://www.w3.org/", "")
    assert (alt.renderers.active, alt.data_transformers.active, alt.theme.active) == before


def test_a_restyled_chart_shows_itself_still() -> None:
    """What is made from a chart by altair's methods and signs shows itself, and the style asked for counts."""
    chart = PARTNERS.chart.timeline()
    other = alt.Chart({"values": [{"x": 1}]}).mark_point().encode(x="x:Q")
    for made in (
        chart.properties(title="X").configure_axis(labelColor="red"),
        chart + other,
        (chart | other).properties(title="X"),
        PARTNERS.chart.map() & chart.copy(),
        charts.offline(other | PARTNERS.chart.areas()),
    ):
        assert set(made._repr_mimebundle_()) == {_LAB, "image/svg+xml", "text/plain"}
        assert made.to_dict()["config"]["font"].startswith("Helvetica")
    config = chart.configure_axis(labelColor="red").to_dict()["config"]["axis"]
    assert (config["labelColor"], config["labelFontSize"]) == ("red", 12)


def test_a_chart_keeps_the_altair_theme_in_use() -> None:
    """A theme of altair's counts for more than the style of the house, and less than the chart's own."""
    chart = PARTNERS.chart.areas().configure_title(color="red")
    colours = {"config": {"background": "#333333", "title": {"color": "blue", "fontSize": 9}}}
    alt.theme.register("night", enable=False)(lambda: alt.theme.ThemeConfig(**colours))
    with alt.theme.enable("night"):
        config = chart.to_dict()["config"]
    alt.theme.unregister("night")
    assert config["background"] == "#333333"
    assert (config["title"]["color"], config["title"]["fontSize"], config["title"]["anchor"]) == ("red", 9, "start")
    assert PARTNERS.chart.areas().to_dict()["config"]["background"] == "#ffffff"


def test_a_chart_can_be_pickled_and_made_to_vega() -> None:
    """A chart is the same after pickling; altair's way to Vega has the style too."""
    chart = PARTNERS.chart.areas(title="Kuopio")
    again = pickle.loads(pickle.dumps(chart))
    assert again.to_dict() == chart.to_dict()
    assert set(again._repr_mimebundle_()) == {_LAB, "image/svg+xml", "text/plain"}
    assert chart.to_dict(format="vega")["background"] == "#ffffff"
    assert charts.offline(chart) is chart


def test_the_colours_are_the_same_in_all_charts() -> None:
    """A status has one colour, whatever statuses a chart has."""
    for chart in (PARTNERS.chart.map(), PARTNERS.chart.network(), PARTNERS.chart.timeline()):
        text = json.dumps(chart.to_dict())
        assert STATUS_COLOURS[tc.PartnershipStatus.SUSPENDED] in text
    assert STATUS_COLOURS[tc.PartnershipStatus.ENDED] not in json.dumps(PARTNERS.chart.map().to_dict())


def test_a_selection_without_ties_has_no_charts() -> None:
    """Charts are of ties: other answers say so. They tell what there is."""
    with pytest.raises(tc.QueryError, match="expected a selection of ties, got one of Cousin"):
        KUOPIO.cousins("Kuopio").chart  # type: ignore[misc]  # noqa: B018
    assert repr(PARTNERS.chart) == "<Charts of 15 ties: .areas(), .map(), .network(), .timeline()>"


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "start"),
    [(".svg", b"<svg "), (".png", b"\x89PNG"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>"), (".JSON", b"{")],
)
def test_a_chart_is_written_by_its_ending(ending: str, start: bytes, tmp_path: Path) -> None:
    """Each ending gives its format; the page carries its scripts and loads none."""
    path = tmp_path / f"chart{ending}"
    charts.save(PARTNERS.chart.areas(title="A & B"), path)
    written = path.read_bytes()
    assert written.startswith(start)
    if ending == ".html":
        assert b"<title>A &amp; B</title>" in written
        assert b"<script src" not in written
        assert b"<link" not in written
        assert b"default-src 'none'" in written
    if ending == ".JSON":
        assert json.loads(written) == PARTNERS.chart.areas(title="A & B").to_dict()


def test_a_chart_saves_itself_as_a_page_that_needs_no_network(tmp_path: Path) -> None:
    """altair's own method writes the same page; with options of altair's it writes altair's."""
    chart = PARTNERS.chart.areas()
    chart.save(tmp_path / "a.html")
    charts.save(chart, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    chart.save(str(tmp_path / "c.json"))
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["$schema"]
    chart.save(str(tmp_path / "d.html"), embed_options={"actions": False})
    assert "<script" in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_a_page_has_the_title_of_any_altair_chart(tmp_path: Path) -> None:
    """Charts of altair's own are written too; a title is a text, a record, or missing."""
    chart = alt.Chart({"values": [{"x": "</script>"}]}).mark_point().encode(x="x:N")
    for made, title in (
        (chart, "twincities"),
        (chart.properties(title="X"), "X"),
        (PARTNERS.chart.map(), "twincities"),
    ):
        charts.save(made, tmp_path / "chart.html")
        text = (tmp_path / "chart.html").read_text(encoding="utf-8")
        assert f"<title>{title}</title>" in text
        assert text.count("</script>") == 2


@pytest.mark.parametrize(
    ("chart", "name", "scale", "text"),
    [
        ("map", "map.gif", 2, r"expected a file name that ends in \.html, \.svg, \.png, \.pdf, \.json, got 'map\.gif'"),
        ("map", "map.png", 0, "expected scale as a number above 0 and up to 20, got 0"),
        ("map", "map.png", True, "expected scale as a number"),
        (None, "map.png", 2, "expected an altair chart, got None"),
    ],
)
def test_what_cannot_be_written_is_refused(
    chart: str | None, name: str, scale: float, text: str, tmp_path: Path
) -> None:
    """Another ending, another scale and what isn't a chart are told, and nothing is written."""
    with pytest.raises(tc.QueryError, match=text):
        charts.save(chart and PARTNERS.chart.areas(), tmp_path / name, scale=scale)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(tc.QueryError, match="expected an altair chart, got 1"):
        charts.offline(1)


def test_importing_charts_imports_neither_altair_nor_numpy() -> None:
    """The package is light until a chart is made, and a chart without what it needs names the command."""
    code = (
        "import sys, twincities as tc, twincities.charts\n"
        "ds = tc.load(); ds.chart; ds.partners('Kuopio').chart\n"
        "assert not {'altair', 'numpy', 'vl_convert'} & set(sys.modules)\n"
        "sys.modules['vl_convert'] = None\n"
        "try: ds.chart.map()\n"
        "except tc.MissingDependencyError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "this needs the package vl_convert: pip install 'twincities[charts]'"
