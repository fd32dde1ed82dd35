"""
Findings: their codes, severities and places.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs

from ..errors import printable
from ..model.cards import HasCard
from ..query.whole import Whole, lists_of

__all__ = ["Code", "Finding", "Found", "Severity", "at_paths"]


class Severity(StrEnum):
    """
    The severity of a finding.
    """

    ERROR = "error"
    """The data set contradicts itself, or a code can't be right."""
    WARNING = "warning"
    """Probably wrong; somebody should look."""
    NOTE = "note"
    """Not wrong as far as can be seen, but weak."""


class Code(StrEnum):
    """
    The kind of a finding. The list is stable between releases.
    """

    CONTINUED = "continued"
    CONTRADICTION = "contradiction"
    COUNTRY_CODE = "country-code"
    DUPLICATE_CITY = "duplicate-city"
    EARLY_START = "early-start"
    ENDED_BUT_ACTIVE = "ended-but-active"
    FUTURE_START = "future-start"
    LIFE_AFTER_END = "life-after-end"
    MISSING_SOURCES = "missing-sources"
    NETWORK_WITHOUT_TIES = "network-without-ties"
    ONE_SIDED_TIE = "one-sided-tie"
    OUTSIDE_COUNTRY = "outside-country"
    PART_AND_WHOLE = "part-and-whole"
    STATUS_BEFORE_START = "status-before-start"
    SUBDIVISION_CODE = "subdivision-code"
    SUCCESSOR = "successor"
    UNSETTLED = "unsettled"
    UNSOURCED_CLAIM = "unsourced-claim"


@attrs.frozen(kw_only=True, repr=False)
class Finding(HasCard):
    """
    One thing that looks doubtful.
    """

    code: Code
    severity: Severity
    path: str
    """The JSON path in the document, such as `$.partnerships[3].since`."""
    about: str = ""
    """The name and id of the record at that path, such as `Rostock (rostock)`."""
    message: str

    def __str__(self) -> str:
        about = f" {self.about}" if self.about else ""
        return printable(f"{self.path}{about}: {self.severity}: {self.message} [{self.code}]")

    def __repr__(self) -> str:
        return printable(f"<Finding {self.code}: {self.about or self.path}>")


Found = Iterator[tuple[Severity, str, str]]
"""The severities, paths and messages that a check yields."""


def at_paths(dataset: Whole, *lists: str) -> Iterator[tuple[str, Any]]:
    """
    The records of some lists with their paths.
    """
    records = lists_of(dataset)
    for name in lists:
        for index, record in enumerate(records[name]):
            yield f"$.{name}[{index}]", record
