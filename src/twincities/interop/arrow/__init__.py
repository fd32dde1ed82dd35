"""
Data sets as Arrow tables, written and read.
"""

from __future__ import annotations

from .columns import RECORD_TABLES
from .reading import from_arrow
from .writing import flat_table, flat_tables, ties_table, to_arrow

__all__ = ["RECORD_TABLES", "flat_table", "flat_tables", "from_arrow", "ties_table", "to_arrow"]
