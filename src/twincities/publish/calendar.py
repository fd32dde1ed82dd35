"""
A calendar of anniversaries and expiring agreements, as iCalendar (RFC 5545).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from .._files import with_ending, write_atomically
from .._optional import require
from ..display.ties import agreement_text, named
from ..display.values import date_in
from ..display.words import word
from ..errors import QueryError, printable
from ..model.arguments import as_items, as_record, as_whole_number
from ..model.city import City
from ..model.cooperation import CooperationNetwork, members_of
from ..model.edtf import EdtfDate, Precision
from ..model.partnership import Partnership
from ..query.jubilees import anniversaries_of, expiries_of
from ..query.whole import Whole, as_whole
from .lists import city_title

_EPOCH = date(1970, 1, 1)  # the date of a data set without as_of


class _Event(NamedTuple):
    """
    An all-day event: the key of its UID, its day and its texts.
    """

    key: str
    day: date
    title: str
    about: str
    url: str | None = None


def years_of(years: Iterable[int] | None, whole: Whole) -> list[int]:
    """
    The given years, in order; by default six from the date of a data set, none if it has no date.

    Raises:
        QueryError: *years* aren't years from 1 to 9999.
    """
    if years is None:
        first = _date_of(whole)
        return [] if first is None else list(range(first.year, min(first.year + 6, 10_000)))
    numbers: Iterable[Any] = as_items(years, object, "years as years=")  # of Python or numpy
    return sorted({as_whole_number(year, "years=", 1, 9999) for year in numbers})


def _date_of(whole: Whole) -> date | None:
    return None if whole.as_of is None else whole.as_of.earliest


def calendar_bytes(
    whole: Whole,
    city: City | None = None,
    *,
    years: Iterable[int] | None = None,
    lang: str = "en",
    every: int = 5,
    alarm: int | None = 30,
) -> bytes:
    """
    The anniversaries and expiring agreements of some years as a calendar of all-day events.

    An event has the same UID in a calendar made from newer data or in another language. Equal data and arguments give equal
    bytes: the time stamp is the date of the data set. If only the month or year is known, an anniversary is on its first
    day and the end of an agreement on its last, and the text says so.

    Args:
        whole: The data set.
        city: Only the dates of this city; by default all.
        years: Years from 1 to 9999; by default six from the date of the data set.
        lang: The language of the texts.
        every: Anniversaries are multiples of this number of years.
        alarm: The days between an alarm and its event; `None` for no alarm.

    Raises:
        QueryError: *years* is missing and the data set has no date, a number is out of range, or an argument is of another
            type.
        MissingDependencyError: icalendar isn't installed.
    """
    icalendar = require("icalendar", extra="calendar")
    chosen = years_of(years, as_whole(whole))
    if years is None and not chosen:
        raise QueryError("expected years= for a data set without as_of")
    every = as_whole_number(every, "every=", 1, 9999)
    alarm = None if alarm is None else as_whole_number(alarm, "alarm=", 0, 9999)
    if city is not None:
        as_record(city, City, "city=")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//twincities//twincities//EN")
    calendar.add("version", "2.0")
    name = city_title(city, lang) if city is not None else printable(whole.title or whole.id or word("ties", lang))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    stamp = _date_of(whole) or _EPOCH
    for event in sorted(_events(whole, city, chosen, lang, every), key=lambda event: (event.day, event.key)):
        calendar.add_component(_component(icalendar, event, whole, stamp, alarm))
    return bytes(calendar.to_ical())


def write_calendar(path: str | os.PathLike[str], data: bytes) -> None:
    """
    Write a calendar to a file, which is replaced whole.

    Raises:
        QueryError: The file name doesn't end in `.ics`.
        OSError: The file can't be written.
    """
    write_atomically(with_ending(path, ".ics"), [data])


def _component(icalendar: Any, event: _Event, whole: Whole, stamp: date, alarm: int | None) -> Any:
    """
    An event of icalendar.
    """
    made = icalendar.Event()
    made.add("uid", str(uuid5(NAMESPACE_URL, f"twincities:{whole.id or ''}/{event.key}")))
    made.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    made.add("dtstart", event.day)
    if event.day < date.max:
        made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.title)
    if event.about:
        made.add("description", event.about)
    if event.url is not None:
        made.add("url", event.url)
    made.add("transp", "TRANSPARENT")  # it makes nobody busy
    if alarm is not None:
        bell = icalendar.Alarm()
        bell.add("action", "DISPLAY")
        bell.add("trigger", timedelta(days=-alarm))
        bell.add("description", event.title)
        made.add_component(bell)
    return made


def _events(whole: Whole, city: City | None, years: list[int], lang: str, every: int) -> Iterator[_Event]:
    here = None if city is None else city.id
    for year in years:
        for jubilee in anniversaries_of(whole, year, every, here):
            day, unknown = _in_year(jubilee.since, year)
            title = word("jubilee", lang).format(named(jubilee.record, jubilee.cities, lang), jubilee.years)
            since = f"{word('since', lang)}: {date_in(jubilee.since, lang)}"
            description = f"{since}\n{word('day not known', lang)}" if unknown else since
            key = f"anniversary/{_key(jubilee.record)}/{year}"
            yield _Event(key, day, printable(title), description)
    seen: dict[str, int] = {}
    for expiry in expiries_of(whole, None, None, here):
        last = expiry.ends.latest
        if last is None or last.year not in years:
            continue
        name = agreement_text(expiry.agreement, lang)
        title = word("agreement ends", lang).format(named(expiry.record, expiry.cities, lang), name)
        key = f"agreement/{_key(expiry.record)}/{expiry.agreement.period}"
        seen[key] = number = seen.get(key, 0) + 1  # two agreements of a pair may have the same period
        about = "" if expiry.ends.is_certain and expiry.ends.earliest == last else word("day not known", lang)
        yield _Event(f"{key}/{number}", last, printable(title), about, expiry.agreement.url)


def _in_year(since: EdtfDate, year: int) -> tuple[date, bool]:
    """
    The day of an anniversary, and whether the exact day is unknown.
    """
    first = since.earliest
    if first is None or since.precision not in (Precision.DAY, Precision.MONTH):
        return date(year, 1, 1), True
    if since.precision is Precision.MONTH:
        return date(year, first.month, 1), True
    is_leap_day = (first.month, first.day) == (2, 29)
    return date(year, first.month, 28 if is_leap_day else first.day), first != since.latest


def _key(record: Partnership | CooperationNetwork) -> str:
    return record.id if isinstance(record, CooperationNetwork) else " ".join(members_of(record))
