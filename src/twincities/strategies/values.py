"""
Strategies for the values of fields: ids, texts, codes, JSON, dates. The simplest come first, since failures shrink to them.
"""

from __future__ import annotations

import string
from datetime import date
from functools import lru_cache
from itertools import chain, count

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from ..errors import InvalidDateError, shown
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.frozen import MAX_INTEGER
from ..model.rules import FILE_SAFE, NONCHARACTERS


def check_bounds(noun: str, least: int, most: int | None, *, lowest: int, highest: int | None = None) -> None:
    """
    Refuse bounds that aren't whole numbers, are outside *lowest* to *highest*, or are reversed; without *highest*, *most*
    may be `None`.

    Raises:
        InvalidArgument: A bound is refused.
    """
    for name, bound in ((f"min_{noun}", least), (f"max_{noun}", most)):
        if bound is None and highest is None and name.startswith("max_"):
            continue
        if not isinstance(bound, int) or isinstance(bound, bool):
            raise InvalidArgument(f"expected a whole number for {name}, got {shown(bound)}")
        if bound < lowest or (highest is not None and bound > highest):
            span = f"from {lowest} to {highest}" if highest is not None else f"of {lowest} or more"
            raise InvalidArgument(f"expected {name} {span}, got {bound}")
    if most is not None and least > most:
        raise InvalidArgument(f"expected max_{noun} of {least} (min_{noun}) or more, got {most}")


# -- texts and codes -------------------------------------------------------------------------------

_LETTERS = string.ascii_letters + string.digits
CHARACTERS = st.characters(codec="utf-8", exclude_characters=[*map(chr, NONCHARACTERS)])
TEXTS = st.text(CHARACTERS, min_size=1).filter(str.strip)
_SUBTAGS = st.lists(st.text(_LETTERS, min_size=2, max_size=8), max_size=3)
TAGS = st.sampled_from(["en", "fi", "sv", "zh-Hant", "sr-Latn-RS"]) | st.builds(
    lambda language, subtags: "-".join([language, *subtags]),
    st.text(string.ascii_lowercase, min_size=2, max_size=3),
    _SUBTAGS,
)
BY_LANGUAGE = st.dictionaries(TAGS, TEXTS, max_size=3)
URLS = st.builds(
    "{}://{}".format,
    st.sampled_from(["https", "http"]),
    st.text(
        st.characters(
            codec="utf-8",
            min_codepoint=0x21,
            exclude_categories=["Zs", "Zl", "Zp"],
            exclude_characters=[*'<>"\x7f\x85', *map(chr, NONCHARACTERS)],
        ),
        min_size=1,
    ),
)
COUNTRY_CODES = st.sampled_from(["FI", "SE", "NO"]) | st.text(string.ascii_uppercase, min_size=2, max_size=2)
SUBDIVISION_CODES = st.builds(
    "{}-{}".format, COUNTRY_CODES, st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=3)
)
WIKIDATA_IDS = st.integers(1, 10**16 - 1).map("Q{}".format)
GEONAMES_IDS = st.integers(1, 10**12 - 1).map(str)

JSON_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS)
)
JSON_VALUES = st.recursive(
    JSON_SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(CHARACTERS), inner, max_size=3),
    max_leaves=5,
)
EXTRAS = st.dictionaries(TEXTS, JSON_VALUES, max_size=2)

_IDS = st.builds("{}{}".format, st.sampled_from(_LETTERS), st.text(_LETTERS + "._-", max_size=99)).filter(
    FILE_SAFE.holds
)


@st.composite
def ids(draw: st.DrawFn) -> str:
    """
    Ids of records: ASCII letters, digits and `. _ -`, safe as file names.
    """
    return draw(_IDS)


@lru_cache
def different_ids(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """
    Lists of different ids. A repeated id becomes a letter or a number, so that no draw is wasted and failures shrink to
    `a`, `b`, `c`.
    """
    return st.lists(_IDS, min_size=least, max_size=most).map(_without_repeats)


def _without_repeats(drawn: list[str]) -> list[str]:
    different: dict[str, None] = {}
    for id in drawn:
        spare = chain([id], _LETTERS, map(str, count()))
        different[next(text for text in spare if text not in different)] = None
    return list(different)


# -- dates -----------------------------------------------------------------------------------------


def _from(start: int, least: int, most: int) -> st.SearchStrategy[int]:
    # A failure shrinks to *start*: the year 2000 is easier to read than the year 1.
    if least < start <= most:
        return st.integers(start, most) | st.integers(least, start - 1)
    return st.integers(least, most)


@lru_cache
def _dates(min_year: int, max_year: int) -> st.SearchStrategy[EdtfDate]:
    check_bounds("year", min_year, max_year, lowest=1, highest=9999)
    years = _from(2000, min_year, max_year).map("{:04d}".format)
    months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
    days = st.dates(date(min_year, 1, 1), date(max_year, 12, 31)).map(date.isoformat)
    forms = [years, months, days, months.map("{}-XX".format), years.map("{}-XX".format), years.map("{}-XX-XX".format)]
    for span, form in ((10, "{:03d}X"), (100, "{:02d}XX")):
        first, last = -(-min_year // span), (max_year + 1) // span - 1  # only spans wholly within the years
        if first <= last:
            forms.append(_from(2000 // span, first, last).map(form.format))
    dates = st.builds("{}{}".format, st.one_of(forms), st.sampled_from(["", "?", "~", "%"]))
    return (dates | _sets(min_year, max_year) if min_year < max_year else dates).map(EdtfDate)


def _sets(min_year: int, max_year: int) -> st.SearchStrategy[str]:
    def written(years: list[int], is_range: bool) -> str:
        first, *others = (f"{year:04d}" for year in sorted(years))
        return f"[{first}..{others[-1]}]" if is_range else f"[{','.join([first, *others])}]"

    years = st.lists(_from(2000, min_year, max_year), min_size=2, max_size=3, unique=True)
    return st.builds(written, years, st.booleans())


@st.composite
def edtf_dates(draw: st.DrawFn, *, min_year: int = 1, max_year: int = 9999) -> EdtfDate:
    """
    Dates in every form that `EdtfDate` supports: `2000`, `2000-01`, `2000-01-01`, `200X`, `20XX`, `2000-XX`, with or
    without a qualifier, and sets of years.

    Args:
        min_year: The first year in which a date may begin.
        max_year: The last year in which a date may end.
    """
    return draw(_dates(min_year, max_year))


@st.composite
def edtf_intervals(draw: st.DrawFn, *, min_year: int = 1, max_year: int = 9999) -> EdtfInterval:
    """
    Intervals in every form that `EdtfInterval` supports: between two dates, and with one end open or unknown.

    Args:
        min_year: The first year in which either end may begin.
        max_year: The last year in which either end may end.
    """
    dates = _dates(min_year, max_year).filter(lambda date: not date.members)
    form = draw(st.sampled_from(["{}/{}", "{}/..", "{}/", "../{}", "/{}"]))
    # Both are always drawn: else failures would shrink to an open end, which takes fewer draws.
    first, last = draw(dates), draw(dates)
    try:
        return EdtfInterval(form.format(first, last))
    except InvalidDateError:  # it would end before it starts
        return EdtfInterval(form.format(last, first))
