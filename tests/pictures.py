"""
What the tests of charts draw, and how they look into a chart.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

import twincities as tc

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
KINDS = ("map", "timeline", "areas", "network")

places = st.builds(tc.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


def values_in(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of data that a chart has."""
    return [row for rows in spec["datasets"].values() for row in rows]


def column(spec: dict[str, Any], name: str) -> set[Any]:
    """What stands in a field of the data, wherever it does."""
    return {row[name] for row in values_in(spec) if name in row}


def city(id: str, latitude: float | None = None, longitude: float = 0.0, **facts: Any) -> tc.City:
    """A city at a place, or at none."""
    place = None if latitude is None else tc.Coordinates(latitude=latitude, longitude=longitude)
    return tc.City(id=id, coordinates=place, **facts)


def twinned(*cities: tc.City, **facts: Any) -> tc.Dataset:
    """A data set of cities that each have a tie with the first."""
    ties = [tc.Partnership(cities=(cities[0].id, other.id), **facts) for other in cities[1:]]
    return tc.Dataset(cities=cities, partnerships=ties)


def star(count: int, **facts: Any) -> tc.Dataset:
    """A city with so many partners, all over the world."""
    chance = random.Random(1)
    cities = [city(f"c{n}", chance.uniform(-80, 80), chance.uniform(-180, 180), **facts) for n in range(count + 1)]
    return twinned(*cities)
