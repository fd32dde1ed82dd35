"""
Match the cities of two data sets: by their ids, then by name and place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model.city import City
from ..query.names import fold, may_be_one
from ..query.whole import Whole
from .candidates import candidates_of, groups
from .evidence import Tier, contradict, distance_km, far_apart, main_ids, place_ids, shared_id, tiers
from .matches import Ambiguity, CityMatch, Matching

__all__ = ["match_cities"]


def match_cities(a: Whole, b: Whole) -> Matching:
    """
    Match the cities of *a* and *b* that are the same place.

    These are tried in turn among the cities not yet matched: the same Wikidata or GeoNames id; one of them among `alt_ids`;
    the same id, unless countries, Wikidata or GeoNames ids contradict or they are far apart; the same name (folded) in the
    same country, within `NEAR_KM` if both have coordinates; the same with alternative names. If a city has several
    possible matches, none is chosen. But if its `alt_ids` list several cities of the other data set that aren't tied with
    each other there, it is matched with each.
    """
    return _Matcher(a, b).matching()


class _Side:
    """
    One of the two data sets: its cities not yet matched, and the cities of the other that each is matched with.
    """

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.free = dict(whole.cities)
        self.order = {id: place for place, id in enumerate(whole.cities)}
        self.twins: dict[str, list[City]] = {}

    def take(self, ids: Iterable[str]) -> tuple[City, ...]:
        """
        Remove cities from those not yet matched, in the order of the data set.
        """
        return tuple([self.free.pop(id) for id in sorted(ids, key=self.order.__getitem__)])


class _Matcher:
    """
    The matching of two data sets, and the results so far.
    """

    def __init__(self, a: Whole, b: Whole) -> None:
        self.a, self.b = _Side(a), _Side(b)
        self.both_ways = (self.a, self.b), (self.b, self.a)
        self.wholes = _wholes_of(a), _wholes_of(b)
        self.matches: dict[str, list[CityMatch]] = {}
        self.ambiguous: list[Ambiguity] = []

    def matching(self) -> Matching:
        """
        The result of all tiers.
        """
        for tier in map(self._without_wholes, tiers()):
            if tier.label == "the same id":
                self._join()
            for ids_a, ids_b in groups(candidates_of(tier, self.a.free.values(), self.b.free.values())):
                some_a, some_b = self.a.take(ids_a), self.b.take(ids_b)
                if len(some_a) == len(some_b) == 1 or self._is_one(some_a, some_b):
                    for x in some_a:
                        for y in some_b:
                            self._match(x, y, tier.reason(x, y))
                else:
                    self.ambiguous.append(Ambiguity(some_a, some_b, tier.label))
        self._doubles()
        self._far_apart()
        unmatched = (
            tuple(city for id, city in side.whole.cities.items() if id not in side.twins) for side in (self.a, self.b)
        )
        found = tuple(match for id in self.a.whole.cities for match in self.matches.get(id, ()))
        return Matching(found, tuple(self.ambiguous), *unmatched)

    def _without_wholes(self, tier: Tier) -> Tier:
        """
        The tier, in which a part of a city never matches the whole.
        """
        a, b = self.wholes
        if not (a or b):
            return tier

        def agree(x: City, y: City) -> bool:
            return not (_is_whole_of(x, y, a, b) or _is_whole_of(y, x, b, a)) and tier.agree(x, y)

        return tier._replace(agree=agree)

    def _match(self, x: City, y: City, reason: str) -> None:
        self.matches.setdefault(x.id, []).append(CityMatch(x, y, reason))
        self.a.twins.setdefault(x.id, []).append(y)
        self.b.twins.setdefault(y.id, []).append(x)

    def _matched(self, side: _Side) -> list[City]:
        """
        The matched cities of a side, in the order in which they were matched.
        """
        return [match.a if side is self.a else match.b for found in self.matches.values() for match in found]

    def _in_order(self, side: _Side, city: City, other: City) -> tuple[City, City]:
        """
        A city of *side* and one of the other side: that of the first data set, then that of the second.
        """
        return (city, other) if side is self.a else (other, city)

    def _is_one(self, some_a: Sequence[City], some_b: Sequence[City]) -> bool:
        """
        True if one city lists the ids of all the others, which are separate records on the other side.
        """
        for some, others, side in ((some_a, some_b, self.b), (some_b, some_a, self.a)):
            if len(some) == 1 and len(others) > 1:
                listed = set(place_ids(some[0]))
                return all(listed & set(main_ids(city)) for city in others) and _are_one(others, side.whole)
        return False

    def _join(self) -> None:
        """
        Match cities whose ids are among the further ids of a city that is matched already.
        """
        listings = [_listing(self._matched(side), other.free.values()) for side, other in self.both_ways]
        for (side, other), mine, theirs in zip(self.both_ways, listings, listings[::-1], strict=True):
            for id, cities in mine.items():
                twins = side.twins[id]
                is_clear = all(len(other.twins[twin.id]) == 1 and twin.id not in theirs for twin in twins)
                if is_clear and _are_one([*twins, *cities], other.whole):
                    for city in other.take([city.id for city in cities]):
                        x, y = self._in_order(side, side.whole.cities[id], city)
                        self._match(x, y, shared_id(x, y))

    def _doubles(self) -> None:
        """
        Report the unmatched cities that share a Wikidata or GeoNames id with a matched one: a place with two records.
        """
        for side, other in self.both_ways:
            taken = {id: city for city in self._matched(other) for id in place_ids(city)}
            for city in side.free.values():
                if double := next((taken[id] for id in place_ids(city) if id in taken), None):
                    x, y = self._in_order(side, city, double)
                    self.ambiguous.append(Ambiguity((x,), (y,), f"{shared_id(x, y)}, which is matched with another"))

    def _far_apart(self) -> None:
        """
        Report the unmatched cities that share an id, and that only the distance keeps apart.
        """
        for id, x in self.a.free.items():
            y = self.b.free.get(id)
            if y is not None and far_apart(x, y) and may_be_one(x, y) and not contradict(x, y):
                self.ambiguous.append(Ambiguity((x,), (y,), f"the same id, {distance_km(x, y):,.0f} km apart"))


def _wholes_of(data: Whole) -> dict[str, list[City]]:
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


def _is_whole_of(part: City, other: City, wholes: Mapping[str, list[City]], others: Mapping[str, list[City]]) -> bool:
    """
    True if *other* is a whole that *part* belongs to, by an id or by its name; unless it is itself a part of that whole.
    """
    for whole in wholes.get(part.id, ()):
        above = others.get(other.id, ())
        if any(each.id == whole.id or not set(main_ids(each)).isdisjoint(main_ids(whole)) for each in above):
            continue
        if not set(main_ids(whole)).isdisjoint(place_ids(other)):
            return True
        if fold(other.name) == fold(whole.name) != fold(part.name) and other.id != part.id:
            return True
    return False


def _listing(listing: Iterable[City], cities: Iterable[City]) -> dict[str, list[City]]:
    """
    The *cities* that exactly one other lists among its further ids, by the id of that one. None that shares an id with a
    second: an earlier merge left it undecided between the two.
    """
    having: dict[str, dict[str, City]] = {}
    for one in listing:
        for id in place_ids(one):
            having.setdefault(id, {})[one.id] = one
    found: dict[str, list[City]] = {}
    for city in cities:
        sharing = {one.id: one for id in place_ids(city) for one in having.get(id, {}).values()}
        if len(sharing) == 1:
            (one,) = sharing.values()
            if not set(main_ids(city)).isdisjoint(one.alt_ids):
                found.setdefault(one.id, []).append(city)
    return found


def _are_one(cities: Sequence[City], whole: Whole) -> bool:
    """
    True if separate records may be one place: none shares an id with another, is tied with another, is a part or a
    successor of another, and no network has only them as members.
    """
    ids = [city.id for city in cities]
    main = [id for city in cities for id in main_ids(city)]
    pairs = ((x, y) for place, x in enumerate(ids) for y in ids[:place])
    apart = set(ids)
    led = {id for city in cities for id in (*city.part_of, *city.succeeded_by)}
    return len(set(main)) == len(main) and not (
        not led.isdisjoint(apart)
        or any(pair in whole.partnerships for pair in pairs)
        or any(apart.issuperset(network.members) for network in whole.networks.values())
    )
