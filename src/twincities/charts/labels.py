"""
The places of names on a map, so that none covers another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from .projection import Pixel

__all__ = ["FONT_SIZE", "Box", "Label", "Marked", "placed_labels", "width_of"]

FONT_SIZE = 12
_REACHES = (4.0, 12.0, 22.0, 34.0)  # pixels between a point and its name, nearest first
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_LINE = 12.0  # how much a crossed line counts, in pixels of reach


class Box(NamedTuple):
    """
    A rectangle in pixels.
    """

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """
        Tell if the two have more than an edge in common.
        """
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def crossed_by(self, start: Pixel, end: Pixel) -> bool:
        """
        Tell if the straight line from *start* to *end* passes inside (Liang and Barsky 1984).
        """
        first, last = 0.0, 1.0
        for there, here, low, high in (
            (end.x, start.x, self.left, self.right),
            (end.y, start.y, self.top, self.bottom),
        ):
            step = there - here
            if step == 0:
                if not low < here < high:
                    return False
                continue
            near, far = sorted(((low - here) / step, (high - here) / step))
            first, last = max(first, near), min(last, far)
        return first < last


class Marked(NamedTuple):
    """
    A point on a map: where it stands, how far it reaches, and what it is called.
    """

    pixel: Pixel
    radius: float
    name: str

    def box(self) -> Box:
        """
        The rectangle that its circle fills.
        """
        (x, y), r = self.pixel, self.radius
        return Box(x - r, y - r, x + r, y + r)


class Label(NamedTuple):
    """
    A name at its place: the number of its point, the middle of the text, and the rectangle that it fills.
    """

    number: int
    pixel: Pixel
    box: Box
    is_far: bool
    """Whether it stands so far from its point that a line has to lead there."""

    def edge(self, point: Pixel) -> Pixel:
        """
        The place on its rectangle that is nearest to *point*.
        """
        left, top, right, bottom = self.box
        return Pixel(min(max(point.x, left), right), min(max(point.y, top), bottom))


def width_of(text: str) -> float:
    """
    The pixels that a text takes at most in the usual sans-serif fonts.
    """
    return (
        sum(0.95 if ord(char) > 0x2E7F else 0.75 if char.isupper() or char in "mwMW—" else 0.58 for char in text)
        * FONT_SIZE
    )


def placed_labels(
    points: Sequence[Marked], named: Iterable[int], lines: Sequence[tuple[Pixel, Pixel]], picture: Box
) -> Iterator[Label]:
    """
    The labels that find a free place, the first of *named* (numbers of *points*) choosing first: inside the picture, over
    no point and no other label, and over as few lines as can be.
    """
    taken = [point.box() for point in points]
    for number in named:
        around = _around(points[number])
        near = [box for box in taken if box.meets(around)]
        close = [line for line in lines if around.crossed_by(*line)]
        free = [
            (cost + _LINE * sum(box.crossed_by(*line) for line in close), order, pixel, box, far)
            for order, (cost, pixel, box, far) in enumerate(_places(points[number]))
            if _inside(box, picture) and not any(box.meets(other) for other in near)
        ]
        if free:
            _, _, pixel, box, far = min(free)
            taken.append(box)
            yield Label(number, pixel, box, far)


def _inside(box: Box, picture: Box) -> bool:
    return (
        box.left >= picture.left
        and box.top >= picture.top
        and box.right <= picture.right
        and box.bottom <= picture.bottom
    )


def _around(point: Marked) -> Box:
    """
    The rectangle that all places of a name are in.
    """
    (x, y), far = point.pixel, point.radius + _REACHES[-1]
    wide, high = far + width_of(point.name) + 1, far + 2 * FONT_SIZE
    return Box(x - wide, y - high, x + wide, y + high)


def _places(point: Marked) -> Iterator[tuple[float, Pixel, Box, bool]]:
    """
    The places that a name may have around its point, each with what it costs to stand there.
    """
    half, rise = width_of(point.name) / 2, FONT_SIZE * 0.62
    for reach, (x, y) in chain.from_iterable(((reach, way) for way in _DIRECTIONS) for reach in _REACHES):
        gap = point.radius + reach
        slant = 0.8 if x and y else 1.0
        pixel = Pixel(point.pixel.x + x * (gap * slant + half), point.pixel.y + y * (gap * slant + rise))
        box = Box(pixel.x - half - 1, pixel.y - rise, pixel.x + half + 1, pixel.y + rise)
        yield reach, pixel, box, reach > _REACHES[1]
