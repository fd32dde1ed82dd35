"""
Matches of cities: the results of matching two data sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import attrs

from ..model.city import City

__all__ = ["NEAR_KM", "Ambiguity", "CityMatch", "Matching", "led"]

NEAR_KM = 50.0
"""How far apart, in kilometres, two statements of where one place lies may be."""


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
