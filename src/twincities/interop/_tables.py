"""
Definitions of the flat tables, the same in every format.

`TABLES` are those of a data set, `TIES` that of a selection of ties. `_flat` defines tables and columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..model.city import City
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
from ._parts import (
    AGREED,
    activities,
    city_names,
    memberships,
    organisations,
    owner_columns,
    part_columns,
    parts_of,
)

# -- columns of several tables ---------------------------------------------------------------------


def _countries(cities: Sequence[City], lang: str) -> list[str | None]:
    codes = [city.country_code for city in cities]
    names = {code: code and country_name(code, lang) for code in dict.fromkeys(codes)}
    return [names[code] for code in codes]


def _point(name: str) -> Column:
    get = attrgetter(name)

    def values(cities: Sequence[City], _: str) -> list[float | None]:
        return [None if city.coordinates is None else get(city.coordinates) for city in cities]

    return Column(name, Kind.NUMBER, values)


def _areas(ties: Sequence[Tie], lang: str) -> list[tuple[str, ...]]:
    # Tens of thousands of ties share a few dozen areas: labels are looked up by id, each once.
    wholes = {id(tie._whole): tie._whole for tie in ties}
    labels = {key: _AreaLabels(whole, lang) for key, whole in wholes.items()}
    return [tuple(map(labels[id(tie._whole)].__getitem__, tie.area_ids)) for tie in ties]


class _AreaLabels(dict[str, str]):
    """
    The labels of areas by id, each looked up at first use.
    """

    def __init__(self, whole: Whole, lang: str) -> None:
        self._whole, self._lang = whole, lang

    def __missing__(self, id: str) -> str:
        label = self[id] = self._whole.areas[id].label(self._lang)
        return label


def _distances(ties: Sequence[Tie], _: str) -> list[float | None]:
    return [None if distance is None else round(distance, 1) for distance in distances_km(ties)]


_COUNTRY = Column("country", Kind.TEXT, _countries)
_ID, _LABEL = Column.field("id"), Column.label("label")
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
    _STATUS.of("partnership"),
    _KIND.of("partnership"),
    _SINCE.of("partnership"),
    _UNTIL.of("partnership"),
    _STATUS_SINCE.of("partnership"),
    Column("areas", Kind.TEXTS, _areas),
    Column.labels("networks"),
    Column("distance_km", Kind.NUMBER, _distances),
)

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
"""The table of selections: a row for each tie, seen from one of its cities."""

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
        memberships,
    ),
    Table(
        "names",
        (
            _ID.of("city", "city_id"),
            Column.field("name"),
            Column.field("language"),
            Column.field("is_alternative", Kind.TRUTH),
        ),
        city_names,
    ),
    Table(
        "populations",
        (
            *owner_columns("city_id"),
            *part_columns(
                Column.field("value", Kind.INTEGER),
                Column.field("qualifier", Kind.WORD, Qualifier),
                Column.field("as_of", Kind.DATE),
                _SOURCES,
            ),
        ),
        parts_of("populations", "cities"),
    ),
    Table(
        "activities",
        (
            *owner_columns(*AGREED),
            Column.each("area_id", Kind.TEXT, lambda part, _: part.area and part.area.id),
            Column.each("area", Kind.TEXT, lambda part, lang: part.area and part.area.label(lang)),
            Column.each("organisations", Kind.TEXTS, organisations),
            *part_columns(_SUMMARY, _STAGE, _PERIOD, _SOURCES),
        ),
        activities,
    ),
    Table(
        "agreements",
        (
            *owner_columns(*AGREED),
            *part_columns(
                Column.text("name", "names"),
                _KIND,
                Column.field("signed", Kind.DATE),
                _PERIOD,
                Column.field("areas", Kind.TEXTS)._replace(name="area_ids"),
                _URL,
                _SOURCES,
            ),
        ),
        parts_of("agreements", "partnerships", "networks"),
    ),
    Table(
        "milestones",
        (
            *owner_columns("city_id", *AGREED),
            *part_columns(
                Column.field("kind", Kind.WORD, MilestoneKind),
                Column.field("date", Kind.DATE),
                _STAGE,
                _SUMMARY,
                _SOURCES,
            ),
        ),
        parts_of("milestones", "cities", "partnerships", "networks"),
    ),
    Table(
        "claims",
        (
            *owner_columns("city_id", *AGREED),
            *part_columns(Column.field("field"), Column.field("value"), _ASSERTED_BY, _SOURCES),
        ),
        parts_of("claims", "cities", "partnerships", "networks"),
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
"""The tables of a data set. `activities` has a row for each area of an activity. Parts are numbered from 1 in a record."""
