"""
The RDF term of each field, and the form of its values.

Terms are those of common vocabularies; our own (`tc:`) fill the gaps, and `data/vocabulary.ttl` defines them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from ...model.city import City
from ...model.claims import Claim
from ...model.cooperation import CooperationArea, CooperationNetwork
from ...model.partnership import Partnership
from ...model.parts import Activity, Agreement, Contact, Coordinates, Link, Milestone, Organisation, Population, Source
from ...model.vocabulary import MilestoneKind, PartnershipKind, PartnershipStatus, PlaceKind, Qualifier, Stage
from ...query.whole import Whole


class Form(StrEnum):
    """
    The form of a value.
    """

    TEXT = "text"
    TAGGED = "text with a language tag"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    DATE = "edtf:EDTF"
    JSON = "rdf:JSON"
    URL = "IRI, or xsd:anyURI"
    """An IRI if the URL is a valid one, otherwise a literal."""
    WORD = "IRI of a word"
    """A member of the closed list `Term.of`."""
    ENTITY = "IRI elsewhere"
    """An entity of another data set, one of `Term.of`; text if it has no IRI there."""
    RECORD = "IRI of a record"
    """A record in the list `Term.of` of the data set."""
    TIE = "IRI of a partnership"
    """The partnership of the two cities in the value."""
    PART = "IRI of a part"
    """A node of the class `Term.of`."""
    INLINE = "on the same node"
    """The fields of the class `Term.of`, as properties of the record itself."""


class Term(NamedTuple):
    """
    A field in RDF: its property, the form of its values, and what the form refers to.
    """

    name: str
    form: Form
    of: Any = None
    many: bool = False


class FieldSources:
    """
    An entry of `field_sources`, which has its own node.
    """


# -- the table -------------------------------------------------------------------------------------

_ID = {"id": Term("dcterms:identifier", Form.TEXT)}
_SOURCES = {"sources": Term("prov:wasDerivedFrom", Form.RECORD, "sources", many=True)}
_ASSERTED_BY = {"asserted_by": Term("prov:wasAttributedTo", Form.RECORD, "cities", many=True)}
_PROVENANCE = {
    **_SOURCES,
    "field_sources": Term("tc:fieldSources", Form.PART, FieldSources, many=True),
    "extra": Term("tc:extra", Form.JSON),
}
_CLAIMS = {"claims": Term("tc:claim", Form.PART, Claim, many=True)}
_NAMES = {"names": Term("rdfs:label", Form.TAGGED)}
_SUMMARY = {"summary": Term("dcterms:description", Form.TAGGED)}
_URL = {"url": Term("schema:url", Form.URL)}
_STAGE = {"stage": Term("tc:stage", Form.WORD, Stage)}
_MILESTONES = {"milestones": Term("tc:milestone", Form.PART, Milestone, many=True)}
_COOPERATION = {
    "activities": Term("tc:activity", Form.PART, Activity, many=True),
    "agreements": Term("tc:agreement", Form.PART, Agreement, many=True),
}
_READING = {
    "links": Term("rdfs:seeAlso", Form.PART, Link, many=True),
    "contacts": Term("schema:contactPoint", Form.PART, Contact, many=True),
}

TERMS: Mapping[type, Mapping[str, Term]] = {
    Whole: {
        **_ID,
        "title": Term("dcterms:title", Form.TEXT),
        "version": Term("dcat:version", Form.TEXT),
        "as_of": Term("schema:temporalCoverage", Form.DATE),
        "licence": Term("dcterms:license", Form.ENTITY, ("spdx",)),
        "complete_for": Term("tc:completeFor", Form.RECORD, "cities", many=True),
        "vocabulary": Term("tc:vocabulary", Form.ENTITY, ("areas",)),
    },
    Source: {
        **_ID,
        "title": Term("dcterms:title", Form.TEXT),
        "publisher": Term("dc:publisher", Form.TEXT),
        **_URL,
        "published": Term("dcterms:issued", Form.DATE),
        "retrieved": Term("pav:retrievedOn", Form.DATE),
        "licence": Term("dcterms:license", Form.ENTITY, ("spdx",)),
        "language": Term("schema:inLanguage", Form.TEXT),
    },
    CooperationArea: {
        **_ID,
        "pref_label": Term("skos:prefLabel", Form.TAGGED),
        "alt_labels": Term("skos:altLabel", Form.TAGGED, many=True),
        "broader": Term("skos:broader", Form.RECORD, "areas", many=True),
        "definition": Term("skos:definition", Form.TAGGED),
        "exact_match": Term("skos:exactMatch", Form.URL, many=True),
        **_PROVENANCE,
    },
    City: {
        **_ID,
        "name": Term("rdfs:label", Form.TEXT),
        **_NAMES,
        "alt_names": Term("skos:altLabel", Form.TEXT, many=True),
        "kind": Term("dcterms:type", Form.WORD, PlaceKind),
        "country_code": Term("gn:countryCode", Form.TEXT),
        "subdivision_codes": Term("tc:subdivisionCode", Form.TEXT, many=True),
        "coordinates": Term("wgs84:lat", Form.INLINE, Coordinates),
        "populations": Term("tc:population", Form.PART, Population, many=True),
        "wikidata_id": Term("owl:sameAs", Form.ENTITY, ("wikidata",)),
        "geonames_id": Term("owl:sameAs", Form.ENTITY, ("geonames",)),
        "alt_ids": Term("tc:furtherEntity", Form.ENTITY, ("wikidata", "geonames"), many=True),
        "part_of": Term("schema:containedInPlace", Form.RECORD, "cities", many=True),
        "succeeded_by": Term("dcterms:isReplacedBy", Form.RECORD, "cities", many=True),
        **_SUMMARY,
        **_MILESTONES,
        **_READING,
        **_PROVENANCE,
        **_CLAIMS,
    },
    Partnership: {
        "cities": Term("schema:member", Form.RECORD, "cities", many=True),
        "kind": Term("dcterms:type", Form.WORD, PartnershipKind),
        **_NAMES,
        "status": Term("tc:status", Form.WORD, PartnershipStatus),
        "status_since": Term("tc:statusSince", Form.DATE),
        "since": Term("schema:startDate", Form.DATE),
        "until": Term("schema:endDate", Form.DATE),
        "continues": Term("dcterms:replaces", Form.TIE),
        **_COOPERATION,
        **_MILESTONES,
        **_READING,
        **_SUMMARY,
        **_ASSERTED_BY,
        **_PROVENANCE,
        **_CLAIMS,
    },
    CooperationNetwork: {
        **_ID,
        "members": Term("schema:member", Form.RECORD, "cities", many=True),
        **_NAMES,
        "kind": Term("dcterms:type", Form.WORD, PartnershipKind),
        "status": Term("tc:status", Form.WORD, PartnershipStatus),
        "since": Term("schema:startDate", Form.DATE),
        "until": Term("schema:endDate", Form.DATE),
        **_COOPERATION,
        **_MILESTONES,
        **_READING,
        **_SUMMARY,
        **_PROVENANCE,
        **_CLAIMS,
    },
    Activity: {
        "areas": Term("dcterms:subject", Form.RECORD, "areas", many=True),
        **_SUMMARY,
        "organisations": Term("schema:participant", Form.PART, Organisation, many=True),
        **_STAGE,
        "period": Term("schema:temporalCoverage", Form.DATE),
        **_SOURCES,
    },
    Organisation: {
        **_NAMES,
        "city": Term("schema:location", Form.RECORD, "cities"),
        "role": Term("schema:additionalType", Form.TEXT),
        **_SOURCES,
    },
    Agreement: {
        **_NAMES,
        "kind": Term("dcterms:type", Form.WORD, PartnershipKind),
        "signed": Term("dcterms:date", Form.DATE),
        "period": Term("dcterms:valid", Form.DATE),
        "areas": Term("dcterms:subject", Form.RECORD, "areas", many=True),
        **_URL,
        **_SOURCES,
    },
    Milestone: {
        "kind": Term("dcterms:type", Form.WORD, MilestoneKind),
        "date": Term("dcterms:date", Form.DATE),
        **_STAGE,
        **_SUMMARY,
        **_SOURCES,
    },
    Population: {
        "value": Term("schema:value", Form.INTEGER),
        "qualifier": Term("tc:qualifier", Form.WORD, Qualifier),
        "as_of": Term("dcterms:date", Form.DATE),
        **_SOURCES,
    },
    Coordinates: {
        "latitude": Term("wgs84:lat", Form.DECIMAL),
        "longitude": Term("wgs84:long", Form.DECIMAL),
    },
    Link: {
        "title": Term("dcterms:title", Form.TEXT),
        **_URL,
        "language": Term("schema:inLanguage", Form.TEXT),
        **_SOURCES,
    },
    Contact: {
        "role": Term("schema:contactType", Form.TAGGED),
        "city": Term("tc:officeOf", Form.RECORD, "cities"),
        **_URL,
        **_SOURCES,
    },
    Claim: {
        "field": Term("tc:field", Form.TEXT),
        "value": Term("tc:stated", Form.TEXT),
        **_SOURCES,
        **_ASSERTED_BY,
    },
    FieldSources: {"field": Term("tc:field", Form.TEXT), **_SOURCES},
}
"""The term of each field by class, in the order of writing."""

CLASSES: Mapping[type, tuple[str, ...]] = {
    Whole: ("tc:Dataset", "dcat:Dataset"),
    Source: ("schema:CreativeWork", "prov:Entity"),
    CooperationArea: ("skos:Concept",),
    City: ("schema:AdministrativeArea",),
    Partnership: ("tc:Partnership", "prov:Entity"),
    CooperationNetwork: ("tc:CooperationNetwork",),
    Activity: ("tc:Activity",),
    Organisation: ("schema:Organization",),
    Agreement: ("tc:Agreement",),
    Milestone: ("schema:Event",),
    Population: ("tc:Population",),
    Coordinates: (),
    Link: ("schema:WebPage",),
    Contact: ("schema:ContactPoint",),
    Claim: ("tc:Claim", "rdf:Statement"),
    FieldSources: ("tc:FieldSources",),
}
"""The RDF classes of each class; nodes are found by the first."""
