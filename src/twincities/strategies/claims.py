"""
Strategies for claims: any claim, and the claims of a record, which differ from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..model.claims import Claim, claimable, own_value, value_of
from ..model.fields import fields_of
from . import values as v
from .fields import SOURCES, Recipe
from .references import references

T = TypeVar("T")

_DATES = v.edtf_dates().map(str)
_CLAIM = Recipe(
    Claim,
    field=st.sampled_from(["since", "until", "status_since"]),
    value=_DATES,
    sources=SOURCES,
    asserted_by=references("cities"),
)


@st.composite
def claims(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> Claim:
    """
    `Claim` records of dates of a partnership. For *fields*, see `cities`.
    """
    return Claim(**_CLAIM.draw(draw, fields))


def statements(kind: type[Any], free: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[list[Any]]:
    """
    The statements from which `with_claims` makes the claims of a record of *kind*, whose fields are drawn from *free*: a
    field, a value, sources, and the positions of cities that assert it.
    """
    options = [
        st.tuples(st.just(field.name), free[field.name].map(str))
        if claimable(kind, field.name)
        else st.tuples(v.TAGS.map(f"{field.name}.{{}}".format), v.TEXTS)
        for field in fields_of(kind)
        if claimable(kind, field.name) or claimable(kind, f"{field.name}.en")
    ]
    sides = st.lists(st.sampled_from([0, 1]), max_size=2, unique=True)
    return st.lists(st.tuples(st.one_of(options), SOURCES, sides), max_size=2)


def with_claims(kind: type[T], drawn: dict[str, Any], given: Mapping[str, object]) -> T:
    """
    The record of *drawn* fields, with the drawn claims that differ from it and from each other.
    """
    if "claims" in given or not drawn.get("claims"):
        return kind(**drawn)
    drawn_claims = drawn.pop("claims")
    record = kind(**drawn)
    cities = getattr(record, "cities", ()) or getattr(record, "members", ())
    kept: dict[Any, Claim] = {}
    for (field, value), sources, sides in drawn_claims:
        typed = value_of(kind, field, value)
        if typed != own_value(record, field):
            asserted_by = [cities[side] for side in sides if cities]
            kept[field, typed] = Claim(field=field, value=value, sources=sources, asserted_by=asserted_by)
    return kind(**drawn | {"claims": kept.values()})
