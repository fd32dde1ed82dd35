"""
Plain text: tables and networks within the width of a terminal.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from ..errors import printable
from ..model.cooperation import CooperationNetwork
from ..query.whole import Whole
from .ties import answer_rows
from .values import date_in, since_in

_NARROWEST = 8  # the least width of a column
_GAP = "  "


def terminal_columns() -> int:
    """
    The width of the terminal, or 100 columns if there is none.
    """
    return shutil.get_terminal_size((100, 24)).columns


def width(text: str) -> int:
    """
    The columns that *text* takes in a terminal: two for a wide East Asian character, none for a combining mark.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], columns: int | None = None) -> str:
    """
    A plain table at most *columns* wide, by default as wide as the terminal: the widest columns are wrapped.

    If not even the longest words fit next to each other, the last column is printed below the others.
    """
    columns = terminal_columns() if columns is None else columns
    cells = [[printable(cell) for cell in row] for row in rows]
    by_column = list(zip(headings, *cells, strict=True))
    words = [max(map(width, " ".join(column).replace("-", "- ").split()), default=0) for column in by_column]
    available = columns - len(_GAP) * (len(words) - 1)
    side_by_side = len(words) - (sum(words) > available and len(words) > 2)
    available = columns - len(_GAP) * (side_by_side - 1)
    widths = [max(map(width, column)) for column in by_column[:side_by_side]]
    widths = _narrowed(_narrowed(widths, words, available), [_NARROWEST] * side_by_side, available)

    def lines(row: Sequence[str]) -> list[str]:
        below = [f"{_GAP * 2}{line}" for cell in row[side_by_side:] if cell for line in wrapped(cell, columns - 4)]
        return _lines(row[:side_by_side], widths) + below

    rule = _GAP.join("-" * width for width in widths)
    return "\n".join([*lines(headings), rule, *(line for row in cells for line in lines(row))])


def _narrowed(widths: list[int], least: list[int], available: int) -> list[int]:
    """
    The widths of columns, the widest made narrower until all are *available* or none is above its *least*.
    """
    widths = list(widths)
    for _ in range(sum(widths) - available):
        widest = max(
            (number for number in range(len(widths)) if widths[number] > least[number]),
            key=widths.__getitem__,
            default=None,
        )
        if widest is None:
            break
        widths[widest] -= 1
    return widths


def wrapped(text: str, columns: int) -> list[str]:
    """
    *text* in lines of at most *columns*; a longer word is broken.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= columns:
            lines[-1] = longer
            continue
        if not lines[-1]:
            lines.pop()
        lines += _pieces(word, columns)
    return lines


def _pieces(word: str, columns: int) -> list[str]:
    """
    A word in pieces of at most *columns*, broken after a hyphen if it has one.
    """
    pieces = []
    while width(word) > columns:
        end = next(end for end in range(1, len(word) + 1) if width(word[: end + 1]) > max(columns, 2))
        hyphen = word.rfind("-", 1, end) + 1
        pieces.append(word[: hyphen or end])
        word = word[hyphen or end :]
    return [*pieces, word]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """
    A row of a table as lines.
    """
    columns = [wrapped(cell, limit) for cell, limit in zip(cells, widths, strict=True)]
    return [
        _GAP.join(piece + " " * (limit - width(piece)) for piece, limit in zip(pieces, widths, strict=True)).rstrip()
        for pieces in zip_longest(*columns, fillvalue="")
    ]


def answers_text(answers: Sequence[Any], lang: str = "en") -> str:
    """
    A table of ties or other answers.
    """
    return table(*answer_rows(answers, lang))


def networks_text(
    dataset: Whole, networks: Iterable[CooperationNetwork], lang: str = "en", columns: int | None = None
) -> str:
    """
    One paragraph per network: its members, terms and areas.
    """
    columns = terminal_columns() if columns is None else columns
    paragraphs = []
    for network in networks:
        members = ", ".join(dataset.cities[id].label(lang) for id in network.members)
        terms = ", ".join(date_in(agreement.period, lang) for agreement in network.agreements if agreement.period)
        since = f" ({since_in(network.since, lang)})" if network.since else ""
        areas = dict.fromkeys(area for activity in network.activities for area in activity.areas)
        labels = ", ".join(dataset.areas[area].label(lang) for area in areas)
        lines = [f"{network.label(lang)}{since}: {members}", terms, labels]
        for index, line in enumerate(lines):
            for number, piece in enumerate(wrapped(printable(line), columns - 2)):
                if piece:
                    paragraphs.append(f"  {piece}" if index or number else piece)
    return "\n".join(paragraphs)
