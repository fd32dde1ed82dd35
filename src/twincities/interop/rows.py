"""
Plain rows: flat dicts with fixed keys, and CSV for spreadsheets.

What flat rows can't hold: summaries, single activities and organisations, agreements, milestones, links, contacts,
sources, names in other languages than the one asked for, and statements of size other than the first.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from ..dataset import Dataset
from ..errors import QueryError, shown
from ..files import write_atomically
from ..selection import Tie
from ..vocabulary import country_name, word_label

__all__ = ["PARTNERSHIP_COLUMNS", "TIE_COLUMNS", "partnership_rows", "tie_rows", "to_csv"]

TIE_COLUMNS = (
    "city",
    "partner",
    "country",
    "place_kind",
    "status",
    "kind",
    "since",
    "until",
    "status_since",
    "areas",
    "networks",
    "distance_km",
    "population",
    "latitude",
    "longitude",
    "city_id",
    "partner_id",
    "country_code",
    "wikidata_id",
    "geonames_id",
)
"""The keys of a row a tie, in the order of the columns."""

PARTNERSHIP_COLUMNS = (
    "city_1",
    "city_2",
    "country_1",
    "country_2",
    "status",
    "kind",
    "since",
    "until",
    "status_since",
    "areas",
    "networks",
    "distance_km",
    "city_1_id",
    "city_2_id",
)
"""The keys of a row a partnership, in the order of the columns."""

# A spreadsheet runs a cell that begins like this; the list is OWASP's for CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tie_rows(ties: Iterable[Tie], *, lang: str = "en") -> list[dict[str, Any]]:
    """
    One dict a tie with the keys of `TIE_COLUMNS`.

    Values are text, numbers or `None`; dates are EDTF text, distances kilometres, coordinates WGS 84 degrees. Words of
    closed lists, areas and networks are labels in *lang*, several joined by "; ".
    """
    return [dict(zip(TIE_COLUMNS, _tie_row(tie, lang), strict=True)) for tie in ties]


def partnership_rows(dataset: Dataset, *, lang: str = "en") -> list[dict[str, Any]]:
    """
    One dict a partnership with the keys of `PARTNERSHIP_COLUMNS`; values as in `tie_rows`.
    """
    rows = []
    for partnership in dataset.partnerships.values():
        first, second = (dataset.cities[id] for id in partnership.cities)
        tie = dict(zip(TIE_COLUMNS, _tie_row(Tie(dataset, first, second, partnership), lang), strict=True))
        row = {key: tie[key] for key in PARTNERSHIP_COLUMNS if key in tie}
        row |= {"city_1": tie["city"], "city_2": tie["partner"], "country_2": tie["country"]}
        row |= {"country_1": _country(first.country_code, lang), "city_1_id": first.id, "city_2_id": second.id}
        rows.append({key: row[key] for key in PARTNERSHIP_COLUMNS})
    return rows


def _tie_row(tie: Tie, lang: str) -> tuple[Any, ...]:
    partner = tie.partner
    point = partner.coordinates
    distance = tie.distance_km
    return (
        tie.city.label(lang),
        partner.label(lang),
        _country(partner.country_code, lang),
        _word(partner.kind, lang),
        _word(tie.status, lang),
        _word(tie.kind, lang),
        _text(tie.since),
        _text(tie.partnership.until),
        _text(tie.partnership.status_since),
        "; ".join(area.label(lang) for area in tie.areas) or None,
        "; ".join(network.label(lang) for network in tie.networks) or None,
        None if distance is None else round(distance, 1),
        partner.population,
        None if point is None else point.latitude,
        None if point is None else point.longitude,
        tie.city.id,
        partner.id,
        partner.country_code,
        partner.wikidata_id,
        partner.geonames_id,
    )


def _country(code: str | None, lang: str) -> str | None:
    return None if code is None else country_name(code, lang)


def _word(word: StrEnum | None, lang: str) -> str | None:
    return None if word is None else word_label(word, lang)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def to_csv(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    path: str | os.PathLike[str] | None = None,
    *,
    delimiter: str = ",",
) -> str:
    """
    Rows as CSV (RFC 4180), also written to *path* if given: there with a byte order mark, so that spreadsheets read
    its letters right.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.

    Args:
        rows: Dicts with the keys *columns*.
        columns: The columns in order; their names are the first line.
        path: A file to write, replaced whole.
        delimiter: `,`, a tab, or `;` for spreadsheets set to a language that writes decimals with a comma: then numbers
            have one too.

    Raises:
        QueryError: *delimiter* isn't a comma, a semicolon or a tab.
        OSError: The file can't be written.
    """
    if delimiter not in {",", ";", "\t"}:
        raise QueryError(f"expected a comma, a semicolon or a tab as delimiter, got {shown(delimiter)}")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column], delimiter) for column in columns] for row in rows)
    if path is not None:
        write_atomically(path, [text.getvalue().encode("utf-8-sig")])
    return text.getvalue()


def _cell(value: Any, delimiter: str) -> Any:
    if isinstance(value, float) and delimiter == ";":
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value
