"""
What has to hold between the records of a data set: ids that are there, and there once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from ..errors import Problem, shown, step
from .city import City
from .cooperation import CooperationArea, CooperationNetwork
from .fields import LISTS
from .frozen import EMPTY, FrozenDict
from .partnership import Partnership
from .parts import Activity, Contact, Source

__all__ = ["Used", "fitted", "problems_between"]

R = TypeVar("R")

_PARTS = ("activities", "agreements", "contacts", "links", "milestones", "organisations", "populations")


def problems_between(
    *,
    cities: Sequence[City | None],
    partnerships: Sequence[Partnership | None],
    areas: Sequence[CooperationArea | None],
    networks: Sequence[CooperationNetwork | None],
    sources: Sequence[Source | None],
    complete_for: Sequence[str],
    shared_areas: Mapping[str, CooperationArea],
    also_cities: Collection[str] = (),
    also_areas: Collection[str] = (),
    also_sources: Collection[str] = (),
    unreadable: Collection[str] = (),
) -> Iterator[Problem]:
    """
    Everything that is wrong between records: ids given twice, ids that lead nowhere, areas in a circle.

    *shared_areas* are those of the vocabulary. A record that is `None` is broken and reported elsewhere; the ids *also*
    known are theirs. What refers to a list that is *unreadable* can't be judged.
    """
    numbered_cities, numbered_areas = _numbered(cities), _numbered(areas)
    numbered_partnerships, numbered_networks = _numbered(partnerships), _numbered(networks)
    numbered_sources = _numbered(sources)
    yield from _twice("cities", ((index, city.id) for index, city in numbered_cities))
    yield from _twice("partnerships", ((index, tie.cities) for index, tie in numbered_partnerships))
    yield from _twice("areas", ((index, area.id) for index, area in numbered_areas))
    yield from _twice("networks", ((index, network.id) for index, network in numbered_networks))
    yield from _twice("sources", ((index, source.id) for index, source in numbered_sources))
    for index, area in numbered_areas:
        if area.id in shared_areas:
            expected = "expected an id that the vocabulary doesn't have already"
            yield Problem(f"$.areas[{index}].id", f"{expected}, got {shown(area.id)}")

    known = _Known(
        cities={city.id for _, city in numbered_cities}.union(also_cities),
        areas={area.id for _, area in numbered_areas}.union(shared_areas, also_areas),
        sources={source.id for _, source in numbered_sources}.union(also_sources),
        unjudged={_NOUN_OF[name] for name in unreadable if name in _NOUN_OF},
    )
    yield from known.missing("city", complete_for, "$.complete_for")
    for index, area in numbered_areas:
        yield from known.missing("area", area.broader, f"$.areas[{index}].broader")
        yield from known.of_record(area, f"$.areas[{index}]")
    for index, city in numbered_cities:
        yield from known.of_record(city, f"$.cities[{index}]")
    for index, partnership in numbered_partnerships:
        yield from known.missing("city", partnership.cities, f"$.partnerships[{index}].cities")
        yield from known.of_record(partnership, f"$.partnerships[{index}]")
    for index, network in numbered_networks:
        yield from known.missing("city", network.members, f"$.networks[{index}].members")
        yield from known.of_record(network, f"$.networks[{index}]")
    yield from _circles(numbered_areas)


class Used:
    """
    The ids that records refer to, gathered while the records come: the quick way to see that a set fits together.
    """

    def __init__(self) -> None:
        self.cities: _Each[str] = _Each()
        # As records have them: the same few come again and again, and are compared once.
        self.areas: _Each[tuple[str, ...]] = _Each()
        self.sources: _Each[tuple[str, ...]] = _Each()
        city, areas, sources = self.cities.__getitem__, self.areas.__getitem__, self.sources.__getitem__

        def pairs(values: Sequence[Any]) -> list[tuple[str, str]]:
            ids = map(city, chain.from_iterable(values))
            return list(zip(ids, ids, strict=True))

        def by_field(values: Sequence[Any]) -> list[Any]:
            return [FrozenDict(zip(v, map(sources, v.values()), strict=True)) if v else EMPTY for v in values]

        self.keep: Mapping[str, Callable[[Sequence[Any]], Sequence[Any]]] = {
            "cities": pairs,
            "members": lambda values: [tuple(map(city, ids)) for ids in values],
            "city": lambda values: [id if id is None else city(id) for id in values],
            "areas": lambda values: list(map(areas, values)),
            "broader": lambda values: list(map(areas, values)),
            "sources": lambda values: list(map(sources, values)),
            "field_sources": by_field,
        }
        """
        By the name of a field: what gathers its values, those of record after record, and gives equal ones, of which there
        is one only.
        """

    def see(self, record: Any) -> None:
        """
        Gather what *record* and its parts refer to.
        """
        fields, parts = _referring(record.__class__)
        for name in fields:
            self.keep[name]((getattr(record, name),))
        for name in parts:
            for part in getattr(record, name):
                self.see(part)

    def fit(
        self, lists: Mapping[str, Sequence[Any]], complete_for: Iterable[str], shared_areas: Mapping[str, Any]
    ) -> dict[str, dict[Any, Any]] | None:
        """
        The records of *lists*, all of which were seen, by their keys; `None` where `problems_between` would find something.
        """
        by_key = {name: dict(zip(map(key_of, lists[name]), lists[name], strict=True)) for name, key_of in _KEYS.items()}
        once = all(len(records) == len(lists[name]) for name, records in by_key.items())
        right = (
            once
            and by_key["areas"].keys().isdisjoint(shared_areas)
            and by_key["cities"].keys() >= {*self.cities, *complete_for}
            and by_key["sources"].keys() >= set(chain.from_iterable(self.sources))
            and by_key["areas"].keys() | shared_areas.keys() >= set(chain.from_iterable(self.areas))
            and not any(_circles(_numbered(lists["areas"])))
        )
        return by_key if right else None


class _Each(dict[R, R]):
    """
    Values, each once: what is asked for comes in, and the first that was equal comes out.
    """

    __slots__ = ()

    def __missing__(self, value: R) -> R:
        self[value] = value
        return value


@cache
def _referring(kind: type) -> tuple[list[str], list[str]]:
    """
    The fields of a class of records that hold ids, and those that hold parts.
    """
    names = [field.name for field in attrs.fields(kind)]
    references = Used().keep
    return [name for name in names if name in references], [name for name in names if name in _PARTS]


_KEYS = {name: attrgetter("cities" if name == "partnerships" else "id") for name in LISTS}


def fitted(
    lists: Mapping[str, Sequence[Any]], complete_for: Iterable[str], shared_areas: Mapping[str, Any]
) -> dict[str, dict[Any, Any]] | None:
    """
    The records of *lists* by their keys, or `None` where `problems_between` would find something: the quick way, for sets
    that are right.
    """
    used = Used()
    for records in lists.values():
        for record in records:
            used.see(record)
    return used.fit(lists, complete_for, shared_areas)


def _numbered(records: Sequence[R | None]) -> list[tuple[int, R]]:
    return [(index, record) for index, record in enumerate(records) if record is not None]


def _twice(name: str, keys: Iterable[tuple[int, object]]) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for index, key in keys:
        if key in first:
            noun = "pair" if isinstance(key, tuple) else "id"
            text = " and ".join(map(shown, key)) if isinstance(key, tuple) else shown(key)
            yield Problem(
                f"$.{name}[{index}]",
                f"expected one record for each {noun}, got {text} again, first at $.{name}[{first[key]}]",
            )
        else:
            first[key] = index


class _Known:
    """
    The ids that references may lead to.
    """

    def __init__(
        self,
        *,
        cities: Collection[str],
        areas: Collection[str],
        sources: Collection[str],
        unjudged: Collection[str],
    ) -> None:
        self._ids = {"city": cities, "area": areas, "source": sources}
        self._unjudged = unjudged

    def missing(self, noun: str, ids: Iterable[str], path: str) -> Iterator[Problem]:
        known = self._ids[noun]
        if noun in self._unjudged:
            return
        for index, id in enumerate(ids):
            if id not in known:
                yield Problem(f"{path}[{index}]", f"expected the id of {_A[noun]}, got {shown(id)}")

    def of_record(self, record: Any, path: str) -> Iterator[Problem]:
        yield from self.missing("source", record.sources, f"{path}.sources")
        for field, ids in record.field_sources.items():
            yield from self.missing("source", ids, f"{path}.field_sources{step(field)}")
        for name in _PARTS:
            for index, part in enumerate(getattr(record, name, ())):
                yield from self._of_part(part, f"{path}.{name}[{index}]")

    def _of_part(self, part: Any, path: str) -> Iterator[Problem]:
        yield from self.missing("source", part.sources, f"{path}.sources")
        if isinstance(part, Contact):
            yield from self._city(part.city, path)
        if isinstance(part, Activity):
            yield from self.missing("area", part.areas, f"{path}.areas")
            for index, organisation in enumerate(part.organisations):
                below = f"{path}.organisations[{index}]"
                yield from self.missing("source", organisation.sources, f"{below}.sources")
                yield from self._city(organisation.city, below)

    def _city(self, id: str | None, path: str) -> Iterator[Problem]:
        if id is not None and id not in self._ids["city"] and "city" not in self._unjudged:
            yield Problem(f"{path}.city", f"expected the id of a city in the data set, got {shown(id)}")


_NOUN_OF = {"cities": "city", "areas": "area", "sources": "source"}
_A = {
    "city": "a city in the data set",
    "area": "a cooperation area of the data set or its vocabulary",
    "source": "a source in the data set",
}


def _circles(areas: Sequence[tuple[int, CooperationArea]]) -> Iterator[Problem]:
    """
    The areas that are broader than themselves (SKOS Reference, section 8.6.8, leaves this to applications).
    """
    # An area of the shared vocabulary can't be part of a circle: it leads to shared areas only.
    broader = {area.id: area.broader for _, area in areas}
    settled: set[str] = set()
    for index, area in areas:
        trail: list[str] = []
        waiting = [(area.id, False)]
        while waiting:
            id, done = waiting.pop()
            if done:
                settled.add(trail.pop())
            elif id in trail:
                circle = " > ".join([*trail[trail.index(id) :], id])
                yield Problem(f"$.areas[{index}].broader", f"expected no circle of areas, got {circle}")
            elif id in broader and id not in settled:
                trail.append(id)
                waiting.append((id, True))
                waiting += [(above, False) for above in broader[id]]
