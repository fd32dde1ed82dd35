"""
A comparison of two times of one data set as notes in Markdown: what opened, what ended, what got a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import printable
from ..model.city import City
from ..model.vocabulary import PartnershipStatus
from .differences import Verdict

if TYPE_CHECKING:
    from .comparing import Comparison, TwoSided

__all__ = ["to_markdown"]

_DATES = ("since", "until", "status_since")


def to_markdown(comparison: Comparison, *, lang: str = "en") -> str:
    """
    Notes on what the second data set has otherwise than the first: an older and a newer one of the same.
    """
    a, b = comparison.a, comparison.b
    sections = {
        "Opened": [_listed(tie.cities, tie.partnership, lang) for tie in comparison.only_b],
        "Ended": [_listed(pair.cities, pair.b, lang) for pair in comparison.both if _has_ended(pair)],
        "Got a date": [line for pair in comparison.both if (line := _dated(pair, lang))],
        "Changed": [line for pair in comparison.both if (line := _changed(pair, lang))],
        "No longer listed": [_listed(tie.cities, tie.partnership, lang) for tie in comparison.only_a],
        "Not decided": [f"- {_escaped(str(ambiguity))}" for ambiguity in comparison.ambiguous],
    }
    title = _escaped(b.title or b.id or "Data set")
    times = [str(data.as_of) for data in (a, b) if data.as_of is not None]
    head = [f"# {title}", "", f"{' → '.join(times)}: " if len(times) == 2 else ""]
    counted = [f"{len(lines):,} {name.lower()}" for name, lines in sections.items() if lines]
    head[-1] += (
        f"{len(b.cities):,} cities, {len(b.partnerships):,} partnerships; {', '.join(counted) or 'nothing new'}."
    )
    lines = [*head]
    for name, found in sections.items():
        if found:
            lines += ["", f"## {name}", "", *found]
    return "\n".join(lines) + "\n"


def _listed(cities: Iterable[City], tie: Any, lang: str) -> str:
    return f"- {_names(cities, lang)}{_when(tie)}"


def _when(tie: Any) -> str:
    known = [f"since {tie.since}" if tie.since else "", f"until {tie.until}" if tie.until else ""]
    if tie.status is PartnershipStatus.ENDED and not tie.until and tie.status_since:
        known.append(f"ended {tie.status_since}")
    told = ", ".join(filter(None, known))
    return f" ({told})" if told else ""


def _has_ended(pair: TwoSided) -> bool:
    before, after = pair.a, pair.b
    ended = after.status is PartnershipStatus.ENDED and before.status is not PartnershipStatus.ENDED
    return ended or (after.until is not None and before.until is None)


def _dated(pair: TwoSided, lang: str) -> str | None:
    told = [
        f"{found.field} {found.b}" + (f", before {found.a}" if found.a is not None else "")
        for found in pair.differences
        if found.field in _DATES and found.verdict in {Verdict.ONLY_B, Verdict.FINER_B}
    ]
    return f"- {_names(pair.cities, lang)}: {'; '.join(told)}" if told and not _has_ended(pair) else None


def _changed(pair: TwoSided, lang: str) -> str | None:
    told = [
        f"{found.field} {found.b}, before {found.a}"
        for found in pair.differences
        if found.field in {*_DATES, "status", "kind"} and found.verdict is Verdict.OTHER
    ]
    return f"- {_names(pair.cities, lang)}: {'; '.join(told)}" if told and not _has_ended(pair) else None


def _names(cities: Iterable[City], lang: str) -> str:
    return " – ".join(
        _escaped(f"{city.label(lang)} ({city.country_code})" if city.country_code else city.label(lang))
        for city in cities
    )


def _escaped(text: str) -> str:
    """
    Text that Markdown takes for nothing else.
    """
    return re.sub(r"([\\`*_\[\]<>|#~&!])", r"\\\1", printable(text))
