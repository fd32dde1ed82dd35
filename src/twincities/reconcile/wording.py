"""
The words and rows of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import attrs

from ..display.messages import translated
from ..display.words import word
from ..model.city import City
from ..model.frozen import FrozenDict
from ..model.languages import text_in
from ..model.vocabulary import LANGUAGES, primary, word_label
from ..query.whole import Whole
from .differences import Difference, Verdict

COLUMNS = ("found_in", "city_1", "city_2", "field", "a", "b", "verdict", "city_1_id", "city_2_id")
"""The keys of a row of a comparison, in the order of the columns."""


def row_of(found_in: str, cities: tuple[City, City], lang: str, **values: Any) -> dict[str, Any]:
    """
    One row of a comparison as a flat dict.
    """
    first, second = cities
    names = {"city_1": first.label(lang), "city_2": second.label(lang)}
    row = {**values, **names, "found_in": found_in, "city_1_id": first.id, "city_2_id": second.id}
    return {column: row.get(column) for column in COLUMNS}


def names_of(cities: Iterable[City], lang: str, between: str = " – ") -> str:
    """
    The names of cities in a line.
    """
    return between.join(city.label(lang) for city in cities)


def differences_in(found: Iterable[Difference], lang: str) -> str:
    """
    Differences in a line: the values if both have one, else the fields that only one side has.
    """
    one_sided: dict[Verdict, list[str]] = {Verdict.ONLY_A: [], Verdict.ONLY_B: []}
    parts = []
    for difference in found:
        field = _field_in(difference.field, lang)
        if difference.verdict in one_sided:
            one_sided[difference.verdict].append(field)
        else:
            a, b = (text_of(value, lang) or "–" for value in (difference.a, difference.b))
            parts.append(f"{field}: a {a}, b {b} ({translated(difference.verdict, lang)})")
    for verdict, fields in one_sided.items():
        if fields:
            parts.append(
                f"{translated('only in a' if verdict is Verdict.ONLY_A else 'only in b', lang)}: {', '.join(fields)}"
            )
    return "; ".join(parts)


def _field_in(field: str, lang: str) -> str:
    """
    The name of a field: in English as in records, else its heading.
    """
    name, _, part = field.partition(".")
    heading = word(name, lang) if primary(lang) != LANGUAGES[0] else name
    return heading[:1].lower() + heading[1:] + (f" ({part})" if part and heading != name else field.removeprefix(name))


def title_of(data: Whole, name: str, lang: str) -> str:
    """
    A data set in a line: its title, its as-of date, and the cities that it is complete for.
    """
    parts = [data.title or data.id or translated(f"data set {name}", lang)]
    if data.as_of:
        parts.append(f"{word('as of', lang)} {data.as_of}")
    if data.complete_for:
        names = names_of((data.cities[id] for id in data.complete_for[:5]), lang, ", ")
        parts.append(f"{translated('complete for', lang)} {names}{' …' if len(data.complete_for) > 5 else ''}")
    return ", ".join(parts)


def text_of(value: Any, lang: str) -> str | None:
    """
    A value of a field as text for people.
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
