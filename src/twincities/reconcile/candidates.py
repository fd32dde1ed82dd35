"""
Candidates: the cities of one data set that each of the other could be, found without holding all against all.
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

_FEW = 24  # cities under one key that are held against each other one by one
_CELL = 2 * math.sin(NEAR_KM / 6357 / 2) * 1.01  # of the unit sphere: what is near lies in a cell beside at most


class _Candidates(NamedTuple):
    """
    The ids in *b* that an id in *a* could be, and whole lists of them where it could be any of very many.
    """

    ids: list[str]
    crowds: list[_Filed]


class _Filed:
    """
    The cities of *b* under one key.
    """

    def __init__(self) -> None:
        self.cities: list[City] = []

    def agreeing(self, city: City, agree: Callable[[City, City], bool]) -> tuple[list[str], bool]:
        """
        The ids of those that agree with *city*, and whether there are more than were looked at.
        """
        if len(self.cities) <= _FEW:
            return [other.id for other in self.cities if agree(city, other)], False
        found: list[str] = []
        for other in self._beside(city):
            if agree(city, other):
                found.append(other.id)
                if len(found) > _FEW:
                    return found, True
        return found, False

    def _beside(self, city: City) -> Iterable[City]:
        """
        Those near *city*, and those that lie nobody knows where.
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
    filed: dict[object, _Filed] = {}
    for city in b:
        for key in tier.filed(city):
            filed.setdefault(key, _Filed()).cities.append(city)
    found: dict[str, _Candidates] = {}
    for city in a:
        ids: dict[str, None] = {}
        crowds = []
        for key in dict.fromkeys(tier.keys(city)):
            if key in filed:
                agreeing, crowded = filed[key].agreeing(city, tier.agree)
                ids.update(dict.fromkeys(agreeing))
                crowds += [filed[key]] if crowded else []
        if ids:
            found[city.id] = _Candidates(list(ids), crowds)
    return found


def groups(candidates: Mapping[str, _Candidates]) -> Iterator[tuple[list[str], list[str]]]:
    """
    The ids in a and in b that hang together: one of each where a match is clear.
    """
    back: dict[object, list[str]] = {}
    for id, found in candidates.items():
        for node in (*found.ids, *found.crowds):
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
            waiting += [*candidates[id].ids, *candidates[id].crowds]
            while waiting:
                node = waiting.pop()
                if node in nodes:
                    continue
                nodes[node] = None
                if isinstance(node, _Filed):
                    waiting += [city.id for city in node.cities]
                more = [other for other in back.get(node, ()) if other not in seen]
                seen.update(more)
                reached += more
        yield ids_a, [node for node in nodes if isinstance(node, str)]
