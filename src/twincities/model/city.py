"""
Cities and other places that are twinned.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from . import provenance, rules
from .claims import CLAIMS, Claim, HasClaims, to_claims
from .converters import (
    Id,
    to_id,
    to_ids,
    to_ids_by_key,
    to_json_object,
    to_optional_text,
    to_place_kind,
    to_text_by_key,
    to_texts,
)
from .frozen import EMPTY
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
from .record import Record, Rules, not_itself, with_own_converters
from .vocabulary import PlaceKind

__all__ = ["City"]

_CITIES = rules.references("cities")


def _settle(cities: Iterable["City"]) -> None:
    """
    Name cities by their ids if they have no name.
    """
    for city in cities:
        if city.name is None and city.id is not None and rules.FILE_SAFE.holds(city.id):
            object.__setattr__(city, "name", city.id)


def _to_name(value: str | None) -> str:
    return to_optional_text(value)  # type: ignore[return-value]  # `_settle` fills in None


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class City(HasClaims, HasGeoInterface, Record):
    """
    A place that can be twinned: a city, a town, a municipality, a county.

    >>> City(id="gyor", name="Győr", names={"fi": "Györ"}, country_code="HU").label("fi")
    'Györ'

    Raises:
        InvalidRecordError: A field breaks its rule; `.problems` has the path of each.
    """

    id: Id = attrs.field(converter=to_id)
    """Stable, and safe as a file name: ASCII letters, digits and `. _ -`."""
    name: str = attrs.field(default=None, converter=_to_name)
    """The name that most readers know; the id if not given."""
    names: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """Names by BCP 47 tag, including the one in its own language."""
    alt_names: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    """Other names to look it up by."""
    kind: PlaceKind | None = attrs.field(default=None, converter=to_place_kind)
    country_code: str | None = attrs.field(default=None, converter=to_optional_text)
    """ISO 3166-1 alpha-2, as given by the source."""
    subdivision_codes: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    """ISO 3166-2."""
    coordinates: Coordinates | None = attrs.field(default=None, converter=to_coordinates)
    populations: tuple[Population, ...] = attrs.field(default=(), converter=to_populations)
    """Numbers of inhabitants, the one to show first."""
    wikidata_id: str | None = attrs.field(default=None, converter=to_optional_text)
    geonames_id: str | None = attrs.field(default=None, converter=to_optional_text)
    alt_ids: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    """Further Wikidata or GeoNames ids of the same partner, such as a town and its municipality."""
    part_of: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the places that it is part of, such as the city of a district."""
    succeeded_by: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the places that it has become part of, such as the municipality that it merged into."""
    summary: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """A few facts about the place, by BCP 47 tag."""
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the sources of the record as a whole."""
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=EMPTY, converter=to_ids_by_key)
    """The ids of the sources of single fields, by name: `wikidata_id`, `names.fi`."""
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Values of its fields that other sources give instead."""
    extra: Mapping[str, Any] = attrs.field(default=EMPTY, converter=to_json_object)
    """JSON values of other tools, kept through every round trip."""

    RULES: ClassVar[Rules] = Rules(
        {
            "id": rules.FILE_SAFE,
            "name": rules.TEXT,
            "names": rules.TEXT_BY_LANGUAGE,
            "alt_names": rules.each(rules.TEXT),
            "country_code": rules.COUNTRY,
            "subdivision_codes": rules.each(rules.SUBDIVISION),
            "wikidata_id": rules.WIKIDATA,
            "geonames_id": rules.GEONAMES,
            "alt_ids": rules.each(rules.PLACE_ID),
            "part_of": _CITIES,
            "succeeded_by": _CITIES,
            "summary": rules.TEXT_BY_LANGUAGE,
            **provenance.RULES,
        },
        provenance.FIELD_SOURCES,
        CLAIMS,
        not_itself("part_of", "expected a city other than itself"),
        not_itself("succeeded_by", "expected a city other than itself"),
        settle=_settle,
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str | None = None) -> str:
        """
        Its name in *lang* (a BCP 47 tag), or `name` if it has none or no language is given.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        return self.name if lang is None else label_in(self.names, lang) or self.name

    @property
    def population(self) -> int | None:
        """
        The number of inhabitants, from the first of `populations`.
        """
        return self.populations[0].value if self.populations else None
