"""
Data sets and selections, with the questions to ask of them.
"""

from __future__ import annotations

from .dataset import Dataset
from .selection import Selection

__all__ = ["Dataset", "Selection"]
