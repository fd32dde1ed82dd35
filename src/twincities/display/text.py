"""
Plain text: tables, ties and networks within the width of a terminal.
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

__all__ = ["answers_text", "networks_text", "table", "terminal_columns", "width", "wrapped"]

_NARROWEST = 8  # a column isn't squeezed below this
_GAP = "  "


def terminal_columns() -> int:
    """
    The width of the terminal; 100 columns where there is none.
    """
    return shutil.get_terminal_size((100, 24)).columns


def width(text: str) -> int:
    """
    The columns that a terminal takes for *text*: wide East Asian characters take two, marks none.
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], columns: int | None = None) -> str:
    """
    A plain table at most *columns* wide, by default as wide as the terminal: the widest columns are wrapped.

    Where not even the longest words have room beside each other, the last column stands below the others.
    """
    columns = terminal_columns() if columns is None else columns
    cells = [[printable(cell) for cell in row] for row in rows]
    by_column = list(zip(headings, *cells, strict=True))
    words = [max(map(width, " ".join(column).replace("-", "- ").split()), default=0) for column in by_column]
    room = columns - len(_GAP) * (len(words) - 1)
    beside = len(words) - (sum(words) > room and len(words) > 2)
    room = columns - len(_GAP) * (beside - 1)
    widths = [max(map(width, column)) for column in by_column[:beside]]
    widths = _fitting(_fitting(widths, words, room), [_NARROWEST] * beside, room)

    def lines(row: Sequence[str]) -> list[str]:
        below = [f"{_GAP * 2}{line}" for cell in row[beside:] if cell for line in wrapped(cell, columns - 4)]
        return _lines(row[:beside], widths) + below

    rule = _GAP.join("-" * room for room in widths)
    return "\n".join([*lines(headings), rule, *(line for row in cells for line in lines(row))])


def _fitting(widths: list[int], least: list[int], room: int) -> list[int]:
    """
    The widths of columns, the widest made narrower until all fit in *room* or have their *least*.
    """
    widths = list(widths)
    for _ in range(sum(widths) - room):
        widest = max(
            (number for number in range(len(widths)) if widths[number] > least[number]),
            key=widths.__getitem__,
            default=None,
        )
        if widest is None:
            break
        widths[widest] -= 1
    return widths


def wrapped(text: str, room: int) -> list[str]:
    """
    *text* in lines that a terminal shows within *room* columns; a word that is longer is cut.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= room:
            lines[-1] = longer
            continue
        if not lines[-1]:
            lines.pop()
        *full, rest = _pieces(word, room)
        lines += [*full, rest]
    return lines


def _pieces(word: str, room: int) -> list[str]:
    """
    A word in pieces of at most *room* columns, behind a hyphen of its own where it has one.
    """
    pieces = []
    while width(word) > room:
        end = next(end for end in range(1, len(word) + 1) if width(word[: end + 1]) > max(room, 2))
        hyphen = word.rfind("-", 1, end) + 1
        pieces.append(word[: hyphen or end])
        word = word[hyphen or end :]
    return [*pieces, word]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """
    A row as lines of a terminal.
    """
    columns = [wrapped(cell, room) for cell, room in zip(cells, widths, strict=True)]
    return [
        _GAP.join(piece + " " * (room - width(piece)) for piece, room in zip(pieces, widths, strict=True)).rstrip()
        for pieces in zip_longest(*columns, fillvalue="")
    ]


def answers_text(answers: Sequence[Any], lang: str = "en", columns: int | None = None) -> str:
    """
    A table of ties or of other answers; see `display.ties`.
    """
    return table(*answer_rows(answers, lang), columns)


def networks_text(
    dataset: Whole, networks: Iterable[CooperationNetwork], lang: str = "en", columns: int | None = None
) -> str:
    """
    The networks with members, term and areas, a paragraph each.
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
