"""
The azimuthal equidistant projection, in pixels.

From its centre, great circles are straight and their lengths true, as suits a map of one city's partners.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

from ..model.parts import Coordinates


class Pixel(NamedTuple):
    """
    A point of a picture, in pixels from its upper left corner.
    """

    x: float
    y: float


class Panel(NamedTuple):
    """
    A rectangle with a map: its size in pixels, the place from which lines are straight, the pixels of a radian, and the pixel
    of that place, by default in the middle.
    """

    width: int
    height: int
    centre: Coordinates
    scale: float
    at: Pixel | None = None

    @property
    def origin(self) -> Pixel:
        """
        The pixel of the centre.
        """
        return self.at or Pixel(self.width / 2, self.height / 2)

    def pixel(self, place: Coordinates) -> Pixel:
        """
        The pixel of *place*. The antipode of the centre, which is on every side of the map, is put on the right.
        """
        x, y, ahead = _seen(self.centre, place)
        across = hypot(x, y)
        away = atan2(across, ahead)
        x, y = (x * away / across, y * away / across) if across else (away, 0.0)
        return Pixel(self.origin.x + self.scale * x, self.origin.y - self.scale * y)

    def place(self, pixel: Pixel) -> Coordinates:
        """
        The place at *pixel* (Snyder 1987, 20-14, 20-15 and 25-14).
        """
        x, y = (pixel.x - self.origin.x) / self.scale, (self.origin.y - pixel.y) / self.scale
        away, here = hypot(x, y), radians(self.centre.latitude)
        if away == 0:
            return self.centre
        latitude = asin(max(-1.0, min(1.0, cos(away) * sin(here) + y * sin(away) * cos(here) / away)))
        turn = atan2(x * sin(away), away * cos(here) * cos(away) - y * sin(here) * sin(away))
        longitude = (self.centre.longitude + degrees(turn) + 180) % 360 - 180
        return Coordinates(latitude=degrees(latitude), longitude=longitude)

    def holds(self, pixel: Pixel, margin: float = 0) -> bool:
        """
        Check if *pixel* is inside, and at least *margin* from the edges.
        """
        return margin <= pixel.x <= self.width - margin and margin <= pixel.y <= self.height - margin


def angle(one: Coordinates, other: Coordinates) -> float:
    """
    The angle between two places at the centre of the Earth, in radians.
    """
    x, y, ahead = _seen(one, other)
    return atan2(hypot(x, y), ahead)


def _seen(here: Coordinates, there: Coordinates) -> tuple[float, float, float]:
    """
    The direction from the centre of the Earth to *there*: its components to the east and north of *here*, and towards *here*
    (Snyder 1987, Map Projections: A Working Manual, 5-3 and 25-1 to 25-5).
    """
    (a, b), turn = map(radians, (here.latitude, there.latitude)), radians(there.longitude - here.longitude)
    return (
        cos(b) * sin(turn),
        cos(a) * sin(b) - sin(a) * cos(b) * cos(turn),
        sin(a) * sin(b) + cos(a) * cos(b) * cos(turn),
    )


def middle(places: Iterable[Coordinates]) -> Coordinates:
    """
    The middle of several places: the direction of their mean in space.
    """
    x = y = z = 0.0
    for place in places:
        latitude, longitude = radians(place.latitude), radians(place.longitude)
        x += cos(latitude) * cos(longitude)
        y += cos(latitude) * sin(longitude)
        z += sin(latitude)
    return Coordinates(latitude=degrees(atan2(z, sqrt(x * x + y * y))), longitude=degrees(atan2(y, x)))
