"""
The tables of facts that doors show: what each holds is said here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity
from ..model.vocabulary import (
    MilestoneKind,
    PartnershipKind,
    PartnershipStatus,
    PlaceKind,
    Qualifier,
    Stage,
    country_name,
)
from ..query.ties import Tie, all_ties
from ..query.whole import Whole
from ._flat import Column, Kind, Table, field, in_language, label, labels, rows, under

__all__ = ["TABLES", "TIES", "tables"]

# -- columns that several tables have --------------------------------------------------------------


def _country(name: str, of: Callable[[Any], City]) -> Column:
    def country(subject: Any, lang: str) -> str | None:
        code = of(subject).country_code
        return None if code is None else country_name(code, lang)

    return Column(name, Kind.TEXT, country)


def _point(name: str) -> Column:
    def degrees(city: City, _: str) -> float | None:
        return None if city.coordinates is None else getattr(city.coordinates, name)

    return Column(name, Kind.NUMBER, degrees)


def _distance(tie: Tie, _: str) -> float | None:
    distance = tie.distance_km
    return None if distance is None else round(distance, 1)


_LATITUDE, _LONGITUDE = _point("latitude"), _point("longitude")
_POPULATION = field("population", Kind.INTEGER)
_SOURCES = field("sources", Kind.TEXTS)
_TIE = (
    field("status", Kind.WORD, PartnershipStatus),
    field("kind", Kind.WORD, PartnershipKind),
    field("since", Kind.DATE),
    under("partnership", field("until", Kind.DATE)),
    under("partnership", field("status_since", Kind.DATE)),
    labels("areas"),
    labels("networks"),
    Column("distance_km", Kind.NUMBER, _distance),
)

# -- parts of records, which have tables of their own ----------------------------------------------


class Part(NamedTuple):
    """
    A part of a record: the record, the number of the part in it from 1, and for an activity one of its areas.
    """

    owner: Any
    number: int
    part: Any
    area: CooperationArea | None = None


def _parts(place: str, *lists: str) -> Callable[[Whole], Iterator[Part]]:
    def parts(dataset: Whole) -> Iterator[Part]:
        for name in lists:
            for owner in getattr(dataset, name).values():
                for number, part in enumerate(getattr(owner, place), 1):
                    yield Part(owner, number, part)

    return parts


def _activities(dataset: Whole) -> Iterator[Part]:
    for part in _parts("activities", "partnerships", "networks")(dataset):
        activity: Activity = part.part
        yield from (part._replace(area=dataset.areas[id]) for id in activity.areas)
        if not activity.areas:
            yield part


def _owner(*columns: str) -> tuple[Column, ...]:
    """
    Columns that tell the record of a part: a city, both cities of a partnership, or a network.
    """
    getters: dict[str, Callable[[Any], str | None]] = {
        "city_id": lambda owner: owner.id if isinstance(owner, City) else None,
        "city_1_id": lambda owner: owner.cities[0] if isinstance(owner, Partnership) else None,
        "city_2_id": lambda owner: owner.cities[1] if isinstance(owner, Partnership) else None,
        "network_id": lambda owner: owner.id if isinstance(owner, CooperationNetwork) else None,
    }

    def column(name: str) -> Column:
        return Column(name, Kind.TEXT, lambda part, _: getters[name](part.owner))

    return (*map(column, columns), field("number", Kind.INTEGER))


def _part(*columns: Column) -> tuple[Column, ...]:
    return tuple(under("part", column) for column in columns)


_AGREED = ("city_1_id", "city_2_id", "network_id")


def _organisations(part: Part, lang: str) -> tuple[str, ...]:
    named = (text_in(organisation.names, lang) for organisation in part.part.organisations)
    return tuple(name for name in named if name is not None)


class CityName(NamedTuple):
    """
    A name of a city, with its language where it is known.
    """

    city: City
    name: str
    language: str | None = None
    is_alternative: bool = False


def _names(dataset: Whole) -> Iterator[CityName]:
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


def _memberships(dataset: Whole) -> Iterator[Membership]:
    for network in dataset.networks.values():
        for id in network.members:
            yield Membership(network, dataset.cities[id])


# -- the tables ------------------------------------------------------------------------------------

TIES = Table(
    "ties",
    (
        label("city", "city"),
        label("partner", "partner"),
        _country("country", lambda tie: tie.partner),
        under("partner", field("kind", Kind.WORD, PlaceKind))._replace(name="place_kind"),
        *_TIE,
        under("partner", _POPULATION),
        under("partner", _LATITUDE),
        under("partner", _LONGITUDE),
        under("city", field("id"))._replace(name="city_id"),
        under("partner", field("id"))._replace(name="partner_id"),
        under("partner", field("country_code")),
        under("partner", field("wikidata_id")),
        under("partner", field("geonames_id")),
    ),
    all_ties,
)
"""A row a tie, seen from one of its cities: the table of selections."""


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "cities",
            (
                field("id"),
                label("name"),
                field("kind", Kind.WORD, PlaceKind),
                _country("country", lambda city: city),
                field("country_code"),
                field("subdivision_codes", Kind.TEXTS),
                _LATITUDE,
                _LONGITUDE,
                _POPULATION,
                field("wikidata_id"),
                field("geonames_id"),
                field("alt_ids", Kind.TEXTS),
                in_language("summary", "summary"),
                _SOURCES,
            ),
            lambda dataset: dataset.cities.values(),
        ),
        Table(
            "partnerships",
            (
                label("city_1", "city"),
                label("city_2", "partner"),
                _country("country_1", lambda tie: tie.city),
                _country("country_2", lambda tie: tie.partner),
                *_TIE,
                under("city", field("id"))._replace(name="city_1_id"),
                under("partner", field("id"))._replace(name="city_2_id"),
                under("partnership", in_language("summary", "summary")),
                under("partnership", field("asserted_by", Kind.TEXTS)),
                under("partnership", _SOURCES),
            ),
            all_ties,
        ),
        Table(
            "networks",
            (
                field("id"),
                label("name"),
                field("since", Kind.DATE),
                in_language("summary", "summary"),
                _SOURCES,
            ),
            lambda dataset: dataset.networks.values(),
        ),
        Table(
            "members",
            (
                under("network", field("id"))._replace(name="network_id"),
                label("network", "network"),
                under("city", field("id"))._replace(name="city_id"),
                label("city", "city"),
            ),
            _memberships,
        ),
        Table(
            "names",
            (
                under("city", field("id"))._replace(name="city_id"),
                field("name"),
                field("language"),
                field("is_alternative", Kind.TRUTH),
            ),
            _names,
        ),
        Table(
            "populations",
            (
                *_owner("city_id"),
                *_part(
                    field("value", Kind.INTEGER),
                    field("qualifier", Kind.WORD, Qualifier),
                    field("as_of", Kind.DATE),
                    _SOURCES,
                ),
            ),
            _parts("populations", "cities"),
        ),
        Table(
            "activities",
            (
                *_owner(*_AGREED),
                Column("area_id", Kind.TEXT, lambda part, _: part.area and part.area.id),
                Column("area", Kind.TEXT, lambda part, lang: part.area and part.area.label(lang)),
                Column("organisations", Kind.TEXTS, _organisations),
                *_part(
                    in_language("summary", "summary"),
                    field("stage", Kind.WORD, Stage),
                    field("period", Kind.INTERVAL),
                    _SOURCES,
                ),
            ),
            _activities,
        ),
        Table(
            "agreements",
            (
                *_owner(*_AGREED),
                *_part(in_language("name", "names"), field("period", Kind.INTERVAL), field("url"), _SOURCES),
            ),
            _parts("agreements", "partnerships", "networks"),
        ),
        Table(
            "milestones",
            (
                *_owner("city_id", *_AGREED),
                *_part(
                    field("kind", Kind.WORD, MilestoneKind),
                    field("date", Kind.DATE),
                    field("stage", Kind.WORD, Stage),
                    in_language("summary", "summary"),
                    _SOURCES,
                ),
            ),
            _parts("milestones", "cities", "partnerships", "networks"),
        ),
        Table(
            "areas",
            (
                field("id"),
                label("label"),
                field("broader", Kind.TEXTS),
                in_language("definition", "definition"),
                field("exact_match", Kind.TEXTS),
            ),
            lambda dataset: dataset.areas.values(),
        ),
        Table(
            "sources",
            (
                *map(field, ("id", "title", "publisher", "url")),
                field("published", Kind.DATE),
                field("retrieved", Kind.DATE),
                *map(field, ("licence", "language")),
            ),
            lambda dataset: dataset.sources.values(),
        ),
    )
}
"""The tables of a whole data set. `activities` has a row for each area of an activity; numbers count from 1 in a record."""


def tables(dataset: Whole, lang: str = "en") -> Iterator[tuple[Table, Iterator[tuple[Any, ...]]]]:
    """
    Every table with its rows.
    """
    for table in TABLES.values():
        yield table, rows(table, table.subjects(dataset), lang)
