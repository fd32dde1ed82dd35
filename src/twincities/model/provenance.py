"""
The fields that all large records have beside their facts: sources, sources of fields, and other tools' values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Problem, placed, short, step
from . import rules as r
from .record import Across

__all__ = ["FIELD_SOURCES", "PROVENANCE", "RULES", "TERM"]

PROVENANCE = frozenset({"sources", "field_sources", "claims", "extra"})
"""The fields that say where facts come from, or what is said otherwise; the others are facts."""
_IDS = r.references("sources")


def _check_ids_by_key(value: Mapping[str, tuple[str, ...]]) -> r.Problems:
    for key, ids in value.items():
        yield from placed(_IDS(ids), step(key))


def _holds_ids_by_key(value: Mapping[str, tuple[str, ...]]) -> bool:
    return all(map(_IDS.holds, value.values()))


RULES: Mapping[str, r.Rule] = {
    "sources": _IDS,
    "field_sources": r.Rule(_check_ids_by_key, _holds_ids_by_key, {}, "not {}", "sources"),
    "extra": r.JSON_OBJECT,
}


def _check_field_sources(kind: type[Any], record: Any) -> r.Problems:
    for key in record.field_sources:
        field = key.partition(".")[0]
        if field not in kind.__slots__ or field in PROVENANCE:  # the slots are the fields
            expected = "expected the name of a field, such as 'since' or 'names.fi'"
            yield Problem(f".field_sources{step(key)}", f"{expected}, got {short(key)}")


FIELD_SOURCES = Across(["field_sources"], _check_field_sources, "r.field_sources")
"""The rule that `field_sources` names fields of the record, or keys of them."""


def _check_term(_: type, record: Any) -> r.Problems:
    since, until = record.since, record.until
    if until is not None and until.is_before(since):
        yield Problem(".until", f"expected an end that isn't before the start {since}, got {until}")


TERM = Across(["since", "until"], _check_term, "r.until")
"""The rule that a tie doesn't certainly end before it begins."""
