"""
The parser of EDTF texts: the supported features, and the reasons why others are refused.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, NoReturn

from ..errors import InvalidDateError

Span = tuple[date, date]
"""The first and the last day of a span of time."""
QUALIFIERS = frozenset("?~%")


class Precision(StrEnum):
    """
    The smallest unit of a date that is fully given, from fine to coarse.
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_COARSENESS = {precision: rank for rank, precision in enumerate(Precision)}


class Parsed(NamedTuple):
    """
    The bounds and the precision of a date or an interval.
    """

    earliest: date | None
    latest: date | None
    precision: Precision
    spans: tuple[Span, ...] = ()
    """The spans that a date may lie in, in order: one, or of a set several. None for an interval."""


_DAY_FIRST = r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}$"
_EXPECTED_ORDER = "expected year, month and day in this order, such as 1982-06-11"
_EXPECTED_YEAR = "expected a year between 0001 and 9999"
# What people write instead, and the reason why it is refused; the first that matches counts.
_REFUSED = (
    (r"\s*$", "expected a date that isn't blank"),
    (_DAY_FIRST, _EXPECTED_ORDER),
    (
        r"[0-9]{8}$|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}$",
        "expected hyphens between year, month and day, such as 1982-06-11",
    ),
    (r".*/", "expected a single date, not an interval"),
    (r"[0-9X-]+T", "expected a date without a time of day"),
    (r"Y?[+-]?[0-9]{5,}|[+-][0-9]|Y", f"{_EXPECTED_YEAR}, written with four digits"),
    (r"[0-9]{4}-(2[1-9]|3[0-9]|4[01])[?~%]?$", "expected a month 01 to 12 (seasons aren't supported)"),
    (r"[0-9]{0,3}[?~%]?$", "expected a year of four digits"),
    (r"[0-9]{4} ?[-–] ?[0-9]{4}$", "expected a single date; one of several years is written [1972..1975]"),
    (r"[0-9]{4}-[0-9](-|$)|[0-9]{4}-[0-9]{2}-[0-9]$", "expected two digits for month and day"),
    (r"[0-9]{2}([0-9]x|xx)|[0-9]{3}0s", "expected X for each digit that isn't known, as in 194X for the 1940s"),
    (r"(?i)(ca?\.?|circa|about|around) ?[0-9]", "expected ~ after an approximate date: 1972~"),
    (r"[0-9]X|X", "expected at most the last two digits of a year unspecified (194X, 19XX)"),
    (r".*[?~%].", "expected ?, ~ or % only at the end of the date"),
)
_EXAMPLES = "expected a date such as 1940, 2023-05, 1982-06-11, 194X or 1972? (EDTF level 1)"
_SETS = "expected one of a set such as [1972,1973] or [1960..1963], without spaces (EDTF level 2)"
_INTERVALS = "expected an interval such as 2022/2029, 1967/.. or 1967/ (one year is 2016/2016)"


@lru_cache(maxsize=8192)
def parse_date(text: str) -> Parsed:
    """
    Parse a date or one of a set.

    Raises:
        InvalidDateError: It isn't one, or isn't in the calendar.
    """
    if text[:1] == "[":
        return _parse_set(text)
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            exact = date.fromisoformat(text)  # a third of the time
        except ValueError:
            pass
        else:
            return _parsed(exact, exact, Precision.DAY)
    year, *parts = (text[:-1] if text[-1:] in QUALIFIERS else text).split("-")
    if not (len(parts) <= 2 and _is_year(year) and all(map(_is_part, parts))):
        _refuse_date(text)
    month, day = (*parts, None, None)[:2]
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise InvalidDateError(text, _EXPECTED_YEAR)
    if "X" in year:
        if month is not None:
            raise InvalidDateError(text, "expected no month after a year with unspecified digits")
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        return _parsed(date(first, 1, 1), date(last, 12, 31), precision)
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise InvalidDateError(text, "expected an unspecified day (XX) after an unspecified month")
        return _parsed(date(first, 1, 1), date(first, 12, 31), Precision.YEAR)
    if not 1 <= int(month) <= 12:
        if day is None and 21 <= int(month) <= 41:
            _refuse_date(text)
        raise InvalidDateError(text, "expected a month from 01 to 12")
    days = _days_in_month(first, int(month))
    if day is None or day == "XX":
        return _parsed(date(first, int(month), 1), date(first, int(month), days), Precision.MONTH)
    if not 1 <= int(day) <= days:
        raise InvalidDateError(text, f"expected a day from 01 to {days} in {year}-{month}")
    exact = date(first, int(month), int(day))
    return _parsed(exact, exact, Precision.DAY)


def _is_year(text: str) -> bool:
    digits = text.rstrip("X")
    return len(text) == 4 and len(digits) >= 2 and digits.isascii() and digits.isdigit()


def _is_part(text: str) -> bool:
    return len(text) == 2 and (text == "XX" or (text.isascii() and text.isdigit()))


def _days_in_month(year: int, month: int) -> int:
    # `calendar.monthrange` would do, but its module takes a millisecond to import.
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _parsed(first: date, last: date, precision: Precision) -> Parsed:
    return Parsed(first, last, precision, ((first, last),))


def _refuse_date(text: str) -> NoReturn:
    for pattern, reason in _REFUSED:
        if re.match(pattern, text):
            raise InvalidDateError(text, reason)
    raise InvalidDateError(text, _EXAMPLES)


def _coarsest(parsed: Iterable[Parsed]) -> Precision:
    return max((part.precision for part in parsed), key=_COARSENESS.__getitem__)


def _parse_set(text: str) -> Parsed:
    inside, bracket, after = text[1:].partition("]")
    if bracket and after and not after.strip("?~%"):
        raise InvalidDateError(text, "expected no ?, ~ or % after a set")
    members = inside.split(",")
    if not bracket or after or set(inside) & set(" [") or not all(members):
        raise InvalidDateError(text, _SETS)
    parsed = [_parse_member(member, text) for member in members]
    spans = tuple([span for member in parsed for span in member.spans])
    if any(start <= end for (_, end), (start, _) in pairwise(spans)):
        raise InvalidDateError(text, "expected the dates of a set in ascending order, each once")
    if len(members) == 1 and ".." not in inside:
        raise InvalidDateError(text, f"expected two dates or more in a set; one is written {inside}")
    return Parsed(spans[0][0], spans[-1][1], _coarsest(parsed), spans)


def _parse_member(member: str, text: str) -> Parsed:
    """
    Parse a date of a set, or a range of dates.
    """
    ends = member.split("..", 1)
    if not all(ends):
        raise InvalidDateError(text, "expected a date at both ends of a range in a set")
    try:
        start, *_, end = parsed = [parse_date(ends[0]), parse_date(ends[-1])]
    except InvalidDateError as error:
        raise InvalidDateError(text, f"{error.reason} in a set") from None
    if {*member} & {"X", *QUALIFIERS}:
        raise InvalidDateError(text, "expected plain years, months or days in a set, without X, ?, ~ or %")
    (first, first_end), (last_start, last) = start.spans[0], end.spans[0]
    if len(ends) == 2 and (start.precision != end.precision or first_end >= last_start):
        raise InvalidDateError(text, "expected a range of two dates of one precision, the earlier first, in a set")
    return _parsed(first, last, _coarsest(parsed))


@lru_cache(maxsize=8192)
def parse_interval(text: str) -> Parsed:
    """
    Parse an interval.

    Raises:
        InvalidDateError: It isn't one, or ends before it starts.
    """
    first, slash, last = text.partition("/")
    if slash and "[" in text:
        raise InvalidDateError(text, "expected no set in an interval")
    if not slash or "/" in last:
        raise InvalidDateError(text, _EXPECTED_ORDER if re.match(_DAY_FIRST, text) else _INTERVALS)
    try:
        start, end = (parse_date(part) if part not in {"", ".."} else None for part in (first, last))
    except InvalidDateError as error:
        raise InvalidDateError(text, f"{error.reason} in an interval") from None
    if start is None and end is None:
        raise InvalidDateError(text, "expected a date at one end of the interval or both")
    earliest, latest = start and start.earliest, end and end.latest
    if earliest and latest and latest < earliest:
        raise InvalidDateError(text, "expected an interval that doesn't end before it starts")
    return Parsed(earliest, latest, _coarsest(filter(None, (start, end))))
