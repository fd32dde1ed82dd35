"""
Evidence that two cities are the same: ids, names and places, strongest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import attrs

from ..model.city import City
from ..query.names import fold, may_be_one
from .differences import Verdict, differences_of
from .matches import NEAR_KM

__all__ = ["MAX_BASE", "Tier", "contradict", "distance_km", "far_apart", "main_ids", "place_ids", "shared_id", "tiers"]

MAX_BASE = 90
"""The letters of an id that stay when a number is appended."""
_SHORT_DEGREE, _LONG_DEGREE = 110.5, 111.7  # kilometres: the least and the most that a degree measures north or east


def main_ids(city: City) -> tuple[str, ...]:
    return tuple(id for id in (city.wikidata_id, city.geonames_id) if id is not None)


def place_ids(city: City) -> tuple[str, ...]:
    return (*main_ids(city), *city.alt_ids)


def contradict(x: City, y: City) -> bool:
    """
    True if both have Wikidata ids, or both GeoNames ids, but none in common.
    """
    first, second = set(place_ids(x)), set(place_ids(y))
    kinds = {id[0] == "Q" for id in first} & {id[0] == "Q" for id in second}
    return bool(kinds) and first.isdisjoint(second)


def shared_id(x: City, y: City) -> str:
    theirs = place_ids(y)
    id = next(id for id in place_ids(x) if id in theirs)
    aside = "" if id in main_ids(x) and id in main_ids(y) else " (among alt_ids)"
    return f"{'Wikidata' if id[0] == 'Q' else 'GeoNames'} id {id}{aside}"


def distance_km(x: City, y: City) -> float | None:
    return x.coordinates.distance_km(y.coordinates) if x.coordinates and y.coordinates else None


def far_apart(x: City, y: City) -> bool:
    return (distance_km(x, y) or 0) > NEAR_KM


def _same_place(x: City, y: City) -> bool:
    """
    True if nothing contradicts that two cities are one place, and the country or the distance confirms it.
    """
    if not may_be_one(x, y):
        return False
    here, there = x.coordinates, y.coordinates
    if here is None or there is None:
        return x.country_code is not None and x.country_code == y.country_code
    # Most are clearly near or far, without computing the exact distance.
    north, east = abs(here.latitude - there.latitude), abs(here.longitude - there.longitude)
    if north * _SHORT_DEGREE > NEAR_KM:
        return False
    return (north + east) * _LONG_DEGREE <= NEAR_KM or here.distance_km(there) <= NEAR_KM


def _name_and_place(x: City, y: City) -> str:
    folded = _folded_names(y, alternative=True)
    name = next(name for name in (x.name, *x.names.values(), *x.alt_names) if fold(name) in folded)
    reasons = [f"name {name}"]
    if x.country_code is not None and x.country_code == y.country_code:
        reasons.append(f"country {x.country_code}")
    distance = distance_km(x, y)
    if distance is not None:
        reasons.append(f"{distance:.1f} km apart")
    return ", ".join(reasons)


def _folded_names(city: City, *, alternative: bool) -> dict[str, None]:
    names = (city.name, *city.names.values(), *(city.alt_names if alternative else ()))
    return dict.fromkeys(key for name in names if (key := fold(name)))


# -- tiers -----------------------------------------------------------------------------------------


class Tier(NamedTuple):
    """
    One way to match two cities: they share a key, and *agree* is true of them.
    """

    label: str
    keys_a: Callable[[City], Iterable[object]]
    """The keys of a city in the first data set."""
    keys_b: Callable[[City], Iterable[object]]
    """The keys of a city in the second."""
    agree: Callable[[City, City], bool]
    reason: Callable[[City, City], str]


def _always(_x: City, _y: City) -> bool:
    return True


def _by_place_id(ids: Callable[[City], Iterable[str]], *, same_id: bool) -> Tier:
    def keys(city: City) -> Iterable[object]:
        return [(city.id, id) for id in ids(city)] if same_id else ids(city)

    return Tier("the same Wikidata or GeoNames id", keys, keys, _always, shared_id)


def _by_id() -> Tier:
    def agree(x: City, y: City) -> bool:
        return not contradict(x, y) and len({x.country_code, y.country_code} - {None}) < 2 and not far_apart(x, y)

    def keys(city: City) -> Iterable[object]:
        return (city.id,)

    return Tier("the same id", keys, keys, agree, lambda x, _y: f"id {x.id}")


def _by_new_id() -> Tier:
    # In an earlier merge a city whose id was taken got the first of -2, -3 … that was free.
    def keys(city: City) -> Iterable[object]:
        base, _, number = city.id.rpartition("-")
        return (base,) if base and number.isdigit() and number.isascii() else ()

    def agree(x: City, y: City) -> bool:
        found = differences_of(attrs.evolve(x, id=y.id, name=None if x.name == x.id else x.name), y)
        return all(difference.verdict in {Verdict.ONLY_A, Verdict.FINER_A} for difference in found)

    return Tier(
        "the same facts", keys, lambda city: (city.id[:MAX_BASE],), agree, lambda x, y: f"id {y.id}, merged as {x.id}"
    )


def _by_name(label: str, *, alternative: bool) -> Tier:
    # The keys hold the country, since many cities share a name, and the kinds of ids: cities that share an id are matched
    # by now, and two with ids of one kind contradict each other.
    def keys(city: City) -> Iterator[object]:
        known = _kinds_of_ids(city)
        free = [kinds for kinds in _KINDS_OF_IDS if known.isdisjoint(kinds)]
        for name in _folded_names(city, alternative=alternative):
            for country in (city.country_code, None) if city.country_code else ("any",):
                yield from ((name, country, kinds) for kinds in free)

    def keys_b(city: City) -> Iterator[object]:
        kinds = _kinds_of_ids(city)
        for name in _folded_names(city, alternative=alternative):
            yield from ((name, city.country_code, kinds), (name, "any", kinds))

    return Tier(label, keys, keys_b, _same_place, _name_and_place)


_KINDS_OF_IDS: tuple[frozenset[str], ...] = (frozenset(), frozenset("Q"), frozenset("1"), frozenset("Q1"))


def _kinds_of_ids(city: City) -> frozenset[str]:
    return frozenset("Q" if id[0] == "Q" else "1" for id in place_ids(city))


def tiers() -> Iterator[Tier]:
    # Of several cities with the same Wikidata id, the one with the same id goes first.
    yield _by_place_id(main_ids, same_id=True)
    yield _by_place_id(main_ids, same_id=False)
    yield _by_place_id(place_ids, same_id=True)
    yield _by_place_id(place_ids, same_id=False)
    yield _by_id()
    yield _by_new_id()
    yield _by_name("the same name and place", alternative=False)
    yield _by_name("an alternative name and the same place", alternative=True)
