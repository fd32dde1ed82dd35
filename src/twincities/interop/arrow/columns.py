"""
The columns of records in Arrow, derived from the classes, and the way back to the document.

A field is a column; parts of records are structs, several of them lists of structs; texts by language are maps. A date
is three columns: `since` has its EDTF text, `since_earliest` and `since_latest` the first and the last day that the text
allows. Both cities of a partnership are two columns. `extra` is JSON text. Lists and maps are empty, never null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain, count, pairwise
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import attrs

from ..._optional import require
from ...model.edtf import EdtfDate, EdtfInterval
from ...model.fields import fields_of
from ...model.frozen import thaw_json

__all__ = ["ArrowColumn", "Codec", "columns_for", "columns_of", "decoded", "encoded", "words"]


class Codec(NamedTuple):
    """
    The Arrow type for the values of one type, and the ways there and back.
    """

    type: Any
    encode: Callable[[Sequence[Any]], Any]
    """From the values, `None` where there is none, to an array."""
    decode: Callable[[Any], list[Any]]
    """From an array to JSON values. What isn't of the type comes out as it is, for the strict reader to refuse."""


class ArrowColumn(NamedTuple):
    """
    A column of records: its name, the field that it belongs to, and the value of a record in it.
    """

    name: str
    field: str
    codec: Codec
    of: Callable[[Any], Any]
    is_read: bool = True
    """Whether the way back reads it; it leaves the bounds of dates."""


def _pyarrow() -> Any:
    return require("pyarrow", extra="arrow")


# -- columns of a record ---------------------------------------------------------------------------


@cache
def columns_of(kind: type[Any]) -> tuple[ArrowColumn, ...]:
    """
    The columns of a class of records.
    """
    fields = fields_of(kind)
    return tuple(column for field in fields for column in columns_for(field.name, field.type, attrgetter(field.name)))


def columns_for(name: str, kind: Any, of: Callable[[Any], Any]) -> Iterator[ArrowColumn]:
    """
    The columns of one field of the type *kind*; *of* gives its value in a record.
    """
    if kind == tuple[str, str]:
        yield ArrowColumn("city_1_id", name, codec_of(str), lambda record: of(record)[0])
        yield ArrowColumn("city_2_id", name, codec_of(str), lambda record: of(record)[1])
        return
    yield ArrowColumn(name, name, codec_of(kind), of)
    if _known(kind) in {EdtfDate, EdtfInterval}:
        day = _plain(_pyarrow().date32())
        yield ArrowColumn(
            f"{name}_earliest", name, day, lambda record: getattr(of(record), "earliest", None), is_read=False
        )
        yield ArrowColumn(
            f"{name}_latest", name, day, lambda record: getattr(of(record), "latest", None), is_read=False
        )


def encoded(columns: Sequence[ArrowColumn], records: Sequence[Any]) -> dict[str, Any]:
    """
    The arrays of records by the names of the columns.
    """
    return {column.name: column.codec.encode([*map(column.of, records)]) for column in columns}


def decoded(columns: Sequence[ArrowColumn], arrays: Mapping[str, Any], length: int) -> list[dict[str, Any]]:
    """
    The document's objects in *arrays*, each *length* long, by the names of the columns, without what is empty.

    An array of another name stays under it, for the strict reader to refuse.
    """
    rows: list[dict[str, Any]] = [{} for _ in range(length)]
    known = {column.name: column for column in columns}
    for name, array in arrays.items():
        column = known.get(name)
        if column is not None and not column.is_read:
            continue
        values = _values(array) if column is None else column.codec.decode(array)
        for row, value in zip(rows, values, strict=True):
            if value is None or (not value and value.__class__ in _MANY):
                continue
            if column is None or column.field == name:
                row[name] = value
            else:
                row.setdefault(column.field, []).append(value)
    return rows


_MANY = {list, dict}


# -- codecs ----------------------------------------------------------------------------------------


def _known(kind: Any) -> Any:
    """
    *kind* without `None`.
    """
    kinds = [inner for inner in get_args(kind) if inner is not NoneType]
    return kinds[0] if NoneType in get_args(kind) else kind


@cache
def codec_of(kind: Any) -> Codec:
    """
    The codec for the values of a field of the type *kind*.
    """
    kind, pa = _known(kind), _pyarrow()
    if get_origin(kind) is tuple:
        return _list(codec_of(get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        return _json() if inner is Any else _map(codec_of(inner))
    if attrs.has(kind):
        return _struct(columns_of(kind))
    if issubclass(kind, StrEnum):
        return words(kind, {word: word.value for word in kind})
    if kind in {EdtfDate, EdtfInterval}:
        return Codec(pa.string(), lambda values: pa.array([*map(_text, values)], pa.string()), _values)
    return _plain({str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind])


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _values(array: Any) -> list[Any]:
    if array.null_count == len(array):
        return [None] * len(array)
    values: list[Any] = array.to_pylist()
    return values


def _plain(type: Any) -> Codec:
    return Codec(type, lambda values: _pyarrow().array(values, type), _values)


def words(kind: type[StrEnum], labels: Mapping[StrEnum, str]) -> Codec:
    """
    The codec of a closed list: categories, which are the labels of all its words in their order.
    """
    pa = _pyarrow()
    categories = [*dict.fromkeys(labels[word] for word in kind)]
    place = {word: categories.index(labels[word]) for word in kind}

    def encode(values: Sequence[Any]) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array([*map(place.get, values)], pa.int8()), pa.array(categories))

    return Codec(pa.dictionary(pa.int8(), pa.string()), encode, _values)


def _json() -> Codec:
    def encode(values: Sequence[Any]) -> Any:
        texts = [json.dumps(thaw_json(value), ensure_ascii=False) if value else None for value in values]
        return _pyarrow().array(texts, _pyarrow().string())

    def decode(array: Any) -> list[Any]:
        return [_parsed(value) for value in _values(array)]

    return Codec(_pyarrow().string(), encode, decode)


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return text  # which the strict reader refuses: it isn't an object


def _offsets(values: Sequence[Any]) -> Any:
    return _pyarrow().array(accumulate(map(len, values), initial=0), _pyarrow().int32())


def _list(item: Codec) -> Codec:
    pa = _pyarrow()
    type = pa.list_(item.type)

    def encode(values: Sequence[Any]) -> Any:
        inner = item.encode([*chain.from_iterable(values)])
        return pa.ListArray.from_arrays(_offsets(values), inner, type=type)

    def decode(array: Any) -> list[Any]:
        if not (pa.types.is_list(array.type) or pa.types.is_large_list(array.type)):
            return _values(array)
        return _parted(array, item.decode(array.values), list)

    return Codec(type, encode, decode)


def _map(item: Codec) -> Codec:
    pa = _pyarrow()
    type = pa.map_(pa.string(), item.type)

    def encode(values: Sequence[Any]) -> Any:
        keys = pa.array([*chain.from_iterable(values)], pa.string())
        inner = item.encode([*chain.from_iterable(value.values() for value in values)])
        return pa.MapArray.from_arrays(_offsets(values), keys, inner)

    def decode(array: Any) -> list[Any]:
        if not pa.types.is_map(array.type):
            return _values(array)
        return _parted(array, [*zip(_values(array.keys), item.decode(array.items), strict=True)], dict)

    return Codec(type, encode, decode)


def _parted(array: Any, inner: Sequence[Any], made: Callable[[Any], Any]) -> list[Any]:
    """
    The content of each list of *array*, whose child has the values *inner*.
    """
    return _with_nulls(array, [made(inner[a:b]) for a, b in pairwise(array.offsets.to_pylist())])


def _with_nulls(array: Any, values: list[Any]) -> list[Any]:
    """
    *values*, but `None` where *array* has no value: what stands below a null may be anything.
    """
    if not array.null_count:
        return values
    return [value if valid else None for value, valid in zip(values, array.is_valid().to_pylist(), strict=True)]


def _struct(columns: Sequence[ArrowColumn]) -> Codec:
    pa = _pyarrow()
    type = pa.struct([(column.name, column.codec.type) for column in columns])

    def encode(values: Sequence[Any]) -> Any:
        present = [value for value in values if value is not None]
        array = pa.StructArray.from_arrays([*encoded(columns, present).values()], fields=[*type])
        if len(present) == len(values):
            return array
        place = count()
        return array.take(pa.array([None if value is None else next(place) for value in values], pa.int64()))

    def decode(array: Any) -> list[Any]:
        if not pa.types.is_struct(array.type):
            return _values(array)
        children = {field.name: array.field(index) for index, field in enumerate(array.type)}
        return _with_nulls(array, decoded(columns, children, len(array)))

    return Codec(type, encode, decode)
