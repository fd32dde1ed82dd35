"""
Wikidata's values: times with a precision, language codes, numbers, points, classes of places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ...errors import InvalidDateError
from ...model.edtf import EdtfDate
from ...model.languages import in_usual_case
from ...model.parts import Coordinates
from ...model.rules import TAG
from ...model.vocabulary import PlaceKind

Value = EdtfDate | Coordinates | str | None
"""A value as kept here; `None` if it is unknown or doesn't fit the model."""

_TIME = re.compile(r"\+?([0-9]{1,16})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+Z?)?", re.ASCII)

# https://www.wikidata.org/wiki/Help:Dates
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY = 11, 10, 9, 8, 7


def time(text: str, precision: int, *, julian: bool = False) -> EdtfDate | None:
    """
    The date of a time value, as precise as it is; `None` if it can't be a date here.

    >>> time("+1953-00-00T00:00:00Z", 9)
    EdtfDate('1953')

    Args:
        text: The time as written by Wikibase, or as `xsd:dateTime`; year 1 to 9999.
        precision: Wikibase's number: 7 century, 8 decade, 9 year, 10 month, 11 day; hours are dropped. The century that
            ends in 2000 is `19XX`, as Wikidata shows 2000 as "20th century".
        julian: True for the Julian calendar. A day is converted; months and years stay as written.
    """
    match = _TIME.fullmatch(text)
    if match is None or precision < _CENTURY:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= year <= 9999:
        return None
    if precision == _CENTURY:
        written = f"{(year - 1) // 100:02d}XX"
    elif precision == _DECADE:
        written = f"{year // 10:03d}X"
    elif precision == _YEAR or not month:
        written = f"{year:04d}"
    elif precision == _MONTH or not day:
        written = f"{year:04d}-{month:02d}"
    else:
        written = _gregorian(year, month, day) if julian else f"{year:04d}-{month:02d}-{day:02d}"
    return date_or_none(written)


def date_or_none(text: str) -> EdtfDate | None:
    try:
        return EdtfDate(text)
    except InvalidDateError:
        return None


def _gregorian(year: int, month: int, day: int) -> str:
    """
    A Julian day in the Gregorian calendar, by way of the Julian day number (Richards 2013, 15.11.3).
    """
    before_march = (14 - month) // 12
    years, months = year + 4800 - before_march, month + 12 * before_march - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    ordinal = number - 1721425
    return date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= date.max.toordinal() else ""


def coordinates(latitude: float | str, longitude: float | str) -> Coordinates | None:
    """
    A point on Earth; `None` if the numbers aren't one.
    """
    try:
        return Coordinates(latitude=float(latitude), longitude=float(longitude))
    except (ValueError, OverflowError):
        return None


def inhabitants(amount: Value) -> int | None:
    """
    The whole number of an amount (`+328864`, `328864.0`), or `None`.
    """
    match = re.fullmatch(r"\+?([0-9]{1,15})(?:\.0*)?", amount, re.ASCII) if isinstance(amount, str) else None
    return int(match[1]) if match else None


def item_number(id: str) -> int:
    return int(id[1:])


# BCP 47 tags for Wikimedia's own codes, as in MediaWiki's LanguageCode class.
_TAGS: Mapping[str, str] = {
    "als": "gsw",
    "bat-smg": "sgs",
    "be-x-old": "be-tarask",
    "cbk-zam": "cbk",
    "eml": "egl",
    "fiu-vro": "vro",
    "mo": "ro-Cyrl-MD",
    "no": "nb",
    "nrm": "nrf",
    "roa-rup": "rup",
    "simple": "en-simple",
    "sr-ec": "sr-Cyrl",
    "sr-el": "sr-Latn",
    "zh-classical": "lzh",
    "zh-cn": "zh-Hans-CN",
    "zh-hk": "zh-Hant-HK",
    "zh-min-nan": "nan",
    "zh-mo": "zh-Hant-MO",
    "zh-my": "zh-Hans-MY",
    "zh-sg": "zh-Hans-SG",
    "zh-tw": "zh-Hant-TW",
    "zh-yue": "yue",
}


def language_tag(code: str) -> str | None:
    """
    The BCP 47 tag of a language code of Wikimedia, in the usual case (RFC 5646, 2.1.1); `None` if there is none.

    >>> language_tag("zh-hant"), language_tag("pt-br"), language_tag("sr-el")
    ('zh-Hant', 'pt-BR', 'sr-Latn')
    """
    tag = in_usual_case(_TAGS.get(code.lower(), code))
    return tag if TAG.holds(tag) else None


# Values of P31 (instance of): the classes whose meaning is clear, the general ones first.
PLACE_KINDS: Mapping[str, PlaceKind] = {
    "Q515": PlaceKind.CITY,
    "Q1549591": PlaceKind.CITY,  # big city
    "Q1637706": PlaceKind.CITY,  # of millions of inhabitants
    "Q1093829": PlaceKind.CITY,  # in the United States
    "Q494721": PlaceKind.CITY,  # of Japan
    "Q3957": PlaceKind.TOWN,
    "Q15284": PlaceKind.MUNICIPALITY,
    "Q856076": PlaceKind.MUNICIPALITY,  # of Finland
    "Q127448": PlaceKind.MUNICIPALITY,  # of Sweden
    "Q755707": PlaceKind.MUNICIPALITY,  # of Norway
    "Q262166": PlaceKind.MUNICIPALITY,  # of Germany
    "Q42744322": PlaceKind.MUNICIPALITY,  # urban, of Germany
    "Q484170": PlaceKind.MUNICIPALITY,  # commune of France
    "Q747074": PlaceKind.MUNICIPALITY,  # comune of Italy
    "Q2074737": PlaceKind.MUNICIPALITY,  # of Spain
    "Q532": PlaceKind.VILLAGE,
    "Q149621": PlaceKind.DISTRICT,
    "Q28575": PlaceKind.COUNTY,
    "Q34876": PlaceKind.PROVINCE,
    "Q35657": PlaceKind.STATE,  # of the United States
}
