"""
When a tie, a network or an agreement was in force, as far as its dates tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.partnership import Partnership
from ..model.vocabulary import MilestoneKind, PartnershipStatus

__all__ = ["Record", "Span", "last_day", "span_of", "term", "year"]

Record = Partnership | CooperationNetwork


class Span(NamedTuple):
    """
    A time between two ends that are each known within bounds: first days, and the days after the last.
    """

    earliest: date
    certain_from: date
    certain_to: date
    latest: date
    before: str = ""
    """What stands before it: `?` where the start is uncertain, `~` where it is approximate."""
    after: str = ""
    """The same of its end."""
    goes_on: bool = False
    """Whether it has no end: `latest` is when it was seen last."""

    def pieces(self) -> Iterator[tuple[date, date, bool]]:
        """
        Its parts from left to right, each with whether it is certain.
        """
        if self.certain_from > self.certain_to:  # it may have ended on any day of those on which it may have begun
            yield self.earliest, self.latest, False
            return
        for start, end, certain in (
            (self.earliest, self.certain_from, False),
            (self.certain_from, self.certain_to, True),
            (self.certain_to, self.latest, False),
        ):
            if start < end:
                yield start, end, certain


def span_of(record: Record, seen_until: date) -> Span | None:
    """
    When a tie or a network was in force; `None` where its start isn't known. Without an end it goes on to *seen_until*.
    """
    until = record.until if isinstance(record, Partnership) else None
    span = _from(record.since, until, seen_until)
    if span is None or until is not None or not isinstance(record, Partnership):
        return span
    if record.status is PartnershipStatus.ENDED:
        # At a time that isn't known: not before it began, and by the day when it was seen to be over.
        over = max(span.certain_from, _after(min([seen_until, *_given_up(record)])))
        return span._replace(certain_to=span.certain_from, latest=over, goes_on=False)
    return span


def term(period: EdtfInterval, seen_until: date) -> Span | None:
    """
    The term of an agreement; `None` where its start isn't known. An end that isn't known has `?` beside it.
    """
    span = _from(period.start, period.end, seen_until)
    if span is None or period.end is not None or period.is_open:
        return span
    return span._replace(after="?", goes_on=False)


def _from(start: EdtfDate | None, end: EdtfDate | None, seen_until: date) -> Span | None:
    if start is None or start.earliest is None or start.latest is None:
        return None
    first, known = start.earliest, _after(start.latest)
    if end is None or end.earliest is None or end.latest is None:
        last = max(known, _after(seen_until))
        return Span(first, known, last, last, _qualifier(start), goes_on=True)
    # Dates that are marked may contradict each other: an end never lies before the start.
    last = max(known, _after(end.latest))
    return Span(first, known, max(first, end.earliest), last, _qualifier(start), _qualifier(end))


def _qualifier(moment: EdtfDate) -> str:
    return ("~" if moment.is_approximate else "") + ("?" if moment.is_uncertain else "")


def _given_up(partnership: Partnership) -> list[date]:
    """
    The last days by which a tie that is ended had ended.
    """
    ended = [milestone.date for milestone in partnership.milestones if milestone.kind is MilestoneKind.ENDED]
    return [day.latest for day in (*ended, partnership.status_since) if day is not None and day.latest is not None]


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def last_day(records: Iterable[Record]) -> date | None:
    """
    The last day that any of the records names.
    """
    days = [
        day
        for record in records
        for moment in _moments(record)
        if moment is not None and (day := moment.latest or moment.earliest) is not None
    ]
    return max(days, default=None)


def _moments(record: Record) -> Iterator[EdtfDate | EdtfInterval | None]:
    yield record.since
    if isinstance(record, Partnership):
        yield record.until
        yield record.status_since
    yield from (agreement.period for agreement in record.agreements)
    yield from (milestone.date for milestone in record.milestones)


def year(day: date) -> float:
    """
    A day as a place on a scale of years, where no time zone can move it.

    >>> from datetime import date
    >>> year(date(1980, 7, 2))
    1980.5
    """
    first = date(day.year, 1, 1).toordinal()
    days = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return round(day.year + (day.toordinal() - first) / days, 3)
