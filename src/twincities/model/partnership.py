"""
Partnerships: ties between two cities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from ..errors import QueryError, shown
from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from . import vocabulary as w
from .cards import HasCard
from .edtf import EdtfDate, to_date
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

__all__ = ["Partnership"]


# Records that come by the hundred thousand ask their rules in one expression, and the rules by field where it fails.
# Most lists have one id or none: their length is asked before the call.
_once = r.references().holds


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=c.naming_fields)
class Partnership(HasCard):
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
        {"cities": r.references(unique=False), "asserted_by": p.IDS, "summary": r.TEXT_BY_LANGUAGE, **p.RULES}
    )

    def __repr__(self) -> str:
        return v.short_repr(self)

    def __attrs_post_init__(self) -> None:
        first, second = self.cities
        if second < first:
            object.__setattr__(self, "cities", (second, first))
        if self.extra is not v.EMPTY:
            p.freeze_extra(self)
        crossed = self.until or self.asserted_by or self.field_sources or first == second
        if crossed or self.extra or self.summary or (len(self.sources) > 1 and not _once(self.sources)):
            r.enforce(self, self.RULES, self._across() if crossed else ())

    def __hash__(self) -> int:
        return hash(self.cities)

    def _across(self) -> Iterable[r.Complaint]:
        yield from p.broken_field_sources(self)
        if self.cities[0] == self.cities[1]:
            yield ".cities", f"expected two different cities, got {shown(self.cities[0])} twice"
        for index, city in enumerate(self.asserted_by):
            if city not in self.cities:
                yield f".asserted_by[{index}]", f"expected one of the two cities, got {shown(city)}"
        since, until = self.since, self.until
        if until is not None and until.is_before(since):
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
