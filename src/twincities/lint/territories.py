"""
The rough positions of countries, and the codes of ISO 3166 for countries and their subdivisions.

The tables are made by `tools/make_country_boxes.py` from Natural Earth and by `tools/make_subdivisions.py` from CLDR. They
are read on first use.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from .._data import read_data
from ..model.frozen import FrozenDict
from ..model.vocabulary import country_names

# CLDR names these too; in ISO 3166-1 they are reserved, or user-assigned (XK: Kosovo).
NOT_OFFICIAL = frozenset({"AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"})
KM_PER_DEGREE = 111.2  # of latitude, and of longitude on the equator


def is_country(code: str) -> bool:
    """
    True if a code is officially assigned in ISO 3166-1.
    """
    return code in country_names() and code not in NOT_OFFICIAL


@cache
def _boxes() -> Mapping[str, Any]:
    return FrozenDict(json.loads(read_data("country-boxes.json"))["boxes"])


def kilometres_outside(code: str, latitude: float, longitude: float) -> float | None:
    """
    The rough distance of a point from the boxes of latitude and longitude around a country: 0 inside, `None` if the
    country has no box.
    """
    boxes = _boxes().get(code)
    if boxes is None:
        return None
    for south, west, north, east in boxes:
        if south <= latitude <= north and west <= longitude <= east:
            return 0.0
    return min(_kilometres(box, latitude, longitude) for box in boxes)


def _kilometres(box: tuple[float, float, float, float], latitude: float, longitude: float) -> float:
    south, west, north, east = box
    up = max(south - latitude, latitude - north, 0)
    # Boxes end at the antimeridian, which the shortest way to them may cross.
    across = min(max(west - turned, turned - east, 0) for turned in (longitude - 360, longitude, longitude + 360))
    return math.hypot(up, across * math.cos(math.radians(latitude))) * KM_PER_DEGREE


@cache
def _subdivisions() -> Mapping[str, Any]:
    return FrozenDict(json.loads(read_data("subdivisions.json")))


@cache
def current_subdivisions() -> frozenset[str]:
    """
    The current codes of ISO 3166-2.
    """
    return frozenset(
        f"{country}-{own}" for country, codes in _subdivisions()["current"].items() for own in codes.split()
    )


def former_subdivisions() -> Mapping[str, str]:
    """
    Former codes of ISO 3166-2, each with those that replaced it according to CLDR.
    """
    former: Mapping[str, str] = _subdivisions()["former"]
    return former


def subdivisions_release() -> str:
    """
    The CLDR release of the codes.
    """
    return str(_subdivisions()["cldr"])
