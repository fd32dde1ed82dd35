"""
Look-up tables of a data set, each built when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from .._lazy import once
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.partnership import Partnership
from .names import NameIndex

if TYPE_CHECKING:
    from .beginnings import Beginning
    from .filters import Vocabulary

Facets = Mapping[str | None, Mapping[str | None, Mapping[str | None, list[int]]]]


class Index:
    """
    The indexes over a fixed set of records.
    """

    def __init__(
        self,
        cities: Mapping[str, City],
        partnerships: Mapping[tuple[str, str], Partnership],
        networks: Mapping[str, CooperationNetwork],
        make_areas: Callable[[], Mapping[str, CooperationArea]],
    ) -> None:
        self._cities = cities
        self._partnerships = partnerships
        self._networks = networks
        self._make_areas = make_areas
        self._was_asked = False  # for the ties of a city
        self.distances: dict[tuple[str, ...], float] = {}
        """Kilometres between the cities of partnerships, kept once computed."""

    @once
    def areas(self) -> Mapping[str, CooperationArea]:
        """
        Cooperation areas by id: those of the vocabulary, then its own.
        """
        return self._make_areas()

    @once
    def names(self) -> NameIndex:
        """
        Cities by name.
        """
        return NameIndex(self._cities)

    @once
    def vocabulary(self) -> Vocabulary:
        """
        Areas, networks and countries by label.
        """
        from .filters import Vocabulary

        return Vocabulary(self._cities, self.areas, self._networks)

    def ties_of(self, id: str) -> tuple[Sequence[Partnership], Sequence[City]]:
        """
        The partnerships of a city, in the order of the data set, and the partner in each.
        """
        if not self._was_asked:
            # A script may ask only once: looking through all partnerships takes a quarter of the time of the index.
            self._was_asked = True
            ties = [partnership for pair, partnership in self._partnerships.items() if id in pair]
            return ties, [self._cities[partnership.other(id)] for partnership in ties]
        row = self._ties[id]
        return row[1::2], row[2::2]

    @once
    def _ties(self) -> Mapping[str, list[Any]]:
        # A row is the city, then each of its partnerships followed by the partner. Building takes one look-up per city
        # of a partnership, and reading touches memory twice per partnership instead of six times.
        rows: dict[str, list[Any]] = {id: [city] for id, city in self._cities.items()}
        for (first, second), partnership in self._partnerships.items():
            ours, theirs = rows[first], rows[second]
            ours.append(partnership)
            ours.append(theirs[0])
            theirs.append(partnership)
            theirs.append(ours[0])
        return rows

    # Graph walks use numbers: sets of them are several times as fast as sets of ids, and always in the same order.

    @once
    def numbered(self) -> tuple[City, ...]:
        """
        The cities by number: sorted by name, then id.
        """
        return tuple(sorted(self._cities.values(), key=attrgetter("name", "id")))

    @once
    def number_of(self) -> Mapping[str, int]:
        """
        The number of each city by id.
        """
        return {city.id: number for number, city in enumerate(self.numbered)}

    @once
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """
        The numbers of each city's partners, by its own number, in the order of the data set.
        """
        found: list[list[int]] = [[] for _ in self.number_of]
        for partnership in self._partnerships.values():
            first, second = map(self.number_of.__getitem__, partnership.cities)
            found[first].append(second)
            found[second].append(first)
        return tuple(map(tuple, found))

    @once
    def begun(self) -> Mapping[int, list[Beginning]]:
        """
        The beginnings of partnerships and networks by year.
        """
        from .beginnings import beginnings

        found: dict[int, list[Beginning]] = {}
        records: Iterable[Partnership | CooperationNetwork] = chain(self.in_order, self._networks.values())
        for record in records:
            for year, beginning in beginnings(record, self._partnerships):
                found.setdefault(year, []).append(beginning)
        return found

    @once
    def in_order(self) -> tuple[Partnership, ...]:
        """
        The partnerships by number.
        """
        return tuple(self._partnerships.values())

    @once
    def facets(self) -> Facets:
        """
        The partnerships by country, area and status.
        """
        facets: dict[str | None, dict[str | None, dict[str | None, list[int]]]] = {}
        shared = self.networks_of
        for number, partnership in enumerate(self.in_order):
            first, second = partnership.cities
            areas = dict.fromkeys(areas_stated(partnership))
            if first in shared and second in shared:
                both = (network for network in shared[first] if network in shared[second])
                areas.update((area, None) for network in both for area in areas_stated(network))
            status = partnership.status
            for country in {self._cities[first].country_code, self._cities[second].country_code}:
                by_area = facets.setdefault(country, {})
                for area in (None, *areas):  # None stands for any
                    by_area.setdefault(area, {}).setdefault(status, []).append(number)
        return facets

    def numbers(
        self,
        countries: Collection[str] | None,
        areas: Collection[str] | None,
        statuses: Collection[str] | None,
        networks: Collection[str] | None,
    ) -> Iterable[int]:
        """
        The numbers of the partnerships with a city in one of *countries*, one of *areas* and one of *statuses*.

        Without these three, of the partnerships of members of *networks*: a superset of those within a network.
        """
        if countries is None and areas is None and statuses is None:
            return range(len(self.in_order)) if networks is None else self._within(networks)
        found: list[int] = []
        kept: tuple[str | None, ...] = (None,) if areas is None else tuple(areas)
        for country in self.facets if countries is None else countries:
            by_area = self.facets.get(country, {})
            for area in kept:
                by_status = by_area.get(area, {})
                for status in by_status if statuses is None else statuses:
                    found += by_status.get(status, ())
        return sorted(set(found))

    def _within(self, networks: Collection[str]) -> Iterable[int]:
        members = {member for id in networks for member in self._networks[id].members}
        return sorted({number for id in members for number in self._numbers_of.get(id, ())})

    @once
    def _numbers_of(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, partnership in enumerate(self.in_order):
            for id in partnership.cities:
                found.setdefault(id, []).append(number)
        return found

    @once
    def networks_of(self) -> Mapping[str, tuple[CooperationNetwork, ...]]:
        """
        The networks of each city that belongs to any.
        """
        found: dict[str, list[CooperationNetwork]] = {}
        for network in self._networks.values():
            for id in network.members:
                found.setdefault(id, []).append(network)
        return {id: tuple(networks) for id, networks in found.items()}

    def networks_between(self, first: str, second: str) -> tuple[CooperationNetwork, ...]:
        """
        The networks that both cities, given by id, belong to.
        """
        networks_of = self.networks_of
        if first not in networks_of or second not in networks_of:
            return ()
        return tuple([network for network in networks_of[first] if second in network.members])


def areas_stated(record: Partnership | CooperationNetwork) -> list[str]:
    """
    The ids of the areas of a record's activities, then of its agreements.
    """
    areas = [area for activity in record.activities for area in activity.areas]
    if record.agreements:
        areas += [area for agreement in record.agreements for area in agreement.areas]
    return areas


def shortest_path(neighbours: Sequence[Sequence[int]], start: int, goal: int) -> list[int] | None:
    """
    A shortest chain of numbers from *start* to *goal*, both included, or `None` if there is none. *neighbours* has the
    neighbours of each number.

    Searches from both ends, next on the side with fewer numbers to go on from. Equal calls give the same chain.
    """
    if start == goal:
        return [start]
    # For each side, the numbers reached in no step, in one, in two …
    sides: tuple[list[set[int]], list[set[int]]] = ([{start}], [{goal}])
    while sides[0][-1] and sides[1][-1]:
        side = int(len(sides[1][-1]) < len(sides[0][-1]))
        edge, theirs = sides[side][-1], sides[1 - side][-1]
        for here in edge:
            if not theirs.isdisjoint(neighbours[here]):
                there = next(number for number in neighbours[here] if number in theirs)
                ends = (here, there) if side == 0 else (there, here)
                first, last = (_walk_back(neighbours, end, steps) for end, steps in zip(ends, sides, strict=True))
                return first[::-1] + last
        # Ties go both ways: a neighbour of the edge was reached in the last two steps or not yet.
        beyond: set[int] = set().union(*map(neighbours.__getitem__, edge))
        sides[side].append(beyond.difference(*sides[side][-2:]))
    return None


def _walk_back(neighbours: Sequence[Sequence[int]], number: int, steps: Sequence[Collection[int]]) -> list[int]:
    """
    The chain from *number*, reached in the last of *steps*, back to the first.
    """
    chain = [number]
    for step in steps[-2::-1]:
        chain.append(next(number for number in neighbours[chain[-1]] if number in step))
    return chain
