"""
Match the cities of two data sets: by their ids, then by name and place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..model.city import City
from ..query.names import fold
from ..query.whole import Whole
from .by_name import name_reason, same_names
from .evidence import (
    MAX_BASE,
    contradict,
    distance_km,
    far_apart,
    id_reason,
    main_ids,
    numbered,
    place_ids,
    same_record,
    shared_id,
)
from .groups import Groups, Node
from .matches import Ambiguity, CityMatch, Matching


def match_cities(a: Whole, b: Whole) -> Matching:
    """
    Match the cities of *a* and *b* that are the same place.

    These are tried in turn on the cities not yet matched: the same record; a Wikidata or GeoNames id that is the main one
    of these two alone; one that these two alone have, `alt_ids` included; the same id, unless countries, Wikidata or
    GeoNames ids contradict or they are far apart; the same name (folded) in the same country, within `NEAR_KM` if both have
    coordinates; the same with alternative names. If a city has several possible matches, none is chosen. But if its
    `alt_ids` list several cities of the other data set that aren't tied with each other there, it is matched with each.
    """
    return _Matcher(a, b).matching()


class _Side:
    """
    One of the two data sets, and the cities of the other with which its cities are matched.
    """

    def __init__(self, data: Whole) -> None:
        self.data = data
        self.cities = data.cities
        self.above = _above(data)
        self.twins: dict[str, list[City]] = {}
        self.holders = _holders(self.cities.values(), place_ids)
        self.own_holders = _holders(self.cities.values(), self.own_ids) if self.above else self.holders

    def free(self) -> Iterator[City]:
        """
        The cities that aren't matched.
        """
        return (city for id, city in self.cities.items() if id not in self.twins)

    def own_ids(self, city: City) -> Iterable[str]:
        """
        The Wikidata and GeoNames ids of a city, without those of a city that it is part of.
        """
        wholes = {id for whole in self.above.get(city.id, ()) for id in place_ids(whole)}
        return [id for id in place_ids(city) if id not in wholes]

    def are_one(self, cities: Sequence[City]) -> bool:
        """
        True if separate records may be one place: none shares an id with another, is tied with another, is a part or a
        successor of another, and no network has only them as members.
        """
        ids = [city.id for city in cities]
        listed = [id for city in cities for id in place_ids(city)]
        apart = set(ids)
        return len(set(listed)) == len(listed) and not (
            any(not apart.isdisjoint((*city.part_of, *city.succeeded_by)) for city in cities)
            or any((x, y) in self.data.partnerships for place, x in enumerate(ids) for y in ids[:place])
            or any(apart.issuperset(network.members) for network in self.data.networks.values())
        )


class _Matcher:
    """
    The matching of two data sets, and the results so far.
    """

    def __init__(self, a: Whole, b: Whole) -> None:
        self.sides = self.a, self.b = _Side(a), _Side(b)
        self.matches: dict[str, list[CityMatch]] = {}

    def matching(self) -> Matching:
        """
        The result of all rules.
        """
        self._by_record()
        self._by_place_id()
        self._by_id()
        by_name = self._by_name()
        ambiguous = [*self._sharing(), *by_name]
        ambiguous += [*self._doubles(ambiguous), *self._far_apart()]
        found = tuple(match for id in self.a.cities for match in self.matches.get(id, ()))
        return Matching(found, tuple(ambiguous), tuple(self.a.free()), tuple(self.b.free()))

    def _match(self, x: City, y: City, reason: Callable[[City, City], str] = id_reason) -> None:
        """
        Match two cities, unless one of them is matched.
        """
        if x.id not in self.a.twins and y.id not in self.b.twins:
            self._join(x, y, reason)

    def _join(self, x: City, y: City, reason: Callable[[City, City], str] = id_reason) -> None:
        self.matches.setdefault(x.id, []).append(CityMatch(x, y, reason(x, y)))
        self.a.twins.setdefault(x.id, []).append(y)
        self.b.twins.setdefault(y.id, []).append(x)

    def _groups(self, groups: Groups) -> Iterator[tuple[list[City], list[City]]]:
        return groups.of(self.a.cities, self.b.cities)

    # -- rules, the strongest first ----------------------------------------------------------------

    def _by_record(self) -> None:
        """
        Match records that are the same, by an id that both have, or one that a merge has given.
        """
        for id, x in self.a.cities.items():
            y = self.b.cities.get(id)
            if y is not None and same_record(x, y):
                self._match(x, y)
        for side, other in (self.sides, self.sides[::-1]):
            renamed = [(base, city) for city in side.free() if (base := numbered(city.id))]
            by_base = {id[:MAX_BASE]: city for id, city in other.cities.items()} if renamed else {}
            for base, city in renamed:
                if base in by_base and same_record(city, by_base[base]):
                    self._match(*((city, by_base[base]) if side is self.a else (by_base[base], city)))

    def _by_place_id(self) -> None:
        """
        Match cities that alone have a Wikidata or GeoNames id: a main one, then any.
        """
        groups = Groups()
        for _, x, y in _alone(*(_holders(side.cities.values(), main_ids) for side in self.sides)):
            groups.join((0, x.id), (1, y.id))
        for some, others in self._groups(groups):
            if len(some) == len(others) == 1:
                self._match(some[0], others[0])
        groups = Groups()
        for id, twins in self.a.twins.items():
            groups.join((0, id), (1, twins[0].id))
        listed: set[Node] = set()  # cities that another data set lists by a main id
        for id, x, y in _alone(self.a.holders, self.b.holders):
            groups.join((0, x.id), (1, y.id))
            listed.update((side, city.id) for side, city in enumerate((x, y)) if id in main_ids(city))
        for some, others in self._groups(groups):
            if len(some) == len(others) == 1:
                self._match(some[0], others[0])
            elif 1 in (len(some), len(others)):
                number, several = (1, others) if len(some) == 1 else (0, some)
                if all((number, city.id) in listed for city in several) and self.sides[number].are_one(several):
                    for x in some:
                        for y in others:
                            if y not in self.a.twins.get(x.id, ()):
                                self._join(x, y)

    def _by_id(self) -> None:
        """
        Match cities with the same id, unless something contradicts. If a Wikidata or GeoNames id points to others, these two
        have to share one.
        """
        for x in list(self.a.free()):
            y = self.b.cities.get(x.id)
            if y is None or contradict(x, y) or far_apart(x, y):
                continue
            points = any(id in self.b.own_holders for id in self.a.own_ids(x))
            if shared_id(x, y) or not (points or any(id in self.a.own_holders for id in self.b.own_ids(y))):
                self._match(x, y)

    def _by_name(self) -> list[Ambiguity]:
        """
        Match cities that alone have a name in one place, and whose Wikidata and GeoNames ids nobody else has. Return those
        of which there are several.
        """
        unsure: set[Node] = {
            (number, city.id)
            for number, side in enumerate(self.sides)
            for city in side.free()
            if any(sum(len(each.own_holders.get(id, ())) for each in self.sides) > 1 for id in side.own_ids(city))
        }
        found: dict[frozenset[Node], Ambiguity] = {}
        for alternative, label in (
            (False, "the same name and place"),
            (True, "an alternative name and the same place"),
        ):
            groups = same_names(self.a.free(), self.b.free(), self._may_be_one, alternative=alternative)
            for some, others in self._groups(groups):
                nodes = frozenset((side, city.id) for side, cities in enumerate((some, others)) for city in cities)
                if len(nodes) == 2 and nodes.isdisjoint(unsure):
                    self._match(some[0], others[0], name_reason)
                else:
                    unsure |= nodes
                    found.setdefault(nodes, Ambiguity(tuple(some), tuple(others), label))
        return list(found.values())

    def _may_be_one(self, x: City, y: City) -> bool:
        """
        True unless one city is called as the other's whole is.
        """
        return not (_has_name_of_whole(x, y, self.a, self.b) or _has_name_of_whole(y, x, self.b, self.a))

    # -- what isn't decided ------------------------------------------------------------------------

    def _sharing(self) -> Iterator[Ambiguity]:
        """
        The unmatched cities that share Wikidata or GeoNames ids.
        """
        groups = Groups()
        for x in self.a.free():
            for id in self.a.own_ids(x):
                for y in self.b.own_holders.get(id, ()):
                    if y.id not in self.b.twins:
                        groups.join((0, x.id), (1, y.id))
        for some, others in self._groups(groups):
            yield Ambiguity(tuple(some), tuple(others), "the same Wikidata or GeoNames id")

    def _doubles(self, reported: Iterable[Ambiguity]) -> Iterator[Ambiguity]:
        """
        The other unmatched cities that share a Wikidata or GeoNames id with a matched one: a place with two records.
        """
        known = {(side, city.id) for group in reported for side, some in enumerate((group.a, group.b)) for city in some}
        for number, (side, other) in enumerate((self.sides, self.sides[::-1])):
            for city in side.free():
                shared = (each for id in side.own_ids(city) for each in other.own_holders.get(id, ()))
                double = next((each for each in shared if each.id in other.twins), None)
                if double is not None and (number, city.id) not in known:
                    x, y = (double, city) if number else (city, double)
                    yield Ambiguity((x,), (y,), f"{shared_id(x, y)}, which is matched with another")

    def _far_apart(self) -> Iterator[Ambiguity]:
        """
        The unmatched cities that share an id, and that only the distance keeps apart.
        """
        for x in self.a.free():
            y = self.b.cities.get(x.id)
            if y is not None and y.id not in self.b.twins and far_apart(x, y) and not contradict(x, y):
                yield Ambiguity((x,), (y,), f"the same id, {distance_km(x, y):,.0f} km apart")


def _holders(cities: Iterable[City], ids: Callable[[City], Iterable[str]]) -> dict[str, list[City]]:
    """
    The cities that have each Wikidata or GeoNames id.
    """
    found: dict[str, list[City]] = {}
    for city in cities:
        for id in ids(city):
            found.setdefault(id, []).append(city)
    return found


def _alone(a: dict[str, list[City]], b: dict[str, list[City]]) -> Iterator[tuple[str, City, City]]:
    """
    The ids that one city of each data set has, with these two.
    """
    for id, some in a.items():
        others = b.get(id, ())
        if len(some) == len(others) == 1:
            yield id, some[0], others[0]


def _above(data: Whole) -> dict[str, list[City]]:
    """
    The cities that each city is part of, directly or not, by its id.
    """
    found: dict[str, list[City]] = {}
    for city in data.cities.values():
        if city.part_of:
            above = dict.fromkeys(city.part_of)
            waiting = list(above)
            while waiting:
                more = [id for id in data.cities[waiting.pop()].part_of if id not in above]
                above.update(dict.fromkeys(more))
                waiting += more
            found[city.id] = [data.cities[id] for id in above]
    return found


def _has_name_of_whole(part: City, other: City, side: _Side, others: _Side) -> bool:
    """
    True if *other* is called as a city that *part* belongs to, and isn't itself a part.
    """
    wholes = side.above.get(part.id, ()) if other.id not in others.above else ()
    return any(fold(other.name) == fold(whole.name) != fold(part.name) for whole in wholes)
