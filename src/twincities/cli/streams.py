"""
Read and write files in any format; standard input and output go through a temporary file.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .._files import naming, with_ending
from .._progress import is_terminal
from ..dataset.dataset import Dataset
from ..dataset.selection import Selection
from ..errors import QueryError, shown
from ..formats import read
from ..interop.endings import format_of, write
from ..query.ties import Tie
from .output import say, write_bytes

_FOR_EYES = {".json", ".jsonl", ".csv", ".tsv", ".geojson", ".ttl", ".nt", ".jsonld", ".graphml", ".gexf", ".ics"}
_TABLES = (".csv", ".tsv", ".xlsx", ".txt")  # spreadsheets save "Unicode text" as .txt


def is_table(path: str | os.PathLike[str]) -> bool:
    """
    True if `read_table` reads files of this name.
    """
    return os.fspath(path).lower().removesuffix(".gz").endswith(_TABLES)


def read_any(path: Path, table: Mapping[str, Any] | None = None) -> Dataset:
    """
    Read a data set from a file in any format; *table* has the arguments of `read_table`.

    Raises:
        QueryError: The file isn't a table, but *table* has arguments.
    """
    if is_table(path):
        from ..sources.table import read_table

        return read_table(path, **(table or {})).checked(report=say)
    for name in (table or {}).keys() - {"lang"}:  # which is also that of messages
        raise QueryError(f"expected {name}= with a table only, got it for {shown(path.name)}")
    return read(path, report=say)


def read_file(given: str, *, ending: str | None = None, table: Mapping[str, Any] | None = None) -> Dataset:
    """
    Read a data set from a file, or from standard input in the format *ending* (default: JSON or JSON Lines).
    """
    if given != "-":
        _alone(ending, "--from")
    with input_file(given, ending) as path, naming("standard input" if given == "-" else given):
        return read_any(path, table)


@contextmanager
def input_file(given: str, ending: str | None = None) -> Iterator[Path]:
    """
    The path of a file, or for `-` of a temporary one with what comes on standard input.
    """
    if given != "-":
        yield Path(given)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"stdin{_dotted(ending or '.json')}"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield path.rename(path.with_suffix(".jsonl")) if ending is None and _is_lines(path) else path


def _is_lines(path: Path) -> bool:
    """
    True for JSON Lines: the first line is a whole object, and more lines follow.
    """
    with path.open("rb") as file:
        first, more = file.readline(), file.readline()
    try:
        return isinstance(json.loads(first), dict) and bool(more)
    except ValueError:
        return False


def write_file(dataset: Dataset, out: str, *, ending: str | None = None, lang: str = "en") -> None:
    """
    Write a data set to a file, or to standard output in the format *ending* (default: JSON).
    """
    through_file(out, ending, ".json", lambda path: write(dataset, path, lang=lang, report=say))


def write_rows(
    ties: Selection[Tie], path: str | Path, *, delimiter: str | None, title: str | None = None, **options: Any
) -> None:
    """
    Write the rows of ties to a .csv, .tsv or .xlsx file.
    """
    path = with_ending(path, ".csv", ".tsv", ".xlsx")
    ending = path.suffix.lower()
    if ending == ".xlsx":
        ties.to_excel(path, title=title, **options)
    else:
        ties.to_csv(path, delimiter="\t" if ending == ".tsv" else delimiter, **options)


def check_out(out: str, ending: str | None) -> None:
    """
    Check that a data set can be written, before it is made.

    Raises:
        QueryError: The file name, or *ending*, is of no known format.
        FileNotFoundError: The folder doesn't exist.
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
    Let *write* write the file *out*, or a temporary one that is copied to standard output.
    """
    if out != "-":
        _alone(ending, "--to")
        write(Path(out))
        return
    if _dotted(ending or default) not in _FOR_EYES and is_terminal(sys.stdout):
        raise QueryError(f"expected a file or a pipe: {_dotted(ending or default)} can't be shown in a terminal")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"stdout{_dotted(ending or default)}"
        write(path)
        # The byte order mark of files of rows is for spreadsheets; in a pipe it would join the first heading.
        write_bytes(path.read_bytes().removeprefix(BOM_UTF8))


def _dotted(ending: str) -> str:
    dotted = f".{ending.lstrip('.')}"
    if dotted == ".parquet":
        raise QueryError("expected a folder, not -: .parquet is several files")
    if os.sep in dotted:
        raise QueryError(f"expected an ending such as json, got {shown(ending)}")
    return dotted


def _alone(ending: str | None, option: str) -> None:
    if ending is not None:
        raise QueryError(f"expected {option} only with -: the format of a file is its ending")
