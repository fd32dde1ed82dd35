"""
From the rows of a table to partnerships: each row a pair of cities, rows of the same pair united.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...dataset.dataset import Dataset
from ...errors import InvalidRecordError, QueryError, shown
from ...interop import _cells as cells
from ...interop._cells import CellProblem, is_blank
from ...model.city import City
from ...model.partnership import Partnership
from ...model.parts import Activity, Coordinates, Population, Source
from ...model.rules import URL
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.names import slug
from ...query.whole import own_areas
from .grid import Grid, Row
from .places import Candidate, Gazetteer, KnownPlaces, MadePlaces, Mention, Unclear

__all__ = ["PairReader", "Unresolved"]


class Unresolved(NamedTuple):
    """
    A cell that names no city, or more than one: its row isn't in the data set.
    """

    line: int
    column: str
    text: str
    candidates: tuple[Candidate, ...]
    """The cities that may be meant: the largest first where several have the name, else those with a name like it."""
    reason: str


Read = Callable[[object], Any]

# What is said of a tie once, and how it is read.
_TIE_FACTS: Mapping[str, Read] = {
    "status": lambda cell: cells.read_word(cell, PartnershipStatus),
    "kind": lambda cell: cells.read_word(cell, PartnershipKind),
    "since": cells.read_date,
    "until": cells.read_date,
    "status_since": cells.read_date,
}
# What is said of a city: the field of `City` for a column, and how it is read.
_CITY_FACTS: Mapping[str, tuple[str, Read]] = {
    "place_kind": ("kind", lambda cell: cells.read_word(cell, PlaceKind)),
    "population": ("populations", lambda cell: (Population(value=cells.read_people(cell)),)),
    "wikidata_id": ("wikidata_id", cells.read_wikidata_id),
    "geonames_id": ("geonames_id", cells.read_geonames_id),
}


class _Tie:
    """
    A partnership that grows from the rows of its pair.
    """

    def __init__(self) -> None:
        self.facts: dict[str, tuple[Row, Any]] = {}
        self.areas: dict[str, None] = {}
        self.sources: dict[str, None] = {}


class PairReader:
    """
    The reading of one table; what can't be read gathers in `unresolved` and `problems`.
    """

    def __init__(
        self,
        grid: Grid,
        at: Mapping[str, int],
        city: str | None,
        places: Gazetteer | None,
        choices: Mapping[str, str],
    ) -> None:
        self._grid, self._at = grid, at
        self._cities: MadePlaces | KnownPlaces = MadePlaces() if places is None else KnownPlaces(places, choices)
        self._whole = places if isinstance(places, Dataset) else Dataset()
        self._words = self._whole.vocabulary_index
        self._sources: dict[str, Source] = {} if places is None else dict(places.sources)
        self._ties: dict[frozenset[Hashable], _Tie] = {}
        self.problems: list[CellProblem] = []
        self.unresolved: list[Unresolved] = []
        self._one = None if city is None else self._the_one(city)

    def _the_one(self, name: str) -> Hashable:
        found = self._cities.find(Mention(1, "city=", name, None, {}))
        if isinstance(found, Unclear):
            raise QueryError(f"expected one city in city=: {found.reason}")
        return found

    def read(self) -> Dataset:
        """
        The cities and partnerships of all rows that name two cities.
        """
        for row in self._grid.rows:
            self._read_row(row)
        cities, problems = self._cities.records()
        self.problems += problems
        return Dataset(
            cities=self._with_offices(cities.values()),
            partnerships=[self._partnership([cities[key].id for key in pair], tie) for pair, tie in self._ties.items()],
            areas=own_areas(self._whole),
            sources=self._sources.values(),
            vocabulary=self._whole.vocabulary,
        )

    # -- rows --------------------------------------------------------------------------------------

    def _read_row(self, row: Row) -> None:
        width = len(self._grid.headings)
        for number, cell in enumerate(row.cells[width:], width + 1):
            if not is_blank(cell):
                message = f"expected {width} cells, as there are headings, got more"
                self.problems.append(CellProblem(row.line, f"column {number}", _text(cell), message))
        # All cells are read, also those of rows that name no two cities: what is wrong is told at once.
        said = {field: self._value(row, field, read) for field, read in _TIE_FACTS.items()}
        areas = self._areas(row)
        sources = self._value(row, "source", cells.read_texts) or ""
        pair = frozenset((self._find(row, "city"), self._find(row, "partner")))
        if None in pair:
            return
        if len(pair) == 1:
            key = "partner" if "partner" in self._at else "partner_id"
            self._tell(row, key, "expected two different cities, got the same twice")
            return
        tie = self._ties.setdefault(pair, _Tie())
        for field, value in said.items():
            if value is not None and tie.facts.setdefault(field, (row, value))[1] != value:
                first, known = tie.facts[field]
                self._tell(row, field, f"expected {known}, as line {first.line} says of the same two cities")
        tie.areas |= dict.fromkeys(areas)
        tie.sources |= dict.fromkeys(
            self._source(text.strip()) for text in re.split(r"; |;$|\n", sources) if text.strip()
        )

    def _areas(self, row: Row) -> tuple[str, ...]:
        ids, wrong = self._value(row, "areas", lambda cell: cells.read_areas(cell, self._words)) or ((), ())
        for message in wrong:
            self._tell(row, "areas", message)
        return ids

    def _find(self, row: Row, side: str) -> Hashable | None:
        """
        The key of the city on a side of a row; `None` where it isn't clear, which is told.
        """
        if side == "city" and self._one is not None:
            return self._one
        name, id = self._value(row, side, cells.read_text), self._value(row, f"{side}_id", cells.read_id)
        key = side if name is not None or side in self._at else f"{side}_id"
        try:
            facts = dict(self._facts(row, side))
        except _UnclearCountryError as error:
            self._leave(row, error.key, Unclear(str(error)))
            return None
        if name is None and id is None:
            self._leave(row, key, Unclear("expected the name or id of a city"))
            return None
        found = self._cities.find(Mention(row.line, self._heading(key), name, id, facts))
        if isinstance(found, Unclear):
            self._leave(row, key, found)
            return None
        return found

    def _facts(self, row: Row, side: str) -> Iterator[tuple[str, tuple[str, Any]]]:
        """
        The fields of `City` that a row fills for one of its cities, each with its column.
        """
        country, code = (self._country(row, f"{side}_{field}") for field in ("country", "country_code"))
        if None not in (country, code) and country != code:
            raise _UnclearCountryError(f"{side}_country", f"expected the country {code}, as the country code says")
        if code or country:
            yield "country_code", (self._heading(f"{side}_country{'_code' if code else ''}"), code or country)
        for name, (field, read) in _CITY_FACTS.items():
            value = self._value(row, key := f"{side}_{name}", read)
            if value is not None:
                yield field, (self._heading(key), value)
        latitude, longitude = f"{side}_latitude", f"{side}_longitude"
        point = (
            self._value(row, latitude, lambda cell: cells.read_degrees(cell, 90)),
            self._value(row, longitude, lambda cell: cells.read_degrees(cell, 180)),
        )
        if None not in point:
            yield "coordinates", (self._heading(latitude), Coordinates(latitude=point[0], longitude=point[1]))
        for key, other in ((latitude, longitude), (longitude, latitude)):
            if not is_blank(self._cell(row, key)) and is_blank(self._cell(row, other)):
                self._tell(row, key, "expected both latitude and longitude, got one of them")

    def _country(self, row: Row, key: str) -> str | None:
        if is_blank(self._cell(row, key)):
            return None
        try:
            return cells.read_country(self._cell(row, key), self._words, any_code=key.endswith("_code"))
        except ValueError as error:
            # A name without its country could be another city's.
            raise _UnclearCountryError(key, str(error)) from error

    def _source(self, text: str) -> str:
        """
        The id of the source that a cell names by its id, title or URL.
        """
        if text in self._sources:
            return text
        for source in self._sources.values():
            if text in {source.title, source.url}:
                return source.id
        start = id = slug(text)
        number = 1
        while id in self._sources:
            number += 1
            id = f"{start}-{number}"
        field = "url" if URL.holds(text) else "title"
        self._sources[id] = Source(id=id, **{field: text})
        return id

    # -- cells -------------------------------------------------------------------------------------

    def _cell(self, row: Row, key: str) -> object:
        number = self._at.get(key)
        return None if number is None or number >= len(row.cells) else row.cells[number]

    def _heading(self, key: str) -> str:
        return self._grid.headings[self._at[key]]

    def _value(self, row: Row, key: str, read: Read) -> Any:
        cell = self._cell(row, key)
        if is_blank(cell):
            return None
        try:
            return read(cell)
        except ValueError as error:
            self._tell(row, key, str(error))
            return None

    def _tell(self, row: Row, key: str, message: str) -> None:
        self.problems.append(CellProblem(row.line, self._heading(key), _text(self._cell(row, key)), message))

    def _leave(self, row: Row, key: str, unclear: Unclear) -> None:
        text = _text(self._cell(row, key))
        self.unresolved.append(Unresolved(row.line, self._heading(key), text, unclear.candidates, unclear.reason))

    # -- records -----------------------------------------------------------------------------------

    def _partnership(self, ids: Iterable[str], tie: _Tie) -> Partnership:
        facts = {field: value for field, (_, value) in tie.facts.items()}
        facts["activities"] = (Activity(areas=tuple(tie.areas)),) if tie.areas else ()
        facts |= {"cities": tuple(ids), "sources": tuple(tie.sources)}
        try:
            return Partnership(**facts)
        except InvalidRecordError as error:
            # The one rule that read values can break: a tie doesn't end before it begins.
            row, _ = tie.facts["until"]
            del facts["until"]
            self._tell(row, "until", "; ".join(problem.message for problem in error.problems))
            return Partnership(**facts)

    def _with_offices(self, cities: Iterable[City]) -> Iterable[City]:
        """
        The cities, and those that their contacts sit in.
        """
        found = {city.id: city for city in cities}
        waiting = list(found.values())
        while waiting:
            for contact in waiting.pop().contacts:
                if contact.city is not None and contact.city not in found:
                    found[contact.city] = self._whole.cities[contact.city]
                    waiting.append(found[contact.city])
        return found.values()


class _UnclearCountryError(Exception):
    """
    The country of a city can't be read.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def _text(cell: object) -> str:
    return "" if is_blank(cell) else cell.strip() if isinstance(cell, str) else shown(cell)
