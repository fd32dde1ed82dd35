"""
The years that anniversaries of ties and networks are counted from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from .lives import Record


class Beginning(NamedTuple):
    """
    A stated start of a record.
    """

    record: Record
    origin: Record
    """The first tie of the chain that the record continues; the record itself if it continues none."""
    since: EdtfDate
    """The start of the origin according to one of its sources."""
    is_certain: bool
    """True if every stated start lies in the same year."""


def beginnings(record: Record, partnerships: Mapping[tuple[str, str], Partnership]) -> Iterator[tuple[int, Beginning]]:
    """
    Each stated year in which a record began, with its beginning; a chain of ties began with its first tie.
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
    # A field left empty although there are claims decides nothing.
    certain = len(all_years) == 1 and origin.since is not None and all(value.is_certain for value in stated)
    known: set[int] = set()
    for value, found in years.items():
        for year in found:
            if year is not None and year not in known:
                known.add(year)
                yield year, Beginning(record, origin, value, certain)


def _years(moment: EdtfDate) -> list[int | None]:
    """
    The possible years of a date; `None` for a longer period such as a decade.
    """
    return [first.year if first.year == last.year else None for first, last in moment.possibilities]
