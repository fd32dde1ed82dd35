"""
What cities cooperate in and agree on together: areas and networks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..errors import Problem, short, step
from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from . import vocabulary as w
from .cards import HasCard
from .claims import CLAIMS, Claim, HasClaims, to_claims
from .edtf import EdtfDate, to_date
from .languages import text_in
from .partnership import Partnership
from .parts import (
    Activity,
    Agreement,
    Contact,
    Link,
    Milestone,
    to_activities,
    to_agreements,
    to_contacts,
    to_links,
    to_milestones,
)
from .record import Across, Record, Rules, guarding_converters

__all__ = ["CooperationArea", "CooperationNetwork", "members_of"]


def _check_labels(_: type, area: CooperationArea) -> r.Problems:
    for tag, labels in area.alt_labels.items():
        preferred = area.pref_label.get(tag)
        if preferred is not None and preferred in labels:
            yield Problem(f".alt_labels{step(tag)}", f"expected labels other than the preferred {short(preferred)}")


def _check_broader(_: type, area: CooperationArea) -> r.Problems:
    if area.id in area.broader:
        yield Problem(".broader", "expected areas other than itself")


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class CooperationArea(HasCard, Record):
    """
    A field that cities cooperate in: a SKOS concept.

    Raises:
        InvalidRecordError: A field breaks its rule, or a label is both preferred and alternative in one language
            (SKOS Reference, S13).
    """

    id: c.Id = attrs.field(converter=c.to_id)
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

    RULES: ClassVar[Rules] = Rules(
        {
            "id": r.FILE_SAFE,
            "pref_label": r.TEXT_BY_LANGUAGE,
            "alt_labels": r.TEXTS_BY_LANGUAGE,
            "broader": r.references("areas"),
            "definition": r.TEXT_BY_LANGUAGE,
            "exact_match": r.each(r.URL),
            **p.RULES,
        },
        p.FIELD_SOURCES,
        Across(["pref_label", "alt_labels"], _check_labels, "r.alt_labels"),
        Across(["id", "broader"], _check_broader, "r.broader"),
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str = "en") -> str:
        """
        Its preferred label in *lang*, else in English, else in any language, else its id.
        """
        return text_in(self.pref_label, lang) or self.id


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class CooperationNetwork(HasCard, HasClaims, Record):
    """
    An agreement of two cities or more.

    Raises:
        InvalidRecordError: A field breaks its rule, there are fewer than two members, or it certainly ends before it
            begins.
    """

    id: c.Id = attrs.field(converter=c.to_id)
    members: c.Members = attrs.field(converter=c.to_members)
    """The ids of the cities that belong to it."""
    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """Its name by BCP 47 tag."""
    kind: w.PartnershipKind | None = attrs.field(default=None, converter=w.to_partnership_kind)
    """The kind of tie that it makes between all of them: a twinning of three."""
    status: w.PartnershipStatus | None = attrs.field(default=None, converter=w.to_status)
    """How it stands at the data set's `as_of`; `None` where nothing was said."""
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    until: EdtfDate | None = attrs.field(default=None, converter=to_date)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=to_agreements)
    activities: tuple[Activity, ...] = attrs.field(default=(), converter=to_activities)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    summary: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=v.EMPTY, converter=c.to_ids_by_key)
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Other values of its fields, as other sources state them."""
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)

    RULES: ClassVar[Rules] = Rules(
        {
            "id": r.FILE_SAFE,
            "members": r.references("cities", at_least=2),
            "names": r.TEXT_BY_LANGUAGE,
            "summary": r.TEXT_BY_LANGUAGE,
            **p.RULES,
        },
        p.FIELD_SOURCES,
        CLAIMS,
        p.TERM,
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str = "en") -> str:
        """
        Its name in *lang*, else in English, else in any language, else its id.
        """
        return text_in(self.names, lang) or self.id


def members_of(record: Partnership | CooperationNetwork) -> tuple[str, ...]:
    """
    The ids of the cities that a partnership or a network joins.
    """
    return record.cities if isinstance(record, Partnership) else record.members
