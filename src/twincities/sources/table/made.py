"""
Cities made from a table's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from ...errors import shown
from ...model.city import City
from ...model.parts import Coordinates
from ...query.names import fold, slug
from .choices import KEEP, Choices
from .mentions import Mention, is_far
from .names import check_name, unused, without_invisible
from .problems import CellProblem, UnclearError


class _Made:
    """
    A city with the facts that rows give.
    """

    def __init__(self, first: Mention, name: str | None) -> None:
        self.line, self.column, self.id = first.line, first.column, first.id
        self.name = name or str(first.id)
        self.alt_names: dict[str, None] = {}
        self.facts: dict[str, tuple[int, Any]] = {}
        self.ids: dict[str, str] = {}
        self.point: Coordinates | None = None

    @property
    def country(self) -> str | None:
        return self.facts["country_code"][1] if "country_code" in self.facts else None

    def may_be(self, mention: Mention) -> bool:
        """
        Check if neither an id nor a point in a row shows that it is another city.
        """
        ids = mention.ids
        if any(self.ids.get(field, id) != id for field, id in ids.items()):
            return False
        return bool(ids.items() & self.ids.items()) or not is_far(self.point, mention.point)

    def add(self, mention: Mention, name: str | None) -> Iterator[CellProblem]:
        """
        Add the facts of a row; yield what contradicts earlier rows.
        """
        if name not in {None, self.name}:
            self.alt_names[str(name)] = None
        for field, fact in mention.facts.items():
            line, known = self.facts.setdefault(field, (mention.line, fact.value))
            if known != fact.value:
                message = f"expected one {field} of {self.name}, but line {line} has another"
                yield CellProblem(mention.line, fact.column, fact.text, message)

    def record(self, id: str, lang: str | None) -> City:
        facts = {field: value for field, (_, value) in self.facts.items()}
        names = {} if lang is None or self.name == self.id else {lang: self.name}
        return City(id=id, name=self.name, names=names, alt_names=tuple(self.alt_names), **facts)


class MadePlaces:
    """
    A city for each id, and for each pair of name and country without an id. Equal names are different cities if their
    ids in Wikidata or GeoNames differ, or if their points are far apart.
    """

    def __init__(self, choices: Choices, lang: str | None, taken: Iterable[str] = ()) -> None:
        self._choices, self._lang, self._taken = choices, lang, taken
        self._made: dict[Hashable, _Made] = {}
        self._alike: dict[Hashable, list[_Made]] = {}
        self._problems: list[CellProblem] = []

    def expect(self, mention: Mention) -> None:
        """
        Note the ids and points that distinguish cities with the same name.
        """
        if mention.id is None and mention.name and (mention.ids or mention.point):
            alike = self._alike.setdefault(_key(mention, mention.name), [])
            made = next((made for made in alike if made.may_be(mention)), None)
            if made is None:
                made = _Made(mention, mention.name)
                alike.append(made)
            made.ids = mention.ids | made.ids
            made.point = made.point or mention.point

    def find(self, mention: Mention) -> Hashable:
        """
        The key in `records` of the city of a mention; an `UnclearError` if it may be none, or several.
        """
        name = self._named(mention)
        if mention.id is not None:
            key: Hashable = mention.id
            made = self._made.setdefault(key, _Made(mention, name))
        else:
            alike = self._alike.setdefault(_key(mention, name or ""), [])
            fitting = [made for made in alike if made.may_be(mention)]
            if len(fitting) > 1:
                line_numbers = ", ".join(str(made.line) for made in fitting)
                raise UnclearError(
                    f"{shown(name)} is the name of {len(fitting)} cities in the table (lines {line_numbers}): give its id"
                )
            made = fitting[0] if fitting else _Made(mention, name)
            if not fitting:
                alike.append(made)
            key = (*_key(mention, name or ""), alike.index(made))
            self._made.setdefault(key, made)
        self._problems += made.add(mention, name)
        return key

    def _named(self, mention: Mention) -> str | None:
        """
        The name of a mention, or the one chosen for it.
        """
        name = mention.name
        choice = self._choices.for_name(name, mention.country)
        if name is None or mention.id is not None or mention.ids:
            return name  # an id says that it is a city, whatever it is called
        if choice == KEEP:
            return without_invisible(name) or name
        if choice is not None:
            return choice
        if wrong := check_name(name, has_country=mention.country is not None):
            raise UnclearError(wrong)
        return name

    def records(self) -> tuple[Mapping[Hashable, City], list[CellProblem]]:
        ids = self._ids()
        cities: dict[Hashable, City] = {key: made.record(ids[key], self._lang) for key, made in self._made.items()}
        return cities, [*self._problems, *self._doubts()]

    def _ids(self) -> dict[Hashable, str]:
        ids = {key: made.id for key, made in self._made.items() if made.id is not None}
        slugs = {key: slug(made.name) for key, made in self._made.items() if key not in ids}
        taken = {*ids.values(), *self._taken}
        times = Counter([*taken, *slugs.values()])
        for key, start in slugs.items():
            country = self._made[key].country
            ids[key] = unused(f"{start}-{country.lower()}" if country and times[start] > 1 else start, taken)
            taken.add(ids[key])
        return ids

    def _doubts(self) -> Iterator[CellProblem]:
        """
        Names of several cities here that lack a country or an id to distinguish them.
        """
        by_name: dict[str, list[_Made]] = {}
        for made in self._made.values():
            by_name.setdefault(fold(made.name) or made.name, []).append(made)
        for first, *others in by_name.values():
            alike = [first, *others]
            if all(made.id or made.ids for made in alike) or all(made.country and not made.id for made in alike):
                continue
            if all(made.point for made in alike) and len({made.country for made in alike}) == 1:
                continue
            for made in others:
                if self._choices.for_name(made.name, made.country) == KEEP:
                    continue
                message = (
                    f"{shown(made.name)} may be another city than on line {first.line}: "
                    "give both a country, or both an id"
                )
                yield CellProblem(made.line, made.column, made.name, message, country=made.country)


def _key(mention: Mention, name: str) -> tuple[str, str | None]:
    return (fold(name) or name, mention.country)
