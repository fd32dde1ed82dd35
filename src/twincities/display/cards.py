"""
Cards: records, data sets and answers as notebooks show them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import singledispatch
from itertools import chain
from typing import Any

import attrs

from ..errors import QueryError, shown
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity, Coordinates, Milestone
from ..model.record import Record
from ..model.vocabulary import Stage, word_label
from ..query.ties import Tie, seen_from
from ..query.whole import Whole
from .html import Markup, code, facts, few, framed, html_table, link
from .options import display_options
from .ties import ANSWERS, agreement_text, answer_rows, between, country_of, tie_headings
from .values import date_in, stated_in, text_of
from .words import counted, word

__all__ = ["card"]

Facts = list[tuple[str, str | None]]
_LINES = "<br/>"


def card(item: Any, *, lang: str | None = None, rows: int | None = None) -> str:
    """
    A record, a tie, a data set, or a selection or other sequence of answers as HTML, as notebooks show it.

    A record by itself has only the ids of other records; a tie and a data set have their names.

    Args:
        item: The object.
        lang: The language of labels, names and dates, a BCP 47 tag; by default `display_options.lang`.
        rows: The most rows of a table; by default `display_options.rows`.

    Raises:
        QueryError: *item* has no card.
    """
    lang = display_options.lang if lang is None else lang
    return framed(_inside(item, lang, rows or display_options.rows), lang)


@singledispatch
def _inside(item: Any, lang: str, rows: int) -> str:  # noqa: ARG001  # the others use them
    columns = ANSWERS.get(type(item).__name__)
    if columns is None:
        expected = "a City, Partnership, CooperationNetwork, CooperationArea, Tie, Selection or Dataset"
        raise QueryError(f"expected {expected}, got {shown(item)}")
    values = {key: text_of(value(item, lang), lang) for key, value in columns.items()}
    title = values.pop("cities", "") or values.pop("city", "")
    return facts(title, values.items(), lang)


@_inside.register(str)
@_inside.register(Mapping)
def _(item: Any, lang: str, rows: int) -> str:
    return _inside.dispatch(object)(item, lang, rows)  # a collection, but of letters or keys


# -- records ---------------------------------------------------------------------------------------


@_inside.register
def _(city: City, lang: str, rows: int) -> str:
    tags: dict[str, list[str]] = {}
    for tag, name in city.names.items():
        tags.setdefault(name, []).append(tag)
    names = (f"{name} ({', '.join(of)})" for name, of in tags.items())
    ids = [*filter(None, (city.wikidata_id, city.geonames_id)), *city.alt_ids]
    return facts(
        city.label(lang),
        [
            ("kind", ", ".join(filter(None, (text_of(city.kind, lang), country_of(city, lang))))),
            ("names", few(names, len(tags), rows, lang)),
            ("population", text_of(city.populations[0], lang) if city.populations else None),
            ("coordinates", text_of(city.coordinates, lang)),
            ("ids", few(map(_place_id, ids), len(ids), rows, lang)),
            ("part_of", few(map(code, city.part_of), len(city.part_of), rows, lang)),
            ("succeeded_by", few(map(code, city.succeeded_by), len(city.succeeded_by), rows, lang)),
            ("about", text_in(city.summary, lang)),
            *_read_on(city, lang, rows),
        ],
        lang,
    )


def _place_id(id: str) -> Markup:
    site = "https://www.wikidata.org/wiki" if id.startswith("Q") else "https://www.geonames.org"
    return link(id, f"{site}/{id}")


@_inside.register
def _(partnership: Partnership, lang: str, rows: int) -> str:
    return facts(code(" – ".join(partnership.cities)), _of_partnership(partnership, lang, rows), lang)


@_inside.register
def _(tie: Tie, lang: str, rows: int) -> str:
    areas = [area.label(lang) for area in tie.areas]
    record, known = tie.partnership, tie._whole.sources
    cited = dict.fromkeys(chain(record.sources, *record.field_sources.values()))
    sources = (link(known[id].title or id, known[id].url) for id in cited)
    more: Facts = [
        ("areas", few(areas, len(areas), rows, lang)),
        ("networks", few((each.label(lang) for each in tie.networks), len(tie.networks), rows, lang)),
        ("distance_km", text_of(tie.distance_km, lang)),
        ("sources", few(sources, len(cited), rows, lang)),
    ]
    return facts(between((tie.city, tie.partner), lang), _of_partnership(record, lang, rows) + more, lang)


def _of_partnership(partnership: Partnership, lang: str, rows: int) -> Facts:
    names = (f"{name} ({tag})" for tag, name in partnership.names.items())
    return [
        ("called", few(names, len(partnership.names), rows, lang)),
        *((name, stated_in(partnership, name, lang)) for name in ("kind", "status", "status_since", "since", "until")),
        ("continues", code(" – ".join(partnership.continues)) if partnership.continues else None),
        ("about", text_in(partnership.summary, lang)),
        *_doings(partnership, lang, rows),
    ]


@_inside.register
def _(network: CooperationNetwork, lang: str, rows: int) -> str:
    return facts(
        network.label(lang),
        [
            ("members", few(map(code, network.members), len(network.members), rows, lang)),
            *((name, stated_in(network, name, lang)) for name in ("kind", "status", "since", "until")),
            ("about", text_in(network.summary, lang)),
            *_doings(network, lang, rows),
        ],
        lang,
    )


def _doings(record: Partnership | CooperationNetwork, lang: str, rows: int) -> Facts:
    activities = (_activity(activity, lang) for activity in record.activities)
    agreements = (link(agreement_text(agreement, lang), agreement.url) for agreement in record.agreements)
    return [
        ("activities", few(activities, len(record.activities), rows, lang, between=_LINES)),
        ("agreements", few(agreements, len(record.agreements), rows, lang, between=_LINES)),
        *_read_on(record, lang, rows),
    ]


def _activity(activity: Activity, lang: str) -> object:
    return text_in(activity.summary, lang) or Markup(", ".join(map(code, activity.areas)))


def _read_on(record: City | Partnership | CooperationNetwork, lang: str, rows: int) -> Facts:
    milestones = (_milestone(milestone, lang) for milestone in record.milestones)
    links = (link(each.title or each.url or "", each.url) for each in record.links)
    contacts = (link(text_in(contact.role, lang) or contact.url or "", contact.url) for contact in record.contacts)
    return [
        ("milestones", few(milestones, len(record.milestones), rows, lang, between=_LINES)),
        ("links", few(links, len(record.links), rows, lang, between=_LINES)),
        ("contacts", few(contacts, len(record.contacts), rows, lang, between=_LINES)),
    ]


def _milestone(milestone: Milestone, lang: str) -> str:
    text = text_in(milestone.summary, lang) or text_of(milestone.kind, lang)
    when = f"{date_in(milestone.date, lang)}: " if milestone.date else ""
    return f"{when}{text}{f' ({word_label(Stage.PLANNED, lang)})' if milestone.stage is Stage.PLANNED else ''}"


@_inside.register
def _(area: CooperationArea, lang: str, rows: int) -> str:
    labels = [f"{label} ({tag})" for tag, label in area.pref_label.items()]
    same = area.exact_match
    return facts(
        area.label(lang),
        [
            ("names", few(labels, len(labels), rows, lang)),
            ("broader", few(map(code, area.broader), len(area.broader), rows, lang)),
            ("definition", text_in(area.definition, lang)),
            ("exact_match", few((link(url, url) for url in same), len(same), rows, lang, between=_LINES)),
        ],
        lang,
    )


@_inside.register
def _(point: Coordinates, lang: str, rows: int) -> str:  # noqa: ARG001  # a point has no lists
    return facts("", [("coordinates", text_of(point, lang))], lang)


_OF_IDS = {"areas", "asserted_by", "city", "sources"}


@_inside.register
def _(record: Record, lang: str, rows: int) -> str:
    fields = [(field.name, getattr(record, field.name)) for field in attrs.fields(type(record))]  # type: ignore[arg-type]  # each child is an attrs class
    return facts("", [(name, _field(name, value, lang, rows)) for name, value in fields], lang)


def _field(name: str, value: Any, lang: str, rows: int) -> str | None:
    """
    The value of a field of a smaller record, such as an agreement.
    """
    if isinstance(value, Mapping):
        return text_in(value, lang)
    if name in _OF_IDS:
        ids = (value,) if isinstance(value, str) else value or ()
        return few(map(code, ids), len(ids), rows, lang)
    if name == "organisations":
        return few((text_in(each.names, lang) for each in value), len(value), rows, lang)
    return link(value, value) if name == "url" and value else text_of(value, lang)


# -- answers and data sets -------------------------------------------------------------------------


@_inside.register(Collection)
def _(answers: Any, lang: str, rows: int) -> str:
    if not answers:
        if not hasattr(answers, "chart"):  # no ties
            return f"<p>{word('nothing', lang)}</p>"
        none = [word("no partners", lang), *([] if answers.complete else [word("unlisted", lang)])]
        return html_table(tie_headings(lang), (), more=" ".join(none))
    more = word("more", lang).format(len(answers) - rows) if len(answers) > rows else ""
    headings, cells = answer_rows(answers, lang, most=rows)
    hub = seen_from(answers) if all(isinstance(answer, Tie) for answer in answers) else None
    caption = f"{hub.label(lang)}: {counted(len(answers), 'partners', lang)}" if hub else ""
    linked = ([link(text, text) if text.startswith("http") else text for text in row] for row in cells)
    return html_table(headings, linked, caption=caption, more=more)


@_inside.register
def _(dataset: Whole, lang: str, rows: int) -> str:
    complete = (dataset.cities[id].label(lang) for id in dataset.complete_for)
    networks = (network.label(lang) for network in dataset.networks.values())
    sources = (link(source.title or source.id, source.url) for source in dataset.sources.values())
    return facts(
        dataset.title or dataset.id or "Dataset",
        [
            ("cities", text_of(len(dataset.cities), lang)),
            ("ties", text_of(len(dataset.partnerships), lang)),
            ("networks", few(networks, len(dataset.networks), rows, lang)),
            ("complete_for", few(complete, len(dataset.complete_for), rows, lang)),
            ("as_of", text_of(dataset.as_of, lang)),
            ("version", dataset.version),
            ("licence", dataset.licence),
            ("sources", few(sources, len(dataset.sources), rows, lang)),
        ],
        lang,
    )
