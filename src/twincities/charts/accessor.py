"""
The object behind `Selection.chart` and `Dataset.chart`: a method for each chart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._progress import working
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..query.ties import Tie
from .areas import area_matrix
from .maps import Layout, city_map
from .network import city_graph
from .timeline import timeline

__all__ = ["Charts"]


class Charts:
    """
    Charts of ties, cities and networks. Each is an altair chart, which can be styled further as usual.

    Args:
        ties: The ties to draw.
        cities: Cities on the map and in the graph besides those of the ties.
        networks: The networks in the timeline; by default those that both cities of a tie belong to.
        as_of: The time to which ties without an end are drawn; by default that of their data set.
    """

    __slots__ = ("_as_of", "_cities", "_networks", "_ties")

    def __init__(
        self,
        ties: Iterable[Tie],
        cities: Iterable[City] = (),
        networks: Iterable[CooperationNetwork] | None = None,
        as_of: EdtfDate | None = None,
    ) -> None:
        self._ties = tuple(ties)
        self._cities = tuple(cities)
        self._networks = None if networks is None else tuple(networks)
        self._as_of = as_of

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
        Great-circle lines between the cities; see `twincities.charts.maps.city_map`.
        """
        options: dict[str, Any] = {"lang": lang, "title": title, "width": width, "height": height}
        with working("drawing the map"):
            return city_map(self._ties, self._cities, centre=centre, layout=layout, **options)

    def timeline(self, *, lang: str = "en", title: str | None = None, width: int = 800) -> Any:
        """
        Partnerships and agreements as bars, milestones as points; see `twincities.charts.timeline.timeline`.
        """
        with working("drawing the timeline"):
            return timeline(self._ties, self._networks, self._as_of, lang=lang, title=title, width=width)

    def areas(self, *, lang: str = "en", title: str | None = None) -> Any:
        """
        Partners by cooperation area, sorted to show blocks; see `twincities.charts.areas.area_matrix`.
        """
        with working("drawing the matrix"):
            return area_matrix(self._ties, lang=lang, title=title)

    def network(self, *, lang: str = "en", title: str | None = None, width: int = 800, height: int = 560) -> Any:
        """
        The cities as a graph; see `twincities.charts.network.city_graph`.
        """
        with working("drawing the graph"):
            return city_graph(self._ties, self._cities, lang=lang, title=title, width=width, height=height)
