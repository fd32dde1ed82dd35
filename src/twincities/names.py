"""
Names: folding, the tiers that resolve a name to a city, and the search that forgives typing errors.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from .lazy import once
from .model import City

__all__ = ["NameIndex", "fold", "nearest"]

# Letters that Unicode doesn't take apart into a base and a mark, and what people type for them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)


def fold(text: str) -> str:
    """
    *text* as it is compared: without case, without the marks of Latin, Greek and Cyrillic letters, without
    punctuation and spaces. Folding twice changes nothing more.

    >>> fold("Győr") == fold("GYÖR") == fold("gyor")
    True
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text)
        # Only the general block of marks: in other scripts a mark can be a letter of its own.
        text = "".join(char for char in text if not "\u0300" <= char <= "\u036f")
        text = unicodedata.normalize("NFC", text.translate(_LETTERS))
    else:
        text = text.casefold()
    if text.isalnum():
        return text
    return "".join(char for char in text if char.isalnum() or unicodedata.category(char)[0] == "M")


def distance(first: str, second: str, most: int) -> int:
    """
    How many letters to insert, delete, replace or swap with the next to come from one text to the other.

    The optimal string alignment distance; *most* + 1 as soon as it is known to be over *most*.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == second[j - 2] and first[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _allowed(length: int) -> int:
    """
    How many typing errors are forgiven in a folded text of this length.
    """
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


def likeness(query: str, name: str) -> float:
    """
    How like two folded texts are: 0.99 equal, down from 0.9 the name begins with the query, down from 0.75 it holds
    it, down from 0.7 typing errors apart; 0 where they aren't.
    """
    if query == name:
        return 0.99
    if len(query) >= 2 and name.startswith(query):
        return 0.75 + 0.15 * len(query) / len(name)
    if len(query) >= 3 and query in name:
        return 0.6 + 0.15 * len(query) / len(name)
    most = _allowed(len(query))
    errors = distance(query, name, most)
    return 0.0 if errors > most else 0.7 - 0.5 * errors / max(len(query), len(name))


def nearest(query: str, labels: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """
    The *labels* most like *query*, for an error message to suggest.
    """
    folded = fold(query)
    scored = {label: likeness(folded, fold(label)) for label in labels}
    close = sorted((label for label in scored if scored[label]), key=lambda label: (-scored[label], label))
    return tuple(close[:limit])


Table = Mapping[str, tuple[City, ...]]


def _table(pairs: Iterable[tuple[str, City]]) -> Table:
    found: dict[str, tuple[City, ...]] = {}
    for key, city in pairs:
        cities = found.get(key, ())
        if city not in cities:
            found[key] = (*cities, city)
    return found


class NameIndex:
    """
    The names of a fixed set of cities, in tiers; each tier is built when it is first needed.
    """

    def __init__(self, cities: Mapping[str, City]) -> None:
        self.cities = cities

    def resolve(self, text: str, keep: Callable[[City], bool] | None = None) -> tuple[City, ...]:
        """
        The cities that answer to *text* in the first tier that has any to *keep*.
        """
        for tier in self._tiers(text):
            if kept := tuple(city for city in tier if keep is None or keep(city)):
                return kept
        return ()

    def _tiers(self, text: str) -> Iterator[tuple[City, ...]]:
        # Alternative names come last: GeoNames lists "Gera" under Győr.
        city = self.cities.get(text)
        yield () if city is None else (city,)
        yield self._by_place_id.get(text, ())
        yield self._by_name.get(text, ())
        folded = fold(text)
        yield self._by_folded_name.get(folded, ())
        yield self._by_alt_name.get(text, ())
        yield self._by_folded_alt_name.get(folded, ())

    def search(self, text: str) -> list[tuple[float, str, City]]:
        """
        Every city with a name like *text*: how like (0 to 1), the name, the city; best first, in a total order.
        """
        query = fold(text)
        best: dict[str, tuple[float, str, City]] = {}
        for folded, named in self._labels.items():
            score = likeness(query, folded)
            if not score:
                continue
            for label, city in named:
                mine = (1.0 if label == text else round(score, 3), label, city)
                if city.id not in best or (-mine[0], label) < (-best[city.id][0], best[city.id][1]):
                    best[city.id] = mine
        return sorted(best.values(), key=lambda found: (-found[0], found[2].name, found[2].id))

    @once
    def _by_place_id(self) -> Table:
        return _table(
            (key, city)
            for city in self.cities.values()
            for key in (city.wikidata_id, city.geonames_id, *city.alt_ids)
            if key
        )

    @once
    def _by_name(self) -> Table:
        return _table((name, city) for city in self.cities.values() for name in _names(city))

    @once
    def _by_folded_name(self) -> Table:
        return _table((key, city) for city in self.cities.values() for name in _names(city) if (key := fold(name)))

    @once
    def _by_alt_name(self) -> Table:
        return _table((name, city) for city in self.cities.values() for name in city.alt_names)

    @once
    def _by_folded_alt_name(self) -> Table:
        return _table((key, city) for city in self.cities.values() for name in city.alt_names if (key := fold(name)))

    @once
    def _labels(self) -> Mapping[str, tuple[tuple[str, City], ...]]:
        labels: dict[str, dict[tuple[str, str], City]] = {}
        for city in self.cities.values():
            for label in chain(_names(city), city.alt_names):
                labels.setdefault(fold(label), {})[label, city.id] = city
        return {folded: tuple((label, city) for (label, _), city in named.items()) for folded, named in labels.items()}


def _names(city: City) -> Iterable[str]:
    return {city.name: None, **dict.fromkeys(city.names.values())}
