"""
Two data sets compared and merged.
"""

from __future__ import annotations

from .comparing import COLUMNS, Comparison, OneSided, TwoSided, compare
from .differences import Difference, Verdict
from .matches import NEAR_KM, Ambiguity, CityMatch
from .merging import MergeReport, Prefer, merge
from .uniting import SAME_PLACE_KM, Conflict

__all__ = [
    "COLUMNS",
    "NEAR_KM",
    "SAME_PLACE_KM",
    "Ambiguity",
    "CityMatch",
    "Comparison",
    "Conflict",
    "Difference",
    "MergeReport",
    "OneSided",
    "Prefer",
    "TwoSided",
    "Verdict",
    "compare",
    "merge",
]
