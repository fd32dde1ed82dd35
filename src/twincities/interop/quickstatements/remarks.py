"""
The result of writing QuickStatements: commands, and remarks about what isn't written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

import attrs

from ...errors import printable
from ...query.whole import Whole
from .existing import Existing

_FRESH = timedelta(days=7)


@attrs.frozen
class Remark:
    """
    A remark about a tie or the data set: something isn't written, or needs a person's decision.
    """

    action: str
    """`withheld` (not written), `review` (needs a decision) or `note` (written without something)."""
    about: str
    """The cities with their items, or the data set."""
    reason: str

    def __str__(self) -> str:
        return f"{self.action}: {self.about}: {self.reason}"


@attrs.frozen
class QuickStatements:
    """
    Commands to review, and remarks about everything else.
    """

    text: str
    """The commands, one per line; empty if there is nothing to do."""
    remarks: tuple[Remark, ...]

    @property
    def report(self) -> str:
        """
        The remarks, one per line.
        """
        return "".join(f"{remark}\n" for remark in self.remarks)

    def __str__(self) -> str:
        return self.text


def general_remarks(whole: Whole, licences: Iterable[str], existing: Existing | None) -> Iterator[Remark]:
    """
    Remarks about the data set as a whole: licences, networks, and the age of the copy of Wikidata.
    """
    if whole.licence is not None and "CC0-1.0" not in whole.licence.split():
        reason = f"its licence is {whole.licence}; Wikidata accepts only CC0 and the public domain"
        yield Remark("note", "the data set", printable(reason))
    if licences:
        reason = f"sources under {', '.join(sorted(licences))} are cited: single facts, never a list as a whole"
        yield Remark("note", "the data set", printable(reason))
    for network in whole.networks.values():
        if any(pair not in whole.partnerships for pair in combinations(network.members, 2)):
            reason = "members without a tie of their own aren't written as twinned"
            yield Remark("note", printable(network.label()), reason)
    if existing is not None:
        latest = None if existing.as_of is None else existing.as_of.latest
        reason = f"compared with a copy as of {existing.as_of or 'an unknown day'}"
        if latest is None or date.today() - latest > _FRESH:  # noqa: DTZ011  # the local day
            reason += "; fetch a fresh one before a batch"
        yield Remark("note", "Wikidata", reason)
