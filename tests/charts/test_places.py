"""
The layout of graphs.
"""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import Any

import pytest

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.places import stress_layout  # noqa: E402


def test_distances_are_the_numbers_of_ties_between_cities() -> None:
    """A chain is straight with even steps; unconnected cities are further apart."""
    chain = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
    places = stress_layout(chain, {})
    steps = {
        pair: hypot(*(p - q for p, q in zip(places[pair[0]], places[pair[1]], strict=True)))
        for pair in combinations("abcd", 2)
    }
    assert [steps["a", "b"], steps["b", "c"], steps["a", "d"]] == pytest.approx([1, 1, 3], rel=0.05)
    apart = stress_layout({"a": ["b"], "b": ["a"], "c": []}, {"a": (0, 0), "b": (0, 0), "c": (0, 0)})
    assert hypot(apart["c"][0] - apart["a"][0], apart["c"][1] - apart["a"][1]) > 0.7
    assert stress_layout({}, {}) == {}
