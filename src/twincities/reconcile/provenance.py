"""
The sources of records, field by field.
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
    The sources of the value at *path*: those of the path, else of its field, else of the record.
    """
    cited = record.field_sources
    sources: tuple[str, ...] = cited.get(path, cited.get(path.partition(".")[0], record.sources))
    return sources
