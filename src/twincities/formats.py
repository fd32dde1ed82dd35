"""
Which door a file belongs to: one table of endings, with what reads it, what writes it, and what such a file can't hold.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from .dataset import Dataset
from .errors import DatasetError, Problem, QueryError, shown
from .files import naming, read_bytes
from .optional import require

__all__ = ["FORMATS", "Format", "format_of", "read", "write"]

Report = Callable[[str], object]


class Format(NamedTuple):
    """
    A kind of file.
    """

    ending: str
    read: Callable[[Path, str | None, Report], Dataset] | None
    """Reads a file; what it leaves out is reported. The text is the city whose partners a table lists."""
    write: Callable[[Dataset, Path, str], None]
    """Writes a file with labels in a language."""
    page: str
    """The page of the documentation."""
    loses: str = ""
    """What a file of it can't hold; empty where the very same data set comes back."""
    packed: bool = True
    """Whether `.gz` may stand behind."""


def format_of(path: str | os.PathLike[str]) -> Format:
    """
    The format of a file by the ending of its name. A name that ends in `.parquet` is that of a folder.

    >>> format_of("kuopio.jsonl.gz").ending
    '.jsonl'

    Raises:
        QueryError: The name has another ending.
    """
    name = Path(path).name
    plain = name.lower().removesuffix(".gz")
    for format in FORMATS:
        if plain.endswith(format.ending) and (format.packed or plain == name.lower()):
            return format
    endings = ", ".join(format.ending for format in FORMATS)
    raise QueryError(f"expected a file name that ends in one of {endings}, got {shown(name)}")


def _quietly(_: str) -> None:
    """
    The report of those who don't want one.
    """


def read(path: str | os.PathLike[str], *, city: str | None = None, report: Report = _quietly) -> Dataset:
    """
    The data set in a file of any format that can be read.

    Args:
        path: The file, or the folder of Parquet files.
        city: For a table without a column of cities: the name of the city whose partners it lists.
        report: Is called with a sentence about what wasn't read.

    Raises:
        DatasetError: The file isn't right; `.problems` has everything that is wrong.
        QueryError: The name has an ending that can't be read, or *city* is given for what isn't a table.
        MissingDependencyError: The format needs a package that isn't installed.
        OSError: The file can't be read.
    """
    format = format_of(path)
    if format.read is None:
        raise QueryError(f"a data set can't be read from {format.ending}: see {format.page}")
    if city is not None and format.read is not _read_table:
        raise QueryError(f"expected a city for a table alone, got {shown(city)} for {format.ending}")
    return format.read(Path(path), city, report)


def write(dataset: Dataset, path: str | os.PathLike[str], *, lang: str = "en", report: Report = _quietly) -> None:
    """
    Write a data set to a file of any format; the file is replaced whole.

    Args:
        dataset: The data set.
        path: The file, or the folder of Parquet files.
        lang: The language of labels, where the format has labels.
        report: Is called with a sentence about what the file can't hold.

    Raises:
        QueryError: The name has another ending.
        MissingDependencyError: The format needs a package that isn't installed.
        OSError: The file can't be written.
    """
    format = format_of(path)
    format.write(dataset, Path(path), lang)
    if format.loses:
        report(f"{format.ending} doesn't hold {format.loses}: see {format.page}")


# -- readers and writers that aren't methods already -----------------------------------------------


def _read_document(path: Path, _city: str | None, _report: Report) -> Dataset:
    from .serial import read

    return read(path)


def _read_table(path: Path, city: str | None, report: Report) -> Dataset:
    from .sources.table import read_table

    return read_table(path, city=city).checked(report=report)


def _read_rdf(path: Path, _city: str | None, _report: Report) -> Dataset:
    from .interop.rdf import from_rdf

    return from_rdf(path)


def _read_parquet(path: Path, _city: str | None, _report: Report) -> Dataset:
    from .interop.parquet import read_parquet

    return read_parquet(path)


def _read_graph(path: Path, _city: str | None, _report: Report) -> Dataset:
    from .interop.graph import from_networkx

    nx = require("networkx", extra="graph")
    kind, parse = ("GEXF", nx.read_gexf) if format_of(path).ending == ".gexf" else ("GraphML", nx.read_graphml)
    try:
        graph: Any = parse(io.BytesIO(read_bytes(path)))
    except (DatasetError, OSError):
        raise
    except Exception as error:  # networkx and its parsers raise whatever goes wrong inside them
        reason = shown(str(error) or type(error).__name__, 200)[1:-1]
        raise DatasetError([Problem("$", f"expected {kind}: {reason}")], os.fspath(path)) from error
    with naming(path):
        return from_networkx(graph)


def _write_graphml(dataset: Dataset, path: Path, lang: str) -> None:
    from .interop.graph import write_graphml

    write_graphml(dataset, path, lang=lang)


def _write_gexf(dataset: Dataset, path: Path, lang: str) -> None:
    from .interop.graph import write_gexf

    write_gexf(dataset, path, lang=lang)


def _write_geojson(dataset: Dataset, path: Path, lang: str) -> None:
    dataset.to_geojson(path, lang=lang)


def _write_excel(dataset: Dataset, path: Path, lang: str) -> None:
    dataset.to_excel(path, lang=lang)


def _write_document(dataset: Dataset, path: Path, _lang: str) -> None:
    dataset.write(path)


def _write_rdf(dataset: Dataset, path: Path, _lang: str) -> None:
    dataset.write_rdf(path)


def _write_parquet(dataset: Dataset, path: Path, _lang: str) -> None:
    dataset.write_parquet(path)


def _write_csv(dataset: Dataset, path: Path, lang: str) -> None:
    dataset.to_csv(path, lang=lang, delimiter="\t" if format_of(path).ending == ".tsv" else ",")


_ROWS_PAGE = "docs/interop/rows.md#what-rows-cant-hold"
_ROWS = "cities without ties, networks, single activities, agreements and more"
_RDF_PAGE = "docs/interop/rdf.md#what-rdf-cant-hold"
_RDF = "the order of languages and of keys in extra"
_FRAMES_PAGE = "docs/interop/frames.md#what-frames-cant-hold"
_FRAMES = "links, contacts, extra, texts in other languages and more"
_GEOJSON_PAGE = "docs/interop/geojson.md#what-geojson-cant-hold"
_GEOJSON = "networks, single activities, agreements, sources, texts in other languages and more"

FORMATS = (
    Format(".json", _read_document, _write_document, "docs/document.md"),
    Format(".jsonl", _read_document, _write_document, "docs/document.md#json-lines"),
    Format(".csv", _read_table, _write_csv, _ROWS_PAGE, _ROWS),
    Format(".tsv", _read_table, _write_csv, _ROWS_PAGE, _ROWS),
    Format(".xlsx", _read_table, _write_excel, _FRAMES_PAGE, _FRAMES, packed=False),
    Format(".geojson", None, _write_geojson, _GEOJSON_PAGE, _GEOJSON),
    Format(".ttl", _read_rdf, _write_rdf, _RDF_PAGE, _RDF),
    Format(".nt", _read_rdf, _write_rdf, _RDF_PAGE, _RDF),
    Format(".jsonld", _read_rdf, _write_rdf, _RDF_PAGE, _RDF),
    Format(".graphml", _read_graph, _write_graphml, "docs/interop/graph.md"),
    Format(".gexf", _read_graph, _write_gexf, "docs/interop/graph.md"),
    Format(".parquet", _read_parquet, _write_parquet, "docs/interop/parquet.md", packed=False),
)
"""All formats; each ending belongs to one."""
