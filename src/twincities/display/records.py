"""
How objects look in a notebook: quiet tables and cards in HTML, escaped, bounded and without scripts.

They take their colours from the page around them, so that light and dark themes both are fine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import singledispatch
from html import escape
from itertools import islice
from typing import Any

from ..dataset.dataset import Dataset
from ..dataset.selection import Selection
from ..errors import QueryError, printable, shown
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity
from ..model.vocabulary import in_shipped, word_label
from ..query.ties import Tie, partner_labels, seen_from
from .dates import country_in, date_in
from .options import display_options
from .text import tie_headings

__all__ = ["card", "framed", "html_table"]

_STYLE = (
    "<style>.twincities{line-height:1.45;max-width:64em}"
    ".twincities table{border-collapse:collapse;margin:.3em 0}"
    ".twincities caption{text-align:left;font-weight:600;padding:.2em 0}"
    # Twice the class: JupyterLab's own rule turns cells to the right with two.
    ".twincities.twincities th,.twincities.twincities td{text-align:left;vertical-align:top;padding:.15em 1em .15em 0;"
    "background:none;border:0;border-bottom:1px solid rgba(128,128,128,.35);max-width:36em}"
    ".twincities.twincities th{font-weight:600}</style>"
)
_MOST = 300  # letters of one cell: a summary is told, a book isn't

_WORDS: Mapping[str, tuple[str, str, str]] = {
    # key: in English, Finnish, Swedish
    "status": ("Status", "Tila", "Status"),
    "kind": ("Kind", "Laji", "Slag"),
    "since": ("Since", "Alkaen", "Sedan"),
    "until": ("Until", "Asti", "Till"),
    "names": ("Names", "Nimet", "Namn"),
    "population": ("Population", "Asukkaita", "Invånare"),
    "coordinates": ("Coordinates", "Koordinaatit", "Koordinater"),
    "ids": ("Identifiers", "Tunnisteet", "Identifierare"),
    "about": ("About", "Kuvaus", "Om"),
    "cities": ("Cities", "Kaupungit", "Städer"),
    "members": ("Members", "Jäsenet", "Medlemmar"),
    "activities": ("Activities", "Toiminta", "Verksamhet"),
    "agreements": ("Agreements", "Sopimukset", "Avtal"),
    "partnerships": ("Partnerships", "Kumppanuudet", "Partnerskap"),
    "networks": ("Networks", "Verkostot", "Nätverk"),
    "version": ("Version", "Versio", "Version"),
    "as_of": ("As of", "Tilanne", "Läget"),
    "licence": ("Licence", "Lisenssi", "Licens"),
    "complete_for": ("Complete for", "Täydellinen", "Fullständig för"),
    "item": ("Found", "Löytyi", "Hittat"),
    "more": ("and {} more", "ja {} muuta", "och {} till"),
    "unlisted": (
        "The data set doesn't say that it lists all partners.",
        "Aineisto ei sano luettelevansa kaikkia kumppaneita.",
        "Datamängden säger inte att den listar alla partner.",
    ),
}


def word(key: str, lang: str) -> str:
    """
    A heading in *lang*.
    """
    return in_shipped(_WORDS[key], lang)


def card(item: Any, *, lang: str | None = None, rows: int | None = None) -> str:
    """
    A City, Partnership, CooperationNetwork, Selection or Dataset as HTML, as notebooks show it.

    Args:
        item: The object.
        lang: The language of labels, names and dates; `display_options.lang` unless given.
        rows: How many rows a table has at most; `display_options.rows` unless given.

    Raises:
        QueryError: *item* is something else.
    """
    lang = display_options.lang if lang is None else lang
    return framed(_inside(item, lang, rows or display_options.rows), lang)


def framed(inside: str, lang: str = "en") -> str:
    """
    HTML of this module in the frame that gives it its looks.
    """
    return f'<div class="twincities" lang="{escape(lang)}">{_STYLE}{inside}</div>'


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", more: str = "") -> str:
    """
    A table of escaped cells; *more* stands below it.
    """
    head = "".join(f'<th scope="col">{_cell(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
    title = f"<caption>{_cell(caption)}</caption>" if caption else ""
    rest = f"<p>{_cell(more)}</p>" if more else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _facts(title: str, facts: Iterable[tuple[str, str | None]], lang: str) -> str:
    """
    A table with a row for each thing that is known.
    """
    rows = "".join(
        f'<tr><th scope="row">{_cell(word(key, lang))}</th><td>{_cell(value)}</td></tr>'
        for key, value in facts
        if value
    )
    return f"<table><caption>{_cell(title)}</caption><tbody>{rows}</tbody></table>"


def _cell(value: object) -> str:
    text = printable("" if value is None else str(value))
    return escape(text if len(text) <= _MOST else f"{text[:_MOST]}…")


def _few(texts: Iterable[str], count: int, most: int, lang: str) -> str:
    """
    The first of *count* texts in one cell, and how many more there are.
    """
    told = ", ".join(islice(texts, most))
    return f"{told}, {word('more', lang).format(count - most)}" if count > most else told


def _word(word: StrEnum | None, lang: str) -> str | None:
    return None if word is None else word_label(word, lang)


def _date(moment: EdtfDate | EdtfInterval | None, lang: str) -> str | None:
    return None if moment is None else date_in(moment, lang)


# -- the objects -----------------------------------------------------------------------------------


@singledispatch
def _inside(item: Any, lang: str, rows: int) -> str:  # noqa: ARG001  # the others use them
    raise QueryError(f"expected a City, Partnership, CooperationNetwork, Selection or Dataset, got {shown(item)}")


@_inside.register
def _(city: City, lang: str, rows: int) -> str:
    point, people = city.coordinates, city.populations[:1]
    ids = [*filter(None, (city.wikidata_id, city.geonames_id)), *city.alt_ids]
    names = (f"{name} ({tag})" for tag, name in city.names.items())
    kind = [word_label(city.kind, lang)] if city.kind else []
    country = [country_in(city.country_code, lang)] if city.country_code else []
    return _facts(
        city.label(lang),
        [
            ("kind", ", ".join(kind + country)),
            ("names", _few(names, len(city.names), rows, lang)),
            ("population", next((_people(population, lang) for population in people), None)),
            ("coordinates", f"{point.latitude:.4f}°, {point.longitude:.4f}°" if point else None),
            ("ids", _few(ids, len(ids), rows, lang)),
            ("about", text_in(city.summary, lang)),
        ],
        lang,
    )


def _people(population: Any, lang: str) -> str:
    qualifier = "" if population.qualifier == "exact" else f"{word_label(population.qualifier, lang)} "
    as_of = f" ({date_in(population.as_of, lang)})" if population.as_of else ""
    number = f"{population.value:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{qualifier}{number}{as_of}"


@_inside.register
def _(partnership: Partnership, lang: str, rows: int) -> str:
    return _facts(
        " – ".join(partnership.cities),
        [
            ("kind", _word(partnership.kind, lang)),
            ("status", _word(partnership.status, lang)),
            ("since", _date(partnership.since, lang)),
            ("until", _date(partnership.until, lang)),
            ("about", text_in(partnership.summary, lang)),
            *_doings(partnership, lang, rows),
        ],
        lang,
    )


@_inside.register
def _(network: CooperationNetwork, lang: str, rows: int) -> str:
    return _facts(
        network.label(lang),
        [
            ("members", _few(network.members, len(network.members), rows, lang)),
            ("since", _date(network.since, lang)),
            ("about", text_in(network.summary, lang)),
            *_doings(network, lang, rows),
        ],
        lang,
    )


def _doings(record: Partnership | CooperationNetwork, lang: str, rows: int) -> list[tuple[str, str | None]]:
    activities = (_activity(activity, lang) for activity in record.activities)
    agreements = (
        " ".join(filter(None, (text_in(agreement.names, lang), _date(agreement.period, lang))))
        for agreement in record.agreements
    )
    return [
        ("activities", _few(activities, len(record.activities), rows, lang)),
        ("agreements", _few(agreements, len(record.agreements), rows, lang)),
    ]


def _activity(activity: Activity, lang: str) -> str:
    return text_in(activity.summary, lang) or ", ".join(activity.areas)


@_inside.register
def _(selection: Selection, lang: str, rows: int) -> str:  # type: ignore[type-arg]  # of whatever it holds
    items = list(islice(selection, rows))
    more = word("more", lang).format(len(selection) - rows) if len(selection) > rows else ""
    if not all(isinstance(item, Tie) for item in items):
        return html_table([word("item", lang)], ([repr(item)] for item in items), more=more)
    if not items and not selection.complete:
        more = word("unlisted", lang)
    hub = seen_from(selection)
    cells = (
        [
            label,
            tie.partner.country_code and country_in(tie.partner.country_code, lang),
            _word(tie.status, lang),
            _date(tie.since, lang),
            ", ".join(area.label(lang) for area in tie.areas),
        ]
        for tie, label in zip(items, partner_labels(items, lang, hub), strict=True)
    )
    return html_table(
        tie_headings(lang), cells, caption=f"{hub.label(lang)}: {len(selection)}" if hub else "", more=more
    )


@_inside.register
def _(dataset: Dataset, lang: str, rows: int) -> str:
    complete = (dataset.cities[id].label(lang) for id in dataset.complete_for)
    networks = (network.label(lang) for network in dataset.networks.values())
    return _facts(
        dataset.title or dataset.id or "Dataset",
        [
            ("cities", str(len(dataset.cities))),
            ("partnerships", str(len(dataset.partnerships))),
            ("networks", _few(networks, len(dataset.networks), rows, lang)),
            ("complete_for", _few(complete, len(dataset.complete_for), rows, lang)),
            ("as_of", _date(dataset.as_of, lang)),
            ("version", dataset.version),
            ("licence", dataset.licence),
        ],
        lang,
    )
