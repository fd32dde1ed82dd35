"""
Data sets as folders of Parquet files, written and read.
"""

from __future__ import annotations

from .reading import read_parquet
from .writing import MANIFEST, write_parquet

__all__ = ["MANIFEST", "read_parquet", "write_parquet"]
