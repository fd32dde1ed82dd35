"""
The pictures of a map.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import places

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.panels import Spot, pictures  # noqa: E402


@settings(max_examples=30)
@given(st.lists(st.tuples(places, st.text("abc ", max_size=12)), max_size=40))
def test_pictures_have_every_spot(found: list[tuple[tc.Coordinates, str]]) -> None:
    """The first picture has all spots; there are at most two, and the second is at least twice as close."""
    made = pictures([Spot(name, place, 4.0) for place, name in found], [], 800, 480)
    assert 1 <= len(made) <= 2
    panel = made[0].panel
    assert all(panel.holds(panel.pixel(place)) for place, _ in found)
    if len(made) == 2:
        assert made[1].panel.scale >= 2 * panel.scale
    for picture in made:
        assert not any(one.box.meets(other.box) for one, other in combinations(picture.labels, 2))
