"""
From JSON values to records, strictly: all problems are reported together, each with its path.

cattrs does the work. Its defaults are too lenient for data that is read once and trusted for years (`null` becomes
"None", 1 becomes "1", a text becomes a list of letters), so every kind of value has a strict hook here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from ..errors import InvalidDateError, InvalidRecordError, Problem, RefusedError, placed, shown, step
from ..model.city import City
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.fields import Field, fields_of
from ..model.frozen import freeze_json
from ..model.record import Readable, about, in_order
from ..model.rules import ROLE, TEXT, unicode_text
from ..model.vocabulary import CLOSED_LISTS
from ..query.names import nearest

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]


def refused(expected: str, value: object) -> RefusedError:
    """
    Return the refusal of a value.
    """
    return RefusedError("value", [Problem("$", f"expected {expected}, got {_described(value)}")])


def _described(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    return f"an object of {len(value)}" if isinstance(value, Mapping) else shown(value)


def structure(value: Any, kind: type[T]) -> T:
    """
    Convert *value*, as parsed by `json`, to a record.

    Raises:
        InvalidRecordError: It isn't one; `.problems` has every problem with its path below `$`.
        InvalidDateError: *kind* is a class of dates, and it isn't one.
    """
    try:
        return structure_partly(value, kind)
    except RefusedError as error:
        raise InvalidRecordError(error.record, placed(error.problems, "$", about(error.readable))) from None


def structure_partly(value: Any, kind: type[T]) -> T:
    """
    Convert *value* to a record, as `structure` does.

    Raises:
        RefusedError: It isn't one; `.readable` is its readable part.
    """
    return _converter().structure(value, kind)


def unknown_key(key: object, path: str, known: Collection[str]) -> Problem:
    """
    Return the problem of a key below *path* that the format doesn't have.
    """
    text = key if isinstance(key, str) else shown(key)
    near = nearest(text, known, limit=1)
    hint = "; fields of your own go under 'extra'" if "extra" in known else ""
    hint = f"; did you mean {shown(near[0])}?" if near else hint
    return Problem(path + step(text), f"expected no such key{hint}")


# -- strict hooks ----------------------------------------------------------------------------------


def _text(value: Any, _: Any = str) -> str:
    if type(value) is not str:
        raise refused("text", value)
    if not value.isascii() and (problems := [*unicode_text(value)]):
        raise RefusedError("text", placed(problems, "$"))
    return value


def _integer(value: Any, _: Any) -> int:
    if type(value) is not int:
        raise refused("a whole number", value)
    return value


def _number(value: Any, _: Any) -> float:
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            raise refused("a finite number", value) from None
    if type(value) is not float:
        raise refused("a number", value)
    if not math.isfinite(value):
        raise refused("a finite number", value)
    return value


def _edtf(value: Any, kind: Callable[[str], Any]) -> Any:
    if type(value) is not str:
        raise refused("a date as text (EDTF)", value)
    return kind(value)


def _word(value: Any, words: type[StrEnum]) -> StrEnum:
    if type(value) is not str:
        raise refused(f"one of {', '.join(words)}", value)
    try:
        return words(value)
    except ValueError:
        raise refused(f"one of {', '.join(words)}", value) from None


def _role(value: Any, hook: Hook, kind: Any) -> Any:
    if not isinstance(value, str):
        return hook(value, kind)
    if problems := [*TEXT(value)]:
        raise RefusedError("role", problems)
    return {"und": value}


def _items_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    item, *rest = get_args(kind)
    hook = converter.get_structure_hook(item)
    length = None if rest == [Ellipsis] else 1 + len(rest)

    def items(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise refused("a list", value)
        if length is not None and len(value) != length:
            raise refused(f"a list of {length}", value)
        try:
            return tuple([hook(entry, item) for entry in value])
        except _REFUSALS:
            found, problems = _taken(enumerate(value), lambda _, entry: hook(entry, item))
            raise RefusedError("list", problems, tuple(map(found.get, range(len(value))))) from None

    return items


def _mapping_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    inner = get_args(kind)[1]
    hook: Hook = (lambda value, _: value) if inner is Any else converter.get_structure_hook(inner)

    def mapping(value: Any, _: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise refused("an object", value)
        try:
            return {_text(key): hook(entry, inner) for key, entry in value.items()}
        except _REFUSALS:
            found, problems = _taken(value.items(), lambda key, entry: (_text(key), hook(entry, inner))[1])
            raise RefusedError("object", problems, found) from None

    return mapping


_REFUSALS = (InvalidRecordError, InvalidDateError)


def _taken(entries: Iterable[tuple[Any, Any]], take: Callable[[Any, Any], Any]) -> tuple[dict[Any, Any], list[Problem]]:
    """
    Return the readable entries of a list or object, whole or in part, and the problems of the others.
    """
    found: dict[Any, Any] = {}
    problems: list[Problem] = []
    for key, entry in entries:
        try:
            found[key] = take(key, entry)
        except _REFUSALS as error:
            problems_below = error.problems if isinstance(error, InvalidRecordError) else [Problem("", str(error))]
            problems += placed(problems_below, step(key if isinstance(key, (str, int)) else shown(key)))
            if isinstance(error, RefusedError) and error.readable is not None:
                found[key] = error.readable
    return found, problems


def _record_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    hooks: dict[str, Callable[[Any], Any]] = {}
    for field in fields_of(kind):
        hooks[field.name] = _field_hook(kind, field, converter)
    roles: dict[str, Any] = {
        name: override(struct_hook=_of_value(hooks[name])) for name in hooks if kind.RULES.get(name) is ROLE
    }
    structured: Any = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **roles)

    def record(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            raise refused("an object", value)
        try:
            return structured(value, kind)
        except Exception:  # whatever it says, all problems are collected anew
            _refuse(kind, value, hooks)
            raise  # no problem was found, so it is a bug: show it as it is

    return record


def _field_hook(kind: Any, field: Field, converter: cattrs.BaseConverter) -> Callable[[Any], Any]:
    hook = converter.get_structure_hook(field.type)
    if kind.RULES.get(field.name) is ROLE:
        return lambda value: _role(value, hook, field.type)
    return lambda value: hook(value, field.type)


def _of_value(hook: Callable[[Any], Any]) -> Hook:
    return lambda value, _: hook(value)


def _refuse(kind: Any, value: dict[Any, Any], hooks: Mapping[str, Callable[[Any], Any]]) -> None:
    """
    Raise all problems of a record: of its fields, and of the rules for the readable ones.
    """
    fields = {field.name: field for field in fields_of(kind)}
    problems = [unknown_key(key, "$", [*fields]) for key in value if key not in fields]
    for name, field in fields.items():
        if field.is_required and name not in value:
            problems.append(Problem(f"$.{name}", "expected a value, got none: the key is required"))
    given = ((name, value[name]) for name in fields if name in value)
    found, refusals = _taken(given, lambda name, entry: hooks[name](entry))
    problems += placed(refusals, "$")
    read = {name: None if field.is_required else field.default for name, field in fields.items() if name not in value}
    read |= {name: freeze_json(entry) if type(entry) is dict else entry for name, entry in found.items()}
    unread = fields.keys() - read.keys() | {name for name in fields if fields[name].is_required and name not in value}
    readable = Readable(kind, dict.fromkeys(fields) | read, unread)
    if kind is City and kind.RULES.settle is not None:
        kind.RULES.settle([readable])  # without a name it is the id, which a claim may repeat
    problems += kind.RULES.problems_in(kind, readable)
    if problems:
        raise RefusedError(kind.__name__, in_order(kind, problems), readable)


# -- the converter ---------------------------------------------------------------------------------


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False)
    strict: list[tuple[Any, Hook]] = [
        (str, _text),
        (int, _integer),
        (float, _number),
        (EdtfDate, _edtf),
        (EdtfInterval, _edtf),
    ]
    for kind, hook in strict:
        converter.register_structure_hook(kind, hook)
    # Each closed list needs its own hook: the one for `str` would catch it and let any text pass.
    for words in CLOSED_LISTS:
        converter.register_structure_hook(words, _word)
    converter.register_structure_hook_factory(_is_tuple, _items_hook)
    converter.register_structure_hook_factory(_is_mapping, _mapping_hook)
    converter.register_structure_hook_factory(attrs.has, _record_hook)
    return converter
