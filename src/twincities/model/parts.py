"""
The smaller records that cities, partnerships and networks are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from ..errors import Problem, short
from . import converters as c
from . import frozen as v
from . import rules as r
from . import vocabulary as w
from .edtf import EdtfDate, EdtfInterval, to_date, to_interval
from .record import Across, Record, Rules, guarding_converters

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


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Coordinates(Record):
    """
    A point on Earth, WGS 84.

    >>> Coordinates(latitude=62.89238, longitude=27.67703)
    Coordinates(latitude=62.89238, longitude=27.67703)
    """

    latitude: float = attrs.field(converter=c.to_float)
    """Decimal degrees, -90 (south) to 90 (north)."""
    longitude: float = attrs.field(converter=c.to_float)
    """Decimal degrees, -180 (west) to 180 (east)."""

    RULES: ClassVar[Rules] = Rules({"latitude": r.degrees(90), "longitude": r.degrees(180)})

    def distance_km(self, other: Coordinates) -> float:
        """
        Kilometres to *other* along the WGS 84 ellipsoid (Karney 2013).

        >>> kuopio = Coordinates(latitude=62.89238, longitude=27.67703)
        >>> round(kuopio.distance_km(Coordinates(latitude=50.67119, longitude=17.92604)))
        1482
        """
        from geographiclib.geodesic import Geodesic

        geodesic = Geodesic.WGS84.Inverse(
            self.latitude, self.longitude, other.latitude, other.longitude, Geodesic.DISTANCE
        )
        return float(geodesic["s12"]) / 1000


_SOURCES = r.references("sources")
_AREAS = r.references("areas")
_CITY = r.reference("cities")


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Source(Record):
    """
    A page, list or book that facts come from. Records refer to it by `id`.
    """

    id: c.Id = attrs.field(converter=c.to_id)
    title: str | None = attrs.field(default=None, converter=c.to_optional_text)
    publisher: str | None = attrs.field(default=None, converter=c.to_optional_text)
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    published: EdtfDate | None = attrs.field(default=None, converter=to_date)
    retrieved: EdtfDate | None = attrs.field(default=None, converter=to_date)
    licence: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """An SPDX licence expression, such as `CC-BY-4.0`."""
    language: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """A BCP 47 tag."""

    RULES: ClassVar[Rules] = Rules(
        {
            "id": r.FILE_SAFE,
            "title": r.TEXT,
            "publisher": r.TEXT,
            "url": r.URL,
            "licence": r.TEXT,
            "language": r.TAG,
        }
    )

    def __hash__(self) -> int:
        return hash(self.id)


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Population(Record):
    """
    A number of inhabitants as a source states it.
    """

    value: int = attrs.field(converter=c.to_integer)
    """Inhabitants."""
    qualifier: w.Qualifier = attrs.field(default=w.Qualifier.EXACT, converter=w.to_qualifier)
    as_of: EdtfDate | None = attrs.field(default=None, converter=to_date)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"value": r.PEOPLE, "sources": _SOURCES})


def _check_link(_: type, link: Link) -> r.Problems:
    if link.title is None and link.url is None:
        yield Problem("", "expected a title, a url or both")


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Link(Record):
    """
    Something to read: a title, a URL, or both.
    """

    title: str | None = attrs.field(default=None, converter=c.to_optional_text)
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    language: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """A BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules(
        {"title": r.TEXT, "url": r.URL, "language": r.TAG, "sources": _SOURCES},
        Across(["title", "url"], _check_link, "not (r.title or r.url)"),
    )


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Contact(Record):
    """
    An office to ask, never a person.
    """

    role: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_role)
    """What the office is, by BCP 47 tag; a text alone is read as one in a language that isn't known, `und`."""
    city: str | None = attrs.field(default=None, converter=c.to_optional_id)
    """The id of the city whose office it is."""
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"role": r.ROLE, "city": _CITY, "url": r.URL, "sources": _SOURCES})


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Organisation(Record):
    """
    A body that takes part in an activity.
    """

    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its name by BCP 47 tag."""
    city: str | None = attrs.field(default=None, converter=c.to_optional_id)
    """The id of the city where it is."""
    role: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """What it is, in a word: university, theatre, company."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"names": r.TEXT_BY_LANGUAGE, "city": _CITY, "role": r.TEXT, "sources": _SOURCES})


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Milestone(Record):
    """
    Something that happened, or is planned, at a time.
    """

    kind: w.MilestoneKind | None = attrs.field(default=None, converter=w.to_milestone_kind)
    date: EdtfDate | None = attrs.field(default=None, converter=to_date)
    stage: w.Stage | None = attrs.field(default=None, converter=w.to_stage)
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """What happened, by BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"summary": r.TEXT_BY_LANGUAGE, "sources": _SOURCES})


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Agreement(Record):
    """
    A signed text, its kind and the term that it holds for.
    """

    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its title by BCP 47 tag."""
    kind: w.PartnershipKind | None = attrs.field(default=None, converter=w.to_partnership_kind)
    """The kind of tie that it makes: a pair may have signed several of different kinds."""
    signed: EdtfDate | None = attrs.field(default=None, converter=to_date)
    period: EdtfInterval | None = attrs.field(default=None, converter=to_interval)
    """The term that it holds for."""
    areas: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the cooperation areas that it is about."""
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"names": r.TEXT_BY_LANGUAGE, "areas": _AREAS, "url": r.URL, "sources": _SOURCES})


def to_organisations(value: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """
    *value* as a tuple of `Organisation`s.
    """
    return c.to_items(value, Organisation)


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Activity(Record):
    """
    One line of cooperation.
    """

    areas: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of its cooperation areas."""
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """What is done, by BCP 47 tag."""
    organisations: tuple[Organisation, ...] = attrs.field(default=(), converter=to_organisations)
    stage: w.Stage | None = attrs.field(default=None, converter=w.to_stage)
    period: EdtfInterval | None = attrs.field(default=None, converter=to_interval)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[Rules] = Rules({"areas": _AREAS, "summary": r.TEXT_BY_LANGUAGE, "sources": _SOURCES})


# -- converters of lists of them; mypy takes named functions only, no factory -----------------------


def to_activities(value: Iterable[Activity]) -> tuple[Activity, ...]:
    """
    *value* as a tuple of `Activity`.
    """
    return c.to_items(value, Activity)


def to_agreements(value: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """
    *value* as a tuple of `Agreement`s.
    """
    return c.to_items(value, Agreement)


def to_contacts(value: Iterable[Contact]) -> tuple[Contact, ...]:
    """
    *value* as a tuple of `Contact`s.
    """
    return c.to_items(value, Contact)


def to_links(value: Iterable[Link]) -> tuple[Link, ...]:
    """
    *value* as a tuple of `Link`s.
    """
    return c.to_items(value, Link)


def to_milestones(value: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """
    *value* as a tuple of `Milestone`s.
    """
    return c.to_items(value, Milestone)


def to_populations(value: Iterable[Population]) -> tuple[Population, ...]:
    """
    *value* as a tuple of `Population`s.
    """
    return c.to_items(value, Population)


def to_coordinates(value: Coordinates | None) -> Coordinates | None:
    """
    *value*, which has to be `Coordinates` or `None`.
    """
    if value is not None and not isinstance(value, Coordinates):
        raise TypeError(f"expected Coordinates, got {short(value)}")
    return value
