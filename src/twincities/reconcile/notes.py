"""
Release notes in Markdown: what a newer version of a data set changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ..display.messages import translated
from ..errors import printable
from ..model.city import City
from ..model.partnership import Partnership
from ..model.vocabulary import PartnershipStatus
from .differences import Verdict

if TYPE_CHECKING:
    from .comparison import Comparison, TwoSided

_DATES = {"since", "until", "status_since"}


def to_markdown(comparison: Comparison, *, lang: str = "en") -> str:
    """
    Release notes for the second data set of a comparison, a newer version of the first.
    """
    a, b = comparison.a, comparison.b
    ended = [pair for pair in comparison.both if _has_ended(pair)]
    others = [pair for pair in comparison.both if not _has_ended(pair)]
    dated = [(pair, _changes(pair, _DATES, {Verdict.ONLY_B, Verdict.FINER_B}, lang)) for pair in others]
    changed = [(pair, _changes(pair, {*_DATES, "status", "kind"}, {Verdict.OTHER}, lang)) for pair in others]
    sections = {
        "Opened": [_names(tie.cities, lang) + _period(tie.partnership, lang) for tie in comparison.only_b],
        "Ended": [_names(pair.cities, lang) + _period(pair.b, lang) for pair in ended],
        "Got a date": [f"{_names(pair.cities, lang)}: {changes}" for pair, changes in dated if changes],
        "Changed": [f"{_names(pair.cities, lang)}: {changes}" for pair, changes in changed if changes],
        "No longer listed": [_names(tie.cities, lang) + _period(tie.partnership, lang) for tie in comparison.only_a],
        "Not decided": [_escaped(translated(str(ambiguity), lang)) for ambiguity in comparison.ambiguous],
    }
    counts = [f"{len(lines):,} {title.lower()}" for title, lines in sections.items() if lines]
    summary = f"{len(b.cities):,} cities, {len(b.partnerships):,} partnerships; {', '.join(counts) or 'nothing new'}"
    times = f"{a.as_of} → {b.as_of}: " if a.as_of and b.as_of else ""
    title = _escaped(b.title or b.id or translated("Data set", lang))
    parts = [f"# {title}", f"{times}{translated(summary, lang)}."]
    for title, lines in sections.items():
        if lines:
            parts += [f"## {translated(title, lang)}", "\n".join(f"- {line}" for line in lines)]
    return "\n\n".join(parts) + "\n"


def _period(tie: Partnership, lang: str) -> str:
    known = [f"since {tie.since}" if tie.since else "", f"until {tie.until}" if tie.until else ""]
    if tie.status is PartnershipStatus.ENDED and not tie.until and tie.status_since:
        known.append(f"ended {tie.status_since}")
    period = ", ".join(translated(text, lang) for text in known if text)
    return f" ({period})" if period else ""


def _has_ended(pair: TwoSided) -> bool:
    before, after = pair.a, pair.b
    ended = after.status is PartnershipStatus.ENDED and before.status is not PartnershipStatus.ENDED
    return ended or (after.until is not None and before.until is None)


def _changes(pair: TwoSided, fields: Collection[str], verdicts: Collection[Verdict], lang: str) -> str:
    return "; ".join(
        translated(f"{found.field} {found.b}" + ("" if found.a is None else f", before {found.a}"), lang)
        for found in pair.differences
        if found.field in fields and found.verdict in verdicts
    )


def _names(cities: Iterable[City], lang: str) -> str:
    return " – ".join(
        _escaped(f"{city.label(lang)} ({city.country_code})" if city.country_code else city.label(lang))
        for city in cities
    )


def _escaped(text: str) -> str:
    """
    Text without markup of Markdown.
    """
    return re.sub(r"([\\`*_\[\]<>|#~&!])", r"\\\1", printable(text))
