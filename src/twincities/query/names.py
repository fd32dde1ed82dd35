"""
Names of cities: folding, resolution in tiers, and a search that forgives typing errors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING

from .._lazy import once
from ..errors import AmbiguousCityError, QueryError, UnknownCityError, shown
from ..model.city import City
from ..model.rules import FILE_SAFE
from ..model.vocabulary import PlaceKind

if TYPE_CHECKING:
    from .spelling import Spellings

__all__ = ["NameIndex", "choices", "fold", "may_be_one", "nearest", "slug"]

# Letters that Unicode doesn't decompose into a base and a mark, and what people type instead.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
# Only letters and digits of ASCII stay. A letter mapped to itself is several times as fast as one that isn't in the table.
_ASCII = {code: chr(code) if chr(code).isalnum() else None for code in range(128)}
# Letters in Unicode that serve as apostrophes: ʻokina and hamza, glottal stops, primes, the saltillo.
_APOSTROPHES = dict.fromkeys([*range(0x2B9, 0x2C2), 0x2C8, 0x2CA, 0x2CB, 0x2EE, 0x7F4, 0x7F5, 0xA78B, 0xA78C])
# Only the general block of combining marks is dropped: in other scripts a mark can be a separate letter.
_FOLDED = {
    **_ASCII,
    **{ord(letter): typed for letter, typed in _LETTERS.items()},
    **dict.fromkeys(range(0x300, 0x370)),
    **_APOSTROPHES,
}
_LONG = 500  # letters: names are shorter
_MARKS = 30  # on one letter, as in the Stream-Safe Text Format of UAX 15; no word has more


def fold(text: str) -> str:
    """
    *text* in the form in which names are compared: without case, the marks of Latin, Greek and Cyrillic letters,
    punctuation and spaces. Folding is idempotent.

    >>> fold("Győr") == fold("GYÖR") == fold("gyor")
    True

    Raises:
        QueryError: *text* isn't text.
    """
    if not isinstance(text, str):
        raise QueryError(f"expected text to fold, got {shown(text)}")
    if text.isascii():
        text = text.casefold()
        return text if text.isalnum() else text.translate(_FOLDED)
    text = unicodedata.normalize("NFKD", _bounded(text)).casefold().translate(_FOLDED)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).translate(_FOLDED)
    if not text.isalnum():
        text = "".join(char for char in text if char.isalnum() or unicodedata.category(char)[0] == "M")
    return unicodedata.normalize("NFC", text)


def _bounded(text: str) -> str:
    """
    *text* with at most 30 marks on a letter: normalizing takes time quadratic in their number.
    """
    if len(text) <= _LONG:
        return text
    kept, marks = [], 0
    for char in chain.from_iterable(unicodedata.normalize("NFKD", char) for char in text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS:
            kept.append(char)
    return "".join(kept)


def nearest(query: str, labels: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """
    The *labels* most like *query*, to suggest in an error message; none that means the opposite.
    """
    from .opposites import are_opposite
    from .spelling import likeness

    folded, words = fold(query), _words(query)
    scored = {label: likeness(folded, fold(label)) for label in labels}
    close = sorted((label for label in scored if scored[label]), key=lambda label: (-scored[label], label))
    return tuple(islice((label for label in close if not are_opposite(words, _words(label))), limit))


def choices(known: Collection[str], near: Collection[str]) -> str:
    """
    A hint that lists the *known* words if none is *near* and they are few.
    """
    return "" if near or not 0 < len(known) <= 10 else f"expected one of {', '.join(known)}"


def _words(text: str) -> str:
    return " ".join(filter(None, map(fold, re.split(r"[\W_]+", text))))


Table = Mapping[str, tuple[City, ...]]
_MOST_FOUND, _MOST_KEPT = 100, 10_000  # the longest answer to keep, and the number of answers kept


def _table(pairs: Iterable[tuple[str, City]]) -> Table:
    found: dict[str, tuple[City, ...]] = {}
    for key, city in pairs:
        cities = found.get(key)
        if cities is None:
            found[key] = (city,)
        elif cities[-1] is not city:  # the names of one city come in a row
            found[key] = (*cities, city)
    return found


class NameIndex:
    """
    The names of cities in tiers, each built when it is first needed.
    """

    def __init__(self, cities: Mapping[str, City]) -> None:
        self.cities = cities
        self._searched: dict[str, list[tuple[float, str, City]]] = {}

    def resolve(self, text: str, keep: Callable[[City], bool] | None = None) -> tuple[City, ...]:
        """
        The cities called *text* in the first tier that has any; with *keep* only cities for which it is true count.
        """
        for tier in self.tiers(text):
            kept = tier if keep is None or not tier else tuple(city for city in tier if keep(city))
            if kept:
                return kept
        return ()

    def one(self, text: str, keep: Callable[[City], bool] | None = None, where: str = "") -> City:
        """
        The only city called *text* in the first tier that has any; *where* is added to the error if there is none.

        Raises:
            UnknownCityError: No city is called so; `.suggestions` has similar names.
            AmbiguousCityError: Several cities of the tier are.
        """
        found = self.resolve(text, keep)
        if len(found) == 1:
            return found[0]
        if found:
            in_one_country = keep is not None or len({city.country_code for city in found}) == 1
            advice = "ask by id" if in_one_country else "ask by id or give country="
            places = [next(iter(city.subdivision_codes), city.country_code) for city in found]
            raise AmbiguousCityError(text, [city.id for city in found], advice, places)
        near = dict.fromkeys(label for _, label, city in self.search(text) if keep is None or keep(city))
        hint = where if where or near else f"cities in the data set: {len(self.cities)}"
        raise UnknownCityError(text, tuple(near)[:3], hint)

    def tiers(self, text: str) -> Iterator[tuple[City, ...]]:
        """
        The cities called *text* in each tier. Alternative names come last: GeoNames lists "Gera" under Győr.
        """
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
        The score (0 to 1), the name and the city of every name like *text*: best first, each city once, in a total order.
        """
        found = self._searched.get(text)
        if found is None:
            found = self._search(text)
            # An imported list may name the same unknown city many times.
            if len(found) <= _MOST_FOUND and len(self._searched) < _MOST_KEPT:
                self._searched[text] = found
        return list(found)

    def _search(self, text: str) -> list[tuple[float, str, City]]:
        from .spelling import likeness

        query = fold(text)
        best: dict[str, tuple[float, str, City]] = {}
        if not query:  # only punctuation: found as written or not at all
            best = {city.id: (1.0, label, city) for label, city in self._labels.get("", ()) if label == text}
        for folded in self._spellings.like(query) if query else ():
            score = round(likeness(query, folded), 3)
            for label, city in self._labels[folded]:
                mine = (1.0 if label == text else score, label, city)
                if city.id not in best or (-mine[0], label) < (-best[city.id][0], best[city.id][1]):
                    best[city.id] = mine
        return sorted(best.values(), key=lambda found: (-found[0], found[2].name, found[2].id))

    @once
    def _spellings(self) -> Spellings:
        from .spelling import Spellings

        return Spellings(self._labels)

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


def slug(name: str) -> str:
    """
    An id for *name* that is safe as a file name; equal names give equal ids.

    >>> slug("Castrop-Rauxel"), slug("Győr"), slug("Псков")
    ('castrop-rauxel', 'gyor', 'city-8b0e5000')
    """
    words = [fold(word) for word in re.split(r"[\W_]+", unicodedata.normalize("NFC", name))]
    letters = [re.sub("[^a-z0-9]", "", word) for word in words]
    id = "-".join(filter(None, letters))
    if letters == words and len(id) <= 80 and FILE_SAFE.holds(id):
        return id
    # A name that ASCII can't write, or that is too long, gets a digest to stay distinct.
    from hashlib import blake2b

    digest = blake2b((fold(name) or name).encode(), digest_size=4).hexdigest()
    return f"{id[:60].rstrip('-') or 'city'}-{digest}"


# A town and its municipality are one partner; a town and the county of the same name aren't.
_TOWNS = {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.MUNICIPALITY, PlaceKind.VILLAGE}


def may_be_one(one: City, other: City) -> bool:
    """
    True if two cities may be the same place, judging by country and kind as far as they are known.
    """
    countries, kinds = {one.country_code, other.country_code} - {None}, {one.kind, other.kind} - {None}
    return len(countries) < 2 and (len(kinds) < 2 or kinds <= _TOWNS)
