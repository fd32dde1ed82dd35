"""
From a data set to triples: the document's records, each field as the table of terms says it, and what follows from them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ..._files import write_atomically
from ..._optional import require
from ...document.structure import unstructure
from ...document.writing import to_dict
from ...errors import QueryError, shown
from ...model.areas import shared_areas
from ...model.claims import Claim
from ...model.cooperation import CooperationArea
from ...model.lists import LISTS
from ...model.partnership import Partnership
from ...model.vocabulary import PartnershipKind
from ...query.whole import Whole, own_areas
from .formats import serialized, syntax_of
from .names import ENTITIES, PREFIXES, expanded, tag_in_rdf, word_iri
from .terms import CLASSES, TERMS, FieldSources, Form, Term

if TYPE_CHECKING:
    import rdflib

__all__ = ["base_of", "to_rdf", "write_rdf"]

# What RFC 3987 lets stand in an http IRI, less what some parser takes apart: segments of dots, and user names.
_CHARS = r"[A-Za-z0-9._~!$&'()*+,;=:@\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2}"
_IRI = re.compile(
    r"https?://[A-Za-z0-9.\-\u00a1-\ud7ff]+(?::[0-9]{1,5})?"
    rf"(?:/(?!\.{{1,2}}(?:[/?#]|$))(?:{_CHARS})*)*(?:\?(?:{_CHARS}|[/?])*)?(?:#(?:{_CHARS}|[/?])*)?"
)
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#:]")

# Ties of these kinds aren't what Wikidata calls twinned.
_NOT_TWINNED = {PartnershipKind.CONTACT, PartnershipKind.PROJECT}


def base_of(dataset: Whole, base: str | None) -> str:
    """
    The beginning of the IRIs of a data set: *base*, else a name made of the data set's id.

    Raises:
        QueryError: *base* isn't the beginning of an absolute IRI that ends in `/`, `#` or `:`.
    """
    if base is None:
        return f"urn:twincities:dataset:{dataset.id}:" if dataset.id else "urn:twincities:unnamed:"
    if not isinstance(base, str) or not _BASE.fullmatch(base):
        raise QueryError(f"expected a base such as 'https://data.example.org/', ending in /, # or :, got {shown(base)}")
    return base


class _Writer:
    """
    One data set on its way into a graph.
    """

    def __init__(self, dataset: Whole, base: str) -> None:
        rdflib = require("rdflib", extra="rdf")
        self.iri, self.literal = rdflib.URIRef, rdflib.Literal
        self.graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.term = cache(lambda name: self.iri(expanded(name)))
        self.dataset = dataset
        self.shared = shared_areas(dataset.vocabulary)
        self.base = base
        self.separator = ":" if base.endswith(":") else "/"

    def add(self, subject: Any, name: str, value: Any) -> None:
        self.graph.add((subject, self.term(name), value))

    # -- nodes -------------------------------------------------------------------------------------

    def node(self, *steps: object) -> Any:
        """
        The IRI of something of the data set: `node("city", "kuopio")`.
        """
        return self.iri(self.base + self.separator.join(map(str, steps)))

    def record(self, name: str, id: str) -> Any:
        """
        The IRI of a record in a list.
        """
        if name == "areas" and id in self.shared:
            return self.iri(f"{self.scheme()}:{id}")
        return self.node(LISTS[name][1], id)

    def scheme(self) -> Any:
        """
        The IRI of the shipped scheme of areas that the data set uses.
        """
        return self.entity(str(self.dataset.vocabulary), ("areas",))

    def entity(self, value: str, of: Iterable[str]) -> Any:
        """
        The IRI of something in another data set; a literal where that has none for it.
        """
        for name in of:
            if re.fullmatch(ENTITIES[name].id, value, re.ASCII):
                return self.iri(ENTITIES[name].iri.format(value))
        return self.literal(value)

    def value(self, value: Any, term: Term) -> Any:
        """
        One value of a field as an IRI or a literal.
        """
        if term.form is Form.RECORD:
            return self.record(term.of, value)
        if term.form is Form.TIE:
            return self.record("partnerships", "+".join(value))
        if term.form is Form.TEXT:
            return self.literal(value)
        if term.form is Form.WORD:
            return self.iri(word_iri(term.of(value)))
        if term.form is Form.ENTITY:
            return self.entity(value, term.of)
        if term.form is Form.URL:
            return self.iri(value) if _IRI.fullmatch(value) else self.typed(value, "xsd:anyURI")
        if term.form is Form.JSON:
            return self.json(value)
        # rdflib's Turtle cuts xsd:double to six digits; decimals have no exponent and keep all of them.
        text = f"{Decimal(repr(float(value))):f}" if term.form is Form.DECIMAL else str(value)
        return self.typed(text, str(term.form))

    def typed(self, text: str, datatype: str) -> Any:
        return self.literal(text, datatype=self.term(datatype), normalize=False)

    def json(self, value: Any) -> Any:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return self.typed(text, "rdf:JSON")

    # -- the data set ------------------------------------------------------------------------------

    def write(self) -> None:
        """
        Write everything.
        """
        document = to_dict(self.dataset)
        self.describe(self.node("dataset"), Whole, document)
        for name, (kind, _) in LISTS.items():
            for position, fields in enumerate(document.get(name, ()), 1):
                id = "+".join(fields["cities"]) if kind is Partnership else fields["id"]
                # The document leaves out a name that is the id; a label is what others look for first.
                named = {"name": id, **fields} if name == "cities" else fields
                self.describe(self.record(name, id), kind, named, position)
        self.write_schemes()
        for partnership in self.dataset.partnerships.values():
            self.write_tie(partnership)

    def write_schemes(self) -> None:
        """
        Write the areas of the shipped vocabulary, and which scheme each area is in.
        """
        if self.shared:
            self.add(self.scheme(), "dcterms:identifier", self.literal(self.dataset.vocabulary))
            for id, area in self.shared.items():
                self.describe(self.record("areas", id), CooperationArea, unstructure(area))
                self.write_in_scheme(area, self.scheme())
        for area in own_areas(self.dataset):
            self.write_in_scheme(area, self.node("areas"))

    def write_in_scheme(self, area: CooperationArea, scheme: Any) -> None:
        self.add(scheme, "rdf:type", self.term("skos:ConceptScheme"))
        node = self.record("areas", area.id)
        self.add(node, "skos:inScheme", scheme)
        if not area.broader:
            self.add(node, "skos:topConceptOf", scheme)

    def write_tie(self, partnership: Partnership) -> None:
        """
        Write a tie as plain triples, both ways: between our cities, and between those of Wikidata.
        """
        for here, there in (partnership.cities, partnership.cities[::-1]):
            self.add(self.record("cities", here), "tc:twinnedWith", self.record("cities", there))
            known = [self.dataset.cities[id].wikidata_id for id in (here, there)]
            # Two records may be one entity, which isn't twinned with itself.
            if partnership.kind not in _NOT_TWINNED and None not in known and known[0] != known[1]:
                subject, object = (self.entity(str(id), ("wikidata",)) for id in known)
                self.add(subject, "wdt:P190", object)

    # -- records -----------------------------------------------------------------------------------

    def describe(self, node: Any, kind: type, fields: Mapping[str, Any], position: int | None = None) -> None:
        """
        Write a record or a part, as the document has it.
        """
        for name in CLASSES[kind]:
            self.add(node, "rdf:type", self.term(name))
        if position is not None:
            self.add(node, "schema:position", self.typed(str(position), "xsd:integer"))
        beyond = {}
        for name, term in TERMS[kind].items():
            if name in fields and self.field(node, kind, name, term, fields[name]) != fields[name]:
                beyond[name] = fields[name]
        if beyond:
            self.add(node, "tc:asWritten", self.json(beyond))

    def field(self, node: Any, kind: type, name: str, term: Term, value: Any) -> Any:
        """
        Write a field, and give its value as the triples have it: lists are sorted, for triples stand in no order.
        """
        if term.form is Form.INLINE:
            self.describe(node, term.of, value)
        elif term.form is Form.TAGGED:
            return self.tagged(node, term, value)
        elif term.form is Form.PART:
            by_field = term.of is FieldSources
            parts = [{"field": key, "sources": value[key]} for key in sorted(value)] if by_field else value
            for number, part in enumerate(parts, 1):
                child = self.iri(self.separator.join([node, name, str(number)]))
                self.add(node, term.name, child)
                self.describe(child, term.of, part, number)
                if term.of is Claim:
                    self.reify(node, kind, child, part)
        else:
            for single in value if term.many else [value]:
                self.add(node, term.name, self.value(single, term))
            return sorted(value) if term.many else value
        return value

    def reify(self, node: Any, kind: type, claim: Any, fields: Mapping[str, Any]) -> None:
        """
        Say what a claim claims as the record would say it.
        """
        name, _, tag = fields["field"].partition(".")
        term, value = TERMS[kind][name], fields["value"]
        in_rdf = tag_in_rdf(tag) if tag else None
        literal = self.literal(value, lang=in_rdf)
        self.add(claim, "rdf:subject", node)
        self.add(claim, "rdf:predicate", self.term(term.name))
        self.add(claim, "rdf:object", literal if term.form is Form.TAGGED else self.value(value, term))

    def tagged(self, node: Any, term: Term, value: Mapping[str, Any]) -> dict[str, Any]:
        """
        Write texts by language: those whose tag RDF can have, and has not had.
        """
        told = {}
        for tag, texts in sorted(value.items()):
            in_rdf = tag_in_rdf(tag)
            # A language with an empty list leaves no triple either.
            if in_rdf is None or in_rdf in told or not texts:
                continue
            for text in texts if term.many else [texts]:
                self.add(node, term.name, self.literal(text, lang=in_rdf))
            told[in_rdf] = sorted(texts) if term.many else texts
        return told


# -- the writers ----------------------------------------------------------------------------------


def to_rdf(dataset: Whole, *, base: str | None = None) -> rdflib.Graph:
    """
    The data set as an `rdflib.Graph` without blank nodes.

    Args:
        dataset: The data set.
        base: What the IRIs of its records begin with, ending in `/`, `#` or `:`; unless told,
            `urn:twincities:dataset:<id>:`, or `urn:twincities:unnamed:` for a data set without an id.

    Raises:
        QueryError: *base* can't begin an IRI.
        MissingDependencyError: rdflib isn't installed.
    """
    writer = _Writer(dataset, base_of(dataset, base))
    writer.write()
    graph: rdflib.Graph = writer.graph
    return graph


def write_rdf(dataset: Whole, path: str | os.PathLike[str], *, base: str | None = None) -> None:
    """
    Write the data set as RDF: `.ttl` (Turtle), `.nt` (sorted N-Triples) or `.jsonld`, each also with `.gz` behind.

    Equal data sets give equal files; the file is replaced whole.

    Raises:
        QueryError: The file's name has another ending; or as `to_rdf`.
        MissingDependencyError: rdflib isn't installed.
        OSError: The file can't be written.
    """
    format = syntax_of(path)
    write_atomically(path, [serialized(to_rdf(dataset, base=base), format)])
