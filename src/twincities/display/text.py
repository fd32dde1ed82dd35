"""
How selections and networks look as plain text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from ..errors import printable
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.vocabulary import country_name, primary, word_label
from ..query.ties import Tie, partner_labels, seen_from
from ..query.whole import Whole

__all__ = ["networks_text", "table", "tie_cells", "tie_headings", "ties_table"]

_HEADINGS = {
    "en": ("Partner", "Country", "Status", "Since", "Areas"),
    "fi": ("Kumppani", "Maa", "Tila", "Alkaen", "Alat"),
    "sv": ("Partner", "Land", "Status", "Sedan", "Områden"),
}
_NARROWEST = 24  # a last column is never squeezed below this


def width(text: str) -> int:
    """
    How many columns a terminal takes for *text*: wide East Asian characters take two, marks none.
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


# Decade, about, uncertain, both: what stands for X, ~, ? and %.
_DATES = {
    "en": ("{}s", "c. {}", "{}?", "c. {}?"),
    "fi": ("{}-luku", "n. {}", "{}?", "n. {}?"),
    "sv": ("{}-talet", "ca {}", "{}?", "ca {}?"),
}


def date_text(moment: EdtfDate | EdtfInterval, lang: str = "en") -> str:
    """
    A date or an interval for reading: `194X` is "1940s", `1965~` "c. 1965", `2022/2029` "2022–2029".

    >>> date_text(EdtfDate("194X"), "fi")
    '1940-luku'
    """
    if isinstance(moment, EdtfInterval):
        return "–".join(date_text(end, lang) if end else "" for end in (moment.start, moment.end))
    decade, about, uncertain, both = _DATES[primary(lang)]
    text = str(moment)
    known = text.rstrip("?~%")
    if known.endswith("0X"):
        known = f"{known[:3]}0–{known[:3]}9"  # "1900s" would be the century
    elif moment.year is None:
        known = decade.format(known.replace("X", "0"))
    elif "X" in known:
        known = known.partition("-XX")[0]
    return {"~": about, "?": uncertain, "%": both}.get(text[-1], "{}").format(known)


def tie_headings(lang: str = "en") -> Sequence[str]:
    """
    The headings of `tie_cells`.
    """
    return _HEADINGS[primary(lang)]


def tie_cells(ties: Iterable[Tie], lang: str = "en") -> list[Sequence[str]]:
    """
    Each tie's partner (both cities where they aren't all seen from one), country, status, since and areas for reading.
    """
    ties = list(ties)
    return [
        (
            label,
            country_name(tie.partner.country_code, lang) if tie.partner.country_code else "",
            word_label(tie.status, lang) if tie.status else "",
            date_text(tie.since, lang) if tie.since else "",
            ", ".join(area.label(lang) for area in tie.areas),
        )
        for tie, label in zip(ties, partner_labels(ties, None if lang == "en" else lang, seen_from(ties)), strict=True)
    ]


def ties_table(ties: Iterable[Tie], lang: str = "en", columns: int = 100) -> str:
    """
    The ties with country, status, since and areas.
    """
    return table(tie_headings(lang), tie_cells(ties, lang), columns)


def networks_text(dataset: Whole, networks: Iterable[CooperationNetwork], lang: str = "en", columns: int = 100) -> str:
    """
    The networks with members, term and areas, a paragraph each.
    """
    paragraphs = []
    for network in networks:
        members = ", ".join(dataset.cities[id].label(None if lang == "en" else lang) for id in network.members)
        terms = ", ".join(date_text(agreement.period, lang) for agreement in network.agreements if agreement.period)
        since = f" ({_SINCE[primary(lang)]} {date_text(network.since, lang)})" if network.since else ""
        areas = dict.fromkeys(area for activity in network.activities for area in activity.areas)
        labels = ", ".join(dataset.areas[area].label(lang) for area in areas)
        lines = [f"{network.label(lang)}{since}: {members}", terms, labels]
        for index, line in enumerate(lines):
            for number, piece in enumerate(wrapped(printable(line), columns - 2)):
                if piece:
                    paragraphs.append(f"  {piece}" if index or number else piece)
    return "\n".join(paragraphs)


_SINCE = {"en": "since", "fi": "alkaen", "sv": "sedan"}
