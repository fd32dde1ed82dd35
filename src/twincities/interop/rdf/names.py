"""
Namespaces, entities of other data sets, and language tags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ...model.languages import in_usual_case

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
"""Namespaces by prefix, in files and in this module."""


@cache
def expanded(name: str) -> str:
    """
    Expand a name such as `skos:Concept` to an IRI.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Entity(NamedTuple):
    """
    The entities of another data set: a template for their IRIs, the pattern of their ids, and the pattern to read IRIs.
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
    # An area of a shipped vocabulary has one IRI in all data sets.
    "areas": Entity("urn:twincities:{}", "[a-z0-9-]+/[0-9]+", "urn:twincities:(?P<id>[a-z0-9-]+/[0-9]+)"),
}
"""The data sets that records are linked to."""


# -- language tags -------------------------------------------------------------------------------------

_TAG = re.compile(
    "[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
)


def tag_in_rdf(tag: str) -> str | None:
    """
    A language tag in the case that BCP 47 recommends, since tags in RDF ignore case; `None` for one that stores refuse
    (RFC 5646, 2.1), since they are stricter than records.
    """
    match = _TAG.fullmatch(tag.lower())
    if match is None or len(set(variants := match["variants"].split("-"))) < len(variants):
        return None
    return in_usual_case(tag)


def word_iri(word: StrEnum) -> str:
    """
    The IRI of a member of a closed list.
    """
    return f"{PREFIXES['tc']}{type(word).__name__}-{word}"
