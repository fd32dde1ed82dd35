"""
The records that questions return, except ties, which have their own module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from ..errors import printable
from ..model.cards import HasCard
from ..model.city import City
from ..model.cooperation import CooperationNetwork, members_of
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.frozen import EMPTY, FrozenDict
from ..model.partnership import Partnership
from ..model.parts import Agreement
from ..model.vocabulary import LANGUAGES, word_label

if TYPE_CHECKING:
    from .ties import Tie

__all__ = ["Anniversary", "Cousin", "Event", "Expiry", "Match"]


def _names(cities: Iterable[City], between: str = " – ") -> str:
    return printable(between.join(city.label("en") for city in cities))


@attrs.frozen
class Match(HasCard):
    """
    A city found by a search.
    """

    city: City
    score: float
    """1 for a name as written, 0.99 folded; at most 0.9 for a beginning, 0.75 for a part, 0.7 with typing errors."""
    label: str
    """The name that matched."""

    def __repr__(self) -> str:
        return f"<Match {self.label!r} ({self.city.id}), score {self.score}>"


@attrs.frozen(repr=False)
class Cousin(HasCard):
    """
    A partner of a partner.
    """

    city: City
    """The partner's partner."""
    shared: tuple[City, ...]
    """The partners that both cities have."""
    is_partner: bool
    """True if the two cities are partners themselves."""

    def __repr__(self) -> str:
        return f"<Cousin {printable(self.city.label('en'))}, shared: {_names(self.shared, ', ')}>"


@attrs.frozen
class Anniversary(HasCard):
    """
    A round number of years since a partnership or a network began.
    """

    record: Partnership | CooperationNetwork
    """The partnership or network in force; in a chain of ties that continue each other, the last."""
    years: int
    cities: tuple[City, ...]
    """The cities of `record`."""
    since: EdtfDate
    """The start that the years are counted from."""
    origin: Partnership | CooperationNetwork
    """The record that began then: in a chain of ties the first, else `record` itself."""
    origin_cities: tuple[City, ...]
    """The cities of `origin`."""
    is_certain: bool = True
    """True if every stated start lies in the same year, and `record` is certainly in force in the year asked about."""

    def __str__(self) -> str:
        before = "" if self.origin is self.record else f" as {_names(self.origin_cities)}"
        doubt = "" if self.is_certain else " (not certain)"
        return f"{_names(self.cities)}: {self.years} years, since {self.since}{before}{doubt}"

    def __repr__(self) -> str:
        return f"<Anniversary {self}>"


@attrs.frozen
class Expiry(HasCard):
    """
    An agreement with a known end.
    """

    agreement: Agreement
    record: Partnership | CooperationNetwork
    ends: EdtfDate
    cities: tuple[City, ...]

    def __str__(self) -> str:
        return f"{_names(self.cities)}: {self.agreement.period}"

    def __repr__(self) -> str:
        return f"<Expiry {self}>"


@attrs.frozen
class Event(HasCard):
    """
    A dated fact about a partnership or a network. Events sort by date.
    """

    date: EdtfDate | EdtfInterval
    kind: str
    """`since`, `until`, `status`, `agreement`, `activity`, or the kind of a milestone (`milestone` if it has none)."""
    label: Mapping[str, str]
    """A description by BCP 47 tag; may be empty."""
    record: Partnership | CooperationNetwork
    cities: tuple[City, ...]

    def __repr__(self) -> str:
        return f"<Event {self.date} {self.kind}, {_names(self.cities)}>"

    def __lt__(self, other: Event) -> bool:
        return self._sort_key() < other._sort_key() if isinstance(other, Event) else NotImplemented

    def _sort_key(self) -> tuple[object, ...]:
        record = self.record
        return self.date.sort_key, members_of(record), self.kind, tuple(self.label.items())


def events_of(record: Partnership | CooperationNetwork, by_id: Mapping[str, City]) -> Iterator[Event]:
    """
    The dated facts of a partnership or a network; *by_id* has its cities.
    """
    cities = tuple(by_id[id] for id in members_of(record))
    if record.since is not None:
        yield Event(record.since, "since", EMPTY, record, cities)
    if isinstance(record, Partnership):
        if record.until is not None:
            yield Event(record.until, "until", EMPTY, record, cities)
        if record.status_since is not None and record.status is not None:
            labels = FrozenDict({lang: word_label(record.status, lang) for lang in LANGUAGES})
            yield Event(record.status_since, "status", labels, record, cities)
    for agreement in record.agreements:
        if agreement.period is not None:
            yield Event(agreement.period, "agreement", agreement.names, record, cities)
    for activity in record.activities:
        if activity.period is not None:
            yield Event(activity.period, "activity", activity.summary, record, cities)
    for milestone in record.milestones:
        if milestone.date is not None:
            yield Event(milestone.date, milestone.kind or "milestone", milestone.summary, record, cities)


def events_of_ties(ties: Iterable[Tie]) -> list[Event]:
    """
    The dated facts of ties, and of their networks unless these are left out, each once and sorted by date.
    """
    records: dict[int, tuple[Partnership | CooperationNetwork, Mapping[str, City]]] = {}
    for tie in ties:
        cities = tie._whole.cities
        records[id(tie.partnership)] = tie.partnership, cities
        records.update((id(network), (network, cities)) for network in (() if tie.direct else tie.networks))
    return sorted(event for record, cities in records.values() for event in events_of(record, cities))
