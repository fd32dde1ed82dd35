"""
From what a table calls a city to a city: looked up where cities are known, else made from the table's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from ...errors import AmbiguousCityError, QueryError, UnknownNameError, shown
from ...interop._cells import CellProblem
from ...model.city import City
from ...model.parts import Source
from ...query.answers import Match
from ...query.names import fold, slug

__all__ = ["Candidate", "Gazetteer", "KnownPlaces", "MadePlaces", "Mention", "Unclear"]


class Gazetteer(Protocol):
    """
    What cities are looked up in: a `Dataset` is one.
    """

    @property
    def cities(self) -> Mapping[str, City]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    def city(self, name: str, country: str | None = None) -> City: ...
    def search(self, text: str, *, limit: int | None = None) -> Iterable[Match]: ...


class Candidate(NamedTuple):
    """
    A city that may be meant.
    """

    id: str
    name: str
    country: str | None
    """ISO 3166-1 alpha-2."""
    region: str | None
    """ISO 3166-2, where the gazetteer has it."""
    population: int | None


class Mention(NamedTuple):
    """
    What a row says of one of its two cities: a name, an id or both, and fields of `City`, each with its column.
    """

    line: int
    column: str
    name: str | None
    id: str | None
    facts: Mapping[str, tuple[str, Any]]

    def fact(self, field: str) -> Any:
        """
        What the row says in a field, or `None`.
        """
        return self.facts[field][1] if field in self.facts else None


class Unclear(NamedTuple):
    """
    Why a mention leads to no city, and the cities that may be meant.
    """

    reason: str
    candidates: tuple[Candidate, ...] = ()


# -- looked up -------------------------------------------------------------------------------------

_NEAR = 5  # how many cities with a similar name are shown
_PLACE_IDS = ("geonames_id", "wikidata_id")


class KnownPlaces:
    """
    The cities of a gazetteer, and what the user chose where a name doesn't decide.
    """

    def __init__(self, places: Gazetteer, choices: Mapping[str, str]) -> None:
        self._places = places
        self._choices = {name: self._chosen(name, id) for name, id in choices.items()}
        self._found: dict[Hashable, City | Unclear] = {}
        self._used: dict[Hashable, City] = {}

    def _chosen(self, name: str, id: str) -> City:
        try:
            return self._places.city(id)
        except (UnknownNameError, AmbiguousCityError, QueryError) as error:
            raise QueryError(f"expected the id of a city for {shown(name)} in choices=: {error}") from error

    def find(self, mention: Mention) -> Hashable | Unclear:
        """
        The key in `records` of the city that is meant, or why that isn't clear.
        """
        asked = (mention.name, mention.id, mention.fact("country_code"), *map(mention.fact, _PLACE_IDS))
        if asked not in self._found:
            self._found[asked] = self._look_up(mention)
        city = self._found[asked]
        if isinstance(city, Unclear):
            return city
        self._used[city.id] = city
        return city.id

    def records(self) -> tuple[Mapping[Hashable, City], list[CellProblem]]:
        """
        The cities that were meant, as the gazetteer has them.
        """
        return self._used, []

    def _look_up(self, mention: Mention) -> City | Unclear:
        country = mention.fact("country_code")
        city = self._by_id(mention)
        if city is None:
            if mention.name is None:
                return Unclear(f"no city with the id {shown(mention.id)}, and no name")
            try:
                city = self._places.city(mention.name, country)
            except (UnknownNameError, AmbiguousCityError) as error:
                city = self._choices.get(mention.name)
                if city is None or country not in {None, city.country_code}:
                    return self._unclear(mention.name, error)
        for field in ("country_code", *_PLACE_IDS):
            said, known = mention.fact(field), getattr(city, field)
            if None not in {said, known} and said not in {known, *city.alt_ids}:
                return Unclear(
                    f"{city.name} ({city.id}) has the {field} {known}, the table says {said}", (_candidate(city),)
                )
        return city

    def _by_id(self, mention: Mention) -> City | None:
        if mention.id is not None and mention.id in self._places.cities:
            return self._places.cities[mention.id]
        for id in filter(None, map(mention.fact, _PLACE_IDS)):
            try:
                city = self._places.city(id)
            except (UnknownNameError, AmbiguousCityError):
                continue
            if id in {city.geonames_id, city.wikidata_id, *city.alt_ids}:  # else the id was taken for a name
                return city
        return None

    def _unclear(self, name: str, error: Exception) -> Unclear:
        if not isinstance(error, AmbiguousCityError):
            near = (match.city for match in self._places.search(name, limit=_NEAR))
            return Unclear(str(error), tuple(map(_candidate, near)))
        cities = [self._places.cities[id] for id in error.candidates]
        cities.sort(key=lambda city: (-(city.population or 0), city.name, city.id))
        told = ", ".join(city.id for city in cities[:_NEAR]) + (" …" if len(cities) > _NEAR else "")
        reason = f"{shown(name)} is the name of {len(cities)} cities: {told}; give its country or id, or choices="
        return Unclear(reason, tuple(map(_candidate, cities)))


def _candidate(city: City) -> Candidate:
    region = city.subdivision_codes[0] if city.subdivision_codes else None
    return Candidate(city.id, city.name, city.country_code, region, city.population)


# -- made ------------------------------------------------------------------------------------------


class _Made:
    """
    A city that grows from what rows say of it.
    """

    def __init__(self, first: Mention) -> None:
        self.line, self.column, self.id = first.line, first.column, first.id
        self.name = first.name or str(first.id)
        self.alt_names: dict[str, None] = {}
        self.facts: dict[str, tuple[int, Any]] = {}

    @property
    def country(self) -> str | None:
        return self.facts["country_code"][1] if "country_code" in self.facts else None

    def add(self, mention: Mention) -> Iterator[CellProblem]:
        """
        Take in what a row says; yield what contradicts rows before it.
        """
        if mention.name not in {None, self.name}:
            self.alt_names[str(mention.name)] = None
        for field, (column, value) in mention.facts.items():
            line, known = self.facts.setdefault(field, (mention.line, value))
            if known != value:
                message = f"expected one {field} of {self.name}, line {line} says another"
                yield CellProblem(mention.line, column, shown(value), message)

    def record(self, id: str) -> City:
        facts = {field: value for field, (_, value) in self.facts.items()}
        return City(id=id, name=self.name, alt_names=tuple(self.alt_names), **facts)


class MadePlaces:
    """
    A city for each id, and for each name (with its country) that stands without an id.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, _Made] = {}
        self._problems: list[CellProblem] = []

    def find(self, mention: Mention) -> Hashable | Unclear:
        """
        The key in `records` of the city that is meant.
        """
        name = mention.name or ""
        key = mention.id or (fold(name) or name, mention.fact("country_code"))
        made = self._made.setdefault(key, _Made(mention))
        self._problems += made.add(mention)
        return key

    def records(self) -> tuple[Mapping[Hashable, City], list[CellProblem]]:
        """
        The cities, and what rows say of them that doesn't fit together.
        """
        ids = self._ids()
        cities: dict[Hashable, City] = {key: made.record(ids[key]) for key, made in self._made.items()}
        return cities, [*self._problems, *self._doubts()]

    def _ids(self) -> dict[Hashable, str]:
        ids = {key: made.id for key, made in self._made.items() if made.id is not None}
        slugs = {key: slug(made.name) for key, made in self._made.items() if key not in ids}
        taken, times = set(ids.values()), Counter([*ids.values(), *slugs.values()])
        for key, start in slugs.items():
            country = self._made[key].country
            base = f"{start}-{country.lower()}" if country and times[start] > 1 else start
            id, number = base, 1
            while id in taken:
                id, number = f"{base}-{number + 1}", number + 1
            taken.add(id)
            ids[key] = id
        return ids

    def _doubts(self) -> Iterator[CellProblem]:
        """
        Names that stand for several cities here, without a country or an id of each to tell them apart.
        """
        by_name: dict[str, list[_Made]] = {}
        for made in self._made.values():
            by_name.setdefault(fold(made.name) or made.name, []).append(made)
        for first, *others in by_name.values():
            alike = [first, *others]
            if all(made.id for made in alike) or all(made.country and not made.id for made in alike):
                continue
            for made in others:
                message = f"taken for another city than on line {first.line}: give both a country, or both an id"
                yield CellProblem(made.line, made.column, made.name, message)
