"""
What has to hold between the records of a data set: ids that are there, and there once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from .errors import Problem, shown
from .model import Activity, City, Contact, CooperationArea, CooperationNetwork, Organisation, Partnership, Source
from .values import step

__all__ = ["Used", "fits", "problems_between"]

R = TypeVar("R")

_PARTS = ("activities", "agreements", "contacts", "links", "milestones", "populations")


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
        self.cities: set[str] = set()
        self.areas: set[str] = set()
        self.sources: set[str] = set()

    def see(self, record: Any) -> None:
        """
        Gather what *record* refers to.
        """
        # Looking at whole lists afterwards would take twice as long: by then the records are out of the cache.
        if record.sources:
            self.sources.update(record.sources)
        for ids in record.field_sources.values():
            self.sources.update(ids)
        if isinstance(record, Partnership):
            self.cities.update(record.cities)
            self._in_tie(record)
        elif isinstance(record, City):
            self._in_parts(record.populations)
            if record.milestones or record.links or record.contacts:
                self._in_parts(record.milestones, record.links, record.contacts)
        elif isinstance(record, CooperationNetwork):
            self.cities.update(record.members)
            self._in_tie(record)
        else:
            self.areas.update(record.broader)

    def _in_tie(self, record: Partnership | CooperationNetwork) -> None:
        for activity in record.activities:
            self.areas.update(activity.areas)
            if activity.sources or activity.organisations:
                self._in_parts((activity,), activity.organisations)
        if record.agreements or record.milestones or record.links or record.contacts:
            self._in_parts(record.agreements, record.milestones, record.links, record.contacts)

    def _in_parts(self, *lists: Iterable[Any]) -> None:
        for part in chain.from_iterable(lists):
            if part.sources:
                self.sources.update(part.sources)
            if isinstance(part, (Contact, Organisation)) and part.city is not None:
                self.cities.add(part.city)

    def fit(
        self,
        *,
        cities: Sequence[City],
        partnerships: Sequence[Partnership],
        areas: Sequence[CooperationArea],
        networks: Sequence[CooperationNetwork],
        sources: Sequence[Source],
        complete_for: Sequence[str],
        shared_areas: Mapping[str, CooperationArea],
    ) -> bool:
        """
        Whether `problems_between` would find nothing, of the records seen and their sources.
        """
        known_cities = {city.id for city in cities}
        known_areas = {area.id for area in areas}
        known_sources = {source.id for source in sources}
        return (
            len(known_cities) == len(cities)
            and len(known_areas) == len(areas)
            and len(known_sources) == len(sources)
            and len({partnership.cities for partnership in partnerships}) == len(partnerships)
            and len({network.id for network in networks}) == len(networks)
            and known_areas.isdisjoint(shared_areas)
            and self.cities.union(complete_for) <= known_cities
            and self.sources <= known_sources
            and self.areas <= known_areas.union(shared_areas)
            and not any(_circles(_numbered(areas)))
        )


def fits(**lists: Any) -> bool:
    """
    Whether `problems_between` would find nothing: the quick way, for sets that are right.
    """
    used = Used()
    for name in ("cities", "partnerships", "networks", "areas"):
        for record in lists[name]:
            used.see(record)
    return used.fit(**lists)


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
