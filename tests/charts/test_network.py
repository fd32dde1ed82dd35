"""
The graph.
"""

from __future__ import annotations

from typing import Any

import pytest
from pictures import KUOPIO, column, values_in

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")


def test_the_graph_has_all_cities_and_ties() -> None:
    """Each city is a point, also one without ties; each tie a line that ends at two of them."""
    spec = KUOPIO.chart.network().to_dict()
    assert column(spec, "city") == {city.name for city in KUOPIO.cities.values()}
    lines = [row for row in values_in(spec) if "tie" in row]
    assert len(lines) == len(KUOPIO.partnerships)
    points = {(row["x"], row["y"]) for row in values_in(spec) if "city" in row}
    assert {(line["x"], line["y"]) for line in lines} | {(line["x2"], line["y2"]) for line in lines} <= points
