"""
Ties as QuickStatements commands for Wikidata, for a person to review.
"""

from __future__ import annotations

from .writing import KINDS, QuickStatements, Remark, to_quickstatements

__all__ = ["KINDS", "QuickStatements", "Remark", "to_quickstatements"]
