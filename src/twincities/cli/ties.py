"""
Ties as a table for people.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..display.text import tie_cells, tie_headings
from ..model.city import City
from ..model.vocabulary import PartnershipStatus, word_label
from ..query.ties import Tie
from .output import print_table

__all__ = ["cities_text", "print_ties"]

_STYLES = {
    PartnershipStatus.ACTIVE: "green",
    PartnershipStatus.DORMANT: "yellow",
    PartnershipStatus.SUSPENDED: "red",
    PartnershipStatus.ENDED: "dim",
}


def cities_text(cities: Iterable[City], lang: str) -> str:
    """
    The cities of a partnership or a network in one cell.
    """
    return " – ".join(city.label(None if lang == "en" else lang) for city in cities)


def print_ties(ties: Iterable[Tie], lang: str) -> None:
    """
    The partners with country, status, since and areas.
    """
    marks = {word_label(status, lang): style for status, style in _STYLES.items()}
    print_table(tie_headings(lang), tie_cells(ties, lang), marks)
