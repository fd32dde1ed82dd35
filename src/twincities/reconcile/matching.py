"""
Cities of two data sets that are the same: by what identifies them, then by name and place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from ..model.city import City
from ..query.names import fold, may_be_one

__all__ = ["NEAR_KM", "Ambiguity", "CityMatch", "Matching", "match_cities"]

NEAR_KM = 50.0
"""How far apart, in kilometres, two statements of where one place lies may be."""
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
    The result of `match_cities`; a city stands in one match at most.
    """

    matches: tuple[CityMatch, ...]
    ambiguous: tuple[Ambiguity, ...]
    unmatched_a: tuple[City, ...]
    unmatched_b: tuple[City, ...]


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


def _same_place(x: City, y: City) -> bool:
    """
    True if nothing speaks against one place, and the country or the distance speaks for it: a name alone doesn't.
    """
    if _contradict(x, y) or not may_be_one(x, y):
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
    """What a city of the first data set is looked up by."""
    filed: Callable[[City], Iterable[object]]
    """What a city of the second is found under."""
    agree: Callable[[City, City], bool]
    reason: Callable[[City, City], str]


def _always(_x: City, _y: City) -> bool:
    return True


def _by_place_id(ids: Callable[[City], Iterable[str]], *, same_id: bool) -> _Tier:
    def keys(city: City) -> Iterable[object]:
        return [(city.id, id) for id in ids(city)] if same_id else ids(city)

    return _Tier("the same Wikidata or GeoNames id", keys, keys, _always, _shared_id)


def _by_name(label: str, *, alternative: bool) -> _Tier:
    # Countries are in the keys, so that a name that half the world has makes no long lists.
    def keys(city: City) -> Iterator[object]:
        for name in _folded_names(city, alternative=alternative):
            yield from ((name, city.country_code), (name, None)) if city.country_code else ((name, "any"),)

    def filed(city: City) -> Iterator[object]:
        for name in _folded_names(city, alternative=alternative):
            yield from ((name, city.country_code), (name, "any"))

    return _Tier(label, keys, filed, _same_place, _name_and_place)


def _tiers() -> Iterator[_Tier]:
    # Where several have the same Wikidata id, one with the same id too is the one that is meant.
    yield _by_place_id(_main_ids, same_id=True)
    yield _by_place_id(_main_ids, same_id=False)
    yield _by_place_id(_place_ids, same_id=True)
    yield _by_place_id(_place_ids, same_id=False)
    yield _Tier(
        "the same id",
        lambda city: (city.id,),
        lambda city: (city.id,),
        lambda x, y: not _contradict(x, y) and len({x.country_code, y.country_code} - {None}) < 2,
        lambda x, _y: f"id {x.id}",
    )
    yield _by_name("the same name and place", alternative=False)
    yield _by_name("an alternative name and the same place", alternative=True)


def match_cities(a: Iterable[City], b: Iterable[City]) -> Matching:
    """
    Match the cities of *a* and *b* that are one place.

    The first of these that holds between two cities still free decides: the same Wikidata or GeoNames id; one of them
    among `alt_ids`; the same id, unless countries, Wikidata or GeoNames ids contradict; the same name (folded) in the
    same country, within `NEAR_KM` where both have coordinates; the same with alternative names. Where one way leads to
    several, none is taken, and they are left aside.
    """
    all_a, all_b = {city.id: city for city in a}, {city.id: city for city in b}
    free_a, free_b = dict(all_a), dict(all_b)
    matches: dict[str, CityMatch] = {}
    ambiguous: list[Ambiguity] = []
    for tier in _tiers():
        for ids_a, ids_b in _groups(_candidates(tier, free_a.values(), free_b.values())):
            some_a = tuple([free_a.pop(id) for id in ids_a])
            some_b = tuple([free_b.pop(id) for id in ids_b])
            if len(some_a) == len(some_b) == 1:
                matches[some_a[0].id] = CityMatch(some_a[0], some_b[0], tier.reason(some_a[0], some_b[0]))
            else:
                ambiguous.append(Ambiguity(some_a, some_b, tier.label))
    ambiguous += _doubles(free_a, free_b, matches.values())
    matched_b = {match.b.id for match in matches.values()}
    return Matching(
        tuple(matches[id] for id in all_a if id in matches),
        tuple(ambiguous),
        tuple(city for id, city in all_a.items() if id not in matches),
        tuple(city for id, city in all_b.items() if id not in matched_b),
    )


def _candidates(tier: _Tier, a: Iterable[City], b: Iterable[City]) -> dict[str, list[str]]:
    """
    The ids in *b* that each id in *a* could be.
    """
    filed: dict[object, list[City]] = {}
    for city in b:
        for key in tier.filed(city):
            filed.setdefault(key, []).append(city)
    found: dict[str, list[str]] = {}
    for city in a:
        others = {other.id: other for key in tier.keys(city) for other in filed.get(key, ())}
        agreeing = [id for id, other in others.items() if tier.agree(city, other)]
        if agreeing:
            found[city.id] = agreeing
    return found


def _groups(candidates: Mapping[str, list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """
    The ids in a and in b that hang together: one of each where a match is clear.
    """
    back: dict[str, list[str]] = {}
    for id, others in candidates.items():
        for other in others:
            back.setdefault(other, []).append(id)
    seen: set[str] = set()
    for start in candidates:
        if start in seen:
            continue
        seen.add(start)
        ids_a, ids_b = [start], dict.fromkeys(candidates[start])
        waiting = list(ids_b)
        while waiting:
            for id in back[waiting.pop()]:
                if id not in seen:
                    seen.add(id)
                    ids_a.append(id)
                    more = [other for other in candidates[id] if other not in ids_b]
                    ids_b.update(dict.fromkeys(more))
                    waiting += more
        yield ids_a, list(ids_b)


def _doubles(
    free_a: Mapping[str, City], free_b: Mapping[str, City], matches: Iterable[CityMatch]
) -> Iterator[Ambiguity]:
    """
    The cities left over that share a Wikidata or GeoNames id with one that is matched: a place with two records.
    """
    taken_a = {id: match.a for match in matches for id in _place_ids(match.a)}
    taken_b = {id: match.b for match in matches for id in _place_ids(match.b)}
    reason = "{}, which is matched with another"
    for city in free_a.values():
        if other := next((taken_b[id] for id in _place_ids(city) if id in taken_b), None):
            yield Ambiguity((city,), (other,), reason.format(_shared_id(city, other)))
    for city in free_b.values():
        if other := next((taken_a[id] for id in _place_ids(city) if id in taken_a), None):
            yield Ambiguity((other,), (city,), reason.format(_shared_id(other, city)))
