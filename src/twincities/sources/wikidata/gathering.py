"""
Labels, statements and references read from Wikidata, before records are made from them, and remarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from .wikibase import Value, language_tag


def _count(one: str, several: str) -> int:
    """
    A field of `Remarks`, with the words for one and for several.
    """
    count: int = attrs.field(default=0, metadata={"one": one, "several": several})
    return count


@attrs.frozen(kw_only=True)
class Remarks:
    """
    Counts of what a data set from Wikidata doesn't show; as text, those above 0.

    >>> print(Remarks(deprecated=2, unknown_partners=1))
    2 ties of deprecated rank left out, 1 tie with an unknown partner or none left out
    """

    deprecated: int = _count("tie of deprecated rank left out", "ties of deprecated rank left out")
    """Ties of deprecated rank: left out."""
    unknown_partners: int = _count(
        "tie with an unknown partner or none left out", "ties with an unknown partner or none left out"
    )
    """Ties whose partner is unknown or none: left out."""
    self_ties: int = _count("tie of a place with itself left out", "ties of places with themselves left out")
    """Ties of a place with itself: left out."""
    only_named: int = _count("partner only named", "partners only named")
    """Partners without any statement: cities with only their id, and labels if given."""
    missing: int = _count("missing entity", "missing entities")
    """Entities that Wikidata doesn't have."""
    unknown_dates: int = _count("unknown date", "unknown dates")
    """Dates of ties stated as unknown or as none: `None`."""
    unheld_dates: int = _count("date that can't be held", "dates that can't be held")
    """Times before year 1, after 9999, coarser than a century, or without a known precision: left out."""
    differing_dates: int = _count("tie with differing dates", "ties with differing dates")
    """Ties with several different starts or ends: all are in the tie's `extra`."""
    crossed_dates: int = _count("tie that ends before it begins", "ties that end before they begin")
    """Ties that end before they begin: the end is only in the tie's `extra`."""
    countries: int = _count("city without one country code", "cities without one country code")
    """Cities whose country has no code in the documents, or several: the country's id is in the city's `extra`."""
    unheld_values: int = _count("value that can't be held", "values that can't be held")
    """Values that don't fit the model, such as coordinates on Mars: left out."""
    unheld_labels: int = _count("label that can't be held", "labels that can't be held")
    """Labels and aliases whose language has no BCP 47 tag: left out."""
    reference_parts: int = _count("part of a reference left out", "parts of references left out")
    """Parts of the ties' references other than URL, date of retrieval and work: left out."""

    def __str__(self) -> str:
        counts = ((field, getattr(self, field.name)) for field in attrs.fields(Remarks))
        parts = [f"{count:,} {field.metadata['one' if count == 1 else 'several']}" for field, count in counts if count]
        return ", ".join(parts) or "nothing left out"


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
        """The ids of items known to be places, because the query listed them as places."""
        self.redirects: dict[str, str] = {}
        self._remarked: dict[str, set[object]] = {}

    def statement(self, id: str) -> Statement:
        """
        The statement with this id, created if needed.
        """
        # Documents have "Q1$…" where RDF has "Q1-…"; old ids begin with a small letter.
        key = id.replace("$", "-", 1).upper()
        return self.statements.setdefault(key, Statement(id=key))

    def name(self, id: str, code: str, text: str, *, is_alias: bool) -> None:
        """
        Add a label or an alias of an item in a language by Wikimedia's code; of labels in one language the first counts.
        """
        tag = language_tag(code)
        if tag is None or not text.strip():
            self.remark("unheld_labels", (id, code, text))
        elif is_alias:
            self.aliases.setdefault(id, []).append((tag, text))
        else:
            self.labels.setdefault(id, {}).setdefault(tag, text)

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
        return Remarks(**{about: len(found) for about, found in self._remarked.items()})


is_hash: Callable[[str], re.Match[str] | None] = re.compile(r"[0-9a-f]{1,64}", re.ASCII).fullmatch
"""True for the hash of a reference, which becomes the id of a source."""


def add(values: dict[str, list[Value]], property: str, value: Value) -> None:
    """
    Put *value* under *property*, once.
    """
    kept = values.setdefault(property, [])
    if value not in kept:
        kept.append(value)
