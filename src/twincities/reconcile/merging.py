"""
Merge two data sets: every source is kept, and no fact is overwritten silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .._collector import collector_paused
from .._progress import working
from ..display.html import cell, framed
from ..display.messages import translated
from ..display.options import display_options
from ..errors import MergeConflictError, QueryError, printable, shown
from ..model.areas import shared_areas
from ..model.arguments import as_function
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.frozen import EMPTY
from ..model.parts import Source
from ..query.names import fold
from ..query.whole import as_whole, own_areas
from .conflicts import Conflict, Decision, Judge
from .differences import renamed
from .evidence import MAX_BASE
from .heads import claimed_ids, merged_complete_for, merged_head
from .matches import Ambiguity, led
from .matching import match_cities
from .uniting import united

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["MergeReport", "Prefer", "merge"]

Prefer = Decision | Callable[[Conflict], Decision | None]
R = TypeVar("R")
N = TypeVar("N", City, CooperationArea, CooperationNetwork, Source)
_SHOWN = 50  # lines of a report in a notebook


@attrs.frozen(kw_only=True, repr=False)
class MergeReport:
    """
    The decisions of a merge, and what it left undecided. Prints as lines, also in a notebook.
    """

    undecided: tuple[Ambiguity, ...] = ()
    """Cities with several possible matches, which are kept apart for somebody to decide."""
    decided: tuple[tuple[Conflict, Decision], ...] = ()
    """The conflicts that *prefer* decided, each with the side that won."""
    new_ids: Mapping[str, str] = EMPTY
    """The new ids of cities of the second data set whose ids were taken."""

    def _lines(self) -> list[str]:
        lines = [f"Not decided: {ambiguity}" for ambiguity in self.undecided]
        lines += [f"Kept as another city: {id} is now {new}" for id, new in self.new_ids.items()]
        lines += [f"Decided for the {decision}: {conflict}" for conflict, decision in self.decided]
        return lines or ["Nothing left undecided."]

    def __str__(self) -> str:
        return "\n".join(map(printable, self._lines()))

    def __repr__(self) -> str:
        return (
            f"<MergeReport: {len(self.undecided)} undecided, {len(self.decided)} decided, {len(self.new_ids)} new ids>"
        )

    def _repr_html_(self) -> str:
        lang, lines = display_options.lang, self._lines()
        shown_lines = lines[:_SHOWN]
        if len(lines) > _SHOWN:
            shown_lines.append(f"… and {len(lines) - _SHOWN} more")
        return framed(f"<p>{'<br/>'.join(cell(translated(line, lang)) for line in shown_lines)}</p>", lang)


def merge(
    a: Dataset, b: Dataset, *, prefer: Prefer | None = None, report: Callable[[MergeReport], object] | None = None
) -> Dataset:
    """
    Merge two data sets.

    Cities are matched as in `compare`; a match becomes one record with the id in *a*. Gaps are filled, lists are joined,
    and the more precise date is taken. Another name becomes an alternative name, a further Wikidata or GeoNames id goes
    into `alt_ids`, and of two points at most `SAME_PLACE_KM` apart the first stays. Any other difference is a conflict,
    unless exactly one side has weighed the other's value; *prefer* decides it. The value that gives way becomes a claim,
    or a note in `extra["conflicts"]` if it can't be claimed.

    Args:
        a: The first data set.
        b: The second.
        prefer: The side that wins, `"first"` or `"second"`; or a function of a `Conflict` that returns one of these, or
            `None` to leave it open.
        report: Called with a `MergeReport` of what was decided and left undecided. `report=print` prints it.

    Raises:
        MergeConflictError: Conflicts are left open; `.conflicts` lists them all.
        QueryError: *prefer* is or returns anything else, or another argument has the wrong type.
        DatasetError: Areas, cities or partnerships of both together lead to each other in a cycle.
    """
    as_whole(a), as_whole(b), as_function(report, "report=")
    with collector_paused(), working("merging"):  # what is made is kept
        merged, made = _merged(a, b, _Judge(prefer))
    if report is not None:
        report(made)
    return merged


def _merged(a: Dataset, b: Dataset, judge: _Judge) -> tuple[Dataset, MergeReport]:
    ids = _Ids(a, b)
    lists: dict[str, Any] = {
        "sources": _all(a.sources.items(), ids.by_id_b(b.sources.values(), ids.sources), judge),
        "areas": _all(((area.id, area) for area in own_areas(a)), ids.by_id_b(ids.new_areas(a, b), ids.areas), judge),
        "cities": _all(ids.by_id_a(a.cities.values()), ids.by_id_b(b.cities.values(), ids.cities), judge),
        "networks": _all(ids.by_id_a(a.networks.values()), ids.by_id_b(b.networks.values(), ids.networks), judge),
    }
    mine = [(tie.cities, tie) for tie in map(ids.renamed_a, a.partnerships.values())]
    theirs = [(tie.cities, tie) for tie in map(ids.renamed_b, b.partnerships.values())]
    lists["partnerships"] = _all(mine, theirs, judge)
    if judge.open:
        raise MergeConflictError(judge.open)
    claimed = claimed_ids(a.complete_for, a.cities, ids.joined), claimed_ids(b.complete_for, b.cities, ids.cities)
    pairs = {pair for pair, _ in mine}, {pair for pair, _ in theirs}
    complete_for = merged_complete_for(zip(claimed, pairs, strict=True), lists["partnerships"])
    merged: Dataset = type(a)(**lists, **merged_head(a, b), complete_for=complete_for)
    new_ids = {id: new for id, new in ids.cities.items() if id not in ids.matched}
    return merged, MergeReport(undecided=ids.ambiguous, decided=tuple(judge.decided), new_ids=new_ids)


class _Judge:
    """
    Decides the conflicts of a merge, and collects those decided and those left open.
    """

    def __init__(self, prefer: Prefer | None) -> None:
        if prefer is not None and prefer not in ("first", "second") and not callable(prefer):  # may not hash
            raise QueryError(f"expected prefer= as 'first', 'second' or a function of a conflict, got {shown(prefer)}")
        self._prefer = prefer
        self.open: list[Conflict] = []
        self.decided: list[tuple[Conflict, Decision]] = []

    def __call__(self, conflict: Conflict) -> tuple[Decision, str]:
        prefer = self._prefer
        decision = prefer(conflict) if callable(prefer) else prefer
        if decision is None:
            self.open.append(conflict)  # all are reported together
            return "first", ""
        if decision not in ("first", "second"):  # may not hash
            raise QueryError(f"expected 'first', 'second' or None from prefer= for {conflict}, got {shown(decision)}")
        self.decided.append((conflict, decision))
        return decision, getattr(prefer, "__name__", type(prefer).__name__) if callable(prefer) else decision


def _all(mine: Iterable[tuple[Any, R]], theirs: Iterable[tuple[Any, R]], judge: Judge) -> tuple[R, ...]:
    """
    Unite the records with the same key: in the order of the first, then those that only the second has.
    """
    found: dict[Any, list[R]] = {}
    for key, record in (*mine, *theirs):
        found.setdefault(key, []).append(record)
    return tuple(
        [
            records[0] if len(records) == 1 else reduce(lambda one, other: united(one, other, judge), records)
            for records in found.values()
        ]
    )


# -- ids -------------------------------------------------------------------------------------------


class _Ids:
    """
    New ids for the records of the second data set: those of the matching record in the first, or unused ones.
    """

    def __init__(self, a: Dataset, b: Dataset) -> None:
        matching = match_cities(a, b)
        self.ambiguous = matching.ambiguous
        self.joined, self.matched = led(matching.matches)
        """The id that stays for records of the first that are joined, and for all matched ones of the second."""
        self.cities: dict[str, str] = {}
        self.areas: dict[str, str] = {}
        self.sources = _new_ids(a.sources, b.sources, lambda x, y: x == y)
        areas = {area.id: area for area in _areas_of(b, a.vocabulary)}
        own = {area.id for area in own_areas(a)}
        self.areas = _new_ids(a.areas, areas, lambda x, y: _same_area(x, self.renamed_b(y), shared=x.id not in own))
        others = {id: city for id, city in b.cities.items() if id not in self.matched}
        # Those that are the same are matched already.
        self.cities = _new_ids(a.cities, others, lambda _x, _y: False, taken=b.cities.keys())
        self.cities.update((id, new) for id, new in self.matched.items() if id != new)
        self.networks = _new_ids(
            a.networks,
            b.networks,
            lambda x, y: not set(self.renamed_a(x).members).isdisjoint(self.renamed_b(y).members),
        )

    def renamed_a(self, record: R, **changes: Any) -> R:
        """
        *record* of the first data set with its references to joined records renamed.
        """
        return renamed(record, {"cities": self.joined}, **changes)

    def by_id_a(self, records: Iterable[N]) -> Iterator[tuple[str, N]]:
        """
        *records* of the first data set by the ids that stay.
        """
        for record in records:
            new = self.joined.get(record.id, record.id) if isinstance(record, City) else record.id
            yield new, self.renamed_a(record, **_moved(record, new, matched=True))

    def renamed_b(self, record: R, **changes: Any) -> R:
        """
        *record* of the second data set with its references renamed.
        """
        return renamed(record, {"cities": self.cities, "areas": self.areas, "sources": self.sources}, **changes)

    def by_id_b(self, records: Iterable[N], ids: Mapping[str, str]) -> Iterator[tuple[str, N]]:
        """
        *records* of the second data set by their new ids, with their references renamed.
        """
        for record in records:
            new = ids.get(record.id, record.id)
            yield new, self.renamed_b(record, **_moved(record, new, matched=record.id in self.matched))

    def new_areas(self, a: Dataset, b: Dataset) -> Iterable[CooperationArea]:
        """
        The areas of *b* that the vocabulary of *a* lacks.
        """
        shared = shared_areas(a.vocabulary)
        return [area for area in _areas_of(b, a.vocabulary) if self.areas.get(area.id, area.id) not in shared]


def _moved(record: N, id: str, *, matched: bool) -> dict[str, Any]:
    """
    The changes of a record that gets another id.
    """
    if id == record.id:
        return {}
    # The name of a city without one is its id.
    unnamed = matched and isinstance(record, City) and record.name == record.id
    return {"id": id, **({"name": None} if unnamed else {})}


def _new_ids(
    mine: Mapping[str, N], theirs: Mapping[str, N], same: Callable[[N, N], bool], taken: Collection[str] = ()
) -> dict[str, str]:
    """
    New ids for the records in *theirs* whose ids are those of other records in *mine*.

    A new id is the old one with -2, -3 …: the first that is free, or that the same record got in an earlier merge.
    """
    ids: dict[str, str] = {}
    given: set[str] = set()
    for id, record in theirs.items():
        new, number = id, 1
        while (new != id and (new in theirs or new in taken or new in given)) or (
            new in mine and not same(mine[new], attrs.evolve(record, id=new))
        ):
            number += 1
            new = f"{id[:MAX_BASE]}-{number}"
        if new != id:
            ids[id] = new
            given.add(new)
    return ids


def _areas_of(data: Dataset, vocabulary: str | None) -> Iterable[CooperationArea]:
    """
    The areas of a data set that another with *vocabulary* may lack.
    """
    return own_areas(data) if data.vocabulary in {vocabulary, None} else data.areas.values()


def _same_area(x: CooperationArea, y: CooperationArea, *, shared: bool) -> bool:
    """
    True if two areas with one id are the same: the other adds nothing to a shipped area, or they agree on a label.
    """
    if shared:
        return bool(united(x, y, lambda _conflict: ("first", "")) == x)
    languages = x.pref_label.keys() & y.pref_label.keys()
    return not languages or any(fold(x.pref_label[lang]) == fold(y.pref_label[lang]) for lang in languages)
