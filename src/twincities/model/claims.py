"""
Claims: values that other sources give instead of a record's own.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

import attrs

from ..errors import Problem, QueryError, placed, shown
from . import rules
from .converters import to_ids, to_items, to_text
from .fields import Field, Shape, fields_of
from .provenance import PROVENANCE, sources_of
from .record import CrossRule, Record, Rules, with_own_converters

__all__ = ["CLAIMS", "Claim", "HasClaims", "Stated", "claimable", "to_claims"]


@attrs.frozen(kw_only=True, weakref_slot=False, eq=False, repr=False, field_transformer=with_own_converters)
class Claim(Record):
    """
    A value that another source gives for a field of the record that holds the claim.

    >>> Claim(field="since", value="1967", sources=["gdansk-pl"])
    Claim(field='since', value='1967', …)
    """

    field: str = attrs.field(converter=to_text)
    """The name of a field that holds one value, or a text in one language: `since`, `names.fi`."""
    value: str = attrs.field(converter=to_text)
    """The value as text, converted as by the field itself."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of its sources; those of the record don't apply."""
    asserted_by: tuple[str, ...] = attrs.field(default=(), converter=to_ids)
    """The ids of the cities that assert it: of a tie's two, or of a network's members."""

    RULES: ClassVar[Rules] = Rules(
        {
            "field": rules.TEXT,
            "value": rules.TEXT,
            "sources": rules.references("sources"),
            "asserted_by": rules.references("cities"),
        }
    )


class Stated(NamedTuple):
    """
    A value given for a field, and who gives it.
    """

    value: Any
    """The value, of the type that the field holds: a date, a word, a text."""
    sources: tuple[str, ...]
    """The ids of its sources."""
    asserted_by: tuple[str, ...]
    """The ids of the cities known to assert it."""


def to_claims(value: Iterable[Claim]) -> tuple[Claim, ...]:
    """
    *value* as a tuple of `Claim`s.
    """
    return to_items(value, Claim)


class HasClaims:
    """
    A record that may hold claims.
    """

    __slots__ = ()

    def stated(self, field: str) -> tuple[Stated, ...]:
        """
        Every value given for a field, with its sources and the cities that assert it; the record's own comes first.

        Args:
            field: A field that holds one value, or a text in one language: `since`, `names.fi`.

        Raises:
            QueryError: The record has no such field, or the field holds something else.
        """
        record: Any = self
        kind = type(record)
        if not isinstance(field, str) or claimable(kind, field) is None:
            raise QueryError(f"{_EXPECTED_FIELD}, got {shown(field)}")
        claims = [claim for claim in record.claims if claim.field == field]
        found = [Stated(value_of(kind, field, claim.value), claim.sources, claim.asserted_by) for claim in claims]
        value = own_value(record, field)
        if value is None:
            return tuple(found)
        others = {city for claim in claims for city in claim.asserted_by}
        asserted_by = tuple([city for city in getattr(record, "asserted_by", ()) if city not in others])
        return Stated(value, sources_of(record, field), asserted_by), *found


def own_value(record: Any, field: str) -> Any:
    """
    The record's own value of a field that can be claimed, or `None`.
    """
    name, _, tag = field.partition(".")
    value = getattr(record, name, None)
    return value.get(tag) if tag and value is not None else value


# -- fields and values -----------------------------------------------------------------------------

_EXPECTED_FIELD = "expected a field that holds a single value, such as 'since' or 'names.fi'"


def claimable(kind: Any, field: str) -> Field | None:
    """
    The field of a class of records that *field* names, if it can be claimed: it holds a date, a word or a text, or it is
    one text of a mapping by language.
    """
    return _claimable(kind, field)


@lru_cache(maxsize=1024)  # behind a plain function: mypy doesn't take classes for hashable
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
    The *value* of a claim, of the type that the field holds.
    """
    return _value_of(kind, field, value)


@lru_cache(maxsize=4096)  # likewise
def _value_of(kind: Any, field: str, value: str) -> Any:
    found = claimable(kind, field)
    if found is None or "." in field:
        return value
    return kind.RULES.converter_of(found.name)(value)


# -- the rule --------------------------------------------------------------------------------------


def _check_claims(kind: type[Any], record: Any) -> rules.Problems:
    seen: set[tuple[str, Any]] = set()
    for index, claim in enumerate(record.claims):
        if claim is not None:
            yield from placed(_check_statement(kind, record, claim, seen), f".claims[{index}]")
            yield from placed(_check_asserted_by(kind, record, claim), f".claims[{index}]")


def _check_statement(kind: type[Any], record: Any, claim: Any, seen: set[tuple[str, Any]]) -> rules.Problems:
    field, value = _text(claim, "field"), _text(claim, "value")
    if field is None:
        return
    problems = [*_check_value(kind, field, value)]
    yield from problems
    if problems or value is None:
        return
    typed = value_of(kind, field, value)
    if typed == own_value(record, field):
        expected = "expected a value other than the record's own"
        yield Problem("", f"{expected} {shown(value)}; list its sources in field_sources")
    elif (field, typed) in seen:
        again = f"got {field} {shown(value)} again; list all its sources in one claim"
        yield Problem("", f"expected each value of a field once, {again}")
    seen.add((field, typed))


def _text(claim: Any, name: str) -> str | None:
    """
    A text of a claim; `None` if it is broken, which another rule reports.
    """
    text: str | None = getattr(claim, name, None)
    return None if text is None or any(rules.TEXT(text)) else text


def _check_value(kind: type[Any], field: str, value: str | None) -> rules.Problems:
    claimed = claimable(kind, field)
    if claimed is None:
        yield Problem(".field", f"{_EXPECTED_FIELD}, got {shown(field)}")
        return
    _, dot, tag = field.partition(".")
    if dot:
        yield from placed(rules.TAG(tag), ".field")
    elif value is not None:
        try:
            typed = value_of(kind, field, value)
        except ValueError as error:
            yield Problem(".value", str(error))
        else:
            rule = kind.RULES.get(claimed.name)
            yield from placed(rule(typed) if rule else (), ".value")


def _check_asserted_by(kind: type[Any], record: Any, claim: Any) -> rules.Problems:
    asserted_by = getattr(claim, "asserted_by", None) or ()
    cities = getattr(record, "cities", None) or getattr(record, "members", None)
    if asserted_by and not any(field.name in {"cities", "members"} for field in fields_of(kind)):
        yield Problem(".asserted_by", "expected none: only ties and networks are asserted by cities")
    elif cities is not None and None not in cities:
        for index, city in enumerate(asserted_by):
            if city is not None and city not in cities and rules.ID.holds(city):  # another rule checks the form
                yield Problem(f".asserted_by[{index}]", f"expected one of its cities, got {shown(city)}")


CLAIMS = CrossRule(["claims"], _check_claims, "claims")
"""The rule that claims name fields that hold one value, follow their rules, and differ from the record and each other."""
