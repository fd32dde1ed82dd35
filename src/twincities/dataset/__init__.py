"""
Data sets and selections, with the questions that they answer.
"""

from __future__ import annotations

from .dataset import Dataset
from .selection import Selection

__all__ = ["Dataset", "Selection"]
