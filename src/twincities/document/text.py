"""
Parse JSON strictly, and lay it out for people.
"""

from __future__ import annotations

import json
from typing import Any

from ..errors import one_problem

WIDTH = 100


def laid_out(value: Any) -> str:
    """
    Return *value* as JSON: an item or a key a line, but on one line if that takes at most 100 characters.
    """
    return _lines(value, 0, 0) + "\n"


def _lines(value: Any, indent: int, before: int) -> str:
    """
    Return *value* with its lines after the first indented; *before* is the number of characters before it on the first.
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


def is_blank(line: bytes | str) -> bool:
    """
    Return true if a line has only JSON whitespace.
    """
    return not (line.strip(" \t\r\n") if isinstance(line, str) else line.strip(b" \t\r\n"))


def parsed(text: bytes | str, path: str = "$") -> Any:
    """
    Parse JSON: UTF-8 bytes or text.

    Raises:
        DatasetError: It isn't valid; the problem has *path*.
    """
    try:
        return json.loads(text if isinstance(text, str) else bytes(text).decode(), parse_int=_whole_number)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if path == "$" else ""
        message = f"expected JSON: {error.msg} at {line}column {error.colno}"
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, got the byte 0x{error.object[error.start]:02x} at offset {error.start}"
    except RecursionError:
        message = "expected fewer levels of lists and objects"
    raise one_problem(path, message)


def _whole_number(digits: str) -> int:
    # int() refuses thousands of digits; what reads the field refuses this in their place, and knows where.
    return int(digits) if len(digits) < 400 else 10**400
