"""
The claims of two records: which side has weighed the other's statement, and which statements give way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model.claims import Claim, claimable, value_of
from ..model.provenance import sources_of


def joined(*lists: Iterable[Any]) -> tuple[Any, ...]:
    """
    All items of *lists* in order, each once.
    """
    return tuple(dict.fromkeys(item for items in lists for item in items))


class Weighing:
    """
    The claims of two records, and those of their union.
    """

    def __init__(self, a: Any, b: Any) -> None:
        self._kind = type(a)
        self._sides = a, b
        self._claimed: tuple[dict[str, set[Any]], dict[str, set[Any]]] = {}, {}
        self._stated: dict[tuple[str, Any], Claim] = {}
        for side, claimed in zip(self._sides, self._claimed, strict=True):
            for claim in getattr(side, "claims", ()):
                claimed.setdefault(claim.field, set()).add(value_of(self._kind, claim.field, claim.value))
                self._add(claim)

    def can_claim(self, path: str) -> bool:
        """
        True if the record may hold claims about *path*.
        """
        return hasattr(self._sides[0], "claims") and claimable(self._kind, path) is not None

    def knowing(self, path: str, x: Any, y: Any) -> tuple[bool, bool]:
        """
        For each side, True if it has weighed the other's value: it claims that value, and holds its own or none.

        A side with claims but no value prefers none; the other has weighed that if it states all of these claims.
        """
        a, b = (claimed.get(path, set()) for claimed in self._claimed)
        return _knows(a, b, x, y), _knows(b, a, y, x)

    def claiming(self, *paths: str) -> tuple[bool, bool]:
        """
        For each side, True if it claims every value that only the other holds at *paths*.
        """
        a, b = self._sides
        a_knows, b_knows = (
            all(getattr(other, path) in {None, getattr(side, path)} | claimed.get(path, set()) for path in paths)
            for side, other, claimed in ((a, b, self._claimed[0]), (b, a, self._claimed[1]))
        )
        return a_knows, b_knows

    def unstated(self, path: str, x: Any, y: Any) -> tuple[list[Any], list[Any]]:
        """
        The claims of each side that the other states neither as its value nor as a claim.
        """
        a, b = (claimed.get(path, set()) for claimed in self._claimed)
        return sorted(a - b - {y}, key=str), sorted(b - a - {x}, key=str)

    def paths(self) -> list[str]:
        """
        The fields that either side has claims about.
        """
        return list(joined(*self._claimed))

    # -- for a union -------------------------------------------------------------------------------

    def give_way(self, path: str, value: Any, side: Any) -> None:
        """
        Turn the value that *side* holds at *path* into a claim of the union.
        """
        if value is not None:
            (stated, *_) = side.stated(path)
            self._add(Claim(field=path, value=str(value), sources=stated.sources, asserted_by=stated.asserted_by))

    def _add(self, claim: Claim) -> None:
        key = claim.field, value_of(self._kind, claim.field, claim.value)
        known = self._stated.get(key)
        if known is not None:
            claim = Claim(
                field=claim.field,
                value=known.value,
                sources=joined(known.sources, claim.sources),
                asserted_by=joined(known.asserted_by, claim.asserted_by),
            )
        self._stated[key] = claim

    def claims(self, held: dict[str, Any], cited: dict[str, tuple[str, ...]]) -> tuple[Claim, ...]:
        """
        The claims of a union with these fields. If it holds a claimed value itself, the claim's sources go to *cited* and
        its cities to `asserted_by`.
        """
        claims = []
        for (path, value), claim in self._stated.items():
            name, _, tag = path.partition(".")
            if (held[name].get(tag) if tag else held[name]) != value:
                claims.append(claim)
                continue
            own = cited[path] if path in cited else joined(*(sources_of(side, path) for side in self._sides))
            cited[path] = joined(own, claim.sources)
            if "asserted_by" in held:
                held["asserted_by"] = joined(held["asserted_by"], claim.asserted_by)
        return tuple(claims)


def _knows(claimed: set[Any], theirs: set[Any], own: Any, other: Any) -> bool:
    if other is not None:
        return other in claimed
    return own is not None and bool(theirs) and theirs <= claimed | {own}
