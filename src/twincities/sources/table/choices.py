"""
Choices of the user: the city for a name or another text for a cell, from a dict or a filled-in file.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping

from ..._files import naming, read_bytes, write_atomically
from ...display.messages import translated
from ...display.words import word
from ...errors import DatasetError, QueryError, shown
from ...interop._flat import FORMULA
from ...model.arguments import as_text
from ...model.vocabulary import LANGUAGES
from ...query.names import fold
from .problems import Candidate, CellProblem
from .rows import Row
from .text import decoded, rows_of_text

KEEP, SKIP = "keep", "skip"
"""The choices that keep a name as it is, and leave out its row."""

_HEADINGS = ("column", "text", "country", "choice", "lines", "reason")
_KEYS = {word(key, lang).casefold(): key for lang in LANGUAGES for key in _HEADINGS}
_DECISIONS = {word(key, lang).casefold(): key for lang in LANGUAGES for key in (KEEP, SKIP)}
_CANDIDATES = 5


class Choices:
    """
    The choices for names, the texts to read instead of cells, and the meanings of words.
    """

    def __init__(
        self,
        names: Mapping[tuple[str, str | None], str],
        cells: Mapping[tuple[str, str], str],
        words: Mapping[str, str],
        unknown: Iterable[str],
    ) -> None:
        self._names, self._cells = names, cells
        self.words = {fold(word) or word: meant for word, meant in words.items()}
        self._unknown = {fold(text) or text.strip() for text in unknown}

    def __bool__(self) -> bool:
        return bool(self._names or self._cells or self.words or self._unknown)

    def for_name(self, name: str | None, country: str | None) -> str | None:
        """
        The choice for a name in a country, else for the name in any.
        """
        if name is None:
            return None
        return self._names.get((name, country)) or self._names.get((name, None))

    def for_cell(self, column: str, text: str) -> str | None:
        """
        The text to read instead of a cell's; empty to skip the cell.
        """
        choice = self._cells.get((column, text))
        return "" if choice is not None and choice.casefold() == SKIP else choice

    def instead(self, column: str, cell: object, text: str, *, has_words: bool) -> object:
        """
        The text to read instead of a cell with this text, else the cell itself; `None` if the text means not known.
        """
        if (chosen := self.for_cell(column, text)) is not None:
            return chosen
        folded = fold(text) or text
        if folded in self._unknown:
            return None
        return self.words.get(folded, cell) if has_words else cell


def choices_of(
    given: Mapping[str, str | None] | str | os.PathLike[str] | None, words: Mapping[str, str], unknown: Iterable[str]
) -> Choices:
    """
    The choices in a dict of names, or in a file that `write_choices` wrote and an office filled in.
    """
    names: dict[tuple[str, str | None], str] = {}
    cells: dict[tuple[str, str], str] = {}
    if isinstance(given, Mapping):
        for name, choice in given.items():
            chosen = KEEP if choice is None else choice
            if not isinstance(name, str) or not isinstance(chosen, str) or not chosen.strip():
                expected = f"expected the id of a city for {shown(name)} in choices=, or 'keep' or 'skip'"
                raise QueryError(f"{expected}, got {shown(choice)}")
            names[name.strip(), None] = as_text(chosen, "choices=").strip()
    elif isinstance(given, (str, os.PathLike)):
        for row in _rows(given):
            if choice := _choice(row):
                names[row["text"], row["country"] or None] = choice
                cells[row["column"], row["text"]] = choice
    elif given is not None:
        raise QueryError(f"expected choices= as a dict or a file, got {shown(given)}")
    return Choices(names, cells, words, unknown)


def _choice(row: Mapping[str, str]) -> str:
    choice = row["choice"].strip()
    if choice.isdigit() and row.get(choice, "").strip():  # the number of a candidate
        choice = row[choice]
    choice = choice.partition(" | ")[0].strip()
    return _DECISIONS.get(choice.casefold(), choice)


def _rows(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    with naming(path):
        content = read_bytes(path)
        try:
            text = decoded(content, None)
        except DatasetError:
            # Spreadsheets save what they opened in the encoding of their country: a text that it can't hold stays open.
            text = decoded(content, "cp1252")
        rows = rows_of_text(text, None, _fits)
    head = _headings(rows[0]) if rows else []
    if not {"column", "text", "choice"} <= set(head):
        raise QueryError(f"expected choices in {os.fspath(path)}, with the headings column, text and choice")
    blank = dict.fromkeys((*_HEADINGS, *head), "")
    found = (blank | dict(zip(head, map(str, row.cells), strict=False)) for row in rows[1:])
    return [cells for cells in found if cells["text"] or cells["choice"]]


def _fits(rows: Iterable[Row]) -> int:
    return max((len({*_HEADINGS} & {*_headings(row)}) for row in rows), default=0)


def _headings(row: Row) -> list[str]:
    """
    The headings of a file of choices in English, in whichever language they are.
    """
    texts = (str(cell).strip() for cell in row.cells)
    return [_KEYS.get(text.casefold(), text) for text in texts]


def write_choices(problems: Iterable[CellProblem], path: str | os.PathLike[str], lang: str) -> int:
    """
    Write what is open to a CSV file, a line for each text, with its candidates and an empty choice: see `TableReading`.
    """
    try:
        kept = [row for row in _rows(path) if row["choice"].strip()]
    except FileNotFoundError:
        kept = []
    except DatasetError as error:
        raise QueryError(f"expected a file of choices, or a new one: {error}") from error
    groups: dict[tuple[str, str, str], list[CellProblem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.line):
        groups.setdefault((problem.column, problem.text, problem.country or ""), []).append(problem)
    text = io.StringIO(newline="")
    numbers = [str(number) for number in range(1, _CANDIDATES + 1)]
    writer = csv.DictWriter(text, [*_HEADINGS, *numbers], delimiter=";", extrasaction="ignore", lineterminator="\r\n")
    writer.writerow(dict(zip(numbers, numbers, strict=True)) | {key: word(key, lang).lower() for key in _HEADINGS})
    writer.writerows(row for row in kept if (row["column"], row["text"], row["country"]) not in groups)
    for (column, cell, country), alike in groups.items():
        meant = alike[0].candidates[:_CANDIDATES]
        writer.writerow(
            {
                "column": column,
                "text": f"'{cell}" if cell.lstrip(" ")[:1] in FORMULA else cell,
                "country": country,
                "lines": " ".join(str(problem.line) for problem in alike),
                "reason": "; ".join(dict.fromkeys(translated(problem.message, lang) for problem in alike)),
                **{str(number): _candidate(one) for number, one in enumerate(meant, 1)},
            }
        )
    write_atomically(path, [b"\xef\xbb\xbf", text.getvalue().encode()])
    return len(groups)


def _candidate(one: Candidate) -> str:
    people = None if one.population is None else str(one.population)
    return " | ".join([one.id, ", ".join(filter(None, [one.name, one.region or one.country, people]))])
