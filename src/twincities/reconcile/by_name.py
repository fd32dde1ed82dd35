"""
Cities with the same name and place, found without comparing every city with every other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain, combinations_with_replacement

from ..model.city import City
from ..model.parts import Coordinates
from ..query.names import fold, may_be_one
from .evidence import distance_km, place_ids
from .groups import Groups, Node
from .matches import NEAR_KM

_SHORT_DEGREE, _LONG_DEGREE = 110.5, 111.7  # kilometres: the least and the most that a degree measures north or east
_FEW = 24  # cities under one name; of more, those with so many alike are one group without looking at the rest
_CELL = (
    2 * math.sin(NEAR_KM / 6357 / 2) * 1.01
)  # on the unit sphere: near cities are in the same or a neighbouring cell


def same_names(
    a: Iterable[City], b: Iterable[City], agree: Callable[[City, City], bool], *, alternative: bool
) -> Groups:
    """
    The groups of cities that share a name in one place, with others of their own data set or of the other.

    Two of different data sets also have to *agree*. Cities with Wikidata ids are several places, as are cities with
    GeoNames ids: those that share an id are matched by it.
    """
    by_name: dict[str, dict[tuple[str | None, frozenset[str]], _Namesakes]] = {}
    for side, cities in enumerate((a, b)):
        for city in cities:
            if city.country_code or city.coordinates:  # else a name alone
                key = city.country_code, frozenset("Q" if id[0] == "Q" else "1" for id in place_ids(city))
                for name in _folded_names(city, alternative=alternative):
                    by_name.setdefault(name, {}).setdefault(key, _Namesakes()).cities.append((side, city))
    groups = Groups()
    for namesakes in by_name.values():
        for (key, some), (other_key, others) in combinations_with_replacement(namesakes.items(), 2):
            (country, kinds), (other_country, other_kinds) = key, other_key
            if kinds.isdisjoint(other_kinds) and (country == other_country or None in (country, other_country)):
                for side, city in some.cities:
                    others.join(side, city, groups, agree)
    return groups


class _Namesakes:
    """
    The cities with a name, in one country and with ids of the same kinds.
    """

    def __init__(self) -> None:
        self.cities: list[tuple[int, City]] = []
        self._is_one = False  # all are in one group

    def join(self, side: int, city: City, groups: Groups, agree: Callable[[City, City], bool]) -> None:
        """
        Put *city* into one group with those in its place.
        """
        if len(self.cities) == 1 and self.cities[0][1] is city:
            return
        node, first = (side, city.id), _node(self.cities[0])
        if self._is_one and groups.head(node) == groups.head(first):
            return
        found = 0
        for other_side, other in self.cities if len(self.cities) <= _FEW else self._around(city):
            there = other_side, other.id
            if groups.head(node) == groups.head(there) or not _same_place(city, other):
                continue
            if side == other_side or (agree(city, other) if side < other_side else agree(other, city)):
                groups.join(node, there)
                found += 1
            if found > _FEW:
                self._is_one = True
                for each in self.cities:
                    groups.join(node, _node(each))
                return

    def _around(self, city: City) -> Iterable[tuple[int, City]]:
        """
        Those near *city*, and those whose place isn't known.
        """
        if city.coordinates is None:
            return self.cities
        x, y, z = _cell(city.coordinates)
        steps = (-1, 0, 1)
        around = ((x + i, y + j, z + k) for i in steps for j in steps for k in steps)
        return chain(self._cells.get(None, ()), *(self._cells.get(cell, ()) for cell in around))

    @cached_property
    def _cells(self) -> dict[tuple[int, int, int] | None, list[tuple[int, City]]]:
        cells: dict[tuple[int, int, int] | None, list[tuple[int, City]]] = {}
        for side, city in self.cities:
            cells.setdefault(_cell(city.coordinates) if city.coordinates else None, []).append((side, city))
        return cells


def _node(one: tuple[int, City]) -> Node:
    side, city = one
    return side, city.id


def _cell(point: Coordinates) -> tuple[int, int, int]:
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    level = math.cos(latitude)
    place = level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude)
    x, y, z = (math.floor(part / _CELL) for part in place)
    return x, y, z


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


def _folded_names(city: City, *, alternative: bool) -> dict[str, None]:
    names = (city.name, *city.names.values(), *(city.alt_names if alternative else ()))
    return dict.fromkeys(key for name in names if (key := fold(name)))


def name_reason(x: City, y: City) -> str:
    """
    The name, the country and the distance of two cities that are matched by name.
    """
    folded = _folded_names(y, alternative=True)
    name = next(name for name in (x.name, *x.names.values(), *x.alt_names) if fold(name) in folded)
    reasons = [f"name {name}"]
    if x.country_code is not None and x.country_code == y.country_code:
        reasons.append(f"country {x.country_code}")
    distance = distance_km(x, y)
    if distance is not None:
        reasons.append(f"{distance:.1f} km apart")
    return ", ".join(reasons)
