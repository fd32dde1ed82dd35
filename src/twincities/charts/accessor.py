"""
The object behind `Selection.chart` and `Dataset.chart`: a method for each chart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._progress import working
from ..model.arguments import as_items
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.moments import as_argument, to_date
from ..query.ties import Tie, tuple_of_ties
from .areas import area_matrix
from .maps import Layout, city_map
from .network import city_graph
from .timeline import timeline


class Charts:
    """
    Charts of ties, cities and networks. Each is an altair chart, which can be styled further as usual.

    All take `lang`, the language of names and labels as a BCP 47 tag, and a `title`.

    Args:
        ties: The ties to draw.
        cities: Cities on the map and in the graph besides those of the ties.
        networks: The networks in the timeline; by default those that both cities of a tie belong to.
        as_of: The time to which ties without an end are drawn; by default that of their data set, or else the last day in
            any of the records.

    Raises:
        QueryError: Something else is given as *ties*, *cities* or *networks*.
        InvalidDateError: *as_of* isn't a date.
    """

    __slots__ = ("_as_of", "_cities", "_networks", "_ties")

    def __init__(
        self,
        ties: Iterable[Tie],
        cities: Iterable[City] = (),
        networks: Iterable[CooperationNetwork] | None = None,
        as_of: EdtfDate | str | None = None,
    ) -> None:
        self._ties = tuple_of_ties(ties)
        self._cities = as_items(cities, City, "cities as cities=")
        self._networks = None if networks is None else as_items(networks, CooperationNetwork, "networks as networks=")
        self._as_of = as_argument(to_date, as_of, "as_of=")

    def __repr__(self) -> str:
        return f"<Charts of {len(self._ties)} ties: .areas(), .map(), .network(), .timeline()>"

    def map(
        self,
        *,
        centre: str | City | None = None,
        layout: Layout | None = None,
        lang: str = "en",
        title: str | None = None,
        width: int = 800,
        height: int = 480,
    ) -> Any:
        """
        A map of at most 3,000 ties and 1,000 cities.

        Lines are great circles, coloured and dashed by status; points are sized by population. If there is no room for all
        names, a second picture enlarges the crowded part, and a frame in the first shows where it is. A picture has at most
        60 names. Cities without coordinates or without room for their name are listed above; tooltips name every city.

        Args:
            centre: The city from which lines are straight: a record, id or name of a city on the map. By default the one
                with most ties.
            layout: `"one"` picture, or an enlarged part at its `"side"` or below it (`"stack"`); by default the one that
                names most cities.
            lang: The language.
            title: The title.
            width: The width of the whole in pixels, at least 300.
            height: The height of the whole with title, notes and legend in pixels, at least 200.

        Raises:
            UnknownCityError: No city on the map has the name *centre*.
            AmbiguousCityError: Several have.
            QueryError: There is more than can be read, or an argument can't be used.
            MissingDependencyError: altair or vl-convert-python isn't installed.
        """
        with working("drawing the map"):
            return city_map(
                self._ties, self._cities, centre, layout, lang=lang, title=title, width=width, height=height
            )

    def timeline(self, *, lang: str = "en", title: str | None = None, width: int = 800) -> Any:
        """
        The times of at most 300 ties and networks, with a row for each, the earliest first.

        A bar is full while the tie was in force for every possible value of its EDTF dates, and pale while that depends on
        them; `?` and `~` mark uncertain and approximate bounds. A tie without an end goes on to *as_of*, with a tip there.
        Without a known start there is no bar, and the row says so. Agreements are thin bars; milestones are points, hollow
        if planned.

        Args:
            lang: The language.
            title: The title.
            width: The width of the whole with the names in pixels, at least 300.

        Raises:
            QueryError: There is more than can be read, or an argument can't be used.
            MissingDependencyError: altair or vl-convert-python isn't installed.
        """
        with working("drawing the timeline"):
            return timeline(self._ties, self._networks, self._as_of, lang=lang, title=title, width=width)

    def areas(self, *, lang: str = "en", title: str | None = None) -> Any:
        """
        Partners by cooperation area: a column for each of at most 100 ties, a row for each of at most 300 areas.

        A cell is dark if the area is stated for the two cities themselves, and light if it is only stated for a network that
        both belong to. Rows and columns are ordered to show blocks. Ties without areas are listed below the title.

        Args:
            lang: The language.
            title: The title.

        Raises:
            QueryError: There is more than can be read, or an argument can't be used.
            MissingDependencyError: altair or vl-convert-python isn't installed.
        """
        with working("drawing the matrix"):
            return area_matrix(self._ties, lang=lang, title=title)

    def network(self, *, lang: str = "en", title: str | None = None, width: int = 800, height: int = 560) -> Any:
        """
        A graph of at most 3,000 ties and 300 cities.

        Cities with ties or partners in common are near each other. The more ties a city has, the larger its point; lines are
        coloured and dashed by status. The layout starts from the map, so cities in the west tend to be on the left. At most
        60 cities are named; those without room are listed above, and tooltips name every city.

        Args:
            lang: The language.
            title: The title.
            width: The width of the whole in pixels, at least 300.
            height: The height of the whole with title, notes and legend in pixels, at least 200.

        Raises:
            QueryError: There is more than can be read, or an argument can't be used.
            MissingDependencyError: altair, numpy or vl-convert-python isn't installed.
        """
        with working("drawing the graph"):
            return city_graph(self._ties, self._cities, lang=lang, title=title, width=width, height=height)
