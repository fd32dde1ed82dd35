"""
Two data sets compared and merged.
"""

from __future__ import annotations

from .comparing import COLUMNS, Comparison, OneSided, TwoSided, compare
from .differences import Difference, Verdict
from .matching import NEAR_KM, Ambiguity, CityMatch
from .merging import Prefer, merge
from .uniting import Conflict

__all__ = [
    "COLUMNS",
    "NEAR_KM",
    "Ambiguity",
    "CityMatch",
    "Comparison",
    "Conflict",
    "Difference",
    "OneSided",
    "Prefer",
    "TwoSided",
    "Verdict",
    "compare",
    "merge",
]
