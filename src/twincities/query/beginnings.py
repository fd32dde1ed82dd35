"""
Beginnings: the years that ties and networks count their anniversaries from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from .lives import Record

__all__ = ["Beginning", "beginnings"]


class Beginning(NamedTuple):
    """
    A stated start of a record.
    """

    record: Record
    origin: Record
    """The first tie of the chain that the record continues; the record itself where it continues none."""
    since: EdtfDate
    """The start of the origin, as one of its sources has it."""
    is_certain: bool
    """True if all that is stated of the start lies in one year."""


def beginnings(record: Record, partnerships: Mapping[tuple[str, str], Partnership]) -> Iterator[tuple[int, Beginning]]:
    """
    The stated years of a record's start, each with its beginning: those of the first tie of a chain.
    """
    origin: Record = record
    while isinstance(origin, Partnership) and origin.continues:
        first, second = origin.continues
        origin = partnerships[first, second]
    if not origin.claims:
        stated = [] if origin.since is None else [origin.since]
    else:
        stated = [each.value for each in origin.stated("since")]
    years = {value: _years(value) for value in stated}
    all_years = {year for found in years.values() for year in found}
    # A field left empty beside claims decides nothing.
    certain = len(all_years) == 1 and origin.since is not None and all(value.is_certain for value in stated)
    known: set[int] = set()
    for value, found in years.items():
        for year in found:
            if year is not None and year not in known:
                known.add(year)
                yield year, Beginning(record, origin, value, certain)


def _years(moment: EdtfDate) -> list[int | None]:
    """
    The years that a date may lie in; `None` for a time of several of which it doesn't name any.
    """
    return [first.year if first.year == last.year else None for first, last in moment.possibilities]
