"""
Attributes of graphs made elsewhere, read as fields of records if they have the names of our columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from numbers import Integral, Real
from typing import Any

from ...errors import Problem, shown, step
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.filters import Vocabulary
from .. import _cells as cells
from .._cells import is_blank

NETWORK_NODE = "network:"
"""The prefix of a network's node, since a city could have the same id."""

Columns = Mapping[str, tuple[str, Callable[[Any, Vocabulary], Any]]]
"""By attribute: the field that it is read into, and the function that reads its value."""


def _text(value: Any, _: Vocabulary) -> str:
    return cells.read_text(value)


def _texts(value: Any, _: Vocabulary) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else cells.read_text(value).split(";")
    return [cells.read_text(part) for part in parts]


def _untagged(value: Any, _: Vocabulary) -> dict[str, str]:
    return {"und": cells.read_text(value)}  # BCP 47: undetermined


def _word(words: type[StrEnum]) -> Callable[[Any, Vocabulary], str]:
    return lambda value, _: cells.read_word(value, words).value


def _date(value: Any, _: Vocabulary) -> str:
    return str(cells.read_date(value))


def _activities(value: Any, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    ids, wrong = cells.read_areas(value, vocabulary)
    if wrong:
        raise ValueError("; ".join(wrong))
    return [{"areas": list(ids)}]


CITY: Columns = {
    "name": ("name", _text),
    "kind": ("kind", _word(PlaceKind)),
    "country_code": ("country_code", lambda value, names: cells.read_country(value, names, any_code=True)),
    "subdivision_codes": ("subdivision_codes", _texts),
    "latitude": ("coordinates", lambda value, _: {"latitude": cells.read_degrees(value, 90)}),
    "longitude": ("coordinates", lambda value, _: {"longitude": cells.read_degrees(value, 180)}),
    "population": ("populations", lambda value, _: [{"value": cells.read_people(value)}]),
    "wikidata_id": ("wikidata_id", lambda value, _: cells.read_wikidata_id(value)),
    "geonames_id": ("geonames_id", lambda value, _: cells.read_geonames_id(value)),
    "alt_ids": ("alt_ids", _texts),
    "part_of": ("part_of", _texts),
    "succeeded_by": ("succeeded_by", _texts),
    "summary": ("summary", _untagged),
}
_COOPERATION: Columns = {
    "status": ("status", _word(PartnershipStatus)),
    "kind": ("kind", _word(PartnershipKind)),
    "since": ("since", _date),
    "until": ("until", _date),
    "summary": ("summary", _untagged),
}
PARTNERSHIP: Columns = {
    **_COOPERATION,
    "status_since": ("status_since", _date),
    "areas": ("activities", _activities),
    "asserted_by": ("asserted_by", _texts),
}
NETWORK: Columns = {**_COOPERATION, "name": ("names", _untagged)}

_SYNONYMS = {
    synonym: column
    for column, synonyms in {
        "latitude": "lat latitude",
        "longitude": "lon lng long longitude",
        "population": "pop population inhabitants",
        "country_code": "country countrycode country_code",
        "wikidata_id": "wikidata qid",
        "geonames_id": "geonames geonameid",
    }.items()
    for synonym in synonyms.split()
}
"""Other names of our columns, in any capitals. If a graph has both, ours is read and the other goes to `extra`."""


def read_attributes(
    data: Mapping[Any, Any], columns: Columns, vocabulary: Vocabulary
) -> tuple[dict[str, Any], list[Problem]]:
    """
    The document's fields of a record, and the problems found; attributes without a column go to `extra`.
    """
    fields: dict[str, Any] = {}
    extra: dict[Any, Any] = {}
    problems: list[Problem] = []
    known = {name: plain for name, value in data.items() if not is_blank(plain := _plain(value))}
    taken = known.keys() & columns.keys()
    for name, value in known.items():
        column: str = name if name in columns else _SYNONYMS.get(str(name).casefold(), "")
        if column not in columns or (column != name and column in taken):
            if isinstance(value, (str, int, float, list, tuple, dict)):
                extra[name] = value
            else:
                problems.append(Problem(f".extra{step(name)}", f"expected a JSON value, got {shown(value)}"))
            continue
        taken.add(column)
        field, read = columns[column]
        try:
            read_value = read(value, vocabulary)
        except ValueError as error:
            problems.append(Problem(step(name), str(error)))
            continue
        # Latitude and longitude are one field.
        fields[field] = {**fields.get(field, {}), **read_value} if isinstance(read_value, dict) else read_value
    return ({**fields, "extra": extra} if extra else fields), problems


def _plain(value: Any) -> Any:
    """
    Convert numbers of other libraries, such as numpy, to Python's.
    """
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, Real) and not isinstance(value, Integral) else value
