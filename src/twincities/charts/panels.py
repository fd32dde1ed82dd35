"""
The pictures of a map: one with all points, and a closer one if their names would cover each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import atan2, cos, hypot, sin
from typing import NamedTuple

from ..model.parts import Coordinates
from .labels import MOST_NAMES, Box, Label, Marked, placed_labels
from .projection import Panel, Pixel, middle

LAYOUTS = ("one", "side", "stack")
GAP = 10  # pixels between two pictures
# Pixels that Vega adds around one picture, two side by side, and two stacked, across and down.
_AROUND = {"one": (10, 10), "side": (14, 12), "stack": (12, 14)}
_LOWEST = 120  # smaller pictures aren't chosen
_ASIDE, _ABOVE = 90, 36  # pixels kept free for names beside and above the outermost points of a large picture
_SHARE = 0.14  # the same in a small picture, as a share of its size
_CLOSER = 2  # how many times closer a closer picture is at least
_INTO_CROWDS = (4, 10)  # how many times closer it is if its crowd is everywhere or too dense
_NEAR = 60  # pixels: spots of a crowd are nearer to each other
_LEAST = 0.02  # radians: a picture shows at least 250 kilometres, as the outline isn't finer
_WIDE, _WORLD = 0.25, 3.1  # radians: the first picture shows at least 3,000 kilometres; without spots, the world
_APART = 7.0  # pixels between points that are moved apart, so that the line between them can be seen

Line = tuple[int, int]  # the numbers of two spots


class Spot(NamedTuple):
    """
    A point to draw: its name, its place, and its radius in pixels.
    """

    name: str
    place: Coordinates
    radius: float


class Picture(NamedTuple):
    """
    A map to draw: its frame, its points by the numbers of their spots, and the names that have a place in it.
    """

    panel: Panel
    pixels: dict[int, Pixel]
    labels: tuple[Label, ...]

    @property
    def named(self) -> set[int]:
        """
        The numbers of the spots that are named in it.
        """
        return {label.number for label in self.labels}


def pictures(
    spots: Sequence[Spot], lines: Sequence[Line], width: int, height: int, layout: str | None = None
) -> tuple[Picture, ...]:
    """
    The pictures within *width* and *height*, including the margins that Vega adds: one with all spots, and beside or below
    it a closer one if names don't find a place. Earlier spots choose the places of their names first. Without a *layout*
    the one that names most is chosen: one picture if it is enough or there are very many spots, else two, side by side
    rather than stacked if the whole is wide.
    """
    across, down = _AROUND["one"]
    one = (_first(spots, lines, width - across, height - down),)
    enough = len(spots) > 3 * MOST_NAMES or len(one[0].named) == len(spots)
    if layout == "one" or (layout is None and enough):
        return one
    found: list[tuple[Picture, ...]] = [one] if layout is None else []
    for name in ("side", "stack") if width >= height else ("stack", "side"):
        if layout in (None, name):
            across, down = _AROUND[name]
            wide, high = width - across, height - down
            beside = name == "side"
            first = ((wide - GAP) // 2, high) if beside else (wide, (high - GAP) // 2)
            second = (wide - GAP - first[0], high) if beside else (wide, high - GAP - first[1])
            if min(*first, *second) >= _LOWEST or layout:
                found.append(_two(spots, lines, first, second) or one)
    return max(found, key=lambda made: len(all_named(made)))


def _first(spots: Sequence[Spot], lines: Sequence[Line], width: int, height: int) -> Picture:
    """
    The picture with all spots, with straight lines from the first.
    """
    centre = spots[0].place if spots else Coordinates(latitude=0, longitude=0)
    panel = _fitting([spot.place for spot in spots], centre, width, height, _WIDE if spots else _WORLD)
    return _named(spots, range(len(spots)), lines, panel)


def _two(
    spots: Sequence[Spot], lines: Sequence[Line], first: tuple[int, int], second: tuple[int, int]
) -> tuple[Picture, Picture] | None:
    """
    The picture with all spots and a closer one, of the given sizes; `None` if the first has all names.
    """
    whole = _first(spots, lines, *first)
    nameless = [number for number in range(min(len(spots), MOST_NAMES)) if number not in whole.named]
    if not nameless:
        return None
    found = []
    for panel in _closer([spots[number].place for number in _around(nameless, whole)], whole.panel, *second):
        closer = _named(spots, range(len(spots)), lines, panel)
        apart = [number for number in range(len(spots)) if not number or number not in closer.named]
        found.append((_named(spots, apart, lines, whole.panel), closer))
        if len(all_named(found[-1])) == len(spots):
            break
    return max(found, key=lambda made: len(all_named(made)))


def all_named(made: Iterable[Picture]) -> set[int]:
    """
    The numbers of the spots that are named in any of the pictures.
    """
    return set[int]().union(*(picture.named for picture in made))


def _around(few: Sequence[int], picture: Picture) -> list[int]:
    """
    The crowds that *few* spots are in: the spots near them, those near these, and so on.
    """
    pixels = picture.pixels
    found, rest, ahead = [], set(pixels) - set(few), list(few)
    while ahead:
        found.append(ahead.pop())
        x, y = pixels[found[-1]]
        near = {number for number in rest if hypot(pixels[number].x - x, pixels[number].y - y) < _NEAR}
        rest -= near
        ahead += near
    return sorted(found)


def _closer(crowd: Sequence[Coordinates], whole: Panel, width: int, height: int) -> Iterator[Panel]:
    """
    The frame around a crowd, unless it is hardly closer, and frames around its middle.
    """
    around = _fitting(crowd, middle(crowd), width, height)
    if around.scale >= _CLOSER * whole.scale:
        yield around
    xs, ys = (sorted(side) for side in zip(*map(whole.pixel, crowd), strict=True))
    centre = whole.place(Pixel(xs[len(crowd) // 2], ys[len(crowd) // 2]))
    for times in _INTO_CROWDS:
        yield Panel(width, height, centre, times * whole.scale)


def _fitting(
    places: Iterable[Coordinates], centre: Coordinates, width: int, height: int, least: float = _LEAST
) -> Panel:
    """
    The closest frame with all *places* and at least *least* radians on each side of its middle. Lines are straight from
    *centre*.
    """
    unit = Panel(0, 0, centre, 1.0)
    pixels = [unit.pixel(place) for place in places] or [Pixel(0, 0)]
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*pixels, strict=True))
    free_x, free_y = min(_ASIDE, _SHARE * width), min(_ABOVE, _SHARE * height)
    scale = min(
        (width - 2 * free_x) / max(right - left, 2 * least), (height - 2 * free_y) / max(bottom - top, 2 * least)
    )
    at = Pixel(width / 2 - scale * (left + right) / 2, height / 2 - scale * (top + bottom) / 2)
    return Panel(width, height, centre, scale, at)


def _named(spots: Sequence[Spot], named: Collection[int], lines: Sequence[Line], panel: Panel) -> Picture:
    """
    A frame with its points, and the names of those in *named* that find a place.
    """
    pixels = _drawn(spots, panel)
    seen = list(pixels)
    marked = [Marked(pixels[number], spots[number].radius, spots[number].name) for number in seen]
    chosen = [index for index, number in enumerate(seen) if number in named]

    def end(number: int) -> Pixel:
        return pixels.get(number) or panel.pixel(spots[number].place)

    drawn = [(end(one), end(other)) for one, other in lines[: 4 * MOST_NAMES]]
    labels = placed_labels(marked, chosen, drawn, Box(0, 0, panel.width, panel.height))
    return Picture(panel, pixels, tuple(label._replace(number=seen[label.number]) for label in labels))


def _drawn(spots: Sequence[Spot], panel: Panel) -> dict[int, Pixel]:
    """
    The pixels of the spots in a frame. Unless there are many, a spot that another would cover moves aside, so that both and
    the line between them can be seen.
    """
    found: dict[int, Pixel] = {}
    for number, spot in enumerate(spots):
        pixel = panel.pixel(spot.place)
        if panel.holds(pixel, spot.radius + 1):
            if len(spots) <= MOST_NAMES:
                for other, there in found.items():
                    x, y = pixel.x - there.x, pixel.y - there.y
                    if hypot(x, y) < max(spot.radius, spots[other].radius):
                        turn, away = atan2(y, x), spot.radius + spots[other].radius + _APART
                        moved = Pixel(there.x + away * cos(turn), there.y + away * sin(turn))
                        pixel = moved if panel.holds(moved, spot.radius + 1) else pixel
            found[number] = pixel
    return found
