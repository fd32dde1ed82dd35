"""
The quick road from bytes to records, with the extra `speed` (msgspec).

It takes right documents alone: whatever it refuses, the strict reader in `reader` reads again and tells what is wrong.
So it may refuse too much, and must never accept what the strict reader refuses; a property test holds both together.
"""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter, call
from typing import Any, get_args, get_origin

import attrs

from .edtf import EdtfDate
from .errors import InvalidRecordError
from .model import LISTS, City
from .rules import ID
from .values import FrozenDict, thaw_json

__all__ = ["decode", "encode", "line_decoder"]


@attrs.frozen(kw_only=True)
class Head:
    """
    What a document says of itself.
    """

    format: str
    id: str | None = None
    title: str | None = None
    version: str | None = None
    as_of: EdtfDate | None = None
    licence: str | None = None
    complete_for: tuple[str, ...] = ()
    vocabulary: str | None = None


def decode(data: bytes | str, see: Mapping[str, Callable[[Any], None]]) -> tuple[Head, dict[str, list[Any]]] | None:
    """
    The head and the lists of the document in *data*, or `None` where the strict reader has to look at it, or msgspec isn't
    there. Records are shown to what *see* has for their list as they come.
    """
    try:
        import msgspec
    except ImportError:
        return None
    moments = _moments()
    lists: dict[str, list[Any]] = {}
    try:
        if isinstance(data, bytes):
            _check_utf8(data)  # a key given twice would hide what isn't
        outer = msgspec.json.decode(data, type=_outer())
        head = {name: value for name in _HEAD if (value := getattr(outer, name)) is not msgspec.UNSET}
        joined = b"{" + b",".join(b'"%b":%b' % (name.encode(), bytes(value)) for name, value in head.items()) + b"}"
        decoded_head: Head = msgspec.json.decode(joined, type=Head, dec_hook=moments)
        for name, (record_type, _) in LISTS.items():
            kind: Any = record_type
            row_of = msgspec.json.Decoder(_read_shapes().of(kind), dec_hook=moments).decode
            made_of, see_one = _maker(kind), see.get(name)
            records: list[Any] = []
            lists[name] = records
            for raw in getattr(outer, name):
                record = made_of(row_of(raw))
                records.append(record)
                if see_one is not None:
                    see_one(record)
    except (msgspec.DecodeError, InvalidRecordError, RecursionError, UnicodeError):
        return None
    return decoded_head, lists


_HEAD = tuple(field.name for field in attrs.fields(Head))


def _check_utf8(data: bytes) -> None:
    """
    Raise `UnicodeDecodeError` where *data* isn't UTF-8. The text of the whole would be the largest thing in memory.
    """
    decode_next = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        decode_next(data[start : start + _PIECE])
    decode_next(b"", final=True)


_PIECE = 2**16  # bytes that fit a processor's cache


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


def line_decoder() -> Callable[[bytes | str], tuple[str, Any] | None] | None:
    """
    What makes of a line the kind and the record in it, or `None` for the strict reader; nothing without msgspec.

    That references have the form of ids is left to the check that they lead to a record: where that fails, the reader
    has to look again at all that came this way.
    """
    try:
        import msgspec
    except ImportError:
        return None
    # A kind with null isn't a kind left out.
    fields = [(name, _read_shapes().of(kind) | msgspec.UnsetType, msgspec.UNSET) for name, kind in _KINDS.items()]
    row_of = msgspec.json.Decoder(
        msgspec.defstruct("Line", fields, forbid_unknown_fields=True), dec_hook=_moments()
    ).decode

    def decoded(line: bytes | str) -> tuple[str, Any] | None:
        try:
            row = row_of(line)
            given = [(name, found) for name in _KINDS if (found := getattr(row, name)) is not msgspec.UNSET]
            if len(given) != 1:
                return None
            name, found = given[0]
            # The record would turn such a pair round: which of the two hasn't the form of an id couldn't be told then.
            if name == "partnership" and found.cities[1] < found.cities[0] and not all(map(ID.holds, found.cities)):
                return None
            return name, _maker(_KINDS[name])(found)
        except (msgspec.DecodeError, InvalidRecordError, RecursionError, UnicodeError):
            return None

    return decoded


_KINDS: Mapping[str, Any] = {singular: kind for kind, singular in LISTS.values()}


def _moments() -> Callable[[Any, Any], Any]:
    """
    What makes a date or an interval, as its class, of a text. The same come again and again: one object serves them all.
    """
    return cache(call)


# -- records by way of rows ------------------------------------------------------------------------

# msgspec decodes attrs classes too, at four times the cost: for each field that isn't in the document it asks the object,
# and it overlooks keys that the class doesn't have. Classes of its own it fills at once, and refuses other keys.


@cache
def _read_shapes() -> _Shapes:
    """
    The classes of rows to read.
    """
    return _Shapes(_read_leaf, forbid_unknown_fields=True)


def _read_leaf(field: Any) -> tuple[Any, ...]:
    kind: Any = field.type
    if get_origin(kind) is Mapping:
        kind = dict[get_args(kind)]  # type: ignore[misc]  # the arguments are those of a mapping
    return (field.name, kind) if field.default is attrs.NOTHING else (field.name, kind, field.default)


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """
    What makes of a row the record that its constructor would make.
    """
    from msgspec.structs import astuple

    fields = attrs.fields(attrs.resolve_types(kind))
    # A class with the same slots and no guard is filled five times as quickly; then it becomes the frozen one.
    names = {field.name: attrs.field() for field in fields}
    filled: Any = attrs.make_class(kind.__name__, names, slots=True, weakref_slot=False, eq=False, repr=False)
    finer = [
        (place, field.name, made) for place, field in enumerate(fields) if (made := _finer(field.type)) is not None
    ]
    check = kind.__attrs_post_init__

    def made_of(row: Any) -> Any:
        values = astuple(row)
        record = filled(*values)
        for place, name, made in finer:
            value = values[place]
            if value:
                setattr(record, name, made(value))
        record.__class__ = kind
        check(record)
        return record

    return made_of


def _finer(kind: Any) -> Callable[[Any], Any] | None:
    """
    What makes of a value in a row that of the record, or `None` where it is the same.
    """
    if get_origin(kind) is Mapping:
        return FrozenDict
    parts = [part for part in (kind, *get_args(kind)) if isinstance(part, type) and attrs.has(part)]
    if not parts:
        return None
    made_of = _maker(parts[0])
    return (lambda rows: tuple(map(made_of, rows))) if get_origin(kind) is tuple else made_of


class _Shapes:
    """
    Classes of msgspec's own with the fields of records: what is made of them is up to *leaf*.
    """

    def __init__(self, leaf: Callable[[Any], tuple[Any, ...]], **options: Any) -> None:
        self._leaf = leaf
        self._options = options
        self._made: dict[type, Any] = {}

    def of(self, record: Any) -> Any:
        """
        The class with the fields of a class of records, in their order.
        """
        if record not in self._made:
            import msgspec

            fields = [self._field(field) for field in attrs.fields(attrs.resolve_types(record))]
            made = msgspec.defstruct(record.__name__, fields, kw_only=True, gc=False, **self._options)
            self._made[record] = made
        return self._made[record]

    def _field(self, field: Any) -> tuple[Any, ...]:
        args = get_args(field.type)
        for kind in (field.type, *args):
            if isinstance(kind, type) and attrs.has(kind):
                inner: Any = self.of(kind)
                if get_origin(field.type) is tuple:
                    return field.name, tuple[inner, ...], ()
                return field.name, inner | None, None
        return self._leaf(field)


def encode(kind: type, records: tuple[Any, ...], buffer: bytearray) -> bool:
    """
    Write *records* of one *kind* to the end of *buffer* as a JSON list: the bytes that `json` gives for `unstructure`.

    Whether that was possible: not without msgspec.
    """
    try:
        import msgspec
    except ImportError:
        return False
    shape, encoder = _rows(kind), msgspec.json.Encoder(enc_hook=attrgetter("_text"))  # of dates
    buffer += b"["
    for start in range(0, len(records), _CHUNK):
        some = records[start : start + _CHUNK]
        rows = msgspec.convert(some, shape, from_attributes=True)
        _settle(rows, some)
        # Each chunk is a list: its opening bracket takes the place of the bracket before, and becomes a comma.
        place = len(buffer) - 1
        encoder.encode_into(rows, buffer, place)
        buffer[place] = ord("," if start else "[")
    return True


_CHUNK = 200  # rows that fit a processor's cache


def _settle(rows: tuple[Any, ...], records: tuple[Any, ...]) -> None:
    """
    Mend in *rows* what msgspec would write in another way than `json` and `unstructure`.
    """
    if any(map(_extra, records)):
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


def _extra(record: Any) -> Any:
    return getattr(record, "extra", None)


_EXPONENT = 1e-4


def _by_json(value: Any) -> Any:
    import msgspec

    return msgspec.Raw(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


@cache
def _rows(kind: Any) -> Any:
    """
    Rows that leave out what is empty: attrs classes can't.
    """

    def leaf(field: Any) -> tuple[Any, ...]:
        default = None if field.name == "name" else field.default
        return (field.name, Any) if default is attrs.NOTHING else (field.name, Any, default)

    inner: Any = _Shapes(leaf, omit_defaults=True).of(kind)
    return tuple[inner, ...]
