"""
The colours that all charts share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..model.vocabulary import PartnershipStatus
from .style import status_word

__all__ = ["FONT", "INK", "LAND", "PAPER", "QUIET", "SEA", "STATUS_COLOURS", "status_scale"]

FONT = "Helvetica, Arial, sans-serif"
INK, QUIET, PAPER = "#222222", "#595959", "#ffffff"  # both inks have contrast AA on land, sea and paper
LAND, SEA = "#e8e4da", "#f6f9fb"

# After Okabe and Ito's colours, which people tell apart whose eyes mix up red and green; darkened for thin lines on land.
STATUS_COLOURS: Mapping[PartnershipStatus | None, str] = {
    PartnershipStatus.ACTIVE: "#00639c",
    PartnershipStatus.DORMANT: "#7a7a7a",
    PartnershipStatus.SUSPENDED: "#b87400",
    PartnershipStatus.ENDED: "#7a1f1f",
    None: "#8a4f7d",
}


def status_scale(found: Iterable[PartnershipStatus | None], lang: str) -> dict[str, Any]:
    """
    The Vega-Lite scale of the statuses that a chart has: always in one order, whatever order they come in.
    """
    given = set(found)
    shown = [status for status in STATUS_COLOURS if status in given]
    return {
        "domain": [status_word(status, lang) for status in shown],
        "range": [STATUS_COLOURS[status] for status in shown],
    }
