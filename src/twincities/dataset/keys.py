"""
The keys that answers are sorted, grouped and counted by: words for ties, functions for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from ..errors import QueryError, shown
from ..query.ties import Tie
from .kinds import check_ties

Key = Literal["country", "status", "kind", "area", "network", "since", "distance_km", "name"]
"""A key of ties, for type checkers."""

KEYS: Mapping[str, Callable[[Tie], Sequence[Any]]] = {
    # each gives a tie's values: none, one or several
    "country": lambda tie: _one_or_none(tie.partner.country_code),
    "status": lambda tie: _one_or_none(tie.status),
    "kind": lambda tie: _one_or_none(tie.kind),
    "area": lambda tie: tie.area_ids,
    "network": lambda tie: [network.id for network in tie.networks],
    "since": lambda tie: _one_or_none(tie.since),
    "distance_km": lambda tie: _one_or_none(tie.distance_km),
    "name": lambda tie: _one_or_none(tie.partner.name),
}


def _one_or_none(value: Any) -> Sequence[Any]:
    """
    The value as a sequence, empty for `None`.
    """
    return () if value is None else (value,)


def _values_by(key: Any, kind: type) -> Callable[[Any], Sequence[Any]]:
    """
    A function that gives the values of an item of *kind* by *key*.

    Raises:
        QueryError: *key* isn't a function, nor one of `KEYS` for ties.
    """
    if callable(key):
        return lambda item: _one_or_none(key(item))
    if not isinstance(key, str) or key not in KEYS:
        raise QueryError(f"expected a key of {', '.join(KEYS)}, got {shown(key)}")
    check_ties(kind)
    return KEYS[key]


def in_order(items: Iterable[Any], kind: type, keys: Sequence[Any], *, reverse: bool, lang: str | None) -> list[Any]:
    """
    The items of *kind* sorted by *keys*; see `Selection.sort_by`.
    """
    from ..display.values import sort_key

    if not keys:
        raise QueryError(f"expected a key of {', '.join(KEYS)}, got none")
    items = list(items)
    for key in reversed(keys):
        values = _values_by(key, kind)
        if key == "name":
            values = lambda tie: (sort_key(tie.partner.label(lang), lang or "en"),)  # noqa: E731
        valued = [(values(item), item) for item in items]
        known = [(found[0], item) for found, item in valued if found]
        try:
            known.sort(key=lambda pair: pair[0], reverse=bool(reverse))
        except TypeError as error:
            raise QueryError(f"expected values that can be sorted: {error}") from error
        items = [item for _, item in known] + [item for found, item in valued if not found]
    return items


def grouped(items: Iterable[Any], kind: type, key: Any) -> dict[Any, list[Any]]:
    """
    The items of *kind* by the values of *key*; see `Selection.group_by`.
    """
    values = _values_by(key, kind)
    groups: dict[Any, list[Any]] = {}
    for item in items:
        for value in values(item) or (None,):
            try:
                groups.setdefault(value, []).append(item)
            except TypeError as error:
                raise QueryError(f"expected values that can be keys of a dict, got {shown(value)}") from error
    return groups
