"""
The questions that a data set answers; `Dataset` inherits them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from .answers import Anniversary, Cousin, Expiry, Match
from .edtf import EdtfDate, moment
from .errors import AmbiguousCityError, QueryError, UnknownCityError, UnknownPartnershipError, shown
from .filters import Moment, Vocabulary, Words, make_filter
from .index import Index
from .model import City, CooperationArea, CooperationNetwork, Partnership
from .selection import Selection, Tie
from .vocabulary import PartnershipStatus
from .walks import shortest_path

__all__ = ["Questions"]


class Questions:
    """
    What can be asked of a whole: of its cities, their ties, and their dates.
    """

    __slots__ = ()

    cities: Mapping[str, City]
    partnerships: Mapping[tuple[str, str], Partnership]
    areas: Mapping[str, CooperationArea]
    networks: Mapping[str, CooperationNetwork]
    as_of: EdtfDate | None
    complete_for: tuple[str, ...]
    _index: Index

    # -- cities ------------------------------------------------------------------------------------

    def city(self, name: str | City, country: str | None = None) -> City:
        """
        The city with this id, Wikidata or GeoNames id, or name in any language and spelling.

        The first of these tiers that has a city wins: id; Wikidata or GeoNames id; names as written; names folded (case,
        diacritics and punctuation aside); alternative names as written; folded. With *country* (an ISO 3166-1 code or
        a name) only cities there count.

        Raises:
            UnknownCityError: None answers; `.suggestions` come near.
            AmbiguousCityError: Several do in the same tier.
            UnknownCountryError: *country* is none.
        """
        if isinstance(name, City):
            name = name.id
        if not isinstance(name, str) or not name.strip():
            raise QueryError(f"expected a city's name or id, got {shown(name)}")
        codes = None if country is None else self.vocabulary_index.countries(country)
        found = self._index.names.resolve(name, None if codes is None else lambda city: city.country_code in codes)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousCityError(name, [city.id for city in found])
        matches = self._index.names.search(name)
        near = dict.fromkeys(label for _, label, city in matches if codes is None or city.country_code in codes)
        raise UnknownCityError(name, tuple(near)[:3], f"no such city in {country}" if country else "")

    def search(self, text: str, *, limit: int | None = None) -> tuple[Match, ...]:
        """
        The cities with a name like *text*, best first; nothing like it gives nothing.

        Raises:
            QueryError: *text* is blank, or *limit* isn't positive.
        """
        if not isinstance(text, str) or not text.strip():
            raise QueryError(f"expected a text to search for, got {shown(text)}")
        if limit is not None and limit < 1:
            raise QueryError(f"expected a limit of 1 or more, got {limit}")
        found = self._index.names.search(text)[:limit]
        return tuple(Match(city, score, label) for score, label, city in found)

    # -- ties --------------------------------------------------------------------------------------

    def partners(
        self,
        city: str | City,
        *,
        country: Words = None,
        area: Words = None,
        status: Words = None,
        kind: Words = None,
        network: Words = None,
        on: Moment | None = None,
        unsure: bool = False,
        direct: bool = False,
    ) -> Selection[Tie]:
        """
        The partners of *city*, as ties seen from it.

        Each filter takes one word or several, of which any will do: ids, or labels in English, Finnish or Swedish.

        Args:
            city: An id, a name in any spelling, or a `City`.
            country: Of the partner: an ISO 3166-1 code or a name.
            area: A cooperation area; narrower areas count.
            status: A `PartnershipStatus`.
            kind: A `PartnershipKind`.
            network: A network that both cities belong to.
            on: A time at which the tie was certainly in force.
            unsure: Also those of which that can't be known.
            direct: Leave out the areas and activities of networks.

        Raises:
            UnknownNameError: The city, or a word of a filter, exists nowhere.
            QueryError: A filter is blank.
        """
        here = self.city(city)
        cities, id = self.cities, here.id
        ties: Iterable[Tie] = (
            Tie(self, here, cities[p.cities[p.cities[0] == id]], p, direct)
            for p in self._index.partnerships_of.get(id, ())
        )
        given = {"country": country, "area": area, "status": status, "kind": kind, "network": network}
        if unsure or on is not None or any(words is not None for words in given.values()):
            keeps = make_filter(self.vocabulary_index, on=on, unsure=unsure, **given).keeps
            ties = (tie for tie in ties if keeps(tie))
        return Selection(ties, complete=id in self.complete_for)

    def partnership(self, first: str | City, second: str | City) -> Partnership:
        """
        The partnership of two cities, given by id or name in either order.

        Raises:
            UnknownPartnershipError: There is none.
            UnknownCityError: A city isn't there.
        """
        pair = self.city(first).id, self.city(second).id
        found = self.partnerships.get(pair)
        if found is None:
            raise UnknownPartnershipError(pair)
        return found

    def cousins(self, city: str | City) -> tuple[Cousin, ...]:
        """
        The partners of a city's partners, with the partners they share: most shared first, then by name.
        """
        here = self.city(city).id
        partners = self._index.neighbours(here)
        shared: dict[str, list[City]] = {}
        for partner in partners:
            for cousin in self._index.neighbours(partner):
                if cousin != here:
                    shared.setdefault(cousin, []).append(self.cities[partner])
        found = [Cousin(self.cities[id], tuple(common), id in partners) for id, common in shared.items()]
        return tuple(sorted(found, key=lambda c: (-len(c.shared), c.city.name, c.city.id)))

    def path(self, start: str | City, goal: str | City) -> Selection[Tie] | None:
        """
        A shortest chain of ties from one city to another, each seen from the city before; `None` without a chain.
        """
        chain = shortest_path(self._index.neighbours, self.city(start).id, self.city(goal).id)
        return None if chain is None else Selection(self._ties_along(chain))

    def _ties_along(self, chain: list[str]) -> Iterator[Tie]:
        for here, there in pairwise(chain):
            yield Tie(self, self.cities[here], self.cities[there], self.partnerships[here, there])

    # -- networks and dates ------------------------------------------------------------------------

    def network(self, name: str) -> CooperationNetwork:
        """
        The network with this id, or name in any language and spelling.

        Raises:
            UnknownNetworkError: None answers.
            QueryError: Several do.
        """
        ids = self.vocabulary_index.networks_of(name)
        if len(ids) > 1:
            raise QueryError(f"{shown(name)} is the name of several networks: {', '.join(ids)}; ask by id")
        return self.networks[ids[0]]

    def networks_between(self, first: str, second: str) -> tuple[CooperationNetwork, ...]:
        """
        The networks that both cities, given by id, belong to.
        """
        theirs = self._index.networks_of.get(second)
        if not theirs:
            return ()
        return tuple(n for n in self._index.networks_of.get(first, ()) if n in theirs)

    def anniversaries(self, year: int, *, every: int = 5, city: str | City | None = None) -> tuple[Anniversary, ...]:
        """
        The partnerships and networks that began a multiple of *every* years before *year*: longest first.

        Those that ended are left out, and those whose year of beginning isn't known exactly.

        Args:
            year: 1 to 9999.
            every: 5 takes 5, 10, 15 … years; 25 takes 25, 50, 75 …
            city: Only of this city.

        Raises:
            QueryError: *year* or *every* isn't a positive number.
        """
        for name, number in (("year", year), ("every", every)):
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                raise QueryError(f"expected {name} as a positive whole number, got {shown(number)}")
        found = []
        for record, ids in self._records_of(city):
            since = record.since.year if record.since is not None else None
            ended = isinstance(record, Partnership) and record.status is PartnershipStatus.ENDED
            if since is not None and not ended and since < year and (year - since) % every == 0:
                found.append(Anniversary(record, year - since, tuple(self.cities[id] for id in ids)))
        return tuple(sorted(found, key=lambda a: (-a.years, [city.name for city in a.cities])))

    def expiring(
        self, by: Moment, *, after: Moment | None = None, city: str | City | None = None
    ) -> tuple[Expiry, ...]:
        """
        The agreements that end by the last day of *by*: earliest first. Open and unknown ends don't count.

        Args:
            by: `"2029"`, `2029`, a date.
            after: Leave out those that end by the last day of this.
            city: Only of this city.

        Raises:
            InvalidDateError: *by* or *after* isn't a time.
        """
        latest = moment(by).latest
        earliest = None if after is None else moment(after).latest
        found = []
        for record, ids in self._records_of(city):
            for agreement in record.agreements:
                ends = agreement.period.end if agreement.period is not None else None
                if ends is None or ends.latest is None or (latest is not None and ends.latest > latest):
                    continue
                if earliest is None or ends.latest > earliest:
                    cities = tuple(self.cities[id] for id in ids)
                    found.append(Expiry(agreement, record, ends, cities))
        return tuple(sorted(found, key=lambda e: (e.ends, [city.name for city in e.cities])))

    def _records_of(
        self, city: str | City | None
    ) -> Iterator[tuple[Partnership | CooperationNetwork, tuple[str, ...]]]:
        here = None if city is None else self.city(city).id
        for partnership in self.partnerships.values() if here is None else self._index.partnerships_of.get(here, ()):
            yield partnership, partnership.cities
        for network in self.networks.values() if here is None else self._index.networks_of.get(here, ()):
            yield network, network.members

    @property
    def vocabulary_index(self) -> Vocabulary:
        """
        The words that filters understand here.
        """
        return self._index.vocabulary
