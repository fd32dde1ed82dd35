"""
File formats by the endings of names: their writers, and what they can't hold.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .._files import as_path
from .._progress import working
from ..errors import QueryError, shown
from ..model.arguments import as_function
from ..model.languages import language
from ..query.whole import Whole, as_whole

Report = Callable[[str], object]


class Format(NamedTuple):
    """
    A file format.
    """

    ending: str
    write: Callable[[Whole, Path, str], None]
    """Writes a data set to a path, with labels in a language."""
    page: str
    """The page of the documentation, below its root."""
    loses: str = ""
    """The information that a file can't hold; empty if reading restores the data set."""
    packed: bool = True
    """True if the name may end in `.gz`."""
    others: tuple[str, ...] = ()
    """Other endings of the same format."""


def format_of(path: str | os.PathLike[str]) -> Format:
    """
    The format of a file by the ending of its name; `.parquet` is the ending of a folder.
    """
    name = as_path(path).name
    plain = name.lower().removesuffix(".gz")
    for format in FORMATS:
        if plain.endswith((format.ending, *format.others)) and (format.packed or plain == name.lower()):
            return format
    endings = ", ".join(format.ending for format in FORMATS)
    raise QueryError(f"expected a file name that ends in one of {endings}, got {shown(name)}")


def write(whole: Whole, path: str | os.PathLike[str], *, lang: str = "en", report: Report | None = None) -> None:
    """
    Write a data set to a file of any format: see `Dataset.write`.
    """
    as_whole(whole)
    format, lang = format_of(path), language(lang)
    as_function(report, "report=")
    with working(f"writing {Path(path).name}"):
        format.write(whole, Path(path), lang)
    if format.loses and report is not None:
        report(f"{format.ending} doesn't hold {format.loses}: see {format.page} in the documentation")


# -- writers, imported when needed -------------------------------------------------------------------


def _write_document(whole: Whole, path: Path, _lang: str) -> None:
    from ..document.writing import write

    write(whole, path)


def _write_csv(whole: Whole, path: Path, lang: str) -> None:
    from .rows import PARTNERSHIP_COLUMNS, partnership_rows, to_csv

    delimiter = "\t" if format_of(path).ending == ".tsv" else ","
    to_csv(partnership_rows(whole, lang=lang), PARTNERSHIP_COLUMNS, path, delimiter=delimiter)


def _write_excel(whole: Whole, path: Path, lang: str) -> None:
    from .frames import dataset_frames, write_excel

    write_excel(dataset_frames(whole, lang=lang), path)


def _write_geojson(whole: Whole, path: Path, lang: str) -> None:
    from .geojson import dataset_features, write_geojson

    write_geojson(dataset_features(whole, lang=lang), path)


def _write_rdf(whole: Whole, path: Path, _lang: str) -> None:
    from .rdf.writing import write_rdf

    write_rdf(whole, path)


def _write_graph(whole: Whole, path: Path, lang: str) -> None:
    from .graph.writing import write_gexf, write_graphml

    (write_gexf if format_of(path).ending == ".gexf" else write_graphml)(whole, path, lang=lang)


def _write_parquet(whole: Whole, path: Path, _lang: str) -> None:
    from .parquet.writing import write_parquet

    write_parquet(whole, path)


def _write_sqlite(whole: Whole, path: Path, lang: str) -> None:
    from .sqlite.writing import write_sqlite

    write_sqlite(whole, path, lang=lang)


_ROWS_PAGE = "interop/rows.html#what-rows-cant-hold"
_ROWS = "cities without ties, networks, single activities, agreements and more"
_RDF_PAGE = "interop/rdf.html#what-rdf-cant-hold"
_RDF = "the order of languages and of keys in extra"
_FRAMES_PAGE = "interop/frames.html#what-frames-cant-hold"
_FRAMES = "links, contacts, extra, texts in other languages and more"
_GEOJSON_PAGE = "interop/geojson.html#what-geojson-cant-hold"
_GEOJSON = "networks, single activities, agreements, sources, texts in other languages and more"

FORMATS = (
    Format(".json", _write_document, "document.html"),
    Format(".jsonl", _write_document, "document.html#json-lines"),
    Format(".csv", _write_csv, _ROWS_PAGE, _ROWS),
    Format(".tsv", _write_csv, _ROWS_PAGE, _ROWS),
    Format(".xlsx", _write_excel, _FRAMES_PAGE, _FRAMES, packed=False),
    Format(".geojson", _write_geojson, _GEOJSON_PAGE, _GEOJSON),
    Format(".ttl", _write_rdf, _RDF_PAGE, _RDF),
    Format(".nt", _write_rdf, _RDF_PAGE, _RDF),
    Format(".jsonld", _write_rdf, _RDF_PAGE, _RDF),
    Format(".graphml", _write_graph, "interop/graph.html"),
    Format(".gexf", _write_graph, "interop/graph.html"),
    Format(".parquet", _write_parquet, "interop/parquet.html", packed=False),
    Format(".sqlite", _write_sqlite, "interop/sqlite.html", packed=False, others=(".sqlite3", ".db")),
)
"""All formats, each with its own ending."""
