"""
Claims: what another source says instead of what a record holds, and all that is stated of a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

import attrs

from ..errors import Problem, QueryError, placed, short
from . import converters as c
from . import rules as r
from .fields import Field, Shape, fields_of
from .provenance import PROVENANCE
from .record import Across, Record, Rules, guarding_converters, unguarded

__all__ = ["CLAIMS", "Claim", "HasClaims", "Stated", "claimable", "to_claims"]


@attrs.frozen(kw_only=True, weakref_slot=False, repr=False, field_transformer=guarding_converters)
class Claim(Record):
    """
    Another value of a field of the record that it stands in, as another source states it.

    >>> Claim(field="since", value="1967", sources=["gdansk-pl"])
    Claim(field='since', value='1967', …)
    """

    field: str = attrs.field(converter=c.to_text)
    """A field that holds one value, or one language of texts: `since`, `names.fi`."""
    value: str = attrs.field(converter=c.to_text)
    """The value as text, read as the field reads it."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the sources that say so; never those of the record."""
    asserted_by: tuple[str, ...] = attrs.field(default=(), converter=c.to_ids)
    """The ids of the cities that say so: of a tie one of its two, of a network one of its members."""

    RULES: ClassVar[Rules] = Rules(
        {"field": r.TEXT, "value": r.TEXT, "sources": r.references("sources"), "asserted_by": r.references("cities")}
    )


class Stated(NamedTuple):
    """
    A value that is stated of a field, by whom.
    """

    value: Any
    """The value as the field has it: a date, a word, a text."""
    sources: tuple[str, ...]
    """The ids of the sources that say so."""
    asserted_by: tuple[str, ...]
    """The ids of the cities that say so, where known."""


def to_claims(value: Iterable[Claim]) -> tuple[Claim, ...]:
    """
    *value* as a tuple of `Claim`s.
    """
    return c.to_items(value, Claim)


class HasClaims:
    """
    A record that may hold claims beside its own values.
    """

    __slots__ = ()

    def stated(self, field: str) -> tuple[Stated, ...]:
        """
        Every value that is stated of a field, with its sources and the cities that assert it; the record's own comes first.

        Args:
            field: A field that holds one value, or one language of texts: `since`, `names.fi`.

        Raises:
            QueryError: The record has no such field, or it holds something else.
        """
        kind, record = type(self), _as_record(self)
        if not isinstance(field, str) or claimable(kind, field) is None:
            raise QueryError(f"{_EXPECTED_FIELD}, got {short(field)}")
        claims = [claim for claim in record.claims if claim.field == field]
        found = [Stated(value_of(kind, field, claim.value), claim.sources, claim.asserted_by) for claim in claims]
        value = own_value(record, field)
        if value is None:
            return tuple(found)
        others = {city for claim in claims for city in claim.asserted_by}
        asserted_by = tuple([city for city in getattr(record, "asserted_by", ()) if city not in others])
        return Stated(value, _own_sources(record, field), asserted_by), *found


def _as_record(record: Any) -> Any:
    return record


def _own_sources(record: Any, field: str) -> tuple[str, ...]:
    cited = record.field_sources
    for key in (field, field.partition(".")[0]):
        if key in cited:
            found: tuple[str, ...] = cited[key]
            return found
    sources: tuple[str, ...] = record.sources
    return sources


def own_value(record: Any, field: str) -> Any:
    """
    The value that a record itself has in a field that can be claimed; `None` where it has none.
    """
    name, _, tag = field.partition(".")
    value = getattr(record, name, None)
    return value.get(tag) if tag and value is not None else value


# -- what can be claimed, and how it is read -------------------------------------------------------

_EXPECTED_FIELD = "expected a field that holds a single value, such as 'since' or 'names.fi'"


def claimable(kind: Any, field: str) -> Field | None:
    """
    The field of a class of records that *field* names, if values of it can be claimed: a date, a word, a text, one of texts
    by language.
    """
    return _claimable(kind, field)


@lru_cache(maxsize=1024)
def _claimable(kind: Any, field: str) -> Field | None:
    name, dot, _ = field.partition(".")
    for found in fields_of(kind):
        if found.name == name and name not in PROVENANCE and not found.holds_records:
            by_language = found.shape is Shape.MAPPING and found.item is str
            if by_language if dot else found.shape is Shape.ONE and found.default is None:
                return found
    return None


def value_of(kind: Any, field: str, value: str) -> Any:
    """
    The *value* of a claim as the field has it.
    """
    return _value_of(kind, field, value)


@lru_cache(maxsize=4096)
def _value_of(kind: Any, field: str, value: str) -> Any:
    found = claimable(kind, field)
    if found is None or "." in field:
        return value
    return unguarded(attrs.fields_dict(kind)[found.name])(value)


def problems_of(kind: type[Any], field: str, value: str | None) -> Iterator[Problem]:
    """
    The problems of a claim's field and value, for a class of records.
    """
    found = claimable(kind, field)
    if found is None:
        yield Problem(".field", f"{_EXPECTED_FIELD}, got {short(field)}")
        return
    _, dot, tag = field.partition(".")
    if dot:
        yield from placed(r.TAG(tag), ".field")
    elif value is not None and not any(r.TEXT(value)):  # else its own rule says so
        try:
            read = value_of(kind, field, value)
        except ValueError as error:
            yield Problem(".value", str(error))
        else:
            rule = kind.RULES.get(found.name)
            yield from placed(rule(read) if rule else (), ".value")


def _check_claims(kind: type[Any], record: Any) -> Iterator[Problem]:
    seen = set()
    members = getattr(record, "cities", None) or getattr(record, "members", None)
    is_stated_by_cities = any(field.name in {"cities", "members"} for field in fields_of(kind))
    for index, claim in enumerate(record.claims):
        if claim is None:
            continue
        field, value = getattr(claim, "field", None), getattr(claim, "value", None)
        problems = [] if field is None or any(r.TEXT(field)) else [*problems_of(kind, field, value)]
        if not problems and field is not None and value is not None and not any(r.TEXT(value)):
            typed = value_of(kind, field, value)
            if typed == own_value(record, field):
                expected = "expected another value than the record's own"
                problems = [Problem("", f"{expected} {short(value)}: its sources go under field_sources")]
            elif (field, typed) in seen:
                again = f"got {field} {short(value)} again: put its sources together"
                problems = [Problem("", f"expected each statement once, {again}")]
            seen.add((field, typed))
        asserted_by = getattr(claim, "asserted_by", None) or ()
        if asserted_by and not is_stated_by_cities:
            problems.append(Problem(".asserted_by", "expected none: only ties and networks are stated by cities"))
        elif members is not None and None not in members:
            problems += [
                Problem(f".asserted_by[{place}]", f"expected one of its cities, got {short(city)}")
                for place, city in enumerate(asserted_by)
                if city is not None and city not in members and r.ID.holds(city)  # of its form a rule speaks
            ]
        yield from placed(problems, f".claims[{index}]")


CLAIMS = Across(["claims"], _check_claims, "r.claims")
"""The rule that claims are of fields that hold one value, read as the field reads it, and say something else."""
