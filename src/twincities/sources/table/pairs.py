"""
Partnerships from the rows of a table; rows of the same pair are combined.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import chain
from typing import Any

import attrs

from ..._progress import reached
from ...dataset.dataset import Dataset
from ...errors import InvalidRecordError, QueryError
from ...model.city import City
from ...model.partnership import Partnership
from ...model.parts import Activity, Source
from ...model.rules import URL
from ...query.names import slug
from ...query.whole import own_areas
from .choices import SKIP
from .known import KnownPlaces
from .lines import Line, LineReader
from .made import MadePlaces
from .mentions import Gazetteer, Mention
from .names import unused
from .problems import UnclearError
from .rows import Row

_EVERY = 2.0  # seconds between two reports of progress


class _Tie:
    """
    The facts of one pair's rows.
    """

    def __init__(self) -> None:
        self.facts: dict[str, tuple[Row, Any]] = {}
        self.areas: dict[str, None] = {}
        self.sources: dict[str, None] = {}


class PairReader:
    """
    A reader of a table's partnerships; its `LineReader` collects what can't be read.
    """

    def __init__(self, rows: LineReader, places: Gazetteer | None, *, city: str | None, lang: str | None) -> None:
        self._rows = rows
        self._cities: MadePlaces | KnownPlaces = (
            MadePlaces(rows.choices, lang) if places is None else KnownPlaces(places, rows.choices, lang)
        )
        self._whole = places if isinstance(places, Dataset) else Dataset()
        given = self._whole if places is None else places
        self._sources: dict[str, Source] = dict(given.sources)
        self._looked_up: Mapping[str, City] = given.cities
        self._is_own_source = bool(given.sources)
        self._ties: dict[frozenset[Hashable], _Tie] = {}
        self._one = None if city is None else self._the_one(city)

    def _the_one(self, name: str) -> Hashable:
        try:
            return self._cities.find(Mention(1, "city=", name, None, {}))
        except UnclearError as error:
            meant = "; ".join(map(str, error.candidates))
            hint = f"; give an id in city=; candidates: {meant}" if meant else ""
            raise QueryError(f"expected one city in city=: {error.reason}{hint}") from error

    def read(self, as_of: Any, report: Callable[[str], object] | None) -> Dataset:
        """
        The data set of all rows that name two cities; *report* is called with the progress after the first second.
        """
        lines = list(self._rows.lines())
        for mention in chain.from_iterable(line.pair for line in lines):
            if mention is not None:
                self._cities.expect(mention)
        due = time.monotonic() + 1
        for number, line in enumerate(lines):
            if report is not None and time.monotonic() > due:
                report(f"{number:,} of {len(lines):,} rows read")
                due = time.monotonic() + _EVERY
            self._add(line)
            reached(number + 1, len(lines))
        found, problems = self._cities.records()
        self._rows.problems += problems
        own = self._own_source()
        cities = [
            attrs.evolve(city, sources=own) if own and key not in self._looked_up else city
            for key, city in found.items()
        ]
        ties = [self._partnership([found[key].id for key in pair], tie, own) for pair, tie in self._ties.items()]
        return Dataset(
            cities=self._with_offices(cities),
            partnerships=ties,
            areas=own_areas(self._whole),
            sources=self._sources.values(),
            vocabulary=self._whole.vocabulary,
            as_of=as_of,
        )

    def _add(self, line: Line) -> None:
        row = line.row
        city, partner = line.pair
        first = self._find(row, "city", city) if self._one is None else self._one
        second = self._find(row, "partner", partner)
        if first is None or second is None:
            return
        if first == second:
            self._rows.report(row, self._rows.grid.key("partner"), "expected two different cities, got the same twice")
            return
        tie = self._ties.setdefault(frozenset((first, second)), _Tie())
        for field, value in line.facts.items():
            if value is not None and tie.facts.setdefault(field, (row, value))[1] != value:
                before, known = tie.facts[field]
                self._rows.report(row, field, f"expected {known}, as line {before.line} says of the same two cities")
        tie.areas |= dict.fromkeys(line.areas)
        tie.sources |= dict.fromkeys(
            self._source(text.strip()) for text in re.split(r"; |;$|\n| (?=https?://)", line.sources) if text.strip()
        )

    def _find(self, row: Row, side: str, mention: Mention | None) -> Hashable | None:
        """
        The key of a row's city; `None` if it isn't clear, which is reported.
        """
        if mention is None:
            return None  # reported by then
        if self._rows.choices.for_name(mention.name, mention.country) == SKIP:
            self._rows.skipped.append(row.line)
            return None
        try:
            return self._cities.find(mention)
        except UnclearError as error:
            self._rows.leave_out(row, self._rows.grid.key(side), error, mention.country)
            return None

    def _source(self, text: str) -> str:
        """
        The id of the source that a cell names by its id, title or URL.
        """
        if text in self._sources:
            return text
        for source in self._sources.values():
            if text in {source.title, source.url}:
                return source.id
        id = unused(slug(text), self._sources)
        self._sources[id] = Source(id=id, **{"url" if URL.holds(text) else "title": text})
        return id

    # -- records -----------------------------------------------------------------------------------

    def _own_source(self) -> tuple[str, ...]:
        """
        The table as the source of ties without another, if the cities come from a gazetteer with sources.
        """
        if not self._is_own_source or all(tie.sources for tie in self._ties.values()):
            return ()
        return (self._source(re.split(r"[/\\]", self._rows.grid.name or "table")[-1]),)

    def _partnership(self, ids: Iterable[str], tie: _Tie, own: tuple[str, ...]) -> Partnership:
        facts = {field: value for field, (_, value) in tie.facts.items()}
        facts["activities"] = (Activity(areas=tuple(tie.areas)),) if tie.areas else ()
        facts |= {"cities": tuple(ids), "sources": tuple(tie.sources) or own}
        try:
            return Partnership(**facts)
        except InvalidRecordError as error:
            # The one rule that read values can break: a tie doesn't end before it begins.
            row, _ = tie.facts["until"]
            del facts["until"]
            self._rows.report(row, "until", "; ".join(problem.message for problem in error.problems))
            return Partnership(**facts)

    def _with_offices(self, cities: Iterable[City]) -> Iterable[City]:
        """
        The cities, and those of their contacts.
        """
        found = {city.id: city for city in cities}
        waiting = list(found.values())
        while waiting:
            for contact in waiting.pop().contacts:
                if contact.city is not None and contact.city not in found:
                    found[contact.city] = self._whole.cities[contact.city]
                    waiting.append(found[contact.city])
        return found.values()
