"""
The questions that a data set answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ..errors import QueryError, UnknownPartnershipError, shown
from ..model.arguments import Words, as_whole_number, is_any_given, nonblank
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.moments import Moment, as_argument, moment
from ..model.partnership import Partnership
from ..query.index import shortest_path
from ..query.ties import Tie
from ..query.whole import Whole
from .selection import Selection, selection_of

if TYPE_CHECKING:
    from ..lint.findings import Finding
    from ..query.answers import Anniversary, Cousin, Expiry, Match
    from ..query.filters import Filter


class Questions(Whole):
    """
    Questions about the cities of a data set, their ties and their dates; `Dataset` inherits them.
    """

    __slots__ = ()

    # -- cities ------------------------------------------------------------------------------------

    def city(self, name: str | City, country: str | None = None) -> City:
        """
        The city with this id, Wikidata or GeoNames id, or name in any language and spelling.

        Tries in turn: id; Wikidata or GeoNames id; names as written; names folded (without case, diacritics and
        punctuation); alternative names as written; alternative names folded. The first step that finds a city decides.

        Args:
            name: An id or a name; a `City` gives the city with its id.
            country: An ISO 3166-1 code or the name of a country: only cities there count.

        Raises:
            UnknownCityError: No city is called so; `.suggestions` has similar names.
            AmbiguousCityError: Several cities are, in the same step; `.candidates` has their ids.
            UnknownCountryError: *country* isn't a country.
            QueryError: *name* or *country* is blank.
        """
        if country is None and isinstance(name, str) and (known := self.cities.get(name)) is not None:
            return known
        if isinstance(name, City):
            return self.cities[name.id]
        nonblank(name, "a city's name or id")
        codes = None if country is None else self._index.vocabulary.countries(nonblank(country, "a country"))
        if codes is None:
            return self._index.names.one(name)
        return self._index.names.one(name, lambda city: city.country_code in codes, f"no such city in {country}")

    def search(self, text: str, *, limit: int | None = None) -> Selection[Match]:
        """
        The cities with a name like *text*, best match first; may be empty.

        Raises:
            QueryError: *text* is blank, or *limit* isn't positive.
        """
        nonblank(text, "a text to search for")
        if limit is not None:
            limit = as_whole_number(limit, "limit=")
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

        Each filter takes one word or several, any of which may match: ids, or labels in any shipped language.

        Args:
            city: An id, a name in any spelling, or a `City`.
            country: The partner's country: an ISO 3166-1 code or a name.
            area: A cooperation area; narrower areas count too.
            status: A `PartnershipStatus`.
            kind: A `PartnershipKind`.
            network: A network that both cities belong to.
            on: A date, an interval or a year: the tie was certainly in force at some time of it.
            unsure: With *on*, also ties that may have been in force.
            direct: Leave out the areas and activities of networks.

        Raises:
            UnknownNameError: The city, or a word of a filter, isn't known.
            AmbiguousCityError: Several cities have the name.
            InvalidDateError: *on* isn't a date, an interval or a year.
            QueryError: The city or a filter is blank.
        """
        here = self.city(city)
        found = zip(*self._index.ties_of(here.id), strict=True)
        ties = [Tie(self, here, there, partnership, direct) for partnership, there in found]
        if is_any_given(country, area, status, kind, network, on, unsure=unsure):
            from ..query.filters import make_filter

            sought = make_filter(self._index.vocabulary, country, area, status, kind, network, on, unsure=unsure)
            ties = [tie for tie in ties if sought.keeps(tie)]
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
        All partnerships as ties, each once, seen from its first city; with *country* from the city whose partner is there.

        Takes the filters of `partners`; `where` on the result narrows it further. The selection is never `complete`.

        Raises:
            UnknownNameError: A word of a filter isn't known.
            InvalidDateError: *on* isn't a date, an interval or a year.
            QueryError: A filter is blank.
        """
        from ..query.filters import make_filter

        sought = make_filter(self._index.vocabulary, country, area, status, kind, network, on, unsure=unsure)
        return self._ties_through(sought, direct=direct)

    def _ties_through(self, sought: Filter, *, direct: bool) -> Selection[Tie]:
        def found() -> Iterator[Tie]:
            in_order, cities, countries = self._index.in_order, self.cities, sought.countries
            left = sought.after_index(direct=direct)
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
            return None if both is None else self._ties_through(both, direct=direct)

        return selection_of(Tie, found, whole=self, narrowed=narrowed)

    def partnership(self, first: str | City, second: str | City) -> Partnership:
        """
        The partnership of two cities, given by id or name in either order.

        Raises:
            UnknownPartnershipError: The cities aren't partners.
            UnknownCityError: A city isn't known.
            AmbiguousCityError: Several cities have the name.
            QueryError: A name is blank.
        """
        pair = self.city(first).id, self.city(second).id
        found = self.partnerships.get(pair)
        if found is None:
            raise UnknownPartnershipError(pair)
        return found

    def cousins(self, city: str | City) -> Selection[Cousin]:
        """
        The partners of a city's partners, with the partners that they share: most shared first, then by name.

        Raises:
            UnknownCityError: The city isn't known.
            AmbiguousCityError: Several cities have the name.
            QueryError: The name is blank.
        """
        from ..query.answers import Cousin
        from ..query.cousins import cousins_of

        id = self.city(city).id
        return selection_of(Cousin, lambda: cousins_of(self._index, id), whole=self)

    def path(self, start: str | City, goal: str | City) -> Selection[Tie] | None:
        """
        A shortest chain of ties from one city to another, each seen from the city before; `None` if there is none.

        Raises:
            UnknownCityError: A city isn't known.
            AmbiguousCityError: Several cities have the name.
            QueryError: A name is blank.
        """
        number_of = self._index.number_of
        chain = shortest_path(self._index.neighbours, number_of[self.city(start).id], number_of[self.city(goal).id])
        if chain is None:
            return None

        def ties() -> Iterator[Tie]:
            for here, there in pairwise(map(self._index.numbered.__getitem__, chain)):
                yield Tie(self, here, there, self.partnerships[here.id, there.id])

        return selection_of(Tie, ties, whole=self)

    # -- networks and dates ------------------------------------------------------------------------

    def network(self, name: str) -> CooperationNetwork:
        """
        The network with this id, or name in any language and spelling.

        Raises:
            UnknownNetworkError: No network is called so.
            QueryError: Several networks are, or *name* is blank.
        """
        ids = self._index.vocabulary.networks_of(nonblank(name, "a network's name or id"))
        if len(ids) > 1:
            raise QueryError(f"{shown(name)} is the name of several networks: {', '.join(ids)}; ask by id")
        return self.networks[ids[0]]

    def networks_between(self, first: str | City, second: str | City) -> tuple[CooperationNetwork, ...]:
        """
        The networks that both cities, given by id or name, belong to.

        Raises:
            UnknownCityError: A city isn't known.
            AmbiguousCityError: Several cities have the name.
            QueryError: A name is blank.
        """
        return self._index.networks_between(self.city(first).id, self.city(second).id)

    def anniversaries(
        self, year: int, *, every: int = 5, city: str | City | None = None, unsure: bool = False
    ) -> Selection[Anniversary]:
        """
        The partnerships and networks that began a multiple of *every* years before *year*: longest first.

        A tie that continues others counts from the start of the first. Ties and networks whose first year isn't certain, or
        that aren't certainly in force in *year*, are left out.

        Args:
            year: 1 to 9999.
            every: 5 gives 5, 10, 15 … years; 25 gives 25, 50, 75 …
            city: Only partnerships and networks of this city.
            unsure: Include uncertain ones, under each stated year; their `is_certain` is False.

        Raises:
            QueryError: *year* or *every* isn't a whole number from 1 to 9999, or *city* is blank.
            UnknownCityError: *city* isn't known.
            AmbiguousCityError: Several cities have the name.
        """
        from ..query.answers import Anniversary
        from ..query.jubilees import anniversaries_of

        year, every = as_whole_number(year, "year", most=9999), as_whole_number(every, "every=", most=9999)
        found = anniversaries_of(self, year, every, None if city is None else self.city(city).id, unsure=unsure)
        return selection_of(Anniversary, found, whole=self)

    def expiring(self, by: Moment, *, after: Moment | None = None, city: str | City | None = None) -> Selection[Expiry]:
        """
        The agreements that end by the last day of *by*, earliest first.

        Agreements with an open or unknown end are left out, and those of ties and networks that were certainly over before.

        Args:
            by: A date, an interval or a year: `"2029"`, `2029`, `"2029-06"`.
            after: Leave out agreements that end by the last day of this.
            city: Only agreements of this city.

        Raises:
            InvalidDateError: *by* or *after* isn't a date, an interval or a year.
            QueryError: *after* has no last day, or *city* is blank.
            UnknownCityError: *city* isn't known.
            AmbiguousCityError: Several cities have the name.
        """
        latest = moment(by).latest
        earliest = None if after is None else as_argument(moment, after, "after=").latest
        if after is not None and earliest is None:
            raise QueryError(f"expected after= with a last day, got {shown(str(after))}")
        from ..query.answers import Expiry
        from ..query.jubilees import expiries_of

        found = expiries_of(self, latest, earliest, None if city is None else self.city(city).id)
        return selection_of(Expiry, found, whole=self)

    def lint(self, *, only: str | Iterable[str] | None = None, ignore: str | Iterable[str] = ()) -> Selection[Finding]:
        """
        Findings about what looks doubtful in the data set: by place, then by code.

        Args:
            only: Codes of findings to look for; all by default.
            ignore: Codes to leave out.

        Raises:
            QueryError: A code isn't one of `twincities.lint.Code`.
        """
        from ..lint.checks import lint
        from ..lint.findings import Finding

        return selection_of(Finding, lint(self, only=only, ignore=ignore), whole=self)
