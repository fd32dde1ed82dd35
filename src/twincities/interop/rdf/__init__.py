"""
Linked data: a data set as RDF and back, in Turtle, N-Triples and JSON-LD.

Terms are those that others use (SKOS, schema.org, Dublin Core, PROV, WGS84, Wikidata's P190); `interop.rdf_terms` has
them in one table, field by field. Needs the extra `rdf`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ...dataset import Dataset
from ...errors import QueryError
from ...files import MAX_BYTES, naming, read_bytes, write_atomically
from .formats import context, format_of, graph_in, serialized
from .reading import dataset_of
from .writing import graph_of

if TYPE_CHECKING:
    import rdflib

__all__ = ["context", "from_rdf", "to_rdf", "write_rdf"]


def to_rdf(dataset: Dataset, *, base: str | None = None) -> rdflib.Graph:
    """
    The data set as an `rdflib.Graph` without blank nodes.

    Args:
        dataset: The data set.
        base: What the IRIs of its records begin with, ending in `/`, `#` or `:`; unless told,
            `urn:twincities:dataset:<id>:`, or `urn:twincities:unnamed:` for a data set without an id.

    Raises:
        QueryError: *base* can't begin an IRI.
        MissingDependencyError: rdflib isn't installed.
    """
    graph: rdflib.Graph = graph_of(dataset, base)
    return graph


def write_rdf(dataset: Dataset, path: str | os.PathLike[str], *, base: str | None = None) -> None:
    """
    Write the data set as RDF: `.ttl` (Turtle), `.nt` (sorted N-Triples) or `.jsonld`, each also with `.gz` behind.

    Equal data sets give equal files; the file is replaced whole.

    Raises:
        QueryError: The file's name has another ending; or as `to_rdf`.
        MissingDependencyError: rdflib isn't installed.
        OSError: The file can't be written.
    """
    format = format_of(path)
    write_atomically(path, [serialized(to_rdf(dataset, base=base), format)])


def from_rdf(
    source: rdflib.Graph | bytes | str | os.PathLike[str], *, format: str | None = None, max_bytes: int = MAX_BYTES
) -> Dataset:
    """
    The data set in RDF.

    Args:
        source: An `rdflib.Graph`, the path of a file, or the bytes of one.
        format: `turtle`, `nt` or `json-ld`; for a path, unless told, what its ending says.
        max_bytes: How many bytes a file may hold, unpacked; 1 GiB unless told.

    Raises:
        DatasetError: The bytes aren't of the format, or the triples don't make a data set; `.problems` has everything
            that is wrong.
        QueryError: The format isn't said, or isn't one of these.
        MissingDependencyError: rdflib isn't installed.
        OSError: The file can't be read.
    """
    if isinstance(source, (str, os.PathLike)):
        with naming(source):
            return dataset_of(graph_in(read_bytes(source, max_bytes), format or format_of(source)))
    if isinstance(source, bytes):
        if format is None:
            raise QueryError("expected format= with bytes: turtle, nt or json-ld")
        return dataset_of(graph_in(source, format))
    return dataset_of(source)
