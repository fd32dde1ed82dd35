"""
Linked data: a data set as RDF and back, in Turtle, N-Triples and JSON-LD.

Terms are those that others use (SKOS, schema.org, Dublin Core, PROV, WGS84, Wikidata's P190); `terms` has them in one
table, field by field. Needs the extra `rdf`.
"""

from __future__ import annotations

from .formats import context
from .reading import from_rdf
from .writing import to_rdf, write_rdf

__all__ = ["context", "from_rdf", "to_rdf", "write_rdf"]
