"""
Lives of ties: what was in force at a time, and the spans that a timeline draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.partnership import Partnership
from ..model.parts import Milestone
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage

__all__ = ["Record", "Span", "in_force", "last_day", "span_of", "term"]

Record = Partnership | CooperationNetwork

_NEVER, _ALWAYS = float("-inf"), float("inf")
# A milestone of these kinds says that the tie existed by then, whenever it began.
_ATTESTING = {
    MilestoneKind.ATTESTED,
    MilestoneKind.SIGNED,
    MilestoneKind.RENEWED,
    MilestoneKind.REACTIVATED,
    MilestoneKind.RESUMED,
}


def _day(day: date | None, unknown: float) -> float:
    return unknown if day is None else day.toordinal()


def _bounds(moment: EdtfDate | None) -> tuple[float, float] | None:
    """
    The first and last day of a date that is certain; a qualified date decides nothing.
    """
    if moment is None or not moment.is_certain:
        return None
    return _day(moment.earliest, _NEVER), _day(moment.latest, _ALWAYS)


def _attested(milestones: tuple[Milestone, ...]) -> list[tuple[float, float]]:
    return [
        bounds
        for milestone in milestones
        if milestone.kind in _ATTESTING
        and milestone.stage is not Stage.PLANNED
        and (bounds := _bounds(milestone.date)) is not None
    ]


def _given_up(partnership: Partnership) -> list[float]:
    """
    The last days by which a tie that is ended had ended.
    """
    ends = [_bounds(milestone.date) for milestone in partnership.milestones if milestone.kind is MilestoneKind.ENDED]
    return [_ALWAYS, *(bounds[1] for bounds in (*ends, _bounds(partnership.status_since)) if bounds is not None)]


def in_force(partnership: Partnership, as_of: EdtfDate | None, on: EdtfDate | EdtfInterval) -> bool | None:
    """
    True if *partnership* was in force at some time of *on*: `True`, `False`, or `None` where it can't be known.

    Without `until`, a tie that isn't ended goes on; suspended and dormant ties are in force. An unknown or imprecise
    start is bounded by the milestones that attest the tie and, unless the tie is ended, by the last day of *as_of*, when
    it was listed. Dates of the tie that are marked `?`, `~` or `%` decide nothing.
    """
    ended = partnership.status is PartnershipStatus.ENDED
    attested = _attested(partnership.milestones)
    listed_by = _day(as_of.latest, _ALWAYS) if as_of is not None else _ALWAYS

    starts = _bounds(partnership.since) or (_NEVER, _ALWAYS)
    # What is dated before a start that is known doesn't pull it forward: a treaty is signed before it takes effect.
    told_by = [last for last in (*(last for _, last in attested), _ALWAYS if ended else listed_by) if last >= starts[0]]
    latest_start = min([starts[1], *told_by])

    ends = _bounds(partnership.until)
    if ends is None and partnership.until is None and not ended:
        ends = _ALWAYS, _ALWAYS
    if ends is None:
        known = max((first for first, _ in attested), default=_NEVER)
        latest_end = min(*_given_up(partnership), listed_by) if ended else _ALWAYS
        ends = max(known, starts[0]), latest_end
    else:
        ends = max(ends[0], starts[0]), ends[1]
        latest_start = min(latest_start, ends[1])

    first, last = _day(on.earliest, _NEVER), _day(on.latest, _ALWAYS)
    # Of a time with an unknown end only the known one is sure to belong to it.
    surely_first = last if str(on).startswith("/") else first
    surely_last = first if str(on).endswith("/") else last
    if latest_start <= surely_last and ends[0] >= surely_first and latest_start < _ALWAYS and ends[0] > _NEVER:
        return True
    return False if starts[0] > last or ends[1] < first else None


# -- spans, from which a timeline draws -------------------------------------------------------------


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
    span = _between(record.since, until, seen_until)
    if span is None or until is not None or not isinstance(record, Partnership):
        return span
    if record.status is PartnershipStatus.ENDED:
        # At a time that isn't known: not before it began, and by the day when it was seen to be over.
        over = max(span.certain_from, _after(min([seen_until, *_given_up_by(record)])))
        return span._replace(certain_to=span.certain_from, latest=over, goes_on=False)
    return span


def term(period: EdtfInterval, seen_until: date) -> Span | None:
    """
    The term of an agreement; `None` where its start isn't known. An end that isn't known has `?` beside it.
    """
    span = _between(period.start, period.end, seen_until)
    if span is None or period.end is not None or period.is_open:
        return span
    return span._replace(after="?", goes_on=False)


def _between(start: EdtfDate | None, end: EdtfDate | None, seen_until: date) -> Span | None:
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


def _given_up_by(partnership: Partnership) -> list[date]:
    """
    The last days by which a tie that is ended had ended, marks of dates aside.
    """
    ended = [milestone.date for milestone in partnership.milestones if milestone.kind is MilestoneKind.ENDED]
    return [day.latest for day in (*ended, partnership.status_since) if day is not None and day.latest is not None]
