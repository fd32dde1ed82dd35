"""
What cities cooperate in and agree on together: areas and networks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from ..errors import shown, step
from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from .cards import HasCard
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

__all__ = ["CooperationArea", "CooperationNetwork", "members_of"]


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class CooperationArea(HasCard):
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
            "broader": p.IDS,
            "definition": r.TEXT_BY_LANGUAGE,
            "exact_match": r.each(r.URL),
            **p.RULES,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            p.freeze_extra(self)
        r.enforce(self, self.RULES, self._across())

    def __hash__(self) -> int:
        return hash(self.id)

    def _across(self) -> Iterable[r.Complaint]:
        yield from p.broken_field_sources(self)
        for tag, labels in self.alt_labels.items():
            if self.pref_label.get(tag) in labels:
                preferred = shown(self.pref_label[tag])
                yield f".alt_labels{step(tag)}", f"expected labels other than the preferred {preferred}"
        if self.id in self.broader:
            yield ".broader", "expected areas other than itself"

    def label(self, lang: str = "en") -> str:
        """
        Its preferred label in *lang*, else in English, else in any language, else its id.
        """
        return text_in(self.pref_label, lang) or self.id


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class CooperationNetwork(HasCard):
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
            **p.RULES,
        }
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        if self.extra is not v.EMPTY:
            p.freeze_extra(self)
        r.enforce(self, self.RULES, p.broken_field_sources(self) if self.field_sources else ())

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
