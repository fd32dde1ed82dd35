"""
Records as dicts and lists, without empty fields, and as JSON, by way of dicts or of the rows of msgspec.

A function is generated for each class of records, as attrs and cattrs do: a loop over the fields takes twice as long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from ..model.city import City
from ..model.fields import Field, Shape, fields_of
from ..model.frozen import thaw_json
from ..model.record import Record
from ..model.vocabulary import CLOSED_LISTS
from .columns import DATES, row_class

CHUNK = 200  # records that fit a processor's cache


def unstructure(value: Any) -> Any:
    """
    Return a record, a date or a word as JSON values: fields in their order, without empty ones.
    """
    if isinstance(value, Record):
        kind: Any = type(value)
        return _writer(kind, "plain")(value)
    return value.value if isinstance(value, StrEnum) else str(value)


def encoded(kind: type, records: Sequence[Any]) -> Iterator[bytes]:
    """
    Yield the items of a JSON list of *records* of one *kind*, in pieces. The bytes don't depend on msgspec.
    """
    plain, encode = _encoder(kind)
    for start in range(0, len(records), CHUNK):
        yield (b"," if start else b"") + encode([*map(plain, records[start : start + CHUNK])])[1:-1]


def encoded_each(kind: type, records: Iterable[Any]) -> Iterator[bytes]:
    """
    Return the JSON of each of *records* of one *kind*, as in `encoded`.
    """
    plain, encode = _encoder(kind)
    return map(encode, map(plain, records))


def _encoder(kind: type) -> tuple[Callable[[Any], Any], Callable[[Any], bytes]]:
    try:
        import msgspec
    except ImportError:
        return _writer(kind, "json"), compact
    return _row_maker(kind), msgspec.json.encode


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def compact(value: Any) -> bytes:
    """
    Return compact JSON.
    """
    return _encode(value).encode()


# -- dicts -----------------------------------------------------------------------------------------

# Expressions for values `v`, by what gets them. Both encoders take tuples, frozen mappings and words.
_DATES = dict.fromkeys(DATES, "v._text")
_EXPRESSIONS: Mapping[str, Mapping[Any, str]] = {
    "plain": {
        **_DATES,
        **dict.fromkeys(CLOSED_LISTS, "v.value"),
        Shape.LIST: "[*v]",
        Shape.PAIR: "[*v]",
        Shape.MAPPING: "{**v}",
        Shape.LISTS: "{key: [*items] for key, items in v.items()}",
        Any: "thaw_json(v)",
    },
    "json": _DATES,
}


@cache
def _writer(kind: Any, encoder: str) -> Callable[[Any], dict[str, Any]]:
    """
    Return a function from a record of *kind* to a dict, plain or for *encoder*.
    """
    names: dict[str, Any] = {"thaw_json": thaw_json}
    lines = ["def write(r0):", *_indented(_lines(kind, encoder, names, 0)), " return d0"]
    exec("\n".join(lines), names)  # noqa: S102  # of our own names
    write: Callable[[Any], dict[str, Any]] = names["write"]
    return write


def _lines(kind: Any, encoder: str, names: dict[str, Any], depth: int) -> Iterator[str]:
    """
    The lines that make the dict `d<depth>` of the record `r<depth>`. Its parts have their lines inside, since a call for
    each takes long; *names* gets the defaults that they use.
    """
    record, below = f"r{depth}", depth + 1
    yield f"d{depth} = {{}}"
    for field in fields_of(kind):
        key, part = f"d{depth}[{field.name!r}]", _lines(field.item, encoder, names, below)
        if not field.holds_records:
            expression = _EXPRESSIONS[encoder].get(field.item) or _EXPRESSIONS[encoder].get(field.shape, "v")
            block = [f"{key} = {expression}"]
        elif field.shape is Shape.ONE:
            block = [f"r{below} = v", *part, f"{key} = d{below}"]
        else:
            block = [f"{key} = l{below} = []", f"for r{below} in v:", *_indented(part), f" l{below}.append(d{below})"]
        default = f"{kind.__name__}_{field.name}"
        names[default] = field.default
        yield f"v = {record}.{field.name}"
        yield f"if {_condition(kind, field, default, record)}:"
        yield from _indented(block)


def _condition(kind: Any, field: Field, default: str, record: str) -> str:
    """
    The expression that is true if the value `v` of *field* isn't left out.
    """
    if kind is City and field.name == "name":
        return f"v != {record}.id"
    if field.is_required:
        return "True"
    return f"v is not {default}" if field.default else "v"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f" {line}" for line in lines)


# -- rows of msgspec, which are made and written in half the time of dicts -----------------------------


@cache
def _row_maker(kind: Any) -> Callable[[Any], Any]:
    """
    Return a function from a record of *kind* to a row, which is written without the fields that have their defaults.
    """
    names: dict[str, Any] = {"raw": _raw}
    exec(f"def make(r0): return {_row(kind, 'r0', names, 1)}", names)  # noqa: S102  # of our own names
    make: Callable[[Any], Any] = names["make"]
    return make


def _row(kind: Any, record: str, names: dict[str, Any], depth: int) -> str:
    """
    The expression that makes the row of *record*; *names* gets the classes that it uses.
    """
    names[kind.__name__] = row_class(kind)
    values = [_in_row(kind, field, record, names, depth) for field in fields_of(kind)]
    return f"{kind.__name__}({', '.join(values)})"


def _in_row(kind: Any, field: Field, record: str, names: dict[str, Any], depth: int) -> str:
    value = f"{record}.{field.name}"
    if kind is City and field.name == "name":
        return f"None if {value} == {record}.id else {value}"
    if field.holds_records and field.shape is Shape.ONE:
        return f"{value} and {_row(field.item, value, names, depth)}"
    if field.holds_records:
        return f"{value} and [{_row(field.item, f'r{depth}', names, depth + 1)} for r{depth} in {value}]"
    if field.item in DATES:
        return f"{value} and {value}._text"
    if field.item is float:  # msgspec writes the exponents of small numbers in another form than `json`
        return f"{value} if abs({value}) > 1e-4 else raw({value})"
    if field.shape in {Shape.MAPPING, Shape.LISTS}:
        return f"raw({value}) if {value} else None" if field.item is Any else f"{value} or None"
    return value


def _raw(value: Any) -> Any:
    from msgspec import Raw

    return Raw(compact(value))
