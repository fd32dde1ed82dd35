"""
Statements about nodes, and the way to and from graphs of rdflib.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from ..._optional import require
from ...errors import QueryError
from .names import PREFIXES


class Literal(NamedTuple):
    """
    A literal: its text, and its language or the IRI of its type.
    """

    text: str
    language: str | None = None
    datatype: str | None = None
    """`None` for plain text and for text with a language."""


Value = str | Literal
"""A literal or a node: its IRI, or the name of a blank node with `_:` in front."""
Statements = dict[str, dict[str, list[Value]]]
"""The values of each node by the IRI of the property; a value may recur."""


def state(statements: Statements, node: str, iri: str, value: Value) -> None:
    """
    Add the statement that a node has a value of a property.
    """
    statements.setdefault(node, {}).setdefault(iri, []).append(value)


def text_of(value: Value) -> str:
    """
    The text of a literal, or the node itself.
    """
    return value if isinstance(value, str) else value.text


def by_text(value: Value) -> tuple[str, ...]:
    """
    The key that sorts values by their texts.
    """
    return (value,) if isinstance(value, str) else (value.text, value.language or "", value.datatype or "")


def graph_of(statements: Statements) -> Any:
    """
    Convert statements without blank nodes to an `rdflib.Graph`.
    """
    rdflib = require("rdflib", extra="rdf")
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    iri = cache(rdflib.URIRef)

    @cache
    def term(value: Value) -> Any:
        if isinstance(value, str):
            return iri(value)
        datatype = None if value.datatype is None else iri(value.datatype)
        return rdflib.Literal(value.text, lang=value.language, datatype=datatype, normalize=False)

    for node, properties in statements.items():
        for property, values in properties.items():
            for value in values:
                graph.add((iri(node), iri(property), term(value)))
    return graph


def statements_of(graph: Any) -> Statements:
    """
    Convert an `rdflib.Graph` to statements.

    Raises:
        QueryError: *graph* isn't one.
    """
    rdflib = require("rdflib", extra="rdf")
    if not isinstance(graph, rdflib.Graph):
        raise QueryError(f"expected an rdflib.Graph, got {type(graph).__name__}")

    iri, literal = rdflib.URIRef, rdflib.Literal

    def plain(term: Any) -> Value:
        if isinstance(term, iri):
            return str(term)
        if isinstance(term, literal):
            return Literal(str(term), term.language, None if term.datatype is None else str(term.datatype))
        return f"_:{term}"

    found: Statements = {}
    for node, property, value in graph.triples((None, None, None)):  # an rdflib.Dataset yields quads otherwise
        state(found, text_of(plain(node)), str(property), plain(value))
    return found
