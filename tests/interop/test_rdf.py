"""
Linked data: every field has its term, data sets come back whole from each format, and a real triple store understands it.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest
from generators import datasets
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities._data import read_data
from twincities.interop.rdf import context, from_rdf, to_rdf, write_rdf
from twincities.interop.rdf.formats import ENDINGS, statements_in
from twincities.interop.rdf.formats import serialized as serialized_statements
from twincities.interop.rdf.names import PREFIXES, tag_in_rdf
from twincities.interop.rdf.terms import CLASSES, TERMS, FieldSources, Form
from twincities.interop.rdf.triples import graph_of, statements_of
from twincities.query.whole import HEAD, Whole

rdflib = pytest.importorskip("rdflib")
ox = pytest.importorskip("pyoxigraph")

KUOPIO = tc.load()
SMALL = tc.Dataset(
    cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))], vocabulary=None
)
FORMATS = tuple(ENDINGS.values())
STORED_AS = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "json-ld": ox.RdfFormat.JSON_LD}
PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def content(ds: tc.Dataset) -> str:
    """All of a data set with the order of its lists, which equality of data sets doesn't look at."""
    return json.dumps(ds.to_dict(), sort_keys=True)


def stored(data: bytes, format: str) -> Any:
    """A triple store with a file loaded."""
    store = ox.Store()
    store.load(data, STORED_AS[format])
    return store


def serialized(graph: Any, format: str) -> bytes:
    """A graph in a format, as we write it."""
    return serialized_statements(statements_of(graph), format)


def ask(store: Any, query: str) -> set[tuple[str, ...]]:
    """The rows of a SPARQL query as texts."""
    return {tuple(value.value if value else "" for value in row) for row in store.query(PROLOGUE + query)}


def triples(text: str) -> Any:
    """A graph written by hand in Turtle, with the prefixes that we use."""
    return rdflib.Graph().parse(data=PROLOGUE + text, format="turtle")


def problems(source: Any, **options: Any) -> list[str]:
    """What is wrong with a source, which has to be."""
    with pytest.raises(tc.DatasetError) as caught:
        from_rdf(source, **options)
    return [str(problem) for problem in caught.value.problems]


# -- there and back --------------------------------------------------------------------------------


@settings(max_examples=15)
@given(datasets())
def test_a_data_set_comes_back_from_its_graph(ds: tc.Dataset) -> None:
    """The triples alone give the data set back, with its lists in order; no node is blank."""
    graph = to_rdf(ds)
    again = from_rdf(graph)
    assert again == ds
    assert content(again) == content(ds)
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=8)
@given(ds=datasets())
def test_a_data_set_comes_back_from_each_format(format: str, ds: tc.Dataset) -> None:
    """Bytes of each format hold the same triples as the graph, and give the data set back."""
    graph = to_rdf(ds)
    data = serialized(graph, format)
    assert set(graph_of(statements_in(data, format))) == set(graph)
    assert content(from_rdf(data, format=format)) == content(ds)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=5)
@given(ds=datasets())
def test_a_data_set_comes_back_from_a_triple_store(format: str, ds: tc.Dataset) -> None:
    """Another implementation reads each format, and what it writes gives the data set back."""
    store = stored(serialized(to_rdf(ds), format), format)
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert from_rdf(dump, format="nt") == ds


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
@settings(max_examples=40)
def test_any_text_comes_back(format: str, text: str) -> None:
    """Texts come back to the letter, in every format: plain, with a language, as JSON."""
    city = tc.City(id="a", name=text, names={"zh-Hant": text}, extra={text: [text]})
    ds = tc.Dataset(cities=[city], vocabulary=None, title=text)
    assert from_rdf(serialized(to_rdf(ds), format), format=format) == ds


NASTY = ["\x00", "\r\n\t\x0b\x0c", '"""', "'''\\", "\\u0041\\t", "\u202e\u2066", "\x85\u2028", "\ufeff",
         "<b>&amp;</b>", '" } ; DROP ALL #', "?s ?p ?o . @en", "^^xsd:int", "a\u0301 á", "{{@id}}"]  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_nasty_texts_come_back(format: str) -> None:
    """Control characters, quotes, escapes, bidi marks, markup and bits of SPARQL are text, for both implementations."""
    cities = [tc.City(id=f"c{n}", name=f"x{text}", summary={"en": f"x{text}"}) for n, text in enumerate(NASTY)]
    ds = tc.Dataset(cities=cities, vocabulary=None)
    data = serialized(to_rdf(ds), format)
    assert from_rdf(data, format=format) == ds
    assert {name for (name,) in ask(stored(data, format), "SELECT ?n { ?c rdfs:label ?n }")} == {f"x{t}" for t in NASTY}


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?y=1#z",
        "http://a//b/../c",
        "https://a/%",
        "http://##",
        "http://{x}|\\^`",
        "http://ä.example/日",
    ],
)
@pytest.mark.parametrize("format", FORMATS)
def test_urls_come_back(url: str, format: str) -> None:
    """A URL is an IRI where it is a right one, else a literal; it comes back as it was in either case."""
    area = tc.CooperationArea(id="x", exact_match=(url,))
    ds = tc.Dataset(areas=[area], sources=[tc.Source(id="s", url=url)], vocabulary=None)
    graph = to_rdf(ds)
    (node,) = graph.objects(None, rdflib.SKOS.exactMatch)
    assert isinstance(node, rdflib.URIRef) == (url in {"https://a.example/x?y=1#z", "http://ä.example/日"})
    data = serialized(graph, format)
    stored(data, format)
    assert from_rdf(data, format=format) == ds


@pytest.mark.parametrize("degrees", [62.89238, 89.99999999999999, 5e-324, 1e-7, 0.1 + 0.2, 90, -0.0])
@pytest.mark.parametrize("format", FORMATS)
def test_coordinates_keep_all_digits(degrees: float, format: str) -> None:
    """No digit of a coordinate is lost in any format."""
    ds = tc.Dataset(cities=[tc.City(id="a", coordinates=tc.Coordinates(latitude=degrees, longitude=-degrees))])
    assert content(from_rdf(serialized(to_rdf(ds), format), format=format)) == content(ds)


@pytest.mark.parametrize(
    ("tag", "in_rdf"),
    [
        ("fi", "fi"), ("zh-hant", "zh-Hant"), ("sr-latn-rs", "sr-Latn-RS"), ("de-1996", "de-1996"),
        ("es-419", "es-419"), ("zh-yue", "zh-yue"), ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-1996-1996", None), ("fi-12", None), ("en-US-Latn", None), ("abcd", None),
    ],
)  # fmt: skip
def test_language_tags_in_rdf(tag: str, in_rdf: str | None) -> None:
    """Tags stand in the capitals that BCP 47 recommends, if they are of its form."""
    assert tag_in_rdf(tag) == in_rdf


@pytest.mark.parametrize(
    "names", [{"zh-hant": "x"}, {"fi-12": "x"}, {"en-gb": "x", "en-GB": "y"}, {"sv": "y", "fi": "x"}]
)
@pytest.mark.parametrize("format", FORMATS)
def test_tags_that_rdf_lacks_come_back(names: dict[str, str], format: str) -> None:
    """Capitals, odd tags and two spellings of one tag come back; a store never sees a tag that it would refuse."""
    alternatives = dict.fromkeys(names, ("b", "a")) | {"et": ()}
    area = tc.CooperationArea(id="x", pref_label=names, alt_labels=alternatives)
    ds = tc.Dataset(cities=[tc.City(id="a", names=names)], areas=[area], vocabulary=None)
    data = serialized(to_rdf(ds), format)
    stored(data, format)
    assert content(from_rdf(data, format=format)) == content(ds)


def test_what_triples_say_comes_before_what_was_written() -> None:
    """Where somebody changed triples, they count; the order that was written is kept for what is still there."""
    area = tc.CooperationArea(id="x", alt_labels={"en": ("c", "b", "a")}, pref_label={"en-gb": "p"})
    city = tc.City(id="a", alt_names=("c", "b", "a"))
    graph = to_rdf(tc.Dataset(cities=[city], areas=[area], vocabulary=None))
    for node in (*graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept), *graph.subjects(rdflib.RDFS.label)):
        lang = None if (node, rdflib.RDFS.label, None) in graph else "en"
        graph.remove((node, rdflib.SKOS.altLabel, rdflib.Literal("b", lang=lang)))
        graph.add((node, rdflib.SKOS.altLabel, rdflib.Literal("B", lang=lang)))
        graph.remove((node, rdflib.SKOS.prefLabel, None))
    again = from_rdf(graph)
    assert again.cities["a"].alt_names == ("c", "a", "B")
    assert again.areas["x"].alt_labels == {"en": ("c", "a", "B")}
    assert again.areas["x"].pref_label == {}


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [*ENDINGS, *(f"{ending}.gz" for ending in ENDINGS)])
def test_files_by_their_endings(ending: str, tmp_path: Path) -> None:
    """The ending says the format; the file is replaced whole, and comes back."""
    path = tmp_path / f"kuopio{ending}"
    path.write_bytes(b"old" * 1000)
    SMALL.write_rdf(path)
    first = path.read_bytes()
    write_rdf(SMALL, str(path))
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]
    assert from_rdf(path) == from_rdf(str(path)) == SMALL
    if ending.endswith(".gz"):
        path = path.rename(tmp_path / "other")
        path.write_bytes(gzip.decompress(first))
    format = ENDINGS[ending.removesuffix(".gz")]
    assert from_rdf(path, format=format) == SMALL
    assert serialized(to_rdf(SMALL), format) == path.read_bytes()


def test_equal_data_sets_give_equal_files() -> None:
    """Neither the hash seed of a process nor the order of triples changes a byte; N-Triples are sorted."""
    code = (
        "import hashlib, twincities as tc; from twincities.interop.rdf.formats import serialized;"
        "from twincities.interop.rdf.triples import statements_of; graph = tc.load().to_rdf();"
        f"[print(hashlib.sha256(serialized(statements_of(graph), f)).hexdigest()) for f in {FORMATS}]"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in "12"
    }
    assert len(printed) == 1
    graph = to_rdf(KUOPIO)
    order = list(graph)
    random.Random(5).shuffle(order)
    shuffled = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        shuffled.bind(prefix, namespace)
    for triple in order:
        shuffled.add(triple)
    for format in FORMATS:
        assert serialized(shuffled, format) == serialized(graph, format)
    lines = serialized(graph, "nt").decode().split("\n")[:-1]
    assert lines == sorted(lines)


@pytest.mark.parametrize("name", ["x.rdf", "x.json", "ttl", "x.nt.zip"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    """A file of another ending is neither written nor read."""
    with pytest.raises(tc.QueryError, match=r"ends in \.ttl, \.nt or \.jsonld"):
        KUOPIO.write_rdf(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(tc.QueryError, match=r"ends in \.ttl, \.nt or \.jsonld"):
        from_rdf(tmp_path / name)


def test_json_ld_reads_as_json_with_the_shipped_context() -> None:
    """JSON-LD has the shipped context in it and no other; its keys are the context's."""
    document = json.loads(serialized(to_rdf(KUOPIO), "json-ld"))
    assert document["@context"] == context() == json.loads(read_data("context.jsonld"))["@context"]
    keys = {key for node in document["@graph"] for key in node}
    assert keys - {"@id", "@type"} <= set(context())
    (gyor,) = [node for node in document["@graph"] if node["@id"] == "urn:twincities:dataset:kuopio:city:gyor"]
    assert gyor["countryCode"] == "HU"
    assert gyor["@type"] == "schema:AdministrativeArea"


# -- the table -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in TERMS if kind is not FieldSources], ids=lambda kind: kind.__name__)
def test_every_field_has_a_term(kind: type) -> None:
    """The table names every field of every record, in whatever order, and no other."""
    fields = HEAD if kind is Whole else [field.name for field in attrs.fields(kind)]
    assert sorted(TERMS[kind]) == sorted(fields)
    assert kind in CLASSES


def meanings() -> dict[str, str]:
    """Our own terms in the shipped vocabulary, with their meanings."""
    found = ask(
        stored(read_data("vocabulary.ttl"), "turtle"), "SELECT ?t ?c { ?t rdfs:comment ?c . FILTER(LANG(?c) = 'en') }"
    )
    return {term.replace(PREFIXES["tc"], "tc:"): meaning for term, meaning in found}


def test_own_terms_are_those_in_use() -> None:
    """A term of ours is documented if and only if it is used."""
    used = {term.name for terms in TERMS.values() for term in terms.values()} | {"tc:twinnedWith", "tc:asWritten"}
    used |= {name for names in CLASSES.values() for name in names}
    assert {name for name in used if name.startswith("tc:")} == set(meanings())


def test_no_two_fields_are_taken_for_each_other() -> None:
    """Fields of one class share a property only where their values can be told apart."""
    for kind, terms in TERMS.items():
        seen: dict[tuple[str, Form, Any], str] = {}
        for name, term in terms.items():
            key = (term.name, term.form, term.of if term.form is Form.ENTITY else None)
            assert key not in seen, (kind, name)
            seen[key] = name


def test_the_shipped_files_are_made_of_the_table() -> None:
    """The context and the vocabulary are what the tool makes."""
    tool = Path(__file__).parents[2] / "tools" / "make_linked_data.py"
    if not tool.exists():
        pytest.skip("the tools aren't part of an installed package")
    spec = importlib.util.spec_from_file_location("make_linked_data", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.laid_out(module.context()).encode() == read_data("context.jsonld")
    assert serialized(module.vocabulary(), "turtle") == read_data("vocabulary.ttl")


def test_the_vocabulary_says_what_our_terms_mean() -> None:
    """Each term of ours has a label, a comment and a type; each word its labels in three languages."""
    store = stored(read_data("vocabulary.ttl"), "turtle")
    told = ask(store, "SELECT ?t { ?t rdfs:comment ?c ; rdfs:label ?l ; a ?type . FILTER(LANG(?c) = 'en') }")
    assert told == {(name.replace("tc:", PREFIXES["tc"]),) for name in meanings()}
    words = ask(
        store, "SELECT ?n (LANG(?l) AS ?lang) ?s { ?w skos:notation ?n ; skos:prefLabel ?l ; skos:inScheme ?s }"
    )
    lists = {term.of for terms in TERMS.values() for term in terms.values() if term.form is Form.WORD}
    assert len(words) == sum(map(len, lists)) * 3
    assert ("dormant", "fi", PREFIXES["tc"] + "PartnershipStatus") in words


def test_the_page_has_the_table() -> None:
    """The table of terms in the docs is the one in the source."""
    page = Path(__file__).parents[2] / "docs" / "interop" / "rdf.md"
    if not page.exists():
        pytest.skip("the docs aren't part of an installed package")
    rows = set(re.findall(r"^\| `(\w+)\.(\w+)` \| (\S+) \| (.+?) \|$", page.read_text(encoding="utf-8"), re.MULTILINE))
    expected = {
        ("Dataset" if kind is Whole else kind.__name__, name, f"`{term.name}`", str(term.form))
        for kind, terms in TERMS.items()
        for name, term in terms.items()
        if term.form is not Form.INLINE
    }
    assert rows == expected
    named = set(re.findall(r"^\| `([a-z0-9]+)` \| <(\S+)> \|$", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == set(PREFIXES.items())
    explained = re.findall(r"^\| `(tc:\w+)` \| (.+?) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(explained) == meanings()


def test_cities_that_are_one_entity_come_back() -> None:
    """Several records may have one Wikidata id, tied with each other and with others: no tie is added, and none lost."""
    town, municipality, other = (
        tc.City(id=id, wikidata_id=entity) for id, entity in (("a", "Q1"), ("b", "Q1"), ("c", "Q2"))
    )
    for pairs in ([("a", "b")], [("b", "c")], [("a", "c"), ("b", "c")], [("a", "b"), ("b", "c")]):
        ds = tc.Dataset(
            cities=[town, municipality, other], partnerships=[tc.Partnership(cities=pair) for pair in pairs]
        )
        for format in FORMATS:
            assert from_rdf(serialized(to_rdf(ds), format), format=format) == ds
    entities = "<urn:x:a> a schema:City ; owl:sameAs wd:Q1 . <urn:x:b> a schema:City ; owl:sameAs wd:Q1 . wd:Q1 wdt:P190 <urn:x:c> ."
    told = from_rdf(triples("PREFIX wd: <http://www.wikidata.org/entity/>\n" + entities))
    assert [*told.partnerships] == [("a", "c")]


def test_claims_stand_beside_what_the_record_says() -> None:
    """One pattern finds a record's own value and what others claim, for dates, words, texts and entities elsewhere."""
    city = tc.City(
        id="a", name="A", names={"pl": "A"}, wikidata_id="Q1", kind="city", country_code="PL",
        claims=[
            tc.Claim(field="names.pl", value="Aa"), tc.Claim(field="name", value="Ab"), tc.Claim(field="kind", value="town"),
            tc.Claim(field="wikidata_id", value="Q2"),
        ],
    )  # fmt: skip
    tie = tc.Partnership(
        cities=("a", "b"), since="1958", status="active", sources=["s"],
        claims=[
            tc.Claim(field="since", value="1967", sources=["t"], asserted_by=["b"]),
            tc.Claim(field="status", value="ended"),
        ],
    )  # fmt: skip
    ds = tc.Dataset(
        cities=[city, tc.City(id="b")],
        partnerships=[tie],
        sources=[tc.Source(id="s"), tc.Source(id="t")],
        vocabulary=None,
    )
    for format in FORMATS:
        data = serialized(to_rdf(ds), format)
        assert from_rdf(data, format=format).to_json() == ds.to_json()
        found = ask(
            stored(data, format),
            "SELECT ?own ?other { ?s ?p ?own . ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?other "
            "FILTER(isIRI(?own) || DATATYPE(?own) = DATATYPE(?other)) }",
        )
        word = f"{PREFIXES['tc']}{{}}".format
        assert found == {
            ("A", "Aa"), ("A", "Ab"), (word("PlaceKind-city"), word("PlaceKind-town")),
            ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"), ("1958", "1967"),
            (word("PartnershipStatus-active"), word("PartnershipStatus-ended")),
        }  # fmt: skip
    assert rdflib.Literal("1967", datatype=rdflib.URIRef(PREFIXES["edtf"] + "EDTF")) not in set(
        to_rdf(ds).objects(None, rdflib.URIRef(PREFIXES["schema"] + "startDate"))
    )


# -- what a triple store answers -------------------------------------------------------------------

STORE = stored(serialized(to_rdf(KUOPIO), "turtle"), "turtle")
CITY = "urn:twincities:dataset:kuopio:city:"


def test_the_store_knows_the_partners() -> None:
    """Partners with their countries are found by our property, and are those that the library finds."""
    found = ask(
        STORE,
        'SELECT ?n ?cc { ?k rdfs:label "Kuopio" ; tc:twinnedWith ?p . ?p rdfs:label ?n ; gn:countryCode ?cc . FILTER(LANG(?n) = "") }',
    )
    assert found == {(tie.partner.name, str(tie.partner.country_code)) for tie in KUOPIO.partners("Kuopio")}


def test_the_store_knows_p190_both_ways() -> None:
    """Wikidata's P190 stands both ways between the Wikidata entities of twinned cities."""
    found = ask(STORE, "SELECT ?a ?b { ?a wdt:P190 ?b }")
    ids = {id: city.wikidata_id for id, city in KUOPIO.cities.items()}
    expected = {(ids[a], ids[b]) for pair in KUOPIO.partnerships for a, b in (pair, pair[::-1]) if ids[a] and ids[b]}
    assert {tuple(iri.removeprefix("http://www.wikidata.org/entity/") for iri in row) for row in found} == expected
    assert expected


@pytest.mark.parametrize(
    ("kind", "count"), [("contact", 0), ("project", 0), ("twinning", 2), ("friendship", 2), (None, 2)]
)
def test_p190_is_for_twinned_cities(kind: str | None, count: int) -> None:
    """A contact or a project isn't what P190 means; our own property stands for any tie."""
    cities = [tc.City(id="a", wikidata_id="Q1"), tc.City(id="b", wikidata_id="Q2"), tc.City(id="c")]
    ties = [tc.Partnership(cities=("a", "b"), kind=kind), tc.Partnership(cities=("a", "c"), kind=kind)]
    graph = to_rdf(tc.Dataset(cities=cities, partnerships=ties))
    assert len(list(graph.subject_objects(rdflib.URIRef(PREFIXES["wdt"] + "P190")))) == count
    assert len(list(graph.subject_objects(rdflib.URIRef(PREFIXES["tc"] + "twinnedWith")))) == 4


def test_the_store_knows_the_same_elsewhere() -> None:
    """Cities are the same as in Wikidata and GeoNames; further ids are close matches."""
    found = ask(STORE, f"SELECT ?o {{ <{CITY}gyor> owl:sameAs ?o }}")
    gyor = KUOPIO.cities["gyor"]
    assert found == {
        (f"http://www.wikidata.org/entity/{gyor.wikidata_id}",),
        (f"https://sws.geonames.org/{gyor.geonames_id}/",),
    }
    close = {iri for (iri,) in ask(STORE, "SELECT ?o { ?c a schema:AdministrativeArea ; tc:furtherEntity ?o }")}
    ids = [id for city in KUOPIO.cities.values() for id in city.alt_ids]
    assert ids
    assert {re.sub(r"^.*/(?=Q)|^.*org/|/$", "", iri) for iri in close} == set(ids)


def test_the_store_knows_the_qualified_tie() -> None:
    """A partnership has its start, status and sources, with labels by the vocabulary."""
    store = stored(read_data("vocabulary.ttl"), "turtle")
    store.load(serialized(to_rdf(KUOPIO), "nt"), STORED_AS["nt"])
    found = ask(
        store,
        """SELECT ?since ?status ?source {
            ?t a tc:Partnership ; schema:member/rdfs:label "Pskov" ; schema:member/rdfs:label "Kuopio" ;
               schema:startDate ?since ; tc:status/skos:prefLabel ?status ; prov:wasDerivedFrom/dcterms:identifier ?source .
            FILTER(LANG(?status) = "sv" && DATATYPE(?since) = edtf:EDTF)
        }""",
    )
    tie = KUOPIO.partnership("Pskov", "Kuopio")
    assert found == {(str(tie.since), "pausad", source) for source in tie.sources}
    assert from_rdf(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt") == KUOPIO


def test_the_store_knows_the_areas() -> None:
    """Areas are concepts in the shipped scheme: one asks for culture and what is narrower, in Finnish."""
    found = ask(
        STORE,
        """SELECT DISTINCT ?n {
            ?t a tc:Partnership ; schema:member ?k, ?p ; tc:activity/dcterms:subject/skos:broader* ?area .
            ?area skos:prefLabel "kulttuuri"@fi ; skos:inScheme <urn:twincities:twincities-areas/1> .
            ?k rdfs:label "Kuopio" . ?p rdfs:label ?n . FILTER(?p != ?k && LANG(?n) = "")
        }""",
    )
    assert found == {(tie.partner.name,) for tie in KUOPIO.partners("Kuopio", area="culture", direct=True)}
    tops = ask(STORE, "SELECT ?a { ?a skos:topConceptOf ?s }")
    assert len(tops) == sum(not area.broader for area in KUOPIO.areas.values())


def test_own_areas_have_a_scheme_of_their_own() -> None:
    """Areas of a data set are in its scheme, below shared ones or not; the shared keep their IRIs everywhere."""
    area = tc.CooperationArea(id="choirs", broader=("music",), exact_match=("https://a.example/x",))
    ds = tc.Dataset(areas=[area], id="d")
    store = stored(serialized(to_rdf(ds), "nt"), "nt")
    found = ask(store, "SELECT ?s ?b ?m { ?a skos:inScheme ?s ; skos:broader ?b ; skos:exactMatch ?m }")
    areas = "urn:twincities:dataset:d:areas"
    own = {row for row in found if row[0] == areas}
    assert own == {(areas, "urn:twincities:twincities-areas/1:music", "https://a.example/x")}


# -- IRIs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "id", "iri"),
    [
        (None, "d", "urn:twincities:dataset:d:city:a"),
        (None, None, "urn:twincities:unnamed:city:a"),
        ("https://data.example.org/", "d", "https://data.example.org/city/a"),
        ("https://data.example.org/x#", "d", "https://data.example.org/x#city/a"),
        ("urn:example:", "d", "urn:example:city:a"),
    ],
)
def test_iris_begin_with_the_base(base: str | None, id: str | None, iri: str) -> None:
    """IRIs of records are made of the base, what kind of record it is, and its id; whatever they are, all comes back."""
    ds = tc.Dataset(cities=[tc.City(id="a", links=[tc.Link(title="x")])], id=id)
    graph = ds.to_rdf(base=base)
    assert (rdflib.URIRef(iri), rdflib.RDFS.label, rdflib.Literal("a")) in graph
    separator = iri[-2]
    assert (None, rdflib.RDFS.seeAlso, rdflib.URIRef(separator.join([iri, "links", "1"]))) in graph
    for format in FORMATS:
        data = serialized(graph, format)
        stored(data, format)
        assert from_rdf(data, format=format) == ds


@pytest.mark.parametrize(
    "base",
    ["", "x", "https://a.example", "a b:/", "https://a.example/<x>/", "//a/", "urn:\ud800:", "tc:x/", 5],
    ids=repr,
)
def test_other_bases_are_refused(base: Any) -> None:
    """A base begins an absolute IRI and ends where a name may begin."""
    with pytest.raises(tc.QueryError, match="expected a base"):
        KUOPIO.to_rdf(base=base)


# -- graphs of others ------------------------------------------------------------------------------

FOREIGN = """
<https://x.example/Opole> a schema:City ; rdfs:label "Oppeln"@de, "Opole"@en, "Opole"@PL ; gn:countryCode "PL" ;
    wgs84:lat "50.67"^^xsd:double ; wgs84:long 17.92 ; skos:altLabel "Oppeln"@de ; dcterms:type <https://x.example/town> ;
    owl:sameAs <http://www.wikidata.org/entity/Q92212>, <http://dbpedia.org/resource/Opole> ;
    rdfs:seeAlso <https://x.example/page> ; wdt:P190 <https://x.example/Bonn> .
<http://www.wikidata.org/entity/Q586> rdfs:label "Kuopio" .
<https://x.example/tie> a tc:Partnership ; schema:member <https://x.example/Opole>, <http://www.wikidata.org/entity/Q586> ;
    schema:startDate "1980"^^xsd:gYear ; schema:endDate "2001-02-03"^^xsd:date ; tc:status tc:PartnershipStatus-ended ;
    tc:activity [ a tc:Activity ; dcterms:subject <https://x.example/songs> ] .
<http://www.wikidata.org/entity/Q586> wdt:P190 <https://x.example/Opole> .
<https://x.example/songs> a skos:Concept ; skos:prefLabel "songs"@en .
"""


def test_a_graph_of_others_is_read_for_what_it_holds() -> None:
    """Cities, names, coordinates, ties, dates, status and areas come from standard terms alone; other triples are left."""
    ds = from_rdf(triples(FOREIGN))
    assert set(ds.cities) == {"Opole", "Q586", "Bonn"}
    opole = ds.cities["Opole"]
    assert (opole.name, dict(opole.names)) == ("Opole", {"de": "Oppeln", "en": "Opole", "pl": "Opole"})
    assert opole.coordinates == tc.Coordinates(latitude=50.67, longitude=17.92)
    assert (opole.wikidata_id, opole.country_code, opole.kind, opole.links) == ("Q92212", "PL", None, ())
    assert opole.alt_names == ("Oppeln",)
    assert ds.cities["Q586"].wikidata_id == "Q586"
    tie = ds.partnerships["Opole", "Q586"]
    assert (str(tie.since), str(tie.until), tie.status) == ("1980", "2001-02-03", "ended")
    assert tie.activities == (tc.Activity(areas=("songs",)),)
    assert ds.partnerships["Opole", "Bonn"] == tc.Partnership(cities=("Bonn", "Opole"))
    assert (ds.vocabulary, ds.id) == (None, None)


def test_shared_areas_bring_their_vocabulary() -> None:
    """A graph that refers to areas of the shipped scheme uses it, also where it says nothing else of a data set."""
    graph = triples(
        """<urn:x:a> tc:twinnedWith <urn:x:b> .
        <urn:x:t> a tc:Partnership ; schema:member <urn:x:a>, <urn:x:b> ;
            tc:activity [ a tc:Activity ; dcterms:subject <urn:twincities:twincities-areas/1:music> ] ."""
    )
    ds = from_rdf(graph)
    assert ds.partners("a", area="culture").one().partner.id == "b"
    assert len(ds.partnerships) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "$: expected a tc:Dataset or cities in the graph, got neither"),
        ("<urn:x:1> a tc:Dataset . <urn:x:2> a tc:Dataset .", "$: expected one tc:Dataset in the graph, got 2"),
        (
            "<urn:x:a> a schema:City ; rdfs:label 'a', 'b' .",
            "<urn:x:a> rdfs:label: expected one value, got 2",
        ),
        (
            "<urn:x:a> a schema:City ; dcterms:description 'a'@en, 'b'@EN .",
            "<urn:x:a> dcterms:description: expected one text in en, got 2",
        ),
        ("<urn:x:a> a schema:City ; wgs84:lat 'north' .", "<urn:x:a> wgs84:lat: expected xsd:decimal, got 'north'"),
        ("<urn:x:a> a schema:City ; rdfs:label <urn:x:b> .", "<urn:x:a> rdfs:label: expected text, got <urn:x:b>"),
        (
            "<urn:x:a> a schema:City ; tc:population [ a tc:Population ; schema:value 1.5 ] .",
            "expected xsd:integer, got '1.5'",
        ),
        (
            "<urn:x:a> a schema:City ; tc:population <urn:x:p> .",
            "tc:population: expected a tc:Population, got <urn:x:p>",
        ),
        ("<urn:x:a> a schema:City ; tc:extra '{' .", "<urn:x:a> tc:extra: expected rdf:JSON, got '{'"),
        ("[] a schema:City .", "dcterms:identifier: expected an id, got a blank node without one"),
        (
            "<urn:x:t> a tc:Partnership ; schema:member <urn:x:a>, <urn:x:b> .",
            "<urn:x:t> schema:member: expected a city that the graph describes, got <urn:x:a>",
        ),
        (
            "<urn:x:a> a schema:City . <urn:x:t> a tc:Partnership ; schema:member <urn:x:a> ; tc:status 'active' .",
            "<urn:x:t> tc:status: expected IRI of a word, got 'active'",
        ),
        ("<urn:x:a> a schema:City ; gn:countryCode 'Finland' .", "<urn:x:a> .country_code: expected an ISO 3166-1"),
        ("<urn:x:a> a schema:City . <urn:y:a> a schema:City .", "expected"),
        ("<urn:x:d> a tc:Dataset ; schema:temporalCoverage 'now' .", "$.as_of: expected a date"),
        ("<urn:x:d> a tc:Dataset ; tc:vocabulary <urn:x:y> .", "tc:vocabulary: expected IRI elsewhere, got <urn:x:y>"),
        (
            "<urn:x:d> a tc:Dataset ; tc:vocabulary <urn:twincities:no/1> .",
            "$.vocabulary: expected a shipped vocabulary",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_node(text: str, expected: str) -> None:
    """Problems name the node and the term that they come from."""
    assert any(expected in problem for problem in problems(triples(text)))


def test_odd_notes_for_the_way_back_do_no_harm() -> None:
    """Positions and notes of others that mean nothing to us are left alone."""
    graph = triples(
        """<urn:x:b> a schema:City ; schema:position "first", 3, 1 ; tc:asWritten "[]" ; skos:altLabel "y", "x" .
        <urn:x:a> a schema:City ; schema:position 2 ; skos:altLabel "y" ; rdfs:label "z"@en ;
            tc:asWritten '{"alt_names": [5, "y", "gone"], "names": "no", "summary": {"en": "gone"}}' .
        <urn:x:c> a schema:City ; tc:fieldSources [ a tc:FieldSources ] ."""
    )
    ds = from_rdf(graph)
    assert list(ds.cities) == ["b", "a", "c"]
    assert ds.cities["b"].alt_names == ("x", "y")
    assert (ds.cities["a"].alt_names, ds.cities["a"].summary, ds.cities["a"].name) == (("y",), {}, "z")


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("turtle", b"<urn:x:a> <urn:x:b> "),
        ("nt", b"<urn:x:a> <urn:x:b> ."),
        ("json-ld", b"{"),
        ("json-ld", b"[" * 100_000),
        ("json-ld", b'{"@context": 5}'),
        ("json-ld", b"null"),
        ("json-ld", "{}".encode("utf-16")),
        ("turtle", b"\xff\xfe"),
        ("turtle", b"<a"),
    ],
)
def test_broken_files_are_reported_with_their_path(format: str, data: bytes, tmp_path: Path) -> None:
    """Bytes that aren't of the format are a problem of the file, whatever the parser makes of them."""
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(tc.DatasetError, match=f"expected ({format}|JSON|UTF-8|fewer levels)[:, ]") as caught:
        from_rdf(path, format=format)
    assert caught.value.source == str(path)


@pytest.mark.parametrize("format", FORMATS)
def test_a_byte_order_mark_does_no_harm(format: str) -> None:
    """Editors of Windows put one before a file."""
    assert from_rdf(b"\xef\xbb\xbf" + serialized(SMALL.to_rdf(), format), format=format) == SMALL


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/context.jsonld", paths
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "document",
    [
        '{"@context": "URL"}',
        '[{"@context": [{}, "URL"]}]',
        '{"@context": {"@import": "URL"}}',
        '{"@graph": [{"urn:x:a": {"@context": "URL"}}]}',
        '{"@context": {"a": {"@id": "urn:x:a", "@context": "URL"}}}',
    ],
)
def test_no_context_is_fetched(document: str, asked: tuple[str, list[str]]) -> None:
    """JSON-LD that leads to a context elsewhere is refused, and nobody is asked for it."""
    url, paths = asked
    (problem,) = problems(document.replace("URL", url).encode(), format="json-ld")
    assert problem == f"$: expected a context in the document itself, got '{url}': nothing is fetched"
    assert paths == []


def test_the_format_of_a_source_has_to_be_known() -> None:
    """Bytes need a format, formats are three, and anything else isn't RDF."""
    with pytest.raises(tc.QueryError, match="expected format= with bytes"):
        from_rdf(b"")
    with pytest.raises(tc.QueryError, match="expected the format turtle, nt or json-ld, got 'xml'"):
        from_rdf(b"", format="xml")
    with pytest.raises(tc.QueryError, match=r"expected an rdflib\.Graph, got int"):
        from_rdf(5)  # type: ignore[arg-type]
    with pytest.raises(tc.DatasetError, match="at most 10 bytes"):
        from_rdf(__file__, format="nt", max_bytes=10)


def test_without_rdflib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading and making graphs name the command that installs rdflib; files are written without it."""
    expected = serialized(to_rdf(SMALL), "turtle")
    monkeypatch.setitem(sys.modules, "rdflib", None)
    monkeypatch.setitem(sys.modules, "pyoxigraph", None)
    for call in (KUOPIO.to_rdf, lambda: from_rdf(b"", format="nt")):
        with pytest.raises(tc.MissingDependencyError, match=r"pip install 'twincities\[rdf\]'"):
            call()
    SMALL.write_rdf(tmp_path / "x.ttl")
    assert (tmp_path / "x.ttl").read_bytes() == expected


def without_pyoxigraph(source: Any, format: str) -> tc.Dataset | list[str]:
    """The data set that is read by rdflib, or the problems that are reported then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pyoxigraph", None)
        return read_or_problems(source, format)


def read_or_problems(source: Any, format: str) -> tc.Dataset | list[str]:
    """The data set in bytes, or the problems that are reported."""
    try:
        return from_rdf(source, format=format)
    except tc.DatasetError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize("format", ["turtle", "nt"])
@settings(max_examples=10)
@given(ds=datasets())
def test_both_parsers_read_the_same(format: str, ds: tc.Dataset) -> None:
    """A file is the same data set whether pyoxigraph is installed or not."""
    data = serialized(to_rdf(ds), format)
    assert without_pyoxigraph(data, format) == read_or_problems(data, format) == ds


@pytest.mark.parametrize(
    "text",
    [
        FOREIGN,
        "<a> a schema:City .",
        "<urn:x:a b> a schema:City .",
        "<urn:x:a> a schema:City ; rdfs:label 'a'@x-klingon, 'A' ; dcterms:identifier 05 ; wgs84:lat 1e1 ; wgs84:long +01.50 .",
        "<urn:x:a> a schema:City ; tc:population [ a tc:Population ; schema:value +0120 ] .",
        "<urn:x:a> a schema:City ; rdfs:label <<( <urn:x:a> a schema:City )>> .",
        "<urn:x:a> a schema:City ; rdfs:label 'a",
        "[] a schema:City ; dcterms:identifier 'a' ; wdt:P190 'b' .",
    ],
)
def test_both_parsers_read_graphs_of_others_alike(text: str) -> None:
    """What one of them refuses or would read otherwise is read or reported as by rdflib."""
    data = (PROLOGUE + text).encode()
    assert without_pyoxigraph(data, "turtle") == read_or_problems(data, "turtle")


def test_ties_of_entities_elsewhere_are_those_of_the_cities_they_are() -> None:
    """Wikidata's P190 between entities that our cities are the same as ties our cities; other entities are cities."""
    text = """@prefix wd: <http://www.wikidata.org/entity/> .
        <urn:x:kuopio> a schema:City ; owl:sameAs wd:Q162279 . <urn:x:opole> a schema:City ; owl:sameAs wd:Q92212 .
        wd:Q162279 wdt:P190 wd:Q92212, wd:Q1757 . wd:Q162279 owl:sameAs <urn:x:kuopio>, <http://dbpedia.org/resource/Kuopio> ."""
    ds = from_rdf(triples(text))
    assert set(ds.cities) == {"kuopio", "opole", "Q1757"}
    assert set(ds.partnerships) == {("kuopio", "opole"), ("Q1757", "kuopio")}
    graph = KUOPIO.to_rdf()
    wikidata = "http://www.wikidata.org/entity/"
    graph.add(tuple(map(rdflib.URIRef, (f"{wikidata}Q162279", f"{PREFIXES['wdt']}P190", f"{wikidata}Q1757"))))
    more = from_rdf(graph)
    assert set(more.partnerships) - set(KUOPIO.partnerships) == {("Q1757", "kuopio")}
    both = "@prefix wd: <http://www.wikidata.org/entity/> . wd:Q1 wdt:P190 wd:Q2 . wd:Q1 owl:sameAs <urn:x:kuopio> . <urn:x:kuopio> owl:sameAs wd:Q1 ."
    assert set(from_rdf(triples(both)).partnerships) == {("Q1", "Q2")}


def test_cities_are_no_concepts() -> None:
    """What SKOS entails of its own terms leaves a city a city: none of the properties of cities is between concepts."""
    mapping = [rdflib.SKOS.closeMatch, rdflib.SKOS.exactMatch, rdflib.SKOS.broadMatch, rdflib.SKOS.related]
    graph = KUOPIO.to_rdf()
    cities = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{PREFIXES['schema']}AdministrativeArea")))
    assert cities
    assert not [city for city in cities for term in mapping if (city, term, None) in graph]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
def test_the_default_graph_of_an_rdflib_dataset_is_read() -> None:
    """An `rdflib.Dataset` is a graph too, though it yields quads."""
    graphs = rdflib.Dataset()
    for triple in KUOPIO.to_rdf():
        graphs.add(triple)
    assert from_rdf(graphs) == KUOPIO
