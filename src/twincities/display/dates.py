"""
Dates and countries as a language writes them: with the extra `i18n` (Babel) in any language, else in those that are shipped.
"""

from __future__ import annotations

from typing import Any

from ..model.edtf import EdtfDate, EdtfInterval, Precision
from ..model.languages import language
from ..model.vocabulary import LANGUAGES, country_name
from .text import date_text

__all__ = ["country_in", "date_in"]


def date_in(moment: EdtfDate | EdtfInterval, lang: str = "en") -> str:
    """
    A date for reading, its days and months written out where Babel is installed: "14 May 1972", "toukokuu 1972".

    What is known in part, or not for certain, is written as `display.date_text` does it.
    """
    locale = _locale(lang)
    if locale is None or moment.earliest is None or not isinstance(moment, EdtfDate) or not moment.is_certain:
        return date_text(moment, lang)
    from babel.dates import format_date, format_skeleton

    if moment.precision is Precision.DAY:
        return str(format_date(moment.earliest, "long", locale))
    if moment.precision is Precision.MONTH and moment.earliest.month == (moment.latest or moment.earliest).month:
        return str(format_skeleton("yMMMM", moment.earliest, locale=locale))
    return date_text(moment, lang)


def country_in(code: str, lang: str = "en") -> str:
    """
    The name of a country in *lang*: in languages that aren't shipped where Babel is installed, else in English.
    """
    locale = None if language(lang).partition("-")[0] in LANGUAGES else _locale(lang)
    return country_name(code, lang) if locale is None else str(locale.territories.get(code) or country_name(code, lang))


def _locale(lang: str) -> Any:
    """
    Babel's locale for a BCP 47 tag; `None` where Babel isn't installed or knows no such language.
    """
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        return None
    try:
        # Alone, "en" is what these pages are written in; CLDR takes it for the English of the United States.
        return Locale.parse("en-GB" if (tag := language(lang)) == "en" else tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
