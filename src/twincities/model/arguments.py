"""
What users give to functions. Each check returns its argument, or raises a `QueryError` that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ..errors import QueryError, shown
from .converters import is_whole
from .cooperation import CooperationArea, CooperationNetwork
from .moments import Moment
from .rules import unicode_text

Word = str | CooperationArea | CooperationNetwork
Words = Word | Iterable[Word] | None
"""One word, several of which any may match, or `None` for no filter; an area or a network may be given as its record."""
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
M = TypeVar("M", bound=Mapping[Any, Any])


def as_text(value: str, name: str) -> str:
    """
    Return *value* if it is text that can be encoded; *name* is that of the argument, such as `title=`.
    """
    if not isinstance(value, str):
        raise QueryError(f"expected text as {name}, got {shown(value)}")
    for _, message in unicode_text(value):
        raise QueryError(f"{message} as {name}")
    return value


def nonblank(value: object, expected: str) -> str:
    """
    Return *value* if it is text that isn't blank. The message names what was *expected*.
    """
    if not isinstance(value, str) or not value.strip():
        raise QueryError(f"expected {expected}, got {shown(value)}")
    return value


def as_whole_number(value: int, name: str, least: int = 1, most: int | None = None) -> int:
    """
    Return *value* as an int if it is a whole number in range, of Python or numpy.
    """
    if not is_whole(value) or value < least or (most is not None and value > most):
        limits = f"of {least:,} or more" if most is None else f"from {least} to {most}"
        raise QueryError(f"expected {name} as a whole number {limits}, got {shown(value)}")
    return int(value)


def is_any_given(
    country: Words, area: Words, status: Words, kind: Words, network: Words, on: Moment | None, *, unsure: bool
) -> bool:
    """
    True if a question has a filter.
    """
    return unsure or not (country is area is status is kind is network is on is None)


def as_function(value: F | None, name: str) -> F | None:
    """
    Return *value* if it can be called or is `None`.
    """
    if value is not None and not callable(value):
        raise QueryError(f"expected a function as {name}, got {shown(value)}")
    return value


def as_mapping(value: M, name: str) -> M:
    """
    Return *value* if it is a mapping.
    """
    if not isinstance(value, Mapping):
        raise QueryError(f"expected a dict as {name}, got {shown(value)}")
    return value


def as_record(value: T, kind: type[T], name: str) -> T:
    """
    Return *value* if it is a *kind*.
    """
    if not isinstance(value, kind):
        raise QueryError(f"expected a {kind.__name__} as {name}, got {shown(value)}")
    return value


def as_items(value: Iterable[T], kind: type[T], expected: str) -> tuple[T, ...]:
    """
    Return the items of *value* as a tuple if each is a *kind*. A text isn't taken for its letters. The message names what
    was *expected*, such as `cities as cities=`.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise QueryError(f"expected {expected}, got {shown(value)}")
    items = tuple(value)
    for item in items:
        if not isinstance(item, kind):
            raise QueryError(f"expected {expected}, got {shown(item)}")
    return items
