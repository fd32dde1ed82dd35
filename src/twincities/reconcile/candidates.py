"""
Candidates for a match, found without comparing every city with every other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ..model.city import City
from ..model.parts import Coordinates
from .evidence import Tier
from .matches import NEAR_KM

__all__ = ["candidates_of", "groups"]

_FEW = 24  # cities under one key that are compared one by one
_CELL = (
    2 * math.sin(NEAR_KM / 6357 / 2) * 1.01
)  # on the unit sphere: near cities are in the same or a neighbouring cell


class _Candidates(NamedTuple):
    """
    The candidates in *b* for a city in *a*: ids, and whole groups if there are very many.
    """

    ids: list[str]
    groups: list[_Group]


class _Group:
    """
    The cities of *b* that share a key.
    """

    def __init__(self) -> None:
        self.cities: list[City] = []

    def agreeing(self, city: City, agree: Callable[[City, City], bool]) -> tuple[list[str], bool]:
        """
        The ids of those that agree with *city*, and True if there may be more.
        """
        if len(self.cities) <= _FEW:
            return [other.id for other in self.cities if agree(city, other)], False
        found: list[str] = []
        for other in self._around(city):
            if agree(city, other):
                found.append(other.id)
                if len(found) > _FEW:
                    return found, True
        return found, False

    def _around(self, city: City) -> Iterable[City]:
        """
        Those near *city*, and those whose place isn't known.
        """
        if city.coordinates is None:
            return self.cities
        cells = self._cells
        x, y, z = _cell(city.coordinates)
        steps = (-1, 0, 1)
        around = ((x + i, y + j, z + k) for i in steps for j in steps for k in steps)
        return chain(cells.get(None, ()), *(cells.get(cell, ()) for cell in around))

    @cached_property
    def _cells(self) -> dict[tuple[int, int, int] | None, list[City]]:
        cells: dict[tuple[int, int, int] | None, list[City]] = {}
        for city in self.cities:
            cells.setdefault(_cell(city.coordinates) if city.coordinates else None, []).append(city)
        return cells


def _cell(point: Coordinates) -> tuple[int, int, int]:
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    level = math.cos(latitude)
    place = level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude)
    x, y, z = (math.floor(part / _CELL) for part in place)
    return x, y, z


def candidates_of(tier: Tier, a: Iterable[City], b: Iterable[City]) -> dict[str, _Candidates]:
    """
    The candidates of each city in *a* that has any.
    """
    by_key: dict[object, _Group] = {}
    for city in b:
        for key in tier.keys_b(city):
            by_key.setdefault(key, _Group()).cities.append(city)
    found: dict[str, _Candidates] = {}
    for city in a:
        ids: dict[str, None] = {}
        many = []
        for key in dict.fromkeys(tier.keys_a(city)):
            if key in by_key:
                agreeing, more = by_key[key].agreeing(city, tier.agree)
                ids.update(dict.fromkeys(agreeing))
                many += [by_key[key]] if more else []
        if ids:
            found[city.id] = _Candidates(list(ids), many)
    return found


def groups(candidates: Mapping[str, _Candidates]) -> Iterator[tuple[list[str], list[str]]]:
    """
    The connected ids of a and b; a match is clear if there is one of each.
    """
    back: dict[object, list[str]] = {}
    for id, found in candidates.items():
        for node in (*found.ids, *found.groups):
            back.setdefault(node, []).append(id)
    seen: set[str] = set()
    for start in candidates:
        if start in seen:
            continue
        seen.add(start)
        ids_a: list[str] = []
        nodes: dict[object, None] = {}
        waiting: list[object] = []
        reached = [start]
        while reached:
            id = reached.pop()
            ids_a.append(id)
            waiting += [*candidates[id].ids, *candidates[id].groups]
            while waiting:
                node = waiting.pop()
                if node in nodes:
                    continue
                nodes[node] = None
                if isinstance(node, _Group):
                    waiting += [city.id for city in node.cities]
                more = [other for other in back.get(node, ()) if other not in seen]
                seen.update(more)
                reached += more
        yield ids_a, [node for node in nodes if isinstance(node, str)]
