"""
Find repeated keys in JSON, of which readers silently take the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import Problem, step


class _Object(dict[str, Any]):
    """
    An object with repeated keys.
    """

    repeated: tuple[str, ...] = ()


def repeated_keys(text: bytes, path: str = "$") -> Iterator[Problem]:
    """
    The repeated keys of a JSON text, with their paths below *path*.

    Text that isn't JSON has none: reading it as a document reports the error.
    """
    found: list[_Object] = []

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        keys = [key for key, _ in pairs]
        marked = _Object(plain)
        marked.repeated = tuple(key for key in plain if keys.count(key) > 1)
        found.append(marked)
        return marked

    try:
        whole = json.loads(text.decode("utf-8-sig"), object_pairs_hook=made, parse_int=str)  # int() limits the digits
    except (ValueError, RecursionError):
        return
    if found:
        yield from _below(whole, path)


def _below(value: Any, path: str) -> Iterator[Problem]:
    # Not recursive: documents may be nested deeper than Python's call stack.
    waiting = [(value, path)]
    while waiting:
        value, path = waiting.pop()
        inner: Iterable[tuple[object, Any]]
        if isinstance(value, list):
            inner = enumerate(value)
        else:
            inner = value.items()
            if isinstance(value, _Object):
                message = "the key is given more than once; only the last counts"
                yield from (Problem(path + step(key), message) for key in value.repeated)
        waiting += reversed([(entry, path + step(key)) for key, entry in inner if isinstance(entry, (dict, list))])
