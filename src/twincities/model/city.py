"""
Cities, and other places that are twinned.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from . import vocabulary as w
from .cards import HasCard
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

__all__ = ["City"]


# Records that come by the hundred thousand ask their rules in one expression, and the rules by field where it fails.
# Most lists have one id or none: their length is asked before the call.
_once = r.references().holds
_texts = r.TEXT_BY_LANGUAGE.holds


def _to_name(value: str | None) -> str:
    return c.to_optional_text(value)  # type: ignore[return-value]  # None becomes the id below


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class City(HasCard):
    """
    A place that can be twinned: a city, a town, a municipality, a county.

    >>> City(id="gyor", name="Győr", names={"fi": "Györ"}, country_code="HU").label("fi")
    'Györ'

    Raises:
        InvalidRecordError: A field breaks its rule; the message has the field's path.
    """

    id: str = attrs.field(converter=c.to_text)
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
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """A few facts of the place, by BCP 47 tag."""
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the sources of the record as a whole."""
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    """The ids of the sources of a field, where they differ: under `wikidata_id`, `names.fi`."""
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)
    """JSON values that other tools keep here; carried through every round trip."""

    RULES: ClassVar[r.Rules] = r.Rules(
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
            "summary": r.TEXT_BY_LANGUAGE,
            **p.RULES,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            p.freeze_extra(self)
        if (
            self.field_sources
            or self.extra
            or self.summary
            or self.alt_names
            or self.subdivision_codes
            or self.geonames_id is not None
            or self.alt_ids
            or not (
                r.FILE_SAFE.holds(self.id)
                and (self.name is None or self.name.strip())
                and _texts(self.names)
                and (self.country_code is None or r.COUNTRY.holds(self.country_code))
                and (self.wikidata_id is None or r.WIKIDATA.holds(self.wikidata_id))
                and (len(self.sources) < 2 or _once(self.sources))
            )
        ):
            r.enforce(self, self.RULES, p.broken_field_sources(self) if self.field_sources else ())
        if self.name is None:
            object.__setattr__(self, "name", self.id)

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

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        What GeoPandas, shapely and others read by themselves: a GeoJSON `Feature`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import city_feature

        return city_feature(self)
