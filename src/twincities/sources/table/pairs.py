"""
From the rows of a table to partnerships: each row a pair of cities, rows of the same pair united.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...dataset.dataset import Dataset
from ...errors import InvalidRecordError, QueryError, shown
from ...interop import _cells as cells
from ...interop._cells import is_blank
from ...interop._dates import is_open
from ...model.city import City
from ...model.partnership import Partnership
from ...model.parts import Activity, Coordinates, Source
from ...model.rules import URL
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.names import fold, slug
from ...query.whole import own_areas
from .choices import SKIP, Choices
from .columns import Columns
from .known import KnownPlaces
from .made import MadePlaces
from .mentions import Fact, Gazetteer, Mention
from .names import is_aside, is_unknown
from .problems import CellProblem, UnclearError
from .rows import Grid, Row

__all__ = ["PairReader"]

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
    "population": ("populations", lambda cell: (cells.read_population(cell),)),
    "wikidata_id": ("wikidata_id", cells.read_wikidata_id),
    "geonames_id": ("geonames_id", cells.read_geonames_id),
}
_IDS_IN_URLS = (("wikidata_id", cells.read_wikidata_id), ("geonames_id", cells.read_geonames_id))
_EVERY = 2.0  # seconds between two words on how far the reading is


class _Line(NamedTuple):
    """
    A row as it was read: the values of its tie, and its two cities where they could be read.
    """

    row: Row
    said: Mapping[str, Any]
    areas: Sequence[str]
    sources: str
    pair: tuple[Mention | Hashable | None, Mention | None]


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
        columns: Columns,
        city: str | None,
        places: Gazetteer | None,
        choices: Choices,
        *,
        words: Mapping[str, str],
        unknown: Iterable[str],
        lang: str | None,
        as_of: Any,
        report: Callable[[str], object] | None,
    ) -> None:
        self._grid, self._columns, self._choices = grid, columns, choices
        self._at = columns.match(grid.headings, grid.name)
        self._cities: MadePlaces | KnownPlaces = (
            MadePlaces(choices, lang) if places is None else KnownPlaces(places, choices, lang)
        )
        self._whole = places if isinstance(places, Dataset) else Dataset()
        self._vocabulary = self._whole.vocabulary_index
        self._sources: dict[str, Source] = {} if places is None else dict(places.sources)
        self._looked_up: Mapping[str, City] = {} if places is None else places.cities
        self._is_own_source = places is not None and bool(places.sources)
        self._words = {fold(word) or word: meant for word, meant in words.items()}
        self._unknown = {fold(text) or text.strip() for text in unknown}
        self._as_of, self._report = as_of, report
        self._ties: dict[frozenset[Hashable], _Tie] = {}
        self.problems: list[CellProblem] = []
        self.unresolved: list[CellProblem] = []
        self.skipped: list[int] = []
        self._one = None if city is None else self._the_one(city)

    def _the_one(self, name: str) -> Hashable:
        try:
            return self._cities.find(Mention(1, "city=", name, None, {}))
        except UnclearError as error:
            raise QueryError(f"expected one city in city=: {error}") from error

    def read(self) -> Dataset:
        """
        The cities and partnerships of all rows that name two cities.
        """
        lines = list(self._lines())
        for line in lines:
            for mention in line.pair:
                if isinstance(mention, Mention):
                    self._cities.expect(mention)
        for line in self._telling(lines):
            self._add(line)
        found, problems = self._cities.records()
        self.problems += problems
        own = self._own_source()
        return Dataset(
            cities=self._with_offices(
                [_by(city, own) if key not in self._looked_up else city for key, city in found.items()]
            ),
            partnerships=[
                self._partnership([found[key].id for key in pair], tie, own) for pair, tie in self._ties.items()
            ],
            areas=own_areas(self._whole),
            sources=self._sources.values(),
            vocabulary=self._whole.vocabulary,
            as_of=self._as_of,
        )

    def _telling(self, lines: Sequence[_Line]) -> Iterator[_Line]:
        """
        The lines; after the first second it is reported how far the reading is.
        """
        due = time.monotonic() + 1
        for number, line in enumerate(lines):
            if self._report is not None and time.monotonic() > due:
                self._report(f"{number:,} of {len(lines):,} rows read")
                due = time.monotonic() + _EVERY
            yield line

    # -- rows --------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[_Line]:
        for row in self._grid.rows:
            if self._columns.are_headings(tuple(map(_text, row.cells))):
                texts = ", ".join(filter(None, map(_text, row.cells)))
                if self._choices.for_cell("row", texts) is None:
                    message = "expected rows below the headings, got headings again: save each table by itself"
                    self.unresolved.append(CellProblem(row.line, "row", texts, message))
                else:
                    self.skipped.append(row.line)
                return
            aside = self._aside(row)
            choice = None if aside is None else self._choices.for_name(aside.text, None)
            if aside is None or choice not in {None, SKIP}:
                yield self._line(row)
            elif choice is None:
                self.unresolved.append(aside)
            else:
                self.skipped.append(row.line)

    def _aside(self, row: Row) -> CellProblem | None:
        """
        The problem of a row that is a total or a note.
        """
        filled = [(number, _text(cell)) for number, cell in enumerate(row.cells) if not is_blank(cell)]
        for number, text in filled:
            others = [other for place, other in filled if place != number]
            if (what := is_aside(text)) and all(re.fullmatch(r"[\d\s.,]+|", other) for other in others):
                heading = self._grid.headings[number] if number < len(self._grid.headings) else f"column {number + 1}"
                message = f"expected a row of two cities, got {what}: {shown(text)}; take it out, or choose 'skip'"
                return CellProblem(row.line, heading, text, message)
        return None

    def _line(self, row: Row) -> _Line:
        width = len(self._grid.headings)
        for number, cell in enumerate(row.cells[width:], width + 1):
            if not is_blank(cell) and self._choices.for_cell(f"column {number}", _text(cell)) != "":
                message = f"expected {width} cells, as there are headings, got more"
                self.problems.append(CellProblem(row.line, f"column {number}", _text(cell), message))
        # All cells are read, also those of rows that name no two cities: what is wrong is reported at once.
        said = {field: self._value(row, field, read) for field, read in _TIE_FACTS.items()}
        areas = self._areas(row)
        sources = self._value(row, "source", cells.read_texts) or ""
        pair = (self._mention(row, "city") if self._one is None else self._one, self._mention(row, "partner"))
        return _Line(row, said, areas, sources, pair)

    def _add(self, line: _Line) -> None:
        row = line.row
        first, second = (
            self._find(row, side, mention) for side, mention in zip(("city", "partner"), line.pair, strict=True)
        )
        if first is None or second is None:
            return
        if first == second:
            self._tell(row, self._key("partner"), "expected two different cities, got the same twice")
            return
        tie = self._ties.setdefault(frozenset((first, second)), _Tie())
        for field, value in line.said.items():
            if value is not None and tie.facts.setdefault(field, (row, value))[1] != value:
                before, known = tie.facts[field]
                self._tell(row, field, f"expected {known}, as line {before.line} says of the same two cities")
        tie.areas |= dict.fromkeys(line.areas)
        tie.sources |= dict.fromkeys(
            self._source(text.strip()) for text in re.split(r"; |;$|\n", line.sources) if text.strip()
        )

    def _areas(self, row: Row) -> tuple[str, ...]:
        ids, wrong = self._value(row, "areas", self._read_areas) or ((), ())
        for message in wrong:
            self._tell(row, "areas", message)
        return ids

    def _read_areas(self, cell: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self._words and isinstance(cell, str):
            parts = re.split(r"([;,\n])", cell)
            cell = "".join(self._words.get(fold(part), part) if part.strip() else part for part in parts)
        return cells.read_areas(cell, self._vocabulary)

    # -- cities ------------------------------------------------------------------------------------

    def _key(self, side: str) -> str:
        return side if side in self._at else f"{side}_id"

    def _mention(self, row: Row, side: str) -> Mention | None:
        """
        The city on a side of a row; `None` where it can't be read, which is reported.
        """
        name = self._value(row, side, cells.read_text, is_name=True)
        facts: dict[str, Fact] = {}
        try:
            id = self._id(row, f"{side}_id", facts)
            facts |= self._facts(row, side)
        except _UnclearCountryError as error:
            self._leave(row, error.key, error)
            return None
        if name is None and id is None and not facts.keys() & {"wikidata_id", "geonames_id"}:
            self._leave(row, self._key(side), UnclearError("expected the name or id of a city"))
            return None
        if name is None and id is None:
            id = str(next(facts[key].value for key in ("wikidata_id", "geonames_id") if key in facts))
        key = side if name is not None else self._key(side)
        return Mention(row.line, self._heading(key), name, id, facts)

    def _id(self, row: Row, key: str, facts: dict[str, Fact]) -> str | None:
        """
        The id in a cell; an address of Wikidata or GeoNames is an id there.
        """
        cell = self._cell(row, key)
        if isinstance(cell, str) and "://" in cell:
            for field, read in _IDS_IN_URLS:
                try:
                    facts[field] = Fact(self._heading(key), _text(cell), read(cell))
                except ValueError:
                    continue
                return None
        id: str | None = self._value(row, key, cells.read_id)
        return id

    def _find(self, row: Row, side: str, mention: Mention | Hashable | None) -> Hashable | None:
        """
        The key of the city that a row means; `None` where it isn't clear, which is reported.
        """
        if not isinstance(mention, Mention):
            return mention
        if self._choices.for_name(mention.name, mention.country) == SKIP:
            self.skipped.append(row.line)
            return None
        try:
            return self._cities.find(mention)
        except UnclearError as error:
            self._leave(row, side if mention.name is not None else self._key(side), error, mention.country)
            return None

    def _facts(self, row: Row, side: str) -> Iterator[tuple[str, Fact]]:
        """
        The fields of `City` that a row fills for one of its cities.
        """
        country, code = (self._country(row, f"{side}_{field}") for field in ("country", "country_code"))
        if None not in (country, code) and country != code:
            raise _UnclearCountryError(f"{side}_country", f"expected the country {code}, as the country code says")
        if code or country:
            yield "country_code", self._fact(row, f"{side}_country{'_code' if code else ''}", code or country)
        for name, (field, read) in _CITY_FACTS.items():
            value = self._value(row, key := f"{side}_{name}", read)
            if value is not None:
                yield field, self._fact(row, key, value)
        latitude, longitude = f"{side}_latitude", f"{side}_longitude"
        point = (
            self._value(row, latitude, lambda cell: cells.read_degrees(cell, 90)),
            self._value(row, longitude, lambda cell: cells.read_degrees(cell, 180)),
        )
        if None not in point:
            yield "coordinates", self._fact(row, latitude, Coordinates(latitude=point[0], longitude=point[1]))
        for key, other in ((latitude, longitude), (longitude, latitude)):
            if not is_blank(self._cell(row, key)) and is_blank(self._cell(row, other)):
                self._tell(row, key, "expected both latitude and longitude, got one of them")

    def _country(self, row: Row, key: str) -> str | None:
        cell = self._cell(row, key)
        if is_blank(cell) or (isinstance(cell, str) and is_unknown(cell)):
            return None
        try:
            return cells.read_country(cell, self._vocabulary, any_code=key.endswith("_code"))
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
        if number is None or number >= len(row.cells):
            return None
        cell = row.cells[number]
        if key in {"city", "partner"} or is_blank(cell):
            return cell
        chosen = self._choices.for_cell(self._grid.headings[number], text := _text(cell))
        if chosen is not None:
            return chosen
        if (fold(text) or text) in self._unknown:
            return None
        return self._words.get(fold(text) or text, cell) if key != "areas" else cell

    def _heading(self, key: str) -> str:
        return self._grid.headings[self._at[key]]

    def _fact(self, row: Row, key: str, value: Any) -> Fact:
        return Fact(self._heading(key), _text(self._cell(row, key)), value)

    def _value(self, row: Row, key: str, read: Read, *, is_name: bool = False) -> Any:
        cell = self._cell(row, key)
        if is_blank(cell):
            return None
        if isinstance(cell, str) and not is_name:
            if is_unknown(cell) and key != "source" and not key.endswith("id"):
                return None
            if key == "until" and is_open(cell):
                return None
        try:
            return read(cell)
        except ValueError as error:
            self._tell(row, key, str(error))
            return None

    def _tell(self, row: Row, key: str, message: str) -> None:
        self.problems.append(CellProblem(row.line, self._heading(key), _text(self._cell(row, key)), message))

    def _leave(self, row: Row, key: str, error: ValueError, country: str | None = None) -> None:
        text, meant = _text(self._cell(row, key)), getattr(error, "candidates", ())
        self.unresolved.append(CellProblem(row.line, self._heading(key), text, str(error), meant, country))

    # -- records -----------------------------------------------------------------------------------

    def _own_source(self) -> tuple[str, ...]:
        """
        The table as the source of what no other is given for, where the cities are those of a gazetteer.
        """
        if not self._is_own_source or not self._ties:
            return ()
        name = re.split(r"[/\\]", self._grid.name)[-1] if self._grid.name else "table"
        return (self._source(name),) if any(not tie.sources for tie in self._ties.values()) else ()

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


class _UnclearCountryError(ValueError):
    """
    The country of a city can't be read.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def _by(city: City, sources: tuple[str, ...]) -> City:
    import attrs

    return attrs.evolve(city, sources=sources) if sources else city


def _text(cell: object) -> str:
    """
    The text of a cell as a report shows it.
    """
    if is_blank(cell):
        return ""
    if isinstance(cell, (list, tuple)):
        return "; ".join(map(_text, cell))
    try:
        return cells.read_text(cell)
    except ValueError:
        return str(cell).strip()
