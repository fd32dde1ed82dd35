"""
Write the document `twincities/1` in two stable layouts, for people or compact, as JSON or JSON Lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

from .._collector import collector_paused
from .._files import as_path, write_atomically
from ..errors import QueryError, shown
from ..model.lists import LISTS
from ..query.whole import Whole, as_whole, head_of, lists_of
from .plain import compact, encoded, encoded_each, unstructure
from .text import laid_out

FORMAT = "twincities/1"


def to_dict(dataset: Whole) -> dict[str, Any]:
    """
    Return the document as dicts, lists and JSON values, without empty fields.

    Raises:
        QueryError: *dataset* isn't a data set.
    """
    return {
        **_head(dataset),
        **{name: [unstructure(record) for record in records] for name, records in _records(dataset).items() if records},
    }


def _head(dataset: Whole) -> dict[str, Any]:
    head = {name: value for name, value in head_of(as_whole(dataset)).items() if value not in (None, ())}
    if dataset.as_of is not None:
        head["as_of"] = str(dataset.as_of)
    if dataset.complete_for:
        head["complete_for"] = list(dataset.complete_for)
    return {"format": FORMAT, **head}


def _records(dataset: Whole) -> dict[str, tuple[Any, ...]]:
    lists = lists_of(dataset)
    return {name: lists[name] for name in LISTS}


def to_json(dataset: Whole) -> bytes:
    """
    Return the document as compact UTF-8 JSON.

    Raises:
        QueryError: *dataset* isn't a data set.
    """
    stream = BytesIO()
    stream.write(compact(_head(dataset))[:-1])
    with collector_paused():
        for name, records in _records(dataset).items():
            if records:
                stream.write(f',"{name}":['.encode())
                for piece in encoded(LISTS[name][0], records):
                    stream.write(piece)
                stream.write(b"]")
    stream.write(b"}")
    return stream.getvalue()


def to_jsonl(dataset: Whole) -> Iterator[bytes]:
    """
    Return the document as lines of UTF-8 JSON: the head, then a record a line.

    Raises:
        QueryError: *dataset* isn't a data set.
    """
    return chain([compact(_head(dataset)) + b"\n"], _lines(dataset))


def _lines(dataset: Whole) -> Iterator[bytes]:
    for name, records in _records(dataset).items():
        kind, singular = LISTS[name]
        for text in encoded_each(kind, records):
            yield b'{"%b":%b}\n' % (singular.encode(), text)


def write(dataset: Whole, path: str | os.PathLike[str]) -> None:
    """
    Write the document to a file: `.json` laid out for people, `.jsonl` with a record a line, optionally followed by `.gz`.

    The file is written next to *path* and then replaces it: an error or a crash leaves the old file intact.

    Raises:
        QueryError: *dataset* isn't a data set, or the file's name has another ending.
        OSError: The file can't be written.
    """
    lines = ending_of(path) == ".jsonl"
    write_atomically(path, to_jsonl(dataset) if lines else [laid_out(to_dict(dataset)).encode()])


def ending_of(path: str | os.PathLike[str]) -> str:
    name = as_path(path).name
    for ending in (".json", ".jsonl"):
        if name.lower().removesuffix(".gz").endswith(ending):
            return ending
    raise QueryError(
        f"expected a file name that ends in .json or .jsonl (or these with .gz), got {shown(name)}; "
        "twincities.formats.read takes others"
    )
