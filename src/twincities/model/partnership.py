"""
Partnerships: ties between two cities.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..errors import Problem, QueryError, short
from . import converters as c
from . import frozen as v
from . import provenance as p
from . import rules as r
from . import vocabulary as w
from .cards import HasCard
from .claims import CLAIMS, Claim, HasClaims, to_claims
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
from .record import Across, Record, Rules, guarding_converters

__all__ = ["Partnership"]


def _check_asserted_by(_: type, tie: Partnership) -> r.Problems:
    for index, city in enumerate(tie.asserted_by):
        if city is not None and None not in tie.cities and city not in tie.cities and r.ID.holds(city):
            yield Problem(f".asserted_by[{index}]", f"expected one of the two cities, got {short(city)}")


def _check_continues(_: type, tie: Partnership) -> r.Problems:
    if tie.continues and None not in tie.continues and sorted(tie.continues) == sorted(map(str, tie.cities)):
        yield Problem(".continues", "expected the cities of another tie than itself")


def _settle(tie: Partnership) -> None:
    """
    Put the cities of a tie, and those of the one that it continues, in the order of the alphabet.
    """
    first, second = tie.cities
    if second < first:
        object.__setattr__(tie, "cities", (second, first))
    if tie.continues:
        object.__setattr__(tie, "continues", tuple(sorted(tie.continues)))


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Partnership(HasCard, HasClaims, Record):
    """
    A tie between two cities; one record a pair.

    >>> Partnership(cities=("opole", "kuopio"), since="1980").cities
    ('kuopio', 'opole')

    Raises:
        InvalidRecordError: A field breaks its rule, a city is paired with itself, or the tie certainly ends before it
            begins.
    """

    cities: c.Pair = attrs.field(converter=c.to_pair)
    """The ids of both cities, kept in the order of the alphabet whatever order was given."""
    kind: w.PartnershipKind | None = attrs.field(default=None, converter=w.to_partnership_kind)
    names: Mapping[str, str] = attrs.field(default=v.EMPTY, converter=c.to_text_by_key)
    """What its cities call it, by BCP 47 tag: partnerstad, sister port."""
    status: w.PartnershipStatus | None = attrs.field(default=None, converter=w.to_status)
    """How it stands at the data set's `as_of`; `None` where nothing was said."""
    status_since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    until: EdtfDate | None = attrs.field(default=None, converter=to_date)
    continues: tuple[str, ...] = attrs.field(default=(), converter=c.to_pair_or_none)
    """The ids of both cities of an earlier tie that it takes over, in the order of the alphabet, or none."""
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
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Other values of its fields, as other sources state them."""
    extra: Mapping[str, Any] = attrs.field(default=v.EMPTY, converter=c.to_json_object)
    """JSON values that other tools keep here; carried through every round trip."""

    RULES: ClassVar[Rules] = Rules(
        {
            "cities": r.pair("cities"),
            "names": r.TEXT_BY_LANGUAGE,
            "continues": r.pair("partnerships", may_be_empty=True),
            "summary": r.TEXT_BY_LANGUAGE,
            "asserted_by": r.references("cities"),
            **p.RULES,
        },
        p.FIELD_SOURCES,
        CLAIMS,
        p.TERM,
        Across(["cities", "asserted_by"], _check_asserted_by, "r.asserted_by"),
        Across(["cities", "continues"], _check_continues, "r.continues"),
        settle=_settle,
    )

    def __hash__(self) -> int:
        return hash(self.cities)

    def other(self, city: str) -> str:
        """
        The id of the city on the other side.

        Raises:
            QueryError: *city* isn't on either side.
        """
        if city not in self.cities:
            raise QueryError(f"expected one of {' and '.join(self.cities)}, got {short(city)}")
        return self.cities[self.cities[0] == city]
