"""
The shape of a record's fields, read off its class: the one place that readers, the schema, tables and checks take it from.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import attrs

from .edtf import EdtfDate, EdtfInterval

__all__ = ["Field", "Shape", "fields_of", "shape_of"]


class Shape(StrEnum):
    """
    The way in which a field holds its items.
    """

    ONE = "one"
    """One, or `None`."""
    LIST = "list"
    """A tuple of any length."""
    PAIR = "pair"
    """A tuple of two."""
    MAPPING = "mapping"
    """A mapping from text to one."""
    LISTS = "lists"
    """A mapping from text to tuples."""


class Field(NamedTuple):
    """
    A field of a class of records.
    """

    name: str
    type: Any
    """The type as it is declared; of one with a name of its own, such as `Id`, what it is."""
    shape: Shape
    item: Any
    """The type of one of its items: a record, a closed list, `EdtfDate`, `EdtfInterval`, `str`, `int`, `float`, `Any`."""
    default: Any
    """What it holds if nothing is given; `attrs.NOTHING` where something has to be."""
    refers_to: str | None
    """The list of a data set that its ids lead to: `cities`, `areas`, `sources`, `partnerships`."""

    @property
    def is_required(self) -> bool:
        """
        True if a record has to be given it.
        """
        return self.default is attrs.NOTHING

    @property
    def holds_records(self) -> bool:
        """
        True if its items are records.
        """
        return is_record(self.item)

    @property
    def holds_words(self) -> bool:
        """
        True if its items are words of a closed list.
        """
        return is_words(self.item)

    @property
    def holds_dates(self) -> bool:
        """
        True if its items are dates or intervals.
        """
        return self.item in {EdtfDate, EdtfInterval}


def fields_of(kind: Any) -> tuple[Field, ...]:
    """
    The fields of a class of records, in their order.
    """
    return _fields_of(kind)


@cache
def _fields_of(kind: Any) -> tuple[Field, ...]:
    rules = getattr(kind, "RULES", {})
    return tuple(
        Field(
            field.name,
            _type_of(field, kind),
            *shape_of(_type_of(field, kind)),
            field.default,
            rules[field.name].refers_to if field.name in rules else None,
        )
        for field in attrs.fields(kind)
    )


def _type_of(field: attrs.Attribute[Any], kind: type[Any]) -> Any:
    """
    The type of a field; of one with a name of its own, such as `Id`, what is behind it.
    """
    declared: Any = field.type
    if isinstance(declared, str):
        # As `attrs.resolve_types` does, in a tenth of the time.
        declared = eval(declared, vars(sys.modules[kind.__module__]))  # noqa: S307  # of annotations of ours
    return getattr(declared, "__supertype__", declared)


@cache
def shape_of(declared: Any) -> tuple[Shape, Any]:
    """
    The shape of a field of this type, and the type of its items.
    """
    arguments = [inner for inner in get_args(declared) if inner is not NoneType]
    if NoneType in get_args(declared):
        return Shape.ONE, arguments[0]
    if get_origin(declared) is tuple:
        return Shape.LIST if arguments[-1] is Ellipsis else Shape.PAIR, arguments[0]
    if get_origin(declared) is Mapping:
        inner = arguments[1]
        return (Shape.LISTS, get_args(inner)[0]) if get_origin(inner) is tuple else (Shape.MAPPING, inner)
    return Shape.ONE, declared


@cache
def is_record(item: Any) -> bool:
    """
    True if *item* is a class of records.
    """
    return isinstance(item, type) and attrs.has(item)


def is_words(item: Any) -> bool:
    """
    True if *item* is a closed list.
    """
    return isinstance(item, type) and issubclass(item, StrEnum)
