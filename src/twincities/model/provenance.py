"""
What all large records have beside their facts: sources, sources of fields, and other tools' values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import shown, step
from . import frozen as v
from . import rules as r

__all__ = ["IDS", "RULES", "broken_field_sources", "freeze_extra"]


IDS = r.references()
RULES: Mapping[str, r.Rule] = {"sources": IDS, "extra": r.JSON_OBJECT}
_WITHOUT_SOURCES = ("sources", "field_sources", "extra")


def broken_field_sources(record: Any) -> Iterable[r.Complaint]:
    """
    The rule of `field_sources`: it names fields of the record, or keys of them, and ids of sources.
    """
    for key, ids in record.field_sources.items():
        field = key.partition(".")[0]
        if field not in record.__slots__ or field in _WITHOUT_SOURCES:  # the slots are the fields
            expected = "expected the name of a field, such as 'since' or 'names.fi'"
            yield f".field_sources{step(key)}", f"{expected}, got {shown(key)}"
        for below, message in IDS(ids):
            yield f".field_sources{step(key)}{below}", message


def freeze_extra(record: Any) -> None:
    # The quick reader leaves the lists and objects in it as they are.
    object.__setattr__(record, "extra", v.frozen(v.freeze_json(record.extra)))
