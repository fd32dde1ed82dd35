"""
The quick road from bytes to records, with the extra `speed` (msgspec).

It takes right documents alone: whatever it refuses, the strict reader reads again and reports what is wrong. So it may
refuse too much, and must never accept what the strict reader refuses; a property test holds both together.
"""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from itertools import chain, islice
from operator import attrgetter, call
from types import NoneType
from typing import Any, get_args

import attrs

from ..errors import InvalidDateError
from ..model.city import City
from ..model.fields import Field, Shape, fields_of
from ..model.frozen import EMPTY, FrozenDict, freeze_json, frozen, thaw_json
from ..model.lists import LISTS
from ..model.references import Column, References
from ..query.whole import HEAD_TYPES
from .text import is_blank

__all__ = ["Decoded", "decode", "decode_lines", "encode"]

Decoded = tuple[dict[str, Any], dict[str, list[Any]]]
"""The head of a document, with its format, and its records by list."""
CHUNK = 200  # rows that fit a processor's cache


class _LeftError(Exception):
    """
    A document is left to the strict reader.
    """


def decode(data: bytes | str, references: References) -> Decoded | None:
    """
    The content of the document in *data*, or `None` where the strict reader has to look at it, or msgspec isn't there.
    What records refer to goes to *references*.
    """
    try:
        import msgspec
    except ImportError:
        return None
    to_date = cache(call)
    lists: dict[str, list[Any]] = {}
    try:
        if isinstance(data, bytes):
            _check_utf8(data)  # a key given twice would hide what isn't
        outer = msgspec.json.decode(data, type=_outer())
        given = {name: value for name in _HEAD if (value := getattr(outer, name)) is not msgspec.UNSET}
        joined = b",".join(b'"%b":%b' % (name.encode(), bytes(value)) for name, value in given.items())
        head = _head(b"{" + joined + b"}")
        for name, (kind, _) in LISTS.items():
            row_of = msgspec.json.Decoder(_read_rows().of(kind), dec_hook=to_date).decode
            raws, made_of = getattr(outer, name), _maker(kind, references)
            records = lists[name] = []
            for start in range(0, len(raws), CHUNK):
                records += made_of(list(map(row_of, raws[start : start + CHUNK])))
    except _REFUSALS as error:
        _leave(error)
        return None
    return head, lists


def _check_utf8(data: bytes) -> None:
    """
    Raise `UnicodeDecodeError` where *data* isn't UTF-8. In pieces that fit a processor's cache that takes a quarter of the
    time that a text of the whole takes, which would be the largest thing in memory.
    """
    decode_next = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        decode_next(data[start : start + _PIECE])
    decode_next(b"", final=True)


_PIECE = 2**16  # bytes


def _leave(error: Exception) -> None:
    """
    Leave to the strict reader what msgspec or a rule refuses; anything else is a bug and shows as it is.
    """
    import msgspec

    if not isinstance(error, (msgspec.DecodeError, InvalidDateError, UnicodeError, RecursionError, _LeftError)):
        raise error


_REFUSALS = (ValueError, RecursionError, _LeftError)  # msgspec's are ValueErrors
_HEAD = ("format", *HEAD_TYPES)


@cache
def _outer() -> Any:
    """
    A document with its values and its records left as they are: one after the other they are decoded while the
    processor has them at hand.
    """
    import msgspec

    head = [(name, msgspec.Raw, msgspec.UNSET) for name in _HEAD]
    lists: list[Any] = [(name, list[msgspec.Raw], msgspec.field(default_factory=list)) for name in LISTS]
    return msgspec.defstruct("Outer", [*head, *lists], forbid_unknown_fields=True)


def _head(data: bytes | str) -> dict[str, Any]:
    """
    The statements of a document about itself: those that are given.
    """
    import msgspec

    decoded = msgspec.json.decode(data, type=_head_row(), dec_hook=call)
    return {name: value for name in _HEAD if (value := getattr(decoded, name)) is not msgspec.UNSET}


@cache
def _head_row() -> Any:
    import msgspec

    known = [(name, _without_none(kind) | msgspec.UnsetType, msgspec.UNSET) for name, kind in HEAD_TYPES.items()]
    return msgspec.defstruct("Head", [("format", str), *known], forbid_unknown_fields=True)


def _without_none(kind: Any) -> Any:
    return next(inner for inner in get_args(kind) if inner is not NoneType) if NoneType in get_args(kind) else kind


def decode_lines(lines: Iterable[bytes | str], references: References) -> Decoded | None:
    """
    The content of a document in lines, as `decode` gives it.
    """
    try:
        import msgspec
        from msgspec.structs import astuple
    except ImportError:
        return None
    unset = msgspec.UNSET
    makers = {singular: (name, _maker(kind, references)) for name, (kind, singular) in LISTS.items()}
    filled = (line for line in lines if not is_blank(line))
    lists: dict[str, list[Any]] = {name: [] for name in LISTS}
    try:
        head = _head(next(filled, b""))
        row_of = msgspec.json.Decoder(_line(), dec_hook=cache(call)).decode
        while rows := list(map(row_of, islice(filled, CHUNK))):
            if any(astuple(row).count(unset) != len(LISTS) - 1 for row in rows):
                return None  # a line without a record, or with two
            for singular, (name, made_of) in makers.items():
                lists[name] += made_of([one for row in rows if (one := getattr(row, singular)) is not unset])
    except _REFUSALS as error:
        _leave(error)
        return None
    return head, lists


@cache
def _line() -> Any:
    import msgspec

    # A kind with null isn't a kind left out.
    fields = [(singular, _read_rows().of(kind) | msgspec.UnsetType, msgspec.UNSET) for kind, singular in LISTS.values()]
    return msgspec.defstruct("Line", fields, forbid_unknown_fields=True)


# -- records by way of rows ------------------------------------------------------------------------

# msgspec decodes attrs classes too, at four times the cost: for each field that isn't in the document it asks the object,
# and it overlooks keys that the class doesn't have. Classes of its own it fills at once, and refuses other keys.


@cache
def _read_rows() -> _Rows:
    """
    The classes of rows to read.
    """

    def plain(field: Field) -> tuple[Any, ...]:
        item: Any = field.item
        kind: Any = {
            Shape.ONE: field.type,
            Shape.LIST: tuple[item, ...],
            Shape.PAIR: tuple[item, item],
            Shape.MAPPING: dict[str, item],
            Shape.LISTS: dict[str, tuple[item, ...]],
        }[field.shape]
        return (field.name, kind) if field.is_required else (field.name, kind, field.default)

    return _Rows(plain, forbid_unknown_fields=True)


def _maker(kind: Any, references: References) -> Callable[[Sequence[Any]], list[Any]]:
    """
    Return a function that turns rows into the records that their constructor would make: a field at a time, so that one
    that none of them has costs next to nothing.
    """
    from msgspec.structs import astuple

    columns = [
        (place, column, field.shape in {Shape.MAPPING, Shape.LISTS})
        for place, field in enumerate(fields_of(kind))
        if (column := _column(field, references))
    ]
    filled, rules = _unguarded(kind), kind.RULES

    def made_of(rows: Sequence[Any]) -> list[Any]:
        if not rows:
            return []
        values: list[Sequence[Any]] = list(zip(*map(astuple, rows), strict=True))
        for place, column, of_dicts in columns:
            # An object that is written down though it is empty is a dict too.
            if any(values[place]) or (of_dicts and dict in map(type, values[place])):
                values[place] = column(values[place])
        records = list(map(filled, *values))
        holds, settle = rules.hold, rules.settle
        for record in records:
            record.__class__ = kind
        if settle is not None:
            for record in records:
                settle(record)
        if not all(map(holds, records)):
            doubtful = (record for record in records if not holds(record))
            if any(any(rules.problems(record)) for record in doubtful):
                raise _LeftError
        return records

    return made_of


@cache
def _unguarded(kind: type[Any]) -> Any:
    """
    A class with the slots of *kind* and no guard: filled five times as quickly, it then becomes the frozen one.
    """
    names = {field.name: attrs.field() for field in attrs.fields(kind)}
    return attrs.make_class(
        kind.__name__,
        names,
        bases=kind.__bases__,
        class_body={"__attrs_post_init__": None},
        slots=True,
        weakref_slot=False,
        eq=False,
        repr=False,
    )


def _column(field: Field, references: References) -> Column | None:
    """
    The conversion from a row's column to a record's, or `None` if they are equal.
    """
    interner = references.interner(field)
    if interner is not None:
        return interner
    if field.shape in {Shape.MAPPING, Shape.LISTS}:
        if field.item is Any:
            return lambda values: [frozen(freeze_json(value)) for value in values]
        return lambda values: [FrozenDict(value) if value else EMPTY for value in values]
    if not field.holds_records:
        return None
    made_of = _maker(field.item, references)
    if field.shape is Shape.ONE:

        def column(values: Sequence[Any]) -> Sequence[Any]:
            made = iter(made_of([value for value in values if value is not None]))
            return [value if value is None else next(made) for value in values]
    else:

        def column(values: Sequence[Any]) -> Sequence[Any]:
            made = iter(made_of(list(chain.from_iterable(values))))
            return [tuple(islice(made, len(value))) if value else value for value in values]

    return column


class _Rows:
    """
    msgspec Structs that mirror the records; *plain* declares each field that doesn't hold records.
    """

    def __init__(self, plain: Callable[[Field], tuple[Any, ...]], **options: Any) -> None:
        self._plain = plain
        self._options = options
        self._made: dict[type, Any] = {}

    def of(self, kind: type[Any]) -> Any:
        """
        The class with the fields of a class of records, in their order.
        """
        if kind not in self._made:
            import msgspec

            fields = [self._field(field) for field in fields_of(kind)]
            made = msgspec.defstruct(kind.__name__, fields, kw_only=True, gc=False, **self._options)
            self._made[kind] = made
        return self._made[kind]

    def _field(self, field: Field) -> tuple[Any, ...]:
        if not field.holds_records:
            return self._plain(field)
        inner: Any = self.of(field.item)
        if field.shape is Shape.LIST:
            return field.name, tuple[inner, ...], ()
        return field.name, inner | None, None


def encode(kind: type, records: tuple[Any, ...], stream: BytesIO) -> bool:
    """
    Write *records* of one *kind* to *stream* as a JSON list: the bytes that `json` gives for `unstructure`.

    Returns whether that was possible: not without msgspec.
    """
    try:
        import msgspec
    except ImportError:
        return False
    shape, encoder = _written_rows(kind), msgspec.json.Encoder(enc_hook=attrgetter("_text"))  # of dates
    chunk = bytearray()
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        rows = msgspec.convert(some, shape, from_attributes=True)
        _settle(rows, some)
        encoder.encode_into(rows, chunk)
        # Each chunk is a list: without its brackets it goes on where the one before ended.
        stream.write(b"," if start else b"[")
        with memoryview(chunk) as view:
            stream.write(view[1:-1])
    stream.write(b"]")
    return True


def _settle(rows: tuple[Any, ...], records: tuple[Any, ...]) -> None:
    """
    Replace the values that msgspec would write differently from `json` and `unstructure`.
    """
    if hasattr(records[0], "extra") and any(map(attrgetter("extra"), records)):
        for row, record in zip(rows, records, strict=True):
            if record.extra:
                row.extra = _by_json(thaw_json(record.extra))
    if isinstance(records[0], City):
        for row, city in zip(rows, records, strict=True):
            if city.name == city.id:
                row.name = None
            point = city.coordinates
            # Where `json` writes an exponent, msgspec writes another.
            if point is not None and abs(point.latitude) < _EXPONENT:
                row.coordinates.latitude = _by_json(point.latitude)
            if point is not None and abs(point.longitude) < _EXPONENT:
                row.coordinates.longitude = _by_json(point.longitude)


_EXPONENT = 1e-4


def _by_json(value: Any) -> Any:
    import msgspec

    return msgspec.Raw(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


@cache
def _written_rows(kind: type[Any]) -> Any:
    """
    Rows that leave out what is empty: attrs classes can't.
    """

    def plain(field: Field) -> tuple[Any, ...]:
        default = None if field.name == "name" else field.default
        return (field.name, Any) if field.is_required else (field.name, Any, default)

    row: Any = _Rows(plain, omit_defaults=True).of(kind)
    return tuple[row, ...]
