"""
Rows of a table: the facts of each tie, and mentions of its two cities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import attrs

from ...errors import shown
from ...interop import _cells as cells
from ...interop._cells import is_blank
from ...model.parts import Coordinates
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.filters import Vocabulary, labelled_words
from ...query.names import fold
from .cells import CellReader, Read, text_of
from .choices import SKIP, Choices
from .columns import date_of_heading
from .mentions import PLACE_IDS, Fact, Mention
from .names import is_aside, is_ditto, is_unknown, name_and_country
from .problems import CellProblem, UnclearError, listed
from .rows import Grid, Row
from .sections import Section, sections_of

# Facts of a tie, and how each is read.
_TIE_FACTS: Mapping[str, Read] = {
    "status": lambda cell: cells.read_word(cell, PartnershipStatus),
    "kind": lambda cell: cells.read_word(cell, PartnershipKind),
    "since": cells.read_date,
    "until": cells.read_end,
    "status_since": cells.read_date,
}
# Facts of a city: the field of `City` for a column, and how it is read.
_CITY_FACTS: Mapping[str, tuple[str, Read]] = {
    "place_kind": ("kind", lambda cell: cells.read_word(cell, PlaceKind)),
    "population": ("populations", lambda cell: (cells.read_population(cell),)),
    "wikidata_id": ("wikidata_id", cells.read_wikidata_id),
    "geonames_id": ("geonames_id", cells.read_geonames_id),
}

_NUMBERS = re.compile(r"[\d\s.,]+")
_BULLET = re.compile(r"^[-–—•·▪◦‣]\s+")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s*(?=\D)")
_BLANK = "a blank cell isn't filled from the row above"


class Line(NamedTuple):
    """
    The values of a row: the facts of its tie, and its two cities if they could be read.
    """

    row: Row
    facts: Mapping[str, Any]
    areas: Sequence[str]
    sources: str
    pair: tuple[Mention | None, Mention | None]


class LineReader(CellReader):
    """
    A reader of a table's rows.
    """

    def __init__(self, grid: Grid, choices: Choices, vocabulary: Vocabulary) -> None:
        super().__init__(grid, choices)
        self._vocabulary = vocabulary
        self._kind = self._kind_of_partners()
        self._partners = {grid.at[key] for key in ("partner", "partner_id") if key in grid.at}
        self._country_key = next((key for key in ("partner_country", "partner_country_code") if key in grid.at), None)
        numbers = [int(found[1]) for row in grid.rows if (found := _NUMBERED.match(self._own_text(row, "partner")))]
        self._is_numbered = len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)]
        self.remarks: list[str] = []
        self.skipped: list[int] = []

    def lines(self) -> Iterator[Line]:
        """
        The rows that aren't totals, notes or headings.
        """
        sections = self._sections()
        has_country, without = False, []
        for row in self._without_dittos():
            section = sections.get(row.line)
            if section is not None and section.line == row.line:
                self.remarks.append(f"line {row.line} is about the rows below it: {shown(section.text)}")
                continue
            aside = self._aside(row)
            choice = None if aside is None else self.choices.for_name(aside.text, None)
            if aside is None or choice not in {None, SKIP}:
                line = self._line(row, section)
                yield line
                if self._country_key and self._own_text(row, self._country_key):
                    has_country = True
                elif has_country and line.pair[1] is not None and line.pair[1].country is None:
                    without.append(row.line)
            elif choice is None:
                self.unresolved.append(aside)
            else:
                self.skipped.append(row.line)
        if self.grid.next_headings is not None:
            self._end_at(self.grid.next_headings)
        if without and self._country_key:
            self.remarks.append(f"{listed(without)}: no {self._heading(self._country_key)}; {_BLANK}")

    def _end_at(self, row: Row) -> None:
        """
        Report the headings of another table, whose rows aren't read.
        """
        texts = ", ".join(filter(None, map(text_of, row.cells)))
        if self.choices.for_cell("row", texts) is None:
            message = "expected rows below the headings, got headings again: save each table as a file of its own"
            self.unresolved.append(CellProblem(row.line, "row", texts, message))
        else:
            self.skipped.append(row.line)

    def _without_dittos(self) -> Iterator[Row]:
        """
        The rows with the cells above in place of ditto marks; two rows don't name the same partner.
        """
        above: tuple[object, ...] = ()
        for row in self.grid.rows:
            above = tuple(
                above[number]
                if isinstance(cell, str) and number not in self._partners and number < len(above) and is_ditto(cell)
                else cell
                for number, cell in enumerate(row.cells)
            )
            yield Row(row.line, above)

    def _sections(self) -> Mapping[int, Section]:
        # Text in another column is a note on the row above.
        first = next((number for number, heading in enumerate(self.grid.headings) if heading), 0)
        columns = {first, *self._partners}
        sections = sections_of(self.grid.rows, columns, has_country=self._country_key is not None)
        # A name that was chosen is that of a city.
        return {
            line: section for line, section in sections.items() if self.choices.for_name(section.text, None) is None
        }

    def _kind_of_partners(self) -> PartnershipKind | None:
        """
        The kind of tie in the heading of the partners, if no column has it.
        """
        if "kind" in self.grid.at or "partner" not in self.grid.at:
            return None
        kinds = labelled_words(PartnershipKind).get(fold(self._heading("partner")), ())
        return PartnershipKind(kinds[0]) if kinds else None

    def _aside(self, row: Row) -> CellProblem | None:
        """
        The problem of a row that is only a total or a note.
        """
        texts = ((number, text_of(cell)) for number, cell in enumerate(row.cells))
        words = list(islice(((number, text) for number, text in texts if text and not _NUMBERS.fullmatch(text)), 2))
        if len(words) != 1 or (what := is_aside(words[0][1])) is None:
            return None
        number, text = words[0]
        heading = self.grid.headings[number] if number < len(self.grid.headings) else f"column {number + 1}"
        message = f"expected a row of two cities, got {what}: {shown(text)}; take it out, or choose 'skip'"
        return CellProblem(row.line, heading, text, message)

    def _line(self, row: Row, section: Section | None) -> Line:
        width = len(self.grid.headings)
        for number, cell in enumerate(row.cells[width:], width + 1):
            if not is_blank(cell) and self.choices.for_cell(f"column {number}", text_of(cell)) != "":
                message = "expected one cell for each heading, got more"
                self.problems.append(CellProblem(row.line, f"column {number}", text_of(cell), message))
        # All cells are read, also those of rows without two cities, to report all problems at once.
        facts = {field: self._value(row, field, read) for field, read in _TIE_FACTS.items()}
        if section is not None:
            self._add_section(row, section, facts)
        facts["kind"] = facts["kind"] or self._kind
        areas = self._areas(row)
        sources = self._value(row, "source", cells.read_texts) or ""
        pair = (self._mention(row, "city"), self._mention(row, "partner", section))
        return Line(row, facts, areas, sources, pair)

    def _add_section(self, row: Row, section: Section, facts: dict[str, Any]) -> None:
        for field in facts.keys() & section.facts.keys():
            value = section.facts[field]
            if facts[field] not in {None, value}:
                self.report(row, field, f"expected {value}, as line {section.line} says of the rows below it")
            facts[field] = facts[field] or value

    def _areas(self, row: Row) -> tuple[str, ...]:
        ids, wrong = self._value(row, "areas", self._read_areas) or ((), ())
        for message in wrong:
            self.report(row, "areas", message)
        return ids

    def _read_areas(self, cell: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self.choices.words and isinstance(cell, str):
            parts = re.split(r"([;,\n])", cell)
            cell = "".join(self.choices.words.get(fold(part), part) if part.strip() else part for part in parts)
        return cells.read_areas(cell, self._vocabulary)

    # -- cities ------------------------------------------------------------------------------------

    def _mention(self, row: Row, side: str, section: Section | None = None) -> Mention | None:
        """
        The city on a side of a row; `None` if no column names it, or if it can't be read, which is reported.
        """
        key = self.grid.key(side)
        if not key:
            return None
        if side in self.grid.at and self.choices.for_name(self._own_text(row, side), None) == SKIP:
            self.skipped.append(row.line)
            return None
        facts: dict[str, Fact] = {}
        try:
            name = self._name(row, side)
            id = self._id(row, f"{side}_id", facts)
            facts |= self._facts(row, side)
        except UnclearError as error:
            self.leave_out(row, error.key, error)
            return None
        if name is None and id is None:
            id = next((str(facts[field].value) for field in PLACE_IDS if field in facts), None)
        if name is None and id is None:
            hint = f": {_BLANK}" if side == "city" else ""
            self.leave_out(row, key, UnclearError(f"expected the name or id of a city{hint}"))
            return None
        if section is not None and "country_code" in section.facts and "country_code" not in facts:
            facts["country_code"] = Fact(self._heading(key), section.text, section.facts["country_code"])
        if name is not None and id is None:  # with an id it may be called anything
            name = self._plain_name(name, side, facts)
        return Mention(row.line, self._heading(key), name, id, facts)

    def _name(self, row: Row, side: str) -> str | None:
        cell = self._cell(row, side)
        try:
            return None if is_blank(cell) else cells.read_text(cell)
        except ValueError as error:
            raise UnclearError(str(error), key=side) from error

    def _plain_name(self, text: str, side: str, facts: dict[str, Fact]) -> str:
        """
        The name in a cell without a number or another mark of a list, nor its country, which becomes a fact; the whole text
        if something is chosen for it.
        """
        given = facts.get("country_code")
        if self.choices.for_name(text, given and given.value) is not None:
            return text
        name = _NUMBERED.sub("", text) if side == "partner" and self._is_numbered else text
        name = re.sub(r"[ \t\u00a0\u202f]+", " ", _BULLET.sub("", name))
        if (parts := name_and_country(name)) is None:
            return name
        country = facts.setdefault("country_code", Fact(self._heading(side), text, parts[1]))
        if self.choices.for_name(text, parts[1]) is not None:
            return text
        return parts[0] if country.value == parts[1] else name

    def _id(self, row: Row, key: str, facts: dict[str, Fact]) -> str | None:
        """
        The id in a cell; an address of Wikidata or GeoNames is an id there.
        """
        cell = self._cell(row, key)
        if isinstance(cell, str) and "://" in cell:
            for field in PLACE_IDS:
                _, read = _CITY_FACTS[field]
                try:
                    facts[field] = Fact(self._heading(key), text_of(cell), read(cell))
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
            raise UnclearError(f"expected the country {code}, as the country code says", key=f"{side}_country")
        if code or country:
            yield "country_code", self._fact(row, f"{side}_country{'_code' if code else ''}", code or country)
        for name, (field, read) in _CITY_FACTS.items():
            key = f"{side}_{name}"
            value = self._value(row, key, read) if key in self.grid.at else None
            if value is not None:
                if name == "population" and value[0].as_of is None:
                    value = (attrs.evolve(value[0], as_of=date_of_heading(self._heading(key))),)
                yield field, self._fact(row, key, value)
        latitude, longitude = f"{side}_latitude", f"{side}_longitude"
        if not self.grid.at.keys() & {latitude, longitude}:
            return
        point = (
            self._value(row, latitude, lambda cell: cells.read_degrees(cell, 90)),
            self._value(row, longitude, lambda cell: cells.read_degrees(cell, 180)),
        )
        if None not in point:
            yield "coordinates", self._fact(row, latitude, Coordinates(latitude=point[0], longitude=point[1]))
        given = [key for key in (latitude, longitude) if not is_blank(self._cell(row, key))]
        if len(given) == 1:
            self.report(row, given[0], "expected both latitude and longitude, got one of them")

    def _country(self, row: Row, key: str) -> str | None:
        cell = self._cell(row, key)
        if is_blank(cell) or (isinstance(cell, str) and is_unknown(cell)):
            return None
        try:
            return cells.read_country(cell, self._vocabulary, any_code=key.endswith("_code"))
        except ValueError as error:
            # A name without its country could be another city's.
            raise UnclearError(str(error), key=key) from error
