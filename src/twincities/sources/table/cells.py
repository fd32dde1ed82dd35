"""
Cells of a table by the key of their column, as text and as values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...interop import _cells as cells
from ...interop._cells import is_blank
from ...interop._dates import is_open
from .choices import Choices
from .mentions import Fact
from .names import is_unknown
from .problems import CellProblem, UnclearError
from .rows import Grid, Row

Read = Callable[[object], Any]


class CellReader:
    """
    A reader of a table's cells; `unresolved` and `problems` collect what can't be read.
    """

    def __init__(self, grid: Grid, choices: Choices) -> None:
        self.grid, self.choices = grid, choices
        self._read: dict[tuple[str, str], Any] = {}  # the values of texts, which stand in many rows
        self.problems: list[CellProblem] = []
        self.unresolved: list[CellProblem] = []

    def _cell(self, row: Row, key: str) -> object:
        cell = self._as_given(row, key)
        if not self.choices or key in {"city", "partner"} or is_blank(cell):
            return cell
        return self.choices.instead(self._heading(key), cell, text_of(cell), has_words=key != "areas")

    def _as_given(self, row: Row, key: str) -> object:
        number = self.grid.at.get(key, len(row.cells))
        return row.cells[number] if number < len(row.cells) else None

    def _heading(self, key: str) -> str:
        return self.grid.headings[self.grid.at[key]]

    def _fact(self, row: Row, key: str, value: Any) -> Fact:
        return Fact(self._heading(key), self._own_text(row, key), value)

    def _own_text(self, row: Row, key: str) -> str:
        """
        The text of a cell in the table, whatever is read instead.
        """
        return text_of(self._as_given(row, key))

    def _value(self, row: Row, key: str, read: Read) -> Any:
        cell = self._cell(row, key)
        if is_blank(cell):
            return None
        try:
            if not isinstance(cell, str):
                return read(cell)
            if (key, cell) not in self._read:
                self._read[key, cell] = None if _says_nothing(cell, key) else read(cell)
            return self._read[key, cell]
        except ValueError as error:
            self.report(row, key, str(error))
            return None

    def report(self, row: Row, key: str, message: str) -> None:
        self.problems.append(CellProblem(row.line, self._heading(key), self._own_text(row, key), message))

    def leave_out(self, row: Row, key: str, error: UnclearError, country: str | None = None) -> None:
        """
        Note why a row is left out: it doesn't name two cities.
        """
        heading, text = self._heading(key), self._own_text(row, key)
        self.unresolved.append(CellProblem(row.line, heading, text, str(error), error.candidates, country))


def _says_nothing(text: str, key: str) -> bool:
    """
    True if a text means that a fact isn't known, or that there is no end.
    """
    if key == "until" and is_open(text):
        return True
    return is_unknown(text) and not key.endswith("id")


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
