"""
Converters: they ease the constructors of records, and refuse what has the wrong type.

Readers of documents check types themselves, so what has to hold for every record stands in `rules`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from .errors import InvalidRecordError, Problem, shown
from .rules import unicode_text
from .values import FrozenDict, freeze_json

V = TypeVar("V")


def naming_fields(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """
    A field transformer: what a converter refuses is told with the record's class and the field's path.
    """

    def named(convert: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
        def converted(value: Any) -> Any:
            try:
                return convert(value)
            except (ValueError, TypeError) as error:
                raise InvalidRecordError(cls.__name__, [Problem(f"$.{name}", str(error))]) from error

        return converted

    return [
        field.evolve(converter=named(field.converter, field.name)) if callable(field.converter) else field
        for field in fields
    ]


def to_text(value: str) -> str:
    """
    *value*, which has to be Unicode text.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {shown(value)}")
    for _, message in unicode_text(value):
        raise ValueError(message)
    return value


def to_optional_text(value: str | None) -> str | None:
    """
    *value*, which has to be text or `None`.
    """
    return None if value is None else to_text(value)


def to_items(value: Iterable[Any], kind: type[V]) -> tuple[V, ...]:
    """
    *value* as a tuple of *kind*, in the order given.
    """
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(f"expected a list of {kind.__name__}, got {shown(value)}")
    items = tuple(value)
    for index, item in enumerate(items):
        if not isinstance(item, kind):
            raise TypeError(f"expected {kind.__name__} at [{index}], got {shown(item)}")
        if isinstance(item, str):
            to_text(item)
    return items


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of texts.
    """
    return to_items(value, str)


def to_text_by_key(value: Mapping[str, str]) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return FrozenDict({to_text(key): to_text(item) for key, item in value.items()})


def to_texts_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of texts.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return FrozenDict({to_text(key): to_texts(items) for key, items in value.items()})


def to_json_object(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    *value* as a read-only mapping from names to frozen JSON values.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    frozen: FrozenDict[str, Any] = freeze_json(value)
    return frozen


def to_float(value: float) -> float:
    """
    *value* as a float; a truth value isn't a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"expected a number, got {shown(value)}")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"expected a number in range, got {shown(value)}") from None


def to_integer(value: int) -> int:
    """
    *value*, which has to be a whole number; a truth value isn't one.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, got {shown(value)}")
    return value
