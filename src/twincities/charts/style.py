"""
The colours and the words that all charts share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import printable
from ..model.city import City
from ..model.vocabulary import PartnershipStatus, in_shipped, word_label

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

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "agreement": ("agreement", "sopimus", "avtal"),
    "area": ("Area", "Ala", "Område"),
    "areas": ("Areas", "Alat", "Områden"),
    "cities": ("Cities", "Kaupunkeja", "Städer"),
    "as of": ("as of", "tilanne", "läge"),
    "city": ("City", "Kaupunki", "Stad"),
    "country": ("Country", "Maa", "Land"),
    "date": ("Date", "Aika", "Tid"),
    "milestone": ("Milestone", "Tapahtuma", "Händelse"),
    "network": ("network", "verkosto", "nätverk"),
    "no areas": ("No areas stated:", "Aloja ei mainita:", "Inga områden angivna:"),
    "no place": ("Place not known:", "Sijainti ei tiedossa:", "Läget okänt:"),
    "not said": ("not said", "ei sanottu", "inte sagt"),
    "nothing": ("nothing to show", "ei näytettävää", "inget att visa"),
    "of the network": ("by a network", "verkoston kautta", "genom ett nätverk"),
    "of the tie": ("by the two cities", "kahden kesken", "mellan de två"),
    "pale": ("pale: within these bounds", "vaalea: näissä rajoissa", "blek: inom dessa gränser"),
    "point": ("point: milestone", "piste: tapahtuma", "punkt: händelse"),
    "planned": ("hollow: planned", "ontto: suunniteltu", "ihålig: planerad"),
    "tip": ("tip: goes on", "kärki: jatkuu", "spets: fortsätter"),
    "partner": ("Partner", "Kumppani", "Partner"),
    "population": ("Population", "Asukkaita", "Invånare"),
    "since": ("Since", "Alkaen", "Sedan"),
    "start not known": ("start not known", "alku ei tiedossa", "början okänd"),
    "status": ("Status", "Tila", "Status"),
    "summary": ("Summary", "Kuvaus", "Beskrivning"),
    "tie": ("Partnership", "Kumppanuus", "Partnerskap"),
    "ties": ("Partnerships", "Kumppanuuksia", "Partnerskap"),
    "until": ("Until", "Päättyen", "Till"),
}


def word(key: str, lang: str) -> str:
    """
    A word of charts in *lang*; the English one in a language without words.
    """
    return in_shipped(_WORDS[key], lang)


def status_word(status: PartnershipStatus | None, lang: str) -> str:
    """
    The label of a status, also of none.
    """
    return word("not said", lang) if status is None else word_label(status, lang)


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
