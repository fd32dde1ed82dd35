"""
The rows of a timeline, and their events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..display.ties import tie_labels
from ..display.words import status_in, word
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.vocabulary import Stage, word_label
from ..query.lives import Record
from ..query.ties import Tie, seen_from
from .style import names_apart, on_two_lines


class Row(NamedTuple):
    """
    A tie or a network, the name of its row, the word that its colour stands for, and the name on one or two lines.
    """

    record: Record
    name: str
    kind: str
    label: str


def rows_of(ties: Sequence[Tie], networks: Sequence[CooperationNetwork], lang: str, width: int) -> list[Row]:
    """
    The rows, with distinct names on lines of *width* pixels, by start; those without one last.
    """
    found: dict[str, tuple[Record, str, str]] = {
        " ".join(tie.partnership.cities): (tie.partnership, name, status_in(tie.status, lang))
        for tie, name in zip(ties, tie_labels(ties, lang, seen_from(ties)), strict=True)
    }
    found |= {network.id: (network, network.label(lang), word("network", lang)) for network in networks}
    names = names_apart((key, name) for key, (_, name, _) in found.items())
    rows = [Row(record, names[key], kind, on_two_lines(names[key], width)) for key, (record, _, kind) in found.items()]
    return sorted(rows, key=lambda row: (row.record.since.sort_key if row.record.since else (True,), row.name))


def happened(record: Record, lang: str) -> Iterator[tuple[EdtfDate | EdtfInterval, str, bool]]:
    """
    The events drawn as points: milestones, and dates without a bar. Each with its text and whether it was only planned.
    """
    for milestone in record.milestones:
        if milestone.date is not None:
            kind = word_label(milestone.kind, lang) if milestone.kind else word("milestone", lang)
            yield milestone.date, _text(kind, milestone.summary, lang), milestone.stage is Stage.PLANNED
    for agreement in record.agreements:
        if agreement.period is not None and agreement.period.start is None:
            yield agreement.period, _text(word("agreement", lang), agreement.names, lang), False
    if isinstance(record, Partnership):
        if record.status_since is not None:
            yield record.status_since, status_in(record.status, lang), False
        if record.until is not None and record.since is None:
            yield record.until, word("until", lang), False


def _text(kind: str, texts: Mapping[str, str], lang: str) -> str:
    text = text_in(texts, lang)
    return f"{kind}: {text}" if text else kind
