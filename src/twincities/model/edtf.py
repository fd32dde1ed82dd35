"""
Dates as they are known: ISO 8601-2 / EDTF, level 0 and the parts of levels 1 and 2 that twinnings need.

Supported, and nothing else: year, month and day (`1940`, `2023-05`, `1982-06-11`), the qualifiers `?` uncertain,
`~` approximate and `%` both at the end (`1972?`), unspecified digits from the right (`194X`, `19XX`, `2004-XX`,
`1985-04-XX`, `1985-XX-XX`), one of a set (`[1972,1973]`, `[1960..1963]`), intervals of two dates that aren't sets
(`2022/2029`), open ends (`1967/..`) and unknown ends (`1967/`). Years run from 0001 to 9999. Source: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from numbers import Integral
from typing import Any, NamedTuple, NoReturn

from ..errors import InvalidDateError

__all__ = ["EdtfDate", "EdtfInterval", "Precision", "moment", "to_date", "to_interval"]


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


class _Parsed(NamedTuple):
    earliest: date | None
    latest: date | None
    precision: Precision | None
    possibilities: tuple[tuple[date, date], ...] = ()
    """Of a set what it allows; of other dates the time from the earliest to the latest day."""


_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"[?~%]?"
)
_OTHER_ORDER = r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}$"
_ORDER = "expected year, month and day in this order: 1982-06-11"
# What people write instead, and why it is refused: the first that matches gives the reason.
_REFUSED = (
    (r"\s*$", "expected a date, got blank text"),
    (_OTHER_ORDER, _ORDER),
    (r".*/", "expected a date, which has no '/' (an interval does)"),
    (r"[0-9X-]+T", "expected a date without a time of day"),
    (r"Y?[+-]?[0-9]{5,}|[+-][0-9]|Y", "expected a year between 0001 and 9999, written with four digits"),
    (r"[0-9]{4}-(2[1-9]|3[0-9]|4[01])[?~%]?$", "expected a month 01 to 12 (seasons aren't supported)"),
    (r"[0-9]{0,3}[?~%]?$", "expected a year of four digits"),
    (r"[0-9]{4}-[0-9](-|$)|[0-9]{4}-[0-9]{2}-[0-9]$", "expected two digits for month and day"),
    (r"[0-9]X|X", "expected at most the last two digits of a year unspecified (194X, 19XX)"),
    (r".*[?~%].", "expected ?, ~ or % at the end of the whole date alone"),
)
_EXAMPLES = "expected a date such as 1940, 2023-05, 1982-06-11, 194X or 1972? (EDTF level 1)"
_SETS = "expected one of a set such as [1972,1973] or [1960..1963], without spaces (EDTF level 2)"


def _refuse_date(text: str) -> NoReturn:
    for pattern, reason in _REFUSED:
        if re.match(pattern, text):
            raise InvalidDateError(text, reason)
    raise InvalidDateError(text, _EXAMPLES)


@lru_cache(maxsize=8192)
def _parse_date(text: str) -> _Parsed:
    if text[:1] == "[":
        return _parse_set(text)
    match = _DATE.fullmatch(text)
    if match is None:
        _refuse_date(text)
    year, month, day = match["year"], match["month"], match["day"]
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise InvalidDateError(text, "expected a year between 0001 and 9999")
    if "X" in year:
        if month is not None:
            raise InvalidDateError(text, "expected no month after a year with unspecified digits")
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        return _Parsed(date(first, 1, 1), date(last, 12, 31), precision)
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise InvalidDateError(text, "expected an unspecified day (XX) after an unspecified month")
        return _Parsed(date(first, 1, 1), date(first, 12, 31), Precision.YEAR)
    if not 1 <= int(month) <= 12:
        _refuse_date(text) if 21 <= int(month) <= 41 and day is None else None
        raise InvalidDateError(text, "expected a month from 01 to 12")
    days = _days_of(first, int(month))
    if day is None or day == "XX":
        return _Parsed(date(first, int(month), 1), date(first, int(month), days), Precision.MONTH)
    if not 1 <= int(day) <= days:
        raise InvalidDateError(text, f"expected a day from 01 to {days} in {year}-{month}")
    exact = date(first, int(month), int(day))
    return _Parsed(exact, exact, Precision.DAY)


def _parse_set(text: str) -> _Parsed:
    """
    One of several dates: years, months, days or ranges of them, in the order of time.
    """
    inside, bracket, after = text[1:].partition("]")
    if bracket and after and not after.strip("?~%"):
        raise InvalidDateError(text, "expected no ?, ~ or % at a set")
    members = inside.split(",")
    if not bracket or after or set(inside) & set(" [") or not all(members):
        raise InvalidDateError(text, _SETS)
    parsed = [_parse_member(member, text) for member in members]
    spans = [(first, last) for first, last, *_ in parsed if first and last]
    if any(after_first <= last for (_, last), (after_first, _) in pairwise(spans)):
        raise InvalidDateError(text, "expected the dates of a set in the order of time, each once")
    if len(members) == 1 and ".." not in inside:
        raise InvalidDateError(text, f"expected two dates or more in a set; one is written {inside}")
    coarsest = max((member.precision for member in parsed if member.precision), key=_COARSENESS.__getitem__)
    return _Parsed(spans[0][0], spans[-1][1], coarsest, tuple(spans))


def _parse_member(member: str, text: str) -> _Parsed:
    first, dots, last = member.partition("..")
    if dots and not (first and last):
        raise InvalidDateError(text, "expected a date at both ends of a range in a set")
    try:
        ends = [_parse_date(end) for end in ([first, last] if dots else [first])]
    except InvalidDateError as error:
        raise InvalidDateError(text, f"{error.reason} in a set") from None
    if not all(re.fullmatch("[0-9-]+", end) for end in (first, last or first)):
        raise InvalidDateError(text, "expected plain years, months or days in a set, without X, ?, ~ or %")
    start, end = ends[0], ends[-1]
    if dots and (start.precision != end.precision or not start.latest < end.earliest):  # type: ignore[operator]
        reason = "expected a range of two dates of one precision, the earlier first, in a set"
        raise InvalidDateError(text, reason)
    return _Parsed(start.earliest, end.latest, start.precision)


def _days_of(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


@lru_cache(maxsize=8192)
def _parse_interval(text: str) -> _Parsed:
    first, slash, last = text.partition("/")
    if slash and "[" in text:
        raise InvalidDateError(text, "expected no set at an end of an interval")
    if not slash or "/" in last:
        reason = "expected an interval such as 2022/2029, 1967/.. or 1967/ (one year is 2016/2016)"
        raise InvalidDateError(text, _ORDER if re.match(_OTHER_ORDER, text) else reason)
    try:
        start, end = (_parse_date(part) if part not in {"", ".."} else None for part in (first, last))
    except InvalidDateError as error:
        raise InvalidDateError(text, f"{error.reason} at both ends of an interval") from None
    if start is None and end is None:
        raise InvalidDateError(text, "expected a date at one end of the interval at least")
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        raise InvalidDateError(text, "expected an interval that doesn't end before it starts")
    known = [end.precision for end in (start, end) if end is not None and end.precision is not None]
    return _Parsed(
        start.earliest if start else None,
        end.latest if end else None,
        max(known, key=_COARSENESS.__getitem__),
    )


_QUALIFIERS = frozenset("?~%")


class _Edtf:
    """
    The base of dates and intervals: a text with two bounds, compared by text and sorted by bounds.
    """

    __slots__ = ("_parsed", "_text")
    _parsed: _Parsed
    _text: str

    @property
    def earliest(self) -> date | None:
        """
        The first day that the text allows as written; `None` where the start is open or unknown.
        """
        return self._parsed.earliest

    @property
    def latest(self) -> date | None:
        """
        The last day that the text allows as written; `None` where the end is open or unknown.
        """
        return self._parsed.latest

    def is_before(self, other: EdtfDate | EdtfInterval | None) -> bool:
        """
        True if this surely ends before *other* begins: a bound that is missing, open, unknown or marked decides
        nothing.

        >>> EdtfDate("197X").is_before(EdtfDate("1980")), EdtfDate("1971?").is_before(EdtfDate("1980"))
        (True, False)
        """
        if other is None:
            return False
        latest, earliest = _settled(self)[1], _settled(other)[0]
        return latest is not None and earliest is not None and latest < earliest

    def is_within(self, other: EdtfDate | EdtfInterval) -> bool:
        """
        True if *other* allows every day that this allows, and this isn't in doubt where *other* isn't.

        Marks at a date count as written: `1972-05` is within `1972?`, which says less. A time that lasts is never within a
        date.

        >>> EdtfDate("1972-05").is_within(EdtfDate("197X")), EdtfDate("1972?").is_within(EdtfDate("197X"))
        (True, False)
        """
        if self == other:
            return True
        if isinstance(other, EdtfDate):
            return (
                isinstance(self, EdtfDate)
                and (self.is_certain or str(self)[-1] == str(other)[-1])
                and all(_is_covered(first, last, other.possibilities) for first, last in self.possibilities)
            )
        (first, last), (low, high) = _settled(self), _settled(other)
        start, _, end = str(other).partition("/")
        begins = start == ".." or (first is not None and low is not None and low <= first)
        return begins and (end == ".." or (last is not None and high is not None and last <= high))

    @property
    def sort_key(self) -> tuple[bool, int, int, str]:
        """
        Earliest first, then the wider, then by text; an unknown earliest day comes last.

        This order is for sorting, not for certainty: `194X` sorts before `1940` and may still be later.
        """
        earliest, latest, *_ = self._parsed
        return (
            earliest is None,
            earliest.toordinal() if earliest else 0,
            -latest.toordinal() if latest else -(date.max.toordinal() + 1),
            self._text,
        )

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, _Edtf) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __lt__(self, other: _Edtf) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, _Edtf) else NotImplemented

    def __le__(self, other: _Edtf) -> bool:
        return self.sort_key <= other.sort_key if isinstance(other, _Edtf) else NotImplemented

    def __gt__(self, other: _Edtf) -> bool:
        return self.sort_key > other.sort_key if isinstance(other, _Edtf) else NotImplemented

    def __ge__(self, other: _Edtf) -> bool:
        return self.sort_key >= other.sort_key if isinstance(other, _Edtf) else NotImplemented

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: object) -> Any:
        return self

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self._text,)


class EdtfDate(_Edtf):
    """
    A date as known: `1940`, `2023-05`, `1982-06-11`, `194X`, `1972?`, `1965~`, and one of several: `[1972,1973]`,
    `[1960..1963]`.

    >>> EdtfDate("194X").earliest, EdtfDate("194X").latest
    (datetime.date(1940, 1, 1), datetime.date(1949, 12, 31))

    Raises:
        InvalidDateError: The text isn't a date of the supported features, or not in the calendar.
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InvalidDateError(text, "expected a date as text")
        object.__setattr__(self, "_parsed", _parse_date(text))
        object.__setattr__(self, "_text", text)

    @property
    def precision(self) -> Precision:
        """
        The smallest unit that is fully given: `1985-XX-XX` has the precision of a year.
        """
        assert self._parsed.precision is not None
        return self._parsed.precision

    @property
    def possibilities(self) -> tuple[tuple[date, date], ...]:
        """
        The first and the last day of each time that the text allows as written, in order.
        """
        earliest, latest, _, possibilities = self._parsed
        assert earliest is not None  # a date has both bounds
        assert latest is not None
        return possibilities or ((earliest, latest),)

    @property
    def year(self) -> int | None:
        """
        The year, or `None` where its digits are unspecified (`194X`), or a set has several.
        """
        earliest, latest, *_ = self._parsed
        assert earliest is not None  # a date has both bounds
        assert latest is not None
        return earliest.year if earliest.year == latest.year else None

    @property
    def members(self) -> tuple[EdtfDate | tuple[EdtfDate, EdtfDate], ...]:
        """
        The dates of a set, of a range in it the first and the last; none where this isn't a set.

        >>> EdtfDate("[1972,1980..1983]").members
        (EdtfDate('1972'), (EdtfDate('1980'), EdtfDate('1983')))
        """
        if self._text[0] != "[":
            return ()
        parts = [member.partition("..") for member in self._text[1:-1].split(",")]
        return tuple([(EdtfDate(a), EdtfDate(b)) if b else EdtfDate(a) for a, _, b in parts])

    @property
    def is_uncertain(self) -> bool:
        """
        True if the date is marked `?` or `%`: its source isn't sure.
        """
        return self._text[-1] in "?%"

    @property
    def is_approximate(self) -> bool:
        """
        True if the date is marked `~` or `%`: it is about then.
        """
        return self._text[-1] in "~%"

    @property
    def is_certain(self) -> bool:
        """
        True if nothing qualifies the date: its bounds hold.
        """
        return self._text[-1] not in _QUALIFIERS


class EdtfInterval(_Edtf):
    """
    A period as known: `2022/2029`, `1967/..` (goes on), `1967/` (end unknown).

    >>> EdtfInterval("2022/2029").latest
    datetime.date(2029, 12, 31)

    Raises:
        InvalidDateError: The text isn't an interval of two supported dates, or ends before it starts.
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InvalidDateError(text, "expected an interval as text")
        object.__setattr__(self, "_parsed", _parse_interval(text))
        object.__setattr__(self, "_text", text)

    @property
    def precision(self) -> Precision:
        """
        The coarser of the precisions of its ends.
        """
        assert self._parsed.precision is not None
        return self._parsed.precision

    @property
    def start(self) -> EdtfDate | None:
        """
        The start, or `None` where it is open (`..`) or unknown.
        """
        return self._end(0)

    @property
    def end(self) -> EdtfDate | None:
        """
        The end, or `None` where it is open (`..`) or unknown.
        """
        return self._end(1)

    @property
    def is_open(self) -> bool:
        """
        True if an end is open (`..`): stated to have no bound, which is more than not known.
        """
        return ".." in self._text.split("/")

    def _end(self, index: int) -> EdtfDate | None:
        text = self._text.split("/")[index]
        return None if text in {"", ".."} else EdtfDate(text)


def _settled(moment: _Edtf) -> tuple[date | None, date | None]:
    """
    The first and the last day, `None` where a bound is open, unknown or marked.
    """
    start, slash, end = str(moment).partition("/")
    return (
        None if start[-1:] in _QUALIFIERS else moment.earliest,
        None if (end if slash else start)[-1:] in _QUALIFIERS else moment.latest,
    )


def _is_covered(first: date, last: date, possibilities: tuple[tuple[date, date], ...]) -> bool:
    """
    True if every day from *first* to *last* is in one of *possibilities*, which are in order.
    """
    for low, high in possibilities:
        if low <= first <= high:
            if last <= high:
                return True
            first = high + timedelta(days=1)
    return False


# -- converters ------------------------------------------------------------------------------------


def to_date(value: EdtfDate | date | str | int | None) -> EdtfDate | None:
    """
    *value* as a date: a text is parsed, a whole number taken as a year, a `datetime.date`, a `datetime` or a pandas
    `Timestamp` to its day, `None` kept.
    """
    if value is None or isinstance(value, EdtfDate):
        return value
    if isinstance(value, date):
        return EdtfDate(value.isoformat()[:10])
    if isinstance(value, Integral) and not isinstance(value, bool):  # an int, or one of numpy's
        if not 1 <= value <= 9999:
            raise InvalidDateError(int(value), "expected a year between 0001 and 9999")
        return EdtfDate(f"{int(value):04d}")
    return EdtfDate(value)  # type: ignore[arg-type]  # anything but text is refused there


def to_interval(value: EdtfInterval | str | None) -> EdtfInterval | None:
    """
    *value* as an interval: a text is parsed, `None` kept.
    """
    return value if value is None or isinstance(value, EdtfInterval) else EdtfInterval(value)


def moment(value: EdtfDate | EdtfInterval | date | str | int) -> EdtfDate | EdtfInterval:
    """
    The time that a question is about: a date or an interval, as text or object, or a year as a number.

    Raises:
        InvalidDateError: *value* is none of these.
    """
    if isinstance(value, EdtfInterval):
        return value
    if isinstance(value, str) and "/" in value:
        return EdtfInterval(value)
    is_time = isinstance(value, (EdtfDate, date, str, Integral)) and not isinstance(value, bool)
    result = to_date(value) if is_time else None
    if result is None:
        raise InvalidDateError(value, "expected a date, an interval or a year")
    return result
