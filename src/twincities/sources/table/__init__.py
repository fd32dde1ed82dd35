"""
Tables of partnerships (CSV, TSV, Excel, pandas, polars, dicts) as a data set.

Each row is a pair of cities. A cell with more than one possible meaning is reported with its line and column.
"""

from __future__ import annotations

from .mentions import Gazetteer
from .problems import Candidate, CellProblem
from .reading import TableReading, read_table

__all__ = ["Candidate", "CellProblem", "Gazetteer", "TableReading", "read_table"]
