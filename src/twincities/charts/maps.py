"""
The map: great-circle lines between cities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import pi
from typing import Any, Literal, NamedTuple

from ..display.words import word
from ..errors import QueryError, shown
from ..model.arguments import nonblank
from ..model.city import City
from ..model.parts import Coordinates
from ..query.names import NameIndex
from ..query.ties import Tie
from . import marks
from .labels import Marked
from .land import land_feature
from .offline import altair
from .panels import GAP, LAYOUTS, Picture, Spot, all_named, pictures
from .projection import Panel, Pixel, angle
from .style import LAND, MARGIN, QUIET, SEA, Legend, cut, described, noted, with_heading

_MOST_CITIES = 1_000  # more can't be told apart, and take seconds to lay out
_SMALLEST, _LARGEST = 3.0, 9.0  # radius of a point in pixels
_FULL, _LEAST_SCALE = 600, 0.7  # pixels: in narrower pictures points are smaller, down to this share
_EDGE = 5  # pixels along the edges of a picture, kept free of lines

Layout = Literal["one", "side", "stack"]


def city_map(
    ties: Sequence[Tie],
    cities: Iterable[City],
    centre: str | City | None,
    layout: Layout | None,
    *,
    lang: str,
    title: str | None,
    width: int,
    height: int,
) -> Any:
    """
    A map of *ties*, and of further *cities*; see `Charts.map`.
    """
    every = marks.all_cities(ties, cities, _MOST_CITIES)
    marks.check(title, width=width, height=height)
    if layout is not None and layout not in LAYOUTS:
        raise QueryError(f"expected layout= as one of {', '.join(map(repr, LAYOUTS))}, got {shown(layout)}")
    placed = _in_order([city for city in every.values() if city.coordinates], ties, _middle(centre, every))
    places = _places(placed)
    scale = max(_LEAST_SCALE, min(1.0, width / _FULL))
    sizes = marks.radii([city.population or 0 for city in placed], scale * _SMALLEST, scale * _LARGEST)
    spots = [
        Spot(cut(city.label(lang), 40), places[city.id], radius) for city, radius in zip(placed, sizes, strict=True)
    ]
    numbers = {city.id: number for number, city in enumerate(placed)}
    drawn = [tie for tie in ties if tie.city.id in numbers and tie.partner.id in numbers]
    lines = [(numbers[tie.city.id], numbers[tie.partner.id]) for tie in drawn]
    notes = [noted(word("no place", lang), (city.label(lang) for city in every.values() if not city.coordinates))]
    if every and not placed:
        notes.append(word("how to place", lang))
    legend = Legend.of((tie.status for tie in drawn), lang, width - MARGIN)
    drawing = _Drawing(placed, spots, drawn, lines, legend, lang)

    def below(heading: int) -> tuple[tuple[Picture, ...], set[int]]:
        found = pictures(spots, lines, width, height - heading - legend.height, layout)
        return found, all_named(found)

    found, heading = with_heading(title, notes, [spot.name for spot in spots], width - MARGIN, lang, below)
    first, *closer = (drawing.layers(picture, found[number + 1 :]) for number, picture in enumerate(found))
    join = altair().vconcat if 2 * found[0].panel.width > width else altair().hconcat
    chart = join(first, *closer, spacing=GAP) if closer else first
    return marks.finished(chart, "map", heading, described(len(ties), placed, lang), lang)


def _middle(centre: str | City | None, cities: Mapping[str, City]) -> City | None:
    """
    The city on the map that *centre* means.
    """
    if centre is None:
        return None
    if isinstance(centre, City):
        found = cities.get(centre.id)
        found = found if found == centre else None
    else:
        found = NameIndex(cities).one(nonblank(centre, "centre= as a city of the map"))
    if found is None:
        raise QueryError(f"expected centre= as a city of the map, got {shown(centre)}")
    if found.coordinates is None:
        raise QueryError(
            f"expected centre= as a city that has coordinates, got {shown(centre)}; read_table(..., places=geonames()) and "
            f"import --places geonames find them"
        )
    return found


def _in_order(cities: Sequence[City], ties: Iterable[Tie], centre: City | None) -> list[City]:
    """
    The cities in the order in which they are drawn and named: the centre, then by number of ties and size.
    """
    degree = Counter(city.id for tie in ties for city in (tie.city, tie.partner))
    hub = centre or max(cities, key=lambda city: degree[city.id], default=None)
    return sorted(cities, key=lambda city: (city != hub, -degree[city.id], -(city.population or 0), city.id))


def _places(cities: Sequence[City]) -> dict[str, Coordinates]:
    """
    The place at which each city is drawn. The antipode of the first would be on every side of the map: it moves by a
    kilometre.
    """
    places = {city.id: city.coordinates for city in cities if city.coordinates}
    for city in cities:
        here = places[city.id]
        if angle(places[cities[0].id], here) > pi - 1e-4:
            nearer = here.latitude - 0.01 if here.latitude > 0 else here.latitude + 0.01
            places[city.id] = Coordinates(latitude=nearer, longitude=here.longitude)
    return places


class _Drawing(NamedTuple):
    """
    The cities and ties of a map.
    """

    cities: Sequence[City]
    spots: Sequence[Spot]
    ties: Sequence[Tie]
    lines: Sequence[tuple[int, int]]
    """The numbers of the cities of each tie."""
    legend: Legend
    lang: str

    def layers(self, picture: Picture, closer: Sequence[Picture]) -> Any:
        """
        The layers of a picture from back to front, with the frames of *closer* ones.
        """
        panel, pixels = picture.panel, picture.pixels
        marked = {
            number: Marked(pixel, self.spots[number].radius, self.spots[number].name)
            for number, pixel in pixels.items()
        }
        plain = {"type": "geoshape", "clip": False, "aria": False}
        lines, unseen = self._ties(picture)
        ground = [
            (0.5, altair().Chart({"sphere": True}, mark={**plain, "fill": SEA})),
            (0.5, marks.layer_of([land_feature(panel)], {**plain, "fill": LAND})),
        ]
        shapes = [
            *(ground if self.spots else ()),
            *((_EDGE, _frame(other.panel)) for other in closer),
            (_EDGE, lines),
            (marks.TOUCH + _EDGE, unseen),
        ]
        return marks.layered(
            *(shape.properties(projection=_projection(panel, inset)) for inset, shape in shapes if shape is not None),
            marks.points([self.cities[number] for number in pixels], list(marked.values()), self.lang),
            *marks.names((marked[label.number], label) for label in picture.labels),
            None if self.spots else marks.empty(self.lang),
            width=panel.width,
            height=panel.height,
        )

    def _ties(self, picture: Picture) -> list[Any]:
        """
        The ties as lines between their points.
        """
        panel = picture.panel

        def place(number: int) -> Coordinates:
            spot, pixel = self.spots[number], picture.pixels.get(number)
            moved = pixel is not None and pixel != panel.pixel(spot.place)
            return panel.place(pixel) if moved and pixel else spot.place

        features = tuple(
            _feature(map(place, line), marks.tie_facts(tie, self.lang))
            for tie, line in zip(self.ties, self.lines, strict=True)
        )
        return marks.line_layers(features, {"type": "geoshape", "filled": False, "clip": False}, self.legend, self.lang)


def _projection(panel: Panel, inset: float) -> dict[str, Any]:
    """
    The projection of a panel. It cuts off what is within *inset* pixels of the edges: wide lines would widen the picture,
    and clip paths would take seconds in PNG.
    """
    return {
        "type": "azimuthalEquidistant",
        "rotate": [-panel.centre.longitude, -panel.centre.latitude, 0],
        "scale": panel.scale,
        "translate": [panel.origin.x, panel.origin.y],
        "clipExtent": [[inset, inset], [panel.width - inset, panel.height - inset]],
    }


def _frame(panel: Panel) -> Any:
    """
    The frame of a closer picture.
    """
    corners = [(0, 0), (panel.width, 0), (panel.width, panel.height), (0, panel.height), (0, 0)]
    line = {"type": "geoshape", "filled": False, "stroke": QUIET, "strokeWidth": 1, "clip": False, "aria": False}
    return marks.layer_of([_feature((panel.place(Pixel(x, y)) for x, y in corners), {})], line)


def _feature(ends: Iterable[Coordinates], facts: Mapping[str, str]) -> dict[str, Any]:
    """
    A line that the projection draws along great circles.
    """
    positions = [[round(place.longitude, 5), round(place.latitude, 5)] for place in ends]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": positions},
        "properties": dict(facts),
    }
