"""
When two records of cities may be of one place.
"""

from __future__ import annotations

from ..model.city import City
from ..model.vocabulary import PlaceKind

__all__ = ["may_be_one"]

# A town and its municipality are one partner; a town and the county of its name aren't.
_TOWNS = {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.MUNICIPALITY, PlaceKind.VILLAGE}


def may_be_one(one: City, other: City) -> bool:
    """
    Whether neither country nor kind, as far as they are known, speaks against two cities being one place.
    """
    countries, kinds = {one.country_code, other.country_code} - {None}, {one.kind, other.kind} - {None}
    return len(countries) < 2 and (len(kinds) < 2 or kinds <= _TOWNS)
