"""
The fields of records, read off their classes for readers, the schema, tables and checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import attrs


class Shape(StrEnum):
    """
    The way a field holds its items.
    """

    ONE = "one"
    """One item, or `None`."""
    LIST = "list"
    """A tuple of any length."""
    PAIR = "pair"
    """A tuple of two items."""
    MAPPING = "mapping"
    """A mapping from text to one item."""
    LISTS = "lists"
    """A mapping from text to tuples of any length."""


class Field(NamedTuple):
    """
    A field of a class of records.
    """

    name: str
    type: Any
    """The declared type; for a `NewType` such as `Id`, the type behind it."""
    shape: Shape
    item: Any
    """The type of an item: a record, a closed list, `EdtfDate`, `EdtfInterval`, `str`, `int`, `float` or `Any`."""
    default: Any
    """The default; `attrs.NOTHING` for a required field."""
    refers_to: str | None
    """The list of a data set that its ids refer to: `cities`, `areas`, `sources` or `partnerships`."""

    @property
    def is_required(self) -> bool:
        """
        True if the field has no default.
        """
        return self.default is attrs.NOTHING

    @property
    def holds_records(self) -> bool:
        """
        True if its items are records.
        """
        return isinstance(self.item, type) and attrs.has(self.item)


def fields_of(kind: Any) -> tuple[Field, ...]:
    """
    The fields of a class of records, in order.
    """
    return _fields_of(kind)


@cache  # behind a plain function, since mypy doesn't take classes for hashable
def _fields_of(kind: Any) -> tuple[Field, ...]:
    rules = getattr(kind, "RULES", {})
    fields = []
    for field in attrs.fields(kind):
        declared = getattr(field.type, "__supertype__", field.type)
        rule = rules.get(field.name)
        fields.append(Field(field.name, declared, *shape_of(declared), field.default, rule and rule.refers_to))
    return tuple(fields)


@cache
def shape_of(declared: Any) -> tuple[Shape, Any]:
    """
    The shape of a field of type *declared*, and the type of its items.
    """
    # Modules with records don't postpone annotations, so this is no text to evaluate.
    declared = getattr(declared, "__supertype__", declared)
    arguments = [inner for inner in get_args(declared) if inner is not NoneType]
    if NoneType in get_args(declared):
        return Shape.ONE, arguments[0]
    if get_origin(declared) is tuple:
        return Shape.LIST if arguments[-1] is Ellipsis else Shape.PAIR, arguments[0]
    if get_origin(declared) is Mapping:
        inner = arguments[1]
        return (Shape.LISTS, get_args(inner)[0]) if get_origin(inner) is tuple else (Shape.MAPPING, inner)
    return Shape.ONE, declared
