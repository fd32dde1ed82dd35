"""
Evidence that two cities are the same, or aren't: their ids and their place.
"""

from __future__ import annotations

from ..model.city import City
from .matches import NEAR_KM

MAX_BASE = 90
"""The letters of an id that stay when a number is appended."""
_IDENTITY = ("names", "alt_names", "kind", "country_code", "coordinates", "wikidata_id", "geonames_id", "alt_ids")


def main_ids(city: City) -> tuple[str, ...]:
    return tuple(id for id in (city.wikidata_id, city.geonames_id) if id is not None)


def place_ids(city: City) -> tuple[str, ...]:
    main = main_ids(city)
    return (*main, *(id for id in city.alt_ids if id not in main))


def contradict(x: City, y: City) -> bool:
    """
    True if two cities are in different countries, or both have Wikidata ids, or both GeoNames ids, but none in common.
    """
    if len({x.country_code, y.country_code} - {None}) > 1:
        return True
    first, second = set(place_ids(x)), set(place_ids(y))
    mine, theirs, shared = ({id[0] == "Q" for id in ids} for ids in (first, second, first & second))
    return bool((mine & theirs) - shared)


def distance_km(x: City, y: City) -> float | None:
    return x.coordinates.distance_km(y.coordinates) if x.coordinates and y.coordinates else None


def far_apart(x: City, y: City) -> bool:
    return (distance_km(x, y) or 0) > NEAR_KM


def same_record(x: City, y: City) -> bool:
    """
    True if two cities have the same names, place and ids.
    """
    unnamed = x.name == x.id and y.name == y.id
    return (x.name == y.name or unnamed) and all(getattr(x, name) == getattr(y, name) for name in _IDENTITY)


def numbered(id: str) -> str | None:
    """
    The id that *id* has a number more than: in a merge, a city whose id is taken gets one with -2, -3 …
    """
    base, _, number = id.rpartition("-")
    return base if base and number.isdigit() and number.isascii() else None


def shared_id(x: City, y: City) -> str | None:
    """
    The Wikidata or GeoNames id that two cities share, in words.
    """
    theirs = place_ids(y)
    id = next((id for id in place_ids(x) if id in theirs), None)
    if id is None:
        return None
    aside = "" if id in main_ids(x) and id in main_ids(y) else " (among alt_ids)"
    return f"{'Wikidata' if id[0] == 'Q' else 'GeoNames'} id {id}{aside}"


def id_reason(x: City, y: City) -> str:
    """
    The reason why two cities are matched by an id.
    """
    if shared := shared_id(x, y):
        return shared
    first, second = sorted((x.id, y.id), key=len)
    return f"id {first}" + ("" if first == second else f", merged as {second}")
