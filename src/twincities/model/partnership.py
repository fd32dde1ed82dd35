"""
Partnerships between two cities.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from ..errors import Problem, QueryError, shown
from . import provenance, rules
from .claims import CLAIMS, Claim, HasClaims, to_claims
from .converters import (
    Pair,
    to_ids,
    to_ids_by_key,
    to_json_object,
    to_pair,
    to_pair_or_none,
    to_partnership_kind,
    to_status,
    to_text_by_key,
)
from .edtf import EdtfDate
from .frozen import EMPTY
from .moments import to_date
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
from .record import CrossRule, Record, Rules, with_own_converters
from .vocabulary import PartnershipKind, PartnershipStatus

__all__ = ["Partnership"]


def _check_asserted_by(_: type, tie: "Partnership") -> rules.Problems:
    for index, city in enumerate(tie.asserted_by):
        if city is not None and None not in tie.cities and city not in tie.cities and rules.ID.holds(city):
            yield Problem(f".asserted_by[{index}]", f"expected one of the two cities, got {shown(city)}")


def _check_continues(_: type, tie: "Partnership") -> rules.Problems:
    if tie.continues and None not in tie.continues and sorted(tie.continues) == sorted(map(str, tie.cities)):
        yield Problem(".continues", "expected the cities of another tie")


def _settle(ties: Iterable["Partnership"]) -> None:
    """
    Sort the cities of ties, and those of the ties that they continue.
    """
    for tie in ties:
        first, second = tie.cities
        if second < first:
            object.__setattr__(tie, "cities", (second, first))
        if tie.continues:
            object.__setattr__(tie, "continues", tuple(sorted(tie.continues)))


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Partnership(HasClaims, Record):
    """
    A tie between two cities; one record for each pair.

    >>> Partnership(cities=("opole", "kuopio"), since="1980").cities
    ('kuopio', 'opole')

    Raises:
        InvalidRecordError: A field breaks its rule, a city is paired with itself, or the tie certainly ends before it
            begins.
    """

    cities: Pair = attrs.field(converter=to_pair)
    """The ids of both cities, in alphabetical order whatever the order given."""
    kind: PartnershipKind | None = attrs.field(default=None, converter=to_partnership_kind)
    names: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """The name that its cities give it, by BCP 47 tag: partnerstad, sister port."""
    status: PartnershipStatus | None = attrs.field(default=None, converter=to_status)
    """Its state at the data set's `as_of`; `None` if no source says."""
    status_since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    since: EdtfDate | None = attrs.field(default=None, converter=to_date)
    until: EdtfDate | None = attrs.field(default=None, converter=to_date)
    continues: tuple[str, ...] = attrs.field(default=(), converter=to_pair_or_none)
    """The ids of both cities of the earlier tie that it continues, in alphabetical order, or none."""
    activities: tuple[Activity, ...] = attrs.field(default=(), converter=to_activities)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=to_agreements)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=to_milestones)
    links: tuple[Link, ...] = attrs.field(default=(), converter=to_links)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=to_contacts)
    summary: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text_by_key)
    """A short description, by BCP 47 tag."""
    asserted_by: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the cities known to state the tie themselves."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the sources of the record as a whole."""
    field_sources: Mapping[str, tuple[str, ...]] = attrs.field(default=EMPTY, converter=to_ids_by_key)
    """The ids of the sources of single fields, by name: `since`."""
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=to_claims)
    """Values of its fields that other sources give instead."""
    extra: Mapping[str, Any] = attrs.field(default=EMPTY, converter=to_json_object)
    """JSON values of other tools, kept through every round trip."""

    RULES: ClassVar[Rules] = Rules(
        {
            "cities": rules.pair("cities"),
            "names": rules.TEXT_BY_LANGUAGE,
            "continues": rules.pair("partnerships", may_be_empty=True),
            "summary": rules.TEXT_BY_LANGUAGE,
            "asserted_by": rules.references("cities"),
            **provenance.RULES,
        },
        provenance.FIELD_SOURCES,
        CLAIMS,
        provenance.TERM,
        CrossRule(["cities", "asserted_by"], _check_asserted_by, "asserted_by"),
        CrossRule(["cities", "continues"], _check_continues, "continues"),
        settle=_settle,
    )

    def __hash__(self) -> int:
        return hash(self.cities)

    def other(self, city: str) -> str:
        """
        The id of the city on the other side.

        Raises:
            QueryError: *city* is the id of neither.
        """
        if city not in self.cities:
            raise QueryError(f"expected {' or '.join(map(shown, self.cities))}, got {shown(city)}")
        first, second = self.cities
        return second if city == first else first
