"""
Tables of answers other than ties: matches, cousins, anniversaries, expiring agreements, events and findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model.city import City
from ..model.cooperation import CooperationNetwork, members_of
from ..model.vocabulary import country_name
from ._flat import Column, Kind, Table


def _table(name: str, *columns: Column) -> Table:
    return Table(name, columns, lambda _: ())  # a data set itself has no answers


def _country(city: City, lang: str) -> str | None:
    return None if city.country_code is None else country_name(city.country_code, lang)


def _text(name: str) -> Column:
    return Column.each(name, Kind.TEXT, lambda answer, _: str(getattr(answer, name)))


def _network(answer: Any) -> CooperationNetwork | None:
    return answer.record if isinstance(answer.record, CooperationNetwork) else None


_CITY = (
    Column.field("id").of("city", "city_id"),
    Column.label("city").of("city"),
    Column.field("country_code").of("city"),
    Column.each("country", Kind.TEXT, _country).of("city"),
)
_RECORD = (
    Column.each("cities", Kind.TEXTS, lambda answer, lang: tuple(city.label(lang) for city in answer.cities)),
    Column.each("city_ids", Kind.TEXTS, lambda answer, _: members_of(answer.record)),
    Column.each("network_id", Kind.TEXT, lambda answer, _: getattr(_network(answer), "id", None)),
    Column.each(
        "network", Kind.TEXT, lambda answer, lang: record.label(lang) if (record := _network(answer)) else None
    ),
)

ANSWERS: Mapping[str, Table] = {
    "Match": _table("matches", *_CITY, Column.field("label"), Column.field("score", Kind.NUMBER)),
    "Cousin": _table(
        "cousins",
        *_CITY,
        Column.field("is_partner", Kind.TRUTH),
        Column.each("shared", Kind.TEXTS, lambda cousin, lang: tuple(city.label(lang) for city in cousin.shared)),
    ),
    "Anniversary": _table(
        "anniversaries",
        Column.field("years", Kind.INTEGER),
        Column.field("since", Kind.DATE),
        Column.field("is_certain", Kind.TRUTH),
        Column.each("origin_ids", Kind.TEXTS, lambda answer, _: members_of(answer.origin)),
        *_RECORD,
    ),
    "Expiry": _table(
        "expiring",
        Column.field("ends", Kind.DATE),
        Column.text("agreement", "names").of("agreement"),
        Column.field("period", Kind.INTERVAL).of("agreement"),
        *_RECORD,
    ),
    "Event": _table("events", Column.field("date", Kind.DATE), _text("kind"), Column.text("label", "label"), *_RECORD),
    "Finding": _table("findings", _text("severity"), _text("code"), _text("path"), _text("message")),
}
"""The table of each class of answers, by the name of the class, since findings are in a room that can't be imported."""
