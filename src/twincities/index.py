"""
What a data set looks answers up in, each part made when it is first needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .filters import Vocabulary
from .lazy import once
from .model import City, CooperationArea, CooperationNetwork, Partnership
from .names import NameIndex

__all__ = ["Index"]


class Index:
    """
    The indexes over a fixed set of records.
    """

    def __init__(
        self,
        cities: Mapping[str, City],
        partnerships: Mapping[tuple[str, str], Partnership],
        areas: Mapping[str, CooperationArea],
        networks: Mapping[str, CooperationNetwork],
    ) -> None:
        self._cities = cities
        self._partnerships = partnerships
        self._areas = areas
        self._networks = networks

    @once
    def names(self) -> NameIndex:
        """
        Cities by name.
        """
        return NameIndex(self._cities)

    @once
    def vocabulary(self) -> Vocabulary:
        """
        Areas, networks and countries by label.
        """
        return Vocabulary(self._cities, self._areas, self._networks)

    @once
    def partnerships_of(self) -> Mapping[str, tuple[Partnership, ...]]:
        """
        The partnerships of each city that has any, in the order of the data set.
        """
        found: dict[str, list[Partnership]] = {}
        for partnership in self._partnerships.values():
            for id in partnership.cities:
                found.setdefault(id, []).append(partnership)
        return {id: tuple(partnerships) for id, partnerships in found.items()}

    @once
    def _neighbours(self) -> Mapping[str, dict[str, None]]:
        return {
            id: dict.fromkeys(p.cities[p.cities[0] == id] for p in partnerships)
            for id, partnerships in self.partnerships_of.items()
        }

    def neighbours(self, id: str) -> Collection[str]:
        """
        The ids of a city's partners, in the order of the data set.
        """
        return self._neighbours.get(id, ())

    @once
    def networks_of(self) -> Mapping[str, tuple[CooperationNetwork, ...]]:
        """
        The networks of each city that belongs to any.
        """
        found: dict[str, list[CooperationNetwork]] = {}
        for network in self._networks.values():
            for id in network.members:
                found.setdefault(id, []).append(network)
        return {id: tuple(networks) for id, networks in found.items()}
