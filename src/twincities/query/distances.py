"""
Distances between the cities of ties, each worked out once a partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.parts import Coordinates
    from .ties import Tie

__all__ = ["distances_km", "lengths_km"]

_MANY = 1000  # what takes about as long as to import pyproj


def distances_km(ties: Sequence[Tie]) -> list[float | None]:
    """
    The kilometres between the cities of each tie to the millimetre, worked out once a partnership; `None` where
    coordinates are missing.
    """
    keys = [(tie._whole._index.distances, tie._partnership.cities) for tie in ties]  # noqa: SLF001  # of one room
    missing = {
        (id(known), pair): (known, pair, tie)
        for (known, pair), tie in zip(keys, ties, strict=True)
        if pair not in known
    }
    found = []
    for known, pair, tie in missing.values():
        ends = (tie.city, tie.partner) if tie.city.id == pair[0] else (tie.partner, tie.city)
        here, there = (city.coordinates for city in ends)
        if here is None or there is None:
            known[pair] = None
        else:
            found.append((known, pair, here, there))
    lengths = lengths_km([(here, there) for _, _, here, there in found])
    for (known, pair, _, _), length in zip(found, lengths, strict=True):
        known[pair] = round(length, 6)
    return [known[pair] for known, pair in keys]


def lengths_km(pairs: Sequence[tuple[Coordinates, Coordinates]]) -> list[float]:
    """
    The kilometres between the points of each pair, as `Coordinates.distance_km` has them to a millimetre.

    Many are asked of pyproj where it is installed: it works out the same in C.
    """
    if len(pairs) >= _MANY:
        try:
            from pyproj import Geod
        except ImportError:
            pass
        else:
            lon, lat = [here.longitude for here, _ in pairs], [here.latitude for here, _ in pairs]
            lon_2, lat_2 = [there.longitude for _, there in pairs], [there.latitude for _, there in pairs]
            _, _, metres = Geod(ellps="WGS84").inv(lon, lat, lon_2, lat_2, return_back_azimuth=False)
            return [length / 1000 for length in metres]
    return [here.distance_km(there) for here, there in pairs]
