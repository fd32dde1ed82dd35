"""
Data sets provided by other packages: found, described without being read, and read.

A package provides one with an entry point in the group `twincities.datasets`. Its value names a function without
arguments that returns a `Dataset` (`pkg:function`), a path to a document or a folder of documents (`pkg:PATH`), or a
package with documents next to its code (`pkg`, `pkg.data`). Documents of one folder are merged in the order of their names.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from functools import reduce
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from .._files import read_start
from ..dataset.dataset import Dataset
from ..errors import DatasetError, InvalidDateError, one_problem, shown
from ..model.cards import HasCard
from ..model.edtf import EdtfDate
from ..model.lists import LISTS

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, PackageMetadata

__all__ = ["GROUP", "DatasetInfo", "described", "found_plugins", "info_of", "loaded", "only"]

GROUP = "twincities.datasets"
_ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
_HEAD_BYTES = 64 * 1024  # a head is in the first lines of a document


@attrs.frozen(kw_only=True)
class DatasetInfo(HasCard):
    """
    Facts about a data set before it is read.
    """

    name: str
    """The name for `load`."""
    title: str | None = None
    version: str | None = None
    as_of: EdtfDate | None = None
    licence: str | None = None
    origin: str | None = None
    """The package that provides it, with its version."""
    problem: str | None = None
    """The reason why it can't be loaded, as far as is known without reading it."""

    def __repr__(self) -> str:
        return f"<DatasetInfo {self}>"

    def __str__(self) -> str:
        as_of = self.as_of and f"as of {self.as_of}"
        known = (self.title, self.version, as_of, self.licence, self.origin, self.problem)
        return f"{self.name}: {', '.join(str(part) for part in known if part)}"


def found_plugins() -> Mapping[str, tuple[EntryPoint, ...]]:
    from importlib.metadata import entry_points  # 15 ms that the bundled data set doesn't pay

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=GROUP):
        found[point.name] = (*found.get(point.name, ()), point)
    return found


def only(points: Iterable[EntryPoint]) -> EntryPoint:
    """
    The one entry point of a name; an error names the packages if there are several.
    """
    first, *others = points
    if others:
        packages = " and ".join(sorted(point.dist.name if point.dist else point.value for point in (first, *others)))
        raise one_problem("$", f"expected one package with a data set {shown(first.name)}, got {packages}")
    return first


# -- described, without being read -----------------------------------------------------------------


def info_of(name: str, points: Iterable[EntryPoint]) -> DatasetInfo:
    """
    Describe the data set of an entry point by the head of a document next to the code, else by the package's metadata.
    No code of the package runs.
    """
    try:
        point = only(points)
        head = _head_beside(point)
    except (DatasetError, ImportError, OSError, ValueError) as error:
        return DatasetInfo(name=name, problem=str(error))
    package: Mapping[str, Any] = {}
    if point.dist is not None:
        metadata = point.dist.metadata
        package = {
            "title": _said(metadata, "Summary"),
            "version": point.dist.version,
            "licence": _said(metadata, "License-Expression"),
            "origin": f"{point.dist.name} {point.dist.version}",
        }
    return described(name, {**package, **head}, package.get("origin"))


def _said(metadata: PackageMetadata, key: str) -> str | None:
    return metadata[key] if key in metadata else None  # Python 3.12 warns about a missing key


def described(name: str, head: Mapping[str, Any], origin: str | None) -> DatasetInfo:
    """
    The description in a head; missing facts are unknown.
    """
    try:
        as_of = None if head.get("as_of") is None else EdtfDate(head["as_of"])
    except (InvalidDateError, TypeError) as error:
        return DatasetInfo(name=name, origin=origin, problem=f"$.as_of: {error}")
    texts = {key: head[key] for key in ("title", "version", "licence") if isinstance(head.get(key), str)}
    return DatasetInfo(name=name, as_of=as_of, origin=origin, **texts)


def _head_beside(point: EntryPoint) -> Mapping[str, Any]:
    """
    The head of the only document next to a package's code; empty for a function, a path or several documents.
    """
    if ":" in point.value:
        return {}
    paths = [path for folder in _folders(point.value) for path in _documents(folder)]
    return head_in(read_start(paths[0], _HEAD_BYTES)) if len(paths) == 1 else {}


def _folders(package: str) -> list[Path]:
    """
    The folders of a package, found without importing it or its parents.
    """
    first, *inner = package.split(".")
    spec = find_spec(first)
    above = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    found = [folder.joinpath(*inner) for folder in above]
    # In a zip nothing is a folder: its documents are found when they are read.
    if spec is None or (any(map(Path.is_dir, above)) and not any(map(Path.is_dir, found))):
        raise ImportError(f"expected a package {package}, got none")
    return found


def head_in(text: str) -> dict[str, Any]:
    """
    The members of a JSON object, or of the first of JSON Lines, up to the first list of records or the end of *text*.
    """
    decoder = json.JSONDecoder()
    head: dict[str, Any] = {}
    place = 0
    while start := _BEFORE_KEY.match(text, place):
        try:
            key, place = decoder.raw_decode(text, start.end())
            colon = _COLON.match(text, place)
            if key in LISTS or colon is None:
                break
            head[key], place = decoder.raw_decode(text, colon.end())
        except (ValueError, RecursionError):
            break  # the end of what was read, or no JSON: reading all of it reports what is wrong
    return head


# White space as JSON has it (RFC 8259, 2); a key follows where a quotation mark stands.
_BEFORE_KEY = re.compile(r'[ \t\r\n]*[{,][ \t\r\n]*(?=")')
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith(_ENDINGS)) if folder.is_dir() else []


# -- read ------------------------------------------------------------------------------------------


def loaded(point: EntryPoint) -> Dataset:
    """
    The data set of an entry point.
    """
    named = point.load()
    if isinstance(named, (str, os.PathLike)):
        return _united(point, Path(named))
    if isinstance(named, ModuleType):
        from importlib_resources import as_file, files

        with as_file(files(named)) as folder:
            return _united(point, folder)
    dataset = named()
    if not isinstance(dataset, Dataset):
        raise one_problem("$", f"expected a Dataset from {point.value}, got {shown(dataset)}")
    return dataset


def _united(point: EntryPoint, place: Path) -> Dataset:
    from ..document.reading import read
    from ..reconcile.merging import merge

    paths = _documents(place) if place.is_dir() else [place]
    if not paths:
        raise one_problem("$", f"expected documents at {point.value}, got none")
    return reduce(merge, map(read, paths))
