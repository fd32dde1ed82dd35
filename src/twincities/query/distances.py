"""
Distances between the cities of ties, each computed once per partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.parts import Coordinates
    from .ties import Tie

_MANY = 1000  # computing these takes about as long as importing pyproj
_PAIR = attrgetter("_partnership.cities")


def distances_km(ties: Sequence[Tie]) -> list[float | None]:
    """
    The kilometres between the cities of each tie, to the millimetre; `None` if coordinates are missing.
    """
    found: list[float | None] = []
    for _, group in groupby(ties, lambda tie: id(tie._whole)):
        same = [*group]
        pairs, known = [*map(_PAIR, same)], same[0]._whole._index.distances
        new = {
            pair: (here, there)
            for pair, tie in zip(pairs, same, strict=True)
            if pair not in known
            and (here := tie.city.coordinates) is not None
            and (there := tie.partner.coordinates) is not None
        }
        lengths = [round(length, 6) for length in lengths_km([*new.values()])]
        known.update(zip(new, lengths, strict=True))  # only final values, since other threads read them
        found += map(known.get, pairs)
    return found


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
