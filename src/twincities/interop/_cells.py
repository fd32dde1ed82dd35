"""
The cells of a table: dates, numbers, words and ids as people type them, read only where there is one way to read them.

Each function takes a cell that isn't blank, and raises a `ValueError` that says what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from itertools import chain
from numbers import Real
from typing import NamedTuple, TypeVar

from ..errors import UnknownAreaError, UnknownNameError, shown
from ..model.cooperation import CooperationArea
from ..model.edtf import EdtfDate
from ..model.rules import COUNTRY, FILE_SAFE, GEONAMES, PEOPLE, WIKIDATA, Rule, degrees, unicode_text
from ..model.vocabulary import word_labels
from ..query.filters import Vocabulary, labelled_words
from ..query.names import fold, nearest

__all__ = [
    "CellProblem",
    "is_blank",
    "read_areas",
    "read_country",
    "read_date",
    "read_degrees",
    "read_geonames_id",
    "read_id",
    "read_people",
    "read_text",
    "read_wikidata_id",
    "read_word",
]


class CellProblem(NamedTuple):
    """
    A cell that can't be read, or that contradicts another: where, what it holds, and what was expected.
    """

    line: int
    column: str
    text: str
    message: str


V = TypeVar("V")
W = TypeVar("W", bound=StrEnum)


def read_text(cell: object) -> str:
    """
    The text of a cell, without white space around it; whole numbers without decimals.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a column with empty cells makes floats of whole numbers
    if not isinstance(cell, (str, Real)) or isinstance(cell, bool):  # numbers of numpy are `Real` too
        raise ValueError(f"expected text or a number, got {shown(cell)}")  # noqa: TRY004  # as all that is wrong here
    text = str(cell).strip()
    for _, message in unicode_text(text):
        raise ValueError(message)
    return text


def read_texts(cell: object) -> str:
    """
    The text of a cell, or the texts of one that holds several (as columns of polars do), a line each.
    """
    return "\n".join(map(read_text, cell)) if isinstance(cell, (list, tuple)) else read_text(cell)


def _whole(cell: object, expected: str) -> object:
    # A number with decimals is no text that was typed: 1980.1 may have been October.
    if isinstance(cell, Real) and cell != cell // 1:
        raise ValueError(f"expected {expected}, got the number {cell}")
    return cell


# -- dates -----------------------------------------------------------------------------------------


def _year_first(found: re.Match[str]) -> str:
    year, month, day = found["year"], found["month"], found["day"]
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def _day_first(found: re.Match[str]) -> str:
    return f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"


def _either_first(found: re.Match[str]) -> str:
    first, second = int(found["first"]), int(found["second"])
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(
            f"expected year, month and day in this order ({found['year']}-{first:02}-{second:02} or "
            f"{found['year']}-{second:02}-{first:02}), got {shown(found.string)}, which can be read as both"
        )
    month, day = (second, first) if second <= 12 else (first, second)
    return f"{found['year']}-{month:02}-{day:02}"


def _decade(found: re.Match[str]) -> str:
    if found["decade"].endswith("0"):
        raise ValueError(
            f"expected {found['decade']}X for ten years or {found['decade'][:2]}XX for a hundred, "
            f"got {shown(found.string)}, which can be read as both"
        )
    return f"{found['decade']}X"


# What people write, and the EDTF text that it stands for.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), edtf)
    for pattern, edtf in (
        (r"(?P<year>\d{4})[.,]0", lambda found: found["year"]),  # from a column of floats
        (r"\d{2}(?:\dX|XX)", lambda found: found[0].upper()),
        (r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2})(?:[ T]00:00(?::00)?)?)?", _year_first),
        (r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", _day_first),
        (r"(?P<day>)(?P<month>\d{1,2})[-./](?P<year>\d{4})", _year_first),
        (r"(?P<first>\d{1,2})([-/])(?P<second>\d{1,2})\2(?P<year>\d{4})", _either_first),
        (r"(?P<decade>\d{3})0(?:'?s|-luku|-luvulla|-luvulta|-talet)", _decade),
    )
)
_ABOUT = re.compile(r"(?:(?:c|ca|n)\.?|about|circa|noin|omkring|~) ?(?=\d)", re.IGNORECASE | re.ASCII)
_QUALIFIER = re.compile(r" ?([?~%])$")


def read_date(cell: object) -> EdtfDate:
    """
    A date: EDTF, a date of Python or pandas, or a form that can be read in one way only.

    Those are `1980-5-12`, `1980/05/12`, `12.5.1980` (with full stops the day comes first), `25/12/1980`, `5/1980`, `1940s`,
    `1940-luku`, `1940-talet`, and "c.", "ca", "circa", "about", "n.", "noin", "omkring" before one of them.
    """
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError(f"expected a date without a time of day, got {cell}")
        cell = cell.date()
    text = cell.isoformat() if isinstance(cell, date) else read_text(_whole(cell, "a year or a date as text"))
    about = _ABOUT.match(text)
    plain = text[about.end() :] if about else text
    marked = _QUALIFIER.search(plain)
    if marked:
        plain = plain[: marked.start()]
    mark = marked[1] if marked else ""
    if about:
        mark = "%" if mark in {"?", "%"} else "~"
    for pattern, edtf in _FORMS:
        if found := pattern.fullmatch(plain):
            return EdtfDate(edtf(found) + mark)
    return EdtfDate(plain + mark if about or marked else text)


# -- numbers ---------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_PEOPLE = re.compile(r"\d+(?:[.,]0)?|\d{1,3}([ .,\u00a0\u202f])\d{3}(?:\1\d{3})*", re.ASCII)


def read_degrees(cell: object, most: int) -> float:
    """
    Degrees between *most* below and above zero, with a decimal point or a decimal comma.
    """
    text = read_text(cell).replace("−", "-")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"expected degrees, such as 62.892 or 62,892, got {shown(text)}")
    return _kept(float(text.replace(",", ".")), degrees(most))


def read_people(cell: object) -> int:
    """
    A number of people: thousands may stand apart, with spaces, commas or points.
    """
    text = read_text(_whole(cell, "a whole number of people"))
    if not _PEOPLE.fullmatch(text) or len(text) > 25:
        raise ValueError(f"expected a number of people, such as 120000 or 120 000, got {shown(text)}")
    return _kept(int(re.sub(r"[^0-9]", "", re.sub(r"[.,]0$", "", text))), PEOPLE)


# -- ids -------------------------------------------------------------------------------------------

_WIKIDATA_URL = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/", re.IGNORECASE)
_GEONAMES_URL = re.compile(r"https?://(?:www|sws)\.geonames\.org/(\d+)(?:/.*)?", re.IGNORECASE | re.ASCII)


def read_wikidata_id(cell: object) -> str:
    """
    A Wikidata id, or the address of its page.
    """
    return _kept(_WIKIDATA_URL.sub("", read_text(cell), count=1).upper(), WIKIDATA)


def read_geonames_id(cell: object) -> str:
    """
    A GeoNames id, or the address of its page.
    """
    text = re.sub(r"(?<=\d)\.0$", "", read_text(cell))
    page = _GEONAMES_URL.fullmatch(text)
    return _kept(page[1] if page else text, GEONAMES)


def read_id(cell: object) -> str:
    """
    An id of a city.
    """
    return _kept(read_text(cell), FILE_SAFE)


def _kept(value: V, rule: Rule) -> V:
    for _, message in rule(value):
        raise ValueError(message)
    return value


# -- words -----------------------------------------------------------------------------------------


def read_word(cell: object, words: type[W]) -> W:
    """
    A word of a closed list, or its label in a shipped language.
    """
    text = read_text(cell)
    if found := labelled_words(words).get(fold(text)):
        return words(found[0])
    near = nearest(text, (label for labels in word_labels(words).values() for label in labels))
    raise ValueError(f"expected one of {', '.join(words)}, got {shown(text)}" + _hint(near))


def read_country(cell: object, vocabulary: Vocabulary, *, any_code: bool = False) -> str:
    """
    The code of a country, given as an ISO 3166-1 code or by its name in a shipped language.

    With *any_code* a code that no longer stands, or is a source's own, is taken as well.
    """
    text = read_text(cell)
    if any_code and COUNTRY.holds(text):
        return text
    try:
        codes = vocabulary.countries(text)
    except UnknownNameError as error:
        raise ValueError(str(error)) from error
    if len(codes) > 1:
        raise ValueError(f"expected the name of one country, got {shown(text)}, which is that of {', '.join(codes)}")
    return codes[0]


def read_areas(cell: object, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    The ids of cooperation areas, given by id or label, and what is wrong with words that are none.

    Between them stands `;`, a comma or a line break.
    """
    ids: dict[str, None] = {}
    wrong: list[str] = []
    for part in re.split(r"[;\n]", read_texts(cell)):
        words = [part]
        if "," in part and _area(part, vocabulary)[0] is None:  # a label may have a comma in it
            words = part.split(",")
        for word in filter(str.strip, words):
            id, message = _area(word, vocabulary)
            if id is None:
                wrong.append(message)
            else:
                ids[id] = None
    return tuple(ids), tuple(wrong)


def _area(word: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    word = word.strip()
    if word in vocabulary.areas:
        return word, ""
    try:
        found = vocabulary.areas_of(word)
    except UnknownAreaError as error:
        return None, str(error)
    # A question means narrower areas as well; a table says what it says.
    called = [id for id in found if fold(word) in map(fold, _labels(vocabulary.areas[id]))]
    if len(called) > 1:
        return (
            None,
            f"expected the label of one cooperation area, got {shown(word)}, which is that of {', '.join(called)}",
        )
    return called[0], ""


def _labels(area: CooperationArea) -> Iterator[str]:
    return chain([area.id], area.pref_label.values(), *area.alt_labels.values())


def _hint(near: tuple[str, ...]) -> str:
    return f"; did you mean {' or '.join(map(shown, near))}?" if near else ""


def is_blank(cell: object) -> bool:
    """
    Whether a cell holds nothing: no value, NaN, white space, or a list of these.
    """
    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, (list, tuple)):
        return all(map(is_blank, cell))
    if cell is None or type(cell).__name__ == "NAType":  # pandas' NA, which can't be compared
        return True
    return isinstance(cell, (float, date)) and cell != cell  # NaN, and pandas' NaT
