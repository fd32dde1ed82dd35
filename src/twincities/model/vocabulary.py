"""
Closed lists of words with their labels, and the names of countries and languages.

Words are stored in English and have labels in English, Finnish and Swedish. The names of countries and languages are
CLDR's, read from `data/cldr-names.json` at first use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from .._data import read_data
from ..errors import QueryError, shown
from .frozen import FrozenDict
from .languages import language

__all__ = [
    "LANGUAGES",
    "MilestoneKind",
    "PartnershipKind",
    "PartnershipStatus",
    "PlaceKind",
    "Qualifier",
    "Stage",
    "country_name",
    "language_name",
    "word_label",
]

LANGUAGES = ("en", "fi", "sv")
"""The languages in which shipped words have labels."""


class PlaceKind(StrEnum):
    """
    The kind of a twinned place.
    """

    CITY = "city"
    TOWN = "town"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    REGION = "region"
    PROVINCE = "province"
    STATE = "state"
    DISTRICT = "district"
    VILLAGE = "village"
    OTHER = "other"


class PartnershipKind(StrEnum):
    """
    The kind of a tie, in the terms of the German section of CEMR (RGRE): a twinning is a contract without end.
    """

    TWINNING = "twinning"
    FRIENDSHIP = "friendship"
    CONTACT = "contact"
    PROJECT = "project"
    OTHER = "other"
    """Anything else; `names` says what."""


class PartnershipStatus(StrEnum):
    """
    The state of a partnership at the data set's `as_of`.
    """

    ACTIVE = "active"
    """Listed as a partner, with nothing else said."""
    DORMANT = "dormant"
    """Listed, but little or nothing happens."""
    SUSPENDED = "suspended"
    """Halted by decision."""
    ENDED = "ended"
    """Given up."""


class Stage(StrEnum):
    """
    The stage of an activity or a milestone.
    """

    PLANNED = "planned"
    ONGOING = "ongoing"
    PAST = "past"


class MilestoneKind(StrEnum):
    """
    The kind of a milestone.
    """

    FIRST_CONTACT = "first-contact"
    INTENT = "intent"
    """A letter or declaration of intent."""
    DECISION = "decision"
    """A council or another body decided on the tie."""
    SIGNED = "signed"
    RENEWED = "renewed"
    REACTIVATED = "reactivated"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    """Nothing has happened since. This doesn't say whether the tie is in force."""
    ENDED = "ended"
    MERGED = "merged"
    """One place became part of another."""
    CONFERENCE = "conference"
    VISIT = "visit"
    FOUNDED = "founded"
    ANNIVERSARY = "anniversary"
    AWARD = "award"
    EVENT = "event"
    ATTESTED = "attested"
    """A source of that date names the tie, so it existed by then."""


class Qualifier(StrEnum):
    """
    The qualifier that a source puts before a number.
    """

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


E = TypeVar("E", bound=StrEnum)


def to_word(value: str, words: type[E]) -> E:
    """
    *value* as a member of the closed list *words*.
    """
    try:
        return words(value)
    except ValueError:
        expected = ", ".join(words)
        raise ValueError(f"expected one of {expected}, got {shown(value)}") from None


# The labels of each word: English, Finnish, Swedish, then other names. `office_words` has what offices write.
_LABELS: Mapping[type[StrEnum], Mapping[str, tuple[str, ...]]] = {
    PartnershipStatus: {
        "active": ("active", "aktiivinen", "aktiv"),
        "dormant": ("dormant", "hiljainen", "vilande"),
        "suspended": ("suspended", "keskeytetty", "pausad"),
        "ended": ("ended", "päättynyt", "avslutad"),
    },
    PartnershipKind: {
        "twinning": ("twinning", "ystävyyskuntasuhde", "vänort", "ystävyyskaupunki", "ystävyyskunta"),
        "friendship": ("friendship", "ystävyyssopimus", "vänskapsavtal", "ystävyys", "vänskap"),
        "contact": ("contact", "epävirallinen yhteys", "kontaktort", "yhteys", "kontakt"),
        "project": ("project", "hankeyhteistyö", "projektsamarbete", "hanke", "projekt"),
        "other": ("other", "muu", "annat"),
    },
    PlaceKind: {
        "city": ("city", "kaupunki", "stad"),
        # Finnish and Swedish have one word for a town and a city.
        "town": ("town", "kaupunki", "stad", "pikkukaupunki", "småstad"),
        "municipality": ("municipality", "kunta", "kommun"),
        "county": ("county", "maakunta", "län"),
        "region": ("region", "alue", "region"),
        "province": ("province", "provinssi", "provins"),
        "state": ("state", "osavaltio", "delstat"),
        "district": ("district", "piiri", "distrikt", "kaupunginosa", "stadsdel"),
        "village": ("village", "kylä", "by"),
        "other": ("other", "muu", "annat"),
    },
    Stage: {
        "planned": ("planned", "suunniteltu", "planerad"),
        "ongoing": ("ongoing", "käynnissä", "pågående"),
        "past": ("past", "päättynyt", "tidigare", "aiempi", "mennyt"),
    },
    MilestoneKind: {
        "first-contact": ("first contact", "ensimmäinen yhteydenotto", "första kontakt"),
        "intent": ("letter of intent", "aiesopimus", "avsiktsförklaring"),
        "decision": ("decision", "päätös", "beslut"),
        "signed": ("signed", "allekirjoitettu", "undertecknat"),
        "renewed": ("renewed", "uusittu", "förnyat"),
        "reactivated": ("reactivated", "aktivoitunut uudelleen", "återaktiverat"),
        "resumed": ("resumed", "käynnistynyt uudelleen", "återupptaget", "jatkunut"),
        "suspended": ("suspended", "keskeytetty", "pausat", "avbrutet"),
        "lapsed": ("lapsed", "hiljentynyt", "avstannat"),
        "ended": ("ended", "päättynyt", "avslutat"),
        "merged": ("merged", "kuntaliitos", "sammanslaget"),
        "conference": ("conference", "konferenssi", "konferens"),
        "visit": ("visit", "vierailu", "besök"),
        "founded": ("founded", "perustettu", "grundat"),
        "anniversary": ("anniversary", "juhlavuosi", "jubileum"),
        "award": ("award", "tunnustus", "utmärkelse"),
        "event": ("event", "tapahtuma", "evenemang"),
        "attested": ("attested", "mainittu", "belagt"),
    },
    Qualifier: {
        "exact": ("exactly", "tasan", "exakt"),
        "about": ("about", "noin", "omkring"),
        "over": ("over", "yli", "över"),
        "under": ("under", "alle", "under"),
    },
}
CLOSED_LISTS = tuple(_LABELS)
"""The closed lists of words."""


def primary(lang: str) -> str:
    """
    The language of shipped words for *lang*: its primary language, or English.
    """
    tag = language(lang).partition("-")[0]
    return tag if tag in LANGUAGES else LANGUAGES[0]


def in_shipped(texts: Sequence[str], lang: str) -> str:
    """
    The text in *lang* among *texts*, which are in the order of `LANGUAGES`; the English one for any other language.
    """
    return texts[LANGUAGES.index(primary(lang))]


def word_label(word: StrEnum, lang: str = "en") -> str:
    """
    The label of a word of a closed list, in English for a language without labels.

    >>> word_label(PartnershipStatus.SUSPENDED, "fi")
    'keskeytetty'

    Raises:
        QueryError: *word* isn't in a closed list, or *lang* isn't a BCP 47 tag.
    """
    labels = _LABELS.get(type(word))
    if labels is None:
        raise QueryError(f"expected a member of a closed list, such as PartnershipStatus.ACTIVE, got {shown(word)}")
    return in_shipped(labels[word.value], lang)


def word_labels(words: type[StrEnum]) -> dict[str, tuple[str, ...]]:
    """
    Every word of a closed list with its labels.
    """
    return {word.value: _LABELS[words][word.value] for word in words}


# -- countries and languages -----------------------------------------------------------------------


@cache
def _cldr() -> Mapping[str, Any]:
    return FrozenDict(json.loads(read_data("cldr-names.json")))


def country_names() -> Mapping[str, tuple[str, ...]]:
    """
    The names of every country and territory by ISO 3166-1 code: English, Finnish, Swedish, then others in use.
    """
    names: Mapping[str, tuple[str, ...]] = _cldr()["territories"]
    return names


def unclear_countries() -> Mapping[str, tuple[str, ...]]:
    """
    Names that may mean several countries or a part of one, with the codes of those countries.
    """
    return {name: tuple(codes.split()) for codes, names in _cldr()["unclear"].items() for name in names}


def country_name(code: str, lang: str = "en") -> str:
    """
    The name of a country by its ISO 3166-1 alpha-2 code, or the code if CLDR has no name.

    >>> country_name("NO", "fi")
    'Norja'

    Raises:
        QueryError: *code* isn't text, or *lang* isn't a BCP 47 tag.
    """
    return _cldr_name("territories", code, lang)


def language_name(tag: str, lang: str = "en") -> str:
    """
    The name of a language by its BCP 47 tag, or the tag if CLDR has no name.

    >>> language_name("sv", "fi")
    'ruotsi'

    Raises:
        QueryError: *tag* isn't text, or *lang* isn't a BCP 47 tag.
    """
    return _cldr_name("languages", tag, lang)


def _cldr_name(table: str, code: str, lang: str) -> str:
    if not isinstance(code, str):
        raise QueryError(f"expected a code as text, such as 'FI' or 'fi', got {shown(code)}")
    names = _cldr()[table].get(code)
    return code if names is None else in_shipped(names, lang)
