"""
Label placement.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.labels import Box, Marked, placed_labels, width_of  # noqa: E402
from twincities.charts.projection import Pixel  # noqa: E402

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
def test_labels_overlap_nothing(points: list[Marked]) -> None:
    """Names on a line are at least 8 pixels apart; none covers a point or another name, and none is outside the picture."""
    picture = Box(0, 0, 800, 480)
    lines = [(points[0].pixel, point.pixel) for point in points[1:]]
    labels = list(placed_labels(points, range(len(points)), lines, picture))
    assert not any(one.box.meets(other.box, 8) for one, other in combinations(labels, 2))
    for label in labels:
        left, top, right, bottom = label.box
        assert 0 <= left < right <= 800
        assert 0 <= top < bottom <= 480
        assert right - left >= width_of(points[label.number].name)
        assert not any(label.box.meets(point.box()) for point in points)
        own = label.box.distance(points[label.number].pixel)
        others = [point for number, point in enumerate(points) if number != label.number]
        assert all(label.box.distance(other.pixel) > own for other in others)


def test_a_label_avoids_lines() -> None:
    """A name avoids a line that leaves its point to the right."""
    point = Marked(Pixel(100, 100), 4, "Kuopio")
    (label,) = placed_labels([point], [0], [(Pixel(100, 100), Pixel(300, 100))], Box(0, 0, 400, 200))
    assert label.pixel.x < 100
    assert not label.is_far


@given(st.builds(Pixel, st.floats(0, 100), st.floats(0, 100)), st.builds(Pixel, st.floats(0, 100), st.floats(0, 100)))
def test_a_line_crosses_a_box_if_one_of_its_points_is_inside(start: Pixel, end: Pixel) -> None:
    """A line crosses a rectangle if, and almost only if, one of many points along it is inside."""
    box = Box(30, 40, 60, 55)
    along = [(start.x + (end.x - start.x) * n / 500, start.y + (end.y - start.y) * n / 500) for n in range(501)]
    if any(box.left < x < box.right and box.top < y < box.bottom for x, y in along):
        assert box.crossed_by(start, end)
    elif not any(box.left - 1 < x < box.right + 1 and box.top - 1 < y < box.bottom + 1 for x, y in along):
        assert not box.crossed_by(start, end)
