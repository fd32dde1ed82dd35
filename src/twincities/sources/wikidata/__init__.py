"""
Wikidata: twinned administrative bodies (P190), from saved documents or from a SPARQL endpoint.

Properties read: ties (P190), country (P17), class (P31), location (P131 for codes of subdivisions, P300; P625),
population (P1082) and GeoNames id (P1566). Descriptions, site links and other properties aren't read.
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
