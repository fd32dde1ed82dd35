"""
Cards: records, data sets and answers as notebooks show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import singledispatch
from itertools import chain
from typing import Any

import attrs

from ..errors import QueryError, shown
from ..model.arguments import as_whole_number
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity, Agreement, Contact, Coordinates, Milestone, Source
from ..model.record import Record
from ..model.vocabulary import Stage, language_name, word_label
from ..query.ties import Tie, seen_from
from ..query.whole import Whole
from .html import Markup, code, facts, few, framed, html_table, link
from .options import display_options
from .ties import ANSWERS, agreement_text, answer_rows, between, country_of, tie_headings
from .values import date_in, stated_in, text_of
from .words import counted, word

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
        QueryError: *item* has no card, *lang* is no language tag, or *rows* no number of 1 or more.
    """
    lang = display_options.lang if lang is None else lang
    rows = display_options.rows if rows is None else as_whole_number(rows, "rows=")
    return framed(_inside(item, lang, rows), lang)


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
    ids = [*filter(None, (city.wikidata_id, city.geonames_id)), *city.alt_ids]
    return facts(
        city.label(lang),
        [
            ("kind", ", ".join(filter(None, (text_of(city.kind, lang), country_of(city, lang))))),
            ("names", few(tags, lambda name: f"{name} ({', '.join(tags[name])})", rows, lang)),
            ("population", text_of(city.populations[0], lang) if city.populations else None),
            ("coordinates", text_of(city.coordinates, lang)),
            ("ids", few(ids, _place_id, rows, lang)),
            ("part_of", few(city.part_of, code, rows, lang)),
            ("succeeded_by", few(city.succeeded_by, code, rows, lang)),
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
    record, known = tie.partnership, tie._whole.sources
    claimed = (claim.sources for claim in record.claims)
    cited = dict.fromkeys(chain(record.sources, *record.field_sources.values(), *claimed))
    more: Facts = [
        ("areas", few(tie.areas, lambda area: area.label(lang), rows, lang)),
        ("networks", few(tie.networks, lambda network: network.label(lang), rows, lang)),
        ("distance_km", text_of(tie.distance_km, lang)),
        ("sources", few([known[id] for id in cited], _source, rows, lang)),
    ]
    return facts(between((tie.city, tie.partner), lang), _of_partnership(record, lang, rows) + more, lang)


def _source(source: Source) -> Markup:
    return link(source.title or source.id, source.url)


def _tagged(name: tuple[str, str]) -> str:
    tag, text = name
    return f"{text} ({tag})"


def _stated(record: Partnership | CooperationNetwork, fields: Iterable[str], lang: str) -> Facts:
    return [(field, stated_in(record, field, lang, all_values=True)) for field in fields]


def _of_partnership(partnership: Partnership, lang: str, rows: int) -> Facts:
    return [
        ("called", few(partnership.names.items(), _tagged, rows, lang)),
        *_stated(partnership, ("kind", "status", "status_since", "since", "until"), lang),
        ("continues", code(" – ".join(partnership.continues)) if partnership.continues else None),
        ("about", text_in(partnership.summary, lang)),
        *_doings(partnership, lang, rows),
    ]


@_inside.register
def _(network: CooperationNetwork, lang: str, rows: int) -> str:
    return facts(
        network.label(lang),
        [
            ("members", few(network.members, code, rows, lang)),
            *_stated(network, ("kind", "status", "since", "until"), lang),
            ("about", text_in(network.summary, lang)),
            *_doings(network, lang, rows),
        ],
        lang,
    )


def _doings(record: Partnership | CooperationNetwork, lang: str, rows: int) -> Facts:
    def activity(item: Activity) -> object:
        return text_in(item.summary, lang) or Markup(", ".join(map(code, item.areas)))

    def agreement(item: Agreement) -> object:
        return link(agreement_text(item, lang), item.url)

    return [
        ("activities", few(record.activities, activity, rows, lang, between=_LINES)),
        ("agreements", few(record.agreements, agreement, rows, lang, between=_LINES)),
        *_read_on(record, lang, rows),
    ]


def _read_on(record: City | Partnership | CooperationNetwork, lang: str, rows: int) -> Facts:
    def milestone(item: Milestone) -> str:
        text = text_in(item.summary, lang) or text_of(item.kind, lang)
        if item.stage is Stage.PLANNED:
            text = f"{text.rstrip('.')} ({word_label(item.stage, lang)})"
        return f"{date_in(item.date, lang)}: {text}" if item.date else text

    def contact(item: Contact) -> object:
        return link(text_in(item.role, lang) or item.url or "", item.url)

    return [
        ("milestones", few(record.milestones, milestone, rows, lang, between=_LINES)),
        (
            "links",
            few(record.links, lambda item: link(item.title or item.url or "", item.url), rows, lang, between=_LINES),
        ),
        ("contacts", few(record.contacts, contact, rows, lang, between=_LINES)),
    ]


@_inside.register
def _(area: CooperationArea, lang: str, rows: int) -> str:
    return facts(
        area.label(lang),
        [
            ("names", few(area.pref_label.items(), _tagged, rows, lang)),
            ("broader", few(area.broader, code, rows, lang)),
            ("definition", text_in(area.definition, lang)),
            ("exact_match", few(area.exact_match, lambda url: link(url, url), rows, lang, between=_LINES)),
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
        return few(ids, code, rows, lang)
    if name == "language" and value:
        return language_name(value, lang)
    if name == "organisations":
        return few(value, lambda organisation: text_in(organisation.names, lang), rows, lang)
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
    return facts(
        dataset.title or dataset.id or "Dataset",
        [
            ("cities", text_of(len(dataset.cities), lang)),
            ("ties", text_of(len(dataset.partnerships), lang)),
            ("networks", few(dataset.networks.values(), lambda network: network.label(lang), rows, lang)),
            ("complete_for", few(dataset.complete_for, lambda city: dataset.cities[city].label(lang), rows, lang)),
            ("as_of", text_of(dataset.as_of, lang)),
            ("version", dataset.version),
            ("licence", dataset.licence),
            ("sources", few(dataset.sources.values(), _source, rows, lang)),
        ],
        lang,
    )
