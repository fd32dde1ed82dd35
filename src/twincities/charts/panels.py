"""
Which pictures a map needs: one with all points, and a closer one where their names would cover each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from math import hypot
from typing import NamedTuple

from ..model.parts import Coordinates
from .labels import Box, Label, Marked, placed_labels
from .projection import Panel, Pixel, middle

__all__ = ["Picture", "Spot", "pictures"]

_ASIDE, _ABOVE = 90, 36  # pixels kept free beside and above the outermost points, for their names
_MOST = 60  # a picture with more names than this isn't read
_CLOSER, _CLOSEST = 2, 4  # how many times closer a closer picture is at least, and where its crowd is everywhere
_CROWD = 2  # how many names without a place of their own need a closer picture
_NEAR = 60  # pixels between spots of one crowd
_LEAST = 0.04  # of a radian: a picture never shows less than 500 kilometres, closer than which the outline isn't true
_WIDE, _WORLD = 0.25, 3.1  # the first picture shows 3,000 kilometres at least; without any spot, the world

Line = tuple[Coordinates, Coordinates]


class Spot(NamedTuple):
    """
    A point to draw: its name, its place, and its radius in pixels.
    """

    name: str
    place: Coordinates
    radius: float


class Picture(NamedTuple):
    """
    A map to draw: its frame, and the names that have found a place in it, by the numbers of their spots.
    """

    panel: Panel
    labels: tuple[Label, ...]


def pictures(spots: Sequence[Spot], lines: Sequence[Line], width: int, height: int) -> tuple[Picture, ...]:
    """
    One picture around the first spot with all others in it, and a closer one if names crowd there. Spots that come
    earlier choose a place for their names earlier.
    """
    centre = spots[0].place if spots else Coordinates(latitude=0, longitude=0)
    whole = _fitting([spot.place for spot in spots], centre, width, height, _WIDE if spots else _WORLD)
    labels = tuple(_labels(spots, range(_MOST), lines, whole))
    beside = {label.number for label in labels if not label.is_far}
    nameless = [number for number in range(min(len(spots), _MOST)) if number not in beside]
    if len(nameless) < _CROWD:
        return (Picture(whole, labels),)
    close = _closer([spots[number].place for number in _around(nameless, spots, whole)], whole)
    apart = {number for number, spot in enumerate(spots) if not number or not close.holds(close.pixel(spot.place))}
    return (
        Picture(whole, tuple(_labels(spots, apart, lines, whole))),
        Picture(close, tuple(_labels(spots, range(len(spots)), lines, close))),
    )


def _around(few: Sequence[int], spots: Sequence[Spot], panel: Panel) -> list[int]:
    """
    The spots near *few*, those near them, and so on: a crowd is shown with all that belongs to it.
    """
    pixels = [panel.pixel(spot.place) for spot in spots]
    found, rest, ahead = [], set(range(len(spots))) - set(few), list(few)
    while ahead:
        found.append(ahead.pop())
        x, y = pixels[found[-1]]
        near = {number for number in rest if hypot(pixels[number].x - x, pixels[number].y - y) < _NEAR}
        rest -= near
        ahead += near
    return sorted(found)


def _closer(crowd: Sequence[Coordinates], whole: Panel) -> Panel:
    """
    The frame around a crowd; where that is hardly closer, the frame in the middle of the crowd.
    """
    close = _fitting(crowd, _centre(crowd), whole.width, whole.height)
    if close.scale >= _CLOSER * whole.scale:
        return close
    xs, ys = (sorted(side) for side in zip(*map(whole.pixel, crowd), strict=True))
    half = len(crowd) // 2
    return whole._replace(centre=whole.place(Pixel(xs[half], ys[half])), scale=_CLOSEST * whole.scale)


def _centre(places: Sequence[Coordinates]) -> Coordinates:
    """
    The centre from which the outermost of *places* are equally far to the left and right, above and below.
    """
    unit = Panel(0, 0, middle(places), 1.0)
    xs, ys = zip(*map(unit.pixel, places), strict=True)
    return unit.place(Pixel((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))


def _fitting(
    places: Sequence[Coordinates], centre: Coordinates, width: int, height: int, least: float = _LEAST
) -> Panel:
    """
    The closest frame around *centre* that has all *places* in it, and what is within *least* radians.
    """
    unit = Panel(0, 0, centre, 1.0)
    pixels = [unit.pixel(place) for place in places]
    wide = max([least, *(abs(pixel.x) for pixel in pixels)])
    high = max([least, *(abs(pixel.y) for pixel in pixels)])
    return Panel(width, height, centre, min((width / 2 - _ASIDE) / wide, (height / 2 - _ABOVE) / high))


def _labels(spots: Sequence[Spot], named: Container[int], lines: Sequence[Line], panel: Panel) -> Iterator[Label]:
    """
    The names among *named* that find a place in a frame.
    """
    seen = [number for number, spot in enumerate(spots) if panel.holds(panel.pixel(spot.place))]
    marked = [Marked(panel.pixel(spots[number].place), spots[number].radius, spots[number].name) for number in seen]
    chosen = [index for index, number in enumerate(seen) if number in named][:_MOST]
    drawn = [(panel.pixel(start), panel.pixel(end)) for start, end in lines[: 4 * _MOST]]
    for label in placed_labels(marked, chosen, drawn, Box(0, 0, panel.width, panel.height)):
        yield label._replace(number=seen[label.number])
