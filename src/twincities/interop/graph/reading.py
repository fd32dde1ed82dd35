"""
Read a data set from a graph of networkx: exactly from one that we made, by attribute names from any other.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain, count
from numbers import Real
from pathlib import Path
from typing import Any

from ..._files import MAX_BYTES, naming, read_bytes
from ..._optional import require
from ...dataset.dataset import Dataset
from ...document.text import parsed
from ...document.writing import FORMAT
from ...errors import DatasetError, Problem, QueryError, shown, step
from ...model.rules import FILE_SAFE
from ...query.names import slug
from ...query.whole import DEFAULT_VOCABULARY
from .._cells import is_blank
from .._foreign import parsing, read_document
from .attributes import CITY, NETWORK, NETWORK_NODE, PARTNERSHIP, Columns, read_attributes


def from_networkx(graph: Any) -> Dataset:
    """
    Read a data set from a graph: nodes are cities, edges are partnerships.

    A node or edge with the attribute `record`, as written by `to_networkx`, is read from that attribute only. Otherwise
    attributes with the names of our columns are read like the cells of a table, and all others go to `extra`. A node
    that can't be an id gets one derived from it. In a directed graph an edge is asserted by its source. Nodes with
    `bipartite` 1 are networks, and their neighbours the members.

    >>> import networkx
    >>> from twincities.interop.graph import from_networkx
    >>> from_networkx(networkx.Graph([("Kuopio", "Győr")])).cities["gyor"].name
    'Győr'

    Raises:
        DatasetError: An attribute can't be read, or there are loops or parallel edges; `.problems` lists everything, each
            with its node or edge.
        QueryError: *graph* isn't a graph of networkx.
        MissingDependencyError: networkx isn't installed.
    """
    nx = require("networkx", extra="graph")
    if not isinstance(graph, nx.Graph):
        raise QueryError(f"expected a graph of networkx, got {shown(graph)}")
    return _Reader(graph).dataset()


def read_graph(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    Read a data set from a GEXF file (by its name) or a GraphML file.

    Raises:
        DatasetError: The file isn't GEXF or GraphML, or its graph isn't a data set.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be read.
    """
    nx = require("networkx", extra="graph")
    is_gexf = Path(path).name.lower().removesuffix(".gz").endswith(".gexf")
    kind, parse = ("GEXF", nx.read_gexf) if is_gexf else ("GraphML", nx.read_graphml)
    with naming(path):
        data = io.BytesIO(read_bytes(path, max_bytes))
        with parsing(kind):
            graph: Any = parse(data)
        return from_networkx(graph)


_NO_DOCUMENT = Problem(
    "graph.document",
    "expected the document around the records, got none: networkx itself writes no attributes of a graph to GEXF; "
    "Dataset.write and write_gexf do, and so does GraphML",
)
_NEEDS_DOCUMENT = re.compile("expected the id of a (source|cooperation area) ")


def _path(place: str, *nodes: Hashable) -> str:
    names = (repr(node) for node in nodes)
    return f"{place}[{', '.join(name if len(name) <= 80 else f'{name[:80]}…' for name in names)}]"


class _Reader:
    """
    Builds a document from one graph, and collects problems by node and edge.
    """

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._problems: list[Problem] = []
        self._vocabulary = Dataset()._index.vocabulary
        networks = [node for node, data in graph.nodes(data=True) if _is_network(data)]
        cities = [node for node, data in graph.nodes(data=True) if not _is_network(data)]
        found = ((node, self._record(graph.nodes[node], _path("nodes", node))) for node in graph)
        self._records = {node: record for node, record in found if record is not None}
        if blank := [node for node in graph if is_blank(node) and node not in self._records]:
            raise DatasetError([Problem(_path("nodes", node), "expected an id or a name, got none") for node in blank])
        self._ids = self._ids_of(cities)
        self._network_ids = self._ids_of(networks)
        self._members: dict[Hashable, list[str]] = {node: [] for node in networks}

    def dataset(self) -> Dataset:
        document = self._document()
        ties = self._ties()
        cities = [self._city(node) for node in self._ids]
        networks = [self._network(node) for node in self._network_ids]
        if self._problems:
            raise DatasetError(self._problems)
        without_nodes = document.get("networks", [])
        sources = {
            "cities": [_path("nodes", node) for node in self._ids],
            "partnerships": [path for path, _ in ties.values()],
            "networks": [
                *(f"graph.document.networks[{index}]" for index in range(len(without_nodes))),
                *(_path("nodes", node) for node in self._network_ids),
            ],
        }
        document |= {
            "cities": cities,
            "partnerships": [fields for _, fields in ties.values()],
            "networks": [*without_nodes, *networks],
        }
        places = {f"$.{name}[{index}]": place for name, found in sources.items() for index, place in enumerate(found)}
        # Records without the document around them would lose their sources, areas and networks.
        lacks_document = bool(self._records) and self._document_text() is None
        try:
            dataset = read_document(document, places)
        except DatasetError as error:
            if not lacks_document:
                raise
            problems = [problem for problem in error.problems if not _NEEDS_DOCUMENT.match(problem.message)]
            raise DatasetError([*problems, _NO_DOCUMENT]) from error
        if lacks_document:
            raise DatasetError([_NO_DOCUMENT])
        return dataset

    # -- records in the graph ----------------------------------------------------------------------

    def _json(self, text: object, path: str) -> dict[str, Any] | None:
        try:
            value = parsed(text, path) if isinstance(text, str) else None
        except DatasetError as error:
            self._problems += error.problems
            return None
        if not isinstance(value, dict):
            self._problems.append(Problem(path, f"expected the text of a JSON object, got {shown(text)}"))
            return None
        return value

    def _record(self, data: Mapping[str, Any], path: str) -> dict[str, Any] | None:
        return None if data.get("record") is None else self._json(data["record"], f"{path}.record")

    def _document_text(self) -> object:
        text, name = self._graph.graph.get("document"), self._graph.graph.get("name")
        if text is None and isinstance(name, str) and name.startswith('{"format":'):
            return name  # the only attribute of a graph that GEXF keeps
        return text

    def _document(self) -> dict[str, Any]:
        """
        The document without cities and partnerships, from the graph's own attributes.
        """
        text = self._document_text()
        if text is None:
            name = self._graph.graph.get("name")
            title = {} if name is None or is_blank(name) else {"title": str(name)}
            return {"format": FORMAT, "vocabulary": DEFAULT_VOCABULARY, **title}
        document = self._json(text, "graph.document") or {}
        for key in document.keys() & {"cities", "partnerships"}:
            self._problems.append(Problem(f"graph.document.{key}", "expected no such key: the graph has them"))
        if not isinstance(document.get("networks", []), list):
            self._problems.append(Problem("graph.document.networks", "expected a list"))
        return document

    # -- nodes -------------------------------------------------------------------------------------

    def _ids_of(self, nodes: Sequence[Hashable]) -> dict[Hashable, str]:
        """
        The id of each node: that of its record, the node itself if it can be an id, else one derived from it.
        """
        ids = {node: str(self._records[node].get("id")) if node in self._records else "" for node in nodes}
        taken = set(ids.values())
        # A text that is an id keeps it, whatever ids are derived from other nodes.
        for node in sorted(ids, key=lambda node: not isinstance(node, str)):
            if not ids[node] and FILE_SAFE.holds(text := _name(node)) and text not in taken:
                ids[node] = text
                taken.add(text)
        for node in nodes:
            if not ids[node]:
                derived = slug(_name(node).encode(errors="replace").decode())
                choices = chain([derived], (f"{derived}-{number}" for number in count(2)))
                ids[node] = next(id for id in choices if id not in taken)
                taken.add(ids[node])
        return ids

    def _city(self, node: Hashable) -> dict[str, Any]:
        if node in self._records:
            return self._records[node]
        data = {name: value for name, value in self._graph.nodes[node].items() if name != "bipartite"}
        label = data.pop("label", None)  # the name of a node in GEXF and Gephi
        if is_blank(data.get("name")):
            data["name"] = _name(node) if is_blank(label) else label
        elif str(label) != str(data["name"]):
            data["label"] = label
        return {"id": self._ids[node], **self._fields(data, CITY, _path("nodes", node))}

    def _network(self, node: Hashable) -> dict[str, Any]:
        if node in self._records:
            return self._records[node]
        data = {name: value for name, value in self._graph.nodes[node].items() if name != "bipartite"}
        fields = self._fields(data, NETWORK, _path("nodes", node))
        return {"id": self._network_ids[node], "members": self._members[node], **fields}

    def _fields(self, data: Mapping[Any, Any], columns: Columns, path: str) -> dict[str, Any]:
        fields, problems = read_attributes(data, columns, self._vocabulary)
        self._problems += (Problem(path + problem.path, problem.message) for problem in problems)
        return fields

    # -- edges -------------------------------------------------------------------------------------

    def _ties(self) -> dict[frozenset[Hashable], tuple[str, dict[str, Any]]]:
        """
        The path and the document's record of each partnership, by its pair of nodes.
        """
        directed = self._graph.is_directed()
        seen: set[Hashable] = set()
        ties: dict[frozenset[Hashable], tuple[str, dict[str, Any]]] = {}
        for u, v, data in self._graph.edges(data=True):
            path, pair = _path("edges", u, v), frozenset((u, v))
            direction = (u, v) if directed else pair
            if u == v:
                self._problems.append(Problem(path, "expected an edge between two nodes, got a loop"))
            elif direction in seen:
                self._problems.append(Problem(path, "expected one edge from a node to another, got parallel edges"))
            elif pair & self._members.keys():
                self._add_member(u, v, path)
            elif _relation(data) != "network":  # an edge of a clique says no more than the network does
                fields = self._tie(u, v, data, path)
                if pair in ties:
                    self._merge(ties[pair][1], fields, path)
                else:
                    ties[pair] = (path, fields)
            seen.add(direction)
        return ties

    def _add_member(self, u: Hashable, v: Hashable, path: str) -> None:
        city, network = (v, u) if u in self._members else (u, v)
        if city in self._members:
            self._problems.append(Problem(path, "expected an edge with a city, got one between two networks"))
        elif self._ids[city] not in self._members[network]:
            self._members[network].append(self._ids[city])

    def _tie(self, u: Hashable, v: Hashable, data: Mapping[str, Any], path: str) -> dict[str, Any]:
        ends = sorted((self._ids[u], self._ids[v]))
        record = self._record(data, path)
        if record is not None:
            if record.get("cities") not in (ends, ends[::-1]):
                got = shown(str(record.get("cities")))
                self._problems.append(Problem(f"{path}.record", f"expected the cities {' and '.join(ends)}, got {got}"))
            return {**record, "cities": ends}
        ignored = {"id", "relation"} if _relation(data) == "partnership" else {"id"}  # files number their edges
        attributes = {name: value for name, value in data.items() if name not in ignored}
        fields = {"cities": ends, **self._fields(attributes, PARTNERSHIP, path)}
        if "asserted_by" in fields:
            ids = {_name(node): self._ids[node] for node in (u, v)}
            fields["asserted_by"] = [ids.get(name, name) for name in fields["asserted_by"]]
        elif self._graph.is_directed():
            fields["asserted_by"] = [self._ids[u]]
        return fields

    def _merge(self, fields: dict[str, Any], others: Mapping[str, Any], path: str) -> None:
        """
        Merge the fields of the edge in the other direction into *fields*.
        """
        for name, value in others.items():
            if name == "asserted_by":
                fields[name] = list(dict.fromkeys([*fields.get(name, ()), *value]))
            elif name == "activities" and name in fields:
                fields[name] = _united(fields[name], value)
            elif isinstance(value, dict) and isinstance(fields.get(name), dict):
                self._merge(fields[name], value, path + step(name))
            elif name in fields and fields[name] != value:
                expected = f"expected {shown(fields[name])} as the edge the other way says"
                self._problems.append(Problem(path + step(name), f"{expected}, got {shown(value)}"))
            else:
                fields[name] = value


def _is_network(data: Mapping[str, Any]) -> bool:
    side = data.get("bipartite")
    return isinstance(side, Real) and side == 1


def _relation(data: Mapping[str, Any]) -> str | None:
    relation = data.get("relation")
    return relation if isinstance(relation, str) else None


def _united(activities: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    The activities of both edges; those that are nothing but areas become one.
    """
    both = [*activities, *others]
    if all(activity.keys() == {"areas"} for activity in both):
        return [{"areas": list(dict.fromkeys(area for activity in both for area in activity["areas"]))}]
    return [activity for place, activity in enumerate(both) if activity not in both[:place]]


def _name(node: Hashable) -> str:
    """
    A node as text: the items of a tuple joined, a network without our prefix.
    """
    parts = node if isinstance(node, tuple) else (node,)
    return "-".join(map(str, parts)).removeprefix(NETWORK_NODE)
