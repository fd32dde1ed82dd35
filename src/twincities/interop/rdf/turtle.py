"""
Write statements as Turtle and N-Triples: equal statements give equal text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .names import PREFIXES, expanded
from .triples import Statements, Value

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


class _Names(dict[str, str]):
    """
    IRIs as Turtle abbreviates them, each at its first use, and the prefixes in use.
    """

    def __init__(self) -> None:
        self._longest_first = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
        self.used: set[str] = set()

    def __missing__(self, iri: str) -> str:
        self[iri] = name = self._name(iri)
        return name

    def _name(self, iri: str) -> str:
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return _in_brackets(iri)


def _in_brackets(iri: str) -> str:
    return f"<{iri}>"


def turtle(statements: Statements) -> Iterator[str]:
    """
    Write statements without blank nodes as Turtle, in pieces; nodes, properties and values are sorted as text.
    """
    names = _Names()
    blocks = ["".join(_block(names[node], statements[node], names)) for node in sorted(statements)]
    for prefix in sorted(names.used):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    yield from blocks


def _block(node: str, properties: Mapping[str, list[Value]], names: _Names) -> Iterator[str]:
    yield f"\n{node}"
    ordered = sorted((iri != _TYPE, names[iri], values) for iri, values in properties.items())
    for number, (is_further, name, values) in enumerate(ordered):
        start = " ;\n    " if number else " "
        objects = sorted({_bare(value) or _written(value, names.__getitem__) for value in values})
        yield f"{start}{name if is_further else 'a'} {f',{chr(10)}        '.join(objects)}"
    yield " .\n"


def _bare(value: Value) -> str | None:
    """
    A number that Turtle writes without quotes.
    """
    pattern = None if isinstance(value, str) else _BARE.get(value.datatype or "")
    return value[0] if pattern is not None and pattern.fullmatch(value[0]) else None


def n_triples(statements: Statements) -> Iterator[str]:
    """
    Write statements without blank nodes as N-Triples, in lines sorted as text.
    """
    for node in sorted(map(_in_brackets, statements)):
        properties = statements[node[1:-1]]
        yield from sorted(
            {
                f"{node} <{iri}> {_written(value, _in_brackets)} .\n"
                for iri, values in properties.items()
                for value in values
            }
        )


def _written(value: Value, name: Callable[[str], str]) -> str:
    if isinstance(value, str):
        return name(value)
    quoted = f'"{value.text.translate(_ESCAPES)}"'
    if value.language:
        return f"{quoted}@{value.language}"
    return quoted if value.datatype is None else f"{quoted}^^{name(value.datatype)}"
