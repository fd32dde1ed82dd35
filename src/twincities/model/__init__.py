"""
The records, the values in their fields, and their rules.
"""

from __future__ import annotations

from .city import City
from .claims import Claim, Stated
from .converters import Id as Id
from .converters import Members as Members
from .converters import Pair as Pair
from .cooperation import CooperationArea, CooperationNetwork
from .edtf import EdtfDate, EdtfInterval, Precision
from .frozen import FrozenDict
from .lists import LISTS as LISTS
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
    "Activity",
    "Agreement",
    "City",
    "Claim",
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
    "Stated",
    "country_name",
    "language_name",
    "word_label",
]
