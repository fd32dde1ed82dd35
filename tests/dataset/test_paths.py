"""
Paths: the shortest chains of ties between two cities.
"""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

import twincities as tc


def _distances(pairs: Iterable[tuple[str, str]], start: str) -> dict[str, int]:
    """The number of ties from *start* to each city that it reaches, found slowly."""
    reached = {start: 0}
    for _ in range(len(CITIES)):
        for one, other in pairs:
            for here, there in ((one, other), (other, one)):
                if here in reached:
                    reached[there] = min(reached.get(there, len(CITIES)), reached[here] + 1)
    return reached


CITIES = "abcdefgh"
cities = st.sampled_from(CITIES)
ties = st.sets(st.tuples(cities, cities).filter(lambda pair: pair[0] < pair[1]), max_size=12)


@given(ties, cities, cities)
def test_a_path_is_a_shortest_chain_of_ties(pairs: set[tuple[str, str]], start: str, goal: str) -> None:
    """A path is a chain of ties, as short as possible, and is missing only if there is none."""
    ds = tc.Dataset(
        cities=[tc.City(id=city) for city in CITIES], partnerships=[tc.Partnership(cities=pair) for pair in pairs]
    )
    path = ds.path(start, goal)
    distance = _distances(pairs, start).get(goal)
    if path is None:
        assert distance is None
    else:
        assert len(path) == distance
        chain = [start, *(tie.partner.id for tie in path)]
        assert chain[-1] == goal
        assert [tie.city.id for tie in path] == chain[:-1]
        assert all(tuple(sorted(tie.partnership.cities)) in pairs for tie in path)
