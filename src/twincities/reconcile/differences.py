"""
The differences of two records of the same thing, field by field; and records with other ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import attrs

from ..errors import step
from ..model.claims import own_value
from ..model.edtf import EdtfDate
from ..model.fields import Field, Shape
from ..model.frozen import EMPTY, FrozenDict
from ..model.integrity import referring_fields
from ..model.provenance import PROVENANCE
from .weighing import Weighing, joined

__all__ = ["Difference", "Verdict", "bare", "differences_of", "renamed", "verdict"]

R = TypeVar("R")


class Verdict(StrEnum):
    """
    Relations between two statements of one fact.
    """

    SAME = "same"
    ONLY_A = "only a says it"
    ONLY_B = "only b says it"
    FINER_A = "a is more precise"
    FINER_B = "b is more precise"
    OTHER = "they differ"
    WEIGHED_A = "a knows both, and prefers its own"
    WEIGHED_B = "b knows both, and prefers its own"
    WEIGHED_BOTH = "both know both, and prefer their own"


@attrs.frozen
class Difference:
    """
    A field in which two records of one partnership aren't equal.

    For a list, `a` and `b` hold the items that the other lacks.
    """

    field: str
    """Such as `since` or `summary.fi`."""
    a: Any
    b: Any
    verdict: Verdict


def verdict(a: Any, b: Any) -> Verdict:
    """
    The relation of two values of a field. A missing value contradicts nothing, nor does a more precise date.
    """
    if a == b:
        return Verdict.SAME
    if a is None or b is None:
        return Verdict.ONLY_A if b is None else Verdict.ONLY_B
    if isinstance(a, EdtfDate) and isinstance(b, EdtfDate):
        # If both say the same (`1985`, `1985-XX-XX`), the first.
        return Verdict.FINER_A if a.is_within(b) else Verdict.FINER_B if b.is_within(a) else Verdict.OTHER
    return Verdict.OTHER


def bare(value: Any) -> Any:
    """
    A part of a record without its sources, to be compared with another.
    """
    if not attrs.has(type(value)):
        return value
    changes = {
        field.name: () if field.name == "sources" else tuple(map(bare, getattr(value, field.name)))
        for field in attrs.fields(type(value))
        if field.name in {"sources", "organisations"} and getattr(value, field.name)
    }
    return attrs.evolve(value, **changes) if changes else value


def differences_of(a: Any, b: Any) -> Iterator[Difference]:
    """
    The fields in which two records of one kind differ, sources aside.

    If one side claims the other's value, it knows both and prefers its own. A claim is a difference if the other side
    states it nowhere.
    """
    weighing = Weighing(a, b) if getattr(a, "claims", ()) or getattr(b, "claims", ()) else None
    for found in _plain_differences(a, b):
        knowing = weighing.knowing(found.field, found.a, found.b) if weighing else (False, False)
        yield attrs.evolve(found, verdict=_WEIGHED[knowing]) if any(knowing) else found
    if weighing is None:
        return
    for path in weighing.paths():
        only_a, only_b = weighing.unstated(path, own_value(a, path), own_value(b, path))
        if only_a:
            yield Difference(f"claims.{path}", tuple(only_a), None, Verdict.ONLY_A)
        if only_b:
            yield Difference(f"claims.{path}", None, tuple(only_b), Verdict.ONLY_B)


_WEIGHED = {
    (True, False): Verdict.WEIGHED_A,
    (False, True): Verdict.WEIGHED_B,
    (True, True): Verdict.WEIGHED_BOTH,
}


def _plain_differences(a: Any, b: Any) -> Iterator[Difference]:
    for field in attrs.fields(type(a)):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if field.name in PROVENANCE or x == y:
            continue
        if isinstance(x, FrozenDict):
            for key in {**x, **y}:
                yield from _difference(field.name + step(key), x.get(key), y.get(key))
        elif isinstance(x, tuple):
            first, second = ({bare(item): None for item in items} for items in (x, y))
            left = tuple(item for item in first if item not in second)
            right = tuple(item for item in second if item not in first)
            yield from _difference(field.name, left or None, right or None)
        else:
            yield from _difference(field.name, x, y)


def _difference(name: str, a: Any, b: Any) -> Iterator[Difference]:
    found = verdict(a, b)
    if found is not Verdict.SAME:
        yield Difference(name, a, b, found)


# -- other ids -------------------------------------------------------------------------------------


_referring: Callable[[type], Sequence[Field]] = cache(referring_fields)


def renamed(record: R, ids: Mapping[str, Mapping[str, str]], **changes: Any) -> R:
    """
    *record* with the new *ids* of the cities, areas and sources that it refers to, and other *changes*; ids without a new
    one stay.
    """
    for field in _referring(type(record)) if any(ids.values()) else ():
        value = getattr(record, field.name)
        if not value:
            continue
        new_ids = ids.get("cities" if field.refers_to == "partnerships" else field.refers_to or "", EMPTY)
        new: Any
        if field.refers_to is None:
            new = tuple([renamed(part, ids) for part in value])
        elif not new_ids:
            continue
        elif field.shape is Shape.LISTS:
            new = {key: joined(_each(new_ids, cited)) for key, cited in value.items()}
        elif field.shape is Shape.LIST:
            new = joined(_each(new_ids, value))  # of two ids that became one
        else:
            new = new_ids.get(value, value) if isinstance(value, str) else tuple(_each(new_ids, value))
        if new != value:
            changes[field.name] = new
    return attrs.evolve(record, **changes) if changes else record  # type: ignore[misc]  # each kind of record is an attrs class


def _each(new_ids: Mapping[str, str], ids: Iterable[str]) -> list[str]:
    return [new_ids.get(id, id) for id in ids]
