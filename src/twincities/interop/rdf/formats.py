"""
Statements as Turtle, N-Triples and JSON-LD, written and read: equal statements give equal bytes, and nothing is fetched.
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
from ...errors import QueryError, one_problem, shown
from .._foreign import parsing
from .names import PREFIXES, expanded
from .triples import Literal, Statements, Value, by_text, state, statements_of, text_of
from .turtle import n_triples, turtle

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


def serialized(statements: Statements, format: str) -> bytes:
    """
    Serialize statements without blank nodes.
    """
    if format == "json-ld":
        return _json_ld(statements)
    return "".join(turtle(statements) if format == "turtle" else n_triples(statements)).encode()


def _json_ld(statements: Statements) -> bytes:
    """
    Serialize statements as JSON-LD, flat and sorted, in the terms of the shipped context.
    """
    terms = {expanded(term["@id"]): (name, term.get("@type")) for name, term in context().items() if type(term) is dict}
    nodes = []
    for subject in sorted(statements):
        node: dict[str, Any] = {"@id": subject}
        for iri, values in sorted(statements[subject].items()):
            ordered = sorted(set(values), key=by_text)
            if iri == expanded("rdf:type"):
                name, found = "@type", [_compact(str(value)) for value in ordered]
            else:
                name, coerced = terms[iri]
                found = [_value(value, coerced) for value in ordered]
            node[name] = found if len(found) > 1 else found[0]
        nodes.append(node)
    return (json.dumps({"@context": context(), "@graph": nodes}, ensure_ascii=False, indent=1) + "\n").encode()


def _compact(iri: str) -> str:
    prefix = next(prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"


def _value(value: Value, coerced: str | None) -> Any:
    """
    A value as JSON-LD, given the type that the context coerces values to.
    """
    if isinstance(value, str):
        return value if coerced == "@id" else {"@id": value}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    if value.datatype is None:
        return {"@value": value.text} if coerced else value.text
    name = _compact(value.datatype)
    return value.text if name == coerced else {"@value": value.text, "@type": name}


# -- reading ---------------------------------------------------------------------------------------


def statements_in(data: bytes, format: str) -> Statements:
    """
    Parse the bytes of a file.

    Raises:
        QueryError: *format* isn't one of `ENDINGS`.
        DatasetError: The bytes aren't of that format, or JSON-LD refers to a context elsewhere.
    """
    if format not in ENDINGS.values():
        raise QueryError(f"expected the format turtle, nt or json-ld, got {shown(format)}")
    data = data.removeprefix(b"\xef\xbb\xbf")
    with parsing(format):
        if format != "json-ld":
            data.decode()  # parsers name offsets from the middle of a file
            if (found := _by_pyoxigraph(data, format)) is not None:
                return found
        graph = require("rdflib", extra="rdf").Graph(bind_namespaces="none")
        if format == "json-ld":
            _read_json_ld(parsed(data), graph)
        else:
            graph.parse(data=data, format=format)
        return statements_of(graph)


def _by_pyoxigraph(data: bytes, format: str) -> Statements | None:
    """
    Parse Turtle or N-Triples with pyoxigraph, ten times as fast as rdflib; `None` if it isn't installed or refuses the
    bytes, which rdflib then reads or reports.
    """
    try:
        from pyoxigraph import BlankNode, RdfFormat, parse
        from pyoxigraph import Literal as OxLiteral
    except ImportError:
        return None

    def plain(term: Any) -> Value:
        if isinstance(term, OxLiteral):
            datatype = term.datatype.value
            return Literal(term.value, term.language, None if datatype in _PLAIN else datatype)
        return str(term) if isinstance(term, BlankNode) else term.value

    found: Statements = {}
    try:
        for node, property, value, _ in parse(data, RdfFormat.TURTLE if format == "turtle" else RdfFormat.N_TRIPLES):
            state(found, text_of(plain(node)), property.value, plain(value))
    except (SyntaxError, AttributeError):  # the latter for RDF 1.2, which has triples as values
        return None
    return found


_PLAIN = {expanded("xsd:string"), expanded("rdf:langString")}


def _read_json_ld(document: Any, graph: Any) -> None:
    if not isinstance(document, (dict, list)):
        raise one_problem("$", f"expected json-ld, an object or a list, got {shown(document)}")
    for found in _external_contexts(document):
        raise one_problem("$", f"expected a context in the document itself, got {shown(found)}: nothing is fetched")
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
