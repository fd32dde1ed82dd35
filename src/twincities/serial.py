"""
The document `twincities/1`: read strictly, written in two stable layouts, as JSON or JSON Lines.

Whatever is wrong with a document is told at once, in one `DatasetError` with a JSON path for each problem.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .areas import shared_areas
from .dataset import DEFAULT_VOCABULARY, HEAD, HEAD_RULES, Dataset
from .edtf import EdtfDate
from .errors import DatasetError, FormatVersionError, Problem, QueryError, shown
from .files import MAX_BYTES, read_bytes, write_atomically
from .integrity import fits, problems_between
from .layout import laid_out
from .model import City, CooperationArea, CooperationNetwork, Partnership, Source
from .speed import collector_paused, decode, encode
from .structure import RefusedError, refused, structure, unknown_key, unstructure
from .values import step

__all__ = ["FORMAT", "from_dict", "from_json", "from_jsonl", "read", "to_dict", "to_json", "to_jsonl", "write"]

FORMAT = "twincities/1"

# The lists of a document in the order of writing: what one holds, and how JSON Lines calls one of them.
LISTS: Mapping[str, tuple[type[Any], str]] = {
    "sources": (Source, "source"),
    "areas": (CooperationArea, "area"),
    "cities": (City, "city"),
    "partnerships": (Partnership, "partnership"),
    "networks": (CooperationNetwork, "network"),
}
_LIST_OF = {singular: name for name, (_, singular) in LISTS.items()}
HEAD_TYPES: Mapping[str, Any] = {
    name: EdtfDate | None if name == "as_of" else tuple[str, ...] if name == "complete_for" else str | None
    for name in HEAD
}


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
    data = read_bytes(path, max_bytes)
    try:
        return from_jsonl(data) if lines else from_json(data)
    except FormatVersionError as error:
        raise FormatVersionError(error.found, FORMAT, os.fspath(path)) from error
    except DatasetError as error:
        raise DatasetError(error.problems, os.fspath(path)) from error


def _ending(path: str | os.PathLike[str]) -> str:
    name = Path(path).name.removesuffix(".gz")
    for ending in (".json", ".jsonl"):
        if name.endswith(ending):
            return ending
    raise QueryError(f"expected a file name that ends in .json or .jsonl (or these with .gz), got {shown(name)}")


def from_json(text: bytes | str) -> Dataset:
    """
    The data set in a JSON document: UTF-8 bytes, or text.

    Raises:
        DatasetError: It isn't a right document.
    """
    with collector_paused():
        return _quickly(text) or _Reader().whole(_parsed(text))


def _quickly(text: bytes | str) -> Dataset | None:
    """
    The data set in a right document, where msgspec is installed; `None` leaves it to the strict reader.
    """
    data = text.encode(errors="surrogatepass") if isinstance(text, str) else bytes(text)
    document = decode(data.removeprefix(b"\xef\xbb\xbf"))
    if document is None or document.format != FORMAT:
        return None
    lists = {name: getattr(document, name) for name in LISTS}
    head = {name: getattr(document, name) for name in HEAD}
    if any(HEAD_RULES.broken_by(head)) or head["vocabulary"] not in (None, DEFAULT_VOCABULARY):
        return None
    if not fits(**lists, complete_for=document.complete_for, shared_areas=shared_areas(document.vocabulary)):
        return None
    return Dataset.of_checked(lists, head)


def from_dict(document: Mapping[str, Any]) -> Dataset:
    """
    The data set in a document as `json` reads it.

    Raises:
        DatasetError: It isn't a right document.
    """
    with collector_paused():
        return _Reader().whole(document)


def from_jsonl(text: bytes | str) -> Dataset:
    """
    The data set in JSON Lines: first a line with the head, then a line a record, `{"city": {…}}`.

    Raises:
        DatasetError: It isn't that; problems begin with the number of the line.
    """
    return _Reader().lines(_decoded(text).split("\n"))


def _decoded(text: bytes | str) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return bytes(text).decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, got the byte 0x{text[error.start]:02x} at offset {error.start}"
        raise DatasetError([Problem("$", message)]) from None


def _parsed(text: bytes | str, path: str = "$") -> Any:
    decoded = _decoded(text)
    try:
        return json.loads(decoded)
    except json.JSONDecodeError as error:
        message = f"expected JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        message = "expected fewer levels of lists and objects"
    except ValueError:  # from int(), which refuses thousands of digits
        message = "expected numbers of fewer digits"
    raise DatasetError([Problem(path, message)])


class _Reader:
    """
    One document on its way in: what is good of it so far, and what is wrong.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.head: dict[str, Any] = {"vocabulary": None}
        # A record that is broken leaves a hole, so that the others keep their places.
        self.lists: dict[str, list[Any]] = {name: [] for name in LISTS}
        self.broken: dict[str, set[str]] = {name: set() for name in LISTS}

    def whole(self, document: Any) -> Dataset:
        """
        The data set in a document of one piece.
        """
        self.take_head(document, "$", allowed=LISTS)
        for name in LISTS:
            entries = document.get(name, [])
            if isinstance(entries, (list, tuple)):
                for index, entry in enumerate(entries):
                    self.take(name, entry, f"$.{name}[{index}]")
            else:
                self.problems += refused("a list", entries, f"$.{name}").problems
        return self.finish()

    def lines(self, lines: Iterable[str]) -> Dataset:
        """
        The data set in lines.
        """
        places: dict[str, list[int]] = {name: [] for name in LISTS}
        first = True
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            path = f"line {number} $"
            try:
                entry = _parsed(line, path)
            except DatasetError as error:
                if first:
                    raise
                self.problems += error.problems
                continue
            if first:
                self.take_head(entry, path, allowed=())
                first = False
            elif not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _LIST_OF:
                expected = f"an object with one key of {', '.join(_LIST_OF)}"
                self.problems += refused(expected, entry, path).problems
            else:
                ((singular, record),) = entry.items()
                places[_LIST_OF[singular]].append(number)
                self.take(_LIST_OF[singular], record, f"{path}.{singular}")
        if first:
            raise DatasetError([Problem("line 1 $", "expected a head, got no line")])

        def line_of(match: re.Match[str]) -> str:
            return f"line {places[match[1]][int(match[2])]} $.{LISTS[match[1]][1]}"

        return self.finish(lambda text: re.sub(rf"\$\.({'|'.join(LISTS)})\[(\d+)\]", line_of, text))

    def take_head(self, document: Any, path: str, allowed: Iterable[str]) -> None:
        """
        Take what a document says of itself.
        """
        if not isinstance(document, dict):
            raise DatasetError(refused("an object", document, path).problems)
        found = document.get("format")
        if found != FORMAT:
            if isinstance(found, str) and re.fullmatch(r"twincities/[0-9]{1,9}", found):
                raise FormatVersionError(found, FORMAT)
            expected = f'"format": "{FORMAT}"'
            got = refused(expected, found, f"{path}.format") if "format" in document else None
            raise DatasetError(
                got.problems if got else [Problem(path, f"expected {expected}, got a document without it")]
            )
        known = ["format", *HEAD, *allowed]
        self.problems += [
            Problem(path + step(key), unknown_key(str(key), known, "")) for key in document if key not in known
        ]
        for name, kind in HEAD_TYPES.items():
            if name in document:
                self._take_field(name, kind, document[name], path)

    def _take_field(self, name: str, kind: Any, value: Any, path: str) -> None:
        try:
            taken = structure(value, kind)
        except RefusedError as error:
            below = [Problem(f"{path}.{name}{p.path[1:]}", p.message) for p in error.problems]
        else:
            self.head[name] = taken
            below = [Problem(path + p.path[1:], p.message) for p in HEAD_RULES.broken_by({name: taken})]
        self.problems += below

    def take(self, name: str, entry: Any, path: str) -> None:
        """
        Take a record into a list.
        """
        kind = LISTS[name][0]
        try:
            self.lists[name].append(structure(entry, kind))
        except RefusedError as error:
            self.problems += [Problem(path + p.path[1:], p.message) for p in error.problems]
            self.lists[name].append(None)
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                self.broken[name].add(entry["id"])

    def finish(self, placed: Any = lambda text: text) -> Dataset:
        """
        The data set, or all that is wrong.
        """
        try:
            shared = shared_areas(self.head["vocabulary"])
        except ValueError as error:
            self.problems.append(Problem("$.vocabulary", str(error)))
            shared = {}
        between = {**self.lists, "complete_for": self.head.get("complete_for", ()), "shared_areas": shared}
        if not self.problems and fits(**between):
            return Dataset.of_checked(self.lists, self.head)
        found = problems_between(
            **between,
            also_cities=self.broken["cities"],
            also_areas=self.broken["areas"],
            also_sources=self.broken["sources"],
        )
        self.problems += [Problem(placed(path), placed(message)) for path, message in found]
        raise DatasetError(self.problems)


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
    parts = [_compact(_head(dataset)).encode()[:-1]]
    for name, records in _records(dataset).items():
        if records:
            quick = encode(LISTS[name][0], records)
            parts.append(f'"{name}":'.encode() + (quick or _compact([*map(unstructure, records)]).encode()))
    return b",".join(parts) + b"}"


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
