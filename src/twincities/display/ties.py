"""
Ties and other answers as rows of text: the one rendering that text, notebooks, the command line and lists take.

Names, words and dates are in the language asked for, English unless another is: a city whose `names` have none in it is
called by its `name`, as `City.label` has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from ..model.city import City
from ..model.languages import text_in
from ..model.parts import Agreement
from ..query.answers import Anniversary, Cousin, Event, Expiry, Match
from ..query.ties import Tie, seen_from
from .values import country_in, stated_in, text_of
from .words import headings, word

__all__ = [
    "ANSWERS",
    "TIE_COLUMNS",
    "TIE_VALUES",
    "agreement_text",
    "answer_rows",
    "between",
    "country_of",
    "tie_headings",
    "tie_labels",
    "tie_rows",
]

TIE_COLUMNS = ("partner", "country", "status", "since", "areas")
"""The columns of a tie unless others are asked for."""

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
"""The columns that a row of a tie may have, and the value of each."""


def _stated(tie: Tie, field: str, lang: str) -> Any:
    """
    The value of a field, or all that are stated of it where others say something else: "1972 or 1967".
    """
    record = tie.partnership
    if any(claim.field == field for claim in record.claims):
        return stated_in(record, field, lang)
    return getattr(record, field)


def country_of(city: City, lang: str = "en") -> str:
    """
    The name of a city's country; an empty text where it isn't known.
    """
    return country_in(city.country_code, lang) if city.country_code else ""


def agreement_text(agreement: Agreement, lang: str = "en") -> str:
    """
    An agreement's name and period; many have their years in their names, where they aren't repeated.
    """
    name, period = text_in(agreement.names, lang) or "", text_of(agreement.period, lang)
    return name if period in name else f"{name} {period}".strip()


def between(cities: Iterable[City], lang: str = "en") -> str:
    """
    The cities of a partnership or a network in one cell: "Jönköping – Kuopio".
    """
    return " – ".join(city.label(lang) for city in cities)


def tie_labels(ties: Iterable[Tie], lang: str = "en", hub: City | None = None) -> list[str]:
    """
    The label of each tie in a list: its partner where the whole list is seen from the city *hub*, else both cities.
    """
    if hub is not None:
        return [tie.partner.label(lang) for tie in ties]
    return [between((tie.city, tie.partner), lang) for tie in ties]


def tie_headings(lang: str = "en", columns: Sequence[str] = TIE_COLUMNS) -> tuple[str, ...]:
    """
    The headings of `tie_rows`.
    """
    return headings(columns, lang)


def tie_rows(
    ties: Iterable[Tie], lang: str = "en", columns: Sequence[str] = TIE_COLUMNS, *, most: int | None = None
) -> list[tuple[str, ...]]:
    """
    A row of text for each of the first *most* ties; the partner's cell has both cities where the ties aren't all seen
    from one. What isn't known is empty.
    """
    ties = list(ties)
    hub = seen_from(ties)
    alone = "city" not in columns  # else the other city has a column of its own
    rows = []
    for tie, label in zip(ties[:most], tie_labels(ties[:most], lang, hub), strict=True):
        rows.append(
            tuple(
                label if name == "partner" and alone else text_of(TIE_VALUES[name](tie, lang), lang) for name in columns
            )
        )
    return rows


# -- other answers ---------------------------------------------------------------------------------

ANSWERS: Mapping[type, tuple[str, ...]] = {
    Cousin: ("city", "country", "is_partner", "shared"),
    Anniversary: ("years", "since", "cities"),
    Expiry: ("ends", "agreement", "cities"),
    Event: ("date", "event", "cities"),
    Match: ("id", "city", "country", "score", "found"),
}
"""The columns of the other answers; ties have `TIE_COLUMNS`."""


_FINDING = ("severity", "code", "path", "message")


@singledispatch
def _cells(answer: object, lang: str) -> tuple[object, ...]:  # noqa: ARG001  # the others use it
    return (repr(answer),)


@_cells.register
def _(cousin: Cousin, lang: str) -> tuple[object, ...]:
    shared = ", ".join(city.label(lang) for city in cousin.shared)
    return (
        cousin.city.label(lang),
        country_of(cousin.city, lang),
        word("yes", lang) if cousin.is_partner else "",
        shared,
    )


@_cells.register
def _(jubilee: Anniversary, lang: str) -> tuple[object, ...]:
    since = text_of(jubilee.since, lang)
    if jubilee.origin is not jubilee.record:
        since += f" ({between(jubilee.origin_cities, lang)})"
    if not jubilee.is_certain:
        since += f" ({word('not certain', lang)})"
    return jubilee.years, since, between(jubilee.cities, lang)


@_cells.register
def _(expiry: Expiry, lang: str) -> tuple[object, ...]:
    return expiry.ends, text_in(expiry.agreement.names, lang), between(expiry.cities, lang)


@_cells.register
def _(event: Event, lang: str) -> tuple[object, ...]:
    return event.date, text_in(event.label, lang) or event.kind, between(event.cities, lang)


@_cells.register
def _(match: Match, lang: str) -> tuple[object, ...]:
    return match.city.id, match.city.label(lang), country_of(match.city, lang), f"{match.score:.2f}", match.label


def answer_rows(
    answers: Iterable[Any], lang: str = "en", *, most: int | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """
    Headings, and rows of the first *most* answers of one kind: ties, cousins, anniversaries, expiring agreements, events
    or matches. Anything else is a row of its repr.
    """
    answers = tuple(answers)
    kinds = {type(answer) for answer in answers}
    if kinds <= {Tie}:
        return tie_headings(lang), tie_rows(answers, lang, most=most)
    kind = kinds.pop()
    if not kinds and kind.__name__ == "Finding":  # of a room above
        found = [tuple(str(getattr(finding, name)) for name in _FINDING) for finding in answers[:most]]
        return headings(_FINDING, lang), found
    if kinds or kind not in ANSWERS:
        return headings(("item",), lang), [(repr(answer),) for answer in answers[:most]]
    return headings(ANSWERS[kind], lang), [
        tuple(text_of(cell, lang) for cell in _cells(answer, lang)) for answer in answers[:most]
    ]
