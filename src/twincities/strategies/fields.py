"""
Recipes: records drawn from strategies for their fields, which follow from the types and rules of the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ..errors import shown
from ..model import rules as r
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.fields import Field, Shape, fields_of
from . import values as v
from .references import reference, references


def few(items: SearchStrategy[Any]) -> SearchStrategy[list[Any]]:
    """
    Lists of up to two *items*. Records hold many lists, and long ones would hide the cause of a failure.
    """
    return st.lists(items, max_size=2)


def as_strategy(value: object, name: str) -> SearchStrategy[Any]:
    """
    Return *value* if it is a strategy.

    Raises:
        InvalidArgument: It isn't.
    """
    if not isinstance(value, SearchStrategy):
        raise InvalidArgument(f"expected a strategy for {name}, got {shown(value)}")
    return value


SOURCES = references("sources")
_OF_TYPES: dict[Any, SearchStrategy[Any]] = {EdtfDate: v.edtf_dates(), EdtfInterval: v.edtf_intervals()}
_OF_RULES = {
    r.TEXT.check: v.TEXTS,
    r.URL.check: v.URLS,
    r.TAG.check: v.TAGS,
    r.COUNTRY.check: v.COUNTRY_CODES,
    r.WIKIDATA.check: v.WIKIDATA_IDS,
    r.GEONAMES.check: v.GEONAMES_IDS,
    r.TEXT_BY_LANGUAGE.check: v.BY_LANGUAGE,
    r.JSON_OBJECT.check: v.EXTRAS,
}


def usual(kind: type[Any], /, **given: SearchStrategy[Any]) -> dict[str, SearchStrategy[Any]]:
    """
    The strategies for the fields of a class of records: those *given*, or else those of their types and rules. They don't
    include `field_sources` and `claims`, which depend on the others.
    """
    return {
        field.name: given[field.name] if field.name in given else _of_field(field, kind.RULES.get(field.name))
        for field in fields_of(kind)
        if field.name not in {"field_sources", "claims"}
    }


def _of_field(field: Field, rule: r.Rule | None) -> SearchStrategy[Any]:
    if field.refers_to in ("areas", "cities", "sources"):
        return references(field.refers_to) if field.shape is Shape.LIST else reference(field.refers_to)
    if isinstance(field.item, type) and issubclass(field.item, StrEnum):
        return st.sampled_from(field.item)
    return _OF_TYPES[field.item] if rule is None else _OF_RULES[rule.check]


class Recipe:
    """
    The strategies for the fields of a class of records, used for fields for which users give none.
    """

    def __init__(self, kind: type[Any], /, **free: SearchStrategy[Any]) -> None:
        self.kind = kind
        self.free = free
        required = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
        self.required: dict[str, SearchStrategy[Any]] = {name: free[name] for name in required if name in free}

    def draw(self, draw: st.DrawFn, given: Mapping[str, SearchStrategy[Any]]) -> dict[str, Any]:
        """
        Draw the fields of a record: always those *given* and those required, and some of the others.

        Raises:
            InvalidArgument: The record has no such field, or something isn't a strategy.
        """
        for name, strategy in given.items():
            if name not in self.free:
                raise InvalidArgument(
                    f"expected fields of {self.kind.__name__} ({', '.join(self.free)}), got {shown(name)}"
                )
            as_strategy(strategy, f"{name} of {self.kind.__name__}")
        return dict(draw(_strategy(self, frozenset(given.items()))))


@lru_cache
def _strategy(recipe: Recipe, given: frozenset[tuple[str, SearchStrategy[Any]]]) -> SearchStrategy[Mapping[str, Any]]:
    # Cached, since making and validating a strategy takes longer than drawing from it.
    always = recipe.required | dict(given)
    return st.fixed_dictionaries(
        always, optional={name: strategy for name, strategy in recipe.free.items() if name not in always}
    )
