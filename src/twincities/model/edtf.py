"""
Dates as far as they are known: ISO 8601-2 / EDTF, level 0 and the parts of levels 1 and 2 that twinnings need.

Supported are year, month and day (`1940`, `2023-05`, `1982-06-11`), the qualifiers `?` uncertain, `~` approximate and
`%` both at the end (`1972?`), unspecified digits from the right (`194X`, `19XX`, `2004-XX`, `1985-04-XX`,
`1985-XX-XX`), one of a set (`[1972,1973]`, `[1960..1963]`), and intervals (`2022/2029`) with open (`1967/..`) or unknown
ends (`1967/`). Years run from 0001 to 9999. Specification: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import total_ordering
from typing import Any, ClassVar, NoReturn

from ..errors import InvalidDateError
from .edtf_parser import QUALIFIERS, Parsed, Precision, Span, parse_date, parse_interval

__all__ = ["EdtfDate", "EdtfInterval", "Precision"]

_OPEN = ".."


@total_ordering
class _Edtf:
    """
    The base of dates and intervals: immutable texts with two bounds, compared by text and sorted by bounds.
    """

    __slots__ = ("_parsed", "_text")
    _parsed: Parsed
    _text: str
    _noun: ClassVar[str]
    _parse: ClassVar[staticmethod[[str], Parsed]]

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InvalidDateError(text, f"expected {self._noun} as text")
        object.__setattr__(self, "_parsed", self._parse(text))
        object.__setattr__(self, "_text", text)

    @property
    def earliest(self) -> date | None:
        """
        The first day that the text allows as written; `None` if the start is open or unknown.
        """
        return self._parsed.earliest

    @property
    def latest(self) -> date | None:
        """
        The last day that the text allows as written; `None` if the end is open or unknown.
        """
        return self._parsed.latest

    @property
    def precision(self) -> Precision:
        """
        The smallest unit that is fully given, of an interval the coarser of its ends': a year for `1985-XX-XX`.
        """
        return self._parsed.precision

    def is_before(self, other: EdtfDate | EdtfInterval | None) -> bool:
        """
        True if this certainly ends before *other* begins. A bound that is missing, open, unknown or qualified decides
        nothing.

        >>> EdtfDate("197X").is_before(EdtfDate("1980")), EdtfDate("1971?").is_before(EdtfDate("1980"))
        (True, False)

        Raises:
            InvalidDateError: *other* isn't an `EdtfDate` or an `EdtfInterval`.
        """
        if other is None:
            return False
        latest, earliest = _certain_bounds(self)[1], _certain_bounds(other)[0]
        return latest is not None and earliest is not None and latest < earliest

    def is_within(self, other: EdtfDate | EdtfInterval) -> bool:
        """
        True if *other* allows every day that this allows, and this is no less certain than *other*.

        A qualified *other* counts as written: `1972-05` is within `1972?`. An interval is never within a date.

        >>> EdtfDate("1972-05").is_within(EdtfDate("197X")), EdtfDate("1972?").is_within(EdtfDate("197X"))
        (True, False)

        Raises:
            InvalidDateError: *other* isn't an `EdtfDate` or an `EdtfInterval`.
        """
        if self == other:
            return True
        if isinstance(other, EdtfDate):
            return (
                isinstance(self, EdtfDate)
                and (self.is_certain or str(self)[-1] == str(other)[-1])
                and all(_is_covered(span, other.possibilities) for span in self.possibilities)
            )
        (first, last), (low, high) = _certain_bounds(self), _certain_bounds(other)
        start, _, end = str(other).partition("/")
        starts_within = start == _OPEN or (first is not None and low is not None and low <= first)
        return starts_within and (end == _OPEN or (last is not None and high is not None and last <= high))

    @property
    def sort_key(self) -> tuple[bool, int, int, str]:
        """
        The key for sorting: the earlier start first, then the longer span, then by text; an unknown start comes last.

        This order says nothing about certainty: `194X` sorts before `1940` and may still be later.
        """
        earliest, latest = self.earliest, self.latest
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
    A date as far as it is known: `1940`, `2023-05`, `1982-06-11`, `194X`, `1972?`, `1965~`, or one of several dates:
    `[1972,1973]`, `[1960..1963]`.

    >>> EdtfDate("194X").earliest, EdtfDate("194X").latest
    (datetime.date(1940, 1, 1), datetime.date(1949, 12, 31))

    Raises:
        InvalidDateError: The text isn't a supported date, or isn't in the calendar.
    """

    __slots__ = ()
    _noun = "a date"
    _parse = staticmethod(parse_date)

    @property
    def possibilities(self) -> tuple[tuple[date, date], ...]:
        """
        The spans of time that the text allows as written, in order: the first and the last day of each.
        """
        return self._parsed.spans

    @property
    def year(self) -> int | None:
        """
        The year, or `None` if digits of it are unspecified (`194X`), or a set has several.
        """
        first, last = self._parsed.spans[0][0].year, self._parsed.spans[-1][1].year
        return first if first == last else None

    @property
    def members(self) -> tuple[EdtfDate | tuple[EdtfDate, EdtfDate], ...]:
        """
        The dates of a set, and for a range in it the first and the last date; empty if this isn't a set.

        >>> EdtfDate("[1972,1980..1983]").members
        (EdtfDate('1972'), (EdtfDate('1980'), EdtfDate('1983')))
        """
        if self._text[0] != "[":
            return ()
        ranges = [member.partition("..") for member in self._text[1:-1].split(",")]
        return tuple([(EdtfDate(first), EdtfDate(last)) if last else EdtfDate(first) for first, _, last in ranges])

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
        True if the date has no qualifier: its bounds hold.
        """
        return self._text[-1] not in QUALIFIERS


class EdtfInterval(_Edtf):
    """
    A period as far as it is known: `2022/2029`, `1967/..` (no end), `1967/` (end unknown).

    >>> EdtfInterval("2022/2029").latest
    datetime.date(2029, 12, 31)

    Raises:
        InvalidDateError: The text isn't an interval of supported dates, or ends before it starts.
    """

    __slots__ = ()
    _noun = "an interval"
    _parse = staticmethod(parse_interval)

    @property
    def start(self) -> EdtfDate | None:
        """
        The start, or `None` if it is open (`..`) or unknown.
        """
        return self._end(0)

    @property
    def end(self) -> EdtfDate | None:
        """
        The end, or `None` if it is open (`..`) or unknown.
        """
        return self._end(1)

    @property
    def is_open(self) -> bool:
        """
        True if an end is open (`..`): stated to have no bound, rather than not known.
        """
        return _OPEN in self._text.split("/")

    def _end(self, index: int) -> EdtfDate | None:
        text = self._text.split("/")[index]
        return None if text in {"", _OPEN} else EdtfDate(text)


def _certain_bounds(value: _Edtf) -> tuple[date | None, date | None]:
    """
    The first and the last day; `None` for a bound that is open, unknown or qualified.
    """
    if not isinstance(value, _Edtf):
        raise InvalidDateError(value, "expected an EdtfDate or an EdtfInterval")
    start, slash, end = str(value).partition("/")
    return (
        None if start[-1:] in QUALIFIERS else value.earliest,
        None if (end if slash else start)[-1:] in QUALIFIERS else value.latest,
    )


def _is_covered(span: Span, by: tuple[Span, ...]) -> bool:
    """
    True if every day of *span* is in one of the spans *by*, which are in order.
    """
    first, last = span
    for low, high in by:
        if low <= first <= high:
            if last <= high:
                return True
            first = high + timedelta(days=1)
    return False
