"""
Words and rows of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import attrs

from ..model.city import City
from ..model.frozen import FrozenDict
from ..model.languages import text_in
from ..model.vocabulary import word_label
from ..query.whole import Whole
from .differences import Difference, Verdict

__all__ = ["COLUMNS", "in_a_line", "names_of", "row_of", "text_of", "title_of"]

COLUMNS = ("found_in", "city_1", "city_2", "field", "a", "b", "verdict", "city_1_id", "city_2_id")
"""The keys of a row of a comparison, in the order of the columns."""


def row_of(found_in: str, cities: tuple[City, City], lang: str, **said: Any) -> dict[str, Any]:
    """
    A flat row of a comparison.
    """
    first, second = cities
    names = {"city_1": first.label(lang), "city_2": second.label(lang)}
    row = {**said, **names, "found_in": found_in, "city_1_id": first.id, "city_2_id": second.id}
    return {column: row.get(column) for column in COLUMNS}


def names_of(cities: tuple[City, City]) -> str:
    """
    Two cities in a line.
    """
    return " – ".join(city.name for city in cities)


def in_a_line(found: Iterable[Difference]) -> str:
    """
    Differences in a line: values where both say something, else the names of the fields.
    """
    alone: dict[Verdict, list[str]] = {Verdict.ONLY_A: [], Verdict.ONLY_B: []}
    lines = []
    for difference in found:
        if difference.verdict in alone:
            alone[difference.verdict].append(difference.field)
        else:
            values = " ".join(
                f"{text_of(said, 'en') or 'nothing'} in {name}"
                for name, said in (("a,", difference.a), ("b", difference.b))
            )
            lines.append(f"{difference.field}: {values} ({difference.verdict})")
    lines += [
        f"only in {name}: {', '.join(fields)}" for name, fields in zip("ab", alone.values(), strict=True) if fields
    ]
    return "; ".join(lines)


def title_of(data: Whole, name: str) -> str:
    """
    A data set in a line: its title, its time, and what it is complete for.
    """
    complete = ", ".join(data.cities[id].name for id in data.complete_for[:5])
    parts = [data.title or data.id or f"data set {name}"]
    parts += [f"as of {data.as_of}"] if data.as_of else []
    parts += [f"complete for {complete}{' …' if len(data.complete_for) > 5 else ''}"] if complete else []
    return ", ".join(parts)


def text_of(value: Any, lang: str) -> str | None:
    """
    A value of a field for reading: of a smaller record what it says. Differences have no sources.
    """
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, tuple):
        return "; ".join(text for item in value if (text := text_of(item, lang))) or None
    if isinstance(value, FrozenDict):
        return text_in(value, lang)
    if attrs.has(type(value)):
        parts = [getattr(value, field.name) for field in attrs.fields(type(value))]
        return ", ".join(text for part in parts if (text := text_of(part, lang))) or None
    return None if value is None else str(value)
