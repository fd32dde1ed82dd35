"""
Tables of partnerships (CSV, TSV, Excel, pandas, polars, dicts) as a data set.

A row is a pair of cities. What can't be read in one way only is listed with its line and column, never guessed.
"""

from __future__ import annotations

from .mentions import Gazetteer
from .problems import Candidate, CellProblem
from .reading import TableReading, read_table

__all__ = ["Candidate", "CellProblem", "Gazetteer", "TableReading", "read_table"]
