"""
The graph: who is twinned with whom, regardless of place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..model.city import City
from ..query.ties import Tie
from . import marks
from .labels import MOST_NAMES, Box, Label, Marked, placed_labels
from .places import Place, stress_layout
from .projection import Panel, Pixel, middle
from .style import MARGIN, Legend, cut, described, with_heading

_MOST_CITIES = 300
_ASIDE, _ABOVE = 80, 28  # pixels kept free beside and above the outermost points, for their names
_SMALLEST, _LARGEST = 3.5, 11.0  # radius of a point in pixels
_AROUND = 10  # pixels that Vega puts around a picture


class _Drawn(NamedTuple):
    """
    The graph in a picture of a size: its points, lines and names.
    """

    size: tuple[int, int]
    spots: Sequence[Marked]
    lines: Sequence[tuple[Pixel, Pixel]]
    labels: Sequence[Label]


def city_graph(
    ties: Sequence[Tie], cities: Iterable[City], *, lang: str, title: str | None, width: int, height: int
) -> Any:
    """
    The graph of *ties*, and of further *cities*; see `Charts.network`.
    """
    every = marks.all_cities(ties, cities, _MOST_CITIES)
    marks.check(title, width=width, height=height)
    neighbours: dict[str, list[str]] = {id: [] for id in sorted(every)}
    for tie in ties:
        neighbours[tie.city.id].append(tie.partner.id)
        neighbours[tie.partner.id].append(tie.city.id)
    cities = sorted(every.values(), key=lambda city: (-len(neighbours[city.id]), city.id))
    radii = marks.radii([len(neighbours[city.id]) for city in cities], _SMALLEST, _LARGEST)
    legend = Legend.of((tie.status for tie in ties), lang, width - MARGIN)
    spread = stress_layout(neighbours, _on_earth(cities))

    names = [cut(city.label(lang), 40) for city in cities]

    def below(heading: int) -> tuple[_Drawn, set[int]]:
        size = width - _AROUND, height - _AROUND - heading - legend.height
        pixels = _in_frame(spread, *size)
        spots = [Marked(pixels[city.id], radius, name) for city, radius, name in zip(cities, radii, names, strict=True)]
        lines = [(pixels[tie.city.id], pixels[tie.partner.id]) for tie in ties]
        labels = placed_labels(spots, range(len(spots)), lines[: 4 * MOST_NAMES], Box(0, 0, *size))
        return _Drawn(size, spots, lines, labels), {label.number for label in labels}

    (size, spots, lines, labels), heading = with_heading(title, (), names, width - MARGIN, lang, below)
    values = tuple({**marks.ends(*line), **marks.tie_facts(tie, lang)} for tie, line in zip(ties, lines, strict=True))
    chart = marks.layered(
        *marks.line_layers(values, {"type": "rule"}, legend, lang, **marks.WHERE_TO),
        marks.points(cities, spots, lang),
        *marks.names((spots[label.number], label) for label in labels),
        None if cities else marks.empty(lang),
        width=size[0],
        height=size[1],
    )
    return marks.finished(chart, "graph", heading, described(len(ties), cities, lang), lang)


def _on_earth(cities: Iterable[City]) -> dict[str, Place]:
    """
    The places of cities on a map around their middle, from -1 to 1.
    """
    places = {city.id: city.coordinates for city in cities if city.coordinates}
    if not places:
        return {}
    panel = Panel(0, 0, middle(places.values()), 1.0)
    pixels = {id: panel.pixel(place) for id, place in places.items()}
    largest = max(max(abs(pixel.x), abs(pixel.y)) for pixel in pixels.values()) or 1.0
    return {id: (pixel.x / largest, pixel.y / largest) for id, pixel in pixels.items()}


def _in_frame(places: Mapping[str, Place], width: int, height: int) -> dict[str, Pixel]:
    """
    The places in pixels, stretched to fill the picture.
    """
    if not places:
        return {}
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*places.values(), strict=True))
    wide, high = (width - 2 * _ASIDE) / ((right - left) or 1), (height - 2 * _ABOVE) / ((bottom - top) or 1)
    x, y = (left + right) / 2, (top + bottom) / 2
    return {
        id: Pixel(width / 2 + wide * (place[0] - x), height / 2 + high * (place[1] - y)) for id, place in places.items()
    }
