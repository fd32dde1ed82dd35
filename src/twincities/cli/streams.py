"""
Files of any format, in and out; standard input and output go by way of a file, so that each format has one way.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .._files import naming
from ..dataset.dataset import Dataset
from ..errors import QueryError, shown
from ..formats import read
from ..interop.endings import format_of, write
from .output import say, saying, write_bytes

__all__ = ["as_file", "check_out", "is_table", "read_any", "read_file", "through_file", "write_file"]


_FOR_EYES = {".json", ".jsonl", ".csv", ".tsv", ".geojson", ".ttl", ".nt", ".jsonld", ".graphml", ".gexf", ".ics"}
_TABLES = (".csv", ".tsv", ".xlsx", ".txt")  # spreadsheets save "Unicode text" as .txt


def is_table(path: str | os.PathLike[str]) -> bool:
    """
    True for the name of a file that `read_table` reads.
    """
    return os.fspath(path).lower().removesuffix(".gz").endswith(_TABLES)


def read_any(
    path: str | os.PathLike[str], table: Mapping[str, Any] | None = None, report: Callable[[str], object] | None = None
) -> Dataset:
    """
    The data set in a file of any format; *table* has the arguments of `read_table`.

    Raises:
        QueryError: Such arguments are given for a file that isn't a table.
    """
    if is_table(path):
        from ..sources.table import read_table

        return read_table(path, **(table or {}), report=report).checked(report=report)
    for name in (table or {}).keys() - {"lang"}:  # which is also that of messages
        raise QueryError(f"expected {name}= with a table only, got it for {shown(Path(path).name)}")
    return read(path, report=report)


def read_file(given: str, *, ending: str | None = None, table: Mapping[str, Any] | None = None) -> Dataset:
    """
    The data set in a file, or on standard input; *ending* is the format there, JSON or JSON Lines unless given.
    """
    if given != "-":
        _alone(ending, "--from")
        with saying(f"reading {given}"):
            return read_any(given, table, say)
    with TemporaryDirectory() as folder:
        path = as_file(folder, ending)
        with naming("standard input"):
            return read_any(path, table, say)


def as_file(folder: str, ending: str | None = None) -> Path:
    """
    Standard input as a file in *folder*.
    """
    path = Path(folder) / f"stdin{_dotted(ending or '.json')}"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path.rename(path.with_suffix(".jsonl")) if ending is None and _is_lines(path) else path


def _is_lines(path: Path) -> bool:
    """
    True for JSON Lines: what follows a whole value on the first line can't be JSON.
    """
    with path.open("rb") as file:
        first, more = file.readline(), file.readline()
    try:
        return isinstance(json.loads(first), dict) and bool(more)
    except ValueError:
        return False


def write_file(dataset: Dataset, out: str, *, ending: str | None = None, lang: str = "en") -> None:
    """
    Write a data set to a file, or to standard output; *ending* is the format there, JSON unless given.
    """
    with saying(f"writing {out}"):
        through_file(out, ending, ".json", lambda path: write(dataset, path, lang=lang, report=say))


def check_out(out: str, ending: str | None) -> None:
    """
    See that a data set can be written to a file, before much is done to have one.

    Raises:
        QueryError: The file's name, or *ending*, is of no format.
        FileNotFoundError: There is no such folder.
    """
    if out == "-":
        format_of(f"stdout{_dotted(ending or '.json')}")
        return
    _alone(ending, "--to")
    format_of(out)
    folder = Path(out).resolve().parent
    if not folder.is_dir():
        raise FileNotFoundError(ENOENT, "No such folder", str(folder))


def through_file(out: str, ending: str | None, default: str, write: Callable[[Path], object]) -> None:
    """
    Let *write* write a file, or one that then goes to standard output.
    """
    if out != "-":
        _alone(ending, "--to")
        write(Path(out))
        return
    if _dotted(ending or default) not in _FOR_EYES and getattr(sys.stdout, "isatty", bool)():
        raise QueryError(f"expected --out FILE: {_dotted(ending or default)} is nothing for a terminal")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"stdout{_dotted(ending or default)}"
        write(path)
        # The mark that files of rows begin with is for spreadsheets; in a pipe it would be part of the first heading.
        write_bytes(path.read_bytes().removeprefix(BOM_UTF8))


def _dotted(ending: str) -> str:
    dotted = f".{ending.lstrip('.')}"
    if dotted == ".parquet":
        raise QueryError("expected a folder for .parquet: it is several files")
    if os.sep in dotted:
        raise QueryError(f"expected an ending such as json, got {shown(ending)}")
    return dotted


def _alone(ending: str | None, option: str) -> None:
    if ending is not None:
        raise QueryError(f"expected {option} with - alone: a file's format is its ending")
