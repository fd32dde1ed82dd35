"""
The columns of parsed records, checked: the values of each field, from objects of `json` or from rows of msgspec.

A column has what JSON gives, with lists as tuples and words as members of their closed lists. Dates stay text, and records
stay objects or rows. A field that isn't given to any of the records has no column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from types import NoneType
from typing import Any, get_args

from ..model.edtf import EdtfDate, EdtfInterval
from ..model.fields import Field, Shape, fields_of
from ..model.vocabulary import CLOSED_LISTS

Columns = Mapping[str, Sequence[Any]]
"""The values of each field that some records have."""
ColumnsOf = Callable[[Any, Sequence[Any]], Columns]
"""A function that returns the columns of parsed records of a class."""
DATES = (EdtfDate, EdtfInterval)


class FastReaderError(Exception):
    """
    A document is left to the strict reader.
    """


# -- objects of `json` -----------------------------------------------------------------------------


def columns_of_objects(kind: Any, objects: Sequence[Any]) -> Columns:
    """
    The columns of objects of `json`.

    Raises:
        FastReaderError: A value has another type than its field, or a key isn't a field.
    """
    _check_types(objects, dict)
    names = set().union(*objects)
    readers = _readers(kind)
    if not names <= readers.keys():
        raise FastReaderError
    return {name: read(objects) for name, read in readers.items() if name in names}


@cache
def _readers(kind: Any) -> Mapping[str, Callable[[Sequence[Any]], Sequence[Any]]]:
    return {field.name: _reader(field) for field in fields_of(kind)}


def _reader(field: Field) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """
    Return a function that takes a field from objects, some of which have it.
    """
    name, check = field.name, checker(field)
    absent: Any = {Shape.LIST: [], Shape.MAPPING: {}, Shape.LISTS: {}}.get(field.shape)
    is_nullable = NoneType in get_args(field.type)

    def read(objects: Sequence[Any]) -> Sequence[Any]:
        values = [given.get(name, absent) for given in objects]
        if absent is not None or None not in values:
            return check(values)
        if field.is_required or (not is_nullable and any(given.get(name, "") is None for given in objects)):
            raise FastReaderError
        checked = iter(check([value for value in values if value is not None]))
        return [field.default if value is None else next(checked) for value in values]

    return read


def checker(field: Field) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """
    Return a function that checks values of a field, none of which is null, and converts them.
    """
    items = _item_checker(field)

    def tuples(values: Sequence[Any]) -> Sequence[Any]:
        _check_types(values, list)
        checked = items([*chain.from_iterable(values)])
        if field.item is str:
            return list(map(tuple, values))
        rest = iter(checked)
        return [tuple(islice(rest, len(value))) for value in values]

    def pairs(values: Sequence[Any]) -> Sequence[Any]:
        found = tuples(values)
        if {*map(len, found)} != {2}:
            raise FastReaderError
        return found

    def mappings(values: Sequence[Any]) -> Sequence[Any]:
        _check_types(values, dict)
        if field.item is not Any:
            items([*chain.from_iterable(map(dict.values, values))])
        return values

    def lists(values: Sequence[Any]) -> Sequence[Any]:
        _check_types(values, dict)
        return [dict(zip(value, tuples([*value.values()]), strict=True)) if value else value for value in values]

    by_shape = {Shape.ONE: items, Shape.LIST: tuples, Shape.PAIR: pairs, Shape.MAPPING: mappings, Shape.LISTS: lists}
    return by_shape[field.shape]


def _item_checker(field: Field) -> Callable[[Sequence[Any]], Sequence[Any]]:
    item: Any = field.item

    def plain(items: Sequence[Any]) -> Sequence[Any]:
        _check_types(items, kind)
        return items

    def words(items: Sequence[Any]) -> Sequence[Any]:
        _check_types(items, str)
        try:
            return list(map(by_text.__getitem__, items))
        except KeyError:
            raise FastReaderError from None

    def numbers(items: Sequence[Any]) -> Sequence[Any]:
        _check_types(items, float, int)
        try:
            return list(map(float, items))
        except OverflowError:
            raise FastReaderError from None

    if item is float:
        return numbers
    if item in CLOSED_LISTS:
        by_text = {word.value: word for word in item}
        return words
    kind = dict if field.holds_records else str if item in DATES else item
    return plain


def _check_types(values: Any, *allowed: type) -> None:
    if not {*allowed}.issuperset(map(type, values)):
        raise FastReaderError


# -- rows of msgspec -------------------------------------------------------------------------------

# msgspec fills attrs classes too, in four times the time: for each field that isn't in the document it asks the object,
# and it overlooks keys that the class doesn't have. Its own classes it fills at once, and refuses other keys.


def columns_of_rows(kind: Any, rows: Sequence[Any]) -> Columns:
    """
    The columns of rows of `row_class`.
    """
    from msgspec.structs import astuple

    absent = _absent_by_field(kind)
    blanks = {value: (value,) * len(rows) for value in {*absent.values()}}
    columns = zip(*map(astuple, rows), strict=True)
    return {
        name: column
        for (name, value), column in zip(absent.items(), columns, strict=True)
        if column != blanks[value]  # which ends at the first value that is given
    }


@cache
def _absent_by_field(kind: Any) -> Mapping[str, Any]:
    return {field.name: _absent(field) for field in fields_of(kind)}


def _absent(field: Field) -> Any:
    """
    The value of a row in a field that isn't given. For a mapping it is no dict, not even an empty one.
    """
    return {Shape.ONE: field.default, Shape.LIST: ()}.get(field.shape)


def row_class(kind: Any) -> Any:
    """
    The class of msgspec with the fields of a class of records, in their order, for reading and writing.
    """
    return _row_class(kind)


@cache  # behind a plain function, since mypy doesn't take classes for hashable
def _row_class(kind: Any) -> Any:
    import msgspec

    fields = [_declared(field) for field in fields_of(kind)]
    return msgspec.defstruct(kind.__name__, fields, gc=False, forbid_unknown_fields=True, omit_defaults=True)


def _declared(field: Field) -> tuple[Any, ...]:
    item: Any = field.item
    if field.holds_records:
        item = row_class(item)
    elif item in DATES:
        item = str
    kind: Any = {
        Shape.ONE: item | None if NoneType in get_args(field.type) else item,
        Shape.LIST: tuple[item, ...],
        Shape.PAIR: tuple[item, item],
        Shape.MAPPING: dict[str, item],
        Shape.LISTS: dict[str, tuple[item, ...]],
    }[field.shape]
    return (field.name, kind) if field.is_required else (field.name, kind, _absent(field))
