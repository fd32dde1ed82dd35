"""
Make `src/twincities/data/context.jsonld` and `src/twincities/data/vocabulary.ttl` of the table of terms.

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
from twincities.interop.rdf.names import OWN, PARENTS, PREFIXES, WORDS, expanded, word_iri
from twincities.interop.rdf.terms import CLASSES, DERIVED, TERMS, Form
from twincities.model.vocabulary import LANGUAGES, word_label

DATA = Path(__file__).parent.parent / "src" / "twincities" / "data"
IRIS = {Form.URL, Form.WORD, Form.ENTITY, Form.RECORD, Form.TIE, Form.PART}
TYPED = {Form.INTEGER, Form.DECIMAL, Form.DATE, Form.JSON}
OWL = PREFIXES["owl"]
SCHEME = "urn:twincities:vocabulary"


def forms() -> dict[str, Form]:
    """
    The form of the values of each property, by its name.
    """
    fields = [term for terms in TERMS.values() for term in terms.values() if term.form is not Form.INLINE]
    found = {term.name: term.form for term in fields} | dict(DERIVED)
    odd = [term for term in fields if coercion(term.form) != coercion(found[term.name])]
    if odd:
        raise ValueError(f"expected one form a property, got several for {odd}")
    return found


def coercion(form: Form) -> str | None:
    """
    The type that a context gives values of a form.
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
    The vocabulary: our classes and properties, and the words of the closed lists.
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
    Say what a property of ours is said of, and what its values are.
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
    DATA.joinpath("vocabulary.ttl").write_bytes(serialized(vocabulary(), "turtle"))


if __name__ == "__main__":
    main()
