"""
Dates, countries and numbers as a language writes them; languages that aren't shipped need the extra `i18n` (Babel).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..errors import QueryError, shown
from ..model.arguments import as_record, as_text
from ..model.edtf import EdtfDate, EdtfInterval, Precision
from ..model.languages import language
from ..model.parts import Coordinates, Population
from ..model.vocabulary import LANGUAGES, country_name, primary, word_label
from ..query.names import fold
from .words import word

# A decade, an approximate, an uncertain date, and both: X, ~, ? and %.
_MARKS = {
    "en": ("{}s", "c. {}", "{}?", "c. {}?"),
    "fi": ("{}-luku", "n. {}", "{}?", "n. {}?"),
    "sv": ("{}-talet", "ca {}", "{}?", "ca {}?"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
_DAYS = {"en": "{} {} {}", "fi": "{}. {}kuuta {}", "sv": "{} {} {}"}
_NO_BREAK = "\N{NO-BREAK SPACE}"


def date_in(moment: EdtfDate | EdtfInterval, lang: str = "en") -> str:
    """
    A date or an interval in words: `1972-05-14` is "14 May 1972", `194X` "1940s", `1965~` "c. 1965", `2022/2029` "2022–2029".

    >>> date_in(EdtfDate("194X"), "fi"), date_in(EdtfDate("1972-05"), "sv")
    ('1940-luku', 'maj 1972')
    >>> date_in(EdtfDate("[1972,1973]"), "sv"), date_in(EdtfDate("[1960..1963]"))
    ('1972 eller 1973', 'between 1960 and 1963')

    Raises:
        QueryError: *moment* is neither.
    """
    if isinstance(moment, EdtfInterval):
        return "–".join(date_in(end, lang) if end else "" for end in (moment.start, moment.end))
    if not isinstance(moment, EdtfDate):
        raise QueryError(f"expected an EdtfDate or an EdtfInterval, got {shown(moment)}")
    if moment.members:
        return _one_of(moment, lang)
    decade, about, uncertain, both = _MARKS[primary(lang)]
    text = str(moment)
    known = text.rstrip("?~%")
    if known.endswith("0X"):
        known = f"{known[:3]}0–{known[:3]}9"  # "1900s" would be the century
    elif moment.year is None:
        known = decade.format(known.replace("X", "0"))
    else:
        known = _day_or_month(moment, lang) or known.partition("-XX")[0]
    return {"~": about, "?": uncertain, "%": both}.get(text[-1], "{}").format(known)


# A date between two others, and the word before the last of several dates.
_ONE_OF = {
    "en": ("between {} and {}", " or "),
    "fi": ("{}–{} välillä", " tai "),
    "sv": ("mellan {} och {}", " eller "),
}


def _one_of(date: EdtfDate, lang: str) -> str:
    between, before_last = _ONE_OF[primary(lang)]
    words = [
        between.format(*(date_in(end, lang) for end in member)) if isinstance(member, tuple) else date_in(member, lang)
        for member in date.members
    ]
    return before_last.join(filter(None, [", ".join(words[:-1]), words[-1]]))


def stated_in(record: Any, field: str, lang: str = "en", *, all_values: bool = False) -> str:
    """
    The distinct stated values of a field, or all of them, the record's own first: "1972 or 1967".
    """
    values = [stated.value for stated in record.stated(field)] if all_values else distinct(record, field)
    return f" {word('or', lang)} ".join(text_of(value, lang) for value in values)


def distinct(record: Any, field: str) -> list[Any]:
    """
    The stated values of a field, without dates that an earlier value or a set of dates includes.
    """
    values = [stated.value for stated in record.stated(field)]
    return [
        value
        for number, value in enumerate(values)
        if not any(
            value.is_within(other)
            for place, other in enumerate(values)
            if isinstance(other, EdtfDate) and (place < number or (place > number and len(other.members) > 1))
        )
    ]


def _day_or_month(date: EdtfDate, lang: str) -> str | None:
    """
    A date in words if its month is known, else `None`.
    """
    first, last = date.earliest, date.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    day = first.day if date.precision is Precision.DAY and first == last else None
    if (locale := _locale(lang)) is not None:
        from babel.dates import format_date, format_skeleton

        return str(format_date(first, "long", locale) if day else format_skeleton("yMMMM", first, locale=locale))
    tongue = primary(lang)
    month = _MONTHS[tongue].split()[first.month - 1]
    if day:
        return _DAYS[tongue].format(day, month, first.year)
    return f"{month}{'kuu' if tongue == 'fi' else ''} {first.year}"


_SINCE = {
    # a decade or century, a year, any other date; the first gap is for a doubt
    "en": ("since {}the {}s", "since {}{}", "since {}{}"),
    "fi": ("{}{}-luvulta", "{}vuodesta {}", "{}{} alkaen"),
    "sv": ("sedan {}{}-talet", "sedan {}{}", "sedan {}{}"),
}
_DOUBTS = {
    "en": {"~": "about ", "?": "possibly ", "%": "possibly about "},
    "fi": {"~": "noin ", "?": "mahdollisesti ", "%": "mahdollisesti noin "},
    "sv": {"~": "omkring ", "?": "möjligen ", "%": "möjligen omkring "},
}


def since_in(date: EdtfDate, lang: str = "en") -> str:
    """
    A start as part of a sentence.

    >>> since_in(EdtfDate("194X")), since_in(EdtfDate("1972~"), "fi"), since_in(EdtfDate("1982-06"), "fi")
    ('since the 1940s', 'noin vuodesta 1972', 'kesäkuusta 1982')
    """
    tongue = primary(lang)
    decade, year, other = _SINCE[tongue]
    if date.members:
        return {"en": "since {}", "fi": "alkaen {}", "sv": "sedan {}"}[tongue].format(_one_of(date, lang))
    text = str(date)
    known = text.rstrip("?~%")
    doubt = _DOUBTS[tongue].get(text[-1], "")
    if date.year is None and not known.endswith("0X"):
        return decade.format(doubt, known.replace("X", "0"))
    words = date_in(EdtfDate(known), lang)
    if tongue == "fi" and "kuu " in words:
        return doubt + words.replace("kuu ", "kuusta ")
    return (year if words.isdigit() else other).format(doubt, words)


_LAST = {"å": "1", "ä": "2", "æ": "2", "ö": "3", "ø": "3"}


def sort_key(text: str, lang: str = "en") -> tuple[str, str]:
    """
    A key that sorts names for readers of *lang*: ignoring case and marks; å, ä and ö last in Finnish and Swedish.

    >>> sorted(["Åbo", "Zürich", "Alūksne", "Ähtäri", "Łódź", "aarhus"], key=lambda name: sort_key(name, "fi"))
    ['aarhus', 'Alūksne', 'Łódź', 'Zürich', 'Åbo', 'Ähtäri']
    """
    last = {} if primary(lang) == "en" else _LAST
    bare = "".join(f"\x7f{last[letter]}" if letter in last else fold(letter) or letter for letter in text.casefold())
    return bare, text


def country_in(code: str, lang: str = "en") -> str:
    """
    The name of a country in *lang*; a language that isn't shipped needs Babel, else the name is English.

    Raises:
        QueryError: *code* isn't text.
    """
    as_text(code, "the code of a country")
    shipped = language(lang).partition("-")[0] in LANGUAGES
    locale = None if shipped else _locale(lang)
    return country_name(code, lang) if locale is None else str(locale.territories.get(code) or country_name(code, lang))


def number_in(value: float, lang: str = "en") -> str:
    """
    A number rounded to an integer, in groups of three digits: "120,000" in English, with no-break spaces elsewhere.

    Raises:
        QueryError: *value* isn't a number.
    """
    try:
        grouped = f"{value:,.0f}"
    except (TypeError, ValueError) as error:
        raise QueryError(f"expected a number, got {shown(value)}") from error
    return grouped if primary(lang) == "en" else grouped.replace(",", _NO_BREAK)


def point_in(point: Coordinates, lang: str = "en") -> str:
    """
    A point in degrees, to about ten metres: "62.8924°, 27.6770°"; with decimal commas in other languages than English.
    """
    text = f"{point.latitude:.4f}°, {point.longitude:.4f}°"
    return text if primary(lang) == "en" else text.replace(".", ",")


def people_in(population: Population, lang: str = "en") -> str:
    """
    A number of inhabitants as its source states it: "about 50,000 (2021)".

    Raises:
        QueryError: *population* isn't a `Population`.
    """
    as_record(population, Population, "population")
    qualifier = "" if population.qualifier == "exact" else f"{word_label(population.qualifier, lang)} "
    as_of = f" ({date_in(population.as_of, lang)})" if population.as_of else ""
    return f"{qualifier}{number_in(population.value, lang)}{as_of}"


def text_of(value: Any, lang: str = "en") -> str:
    """
    The value of a field as text: dates, words of closed lists and numbers in *lang*, several joined by commas.

    `None` is an empty text.
    """
    if value is None:
        return ""
    if isinstance(value, (EdtfDate, EdtfInterval)):
        return date_in(value, lang)
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, Population):
        return people_in(value, lang)
    if isinstance(value, Coordinates):
        return point_in(value, lang)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_in(value, lang)
    if isinstance(value, (tuple, list)):
        return ", ".join(text_of(item, lang) for item in value)
    return str(value)


def _locale(lang: str) -> Any:
    """
    Babel's locale for a BCP 47 tag; `None` for a shipped or unknown language, or without Babel.
    """
    if (tag := language(lang)) in LANGUAGES:
        return None
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
