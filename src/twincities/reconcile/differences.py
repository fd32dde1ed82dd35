"""
The differences of two records of the same thing, field by field; and records with other ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from ..errors import step
from ..model.claims import own_value
from ..model.edtf import EdtfDate
from ..model.fields import Shape, fields_of
from ..model.frozen import EMPTY, FrozenDict
from ..model.provenance import PROVENANCE
from .weighing import Weighing

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


def renamed(
    record: R,
    *,
    cities: Mapping[str, str] = EMPTY,
    areas: Mapping[str, str] = EMPTY,
    sources: Mapping[str, str] = EMPTY,
) -> R:
    """
    *record* with its references renamed; ids that a mapping doesn't have stay.
    """
    if not (cities or areas or sources):
        return record
    ids = {"cities": cities, "partnerships": cities, "areas": areas, "sources": sources}
    changes: dict[str, Any] = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        new: Any
        renames = ids.get(field.refers_to or "")
        if not value:
            continue
        if field.shape is Shape.LISTS and renames is not None:
            new = {key: tuple([renames.get(id, id) for id in cited]) for key, cited in value.items()}
        elif renames is not None and isinstance(value, str):
            new = renames.get(value, value)
        elif renames is not None:
            new = tuple([renames.get(id, id) for id in value])
            if len(set(new)) > 1:  # two ids that became one are listed once; the caller handles a pair of one id
                new = tuple(dict.fromkeys(new))
        elif field.holds_records and field.shape is Shape.LIST:
            new = tuple([renamed(part, cities=cities, areas=areas, sources=sources) for part in value])
        else:
            continue
        if new != value:
            changes[field.name] = new
    return attrs.evolve(record, **changes) if changes else record  # type: ignore[misc]  # each kind of record is an attrs class
