"""
Write graphs as Turtle in linear time: rdflib's own writer scans the whole graph for each node with parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .names import PREFIXES, expanded

__all__ = ["turtle"]

_LOCAL = re.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""Local names that need no escape in any reader (Turtle 1.1, 6.5)."""
_BARE = {
    expanded("xsd:integer"): re.compile("[+-]?[0-9]+"),
    expanded("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
"""Numbers that Turtle writes without quotes."""
_ESCAPES = {
    **{number: f"\\u{number:04X}" for number in (*range(0x20), 0x7F)},
    **{ord(letter): escape for letter, escape in zip('\\"\n\r\t', (r"\\", r"\"", r"\n", r"\r", r"\t"), strict=True)},
}
_TYPE = expanded("rdf:type")


class _Names:
    """
    Abbreviates IRIs, each once, and collects the prefixes in use.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._longest_first = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
        self.used: set[str] = set()

    def __call__(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._name(iri)
        return self._known[iri]

    def _name(self, iri: str) -> str:
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"


def turtle(graph: Any) -> Iterator[str]:
    """
    Write a graph without blank nodes, in pieces; nodes, properties and values are sorted as text.
    """
    names = _Names()
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in graph:
        statements = nodes.setdefault(str(subject), {})
        statements.setdefault(str(predicate), []).append(_object(value, names))
    blocks = ["".join(_block(names(subject), nodes[subject], names)) for subject in sorted(nodes)]
    for prefix in sorted(names.used):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    yield from blocks


def _block(subject: str, statements: Mapping[str, list[str]], names: _Names) -> Iterator[str]:
    yield f"\n{subject}"
    ordered = sorted((predicate != _TYPE, names(predicate), values) for predicate, values in statements.items())
    for number, (is_further, name, values) in enumerate(ordered):
        start = " ;\n    " if number else " "
        yield f"{start}{name if is_further else 'a'} {f',{chr(10)}        '.join(sorted(values))}"
    yield " .\n"


def _object(value: Any, names: _Names) -> str:
    if not hasattr(value, "datatype"):
        return names(str(value))
    text, datatype = str(value), value.datatype
    if datatype is not None and (bare := _BARE.get(str(datatype))) is not None and bare.fullmatch(text):
        return text
    quoted = f'"{text.translate(_ESCAPES)}"'
    if value.language:
        return f"{quoted}@{value.language}"
    return quoted if datatype is None else f"{quoted}^^{names(str(datatype))}"
