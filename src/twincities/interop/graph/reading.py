"""
From a networkx graph to a data set: graphs of ours exactly, those of others by the names of their attributes.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Hashable, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

from ..._files import MAX_BYTES, naming, read_bytes
from ..._optional import require
from ...dataset.dataset import Dataset
from ...document.reading import from_dict
from ...document.text import parsed
from ...document.writing import FORMAT
from ...errors import DatasetError, FormatVersionError, Problem, QueryError, shown, step
from ...model.rules import FILE_SAFE
from ...query.names import slug
from ...query.whole import DEFAULT_VOCABULARY
from .._cells import is_blank
from .attributes import CITY, NETWORK, NETWORK_NODE, PARTNERSHIP, Columns, read_attributes

__all__ = ["from_networkx", "read_graph"]


def from_networkx(graph: Any) -> Dataset:
    """
    The data set in a graph: its nodes are cities, its edges partnerships.

    A node or edge with the attribute `record`, such as `to_networkx` gives it, is that record: its other attributes
    aren't looked at. Else attributes with the names of our columns are read as the cells of a table are, and all others
    go to `extra`. A node that can't be an id gets one made of it. In a directed graph an edge is asserted by its source.
    Nodes with `bipartite` 1 are networks, and their neighbours the members.

    >>> import networkx
    >>> from twincities.interop.graph import from_networkx
    >>> from_networkx(networkx.Graph([("Kuopio", "Győr")])).cities["gyor"].name
    'Győr'

    Raises:
        DatasetError: An attribute can't be read, or there are loops or parallel edges; `.problems` has all, each with
            its node or edge.
        QueryError: *graph* isn't a graph of networkx.
        MissingDependencyError: networkx isn't installed.
    """
    nx = require("networkx", extra="graph")
    if not isinstance(graph, nx.Graph):
        raise QueryError(f"expected a graph of networkx, got {shown(graph)}")
    return _Reading(graph).dataset()


_INDEXED = re.compile(r"\$\.(cities|partnerships|networks)\[([0-9]+)\]")


def _path(place: str, *nodes: Hashable) -> str:
    names = (repr(node) for node in nodes)
    return f"{place}[{', '.join(name if len(name) <= 80 else f'{name[:80]}…' for name in names)}]"


def _in_graph(problem: Problem, places: Mapping[str, list[str]]) -> Problem:
    """
    A problem of the document as one of the graph.
    """
    path, message = (_INDEXED.sub(lambda found: places[found[1]][int(found[2])], text) for text in problem)
    return Problem(path, message)


_NO_DOCUMENT = (
    "expected the document around the records, got none: networkx itself writes no attributes of a graph to GEXF; "
    "Dataset.write and write_gexf do, and so does GraphML"
)

_LEADS_OUT = re.compile("expected the id of a (source|cooperation area) ")


class _Reading:
    """
    One graph on its way in: a document is made of it, and what is wrong with that is told of nodes and edges.
    """

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._problems: list[Problem] = []
        self._vocabulary = Dataset()._index.vocabulary
        networks: list[Hashable] = []
        cities: list[Hashable] = []
        for node, data in graph.nodes(data=True):
            (networks if data.get("bipartite") == 1 else cities).append(node)
        self._records: dict[Hashable, dict[str, Any]] = {}
        self._lacks_document = False
        for node in graph:
            record = self._record(graph.nodes[node], _path("nodes", node))
            if record is not None:
                self._records[node] = record
        self._ids = self._ids_of(cities)
        self._network_ids = self._ids_of(networks)
        self._members: dict[Hashable, list[str]] = {node: [] for node in networks}

    def dataset(self) -> Dataset:
        """
        Raises:
            DatasetError: Something is wrong with the graph.
        """
        document = self._document()
        ties = self._ties()
        cities = [self._city(node) for node in self._ids]
        networks = [self._network(node) for node in self._network_ids]
        if self._problems:
            raise DatasetError(self._problems)
        apart = document.get("networks", [])
        document |= {
            "cities": cities,
            "partnerships": [fields for _, fields in ties.values()],
            "networks": [*apart, *networks],
        }
        places = {
            "cities": [_path("nodes", node) for node in self._ids],
            "partnerships": [path for path, _ in ties.values()],
            "networks": [f"graph.document.networks[{index}]" for index in range(len(apart))]
            + [_path("nodes", node) for node in self._network_ids],
        }
        lacking = [Problem("graph.document", _NO_DOCUMENT)] if self._lacks_document else []
        try:
            dataset = from_dict(document)
        except FormatVersionError:
            raise
        except DatasetError as error:
            problems = [_in_graph(problem, places) for problem in error.problems]
            if lacking:
                problems = [problem for problem in problems if not _LEADS_OUT.match(problem.message)]
            raise DatasetError([*problems, *lacking]) from error
        if lacking:
            raise DatasetError(lacking)
        return dataset

    # -- records that the graph carries ------------------------------------------------------------

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

    def _document(self) -> dict[str, Any]:
        """
        The part of the document that the graph itself carries: all without cities and partnerships.
        """
        text, name = self._graph.graph.get("document"), self._graph.graph.get("name")
        if text is None and isinstance(name, str) and name.startswith('{"format":'):
            text = name  # GEXF keeps nothing else of a graph
        if text is not None:
            document = self._json(text, "graph.document") or {}
            for key in document.keys() & {"cities", "partnerships"}:
                self._problems.append(Problem(f"graph.document.{key}", "expected no such key: the graph has them"))
            if not isinstance(document.get("networks", []), list):
                self._problems.append(Problem("graph.document.networks", "expected a list"))
            return document
        self._lacks_document = bool(self._records)  # whose sources, areas and networks would be lost
        title = {} if name is None or is_blank(name) else {"title": str(name)}
        return {"format": FORMAT, "vocabulary": DEFAULT_VOCABULARY, **title}

    # -- nodes -------------------------------------------------------------------------------------

    def _ids_of(self, nodes: list[Hashable]) -> dict[Hashable, str]:
        """
        The id of each node: that of its record, the node itself where it can be one, else one made of it.
        """
        ids = {node: str(self._records[node].get("id")) for node in nodes if node in self._records}
        taken = set(ids.values())
        # A text that is an id keeps it, whatever other nodes would be called alike.
        for node in sorted((node for node in nodes if node not in ids), key=lambda node: not isinstance(node, str)):
            text = _name(node)
            if FILE_SAFE.holds(text) and text not in taken:
                ids[node] = text
                taken.add(text)
        for node in nodes:
            if node not in ids:
                made = slug(_name(node))
                ids[node] = next(id for id in chain([made], (f"{made}-{n}" for n in count(2))) if id not in taken)
                taken.add(ids[node])
        return {node: ids[node] for node in nodes}

    def _city(self, node: Hashable) -> dict[str, Any]:
        if node in self._records:
            return self._records[node]
        data = {name: value for name, value in self._graph.nodes[node].items() if name != "bipartite"}
        label = data.pop("label", None)  # what GEXF and Gephi call a node
        if is_blank(data.get("name")):
            data["name"] = _name(node) if is_blank(label) else label
        elif label != data["name"]:
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
        By the nodes of each pair: where it is in the graph, and its record in the document.
        """
        directed = self._graph.is_directed()
        seen: set[Hashable] = set()
        ties: dict[frozenset[Hashable], tuple[str, dict[str, Any]]] = {}
        for u, v, data in self._graph.edges(data=True):
            path, pair = _path("edges", u, v), frozenset((u, v))
            way = (u, v) if directed else pair
            if u == v:
                self._problems.append(Problem(path, "expected an edge between two nodes, got a loop"))
            elif way in seen:
                self._problems.append(Problem(path, "expected one edge from a node to another, got parallel edges"))
            elif pair & self._members.keys():
                self._membership(u, v, path)
            elif data.get("relation") != "network":  # edges of cliques say no more than their networks
                fields = self._tie(u, v, data, path)
                if pair in ties:
                    self._merge(ties[pair][1], fields, path)
                else:
                    ties[pair] = (path, fields)
            seen.add(way)
        return ties

    def _membership(self, u: Hashable, v: Hashable, path: str) -> None:
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
        # Files number their edges; a partnership has no id.
        said = {
            name: value for name, value in data.items() if name != "id" and (name, value) != ("relation", "partnership")
        }
        fields = {"cities": ends, **self._fields(said, PARTNERSHIP, path)}
        if "asserted_by" in fields:
            named = {_name(node): self._ids[node] for node in (u, v)}
            fields["asserted_by"] = [named.get(name, name) for name in fields["asserted_by"]]
        elif self._graph.is_directed():
            fields["asserted_by"] = [self._ids[u]]
        return fields

    def _merge(self, fields: dict[str, Any], others: Mapping[str, Any], path: str) -> None:
        """
        Put what the edge the other way says into *fields*.
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


def _united(mine: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    The activities that two edges say: areas alone are those of one.
    """
    every = [*mine, *others]
    if all(activity.keys() == {"areas"} for activity in every):
        return [{"areas": list(dict.fromkeys(area for activity in every for area in activity["areas"]))}]
    return [activity for place, activity in enumerate(every) if activity not in every[:place]]


def _name(node: Hashable) -> str:
    """
    A node as text: the parts of a tuple joined, a network without the mark of ours.
    """
    parts = node if isinstance(node, tuple) else (node,)
    return "-".join(map(str, parts)).removeprefix(NETWORK_NODE)


def read_graph(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    The data set in a file of a graph: GEXF if its name says so, else GraphML.

    Raises:
        DatasetError: The file isn't that, or the graph isn't a data set.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be read.
    """
    nx = require("networkx", extra="graph")
    gexf = Path(path).name.lower().removesuffix(".gz").endswith(".gexf")
    kind, parse = ("GEXF", nx.read_gexf) if gexf else ("GraphML", nx.read_graphml)
    try:
        graph: Any = parse(io.BytesIO(read_bytes(path, max_bytes)))
    except (DatasetError, OSError):
        raise
    except Exception as error:  # networkx and its parsers raise whatever goes wrong inside them
        reason = shown(str(error) or type(error).__name__, 200)[1:-1]
        raise DatasetError([Problem("$", f"expected {kind}: {reason}")], os.fspath(path)) from error
    with naming(path):
        return from_networkx(graph)
