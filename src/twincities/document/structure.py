"""
From JSON values to records, strictly: what is wrong is told with its path, all of it.

cattrs does the work. Its defaults forgive too much for data that is read once and believed for years (`null` becomes
"None", 1 becomes "1", a text becomes a list of letters), so every kind of value has a strict hook here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from ..errors import InvalidDateError, InvalidRecordError, Problem, shown, step
from ..model import vocabulary as w
from ..model.city import City
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.frozen import thaw_json
from ..model.rules import unicode_text
from ..query.names import nearest

__all__ = ["RefusedError", "structure", "unstructure"]

T = TypeVar("T")


class RefusedError(ValueError):
    """
    A JSON value that isn't what it should be, with all that is wrong with it.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def refused(expected: str, value: object, path: str = "$") -> RefusedError:
    """
    The refusal of one value.
    """
    return RefusedError([Problem(path, f"expected {expected}, got {_came(value)}")])


def _came(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    return f"an object of {len(value)}" if isinstance(value, Mapping) else shown(value)


def structure(value: Any, kind: type[T]) -> T:
    """
    *value*, as `json` reads it, as a record.

    Raises:
        RefusedError: It isn't one; `.problems` has everything with its path below `$`.
    """
    try:
        return _converter().structure(value, kind)
    except (BaseValidationError, InvalidRecordError, InvalidDateError) as error:
        raise RefusedError([*_told(error)]) from error


def unstructure(record: Any) -> dict[str, Any]:
    """
    A record as dicts, lists and JSON values, in the order of its fields, without those that are empty.
    """
    plain: dict[str, Any] = _converter().unstructure(record)
    return plain


# -- what cattrs' errors say -----------------------------------------------------------------------


def _told(error: BaseException, path: str = "$") -> Iterator[Problem]:
    """
    The problems in an error, each with its path: our own messages as they are, cattrs' in our words.
    """
    if isinstance(error, (RefusedError, InvalidRecordError)):
        for problem in error.problems:
            yield Problem(path + problem.path[1:], problem.message)
    elif isinstance(error, InvalidDateError):
        yield Problem(path, str(error))
    elif isinstance(error, ClassValidationError):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            yield from _told(inner, path + step(note.name))
        for inner in others:
            yield from _told(inner, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)]
        otherwise = "fields of your own go under 'extra'" if "extra" in known else ""
        for key in sorted(error.extra_fields, key=str):
            yield unknown_key(key, path, known, otherwise)
    elif isinstance(error, KeyError):
        yield Problem(path, "expected a value, got none: the key is required")
    else:  # pragma: no cover  # nothing else is known to come; a bug of ours shows as it is
        raise error


def unknown_key(key: object, path: str, known: list[str], otherwise: str = "") -> Problem:
    """
    The problem of a key below *path* that the format doesn't have.
    """
    text = key if isinstance(key, str) else shown(key)
    near = nearest(text, known, limit=1)
    hint = f"did you mean {shown(near[0])}?" if near else otherwise
    return Problem(path + step(text), f"expected no such key; {hint}" if hint else "expected no such key")


# -- strict hooks ----------------------------------------------------------------------------------


def _text(value: Any, _: Any = str) -> str:
    if type(value) is not str:
        raise refused("text", value)
    if not value.isascii() and (problems := [Problem("$", text) for _, text in unicode_text(value)]):
        raise RefusedError(problems)
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


def _items_hook(kind: Any, converter: cattrs.BaseConverter) -> Callable[[Any, Any], tuple[Any, ...]]:
    item, *rest = get_args(kind)
    hook = converter.get_structure_hook(item)
    length = None if rest == [Ellipsis] else 1 + len(rest)

    def items(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise refused("a list", value)
        if length is not None and len(value) != length:
            raise refused(f"a list of {length}", value)
        found: list[Any] = []
        problems: list[Problem] = []
        for index, entry in enumerate(value):
            try:
                found.append(hook(entry, item))
            except (RefusedError, InvalidDateError, BaseValidationError) as error:
                problems += _told(error, f"$[{index}]")
        if problems:
            raise RefusedError(problems)
        return tuple(found)

    return items


def _mapping_hook(kind: Any, converter: cattrs.BaseConverter) -> Callable[[Any, Any], dict[str, Any]]:
    inner = get_args(kind)[1]
    hook: Callable[[Any, Any], Any] = (lambda value, _: value) if inner is Any else converter.get_structure_hook(inner)

    def mapping(value: Any, _: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise refused("an object", value)
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, entry in value.items():
            try:
                found[_text(key)] = hook(entry, inner)
            except RefusedError as error:
                problems += _told(error, f"${step(key if isinstance(key, str) else shown(key))}")
        if problems:
            raise RefusedError(problems)
        return found

    return mapping


def _record_hook(kind: Any, converter: cattrs.BaseConverter) -> Callable[[Any, Any], Any]:
    structured: Any = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

    def record(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            raise refused("an object", value)
        if odd := [key for key in value if not isinstance(key, str)]:
            known = [field.name for field in attrs.fields(kind)]
            raise RefusedError([unknown_key(key, "$", known) for key in odd])
        try:
            return structured(value, kind)
        except ClassValidationError as error:
            problems = [*_told(error)]
            if any(isinstance(inner, InvalidRecordError) for inner in error.exceptions):
                raise RefusedError(problems) from error
            # The record was never made, so its rules haven't spoken: ask those of the fields that are readable.
            broken = {_field_of(problem.path) for problem in problems}
            types = {field.name: field.type for field in attrs.fields(_resolved(kind))}
            readable = {
                name: converter.structure(value[name], types[name])
                for name in types
                if name in value and name not in broken
            }
            problems += kind.RULES.broken_by(readable)
            raise RefusedError(problems) from error

    return record


def _resolved(kind: Any) -> Any:
    return attrs.resolve_types(kind)


def _field_of(path: str) -> str:
    return path[2:].partition(".")[0].partition("[")[0]


# -- the converter ---------------------------------------------------------------------------------


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, unstruct_collection_overrides={tuple: list})
    strict: list[tuple[Any, Callable[[Any, Any], Any]]] = [
        (str, _text),
        (int, _integer),
        (float, _number),
        (EdtfDate, _edtf),
        (EdtfInterval, _edtf),
    ]
    for kind, hook in strict:
        converter.register_structure_hook(kind, hook)
    # Each closed list needs a hook of its own: the one for `str` would catch it and let any text pass.
    for words in (w.PlaceKind, w.PartnershipKind, w.PartnershipStatus, w.Stage, w.MilestoneKind, w.Qualifier):
        converter.register_structure_hook(words, _word)
    converter.register_structure_hook_factory(_is_tuple, _items_hook)
    converter.register_structure_hook_factory(_is_mapping, _mapping_hook)
    converter.register_structure_hook_factory(attrs.has, _record_hook)

    # A member of a closed list is text already; the document has plain text.
    converter.register_unstructure_hook(StrEnum, lambda word: word.value)
    converter.register_unstructure_hook(EdtfDate, str)
    converter.register_unstructure_hook(EdtfInterval, str)
    converter.register_unstructure_hook_func(_is_mapping, thaw_json)
    converter.register_unstructure_hook_factory(attrs.has, _plain_hook)
    return converter


def _plain_hook(kind: Any, converter: cattrs.BaseConverter) -> Callable[[Any], dict[str, Any]]:
    plain = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)
    if kind is not City:
        return plain

    def city(record: Any) -> dict[str, Any]:
        fields = plain(record)
        if record.name == record.id:
            del fields["name"]
        return fields

    return city
