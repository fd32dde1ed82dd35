"""
Mentions of cities in rows, and gazetteers to look them up in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from ...model.city import City
from ...model.parts import Coordinates, Source

FAR = 50.0
"""Kilometres beyond which two points are those of different cities."""
PLACE_IDS = ("wikidata_id", "geonames_id")
"""The fields of `City` with its ids elsewhere."""


class Gazetteer(Protocol):
    """
    A set of cities to look names up in: a `Dataset` is one.
    """

    @property
    def cities(self) -> Mapping[str, City]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...


class Fact(NamedTuple):
    """
    The value of a cell, with the cell's column and text.
    """

    column: str
    text: str
    value: Any


class Mention(NamedTuple):
    """
    A city as a row names it: by a name, an id or both, and fields of `City`.
    """

    line: int
    column: str
    name: str | None
    id: str | None
    facts: Mapping[str, Fact]

    def fact(self, field: str) -> Any:
        return self.facts[field].value if field in self.facts else None

    @property
    def country(self) -> str | None:
        code: str | None = self.fact("country_code")
        return code

    @property
    def ids(self) -> dict[str, str]:
        """
        The ids in Wikidata and GeoNames in the row.
        """
        return {field: self.fact(field) for field in PLACE_IDS if field in self.facts}

    @property
    def point(self) -> Coordinates | None:
        found: Coordinates | None = self.fact("coordinates")
        return found


def is_far(first: Coordinates | None, second: Coordinates | None) -> bool:
    return first is not None and second is not None and first.distance_km(second) > FAR
