"""
The questions that a data set answers; `Dataset` inherits them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ..errors import QueryError, UnknownPartnershipError, shown
from ..model.city import City
from ..model.converters import is_whole
from ..model.cooperation import CooperationNetwork
from ..model.edtf import moment
from ..model.partnership import Partnership
from ..query.filters import Filter, Moment, Words, make_filter
from ..query.index import shortest_path
from ..query.names import nonblank
from ..query.ties import Tie
from ..query.whole import Whole
from .selection import Selection, selection_of

if TYPE_CHECKING:
    from ..lint.findings import Finding
    from ..query.answers import Anniversary, Cousin, Expiry, Match

__all__ = ["Questions"]


class Questions(Whole):
    """
    Questions to ask of a data set: about its cities, their ties and their dates.
    """

    __slots__ = ()

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
        if country is None and isinstance(name, str) and (known := self.cities.get(name)) is not None:
            return known
        if isinstance(name, City):
            return self.cities[name.id]
        nonblank(name, "a city's name or id")
        codes = None if country is None else self.vocabulary_index.countries(nonblank(country, "a country"))
        if codes is None:
            return self._index.names.one(name)
        return self._index.names.one(name, lambda city: city.country_code in codes, f"no such city in {country}")

    def search(self, text: str, *, limit: int | None = None) -> Selection[Match]:
        """
        The cities with a name like *text*, best first; nothing like it gives nothing.

        Raises:
            QueryError: *text* is blank, or *limit* isn't positive.
        """
        nonblank(text, "a text to search for")
        if limit is not None and (not is_whole(limit) or limit < 1):
            raise QueryError(f"expected a limit of 1 or more, got {shown(limit)}")
        from ..query.answers import Match

        found = self._index.names.search(text)[:limit]
        return selection_of(Match, [Match(city, score, label) for score, label, city in found], whole=self)

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
        found = zip(*self._index.ties_of(here.id), strict=True)
        ties = [Tie(self, here, there, partnership, direct) for partnership, there in found]
        if unsure or not (country is area is status is kind is network is on is None):
            keeps = make_filter(
                self.vocabulary_index,
                country=country,
                area=area,
                status=status,
                kind=kind,
                network=network,
                on=on,
                unsure=unsure,
            ).keeps
            ties = [tie for tie in ties if keeps(tie)]
        return selection_of(Tie, ties, complete=here.id in self.complete_for, whole=self)

    def ties(
        self,
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
        All partnerships as ties, each once: seen from its first city, or from the one whose partner is in *country*.

        The filters are those of `partners`; `where` on the result is the same as asking for both at once. No data set
        says that it has all ties of the world: the selection is never `complete`.

        Raises:
            UnknownNameError: A word of a filter exists nowhere.
            QueryError: A filter is blank.
        """
        sought = make_filter(
            self.vocabulary_index,
            country=country,
            area=area,
            status=status,
            kind=kind,
            network=network,
            on=on,
            unsure=unsure,
        )
        return self._tied(sought, direct=direct)

    def _tied(self, sought: Filter, *, direct: bool) -> Selection[Tie]:
        def found() -> Iterator[Tie]:
            in_order, cities, countries = self._index.in_order, self.cities, sought.countries
            left = sought.beyond(areas=direct)  # the index counts the areas of networks
            for number in self._index.numbers(countries, sought.areas, sought.statuses, sought.networks):
                partnership = in_order[number]
                first, second = partnership.cities
                here, there = cities[first], cities[second]
                if countries is not None and there.country_code not in countries:
                    here, there = there, here
                tie = Tie(self, here, there, partnership, direct, countries is None)
                if left is None or left.keeps(tie):
                    yield tie

        def narrowed(more: Filter) -> Selection[Tie] | None:
            both = sought.both(more)
            return None if both is None else self._tied(both, direct=direct)

        return selection_of(Tie, found, whole=self, narrowed=narrowed)

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

    def cousins(self, city: str | City) -> Selection[Cousin]:
        """
        The partners of a city's partners, with the partners they share: most shared first, then by name.
        """
        from ..query.answers import Cousin

        id = self.city(city).id

        def found() -> list[Cousin]:
            cities, neighbours = self._index.numbered, self._index.neighbours
            here = self._index.number_of[id]
            partners = neighbours[here]
            shared: dict[int, tuple[City, ...]] = {}
            again = set()
            for partner in partners:
                one = (cities[partner],)
                for cousin in neighbours[partner]:
                    if cousin in shared:
                        shared[cousin] += one
                        again.add(cousin)
                    else:
                        shared[cousin] = one
            shared.pop(here, None)
            again.discard(here)
            known = set(partners)
            # Numbers are in the order of names; most cousins share one partner, and needn't be compared by that.
            ranked = sorted(again, key=lambda cousin: (-len(shared[cousin]), cousin)) + sorted(shared.keys() - again)
            return [Cousin(cities[cousin], shared[cousin], cousin in known) for cousin in ranked]

        return selection_of(Cousin, found, whole=self)

    def path(self, start: str | City, goal: str | City) -> Selection[Tie] | None:
        """
        A shortest chain of ties from one city to another, each seen from the city before; `None` without a chain.
        """
        number_of = self._index.number_of
        way = shortest_path(self._index.neighbours, number_of[self.city(start).id], number_of[self.city(goal).id])
        if way is None:
            return None

        def ties() -> Iterator[Tie]:
            for here, there in pairwise(map(self._index.numbered.__getitem__, way)):
                yield Tie(self, here, there, self.partnerships[here.id, there.id])

        return selection_of(Tie, ties, whole=self)

    # -- networks and dates ------------------------------------------------------------------------

    def network(self, name: str) -> CooperationNetwork:
        """
        The network with this id, or name in any language and spelling.

        Raises:
            UnknownNetworkError: None answers.
            QueryError: Several do.
        """
        ids = self.vocabulary_index.networks_of(nonblank(name, "a network's name or id"))
        if len(ids) > 1:
            raise QueryError(f"{shown(name)} is the name of several networks: {', '.join(ids)}; ask by id")
        return self.networks[ids[0]]

    def networks_between(self, first: str | City, second: str | City) -> tuple[CooperationNetwork, ...]:
        """
        The networks that both cities, given by id or name, belong to.

        Raises:
            UnknownCityError: A city isn't there.
        """
        return self._index.networks_between(self.city(first).id, self.city(second).id)

    def anniversaries(
        self, year: int, *, every: int = 5, city: str | City | None = None, unsure: bool = False
    ) -> Selection[Anniversary]:
        """
        The partnerships and networks that began a multiple of *every* years before *year*: longest first.

        A tie that continues others counts from the start of the first of them. Left out are those that aren't certainly in
        force in that year, and those of which the year of beginning isn't certain: sources name several, or the date is
        marked.

        Args:
            year: 1 to 9999.
            every: 5 takes 5, 10, 15 … years; 25 takes 25, 50, 75 …
            city: Only of this city.
            unsure: Also those of which that isn't certain, under each year that is stated; their `is_certain` is False.

        Raises:
            QueryError: *year* or *every* isn't such a number.
        """
        for name, number in (("year", year), ("every", every)):
            if not is_whole(number) or not 1 <= number <= 9999:
                raise QueryError(f"expected {name} as a whole number from 1 to 9999, got {shown(number)}")
        from ..query.answers import Anniversary
        from ..query.jubilees import anniversaries_of

        found = anniversaries_of(self, year, every, None if city is None else self.city(city).id, unsure=unsure)
        return selection_of(Anniversary, found, whole=self)

    def expiring(self, by: Moment, *, after: Moment | None = None, city: str | City | None = None) -> Selection[Expiry]:
        """
        The agreements that end by the last day of *by*: earliest first. Open and unknown ends don't count, nor do agreements
        of ties and networks that were surely over before.

        Args:
            by: `"2029"`, `2029`, a date.
            after: Leave out those that end by the last day of this.
            city: Only of this city.

        Raises:
            InvalidDateError: *by* or *after* isn't a time.
            QueryError: *after* has no last day.
        """
        latest = moment(by).latest
        earliest = None if after is None else moment(after).latest
        if after is not None and earliest is None:
            raise QueryError(f"expected after= with a last day, got {shown(str(after))}")
        from ..query.answers import Expiry
        from ..query.jubilees import expiries_of

        found = expiries_of(self, latest, earliest, None if city is None else self.city(city).id)
        return selection_of(Expiry, found, whole=self)

    def lint(self, *, only: str | Iterable[str] | None = None, ignore: str | Iterable[str] = ()) -> Selection[Finding]:
        """
        Findings that look wrong in a valid data set; see `twincities.lint`.
        """
        from ..lint.checks import lint
        from ..lint.findings import Finding

        return selection_of(Finding, lint(self, only=only, ignore=ignore), whole=self)
