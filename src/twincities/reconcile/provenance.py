"""
Sources of what records say, field by field.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["joined", "sources_of"]


def joined(*lists: Iterable[Any]) -> tuple[Any, ...]:
    """
    All items of *lists* in order, each once.
    """
    return tuple(dict.fromkeys(item for items in lists for item in items))


def sources_of(record: Any, path: str) -> tuple[str, ...]:
    """
    The sources of what stands at *path*: those of the field, of all its keys, or of the record.
    """
    told = record.field_sources
    sources: tuple[str, ...] = told.get(path, told.get(path.partition(".")[0], record.sources))
    return sources
