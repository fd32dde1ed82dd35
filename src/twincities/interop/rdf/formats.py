"""
Write and read graphs as Turtle, N-Triples and JSON-LD: equal graphs give equal bytes, and nothing is fetched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ..._data import read_data
from ..._files import as_path
from ..._optional import require
from ...document.text import parsed
from ...errors import DatasetError, Problem, QueryError, shown
from .._foreign import parsing
from .names import PREFIXES, expanded
from .turtle import turtle

__all__ = ["ENDINGS", "context", "graph_in", "serialized", "syntax_of"]

ENDINGS: Mapping[str, str] = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld"}
"""The format of a file by the ending of its name, without `.gz`."""


def syntax_of(path: str | os.PathLike[str]) -> str:
    """
    The format of a file by the ending of its name.

    Raises:
        QueryError: The name has another ending.
    """
    name = as_path(path).name.lower().removesuffix(".gz")
    for ending, format in ENDINGS.items():
        if name.endswith(ending):
            return format
    raise QueryError(f"expected a file name that ends in .ttl, .nt or .jsonld (or these with .gz), got {shown(name)}")


@cache
def context() -> dict[str, Any]:
    """
    The JSON-LD context that ships with the library.
    """
    shipped: dict[str, Any] = json.loads(read_data("context.jsonld"))["@context"]
    return shipped


# -- writing ---------------------------------------------------------------------------------------


def serialized(graph: Any, format: str) -> bytes:
    """
    Serialize a graph; equal graphs without blank nodes give equal bytes.
    """
    if format == "json-ld":
        return _json_ld(graph)
    if format == "turtle":
        return "".join(turtle(graph)).encode()
    text: str = graph.serialize(format=format)
    return "".join(sorted(f"{line}\n" for line in text.split("\n") if line)).encode()


def _json_ld(graph: Any) -> bytes:
    """
    Serialize a graph as JSON-LD, flat and sorted, in the terms of the shipped context.

    rdflib's own writer orders nodes and values as a set does, differently each time.
    """
    terms = {expanded(term["@id"]): (name, term.get("@type")) for name, term in context().items() if type(term) is dict}
    nodes = []
    for subject in sorted(set(graph.subjects())):
        node: dict[str, Any] = {"@id": str(subject)}
        for predicate, object in sorted(graph.predicate_objects(subject), key=_by_text):
            if str(predicate) == expanded("rdf:type"):
                node.setdefault("@type", []).append(_compact(object))
            else:
                name, coerced = terms[str(predicate)]
                node.setdefault(name, []).append(_value(object, coerced))
        nodes.append(
            {key: value[0] if type(value) is list and len(value) == 1 else value for key, value in node.items()}
        )
    return (json.dumps({"@context": context(), "@graph": nodes}, ensure_ascii=False, indent=1) + "\n").encode()


def _by_text(pair: tuple[Any, Any]) -> tuple[str, ...]:
    predicate, object = pair
    return str(predicate), str(object), str(getattr(object, "language", "")), str(getattr(object, "datatype", ""))


def _compact(iri: str) -> str:
    prefix = next(prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"


def _value(node: Any, coerced: str | None) -> Any:
    """
    A node as JSON-LD, given the type that the context coerces its values to.
    """
    language, datatype = getattr(node, "language", None), getattr(node, "datatype", None)
    if not hasattr(node, "datatype"):
        return str(node) if coerced == "@id" else {"@id": str(node)}
    if language:
        return {"@value": str(node), "@language": language}
    if datatype is None:
        return {"@value": str(node)} if coerced else str(node)
    name = _compact(datatype)
    return str(node) if name == coerced else {"@value": str(node), "@type": name}


# -- reading ---------------------------------------------------------------------------------------


def graph_in(data: bytes, format: str) -> Any:
    """
    Parse the bytes of a file.

    Raises:
        QueryError: *format* isn't one of `ENDINGS`.
        DatasetError: The bytes aren't of that format, or JSON-LD refers to a context elsewhere.
    """
    if format not in ENDINGS.values():
        raise QueryError(f"expected the format turtle, nt or json-ld, got {shown(format)}")
    graph = require("rdflib", extra="rdf").Graph(bind_namespaces="none")
    data = data.removeprefix(b"\xef\xbb\xbf")
    with parsing(format):
        if format == "json-ld":
            _read_json_ld(parsed(data), graph)
        else:
            data.decode()  # rdflib names offsets from the middle of a file
            graph.parse(data=data, format=format)
    return graph


def _read_json_ld(document: Any, graph: Any) -> None:
    if not isinstance(document, (dict, list)):
        raise DatasetError([Problem("$", f"expected json-ld, an object or a list, got {shown(document)}")])
    for found in _external_contexts(document):
        message = f"expected a context in the document itself, got {shown(found)}: nothing is fetched"
        raise DatasetError([Problem("$", message)])
    # `Graph.parse` would make a kind of graph that rdflib itself warns about.
    require("rdflib.plugins.parsers.jsonld", extra="rdf").to_rdf(document, graph, base="")


def _external_contexts(value: Any) -> Iterator[Any]:
    """
    Everything in a JSON-LD document that a parser would fetch, at any depth.
    """
    if isinstance(value, dict):
        contexts = value.get("@context")
        yield from (one for one in (contexts if isinstance(contexts, list) else [contexts]) if isinstance(one, str))
        yield from [value["@import"]] if "@import" in value else []
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _external_contexts(inner)
