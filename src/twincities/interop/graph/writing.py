"""
Write data sets as graphs of networkx, and as files for Gephi.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import combinations
from typing import Any, cast

from ..._files import write_atomically
from ..._lazy import collector_paused
from ..._optional import require
from ...document.plain import encoded_each, unstructure
from ...document.writing import to_dict
from ...errors import QueryError, shown
from ...model.city import City
from ...model.partnership import Partnership
from ...query.ties import Tie, cities_of, tuple_of_ties
from ...query.whole import Whole, head_of, own_areas
from .._flat import NO_XML, Table, as_cells
from .._tables import TABLES
from .attributes import NETWORK_NODE

__all__ = ["to_networkx", "write_gexf", "write_graphml"]


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
        QueryError: *networks* is another word, or is given with ties.
        MissingDependencyError: networkx isn't installed.
    """
    graph = require("networkx", extra="graph").Graph()
    if not isinstance(data, Whole):
        if networks is not None:
            raise QueryError(f"expected networks= only with a data set, got {shown(networks)} with ties")
        with collector_paused():
            _fill_with_ties(graph, tuple_of_ties(data), lang, records)
    elif networks not in (None, "cliques", "bipartite"):
        raise QueryError(f"expected 'cliques', 'bipartite' or None as networks=, got {shown(networks)}")
    else:
        with collector_paused():
            _fill(graph, data, lang, networks, records)
    return graph


def _fill_with_ties(graph: Any, ties: Sequence[Tie], lang: str, records: bool) -> None:
    _add_cities(graph, cities_of(ties).values(), lang, records)
    _add_edges(graph, ties, "partnership", lang, records)
    if ties and records:
        graph.graph["document"] = _json(_of_a_part(ties[0]))


def _fill(graph: Any, data: Whole, lang: str, networks: str | None, records: bool) -> None:
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


def _attributes(
    table: Table, subjects: Sequence[Any], lang: str, records: Sequence[Any] = (), **same: Any
) -> Iterator[dict[str, Any]]:
    """
    The attributes of each node or edge: those that are the *same* for all, the known columns of a table, and the JSON of
    the record if records are given.
    """
    names = [*same, *(column.name for column in table.columns)]
    columns: list[Sequence[Any]] = [
        [word and word.value for word in values] if column.words is not None else as_cells(column, values)
        for column, values in zip(table.columns, table.values(subjects, lang), strict=True)
    ]
    if records:
        names.append("record")
        columns.append(_texts(records))
    columns = [[value] * len(subjects) for value in same.values()] + columns
    filled = [(name, values) for name, values in zip(names, columns, strict=True) if values.count(None) < len(values)]
    names = [name for name, _ in filled]
    for row in zip(*(values for _, values in filled), strict=True):
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _texts(records: Sequence[Any]) -> list[str]:
    """
    The JSON of records of one class.
    """
    return [_escaped(text.decode()) for text in encoded_each(type(records[0]), records)]


def _escaped(text: str) -> str:
    """
    JSON in ASCII letters.
    """
    if text.isascii():
        return text
    # Python and JSON escape characters alike but for those below U+0100 and above U+FFFF; a backslash may precede an x.
    escaped = text.encode("ascii", "backslashreplace").decode()
    if "\\U" in escaped or "\\\\" in escaped:
        return _json(json.loads(text))
    return escaped.replace("\\x", "\\u00")


def _json(record: Any) -> str:
    return json.dumps(record, separators=(",", ":"), allow_nan=False)  # ASCII: XML can't hold every character


def _add_cities(graph: Any, cities: Iterable[City], lang: str, records: bool) -> None:
    cities = tuple(cities)
    attributes = _attributes(_NODES, cities, lang, cities if records else ())
    graph.add_nodes_from(zip([city.id for city in cities], attributes, strict=True))


def _add_edges(graph: Any, ties: Iterable[Tie], relation: str, lang: str, records: bool) -> None:
    ties = tuple(ties)
    partnerships = [tie.partnership for tie in ties]
    attributes = _attributes(_EDGES, ties, lang, partnerships if records else (), relation=relation)
    ends = zip(partnerships, attributes, strict=True)
    graph.add_edges_from((*partnership.cities, data) for partnership, data in ends)


def _add_cliques(graph: Any, dataset: Whole, lang: str) -> None:
    pairs = {tuple(sorted(pair)) for network in dataset.networks.values() for pair in combinations(network.members, 2)}
    # As ties they have areas, networks and a distance.
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
    attributes = _attributes(_NETWORK_NODES, networks, lang, networks if records else (), bipartite=1)
    for network, data in zip(networks, attributes, strict=True):
        node = NETWORK_NODE + network.id
        graph.add_node(node, **data)
        graph.add_edges_from(((node, id) for id in network.members), relation="membership")


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


def _of_a_part(tie: Tie) -> dict[str, Any]:
    """
    The document around a selection that contains *tie*, without what describes the whole data set.
    """
    document = _around(tie._whole, with_networks=False)
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
        QueryError: As `to_networkx`.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    buffer = BytesIO()
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
        QueryError: As `to_networkx`.
        MissingDependencyError: networkx isn't installed.
        OSError: The file can't be written.
    """
    graph = _file_graph(data, lang, networks, records)
    if records:
        # networkx writes and reads no other attribute of the graph itself.
        graph.graph["name"] = graph.graph.get("document", "")
    buffer = BytesIO()
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
    Replace what XML can't hold: control characters by U+FFFD, line breaks by line feeds.
    """
    return NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
