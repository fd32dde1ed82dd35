"""
Compare and merge two data sets.
"""

from __future__ import annotations

from .comparing import compare
from .comparison import Comparison, OneSided, TwoSided
from .conflicts import Conflict
from .differences import Difference, Verdict
from .matches import NEAR_KM, Ambiguity, CityMatch
from .merging import MergeReport, Prefer, merge
from .uniting import SAME_PLACE_KM
from .wording import COLUMNS

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
