"""
The usual measures of a graph, computed by networkx.
"""

from __future__ import annotations

from statistics import correlation
from typing import Any

import attrs

from ..._optional import require
from ...errors import QueryError, shown
from ...model.arguments import as_whole_number
from ...query.whole import Whole
from .writing import to_networkx


@attrs.frozen(kw_only=True)
class Measures:
    """
    The usual measures of a graph; `None` if a measure isn't defined, such as a path length in a graph without edges.
    """

    nodes: int
    edges: int
    components: int
    largest_component: int | None
    """The number of its nodes."""
    mean_degree: float | None
    max_degree: int | None
    transitivity: float | None
    """The share of connected triples that are closed: 3 × triangles / connected triples."""
    average_clustering: float | None
    """The mean of the nodes' clustering; nodes with fewer than two neighbours count as 0."""
    degree_assortativity: float | None
    """The tendency of nodes to link to nodes of similar degree: Pearson's r over the ends of each edge (Newman 2002)."""
    country_assortativity: float | None
    """The tendency of cities to link to their own country, over edges with two known countries (Newman 2003)."""
    average_path_length: float | None
    """The mean length of the shortest paths between two nodes of the largest component, in edges."""
    diameter: int | None
    """The length of the longest of these paths."""
    communities: int | None
    """The number that the Louvain method finds (Blondel et al. 2008)."""
    modularity: float | None
    """The modularity of these communities."""


def measures(data: Any, *, seed: int = 0) -> Measures:
    """
    Measure a data set's graph of cities and partnerships, or an undirected graph of networkx without parallel edges.

    The same data and seed give the same measures, in whatever order nodes and edges come. Path lengths take time
    quadratic in the number of nodes: a second for a thousand, minutes for ten thousand.

    Args:
        data: A `Dataset`, or a graph whose nodes may have a `country_code`.
        seed: The seed of the Louvain method, which visits nodes in random order.

    Raises:
        QueryError: *data* is neither, or *seed* isn't a whole number from 0.
        MissingDependencyError: networkx isn't installed.
    """
    nx = require("networkx", extra="graph")
    graph = to_networkx(data, records=False) if isinstance(data, Whole) else data
    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise QueryError(f"expected a Dataset or an undirected nx.Graph, got {shown(graph)}")
    graph = _in_order(graph, nx)
    degrees = [degree for _, degree in graph.degree]
    components = list(nx.connected_components(graph))
    largest = graph.subgraph(max(components, key=len, default=())).copy()  # a view takes eight times as long
    joined = len(largest) > 1
    seed = as_whole_number(seed, "seed=", least=0)
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
    Renumber the nodes in the order of their names, so that sums and random choices don't depend on the order given.
    """
    numbers = {node: number for number, node in enumerate(sorted(graph, key=str))}
    ordered = nx.Graph()
    ordered.add_nodes_from(
        (number, {"country": graph.nodes[node].get("country_code")}) for node, number in numbers.items()
    )
    ordered.add_edges_from(sorted(tuple(sorted((numbers[u], numbers[v]))) for u, v in graph.edges))
    return ordered


# networkx's own functions for these need numpy and scipy, and warn if they divide by zero.


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
