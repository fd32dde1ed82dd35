"""
Plain text: tables, ties and networks within the width of a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from ..errors import printable
from ..model.cooperation import CooperationNetwork
from ..query.whole import Whole
from .ties import answer_rows
from .values import date_in, since_in

__all__ = ["answers_text", "networks_text", "table", "width", "wrapped"]

_NARROWEST = 24  # a last column is never squeezed below this


def width(text: str) -> int:
    """
    The columns that a terminal takes for *text*: wide East Asian characters take two, marks none.
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], columns: int = 100) -> str:
    """
    A plain table at most *columns* wide: the last column is wrapped, the others take what they need.
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headings, *cells, strict=True)][:-1]
    room = max(columns - sum(widths) - 2 * len(widths), _NARROWEST)
    lines = [_line(headings, widths), _line(["-" * n for n in [*widths, min(room, 40)]], widths)]
    for row in cells:
        first, *more = wrapped(row[-1], room)
        lines.append(_line([*row[:-1], first], widths))
        lines += [_line([""] * len(widths) + [rest], widths) for rest in more]
    return "\n".join(lines)


def wrapped(text: str, room: int) -> list[str]:
    """
    *text* in lines that a terminal shows within *room* columns; a word that is longer stands alone.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells, widths, strict=False)]
    return "  ".join([*padded, cells[-1]]).rstrip()


def answers_text(answers: Sequence[Any], lang: str = "en", columns: int = 100) -> str:
    """
    A table of ties or of other answers; see `display.ties`.
    """
    return table(*answer_rows(answers, lang), columns)


def networks_text(dataset: Whole, networks: Iterable[CooperationNetwork], lang: str = "en", columns: int = 100) -> str:
    """
    The networks with members, term and areas, a paragraph each.
    """
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
