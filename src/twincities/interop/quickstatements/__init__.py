"""
Ties as QuickStatements commands for Wikidata, to be reviewed and run by a person.
"""

from __future__ import annotations

from .remarks import QuickStatements, Remark
from .writing import KINDS, to_quickstatements

__all__ = ["KINDS", "QuickStatements", "Remark", "to_quickstatements"]
