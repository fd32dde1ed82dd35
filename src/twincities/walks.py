"""
Walks along ties, from city to city.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

__all__ = ["shortest_path"]


def shortest_path(neighbours: Callable[[str], Iterable[str]], start: str, goal: str) -> list[str] | None:
    """
    A shortest chain of ids from *start* to *goal*, both included, or `None` where none leads there.

    Searches from both ends, always on the side with fewer cities to go on from.
    """
    if start == goal:
        return [start]
    came_from: tuple[dict[str, str | None], dict[str, str | None]] = ({start: None}, {goal: None})
    edges = ([start], [goal])
    while edges[0] and edges[1]:
        side = int(len(edges[1]) < len(edges[0]))
        seen, others = came_from[side], came_from[1 - side]
        grown: list[str] = []
        for here in edges[side]:
            for there in neighbours(here):
                if there in seen:
                    continue
                seen[there] = here
                if there in others:
                    return _chain(came_from[0], there)[::-1] + _chain(came_from[1], there)[1:]
                grown.append(there)
        edges = (grown, edges[1]) if side == 0 else (edges[0], grown)
    return None


def _chain(came_from: dict[str, str | None], end: str) -> list[str]:
    chain = [end]
    while (before := came_from[chain[-1]]) is not None:
        chain.append(before)
    return chain
