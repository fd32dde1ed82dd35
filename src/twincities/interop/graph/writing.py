"""
Graphs: a data set as a graph of networkx, and the files that Gephi reads.

The way back, `from_networkx`, takes our graphs and those of others.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, cast

from ..._files import write_atomically
from ..._optional import require
from ...document.structure import unstructure
from ...document.writing import to_dict
from ...errors import QueryError, shown
from ...model.city import City
from ...model.partnership import Partnership
from ...query.ties import Tie, cities_of
from ...query.whole import Whole, head_of, own_areas
from .._flat import NO_XML, Table, as_cells
from .._tables import TABLES
from .attributes import NETWORK_NODE

__all__ = ["to_networkx", "write_gexf", "write_graphml"]


# A node is its id, and an edge has its ends: their attributes needn't say so again.
_NODES = TABLES["cities"].without("id")
_NETWORK_NODES = TABLES["networks"].without("id")
_EDGES = TABLES["partnerships"].without(
    *(f"{name}_{end}" for name in ("city", "country") for end in ("1", "2", "1_id", "2_id"))
)


def to_networkx(
    data: Whole | Iterable[Tie], *, lang: str = "en", networks: str | None = None, records: bool = True
) -> Any:
    """
    The cities and partnerships of a data set, or the ties of a selection with their cities, as an undirected `nx.Graph`.

    Nodes are ids of cities. Attributes are the columns of the tables `cities` and `partnerships` as text and numbers: words
    of closed lists as their codes, dates as EDTF text, several texts joined by "; ". What isn't known is left out.

    Args:
        data: The data set, or ties.
        lang: The language of names and labels.
        networks: How to show the networks of a data set: "cliques" joins all members with edges whose `relation` is
            "network" where there is no partnership; "bipartite" adds a node for each network with edges to its members.
        records: Whether nodes, edges and the graph carry the JSON of their records, from which `from_networkx` makes
            the same data set.

    Raises:
        QueryError: *networks* is another word, or asked for of ties.
        MissingDependencyError: networkx isn't installed.
    """
    graph = require("networkx", extra="graph").Graph()
    if not isinstance(data, Whole):
        if networks is not None:
            raise QueryError(f"expected networks= for a data set alone, got {shown(networks)} for ties")
        ties = tuple(data)
        _add_cities(graph, cities_of(ties).values(), lang, records)
        _add_edges(graph, ties, "partnership", lang, records)
        if ties and records:
            graph.graph["document"] = _json(_of_a_part(ties[0]))
        return graph
    if networks not in (None, "cliques", "bipartite"):
        raise QueryError(f"expected 'cliques', 'bipartite' or None as networks=, got {shown(networks)}")
    if data.title is not None:
        graph.graph["name"] = data.title
    _add_cities(graph, data.cities.values(), lang, records)
    _add_edges(graph, TABLES["partnerships"].subjects(data), "partnership", lang, records)
    if networks == "cliques":
        _add_cliques(graph, data, lang)
    elif networks == "bipartite":
        _add_network_nodes(graph, data, lang, records)
    if records:
        graph.graph["document"] = _json(_around(data, with_networks=networks != "bipartite"))
    return graph


def _attributes(table: Table, subjects: Iterable[Any], lang: str) -> Iterator[dict[str, Any]]:
    """
    The attributes of nodes or edges: the columns of a table, words as their codes, without what isn't known.
    """
    names = [column.name for column in table.columns]
    columns = [
        [word and word.value for word in values] if column.words is not None else as_cells(column, values)
        for column, values in zip(table.columns, table.values(subjects, lang), strict=True)
    ]
    for row in zip(*columns, strict=True):
        named = zip(names, row, strict=True)
        yield {name: value for name, value in named if value is not None}


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":"), allow_nan=False)  # ASCII: XML can hold every character of it


def _add_cities(graph: Any, cities: Iterable[City], lang: str, records: bool) -> None:
    cities = tuple(cities)
    for city, attributes in zip(cities, _attributes(_NODES, cities, lang), strict=True):
        if records:
            attributes["record"] = _json(unstructure(city))
        graph.add_node(city.id, **attributes)


def _add_edges(graph: Any, ties: Iterable[Tie], relation: str, lang: str, records: bool) -> None:
    ties = tuple(ties)
    for tie, attributes in zip(ties, _attributes(_EDGES, ties, lang), strict=True):
        if records:
            attributes["record"] = _json(unstructure(tie.partnership))
        graph.add_edge(*tie.partnership.cities, relation=relation, **attributes)


def _add_cliques(graph: Any, dataset: Whole, lang: str) -> None:
    pairs = {tuple(sorted(pair)) for network in dataset.networks.values() for pair in combinations(network.members, 2)}
    # Seen as ties they have areas, networks and a distance, and nothing else.
    ties = [
        Tie(dataset, dataset.cities[first], dataset.cities[second], Partnership(cities=(first, second)))
        for first, second in sorted(pairs)
        if not graph.has_edge(first, second)
    ]
    _add_edges(graph, ties, "network", lang, records=False)


def _add_network_nodes(graph: Any, dataset: Whole, lang: str, records: bool) -> None:
    for id in dataset.cities:
        graph.nodes[id]["bipartite"] = 0
    networks = tuple(dataset.networks.values())
    for network, attributes in zip(networks, _attributes(_NETWORK_NODES, networks, lang), strict=True):
        node = NETWORK_NODE + network.id
        graph.add_node(node, bipartite=1, **attributes)
        graph.add_edges_from(((node, id) for id in network.members), relation="membership")
        if records:
            graph.nodes[node]["record"] = _json(unstructure(network))


def _around(dataset: Whole, *, with_networks: bool) -> dict[str, Any]:
    """
    The document without cities and partnerships.
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


def _of_a_part(tie: Tie) -> dict[str, Any]:
    """
    The document around some ties, of which one is given: what names the whole isn't said of a part.
    """
    document = _around(tie._whole, with_networks=False)  # noqa: SLF001  # ties are of this house
    return {name: value for name, value in document.items() if name not in {"id", "title", "version", "complete_for"}}


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
        QueryError: *networks* is another word, or asked for of ties.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    buffer = io.BytesIO()
    require("networkx", extra="graph").write_graphml_xml(graph, buffer)  # the same with and without lxml
    write_atomically(path, [buffer.getvalue()])


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
        QueryError: *networks* is another word, or asked for of ties.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    if records:
        # Of what belongs to the graph itself, networkx writes and reads its name alone.
        graph.graph["name"] = graph.graph.get("document", "")
    buffer = io.BytesIO()
    require("networkx", extra="graph").write_gexf(graph, buffer)
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
    *text* as XML can hold it: line breaks as XML reads them, U+FFFD for what is no character there.
    """
    return NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
