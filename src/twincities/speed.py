"""
The quick road from bytes to records, with the extra `speed` (msgspec).

It takes right documents alone: whatever it refuses, the strict reader in `serial` reads again and tells what is wrong.
So it may refuse too much, and must never accept what the strict reader refuses; a property test holds both together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args, get_origin

import attrs

from .edtf import EdtfDate, EdtfInterval
from .model import City, CooperationArea, CooperationNetwork, Partnership, Source
from .values import thaw_json

__all__ = ["decode", "encode", "line_decoder"]


@attrs.frozen(kw_only=True)
class Document:
    """
    A document as its bytes say it.
    """

    format: str
    id: str | None = None
    title: str | None = None
    version: str | None = None
    as_of: EdtfDate | None = None
    licence: str | None = None
    complete_for: tuple[str, ...] = ()
    vocabulary: str | None = None
    sources: tuple[Source, ...] = ()
    areas: tuple[CooperationArea, ...] = ()
    cities: tuple[City, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    networks: tuple[CooperationNetwork, ...] = ()


def decode(data: bytes | str) -> Document | None:
    """
    The document in *data*, or `None` where the strict reader has to look at it, or msgspec isn't there.
    """
    try:
        import msgspec
    except ImportError:
        return None
    try:
        msgspec.json.decode(data, type=_keys(Document))
        return msgspec.json.decode(data, type=Document, dec_hook=_moments())
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


@attrs.frozen(kw_only=True)
class Line:
    """
    A line of JSON Lines as its bytes say it: one of these.
    """

    source: Source | None = None
    area: CooperationArea | None = None
    city: City | None = None
    partnership: Partnership | None = None
    network: CooperationNetwork | None = None


def line_decoder() -> Callable[[bytes | str], tuple[str, Any] | None] | None:
    """
    What makes of a line the kind and the record in it, or `None` for the strict reader; nothing without msgspec.
    """
    try:
        import msgspec
    except ImportError:
        return None
    keys = msgspec.json.Decoder(_keys(Line))
    records = msgspec.json.Decoder(Line, dec_hook=_moments())

    def decoded(line: bytes | str) -> tuple[str, Any] | None:
        try:
            keys.decode(line)
            found = records.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            return None
        given = [(name, record) for name in _KINDS if (record := getattr(found, name)) is not None]
        return given[0] if len(given) == 1 else None

    return decoded


_KINDS = tuple(field.name for field in attrs.fields(Line))


def _moments() -> Callable[[type[Any], Any], Any]:
    """
    What makes dates of texts. The same dates come again and again: one object serves them all.
    """
    known: Mapping[type, dict[str, Any]] = {EdtfDate: {}, EdtfInterval: {}}

    def moment(kind: type[Any], text: Any) -> Any:
        try:
            return known[kind][text]
        except (KeyError, TypeError):
            made = known[kind][text] = kind(text)
            return made

    return moment


@cache
def _keys(record: Any) -> Any:
    """
    The shape of a record with its keys alone: msgspec ignores unknown keys of attrs classes, not of its own.
    """
    import msgspec

    def leaf(field: Any) -> tuple[Any, ...]:
        return field.name, msgspec.Raw, msgspec.UNSET

    return _Shapes(leaf, forbid_unknown_fields=True).of(record)


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


def encode(kind: type, records: tuple[Any, ...]) -> bytes | None:
    """
    The *records* of one *kind* as a JSON list: the bytes that `json` gives for `unstructure`, or `None` without msgspec.
    """
    try:
        import msgspec
    except ImportError:
        return None
    shape, chunks = _rows(kind), []
    for start in range(0, len(records), _CHUNK):
        some = records[start : start + _CHUNK]
        rows = msgspec.convert(some, shape, from_attributes=True)
        _settle(rows, some)
        chunks.append(msgspec.json.encode(rows, enc_hook=str)[1:-1])
    return b"[" + b",".join(chunks) + b"]"


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
