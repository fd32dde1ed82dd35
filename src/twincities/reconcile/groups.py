"""
Groups of cities of two data sets that hang together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.city import City

Node = tuple[int, str]
"""A city: its data set, 0 or 1, and its id."""


class Groups:
    """
    The groups of cities that were joined directly or through others.
    """

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def head(self, node: Node) -> Node:
        """
        The city that stands for the group of *node*.
        """
        above = self._above
        while (next_one := above.setdefault(node, node)) != node:
            above[node] = above[next_one]
            node = next_one
        return node

    def join(self, one: Node, other: Node) -> None:
        """
        Put two cities into one group.
        """
        self._above[self.head(other)] = self.head(one)

    def of(self, *cities: Mapping[str, City]) -> Iterator[tuple[list[City], list[City]]]:
        """
        The groups with cities of both data sets: those of the first and those of the second, in the order of each.
        """
        found: dict[Node, tuple[list[City], list[City]]] = {}
        for side, by_id in enumerate(cities):
            for id, city in by_id.items():
                if (side, id) in self._above:
                    found.setdefault(self.head((side, id)), ([], []))[side].append(city)
        return (group for group in found.values() if all(group))
