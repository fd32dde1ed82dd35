"""
Graph layout: cities that are near in the graph are near in the picture.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import TypeVar

from .._optional import require

_ROUNDS = 300
_STILL = 1e-5  # the share of the stress that a round has to win for another to follow
_GOLDEN = pi * (3 - sqrt(5))  # the golden angle, which puts no two points in one direction
_BETWEEN = 0.6  # between unconnected parts, in lengths of a tie
_ACROSS = 1.5  # the width of the whole divided by its height

Place = tuple[float, float]
T = TypeVar("T", bound=Hashable)


def stress_layout(neighbours: Mapping[str, Sequence[str]], beginnings: Mapping[str, Place]) -> dict[str, Place]:
    """
    A place for each city, such that distances are as near as possible to the number of ties between the cities. Parts that
    no tie joins are put side by side in rows, the largest first.

    The method is stress majorization (Gansner, Koren and North 2004), which never increases the stress. It is
    deterministic, as it starts from given places.

    Args:
        neighbours: The ids of the cities that each city has ties with.
        beginnings: The first place of each city, such as on a map, from -1 to 1; missing ones are in the middle.

    Raises:
        MissingDependencyError: numpy isn't installed.
    """
    parts = [_stressed({id: neighbours[id] for id in part}, beginnings) for part in connected_parts(neighbours)]
    found: dict[str, Place] = {}
    area = sum((_size(part, 0) + _BETWEEN) * (_size(part, 1) + _BETWEEN) for part in parts)
    row_width = max([sqrt(area) * _ACROSS, *(_size(part, 0) + _BETWEEN for part in parts)])
    x = y = high = 0.0
    for part in parts:
        wide = _size(part, 0) + _BETWEEN
        if x and x + wide > row_width + 1e-9:
            x, y, high = 0.0, y + high, 0.0
        left, top = (min(place[side] for place in part.values()) for side in (0, 1))
        found |= {id: (x + place[0] - left, y + place[1] - top) for id, place in part.items()}
        x, high = x + wide, max(high, _size(part, 1) + _BETWEEN)
    return found


def _size(part: Mapping[str, Place], side: int) -> float:
    return max(place[side] for place in part.values()) - min(place[side] for place in part.values())


def connected_parts(neighbours: Mapping[T, Sequence[T]]) -> list[list[T]]:
    """
    The connected parts of a graph, the largest first.
    """
    left, found = dict.fromkeys(neighbours), []
    while left:
        part = set(_steps_from(next(iter(left)), neighbours))
        found.append([id for id in left if id in part])
        left = {id: None for id in left if id not in part}
    return sorted(found, key=len, reverse=True)


def _stressed(neighbours: Mapping[str, Sequence[str]], beginnings: Mapping[str, Place]) -> dict[str, Place]:
    """
    The places of the cities of a connected part.
    """
    if len(neighbours) == 1:
        return dict.fromkeys(neighbours, (0.0, 0.0))
    np = require("numpy", extra="charts")
    wanted = np.array(_steps(neighbours))
    weights = np.where(wanted > 0, np.maximum(wanted, 1.0) ** -2, 0.0)
    # The weights' Laplacian, made invertible: all places together may lie anywhere.
    answer = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / len(wanted))
    places = np.array([_begin(beginnings.get(id, (0.0, 0.0)), number) for number, id in enumerate(neighbours)])
    stress = float("inf")
    for _ in range(_ROUNDS):
        lengths = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2))
        now = float((weights * (lengths - wanted) ** 2).sum())
        if stress - now <= _STILL * now:
            break
        stress = now
        push = weights * wanted / np.maximum(lengths, 1e-9)
        places = answer @ ((np.diag(push.sum(axis=1)) - push) @ places)
    return {id: (float(x), float(y)) for id, (x, y) in zip(neighbours, places, strict=True)}


def _begin(place: Place, number: int) -> Place:
    """
    A place moved a little, each in another direction, as cities in one place would stay together.
    """
    away = 0.05 * sqrt(number + 1)
    return place[0] + away * cos(number * _GOLDEN), place[1] + away * sin(number * _GOLDEN)


def _steps(neighbours: Mapping[str, Sequence[str]]) -> list[list[float]]:
    """
    The number of ties between each two cities.
    """
    counted = [_steps_from(id, neighbours) for id in neighbours]
    return [[float(steps[id]) for id in neighbours] for steps in counted]


def _steps_from(start: T, neighbours: Mapping[T, Sequence[T]]) -> dict[T, int]:
    steps, ahead = {start: 0}, [start]
    for here in ahead:  # grows in the loop
        for there in neighbours[here]:
            if there not in steps:
                steps[there] = steps[here] + 1
                ahead.append(there)
    return steps
