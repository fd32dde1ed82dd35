"""
Read data sets from files of any format, by the endings of their names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ._files import MAX_BYTES
from ._progress import working
from .dataset.dataset import Dataset
from .errors import DatasetError, QueryError, shown
from .interop.endings import FORMATS, Format, Report, format_of
from .model.arguments import as_function

__all__ = ["FORMATS", "READERS", "Format", "format_of", "read"]


def read(
    path: str | os.PathLike[str],
    *,
    city: str | None = None,
    report: Report | None = None,
    max_bytes: int = MAX_BYTES,
) -> Dataset:
    """
    Read a data set from a file of any readable format, by the ending of its name.

    `.json` and `.jsonl` are documents, or what Wikidata gave (entities, or answers to the queries of
    `twincities.sources.wikidata`); `.csv`, `.tsv` and `.xlsx` tables of partners; `.ttl`, `.nt` and `.jsonld` linked data;
    `.graphml` and `.gexf` graphs; `.sqlite`, `.sqlite3` and `.db` databases. All but workbooks and databases may end in
    `.gz` too. `.parquet` is a folder.

    Args:
        path: The file, or the folder of Parquet files.
        city: For a table without a column of cities: the name of the city whose partners it lists.
        report: Called with a sentence about columns of a table that weren't read; a `DatasetWarning` unless given.
        max_bytes: The most bytes that the file may have, unpacked; 1 GiB unless given.

    Raises:
        DatasetError: The file isn't valid; `.problems` has every problem.
        QueryError: The name has an ending that can't be read, *city* is given for a file that isn't a table, or *report*
            isn't a function.
        MissingDependencyError: The format needs a package that isn't installed.
        OSError: The file can't be read.
    """
    as_function(report, "report=")
    format = format_of(path)
    reader = READERS.get(format.ending)
    if reader is None:
        raise QueryError(f"a data set can't be read from {format.ending}: see {format.page} in the documentation")
    if city is not None and reader is not _read_table:
        raise QueryError(f"expected a city only for a table, got {shown(city)} for {format.ending}")
    with working(f"reading {Path(path).name}"):
        return reader(Path(path), city, report, max_bytes)


# -- the readers, each imported on first use -------------------------------------------------------


def _read_document(path: Path, _city: str | None, report: Report | None, max_bytes: int) -> Dataset:
    from .document.reading import read

    try:
        return read(path, max_bytes=max_bytes)
    except DatasetError as error:
        if not error.problems[0].message.startswith('expected "format"'):
            raise
        from .sources.wikidata.reading import read_saved

        dataset = read_saved(path, report=report, max_bytes=max_bytes)
        if dataset is None:
            raise
        return dataset


def _read_table(path: Path, city: str | None, report: Report | None, max_bytes: int) -> Dataset:
    from .sources.table import read_table

    return read_table(path, city=city, max_bytes=max_bytes).checked(report=report)


def _read_rdf(path: Path, _city: str | None, _report: Report | None, max_bytes: int) -> Dataset:
    from .interop.rdf.reading import from_rdf

    return from_rdf(path, max_bytes=max_bytes)


def _read_parquet(path: Path, _city: str | None, _report: Report | None, max_bytes: int) -> Dataset:
    from .interop.parquet.reading import read_parquet

    return read_parquet(path, max_bytes=max_bytes)


def _read_graph(path: Path, _city: str | None, _report: Report | None, max_bytes: int) -> Dataset:
    from .interop.graph.reading import read_graph

    return read_graph(path, max_bytes=max_bytes)


def _read_sqlite(path: Path, _city: str | None, _report: Report | None, max_bytes: int) -> Dataset:
    from .interop.sqlite.reading import read_sqlite

    return read_sqlite(path, max_bytes=max_bytes)


READERS: Mapping[str, Callable[[Path, str | None, Report | None, int], Dataset]] = {
    ".json": _read_document,
    ".jsonl": _read_document,
    ".csv": _read_table,
    ".tsv": _read_table,
    ".xlsx": _read_table,
    ".ttl": _read_rdf,
    ".nt": _read_rdf,
    ".jsonld": _read_rdf,
    ".graphml": _read_graph,
    ".gexf": _read_graph,
    ".parquet": _read_parquet,
    ".sqlite": _read_sqlite,
}
"""The reader of each ending that can be read; `.geojson` can't."""
