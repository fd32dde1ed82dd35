"""
The map: great-circle lines between cities, on land alone.

The outline of land is Natural Earth's at 1:110m, which is in the public domain. It has no borders.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import pi, sqrt
from typing import Any, NamedTuple

from .._data import read_data
from ..errors import QueryError, shown
from ..model.city import City
from ..model.parts import Coordinates
from ..query.names import NameIndex, nonblank
from ..query.ties import Tie, cities_of
from .labels import Marked
from .marks import few_enough, finished, layer_of, layered, line_layers, names, points, status_colour, tie_facts
from .offline import altair
from .panels import Picture, Spot, pictures
from .projection import Panel, Pixel, angle
from .style import LAND, QUIET, SEA, cut, names_of, noted, word

__all__ = ["city_map"]

_MOST_CITIES, _MOST_TIES = 1_000, 3_000  # more can't be told from each other, and take seconds to lay out
_NARROWEST, _LOWEST = 300, 200  # pixels of a picture: names need room beside and above the points
_SMALLEST, _LARGEST = 3.0, 9.0  # radius of a point in pixels, half as large where there are many
_MANY = 60


def city_map(
    ties: Sequence[Tie],
    cities: Iterable[City] = (),
    *,
    centre: str | City | None = None,
    lang: str = "en",
    title: str | None = None,
    width: int = 800,
    height: int = 480,
) -> Any:
    """
    A map of *ties*, and of further *cities*, as an altair chart.

    Lines are great circles, coloured by status; points are sized by population. Where names would cover each other, a
    second picture below shows that part closer, and a frame in the first tells where it is. At most 60 names stand in a
    picture; tooltips have all. Cities without coordinates can't be drawn, and are named below the title.

    Args:
        ties: The ties to draw, at most 3,000.
        cities: Cities to show besides those of the ties; at most 1,000 in all.
        centre: The city in the middle, from where lines are straight, by record, id or name: one of those that are drawn.
            The one with most ties unless given.
        lang: The language of names and labels, a BCP 47 tag.
        title: What stands above.
        width: Pixels of a picture, at least 300.
        height: Pixels of a picture, at least 200.

    Raises:
        QueryError: There are more ties or cities than that, *centre* isn't drawn, or a picture is too small.
        UnknownCityError: No city of the map answers to *centre*.
        AmbiguousCityError: Several do.
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    every = cities_of(ties) | {city.id: city for city in cities}
    few_enough("partnerships", len(ties), _MOST_TIES)
    few_enough("cities", len(every), _MOST_CITIES)
    for name, pixels, least in (("width", width, _NARROWEST), ("height", height, _LOWEST)):
        if isinstance(pixels, bool) or not isinstance(pixels, int) or pixels < least:
            raise QueryError(f"expected {name}= as a whole number of {least} pixels or more, got {shown(pixels)}")
    placed = _in_order([city for city in every.values() if city.coordinates], ties, _middle(centre, every))
    places = _places(placed)
    spots = [
        Spot(cut(city.label(lang), 40), places[city.id], radius)
        for city, radius in zip(placed, _radii(placed), strict=True)
    ]
    drawing = _Drawing(placed, spots, _lines(ties, places, lang), lang)
    found = pictures(spots, [line.ends for line in drawing.lines], width, height)
    layers = [drawing.layers(picture, found[number + 1 :]) for number, picture in enumerate(found)]
    whole = altair().vconcat(*layers, spacing=10) if len(layers) > 1 else layers[0]
    note = noted(word("no place", lang), (city.label(lang) for city in every.values() if not city.coordinates))
    return finished(whole, title, note, f"{word('ties', lang)}: {len(ties)}. {names_of(placed, lang)}")


def _middle(centre: str | City | None, cities: Mapping[str, City]) -> City | None:
    """
    The city that *centre* means among those of the map.
    """
    if centre is None:
        return None
    if isinstance(centre, City):
        found = cities.get(centre.id)
        found = found if found == centre else None
    else:
        found = NameIndex(cities).one(nonblank(centre, "centre= as a city of the map"))
    if found is None or found.coordinates is None:
        raise QueryError(f"expected centre= as a city of the map that has coordinates, got {shown(centre)}")
    return found


def _in_order(cities: Sequence[City], ties: Iterable[Tie], centre: City | None) -> list[City]:
    """
    The cities in the order in which they are drawn and named: the one in the middle, then by size.
    """
    degree = Counter(city.id for tie in ties for city in (tie.city, tie.partner))
    hub = centre or max(cities, key=lambda city: degree[city.id], default=None)
    return sorted(cities, key=lambda city: (city != hub, -(city.population or 0), city.id))


def _places(cities: Sequence[City]) -> dict[str, Coordinates]:
    """
    The place at which each city is drawn. One opposite to the first would be on every side of the map: it moves by a
    kilometre.
    """
    places = {city.id: city.coordinates for city in cities if city.coordinates}
    for city in cities:
        here = places[city.id]
        if angle(places[cities[0].id], here) > pi - 1e-4:
            nearer = here.latitude - 0.01 if here.latitude > 0 else here.latitude + 0.01
            places[city.id] = Coordinates(latitude=nearer, longitude=here.longitude)
    return places


def _radii(cities: Sequence[City]) -> list[float]:
    """
    The radius of each city's point: it grows with the root of its inhabitants.
    """
    largest = max((city.population or 0 for city in cities), default=0) or 1
    scale = max(0.5, min(1.0, sqrt(_MANY / max(len(cities), 1))))
    return [scale * (_SMALLEST + (_LARGEST - _SMALLEST) * sqrt((city.population or 0) / largest)) for city in cities]


class _Line(NamedTuple):
    """
    A tie to draw: where it runs, and what its tooltip says.
    """

    tie: Tie
    ends: tuple[Coordinates, Coordinates]
    facts: Mapping[str, str]


def _lines(ties: Iterable[Tie], places: Mapping[str, Coordinates], lang: str) -> list[_Line]:
    return [
        _Line(tie, (places[tie.city.id], places[tie.partner.id]), tie_facts(tie, lang))
        for tie in ties
        if tie.city.id in places and tie.partner.id in places
    ]


class _Drawing(NamedTuple):
    """
    The content of the pictures.
    """

    cities: Sequence[City]
    spots: Sequence[Spot]
    lines: Sequence[_Line]
    lang: str

    def layers(self, picture: Picture, closer: Sequence[Picture]) -> Any:
        """
        A picture's layers from the back to the front; where *closer* ones look has a frame.
        """
        panel = picture.panel
        centre = panel.centre
        marked = [Marked(panel.pixel(spot.place), spot.radius, spot.name) for spot in self.spots]
        return layered(
            altair().Chart({"sphere": True}, mark={"type": "geoshape", "fill": SEA, "clip": True, "aria": False}),
            layer_of([_land()], {"type": "geoshape", "fill": LAND, "clip": True, "aria": False}),
            *(_frame(other.panel) for other in closer),
            *self._ties(),
            points(self.cities, marked, self.lang),
            *names(marked, picture.labels),
            projection={
                "type": "azimuthalEquidistant",
                "rotate": [-centre.longitude, -centre.latitude, 0],
                "scale": panel.scale,
                "translate": [panel.width / 2, panel.height / 2],
            },
            width=panel.width,
            height=panel.height,
        )

    def _ties(self) -> list[Any]:
        features = tuple(_feature(line.ends, line.facts) for line in self.lines)
        colour = status_colour((line.tie.status for line in self.lines), "properties.status", self.lang)
        return line_layers(features, {"type": "geoshape", "filled": False, "clip": True}, colour, self.lang)


def _frame(panel: Panel) -> Any:
    """
    The frame that a closer picture shows.
    """
    corners = [(0, 0), (panel.width, 0), (panel.width, panel.height), (0, panel.height), (0, 0)]
    line = {
        "type": "geoshape",
        "filled": False,
        "stroke": QUIET,
        "strokeWidth": 1,
        "strokeDash": [4, 3],
        "clip": True,
        "aria": False,
    }
    return layer_of([_feature((panel.place(Pixel(x, y)) for x, y in corners), {})], line)


def _feature(ends: Iterable[Coordinates], facts: Mapping[str, str]) -> dict[str, Any]:
    """
    A line that the projection draws as great circles.
    """
    positions = [[round(place.longitude, 5), round(place.latitude, 5)] for place in ends]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": positions},
        "properties": dict(facts),
    }


def _land() -> dict[str, Any]:
    return {"type": "Feature", "geometry": json.loads(read_data("land.json")), "properties": {}}
