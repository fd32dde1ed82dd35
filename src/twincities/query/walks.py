"""
Walks along ties, from city to city.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["shortest_path"]


def shortest_path(neighbours: Sequence[Sequence[int]], start: int, goal: int) -> list[int] | None:
    """
    A shortest chain of numbers from *start* to *goal*, both included, or `None` where none leads there. *neighbours* has
    those of each number.

    Searches from both ends, always on the side with fewer to go on from. Of several shortest chains it is always the same.
    """
    if start == goal:
        return [start]
    # On each side: what was reached in no step, in one, in two.
    sides: tuple[list[set[int]], list[set[int]]] = ([{start}], [{goal}])
    while sides[0][-1] and sides[1][-1]:
        side = int(len(sides[1][-1]) < len(sides[0][-1]))
        edge, theirs = sides[side][-1], sides[1 - side][-1]
        for here in edge:
            if not theirs.isdisjoint(neighbours[here]):
                there = next(number for number in neighbours[here] if number in theirs)
                ends = (here, there) if side == 0 else (there, here)
                first, last = (_way(neighbours, end, steps) for end, steps in zip(ends, sides, strict=True))
                return first[::-1] + last
        # Ties go both ways: what lies further back than the last two steps isn't next to the edge.
        beyond: set[int] = set().union(*map(neighbours.__getitem__, edge))
        sides[side].append(beyond.difference(*sides[side][-2:]))
    return None


def _way(neighbours: Sequence[Sequence[int]], number: int, steps: Sequence[Collection[int]]) -> list[int]:
    """
    The way from *number*, which the last of *steps* has, back to the first of them.
    """
    way = [number]
    for step in steps[-2::-1]:
        way.append(next(number for number in neighbours[way[-1]] if number in step))
    return way
