"""
The results of matching the cities of two data sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import attrs

from ..model.city import City

__all__ = ["NEAR_KM", "Ambiguity", "CityMatch", "Matching", "led"]

NEAR_KM = 50.0
"""The greatest distance, in kilometres, between the coordinates that two data sets give for one place."""


@attrs.frozen
class CityMatch:
    """
    Two cities, one of each data set, that are the same place.
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
    Cities with several possible matches: none was chosen.
    """

    a: tuple[City, ...]
    b: tuple[City, ...]
    reason: str
    """The evidence that they share, or that keeps them apart."""

    def __str__(self) -> str:
        first, second = (", ".join(city.id for city in cities) for cities in (self.a, self.b))
        return f"{first} in a, {second} in b: {self.reason}"


class Matching(NamedTuple):
    """
    The result of `match_cities`. A city is in several matches only if its ids join several records of the other side.
    """

    matches: tuple[CityMatch, ...]
    ambiguous: tuple[Ambiguity, ...]
    unmatched_a: tuple[City, ...]
    unmatched_b: tuple[City, ...]


def led(matches: Iterable[CityMatch]) -> tuple[dict[str, str], dict[str, str]]:
    """
    Map ids of matched cities to the id that stays, which is one of the first data set: those of the first whose records
    the second joins, and all of the second.
    """
    from_a: dict[str, str] = {}
    from_b: dict[str, str] = {}
    for match in matches:
        kept = from_b.setdefault(match.b.id, from_a.get(match.a.id, match.a.id))
        if kept != match.a.id:
            from_a[match.a.id] = kept
    return from_a, from_b
