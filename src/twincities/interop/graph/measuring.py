"""
The measures that the field reports of graphs, through networkx.
"""

from __future__ import annotations

from statistics import correlation
from typing import Any

import attrs

from ..._optional import require
from ...errors import QueryError, shown
from ...query.whole import Whole
from .writing import to_networkx

__all__ = ["Measures", "measures"]


@attrs.frozen(kw_only=True)
class Measures:
    """
    The figures that are reported of a graph; `None` where it isn't defined, such as a path in a graph without edges.
    """

    nodes: int
    edges: int
    components: int
    largest_component: int | None
    """How many nodes it has."""
    mean_degree: float | None
    max_degree: int | None
    transitivity: float | None
    """The share of connected triples that are closed: 3 × triangles / triples."""
    average_clustering: float | None
    """The mean of the nodes' clustering; nodes with fewer than two neighbours count as 0."""
    degree_assortativity: float | None
    """Whether nodes go with nodes of like degree: Pearson's r over both ends of each edge (Newman 2002)."""
    country_assortativity: float | None
    """Whether cities go with cities of the same country, over the edges where both are known (Newman 2003)."""
    average_path_length: float | None
    """The mean of the shortest paths between two nodes of the largest component, in edges."""
    diameter: int | None
    """The longest of these."""
    communities: int | None
    """How many the Louvain method finds (Blondel et al. 2008)."""
    modularity: float | None
    """Of these communities."""


def measures_of(graph: Any, seed: int) -> Measures:
    """
    The measures of an undirected `nx.Graph`; *seed* is for the Louvain method.

    Raises:
        QueryError: *graph* is something else.
        MissingDependencyError: networkx isn't installed.
    """
    nx = require("networkx", extra="graph")
    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise QueryError(f"expected a Dataset or an undirected nx.Graph, got {shown(graph)}")
    graph = _in_order(graph, nx)
    degrees = [degree for _, degree in graph.degree]
    components = list(nx.connected_components(graph))
    largest = graph.subgraph(max(components, key=len, default=())).copy()  # a view takes eight times as long
    joined = len(largest) > 1
    communities = nx.community.louvain_communities(graph, seed=seed) if graph.size() else None
    return Measures(
        nodes=len(graph),
        edges=graph.number_of_edges(),
        components=len(components),
        largest_component=len(largest) or None,
        mean_degree=sum(degrees) / len(degrees) if degrees else None,
        max_degree=max(degrees, default=None),
        transitivity=nx.transitivity(graph) if any(degree > 1 for degree in degrees) else None,
        average_clustering=nx.average_clustering(graph) if degrees else None,
        degree_assortativity=_by_degree(graph, nx),
        country_assortativity=_by_country(graph, nx),
        average_path_length=nx.average_shortest_path_length(largest) if joined else None,
        diameter=nx.diameter(largest, usebounds=True) if joined else None,
        communities=None if communities is None else len(communities),
        modularity=None if communities is None else nx.community.modularity(graph, communities),
    )


def _in_order(graph: Any, nx: Any) -> Any:
    """
    *graph* with numbers for nodes in the order of their names: what sums up or draws lots then does so alike.
    """
    numbers = {node: number for number, node in enumerate(sorted(graph, key=str))}
    ordered = nx.Graph()
    ordered.add_nodes_from(
        (number, {"country": graph.nodes[node].get("country_code")}) for node, number in numbers.items()
    )
    ordered.add_edges_from(sorted(tuple(sorted((numbers[u], numbers[v]))) for u, v in graph.edges))
    return ordered


# networkx has functions for both, which need numpy and scipy, and warn where there is nothing to divide by.


def _by_degree(graph: Any, nx: Any) -> float | None:
    pairs = list(nx.node_degree_xy(graph))
    if len({degree for degree, _ in pairs}) < 2:
        return None
    return correlation(*zip(*pairs, strict=True))


def _by_country(graph: Any, nx: Any) -> float | None:
    known = graph.subgraph(node for node, country in graph.nodes(data="country") if country is not None)
    mixing = nx.attribute_mixing_dict(known, "country")
    ends = {country: sum(others.values()) for country, others in mixing.items()}
    total, expected = sum(ends.values()), sum(count**2 for count in ends.values())
    if total**2 == expected:  # no edges, or one country
        return None
    within = sum(others.get(country, 0) for country, others in mixing.items())
    assortativity: float = (total * within - expected) / (total**2 - expected)
    return assortativity


def measures(data: Any, *, seed: int = 0) -> Measures:
    """
    The measures of a data set's cities and partnerships, or of an undirected graph of networkx without parallel edges.

    Equal data and seeds give equal measures, whatever order nodes and edges come in. Paths take the square of the
    number of nodes: a second for a thousand, minutes for ten thousand.

    Args:
        data: A `Dataset`, or a graph whose nodes may have `country_code`.
        seed: For the Louvain method, which looks at nodes in random order.

    Raises:
        QueryError: *data* is neither.
        MissingDependencyError: networkx isn't installed.
    """
    return measures_of(to_networkx(data, records=False) if isinstance(data, Whole) else data, seed)
