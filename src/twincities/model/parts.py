"""
The parts of cities, partnerships and networks.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from ..errors import Problem, QueryError, shown
from . import rules
from .converters import (
    Id,
    to_float,
    to_id,
    to_ids,
    to_integer,
    to_items,
    to_milestone_kind,
    to_optional_id,
    to_optional_text,
    to_partnership_kind,
    to_qualifier,
    to_role,
    to_stage,
    to_text_by_key,
)
from .edtf import EdtfDate, EdtfInterval
from .frozen import EMPTY
from .moments import to_date, to_interval
from .record import CrossRule, Record, Rules, with_own_converters
from .vocabulary import MilestoneKind, PartnershipKind, Qualifier, Stage

__all__ = [
    "Activity",
    "Agreement",
    "Contact",
    "Coordinates",
    "Link",
    "Milestone",
    "Organisation",
    "Population",
    "Source",
    "to_activities",
    "to_agreements",
    "to_contacts",
    "to_coordinates",
    "to_links",
    "to_milestones",
    "to_populations",
]


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Coordinates(Record):
    """
    A point on Earth, WGS 84.

    >>> Coordinates(latitude=62.89238, longitude=27.67703)
    Coordinates(latitude=62.89238, longitude=27.67703)
    """

    latitude: float = attrs.field(converter=to_float)
    """Decimal degrees, -90 (south) to 90 (north)."""
    longitude: float = attrs.field(converter=to_float)
    """Decimal degrees, -180 (west) to 180 (east)."""

    RULES: ClassVar[Rules] = Rules({"latitude": rules.degrees(90), "longitude": rules.degrees(180)})

    def distance_km(self, other: "Coordinates") -> float:
        """
        Kilometres to *other* along the WGS 84 ellipsoid (Karney 2013).

        >>> kuopio = Coordinates(latitude=62.89238, longitude=27.67703)
        >>> round(kuopio.distance_km(Coordinates(latitude=50.67119, longitude=17.92604)))
        1482

        Raises:
            QueryError: *other* isn't `Coordinates`.
        """
        if not isinstance(other, Coordinates):
            raise QueryError(f"expected Coordinates, got {shown(other)}")
        from geographiclib.geodesic import Geodesic

        geodesic = Geodesic.WGS84.Inverse(
            self.latitude, self.longitude, other.latitude, other.longitude, Geodesic.DISTANCE
        )
        return float(geodesic["s12"]) / 1000


_SOURCES = rules.references("sources")
_AREAS = rules.references("areas")
_CITY = rules.reference("cities")


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Source(Record):
    """
    A page, list or book that facts come from; records refer to it by `id`.
    """

    id: Id = attrs.field(converter=to_id)
    title: str | None = attrs.field(default=None, converter=to_optional_text)
    publisher: str | None = attrs.field(default=None, converter=to_optional_text)
    url: str | None = attrs.field(default=None, converter=to_optional_text)
    published: EdtfDate | None = attrs.field(default=None, converter=to_date)
    retrieved: EdtfDate | None = attrs.field(default=None, converter=to_date)
    licence: str | None = attrs.field(default=None, converter=to_optional_text)
    """An SPDX licence expression, such as `CC-BY-4.0`."""
    language: str | None = attrs.field(default=None, converter=to_optional_text)
    """A BCP 47 tag."""

    RULES: ClassVar[Rules] = Rules(
        {
            "id": rules.FILE_SAFE,
            "title": rules.TEXT,
            "publisher": rules.TEXT,
            "url": rules.URL,
            "licence": rules.TEXT,
            "language": rules.TAG,
        }
    )

    def __hash__(self) -> int:
        return hash(self.id)


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Population(Record):
    """
    A number of inhabitants, as given by a source.
    """

    value: int = attrs.field(converter=to_integer)
    """Inhabitants."""
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACT, converter=to_qualifier)
    as_of: EdtfDate | None = attrs.field(default=None, converter=to_date)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules({"value": rules.PEOPLE, "sources": _SOURCES})


def _check_link(_: type, link: "Link") -> rules.Problems:
    if link.title is None and link.url is None:
        yield Problem("", "expected a title, a url or both")


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Link(Record):
    """
    Something to read: a title, a URL, or both.
    """

    title: str | None = attrs.field(default=None, converter=to_optional_text)
    url: str | None = attrs.field(default=None, converter=to_optional_text)
    language: str | None = attrs.field(default=None, converter=to_optional_text)
    """A BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules(
        {"title": rules.TEXT, "url": rules.URL, "language": rules.TAG, "sources": _SOURCES},
        CrossRule(["title", "url"], _check_link),
    )


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Contact(Record):
    """
    An office to contact, never a person.
    """

    role: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_role)
    """The name of the office, by BCP 47 tag. A plain string is stored as `und`, an undetermined language."""
    city: str | None = attrs.field(default=None, converter=to_optional_id)
    """The id of the city whose office it is."""
    url: str | None = attrs.field(default=None, converter=to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules({"role": rules.ROLE, "city": _CITY, "url": rules.URL, "sources": _SOURCES})


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Organisation(Record):
    """
    A body that takes part in an activity.
    """

    names: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """Its name, by BCP 47 tag."""
    city: str | None = attrs.field(default=None, converter=to_optional_id)
    """The id of the city that it is in."""
    role: str | None = attrs.field(default=None, converter=to_optional_text)
    """Its kind, in a word: university, theatre, company."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules(
        {"names": rules.TEXT_BY_LANGUAGE, "city": _CITY, "role": rules.TEXT, "sources": _SOURCES}
    )


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Milestone(Record):
    """
    An event that happened or is planned.
    """

    kind: MilestoneKind | None = attrs.field(default=None, converter=to_milestone_kind)
    date: EdtfDate | None = attrs.field(default=None, converter=to_date)
    stage: Stage | None = attrs.field(default=None, converter=to_stage)
    summary: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """What happened, by BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules({"summary": rules.TEXT_BY_LANGUAGE, "sources": _SOURCES})


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Agreement(Record):
    """
    A signed agreement.
    """

    names: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """Its title, by BCP 47 tag."""
    kind: PartnershipKind | None = attrs.field(default=None, converter=to_partnership_kind)
    """The kind of tie that it makes. A pair may have agreements of several kinds."""
    signed: EdtfDate | None = attrs.field(default=None, converter=to_date)
    period: EdtfInterval | None = attrs.field(default=None, converter=to_interval)
    """The term of the agreement."""
    areas: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the cooperation areas that it covers."""
    url: str | None = attrs.field(default=None, converter=to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules(
        {"names": rules.TEXT_BY_LANGUAGE, "areas": _AREAS, "url": rules.URL, "sources": _SOURCES}
    )


def to_organisations(value: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """
    *value* as a tuple of `Organisation` records.
    """
    return to_items(value, Organisation)


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Activity(Record):
    """
    A line of cooperation.
    """

    areas: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of its cooperation areas."""
    summary: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """A description, by BCP 47 tag."""
    organisations: tuple[Organisation, ...] = attrs.field(default=(), converter=to_organisations)
    stage: Stage | None = attrs.field(default=None, converter=to_stage)
    period: EdtfInterval | None = attrs.field(default=None, converter=to_interval)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)

    RULES: ClassVar[Rules] = Rules({"areas": _AREAS, "summary": rules.TEXT_BY_LANGUAGE, "sources": _SOURCES})


# -- converters of lists; mypy takes only named functions as converters ---------------------------------


def to_activities(value: Iterable[Activity]) -> tuple[Activity, ...]:
    """
    *value* as a tuple of `Activity` records.
    """
    return to_items(value, Activity)


def to_agreements(value: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """
    *value* as a tuple of `Agreement` records.
    """
    return to_items(value, Agreement)


def to_contacts(value: Iterable[Contact]) -> tuple[Contact, ...]:
    """
    *value* as a tuple of `Contact` records.
    """
    return to_items(value, Contact)


def to_links(value: Iterable[Link]) -> tuple[Link, ...]:
    """
    *value* as a tuple of `Link` records.
    """
    return to_items(value, Link)


def to_milestones(value: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """
    *value* as a tuple of `Milestone` records.
    """
    return to_items(value, Milestone)


def to_populations(value: Iterable[Population]) -> tuple[Population, ...]:
    """
    *value* as a tuple of `Population` records.
    """
    return to_items(value, Population)


def to_coordinates(value: Coordinates | None) -> Coordinates | None:
    """
    *value*, which has to be `Coordinates` or `None`.
    """
    if value is not None and not isinstance(value, Coordinates):
        raise TypeError(f"expected Coordinates(latitude=…, longitude=…), got {shown(value)}")
    return value
