"""
The flat tables that a data set has in every format, column by column: the one place that says so.

`TABLES` are those of a whole data set, `TIES` the one of a selection. `_flat` says what a table and a column are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from ..query.distances import distances_km
from ..query.ties import Tie, all_ties
from ..query.whole import Whole
from ._flat import Column, Kind, Table

__all__ = ["TABLES", "TIES"]

# -- columns that several tables have --------------------------------------------------------------


def _countries(cities: Sequence[City], lang: str) -> list[str | None]:
    codes = [city.country_code for city in cities]
    names = {code: code and country_name(code, lang) for code in dict.fromkeys(codes)}
    return [names[code] for code in codes]


def _point(name: str) -> Column:
    return Column.each(name, Kind.NUMBER, lambda city, _: city.coordinates and getattr(city.coordinates, name))


def _areas(ties: Sequence[Tie], lang: str) -> list[tuple[str, ...]]:
    # By id and not by record, for ties come by the ten thousand: their areas are a few dozen.
    wholes = {id(tie._whole): tie._whole for tie in ties}  # noqa: SLF001  # ties are of this house
    labels = {key: _AreaLabels(whole, lang) for key, whole in wholes.items()}
    return [tuple(map(labels[id(tie._whole)].__getitem__, tie.area_ids)) for tie in ties]  # noqa: SLF001


class _AreaLabels(dict[str, str]):
    """
    The labels of areas by id, each worked out when it is first asked for.
    """

    def __init__(self, whole: Whole, lang: str) -> None:
        self._whole, self._lang = whole, lang

    def __missing__(self, id: str) -> str:
        label = self[id] = self._whole.areas[id].label(self._lang)
        return label


def _distances(ties: Sequence[Tie], _: str) -> list[float | None]:
    return [None if distance is None else round(distance, 1) for distance in distances_km(ties)]


_COUNTRY = Column("country", Kind.TEXT, _countries)
_ID, _LABEL, _NUMBER = Column.field("id"), Column.label("label"), Column.field("number", Kind.INTEGER)
_LATITUDE, _LONGITUDE = _point("latitude"), _point("longitude")
_PLACE_KIND = Column.field("kind", Kind.WORD, PlaceKind)
_POPULATION = Column.field("population", Kind.INTEGER)
_SINCE, _UNTIL = Column.field("since", Kind.DATE), Column.field("until", Kind.DATE)
_STATUS = Column.field("status", Kind.WORD, PartnershipStatus)
_KIND = Column.field("kind", Kind.WORD, PartnershipKind)
_STATUS_SINCE = Column.field("status_since", Kind.DATE)
_SUMMARY = Column.text("summary", "summary")
_PERIOD, _URL = Column.field("period", Kind.INTERVAL), Column.field("url")
_STAGE = Column.field("stage", Kind.WORD, Stage)
_ASSERTED_BY = Column.field("asserted_by", Kind.TEXTS)
_SOURCES = Column.field("sources", Kind.TEXTS)
_TIE = (
    _STATUS,
    _KIND,
    _SINCE,
    _UNTIL.of("partnership"),
    _STATUS_SINCE.of("partnership"),
    Column("areas", Kind.TEXTS, _areas),
    Column.labels("networks"),
    Column("distance_km", Kind.NUMBER, _distances),
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
        return Column.each(name, Kind.TEXT, lambda part, _: getters[name](part.owner))

    return (*map(column, columns), _NUMBER)


def _part(*columns: Column) -> tuple[Column, ...]:
    return tuple(column.of("part") for column in columns)


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


def _all(name: str) -> Callable[[Whole], Iterable[Any]]:
    return lambda dataset: getattr(dataset, name).values()


TIES = Table(
    "ties",
    (
        _LABEL.of("city", "city"),
        _LABEL.of("partner", "partner"),
        _COUNTRY.of("partner"),
        _PLACE_KIND.of("partner", "place_kind"),
        *_TIE,
        _POPULATION.of("partner"),
        _LATITUDE.of("partner"),
        _LONGITUDE.of("partner"),
        _ID.of("city", "city_id"),
        _ID.of("partner", "partner_id"),
        *(Column.field(name).of("partner") for name in ("country_code", "wikidata_id", "geonames_id")),
    ),
    all_ties,
)
"""A row a tie, seen from one of its cities: the table of selections."""

_TABLES = (
    Table(
        "cities",
        (
            _ID,
            Column.label("name"),
            _PLACE_KIND,
            _COUNTRY,
            Column.field("country_code"),
            Column.field("subdivision_codes", Kind.TEXTS),
            _LATITUDE,
            _LONGITUDE,
            _POPULATION,
            Column.field("wikidata_id"),
            Column.field("geonames_id"),
            Column.field("alt_ids", Kind.TEXTS),
            Column.field("part_of", Kind.TEXTS),
            Column.field("succeeded_by", Kind.TEXTS),
            _SUMMARY,
            _SOURCES,
        ),
        _all("cities"),
    ),
    Table(
        "partnerships",
        (
            _LABEL.of("city", "city_1"),
            _LABEL.of("partner", "city_2"),
            _COUNTRY.of("city", "country_1"),
            _COUNTRY.of("partner", "country_2"),
            *_TIE,
            _ID.of("city", "city_1_id"),
            _ID.of("partner", "city_2_id"),
            _SUMMARY.of("partnership"),
            _ASSERTED_BY.of("partnership"),
            _SOURCES.of("partnership"),
        ),
        all_ties,
    ),
    Table(
        "networks",
        (_ID, Column.label("name"), _KIND, _STATUS, _SINCE, _UNTIL, _SUMMARY, _SOURCES),
        _all("networks"),
    ),
    Table(
        "members",
        (
            _ID.of("network", "network_id"),
            _LABEL.of("network", "network"),
            _ID.of("city", "city_id"),
            _LABEL.of("city", "city"),
        ),
        _memberships,
    ),
    Table(
        "names",
        (
            _ID.of("city", "city_id"),
            Column.field("name"),
            Column.field("language"),
            Column.field("is_alternative", Kind.TRUTH),
        ),
        _names,
    ),
    Table(
        "populations",
        (
            *_owner("city_id"),
            *_part(
                Column.field("value", Kind.INTEGER),
                Column.field("qualifier", Kind.WORD, Qualifier),
                Column.field("as_of", Kind.DATE),
                _SOURCES,
            ),
        ),
        _parts("populations", "cities"),
    ),
    Table(
        "activities",
        (
            *_owner(*_AGREED),
            Column.each("area_id", Kind.TEXT, lambda part, _: part.area and part.area.id),
            Column.each("area", Kind.TEXT, lambda part, lang: part.area and part.area.label(lang)),
            Column.each("organisations", Kind.TEXTS, _organisations),
            *_part(_SUMMARY, _STAGE, _PERIOD, _SOURCES),
        ),
        _activities,
    ),
    Table(
        "agreements",
        (
            *_owner(*_AGREED),
            *_part(
                Column.text("name", "names"),
                _KIND,
                Column.field("signed", Kind.DATE),
                _PERIOD,
                Column.field("areas", Kind.TEXTS)._replace(name="area_ids"),
                _URL,
                _SOURCES,
            ),
        ),
        _parts("agreements", "partnerships", "networks"),
    ),
    Table(
        "milestones",
        (
            *_owner("city_id", *_AGREED),
            *_part(
                Column.field("kind", Kind.WORD, MilestoneKind),
                Column.field("date", Kind.DATE),
                _STAGE,
                _SUMMARY,
                _SOURCES,
            ),
        ),
        _parts("milestones", "cities", "partnerships", "networks"),
    ),
    Table(
        "claims",
        (
            *_owner("city_id", *_AGREED),
            *_part(Column.field("field"), Column.field("value"), _ASSERTED_BY, _SOURCES),
        ),
        _parts("claims", "cities", "partnerships", "networks"),
    ),
    Table(
        "areas",
        (
            _ID,
            _LABEL,
            Column.field("broader", Kind.TEXTS),
            Column.text("definition", "definition"),
            Column.field("exact_match", Kind.TEXTS),
        ),
        _all("areas"),
    ),
    Table(
        "sources",
        (
            _ID,
            Column.field("title"),
            Column.field("publisher"),
            _URL,
            Column.field("published", Kind.DATE),
            Column.field("retrieved", Kind.DATE),
            Column.field("licence"),
            Column.field("language"),
        ),
        _all("sources"),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
"""The tables of a whole data set. `activities` has a row for each area of an activity; numbers count from 1 in a record."""
