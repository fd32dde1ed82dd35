"""
Hypothesis strategies: records, whole data sets and documents for tests of your own code.

    from hypothesis import given
    from twincities import strategies

    @given(strategies.datasets(min_cities=2))
    def test_report(ds): ...

`st.from_type(City)` and the like draw the same without an import of this module.
"""

from __future__ import annotations

from . import _needs as _needs
from .claims import claims
from .documents import damaged_documents, documents
from .parts import activities, agreements, contacts, coordinates, links, milestones, organisations, populations, sources
from .records import cities, cooperation_areas, networks, partnerships
from .references import members, pairs
from .values import edtf_dates, edtf_intervals, ids
from .whole import datasets

__all__ = [
    "activities",
    "agreements",
    "cities",
    "claims",
    "contacts",
    "cooperation_areas",
    "coordinates",
    "damaged_documents",
    "datasets",
    "documents",
    "edtf_dates",
    "edtf_intervals",
    "ids",
    "links",
    "members",
    "milestones",
    "networks",
    "organisations",
    "pairs",
    "partnerships",
    "populations",
    "sources",
]
