"""
Label placement: no name covers another, and none is nearer to another point than to its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import hypot
from typing import NamedTuple

from .projection import Pixel

FONT_SIZE = 12
MOST_NAMES = 60  # more names than this can't be read
WIDER = 1.2  # how much wider fallback fonts such as DejaVu Sans are than Helvetica and Arial
_REACHES = (3.0, 8.0, 14.0, 22.0, 34.0)  # pixels between a point and its name, nearest first
_FAR = 10.0  # a name farther away has a leader line
_WAYS = (
    *((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5)),
)
_BESIDE = 8.0  # pixels: nearer names on a line would read as one
_LINE = 12.0  # the cost of covering a line, in pixels of distance
_NEAR = 0.6  # the cost of each pixel by which another point is too near
_CLEAR = 14.0  # pixels: how much farther away than a name's own point the others should be
_TRIES = 6
_SURE = 1.5  # pixels: how much farther away they have to be

# Widths of Helvetica's letters in thousandths of the font size, from its metrics.
_WIDTHS = {
    letter: width / 1000
    for width, letters in (
        (222, "ijl'"), (278, " !,./:;IftI[]\\|"), (333, "()-r`"), (389, "*"), (500, "cksvxyzJ"),
        (556, "0123456789abdeghnopqu?#$_L–"), (584, "+<=>~"), (611, "FTZ"), (667, "ABEKPSVXY&"), (722, "CDHNRUw"),
        (778, "GOQ"), (833, "mM"), (889, "%"), (944, "W"),
    )
    for letter in letters
}  # fmt: skip


class Box(NamedTuple):
    """
    A rectangle in pixels.
    """

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, beside: float = 0) -> bool:
        """
        Check if the two overlap, or would if one were moved *beside* pixels to the other; a shared edge is no overlap.
        """
        across = self.left < other.right + beside and other.left < self.right + beside
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """
        Check if it is inside another.
        """
        return (
            other.left <= self.left <= self.right <= other.right
            and other.top <= self.top <= self.bottom <= other.bottom
        )

    def crossed_by(self, start: Pixel, end: Pixel) -> bool:
        """
        Check if the straight line from *start* to *end* passes through it (Liang and Barsky 1984).
        """
        first, last = 0.0, 1.0
        sides = (end.x, start.x, self.left, self.right), (end.y, start.y, self.top, self.bottom)
        for there, here, low, high in sides:
            step = there - here
            if step == 0:
                if not low < here < high:
                    return False
                continue
            near, far = (low - here) / step, (high - here) / step
            if near > far:
                near, far = far, near
            first, last = max(first, near), min(last, far)
            if first >= last:
                return False
        return first < last

    def nearest(self, point: Pixel) -> Pixel:
        """
        Its pixel that is nearest to *point*.
        """
        return Pixel(min(max(point.x, self.left), self.right), min(max(point.y, self.top), self.bottom))

    def distance(self, point: Pixel) -> float:
        """
        Its distance from *point* in pixels.
        """
        near = self.nearest(point)
        return hypot(near.x - point.x, near.y - point.y)


class Marked(NamedTuple):
    """
    A point in a picture: its place, its radius, and its name.
    """

    pixel: Pixel
    radius: float
    name: str

    def box(self) -> Box:
        """
        The rectangle around its circle.
        """
        (x, y), r = self.pixel, self.radius
        return Box(x - r, y - r, x + r, y + r)


class Label(NamedTuple):
    """
    A name in its place: the number of its point, the anchor and alignment of its text, and the rectangle around it.
    """

    number: int
    pixel: Pixel
    align: str
    box: Box
    is_far: bool
    """Whether it needs a leader line to its point."""


def width_of(text: str, size: float = FONT_SIZE) -> float:
    """
    The width of a text in pixels, in Helvetica, Arial and fonts of the same widths; for other letters an upper estimate.
    """
    return size * sum(map(_width, unicodedata.normalize("NFD", text)))


def _width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) in {"So", "Cn", "Co"}:
        return 1.1
    return 0.8 if letter.isupper() else 1.0 if ord(letter) > 0x600 else 0.65


def placed_labels(
    points: Sequence[Marked],
    named: Iterable[int],
    lines: Sequence[tuple[Pixel, Pixel]],
    picture: Box,
) -> list[Label]:
    """
    Labels for at most `MOST_NAMES` points, chosen for the first of *named* (numbers of *points*) first. Each is inside the
    picture, covers no point, label or leader line, is nearer to its own point than to any other, and covers as few lines as
    possible. Points that find no place choose earlier in another try; the try with most labels wins.
    """
    order = list(named)[: 2 * MOST_NAMES]
    free: dict[int, list[Label]] = {}

    def places(number: int) -> list[Label]:
        if number not in free:
            free[number] = _free(number, points, lines, picture)
        return free[number]

    best: list[Label] = []
    for _ in range(_TRIES):
        labels = list(islice(_chosen(order, points, places), MOST_NAMES))
        if len(labels) > len(best):
            best = labels
        found = {label.number for label in labels}
        left = [number for number in order[1:] if number not in found and free.get(number)]
        if not left or len(order) > MOST_NAMES:
            break
        order = [*order[:1], *left, *(number for number in order[1:] if number not in left)]
    return sorted(best, key=lambda label: label.number)


def _chosen(order: Iterable[int], points: Sequence[Marked], free: Callable[[int], list[Label]]) -> Iterator[Label]:
    """
    The best place that is left for each number in turn.
    """
    boxes: list[Box] = []
    leaders: list[tuple[Pixel, Pixel]] = []
    for number in order:
        point = points[number].pixel
        for label in free(number):
            if any(label.box.meets(box, _BESIDE) for box in boxes) or any(
                label.box.crossed_by(*line) for line in leaders
            ):
                continue
            leader = point, label.box.nearest(point)
            if label.is_far and any(box.crossed_by(*leader) for box in boxes):
                continue
            boxes.append(label.box)
            if label.is_far:
                leaders.append(leader)
            yield label
            break


def _free(number: int, points: Sequence[Marked], lines: Sequence[tuple[Pixel, Pixel]], picture: Box) -> list[Label]:
    """
    The places of a name that the points allow, best first.
    """
    point = points[number]
    around, (x, y) = _around(point), point.pixel
    others = [other for index, other in enumerate(points) if index != number and around.meets(other.box())]
    others.sort(key=lambda other: hypot(other.pixel.x - x, other.pixel.y - y))  # the nearest rule a place out soonest
    close = [line for line in lines if around.crossed_by(*line)]
    found = []
    for order, (reach, label, widest) in enumerate(_places(number, point)):
        if not widest.within(picture) or label.box.meets(point.box()):
            continue
        least = _clearance(point, others, label, widest)
        if least is not None:
            crossed = sum(label.box.crossed_by(*line) for line in close)
            found.append((reach + _NEAR * max(0.0, _CLEAR - least) + _LINE * crossed, order, label))
    return [label for _, _, label in sorted(found)]


def _clearance(point: Marked, others: Iterable[Marked], label: Label, widest: Box) -> float | None:
    """
    The pixels by which *others* are farther from a label than its own point; `None` if one is nearer or in the way.
    """
    here = widest.distance(point.pixel)
    leader = (point.pixel, label.box.nearest(point.pixel)) if label.is_far else None
    least = _CLEAR
    for other in others:
        away = widest.distance(other.pixel) - here
        if away < _SURE or away - other.radius < _SURE / 2 - point.radius or label.box.meets(other.box()):
            return None
        if leader and other.box().crossed_by(*leader):
            return None
        least = min(least, away)
    return least


def _around(point: Marked) -> Box:
    """
    The rectangle with all places of a name, and all points that could be nearer to one than its own.
    """
    (x, y), far = point.pixel, 2 * (point.radius + _REACHES[-1]) + _CLEAR
    wide = WIDER * width_of(point.name) + 2
    return Box(x - far - wide, y - far - 2 * FONT_SIZE, x + far + wide, y + far + 2 * FONT_SIZE)


def _places(number: int, point: Marked) -> Iterator[tuple[float, Label, Box]]:
    """
    The places around a point, each with its distance and the rectangle of the name in wider fonts. The text is anchored on
    the side of its point, so that it stays there in any font.
    """
    wide, rise = width_of(point.name), FONT_SIZE * 0.62
    for reach in _REACHES:
        gap = point.radius + reach
        for x, y in _WAYS:
            slant = 0.8 if x and y else 1.0
            at = Pixel(point.pixel.x + x * gap * slant, point.pixel.y + y * (gap * slant + rise))
            left = {1: 0.0, -1: 1.0}.get(x, 0.5)
            box, widest = (
                Box(at.x - left * width - 1, at.y - rise, at.x + (1 - left) * width + 1, at.y + rise)
                for width in (wide, WIDER * wide)
            )
            align = {1: "left", -1: "right"}.get(x, "center")
            yield reach, Label(number, at, align, box, reach > _FAR), widest
