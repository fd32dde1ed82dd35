"""
The shipped vocabularies of cooperation areas, which data sets share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from .._data import read_data
from ..errors import shown
from .cooperation import CooperationArea
from .frozen import EMPTY, FrozenDict
from .shipped import record_of

_FILES = {"twincities-areas/1": "areas.json"}


@cache
def shared_areas(vocabulary: str | None) -> Mapping[str, CooperationArea]:
    """
    The cooperation areas of a shipped vocabulary by id; empty for `None`.

    Raises:
        ValueError: There is no such vocabulary.
    """
    if vocabulary is None:
        return EMPTY
    if vocabulary not in _FILES:
        raise ValueError(f"expected a shipped vocabulary ({', '.join(_FILES)}), got {shown(vocabulary)}")
    areas = json.loads(read_data(_FILES[vocabulary]))["areas"]
    return FrozenDict({area["id"]: record_of(CooperationArea, area) for area in areas})
