"""
The head of a merged data set: its title, version, date and licence, and the cities that it is complete for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from ..model.vocabulary import PartnershipStatus
from ..query.whole import own_areas
from .weighing import joined

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset


def merged_head(a: Dataset, b: Dataset) -> dict[str, Any]:
    """
    The head of the merged data set, the cities that it is complete for aside.
    """
    id, title = next(((data.id, data.title) for data in (a, b) if data.id or data.title), (None, None))
    filled = [data for data in (a, b) if data.cities or data.sources or own_areas(data)] or [a, b]
    tied = [data for data in filled if data.partnerships]
    same_release = all((data.id, data.version) == (id, filled[0].version) for data in filled)
    licences = [data.licence for data in filled if data.licence is not None]
    return {
        "id": id,
        "title": title,
        "version": filled[0].version if same_release else None,
        "as_of": reduce(_time_of_both, [data.as_of for data in tied]) if tied else a.as_of or b.as_of,
        # The terms of both apply.
        "licence": " AND ".join(joined(*map(_terms, licences))) if len(licences) == len(filled) else None,
        "vocabulary": a.vocabulary,
    }


def _terms(licence: str) -> list[str]:
    """
    The licences of an SPDX expression that all apply.
    """
    outside = r"(?![^(]*\))"  # of parentheses
    return [f"({licence})"] if re.search(rf" OR {outside}", licence) else re.split(rf" AND {outside}", licence)


def _time_of_both(x: EdtfDate | None, y: EdtfDate | None) -> EdtfDate | None:
    """
    The shortest period that contains both dates: 202X for 2022-05 and 2025.
    """
    if x is None or y is None or x == y:
        return x if x == y else None
    theirs = _times_around(y)
    around = next((time for time in _times_around(x) if time in theirs), None)
    if around is None:
        return None
    doubts = {str(time)[-1] for time in (x, y)} & {"?", "~", "%"}
    return EdtfDate(around + (doubts.pop() if len(doubts) == 1 else "%" if doubts else ""))


def _times_around(time: EdtfDate) -> list[str]:
    """
    The day, month, year, decade and century of a date, as far as they are known.
    """
    text = str(time).rstrip("?~%").replace("-XX", "")
    around = (text, text[:7], text[:4], f"{text[:3]}X", f"{text[:2]}XX")
    # The first decade and century would begin in the year 0, which doesn't exist.
    return [form for form in around if form not in {"000X", "00XX"}]


def claimed_ids(claimed: Collection[str], cities: Iterable[str], new_ids: Mapping[str, str]) -> tuple[str, ...]:
    """
    The new ids of the cities that a data set is complete for; of joined cities it has to be complete for each.
    """
    rest = {new_ids.get(id, id) for id in cities if id not in claimed}
    return joined(id for id in (new_ids.get(id, id) for id in claimed) if id not in rest)


def merged_complete_for(
    sides: Iterable[tuple[Iterable[str], Collection[tuple[str, str]]]], ties: Iterable[Partnership]
) -> tuple[str, ...]:
    """
    The cities that one of the two is complete for, and for which the other adds no partner, ended ties aside.
    """
    standing = [tie.cities for tie in ties if tie.status is not PartnershipStatus.ENDED]
    complete = []
    for claimed, listed in sides:
        denied = {id for pair in standing if pair not in listed for id in pair}
        complete.append([id for id in claimed if id not in denied])
    return joined(*complete)
