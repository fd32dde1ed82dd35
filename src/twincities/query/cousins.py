"""
The partners of a city's partners.
"""

from __future__ import annotations

from ..model.city import City
from ..model.filling import filled
from .answers import Cousin
from .index import Index


def cousins_of(index: Index, city: str) -> list[Cousin]:
    """
    The partners of the partners of the city with this id: those that share most of them first, then by name.
    """
    cities, neighbours, here = index.numbered, index.neighbours, index.number_of[city]
    partners = neighbours[here]
    shared: dict[int, tuple[City, ...]] = {}
    several = set()
    for partner in partners:
        one = (cities[partner],)
        for cousin in neighbours[partner]:
            if cousin in shared:
                shared[cousin] += one
                several.add(cousin)
            else:
                shared[cousin] = one
    shared.pop(here, None)
    several.discard(here)
    known = set(partners)
    # Numbers are in the order of names. Most cousins share one partner and need no key: that is faster.
    ranked = sorted(several, key=lambda cousin: (-len(shared[cousin]), cousin))
    ranked += sorted(shared.keys() - several)
    columns = map(cities.__getitem__, ranked), map(shared.__getitem__, ranked), map(known.__contains__, ranked)
    return filled(Cousin, *columns)
