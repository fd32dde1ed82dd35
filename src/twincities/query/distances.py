"""
Distances between the cities of ties, each computed once per partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.parts import Coordinates
    from .ties import Tie

__all__ = ["distances_km", "lengths_km"]

_MANY = 1000  # computing these takes about as long as importing pyproj


def distances_km(ties: Sequence[Tie]) -> list[float | None]:
    """
    The kilometres between the cities of each tie, to the millimetre; `None` if coordinates are missing.
    """
    keys = [(tie._whole._index.distances, tie.partnership.cities) for tie in ties]
    missing = []
    seen = set()
    for (known, pair), tie in zip(keys, ties, strict=True):
        if pair not in known and (id(known), pair) not in seen:
            seen.add((id(known), pair))
            here, there = tie.city.coordinates, tie.partner.coordinates
            if here is None or there is None:
                known[pair] = None
            else:  # always in the same direction, so that the last digit is the same too
                missing.append((known, pair, (here, there) if tie.city.id == pair[0] else (there, here)))
    for (known, pair, _), length in zip(missing, lengths_km([ends for _, _, ends in missing]), strict=True):
        known[pair] = round(length, 6)
    return [known[pair] for known, pair in keys]


def lengths_km(pairs: Sequence[tuple[Coordinates, Coordinates]]) -> list[float]:
    """
    The kilometres between the points of each pair, equal to `Coordinates.distance_km` to the millimetre.

    For many pairs pyproj computes them, if it is installed: it does the same in C.
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
