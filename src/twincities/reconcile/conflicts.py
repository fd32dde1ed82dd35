"""
Conflicts of two records of the same thing, and how they are decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from ..errors import shown
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.frozen import FrozenDict, freeze_json
from ..model.partnership import Partnership
from ..model.parts import Coordinates

__all__ = ["Conflict", "Decision", "Judge", "as_json", "listed", "note_of", "typed"]

Record = City | Partnership | CooperationArea | CooperationNetwork
Decision = Literal["first", "second"]


@attrs.frozen
class Conflict:
    """
    Two values of a field that can't both hold.
    """

    record: Record
    """The record of the first data set."""
    field: str
    """Such as `since`, `summary.fi` or `extra.budget`; also `until` if one's end is before the other's start."""
    a: Any
    """The value in the first data set."""
    b: Any
    """The value in the second."""
    a_sources: tuple[str, ...] = ()
    """The ids of the first value's sources, in the merged data set."""
    b_sources: tuple[str, ...] = ()
    """The ids of the second value's sources."""

    @property
    def distance_km(self) -> float | None:
        """
        The kilometres between two points; `None` for other fields.
        """
        is_place = isinstance(self.a, Coordinates) and isinstance(self.b, Coordinates)
        return self.a.distance_km(self.b) if is_place else None

    def __str__(self) -> str:
        name = " – ".join(self.record.cities) if isinstance(self.record, Partnership) else self.record.id
        apart = f", {self.distance_km:,.1f} km apart" if self.distance_km is not None else ""
        return f"{name}: {self.field} is {_shown(self.a)} or {_shown(self.b)}{apart}"


Judge = Callable[[Conflict], tuple[Decision, str]]
"""Decides a conflict: which side wins, and the name of the rule."""


def _shown(value: Any) -> str:
    if isinstance(value, Coordinates):
        return f"{value.latitude:g}, {value.longitude:g}"
    return shown(as_json(value))


def as_json(value: Any) -> Any:
    """
    A value of a field as JSON.
    """
    if isinstance(value, Coordinates):
        return FrozenDict({"latitude": value.latitude, "longitude": value.longitude})
    return str(value) if isinstance(value, (str, EdtfDate)) else freeze_json(value)


def note_of(record: Any, path: str, kept: Any, other: Any) -> Mapping[str, Any] | None:
    """
    The note of an earlier merge in which *record* kept a value and not another.
    """
    values = typed((as_json(kept), as_json(other)))
    for note in listed(record.extra.get("conflicts", ())):
        is_about = isinstance(note, Mapping) and note.get("field") == path
        if is_about and typed((note.get("kept"), note.get("other"))) == values:
            return note  # type: ignore[no-any-return]  # JSON
    return None


def listed(value: Any) -> tuple[Any, ...]:
    """
    The items of a list, or a value alone.
    """
    return value if isinstance(value, tuple) else (value,)


def typed(value: Any) -> Any:
    """
    A key for a JSON value, in which `1`, `true` and `1.0` differ.
    """
    if isinstance(value, Mapping):
        return frozenset((key, typed(item)) for key, item in value.items())
    if isinstance(value, tuple):
        return tuple(map(typed, value))
    return type(value).__name__, value
