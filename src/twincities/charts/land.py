"""
The outline of land: Natural Earth's at 1:10m, which is in the public domain, simplified. It has no borders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import hypot, inf
from typing import Any

from .._data import read_data
from ..model.parts import Coordinates
from .projection import Panel, Pixel

_STEP = 1.0  # pixels: corners of the coast that are nearer to each other become one
_BEYOND = 24.0  # the same outside the picture, where corners only close shapes

Ring = tuple[Coordinates, ...]


@cache
def _outline() -> tuple[tuple[Ring, ...], ...]:
    """
    The rings of the world's land, stored as steps in hundredths of a degree.
    """

    def ring(steps: Sequence[int]) -> Iterator[Coordinates]:
        for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True):
            yield Coordinates(latitude=y / 100, longitude=x / 100)

    return tuple(tuple(tuple(ring(steps)) for steps in land) for land in json.loads(read_data("land.json")))


def land_feature(panel: Panel) -> dict[str, Any]:
    """
    The land in a picture, with no more corners than can be seen.
    """
    found = [[ring for ring in (_seen(ring, panel) for ring in land) if ring] for land in _outline()]
    shape = {"type": "MultiPolygon", "coordinates": [land for land in found if land]}
    return {"type": "Feature", "geometry": shape, "properties": {}}


def _seen(ring: Ring, panel: Panel) -> list[list[float]]:
    """
    A ring in a picture; empty if it can't be seen.
    """
    pixels = [panel.pixel(place) for place in ring]
    if (
        max(pixel.x for pixel in pixels) < 0
        or max(pixel.y for pixel in pixels) < 0
        or min(pixel.x for pixel in pixels) > panel.width
        or min(pixel.y for pixel in pixels) > panel.height
    ):
        return []
    kept: list[list[float]] = []
    corners: list[Pixel] = []
    last = Pixel(inf, inf)
    for place, pixel in zip(ring, pixels, strict=True):
        step = _STEP if panel.holds(pixel, -2 * _BEYOND) else _BEYOND
        if hypot(pixel.x - last.x, pixel.y - last.y) >= step:
            kept.append([place.longitude, place.latitude])
            corners.append(pixel)
            last = pixel
    # A ring that is turned round by its missing corners would cover all the world but itself.
    return [*kept, kept[0]] if _area(corners) * _area(pixels) > 0 else []


def _area(corners: Sequence[Pixel]) -> float:
    """
    Twice the area of a shape, negative if its corners go the other way round.
    """
    return sum(
        here.x * there.y - there.x * here.y for here, there in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
