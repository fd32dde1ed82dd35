"""
Strategies for references: ids of the data set being drawn, or any id outside one.

A data set being drawn announces its ids in a context variable before it draws its records. So one strategy, for contacts
say, serves every data set and a contact on its own, even through strategies that users build on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import attrs
from hypothesis import strategies as st

from .values import different_ids, ids


@attrs.frozen
class Known:
    """
    The ids of a data set being drawn, and the class and the id or pair of the record that is drawn next.
    """

    cities: Sequence[str] = ()
    areas: Sequence[str] = ()
    sources: Sequence[str] = ()
    partnerships: Sequence[tuple[str, str]] = ()
    kind: type[Any] | None = None
    key: Any = None


_known: ContextVar[Known | None] = ContextVar("known", default=None)


@contextmanager
def drawing(known: Known) -> Iterator[None]:
    """
    Within this context, ids refer to *known* records.
    """
    token = _known.set(known)
    try:
        yield
    finally:
        _known.reset(token)


@st.composite
def own(draw: st.DrawFn, kind: type[Any], free: st.SearchStrategy[Any]) -> Any:
    """
    The id or pair of a record of *kind*: the one that the data set chose for it, or else one drawn from *free*.
    """
    known = _known.get()
    return known.key if known is not None and known.kind is kind else draw(free)


@lru_cache
def _indexes(count: int, least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, count - 1), min_size=least, max_size=min(most, count), unique=True)


@st.composite
def references(draw: st.DrawFn, noun: str, *, least: int = 0, most: int = 2) -> list[str]:
    """
    A few different ids of cities, areas or sources.
    """
    known = _known.get()
    if known is None:
        return draw(different_ids(least, most))
    pool: Sequence[str] = getattr(known, noun)
    return [pool[index] for index in draw(_indexes(len(pool), least, most))] if pool else []


@st.composite
def reference(draw: st.DrawFn, noun: str) -> str | None:
    """
    An id of a city, area or source; `None` in a data set without any.
    """
    known = _known.get()
    if known is None:
        return draw(ids())
    pool: Sequence[str] = getattr(known, noun)
    return pool[draw(st.integers(0, len(pool) - 1))] if pool else None


@st.composite
def later_cities(draw: st.DrawFn) -> list[str]:
    """
    Up to two ids of cities; in a data set, of cities after the one being drawn, so that there is no cycle.
    """
    known = _known.get()
    if known is None:
        return draw(different_ids(0, 2))
    pool = [*known.cities][[*known.cities].index(known.key) + 1 :] if known.key in known.cities else []
    return [pool[index] for index in draw(_indexes(len(pool), 0, 2))] if pool else []


@st.composite
def later_pair(draw: st.DrawFn) -> list[str]:
    """
    No ids, or those of two cities; in a data set, of a tie after the one being drawn.
    """
    known = _known.get()
    if known is None:
        return draw(st.just([]) | different_ids(2, 2))
    pool = [[*pair] for pair in known.partnerships if known.key is not None and pair > known.key]
    return draw(st.sampled_from([[], *pool]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, ...]:
    """
    The ids of two cities.
    """
    return tuple(draw(different_ids(2, 2)))


@st.composite
def members(draw: st.DrawFn) -> tuple[str, ...]:
    """
    The ids of two cities or more.
    """
    return tuple(draw(references("cities", least=2, most=5)))
