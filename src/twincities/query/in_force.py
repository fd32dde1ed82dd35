"""
Answer when a tie or network was in force, and give the spans that a timeline draws, both from its possible lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..model.edtf import EdtfDate, EdtfInterval
from .lives import ALWAYS, NEVER, Days, Life, Record, Spell, days_as_written, lives


def in_force(record: Record, as_of: EdtfDate | None, on: EdtfDate | EdtfInterval) -> bool | None:
    """
    True if a tie or a network was in force at some time of *on* in every possible life, False if in none, else `None`. A
    record that contradicts itself has no possible life: `None`.

    A life begins in `since` and ends in `until`. Milestones *ended* and *resumed* break it; *signed*, *renewed*,
    *reactivated*, *suspended* and *attested* show that the record was in force. Suspended and dormant ties are in force.
    Dates marked `?`, `~` or `%` allow any day. If a field has claims, each stated value is considered.
    """
    found = lives(record, as_of)
    if not found:
        return None
    asked = _asked(on)
    if len(asked) == 1:
        return _answer(found, asked[0], on)
    answers = {_answer(found, days, on) for days in asked}
    return True if True in answers else False if answers == {False} else None


def is_over(record: Record, as_of: EdtfDate | None, by: date) -> bool:
    """
    True if a tie or a network has ended by the day *by* in every possible life.
    """
    found = lives(record, as_of)
    return bool(found) and all(life[-1].ends[1] <= by.toordinal() for life in found)


def _asked(on: EdtfDate | EdtfInterval) -> Sequence[Days]:
    if isinstance(on, EdtfDate):
        return days_as_written(on) or ()
    first, last = on.earliest, on.latest
    return [(NEVER if first is None else first.toordinal(), ALWAYS if last is None else last.toordinal())]


def _answer(found: Sequence[Life], asked: Days, on: EdtfDate | EdtfInterval) -> bool | None:
    first, last = asked
    if isinstance(on, EdtfDate) and len(found) == len(found[0]) == 1:  # nearly always
        ((begins, ends),) = found[0]
        if begins[0] > last or ends[1] < first:
            return False
        return True if begins[1] <= last and ends[0] >= first else None
    if not any(begins[0] <= last and ends[1] >= first for life in found for begins, ends in life):
        return False
    # Of an interval with an unknown end only the known end certainly belongs to it.
    surely_first, surely_last = last if str(on).startswith("/") else first, first if str(on).endswith("/") else last
    return None if any(_may_miss(life, surely_first, surely_last) for life in found) else True


def _may_miss(life: Life, first: float, last: float) -> bool:
    """
    True if all days from *first* to *last* may lie before, between or after the spells of a life.
    """
    ended = True  # no spell comes before the first
    for begins, ends in life:
        if ended and begins[1] > last:
            return True
        ended = ends[0] < first
    return ended


# -- spans for timelines ---------------------------------------------------------------------------


class Span(NamedTuple):
    """
    A bar of a timeline: a span of time whose start and end are each known within bounds.
    """

    earliest: date
    """The first day on which it may have begun."""
    certain_from: date
    """The day after the last on which it may have begun."""
    certain_to: date
    """The first day on which it may have ended."""
    latest: date
    """The day after the last on which it may have ended."""
    before: str = ""
    """The mark of its start: `?` if uncertain, `~` if approximate."""
    after: str = ""
    """The mark of its end."""
    goes_on: bool = False
    """True if it has no end; `latest` is then the day after it was last seen."""

    def pieces(self) -> Iterator[tuple[date, date, bool]]:
        """
        The start, the end and the certainty of each part, from left to right.
        """
        if self.certain_from > self.certain_to:  # it may have ended before it surely began
            yield self.earliest, self.latest, False
            return
        for start, end, certain in (
            (self.earliest, self.certain_from, False),
            (self.certain_from, self.certain_to, True),
            (self.certain_to, self.latest, False),
        ):
            if start < end:
                yield start, end, certain


def spans_of(record: Record, as_of: EdtfDate | None, seen_until: date) -> list[Span]:
    """
    The spells of a tie or a network in order. Marked dates are taken as written, with their marks; a spell without a bounded
    start is left out, and one without an end goes on to *seen_until*.
    """
    found = lives(record, as_of, as_written=True)
    until: EdtfDate | None = getattr(record, "until", None)
    if not found:  # marked dates may contradict each other
        span = _between(record.since, until, seen_until)
        return [] if span is None else [span]
    if len({len(life) for life in found}) == 1:
        spans = [_span(spells, seen_until) for spells in zip(*found, strict=True)]
    else:
        # The number of spells isn't known: one span, all of it uncertain.
        whole = [Spell(life[0].begins, (life[0].begins[0], life[-1].ends[1])) for life in found]
        spans = [_span(whole, seen_until)]
    if spans[0] is not None and record.since is not None:
        spans[0] = spans[0]._replace(before=_qualifier(record.since))
    if spans[-1] is not None and until is not None and not spans[-1].goes_on:
        spans[-1] = spans[-1]._replace(after=_qualifier(until))
    return [span for span in spans if span is not None]


def _span(spells: Sequence[Spell], seen_until: date) -> Span | None:
    """
    The span of a spell in several possible lives.
    """
    first, known = min(spell.begins[0] for spell in spells), max(spell.begins[1] for spell in spells)
    ended, last = min(spell.ends[0] for spell in spells), max(spell.ends[1] for spell in spells)
    if first == NEVER:
        return None
    certain_from = _after(date.fromordinal(int(min(known, date.max.toordinal()))))
    latest = max(certain_from, _after(seen_until)) if last == ALWAYS else _after(date.fromordinal(int(last)))
    certain_to = latest if ended == ALWAYS else date.fromordinal(int(max(ended, first)))
    return Span(date.fromordinal(int(first)), certain_from, certain_to, latest, goes_on=ended == last == ALWAYS)


def term(period: EdtfInterval, seen_until: date) -> Span | None:
    """
    The span of an agreement's term; `None` if its start isn't known. An unknown end is marked `?`.
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
    # Marked dates may contradict each other: don't let the end lie before the start.
    last = max(known, _after(end.latest))
    return Span(first, known, max(first, end.earliest), last, _qualifier(start), _qualifier(end))


def _qualifier(moment: EdtfDate) -> str:
    return ("~" if moment.is_approximate else "") + ("?" if moment.is_uncertain else "")


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def last_day(records: Iterable[Record]) -> date | None:
    """
    The last day mentioned in any of the records.
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
    yield record.until
    yield getattr(record, "status_since", None)  # networks have none
    yield from (agreement.period for agreement in record.agreements)
    yield from (milestone.date for milestone in record.milestones)
