"""
The plain way to convert one value of a table, with which the conversion of whole columns is compared.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from twincities.model import word_label

__all__ = ["as_cell"]


def as_cell(value: Any, lang: str = "en") -> Any:
    """
    Convert a value to text or a number: dates to EDTF, words to labels in *lang*, and texts to one text joined by "; ".
    """
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value if value is None or isinstance(value, (str, int, float)) else str(value)
