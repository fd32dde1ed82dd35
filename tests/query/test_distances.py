"""
Distances of ties: equal to those of geographiclib to a millimetre, with and without pyproj.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.query.distances import lengths_km

points = st.builds(
    tc.Coordinates,
    latitude=st.floats(-90, 90, allow_subnormal=False),
    longitude=st.floats(-180, 180, allow_subnormal=False),
)


@settings(max_examples=20)
@given(st.lists(st.tuples(points, points), min_size=1, max_size=30))
def test_many_distances_are_those_of_one(pairs: list[tuple[tc.Coordinates, tc.Coordinates]]) -> None:
    """pyproj, used for many distances, agrees with geographiclib to a millimetre."""
    pytest.importorskip("pyproj")
    for (here, there), length in zip(pairs, lengths_km(pairs * 1000), strict=False):
        assert length == pytest.approx(here.distance_km(there), abs=1e-6)


def test_without_pyproj_the_distances_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyproj, geographiclib computes the distances."""
    monkeypatch.setitem(sys.modules, "pyproj", None)
    pair = (tc.Coordinates(latitude=62.89, longitude=27.68), tc.Coordinates(latitude=50.67, longitude=17.93))
    assert lengths_km([pair] * 1000) == [pair[0].distance_km(pair[1])] * 1000


def test_a_distance_is_the_same_from_both_sides_and_each_time() -> None:
    """A distance is the same from either city, computed singly or with others; without coordinates there is none."""
    ds = tc.load()
    alone = {tie.partnership.cities: tie.distance_km for tie in ds.ties()}
    again = tc.from_json(ds.to_json())
    assert {tie.partnership.cities: tie.turned().distance_km for tie in again.ties()} == alone
    assert {tie.partnership.cities: tie.distance_km for tie in again.ties()} == alone
    bare = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    assert bare.ties()[0].distance_km is None
