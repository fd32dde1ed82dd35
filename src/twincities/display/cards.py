"""
Cards: records, data sets and answers as notebooks show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import singledispatch
from itertools import islice
from typing import Any

from ..errors import QueryError, shown
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity
from ..query.answers import Anniversary, Cousin, Event, Expiry, Match
from ..query.ties import Tie, seen_from
from ..query.whole import Whole
from .html import facts, framed, html_table
from .options import display_options
from .ties import ANSWERS, agreement_text, answer_rows, between, country_of, tie_headings
from .values import stated_in, text_of
from .words import word

__all__ = ["card"]

Facts = list[tuple[str, str | None]]


def card(item: Any, *, lang: str | None = None, rows: int | None = None) -> str:
    """
    A record, a tie, a selection or another sequence of answers, or a data set as HTML, as notebooks show it.

    A record alone knows the ids of other cities; a tie and a data set know their names.

    Args:
        item: The object.
        lang: The language of labels, names and dates; `display_options.lang` unless given.
        rows: How many rows a table has at most; `display_options.rows` unless given.

    Raises:
        QueryError: *item* is something else.
    """
    lang = display_options.lang if lang is None else lang
    return framed(_inside(item, lang, rows or display_options.rows), lang)


def _few(texts: Iterable[str], count: int, most: int, lang: str) -> str:
    """
    The first of *count* texts in one cell, and how many more there are.
    """
    first = ", ".join(islice(texts, most))
    return f"{first}, {word('more', lang).format(count - most)}" if count > most else first


@singledispatch
def _inside(item: Any, lang: str, rows: int) -> str:  # noqa: ARG001  # the others use them
    expected = "a City, Partnership, CooperationNetwork, CooperationArea, Tie, Selection or Dataset"
    raise QueryError(f"expected {expected}, got {shown(item)}")


@_inside.register
def _(text: str, lang: str, rows: int) -> str:
    return _inside.dispatch(object)(text, lang, rows)  # a sequence, but of letters


@_inside.register
def _(city: City, lang: str, rows: int) -> str:
    point = city.coordinates
    ids = [*filter(None, (city.wikidata_id, city.geonames_id)), *city.alt_ids]
    names = (f"{name} ({tag})" for tag, name in city.names.items())
    return facts(
        city.label(lang),
        [
            ("kind", ", ".join(filter(None, (text_of(city.kind, lang), country_of(city, lang))))),
            ("names", _few(names, len(city.names), rows, lang)),
            ("population", text_of(city.populations[0], lang) if city.populations else None),
            ("coordinates", f"{point.latitude:.4f}°, {point.longitude:.4f}°" if point else None),
            ("ids", _few(ids, len(ids), rows, lang)),
            ("part_of", ", ".join(city.part_of)),
            ("succeeded_by", ", ".join(city.succeeded_by)),
            ("about", text_in(city.summary, lang)),
        ],
        lang,
    )


@_inside.register
def _(partnership: Partnership, lang: str, rows: int) -> str:
    return facts(" – ".join(partnership.cities), _of_partnership(partnership, lang, rows), lang)


@_inside.register
def _(tie: Tie, lang: str, rows: int) -> str:
    areas = [area.label(lang) for area in tie.areas]
    more: Facts = [
        ("areas", _few(areas, len(areas), rows, lang)),
        ("networks", _few((each.label(lang) for each in tie.networks), len(tie.networks), rows, lang)),
        ("distance_km", text_of(tie.distance_km, lang)),
    ]
    title = between((tie.city, tie.partner), lang)
    return facts(title, _of_partnership(tie.partnership, lang, rows) + more, lang)


@_inside.register
def _(network: CooperationNetwork, lang: str, rows: int) -> str:
    return facts(
        network.label(lang),
        [
            ("members", _few(network.members, len(network.members), rows, lang)),
            *((name, stated_in(network, name, lang)) for name in ("kind", "status", "since", "until")),
            ("about", text_in(network.summary, lang)),
            *_doings(network, lang, rows),
        ],
        lang,
    )


@_inside.register
def _(area: CooperationArea, lang: str, rows: int) -> str:
    labels = [f"{label} ({tag})" for tag, label in area.pref_label.items()]
    return facts(
        area.label(lang),
        [
            ("names", _few(labels, len(labels), rows, lang)),
            ("broader", _few(area.broader, len(area.broader), rows, lang)),
            ("definition", text_in(area.definition, lang)),
        ],
        lang,
    )


def _of_partnership(partnership: Partnership, lang: str, rows: int) -> Facts:
    return [
        ("names", text_in(partnership.names, lang)),
        *((name, stated_in(partnership, name, lang)) for name in ("kind", "status", "status_since", "since", "until")),
        ("continues", " – ".join(partnership.continues)),
        ("about", text_in(partnership.summary, lang)),
        *_doings(partnership, lang, rows),
    ]


def _doings(record: Partnership | CooperationNetwork, lang: str, rows: int) -> Facts:
    activities = (_activity(activity, lang) for activity in record.activities)
    agreements = (agreement_text(agreement, lang) for agreement in record.agreements)
    return [
        ("activities", _few(activities, len(record.activities), rows, lang)),
        ("agreements", _few(agreements, len(record.agreements), rows, lang)),
    ]


def _activity(activity: Activity, lang: str) -> str:
    return (text_in(activity.summary, lang) or ", ".join(activity.areas)).rstrip(".")


@_inside.register(Match)
@_inside.register(Cousin)
@_inside.register(Anniversary)
@_inside.register(Expiry)
@_inside.register(Event)
def _(answer: Any, lang: str, rows: int) -> str:  # noqa: ARG001  # an answer has no lists
    pairs = dict(zip(ANSWERS[type(answer)], answer_rows((answer,), lang)[1][0], strict=True))
    title = pairs.pop("cities" if "cities" in pairs else "city")
    return facts(title, pairs.items(), lang)


@_inside.register(Mapping)
def _(mapping: Mapping[Any, Any], lang: str, rows: int) -> str:
    return _inside.dispatch(object)(mapping, lang, rows)  # a collection, but of keys


@_inside.register(Collection)
def _(answers: Any, lang: str, rows: int) -> str:
    more = word("more", lang).format(len(answers) - rows) if len(answers) > rows else ""
    if not answers:
        more = word("unlisted", lang) if hasattr(answers, "chart") and not answers.complete else ""  # of ties alone
        return html_table(tie_headings(lang), (), more=more)
    headings, cells = answer_rows(answers, lang, most=rows)
    hub = seen_from(answers) if all(isinstance(answer, Tie) for answer in answers) else None
    return html_table(headings, cells, caption=f"{hub.label(lang)}: {len(answers)}" if hub else "", more=more)


@_inside.register
def _(dataset: Whole, lang: str, rows: int) -> str:
    complete = (dataset.cities[id].label(lang) for id in dataset.complete_for)
    networks = (network.label(lang) for network in dataset.networks.values())
    return facts(
        dataset.title or dataset.id or "Dataset",
        [
            ("cities", text_of(len(dataset.cities), lang)),
            ("ties", text_of(len(dataset.partnerships), lang)),
            ("networks", _few(networks, len(dataset.networks), rows, lang)),
            ("complete_for", _few(complete, len(dataset.complete_for), rows, lang)),
            ("as_of", text_of(dataset.as_of, lang)),
            ("version", dataset.version),
            ("licence", dataset.licence),
        ],
        lang,
    )
