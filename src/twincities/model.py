"""
The records: cities, partnerships, cooperation areas and cooperation networks.

They are frozen, compare by content and hold ids, never each other; a `Dataset` resolves the ids.
Only the fields without a default are required; what isn't known is `None` or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from . import converters as c
from . import rules as r
from . import values as v
from . import vocabulary as w
from .edtf import EdtfDate, to_date
from .errors import QueryError, shown
from .languages import language
from .parts import (
    Activity,
    Agreement,
    Contact,
    Coordinates,
    Link,
    Milestone,
    Organisation,
    Population,
    Source,
)

__all__ = [
    "Activity",
    "Agreement",
    "City",
    "Contact",
    "CooperationArea",
    "CooperationNetwork",
    "Coordinates",
    "Link",
    "Milestone",
    "Organisation",
    "Partnership",
    "Population",
    "Source",
]


# -- converters and rules that these classes share -------------------------------------------------


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


_IDS = r.references()
_PROVENANCE = {"sources": _IDS, "extra": r.JSON_OBJECT}
_WITHOUT_SOURCES = ("sources", "field_sources", "extra")


def _sources_of_fields(record: Any) -> Iterable[r.Complaint]:
    """
    The rule of `field_sources`: it names fields of the record, or keys of them, and ids of sources.
    """
    for key, ids in record.field_sources.items():
        field = key.partition(".")[0]
        if field not in record.__slots__ or field in _WITHOUT_SOURCES:  # the slots are the fields
            expected = "expected the name of a field, such as 'since' or 'names.fi'"
            yield f".field_sources{v.step(key)}", f"{expected}, got {shown(key)}"
        for below, message in _IDS(ids):
            yield f".field_sources{v.step(key)}{below}", message


# Records that come by the hundred thousand ask their rules in one expression, and the rules by field where it fails.
# Most lists have one id or none: their length is asked before the call.
_once = r.references().holds
_texts = r.TEXT_BY_LANGUAGE.holds


def _freeze_extra(record: Any) -> None:
    # The quick reader leaves the lists and objects in it as they are.
    object.__setattr__(record, "extra", v.frozen(v.freeze_json(record.extra)))


def label_in(labels: Mapping[str, str], lang: str) -> str | None:
    """
    The label in *lang*, or in what is left of its tag when it is cut from the end (RFC 4647, 3.4), or `None`.
    """
    if lang not in labels:
        lang = language(lang)
        while lang not in labels and "-" in lang:
            lang = lang.rpartition("-")[0]
    return labels.get(lang)


def text_in(texts: Mapping[str, str], lang: str) -> str | None:
    """
    Of texts by language the one in *lang*, else in English, else the first.
    """
    return label_in(texts, lang) or label_in(texts, "en") or next(iter(texts.values()), None)


# -- the records -----------------------------------------------------------------------------------


def _to_name(value: str | None) -> str:
    return c.to_optional_text(value)  # type: ignore[return-value]  # None becomes the id below


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class City:
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
            **_PROVENANCE,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            _freeze_extra(self)
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
            r.enforce(self, self.RULES, _sources_of_fields(self) if self.field_sources else ())
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
        from .interop.geojson import city_feature

        return city_feature(self)

    def _repr_html_(self) -> str:
        from .cards import card

        return card(self)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Partnership:
    """
    A tie between two cities; one record a pair.

    >>> Partnership(cities=("opole", "kuopio"), since="1980").cities
    ('kuopio', 'opole')

    Raises:
        InvalidRecordError: A field breaks its rule, a city is paired with itself, or the tie certainly ends before it
            begins.
    """

    cities: tuple[str, str] = attrs.field(converter=c.to_pair)
    """The ids of both cities, kept in the order of the alphabet whatever order was given."""
    kind: w.PartnershipKind | None = attrs.field(default=None, converter=w.to_partnership_kind)
    status: w.PartnershipStatus | None = attrs.field(default=None, converter=w.to_status)
    """How it stands at the data set's `as_of`; `None` where nothing was said."""
    status_since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    until: EdtfDate | None = attrs.field(default=None, converter=to_date)
    activities: tuple[Activity, ...] = attrs.field(default=(), converter=to_activities)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=to_agreements)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """The tie in a few words, by BCP 47 tag."""
    asserted_by: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the cities that state it, where known."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the sources of the record as a whole."""
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    """The ids of the sources of a field, where they differ: under `since`."""
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)
    """JSON values that other tools keep here; carried through every round trip."""

    RULES: ClassVar[r.Rules] = r.Rules(
        {"cities": r.references(unique=False), "asserted_by": _IDS, "summary": r.TEXT_BY_LANGUAGE, **_PROVENANCE}
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        first, second = self.cities
        if second < first:
            object.__setattr__(self, "cities", (second, first))
        if self.extra is not v.EMPTY:
            _freeze_extra(self)
        crossed = self.until or self.asserted_by or self.field_sources or first == second
        if crossed or self.extra or self.summary or (len(self.sources) > 1 and not _once(self.sources)):
            r.enforce(self, self.RULES, self._across() if crossed else ())

    def __hash__(self) -> int:
        return hash(self.cities)

    def _across(self) -> Iterable[r.Complaint]:
        yield from _sources_of_fields(self)
        if self.cities[0] == self.cities[1]:
            yield ".cities", f"expected two different cities, got {shown(self.cities[0])} twice"
        for index, city in enumerate(self.asserted_by):
            if city not in self.cities:
                yield f".asserted_by[{index}]", f"expected one of the two cities, got {shown(city)}"
        since, until = self.since, self.until
        certain = since is not None and until is not None and since.is_certain and until.is_certain
        if certain and until.latest < since.earliest:  # type: ignore[union-attr, operator]
            yield ".until", f"expected an end that isn't before the start {since}, got {until}"

    def other(self, city: str) -> str:
        """
        The id of the city on the other side.

        Raises:
            QueryError: *city* isn't on either side.
        """
        if city not in self.cities:
            raise QueryError(f"expected one of {' and '.join(self.cities)}, got {shown(city)}")
        return self.cities[self.cities[0] == city]

    def _repr_html_(self) -> str:
        from .cards import card

        return card(self)


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class CooperationArea:
    """
    A field that cities cooperate in: a SKOS concept.

    Raises:
        InvalidRecordError: A field breaks its rule, or a label is both preferred and alternative in one language
            (SKOS Reference, S13).
    """

    id: str = attrs.field(converter=c.to_text)
    pref_label: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its preferred label by BCP 47 tag."""
    alt_labels: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_texts_by_key)
    """Other labels by BCP 47 tag."""
    broader: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the areas that it belongs to."""
    definition: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    exact_match: tuple[str, ...] = attrs.field(default=(), converter=c.to_texts)
    """The URIs of the same concept in other vocabularies."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)

    RULES: ClassVar[r.Rules] = r.Rules(
        {
            "id": r.FILE_SAFE,
            "pref_label": r.TEXT_BY_LANGUAGE,
            "alt_labels": r.TEXTS_BY_LANGUAGE,
            "broader": _IDS,
            "definition": r.TEXT_BY_LANGUAGE,
            "exact_match": r.each(r.URL),
            **_PROVENANCE,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            _freeze_extra(self)
        r.enforce(self, self.RULES, self._across())

    def __hash__(self) -> int:
        return hash(self.id)

    def _across(self) -> Iterable[r.Complaint]:
        yield from _sources_of_fields(self)
        for tag, labels in self.alt_labels.items():
            if self.pref_label.get(tag) in labels:
                preferred = shown(self.pref_label[tag])
                yield f".alt_labels{v.step(tag)}", f"expected labels other than the preferred {preferred}"
        if self.id in self.broader:
            yield ".broader", "expected areas other than itself"

    def label(self, lang: str = "en") -> str:
        """
        Its preferred label in *lang*, else in English, else in any language, else its id.
        """
        return text_in(self.pref_label, lang) or self.id


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class CooperationNetwork:
    """
    An agreement of two cities or more.

    Raises:
        InvalidRecordError: A field breaks its rule, or there are fewer than two members.
    """

    id: str = attrs.field(converter=c.to_text)
    members: tuple[str, ...] = attrs.field(converter=c.to_ids)
    """The ids of the cities that belong to it."""
    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its name by BCP 47 tag."""
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=to_agreements)
    activities: tuple[Activity, ...] = attrs.field(default=(), converter=to_activities)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)

    RULES: ClassVar[r.Rules] = r.Rules(
        {
            "id": r.FILE_SAFE,
            "members": r.references(at_least=2),
            "names": r.TEXT_BY_LANGUAGE,
            "summary": r.TEXT_BY_LANGUAGE,
            **_PROVENANCE,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            _freeze_extra(self)
        r.enforce(self, self.RULES, _sources_of_fields(self) if self.field_sources else ())

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str = "en") -> str:
        """
        Its name in *lang*, else in English, else in any language, else its id.
        """
        return text_in(self.names, lang) or self.id

    def _repr_html_(self) -> str:
        from .cards import card

        return card(self)


LISTS: Mapping[str, tuple[type[Any], str]] = {
    "sources": (Source, "source"),
    "areas": (CooperationArea, "area"),
    "cities": (City, "city"),
    "partnerships": (Partnership, "partnership"),
    "networks": (CooperationNetwork, "network"),
}
"""The lists of a data set in the order of writing: what each holds, and how one of them is called."""


def members_of(record: Partnership | CooperationNetwork) -> tuple[str, ...]:
    """
    The ids of the cities that a partnership or a network joins.
    """
    return record.cities if isinstance(record, Partnership) else record.members
