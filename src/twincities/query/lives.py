"""
Lives of ties and networks: when they may have begun, been broken off, been resumed and ended.

A life is one spell of days or several. What a record says leaves each first and last day of a spell some room: a life is
a chain of such rooms. Possible are the lives that fit all that is said and begin and end the fewest times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage

__all__ = ["ALWAYS", "NEVER", "Life", "Record", "Spell", "lives"]

Record = Partnership | CooperationNetwork
NEVER, ALWAYS = float("-inf"), float("inf")
Room = tuple[float, float]
"""The first and the last day that something may have happened on, as ordinals."""
ANY: Room = (NEVER, ALWAYS)
_ANY = (ANY,)
_GOES_ON: Room = (ALWAYS, ALWAYS)

# In force on some day of a milestone of these kinds.
_ATTESTING = {
    MilestoneKind.ATTESTED,
    MilestoneKind.SIGNED,
    MilestoneKind.RENEWED,
    MilestoneKind.REACTIVATED,
    MilestoneKind.SUSPENDED,
}
_LIVING = {PartnershipStatus.ACTIVE, PartnershipStatus.DORMANT, PartnershipStatus.SUSPENDED}
_READINGS = 1000  # of claims: with more of them nothing is known
_STEPS = 5000  # of the search for lives: a record that takes more is a heap of contradictions


class Spell(NamedTuple):
    """
    The rooms of the first and of the last day of a spell; one without end has its last day at `ALWAYS`.
    """

    begins: Room
    ends: Room


Life = tuple[Spell, ...]


class _Facts(NamedTuple):
    """
    Everything that a record says of its life, in rooms of which one holds.
    """

    start: Sequence[Room]
    finish: Sequence[Room] | None
    """The last day of the life; `None` where nothing says that it ends, or milestones alone do."""
    ends: Sequence[Sequence[Room]]
    resumed: Sequence[Sequence[Room]]
    attested: Sequence[Sequence[Room]]


def lives(record: Record, as_of: EdtfDate | None, *, as_written: bool = False) -> list[Life]:
    """
    The possible lives of a tie or a network, under each reading of what its sources state; none where no life fits.

    Args:
        record: The tie or the network.
        as_of: The time that the data set holds for.
        as_written: Take dates that are marked `?`, `~` or `%` as they are written, for a drawing that shows the marks.
    """
    rooms = rooms_as_written if as_written else rooms_of
    if not record.claims:
        status_since = record.status_since if isinstance(record, Partnership) else None
        return _fewest(_facts(record, as_of, rooms, record.since, record.until, record.status, status_since))
    readings = _readings(record)
    found = (life for reading in readings or () for life in _fewest(_facts(record, as_of, rooms, *reading)))
    return list(dict.fromkeys(found))


def rooms_of(moment: EdtfDate | None) -> Sequence[Room] | None:
    """
    The rooms that a date leaves, one of which holds; `None` where it is missing or marked and decides nothing.
    """
    return None if moment is None else _rooms(str(moment))[0]


def rooms_as_written(moment: EdtfDate | None) -> Sequence[Room] | None:
    """
    The same with marks left aside.
    """
    return None if moment is None else _rooms(str(moment))[1]


@lru_cache(maxsize=8192)
def _rooms(text: str) -> tuple[Sequence[Room] | None, Sequence[Room]]:
    moment = EdtfDate(text)
    written = [(first.toordinal(), last.toordinal()) for first, last in moment.possibilities]
    return written if moment.is_certain else None, written


Reading = tuple[EdtfDate | None, EdtfDate | None, PartnershipStatus | None, EdtfDate | None]
_CLAIMED = ("since", "until", "status", "status_since")


def _readings(record: Record) -> Iterable[Reading] | None:
    """
    The stated values of since, until, status and status_since in turn; `None` where there are too many.
    """
    own = [getattr(record, name, None) for name in _CLAIMED]  # a network has no status_since
    claimed = {claim.field for claim in record.claims}
    values = []
    for name, value in zip(_CLAIMED, own, strict=True):
        stated = (
            dict.fromkeys(each.value for each in record.stated(name)) if value is not None or name in claimed else {}
        )
        values.append([*({} if value is not None or not stated else {None: None}), *(stated or {None: None})])
    count = 1
    for each in values:
        count *= len(each)
    return product(*values) if count <= _READINGS else None


def _facts(
    record: Record,
    as_of: EdtfDate | None,
    rooms: Callable[[EdtfDate | None], Sequence[Room] | None],
    since: EdtfDate | None,
    until: EdtfDate | None,
    status: PartnershipStatus | None,
    status_since: EdtfDate | None,
) -> _Facts:
    listed = (rooms(as_of) or _ANY)[0]
    known_since = rooms(since)
    start = known_since or _ANY
    if start[0][0] <= listed[1] < start[-1][1]:  # else it is announced, or older than the list
        start = [(first, min(last, listed[1])) for first, last in start if first <= listed[1]]

    ends: list[Sequence[Room]] = []
    resumed: list[Sequence[Room]] = []
    attested: list[Sequence[Room]] = []
    for milestone in record.milestones:
        kind = milestone.kind
        if milestone.stage is Stage.PLANNED:
            continue
        if kind is MilestoneKind.ENDED:
            ends.append(rooms(milestone.date) or [(NEVER, listed[1])])
        elif kind is MilestoneKind.RESUMED:
            resumed.append(rooms(milestone.date) or [(NEVER, listed[1])])
        elif kind in _ATTESTING and (found := rooms(milestone.date)):
            attested.append(found)
    if record.agreements:
        attested += [found for agreement in record.agreements if (found := rooms(agreement.signed))]
    if status in _LIVING and (found := rooms(status_since)):
        attested.append(found)
    if known_since and (ends or resumed or attested):
        first = start[0][0]
        ends, resumed, attested = (
            [rooms for rooms in group if rooms[-1][1] >= first] for group in (ends, resumed, attested)
        )

    finish: Sequence[Room] | None = None
    over = None if until is None else rooms(until)
    if over and resumed and any(facts[0][0] > over[-1][1] for facts in resumed):
        ends.append(over)  # the end of a spell, not of the life
    elif until is not None:
        finish = over or _ANY
        if over:
            ends, resumed, attested = (
                [facts for facts in group if facts[0][0] <= over[-1][1]] for group in (ends, resumed, attested)
            )
    if status in _LIVING and listed != ANY and not (finish and finish[-1][1] < listed[0]):
        attested.append([listed])
    if status is PartnershipStatus.ENDED and finish is None:
        given_up = rooms(status_since)
        if given_up and known_since and given_up[-1][1] < start[0][0]:
            given_up = None
        finish = [(first, min(last, listed[1])) for first, last in given_up or _ANY]
    if resumed:
        # Without an end before it a resumption followed a suspension: the tie was in force all along.
        followed = [facts for facts in resumed if any(end[0][0] < facts[-1][1] for end in ends)]
        attested += [facts for facts in resumed if facts not in followed and facts[0][0] > NEVER]
        resumed = followed
    return _Facts(start, finish, ends, resumed, attested)


# -- the search ------------------------------------------------------------------------------------

Rooms = tuple[Room, ...]
"""The rooms of the first and the last day of each spell, one after the other."""


def _fewest(facts: _Facts) -> list[Life]:
    """
    The lives that fit the facts and begin and end the fewest times.
    """
    start, finish, ends, _, attested = facts
    if not ends and len(start) == 1 and (finish is None or len(finish) == 1):
        for rooms in attested:
            if len(rooms) > 1:
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


def _only(start: Room, finish: Room, attested: Iterable[Sequence[Room]]) -> list[Life]:
    """
    The life of one spell where no fact has alternatives: most records are so.
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
    The lives of so many spells that fit; `None` where looking for them takes too long.
    """
    last = 2 * spells - 1
    ends = range(1, last if facts.finish is not None or goes_on else last + 1, 2)
    choices: list[list[dict[int, Room]]] = [[{0: room} for room in facts.start]]
    if goes_on:
        choices.append([{last: _GOES_ON}])
    elif facts.finish is not None:
        choices.append([{last: room} for room in facts.finish])
    own_last = [last] if facts.finish is not None else []
    choices += [[{place: room} for place in [*ends, *own_last] for room in rooms] for rooms in facts.ends]
    choices += [[{place: room} for place in range(2, last, 2) for room in rooms] for rooms in facts.resumed]
    choices += [
        [{place: (NEVER, high), place + 1: (low, ALWAYS)} for place in range(0, last, 2) for low, high in rooms]
        for rooms in facts.attested
    ]
    first_end = 1 + (goes_on or facts.finish is not None)
    told = range(first_end, first_end + len(facts.ends))
    found: dict[Life, None] = {}
    waiting: list[tuple[int, Rooms, frozenset[int]]] = [(0, (ANY,) * (2 * spells), frozenset())]
    steps = 0
    while waiting:
        number, rooms, accounted = waiting.pop()
        steps += 1
        if steps > _STEPS:
            return None
        if number == len(choices):
            if accounted.issuperset(ends):
                found[tuple(Spell(*rooms[place : place + 2]) for place in range(0, last, 2))] = None
            continue
        for choice in choices[number]:
            narrowed = _narrowed(rooms, choice)
            if narrowed is not None:
                waiting.append((number + 1, narrowed, accounted.union(choice) if number in told else accounted))
    return found


def _narrowed(rooms: Rooms, choice: dict[int, Room]) -> Rooms | None:
    """
    The rooms with some of them narrower, and all others as narrow as these make them; `None` where no day is left.
    """
    made = list(rooms)
    for place, (low, high) in choice.items():
        made[place] = max(made[place][0], low), min(made[place][1], high)
    for place in range(1, len(made)):  # a spell may last a day; the next begins later than it ends
        made[place] = max(made[place][0], made[place - 1][0] + (place % 2 == 0)), made[place][1]
    for place in range(len(made) - 2, -1, -1):
        made[place] = made[place][0], min(made[place][1], made[place + 1][1] - (place % 2))
    return tuple(made) if all(low <= high for low, high in made) else None
