"""
Data sets as Arrow tables, written and read.
"""

from __future__ import annotations

from .reading import from_arrow
from .records import RECORD_TABLES
from .writing import flat_table, flat_tables, partnerships_table, ties_table, to_arrow

__all__ = ["RECORD_TABLES", "flat_table", "flat_tables", "from_arrow", "partnerships_table", "ties_table", "to_arrow"]
