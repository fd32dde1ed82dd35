"""
Make `src/twincities/data/context.jsonld` and `src/twincities/data/vocabulary.ttl` from the table of terms.

    python tools/make_linked_data.py

The context names every property of the linked data and the type of its values; the vocabulary says what our own terms
mean, with the closed lists as concept schemes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from twincities.document.text import laid_out
from twincities.interop.rdf.formats import serialized
from twincities.interop.rdf.names import PREFIXES, expanded, word_iri
from twincities.interop.rdf.terms import CLASSES, TERMS, Form
from twincities.interop.rdf.triples import statements_of
from twincities.model.vocabulary import (
    LANGUAGES,
    MilestoneKind,
    PartnershipKind,
    PartnershipStatus,
    PlaceKind,
    Qualifier,
    Stage,
    word_label,
)

DATA = Path(__file__).parent.parent / "src" / "twincities" / "data"
IRIS = {Form.URL, Form.WORD, Form.ENTITY, Form.RECORD, Form.TIE, Form.PART}
TYPED = {Form.INTEGER, Form.DECIMAL, Form.DATE, Form.JSON}
OWL = PREFIXES["owl"]
SCHEME = "urn:twincities:vocabulary"
WORDS = (PartnershipStatus, PartnershipKind, PlaceKind, Stage, MilestoneKind, Qualifier)
"""The closed lists, each a concept scheme."""

DERIVED: dict[str, Form] = {
    "schema:position": Form.INTEGER,
    "tc:asWritten": Form.JSON,
    "tc:twinnedWith": Form.RECORD,
    "wdt:P190": Form.ENTITY,
    "skos:inScheme": Form.RECORD,
    "skos:topConceptOf": Form.RECORD,
    "rdf:subject": Form.RECORD,
    "rdf:predicate": Form.RECORD,
    "rdf:object": Form.TEXT,
}
"""Properties that aren't fields."""

OWN: dict[str, str] = {
    "tc:Dataset": "A data set of cities and their partnerships.",
    "tc:Partnership": "A partnership between two cities.",
    "tc:CooperationNetwork": "An agreement between two or more cities.",
    "tc:Activity": "A line of cooperation.",
    "tc:Agreement": "A signed agreement and its term.",
    "tc:Population": "A number of inhabitants, as stated by a source.",
    "tc:Claim": "Another value of a field, as stated by another source; not a statement of the record itself.",
    "tc:FieldSources": "The sources of one field of a record.",
    "tc:twinnedWith": "The cities have a partnership, of any kind and status.",
    "tc:status": "The status of a partnership or network at the data set's as-of date.",
    "tc:statusSince": "The date since which the status holds.",
    "tc:stage": "Whether something is planned, ongoing or past.",
    "tc:qualifier": "The precision of a stated number; exact if absent.",
    "tc:activity": "A line of cooperation of a partnership or a network.",
    "tc:agreement": "An agreement of a partnership or a network.",
    "tc:milestone": "A dated event, past or planned.",
    "tc:population": "A statement of a city's population.",
    "tc:furtherEntity": "A further external entity for the same partner, such as a town next to its municipality.",
    "tc:subdivisionCode": "The ISO 3166-2 code of a subdivision that contains the city.",
    "tc:officeOf": "The city whose office it is.",
    "tc:completeFor": "A city for which the data set claims to list all partners.",
    "tc:vocabulary": "The shipped scheme of cooperation areas that the data set uses.",
    "tc:claim": "A claim about a field of the record.",
    "tc:stated": "The value that a claim states, as in the document.",
    "tc:fieldSources": "An entry with the sources of one field.",
    "tc:field": "The name of a field in the document, such as since or names.fi.",
    "tc:extra": "JSON values of other tools, passed through.",
    "tc:asWritten": "Fields of the document as JSON, for what triples can't express, such as the order of a list.",
}
"""The meaning of our own terms, classes first."""

PARENTS: dict[str, str] = {
    "tc:Dataset": "dcat:Dataset",
    "tc:Partnership": "prov:Entity",
    "tc:Activity": "prov:Activity",
    "tc:Agreement": "schema:CreativeWork",
    "tc:Population": "schema:StructuredValue",
    "tc:milestone": "schema:event",
    "tc:vocabulary": "dcterms:conformsTo",
}
"""The broader terms of other vocabularies."""


def forms() -> dict[str, Form]:
    """
    The form of the values of each property, by name.
    """
    fields = [term for terms in TERMS.values() for term in terms.values() if term.form is not Form.INLINE]
    found = {term.name: term.form for term in fields} | dict(DERIVED)
    odd = [term for term in fields if coercion(term.form) != coercion(found[term.name])]
    if odd:
        raise ValueError(f"expected one form a property, got several for {odd}")
    return found


def coercion(form: Form) -> str | None:
    """
    The type that a context gives to values of a form.
    """
    if form in IRIS:
        return "@id"
    return str(form) if form in TYPED else None


def context() -> dict[str, Any]:
    """
    The context: a short name for each property.
    """
    terms = {}
    for name, form in sorted(forms().items()):
        coerced = coercion(form)
        short = name if name.startswith("rdf:") else name.partition(":")[2]  # of which others have a subject, too
        terms[short] = {"@id": name} | ({"@type": coerced} if coerced else {})
    if len(terms) != len(forms()):
        raise ValueError("expected properties of different local names")
    return {"@context": {"@version": 1.1, **PREFIXES, **terms}}


def vocabulary() -> Graph:
    """
    The vocabulary: our classes, properties and closed lists.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    ours = URIRef(SCHEME)
    graph.add((ours, RDF.type, URIRef(OWL + "Ontology")))
    graph.add((ours, RDFS.label, Literal("The vocabulary of twincities", lang="en")))
    for name, meaning in OWN.items():
        term = URIRef(expanded(name))
        graph.add((term, RDFS.isDefinedBy, ours))
        graph.add((term, RDFS.label, Literal(name.partition(":")[2], lang="en")))
        graph.add((term, RDFS.comment, Literal(meaning, lang="en")))
        is_class = name[3].isupper()
        if is_class:
            graph.add((term, RDF.type, URIRef(OWL + "Class")))
        else:
            add_property(graph, term, name)
        if name in PARENTS:
            graph.add((term, RDFS.subClassOf if is_class else RDFS.subPropertyOf, URIRef(expanded(PARENTS[name]))))
    for words in WORDS:
        add_words(graph, ours, words)
    return graph


def add_property(graph: Graph, term: URIRef, name: str) -> None:
    """
    Add the domain and range of one of our properties.
    """
    form = forms()[name]
    graph.add((term, RDF.type, URIRef(OWL + ("ObjectProperty" if form in IRIS else "DatatypeProperty"))))
    uses = [(kind, t) for kind, terms in TERMS.items() for t in terms.values() if t.name == name]
    if len(uses) == 1:
        graph.add((term, RDFS.domain, URIRef(expanded(CLASSES[uses[0][0]][0]))))
    if form in TYPED:
        graph.add((term, RDFS.range, URIRef(expanded(str(form)))))
    elif form is Form.TEXT:
        graph.add((term, RDFS.range, URIRef(expanded("xsd:string"))))
    for used in [used for _, used in uses][:1]:
        if form is Form.PART:
            graph.add((term, RDFS.range, URIRef(expanded(CLASSES[used.of][0]))))
        elif form is Form.WORD:
            graph.add((term, RDFS.range, SKOS.Concept))
    if name == "tc:twinnedWith":
        graph.add((term, RDF.type, URIRef(OWL + "SymmetricProperty")))


def add_words(graph: Graph, ours: URIRef, words: Any) -> None:
    """
    Add a closed list as a concept scheme.
    """
    scheme = URIRef(PREFIXES["tc"] + words.__name__)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, RDFS.isDefinedBy, ours))
    for word in words:
        concept = URIRef(word_iri(word))
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.notation, Literal(str(word))))
        for lang in LANGUAGES:
            graph.add((concept, SKOS.prefLabel, Literal(word_label(word, lang), lang=lang)))


def main() -> None:
    """
    Write both files.
    """
    DATA.joinpath("context.jsonld").write_text(laid_out(context()), encoding="utf-8")
    DATA.joinpath("vocabulary.ttl").write_bytes(serialized(statements_of(vocabulary()), "turtle"))


if __name__ == "__main__":
    main()
