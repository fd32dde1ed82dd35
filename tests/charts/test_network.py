"""
The graph.
"""

from __future__ import annotations

from typing import Any

import pytest
from pictures import KUOPIO, city, column, size_of, star, svg_of, texts_in, values_in

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")


def test_the_graph_has_all_cities_and_ties() -> None:
    """Each city is a point, even without ties; each tie is a line between two points."""
    spec = KUOPIO.chart.network().to_dict()
    assert column(spec, "city") == {city.name for city in KUOPIO.cities.values()}
    lines = [row for row in values_in(spec) if "tie" in row]
    assert len(lines) == len(KUOPIO.partnerships)
    points = {(row["x"], row["y"]) for row in values_in(spec) if "city" in row}
    assert {(line["x"], line["y"]) for line in lines} | {(line["x2"], line["y2"]) for line in lines} <= points


def test_a_city_without_ties_takes_little_room() -> None:
    """A city without ties leaves most of the width to the other fifteen."""
    ds = star(15).with_records(city("single"))
    points = {row["city"]: (row["x"], row["y"]) for row in values_in(ds.chart.network().to_dict()) if "city" in row}
    star_x, star_y = (sorted(place[side] for name, place in points.items() if name != "single") for side in (0, 1))
    assert max((star_x[-1] - star_x[0]) / 640, (star_y[-1] - star_y[0]) / 400) > 0.7


def test_an_empty_graph_has_the_given_size() -> None:
    """Without cities there is a line of text in a picture of the given size."""
    svg = svg_of(KUOPIO.partners("Shanghai").chart.network(width=520, height=300))
    assert texts_in(svg) == ["nothing to show"]
    assert size_of(svg) == (520, 300)


def test_a_dense_graph_says_which_names_it_leaves_out() -> None:
    """With 150 cities, points are smaller and a note lists cities without a name."""
    ds = star(150)
    assert any(text.startswith("No room for: ") for text in texts_in(svg_of(ds.chart.network())))
    sizes = [
        max(row["size"] for row in values_in(star(count).chart.network().to_dict()) if "size" in row)
        for count in (150, 10)
    ]
    assert sizes[0] < sizes[1]
