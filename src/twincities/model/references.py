"""
References collected while records are read: the quick way to see that a data set is sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from .fields import Field, Shape
from .frozen import EMPTY, FrozenDict
from .integrity import has_cycle, referring_fields
from .lists import LISTS

R = TypeVar("R")

Column = Callable[[Sequence[Any]], Sequence[Any]]
"""A function that converts one field's values for a run of records."""

COMBINED = frozenset({"areas", "sources"})
"""The lists that fields refer to by combinations of ids, which recur: `References` checks each combination once."""
_KEYS = {name: attrgetter("cities" if name == "partnerships" else "id") for name in LISTS}


class _Interned(dict[R, R]):
    """
    Values that are looked up as themselves: the first of equal values is returned for all.
    """

    __slots__ = ()

    def __missing__(self, value: R) -> R:
        self[value] = value
        return value


class References:
    """
    The ids that records refer to. Equal combinations of ids are shared, since the same few come again and again.
    """

    def __init__(self) -> None:
        self._cities: set[str] = set()  # those that weren't known when a record referred to them
        # Tuples as records hold them.
        self._areas: _Interned[tuple[str, ...]] = _Interned()
        self._sources: _Interned[tuple[str, ...]] = _Interned()
        self._partnerships: _Interned[tuple[str, ...]] = _Interned()
        self._interners: dict[type, list[tuple[str, Column | None]]] = {}
        self._by_key: dict[str, dict[Any, Any]] = {name: {} for name in LISTS}
        self._counts = dict.fromkeys(LISTS, 0)

    def add(self, name: str, records: Sequence[Any]) -> None:
        """
        Add *records* to the list *name*.
        """
        self._by_key[name].update(zip(map(_KEYS[name], records), records, strict=True))
        self._counts[name] += len(records)

    def interner(self, field: Field) -> Column | None:
        """
        A function that notes the ids in a column of values of *field*, and returns it as records hold it; `None` for a field
        that doesn't refer to other records.
        """
        sources = self._sources.__getitem__
        match field.refers_to, field.shape:
            case None, _:
                return None
            case "partnerships", _:
                tie = self._partnerships.__getitem__
                return lambda values: [tie(tuple(sorted(ids))) if ids else () for ids in values]
            case "cities", shape:

                def noted(values: Sequence[Any]) -> Sequence[Any]:
                    # A set is looked up in a dict in half the time of its items one by one.
                    ids = {*values} if shape is Shape.ONE else {*chain.from_iterable(values)}
                    self._cities |= ids.difference(self._by_key["cities"], (None,))
                    return values

                return noted
            case _, Shape.LISTS:
                return lambda values: [
                    FrozenDict(zip(v, map(sources, map(tuple, v.values())), strict=True)) if v else EMPTY
                    for v in values
                ]
        one = (self._areas if field.refers_to == "areas" else self._sources).__getitem__
        return lambda values: list(map(one, values))

    def collect(self, record: Any) -> None:
        """
        Note the references of *record* and its parts.
        """
        kind = record.__class__
        if kind not in self._interners:
            self._interners[kind] = [(field.name, self.interner(field)) for field in referring_fields(kind)]
        for name, interner in self._interners[kind]:
            value = getattr(record, name)
            if not value:
                continue
            if interner is not None:
                interner((value,))
            else:
                for part in value:
                    self.collect(part)

    def by_key_if_sound(
        self, complete_for: Iterable[str], shared_areas: Mapping[str, Any]
    ) -> dict[str, dict[Any, Any]] | None:
        """
        The records of each list by their keys; `None` if `problems_between` would find a problem.
        """
        by_key = self._by_key
        areas = by_key["areas"].keys()
        is_sound = (
            all(len(records) == self._counts[name] for name, records in by_key.items())
            and areas.isdisjoint(shared_areas)
            and by_key["cities"].keys() >= self._cities.union(complete_for)
            and all(len({*ids}) == len(ids) for ids in chain(self._areas, self._sources))
            and by_key["sources"].keys() >= set(chain.from_iterable(self._sources))
            and areas | shared_areas.keys() >= set(chain.from_iterable(self._areas))
            and by_key["partnerships"].keys() >= self._partnerships.keys() - {()}
            and not has_cycle({name: records.values() for name, records in by_key.items()})
        )
        return by_key if is_sound else None


def by_key_if_sound(
    lists: Mapping[str, Sequence[Any]], complete_for: Iterable[str], shared_areas: Mapping[str, Any]
) -> dict[str, dict[Any, Any]] | None:
    """
    The records of *lists* by their keys, or `None` if `problems_between` would find a problem.
    """
    references = References()
    for name, records in lists.items():
        references.add(name, records)
        for record in records:
            references.collect(record)
    return references.by_key_if_sound(complete_for, shared_areas)
