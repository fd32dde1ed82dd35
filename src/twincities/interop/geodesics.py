"""
Shortest lines between two points on the Earth, as positions for maps.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil

from ..model.parts import Coordinates

Position = tuple[float, float]
"""Longitude and latitude in degrees: GeoJSON's order (RFC 7946, 3.1.1)."""


def geodesic(start: Coordinates, end: Coordinates, *, step_km: float = 100) -> list[Position]:
    """
    The shortest line from *start* to *end* on the WGS 84 ellipsoid, as positions at most *step_km* apart.

    Longitudes continue past 180 and -180 degrees, without jumps; `cut_at_antimeridian` wraps them again. Between antipodes,
    one of the many shortest lines is returned.

    >>> kuopio, opole = Coordinates(latitude=62.89, longitude=27.68), Coordinates(latitude=50.67, longitude=17.93)
    >>> geodesic(kuopio, opole, step_km=1000)
    [(27.68, 62.89), (22.007808, 56.875744), (17.93, 50.67)]
    """
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.InverseLine(
        start.latitude,
        start.longitude,
        end.latitude,
        end.longitude,
        Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.DISTANCE_IN,
    )
    steps = max(ceil(line.s13 / (step_km * 1000)), 1)
    found: list[Position] = []
    for step in range(steps + 1):
        place = line.Position(line.s13 * step / steps, Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.LONG_UNROLL)
        found.append((round(place["lon2"], 6), round(place["lat2"], 6)))
    # The ends are exact, except for whole turns. These come from the position before, since a pole has every longitude.
    turns = round((found[-2][0] - end.longitude) / 360)
    return [(start.longitude, start.latitude), *found[1:-1], (end.longitude + 360 * turns, end.latitude)]


def cut_at_antimeridian(line: list[Position]) -> list[list[Position]]:
    """
    Cut a line at the antimeridian, so that longitudes are between -180 and 180 degrees (RFC 7946, 3.1.9).

    >>> cut_at_antimeridian([(170.0, 50.0), (190.0, 60.0)])
    [[(170.0, 50.0), (180.0, 55.0)], [(-180.0, 55.0), (-170.0, 60.0)]]
    """
    first, second = line[0][0], line[1][0]
    turn = round(first / 360)
    # A first position on the antimeridian belongs to the side that the line continues on.
    turn += (first == 180 + 360 * turn and second > first) - (first == -180 + 360 * turn and second < first)
    parts = [[(first - 360 * turn, line[0][1])]]
    for (before, low), (after, high) in pairwise(line):
        side = (after > 180 + 360 * turn) - (after < -180 + 360 * turn)
        if side:
            edge = 360 * turn + 180 * side
            crossing = round(low + (high - low) * (edge - before) / (after - before), 6)
            if before != edge:
                parts[-1].append((180.0 * side, crossing))
            parts.append([(-180.0 * side, crossing)])
            turn += side
        parts[-1].append((after - 360 * turn, high))
    return parts
