"""
Tables of partnerships (CSV, TSV, Excel, pandas, polars, dicts) as a data set.

A row is a pair of cities. What can't be read in one way only is listed with its line and column, never guessed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from ..._files import MAX_BYTES
from ...dataset.dataset import Dataset
from ...errors import DatasetError, DatasetWarning, Problem, QueryError, shown
from ...interop._cells import CellProblem
from ...query.names import fold
from .columns import NOT_READ_BACK, match_columns
from .grid import read_grid
from .pairs import PairReader, Unresolved
from .places import Candidate, Gazetteer

__all__ = ["Candidate", "CellProblem", "Gazetteer", "TableReading", "Unresolved", "read_table"]


@attrs.frozen(kw_only=True, repr=False)
class TableReading:
    """
    What was read of a table, and everything that wasn't.
    """

    dataset: Dataset
    """The cities and partnerships of the rows that name two cities."""
    unresolved: tuple[Unresolved, ...]
    """The cells that name no city, or more than one."""
    problems: tuple[CellProblem, ...]
    """The cells that can't be read, or contradict others: they are left out."""
    unread: tuple[str, ...]
    """The headings of the columns that aren't read."""
    chosen: bool = False
    """Whether `columns=` told which to read."""
    made: tuple[str, ...]
    """The ids of the cities that were made from the table alone; empty where they were looked up."""
    name: str | None = None
    """The file that was read."""

    def checked(self, *, report: Callable[[str], object] | None = None) -> Dataset:
        """
        The data set, where every cell could be read.

        Args:
            report: Is told which columns weren't read, unless `columns=` chose. Without it a `DatasetWarning` tells of
                those that aren't `to_csv`'s own.

        Raises:
            DatasetError: Some couldn't; `.problems` has them all, each with its line and column.
        """
        told = [(cell.line, cell.column, cell.reason) for cell in self.unresolved]
        told += [(cell.line, cell.column, cell.message) for cell in self.problems]
        problems = [Problem(f"line {line}, {column}", message) for line, column, message in sorted(told)]
        if problems:
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
        counts = f"{len(self.dataset.partnerships)} partnerships of {len(self.dataset.cities)} cities"
        wrong = f"{len(self.unresolved)} unresolved, {len(self.problems)} problems"
        return f"<TableReading of {counts}, {wrong}, {len(self.unread)} columns not read>"


def read_table(
    source: Any,
    columns: Mapping[str, str] | None = None,
    *,
    city: str | None = None,
    places: Gazetteer | None = None,
    choices: Mapping[str, str] | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> TableReading:
    """
    The partnerships in a table, a row a pair.

    >>> rows = [{"City": "Kuopio", "Partner": "Opole", "Since": "1980", "Status": "aktiivinen"}]
    >>> read_table(rows).checked().partnership("Kuopio", "Opole")
    Partnership(cities=('kuopio', 'opole'), status='active', since=EdtfDate('1980'))

    Args:
        source: The path of a CSV, TSV or `.xlsx` file, an open file, a pandas or polars DataFrame, or dicts.
        columns: Which heading holds what, `{"partner": "Ystävyyskaupunki"}`; other columns aren't read. Without it the
            headings of `Dataset.to_csv` and `Selection.to_csv` are known, and common ones in English, Finnish and Swedish.
        city: The name or id of the city whose partners the table lists, where no column has it.
        places: Where to look cities up: a `Dataset`, or any `Gazetteer`. Without it the table makes its own cities.
        choices: The id in *places* for a name that several cities there have, or none.
        sheet: Which sheet of a workbook; without it the only one, or that called "partnerships".
        delimiter: A comma, a semicolon or a tab, where the headings don't show it.
        max_bytes: How many bytes a file may hold, unpacked; 1 GiB unless given.

    Raises:
        DatasetError: It can't be read as a table, or has no column of partners.
        QueryError: An argument doesn't fit the table or *places*.
        MissingDependencyError: A workbook needs openpyxl, which the extra `pandas` brings.
        OSError: The file can't be read.
    """
    if choices and places is None:
        raise QueryError("expected places= with choices=: they are ids there")
    if city is not None and (not isinstance(city, str) or not city.strip()):
        raise QueryError(f"expected city= as the name or id of a city, got {shown(city)}")
    grid = read_grid(source, sheet=sheet, delimiter=delimiter, max_bytes=max_bytes)
    at = match_columns(grid.headings, columns, grid.name)
    has_city = not at.keys().isdisjoint({"city", "city_id"})
    if has_city and city is not None:
        raise QueryError("expected city= or a column of cities, got both")
    has_partner = not at.keys().isdisjoint({"partner", "partner_id"})
    if not has_partner or not (has_city or city is not None):
        message = _lacking(grid.headings, columns, partner=not has_partner, city=not has_city and city is None)
        raise DatasetError([Problem("line 1", message)], grid.name)
    reader = PairReader(grid, at, city, places, choices or {})
    dataset = reader.read()
    return TableReading(
        dataset=dataset,
        unresolved=tuple(reader.unresolved),
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        unread=tuple(heading for number, heading in enumerate(grid.headings) if number not in set(at.values())),
        chosen=columns is not None,
        made=tuple(dataset.cities) if places is None else (),
        name=grid.name,
    )


def _lacking(headings: Sequence[str], columns: Mapping[str, str] | None, *, partner: bool, city: bool) -> str:
    """
    Which of the two columns that make a pair isn't there, and what to do.
    """
    missing = " and ".join(name for name, lacks in (("city", city), ("partner", partner)) if lacks)
    expected = f"column{'s' if city and partner else ''} {missing}"
    same = "city= where all rows have the same (on the command line --city, when it is converted)" if city else ""
    if columns is None:
        advice = " or ".join(filter(None, ["columns=" if partner or not same else "", same]))
        return f"expected {expected}, got {', '.join(map(shown, headings))}: give {advice}"
    told = ", ".join(map(shown, columns)) or "none"
    return f"expected {expected} in columns=, beside which no heading is read, got {told}{f': or give {same}' if same else ''}"
