"""
A data set without its methods: the records, head and look-ups that writers, charts, lint and `reconcile` work with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..errors import Problem, QueryError, shown
from ..model import rules as r
from ..model.areas import shared_areas
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.frozen import FrozenDict
from ..model.partnership import Partnership
from ..model.parts import Source
from .index import Index

DEFAULT_VOCABULARY = "twincities-areas/1"

HEAD_TYPES: Mapping[str, Any] = {
    "id": str | None,
    "title": str | None,
    "version": str | None,
    "as_of": EdtfDate | None,
    "licence": str | None,
    "complete_for": tuple[str, ...],
    "vocabulary": str | None,
}
"""The fields of the head in the order of writing, with their types."""
HEAD = tuple(HEAD_TYPES)


def _check_as_of(as_of: EdtfDate) -> r.Problems:
    if as_of.members:
        yield Problem("", f"expected one date, got a set, {shown(str(as_of))}")


HEAD_RULES: Mapping[str, r.Rule] = FrozenDict(
    {
        "id": r.FILE_SAFE,
        "title": r.TEXT,
        "version": r.TEXT,
        "as_of": r.Rule(_check_as_of, lambda as_of: not as_of.members, {}),
        "licence": r.TEXT,
        "complete_for": r.references("cities"),
    }
)


@attrs.frozen(init=False, eq=False, repr=False)
class Whole:
    """
    The records of a data set by id, and its head; `Dataset` adds the methods.
    """

    cities: Mapping[str, City]
    """Cities by id."""
    partnerships: Mapping[tuple[str, str], Partnership]
    """Partnerships by the ids of their cities, in either order."""
    networks: Mapping[str, CooperationNetwork]
    """Cooperation networks by id."""
    sources: Mapping[str, Source]
    """Sources by id."""
    id: str | None
    title: str | None
    version: str | None
    as_of: EdtfDate | None
    licence: str | None
    complete_for: tuple[str, ...]
    vocabulary: str | None
    _index: Index

    @property
    def areas(self) -> Mapping[str, CooperationArea]:
        """
        Cooperation areas by id: those of the vocabulary, then its own.
        """
        return self._index.areas


def as_whole(data: Whole) -> Whole:
    """
    Return *data* if it is a data set.

    Raises:
        QueryError: It isn't.
    """
    if not isinstance(data, Whole):
        raise QueryError(f"expected a Dataset, got {shown(data)}")
    return data


def head_of(whole: Whole) -> dict[str, Any]:
    """
    The head of a data set by field.
    """
    return {name: getattr(whole, name) for name in HEAD}


def own_areas(whole: Whole) -> tuple[CooperationArea, ...]:
    """
    The areas that a data set adds to those of its vocabulary.
    """
    shared = shared_areas(whole.vocabulary)
    return tuple(area for area in whole.areas.values() if area.id not in shared)


def lists_of(whole: Whole) -> dict[str, tuple[Any, ...]]:
    """
    The records of a data set by list, in the order of writing; of the areas only its own.
    """
    return {
        "sources": tuple(whole.sources.values()),
        "areas": own_areas(whole),
        "cities": tuple(whole.cities.values()),
        "partnerships": tuple(whole.partnerships.values()),
        "networks": tuple(whole.networks.values()),
    }
