"""
JSON laid out for people: whatever fits stays on a line.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["laid_out"]

WIDTH = 100


def laid_out(value: Any) -> str:
    """
    *value* as JSON, an item or a key a line, but on one line where that takes at most 100 characters.
    """
    return _lines(value, 0, 0) + "\n"


def _lines(value: Any, indent: int, before: int) -> str:
    """
    *value* with its lines after the first indented; *before* is how much stands on the first already.
    """
    if not isinstance(value, (dict, list)) or not value:
        return _compact(value)
    inner = indent + 1
    if isinstance(value, dict):
        keys = [f"{_compact(key)}: " for key in value]
        entries = [
            key + _lines(entry, inner, inner + len(key)) for key, entry in zip(keys, value.values(), strict=True)
        ]
        first, last = "{", "}"
    else:
        entries = [_lines(entry, inner, inner) for entry in value]
        first, last = "[", "]"
    # A comma may follow; lists of records start on a line of their own whatever their length.
    if before + sum(map(len, entries)) + 2 * len(entries) + 1 <= WIDTH and not any("\n" in e for e in entries):
        return f"{first}{', '.join(entries)}{last}"
    margin = "\n" + " " * inner
    return f"{first}{margin}{f',{margin}'.join(entries)}\n{' ' * indent}{last}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
