"""
The likeness of folded texts, and a search for the texts that are like one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from .._lazy import once


def distance(first: str, second: str, most: int) -> int:
    """
    The optimal string alignment distance of two texts, or *most* + 1 if it is larger than *most*: the number of letters to
    insert, delete, replace or swap with the next to turn one into the other.
    """
    over = most + 1
    if abs(len(first) - len(second)) > most:
        return over
    if not first:
        return len(second)
    # Bits of whole columns of the table of distances, after Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and
    # Damerau Edit Distances (2003): bit i is about the first i + 1 letters of *first*.
    places: dict[str, int] = {}
    for place, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << place
    every = (1 << len(first)) - 1
    last = 1 << len(first) - 1
    more, less, diagonal, before = every, 0, 0, 0
    errors, left = len(first), len(second)
    for char in second:
        same = places.get(char, 0)
        swapped = ((~diagonal & same) << 1) & before
        diagonal = (((same & more) + more) ^ more) | same | less | swapped
        rising, falling = less | ~(diagonal | more), diagonal & more
        errors += (1 if rising & last else 0) - (1 if falling & last else 0)
        left -= 1
        if errors - left > most:
            return over
        rising = rising << 1 | 1
        more = ((falling << 1) | ~(diagonal | rising)) & every
        less = rising & diagonal & every
        before = same
    return errors


def allowed(length: int) -> int:
    """
    The number of typing errors to forgive in a folded text of this length.
    """
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


def likeness(query: str, name: str) -> float:
    """
    The likeness of two folded texts: 0.99 if equal, at most 0.9 if the name begins with the query, at most 0.75 if it
    contains it, at most 0.7 if they differ by typing errors, else 0.
    """
    if query == name:
        return 0.99
    if len(query) >= 2 and name.startswith(query):
        return 0.75 + 0.15 * len(query) / len(name)
    if len(query) >= 3 and query in name:
        return 0.6 + 0.15 * len(query) / len(name)
    most = allowed(len(query))
    errors = distance(query, name, most)
    return 0.0 if errors > most else 0.7 - 0.5 * errors / max(len(query), len(name))


class Spellings:
    """
    An index of folded texts, so that a search needn't compare each.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(texts)
        # Built when a length is first searched; two threads may both build the same.
        self._pairs_by_length: dict[int, Mapping[tuple[str, int], list[int]]] = {}

    def like(self, query: str) -> Iterator[str]:
        """
        The texts for which `likeness` isn't 0.
        """
        return iter(dict.fromkeys(chain(self._containing(query), self._mistyped(query))))

    def _containing(self, query: str) -> Iterator[str]:
        """
        The texts that contain *query*; for two letters those that begin with it, for one the text itself.
        """
        sought = query if len(query) > 2 else f"\n{query}" if len(query) == 2 else f"\n{query}\n"
        joined, place = self._joined, -1
        while (place := joined.find(sought, place + 1)) >= 0:
            start = joined.rfind("\n", 0, place + 1) + 1
            end = joined.find("\n", max(start, place + 1))
            yield joined[start:end]
            place = end - 1

    def _mistyped(self, query: str) -> Iterator[str]:
        """
        The texts within as many typing errors as are allowed.
        """
        most = allowed(len(query))
        if most == 0:
            return
        for length in range(len(query) - most, len(query) + most + 1):
            texts = self._by_length.get(length, ())
            if texts:
                yield from self._near(query, length, texts, most)

    def _near(self, query: str, length: int, texts: Sequence[str], most: int) -> Iterator[str]:
        try:
            from rapidfuzz.distance import OSA
            from rapidfuzz.process import extract
        except ImportError:
            for number in self._sharing_pairs(query, length, most):
                if distance(query, texts[number], most) <= most:
                    yield texts[number]
        else:
            found = extract(query, texts, scorer=OSA.distance, score_cutoff=most, limit=None)
            yield from (text for text, _, _ in found)

    def _sharing_pairs(self, query: str, length: int, most: int) -> Iterator[int]:
        """
        The numbers of the texts of this length that may be within *most* errors, by the pairs of letters shared with *query*.
        """
        pairs = Counter(_pairs(query))
        by_pair = self._by_pair(length)
        shared: Counter[int] = Counter()
        for pair, wanted in pairs.items():
            for times in range(1, wanted + 1):
                shared.update(by_pair.get((pair, times), ()))
        # Two letters that are swapped spoil three pairs, one that is left out two, one that is put in one.
        spoiled = 3 * most - (2 * (length - len(query)) if length > len(query) else len(query) - length)
        needed = sum(pairs.values()) - spoiled
        return (number for number, count in shared.items() if count >= needed)

    @once
    def _joined(self) -> str:
        return "".join(f"\n{text}" for text in self._texts) + "\n"

    @once
    def _by_length(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for text in self._texts:
            found.setdefault(len(text), []).append(text)
        return found

    def _by_pair(self, length: int) -> Mapping[tuple[str, int], list[int]]:
        numbers = self._pairs_by_length.get(length)
        if numbers is None:
            numbers = {}
            for number, text in enumerate(self._by_length[length]):
                seen: Counter[str] = Counter()
                for pair in _pairs(text):
                    seen[pair] += 1
                    # Once for each occurrence of the pair.
                    numbers.setdefault((pair, seen[pair]), []).append(number)
            self._pairs_by_length[length] = numbers
        return numbers


def _pairs(text: str) -> Iterable[str]:
    framed = f"\n{text}\n"
    return (framed[place : place + 2] for place in range(len(framed) - 1))
