"""
Walks along ties, from city to city.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["shortest_path"]


def shortest_path(neighbours: Mapping[str, Collection[str]], start: str, goal: str) -> list[str] | None:
    """
    A shortest chain of ids from *start* to *goal*, both included, or `None` where none leads there.

    Searches from both ends, always on the side with fewer cities to go on from. Of several shortest chains it is always
    the same.
    """
    if start == goal:
        return [start]
    # On each side: how many steps away each city is that was reached, and the cities to go on from.
    steps: tuple[dict[str, int], dict[str, int]] = ({start: 0}, {goal: 0})
    edges = [[start], [goal]]
    while edges[0] and edges[1]:
        side = int(len(edges[1]) < len(edges[0]))
        mine, theirs = steps[side], steps[1 - side].keys()
        beyond: list[str] = []
        for here in edges[side]:
            around = neighbours.get(here, ())
            if not theirs.isdisjoint(around):
                met = next(there for there in around if there in theirs)
                mine[met] = mine[here] + 1
                first, last = (_way(neighbours, met, counted) for counted in steps)
                return first[::-1] + last[1:]
            beyond += around
        edges[side] = [there for there in dict.fromkeys(beyond) if there not in mine]
        mine.update(dict.fromkeys(edges[side], mine[here] + 1))
    return None


def _way(neighbours: Mapping[str, Collection[str]], city: str, steps: Mapping[str, int]) -> list[str]:
    """
    The way from *city* back to where *steps* are counted from.
    """
    way = [city]
    for step in range(steps[city] - 1, -1, -1):
        way.append(next(there for there in neighbours[way[-1]] if steps.get(there) == step))
    return way
