"""
Cooperation areas and cooperation networks.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..errors import Problem, shown, step
from . import provenance, rules
from .claims import CLAIMS, Claim, HasClaims, to_claims
from .converters import (
    Id,
    Members,
    to_id,
    to_ids,
    to_ids_by_key,
    to_json_object,
    to_members,
    to_partnership_kind,
    to_status,
    to_text_by_key,
    to_texts,
    to_texts_by_key,
)
from .edtf import EdtfDate
from .frozen import EMPTY
from .languages import text_in
from .moments import to_date
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
from .record import CrossRule, Record, Rules, not_itself, with_own_converters
from .vocabulary import PartnershipKind, PartnershipStatus

__all__ = ["CooperationArea", "CooperationNetwork", "members_of"]


def _check_labels(_: type, area: "CooperationArea") -> rules.Problems:
    for tag, labels in area.alt_labels.items():
        preferred = area.pref_label.get(tag)
        if preferred is not None and preferred in labels:
            yield Problem(
                f".alt_labels{step(tag)}", f"expected labels other than the preferred label {shown(preferred)}"
            )


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class CooperationArea(Record):
    """
    A field that cities cooperate in: a SKOS concept.

    Raises:
        InvalidRecordError: A field breaks its rule, or a label is both preferred and alternative in a language
            (SKOS Reference, S13).
    """

    id: Id = attrs.field(converter=to_id)
    pref_label: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """The preferred label, by BCP 47 tag."""
    alt_labels: Mapping[str, tuple[str, ...]] = attrs.field(default=EMPTY, converter=to_texts_by_key)
    """Other labels, by BCP 47 tag."""
    broader: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the broader areas that it belongs to."""
    definition: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    exact_match: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    """The URIs of the same concept in other vocabularies."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=EMPTY, converter=to_ids_by_key)
    extra: Mapping[str, Any] = attrs.field(default=EMPTY, converter=to_json_object)

    RULES: ClassVar[Rules] = Rules(
        {
            "id": rules.FILE_SAFE,
            "pref_label": rules.TEXT_BY_LANGUAGE,
            "alt_labels": rules.TEXTS_BY_LANGUAGE,
            "broader": rules.references("areas"),
            "definition": rules.TEXT_BY_LANGUAGE,
            "exact_match": rules.each(rules.URL),
            **provenance.RULES,
        },
        provenance.FIELD_SOURCES,
        CrossRule(["pref_label", "alt_labels"], _check_labels, "alt_labels"),
        not_itself("broader", "expected an area other than itself"),
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str = "en") -> str:
        """
        Its preferred label in *lang*, or else in English, in any language, or its id.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        return text_in(self.pref_label, lang) or self.id


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class CooperationNetwork(HasClaims, Record):
    """
    An agreement between two or more cities.

    Raises:
        InvalidRecordError: A field breaks its rule, there are fewer than two members, or it certainly ends before it
            begins.
    """

    id: Id = attrs.field(converter=to_id)
    members: Members = attrs.field(converter=to_members)
    """The ids of its member cities."""
    names: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """Its name, by BCP 47 tag."""
    kind: PartnershipKind | None = attrs.field(default=None, converter=to_partnership_kind)
    """The kind of tie between all members, such as a twinning of three cities."""
    status: PartnershipStatus | None = attrs.field(default=None, converter=to_status)
    """Its state at the data set's `as_of`; `None` if no source says."""
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    until: EdtfDate | None = attrs.field(default=None, converter=to_date)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=to_agreements)
    activities: tuple[Activity, ...] = attrs.field(default=(), converter=to_activities)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    summary: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=EMPTY, converter=to_ids_by_key)
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Values of its fields that other sources give instead."""
    extra: Mapping[str, Any] = attrs.field(default=EMPTY, converter=to_json_object)

    RULES: ClassVar[Rules] = Rules(
        {
            "id": rules.FILE_SAFE,
            "members": rules.references("cities", at_least=2),
            "names": rules.TEXT_BY_LANGUAGE,
            "summary": rules.TEXT_BY_LANGUAGE,
            **provenance.RULES,
        },
        provenance.FIELD_SOURCES,
        CLAIMS,
        provenance.TERM,
    )

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, lang: str = "en") -> str:
        """
        Its name in *lang*, or else in English, in any language, or its id.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        return text_in(self.names, lang) or self.id


def members_of(record: Partnership | CooperationNetwork) -> tuple[str, ...]:
    """
    The ids of the cities that a partnership or a network joins.
    """
    return record.cities if isinstance(record, Partnership) else record.members
