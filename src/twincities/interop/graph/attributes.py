"""
The attributes of graphs that aren't ours: those with the names of our columns, as fields of records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any

from ...errors import Problem, step
from ...model.rules import COUNTRY
from ...model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind
from ...query.filters import Vocabulary
from .. import _cells as cells
from .._cells import is_blank

__all__ = ["CITY", "NETWORK", "NETWORK_NODE", "PARTNERSHIP", "Columns", "read_attributes"]

NETWORK_NODE = "network:"
"""Stands before the id of a network in the name of its node: a city could have the same id."""

_UNDETERMINED = "und"  # the BCP 47 tag of texts in a language that nobody tells

Columns = Mapping[str, tuple[str, Callable[[Any, Vocabulary], Any]]]
"""By attribute: the field of the record that it gives, and how its value there is read."""


def _text(value: Any, _: Vocabulary) -> str:
    return cells.read_text(value)


def _texts(value: Any, _: Vocabulary) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else cells.read_text(value).split(";")
    return [cells.read_text(part) for part in parts]


def _of_some_language(value: Any, _: Vocabulary) -> dict[str, str]:
    return {_UNDETERMINED: cells.read_text(value)}


def _country(value: Any, vocabulary: Vocabulary) -> str:
    code = cells.read_text(value)
    return code if COUNTRY.holds(code) else cells.read_country(code, vocabulary)  # codes as City takes them


def _date(value: Any, _: Vocabulary) -> str:
    return str(cells.read_date(value))


def _activities(value: Any, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    ids, wrong = cells.read_areas(value, vocabulary)
    if wrong:
        raise ValueError("; ".join(wrong))
    return [{"areas": list(ids)}]


CITY: Columns = {
    "name": ("name", _text),
    "kind": ("kind", lambda value, _: cells.read_word(value, PlaceKind).value),
    "country_code": ("country_code", _country),
    "subdivision_codes": ("subdivision_codes", _texts),
    "latitude": ("coordinates", lambda value, _: {"latitude": cells.read_degrees(value, 90)}),
    "longitude": ("coordinates", lambda value, _: {"longitude": cells.read_degrees(value, 180)}),
    "population": ("populations", lambda value, _: [{"value": cells.read_people(value)}]),
    "wikidata_id": ("wikidata_id", lambda value, _: cells.read_wikidata_id(value)),
    "geonames_id": ("geonames_id", lambda value, _: cells.read_geonames_id(value)),
    "alt_ids": ("alt_ids", _texts),
    "part_of": ("part_of", _texts),
    "succeeded_by": ("succeeded_by", _texts),
    "summary": ("summary", _of_some_language),
}
PARTNERSHIP: Columns = {
    "status": ("status", lambda value, _: cells.read_word(value, PartnershipStatus).value),
    "kind": ("kind", lambda value, _: cells.read_word(value, PartnershipKind).value),
    "since": ("since", _date),
    "until": ("until", _date),
    "status_since": ("status_since", _date),
    "areas": ("activities", _activities),
    "summary": ("summary", _of_some_language),
    "asserted_by": ("asserted_by", _texts),
}
NETWORK: Columns = {
    "name": ("names", _of_some_language),
    "kind": ("kind", lambda value, _: cells.read_word(value, PartnershipKind).value),
    "status": ("status", lambda value, _: cells.read_word(value, PartnershipStatus).value),
    "since": ("since", _date),
    "until": ("until", _date),
    "summary": ("summary", _of_some_language),
}


_SYNONYMS = {
    "lat": "latitude",
    "latitude": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "longitude": "longitude",
    "pop": "population",
    "population": "population",
    "inhabitants": "population",
    "country": "country_code",
    "countrycode": "country_code",
    "country_code": "country_code",
    "wikidata": "wikidata_id",
    "qid": "wikidata_id",
    "geonames": "geonames_id",
    "geonameid": "geonames_id",
}
"""What others call our columns, in any capitals; where a graph has both, ours is read and theirs goes to `extra`."""


def read_attributes(
    data: Mapping[Any, Any], columns: Columns, vocabulary: Vocabulary
) -> tuple[dict[str, Any], list[Problem]]:
    """
    Attributes as fields of a record in the document, and what is wrong with some; those without a column go to `extra`.
    """
    fields: dict[str, Any] = {}
    extra: dict[Any, Any] = {}
    problems: list[Problem] = []
    plain_values = {name: plain for name, value in data.items() if not is_blank(plain := _number(value))}
    taken = plain_values.keys() & columns.keys()
    for name, plain in plain_values.items():
        column: str = name if name in columns else _SYNONYMS.get(str(name).casefold(), "")
        if column not in columns or (column != name and column in taken):
            extra[name] = plain
            continue
        taken.add(column)
        field, read = columns[column]
        try:
            known = read(plain, vocabulary)
        except ValueError as error:
            problems.append(Problem(step(name), str(error)))
            continue
        # Latitude and longitude give one field.
        fields[field] = {**fields.get(field, {}), **known} if isinstance(known, dict) else known
    return ({**fields, "extra": extra} if extra else fields), problems


def _number(value: Any) -> Any:
    """
    Numbers of other libraries, such as numpy, as Python's; other values as they are.
    """
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, Real) and not isinstance(value, Integral) else value
