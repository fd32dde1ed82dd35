"""
Subjects of tables other than records: parts of records, names of cities, and memberships of networks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..query.whole import Whole
from ._flat import Column, Kind


class Part(NamedTuple):
    """
    A part of a record: the record, the part's number from 1, the part, and one area of an activity.
    """

    owner: Any
    number: int
    part: Any
    area: CooperationArea | None = None


def parts_of(place: str, *lists: str) -> Callable[[Whole], Iterator[Part]]:
    """
    Select the parts in the field *place* of the records in *lists*.
    """

    def parts(dataset: Whole) -> Iterator[Part]:
        for name in lists:
            for owner in getattr(dataset, name).values():
                for number, part in enumerate(getattr(owner, place), 1):
                    yield Part(owner, number, part)

    return parts


def activities(dataset: Whole) -> Iterator[Part]:
    """
    Select each area of each activity, and activities without areas.
    """
    for part in parts_of("activities", "partnerships", "networks")(dataset):
        yield from (part._replace(area=dataset.areas[id]) for id in part.part.areas)
        if not part.part.areas:
            yield part


def owner_columns(*columns: str) -> tuple[Column, ...]:
    """
    Columns that identify the record of a part: a city, the cities of a partnership, or a network.
    """
    getters: dict[str, Callable[[Any, str], str | None]] = {
        "city_id": lambda owner, _: owner.id if isinstance(owner, City) else None,
        "city_1_id": lambda owner, _: owner.cities[0] if isinstance(owner, Partnership) else None,
        "city_2_id": lambda owner, _: owner.cities[1] if isinstance(owner, Partnership) else None,
        "network_id": lambda owner, _: owner.id if isinstance(owner, CooperationNetwork) else None,
    }
    owners = (Column.each(name, Kind.TEXT, getters[name]).of("owner") for name in columns)
    return (*owners, Column.field("number", Kind.INTEGER))


def part_columns(*columns: Column) -> tuple[Column, ...]:
    return tuple(column.of("part") for column in columns)


AGREED = ("city_1_id", "city_2_id", "network_id")


def organisations(part: Part, lang: str) -> tuple[str, ...]:
    named = (text_in(organisation.names, lang) for organisation in part.part.organisations)
    return tuple(name for name in named if name is not None)


class CityName(NamedTuple):
    """
    A name of a city, with its language if known.
    """

    city: City
    name: str
    language: str | None = None
    is_alternative: bool = False


def city_names(dataset: Whole) -> Iterator[CityName]:
    """
    Select all names of all cities, each city's main name first.
    """
    for city in dataset.cities.values():
        yield CityName(city, city.name)
        yield from (CityName(city, name, tag) for tag, name in city.names.items())
        yield from (CityName(city, name, is_alternative=True) for name in city.alt_names)


class Membership(NamedTuple):
    """
    A city in a network.
    """

    network: CooperationNetwork
    city: City


def memberships(dataset: Whole) -> Iterator[Membership]:
    for network in dataset.networks.values():
        for id in network.members:
            yield Membership(network, dataset.cities[id])
