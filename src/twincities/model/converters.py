"""
Converters: they ease the constructors of records, and refuse what has the wrong type.

Readers of documents check types themselves, so what has to hold for every record stands in `rules`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from numbers import Integral, Real
from typing import Any, TypeVar

import attrs

from ..errors import InvalidRecordError, Problem, shown, step
from .frozen import freeze_json, frozen
from .rules import ID, Complaint, each, unicode_text

V = TypeVar("V")
# attrs asks each converter for its types; without an answer at hand that takes 20 µs a field.
_SIGNATURE = Signature([Parameter("value", Parameter.POSITIONAL_OR_KEYWORD, annotation=Any)], return_annotation=Any)


class BrokenError(ValueError):
    """
    What a converter finds wrong inside a value: paths below it, and messages.
    """

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints: tuple[Complaint, ...] = tuple(complaints)
        super().__init__("; ".join(f"{path}: {message}" if path else message for path, message in self.complaints))


def naming_fields(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """
    A field transformer: what a converter refuses is told with the record's class and the field's path.
    """

    def named(convert: Callable[[Any], Any], name: str, default: object) -> Callable[[Any], Any]:
        def converted(value: Any) -> Any:
            if value is default:  # most fields of most records
                return value
            try:
                return convert(value)
            except BrokenError as error:
                problems = [Problem(f"$.{name}{path}", message) for path, message in error.complaints]
            except (ValueError, TypeError) as error:
                problems = [Problem(f"$.{name}", str(error))]
            raise InvalidRecordError(cls.__name__, problems)

        converted.__signature__ = _SIGNATURE  # type: ignore[attr-defined]
        return converted

    return [
        field.evolve(converter=named(field.converter, field.name, field.default))
        if callable(field.converter)
        else field
        for field in fields
    ]


def to_text(value: str) -> str:
    """
    *value*, which has to be Unicode text.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {shown(value)}")
    if not value.isascii():
        for _, message in unicode_text(value):
            raise ValueError(message)
    return value if type(value) is str else str.__str__(value)  # numpy has texts of its own


def to_optional_text(value: str | None) -> str | None:
    """
    *value*, which has to be text or `None`.
    """
    return None if value is None else to_text(value)


def to_items(value: Iterable[Any], kind: type[V]) -> tuple[V, ...]:
    """
    *value* as a tuple of *kind*, in the order given. A subclass of a record isn't one: what it adds has no place in a
    document.
    """
    if type(value) not in (tuple, list) and (
        isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable)
    ):
        raise TypeError(f"expected a list of {kind.__name__}, got {shown(value)}")
    items = tuple(value)
    for index, item in enumerate(items):
        if type(item) is not kind and not (kind is str and isinstance(item, str)):
            raise TypeError(f"expected {kind.__name__} at [{index}], got {shown(item)}")
    return tuple([to_text(item) for item in items]) if kind is str else items  # type: ignore[misc]


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of texts.
    """
    return to_items(value, str)


_each_id = each(ID, unique=False)


def to_ids(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of ids.
    """
    texts = to_texts(value)
    if not _each_id.holds(texts):
        raise BrokenError(_each_id(texts))
    return texts


def to_optional_id(value: str | None) -> str | None:
    """
    *value*, which has to be an id or `None`.
    """
    if value is not None and not ID.holds(to_text(value)):
        raise BrokenError(ID(value))
    return value


def to_pair(value: Iterable[str]) -> tuple[str, str]:
    """
    *value* as two ids in the order of the alphabet.
    """
    ids = sorted(to_ids(value))
    if len(ids) != 2:
        raise ValueError(f"expected the ids of two cities, got {len(ids)}")
    return ids[0], ids[1]


def to_ids_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of ids.
    """
    texts = to_texts_by_key(value)
    broken = [(step(key) + path, message) for key, ids in texts.items() for path, message in _each_id(ids)]
    if broken:
        raise BrokenError(broken)
    return texts


def to_text_by_key(value: Mapping[str, str]) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return frozen({to_text(key): to_text(item) for key, item in value.items()})


def to_texts_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of texts.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return frozen({to_text(key): to_texts(items) for key, items in value.items()})


def to_json_object(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    *value* as a read-only mapping from names to frozen JSON values.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return frozen(freeze_json(value))


def to_float(value: float) -> float:
    """
    *value* as a float; a truth value isn't a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Real)):  # numpy has numbers of its own
        raise TypeError(f"expected a number, got {shown(value)}")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"expected a number in range, got {shown(value)}") from None


def is_whole(value: object) -> bool:
    """
    Whether *value* is a whole number, an int or one of numpy's; a truth value isn't one.
    """
    return isinstance(value, (int, Integral)) and not isinstance(value, bool)


def to_integer(value: int) -> int:
    """
    *value*, which has to be a whole number.
    """
    if not is_whole(value):
        raise TypeError(f"expected a whole number, got {shown(value)}")
    return int(value)
