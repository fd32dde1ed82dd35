"""
The headings of a table: which column holds what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...errors import DatasetError, Problem, QueryError, shown
from ...query.names import fold, nearest

__all__ = ["NOT_READ_BACK", "PLACE_FIELDS", "TIE_FIELDS", "match_columns"]

TIE_FIELDS = ("status", "kind", "since", "until", "status_since", "areas", "source")
"""What a column can say of a tie."""

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
"""What a column can say of one of the two cities, beside its name."""

_BOUNDS = (f"{date}_{bound}" for date in ("since", "until", "status_since") for bound in ("earliest", "latest"))
NOT_READ_BACK = frozenset(map(fold, ("networks", "distance_km", "summary", "asserted_by", *_BOUNDS)))
"""Columns of `interop.rows` and `interop.frames`, folded, that follow from others or that a row can't hold."""

_SIDES = ("city", "partner")

# What headings are called in Finnish and Swedish, and otherwise in English. A bare "year" could be anything's.
_WORDS = {
    "city": ("kaupunki", "stad"),
    "partner": (
        *("kumppani", "ystävyyskaupunki", "ystävyyskaupungit", "vänort", "vänorter", "partner city", "partner town"),
        *("twin city", "twin cities", "twin town", "twin towns", "sister city", "sister cities", "sister town"),
    ),
    "country": ("maa", "land"),
    "country_code": ("maakoodi", "landskod"),
    "population": ("väkiluku", "invånare"),
    "latitude": ("leveysaste", "latitud", "lat"),
    "longitude": ("pituusaste", "longitud", "lon", "lng"),
    "wikidata_id": ("wikidata", "qid"),
    "geonames_id": ("geonames",),
    "status": ("tila",),
    "kind": ("laji", "slag", "kind of tie"),
    "since": (
        *("alkaen", "vuodesta", "alkuvuosi", "sedan", "startår", "since year", "twinned since", "established"),
        *("start", "start year"),
    ),
    "until": ("asti", "loppuvuosi", "till", "slutår", "end", "end year"),
    "areas": ("alat", "områden"),
    "source": ("sources", "lähde", "källa"),
}


def _spellings() -> dict[str, str]:
    """
    Every way to write a key, folded, and the key.
    """
    keys = {name: name for name in (*_SIDES, *TIE_FIELDS, *PLACE_FIELDS[1:])}  # a bare "id" could be anything's
    for number, side in enumerate(_SIDES, 1):
        keys[f"city_{number}"] = side
        for field in PLACE_FIELDS:
            for spelling in (f"{side}_{field}", f"city_{number}_{field}", f"{field}_{number}"):
                keys[spelling] = f"{side}_{field}"
    keys |= {word: name for name, words in _WORDS.items() for word in words}
    return {fold(spelling): key for spelling, key in keys.items()}


_KEYS = _spellings()


def match_columns(
    headings: Sequence[str], columns: Mapping[str, str] | None = None, name: str | None = None
) -> dict[str, int]:
    """
    The number of the column of each key: by the user's *columns*, else by headings that are known.

    Keys of cities have their side before them: `partner_country`. A bare `country` is the partner's, as it is where
    `interop.rows` writes it, unless a `partner_country` is there as well: then it is the city's.

    Raises:
        QueryError: *columns* has an unknown key, or a heading that isn't there.
        DatasetError: Two headings mean the same.
    """
    found: dict[str, int] = {}
    if columns is None:
        for number, heading in enumerate(headings):
            key = _KEYS.get(fold(heading))
            if key is None:
                continue
            if key in found:
                same = f"{shown(headings[found[key]])} and {shown(heading)}"
                raise DatasetError([Problem("line 1", f"expected one column {key}, got {same}: give columns=")], name)
            found[key] = number
    else:
        for key, heading in columns.items():
            _add(found, _key(key, heading, headings), _number(headings, heading))
    return {_sided(key, found): number for key, number in found.items()}


def _add(found: dict[str, int], key: str, number: int) -> None:
    if key in found:
        raise QueryError(f"expected each key once in columns=, got {key} twice")
    found[key] = number


def _key(key: str, heading: str, headings: Sequence[str]) -> str:
    known = _KEYS.get(fold(key)) if isinstance(key, str) else None
    if known is None:
        # As pandas renames: {heading: key}.
        turned = _KEYS.get(fold(heading)) if key in headings and isinstance(heading, str) else None
        near = nearest(key, set(_KEYS.values())) if isinstance(key, str) else ()
        meant = [f"{{{turned!r}: {shown(key)}}}"] if turned is not None else list(map(shown, near))
        hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
        known_keys = ", ".join((*_SIDES, *TIE_FIELDS, *PLACE_FIELDS[1:]))
        raise QueryError(f"expected the keys of columns= among {known_keys}, got {shown(key)}{hint}")
    return known


def _number(headings: Sequence[str], heading: str) -> int:
    found = [number for number, text in enumerate(headings) if text == heading]
    if not found and isinstance(heading, str):
        found = [number for number, text in enumerate(headings) if fold(text) == fold(heading)]
    if len(found) != 1:
        got = "two of them" if found else "none"
        known = ", ".join(map(shown, headings))
        raise QueryError(f"expected one heading {shown(heading)} among {known}, got {got}")
    return found[0]


def _sided(key: str, found: Mapping[str, int]) -> str:
    if key not in PLACE_FIELDS:
        return key
    return f"city_{key}" if f"partner_{key}" in found else f"partner_{key}"
