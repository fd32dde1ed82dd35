"""
The smaller records that cities, partnerships and networks are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from ..errors import shown
from . import converters as c
from . import frozen as v
from . import rules as r
from . import vocabulary as w
from .edtf import EdtfDate, EdtfInterval, to_date, to_interval

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


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Coordinates:
    """
    A point on Earth, WGS 84.

    >>> Coordinates(latitude=62.89238, longitude=27.67703)
    Coordinates(latitude=62.89238, longitude=27.67703)
    """

    latitude: float = attrs.field(converter=c.to_float)
    """Decimal degrees, -90 (south) to 90 (north)."""
    longitude: float = attrs.field(converter=c.to_float)
    """Decimal degrees, -180 (west) to 180 (east)."""

    RULES: ClassVar[r.Rules] = r.Rules({"latitude": r.degrees(90), "longitude": r.degrees(180)})

    def __attrs_post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            r.enforce(self, self.RULES)

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


_SOURCES = r.references()
# Records that come by the hundred thousand ask their rules in one expression, and the rules by field where it fails.
# Most lists have one id or none: their length is asked before the call.
_once = _SOURCES.holds
_texts = r.TEXT_BY_LANGUAGE.holds
# As with `references`: a converter sees to its form.
_CITY = r.Rule(r.ID.check, bool, r.ID.schema)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Source:
    """
    Where facts come from. Records refer to it by `id`.
    """

    id: str = attrs.field(converter=c.to_text)
    title: str | None = attrs.field(default=None, converter=c.to_optional_text)
    publisher: str | None = attrs.field(default=None, converter=c.to_optional_text)
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    published: EdtfDate | None = attrs.field(default=None, converter=to_date)
    retrieved: EdtfDate | None = attrs.field(default=None, converter=to_date)
    licence: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """An SPDX licence expression, such as `CC-BY-4.0`."""
    language: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """A BCP 47 tag."""

    RULES: ClassVar[r.Rules] = r.Rules(
        {
            "id": r.FILE_SAFE,
            "title": r.TEXT,
            "publisher": r.TEXT,
            "url": r.URL,
            "licence": r.TEXT,
            "language": r.TAG,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        r.enforce(self, self.RULES)

    def __hash__(self) -> int:
        return hash(self.id)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Population:
    """
    A number of inhabitants as a source states it.
    """

    value: int = attrs.field(converter=c.to_integer)
    """Inhabitants."""
    qualifier: w.Qualifier = attrs.field(default=w.Qualifier.EXACT, converter=w.to_qualifier)
    as_of: EdtfDate | None = attrs.field(default=None, converter=to_date)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[r.Rules] = r.Rules({"value": r.PEOPLE, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if not (0 <= self.value <= v.MAX_INTEGER and (len(self.sources) < 2 or _once(self.sources))):
            r.enforce(self, self.RULES)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Link:
    """
    Something to read: a title, a URL, or both.
    """

    title: str | None = attrs.field(default=None, converter=c.to_optional_text)
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    language: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """A BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[r.Rules] = r.Rules({"title": r.TEXT, "url": r.URL, "language": r.TAG, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        nothing = () if self.title or self.url else (("", "expected a title, a url or both"),)
        r.enforce(self, self.RULES, nothing)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Contact:
    """
    Whom to ask: an office, never a person.
    """

    role: str | None = attrs.field(default=None, converter=c.to_optional_text)
    city: str | None = attrs.field(default=None, converter=c.to_optional_id)
    """The id of the city whose office it is."""
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[r.Rules] = r.Rules({"role": r.TEXT, "city": _CITY, "url": r.URL, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        r.enforce(self, self.RULES)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Organisation:
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

    RULES: ClassVar[r.Rules] = r.Rules(
        {"names": r.TEXT_BY_LANGUAGE, "city": _CITY, "role": r.TEXT, "sources": _SOURCES}
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        r.enforce(self, self.RULES)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Milestone:
    """
    Something that happened, or is planned, at a time.
    """

    kind: w.MilestoneKind | None = attrs.field(default=None, converter=w.to_milestone_kind)
    date: EdtfDate | None = attrs.field(default=None, converter=to_date)
    stage: w.Stage | None = attrs.field(default=None, converter=w.to_stage)
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """What happened, by BCP 47 tag."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[r.Rules] = r.Rules({"summary": r.TEXT_BY_LANGUAGE, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        r.enforce(self, self.RULES)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Agreement:
    """
    A signed text and the term that it holds for.
    """

    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its title by BCP 47 tag."""
    period: EdtfInterval | None = attrs.field(default=None, converter=to_interval)
    url: str | None = attrs.field(default=None, converter=c.to_optional_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)

    RULES: ClassVar[r.Rules] = r.Rules({"names": r.TEXT_BY_LANGUAGE, "url": r.URL, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        r.enforce(self, self.RULES)


def to_organisations(value: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """
    *value* as a tuple of `Organisation`s.
    """
    return c.to_items(value, Organisation)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Activity:
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

    RULES: ClassVar[r.Rules] = r.Rules({"areas": r.references(), "summary": r.TEXT_BY_LANGUAGE, "sources": _SOURCES})

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if not (
            (len(self.areas) < 2 or _once(self.areas))
            and (len(self.sources) < 2 or _once(self.sources))
            and _texts(self.summary)
        ):
            r.enforce(self, self.RULES)


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
        raise TypeError(f"expected Coordinates, got {shown(value)}")
    return value
