"""
Read the cells of tables: dates, numbers, words and ids as people type them, if they have a single meaning.

Each function takes a cell that isn't blank, and raises a `ValueError` that says what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain
from numbers import Real
from typing import TypeVar

from ..errors import UnknownAreaError, UnknownNameError, shown
from ..model.cooperation import CooperationArea
from ..model.edtf import EdtfDate
from ..model.office_words import area_words, unclear_words
from ..model.parts import Population
from ..model.rules import COUNTRY, FILE_SAFE, GEONAMES, PEOPLE, WIKIDATA, Rule, degrees, unicode_text
from ..model.vocabulary import Qualifier, word_labels
from ..query.filters import Vocabulary, labelled_words
from ..query.names import fold, nearest
from ._dates import date_of, is_start

_PRINTED = {"datetime64", "Period"}  # of numpy and pandas: printed with the precision that they have
V = TypeVar("V")
W = TypeVar("W", bound=StrEnum)


def read_text(cell: object) -> str:
    """
    Read text, without surrounding white space; whole numbers lose their decimals.
    """
    if isinstance(cell, (float, Decimal)) and math.isfinite(cell) and cell == int(cell):
        cell = int(cell)  # in a column with empty cells whole numbers are floats
    if not isinstance(cell, (str, Real, Decimal)) or isinstance(cell, bool):  # numbers of numpy are `Real` too
        raise ValueError(f"expected text or a number, got {cell if isinstance(cell, date) else shown(cell)}")  # noqa: TRY004  # as everything here
    text = str(cell).strip()
    for _, message in unicode_text(text):
        raise ValueError(message)
    return text


def read_texts(cell: object) -> str:
    """
    Read text, or several texts (as in list columns of polars) with a line for each.
    """
    return "\n".join(map(read_text, cell)) if isinstance(cell, (list, tuple)) else read_text(cell)


def _whole(cell: object, expected: str) -> object:
    # A number with decimals isn't what was typed: 1980.1 may have been October.
    if isinstance(cell, (Real, Decimal)) and cell != cell // 1:
        raise ValueError(f"expected {expected}, got the number {cell}")
    return cell


def read_date(cell: object) -> EdtfDate:
    """
    Read a date: EDTF text, a date of Python, numpy or pandas, or an unambiguous form, see `_dates`.
    """
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError(f"expected a date without a time of day, got {cell}")
        cell = cell.date()
    if isinstance(cell, date):
        return EdtfDate(cell.isoformat())
    if type(cell).__name__ in _PRINTED:
        return date_of(str(cell))
    return date_of(read_text(_whole(cell, "a year or a date as text")))


def read_end(cell: object) -> EdtfDate:
    """
    Read the date of an end; a text that says when something begins is refused.
    """
    if isinstance(cell, str) and is_start(cell):
        raise ValueError(f"expected the end, got a start: {shown(cell.strip())}")
    return read_date(cell)


# -- numbers ---------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_PEOPLE = re.compile(r"\d+(?:[.,]0)?|\d{1,3}([ .,\u00a0\u202f])\d{3}(?:\1\d{3})*", re.ASCII)


def read_degrees(cell: object, most: int) -> float:
    """
    Read degrees from -*most* to *most*, with a decimal point or a decimal comma.
    """
    text = read_text(cell).replace("−", "-")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"expected degrees, such as 62.892 or 62,892, got {shown(text)}")
    return _kept(float(text.replace(",", ".")), degrees(most))


def read_people(cell: object) -> int:
    """
    Read a number of people; thousands may be separated by spaces, commas or points.
    """
    text = read_text(_whole(cell, "a whole number of people"))
    if not _PEOPLE.fullmatch(text) or len(text) > 25:
        raise ValueError(f"expected a number of people, such as 120000 or 120 000, got {shown(text)}")
    return _kept(int(re.sub(r"[^0-9]", "", re.sub(r"[.,]0$", "", text))), PEOPLE)


_ABOUT_PEOPLE = {
    Qualifier.ABOUT: "ca ca. c. n. noin cirka circa about around approx. omkring rund etwa ungefähr environ env. ~ ungefär",
    Qualifier.OVER: "yli över drygt over über mehr more plus >",
    Qualifier.UNDER: "alle under knapp knappt less moins <",
}
_QUALIFIERS = {word: qualifier for qualifier, words in _ABOUT_PEOPLE.items() for word in words.split()}
_STATED_PEOPLE = re.compile(
    r"(?:(?P<about>[^\d\s]+)\s*(?:(?:than|als|de|que)\s+)?)?(?P<number>[\d .,'’\u00a0\u202f]*\d)"
    r"\s*(?:invånare|asukasta|as\.|einwohnern?|einw\.|inhabitants|people|hab\.|habitants)?\s*(?:\((?P<date>[^()]+)\))?",
    re.IGNORECASE,
)


def read_population(cell: object) -> Population:
    """
    Read a population as people state it: `120 000`, "ca 45 000", "drygt 85.000 invånare", "204.000 (2010)".
    """
    found = _STATED_PEOPLE.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) < 80 else None
    qualifier = _QUALIFIERS.get((found["about"] or "").casefold()) if found else None
    if found is None or (found["about"] and qualifier is None):
        return Population(value=read_people(cell))
    number = re.sub(r"(?<=\d)['’](?=\d{3})", " ", found["number"])
    return Population(
        value=read_people(number),
        qualifier=qualifier or Qualifier.EXACT,
        as_of=read_date(found["date"]) if found["date"] else None,
    )


# -- ids -------------------------------------------------------------------------------------------

_WIKIDATA_URL = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/", re.IGNORECASE)
_GEONAMES_URL = re.compile(r"https?://(?:www|sws)\.geonames\.org/(\d+)(?:/.*)?", re.IGNORECASE | re.ASCII)


def read_wikidata_id(cell: object) -> str:
    """
    Read a Wikidata id, or the URL of its page.
    """
    return _kept(_WIKIDATA_URL.sub("", read_text(cell), count=1).upper(), WIKIDATA)


def read_geonames_id(cell: object) -> str:
    """
    Read a GeoNames id, or the URL of its page.
    """
    text = re.sub(r"(?<=\d)\.0$", "", read_text(cell))
    page = _GEONAMES_URL.fullmatch(text)
    return _kept(page[1] if page else text, GEONAMES)


def read_id(cell: object) -> str:
    return _kept(read_text(cell), FILE_SAFE)


def _kept(value: V, rule: Rule) -> V:
    for _, message in rule(value):
        raise ValueError(message)
    return value


# -- words -----------------------------------------------------------------------------------------

_DOUBTS = re.compile(r"[?*†‡]")  # which folding drops: a doubt, or a footnote


def read_word(cell: object, words: type[W]) -> W:
    """
    Read a word of a closed list: the word, its label in a shipped language, or a term that offices use for it.
    """
    text = read_text(cell)
    folded = fold(text)
    if (found := labelled_words(words).get(folded)) and not _DOUBTS.search(text):
        return words(found[0])
    for unclear, meanings in unclear_words(words).items():
        if fold(unclear) == folded:
            raise ValueError(f"expected one of {', '.join(meanings)}, got {shown(text)}, which can mean any of them")
    near = nearest(text, (label for labels in word_labels(words).values() for label in labels))
    hint = f"; did you mean {' or '.join(map(shown, near))}?" if near else ""
    raise ValueError(f"expected one of {', '.join(words)}, got {shown(text)}{hint}")


def read_country(cell: object, vocabulary: Vocabulary, *, any_code: bool = False) -> str:
    """
    Read the code of a country: an ISO 3166-1 code, or its name in a shipped language.

    With *any_code*, withdrawn codes and codes that a source made up are accepted too.
    """
    text = read_text(cell)
    if any_code and COUNTRY.holds(text):
        return text
    if _DOUBTS.search(text):
        raise ValueError(f"expected only the name of a country, got {shown(text)}")
    try:
        codes = vocabulary.countries(text)
    except UnknownNameError as error:
        raise ValueError(str(error)) from error
    if len(codes) > 1:
        raise ValueError(f"expected the name of one country, got {shown(text)}, which is that of {', '.join(codes)}")
    return codes[0]


def read_areas(cell: object, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Read cooperation areas by id or label: their ids, and a message about each word that isn't one.

    They are separated by `;`, commas or line breaks.
    """
    ids: dict[str, None] = {}
    wrong: list[str] = []
    for part in re.split(r"[;\n]", read_texts(cell)):
        words = [part]
        if "," in part and _area(part, vocabulary)[0] is None:  # a label may contain a comma
            words = part.split(",")
        for word in filter(str.strip, words):
            id, message = _area(word, vocabulary)
            if id is None:
                wrong.append(message)
            else:
                ids[id] = None
    return tuple(ids), tuple(wrong)


@cache
def _areas_by_word() -> Mapping[str, str]:
    return {fold(text): id for id, texts in area_words().items() for text in texts}


def _area(word: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    word = word.strip()
    if word in vocabulary.areas:
        return word, ""
    if _DOUBTS.search(word):
        return None, f"expected only a cooperation area, got {shown(word)}"
    try:
        found = vocabulary.areas_of(word)
    except UnknownAreaError as error:
        written = _areas_by_word().get(fold(word))
        return (written, "") if written in vocabulary.areas else (None, str(error))
    # A query includes narrower areas; a table means only the area that it names.
    named = [id for id in found if fold(word) in map(fold, _labels(vocabulary.areas[id]))]
    if len(named) > 1:
        expected = "expected the label of one cooperation area"
        return None, f"{expected}, got {shown(word)}, which is that of {', '.join(named)}"
    return named[0], ""


def _labels(area: CooperationArea) -> Iterator[str]:
    return chain([area.id], area.pref_label.values(), *area.alt_labels.values())


def is_blank(cell: object) -> bool:
    """
    Check if a cell is empty: no value, NaN, white space, or a list of these.
    """
    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, (list, tuple)):
        return all(map(is_blank, cell))
    if cell is None or type(cell).__name__ == "NAType":  # NA of pandas, which can't be compared
        return True
    if isinstance(cell, Decimal):
        return cell.is_nan()  # a signalling NaN can't be compared
    # NaN, and the NaT of pandas and numpy.
    return (isinstance(cell, (float, date)) or type(cell).__name__ in _PRINTED) and cell != cell
