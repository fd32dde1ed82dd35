"""
The lists of a data set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .city import City
from .cooperation import CooperationArea, CooperationNetwork
from .partnership import Partnership
from .parts import Source

LISTS: Mapping[str, tuple[type[Any], str]] = {
    "sources": (Source, "source"),
    "areas": (CooperationArea, "area"),
    "cities": (City, "city"),
    "partnerships": (Partnership, "partnership"),
    "networks": (CooperationNetwork, "network"),
}
"""The lists of a data set in the order of a document: the class of each record, and the noun for one of them."""


def key_of(record: City | Partnership | CooperationArea | CooperationNetwork | Source) -> str | tuple[str, str]:
    """
    The id of a record, of a partnership the ids of its cities.
    """
    return record.cities if isinstance(record, Partnership) else record.id
