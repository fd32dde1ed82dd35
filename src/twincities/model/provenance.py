"""
The fields of all large records besides their facts: sources, sources of fields, and other tools' values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Problem, placed, shown, step
from . import rules
from .record import CrossRule

PROVENANCE = frozenset({"sources", "field_sources", "claims", "extra"})
"""The fields that say where facts come from and what other sources say; the other fields are facts."""
_IDS = rules.references("sources")


def sources_of(record: Any, path: str) -> tuple[str, ...]:
    """
    The sources of the value at *path*: those of the path, else of its field, else of the record.
    """
    cited: Mapping[str, tuple[str, ...]] = record.field_sources
    return cited.get(path, cited.get(path.partition(".")[0], record.sources))


def _check_ids_by_key(value: Mapping[str, tuple[str, ...]]) -> rules.Problems:
    for key, ids in value.items():
        yield from placed(_IDS(ids), step(key))


def _holds_ids_by_key(value: Mapping[str, tuple[str, ...]]) -> bool:
    return all(map(_IDS.holds, value.values()))


RULES: Mapping[str, rules.Rule] = {
    "sources": _IDS,
    "field_sources": rules.Rule(_check_ids_by_key, _holds_ids_by_key, {}, "sources"),
    "extra": rules.JSON_OBJECT,
}


def _check_field_sources(kind: type[Any], record: Any) -> rules.Problems:
    for key in record.field_sources:
        field = key.partition(".")[0]
        if field not in kind.__slots__ or field in PROVENANCE:  # the slots are the fields
            expected = "expected the name of a field, such as 'since' or 'names.fi'"
            yield Problem(f".field_sources{step(key)}", f"{expected}, got {shown(key)}")


FIELD_SOURCES = CrossRule(["field_sources"], _check_field_sources, "field_sources")
"""The rule that keys of `field_sources` name fields of the record, or keys of fields."""


def _check_term(_: type, record: Any) -> rules.Problems:
    since, until = record.since, record.until
    if until is not None and until.is_before(since):
        yield Problem(".until", f"expected an end that isn't before the start {since}, got {until}")


TERM = CrossRule(["since", "until"], _check_term, "until")
"""The rule that a tie doesn't certainly end before it begins."""
