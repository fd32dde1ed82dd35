"""
Rows of text for ties, other answers and records: used by plain text, notebooks, the command line and lists.

Names, words and dates are in the given language, by default English. A city without a name in it is called by its `name`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..errors import printable
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Agreement
from ..model.vocabulary import MilestoneKind, word_label
from ..query.answers import Anniversary, Event
from ..query.ties import Tie, seen_from
from .values import country_in, stated_in, text_of
from .words import headings, word

TIE_COLUMNS = ("partner", "country", "status", "since", "areas")
"""The default columns of a tie."""

TIE_VALUES: Mapping[str, Callable[[Tie, str], Any]] = {
    "city": lambda tie, lang: tie.city.label(lang),
    "partner": lambda tie, lang: tie.partner.label(lang),
    "country": lambda tie, lang: country_of(tie.partner, lang),
    "kind": lambda tie, lang: _stated(tie, "kind", lang),
    "status": lambda tie, lang: _stated(tie, "status", lang),
    "since": lambda tie, lang: _stated(tie, "since", lang),
    "until": lambda tie, lang: _stated(tie, "until", lang),
    "status_since": lambda tie, _: tie.partnership.status_since,
    "areas": lambda tie, lang: tuple(area.label(lang) for area in tie.areas),
    "networks": lambda tie, lang: tuple(network.label(lang) for network in tie.networks),
    "agreements": lambda tie, lang: tuple(agreement_text(each, lang) for each in tie.partnership.agreements),
    "population": lambda tie, _: next(iter(tie.partner.populations), None),
    "distance_km": lambda tie, _: tie.distance_km,
    "summary": lambda tie, lang: text_in(tie.partnership.summary, lang),
}
"""The possible columns of a tie, and the value of each."""


def _stated(tie: Tie, field: str, lang: str) -> Any:
    """
    The value of a field, or every stated value if sources disagree: "1972 or 1967".
    """
    record = tie.partnership
    if any(claim.field == field for claim in record.claims):
        return stated_in(record, field, lang)
    return getattr(record, field)


def country_of(city: City, lang: str = "en") -> str:
    """
    The name of a city's country; empty if it isn't known.
    """
    return country_in(city.country_code, lang) if city.country_code else ""


def agreement_text(agreement: Agreement, lang: str = "en") -> str:
    """
    An agreement's name and period, unless the name has it already.
    """
    name, period = text_in(agreement.names, lang) or "", text_of(agreement.period, lang)
    return name if period in name else f"{name} {period}".strip()


def between(cities: Iterable[City], lang: str = "en") -> str:
    """
    The cities of a partnership or a network in one cell: "Jönköping – Kuopio".
    """
    return " – ".join(city.label(lang) for city in cities)


def named(
    record: Partnership | CooperationNetwork, cities: Iterable[City], lang: str, *, seen_from: City | None = None
) -> str:
    """
    A network's name, or the cities of a partnership, without the one from which it is seen.
    """
    if isinstance(record, CooperationNetwork):
        return record.label(lang)
    return between((city for city in cities if seen_from is None or city.id != seen_from.id), lang)


def tie_labels(ties: Iterable[Tie], lang: str = "en", hub: City | None = None) -> list[str]:
    """
    The label of each tie: the partner if all are seen from the city *hub*, else both cities.
    """
    if hub is not None:
        return [tie.partner.label(lang) for tie in ties]
    return [between((tie.city, tie.partner), lang) for tie in ties]


def names_of(answers: Sequence[object], most: int) -> list[str]:
    """
    The names of the first *most* answers, on one line each: the labels of ties, else a name or the representation.
    """
    ties = [answer for answer in answers if isinstance(answer, Tie)]
    if len(ties) == len(answers):
        return list(map(printable, tie_labels(ties[:most], hub=seen_from(ties))))
    return [printable(name) if (name := getattr(answer, "name", None)) else repr(answer) for answer in answers[:most]]


def tie_headings(lang: str = "en", columns: Sequence[str] = TIE_COLUMNS) -> tuple[str, ...]:
    """
    The headings of `tie_rows`.
    """
    return headings(columns, lang)


def tie_rows(
    ties: Iterable[Tie], lang: str = "en", columns: Sequence[str] = TIE_COLUMNS, *, most: int | None = None
) -> list[tuple[str, ...]]:
    """
    A row of text for each of the first *most* ties. The partner's cell has both cities if the ties aren't all seen from
    one. Unknown values are empty.
    """
    ties = list(ties)
    hub = seen_from(ties)
    labelled = "city" not in columns  # else the other city has its own column
    return [
        tuple(
            label if name == "partner" and labelled else text_of(TIE_VALUES[name](tie, lang), lang) for name in columns
        )
        for tie, label in zip(ties[:most], tie_labels(ties[:most], lang, hub), strict=True)
    ]


# -- other answers ---------------------------------------------------------------------------------


def _anniversary_start(anniversary: Anniversary, lang: str) -> str:
    since = text_of(anniversary.since, lang)
    if anniversary.origin is not anniversary.record:
        since += f" ({between(anniversary.origin_cities, lang)})"
    return since if anniversary.is_certain else f"{since} ({word('not certain', lang)})"


_EVENTS = {"since": "start", "until": "end", "agreement": "agreement", "activity": "activity", "milestone": "milestone"}


def _event_text(event: Event, lang: str) -> str:
    if text := text_in(event.label, lang):
        return text
    return word_label(event.kind, lang) if isinstance(event.kind, MilestoneKind) else word(_EVENTS[event.kind], lang)


ANSWERS: Mapping[str, Mapping[str, Callable[[Any, str], Any]]] = {
    "Cousin": {
        "city": lambda cousin, lang: cousin.city.label(lang),
        "country": lambda cousin, lang: country_of(cousin.city, lang),
        "is_partner": lambda cousin, lang: word("yes", lang) if cousin.is_partner else "",
        "shared": lambda cousin, lang: [city.label(lang) for city in cousin.shared],
    },
    "Anniversary": {
        "years": lambda anniversary, _: anniversary.years,
        "since": _anniversary_start,
        "cities": lambda anniversary, lang: between(anniversary.cities, lang),
    },
    "Expiry": {
        "ends": lambda expiry, _: expiry.ends,
        "agreement": lambda expiry, lang: text_in(expiry.agreement.names, lang),
        "cities": lambda expiry, lang: between(expiry.cities, lang),
    },
    "Event": {
        "date": lambda event, _: event.date,
        "event": _event_text,
        "cities": lambda event, lang: between(event.cities, lang),
    },
    "Match": {
        "id": lambda match, _: match.city.id,
        "city": lambda match, lang: match.city.label(lang),
        "country": lambda match, lang: country_of(match.city, lang),
        "score": lambda match, _: f"{match.score:.2f}",
        "found": lambda match, _: match.label,
    },
    "Finding": {
        "severity": lambda finding, _: str(finding.severity),
        "concerns": lambda finding, _: finding.about,
        "message": lambda finding, _: finding.message,
        "code": lambda finding, _: str(finding.code),
        "path": lambda finding, _: finding.path,
    },
    "DatasetInfo": {
        "name": lambda info, _: info.name,
        "title": lambda info, _: info.title or info.problem,
        "as_of": lambda info, _: info.as_of,
        "version": lambda info, _: info.version,
        "licence": lambda info, _: info.licence,
    },
    "City": {
        "id": lambda city, _: city.id,
        "name": lambda city, lang: city.label(lang),
        "country": country_of,
        "population": lambda city, _: next(iter(city.populations), None),
    },
    "Partnership": {
        "cities": lambda partnership, _: " – ".join(partnership.cities),
        "kind": lambda partnership, lang: stated_in(partnership, "kind", lang),
        "status": lambda partnership, lang: stated_in(partnership, "status", lang),
        "since": lambda partnership, lang: stated_in(partnership, "since", lang),
    },
    "CooperationNetwork": {
        "id": lambda network, _: network.id,
        "name": lambda network, lang: network.label(lang),
        "members": lambda network, _: network.members,
        "since": lambda network, lang: stated_in(network, "since", lang),
    },
    "CooperationArea": {
        "id": lambda area, _: area.id,
        "name": lambda area, lang: area.label(lang),
        "broader": lambda area, _: area.broader,
    },
    "Source": {
        "id": lambda source, _: source.id,
        "title": lambda source, _: source.title,
        "publisher": lambda source, _: source.publisher,
        "url": lambda source, _: source.url,
    },
}
"""The columns of other answers and of records, and the value of each, by the name of the class: some are of rooms above."""

_OTHERS: Mapping[str, Callable[[Any, str], Any]] = {"item": lambda item, _: str(item)}


def answer_rows(
    answers: Iterable[Any], lang: str = "en", *, most: int | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """
    Headings, and rows of the first *most* answers or records of one kind. Anything else is a row with its text.
    """
    answers = tuple(answers)
    kinds = {type(answer) for answer in answers}
    if kinds <= {Tie}:
        columns = TIE_COLUMNS if not answers or seen_from(answers) else ("tie", *TIE_COLUMNS[1:])
        return headings(columns, lang), tie_rows(answers, lang, most=most)
    values = ANSWERS.get(kinds.pop().__name__, _OTHERS) if len(kinds) == 1 else _OTHERS
    rows = [tuple(text_of(value(answer, lang), lang) for value in values.values()) for answer in answers[:most]]
    return headings(values, lang), rows
