"""
Read the document `twincities/1`, as JSON or JSON Lines.

Valid documents are read by the fast reader. Anything else is read again by the strict reader, which reports every problem
with its JSON path in one `DatasetError`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._collector import collector_paused
from .._files import MAX_BYTES, naming, read_bytes, read_lines
from .._progress import working
from ..dataset.dataset import Dataset, dataset_of
from ..errors import QueryError, one_problem, shown
from ..model.areas import shared_areas
from ..model.references import References
from ..query.whole import DEFAULT_VOCABULARY, HEAD, HEAD_RULES
from .columns import FastReaderError
from .fast import decode, decode_lines
from .text import parsed
from .writing import FORMAT, ending_of

if TYPE_CHECKING:
    from .strict import Content, StrictReader

__all__ = ["from_dict", "from_json", "from_jsonl", "read"]


def read(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    Read a data set from a file: `.json` or `.jsonl`, optionally followed by `.gz`.

    Args:
        path: The file.
        max_bytes: The most bytes that it may have, unpacked; 1 GiB unless given.

    Raises:
        DatasetError: The file isn't a valid document; `.problems` has every problem.
        QueryError: The file's name has another ending.
        OSError: The file can't be read.
    """
    lines = ending_of(path) == ".jsonl"
    with naming(path):
        if lines and Path(path).is_file():
            return _from_lines(lambda: read_lines(path, max_bytes))
        data = read_bytes(path, max_bytes)  # a pipe is read once
        return from_jsonl(data) if lines else from_json(data)


def from_json(text: bytes | str) -> Dataset:
    """
    Read a data set from a JSON document: UTF-8 bytes, or text.

    Raises:
        DatasetError: It isn't a valid document.
        FormatVersionError: It has a version of the format that this release can't read.
        QueryError: *text* is neither bytes nor text.
    """
    data = _without_mark(text)
    with collector_paused(), working("reading"):
        return _read(lambda references: decode(data, references), lambda reader: reader.whole(parsed(data)))


def _without_mark(text: bytes | str) -> bytes | str:
    """
    *text* without a byte order mark.
    """
    if isinstance(text, str):
        if text.endswith((".json", ".jsonl", ".gz")):
            raise one_problem("$", f"expected JSON, got {shown(text)}: a file is read by twincities.read")
        return text.removeprefix("\ufeff")
    if isinstance(text, (bytes, bytearray, memoryview)):
        return bytes(text).removeprefix(b"\xef\xbb\xbf")
    raise QueryError(f"expected JSON as bytes or text, got {shown(text)}")


def _read(fast: Callable[[References], dict[str, Any]], strict: Callable[[StrictReader], Content]) -> Dataset:
    """
    Read a document fast, or strictly if that isn't possible.
    """
    with suppress(FastReaderError):
        return _read_fast(fast)
    return _read_strictly(strict)


def _read_strictly(read: Callable[[StrictReader], Content]) -> Dataset:
    from .strict import StrictReader  # needs cattrs

    head, by_key = read(StrictReader())
    return dataset_of(by_key, head)


def _read_fast(fast: Callable[[References], dict[str, Any]]) -> Dataset:
    references = References()
    found = fast(references)
    if found.pop("format") != FORMAT:
        raise FastReaderError
    head: dict[str, Any] = {name: found.get(name, () if name == "complete_for" else None) for name in HEAD}
    broken = any(head[name] is not None and any(rule(head[name])) for name, rule in HEAD_RULES.items())
    if broken or head["vocabulary"] not in (None, DEFAULT_VOCABULARY):
        raise FastReaderError
    by_key = references.by_key_if_sound(head["complete_for"], shared_areas(head["vocabulary"]))
    if by_key is None:
        raise FastReaderError
    return dataset_of(by_key, head)


def from_dict(document: dict[str, Any]) -> Dataset:
    """
    Read a data set from a document that `json` has parsed.

    Raises:
        DatasetError: It isn't a valid document.
        FormatVersionError: It has a version of the format that this release can't read.
    """
    with collector_paused(), working("reading"):
        return _read_strictly(lambda reader: reader.whole(document))


def from_jsonl(text: bytes | str) -> Dataset:
    """
    Read a data set from JSON Lines: a line with the head, then a line for each record, `{"city": {…}}`.

    Raises:
        DatasetError: They aren't valid; each problem begins with the number of its line.
        FormatVersionError: They have a version of the format that this release can't read.
        QueryError: *text* is neither bytes nor text.
    """
    data = _without_mark(text)
    lines: list[Any] = data.split("\n") if isinstance(data, str) else data.split(b"\n")
    return _from_lines(lambda: lines)


def _from_lines(lines: Callable[[], Iterable[bytes | str]]) -> Dataset:
    """
    Read a data set from lines, which may be iterated twice.
    """
    with collector_paused(), working("reading"):
        return _read(lambda references: decode_lines(lines(), references), lambda reader: reader.lines(lines()))
