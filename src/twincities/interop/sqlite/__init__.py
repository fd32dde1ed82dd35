"""
Data sets as SQLite databases, for whatever speaks SQL, and back.
"""

from __future__ import annotations

from .reading import read_sqlite
from .writing import write_sqlite

__all__ = ["read_sqlite", "write_sqlite"]
