"""
Wikidata: twinned administrative bodies (P190), from saved documents or from a SPARQL endpoint.

What isn't read: descriptions, site links, and every property of a place but its country (P17), what it is (P31), where
it lies (P131 for codes of subdivisions, P300; P625), inhabitants (P1082), GeoNames id (P1566) and its ties (P190).
"""

from __future__ import annotations

from .fetching import ENDPOINT, Progress, fetch, show_progress
from .gathering import Remarks
from .query import cities_query, countries_query, country_query
from .reading import from_entities, from_sparql

__all__ = [
    "ENDPOINT",
    "Progress",
    "Remarks",
    "cities_query",
    "countries_query",
    "country_query",
    "fetch",
    "from_entities",
    "from_sparql",
    "show_progress",
]
