"""
The document `twincities/1`: read strictly, written in two stable layouts, as JSON or JSON Lines.

Whatever is wrong with a document is told at once, in one `DatasetError` with a JSON path for each problem.
"""

from __future__ import annotations

import os
from typing import Any

from .._files import MAX_BYTES, naming, read_bytes, read_lines
from .._lazy import collector_paused
from ..dataset.dataset import Dataset, dataset_of
from ..errors import shown
from ..model.areas import shared_areas
from ..model.integrity import Used
from ..query.whole import DEFAULT_VOCABULARY, HEAD, HEAD_RULES
from .fast import decode
from .reader import Reader
from .text import parsed
from .writing import FORMAT, ending_of

__all__ = ["from_dict", "from_json", "from_jsonl", "read"]


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
    lines = ending_of(path) == ".jsonl"
    with naming(path):
        if not lines:
            return from_json(read_bytes(path, max_bytes))
        with collector_paused():
            return Reader().lines(read_lines(path, max_bytes))


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
    return None if by_key is None else dataset_of(by_key, head)


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
