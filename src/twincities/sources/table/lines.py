"""
The rows of a table, each read cell by cell: the facts of its tie, and its two cities as it names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...errors import shown
from ...interop import _cells as cells
from ...interop._cells import is_blank
from ...interop._dates import is_open
from ...model.parts import Coordinates
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.filters import Vocabulary
from ...query.names import fold
from .choices import SKIP, Choices
from .columns import Columns
from .mentions import Fact, Mention
from .names import is_aside, is_unknown
from .problems import CellProblem, UnclearError
from .rows import Grid, Row

__all__ = ["Line", "LineReader"]

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


_NUMBERS = re.compile(r"[\d\s.,]+")


class Line(NamedTuple):
    """
    A row as it was read: the values of its tie, and its two cities where they could be read.
    """

    row: Row
    said: Mapping[str, Any]
    areas: Sequence[str]
    sources: str
    pair: tuple[Mention | None, Mention | None]


class LineReader:
    """
    The reading of a table's rows; what can't be read gathers in `unresolved` and `problems`.
    """

    def __init__(
        self,
        grid: Grid,
        columns: Columns,
        choices: Choices,
        vocabulary: Vocabulary,
        *,
        words: Mapping[str, str],
        unknown: Iterable[str],
    ) -> None:
        self._grid, self._columns, self._choices, self._vocabulary = grid, columns, choices, vocabulary
        self._at = columns.match(grid.headings, grid.name)
        self._has_city = bool(self._at.keys() & {"city", "city_id", "city_wikidata_id", "city_geonames_id"})
        self._words = {fold(word) or word: meant for word, meant in words.items()}
        self._unknown = {fold(text) or text.strip() for text in unknown}
        self._decided = bool(choices or self._words or self._unknown)
        self._read: dict[tuple[str, str], Any] = {}  # the values of texts, which stand in many rows
        self.problems: list[CellProblem] = []
        self.unresolved: list[CellProblem] = []
        self.skipped: list[int] = []

    def lines(self) -> Iterator[Line]:
        """
        The rows that aren't totals, notes or headings.
        """
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
        found = None
        for number, cell in enumerate(row.cells):
            text = _text(cell)
            if text and not _NUMBERS.fullmatch(text):
                if found is not None:
                    return None
                found = number, text
        if found is None or (what := is_aside(found[1])) is None:
            return None
        number, text = found
        heading = self._grid.headings[number] if number < len(self._grid.headings) else f"column {number + 1}"
        message = f"expected a row of two cities, got {what}: {shown(text)}; take it out, or choose 'skip'"
        return CellProblem(row.line, heading, text, message)

    def _line(self, row: Row) -> Line:
        width = len(self._grid.headings)
        for number, cell in enumerate(row.cells[width:], width + 1):
            if not is_blank(cell) and self._choices.for_cell(f"column {number}", _text(cell)) != "":
                message = f"expected {width} cells, as there are headings, got more"
                self.problems.append(CellProblem(row.line, f"column {number}", _text(cell), message))
        # All cells are read, also those of rows that name no two cities: what is wrong is reported at once.
        said = {field: self._value(row, field, read) for field, read in _TIE_FACTS.items()}
        areas = self._areas(row)
        sources = self._value(row, "source", cells.read_texts) or ""
        pair = (self._mention(row, "city") if self._has_city else None, self._mention(row, "partner"))
        return Line(row, said, areas, sources, pair)

    def _areas(self, row: Row) -> tuple[str, ...]:
        ids, wrong = self._value(row, "areas", self._read_areas) or ((), ())
        for message in wrong:
            self.report(row, "areas", message)
        return ids

    def _read_areas(self, cell: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self._words and isinstance(cell, str):
            parts = re.split(r"([;,\n])", cell)
            cell = "".join(self._words.get(fold(part), part) if part.strip() else part for part in parts)
        return cells.read_areas(cell, self._vocabulary)

    # -- cities ------------------------------------------------------------------------------------

    def key(self, side: str) -> str:
        """
        The key of the column that names the city on a side.
        """
        return side if side in self._at else f"{side}_id"

    def _mention(self, row: Row, side: str) -> Mention | None:
        """
        The city on a side of a row; `None` where it can't be read, which is reported.
        """
        if side in self._at and self._choices.for_name(self._own_text(row, side), None) == SKIP:
            self.skipped.append(row.line)
            return None
        name = self._value(row, side, cells.read_text, is_name=True)
        facts: dict[str, Fact] = {}
        try:
            id = self._id(row, f"{side}_id", facts)
            facts |= self._facts(row, side)
        except _UnclearCountryError as error:
            self.leave_out(row, error.key, error)
            return None
        if name is None and id is None and not facts.keys() & {"wikidata_id", "geonames_id"}:
            self.leave_out(row, self.key(side), UnclearError("expected the name or id of a city"))
            return None
        if name is None and id is None:
            id = str(next(facts[key].value for key in ("wikidata_id", "geonames_id") if key in facts))
        key = side if name is not None else self.key(side)
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
            key = f"{side}_{name}"
            value = self._value(row, key, read) if key in self._at else None
            if value is not None:
                yield field, self._fact(row, key, value)
        latitude, longitude = f"{side}_latitude", f"{side}_longitude"
        if not self._at.keys() & {latitude, longitude}:
            return
        point = (
            self._value(row, latitude, lambda cell: cells.read_degrees(cell, 90)),
            self._value(row, longitude, lambda cell: cells.read_degrees(cell, 180)),
        )
        if None not in point:
            yield "coordinates", self._fact(row, latitude, Coordinates(latitude=point[0], longitude=point[1]))
        for key, other in ((latitude, longitude), (longitude, latitude)):
            if not is_blank(self._cell(row, key)) and is_blank(self._cell(row, other)):
                self.report(row, key, "expected both latitude and longitude, got one of them")

    def _country(self, row: Row, key: str) -> str | None:
        cell = self._cell(row, key)
        if is_blank(cell) or (isinstance(cell, str) and is_unknown(cell)):
            return None
        try:
            return cells.read_country(cell, self._vocabulary, any_code=key.endswith("_code"))
        except ValueError as error:
            # A name without its country could be another city's.
            raise _UnclearCountryError(key, str(error)) from error

    # -- cells -------------------------------------------------------------------------------------

    def _cell(self, row: Row, key: str) -> object:
        number = self._at.get(key)
        if number is None or number >= len(row.cells):
            return None
        cell = row.cells[number]
        if not self._decided or key in {"city", "partner"} or is_blank(cell):
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
        return Fact(self._heading(key), self._own_text(row, key), value)

    def _own_text(self, row: Row, key: str) -> str:
        """
        The text of a cell as it stands in the table, whatever is read instead.
        """
        number = self._at[key]
        return _text(row.cells[number]) if number < len(row.cells) else ""

    def _value(self, row: Row, key: str, read: Read, *, is_name: bool = False) -> Any:
        cell = self._cell(row, key)
        if is_blank(cell):
            return None
        if isinstance(cell, str) and not is_name:
            if is_unknown(cell) and key != "source" and not key.endswith("id"):
                return None
            if key == "until" and is_open(cell):
                return None
        if isinstance(cell, str) and (key, cell) in self._read:
            return self._read[key, cell]
        try:
            value = read(cell)
        except ValueError as error:
            self.report(row, key, str(error))
            return None
        if isinstance(cell, str):
            self._read[key, cell] = value
        return value

    def report(self, row: Row, key: str, message: str) -> None:
        """
        Note what is wrong with a cell, which is left out.
        """
        self.problems.append(CellProblem(row.line, self._heading(key), self._own_text(row, key), message))

    def leave_out(self, row: Row, key: str, error: ValueError, country: str | None = None) -> None:
        """
        Note why a row names no two cities; it is left out.
        """
        text, meant = self._own_text(row, key), getattr(error, "candidates", ())
        self.unresolved.append(CellProblem(row.line, self._heading(key), text, str(error), meant, country))


class _UnclearCountryError(ValueError):
    """
    The country of a city can't be read.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def _text(cell: object) -> str:
    """
    The text of a cell as a report shows it.
    """
    if isinstance(cell, str):
        return cell.strip()
    if is_blank(cell):
        return ""
    if isinstance(cell, (list, tuple)):
        return "; ".join(map(_text, cell))
    try:
        return cells.read_text(cell)
    except ValueError:
        return str(cell).strip()
