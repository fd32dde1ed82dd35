"""
The projection of maps.
"""

from __future__ import annotations

from math import cos, hypot, pi, radians, sin
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pictures import places

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.projection import Panel, angle, middle  # noqa: E402


@given(places, places)
@example(tc.Coordinates(latitude=90, longitude=0), tc.Coordinates(latitude=-90, longitude=50))
@example(tc.Coordinates(latitude=0, longitude=180), tc.Coordinates(latitude=0, longitude=-180))
def test_places_and_pixels_lead_to_each_other(centre: tc.Coordinates, place: tc.Coordinates) -> None:
    """The place at the pixel of a place is that place, for any centre."""
    panel = Panel(800, 480, centre, 250.0)
    again = panel.place(panel.pixel(place))
    assert angle(place, again) < 1e-6


@given(places, places)
def test_distances_and_directions_from_the_centre_are_true(centre: tc.Coordinates, place: tc.Coordinates) -> None:
    """The distance and direction of a place from the centre are those on a sphere."""
    panel = Panel(0, 0, centre, 1.0)
    x, y = panel.pixel(place)
    sphere = Geodesic(6371000, 0).Inverse(centre.latitude, centre.longitude, place.latitude, place.longitude)
    assert hypot(x, y) == pytest.approx(radians(sphere["a12"]), abs=1e-8)
    assert angle(centre, place) == pytest.approx(radians(sphere["a12"]), abs=1e-8)
    assume(1e-6 < radians(sphere["a12"]) < pi - 1e-6 and abs(centre.latitude) < 89.999)
    azimuth = radians(sphere["azi1"])
    assert (x, -y) == pytest.approx((hypot(x, y) * sin(azimuth), hypot(x, y) * cos(azimuth)), abs=1e-6)


def test_the_opposite_of_the_centre_is_on_the_rim() -> None:
    """The antipode of the centre is as far from it as can be."""
    pole, opposite = tc.Coordinates(latitude=90, longitude=0), tc.Coordinates(latitude=-90, longitude=0)
    x, y = Panel(0, 0, pole, 1.0).pixel(opposite)
    assert hypot(x, y) == pytest.approx(pi)


@given(st.lists(places, min_size=1, max_size=5))
def test_the_middle_is_a_place(found: list[tc.Coordinates]) -> None:
    """Any places have a middle, even if they cancel each other out; one place is its own middle."""
    assert -90 <= middle(found).latitude <= 90
    assert angle(middle(found[:1]), found[0]) < 1e-6
