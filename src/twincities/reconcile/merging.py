"""
Two data sets made one: every source is kept, and no fact overwritten in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..errors import MergeConflictError, QueryError, shown
from ..model.areas import shared_areas
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from ..model.parts import Source
from ..model.vocabulary import PartnershipStatus
from ..query.names import fold
from ..query.whole import Whole, own_areas
from .differences import renamed
from .matching import match_cities
from .uniting import Conflict, Decision, Judge, joined, united

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["Prefer", "merge"]

Prefer = Decision | Callable[[Conflict], Decision]
R = TypeVar("R", City, CooperationArea, CooperationNetwork, Source)


def merge(a: Dataset, b: Dataset, *, prefer: Prefer | None = None) -> Dataset:
    """
    A data set that says what *a* and *b* say.

    Cities are matched as `compare` does; what matches becomes one record with the id that *a* has for it. A gap is
    filled, lists are united, a more precise date is taken, another name becomes an alternative name, a further
    Wikidata or GeoNames id goes into `alt_ids`. Whatever else differs is a conflict, which *prefer* decides; each
    decision is written into the record's `extra["conflicts"]` with both values, their sources and the rule.

    Args:
        a: The first data set.
        b: The second.
        prefer: `"first"` or `"second"`, whose statement stays; or a function that is given each `Conflict` and
            returns one of these.

    Raises:
        MergeConflictError: Statements conflict, and no *prefer* is given; `.conflicts` lists them all.
        QueryError: *prefer* is, or returns, something else.
        DatasetError: The areas of both go in a circle.
    """
    for data in (a, b):
        if not isinstance(data, Whole):
            raise QueryError(f"expected two data sets, got {shown(data)}")
    conflicts: list[Conflict] = []
    judge = _judge(prefer, conflicts)
    ids = _Ids(a, b)
    lists: dict[str, Any] = {
        "sources": _all(a.sources, ids.moved(b.sources.values(), ids.sources), judge),
        "areas": _all({area.id: area for area in own_areas(a)}, ids.moved(ids.new_areas(a, b), ids.areas), judge),
        "cities": _all(a.cities, ids.moved(b.cities.values(), ids.cities), judge),
        "networks": _all(a.networks, ids.moved(b.networks.values(), ids.networks), judge),
    }
    theirs = {tie.cities: tie for tie in map(ids.told, b.partnerships.values())}
    lists["partnerships"] = _all(a.partnerships, theirs, judge)
    if conflicts:
        raise MergeConflictError(conflicts)
    complete_for = _complete_for(a, [ids.cities.get(id, id) for id in b.complete_for], theirs, lists["partnerships"])
    return type(a)(**lists, **_head(a, b), complete_for=complete_for)


def _judge(prefer: Prefer | None, conflicts: list[Conflict]) -> Judge:
    if prefer is not None and prefer not in ("first", "second") and not callable(prefer):  # may not hash
        raise QueryError(f"expected prefer= as 'first', 'second' or a function of a conflict, got {shown(prefer)}")

    def decide(conflict: Conflict) -> tuple[Decision, str]:
        if prefer is None:
            conflicts.append(conflict)  # all are told at once, in an error
            return "first", ""
        if not callable(prefer):
            return prefer, prefer
        decision = prefer(conflict)
        if decision not in ("first", "second"):  # may not hash
            raise QueryError(f"expected 'first' or 'second' from prefer= for {conflict}, got {shown(decision)}")
        return decision, getattr(prefer, "__name__", type(prefer).__name__)

    return decide


def _all(mine: Mapping[Any, Any], theirs: Mapping[Any, Any], judge: Judge) -> tuple[Any, ...]:
    """
    The records of both by their keys: those of the first, each united with its other, then what only the second has.
    """
    both = (united(record, theirs[key], judge) if key in theirs else record for key, record in mine.items())
    return (*both, *(record for key, record in theirs.items() if key not in mine))


# -- ids -------------------------------------------------------------------------------------------


class _Ids:
    """
    New ids for the records of the second data set: those of the matching record in the first, or unused ones.
    """

    def __init__(self, a: Dataset, b: Dataset) -> None:
        self.cities: dict[str, str] = {}
        self.areas: dict[str, str] = {}
        self.sources = _new_ids(a.sources, b.sources, lambda x, y: x == y)
        areas = {area.id: area for area in _areas_of(b, a.vocabulary)}
        own = {area.id for area in own_areas(a)}
        self.areas = _new_ids(a.areas, areas, lambda x, y: _same_area(x, self.told(y), shared=x.id not in own))
        self.matched = {m.b.id: m.a.id for m in match_cities(a.cities.values(), b.cities.values()).matches}
        others = {id: city for id, city in b.cities.items() if id not in self.matched}
        # Those that are the same are matched already.
        self.cities = _new_ids(a.cities, others, lambda _x, _y: False, taken=b.cities.keys())
        self.cities.update((id, new) for id, new in self.matched.items() if id != new)
        self.networks = _new_ids(
            a.networks, b.networks, lambda x, y: not set(x.members).isdisjoint(self.told(y).members)
        )

    def told(self, record: Any) -> Any:
        """
        *record* with the new ids in the place of the old ones that it refers to.
        """
        return renamed(record, cities=self.cities, areas=self.areas, sources=self.sources)

    def moved(self, records: Iterable[R], ids: Mapping[str, str]) -> dict[str, R]:
        """
        *records* by their new ids, and with those that they refer to.
        """
        return {ids.get(record.id, record.id): self._moved(record, ids.get(record.id, record.id)) for record in records}

    def _moved(self, record: R, id: str) -> R:
        told: R = self.told(record)
        if id == record.id:
            return told
        # A city without a name has its id there, and not that of its like.
        unnamed = isinstance(record, City) and record.name == record.id and record.id in self.matched
        changes: dict[str, Any] = {"id": id, **({"name": None} if unnamed else {})}
        return attrs.evolve(told, **changes)

    def new_areas(self, a: Dataset, b: Dataset) -> Iterable[CooperationArea]:
        """
        The areas of *b* that the vocabulary of *a* doesn't have already.
        """
        shared = shared_areas(a.vocabulary)
        return [area for area in _areas_of(b, a.vocabulary) if self.areas.get(area.id, area.id) not in shared]


def _new_ids(
    mine: Mapping[str, R], theirs: Mapping[str, R], same: Callable[[R, R], bool], taken: Collection[str] = ()
) -> dict[str, str]:
    """
    New ids for those of *theirs* that have the id of another record in *mine*.

    It is the old one with the first of -2, -3 … that no record has, or that the matching record got in an earlier merge.
    """
    ids: dict[str, str] = {}
    given: set[str] = set()
    for id, record in theirs.items():
        new, number = id, 1
        while (new != id and (new in theirs or new in taken or new in given)) or (
            new in mine and not same(mine[new], attrs.evolve(record, id=new))
        ):
            number += 1
            new = f"{id[:90]}-{number}"
        if new != id:
            ids[id] = new
            given.add(new)
    return ids


def _areas_of(data: Dataset, vocabulary: str | None) -> Iterable[CooperationArea]:
    """
    The areas of a data set that one with *vocabulary* may lack.
    """
    return own_areas(data) if data.vocabulary in {vocabulary, None} else data.areas.values()


def _same_area(x: CooperationArea, y: CooperationArea, *, shared: bool) -> bool:
    """
    True if two areas with one id are one: a shipped one where the other adds nothing, others where they agree on a label.
    """
    if shared:
        return bool(united(x, y, lambda _conflict: ("first", "")) == x)
    languages = x.pref_label.keys() & y.pref_label.keys()
    return not languages or any(fold(x.pref_label[lang]) == fold(y.pref_label[lang]) for lang in languages)


# -- what the whole says of itself -----------------------------------------------------------------


def _head(a: Dataset, b: Dataset) -> dict[str, Any]:
    id, title = next(((data.id, data.title) for data in (a, b) if data.id or data.title), (None, None))
    filled = [data for data in (a, b) if data.cities or data.sources or own_areas(data)] or [a, b]
    tied = [data for data in filled if data.partnerships]
    same_release = all((data.id, data.version) == (id, filled[0].version) for data in filled)
    licences = [data.licence for data in filled if data.licence is not None]
    return {
        "id": id,
        "title": title,
        "version": filled[0].version if same_release else None,
        "as_of": reduce(_time_of_both, [data.as_of for data in tied]) if tied else a.as_of or b.as_of,
        # What one of them doesn't allow isn't allowed by the other.
        "licence": " AND ".join(joined(*map(_terms, licences))) if len(licences) == len(filled) else None,
        "vocabulary": a.vocabulary,
    }


def _terms(licence: str) -> list[str]:
    """
    The licences of an SPDX expression that all have to be kept.
    """
    outside = r"(?![^(]*\))"  # of parentheses
    return [f"({licence})"] if re.search(rf" OR {outside}", licence) else re.split(rf" AND {outside}", licence)


def _time_of_both(x: EdtfDate | None, y: EdtfDate | None) -> EdtfDate | None:
    """
    The shortest time of the calendar that holds both: of 2022-05 and 2025 it is 202X.
    """
    if x is None or y is None or x == y:
        return x if x == y else None
    theirs = _times_around(y)
    around = next((time for time in _times_around(x) if time in theirs), None)
    if around is None:
        return None
    doubts = {str(time)[-1] for time in (x, y)} & {"?", "~", "%"}
    return EdtfDate(around + (doubts.pop() if len(doubts) == 1 else "%" if doubts else ""))


def _times_around(time: EdtfDate) -> list[str]:
    """
    The day, month, year, decade and century of a date, as far as they are known.
    """
    text = str(time).rstrip("?~%").replace("-XX", "")
    around = (text, text[:7], text[:4], f"{text[:3]}X", f"{text[:2]}XX")
    # The first decade and century would begin in a year 0, which there isn't.
    return [form for form in around if form not in {"000X", "00XX"}]


def _complete_for(
    a: Dataset, claimed_by_b: Iterable[str], ties_of_b: Collection[tuple[str, str]], ties: Iterable[Partnership]
) -> tuple[str, ...]:
    """
    The cities of which one of the two says that it lists all partners, where the other adds none that hasn't ended.
    """
    standing = [tie.cities for tie in ties if tie.status is not PartnershipStatus.ENDED]
    complete = []
    sides: tuple[tuple[Iterable[str], Collection[tuple[str, str]]], ...]
    sides = (a.complete_for, set(a.partnerships)), (claimed_by_b, ties_of_b)
    for claimed, listed in sides:
        denied = {id for pair in standing if pair not in listed for id in pair}
        complete.append([id for id in claimed if id not in denied])
    return joined(*complete)
