"""
Checks of parsed JSON: each function returns a value of the expected type, or raises an error with its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import DatasetError, one_problem, shown
from ...model.rules import unicode_text


def refused(expected: str, value: object, path: str) -> DatasetError:
    return one_problem(path, f"expected {expected}, got {shown(value)}")


def object_of(value: object, path: str) -> Mapping[str, Any]:
    if value == []:  # PHP, which Wikidata runs on, writes an empty object so
        return {}
    if not isinstance(value, Mapping):
        raise refused("an object", value, path)
    return value


def items(value: object, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, (list, tuple)):
        raise refused("a list", value, path)
    return ((f"{path}[{index}]", item) for index, item in enumerate(value))


def text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise refused("text", value, path)
    if not value.isascii() and (problems := [*unicode_text(value, path)]):
        raise DatasetError(problems)
    return value


def number(value: object, path: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise refused("a number", value, path)
    return value
