"""
The graph: who is twinned with whom, regardless of place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..model.city import City
from ..query.ties import Tie, cities_of
from .labels import MOST_NAMES, Box, Marked, placed_labels
from .marks import (
    WHERE_TO,
    empty,
    ends,
    few_enough,
    finished,
    large_enough,
    layered,
    line_layers,
    names,
    points,
    radii,
    tie_facts,
)
from .places import Place, stress_layout
from .projection import Panel, Pixel, middle
from .style import Heading, Legend, cut, names_of, noted, word

__all__ = ["city_graph"]

_MOST_CITIES, _MOST_TIES = 300, 3_000
_ASIDE, _ABOVE = 80, 28  # pixels kept free beside and above the outermost points, for their names
_SMALLEST, _LARGEST = 3.5, 11.0  # radius of a point in pixels
_AROUND = 10, 10  # pixels that Vega puts around a picture, across and down
_ROUNDS = 4
_MARGIN = 24  # pixels by which headings and legends are narrower than the whole


def city_graph(
    ties: Sequence[Tie],
    cities: Iterable[City] = (),
    *,
    lang: str = "en",
    title: str | None = None,
    width: int = 800,
    height: int = 560,
) -> Any:
    """
    The graph of *ties*, and of further *cities*, as an altair chart.

    Cities with ties or partners in common are near each other. The more ties a city has, the larger its point; lines are
    coloured and dashed by status. The layout starts from the map, so cities in the west tend to be on the left. At most 60
    cities are named; those without room are listed above, and tooltips name every city.

    Args:
        ties: The ties to draw, at most 3,000.
        cities: Cities to show besides those of the ties; at most 300 in all.
        lang: The language of names and labels, a BCP 47 tag.
        title: The title.
        width: The width of the whole in pixels, at least 300.
        height: The height of the whole with title, notes and legend in pixels, at least 200.

    Raises:
        QueryError: There are too many ties or cities, or the picture is too small.
        MissingDependencyError: altair, numpy or vl-convert-python isn't installed.
    """
    every = cities_of(ties) | {city.id: city for city in cities}
    few_enough("partnerships", len(ties), _MOST_TIES)
    few_enough("cities", len(every), _MOST_CITIES)
    large_enough(width, height)
    neighbours: dict[str, list[str]] = {id: [] for id in sorted(every)}
    for tie in ties:
        neighbours[tie.city.id].append(tie.partner.id)
        neighbours[tie.partner.id].append(tie.city.id)
    cities = sorted(every.values(), key=lambda city: (-len(neighbours[city.id]), city.id))
    sizes = radii([len(neighbours[city.id]) for city in cities], _SMALLEST, _LARGEST)
    legend = Legend.of((tie.status for tie in ties), lang, width - _MARGIN)
    spread = stress_layout(neighbours, _on_earth(cities))
    heading = Heading.of(title, (), width - _MARGIN)
    for _ in range(_ROUNDS):  # a note on names without room takes room itself
        above = heading.height
        inner = width - _AROUND[0], height - _AROUND[1] - above - legend.height
        pixels = _in_frame(spread, *inner)
        marked = [
            Marked(pixels[city.id], size, cut(city.label(lang), 40)) for city, size in zip(cities, sizes, strict=True)
        ]
        lines = [(pixels[tie.city.id], pixels[tie.partner.id]) for tie in ties]
        labels = placed_labels(marked, range(len(marked)), lines[: 4 * MOST_NAMES], Box(0, 0, *inner))
        named = {label.number for label in labels}
        left = (point.name for number, point in enumerate(marked) if number not in named)
        note = noted(word("no room", lang), left, width - _MARGIN)
        heading = Heading.of(title, [note], width - _MARGIN).filled(above)
        if heading.height == above:
            break
    values = tuple({**ends(*line), **tie_facts(tie, lang)} for tie, line in zip(ties, lines, strict=True))
    chart = layered(
        *line_layers(values, {"type": "rule"}, legend, lang, **WHERE_TO),
        points(cities, marked, lang),
        *names((marked[label.number], label) for label in labels),
        None if cities else empty(lang),
        width=inner[0],
        height=inner[1],
    )
    return finished(chart, "graph", heading, f"{word('ties', lang)}: {len(ties)}. {names_of(cities, lang)}", lang)


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
