"""
Cities, and other places that are twinned.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..errors import Problem
from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from . import vocabulary as w
from .cards import HasCard
from .claims import CLAIMS, Claim, HasClaims, to_claims
from .geo import HasGeoInterface
from .languages import label_in
from .parts import (
    Contact,
    Coordinates,
    Link,
    Milestone,
    Population,
    to_contacts,
    to_coordinates,
    to_links,
    to_milestones,
    to_populations,
)
from .record import Across, Record, Rules, guarding_converters

__all__ = ["City"]


_CITIES = r.references("cities")


def _check_itself(_: type, city: City) -> r.Problems:
    for name, ids in (("part_of", city.part_of), ("succeeded_by", city.succeeded_by)):
        for index, id in enumerate(ids):
            if id == city.id:
                yield Problem(f".{name}[{index}]", "expected other cities than itself")


def _settle(city: City) -> None:
    """
    Name a city by its id where no name is given.
    """
    if city.name is None and city.id is not None and r.FILE_SAFE.holds(city.id):
        object.__setattr__(city, "name", city.id)


def _to_name(value: str | None) -> str:
    return c.to_optional_text(value)  # type: ignore[return-value]  # None becomes the id below


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class City(HasCard, HasClaims, HasGeoInterface, Record):
    """
    A place that can be twinned: a city, a town, a municipality, a county.

    >>> City(id="gyor", name="Győr", names={"fi": "Györ"}, country_code="HU").label("fi")
    'Györ'

    Raises:
        InvalidRecordError: A field breaks its rule; the message has the field's path.
    """

    id: c.Id = attrs.field(converter=c.to_id)
    """Stable and safe as a file name: ASCII letters, digits and `. _ -`."""
    name: str = attrs.field(default=None, converter=_to_name)
    """What most readers call it; the id if not given."""
    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its name by BCP 47 tag, its own language included."""
    alt_names: tuple[str, ...] = attrs.field(default=(), converter=c.to_texts)
    """Other names that it is looked up by."""
    kind: w.PlaceKind | None = attrs.field(default=None, converter=w.to_place_kind)
    country_code: str | None = attrs.field(default=None, converter=c.to_optional_text)
    """ISO 3166-1 alpha-2, as its source states it."""
    subdivision_codes: tuple[str, ...] = attrs.field(default=(), converter=c.to_texts)
    """ISO 3166-2."""
    coordinates: Coordinates | None = attrs.field(default=None, converter=to_coordinates)
    populations: tuple[Population, ...] = attrs.field(default=(), converter=to_populations)
    """Statements of its size; the first is the one to show."""
    wikidata_id: str | None = attrs.field(default=None, converter=c.to_optional_text)
    geonames_id: str | None = attrs.field(default=None, converter=c.to_optional_text)
    alt_ids: tuple[str, ...] = attrs.field(default=(), converter=c.to_texts)
    """Further Wikidata or GeoNames ids of the same partner: a town and its municipality."""
    part_of: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the places that it is part of: a district of its city."""
    succeeded_by: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the places that it has become part of: a municipality of the one that it merged into."""
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """A few facts of the place, by BCP 47 tag."""
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the sources of the record as a whole."""
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    """The ids of the sources of a field, where they differ: under `wikidata_id`, `names.fi`."""
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Other values of its fields, as other sources state them."""
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)
    """JSON values that other tools keep here; carried through every round trip."""

    RULES: ClassVar[Rules] = Rules(
        {
            "id": r.FILE_SAFE,
            "name": r.TEXT,
            "names": r.TEXT_BY_LANGUAGE,
            "alt_names": r.each(r.TEXT),
            "country_code": r.COUNTRY,
            "subdivision_codes": r.each(r.SUBDIVISION),
            "wikidata_id": r.WIKIDATA,
            "geonames_id": r.GEONAMES,
            "alt_ids": r.each(r.PLACE_ID),
            "part_of": _CITIES,
            "succeeded_by": _CITIES,
            "summary": r.TEXT_BY_LANGUAGE,
            **p.RULES,
        },
        p.FIELD_SOURCES,
        CLAIMS,
        Across(["id", "part_of", "succeeded_by"], _check_itself, "r.part_of or r.succeeded_by"),
        settle=_settle,
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str | None = None) -> str:
        """
        Its name in *lang* (a BCP 47 tag); `name` where there is none, or no language is asked for.
        """
        return self.name if lang is None else label_in(self.names, lang) or self.name

    @property
    def population(self) -> int | None:
        """
        Inhabitants, as the first of `populations` states them.
        """
        return self.populations[0].value if self.populations else None
