"""
Rough positions of countries, and the codes that ISO 3166 has for them and their parts.

The tables are made by `tools/make_country_boxes.py`, of Natural Earth, and `tools/make_subdivisions.py`, of CLDR;
they are read when first asked for.
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

__all__ = ["current_subdivisions", "former_subdivisions", "is_country", "kilometres_outside", "subdivisions_release"]

# CLDR has names for these too; in ISO 3166-1 they are reserved at the wish of others, or left to users (XK: Kosovo).
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
    About how far a point lies from the boxes of latitude and longitude that hold a country: 0 inside, `None` where the
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
    # Boxes end at the antimeridian: the way to them may lead across it.
    across = min(max(west - turned, turned - east, 0) for turned in (longitude - 360, longitude, longitude + 360))
    return math.hypot(up, across * math.cos(math.radians(latitude))) * KM_PER_DEGREE


@cache
def _subdivisions() -> Mapping[str, Any]:
    return FrozenDict(json.loads(read_data("subdivisions.json")))


@cache
def current_subdivisions() -> frozenset[str]:
    """
    The codes that ISO 3166-2 has now.
    """
    return frozenset(
        f"{country}-{own}" for country, codes in _subdivisions()["current"].items() for own in codes.split()
    )


def former_subdivisions() -> Mapping[str, str]:
    """
    Codes that ISO 3166-2 had, each with those in its place, as far as CLDR knows.
    """
    former: Mapping[str, str] = _subdivisions()["former"]
    return former


def subdivisions_release() -> str:
    """
    The release of CLDR that the codes are from.
    """
    return str(_subdivisions()["cldr"])
