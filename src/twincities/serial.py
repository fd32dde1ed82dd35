"""
The document `twincities/1`: read strictly, written in two stable layouts, as JSON or JSON Lines.

Whatever is wrong with a document is told at once, in one `DatasetError` with a JSON path for each problem.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from .areas import shared_areas
from .collector import collector_paused
from .dataset import DEFAULT_VOCABULARY, HEAD, HEAD_RULES, Dataset
from .errors import QueryError, shown
from .files import MAX_BYTES, naming, read_bytes, read_lines, write_atomically
from .integrity import Used
from .layout import laid_out
from .model import LISTS
from .reader import FORMAT, Reader, parsed
from .speed import decode, encode
from .structure import unstructure

__all__ = ["FORMAT", "from_dict", "from_json", "from_jsonl", "read", "to_dict", "to_json", "to_jsonl", "write"]

# -- reading ---------------------------------------------------------------------------------------


def read(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    The data set in a file: `.json` or `.jsonl`, each also with `.gz` behind.

    Args:
        path: The file.
        max_bytes: How many bytes it may hold, unpacked; 1 GiB unless told.

    Raises:
        DatasetError: The file isn't a right document; `.problems` has everything that is wrong.
        QueryError: The file's name has another ending.
        OSError: The file can't be read.
    """
    lines = _ending(path) == ".jsonl"
    with naming(path):
        if not lines:
            return from_json(read_bytes(path, max_bytes))
        with collector_paused():
            return Reader().lines(read_lines(path, max_bytes))


def _ending(path: str | os.PathLike[str]) -> str:
    name = Path(path).name
    for ending in (".json", ".jsonl"):
        if name.lower().removesuffix(".gz").endswith(ending):
            return ending
    raise QueryError(
        f"expected a file name that ends in .json or .jsonl (or these with .gz), got {shown(name)}; "
        "twincities.formats.read takes others"
    )


def from_json(text: bytes | str) -> Dataset:
    """
    The data set in a JSON document: UTF-8 bytes, or text.

    Raises:
        DatasetError: It isn't a right document.
    """
    data = _without_mark(text)
    with collector_paused():
        return _quickly(data) or Reader().whole(parsed(data))


def _without_mark(text: bytes | str) -> bytes | str:
    """
    *text* without the one byte order mark that is forgiven.
    """
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if isinstance(text, (bytes, bytearray, memoryview)):
        return bytes(text).removeprefix(b"\xef\xbb\xbf")
    raise TypeError(f"expected bytes or text, got {shown(text)}")


def _quickly(data: bytes | str) -> Dataset | None:
    """
    The data set in a right document, where msgspec is installed; `None` leaves it to the strict reader.
    """
    used = Used()
    decoded = decode(data, used.keep)
    if decoded is None or decoded[0].format != FORMAT:
        return None
    found, lists = decoded
    head = {name: getattr(found, name) for name in HEAD}
    if any(HEAD_RULES.broken_by(head)) or head["vocabulary"] not in (None, DEFAULT_VOCABULARY):
        return None
    shared = shared_areas(head["vocabulary"])
    by_key = used.fit(lists, head["complete_for"], shared)
    return None if by_key is None else Dataset.of_checked(by_key, head)


def from_dict(document: dict[str, Any]) -> Dataset:
    """
    The data set in a document as `json` reads it.

    Raises:
        DatasetError: It isn't a right document.
    """
    with collector_paused():
        return Reader().whole(document)


def from_jsonl(text: bytes | str) -> Dataset:
    """
    The data set in JSON Lines: first a line with the head, then a line a record, `{"city": {…}}`.

    Raises:
        DatasetError: It isn't that; problems begin with the number of the line.
    """
    with collector_paused():
        data = _without_mark(text)
        return Reader().lines(data.split("\n") if isinstance(data, str) else data.split(b"\n"))


# -- writing ---------------------------------------------------------------------------------------


def to_dict(dataset: Dataset) -> dict[str, Any]:
    """
    The document as dicts, lists and JSON values, without what is empty.
    """
    return {
        **_head(dataset),
        **{name: [unstructure(record) for record in records] for name, records in _records(dataset).items() if records},
    }


def _head(dataset: Dataset) -> dict[str, Any]:
    head = {name: value for name, value in dataset.head().items() if value not in (None, ())}
    if dataset.as_of is not None:
        head["as_of"] = str(dataset.as_of)
    if dataset.complete_for:
        head["complete_for"] = list(dataset.complete_for)
    return {"format": FORMAT, **head}


def _records(dataset: Dataset) -> dict[str, tuple[Any, ...]]:
    lists = dataset.lists()
    return {name: lists[name] for name in LISTS}


def to_json(dataset: Dataset) -> bytes:
    """
    The document as compact UTF-8 JSON.
    """
    stream = BytesIO()
    stream.write(_compact(_head(dataset)).encode()[:-1])
    with collector_paused():
        for name, records in _records(dataset).items():
            if records:
                stream.write(f',"{name}":'.encode())
                if not encode(LISTS[name][0], records, stream):
                    stream.write(_compact([*map(unstructure, records)]).encode())
    stream.write(b"}")
    return stream.getvalue()


def to_jsonl(dataset: Dataset) -> Iterator[bytes]:
    """
    The document as lines of UTF-8 JSON: the head, then a record a line.
    """
    yield _compact(_head(dataset)).encode() + b"\n"
    for name, records in _records(dataset).items():
        for record in records:
            yield _compact({LISTS[name][1]: unstructure(record)}).encode() + b"\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write(dataset: Dataset, path: str | os.PathLike[str]) -> None:
    """
    Write the document to a file: `.json` laid out for people, `.jsonl` a record a line, each also with `.gz` behind.

    The file is written beside *path* and then put in its place: an error or a crash leaves the old file.

    Raises:
        QueryError: The file's name has another ending.
        OSError: The file can't be written.
    """
    lines = _ending(path) == ".jsonl"
    write_atomically(path, to_jsonl(dataset) if lines else [laid_out(to_dict(dataset)).encode()])
