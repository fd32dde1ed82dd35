"""
The fast reader: records are made a column at a time, from what `json` or msgspec (extra `speed`) parses.

It reads valid documents only. Whatever it refuses, the strict reader reads again from the start and reports. So it may
refuse too much, but must never accept what the strict reader refuses; property tests compare the two.
"""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, islice, pairwise
from typing import Any

from .._progress import reached
from ..errors import InvalidDateError
from ..model.fields import Field, Shape, fields_of, shape_of
from ..model.filling import filled
from ..model.frozen import EMPTY, FrozenDict, freeze_json, frozen
from ..model.lists import LISTS
from ..model.references import COMBINED, Column, References
from ..query.whole import HEAD_TYPES
from .columns import DATES, ColumnsOf, FastReaderError, checker, columns_of_objects, columns_of_rows, row_class
from .plain import CHUNK
from .text import is_blank


def decode(data: bytes | str, references: References) -> dict[str, Any]:
    """
    Decode a document in JSON: its records go to *references*, and its head is returned.

    Raises:
        FastReaderError: The strict reader has to read it.
    """
    msgspec = _msgspec()
    if msgspec is None:
        return _decode_objects(_parsed(data), references)
    try:
        if isinstance(data, bytes):
            _check_utf8(data)  # a key given twice would hide what isn't
        outer = msgspec.json.decode(data, type=_outer())
        head = _head({name: value for name in _HEAD if (value := getattr(outer, name)) is not msgspec.UNSET})
        # Records are parsed chunk by chunk: so they are still in the processor's cache when they are made.
        raws = {name: getattr(outer, name) for name in LISTS}
        lists = {name: _parsed_chunks(raws[name], row_class(kind)) for name, (kind, _) in LISTS.items()}
        _read_lists(lists, columns_of_rows, references, sum(map(len, raws.values())))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FastReaderError from error
    return head


def _msgspec() -> Any:
    """
    The module, or `None` if it isn't installed.
    """
    try:
        import msgspec
    except ImportError:
        return None
    return msgspec


def _decode_objects(document: Any, references: References) -> dict[str, Any]:
    if type(document) is not dict or not all(type(document.get(name, [])) is list for name in LISTS):
        raise FastReaderError
    head = _head({name: value for name, value in document.items() if name not in LISTS})
    objects = {name: document.get(name, []) for name in LISTS}
    total = sum(map(len, objects.values()))
    _read_lists({name: _chunks(objects[name]) for name in LISTS}, columns_of_objects, references, total)
    return head


def decode_lines(lines: Iterable[bytes | str], references: References) -> dict[str, Any]:
    """
    Decode a document in JSON Lines, as `decode` does.
    """
    filled = (line for line in lines if not is_blank(line))
    head = _head(_parsed(next(filled, b"")))
    is_json = _msgspec() is None
    by_singular = _objects_by_singular if is_json else _rows_by_singular
    columns_of: ColumnsOf = columns_of_objects if is_json else columns_of_rows
    makers = {singular: (name, _maker(kind, columns_of, references)) for name, (kind, singular) in LISTS.items()}
    while chunk := [*islice(filled, CHUNK)]:
        for singular, parsed in by_singular(chunk).items():
            name, records_of = makers[singular]
            references.add(name, records_of(parsed))
    return head


def _objects_by_singular(lines: Sequence[bytes | str]) -> dict[str, list[Any]]:
    """
    The objects of `json` in lines, by the kind of record.
    """
    objects = list(map(_parsed, lines))
    if {*map(type, objects)} != {dict} or {*map(len, objects)} != {1}:
        raise FastReaderError
    found: dict[str, list[Any]] = {}
    for ((singular, record),) in map(dict.items, objects):
        found.setdefault(singular, []).append(record)
    if not found.keys() <= _SINGULARS:
        raise FastReaderError
    return found


_SINGULARS = {singular for _, singular in LISTS.values()}


def _rows_by_singular(lines: Sequence[bytes | str]) -> dict[str, list[Any]]:
    """
    The rows of msgspec in lines, by the kind of record.
    """
    msgspec = _msgspec()
    unset = msgspec.UNSET
    try:
        rows = list(map(msgspec.json.Decoder(_line()).decode, lines))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FastReaderError from error
    found = {name: [one for row in rows if (one := getattr(row, name)) is not unset] for name in _SINGULARS}
    if any(sum(getattr(row, name) is not unset for name in _SINGULARS) != 1 for row in rows):
        raise FastReaderError  # a line without a record, or with two
    return found


@cache
def _line() -> Any:
    import msgspec

    # A kind with null isn't a kind left out.
    fields = [(singular, row_class(kind) | msgspec.UnsetType, msgspec.UNSET) for kind, singular in LISTS.values()]
    return msgspec.defstruct("Line", fields, forbid_unknown_fields=True)


def _parsed(data: bytes | str) -> Any:
    try:
        return json.loads(data if isinstance(data, str) else data.decode())
    except (ValueError, RecursionError) as error:
        raise FastReaderError from error


def _check_utf8(data: bytes) -> None:
    """
    Raise `UnicodeDecodeError` unless *data* is UTF-8: in pieces, since a text of the whole would be the largest thing in
    memory.
    """
    decode_next = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        decode_next(data[start : start + _PIECE])
    decode_next(b"", final=True)


_PIECE = 2**16  # bytes that fit a processor's cache
_HEAD = ("format", *HEAD_TYPES)


@cache
def _outer() -> Any:
    """
    A document of msgspec whose records aren't parsed yet.
    """
    import msgspec

    head = [(name, Any, msgspec.UNSET) for name in _HEAD]
    lists: list[Any] = [(name, list[msgspec.Raw], msgspec.field(default_factory=list)) for name in LISTS]
    return msgspec.defstruct("Outer", [*head, *lists], forbid_unknown_fields=True)


def _parsed_chunks(raws: Sequence[Any], row: Any) -> Iterator[Sequence[Any]]:
    import msgspec

    decode = msgspec.json.Decoder(row).decode
    return (list(map(decode, chunk)) for chunk in _chunks(raws))


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK))


def _head(given: Any) -> dict[str, Any]:
    """
    The head of a document, checked.
    """
    if type(given) is not dict or not given.keys() <= {*_HEAD} or type(given.get("format")) is not str:
        raise FastReaderError
    head = {"format": given["format"]}
    for field in _HEAD_FIELDS:
        if field.name in given:
            column, convert = checker(field)([given[field.name]]), _conversion(field, columns_of_objects, References())
            (head[field.name],) = column if convert is None else convert(column)
    return head


_HEAD_FIELDS = [Field(name, kind, *shape_of(kind), None, None) for name, kind in HEAD_TYPES.items()]


def _read_lists(
    lists: Mapping[str, Iterable[Sequence[Any]]], columns_of: ColumnsOf, references: References, total: int
) -> None:
    """
    Make the records of *lists*, *total* in all, chunk by chunk, and add them to *references*.
    """
    done = 0
    for name, (kind, _) in LISTS.items():
        records_of = _maker(kind, columns_of, references)
        for chunk in lists[name]:
            references.add(name, records_of(chunk))
            done += len(chunk)
            reached(done, total)


# -- records from columns --------------------------------------------------------------------------


def _maker(kind: Any, columns_of: ColumnsOf, references: References) -> Column:
    """
    Return a function that makes the records of parsed ones that their constructor would make.
    """
    fields = fields_of(kind)
    conversions = {field.name: _conversion(field, columns_of, references) for field in fields}
    rules = kind.RULES
    checked_later = {field.name for field in fields if field.refers_to in COMBINED}

    def records_of(parsed: Sequence[Any]) -> list[Any]:
        if not parsed:
            return []
        columns = columns_of(kind, parsed)
        values: list[Sequence[Any]] = []
        for field in fields:
            column = columns.get(field.name)
            if column is None:
                if field.is_required:
                    raise FastReaderError
                values.append([field.default] * len(parsed))
                continue
            if (convert := conversions[field.name]) is not None:
                column = convert(column)
            if field.name not in checked_later and not rules.hold_in_column(field.name, column):
                raise FastReaderError
            values.append(column)
        records = filled(kind, *values)
        if not rules.settle_and_hold_across(records, columns.keys()):
            raise FastReaderError
        return records

    return records_of


def _conversion(field: Field, columns_of: ColumnsOf, references: References) -> Column | None:
    """
    The conversion from a column of parsed values to that of the records, or `None` if they are equal.
    """
    shared = references.interner(field)
    if field.shape in {Shape.MAPPING, Shape.LISTS}:
        if field.item is Any:
            return lambda values: [frozen(freeze_json(value)) if value else EMPTY for value in values]
        if shared is not None:
            return shared
        return lambda values: [*map(FrozenDict, values)] if all(values) else [frozen(value) for value in values]
    if shared is not None:
        return shared
    if field.item in DATES:
        return _dates(field.item)
    if not field.holds_records:
        return None
    convert = _maker(field.item, columns_of, references)

    def one(values: Sequence[Any]) -> Sequence[Any]:
        if None not in values:
            return convert(values)
        made = iter(convert([value for value in values if value is not None]))
        return [value if value is None else next(made) for value in values]

    def many(values: Sequence[Any]) -> Sequence[Any]:
        made = tuple(convert([*chain.from_iterable(values)]))
        return [made[start:end] for start, end in pairwise(accumulate(map(len, values), initial=0))]

    return one if field.shape is Shape.ONE else many


class _Dates(dict[Any, Any]):
    """
    Dates or intervals by their text: each is made once.
    """

    def __init__(self, kind: Callable[[str], Any]) -> None:
        super().__init__({None: None})
        self._kind = kind

    def __missing__(self, text: str) -> Any:
        made = self[text] = self._kind(text)
        return made


def _dates(kind: Callable[[str], Any]) -> Column:
    made_of = _Dates(kind).__getitem__

    def dates(texts: Sequence[Any]) -> Sequence[Any]:
        try:
            return list(map(made_of, texts))
        except InvalidDateError:
            raise FastReaderError from None

    return dates
