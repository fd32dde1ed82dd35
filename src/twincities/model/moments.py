"""
Dates and intervals of what callers give: text, years as numbers, dates of other libraries.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from ..errors import InvalidDateError
from .converters import is_whole
from .edtf import EdtfDate, EdtfInterval

Moment = EdtfDate | EdtfInterval | date | str | int
"""A time to ask about: `"1985"`, `1985`, `"2022/2029"`, a date."""
T = TypeVar("T")
R = TypeVar("R")


def to_date(value: EdtfDate | date | str | int | None) -> EdtfDate | None:
    """
    *value* as a date. Text is parsed; a whole number is a year; a `datetime.date`, a `datetime` or a pandas `Timestamp`
    is its day; `None` stays.
    """
    if value is None or isinstance(value, EdtfDate):
        return value
    if isinstance(value, date):
        return EdtfDate(value.isoformat()[:10])
    if not isinstance(value, str) and is_whole(value):
        if not 1 <= value <= 9999:
            raise InvalidDateError(int(value), "expected a year between 0001 and 9999")
        return EdtfDate(f"{int(value):04d}")
    return EdtfDate(value)  # type: ignore[arg-type]  # which refuses anything but text


def to_interval(value: EdtfInterval | str | None) -> EdtfInterval | None:
    """
    *value* as an interval: text is parsed, `None` stays.
    """
    return value if value is None or isinstance(value, EdtfInterval) else EdtfInterval(value)


def moment(value: Moment) -> EdtfDate | EdtfInterval:
    """
    The time that a question is about: a date or an interval, as text or object, or a year as a number.

    Raises:
        InvalidDateError: *value* is none of these.
    """
    if isinstance(value, EdtfInterval):
        return value
    if isinstance(value, str) and "/" in value:
        return EdtfInterval(value)
    is_time = isinstance(value, (EdtfDate, date, str)) or is_whole(value)
    result = to_date(value) if is_time else None
    if result is None:
        raise InvalidDateError(value, "expected a date, an interval or a year")
    return result


def as_argument(read: Callable[[T], R], value: T, name: str) -> R:
    """
    The date or interval that *read* makes of *value*; *name* is that of the argument, such as `on=`.

    Raises:
        InvalidDateError: *read* refuses *value*; the message names the argument.
    """
    try:
        return read(value)
    except InvalidDateError as error:
        raise InvalidDateError(error.text, error.reason, name) from None
