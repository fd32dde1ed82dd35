"""
What was in force when: the bounds that a record sets to its beginning and its end.
"""

from __future__ import annotations

from datetime import date

from ..model.edtf import EdtfDate, EdtfInterval
from ..model.partnership import Partnership
from ..model.parts import Milestone
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage

__all__ = ["in_force"]

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
    Whether *partnership* was in force at some time of *on*: `True`, `False`, or `None` where it can't be known.

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
