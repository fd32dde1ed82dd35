"""
The quick road from bytes to records, with the extra `speed` (msgspec).

It takes right documents alone: whatever it refuses, the strict reader in `reader` reads again and tells what is wrong.
So it may refuse too much, and must never accept what the strict reader refuses; a property test holds both together.
"""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import chain, islice
from operator import attrgetter, call
from typing import Any, get_args, get_origin

import attrs

from ..errors import InvalidRecordError
from ..model.city import City
from ..model.edtf import EdtfDate
from ..model.fields import LISTS
from ..model.frozen import EMPTY, FrozenDict, thaw_json
from ..model.rules import ID

__all__ = ["CHUNK", "decode", "encode", "line_decoder"]

Column = Callable[[Sequence[Any]], Sequence[Any]]
"""What makes of the values of a field, those of record after record, others."""


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


def decode(data: bytes | str, keep: Mapping[str, Column]) -> tuple[Head, dict[str, list[Any]]] | None:
    """
    The head and the lists of the document in *data*, or `None` where the strict reader has to look at it, or msgspec isn't
    there. The values of a field that *keep* names go through what it has for them.
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
            raws, made_of = getattr(outer, name), _maker(kind, keep)
            records = lists[name] = []
            for start in range(0, len(raws), CHUNK):
                records += made_of(list(map(row_of, raws[start : start + CHUNK])))
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
CHUNK = 200  # rows that do


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


Found = dict[str, tuple[list[int], list[Any]]]
"""Records by kind, with their places among the lines."""


def line_decoder(keep: Mapping[str, Column]) -> Callable[[Sequence[bytes | str]], Found | None] | None:
    """
    What finds the records in lines, or gives `None` for the strict reader; nothing without msgspec. The values of a field
    that *keep* names go through what it has for them.

    That references have the form of ids is left to the check that they lead to a record: where that fails, the reader
    has to look again at all that came this way.
    """
    try:
        import msgspec
    except ImportError:
        return None
    unset = msgspec.UNSET
    # A kind with null isn't a kind left out.
    fields = [(name, _read_shapes().of(kind) | msgspec.UnsetType, unset) for name, kind in _KINDS.items()]
    row_of = msgspec.json.Decoder(
        msgspec.defstruct("Line", fields, forbid_unknown_fields=True), dec_hook=_moments()
    ).decode
    makers = {name: _maker(kind, keep) for name, kind in _KINDS.items()}

    def found(lines: Sequence[bytes | str]) -> Found | None:
        try:
            rows = list(map(row_of, lines))
            given = {
                name: {place: one for place, row in enumerate(rows) if (one := getattr(row, name)) is not unset}
                for name in makers
            }
            if sorted(chain.from_iterable(given.values())) != list(range(len(rows))):
                return None  # a line without a record, or with two
            # The record would turn such a pair round: which of the two hasn't the form of an id couldn't be told then.
            pairs = (one.cities for one in given["partnership"].values())
            if any(second < first and not (ID.holds(first) and ID.holds(second)) for first, second in pairs):
                return None
            return {name: (list(by_place), makers[name](list(by_place.values()))) for name, by_place in given.items()}
        except (msgspec.DecodeError, InvalidRecordError, RecursionError, UnicodeError):
            return None

    return found


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


def _maker(kind: Any, keep: Mapping[str, Column]) -> Callable[[Sequence[Any]], list[Any]]:
    """
    What makes of rows the records that their constructor would make: field by field, so that a field that none of them
    has costs next to nothing.
    """
    from msgspec.structs import astuple

    finer: list[tuple[int, Column]] = []
    for place, field in enumerate(attrs.fields(attrs.resolve_types(kind))):
        column = keep.get(field.name) or _finer(field.type, keep)
        if column is not None:
            finer.append((place, column))
    filled, check = _unguarded(kind), kind.__attrs_post_init__

    def made_of(rows: Sequence[Any]) -> list[Any]:
        if not rows:
            return []
        columns: list[Sequence[Any]] = list(zip(*map(astuple, rows), strict=True))
        for place, column in finer:
            # An object that is written down though it is empty is a dict too.
            if any(columns[place]) or dict in map(type, columns[place]):
                columns[place] = column(columns[place])
        records = list(map(filled, *columns))
        for record in records:
            record.__class__ = kind
            check(record)
        return records

    return made_of


@cache
def _unguarded(kind: Any) -> Any:
    """
    A class with the slots of *kind* and no guard: filled five times as quickly, it then becomes the frozen one.
    """
    names = {field.name: attrs.field() for field in attrs.fields(kind)}
    return attrs.make_class(
        kind.__name__, names, bases=kind.__bases__, slots=True, weakref_slot=False, eq=False, repr=False
    )


def _finer(kind: Any, keep: Mapping[str, Column]) -> Column | None:
    """
    What makes of the values of a field in rows those in records, or `None` where they are the same.
    """
    if get_origin(kind) is Mapping:
        return lambda values: [FrozenDict(value) if value else EMPTY for value in values]
    parts = [part for part in (kind, *get_args(kind)) if isinstance(part, type) and attrs.has(part)]
    if not parts:
        return None
    made_of = _maker(parts[0], keep)
    if get_origin(kind) is not tuple:

        def column(values: Sequence[Any]) -> Sequence[Any]:
            made = iter(made_of([value for value in values if value is not None]))
            return [value if value is None else next(made) for value in values]
    else:

        def column(values: Sequence[Any]) -> Sequence[Any]:
            made = iter(made_of(list(chain.from_iterable(values))))
            return [tuple(islice(made, len(value))) if value else value for value in values]

    return column


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


def encode(kind: type, records: tuple[Any, ...], stream: BytesIO) -> bool:
    """
    Write *records* of one *kind* to *stream* as a JSON list: the bytes that `json` gives for `unstructure`.

    Whether that was possible: not without msgspec.
    """
    try:
        import msgspec
    except ImportError:
        return False
    shape, encoder = _rows(kind), msgspec.json.Encoder(enc_hook=attrgetter("_text"))  # of dates
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
    Mend in *rows* what msgspec would write in another way than `json` and `unstructure`.
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
def _rows(kind: Any) -> Any:
    """
    Rows that leave out what is empty: attrs classes can't.
    """

    def leaf(field: Any) -> tuple[Any, ...]:
        default = None if field.name == "name" else field.default
        return (field.name, Any) if default is attrs.NOTHING else (field.name, Any, default)

    inner: Any = _Shapes(leaf, omit_defaults=True).of(kind)
    return tuple[inner, ...]
