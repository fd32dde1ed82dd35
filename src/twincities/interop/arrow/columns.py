"""
Arrow columns of records, derived from their classes, and the way back to the document.

A field is a column. A part is a struct, several parts are a list of structs, and texts by language are a map. A date has
three columns: its EDTF text (`since`), and the first and last day that the text allows (`since_earliest`, `since_latest`).
The cities of a partnership have two columns. `extra` is JSON text. Lists and maps are empty, never null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain, count, pairwise
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import attrs

from ..._optional import require
from ...model.edtf import EdtfDate, EdtfInterval
from ...model.fields import fields_of
from ...model.frozen import thaw_json
from ...model.lists import LISTS
from ...query.whole import HEAD_TYPES
from .._flat import each_once


class Codec(NamedTuple):
    """
    An Arrow type, with the functions that convert values to an array of it and back.
    """

    type: Any
    encode: Callable[[Sequence[Any]], Any]
    """From values, or `None` for each missing one, to an array."""
    decode: Callable[[Any], list[Any]]
    """From an array to JSON values. A value of another type is passed on, for the strict reader to refuse."""


class ArrowColumn(NamedTuple):
    """
    A column of records: its name, its field, and the function that gets a record's value.
    """

    name: str
    field: str
    codec: Codec
    of: Callable[[Any], Any]
    is_read: bool = True
    """False for the bounds of dates, which are ignored when reading."""


def _pyarrow() -> Any:
    return require("pyarrow", extra="arrow")


# -- tables ---------------------------------------------------------------------------------------

RECORD_TABLES = ("dataset", *LISTS)
"""The tables of `to_arrow`. `dataset` has one row, with the head of the data set."""
BATCH = 1 << 16  # records: the texts in a column of a batch stay far below Arrow's limit of 2 GiB


def columns_in(name: str, shared: Container[str] = ()) -> tuple[ArrowColumn, ...]:
    """
    The columns of a table of records; those of areas have a mark for the ids in *shared*.
    """
    if name == "dataset":
        types = {"format": str, **HEAD_TYPES}
        return tuple(column for name, kind in types.items() for column in columns_for(name, kind, itemgetter(name)))
    kind: Any = LISTS[name][0]
    columns = columns_of(kind)
    return (*columns, *columns_for("is_shared", bool, lambda area: area.id in shared)) if name == "areas" else columns


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
    The columns of a field of the type *kind*; *of* gets its value from a record.
    """
    if kind == tuple[str, str]:
        yield ArrowColumn("city_1_id", name, codec_of(str), lambda record: of(record)[0])
        yield ArrowColumn("city_2_id", name, codec_of(str), lambda record: of(record)[1])
        return
    yield ArrowColumn(name, name, codec_of(kind), of)
    if _without_none(kind) in {EdtfDate, EdtfInterval}:
        for bound in ("earliest", "latest"):
            yield ArrowColumn(f"{name}_{bound}", name, _bounds(bound), of, is_read=False)


def _bounds(name: str) -> Codec:
    """
    The codec for the first or last day of dates, many of which recur.
    """
    get, day = attrgetter(name), _pyarrow().date32()

    def encode(values: Sequence[Any]) -> Any:
        return _pyarrow().array(each_once(lambda value: value and get(value), values), day)

    return Codec(day, encode, _values)


def encoded(columns: Sequence[ArrowColumn], records: Sequence[Any]) -> dict[str, Any]:
    """
    Arrays of records by column name.
    """
    return {column.name: column.codec.encode([*map(column.of, records)]) for column in columns}


def decoded(columns: Sequence[ArrowColumn], arrays: Mapping[str, Any], length: int) -> list[dict[str, Any]]:
    """
    The document's objects in arrays of *length* records by column name, without empty values.

    An array of another name keeps it, for the strict reader to refuse.
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


def _without_none(kind: Any) -> Any:
    kinds = [inner for inner in get_args(kind) if inner is not NoneType]
    return kinds[0] if NoneType in get_args(kind) else kind


@cache
def codec_of(kind: Any) -> Codec:
    """
    The codec for the values of a field of the type *kind*.
    """
    kind, pa = _without_none(kind), _pyarrow()
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
        return Codec(pa.string(), lambda values: pa.array(each_once(_text, values), pa.string()), _values)
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
    The codec of a closed list: categories, the labels of all its words in order.
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
        return text  # the strict reader refuses it: it isn't an object


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
        return _split(array, item.decode(array.values), list)

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
        return _split(array, [*zip(_values(array.keys), item.decode(array.items), strict=True)], dict)

    return Codec(type, encode, decode)


def _split(array: Any, inner: Sequence[Any], collect: Callable[[Any], Any]) -> list[Any]:
    """
    The content of each list in *array*, whose child array has the values *inner*.
    """
    return _with_nulls(array, [collect(inner[a:b]) for a, b in pairwise(array.offsets.to_pylist())])


def _with_nulls(array: Any, values: list[Any]) -> list[Any]:
    """
    *values*, but `None` for each null of *array*: the values below a null may be anything.
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
