"""
Cities of two data sets that are the same: by what identifies them, then by name and place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import attrs

from ..model.city import City
from ..model.parts import Coordinates
from ..query.names import fold, may_be_one
from ..query.whole import Whole
from .differences import Verdict, differences_of

__all__ = ["MAX_BASE", "NEAR_KM", "Ambiguity", "CityMatch", "Matching", "led", "match_cities"]

NEAR_KM = 50.0
"""How far apart, in kilometres, two statements of where one place lies may be."""
MAX_BASE = 90
"""The letters that stay of an id when a number is put behind it."""
_SHORT_DEGREE, _LONG_DEGREE = 110.5, 111.7  # kilometres: the least and the most that a degree measures north or east


@attrs.frozen
class CityMatch:
    """
    A city of each data set that are one place, and why they are taken for it.
    """

    a: City
    b: City
    reason: str
    """Such as "Wikidata id Q92212", "id opole" or "name Opole, country PL, 0.4 km apart"."""

    def __repr__(self) -> str:
        return f"<CityMatch {self.a.id} = {self.b.id}: {self.reason}>"


@attrs.frozen
class Ambiguity:
    """
    Cities of which any could be the other's match: none was guessed.
    """

    a: tuple[City, ...]
    b: tuple[City, ...]
    reason: str
    """What they have in common."""

    def __str__(self) -> str:
        first, second = (", ".join(city.id for city in cities) for cities in (self.a, self.b))
        return f"{first} in a, {second} in b: {self.reason}"


class Matching(NamedTuple):
    """
    The result of `match_cities`; a city stands in several matches only where its ids join records that stand apart.
    """

    matches: tuple[CityMatch, ...]
    ambiguous: tuple[Ambiguity, ...]
    unmatched_a: tuple[City, ...]
    unmatched_b: tuple[City, ...]


def led(matches: Iterable[CityMatch]) -> tuple[dict[str, str], dict[str, str]]:
    """
    The id of the first data set for each matched city: of the first by those of its records that stand apart, and of the
    second. Of several records of the first that one of the second joins, it is that of the first of them.
    """
    from_a: dict[str, str] = {}
    from_b: dict[str, str] = {}
    for match in matches:
        kept = from_b.setdefault(match.b.id, from_a.get(match.a.id, match.a.id))
        if kept != match.a.id:
            from_a[match.a.id] = kept
    return from_a, from_b


# -- what two cities have in common ----------------------------------------------------------------


def _main_ids(city: City) -> tuple[str, ...]:
    return tuple(id for id in (city.wikidata_id, city.geonames_id) if id is not None)


def _place_ids(city: City) -> tuple[str, ...]:
    return (*_main_ids(city), *city.alt_ids)


def _contradict(x: City, y: City) -> bool:
    """
    True if both have Wikidata ids, or both GeoNames ids, and no id is in common.
    """
    first, second = set(_place_ids(x)), set(_place_ids(y))
    kinds = {id[0] == "Q" for id in first} & {id[0] == "Q" for id in second}
    return bool(kinds) and first.isdisjoint(second)


def _shared_id(x: City, y: City) -> str:
    theirs = _place_ids(y)
    id = next(id for id in _place_ids(x) if id in theirs)
    aside = "" if id in _main_ids(x) and id in _main_ids(y) else " (among alt_ids)"
    return f"{'Wikidata' if id[0] == 'Q' else 'GeoNames'} id {id}{aside}"


def _distance_km(x: City, y: City) -> float | None:
    return x.coordinates.distance_km(y.coordinates) if x.coordinates and y.coordinates else None


def _far_apart(x: City, y: City) -> bool:
    return (_distance_km(x, y) or 0) > NEAR_KM


def _same_place(x: City, y: City) -> bool:
    """
    True if nothing speaks against one place, and the country or the distance speaks for it: a name alone doesn't.
    """
    if not may_be_one(x, y):
        return False
    here, there = x.coordinates, y.coordinates
    if here is None or there is None:
        return x.country_code is not None and x.country_code == y.country_code
    # Most are clearly near or far: that is seen without the distance, which takes long.
    north, east = abs(here.latitude - there.latitude), abs(here.longitude - there.longitude)
    if north * _SHORT_DEGREE > NEAR_KM:
        return False
    return (north + east) * _LONG_DEGREE <= NEAR_KM or here.distance_km(there) <= NEAR_KM


def _name_and_place(x: City, y: City) -> str:
    folded = _folded_names(y, alternative=True)
    name = next(name for name in (x.name, *x.names.values(), *x.alt_names) if fold(name) in folded)
    told = [f"name {name}"]
    if x.country_code is not None and x.country_code == y.country_code:
        told.append(f"country {x.country_code}")
    distance = _distance_km(x, y)
    if distance is not None:
        told.append(f"{distance:.1f} km apart")
    return ", ".join(told)


def _folded_names(city: City, *, alternative: bool) -> dict[str, None]:
    names = (city.name, *city.names.values(), *(city.alt_names if alternative else ()))
    return dict.fromkeys(key for name in names if (key := fold(name)))


# -- tiers -----------------------------------------------------------------------------------------


class _Tier(NamedTuple):
    """
    One way to tell that two cities are one: they share a key, and *agree*.
    """

    label: str
    keys: Callable[[City], Iterable[object]]
    """Keys by which a city of the first data set is looked up."""
    filed: Callable[[City], Iterable[object]]
    """Keys under which a city of the second is found."""
    agree: Callable[[City, City], bool]
    reason: Callable[[City, City], str]


def _always(_x: City, _y: City) -> bool:
    return True


def _by_place_id(ids: Callable[[City], Iterable[str]], *, same_id: bool) -> _Tier:
    def keys(city: City) -> Iterable[object]:
        return [(city.id, id) for id in ids(city)] if same_id else ids(city)

    return _Tier("the same Wikidata or GeoNames id", keys, keys, _always, _shared_id)


def _by_id() -> _Tier:
    def agree(x: City, y: City) -> bool:
        return not _contradict(x, y) and len({x.country_code, y.country_code} - {None}) < 2 and not _far_apart(x, y)

    def keys(city: City) -> Iterable[object]:
        return (city.id,)

    return _Tier("the same id", keys, keys, agree, lambda x, _y: f"id {x.id}")


def _by_new_id() -> _Tier:
    # An earlier merge gave a city whose id was taken the first of -2, -3 … that was free.
    def keys(city: City) -> Iterable[object]:
        base, _, number = city.id.rpartition("-")
        return (base,) if base and number.isdigit() and number.isascii() else ()

    def agree(x: City, y: City) -> bool:
        found = differences_of(attrs.evolve(x, id=y.id, name=None if x.name == x.id else x.name), y)
        return all(difference.verdict in {Verdict.ONLY_A, Verdict.FINER_A} for difference in found)

    return _Tier(
        "the same facts", keys, lambda city: (city.id[:MAX_BASE],), agree, lambda x, y: f"id {y.id}, merged as {x.id}"
    )


def _by_name(label: str, *, alternative: bool) -> _Tier:
    # Countries are in the keys, so that a name that half the world has makes no long lists. So are the kinds of ids: what
    # shares one was found by it, and two of one kind that share none contradict each other.
    def keys(city: City) -> Iterator[object]:
        known = _kinds_of_ids(city)
        free = [kinds for kinds in _KINDS_OF_IDS if known.isdisjoint(kinds)]
        for name in _folded_names(city, alternative=alternative):
            for country in (city.country_code, None) if city.country_code else ("any",):
                yield from ((name, country, kinds) for kinds in free)

    def filed(city: City) -> Iterator[object]:
        kinds = _kinds_of_ids(city)
        for name in _folded_names(city, alternative=alternative):
            yield from ((name, city.country_code, kinds), (name, "any", kinds))

    return _Tier(label, keys, filed, _same_place, _name_and_place)


_KINDS_OF_IDS: tuple[frozenset[str], ...] = (frozenset(), frozenset("Q"), frozenset("1"), frozenset("Q1"))


def _kinds_of_ids(city: City) -> frozenset[str]:
    return frozenset("Q" if id[0] == "Q" else "1" for id in _place_ids(city))


def _tiers() -> Iterator[_Tier]:
    # Where several have the same Wikidata id, one with the same id too is the one that is meant.
    yield _by_place_id(_main_ids, same_id=True)
    yield _by_place_id(_main_ids, same_id=False)
    yield _by_place_id(_place_ids, same_id=True)
    yield _by_place_id(_place_ids, same_id=False)
    yield _by_id()
    yield _by_new_id()
    yield _by_name("the same name and place", alternative=False)
    yield _by_name("an alternative name and the same place", alternative=True)


# -- matching --------------------------------------------------------------------------------------


def match_cities(a: Whole, b: Whole) -> Matching:
    """
    Match the cities of *a* and *b* that are one place.

    The first of these that holds between two cities still free decides: the same Wikidata or GeoNames id; one of them
    among `alt_ids`; the same id, unless countries, Wikidata or GeoNames ids contradict or they lie far apart; the same
    name (folded) in the same country, within `NEAR_KM` where both have coordinates; the same with alternative names.
    Where one way leads to several, none is taken, and they are left aside; but where a city's `alt_ids` list the ids of
    several that stand apart on the other side, and that aren't tied with each other there, it is matched with each.
    """
    return _Matcher(a, b).matching()


class _Matcher:
    """
    The matching of two data sets: the cities still free, and what was found so far.
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
        for tier in map(self._apart_from_wholes, _tiers()):
            if tier.label == "the same id":
                self._join()
            for ids_a, ids_b in _groups(_candidates(tier, self.free_a.values(), self.free_b.values())):
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

    def _apart_from_wholes(self, tier: _Tier) -> _Tier:
        """
        *tier*, in which no city is taken for what it is a part of.
        """
        wholes = [_wholes_of(data) for data in self.wholes]
        if not any(wholes):
            return tier

        def agree(x: City, y: City) -> bool:
            return not (_is_whole_of(x, y, wholes[0]) or _is_whole_of(y, x, wholes[1])) and tier.agree(x, y)

        return tier._replace(agree=agree)

    def _match(self, x: City, y: City, reason: str) -> None:
        match = CityMatch(x, y, reason)
        self.matches.setdefault(x.id, []).append(match)
        self.by_b.setdefault(y.id, []).append(match)

    def _is_one(self, some_a: Sequence[City], some_b: Sequence[City]) -> bool:
        """
        True if one city's further ids are those of all the others, which stand apart on the other side.
        """
        if len(some_a) == 1:
            (one,), others, whole = some_a, some_b, self.wholes[1]
        elif len(some_b) == 1:
            (one,), others, whole = some_b, some_a, self.wholes[0]
        else:
            return False
        listed = set(_place_ids(one))
        return len(others) > 1 and all(listed & set(_main_ids(city)) for city in others) and _are_one(others, whole)

    def _join(self) -> None:
        """
        Match with a city that is matched already those whose ids are among its further ones.
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
                    self._match(a.cities[id], city, _shared_id(a.cities[id], city))
        for id, cities in to_b.items():
            others = [match.a for match in of_b[id]]
            alone = all(len(of_a[other.id]) == 1 and other.id not in to_a for other in others)
            if alone and _are_one([*others, *cities], a):
                for city in cities:
                    del self.free_a[city.id]
                    self._match(city, b.cities[id], _shared_id(city, b.cities[id]))

    def _doubles(self) -> None:
        """
        Note the cities left over that share a Wikidata or GeoNames id with one that is matched: a place with two records.
        """
        matches = [match for found in self.matches.values() for match in found]
        taken_a = {id: match.a for match in matches for id in _place_ids(match.a)}
        taken_b = {id: match.b for match in matches for id in _place_ids(match.b)}
        reason = "{}, which is matched with another"
        for city in self.free_a.values():
            if other := next((taken_b[id] for id in _place_ids(city) if id in taken_b), None):
                self.ambiguous.append(Ambiguity((city,), (other,), reason.format(_shared_id(city, other))))
        for city in self.free_b.values():
            if other := next((taken_a[id] for id in _place_ids(city) if id in taken_a), None):
                self.ambiguous.append(Ambiguity((other,), (city,), reason.format(_shared_id(other, city))))

    def _far_apart(self) -> None:
        """
        Note the cities left over that have one id and nothing else against them than the way between them.
        """
        for id, x in self.free_a.items():
            y = self.free_b.get(id)
            if y is not None and _far_apart(x, y) and may_be_one(x, y) and not _contradict(x, y):
                self.ambiguous.append(Ambiguity((x,), (y,), f"the same id, {_distance_km(x, y):,.0f} km apart"))


def _wholes_of(data: Whole) -> dict[str, list[City]]:
    """
    The cities that a city is part of, however far up, by its id.
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


def _is_whole_of(part: City, other: City, wholes: Mapping[str, list[City]]) -> bool:
    """
    True if *other* is rather what *part* is a part of: by an id that the whole has, or by its name, which isn't the part's.
    """
    for whole in wholes.get(part.id, ()):
        if not set(_main_ids(whole)).isdisjoint(_place_ids(other)):
            return True
        if fold(other.name) == fold(whole.name) != fold(part.name) and other.id != part.id:
            return True
    return False


def _listing(listing: Iterable[City], cities: Iterable[City]) -> dict[str, list[City]]:
    """
    The *cities* that one other lists among its further ids, by the id of that.
    """
    listed: dict[str, set[str]] = {}
    for one in listing:
        for id in one.alt_ids:
            listed.setdefault(id, set()).add(one.id)
    found: dict[str, list[City]] = {}
    for city in cities:
        by: set[str] = set().union(*(listed.get(id, ()) for id in _main_ids(city)))
        if len(by) == 1:
            found.setdefault(by.pop(), []).append(city)
    return found


def _are_one(cities: Sequence[City], whole: Whole) -> bool:
    """
    True if records that another data set joins may be one: they have ids of their own, and their data set says nothing of
    several of them together that couldn't be said of one, as a tie or a network does.
    """
    ids = [city.id for city in cities]
    main = [id for city in cities for id in _main_ids(city)]
    pairs = ((x, y) for place, x in enumerate(ids) for y in ids[:place])
    apart = set(ids)
    return len(set(main)) == len(main) and not (
        any(pair in whole.partnerships for pair in pairs)
        or any(apart.issuperset(network.members) for network in whole.networks.values())
    )


# -- candidates ------------------------------------------------------------------------------------

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


def _candidates(tier: _Tier, a: Iterable[City], b: Iterable[City]) -> dict[str, _Candidates]:
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


def _groups(candidates: Mapping[str, _Candidates]) -> Iterator[tuple[list[str], list[str]]]:
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
