"""
Cities looked up in a gazetteer, more strictly than for a question: nobody would notice a mistake in a list.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain

import attrs

from ..._lazy import once
from ...errors import QueryError, shown
from ...model.city import City
from ...query.names import NameIndex, fold
from ...query.whole import Whole
from .choices import KEEP, Choices
from .made import MadePlaces
from .mentions import FAR, Gazetteer, Mention, is_far
from .names import check_name, without_invisible
from .problems import CellProblem, UnclearError

_NEAR = 5  # candidates with a similar name
_TIMES = 2  # a place so many times as large with the same name may be meant instead
_MANY = 5000  # cities beyond which only own names are compared with an unknown one
_PLACE_IDS = ("geonames_id", "wikidata_id")


class KnownPlaces:
    """
    The cities of a gazetteer, the user's choices for unclear names, and the names kept as they are.
    """

    def __init__(self, places: Gazetteer, choices: Choices, lang: str | None) -> None:
        self._cities, self._choices, self._lang = places.cities, choices, lang
        # A data set has its index already.
        self._index = places._index.names if isinstance(places, Whole) else NameIndex(places.cities)
        self._by_country: dict[str | None, NameIndex] = {}
        self._found: dict[Hashable, City | UnclearError | None] = {}
        self._used: dict[str, City] = {}
        self._typed: dict[str, dict[str, None]] = {}
        self._kept = MadePlaces(choices, lang, self._used)

    def expect(self, mention: Mention) -> None:
        """
        Do nothing: cities don't depend on later rows.
        """

    def find(self, mention: Mention) -> Hashable:
        """
        The key in `records` of the city that is meant; an `UnclearError` if that isn't clear.
        """
        asked = (mention.name, mention.id, mention.country, mention.point, *map(mention.fact, _PLACE_IDS))
        if asked not in self._found:
            try:
                self._found[asked] = self._look_up(mention)
            except UnclearError as error:
                self._found[asked] = error
        city = self._found[asked]
        if isinstance(city, UnclearError):
            raise city.with_traceback(None)
        if city is None:
            return ("kept", self._kept.find(mention))
        self._used[city.id] = city
        name, names = mention.name, {city.name, *city.names.values()}
        ids = {city.id, city.geonames_id, city.wikidata_id, *city.alt_ids}
        if name is not None and name not in ids and (name in names or check_name(name) is None):
            self._typed.setdefault(city.id, {})[name] = None
        return city.id

    def records(self) -> tuple[Mapping[Hashable, City], list[CellProblem]]:
        """
        The cities found, as in the gazetteer, with the names in the table.
        """
        cities: dict[Hashable, City] = {
            id: _named(city, tuple(self._typed.get(id, ())), self._lang) for id, city in self._used.items()
        }
        kept, problems = self._kept.records()
        return cities | {("kept", key): city for key, city in kept.items()}, problems

    def _look_up(self, mention: Mention) -> City | None:
        """
        The city of a mention; `None` if its name is kept as it is.
        """
        city = self._by_id(mention)
        if city is None:
            if mention.name is None:
                raise UnclearError(f"no city with the id {shown(mention.id)}, and no name")
            try:
                city = self._by_name(mention, mention.name)
            except UnclearError:
                choice = self._choices.for_name(mention.name, mention.country)
                if choice == KEEP:
                    return None
                city = None if choice is None else self._chosen(mention.name, choice)
                if city is None or mention.country not in {None, city.country_code}:
                    raise
        for field in ("country_code", *_PLACE_IDS):
            read, known = mention.fact(field), getattr(city, field)
            if None not in {read, known} and read not in {known, *city.alt_ids}:
                raise UnclearError(f"{city.name} ({city.id}) has the {field} {known}, but the table has {read}", [city])
        return city

    def _chosen(self, name: str, choice: str) -> City:
        found = self._index.resolve(choice)
        if len(found) != 1:
            raise QueryError(f"expected the id of a city for {shown(name)} in choices=, got {shown(choice)}")
        return found[0]

    def _by_id(self, mention: Mention) -> City | None:
        if mention.id is not None and mention.id in self._cities:
            return self._cities[mention.id]
        for id in filter(None, [mention.id, *map(mention.fact, _PLACE_IDS)]):
            found = [c for c in self._index.resolve(id) if id in {c.geonames_id, c.wikidata_id, *c.alt_ids}]
            if len(found) == 1:
                return found[0]
        return None

    def _by_name(self, mention: Mention, name: str) -> City:
        """
        The only city whose own name this is, not an alternative name.
        """
        country = mention.country

        def fits(cities: Iterable[City]) -> tuple[City, ...]:
            return tuple(
                city
                for city in cities
                if country in {None, city.country_code} and not is_far(city.coordinates, mention.point)
            )

        by_id, by_place_id, named, folded, others, folded_others = map(fits, self._index.tiers(name))
        as_written = by_id or by_place_id or named
        if not as_written and (wrong := check_name(name, has_country=country is not None)):
            part = without_invisible(re.split(r"[,;/&+(\[\n*]| [-–—] ", name.lstrip("(*[ "))[0])
            raise UnclearError(wrong, _by_size(dict.fromkeys(chain.from_iterable(map(fits, self._index.tiers(part))))))
        found = as_written or folded
        bearers = dict.fromkeys((*named, *folded, *others, *folded_others))
        if len(found) > 1:
            one_country = len({city.country_code for city in found}) == 1
            message = f"{shown(name)} is the name of {len(found)} cities"
            raise UnclearError(message, _by_size(found), _advice(has_country=one_country))
        if found:
            (city,) = found
            larger = [one for one in bearers if one is not city and _is_larger(one, city)]
            if larger and not by_id and not by_place_id and not mention.point:
                message = f"{shown(name)} may also be {larger[0].name}, which is larger"
                raise UnclearError(message, [city, *larger], _advice(has_country=country is not None))
            return city
        if len(bearers) == 1 and mention.point:
            return next(iter(bearers))
        if bearers:
            raise UnclearError(
                f"{shown(name)} is only another name of {_names_of(bearers)}: choose it, or give an id",
                _by_size(bearers),
            )
        if mention.point and any(country in {None, c.country_code} for tier in self._index.tiers(name) for c in tier):
            raise UnclearError(f"no city called {shown(name)} within {FAR:g} km of the table's point")
        where = f" in {country}" if country else ""
        raise UnclearError(f"unknown city {shown(name)}{where}", self._similar(name, country))

    def _similar(self, name: str, country: str | None) -> tuple[City, ...]:
        """
        Cities with a name like an unknown one: in the country of the row, else anywhere.
        """
        near = [self._cities[city.id] for _, _, city in self._country(country).search(name)[:_NEAR]]
        # Also those with the name in another country: the country may be the mistake.
        elsewhere = dict.fromkeys(city for tier in self._index.tiers(name) for city in tier)
        return tuple(dict.fromkeys([*near, *_by_size(elsewhere)]))[:_NEAR]

    def _country(self, code: str | None) -> NameIndex:
        if code not in self._by_country:
            cities = self._cities if code is None else self._of_country.get(code, {})
            if len(cities) > _MANY:
                cities = {id: attrs.evolve(city, alt_names=()) for id, city in cities.items()}
            self._by_country[code] = self._index if cities is self._cities else NameIndex(cities)
        return self._by_country[code]

    @once
    def _of_country(self) -> Mapping[str | None, Mapping[str, City]]:
        found: dict[str | None, dict[str, City]] = {}
        for id, city in self._cities.items():
            found.setdefault(city.country_code, {})[id] = city
        return found


def _advice(*, has_country: bool) -> str:
    return f"give its {'' if has_country else 'country or '}id, or choose it"


def _is_larger(one: City, city: City) -> bool:
    return bool(one.population and city.population is not None and one.population >= _TIMES * city.population)


def _by_size(cities: Iterable[City]) -> list[City]:
    return sorted(cities, key=lambda city: (-(city.population or 0), city.name, city.id))


def _names_of(cities: Iterable[City]) -> str:
    return " and ".join(city.name for city in _by_size(cities)[:3])


def _named(city: City, typed: tuple[str, ...], lang: str | None) -> City:
    """
    A city with its names in the table: the first under the language of the table, the others as alternative names.
    """
    if not typed:
        return city
    names, alt_names = dict(city.names), dict.fromkeys(city.alt_names)
    first, *more = typed
    if lang is None:
        more = [first, *more]
    elif names.get(lang, city.name if lang == "en" else None) != first:
        if (before := names.get(lang)) is not None:
            more.append(before)
        names[lang] = first
    known = {*map(fold, (city.name, *names.values(), *alt_names))}
    alt_names |= dict.fromkeys(name for name in more if fold(name) not in known)
    if names == dict(city.names) and tuple(alt_names) == city.alt_names:
        return city
    return attrs.evolve(city, names=names, alt_names=tuple(alt_names))
