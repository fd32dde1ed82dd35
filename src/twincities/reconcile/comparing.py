"""
Two data sets side by side: what both say, what one says alone, and whether the other denies it.

Cities are matched as `merge` does.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from ..display.html import framed, html_table
from ..display.text import table
from ..errors import QueryError, printable, shown
from ..interop.rows import to_csv
from ..model.city import City
from ..model.frozen import FrozenDict
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.vocabulary import PartnershipStatus, word_label
from ..query.whole import Whole
from .differences import Difference, Verdict, differences_of, renamed
from .matching import Ambiguity, CityMatch, match_cities

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["COLUMNS", "Comparison", "OneSided", "TwoSided", "compare"]

COLUMNS = ("found_in", "city_1", "city_2", "field", "a", "b", "verdict", "city_1_id", "city_2_id")
"""The keys of a row of a comparison, in the order of the columns."""

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

    def _rows(self, lang: str) -> Iterator[dict[str, Any]]:
        for name, one_sided in (("a", self.only_a), ("b", self.only_b)):
            for tie in one_sided:
                yield _row(name, tie.cities, lang, verdict=tie.verdict)
        for pair in self.both:
            for difference in pair.differences:
                said = {"a": _text(difference.a, lang), "b": _text(difference.b, lang)}
                yield _row("both", pair.cities, lang, field=difference.field, **said, verdict=str(difference.verdict))
            if not pair.differences:
                yield _row("both", pair.cities, lang, verdict=str(Verdict.SAME))

    def _head(self) -> list[str]:
        """
        Lines about the two data sets, to be read before the table.
        """
        lines = [f"{name}: {_title(data, name)}" for name, data in (("a", self.a), ("b", self.b))]
        differing = sum(bool(pair.differences) for pair in self.both)
        cities = len(self.matches), len(self.unmatched_a), len(self.unmatched_b)
        ties = f"{len(self.both)} in both ({differing} differ)", len(self.only_a), len(self.only_b)
        lines.append("Cities: {} in both, {} only in a, {} only in b".format(*cities))
        lines.append("Partnerships: {}, {} only in a, {} only in b".format(*ties))
        lines += [f"Not decided: {ambiguity}" for ambiguity in self.ambiguous[:_SHOWN]]
        if len(self.ambiguous) > _SHOWN:
            lines.append(f"… and {len(self.ambiguous) - _SHOWN} more in .ambiguous")
        return [printable(line) for line in lines]

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        for name, one_sided in (("a", self.only_a), ("b", self.only_b)):
            for tie in one_sided:
                complete = " and ".join(city.name for city in tie.denied_by)
                denied = f"denied: {'b' if name == 'a' else 'a'} lists all partners of {complete}"
                yield name, _names(tie.cities), denied if complete else tie.verdict
        for pair in self.both:
            if pair.differences:
                yield "both", _names(pair.cities), _told(pair.differences)

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
        parts = ["\n".join(self._head()), table(_HEADINGS, rows) if rows else "No partnership differs.", more]
        return "\n\n".join(filter(None, parts))

    def __repr__(self) -> str:
        return (
            f"<Comparison of {len(self.matches)} cities: {len(self.both)} partnerships in both, {len(self.only_a)} only "
            f"in a, {len(self.only_b)} only in b>"
        )

    def _repr_html_(self) -> str:
        rows, more = self._shown()
        return framed(html_table(_HEADINGS, rows, caption="; ".join(self._head()), more=more))


_HEADINGS = ("In", "Partnership", "What is said")


def compare(a: Dataset, b: Dataset) -> Comparison:
    """
    Compare two data sets: the cities and partnerships of both, and of one alone.

    Cities are taken for the same by the first of these that holds between two that are still free: a Wikidata or
    GeoNames id in common, `alt_ids` included; the same id, unless those contradict; a name in common, in any spelling, in
    the same country and within `NEAR_KM`, as far as these are known. Each match says why; where several would do, none is
    taken. A partnership that one data set has alone is denied where the other says, by `complete_for`, that it lists all
    partners of one of the cities.

    Raises:
        QueryError: One of them isn't a data set.
    """
    for data in (a, b):
        if not isinstance(data, Whole):
            raise QueryError(f"expected two data sets, got {shown(data)}")
    matches, ambiguous, unmatched_a, unmatched_b = match_cities(a.cities.values(), b.cities.values())
    to_b = {match.a.id: match.b.id for match in matches}
    to_a = {match.b.id: match.a.id for match in matches}
    moved = {id: new for id, new in to_a.items() if id != new}
    in_a = {tie.cities: tie for tie in a.partnerships.values()}
    both: dict[tuple[str, str], TwoSided] = {}
    only_b = []
    unsure_a = {city.id for group in ambiguous for city in group.a if city.id not in to_b}
    unsure_b = {city.id for group in ambiguous for city in group.b if city.id not in to_a}
    for tie in b.partnerships.values():
        first, second = (to_a.get(id) for id in tie.cities)
        pair = None if first is None or second is None else (min(first, second), max(first, second))
        if pair is not None and pair in in_a:
            found = tuple(differences_of(in_a[pair], renamed(tie, cities=moved)))
            both[pair] = TwoSided(in_a[pair], tie, (a.cities[pair[0]], a.cities[pair[1]]), found)
        else:
            only_b.append(_one_sided(tie, b, to_a, a.complete_for, unsure_b))
    only_a = [_one_sided(tie, a, to_b, b.complete_for, unsure_a) for pair, tie in in_a.items() if pair not in both]
    return Comparison(
        a,
        b,
        matches,
        ambiguous,
        unmatched_a,
        unmatched_b,
        tuple(only_a),
        tuple(only_b),
        tuple(both[pair] for pair in in_a if pair in both),
    )


def _one_sided(
    tie: Partnership, data: Dataset, twins: Mapping[str, str], complete_for: Collection[str], unsure: Collection[str]
) -> OneSided:
    cities = data.cities[tie.cities[0]], data.cities[tie.cities[1]]
    # A list of partners doesn't deny a tie that is over; nor one with a city that may be on it in another record.
    denies = tie.status is not PartnershipStatus.ENDED and not any(id in unsure for id in tie.cities)
    return OneSided(tie, cities, tuple(c for c in cities if denies and twins.get(c.id) in complete_for))


# -- words -----------------------------------------------------------------------------------------


def _row(found_in: str, cities: tuple[City, City], lang: str, **said: Any) -> dict[str, Any]:
    first, second = cities
    names = {"city_1": first.label(lang), "city_2": second.label(lang)}
    row = {**said, **names, "found_in": found_in, "city_1_id": first.id, "city_2_id": second.id}
    return {column: row.get(column) for column in COLUMNS}


def _names(cities: tuple[City, City]) -> str:
    return " – ".join(city.name for city in cities)


def _told(found: Iterable[Difference]) -> str:
    """
    Differences in a line: values where both say something, else the names of the fields.
    """
    alone: dict[Verdict, list[str]] = {Verdict.ONLY_A: [], Verdict.ONLY_B: []}
    told = []
    for difference in found:
        if difference.verdict in alone:
            alone[difference.verdict].append(difference.field)
        else:
            values = f"{_text(difference.a, 'en')} in a, {_text(difference.b, 'en')} in b"
            told.append(f"{difference.field}: {values} ({difference.verdict})")
    told += [
        f"only in {name}: {', '.join(fields)}" for name, fields in zip("ab", alone.values(), strict=True) if fields
    ]
    return "; ".join(told)


def _title(data: Dataset, name: str) -> str:
    complete = ", ".join(data.cities[id].name for id in data.complete_for[:5])
    told = [data.title or data.id or f"data set {name}"]
    told += [f"as of {data.as_of}"] if data.as_of else []
    told += [f"complete for {complete}{' …' if len(data.complete_for) > 5 else ''}"] if complete else []
    return ", ".join(told)


def _text(value: Any, lang: str) -> str | None:
    """
    A value of a field for reading: of a smaller record what it says. Differences have no sources.
    """
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, tuple):
        return "; ".join(text for item in value if (text := _text(item, lang))) or None
    if isinstance(value, FrozenDict):
        return text_in(value, lang)
    if attrs.has(type(value)):
        parts = [getattr(value, field.name) for field in attrs.fields(type(value))]
        return ", ".join(text for part in parts if (text := _text(part, lang))) or None
    return None if value is None else str(value)
