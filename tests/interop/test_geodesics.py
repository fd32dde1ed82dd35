"""
Lines over the Earth: on the shortest way, close enough together, and cut where maps end.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import twincities as tc
from twincities.interop.geodesics import Position, cut_at_antimeridian, geodesic

points = st.builds(tc.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
steps = st.sampled_from([50, 100, 1000, 50_000])


def place(position: Position) -> tc.Coordinates:
    """A position as coordinates, whole turns taken off."""
    return tc.Coordinates(longitude=(position[0] + 180) % 360 - 180, latitude=position[1])


def same_meridian(one: float, other: float) -> bool:
    """True if two longitudes differ by whole turns."""
    turns = (one - other) / 360
    return turns == pytest.approx(round(turns), abs=1e-9)


@given(points, points, steps)
def test_a_line_is_the_shortest_way(start: tc.Coordinates, end: tc.Coordinates, step_km: float) -> None:
    """No step is longer than `step_km`, and all steps together are as long as the distance."""
    line = geodesic(start, end, step_km=step_km)
    lengths = [place(a).distance_km(place(b)) for a, b in pairwise(line)]
    assert all(length <= step_km + 0.001 for length in lengths)
    assert sum(lengths) == pytest.approx(start.distance_km(end), abs=0.0005 * len(line))


@given(points, points, steps)
def test_ends_are_as_they_were_given(start: tc.Coordinates, end: tc.Coordinates, step_km: float) -> None:
    """The first position is the start; the last is the end, but for whole turns."""
    line = geodesic(start, end, step_km=step_km)
    assert line[0] == (start.longitude, start.latitude)
    assert line[-1][1] == end.latitude
    assert (line[-1][0] - end.longitude) % 360 == pytest.approx(0, abs=1e-9)


@given(points, points)
@example(tc.Coordinates(latitude=0, longitude=-0.0078125), tc.Coordinates(latitude=90, longitude=-0.0078125))
def test_longitudes_run_on(start: tc.Coordinates, end: tc.Coordinates) -> None:
    """No neighbours on a line are more than half a turn apart, whatever the side of the map."""
    assert all(abs(b[0] - a[0]) <= 180.000001 for a, b in pairwise(geodesic(start, end)))


@given(points, points)
def test_a_cut_line_stays_on_the_map(start: tc.Coordinates, end: tc.Coordinates) -> None:
    """Every part is between -180 and 180 degrees and has two positions or more; parts meet at the edge at one latitude."""
    parts = cut_at_antimeridian(geodesic(start, end))
    assert all(-180 <= longitude <= 180 for part in parts for longitude, _ in part)
    assert all(len(part) >= 2 for part in parts)
    for one, other in pairwise(parts):
        (edge, low), (opposite, high) = one[-1], other[0]
        assert abs(edge) == 180
        assert (opposite, high) == (-edge, low)


@given(points, points)
def test_cutting_keeps_every_position(start: tc.Coordinates, end: tc.Coordinates) -> None:
    """The parts hold the positions of the line in order, and beside them only the places where it was cut."""
    line = geodesic(start, end)
    parts = cut_at_antimeridian(line)
    found = iter([position for part in parts for position in part])
    for longitude, latitude in line:
        assert any(high == latitude and same_meridian(longitude, there) for there, high in found)
    assert sum(map(len, parts)) <= len(line) + 2 * (len(parts) - 1)


@given(st.floats(-179, 179), st.floats(-85, 85), st.floats(-85, 85))
def test_a_line_inside_the_map_is_one_part(longitude: float, low: float, high: float) -> None:
    """What doesn't pass the antimeridian isn't touched."""
    assume(abs(longitude) < 90)
    line = [(longitude, low), (longitude / 2, high)]
    assert cut_at_antimeridian(line) == [line]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ([(170, 0), (180, 0)], [[(170, 0), (180, 0)]]),
        ([(180, 0), (170, 0)], [[(180, 0), (170, 0)]]),
        ([(180, 0), (190, 0)], [[(-180, 0), (-170, 0)]]),
        ([(-180, 0), (-190, 0)], [[(180, 0), (170, 0)]]),
        ([(-180, 0), (-170, 0)], [[(-180, 0), (-170, 0)]]),
        ([(170, 0), (180, 5), (190, 10)], [[(170, 0), (180, 5)], [(-180, 5), (-170, 10)]]),
        ([(-170, 0), (-190, 10)], [[(-170, 0), (-180, 5)], [(180, 5), (170, 10)]]),
        ([(170, 0), (180, 5), (175, 10)], [[(170, 0), (180, 5), (175, 10)]]),
        ([(180, 60), (180, 70)], [[(180, 60), (180, 70)]]),
        ([(179.99999999999997, 0), (179.0, 1)], [[(179.99999999999997, 0), (179.0, 1)]]),
        ([(0, 0), (180, 60), (180, 70)], [[(0, 0), (180, 60), (180, 70)]]),
        ([(500, 0), (540, 1), (545, 6)], [[(140, 0), (180, 1)], [(-180, 1), (-175, 6)]]),
    ],
)  # fmt: skip
def test_lines_at_the_edge(line: list[Position], parts: list[list[Position]]) -> None:
    """A line that only touches the antimeridian isn't cut; one that passes is cut once, without doubles."""
    assert cut_at_antimeridian(line) == parts


def test_the_same_place_twice() -> None:
    """A line of no length has its two ends."""
    here = tc.Coordinates(latitude=1, longitude=2)
    assert geodesic(here, here) == [(2.0, 1.0), (2.0, 1.0)]
