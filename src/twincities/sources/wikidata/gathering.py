"""
Labels, statements and references read from Wikidata, before records are made from them, and remarks.
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
    Counts of what a data set from Wikidata doesn't show; as text, those above 0.

    >>> print(Remarks(deprecated=2, unknown_partners=1))
    2 ties of deprecated rank left out, 1 tie with an unknown partner or none left out
    """

    deprecated: int = 0
    """Ties of deprecated rank: left out."""
    unknown_partners: int = 0
    """Ties whose partner is unknown or none: left out."""
    self_ties: int = 0
    """Ties of a place with itself: left out."""
    only_named: int = 0
    """Partners without any statement: cities with only their id, and labels if given."""
    missing: int = 0
    """Entities that Wikidata doesn't have."""
    unknown_dates: int = 0
    """Dates of ties stated as unknown or as none: `None`."""
    unheld_dates: int = 0
    """Times before year 1, after 9999, coarser than a century, or without a known precision: left out."""
    differing_dates: int = 0
    """Ties with several different starts or ends: all are in the tie's `extra`."""
    crossed_dates: int = 0
    """Ties that end before they begin: the end is only in the tie's `extra`."""
    countries: int = 0
    """Cities whose country has no code in the documents, or several: the country's id is in the city's `extra`."""
    unheld_values: int = 0
    """Values that don't fit the model, such as coordinates on Mars: left out."""
    unheld_labels: int = 0
    """Labels and aliases whose language has no BCP 47 tag: left out."""
    reference_parts: int = 0
    """Parts of the ties' references other than URL, date of retrieval and work: left out."""

    def __str__(self) -> str:
        parts = []
        for field, (one, several) in zip(attrs.fields(Remarks), _WORDS, strict=True):
            if count := getattr(self, field.name):
                parts.append(f"{count:,} {one if count == 1 else several}")
        return ", ".join(parts) or "nothing left out"


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
    A statement, filled part by part.
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
    Everything read, in either format; repeated parts count once.
    """

    def __init__(self) -> None:
        self.labels: dict[str, dict[str, str]] = {}
        self.aliases: dict[str, list[tuple[str, str]]] = {}
        self.statements: dict[str, Statement] = {}
        self.references: dict[str, dict[str, list[Value]]] = {}
        self.given: dict[str, None] = {}
        """The ids of the entities that were read."""
        self.places: set[str] = set()
        """The ids of items known to be places, because they were asked for as such."""
        self.redirects: dict[str, str] = {}
        self._remarked: dict[str, set[object]] = {}

    def statement(self, id: str) -> Statement:
        """
        The statement with this id, created if needed.
        """
        # Documents have "Q1$…" where RDF has "Q1-…"; old ids begin with a small letter.
        key = id.replace("$", "-", 1).upper()
        return self.statements.setdefault(key, Statement(id=key))

    def forget(self, entity: str) -> None:
        """
        Remove everything read about *entity*, which is about to be read again.
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
"""True for the hash of a reference, which becomes the id of a source."""


def add(values: dict[str, list[Value]], property: str, value: Value) -> None:
    """
    Put *value* under *property*, once.
    """
    kept = values.setdefault(property, [])
    if value not in kept:
        kept.append(value)
