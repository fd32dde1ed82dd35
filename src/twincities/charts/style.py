"""
The colours and the ways of cutting and counting names that all charts share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..display.words import status_in as status_word
from ..display.words import word
from ..errors import printable
from ..model.city import City
from ..model.vocabulary import PartnershipStatus

__all__ = [
    "FONT",
    "INK",
    "LAND",
    "PAPER",
    "QUIET",
    "SEA",
    "STATUS_COLOURS",
    "cut",
    "listed",
    "names_apart",
    "names_of",
    "noted",
    "status_scale",
    "status_word",
    "word",
]

FONT = "Helvetica, Arial, sans-serif"
INK, QUIET, PAPER = "#222222", "#595959", "#ffffff"  # both inks have contrast AA on land, sea and paper
LAND, SEA = "#e8e4da", "#f6f9fb"

# After Okabe and Ito's colours, which people tell apart whose eyes mix up red and green; darkened for thin lines on land.
STATUS_COLOURS: Mapping[PartnershipStatus | None, str] = {
    PartnershipStatus.ACTIVE: "#00639c",
    PartnershipStatus.DORMANT: "#7a7a7a",
    PartnershipStatus.SUSPENDED: "#b87400",
    PartnershipStatus.ENDED: "#7a1f1f",
    None: "#8a4f7d",
}


def status_scale(found: Iterable[PartnershipStatus | None], lang: str) -> dict[str, Any]:
    """
    The Vega-Lite scale of the statuses that a chart has: always in one order, whatever order they come in.
    """
    given = set(found)
    shown = [status for status in STATUS_COLOURS if status in given]
    return {
        "domain": [status_word(status, lang) for status in shown],
        "range": [STATUS_COLOURS[status] for status in shown],
    }


def cut(text: str, most: int) -> str:
    """
    *text* in at most so many letters, on one line and without what isn't to be seen.
    """
    text = " ".join(printable(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;.") + "…"


def listed(names: Sequence[str], most: int) -> str:
    """
    The first of *names*, and how many there are more.
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" + {more}" if more > 0 else "")


def noted(note: str, names: Iterable[str], letters: int = 100) -> str | None:
    """
    A note with as many of the names as have room; `None` without names.
    """
    names = [cut(name, 40) for name in names]
    room = letters - len(note)
    most = sum(1 for number in range(len(names)) if len(", ".join(names[: number + 1])) <= room)
    return f"{note} {listed(names, max(most, 1))}" if names else None


def names_of(cities: Sequence[City], lang: str) -> str:
    """
    The number of cities and their names, for those who don't see the picture.
    """
    names = listed([cut(city.label(lang), 60) for city in cities], 60)
    return f"{word('cities', lang)}: {len(cities)}{f' ({names})' if names else ''}."


def names_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Names by id, each once: where two have the same, the id tells them apart.
    """
    named = [(id, cut(name, 60)) for id, name in names]
    times = Counter(name for _, name in named)
    return {id: name if times[name] == 1 else f"{name} ({id})" for id, name in named}
