"""
Two data sets side by side: what both say, what one says alone, and whether the other denies it.

Cities are matched as `merge` does.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from .._lazy import collector_paused
from ..display.html import cell, framed, html_table
from ..display.text import table
from ..errors import QueryError, UnknownCityError, printable, short
from ..interop.rows import to_csv
from ..model.city import City
from ..model.partnership import Partnership
from ..model.vocabulary import PartnershipStatus
from ..query.whole import Whole, head_of, lists_of
from .differences import Difference, Verdict, differences_of, renamed
from .matches import Ambiguity, CityMatch, led
from .matching import match_cities
from .notes import to_markdown
from .provenance import joined
from .wording import COLUMNS, in_a_line, names_of, row_of, text_of, title_of

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["COLUMNS", "Comparison", "OneSided", "TwoSided", "compare"]

Names = str | City | Iterable[str | City]
"""A city, or several, as `compare` takes them."""
_SHOWN = 50  # rows of a printed table; `to_dicts` has them all


@attrs.frozen
class OneSided:
    """
    A partnership that one of two data sets has alone.
    """

    partnership: Partnership
    cities: tuple[City, City]
    """Both cities, as that data set has them."""
    denied_by: tuple[City, ...]
    """Those of them whose partners the other data set says to list all: it denies the partnership."""
    is_known: bool = True
    """False where the other data set doesn't know one of the cities, or not surely."""

    @property
    def verdict(self) -> str:
        """
        `denied`, or `not said` where the other data set doesn't claim to be complete for either city.
        """
        return "denied" if self.denied_by else "not said"

    def __repr__(self) -> str:
        return f"<OneSided {' – '.join(self.partnership.cities)}: {self.verdict}>"


@attrs.frozen
class TwoSided:
    """
    A partnership that both data sets have.
    """

    a: Partnership
    b: Partnership
    cities: tuple[City, City]
    """Both cities, as the first data set has them."""
    differences: tuple[Difference, ...]
    """The fields that aren't equal; none where both say the same."""

    @property
    def differs(self) -> bool:
        """
        True where both say something of a field that can't both hold: a gap differs from nothing, nor does a finer date.
        """
        return any(difference.verdict is Verdict.OTHER for difference in self.differences)

    def __repr__(self) -> str:
        fields = ", ".join(difference.field for difference in self.differences)
        return f"<TwoSided {' – '.join(self.a.cities)}: {fields or 'no difference'}>"


@attrs.frozen(repr=False)
class Comparison:
    """
    Two data sets, `a` and `b`, side by side. Prints as a table, and shows as one in a notebook.
    """

    a: Dataset
    b: Dataset
    matches: tuple[CityMatch, ...]
    """The cities that both have, in the order of the first."""
    ambiguous: tuple[Ambiguity, ...]
    """Cities that could be matched in several ways: they aren't, and their partnerships count as one-sided."""
    unmatched_a: tuple[City, ...]
    """The cities of the first that the second doesn't have, or not surely."""
    unmatched_b: tuple[City, ...]
    """The cities of the second that the first doesn't have, or not surely."""
    only_a: tuple[OneSided, ...]
    """The partnerships that only the first has."""
    only_b: tuple[OneSided, ...]
    """The partnerships that only the second has."""
    both: tuple[TwoSided, ...]
    """The partnerships that both have."""

    def to_dicts(self, *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict with the keys of `COLUMNS` for each one-sided partnership and for each difference of the others.

        Where both say the same there is one row without a field. Values are text or `None`; dates are EDTF text; names and
        words of closed lists are in *lang*, several joined by "; ".
        """
        return list(self._rows(lang))

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en", delimiter: str = ",") -> str:
        """
        The rows as CSV, also written to *path* if given; see `twincities.interop.rows`.
        """
        return to_csv(self.to_dicts(lang=lang), COLUMNS, path, delimiter=delimiter)

    def to_markdown(self, *, lang: str = "en") -> str:
        """
        Notes in Markdown on what the second has otherwise, for an older and a newer data set of the same: what opened, ended,
        got a date, changed, or is no longer listed. Names are in *lang*.
        """
        return to_markdown(self, lang=lang)

    def _rows(self, lang: str) -> Iterator[dict[str, Any]]:
        for name, one_sided in (("a", self.only_a), ("b", self.only_b)):
            for tie in one_sided:
                yield row_of(name, tie.cities, lang, verdict=tie.verdict)
        for pair in self.both:
            for difference in pair.differences:
                said = {"a": text_of(difference.a, lang), "b": text_of(difference.b, lang)}
                yield row_of("both", pair.cities, lang, field=difference.field, **said, verdict=str(difference.verdict))
            if not pair.differences:
                yield row_of("both", pair.cities, lang, verdict=str(Verdict.SAME))

    def _head(self) -> list[str]:
        """
        Lines about the two data sets, to be read before the table.
        """
        lines = [f"{name}: {title_of(data, name)}" for name, data in (("a", self.a), ("b", self.b))]
        differing = sum(pair.differs for pair in self.both)
        more = sum(bool(pair.differences) and not pair.differs for pair in self.both)
        cities = len({match.a.id for match in self.matches}), len(self.unmatched_a), len(self.unmatched_b)
        lines.append("Cities: {} in both, {} only in a, {} only in b".format(*cities))
        both = f"{len(self.both)} in both ({differing} differ, {more} say more on one side)"
        lines.append(f"Partnerships: {both}, {len(self.only_a)} only in a, {len(self.only_b)} only in b")
        for name, other, ties in (("a", "b", self.only_a), ("b", "a", self.only_b)):
            unknown = sum(not tie.is_known and not tie.denied_by for tie in ties)
            if unknown:
                lines.append(f"Not listed: {unknown} only in {name} with a city that {other} doesn't know")
        lines += [f"Not decided: {ambiguity}" for ambiguity in self.ambiguous[:_SHOWN]]
        if len(self.ambiguous) > _SHOWN:
            lines.append(f"… and {len(self.ambiguous) - _SHOWN} more in .ambiguous")
        return [printable(line) for line in lines]

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        """
        The rows of the table, what matters first: denied, differing, only in one, more on one side.
        """
        one_sided = [("a", tie) for tie in self.only_a] + [("b", tie) for tie in self.only_b]
        for name, tie in one_sided:
            if tie.denied_by:
                complete = " and ".join(city.name for city in tie.denied_by)
                denier = "b" if name == "a" else "a"
                yield name, names_of(tie.cities), f"denied: {denier} lists all partners of {complete}"
        for pair in self.both:
            if pair.differs:
                yield "both", names_of(pair.cities), in_a_line(pair.differences)
        for name, tie in one_sided:
            if tie.is_known and not tie.denied_by:
                yield name, names_of(tie.cities), tie.verdict
        for pair in self.both:
            if pair.differences and not pair.differs:
                yield "both", names_of(pair.cities), in_a_line(pair.differences)

    def _shown(self) -> tuple[list[tuple[str, str, str]], str]:
        """
        The rows of the table as far as they are shown, and what to say of the others.
        """
        lines = self._lines()
        shown = list(islice(lines, _SHOWN))
        more = sum(1 for _ in lines)
        return shown, f"… and {more} more in .to_dicts()" if more else ""

    def __str__(self) -> str:
        rows, more = self._shown()
        parts = ["\n".join(self._head()), table(_HEADINGS, rows) if rows else _NOTHING, more]
        return "\n\n".join(filter(None, parts))

    def __repr__(self) -> str:
        return (
            f"<Comparison of {len(self.matches)} cities: {len(self.both)} partnerships in both, {len(self.only_a)} only "
            f"in a, {len(self.only_b)} only in b>"
        )

    def _repr_html_(self) -> str:
        rows, more = self._shown()
        return framed(f"<p>{'<br/>'.join(map(cell, self._head()))}</p>{html_table(_HEADINGS, rows, more=more)}")


_NOTHING = "No partnership of cities that both know differs."
_HEADINGS = ("In", "Partnership", "What is said")


def compare(a: Dataset, b: Dataset, *, cities: Names | None = None) -> Comparison:
    """
    Compare two data sets: the cities and partnerships of both, and of one alone.

    Cities are taken for the same by the first of these that holds between two that are still free: a Wikidata or
    GeoNames id in common, `alt_ids` included; the same id, unless those contradict or the two lie farther apart than
    `NEAR_KM`; a name in common, in any spelling, in the same country and within `NEAR_KM`, as far as these are known. Each
    match says why; where several would do, none is taken. Where the `alt_ids` of one list the ids of several that stand
    apart on the other side, it is matched with each. A partnership that one data set has alone is denied where the other
    says, by `complete_for`, that it lists all partners of one of the cities.

    Args:
        a: The first data set.
        b: The second.
        cities: The cities to compare, by name, id or record; all unless given. See `Dataset.around`.

    Raises:
        QueryError: One of them isn't a data set.
        UnknownCityError: Neither has one of *cities*.
    """
    for data in (a, b):
        if not isinstance(data, Whole):
            raise QueryError(f"expected two data sets, got {short(data)}")
    if cities is not None:
        a, b = _parts_about(a, b, cities)
    with collector_paused():  # what is made is kept
        return _compared(a, b)


def _compared(a: Dataset, b: Dataset) -> Comparison:
    matching = match_cities(a, b)
    from_a, from_b = led(matching.matches)
    moved = {id: new for id, new in from_b.items() if id != new}
    ties_a = _by_pair(a, from_a)
    ties_b = _by_pair(b, from_b, known=from_b)
    both: list[TwoSided] = []
    for pair, mine in ties_a.items():
        theirs = ties_b.get(pair, []) if isinstance(pair, tuple) else []
        for tie, other in _zipped(mine, theirs):
            found = tuple(differences_of(renamed(tie, cities=from_a), renamed(other, cities=moved)))
            both.append(TwoSided(tie, other, _cities_of(tie, a), found))
    twins_a: dict[str, list[str]] = {}
    twins_b: dict[str, list[str]] = {}
    for match in matching.matches:
        twins_a.setdefault(match.a.id, []).append(match.b.id)
        twins_b.setdefault(match.b.id, []).append(match.a.id)
    unsure_a = {city.id for group in matching.ambiguous for city in group.a if city.id not in twins_a}
    unsure_b = {city.id for group in matching.ambiguous for city in group.b if city.id not in twins_b}
    return Comparison(
        a,
        b,
        *matching,
        only_a=tuple(
            _one_sided(tie, a, twins_a, b.complete_for, unsure_a)
            for pair, ties in ties_a.items()
            if pair not in ties_b
            for tie in ties
        ),
        only_b=tuple(
            _one_sided(tie, b, twins_b, a.complete_for, unsure_b)
            for pair, ties in ties_b.items()
            if pair not in ties_a
            for tie in ties
        ),
        both=tuple(both),
    )


def _by_pair(
    data: Dataset, led: Mapping[str, str], known: Collection[str] | None = None
) -> dict[object, list[Partnership]]:
    """
    The partnerships by the ids that the first data set has for their cities; by another key those that it can't have.
    """
    found: dict[object, list[Partnership]] = {}
    for tie in data.partnerships.values():
        one, other = tie.cities
        first, second = led.get(one, one), led.get(other, other)
        is_known = first != second and (known is None or (one in known and other in known))
        key = ((first, second) if first < second else (second, first)) if is_known else id(tie)
        found.setdefault(key, []).append(tie)
    return found


def _zipped(mine: Sequence[Partnership], theirs: Sequence[Partnership]) -> Iterator[tuple[Partnership, Partnership]]:
    """
    Each partnership of a pair beside one of the other side: they are several where records stand apart.
    """
    for place in range(max(len(mine), len(theirs)) if theirs else 0):
        yield mine[min(place, len(mine) - 1)], theirs[min(place, len(theirs) - 1)]


def _cities_of(tie: Partnership, data: Dataset) -> tuple[City, City]:
    return data.cities[tie.cities[0]], data.cities[tie.cities[1]]


def _one_sided(
    tie: Partnership,
    data: Dataset,
    twins: Mapping[str, Sequence[str]],
    complete_for: Collection[str],
    unsure: Collection[str],
) -> OneSided:
    cities = _cities_of(tie, data)
    # A list of partners doesn't deny a tie that is over; nor one with a city that may be on it in another record.
    denies = tie.status is not PartnershipStatus.ENDED and not any(id in unsure for id in tie.cities)
    denied = (c for c in cities if denies and c.id in twins and all(id in complete_for for id in twins[c.id]))
    return OneSided(tie, cities, tuple(denied), is_known=all(city.id in twins for city in cities))


def _parts_about(a: Dataset, b: Dataset, cities: Names) -> tuple[Dataset, Dataset]:
    """
    The parts of both data sets about some cities, which at least one of them knows.
    """
    matches = match_cities(a, b).matches
    found: tuple[dict[str, None], dict[str, None]] = {}, {}
    for named in [cities] if isinstance(cities, (str, City)) else cities:
        ids: list[set[str]] = [set(), set()]
        errors = []
        for place, data in enumerate((a, b)):
            try:
                ids[place].add(data.city(named).id)
            except UnknownCityError as error:
                errors.append(error)
        if len(errors) == 2:
            raise errors[0]
        for match in matches:
            if match.a.id in ids[0] or match.b.id in ids[1]:
                ids[0].add(match.a.id)
                ids[1].add(match.b.id)
        for side, some in zip(found, ids, strict=True):
            side.update(dict.fromkeys(sorted(some)))
    return _part(a, found[0]), _part(b, found[1])


def _part(data: Dataset, ids: Iterable[str]) -> Dataset:
    """
    The parts of a data set about several cities as one.
    """
    parts = [data.around(id) for id in ids]
    lists: dict[str, dict[int, Any]] = {}
    for part in parts:
        for name, records in lists_of(part).items():
            lists.setdefault(name, {}).update((id(record), record) for record in records)
    told = {name: tuple(records.values()) for name, records in lists.items()}
    return type(data)(**{**head_of(data), **told, "complete_for": joined(*(part.complete_for for part in parts))})
