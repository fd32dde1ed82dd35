"""
The dates of ties in Wikidata's statements: which differ, which follow each other as terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from ...model.edtf import EdtfDate
from .gathering import Statement


def dates_of(stated: Iterable[Statement], property: str, *, finest: bool = True) -> list[EdtfDate]:
    """
    The dates in the statements, each once and in order; of two that agree, only the finer.
    """
    dates = {value for made in stated for value in made.qualifiers.get(property, ()) if isinstance(value, EdtfDate)}
    if finest:
        dates = {one for one in dates if not any(other.is_within(one) for other in dates - {one})}
    return sorted(dates)


def sides_of(stated: Iterable[Statement]) -> list[str]:
    """
    The places that the statements are about.
    """
    return sorted({made.subject for made in stated if made.subject})


def gaps_of(stated: Sequence[Statement]) -> list[tuple[EdtfDate, EdtfDate]]:
    """
    The end of each term and the start of the next, if one side states terms that follow each other.
    """
    for side in sides_of(stated):
        terms = sorted((dates_of([made], "P580"), dates_of([made], "P582")) for made in stated if made.subject == side)
        gaps = [(end, start) for (_, ends), (starts, _) in pairwise(terms) for end in ends for start in starts]
        if gaps and len(gaps) == len(terms) - 1 and all(end.is_before(start) for end, start in gaps):
            return gaps
    return []


def is_resumed(stated: Sequence[Statement]) -> bool:
    """
    True if a statement without an end begins after all ends that are stated.
    """
    ends = dates_of(stated, "P582")
    starts = dates_of((made for made in stated if "P582" not in made.qualifiers), "P580")
    return bool(starts and ends) and max(map(first_day, starts)) > max(map(last_day, ends))


# A date from Wikidata is never open: it has both bounds.


def first_day(moment: EdtfDate) -> date:
    assert moment.earliest is not None
    return moment.earliest


def last_day(moment: EdtfDate) -> date:
    assert moment.latest is not None
    return moment.latest
