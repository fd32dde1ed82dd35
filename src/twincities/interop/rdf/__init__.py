"""
Linked data: data sets as RDF, written and read in Turtle, N-Triples and JSON-LD.

Terms are those of common vocabularies (SKOS, schema.org, Dublin Core, PROV, WGS84, Wikidata's P190); `terms` lists them
field by field.
"""

from __future__ import annotations

from .formats import context
from .reading import from_rdf
from .writing import to_rdf, write_rdf

__all__ = ["context", "from_rdf", "to_rdf", "write_rdf"]
