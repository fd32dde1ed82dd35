"""
Everything that a reading gathers from Wikidata before records are made of it: labels, statements, references, and remarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import attrs

from .wikibase import Value

__all__ = ["Gathered", "Remarks", "Statement", "add", "is_hash"]


@attrs.frozen(kw_only=True)
class Remarks:
    """
    Counts of what a reading met and the data set doesn't show; as text, those that aren't 0.

    >>> print(Remarks(deprecated=2, unknown_partners=1))
    2 ties of deprecated rank left out, 1 tie with an unknown partner or none left out
    """

    deprecated: int = 0
    """Ties of deprecated rank: left out."""
    unknown_partners: int = 0
    """Ties whose partner is stated to be unknown, or none: left out."""
    self_ties: int = 0
    """Ties of a place with itself: left out."""
    only_named: int = 0
    """Partners of which no statement was given: cities with their id, and with labels where these were."""
    missing: int = 0
    """Entities that Wikidata said it doesn't have."""
    unknown_dates: int = 0
    """Dates of ties that are stated to be unknown, or none: `None`."""
    unheld_dates: int = 0
    """Times that can't be dates here: before year 1, after 9999, coarser than a century, of no known precision."""
    differing_dates: int = 0
    """Ties that have several starts or ends that differ: all are in the tie's `extra`."""
    crossed_dates: int = 0
    """Ties that end before they begin: the end is in the tie's `extra` alone."""
    countries: int = 0
    """Cities whose country has no code here, or several: its Wikidata id is in the city's `extra`."""
    unheld_values: int = 0
    """Values that the model can't hold, such as coordinates on Mars: left out."""
    unheld_labels: int = 0
    """Labels and aliases whose language has no BCP 47 tag: left out."""
    reference_parts: int = 0
    """Parts of the ties' references beside a URL, a date of retrieval and what it is stated in: left out."""

    def __str__(self) -> str:
        told = []
        for field, (one, several) in zip(attrs.fields(Remarks), _WORDS, strict=True):
            if count := getattr(self, field.name):
                told.append(f"{count:,} {one if count == 1 else several}")
        return ", ".join(told) or "nothing left out"


_WORDS = (
    ("tie of deprecated rank left out", "ties of deprecated rank left out"),
    ("tie with an unknown partner or none left out", "ties with an unknown partner or none left out"),
    ("tie of a place with itself left out", "ties of places with themselves left out"),
    ("partner only named", "partners only named"),
    ("missing entity", "missing entities"),
    ("unknown date", "unknown dates"),
    ("date that can't be held", "dates that can't be held"),
    ("tie with differing dates", "ties with differing dates"),
    ("tie that ends before it begins", "ties that end before they begin"),
    ("city without one country code", "cities without one country code"),
    ("value that can't be held", "values that can't be held"),
    ("label that can't be held", "labels that can't be held"),
    ("part of a reference left out", "parts of references left out"),
)


@attrs.define(kw_only=True)
class Statement:
    """
    One statement, filled as its parts come.
    """

    id: str
    subject: str | None = None
    property: str | None = None
    value: Value = None
    rank: str = "normal"
    qualifiers: dict[str, list[Value]] = attrs.field(factory=dict)
    references: list[str] = attrs.field(factory=list)


class Gathered:
    """
    Everything that was read, whatever the form it came in; what comes twice counts once.
    """

    def __init__(self) -> None:
        self.labels: dict[str, dict[str, str]] = {}
        self.aliases: dict[str, list[tuple[str, str]]] = {}
        self.statements: dict[str, Statement] = {}
        self.references: dict[str, dict[str, list[Value]]] = {}
        self.given: dict[str, None] = {}
        """The ids of the entities that were read."""
        self.places: set[str] = set()
        """The ids of what is known to be a place, because it was asked for as one."""
        self.redirects: dict[str, str] = {}
        self._remarked: dict[str, set[object]] = {}

    def statement(self, id: str) -> Statement:
        """
        The statement with this id, a new one if there is none.
        """
        # Documents have "Q1$…" where RDF has "Q1-…"; old ids begin with a small letter.
        key = id.replace("$", "-", 1).upper()
        return self.statements.setdefault(key, Statement(id=key))

    def forget(self, entity: str) -> None:
        """
        Take out what was read of *entity*: it is about to be read anew.
        """
        if entity in self.given:
            self.statements = {id: made for id, made in self.statements.items() if made.subject != entity}
            self.labels.pop(entity, None)
            self.aliases.pop(entity, None)

    def remark(self, about: str, what: object) -> None:
        """
        Count *what*, once, under a field of `Remarks`.
        """
        self._remarked.setdefault(about, set()).add(what)

    def remarks(self) -> Remarks:
        """
        The counts.
        """
        return Remarks(**{about: len(found) for about, found in self._remarked.items()})

    def of(self, property: str) -> Iterable[Statement]:
        """
        The statements with this property, in a fixed order.
        """
        found = [made for made in self.statements.values() if made.property == property]
        return sorted(found, key=lambda made: made.id)


is_hash: Callable[[str], re.Match[str] | None] = re.compile(r"[0-9a-f]{1,64}", re.ASCII).fullmatch
"""Whether a text can be what Wikibase calls a reference by; it becomes the id of a source."""


def add(values: dict[str, list[Value]], property: str, value: Value) -> None:
    """
    Put *value* under *property*, once.
    """
    kept = values.setdefault(property, [])
    if value not in kept:
        kept.append(value)
