"""
Find what looks doubtful in a valid data set.
"""

from __future__ import annotations

from .checks import CHECKS, FIRST_YEAR, MARGIN_KM, lint
from .findings import Code, Finding, Severity

__all__ = ["CHECKS", "FIRST_YEAR", "MARGIN_KM", "Code", "Finding", "Severity", "lint"]
