"""
Write data sets as graphs of networkx, and as files for Gephi.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import combinations
from operator import attrgetter
from typing import Any, cast

from ..._collector import collector_paused
from ..._files import write_atomically
from ..._optional import require
from ...document.plain import compact, encoded_each, unstructure
from ...document.writing import to_dict
from ...errors import QueryError, shown
from ...model.city import City
from ...model.partnership import Partnership
from ...query.ties import Tie, all_ties, cities_of, tuple_of_ties
from ...query.whole import Whole, head_of, own_areas
from .._flat import NO_XML, Table, as_cells
from .._tables import TABLES
from .attributes import NETWORK_NODE

# Without the columns that repeat a node's id or an edge's ends.
_NODES = TABLES["cities"].without("id")
_NETWORK_NODES = TABLES["networks"].without("id")
_EDGES = TABLES["partnerships"].without(
    *(f"{name}_{end}" for name in ("city", "country") for end in ("1", "2", "1_id", "2_id"))
)


def to_networkx(
    data: Whole | Iterable[Tie], *, lang: str = "en", networks: str | None = None, records: bool = True
) -> Any:
    """
    Convert a data set, or ties with their cities, to an undirected `nx.Graph`.

    Nodes are ids of cities. Attributes are the columns of the tables `cities` and `partnerships` as text and numbers: words
    of closed lists as their codes, dates as EDTF text, several texts joined by "; ". Unknown values are left out.

    Args:
        data: A data set, or ties.
        lang: The language of names and labels.
        networks: How to represent the networks of a data set: "cliques" adds edges with the `relation` "network" between
            members that have no partnership; "bipartite" adds a node for each network, with edges to its members.
        records: Add the JSON of the records to nodes, edges and the graph, so that `from_networkx` can restore the data
            set.

    Raises:
        QueryError: *data* is neither, *networks* is another word, or is given with ties.
        MissingDependencyError: networkx isn't installed.
    """
    maker = _Maker(lang, records)
    with collector_paused():
        if isinstance(data, Whole):
            if networks not in (None, "cliques", "bipartite"):
                raise QueryError(f"expected 'cliques', 'bipartite' or None as networks=, got {shown(networks)}")
            maker.add_dataset(data, networks)
        else:
            if networks is not None:
                raise QueryError(f"expected networks= only with a data set, got {shown(networks)} with ties")
            maker.add_selection(tuple_of_ties(data, "a Dataset or ties"))
    return maker.graph


class _Maker:
    """
    Makes one graph.
    """

    def __init__(self, lang: str, records: bool) -> None:
        self.graph = require("networkx", extra="graph").Graph()
        self._lang = lang
        self._records = records

    def add_dataset(self, data: Whole, networks: str | None) -> None:
        if data.title is not None:
            self.graph.graph["name"] = data.title
        self._add_cities([*data.cities.values()])
        self._add_edges([*all_ties(data)])
        if networks == "cliques":
            self._add_cliques(data)
        elif networks == "bipartite":
            self._add_networks(data)
        self._add_document(_around(data, with_networks=networks != "bipartite"))

    def add_selection(self, ties: Sequence[Tie]) -> None:
        self._add_cities([*cities_of(ties).values()])
        self._add_edges(ties)
        if ties:
            # Without what describes the whole data set.
            document = _around(ties[0]._whole, with_networks=False)
            whole = {"id", "title", "version", "complete_for"}
            self._add_document({name: value for name, value in document.items() if name not in whole})

    def _add_document(self, document: Any) -> None:
        if self._records:
            self.graph.graph["document"] = compact(document).decode()

    def _add_cities(self, cities: Sequence[City]) -> None:
        self.graph.add_nodes_from(city.id for city in cities)
        nodes = [data for _, data in self.graph.nodes(data=True)]
        self._describe(nodes, _NODES, cities)
        self._add_records(nodes, cities)

    def _add_edges(self, ties: Sequence[Tie], relation: str = "partnership") -> None:
        partnerships = [*map(attrgetter("partnership"), ties)]
        pairs = [*map(attrgetter("cities"), partnerships)]
        self.graph.add_edges_from(pairs, relation=relation)
        adjacent = dict(self.graph.adjacency())  # a view takes ten times as long
        edges = [adjacent[here][there] for here, there in pairs]
        self._describe(edges, _EDGES, ties)
        if relation == "partnership":
            self._add_records(edges, partnerships)

    def _add_cliques(self, dataset: Whole) -> None:
        pairs = {
            tuple(sorted(pair)) for network in dataset.networks.values() for pair in combinations(network.members, 2)
        }
        # As ties they have areas, networks and a distance.
        ties = [
            Tie(dataset, dataset.cities[first], dataset.cities[second], Partnership(cities=(first, second)))
            for first, second in sorted(pairs)
            if not self.graph.has_edge(first, second)
        ]
        self._add_edges(ties, "network")

    def _add_networks(self, dataset: Whole) -> None:
        for id in dataset.cities:
            self.graph.nodes[id]["bipartite"] = 0
        networks = [*dataset.networks.values()]
        self.graph.add_nodes_from((NETWORK_NODE + network.id for network in networks), bipartite=1)
        nodes = [self.graph.nodes[NETWORK_NODE + network.id] for network in networks]
        self._describe(nodes, _NETWORK_NODES, networks)
        self._add_records(nodes, networks)
        for network in networks:
            members = ((NETWORK_NODE + network.id, id) for id in network.members)
            self.graph.add_edges_from(members, relation="membership")

    def _describe(self, attributes: Sequence[dict[str, Any]], table: Table, subjects: Sequence[Any]) -> None:
        """
        Add the known values in the columns of a table to the attributes of each node or edge.
        """
        for column, values in zip(table.columns, table.values(subjects, self._lang), strict=True):
            codes = None if column.words is None else {word: word.value for word in column.words}
            cells = as_cells(column, values) if codes is None else [*map(codes.get, values)]
            for found, cell in zip(attributes, cells, strict=True):
                if cell is not None:
                    found[column.name] = cell

    def _add_records(self, attributes: Sequence[dict[str, Any]], records: Sequence[Any]) -> None:
        """
        Add the JSON of each record, all of one class, to the attributes of its node or edge.
        """
        if self._records and records:
            for found, text in zip(attributes, encoded_each(type(records[0]), records), strict=True):
                found["record"] = text.decode()


def _around(dataset: Whole, *, with_networks: bool) -> dict[str, Any]:
    """
    The document without its cities and partnerships.
    """
    around = cast(Any, type(dataset))(
        areas=own_areas(dataset), sources=dataset.sources.values(), **{**head_of(dataset), "complete_for": ()}
    )
    document = to_dict(around)
    if dataset.complete_for:
        document["complete_for"] = list(dataset.complete_for)
    if with_networks and dataset.networks:
        document["networks"] = [unstructure(network) for network in dataset.networks.values()]
    return document


# -- files -----------------------------------------------------------------------------------------


def write_graphml(
    data: Whole | Iterable[Tie],
    path: str | os.PathLike[str],
    *,
    lang: str = "en",
    networks: str | None = None,
    records: bool = True,
) -> None:
    """
    Write the graph of `to_networkx` as GraphML, gzipped if the name ends in `.gz`; nodes have a `label` for Gephi.

    Raises:
        QueryError: As `to_networkx`.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    _write(path, graph, require("networkx", extra="graph").write_graphml_xml)  # the same with and without lxml


def write_gexf(
    data: Whole | Iterable[Tie],
    path: str | os.PathLike[str],
    *,
    lang: str = "en",
    networks: str | None = None,
    records: bool = True,
) -> None:
    """
    Write the graph of `to_networkx` as GEXF 1.2, gzipped if the name ends in `.gz`.

    Raises:
        QueryError: As `to_networkx`.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    if records:
        # networkx writes and reads no other attribute of the graph itself.
        graph.graph["name"] = graph.graph.get("document", "")
    _write(path, graph, require("networkx", extra="graph").write_gexf)


def _write(path: str | os.PathLike[str], graph: Any, writer: Callable[[Any, BytesIO], object]) -> None:
    buffer = BytesIO()
    writer(graph, buffer)
    write_atomically(path, [buffer.getvalue()])


def _file_graph(data: Whole | Iterable[Tie], lang: str, networks: str | None, records: bool) -> Any:
    graph = to_networkx(data, lang=lang, networks=networks, records=records)
    nodes = [attributes for _, attributes in graph.nodes(data=True)]
    for attributes in (graph.graph, *nodes, *(attributes for _, _, attributes in graph.edges(data=True))):
        attributes.update({name: _xml(value) for name, value in attributes.items() if isinstance(value, str)})
    for attributes in nodes:
        attributes["label"] = attributes["name"]
    return graph


def _xml(text: str) -> str:
    """
    Replace what XML can't hold: control characters by U+FFFD, line breaks by line feeds.
    """
    return NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
