"""
The keys that ties are sorted, grouped and counted by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from ..query.ties import Tie

__all__ = ["KEYS", "Key", "one_or_none"]

Key = Literal["country", "status", "kind", "area", "network", "since", "distance_km", "name"]
"""A key of ties, for type checkers."""

KEYS: Mapping[str, Callable[[Tie], Sequence[Any]]] = {
    # each gives a tie's values: none, one or several
    "country": lambda tie: one_or_none(tie.partner.country_code),
    "status": lambda tie: one_or_none(tie.status),
    "kind": lambda tie: one_or_none(tie.kind),
    "area": lambda tie: tie.area_ids,
    "network": lambda tie: [network.id for network in tie.networks],
    "since": lambda tie: one_or_none(tie.since),
    "distance_km": lambda tie: one_or_none(tie.distance_km),
    "name": lambda tie: one_or_none(tie.partner.name),
}


def one_or_none(value: Any) -> Sequence[Any]:
    """
    The value as a sequence, empty for `None`.
    """
    return () if value is None else (value,)
