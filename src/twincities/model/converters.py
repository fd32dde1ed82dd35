"""
Converters: they ease the constructors of records, and refuse what has the wrong type.

Readers of documents check types themselves, so what has to hold for every record stands in `rules`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, NewType, TypeVar

from ..errors import Problem, RefusedError, placed, short, step
from .frozen import freeze_json, frozen
from .rules import ID, TEXT, unicode_text

V = TypeVar("V")
# Plain types to checkers; to what looks at them when it runs, such as Hypothesis, types with names of their own.
if TYPE_CHECKING:
    Id = str
    Pair = tuple[str, str]
    Members = tuple[str, ...]
else:
    Id = NewType("Id", str)
    Pair = NewType("Pair", tuple[str, str])
    Members = NewType("Members", tuple[str, ...])


def to_text(value: str) -> str:
    """
    *value*, which has to be Unicode text.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {short(value)}")
    if not value.isascii():
        for _, message in unicode_text(value):
            raise ValueError(message)
    return value if type(value) is str else str.__str__(value)  # numpy has texts of its own


def to_optional_text(value: str | None) -> str | None:
    """
    *value*, which has to be text or `None`.
    """
    return None if value is None else to_text(value)


def to_id(value: str) -> Id:
    """
    *value*, which has to be text; a rule looks at its form.
    """
    return to_text(value)


def to_items(value: Iterable[Any], kind: type[V]) -> tuple[V, ...]:
    """
    *value* as a tuple of *kind*, in the order given. A subclass of a record isn't one: what it adds has no place in a
    document.
    """

    def one(item: Any) -> V:
        if kind is str:
            return to_text(item)  # type: ignore[return-value]  # which is text
        if type(item) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {short(item)}")
        return item

    return _each(value, one, kind)


def _each(value: Iterable[Any], one: Callable[[Any], V], kind: type) -> tuple[V, ...]:
    if type(value) not in (tuple, list) and (
        isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable)
    ):
        raise TypeError(f"expected a list of {kind.__name__}, got {short(value)}")
    items = tuple(value)
    try:
        return tuple([one(item) for item in items])
    except (ValueError, TypeError):
        found, problems = _taken(enumerate(items), int, one)
        raise RefusedError("list", problems, tuple(found.get(index) for index in range(len(items)))) from None


def _by_key(value: Mapping[str, Any], one: Callable[[Any], V]) -> Mapping[str, V]:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {short(value)}")
    try:
        return frozen({to_text(key): one(item) for key, item in value.items()})
    except (ValueError, TypeError):
        found, problems = _taken(value.items(), to_text, one)
        raise RefusedError("mapping", problems, frozen(found)) from None


def _taken(
    entries: Iterable[tuple[Any, Any]], key_of: Callable[[Any], Any], one: Callable[[Any], V]
) -> tuple[dict[Any, V], list[Problem]]:
    """
    The entries of a list or mapping that *one* takes, and what is wrong with the others.
    """
    found: dict[Any, V] = {}
    problems: list[Problem] = []
    for key, item in entries:
        try:
            found[key_of(key)] = one(item)
        except RefusedError as error:
            problems += placed(error.problems, step(key))
            found[key] = error.readable
        except (ValueError, TypeError) as error:
            problems.append(Problem(step(key if isinstance(key, (str, int)) else short(key)), str(error)))
    return found, problems


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of texts.
    """
    return _each(value, to_text, str)


def _to_right_id(value: str) -> str:
    text = to_text(value)
    for _, message in () if ID.holds(text) else ID(text):
        raise ValueError(message)
    return text


def to_ids(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of ids.
    """
    return _each(value, _to_right_id, str)


def to_members(value: Iterable[str]) -> Members:
    """
    *value* as a tuple of ids; a rule counts them.
    """
    return _each(value, _to_right_id, str)


def to_optional_id(value: str | None) -> str | None:
    """
    *value*, which has to be an id or `None`.
    """
    return None if value is None else _to_right_id(value)


def to_pair(value: Iterable[str]) -> Pair:
    """
    *value* as two ids in the order of the alphabet.
    """
    first, second = to_pair_or_none(value, expected="the ids of two cities")
    return first, second


def to_pair_or_none(value: Iterable[str], expected: str = "the ids of two cities, or none") -> tuple[str, ...]:
    """
    *value* as two ids in the order of the alphabet, or as none.
    """
    ids = sorted(to_ids(value))
    if len(ids) != 2 and (ids or not expected.endswith("none")):
        raise ValueError(f"expected {expected}, got {len(ids)}")
    return tuple(ids)


def to_ids_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of ids.
    """
    return _by_key(value, to_ids)


def to_text_by_key(value: Mapping[str, str]) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text.
    """
    return _by_key(value, to_text)


def to_role(value: Mapping[str, str] | str | None) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text: a text alone is in a language that isn't known (`und`).
    """
    if value is not None and not isinstance(value, str):
        return to_text_by_key(value)
    for _, message in TEXT(value) if value is not None else ():
        raise ValueError(message)
    return frozen({} if value is None else {"und": to_text(value)})


def to_texts_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of texts.
    """
    return _by_key(value, to_texts)


def to_json_object(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    *value* as a read-only mapping from names to frozen JSON values.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {short(value)}")
    return frozen(freeze_json(value))


def to_float(value: float) -> float:
    """
    *value* as a float; a truth value isn't a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Real)):  # numpy has numbers of its own
        raise TypeError(f"expected a number, got {short(value)}")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"expected a number in range, got {short(value)}") from None


def is_whole(value: object) -> bool:
    """
    Say whether *value* is a whole number, an int or one of numpy's; a truth value isn't one.
    """
    return isinstance(value, (int, Integral)) and not isinstance(value, bool)


def to_integer(value: int) -> int:
    """
    *value*, which has to be a whole number.
    """
    if not is_whole(value):
        raise TypeError(f"expected a whole number, got {short(value)}")
    return int(value)
