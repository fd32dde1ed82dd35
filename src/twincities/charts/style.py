"""
Colours, dashes, headings, legends and texts that all charts share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple, TypeVar

from ..display.words import status_in, word
from ..errors import printable
from ..model.city import City
from ..model.languages import language
from ..model.vocabulary import LANGUAGES, PartnershipStatus
from .labels import FONT_SIZE, WIDER, width_of

FONT = "Helvetica, Arial, Liberation Sans, Arimo, Nimbus Sans, sans-serif"  # all have the widths of Helvetica
INK, QUIET, PAPER = "#222222", "#595959", "#ffffff"  # both text colours have contrast AA on land, sea and paper
LAND, SEA = "#e8e4da", "#f6f9fb"
MARGIN = 24  # pixels by which headings and legends are narrower than the whole
_ROUNDS = 4

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

T = TypeVar("T")


class Legend(NamedTuple):
    """
    The words that colours and dashes stand for, in order, laid out below a picture of a width.
    """

    entries: tuple[tuple[str, str, Sequence[int]], ...]
    width: int

    @classmethod
    def of(cls, found: Iterable[PartnershipStatus | None], lang: str, width: int) -> Legend:
        """
        The legend of the statuses found, always in the same order.
        """
        given = set(found)
        return cls(
            tuple(
                (status_in(status, lang), colour, STATUS_DASHES[status])
                for status, colour in STATUS_COLOURS.items()
                if status in given
            ),
            width,
        )

    def also(self, word: str, colour: str) -> Legend:
        """
        The same with one more word, whose lines are solid.
        """
        return self._replace(entries=(*self.entries, (word, colour, (1, 0))))

    @property
    def columns(self) -> int:
        """
        The number of words in a row.
        """
        widest = max((WIDER * width_of(word) for word, _, _ in self.entries), default=0) + 40
        return max(1, min(len(self.entries), int(self.width // widest)))

    @property
    def height(self) -> int:
        """
        Its height below the picture in pixels.
        """
        return 36 + 20 * (ceil(len(self.entries) / self.columns) - 1) if self.entries else 0

    def encodings(self, field: str) -> dict[str, Any]:
        """
        The encodings of colour and dash by the word in *field*, with one legend for both.
        """
        legend = {"title": None, "orient": "bottom", "symbolType": "stroke", "symbolSize": 400, "columns": self.columns}
        kind = {"field": field, "type": "nominal", "legend": legend}
        words = [word for word, _, _ in self.entries]
        colours = [colour for _, colour, _ in self.entries]
        dashes = [list(dash) for _, _, dash in self.entries]
        return {
            "color": {**kind, "scale": {"domain": words, "range": colours}},
            "strokeDash": {**kind, "scale": {"domain": words, "range": dashes}},
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


def with_heading(
    title: str | None,
    notes: Sequence[str | None],
    names: Sequence[str],
    width: int,
    lang: str,
    drawn: Callable[[int], tuple[T, Collection[int]]],
) -> tuple[T, Heading]:
    """
    A picture *drawn* below a heading of so many pixels, with the numbers of the *names* that have room in it; and the
    heading, which notes the others. The note takes room itself.
    """
    heading = Heading.of(title, notes, width)
    for _ in range(_ROUNDS):
        above = heading.height
        found, named = drawn(above)
        nameless = noted(word("no room", lang), (name for n, name in enumerate(names) if n not in named), width)
        heading = Heading.of(title, [*notes, nameless], width).filled(above)
        if heading.height == above:
            break
    return found, heading


TITLE_SIZE = 16
_NOTE = {"fontSize": FONT_SIZE, "fontWeight": "normal"}


def wrapped(text: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """
    *text* in lines of at most *width* pixels, in wider fonts too; longer words are cut.
    """
    return [_fitted(line, width, size) for line in _lines(cut(text, 1_000), width, size)]


def on_two_lines(text: str, width: float) -> str:
    """
    *text* on one line or two, of which only the second may be wider than *width* pixels.
    """
    first, *others = _lines(text, width, FONT_SIZE)
    return f"{first}\n{' '.join(others)}" if others else first


def _lines(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for part in text.split(" "):
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and WIDER * width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def axis_of(names: Collection[str], most: int) -> dict[str, Any]:
    """
    An axis with names beside it, on one line or two, and the space for them in wider fonts too: the picture's edge cuts none.
    """
    lines = [line for name in names for line in name.split("\n")]
    room = min(most, ceil(max((WIDER * width_of(line) for line in lines), default=0)))
    split = "split(datum.label, '\\n')"
    raised = {"condition": {"test": f"length({split}) > 1", "value": "bottom"}, "value": "middle"}
    two = {"labelExpr": split, "labelLineHeight": FONT_SIZE, "labelBaseline": raised}
    axis = {"title": None, "ticks": False, "domain": False, "labelLimit": room, "minExtent": room + 5}
    return {**axis, "maxExtent": room + 5, **(two if any("\n" in name for name in names) else {})}


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


def described(ties: int, cities: Sequence[City], lang: str) -> str:
    """
    The number of ties and cities and the names of these, for screen readers.
    """
    names = listed([cut(city.label(lang), 60) for city in cities], 60)
    return f"{word('ties', lang)}: {ties}. {word('cities', lang)}: {len(cities)}{f' ({names})' if names else ''}."


def names_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Distinct names by id: equal names have their ids in brackets.
    """
    named = [(id, cut(name, 60)) for id, name in names]
    times = Counter(name for _, name in named)
    return {id: name if times[name] == 1 else f"{name} ({id})" for id, name in named}
