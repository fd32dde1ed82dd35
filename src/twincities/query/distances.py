"""
Distances between the cities of ties, each computed once per partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.parts import Coordinates
    from .ties import Tie

__all__ = ["distances_km", "lengths_km"]

_MANY = 1000  # computing these takes about as long as importing pyproj
_PAIR, _WHOLE = attrgetter("_partnership.cities"), attrgetter("_whole")


def distances_km(ties: Sequence[Tie]) -> list[float | None]:
    """
    The kilometres between the cities of each tie, to the millimetre; `None` if coordinates are missing.
    """
    pairs = [*map(_PAIR, ties)]
    wholes = [*map(_WHOLE, ties)]
    for whole in {id(whole): whole for whole in wholes}.values():
        known, cities = whole._index.distances, whole.cities
        new = {pair for pair, its_whole in zip(pairs, wholes, strict=True) if its_whole is whole} - known.keys()
        ends = [(cities[first].coordinates, cities[second].coordinates) for first, second in new]
        measured = [(here, there) for here, there in ends if here is not None and there is not None]
        lengths = iter(lengths_km(measured))
        for pair, (here, there) in zip(new, ends, strict=True):
            known[pair] = None if here is None or there is None else round(next(lengths), 6)
    return [whole._index.distances[pair] for whole, pair in zip(wholes, pairs, strict=True)]


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
