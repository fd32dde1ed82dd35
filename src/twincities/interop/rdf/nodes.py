"""
Find the records in a graph, their order, and the pairs of cities that are twinned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ..._lazy import once
from ..._optional import require
from ...errors import QueryError
from ...model.city import City
from ...model.lists import LISTS
from ...model.partnership import Partnership
from .names import ENTITIES, PREFIXES, expanded
from .terms import CLASSES, TERMS

__all__ = ["Nodes"]

_CITY_CLASSES = (CLASSES[City][0], "schema:City")


class Nodes:
    """
    The nodes of an `rdflib.Graph`, each looked up once.
    """

    def __init__(self, graph: Any) -> None:
        rdflib = require("rdflib", extra="rdf")
        if not isinstance(graph, rdflib.Graph):
            raise QueryError(f"expected an rdflib.Graph, got {type(graph).__name__}")
        self._graph = graph
        self.iri: Any = rdflib.URIRef
        self.literal: Any = rdflib.Literal
        self._term = cache(lambda name: self.iri(expanded(name)))
        self._classes: dict[str, set[Any]] = {}
        self.nodes: dict[str, list[Any]] = {
            name: self.ordered(self._nodes_in(name, kind)) for name, (kind, _) in LISTS.items()
        }
        self.ids: dict[str, dict[Any, str | None]] = {
            name: {node: self._id_of(node) for node in self.nodes[name]} for name in LISTS
        }

    def of_class(self, *names: str) -> set[Any]:
        """
        The nodes of classes, given by names such as `skos:Concept`.
        """
        for name in names:
            if name not in self._classes:
                self._classes[name] = set(self._graph.subjects(self._term("rdf:type"), self._term(name)))
        found = [self._classes[name] for name in names]
        return found[0] if len(found) == 1 else set().union(*found)  # called for each part: no copy

    def statements(self, node: Any) -> Mapping[str, list[Any]]:
        """
        The statements about a node: sorted objects by the IRI of the property.
        """
        found: dict[str, list[Any]] = {}
        for predicate, value in self._graph.predicate_objects(node):
            found.setdefault(str(predicate), []).append(value)
        for values in found.values():
            if len(values) > 1:
                values.sort(key=str)
        return found

    def objects(self, node: Any, name: str) -> list[Any]:
        """
        The objects of one property of a node.
        """
        return [*self._graph.objects(node, self._term(name))]

    def ordered(self, nodes: Iterable[Any]) -> list[Any]:
        """
        Sort nodes by position, then those without one by name.
        """
        placed = []
        for node in nodes:
            positions = (int(text) for text in self.objects(node, "schema:position") if _NUMBER.fullmatch(text))
            placed.append((min(positions, default=float("inf")), str(node), node))
        return [node for _, _, node in sorted(placed)]

    def _nodes_in(self, name: str, kind: type) -> set[Any]:
        if kind is City:
            return self.of_class(*_CITY_CLASSES) | {city for tie in self.bare_ties for city in tie}
        nodes = self.of_class(CLASSES[kind][0])
        if name == "areas":
            return {node for node in nodes if not node.startswith(PREFIXES["tc"]) and shared_area(node) is None}
        return nodes

    def _id_of(self, node: Any) -> str | None:
        """
        The stated id of a record, or the end of its IRI.
        """
        stated = sorted(map(str, self.objects(node, "dcterms:identifier")))
        if stated or not isinstance(node, self.iri):
            return stated[0] if stated else None
        return re.split("[/#:]", node.rstrip("/"))[-1]

    @once
    def bare_ties(self) -> set[frozenset[Any]]:
        """
        The pairs of nodes that are twinned. An entity that is the same as a city in the graph stands for that city, so that
        Wikidata's entities aren't further cities.
        """
        twinned = {name: set(self._graph.subject_objects(self._term(name))) for name in ("tc:twinnedWith", "wdt:P190")}
        pairs = twinned["tc:twinnedWith"] | twinned["wdt:P190"]
        typed = self.of_class(*_CITY_CLASSES)
        ours = typed.union(*pairs)
        cities: dict[Any, set[Any]] = {}
        for city, other in self._graph.subject_objects(self._term("owl:sameAs")):
            if city in ours and other not in typed and other != city:
                cities.setdefault(other, set()).add(city)
        stated = {frozenset(pair) for pair in pairs if not cities.keys() & set(pair)}
        loops = (cities.get(here, {here}) for here, there in pairs if here == there)
        stated |= {frozenset(loop) for loop in loops if len(loop) == 1}  # refused by the strict reader
        described = stated | {
            frozenset(self.objects(node, TERMS[Partnership]["cities"].name))
            for node in self.of_class(CLASSES[Partnership][0])
        }
        for here, there in sorted(pairs, key=lambda pair: tuple(map(str, pair))):
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
                stated.add(min(meant, key=lambda pair: sorted(map(str, pair))))
        return stated


_NUMBER = re.compile("[0-9]{1,15}")


def shared_area(node: Any) -> str | None:
    """
    The id of an area in a shipped vocabulary, if the node is one.
    """
    match = _SHARED_AREA.fullmatch(node)
    return match["area"] if match else None


_SHARED_AREA = re.compile(ENTITIES["areas"].pattern + ":(?P<area>.+)")
