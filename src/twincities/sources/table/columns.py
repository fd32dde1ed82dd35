"""
The headings of a table: which column holds what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ...errors import DatasetError, QueryError, one_problem, shown
from ...interop._dates import date_of
from ...model.arguments import as_mapping
from ...model.edtf import EdtfDate
from ...model.office_words import headings as known_headings
from ...model.vocabulary import PartnershipStatus
from ...query.filters import labelled_words
from ...query.names import fold, nearest
from .names import words_of_ties

TIE_FIELDS = ("status", "kind", "since", "until", "status_since", "areas", "source")
"""Facts of a tie that a column can hold."""

PLACE_FIELDS = (
    "id",
    "country",
    "country_code",
    "place_kind",
    "population",
    "latitude",
    "longitude",
    "wikidata_id",
    "geonames_id",
)
"""Facts of one of the two cities that a column can hold, in addition to its name."""

_BOUNDS = (f"{date}_{bound}" for date in ("since", "until", "status_since") for bound in ("earliest", "latest"))
NOT_READ_BACK = frozenset(map(fold, ("networks", "distance_km", "summary", "asserted_by", *_BOUNDS)))
"""Columns of `interop.rows` and `interop.frames`, folded, that follow from others or that a row can't contain."""

_SIDES = ("city", "partner")
_PLACE = "place"  # a heading such as "City", which may be either side's

_ANY_NAME = {"name", "nimi", "namn", "nom", "place", "paikka"}  # next to a column of partners they may be a person's

_SINCE = re.compile(
    r"(?P<what>.*\w) (?:seit|sedan|since|depuis|vuodesta|alkaen)|(?:seit|sedan|since|depuis) \w.*", re.IGNORECASE
)
_THOUSANDS = re.compile(r"tuha|tusen|tausend|tsd|thousand|mill|milj|mio|1[ .,]?000|['’]000|\bk\b", re.IGNORECASE)
_DOUBTED = re.compile(
    r"noin|\bn\b|\bca?\b|circa|approx|arvio|\best|about|ungefär|omkring|epävarma|uncertain|osäker|unsicher|\?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:bis|until|till|jusqu.?[aà]u?) \w.*|(?P<what>.*\w) (?:asti|saakka)", re.IGNORECASE)


@cache
def _keys() -> dict[str, str]:
    """
    Every spelling of a key, folded, and the key.
    """
    keys = {name: name for name in (*_SIDES, *TIE_FIELDS, *PLACE_FIELDS[1:])}  # a bare "id" could be anything's
    for number, side in enumerate(_SIDES, 1):
        keys[f"city_{number}"] = side
        for field in PLACE_FIELDS:
            for spelling in (f"{side}_{field}", f"city_{number}_{field}", f"{field}_{number}"):
                keys[spelling] = f"{side}_{field}"
    keys |= {word: name for name, words in known_headings().items() for word in words}
    return {fold(spelling): key for spelling, key in keys.items()}


@lru_cache(maxsize=4096)  # called for cells below the headings as well
def key_of(heading: str) -> str | None:
    """
    The key of a heading, without a final colon or unit in brackets; some are known by one word.
    """
    if key := _keys().get(fold(heading)):
        return key
    plain = re.sub(r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]|:|\.{3}|…|\*))+\s*$", "", heading)
    if plain != heading and (key := _keys().get(fold(plain))):
        return None if _changes(heading[len(plain) :].strip(" :*()[]…."), key) else key
    if (plain_key := _keys().get(fold(re.sub(r"\W*\d{1,2}$", "", plain)))) == "partner":  # the second of several
        return plain_key
    parts = {_keys().get(fold(part)) for part in re.split(r"[/|]", plain) if part.strip()}
    if len(parts) == 1 and (key := parts.pop()):  # in two languages
        return key
    if found := _SINCE.fullmatch(plain):
        return _start_of(found["what"])
    if found := _UNTIL.fullmatch(plain):
        return "until" if _start_of(found["what"]) == "since" else None
    return None


def _changes(aside: str, key: str) -> bool:
    """
    True if what stands in brackets after a heading says more of the cells below than a unit does.
    """
    is_number = key.endswith("population")
    pattern = _THOUSANDS if is_number else _DOUBTED if key in {"since", "until", "status_since"} else None
    return bool(pattern and pattern.search(aside)) or fold(aside) in labelled_words(PartnershipStatus)


def _start_of(what: str | None) -> str | None:
    """
    The key of the start of *what* a heading names: a tie, or its status; `None` for other facts and "Suspended since".
    """
    if what is None or (key := _keys().get(fold(what))) in {*_SIDES, _PLACE, "kind", "since"}:
        return "since"
    if status := labelled_words(PartnershipStatus).get(fold(what)):
        return "since" if PartnershipStatus.ACTIVE in status else None
    return "since" if key is None else "status_since" if key == "status" else None


def date_of_heading(heading: str) -> EdtfDate | None:
    """
    The date in brackets after a heading, such as "Population (2020)"; `None` if there is none.
    """
    found = re.search(r"[(\[]([^()\[\]]+)[)\]]", heading)
    try:
        return date_of(found[1]) if found else None
    except ValueError:
        return None


class Columns:
    """
    The columns to look for: those that the user names, and those whose headings are known.

    Args:
        chosen: The user's heading of a key; with `None` or an empty text the key's column isn't read.
    """

    def __init__(self, chosen: Mapping[str, str | None] | None = None) -> None:
        self._chosen = {} if chosen is None else as_mapping(chosen, "columns=")
        self._folded = {fold(heading) for heading in self._chosen.values() if isinstance(heading, str) and heading}
        self.wanted: int = 100 * len(self._folded)
        """The score of a row that has all headings that the user named."""

    def score(self, headings: Sequence[str]) -> int:
        """
        The number of known headings in a row; one given by the user counts a hundred.
        """
        found = {key for key in map(key_of, filter(None, headings)) if key is not None}
        named = 100 * len(self._folded & set(map(fold, headings)))
        places = {key for key in found if key in {*_SIDES, _PLACE, "city_id", "partner_id"}}
        return named + (len(found) if places else 0) if places or named else 0

    def are_headings(self, texts: Sequence[str]) -> bool:
        filled = list(filter(None, texts))
        # A row may have nothing but words that are headings as well: a status, a kind.
        return (
            len(filled) > 1
            and all(map(key_of, filled))
            and self.score(texts) > 1
            and any(fold(text) not in words_of_ties() for text in filled)
        )

    def match(self, headings: Sequence[str]) -> dict[str, int]:
        """
        The number of the column of each key: by the user's headings, then by those that are known.

        Keys of cities begin with their side: `partner_country`. A plain `country` is the partner's, as `interop.rows`
        writes it, or the city's if there is a `partner_country`. A plain "City" is the partner if no other column is.
        """
        found: dict[str, int] = {}
        left_out: set[str] = set()
        for given, heading in self._chosen.items():
            key = _user_key(given, heading, headings)
            if key in found or key in left_out:
                raise QueryError(f"expected each key once in columns=, got {key} twice")
            if heading is None or heading == "":
                left_out.add(key)
            else:
                found[key] = _number(headings, heading)
        taken, places = set(found.values()), []
        known = set(found) | left_out
        for number, heading in enumerate(headings):
            meant = key_of(heading) if number not in taken and heading else None
            if meant == _PLACE:
                places.append((number, heading))
            elif meant is not None and meant not in known:
                if meant in found:
                    raise _twice(meant, headings[found[meant]], heading)
                found[meant] = number
        side, numbers = _side_of(found, places)
        if numbers and side not in found and side not in left_out:
            if len(numbers) > 1:
                raise _twice(side, headings[numbers[0]], headings[numbers[1]])
            found[side] = numbers[0]
        return {_sided(key, found): number for key, number in found.items()}


def _side_of(found: Mapping[str, int], places: Sequence[tuple[int, str]]) -> tuple[str, list[int]]:
    """
    The side that columns headed "City", "Kunta", "Name" are of, and which of them.
    """
    ours = [number for number, heading in places if fold(heading) == "city"]
    if found.keys() & {"partner", "partner_id"}:
        return "city", ours or [number for number, heading in places if fold(heading) not in _ANY_NAME]
    if len(places) > 1:
        return "city", ours
    return "partner", [number for number, _ in places]


def _twice(key: str, first: str, second: str) -> DatasetError:
    advice = "rename one" if first == second else "give columns="
    if key == "partner":
        advice = f"put each partner into a row of its own{'' if first == second else ', or give columns='}"
    message = f"expected one column {key}, got {shown(first)} and {shown(second)}: {advice}"
    return one_problem("line 1", message)


def _user_key(key: str, heading: object, headings: Sequence[str]) -> str:
    names = {spelling: known for spelling, known in _keys().items() if known != _PLACE} | {"city": "city"}
    if isinstance(key, str) and (known := names.get(fold(key))):
        return known
    # As pandas renames: {heading: key}.
    turned = names.get(fold(heading)) if key in headings and isinstance(heading, str) else None
    near = nearest(key, set(names.values())) if isinstance(key, str) else ()
    meant = [f"{{{turned!r}: {shown(key)}}}"] if turned is not None else list(map(shown, near))
    hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
    known_keys = ", ".join((*_SIDES, *TIE_FIELDS, *PLACE_FIELDS[1:]))
    raise QueryError(f"expected the keys of columns= among {known_keys}, got {shown(key)}{hint}")


def _number(headings: Sequence[str], heading: str) -> int:
    found = [number for number, text in enumerate(headings) if text == heading]
    if not found and isinstance(heading, str):
        found = [number for number, text in enumerate(headings) if text and fold(text) == fold(heading)]
    if len(found) != 1:
        got = "two of them" if found else "none"
        known = ", ".join(map(shown, headings))
        raise QueryError(f"expected one heading {shown(heading)} among {known}, got {got}")
    return found[0]


def _sided(key: str, found: Mapping[str, int]) -> str:
    if key not in PLACE_FIELDS:
        return key
    return f"city_{key}" if f"partner_{key}" in found else f"partner_{key}"
