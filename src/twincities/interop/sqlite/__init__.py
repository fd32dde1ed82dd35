"""
Data sets as SQLite databases, written and read.
"""

from __future__ import annotations

from .reading import read_sqlite
from .writing import write_sqlite

__all__ = ["read_sqlite", "write_sqlite"]
