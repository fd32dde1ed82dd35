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


def distances_km(ties: Sequence[Tie]) -> list[float | None]:
    """
    The kilometres between the cities of each tie, to the millimetre; `None` if coordinates are missing.
    """
    pairs = [*map(_PAIR, ties)]
    for whole in {id(tie._whole): tie._whole for tie in ties}.values():
        known = whole._index.distances
        new: dict[tuple[str, ...], float | None] = {}
        measured, ends = [], []
        for pair, tie in zip(pairs, ties, strict=True):
            if pair in known or pair in new or tie._whole is not whole:
                continue
            new[pair] = None
            here, there = tie.city.coordinates, tie.partner.coordinates
            if here is not None and there is not None:
                measured.append(pair)
                # Always in the same direction, so that the last digit is the same too.
                ends.append((here, there) if tie.city.id == pair[0] else (there, here))
        new.update(zip(measured, [round(length, 6) for length in lengths_km(ends)], strict=True))
        known.update(new)
    return [tie._whole._index.distances[pair] for tie, pair in zip(ties, pairs, strict=True)]


_PAIR = attrgetter("_partnership.cities")


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
