"""
Parts of a data set: a city with its ties and networks, and everything that these refer to.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import attrs

from ..model.lists import key_of
from ..query.whole import Whole, head_of, lists_of

# The fields that hold ids of records, with the list that has the records.
_REFERENCES = {
    "sources": "sources",
    "field_sources": "sources",
    "areas": "areas",
    "broader": "areas",
    "cities": "cities",
    "members": "cities",
    "city": "cities",
    "asserted_by": "cities",
    "part_of": "cities",
    "succeeded_by": "cities",
    "continues": "partnerships",
}


def part_around(whole: Whole, city: str) -> dict[str, Any]:
    """
    The arguments of a data set about the city with this id: its partnerships and networks, every record that these refer
    to, and the head, complete for this city at most.
    """
    index = whole._index
    wanted: dict[str, set[Any]] = {name: set() for name in lists_of(whole)}
    records: dict[str, Any] = {name: getattr(whole, name) for name in wanted}
    waiting: list[tuple[str, Any]] = [("cities", city)]
    waiting += [("partnerships", tie.cities) for tie in index.ties_of(city)[0]]
    waiting += [("networks", network.id) for network in index.networks_of.get(city, ())]
    while waiting:
        name, key = waiting.pop()
        if key not in wanted[name]:
            wanted[name].add(key)
            waiting += _references(records[name][key])
    return {
        **head_of(whole),
        **{
            name: [record for record in kept if key_of(record) in wanted[name]]
            for name, kept in lists_of(whole).items()
        },
        "complete_for": tuple(id for id in whole.complete_for if id == city),
    }


def _references(record: Any) -> Iterator[tuple[str, Any]]:
    """
    The list and the key of each record that *record* or one of its parts refers to.
    """
    for field in attrs.fields(type(record)):
        value, name = getattr(record, field.name), _REFERENCES.get(field.name)
        if not value:
            continue
        if name == "partnerships":
            yield name, value
        elif field.name == "field_sources":
            yield from (("sources", id) for id in chain.from_iterable(value.values()))
        elif name is not None:
            yield from ((name, id) for id in ((value,) if isinstance(value, str) else value))
        elif isinstance(value, tuple):
            yield from chain.from_iterable(_references(part) for part in value if attrs.has(type(part)))
