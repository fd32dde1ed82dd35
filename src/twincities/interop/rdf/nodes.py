"""
Find the records among statements, their order, and the pairs of cities that are twinned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ..._lazy import once
from ...model.city import City
from ...model.lists import LISTS
from ...model.partnership import Partnership
from .names import ENTITIES, PREFIXES, expanded
from .terms import CLASSES, TERMS
from .triples import Statements, Value, by_text, text_of

_CITY_CLASSES = (CLASSES[City][0], "schema:City")


class Nodes:
    """
    The nodes that statements are about, by what they describe.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        for properties in statements.values():
            for iri, values in properties.items():
                if len(values) > 1:
                    properties[iri] = sorted(set(values), key=by_text)
        self._classes: dict[Value, set[Value]] = {}
        for node, kind in self._pairs("rdf:type"):
            self._classes.setdefault(kind, set()).add(node)
        self.nodes: dict[str, list[Value]] = {
            name: self.ordered(self._nodes_in(name, kind)) for name, (kind, _) in LISTS.items()
        }
        self.ids: dict[str, dict[Value, str | None]] = {
            name: {node: self._id_of(node) for node in self.nodes[name]} for name in LISTS
        }

    def _pairs(self, name: str) -> Iterator[tuple[Value, Value]]:
        """
        The nodes that have a property, each with each of its values.
        """
        iri = expanded(name)
        for node, properties in self._statements.items():
            for value in properties.get(iri, ()):
                yield node, value

    def of_class(self, *names: str) -> set[Value]:
        """
        The nodes of classes, given by names such as `skos:Concept`.
        """
        found = [self._classes.get(expanded(name), set()) for name in names]
        return found[0] if len(found) == 1 else set().union(*found)  # called for each part: no copy

    def properties(self, node: Value) -> Mapping[str, Sequence[Value]]:
        """
        The sorted values of each property of a node, by the IRI of the property.
        """
        return self._statements.get(node, {}) if isinstance(node, str) else {}

    def values(self, node: Value, name: str) -> Sequence[Value]:
        """
        The sorted values of one property of a node.
        """
        return self.properties(node).get(expanded(name), ())

    def ordered(self, nodes: Iterable[Value]) -> list[Value]:
        """
        Sort nodes by position, then those without one by name.
        """
        return sorted(nodes, key=lambda node: (self._position(node), by_text(node)))

    def _position(self, node: Value) -> float:
        texts = map(text_of, self.values(node, "schema:position"))
        return min((int(text) for text in texts if _NUMBER.fullmatch(text)), default=float("inf"))

    def _nodes_in(self, name: str, kind: type) -> set[Value]:
        if kind is City:
            return self.of_class(*_CITY_CLASSES) | {city for tie in self.bare_ties for city in tie}
        nodes = self.of_class(CLASSES[kind][0])
        if name == "areas":
            return {
                node for node in nodes if not text_of(node).startswith(PREFIXES["tc"]) and shared_area(node) is None
            }
        return nodes

    def _id_of(self, node: Value) -> str | None:
        """
        The stated id of a record, or the end of its IRI.
        """
        if stated := self.values(node, "dcterms:identifier"):
            return text_of(stated[0])
        if not isinstance(node, str) or node.startswith("_:"):
            return None
        return re.split("[/#:]", node.rstrip("/"))[-1]

    @once
    def bare_ties(self) -> set[frozenset[Value]]:
        """
        The pairs of nodes that are twinned. An entity that is the same as a city in the graph stands for that city, so that
        Wikidata's entities aren't further cities.
        """
        pairs = {*self._pairs("tc:twinnedWith"), *self._pairs("wdt:P190")}
        typed = self.of_class(*_CITY_CLASSES)
        ours = {*typed, *chain.from_iterable(pairs)}
        cities: dict[Value, set[Value]] = {}
        for city, other in self._pairs("owl:sameAs"):
            if city in ours and other not in typed and other != city:
                cities.setdefault(other, set()).add(city)
        stated = {frozenset(pair) for pair in pairs if not cities.keys() & set(pair)}
        loops = (cities.get(here, {here}) for here, there in pairs if here == there)
        stated |= {frozenset(loop) for loop in loops if len(loop) == 1}  # refused by the strict reader
        described = stated | {
            frozenset(self.values(node, TERMS[Partnership]["cities"].name))
            for node in self.of_class(CLASSES[Partnership][0])
        }
        for here, there in sorted(pairs, key=lambda pair: tuple(map(by_text, pair))):
            if not cities.keys() & {here, there}:
                continue
            # Several cities may be one entity: a tie that is stated between any of them is the one that is meant.
            meant = {
                frozenset((one, other))
                for one in cities.get(here, {here})
                for other in cities.get(there, {there})
                if one != other
            }
            if meant and described.isdisjoint(meant) and stated.isdisjoint(meant):
                stated.add(min(meant, key=lambda pair: sorted(map(by_text, pair))))
        return stated


_NUMBER = re.compile("[0-9]{1,15}")


def shared_area(node: Value) -> str | None:
    """
    The id of an area in a shipped vocabulary, if the node is one.
    """
    match = _SHARED_AREA.fullmatch(text_of(node))
    return match["area"] if match else None


_SHARED_AREA = re.compile(ENTITIES["areas"].pattern + ":(?P<area>.+)")
