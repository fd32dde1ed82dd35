"""
Graphs: the same data set back from memory and from files, strangers' graphs by stated rules, and known measures.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from generators import datasets, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.formats import read
from twincities.interop import graph as door
from twincities.interop.graph import Measures, from_networkx, measures, write_gexf, write_graphml
from twincities.query.whole import head_of, lists_of

nx = pytest.importorskip("networkx")

KUOPIO = tc.load()
CHOICES = (None, "cliques", "bipartite")
choices = st.sampled_from(CHOICES)
langs = st.sampled_from(["en", "fi", "sv"])
FILES = {"graphml": (write_graphml, nx.read_graphml), "gexf": (write_gexf, nx.read_gexf)}
files = pytest.mark.parametrize(("write", "read"), FILES.values(), ids=FILES)


def attributes(graph: Any) -> list[dict[str, Any]]:
    """The attributes of every node and edge."""
    return [data for _, data in graph.nodes(data=True)] + [data for _, _, data in graph.edges(data=True)]


def problems(graph: Any) -> list[tuple[str, str]]:
    """What is wrong with a graph: where, and what."""
    with pytest.raises(tc.DatasetError) as caught:
        from_networkx(graph)
    return [tuple(problem) for problem in caught.value.problems]


# -- there and back --------------------------------------------------------------------------------


@settings(max_examples=60)
@given(datasets(), choices, langs)
def test_a_graph_gives_the_same_data_set_back(ds: tc.Dataset, networks: str | None, lang: str) -> None:
    """Any data set comes back from its graph, whatever language it speaks and however networks are shown."""
    graph = ds.to_networkx(lang=lang, networks=networks)
    assert type(graph) is nx.Graph
    assert from_networkx(graph) == ds


@files
@settings(max_examples=30)
@given(ds=datasets(), networks=choices)
def test_files_give_the_same_data_set_back(
    tmp_path_factory: pytest.TempPathFactory, write: Any, read: Any, ds: tc.Dataset, networks: str | None
) -> None:
    """networkx reads a file of any data set, control characters in names and `extra` included: nothing is lost."""
    path = tmp_path_factory.mktemp("graph") / "x.xml"
    write(ds, path, networks=networks)
    graph = read(path)
    assert not graph.is_directed()
    assert not graph.is_multigraph()
    assert from_networkx(graph) == ds


@settings(max_examples=40)
@given(datasets(), choices)
def test_attributes_are_text_and_numbers(ds: tc.Dataset, networks: str | None) -> None:
    """No attribute is `None`, a tuple or a word of ours: networkx writes the graph as it is, in both formats."""
    graph = ds.to_networkx(networks=networks)
    kinds = {type(value) for data in attributes(graph) for value in data.values()}
    assert kinds <= {str, int, float}
    assert list(nx.generate_graphml(graph))
    assert list(nx.generate_gexf(graph))


@pytest.mark.parametrize("networks", CHOICES)
def test_other_ways_of_networkx_keep_everything(networks: str | None) -> None:
    """Node-link JSON, copies, pickles and renumbered nodes give the data set back."""
    graph = KUOPIO.to_networkx(networks=networks)
    text = json.dumps(nx.node_link_data(graph, edges="edges"))
    again = [nx.node_link_graph(json.loads(text), edges="edges"), graph.copy(), pickle.loads(pickle.dumps(graph))]
    for other in (*again, nx.convert_node_labels_to_integers(graph)):
        assert from_networkx(other) == KUOPIO


@settings(max_examples=40)
@given(graphs(), st.booleans())
def test_plain_attributes_give_the_flat_facts_back(ds: tc.Dataset, direct: bool) -> None:
    """Without records the way back gives what the columns hold: ids, names, countries, places, statuses and dates."""
    graph = ds.ties(direct=direct).to_networkx(records=False)
    for data in attributes(graph):
        data.pop("areas", None)  # those of this data set are in no shipped vocabulary
    again = from_networkx(graph)
    assert set(again.partnerships) == set(ds.partnerships)
    for pair, tie in again.partnerships.items():
        known = ds.partnerships[pair]
        assert (tie.status, tie.kind, tie.since) == (known.status, known.kind, known.since)
        assert (tie.until, tie.status_since) == (known.until, known.status_since)
    for id, city in again.cities.items():
        known_city = ds.cities[id]
        assert (city.name, city.country_code) == (known_city.name, known_city.country_code)
        assert city.coordinates == known_city.coordinates


# -- what a graph holds ----------------------------------------------------------------------------


def test_a_node_and_an_edge_in_full() -> None:
    """Nodes are ids; words are codes, dates EDTF text, names and areas in the language asked for."""
    graph = KUOPIO.to_networkx(lang="fi", records=False)
    assert graph.graph == {"name": KUOPIO.title}
    assert list(graph) == list(KUOPIO.cities)
    gyor = graph.nodes["gyor"]
    assert (gyor["name"], gyor["country"], gyor["country_code"], gyor["kind"]) == ("Györ", "Unkari", "HU", "city")
    edge = graph.edges["bodo", "kuopio"]
    assert (edge["relation"], edge["status"], edge["since"]) == ("partnership", "active", "194X")
    assert edge["networks"] == "Pohjoismainen ystävyyskaupunkiyhteistyö"
    assert "until" not in edge
    assert "liiketoiminta" in edge["areas"] or "elinkeino" in edge["areas"]
    english = KUOPIO.to_networkx(records=False)
    assert english.edges["bodo", "kuopio"]["status"] == edge["status"]
    assert english.nodes["gyor"]["name"] == "Győr"


def test_records_are_the_document_record() -> None:
    """`record` is the record's JSON as the document has it, in readable letters."""
    graph = KUOPIO.to_networkx()
    document = KUOPIO.to_dict()
    assert [json.loads(data["record"]) for _, data in graph.nodes(data=True)] == document["cities"]
    around = json.loads(graph.graph["document"])
    assert {**around, "cities": document["cities"], "partnerships": document["partnerships"]} == document
    assert '"name":"Győr"' in graph.nodes["gyor"]["record"]


def test_networks_as_cliques() -> None:
    """Members that have no partnership are joined by an edge that says so; partnerships stay as they are."""
    plain, cliques = KUOPIO.to_networkx(), KUOPIO.to_networkx(networks="cliques")
    added = set(map(frozenset, cliques.edges)) - set(map(frozenset, plain.edges))
    assert added == {frozenset(["kuopio", "shanghai"])}
    edge = cliques.edges["kuopio", "shanghai"]
    assert edge["relation"] == "network"
    assert edge["networks"] == KUOPIO.networks["kuopio-shanghai"].label("en")
    assert edge["distance_km"] > 6000
    assert "record" not in edge
    assert "status" not in edge
    assert all(cliques.edges[pair] == plain.edges[pair] for pair in plain.edges)


@settings(max_examples=40)
@given(datasets(), st.booleans())
def test_networks_as_a_bipartite_graph(ds: tc.Dataset, records: bool) -> None:
    """Each network is a node beside the cities, its neighbours the members; memberships alone are bipartite."""
    graph = ds.to_networkx(networks="bipartite", records=records)
    sides = dict(graph.nodes(data="bipartite"))
    assert {node for node, side in sides.items() if side == 0} == set(ds.cities)
    assert {node for node, side in sides.items() if side == 1} == {f"network:{id}" for id in ds.networks}
    for network in ds.networks.values():
        assert set(graph[f"network:{network.id}"]) == set(network.members)
    members = [(u, v) for u, v, relation in graph.edges(data="relation") if relation == "membership"]
    assert nx.is_bipartite(graph.edge_subgraph(members))
    for data in attributes(graph):
        data.pop("areas", None)
    again = from_networkx(graph)
    assert {id: set(n.members) for id, n in again.networks.items()} == {
        id: set(n.members) for id, n in ds.networks.items()
    }


@pytest.mark.parametrize("networks", ["clique", "", 1, True])
def test_other_choices_are_refused(networks: Any) -> None:
    """A word that is no way to show networks is refused with those that are."""
    with pytest.raises(tc.QueryError, match="expected 'cliques', 'bipartite' or None as networks="):
        KUOPIO.to_networkx(networks=networks)


def test_the_graph_of_a_selection() -> None:
    """A selection's graph has its ties and their cities; it comes back as a part, which isn't named as the whole."""
    ties = KUOPIO.partners("Kuopio", country=["SE", "NO"])
    graph = ties.to_networkx(lang="sv")
    assert set(graph) == {"kuopio", "bodo", "jonkoping"}
    assert graph.number_of_edges() == 2
    assert graph.nodes["bodo"]["name"] == "Bodö"
    part = from_networkx(graph)
    assert part.cities["bodo"] == KUOPIO.cities["bodo"]
    assert part.partnership("Kuopio", "Bodø") == KUOPIO.partnership("Kuopio", "Bodø")
    assert (part.id, part.title, part.complete_for, dict(part.networks)) == (None, None, (), {})
    assert part.as_of == KUOPIO.as_of
    assert part.sources == KUOPIO.sources
    assert len(ties[:0].to_networkx()) == 0
    assert from_networkx(ties[:0].to_networkx()) == tc.Dataset()
    with pytest.raises(tc.QueryError, match="expected networks= only with a data set, got 'cliques' with ties"):
        door.to_networkx(ties, networks="cliques")
    assert not hasattr(KUOPIO.cousins("Kuopio"), "to_networkx")


def test_a_graph_with_nodes_taken_out_says_what_is_missing() -> None:
    """What the document refers to has to be in the graph: a network without a member is refused, not cut."""
    graph = KUOPIO.to_networkx()
    graph.remove_nodes_from(["shanghai", "pudong"])
    ((path, message),) = problems(graph)
    assert path == "graph.document.networks[1].members[1]"
    assert "shanghai" in message
    bipartite = KUOPIO.to_networkx(networks="bipartite")
    bipartite.remove_nodes_from(["shanghai", "pudong", "network:kuopio-shanghai"])
    assert from_networkx(bipartite).networks.keys() == {"nordic"}


# -- files -----------------------------------------------------------------------------------------

BROKEN = "a\x00\x1b\x08\r\nb\r\tc"
HARD = tc.Dataset(
    title=BROKEN,
    cities=[
        tc.City(id="a", name=BROKEN, summary={"en": BROKEN}, extra={BROKEN: [BROKEN, None, True, 1.5]}),
        tc.City(id="b", name='<&">]]>', populations=[tc.Population(value=2**53 - 1)]),
        tc.City(id="c", name=" \n日本 "),
    ],
    partnerships=[tc.Partnership(cities=("a", "b"), summary={"en": BROKEN})],
    networks=[tc.CooperationNetwork(id="a", members=("a", "c"), names={"en": BROKEN})],
)


@files
@pytest.mark.parametrize("networks", CHOICES)
@pytest.mark.parametrize("records", [True, False])
def test_no_character_makes_a_file_unreadable(
    tmp_path: Path, write: Any, read: Any, networks: str | None, records: bool
) -> None:
    """What XML can't hold shows as U+FFFD in attributes and is whole in records; line breaks become line feeds."""
    write(HARD, tmp_path / "x", networks=networks, records=records)
    graph = read(tmp_path / "x")
    shown = "a\ufffd\ufffd\ufffd\nb\n\tc"
    assert graph.nodes["a"]["name"] == graph.nodes["a"]["label"] == shown
    assert graph.nodes["b"]["name"] == '<&">]]>'
    assert graph.nodes["b"]["population"] == 2**53 - 1
    assert graph.edges["a", "b"]["summary"] == shown
    assert ("record" in graph.nodes["a"]) == records
    if records:
        assert from_networkx(graph) == HARD
    else:
        assert from_networkx(graph).title == shown


@files
def test_files_have_types(tmp_path: Path, write: Any, read: Any) -> None:
    """Numbers are numbers in the file, and a node's label is its name: Gephi shows and ranks by them."""
    write(KUOPIO, tmp_path / "x", lang="fi", records=False)
    graph = read(tmp_path / "x")
    made = KUOPIO.to_networkx(lang="fi", records=False)
    assert {node: {**data, "label": data["name"]} for node, data in made.nodes(data=True)} == dict(graph.nodes)
    for u, v, data in graph.edges(data=True):
        data.pop("id", None)  # GEXF numbers edges
        assert data == made.edges[u, v]
    assert type(graph.nodes["kuopio"]["population"]) is int
    assert type(graph.nodes["kuopio"]["latitude"]) is float


@files
def test_a_selection_can_be_written(tmp_path: Path, write: Any, read: Any) -> None:
    """A selection has the same files, with its ties alone."""
    ties = KUOPIO.partners("Kuopio", country="SE")
    write(ties, tmp_path / "x.gz")
    assert from_networkx(read(tmp_path / "x.gz")) == from_networkx(ties.to_networkx())
    write(ties[:0], tmp_path / "empty")
    assert len(read(tmp_path / "empty")) == 0


@files
def test_files_are_replaced_whole(tmp_path: Path, write: Any, read: Any) -> None:
    """An error leaves the old file, and nothing beside it; what is written replaces it."""
    path = tmp_path / "x"
    path.write_text("old")
    with pytest.raises(tc.QueryError):
        write(KUOPIO, path, networks="no")
    assert path.read_text() == "old"
    write(KUOPIO, str(path))
    assert list(tmp_path.iterdir()) == [path]
    again = path.read_bytes()
    write(KUOPIO, path)
    assert path.read_bytes() == again


# -- graphs of others ------------------------------------------------------------------------------


def test_plain_ids_are_enough() -> None:
    """Nodes and edges without attributes make cities and partnerships; the shipped areas are there."""
    ds = from_networkx(nx.Graph([("kuopio", "opole"), ("kuopio", "gera")], name="Mine"))
    assert ds == tc.Dataset(
        title="Mine",
        cities=[tc.City(id=id) for id in ("kuopio", "opole", "gera")],
        partnerships=[tc.Partnership(cities=("kuopio", other)) for other in ("opole", "gera")],
    )
    assert from_networkx(nx.Graph(name=" ")) == from_networkx(nx.empty_graph(0)) == tc.Dataset()


def test_nodes_get_ids_that_are_file_safe() -> None:
    """A node that can't be an id gets one made of it, and keeps its text as name; those that can keep theirs first."""
    graph = nx.Graph()
    graph.add_nodes_from(["Győr", "gyor", "GYŐR", 0, "0", 1.5, (1, 2), "a b", "日本", "con", frozenset("x")])
    ds = from_networkx(graph)
    names = {city.name: id for id, city in ds.cities.items() if id != city.name}
    assert names.items() >= {"Győr": "gyor-2", "GYŐR": "gyor-3", "a b": "a-b"}.items()
    assert {"gyor", "0", "1.5", "1-2"} < set(ds.cities)
    assert len(ds.cities) == 11
    assert from_networkx(nx.grid_2d_graph(2, 3)).cities.keys() == {"0-0", "0-1", "0-2", "1-0", "1-1", "1-2"}


@pytest.mark.parametrize("node", ["", " ", float("nan")])
def test_a_missing_node_is_refused(node: Any) -> None:
    """An edge list with an empty cell makes no city that is called "nan"."""
    assert problems(nx.Graph([("Kuopio", node)])) == [(f"nodes[{node!r}]", "expected an id or a name, got none")]


@pytest.mark.parametrize("attribute", ["name", "label", "record", "bipartite", "relation", "since", "tags"])
def test_values_of_other_libraries_are_read_or_refused(attribute: str) -> None:
    """A value that compares in its own way (arrays, NA, a signalling NaN) is refused with its place, or not known."""
    pandas = pytest.importorskip("pandas")
    odd = [pandas.array([1, 2]).to_numpy(), pandas.Series([1, 2]), pandas.DataFrame(), pandas.NA, Decimal("sNaN"), {1}]
    for value in odd:
        graph = nx.DiGraph()
        graph.add_node("a", **{attribute: value})
        graph.add_edge("a", "b", **{attribute: value})
        graph.add_edge("b", "a", **{attribute: value})
        try:
            found = {*from_networkx(graph).cities}
        except tc.DatasetError as error:
            found = {problem.path.partition("[")[0] for problem in error.problems}
        assert found == {"a", "b"} or found <= {"nodes", "edges"}


def test_attributes_with_names_of_columns_are_read() -> None:
    """They are read as cells of a table are: words by label, countries by name, dates as people write them."""
    graph = nx.Graph()
    graph.add_node(
        1, name="Kuopio", kind="kaupunki", country="Suomi", latitude=62.9, longitude="27,7", population="120 000",
        wikidata_id="Q162279", geonames_id=650224, alt_ids=["Q1", "5"], subdivision_codes="FI-15; FI-18", summary="Lakes",
        mayor=None, lakes=3, tags=["a", {"b": None}],
    )  # fmt: skip
    graph.add_node(2, label="Opole", country_code="Poland", population=float("nan"))
    graph.add_edge(
        1, 2, since=1980, until=date(2020, 5, 1), status="ended", kind="twinning", status_since="2020~", areas="sport; culture",
        asserted_by="2", summary="Once", weight=0.5, relation="old",
    )  # fmt: skip
    assert from_networkx(graph) == tc.Dataset(
        cities=[
            tc.City(
                id="1",
                name="Kuopio",
                kind="city",
                country_code="FI",
                coordinates=tc.Coordinates(latitude=62.9, longitude=27.7),
                populations=[tc.Population(value=120_000)],
                wikidata_id="Q162279",
                geonames_id="650224",
                alt_ids=["Q1", "5"],
                subdivision_codes=["FI-15", "FI-18"],
                summary={"und": "Lakes"},
                extra={"lakes": 3, "tags": ["a", {"b": None}]},
            ),
            tc.City(id="2", name="Opole", country_code="PL"),
        ],
        partnerships=[
            tc.Partnership(
                cities=("1", "2"),
                since="1980",
                until="2020-05-01",
                status="ended",
                kind="twinning",
                status_since="2020~",
                activities=[tc.Activity(areas=["sport", "culture"])],
                asserted_by=["2"],
                summary={"und": "Once"},
                extra={"weight": 0.5, "relation": "old"},
            )
        ],
    )


def test_what_would_be_said_twice_goes_to_extra() -> None:
    """A label beside another name, and a country beside its code, are kept under their names."""
    graph = nx.Graph()
    graph.add_node("a", name="Aa", label="Bb", country="Soviet Union", country_code="EE")
    graph.add_node("b", name="Bb", label="Bb")
    ds = from_networkx(graph)
    assert ds.cities["a"].extra == {"label": "Bb", "country": "Soviet Union"}
    assert ds.cities["b"].extra == {}


def test_numbers_of_numpy_are_numbers() -> None:
    """Numbers of other libraries are taken as Python's; truth values stay what they are."""
    np = pytest.importorskip("numpy")
    graph = nx.Graph()
    graph.add_node("a", population=np.int64(5), latitude=np.float32(0.5), longitude=np.float64(1), n=np.int8(7), x=True)
    (city,) = from_networkx(graph).cities.values()
    assert (city.population, city.coordinates) == (5, tc.Coordinates(latitude=0.5, longitude=1))
    assert city.extra == {"n": 7, "x": True}


def test_directions_tell_who_asserts() -> None:
    """An edge is asserted by its source; both directions are one partnership, asserted by both."""
    graph = nx.DiGraph()
    graph.add_edge("b", "a", since="1980")
    graph.add_edge("a", "b", status="active", lakes=1)
    graph.add_edge("c", "a", n=1)
    graph.add_edge("b", "c", asserted_by="c")
    ds = from_networkx(graph)
    assert {pair: set(tie.asserted_by) for pair, tie in ds.partnerships.items()} == {
        ("a", "b"): {"a", "b"},
        ("a", "c"): {"c"},
        ("b", "c"): {"c"},
    }
    both = ds.partnerships["a", "b"]
    assert (str(both.since), both.status, both.extra) == ("1980", "active", {"lakes": 1})
    assert from_networkx(nx.MultiDiGraph([("a", "b"), ("b", "a")])).partnerships["a", "b"].asserted_by == ("a", "b")
    assert from_networkx(KUOPIO.to_networkx().to_directed()) == KUOPIO


def test_directions_that_disagree_are_refused() -> None:
    """Where both directions say something else of the same, both values are named."""
    graph = nx.DiGraph()
    graph.add_edge("a", "b", since="1980", n=1, x="same")
    graph.add_edge("b", "a", since="1981", n=2, x="same")
    assert problems(graph) == [
        ("edges['b', 'a'].since", "expected '1980' as the edge the other way says, got '1981'"),
        ("edges['b', 'a'].extra.n", "expected 1 as the edge the other way says, got 2"),
    ]


def test_loops_and_parallel_edges_are_refused() -> None:
    """A city isn't its own partner, and a pair has one record; a multigraph without parallel edges is fine."""
    graph = nx.MultiGraph([("a", "a"), ("a", "b"), ("b", "a"), (1, 2)])
    assert problems(graph) == [
        ("edges['a', 'a']", "expected an edge between two nodes, got a loop"),
        ("edges['a', 'b']", "expected one edge from a node to another, got parallel edges"),
    ]
    assert problems(nx.MultiDiGraph([("a", "b"), ("a", "b")]))[0][0] == "edges['a', 'b']"
    assert len(from_networkx(nx.MultiGraph([("a", "b"), ("b", "c")])).partnerships) == 2


def test_two_mode_graphs_have_networks() -> None:
    """Nodes with `bipartite` 1 are networks, their neighbours the members; networks have no edges with each other."""
    graph = nx.Graph()
    graph.add_nodes_from(["a", "b", "c"], bipartite=0)
    graph.add_node("Big Six", bipartite=1, name="The Six", since=1990, level="high")
    graph.add_edges_from([("a", "Big Six"), ("Big Six", "b"), ("b", "c")])
    ds = from_networkx(graph)
    assert ds.networks == {
        "big-six": tc.CooperationNetwork(
            id="big-six", members=("a", "b"), names={"und": "The Six"}, since="1990", extra={"level": "high"}
        )
    }
    assert set(ds.partnerships) == {("b", "c")}
    assert from_networkx(nx.MultiDiGraph(graph)).networks.keys() == {"big-six"}
    graph.add_node("n", bipartite=1)
    graph.add_edge("n", "Big Six")
    assert problems(graph) == [("edges['Big Six', 'n']", "expected an edge with a city, got one between two networks")]
    graph.remove_edge("n", "Big Six")
    assert problems(graph) == [("nodes['n'].members", "expected 2 or more, got 0")]


def test_everything_wrong_is_told_with_its_place() -> None:
    """All attributes that can't be read are told at once, each with its node or edge."""
    graph = nx.Graph()
    graph.add_node("a", latitude=91, longitude=0, population=-1, kind="planet", country="Narnia")
    graph.add_edge("a", ("b", 1), since="05/06/1980", areas="sprot", status="dead")
    found = problems(graph)
    assert [path for path, _ in found] == [
        "edges['a', ('b', 1)].since",
        "edges['a', ('b', 1)].areas",
        "edges['a', ('b', 1)].status",
        "nodes['a'].latitude",
        "nodes['a'].population",
        "nodes['a'].kind",
        "nodes['a'].country",
    ]
    assert "'sprot'" in found[1][1]
    assert "expected degrees from -90 to 90, got 91" in found[3][1]


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        ({"tags": {1}}, "nodes['a'].extra.tags", "expected a JSON value"),
        ({"n": 2**60}, "nodes['a'].extra.n", "expected a whole number within"),
        ({"x": float("inf")}, "nodes['a'].extra.x", "expected a finite number"),
        ({5: "x"}, "nodes['a'].extra", "expected text, got 5"),
        ({" ": "x"}, "nodes['a'].extra[' ']", "expected a name that isn't blank"),
        ({"latitude": 1}, "nodes['a'].coordinates.longitude", "expected a value, got none"),
        ({"subdivision_codes": "15"}, "nodes['a'].subdivision_codes[0]", "expected an ISO 3166-2 code"),
        ({"record": "{"}, "nodes['a'].record", "expected JSON"),
        ({"record": "[]"}, "nodes['a'].record", "expected the text of a JSON object, got '[]'"),
        ({"record": 5}, "nodes['a'].record", "expected the text of a JSON object, got 5"),
        ({"record": "{}"}, "nodes['a'].id", "expected a value, got none"),
        ({"record": '{"id":"a","mayor":"x"}'}, "nodes['a'].mayor", "expected no such key"),
    ],
)
def test_nodes_that_cant_be_read(data: dict[Any, Any], place: str, message: str) -> None:
    """What a record refuses is refused, at the node and attribute that it stands in."""
    graph = nx.Graph()
    graph.add_node("a")
    graph.nodes["a"].update(data)
    graph.graph["document"] = '{"format":"twincities/1"}'
    ((path, found),) = problems(graph)
    assert path.startswith(place)
    assert message in found


def test_a_graph_that_lost_its_document_says_so_once(tmp_path: Path) -> None:
    """networkx's own GEXF has no attributes of the graph: the one cause is reported, not each reference that leads nowhere."""
    graph = KUOPIO.to_networkx()
    graph.nodes["opole"]["record"] = '{"id": "opole", "mayor": "x"}'
    nx.write_gexf(graph, tmp_path / "theirs.gexf")
    with pytest.raises(tc.DatasetError) as caught:
        tc.read(tmp_path / "theirs.gexf")
    own, lost = caught.value.problems
    assert own.path == "nodes['opole'].mayor"
    assert lost.path == "graph.document"
    assert "networkx itself writes no attributes of a graph to GEXF; Dataset.write and write_gexf do" in lost.message
    nx.write_graphml(KUOPIO.to_networkx(), tmp_path / "theirs.graphml")
    assert tc.read(tmp_path / "theirs.graphml") == KUOPIO


def test_what_others_call_our_columns_is_read() -> None:
    """`lat`, `lon`, `pop` and the like are read in any capitals; where ours is there too, theirs is kept in `extra`."""
    graph = nx.Graph()
    graph.add_node("a", lat=62.9, lon="27.7", pop=120_000, Country="Finland", QID="Q162279")
    graph.add_node("b", Latitude=1, LNG=2, latitude=3, lat=4, inhabitants="1,000", population=float("nan"))
    ds = from_networkx(graph)
    a, b = ds.cities["a"], ds.cities["b"]
    assert a.coordinates == tc.Coordinates(latitude=62.9, longitude=27.7)
    assert (a.population, a.country_code, a.wikidata_id, a.extra) == (120_000, "FI", "Q162279", {})
    assert b.coordinates == tc.Coordinates(latitude=3, longitude=2)
    assert (b.population, b.extra) == (1000, {"Latitude": 1, "lat": 4})


def test_records_and_nodes_have_to_agree() -> None:
    """Records of one city on two nodes, and of an edge between others, are refused; new names for nodes do no harm."""
    graph = KUOPIO.to_networkx()
    assert from_networkx(nx.convert_node_labels_to_integers(graph)) == KUOPIO
    moved = graph.copy()
    moved.add_edge("gera", "opole", record=graph.edges["gera", "kuopio"]["record"])
    ((path, message),) = problems(moved)
    assert path == "edges['opole', 'gera'].record" or path == "edges['gera', 'opole'].record"
    assert message.startswith("expected the cities gera and opole, got ")
    graph.add_node("twice", record=graph.nodes["gera"]["record"])
    ((path, message),) = problems(graph)
    assert path == "nodes['twice']"
    assert message.endswith("got 'gera' again, first at nodes['gera']")


def test_an_edge_can_be_added_to_a_graph_of_ours() -> None:
    """What is added without a record is read by its attributes; records around it stay whole."""
    graph = KUOPIO.to_networkx()
    graph.add_edge("gera", "opole", since="1999")
    graph.add_node("Espoo", country_code="FI")
    assert from_networkx(graph) == KUOPIO.with_records(
        tc.City(id="Espoo", country_code="FI"), tc.Partnership(cities=("gera", "opole"), since="1999")
    )


@pytest.mark.parametrize(
    ("document", "place", "message"),
    [
        (5, "graph.document", "expected the text of a JSON object, got 5"),
        ("{", "graph.document", "expected JSON"),
        ('{"format":"twincities/1","cities":[]}', "graph.document.cities", "expected no such key: the graph has them"),
        ('{"format":"twincities/1","networks":5}', "graph.document.networks", "expected a list"),
        ('{"format":"twincities/1","as_of":"x"}', "$.as_of", "expected a date"),
    ],
)
def test_documents_that_cant_be_read(document: Any, place: str, message: str) -> None:
    """What the graph itself carries is read as strictly as a document."""
    ((path, found),) = problems(nx.Graph(document=document))
    assert path == place
    assert message in found


def test_a_document_of_a_later_format_says_so() -> None:
    """A graph written by a later release is refused as its document would be."""
    with pytest.raises(tc.FormatVersionError) as caught:
        from_networkx(nx.Graph(name='{"format":"twincities/2"}'))
    assert caught.value.found == "twincities/2"


@pytest.mark.parametrize("value", [None, KUOPIO, [("a", "b")], {}])
def test_what_is_no_graph_is_refused(value: Any) -> None:
    """Anything but a graph of networkx is refused, and nothing is guessed of it."""
    with pytest.raises(tc.QueryError, match="expected a graph of networkx, got "):
        from_networkx(value)


# -- measures --------------------------------------------------------------------------------------


def test_measures_of_kuopio() -> None:
    """A star whose rays touch here and there: what is reported agrees with counting by hand."""
    found = measures(KUOPIO)
    assert (found.nodes, found.edges, found.components, found.largest_component) == (18, 21, 3, 16)
    assert (found.mean_degree, found.max_degree, found.diameter) == (42 / 18, 15, 2)
    # 16 cities in the largest component: 21 pairs one step apart, all others two.
    assert found.average_path_length == pytest.approx((21 + 2 * (16 * 15 / 2 - 21)) / (16 * 15 / 2))


def test_measures_of_a_known_graph() -> None:
    """The karate club: the numbers that are printed of it."""
    found = measures(nx.karate_club_graph())
    assert (found.nodes, found.edges, found.components, found.diameter) == (34, 78, 1, 5)
    assert found.transitivity == pytest.approx(0.2557, abs=1e-4)
    assert found.average_clustering == pytest.approx(0.5706, abs=1e-4)
    assert found.degree_assortativity == pytest.approx(-0.4756, abs=1e-4)
    assert found.average_path_length == pytest.approx(2.4082, abs=1e-4)
    assert found.communities in {3, 4}
    assert found.modularity == pytest.approx(0.42, abs=0.02)
    assert found.country_assortativity is None


def test_country_assortativity_goes_from_one_to_minus_one() -> None:
    """It is 1 where all ties stay inside countries, -1 where two countries have ties with each other alone."""
    inside = nx.Graph([("a", "b"), ("c", "d"), ("a", "x")])
    nx.set_node_attributes(inside, {"a": "FI", "b": "FI", "c": "SE", "d": "SE"}, "country_code")
    across = nx.Graph([("a", "c"), ("b", "d"), ("a", "x")])
    nx.set_node_attributes(across, {"a": "FI", "b": "FI", "c": "SE", "d": "SE"}, "country_code")
    assert measures(inside).country_assortativity == 1
    assert measures(across).country_assortativity == -1


@settings(max_examples=25)
@given(graphs())
def test_assortativity_is_that_of_networkx(ds: tc.Dataset) -> None:
    """Both coefficients agree with networkx's own, which need numpy, wherever those are defined."""
    pytest.importorskip("numpy")
    graph = ds.to_networkx(records=False)
    found = measures(graph)
    known = graph.subgraph(node for node, country in graph.nodes(data="country_code") if country)
    if found.country_assortativity is not None:
        expected = nx.attribute_assortativity_coefficient(known, "country_code")
        assert found.country_assortativity == pytest.approx(expected, abs=1e-9)
    if found.degree_assortativity is not None:
        mixing = nx.degree_mixing_matrix(graph)
        degrees = sorted({degree for pair in nx.node_degree_xy(graph) for degree in pair})
        marginal = mixing.sum(axis=0)
        mean = sum(marginal[i] * d for i, d in enumerate(degrees))
        variance = sum(marginal[i] * (d - mean) ** 2 for i, d in enumerate(degrees))
        together = sum(
            mixing[i, j] * (a - mean) * (b - mean) for i, a in enumerate(degrees) for j, b in enumerate(degrees)
        )
        assert found.degree_assortativity == pytest.approx(together / variance, abs=1e-9)


def test_measures_that_arent_defined_are_none() -> None:
    """Of no cities, no edges or one edge only what can be said is said; nothing is divided by nothing."""
    nothing = Measures(
        nodes=0,
        edges=0,
        components=0,
        largest_component=None,
        mean_degree=None,
        max_degree=None,
        transitivity=None,
        average_clustering=None,
        degree_assortativity=None,
        country_assortativity=None,
        average_path_length=None,
        diameter=None,
        communities=None,
        modularity=None,
    )
    assert measures(tc.Dataset()) == nothing
    lonely = measures(nx.empty_graph(3))
    assert (lonely.components, lonely.largest_component, lonely.mean_degree) == (3, 1, 0)
    assert (lonely.communities, lonely.average_path_length, lonely.transitivity) == (None, None, None)
    pair = measures(nx.path_graph(2))
    assert (pair.transitivity, pair.average_path_length, pair.diameter) == (None, 1, 1)
    assert (pair.degree_assortativity, pair.communities) == (None, 1)


@settings(max_examples=40)
@given(graphs(), st.randoms(use_true_random=False))
def test_equal_data_have_equal_measures(ds: tc.Dataset, order: random.Random) -> None:
    """The order of records doesn't matter, to the last digit."""
    cities, partnerships = list(ds.cities.values()), list(ds.partnerships.values())
    order.shuffle(cities)
    order.shuffle(partnerships)
    shuffled = tc.Dataset(**{**lists_of(ds), **head_of(ds), "cities": cities, "partnerships": partnerships})
    assert shuffled == ds
    assert measures(shuffled) == measures(ds)


def test_measures_are_the_same_in_every_process() -> None:
    """How Python hashes texts doesn't sway the communities."""
    code = "import twincities as tc; from twincities.interop.graph import measures; print(measures(tc.load()))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert runs == {f"{measures(KUOPIO)}\n"}


@pytest.mark.parametrize("value", [nx.DiGraph(), nx.MultiGraph(), None, "x"], ids=lambda value: type(value).__name__)
def test_measures_of_other_graphs_are_refused(value: Any) -> None:
    """Directed graphs and multigraphs have other measures of these names: they are refused."""
    with pytest.raises(tc.QueryError, match=r"expected a Dataset or an undirected nx\.Graph, got "):
        measures(value)


# -- the extra -------------------------------------------------------------------------------------


def test_a_missing_networkx_names_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every way in says what to install."""
    monkeypatch.setitem(sys.modules, "networkx", None)  # what Python does with a module that can't be imported
    for use in (
        KUOPIO.to_networkx,
        KUOPIO.partners("Kuopio").to_networkx,
        lambda: measures(KUOPIO),
        lambda: from_networkx(None),
        lambda: write_gexf(KUOPIO, tmp_path / "x"),
        lambda: write_graphml(KUOPIO, tmp_path / "x"),
    ):
        with pytest.raises(tc.MissingDependencyError) as caught:
            use()
        assert str(caught.value) == "this needs the package networkx: pip install 'twincities[graph]'"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["gexf", "graphml"])
def test_the_numbers_that_files_give_their_edges_are_left(ending: str, tmp_path: Path) -> None:
    """A directed file with an edge each way is one partnership, asserted by both."""
    graph = nx.DiGraph()
    graph.add_edge("Kuopio", "Gera", areas="culture", id="e1")
    graph.add_edge("Gera", "Kuopio", areas="sport", id="e2")
    getattr(nx, f"write_{ending}")(graph, tmp_path / f"a.{ending}")
    ds = read(tmp_path / f"a.{ending}")
    (tie,) = ds.partnerships.values()
    assert (set(tie.asserted_by), dict(tie.extra)) == (set(tie.cities), {})
    assert {area for activity in tie.activities for area in activity.areas} == {"culture", "sport"}
    assert len(tie.activities) == 1
