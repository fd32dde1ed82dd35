"""
The nouns, the values in their fields, and every rule they keep.
"""

from __future__ import annotations

from .city import City
from .cooperation import CooperationArea, CooperationNetwork
from .edtf import EdtfDate, EdtfInterval, Precision
from .fields import LISTS
from .frozen import FrozenDict
from .partnership import Partnership
from .parts import Activity, Agreement, Contact, Coordinates, Link, Milestone, Organisation, Population, Source
from .vocabulary import (
    MilestoneKind,
    PartnershipKind,
    PartnershipStatus,
    PlaceKind,
    Qualifier,
    Stage,
    country_name,
    language_name,
    word_label,
)

__all__ = [
    "LISTS",
    "Activity",
    "Agreement",
    "City",
    "Contact",
    "CooperationArea",
    "CooperationNetwork",
    "Coordinates",
    "EdtfDate",
    "EdtfInterval",
    "FrozenDict",
    "Link",
    "Milestone",
    "MilestoneKind",
    "Organisation",
    "Partnership",
    "PartnershipKind",
    "PartnershipStatus",
    "PlaceKind",
    "Population",
    "Precision",
    "Qualifier",
    "Source",
    "Stage",
    "country_name",
    "language_name",
    "word_label",
]
