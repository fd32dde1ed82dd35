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


class _Matcher:
    """
    The matching of two data sets: the cities not yet matched, and the results so far.
    """

    def __init__(self, a: Whole, b: Whole) -> None:
        self.wholes = a, b
        self.free_a, self.free_b = dict(a.cities), dict(b.cities)
        self.order_a, self.order_b = ({id: n for n, id in enumerate(data.cities)} for data in (a, b))
        self.matches: dict[str, list[CityMatch]] = {}
        self.by_b: dict[str, list[CityMatch]] = {}
        self.ambiguous: list[Ambiguity] = []

    def matching(self) -> Matching:
        """
        The result of all tiers.
        """
        for tier in map(self._without_wholes, tiers()):
            if tier.label == "the same id":
                self._join()
            for ids_a, ids_b in groups(candidates_of(tier, self.free_a.values(), self.free_b.values())):
                some_a = tuple([self.free_a.pop(id) for id in sorted(ids_a, key=self.order_a.__getitem__)])
                some_b = tuple([self.free_b.pop(id) for id in sorted(ids_b, key=self.order_b.__getitem__)])
                if len(some_a) == len(some_b) == 1 or self._is_one(some_a, some_b):
                    for x in some_a:
                        for y in some_b:
                            self._match(x, y, tier.reason(x, y))
                else:
                    self.ambiguous.append(Ambiguity(some_a, some_b, tier.label))
        self._doubles()
        self._far_apart()
        a, b = self.wholes
        return Matching(
            tuple(match for id in a.cities for match in self.matches.get(id, ())),
            tuple(self.ambiguous),
            tuple(city for id, city in a.cities.items() if id not in self.matches),
            tuple(city for id, city in b.cities.items() if id not in self.by_b),
        )

    def _without_wholes(self, tier: Tier) -> Tier:
        """
        The tier, in which a part of a city never matches the whole.
        """
        wholes = [_wholes_of(data) for data in self.wholes]
        if not any(wholes):
            return tier

        def agree(x: City, y: City) -> bool:
            return not (_is_whole_of(x, y, *wholes) or _is_whole_of(y, x, *wholes[::-1])) and tier.agree(x, y)

        return tier._replace(agree=agree)

    def _match(self, x: City, y: City, reason: str) -> None:
        match = CityMatch(x, y, reason)
        self.matches.setdefault(x.id, []).append(match)
        self.by_b.setdefault(y.id, []).append(match)

    def _is_one(self, some_a: Sequence[City], some_b: Sequence[City]) -> bool:
        """
        True if one city lists the ids of all the others, which are separate records on the other side.
        """
        if len(some_a) == 1:
            (one,), others, whole = some_a, some_b, self.wholes[1]
        elif len(some_b) == 1:
            (one,), others, whole = some_b, some_a, self.wholes[0]
        else:
            return False
        listed = set(place_ids(one))
        return len(others) > 1 and all(listed & set(main_ids(city)) for city in others) and _are_one(others, whole)

    def _join(self) -> None:
        """
        Match cities whose ids are among the further ids of a city that is matched already.
        """
        (a, b), of_a, of_b = self.wholes, self.matches, self.by_b
        taken = [match for found in of_a.values() for match in found]
        to_a = _listing((match.a for match in taken), self.free_b.values())
        to_b = _listing((match.b for match in taken), self.free_a.values())
        for id, cities in to_a.items():
            others = [match.b for match in of_a[id]]
            alone = all(len(of_b[other.id]) == 1 and other.id not in to_b for other in others)
            if alone and _are_one([*others, *cities], b):
                for city in cities:
                    del self.free_b[city.id]
                    self._match(a.cities[id], city, shared_id(a.cities[id], city))
        for id, cities in to_b.items():
            others = [match.a for match in of_b[id]]
            alone = all(len(of_a[other.id]) == 1 and other.id not in to_a for other in others)
            if alone and _are_one([*others, *cities], a):
                for city in cities:
                    del self.free_a[city.id]
                    self._match(city, b.cities[id], shared_id(city, b.cities[id]))

    def _doubles(self) -> None:
        """
        Report the unmatched cities that share a Wikidata or GeoNames id with a matched one: a place with two records.
        """
        matches = [match for found in self.matches.values() for match in found]
        taken_a = {id: match.a for match in matches for id in place_ids(match.a)}
        taken_b = {id: match.b for match in matches for id in place_ids(match.b)}
        reason = "{}, which is matched with another"
        for city in self.free_a.values():
            if other := next((taken_b[id] for id in place_ids(city) if id in taken_b), None):
                self.ambiguous.append(Ambiguity((city,), (other,), reason.format(shared_id(city, other))))
        for city in self.free_b.values():
            if other := next((taken_a[id] for id in place_ids(city) if id in taken_a), None):
                self.ambiguous.append(Ambiguity((other,), (city,), reason.format(shared_id(other, city))))

    def _far_apart(self) -> None:
        """
        Report the unmatched cities that share an id, and that only the distance keeps apart.
        """
        for id, x in self.free_a.items():
            y = self.free_b.get(id)
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
    The *cities* that exactly one other lists among its further ids, by the id of that one.
    """
    listed: dict[str, set[str]] = {}
    for one in listing:
        for id in one.alt_ids:
            listed.setdefault(id, set()).add(one.id)
    found: dict[str, list[City]] = {}
    for city in cities:
        by: set[str] = set().union(*(listed.get(id, ()) for id in main_ids(city)))
        if len(by) == 1:
            found.setdefault(by.pop(), []).append(city)
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
