"""
Cities of one data set that may be the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.city import City
from ..query.names import fold, may_be_one

NEAR_KM = 10.0
"""Cities with one name that are at most this far apart may be the same place."""


def sharing_ids(cities: Sequence[City]) -> Iterator[tuple[int, int, str, str]]:
    """
    Cities with a Wikidata or GeoNames id that an earlier one has: the indexes of both, the field of the later, the id.
    """
    first: dict[str, int] = {}
    for index, city in enumerate(cities):
        alternative = ((f"alt_ids[{place}]", id) for place, id in enumerate(city.alt_ids))
        for field, id in (("wikidata_id", city.wikidata_id), ("geonames_id", city.geonames_id), *alternative):
            if id is not None and first.setdefault(id, index) != index:
                yield first[id], index, field, id


def sharing_names(cities: Sequence[City]) -> Iterator[tuple[int, int, str, float | None]]:
    """
    Cities that may be the same place, since they share a name in any language and spelling: the indexes of both, the name,
    and the kilometres between them.

    They are at most `NEAR_KM` apart; or a point is missing, their ids don't differ, and they share a name other than an
    alternative one in the same country.
    """
    named: dict[str, dict[int, str]] = {}
    for index, city in enumerate(cities):
        for name in dict.fromkeys((city.name, *city.names.values(), *city.alt_names)):
            if key := fold(name):
                named.setdefault(key, {}).setdefault(index, name)
    for same in named.values():
        if len(same) > 1:
            yield from _near(cities, same)
            yield from _without_point(cities, same)


def _near(cities: Sequence[City], same: Mapping[int, str]) -> Iterator[tuple[int, int, str, float | None]]:
    # From south to north, looking back only as far as the latitudes allow.
    points = sorted(
        (point.latitude, index, point) for index in same if (point := cities[index].coordinates) is not None
    )
    for place, (latitude, index, point) in enumerate(points):
        for before in range(place - 1, -1, -1):
            below, other, there = points[before]
            if (latitude - below) * 110 > NEAR_KM:  # a degree of latitude is longer than 110 km everywhere
                break
            if may_be_one(cities[index], cities[other]) and (apart := point.distance_km(there)) <= NEAR_KM:
                yield other, index, same[index], apart
                break


def _without_point(cities: Sequence[City], same: Mapping[int, str]) -> Iterator[tuple[int, int, str, float | None]]:
    first: dict[str, int] = {}
    for index, name in same.items():
        city = cities[index]
        # Without points alternative names are too weak.
        if city.country_code is None or name not in {city.name, *city.names.values()}:
            continue
        earlier = first.setdefault(city.country_code, index)
        other = cities[earlier]
        if earlier == index or (city.coordinates and other.coordinates) or _have_other_ids(city, other):
            continue
        if may_be_one(city, other):
            yield earlier, index, name, None


def _have_other_ids(one: City, other: City) -> bool:
    """
    Check if both cities have an id of Wikidata or GeoNames, and it differs.
    """
    pairs = (one.wikidata_id, other.wikidata_id), (one.geonames_id, other.geonames_id)
    return any(id and another and id != another for id, another in pairs)
