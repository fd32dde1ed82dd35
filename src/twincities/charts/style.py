"""
Colours, dashes, headings, legends and texts that all charts share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from ..display.words import status_in as status_word
from ..display.words import word
from ..errors import printable
from ..model.city import City
from ..model.languages import language
from ..model.vocabulary import LANGUAGES, PartnershipStatus
from .labels import FONT_SIZE, WIDER, width_of

__all__ = [
    "FONT",
    "INK",
    "LAND",
    "PAPER",
    "QUIET",
    "SEA",
    "STATUS_COLOURS",
    "STATUS_DASHES",
    "TITLE_SIZE",
    "Heading",
    "Legend",
    "axis_room",
    "cut",
    "listed",
    "names_apart",
    "names_of",
    "noted",
    "spoken",
    "status_word",
    "word",
    "wrapped",
]

FONT = "Helvetica, Arial, Liberation Sans, Arimo, Nimbus Sans, sans-serif"  # all have the widths of Helvetica
INK, QUIET, PAPER = "#222222", "#595959", "#ffffff"  # both text colours have contrast AA on land, sea and paper
LAND, SEA = "#e8e4da", "#f6f9fb"

# After Okabe and Ito's colours, which colour-blind people can tell apart; darkened for thin lines on land.
STATUS_COLOURS: Mapping[PartnershipStatus | None, str] = {
    PartnershipStatus.ACTIVE: "#00639c",
    PartnershipStatus.DORMANT: "#7a7a7a",
    PartnershipStatus.SUSPENDED: "#b87400",
    PartnershipStatus.ENDED: "#7a1f1f",
    None: "#8a4f7d",
}
# The status is recognizable without colours too; active lines are solid.
STATUS_DASHES: Mapping[PartnershipStatus | None, Sequence[int]] = {
    PartnershipStatus.ACTIVE: (1, 0),
    PartnershipStatus.DORMANT: (6, 4),
    PartnershipStatus.SUSPENDED: (9, 3, 2, 3),
    PartnershipStatus.ENDED: (2, 3),
    None: (14, 2),
}


class Legend(NamedTuple):
    """
    The words that colours and dashes stand for, in order, laid out below a picture.
    """

    words: tuple[str, ...]
    colours: tuple[str, ...]
    dashes: tuple[Sequence[int], ...]
    width: int

    @classmethod
    def of(cls, found: Iterable[PartnershipStatus | None], lang: str, width: int) -> Legend:
        """
        The legend of the statuses found, always in the same order.
        """
        given = set(found)
        seen = [status for status in STATUS_COLOURS if status in given]
        return cls(
            tuple(status_word(status, lang) for status in seen),
            tuple(STATUS_COLOURS[status] for status in seen),
            tuple(STATUS_DASHES[status] for status in seen),
            width,
        )

    def also(self, word: str, colour: str) -> Legend:
        """
        The same with one more word, whose lines are solid.
        """
        return self._replace(words=(*self.words, word), colours=(*self.colours, colour), dashes=(*self.dashes, (1, 0)))

    @property
    def columns(self) -> int:
        """
        The number of words in a row.
        """
        widest = max((WIDER * width_of(word) for word in self.words), default=0) + 40
        return max(1, min(len(self.words), int(self.width // widest)))

    @property
    def height(self) -> int:
        """
        Its height below the picture in pixels.
        """
        return 36 + 20 * (ceil(len(self.words) / self.columns) - 1) if self.words else 0

    def encodings(self, field: str) -> dict[str, Any]:
        """
        The encodings of colour and dash by the word in *field*, with one legend for both.
        """
        legend = {"title": None, "orient": "bottom", "symbolType": "stroke", "symbolSize": 400, "columns": self.columns}
        kind = {"field": field, "type": "nominal", "legend": legend}
        dashes = [list(dash) for dash in self.dashes]
        return {
            "color": {**kind, "scale": {"domain": list(self.words), "range": list(self.colours)}},
            "strokeDash": {**kind, "scale": {"domain": list(self.words), "range": dashes}},
        }


class Heading(NamedTuple):
    """
    A title and notes above a picture, in lines that fit its width.
    """

    title: tuple[str, ...]
    notes: tuple[str, ...]
    whole: str = ""
    """The title before it was cut into lines."""

    @classmethod
    def of(cls, title: str | None, notes: Iterable[str | None], width: int) -> Heading:
        """
        A title and the notes that aren't empty, each starting on a new line.
        """
        lines = [line for note in notes if note for line in wrapped(note, width)]
        whole = cut(title or "", 1_000)
        return cls(tuple(wrapped(whole, width, 1.08 * TITLE_SIZE)) if whole else (), tuple(lines), whole)

    @property
    def height(self) -> int:
        """
        Its height above the picture in pixels.
        """
        if not self.title:
            return 17 + 14 * (len(self.notes) - 1) if self.notes else 0
        notes = 15 + 14 * (len(self.notes) - 1) if self.notes else 0
        return 20 + 18 * (len(self.title) - 1) + notes

    def filled(self, height: int) -> Heading:
        """
        The same with empty lines up to a height.
        """
        heading = self
        while heading.height < height:
            heading = heading._replace(notes=(*heading.notes, "\N{NO-BREAK SPACE}"))
        return heading

    def properties(self) -> dict[str, Any]:
        """
        The title of a Vega-Lite chart. Vega draws no subtitle without a title: notes alone are a title that looks like one.
        """
        if self.title:
            return {"title": {"text": _text(self.title), **({"subtitle": _text(self.notes)} if self.notes else {})}}
        if self.notes:
            return {"title": {"text": _text(self.notes), "style": "group-subtitle", **_NOTE}}
        return {}


def _text(lines: Sequence[str]) -> str | list[str]:
    return lines[0] if len(lines) == 1 else list(lines)


TITLE_SIZE = 16
_NOTE = {"fontSize": FONT_SIZE, "fontWeight": "normal"}


def wrapped(text: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """
    *text* in lines of at most *width* pixels, in wider fonts too; longer words are cut.
    """
    lines: list[str] = []
    for part in cut(text, 1_000).split(" "):
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and WIDER * width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(_fitted(part, width, size))
    return lines


def axis_room(names: Iterable[str], most: int) -> dict[str, int]:
    """
    The space of an axis for the names beside it, also in wider fonts, so that the picture's edge cuts none.
    """
    room = min(most, ceil(max((WIDER * width_of(name) for name in names), default=0)))
    return {"labelLimit": room, "minExtent": room + 5, "maxExtent": room + 5}


def _fitted(word: str, width: float, size: float) -> str:
    kept = word[: int(width)]
    while WIDER * width_of(kept, size) > width and len(kept) > 1:
        kept = kept[:-2] + "…"
    return kept


def spoken(lang: str) -> str:
    """
    The language of words, dates, numbers and countries: *lang* if its words are shipped, else English.
    """
    return lang if language(lang).partition("-")[0] in LANGUAGES else LANGUAGES[0]


def cut(text: str, most: int) -> str:
    """
    *text* in at most so many characters, on one line and without invisible ones.
    """
    text = " ".join(printable(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;.") + "…"


def listed(names: Sequence[str], most: int) -> str:
    """
    The first of *names*, and the number of the others.
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" + {more}" if more > 0 else "")


def noted(note: str, names: Iterable[str], width: float = 640) -> str | None:
    """
    A note with as many of the names as fit on a line of *width* pixels, at least one; `None` without names.
    """
    names = [cut(name, 40) for name in names]
    texts = (f"{note} {listed(names, number)}" for number in range(len(names), 0, -1) if number == 1 or number < 60)
    fitting = (text for text in texts if WIDER * width_of(text) <= width)
    return next(fitting, f"{note} {listed(names, 1)}") if names else None


def names_of(cities: Sequence[City], lang: str) -> str:
    """
    The number of cities and their names, for screen readers.
    """
    names = listed([cut(city.label(lang), 60) for city in cities], 60)
    return f"{word('cities', lang)}: {len(cities)}{f' ({names})' if names else ''}."


def names_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Distinct names by id: equal names have their ids in brackets.
    """
    named = [(id, cut(name, 60)) for id, name in names]
    times = Counter(name for _, name in named)
    return {id: name if times[name] == 1 else f"{name} ({id})" for id, name in named}
