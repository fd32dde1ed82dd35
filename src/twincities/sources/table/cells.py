"""
Cells of a table by the key of their column, as text and as values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...interop import _cells as cells
from ...interop._cells import is_blank
from ...interop._dates import is_open
from ...query.names import fold
from .choices import Choices
from .columns import Columns
from .mentions import Fact
from .names import is_unknown
from .problems import CellProblem
from .rows import Grid, Row

__all__ = ["CellReader", "Read", "UnclearCellError", "text_of"]

Read = Callable[[object], Any]


class UnclearCellError(ValueError):
    """
    The country of a city can't be read.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


class CellReader:
    """
    A reader of a table's cells; `unresolved` and `problems` collect what can't be read.
    """

    def __init__(
        self, grid: Grid, columns: Columns, choices: Choices, *, words: Mapping[str, str], unknown: Iterable[str]
    ) -> None:
        self._grid, self._choices = grid, choices
        self._at = columns.match(grid.headings, grid.name)
        self._words = {fold(word) or word: meant for word, meant in words.items()}
        self._unknown = {fold(text) or text.strip() for text in unknown}
        self._decided = bool(choices or self._words or self._unknown)
        self._read: dict[tuple[str, str], Any] = {}  # the values of texts, which stand in many rows
        self.problems: list[CellProblem] = []
        self.unresolved: list[CellProblem] = []

    def _cell(self, row: Row, key: str) -> object:
        number = self._at.get(key)
        if number is None or number >= len(row.cells):
            return None
        cell = row.cells[number]
        if not self._decided or key in {"city", "partner"} or is_blank(cell):
            return cell
        chosen = self._choices.for_cell(self._grid.headings[number], text := text_of(cell))
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
        The text of a cell in the table, whatever is read instead.
        """
        number = self._at.get(key, len(row.cells))
        return text_of(row.cells[number]) if number < len(row.cells) else ""

    def _value(self, row: Row, key: str, read: Read) -> Any:
        cell = self._cell(row, key)
        if is_blank(cell):
            return None
        if isinstance(cell, str):
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
        Note a problem of a cell, which is left out.
        """
        self.problems.append(CellProblem(row.line, self._heading(key), self._own_text(row, key), message))

    def leave_out(self, row: Row, key: str, error: ValueError, country: str | None = None) -> None:
        """
        Note why a row is left out: it doesn't name two cities.
        """
        text, meant = self._own_text(row, key), getattr(error, "candidates", ())
        self.unresolved.append(CellProblem(row.line, self._heading(key), text, str(error), meant, country))


def text_of(cell: object) -> str:
    """
    The text of a cell as a report shows it.
    """
    if isinstance(cell, str):
        return cell.strip()
    if is_blank(cell):
        return ""
    if isinstance(cell, (list, tuple)):
        return "; ".join(map(text_of, cell))
    try:
        return cells.read_text(cell)
    except ValueError:
        return str(cell).strip()
