"""
A partnership seen from one of its cities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..errors import printable
from ..model.arguments import as_items
from ..model.cards import HasCard
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.moments import Moment, as_argument, moment
from ..model.partnership import Partnership
from ..model.parts import Activity
from ..model.vocabulary import PartnershipKind, PartnershipStatus
from .distances import distances_km
from .index import areas_stated
from .whole import Whole

__all__ = ["Tie", "all_ties", "cities_of", "seen_from"]


class Tie(HasCard):
    """
    A partnership seen from one city.

    Areas and activities include those of the networks that both cities belong to, unless `direct` is set.
    """

    # Ties come by the hundred: plain slots behind properties are made in 40 % of the time that frozen attrs take.
    __slots__ = ("_city", "_direct", "_either", "_partner", "_partnership", "_whole")

    def __init__(
        self,
        whole: Whole,
        city: City,
        partner: City,
        partnership: Partnership,
        direct: bool = False,
        either: bool = False,
    ) -> None:
        self._whole = whole
        self._city = city
        self._partner = partner
        self._partnership = partnership
        self._direct = direct
        self._either = either  # seen from neither city in particular: `_towards` may turn it

    @property
    def city(self) -> City:
        """
        The city that was asked about.
        """
        return self._city

    @property
    def partner(self) -> City:
        """
        The city on the other side.
        """
        return self._partner

    @property
    def partnership(self) -> Partnership:
        """
        The record that both cities share.
        """
        return self._partnership

    @property
    def direct(self) -> bool:
        """
        True if areas and activities of networks are left out.
        """
        return self._direct

    @property
    def since(self) -> EdtfDate | None:
        """
        The start of the partnership.
        """
        return self.partnership.since

    @property
    def status(self) -> PartnershipStatus | None:
        """
        The status of the partnership.
        """
        return self.partnership.status

    @property
    def kind(self) -> PartnershipKind | None:
        """
        The kind of the partnership.
        """
        return self.partnership.kind

    @property
    def until(self) -> EdtfDate | None:
        """
        The end of the partnership, past or future.
        """
        return self.partnership.until

    @property
    def as_of(self) -> EdtfDate | None:
        """
        The date for which the data set states its facts.
        """
        return self._whole.as_of

    @property
    def networks(self) -> tuple[CooperationNetwork, ...]:
        """
        The networks that both cities belong to.
        """
        index = self._whole._index
        return index.networks_between(*self._partnership.cities) if index.networks_of else ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """
        The activities of the partnership, then those of its networks.
        """
        own = self._partnership.activities
        if self._direct or not self._whole._index.networks_of:
            return own
        return own + tuple(activity for network in self.networks for activity in network.activities)

    @property
    def area_ids(self) -> tuple[str, ...]:
        """
        The ids of the areas of its activities and agreements, each once; its own before those of its networks.
        """
        areas = areas_stated(self._partnership)
        if not self._direct and self._whole._index.networks_of:
            areas += [area for network in self.networks for area in areas_stated(network)]
        return tuple(dict.fromkeys(areas))

    @property
    def areas(self) -> tuple[CooperationArea, ...]:
        """
        The areas of its activities and agreements, each once; see `area_ids`.
        """
        return tuple(map(self._whole.areas.__getitem__, self.area_ids))

    @property
    def distance_km(self) -> float | None:
        """
        Kilometres between the two cities along the WGS 84 ellipsoid; `None` if coordinates are missing.
        """
        return distances_km([self])[0]

    def in_force(self, on: Moment) -> bool | None:
        """
        True if the tie was in force at some time of *on* (a date, an interval, a year); `None` if that can't be known.

        Raises:
            InvalidDateError: *on* isn't a date, an interval or a year.
        """
        from .in_force import in_force

        return in_force(self.partnership, self.as_of, as_argument(moment, on, "on="))

    def turned(self) -> Tie:
        """
        The same tie seen from its partner.
        """
        return Tie(self._whole, self.partner, self.city, self.partnership, self.direct)

    def _towards(self, countries: Collection[str]) -> Tie:
        """
        The tie, turned so that its partner is in one of *countries*, if it may be seen from either city.
        """
        if not self._either:
            return self
        there = self.partner.country_code in countries or self.city.country_code not in countries
        here, partner = (self.city, self.partner) if there else (self.partner, self.city)
        return Tie(self._whole, here, partner, self.partnership, self.direct)

    def __repr__(self) -> str:
        return f"<Tie {printable(self.city.label('en'))} – {printable(self.partner.label('en'))}>"

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, Tie) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.city, self.partnership))

    def _content(self) -> tuple[object, ...]:
        return self.city, self.partner, self.partnership, self.direct, self.networks


def all_ties(whole: Whole) -> Iterator[Tie]:
    """
    Each partnership once, seen from its first city.
    """
    for partnership in whole.partnerships.values():
        first, second = partnership.cities
        yield Tie(whole, whole.cities[first], whole.cities[second], partnership, either=True)


def tuple_of_ties(ties: Iterable[Tie], expected: str = "ties, as partners() returns them") -> tuple[Tie, ...]:
    """
    *ties* as a tuple; *expected* is what the function that calls takes.

    Raises:
        QueryError: Something else is given.
    """
    return as_items(ties, Tie, expected)


def cities_of(ties: Iterable[Tie]) -> dict[str, City]:
    """
    The cities of ties by id, in order of appearance.
    """
    return {city.id: city for tie in ties for city in (tie.city, tie.partner)}


def seen_from(ties: Iterable[Tie]) -> City | None:
    """
    The city that all ties are seen from; `None` if they are seen from several.
    """
    cities = {tie.city.id: tie.city for tie in ties}
    return next(iter(cities.values())) if len(cities) == 1 else None
