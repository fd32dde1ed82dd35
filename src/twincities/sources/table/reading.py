"""
Reading a table: the data set, and everything that couldn't be read.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

from ..._files import MAX_BYTES
from ..._progress import working
from ...dataset.dataset import Dataset
from ...errors import DatasetError, DatasetWarning, Problem, QueryError, UnknownNameError, counted, one_problem, shown
from ...interop._cells import is_blank
from ...model.arguments import as_function, as_items, as_mapping
from ...model.edtf import EdtfDate
from ...model.languages import language
from ...model.moments import as_argument, to_date
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.countries import country_code
from ...query.filters import labelled_words
from ...query.names import fold
from .cells import text_of
from .choices import choices_of, write_choices
from .columns import NOT_READ_BACK, Columns, key_of
from .grid import read_grid
from .lines import LineReader
from .mentions import Gazetteer
from .pairs import PairReader
from .problems import CellProblem, grouped
from .rows import Grid


@attrs.frozen(kw_only=True, repr=False)
class TableReading:
    """
    A data set read from a table, and everything that couldn't be read.
    """

    dataset: Dataset
    """The cities and partnerships of the rows that name two cities."""
    unresolved: tuple[CellProblem, ...]
    """The cells that name no city, or more than one: their rows aren't in the data set."""
    problems: tuple[CellProblem, ...]
    """The cells that can't be read, or contradict others: they are left out."""
    unread: tuple[str, ...]
    """The headings of the columns that aren't read."""
    chosen: bool = False
    """Whether `columns=` says which to read."""
    made: tuple[str, ...]
    """The ids of the cities made from the table only; empty if they were looked up."""
    remarks: tuple[str, ...] = ()
    """Sentences about rows: titles, lines about the rows below, hidden rows, those left out by choice."""
    name: str | None = None
    """The file that was read."""

    def grouped(self, lang: str = "en") -> list[Problem]:
        """
        Everything that couldn't be read, equal cells together: the lines and the column, then what to do.

        Args:
            lang: The language of the messages: `en`, `fi` or `sv`.
        """
        return grouped((*self.unresolved, *self.problems), lang)

    def write_choices(self, path: str | os.PathLike[str], *, lang: str = "en") -> int:
        """
        Write what is open to a CSV file to be filled in, which `choices=` then reads; return the number of open lines.

        Choices that the file already has stay. The column `choice` takes the number of a candidate, an id, `keep` for a
        name that is right as it stands, `skip` for a row or cell to leave out, or another text to read.

        Args:
            path: The file.
            lang: The language of headings and reasons: `en`, `fi` or `sv`.

        Raises:
            OSError: The file can't be written.
            QueryError: The file is there and isn't one of choices.
        """
        return write_choices((*self.unresolved, *self.problems), path, lang)

    def checked(self, *, report: Callable[[str], object] | None = None) -> Dataset:
        """
        The data set, if every cell could be read.

        Args:
            report: Called with a sentence about columns that weren't read, unless `columns=` chose. Without it a
                `DatasetWarning` names those that aren't `to_csv`'s own.

        Raises:
            DatasetError: Some cells couldn't be read; `.problems` lists all with lines and column.
        """
        as_function(report, "report=")
        if problems := self.grouped():
            raise DatasetError(problems, self.name)
        unread = [heading for heading in self.unread if report is not None or fold(heading) not in NOT_READ_BACK]
        if unread and not self.chosen:
            remark = f"columns that weren't read: {', '.join(map(shown, unread))}"
            if report is None:
                warnings.warn(f"{remark}; columns= says what they hold", DatasetWarning, stacklevel=2)
            else:
                report(remark)
        return self.dataset

    def __repr__(self) -> str:
        ties = counted(len(self.dataset.partnerships), "partnership")
        counts = f"{ties} of {counted(len(self.dataset.cities), 'city', 'cities')}"
        wrong = f"{len(self.unresolved)} unresolved, {counted(len(self.problems), 'problem')}"
        return f"<TableReading of {counts}, {wrong}, {counted(len(self.unread), 'column')} not read>"


def read_table(
    source: Any,
    columns: Mapping[str, str | None] | None = None,
    *,
    city: str | None = None,
    places: Gazetteer | None = None,
    choices: Mapping[str, str | None] | str | os.PathLike[str] | None = None,
    words: Mapping[str, str] | None = None,
    unknown: Iterable[str] = (),
    lang: str | None = None,
    as_of: EdtfDate | date | str | int | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    report: Callable[[str], object] | None = None,
    max_bytes: int = MAX_BYTES,
) -> TableReading:
    """
    Read the partnerships in a table with a pair of cities in each row.

    >>> rows = [{"City": "Kuopio", "Partner": "Opole", "Since": "1980", "Status": "aktiivinen"}]
    >>> read_table(rows).checked().partnership("Kuopio", "Opole")
    Partnership(cities=('kuopio', 'opole'), status='active', since=EdtfDate('1980'))

    Args:
        source: The path of a CSV, TSV or `.xlsx` file, an open file, a pandas or polars DataFrame, or dicts.
        columns: Headings by key, `{"since": "Perustettu"}`; `None` leaves a key's column unread. Known headings are
            those of `to_csv`, and of offices in English, Finnish, Swedish, German and French.
        city: The name or id of the city whose partners the table lists, if no column has it.
        places: Where to look up cities: a `Dataset` or any `Gazetteer`. Without it cities are made from the table.
        choices: By name in the table the id of a city in *places*, `None` to keep the name, or "skip" to leave out its
            row; or a file from `TableReading.write_choices` that was filled in.
        words: Meanings of words in the table: a status, a kind, a kind of place, an area or a country code, such as
            `{"voimassa": "active", "Englanti": "GB"}`.
        unknown: Texts that mean not known, in addition to "?", "ei tiedossa", "n/a" and similar.
        lang: The language of the names in the table.
        as_of: The date of the table.
        sheet: The sheet of a workbook; by default the one called "partnerships", else the only one with headings of partners.
        delimiter: A comma, a semicolon, a tab or `|`, if the headings don't show it.
        encoding: The encoding of a file that isn't UTF-8 or UTF-16, such as `cp1252`.
        report: Called with the progress as a sentence, after the first second.
        max_bytes: The maximum size of a file, unpacked; 1 GiB by default.

    Raises:
        DatasetError: It can't be read as a table, or has no column of partners.
        QueryError: An argument doesn't fit the table or *places*.
        InvalidDateError: *as_of* isn't a date.
        MissingDependencyError: A workbook needs openpyxl, which the extra `pandas` installs.
        OSError: The file can't be read.
    """
    if city is not None and (not isinstance(city, str) or not city.strip()):
        raise QueryError(f"expected city= as the name or id of a city, got {shown(city)}")
    if places is not None and not (hasattr(places, "cities") and hasattr(places, "sources")):
        raise QueryError(f"expected places= as a data set or a gazetteer, got {shown(places)}")
    whole = places if isinstance(places, Dataset) else Dataset()
    tag = None if lang is None else language(lang)
    meanings = {} if words is None else _meanings(as_mapping(words, "words="), whole)
    unknowns = (unknown,) if isinstance(unknown, str) else as_items(unknown, str, "texts as unknown=")
    as_function(report, "report=")
    day = as_argument(to_date, as_of, "as_of=")
    with working(f"reading {Path(source).name if isinstance(source, (str, os.PathLike)) else 'a table'}"):
        grid = read_grid(
            source, Columns(columns), sheet=sheet, delimiter=delimiter, encoding=encoding, max_bytes=max_bytes
        )
        _check_pair(grid, city)
        decided = choices_of(choices, meanings, unknowns)
        reader = LineReader(grid, decided, whole._index.vocabulary)
        dataset = PairReader(reader, places, city=city, lang=tag).read(day, report)
    left_out = [f"line {line} is left out by choice" for line in sorted(set(reader.skipped))]
    return TableReading(
        dataset=dataset,
        unresolved=tuple(sorted(reader.unresolved, key=lambda problem: problem.line)),
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        unread=tuple(_unread(grid)),
        chosen=columns is not None,
        made=tuple(dataset.cities) if places is None else (),
        remarks=(*grid.remarks, *reader.remarks, *left_out),
        name=grid.name,
    )


def _unread(grid: Grid) -> Iterator[str]:
    """
    The headings of unread columns, except empty columns without a heading.
    """
    read = set(grid.at.values())
    for number, heading in enumerate(grid.headings):
        cells = (row.cells[number] for row in grid.rows if number < len(row.cells))
        if number not in read and (heading or not all(map(is_blank, cells))):
            yield heading


def _check_pair(grid: Grid, city: str | None) -> None:
    """
    Check that each row can name two cities.
    """
    if grid.key("city") and city is not None:
        raise QueryError("expected city= or a column of cities, got both")
    first = [text_of(row.cells[0]) for row in grid.rows if row.cells]
    if len(first) > 1 and set(grid.at.values()) == {0} and all(map(key_of, first)):
        message = f"expected a row for each pair of cities, got {shown(first[0])} below {shown(grid.headings[0])}: turn the table"
        raise one_problem("line 1", message, grid.name)
    advice = {}
    if not grid.key("partner"):
        advice["partner"] = "give the heading of the partners with columns=, under the key partner"
    if not grid.key("city") and city is None:
        advice["city"] = "give the city whose partners these are with city="
    if advice:
        columns = f"column{'s' if len(advice) > 1 else ''} {' and '.join(sorted(advice))}"
        got = ", ".join(map(shown, filter(None, grid.headings)))
        raise one_problem("line 1", f"expected {columns}, got {got}: {'; '.join(advice.values())}", grid.name)


def _meanings(words: Mapping[str, str], whole: Dataset) -> Mapping[str, str]:
    """
    The user's words, after checking that each meaning is known.
    """
    lists: tuple[type[StrEnum], ...] = (PartnershipStatus, PartnershipKind, PlaceKind)
    for word, meant in words.items():
        if not isinstance(word, str) or not isinstance(meant, str):
            raise QueryError(f"expected words= as texts and what they mean, got {shown(word)}: {shown(meant)}")
        if not meant or meant in whole.areas or any(fold(meant) in labelled_words(one) for one in lists):
            continue
        try:
            country_code(meant)
        except UnknownNameError as error:
            message = f"expected a status, kind, area or country for {shown(word)} in words=, got {shown(meant)}"
            raise QueryError(message) from error
    return words
