"""
The names of the linked data: namespaces, our own terms and what they mean, things of other data sets, language tags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ...model.languages import in_usual_case
from ...model.vocabulary import MilestoneKind, PartnershipKind, PartnershipStatus, PlaceKind, Qualifier, Stage

__all__ = ["ENTITIES", "OWN", "PARENTS", "PREFIXES", "WORDS", "Entity", "expanded", "tag_in_rdf", "word_iri"]

PREFIXES: Mapping[str, str] = {
    "tc": "urn:twincities:vocabulary:",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "gn": "http://www.geonames.org/ontology#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The namespaces, by the prefix that they have in files and in this module."""


def expanded(name: str) -> str:
    """
    The whole IRI of a name such as `skos:Concept`.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Entity(NamedTuple):
    """
    Things of another data set: their IRIs, what stands in the place of `{}`, and the pattern that IRIs are read by.
    """

    iri: str
    id: str
    pattern: str


ENTITIES: Mapping[str, Entity] = {
    "wikidata": Entity(
        "http://www.wikidata.org/entity/{}", "Q[0-9]+", r"https?://www\.wikidata\.org/entity/(?P<id>Q[0-9]+)"
    ),
    "geonames": Entity("https://sws.geonames.org/{}/", "[0-9]+", r"https?://sws\.geonames\.org/(?P<id>[0-9]+)/?"),
    "spdx": Entity(
        "http://spdx.org/licenses/{}",
        "[A-Za-z0-9][A-Za-z0-9.+-]*",
        r"https?://spdx\.org/licenses/(?P<id>[A-Za-z0-9.+-]+)",
    ),
    # The shipped vocabularies of areas are ours wherever they are used: an area has one IRI in all data sets.
    "areas": Entity("urn:twincities:{}", "[a-z0-9-]+/[0-9]+", "urn:twincities:(?P<id>[a-z0-9-]+/[0-9]+)"),
}
"""The data sets elsewhere that records are linked to."""


# -- language tags -------------------------------------------------------------------------------------

_TAG = re.compile(
    "[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
)


def tag_in_rdf(tag: str) -> str | None:
    """
    A language tag in the capitals that BCP 47 recommends, for RDF knows no other difference; `None` if it isn't of the
    form that stores insist on (RFC 5646, 2.1), which is narrower than the rule of records.
    """
    match = _TAG.fullmatch(tag.lower())
    if match is None or len(set(variants := match["variants"].split("-"))) < len(variants):
        return None
    return in_usual_case(tag)


# -- our own terms ---------------------------------------------------------------------------------

WORDS = (PartnershipStatus, PartnershipKind, PlaceKind, Stage, MilestoneKind, Qualifier)
"""The closed lists, each a concept scheme."""


def word_iri(word: StrEnum) -> str:
    """
    The IRI of a member of a closed list.
    """
    return f"{PREFIXES['tc']}{type(word).__name__}-{word}"


OWN: Mapping[str, str] = {
    "tc:Dataset": "Cities and their twinnings as one publication.",
    "tc:Partnership": "A tie between two cities, with what is known of it.",
    "tc:CooperationNetwork": "An agreement of two cities or more.",
    "tc:Activity": "One line of cooperation.",
    "tc:Agreement": "A signed text and the term that it holds for.",
    "tc:Population": "A number of inhabitants as a source states it.",
    "tc:Claim": "Another value of a field of a record, as another source states it: a statement that isn't the record's own.",
    "tc:FieldSources": "The sources of one field of a record.",
    "tc:twinnedWith": "Both cities have a partnership, of whatever kind and status.",
    "tc:status": "How a partnership stands at the time that the data set describes.",
    "tc:statusSince": "Since when it stands so.",
    "tc:stage": "Whether something lies ahead, goes on, or is over.",
    "tc:qualifier": "How a source states a number; without it, exactly.",
    "tc:activity": "A line of cooperation under a partnership or a network.",
    "tc:agreement": "A signed text of a partnership or a network.",
    "tc:milestone": "Something that happened, or is planned, at a time.",
    "tc:population": "A statement of a city's size.",
    "tc:furtherEntity": "An entity elsewhere that is the same partner, such as a town beside its municipality.",
    "tc:subdivisionCode": "The ISO 3166-2 code of a subdivision that a city lies in.",
    "tc:officeOf": "The city whose office it is.",
    "tc:completeFor": "A city whose partners the data set lists all.",
    "tc:vocabulary": "The shipped scheme of cooperation areas that a data set uses.",
    "tc:claim": "A claim about a field of the record.",
    "tc:stated": "The value that a claim states, as the document has it.",
    "tc:fieldSources": "An entry that says where the value of one field comes from.",
    "tc:field": "The field that an entry is about, as the document names it: since, names.fi.",
    "tc:extra": "JSON values of other tools, carried along.",
    "tc:asWritten": "Fields as the document has them, as JSON, where triples can't: they stand in no order.",
}
"""What our terms mean, classes first."""

PARENTS: Mapping[str, str] = {
    "tc:Dataset": "dcat:Dataset",
    "tc:Partnership": "prov:Entity",
    "tc:Activity": "prov:Activity",
    "tc:Agreement": "schema:CreativeWork",
    "tc:Population": "schema:StructuredValue",
    "tc:milestone": "schema:event",
    "tc:vocabulary": "dcterms:conformsTo",
}
"""The terms of others that ours are narrower than."""
