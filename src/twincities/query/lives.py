"""
Lives of ties and networks: when they may have begun, been broken off, been resumed and ended.

A life is one spell in force or several. The first and the last day of a spell are each known as an interval of days.
Possible are the lives that agree with everything a record says and have the fewest spells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any, NamedTuple

from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage

Record = Partnership | CooperationNetwork
NEVER, ALWAYS = float("-inf"), float("inf")
Days = tuple[float, float]
"""The first and the last day on which something may have happened, as ordinals."""
_ANY: Days = (NEVER, ALWAYS)
_GOES_ON: Days = (ALWAYS, ALWAYS)

# Milestones that show that the record was in force.
_ATTESTING = {
    MilestoneKind.ATTESTED,
    MilestoneKind.SIGNED,
    MilestoneKind.RENEWED,
    MilestoneKind.REACTIVATED,
    MilestoneKind.SUSPENDED,
}
_LIVING = {PartnershipStatus.ACTIVE, PartnershipStatus.DORMANT, PartnershipStatus.SUSPENDED}
_MOST_READINGS = 1000  # combinations of claimed values; with more, nothing is known
_MOST_STEPS = 5000  # of the search for lives; a record that needs more contradicts itself all over


class Spell(NamedTuple):
    """
    A time in force: the days on which it may have begun and ended, `ALWAYS` if it goes on.
    """

    begins: Days
    ends: Days


Life = tuple[Spell, ...]


class _Facts(NamedTuple):
    """
    Everything that a record says about its life. Each fact is a sequence of alternatives, one of which holds.
    """

    start: Sequence[Days]
    finish: Sequence[Days] | None
    """The last day of the life; `None` if it isn't stated, except perhaps by milestones."""
    ends: Sequence[Sequence[Days]]
    resumed: Sequence[Sequence[Days]]
    attested: Sequence[Sequence[Days]]


def lives(record: Record, as_of: EdtfDate | None, *, as_written: bool = False) -> list[Life]:
    """
    The possible lives of a tie or a network, under each reading of its sources; none if the record contradicts itself.

    Args:
        record: The tie or the network.
        as_of: The date of the data set.
        as_written: Ignore the marks `?`, `~` and `%` of dates, for a drawing that shows them.
    """
    days = days_as_written if as_written else days_of
    if not record.claims:
        status_since = record.status_since if isinstance(record, Partnership) else None
        return _fewest(_facts(record, as_of, days, record.since, record.until, record.status, status_since))
    readings = _readings(record)
    found = (life for reading in readings or () for life in _fewest(_facts(record, as_of, days, *reading)))
    return list(dict.fromkeys(found))


def days_of(moment: EdtfDate | None) -> Sequence[Days] | None:
    """
    The alternatives that a date allows; `None` if there is no date, or it is marked and decides nothing.
    """
    return None if moment is None else _days_in(str(moment))[0]


def days_as_written(moment: EdtfDate | None) -> Sequence[Days] | None:
    """
    The alternatives that a date allows, whatever its marks; `None` if there is no date.
    """
    return None if moment is None else _days_in(str(moment))[1]


@lru_cache(maxsize=8192)
def _days_in(text: str) -> tuple[Sequence[Days] | None, Sequence[Days]]:
    moment = EdtfDate(text)
    written = [(first.toordinal(), last.toordinal()) for first, last in moment.possibilities]
    return written if moment.is_certain else None, written


Reading = tuple[EdtfDate | None, EdtfDate | None, PartnershipStatus | None, EdtfDate | None]
_CLAIMED = ("since", "until", "status", "status_since")


def _readings(record: Record) -> Iterable[Reading] | None:
    """
    Every combination of the stated values of since, until, status and status_since; `None` if there are too many.
    """
    claimed = {claim.field for claim in record.claims}
    values: list[list[Any]] = []
    for name in _CLAIMED:
        own = getattr(record, name, None)  # a network has no status_since
        values.append([] if own is not None else [None])  # a field left empty although there are claims decides nothing
        if own is not None or name in claimed:
            values[-1] += dict.fromkeys(stated.value for stated in record.stated(name))
    return product(*values) if prod(map(len, values)) <= _MOST_READINGS else None


def _facts(
    record: Record,
    as_of: EdtfDate | None,
    days: Callable[[EdtfDate | None], Sequence[Days] | None],
    since: EdtfDate | None,
    until: EdtfDate | None,
    status: PartnershipStatus | None,
    status_since: EdtfDate | None,
) -> _Facts:
    listed = (days(as_of) or [_ANY])[0]
    known_since = days(since)
    start = known_since or [_ANY]
    if start[0][0] <= listed[1] < start[-1][1]:  # else it is announced for later, or older than the data set
        start = [(first, min(last, listed[1])) for first, last in start if first <= listed[1]]

    ends: list[Sequence[Days]] = []
    resumed: list[Sequence[Days]] = []
    attested: list[Sequence[Days]] = []
    for milestone in record.milestones:
        kind = milestone.kind
        if milestone.stage is Stage.PLANNED:
            continue
        if kind is MilestoneKind.ENDED:
            ends.append(days(milestone.date) or [(NEVER, listed[1])])
        elif kind is MilestoneKind.RESUMED:
            resumed.append(days(milestone.date) or [(NEVER, listed[1])])
        elif kind in _ATTESTING and (found := days(milestone.date)):
            attested.append(found)
    if record.agreements:
        attested += [found for agreement in record.agreements if (found := days(agreement.signed))]
    if status in _LIVING and (found := days(status_since)):
        attested.append(found)
    if known_since and (ends or resumed or attested):
        first = start[0][0]
        ends, resumed, attested = (
            [fact for fact in group if fact[-1][1] >= first] for group in (ends, resumed, attested)
        )

    finish: Sequence[Days] | None = None
    over = None if until is None else days(until)
    if over and resumed and any(fact[0][0] > over[-1][1] for fact in resumed):
        ends.append(over)  # the end of a spell, not of the life
    elif until is not None:
        finish = over or [_ANY]
        if over:
            ends, resumed, attested = (
                [fact for fact in group if fact[0][0] <= over[-1][1]] for group in (ends, resumed, attested)
            )
    if status in _LIVING and listed != _ANY and not (finish and finish[-1][1] < listed[0]):
        attested.append([listed])
    if status is PartnershipStatus.ENDED and finish is None:
        given_up = days(status_since)
        if given_up and known_since and given_up[-1][1] < start[0][0]:
            given_up = None
        finish = [(first, min(last, listed[1])) for first, last in given_up or [_ANY]]
    if resumed:
        # Without an end before it a resumption followed a suspension: the tie was in force all along.
        followed = [fact for fact in resumed if any(end[0][0] <= fact[-1][1] for end in ends)]
        attested += [fact for fact in resumed if fact not in followed and fact[0][0] > NEVER]
        resumed = followed
    return _Facts(start, finish, ends, resumed, attested)


# -- the search ------------------------------------------------------------------------------------

Bounds = tuple[Days, ...]
"""The days on which each spell may begin and end, in turn: place 0 is the first begin, place 1 the first end."""


def _fewest(facts: _Facts) -> list[Life]:
    """
    The lives that agree with the facts and have the fewest spells.
    """
    start, finish, ends, _, attested = facts
    if not ends and len(start) == 1 and (finish is None or len(finish) == 1):
        for fact in attested:
            if len(fact) > 1:
                break
        else:
            return _only(start[0], finish[0] if finish is not None else _GOES_ON, attested)
    for spells in range(1, len(facts.ends) + 2):
        for goes_on in [False] if facts.finish is not None else [True, False]:
            found = _fitting(facts, spells, goes_on=goes_on)
            if found is None:
                return []
            if found:
                return list(found)
    return []


def _only(start: Days, finish: Days, attested: Iterable[Sequence[Days]]) -> list[Life]:
    """
    The life of one spell, if no fact has alternatives: the case of most records.
    """
    begin, latest_begin = start
    earliest_end, end = finish
    for ((first, last),) in attested:
        latest_begin = min(latest_begin, last)
        earliest_end = max(earliest_end, first)
    earliest_end, latest_begin = max(earliest_end, begin), min(latest_begin, end)
    fits = begin <= latest_begin and earliest_end <= end
    return [(Spell((begin, latest_begin), (earliest_end, end)),)] if fits else []


def _fitting(facts: _Facts, spells: int, *, goes_on: bool) -> dict[Life, None] | None:
    """
    The lives of this number of spells that agree with the facts; `None` if the search takes too long.
    """
    last = 2 * spells - 1
    ends = range(1, last if facts.finish is not None or goes_on else last + 1, 2)
    # For each fact the ways to place it: the bounds that it sets, by place.
    choices: list[list[dict[int, Days]]] = [[{0: days} for days in facts.start]]
    if goes_on:
        choices.append([{last: _GOES_ON}])
    elif facts.finish is not None:
        choices.append([{last: days} for days in facts.finish])
    own_last = [last] if facts.finish is not None else []
    first_end = len(choices)
    choices += [[{place: days} for place in [*ends, *own_last] for days in fact] for fact in facts.ends]
    end_choices = range(first_end, len(choices))
    choices += [[{place: days} for place in range(2, last, 2) for days in fact] for fact in facts.resumed]
    choices += [
        [{place: (NEVER, high), place + 1: (low, ALWAYS)} for place in range(0, last, 2) for low, high in fact]
        for fact in facts.attested
    ]
    found: dict[Life, None] = {}
    waiting: list[tuple[int, Bounds, frozenset[int]]] = [(0, (_ANY,) * (2 * spells), frozenset())]
    steps = 0
    while waiting:
        number, bounds, stated_ends = waiting.pop()
        steps += 1
        if steps > _MOST_STEPS:
            return None
        if number == len(choices):
            if stated_ends.issuperset(ends):
                found[tuple(Spell(*bounds[place : place + 2]) for place in range(0, last, 2))] = None
            continue
        for choice in choices[number]:
            narrowed = _narrowed(bounds, choice)
            if narrowed is not None:
                waiting.append(
                    (number + 1, narrowed, stated_ends.union(choice) if number in end_choices else stated_ends)
                )
    return found


def _narrowed(bounds: Bounds, choice: dict[int, Days]) -> Bounds | None:
    """
    The bounds narrowed by a choice, and by each other; `None` if no day is left in one.
    """
    made = list(bounds)
    for place, (low, high) in choice.items():
        made[place] = max(made[place][0], low), min(made[place][1], high)
    for place in range(1, len(made)):  # a spell may last one day, and the next begin on the day that it ends
        made[place] = max(made[place][0], made[place - 1][0]), made[place][1]
    for place in range(len(made) - 2, -1, -1):
        made[place] = made[place][0], min(made[place][1], made[place + 1][1])
    return tuple(made) if all(low <= high for low, high in made) else None
