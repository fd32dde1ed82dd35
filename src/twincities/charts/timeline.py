"""
The timeline: what began when and went on how long, as far as it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..display.ties import tie_labels
from ..display.values import date_in
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.vocabulary import Stage, word_label
from ..query.in_force import Record, Span, last_day, spans_of, term
from ..query.ties import Tie, seen_from
from .labels import width_of
from .marks import few_enough, finished, layer_of, layered, nothing, tooltip, year
from .style import INK, PAPER, QUIET, cut, names_apart, status_scale, status_word, word

__all__ = ["timeline"]

_MOST = 300  # rows
_ROW = 24  # pixels, as all below
_WIDE, _NARROW = 9, 3  # how thick the bars of ties and of agreements are
_UP, _DOWN = -3, 6  # where they are in the row, from its middle
_MARGIN = 0.04  # of the whole time, free on both sides for what stands beside bars
_NAMES = 240  # how wide the names beside the rows may be
_LEAST = 200  # how wide the picture is at least without them
_PALE = 0.35
_NETWORK = "#3d6b4f"


def timeline(
    ties: Sequence[Tie],
    networks: Iterable[CooperationNetwork] | None = None,
    as_of: EdtfDate | None = None,
    *,
    lang: str = "en",
    title: str | None = None,
    width: int = 800,
) -> Any:
    """
    When *ties* and *networks* began and ended, as an altair chart of one row each, the earliest first.

    A bar is full where the tie was in force whichever days of its EDTF dates are the true ones, and pale where that depends
    on them; `?` and `~` stand beside a bound that is uncertain or approximate. What has no end goes on to *as_of* and has a
    tip there. Where the start isn't known no bar is drawn, and the row says so. Agreements are thin bars, milestones
    points: hollow where they were planned.

    Args:
        ties: The ties, at most 300 together with the networks.
        networks: The networks; those that both cities of a tie belong to unless given.
        as_of: When what has no end was seen last; what the data set of the ties says unless given, else the last day that
            any of them names.
        lang: The language of names and labels, a BCP 47 tag.
        title: What stands above.
        width: Pixels of the picture with the names beside it.

    Raises:
        QueryError: There are more ties and networks than that.
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    few_enough("partnerships", len(ties), _MOST)
    if networks is None:
        networks = {network.id: network for tie in ties if not tie.direct for network in tie.networks}.values()
    if as_of is None and ties:
        as_of = ties[0]._whole.as_of  # noqa: SLF001  # charts and ties are one house
    rows = _rows(ties, tuple(networks), lang)
    few_enough("partnerships and networks", len(rows), _MOST)
    seen = (as_of.latest if as_of else None) or last_day(row.record for row in rows)
    return _Drawing(rows, as_of, seen or date.max, lang, ties).chart(title, width, dated=seen is not None)


class _Row(NamedTuple):
    """
    A tie or a network, the name of its row, and the word that it is coloured by.
    """

    record: Record
    name: str
    kind: str


def _rows(ties: Sequence[Tie], networks: Sequence[CooperationNetwork], lang: str) -> list[_Row]:
    """
    The rows with names that differ, the earliest start first, those without one last.
    """
    found: dict[str, tuple[Record, str, str]] = {
        " ".join(tie.partnership.cities): (
            tie.partnership,
            name,
            status_word(tie.status, lang),
        )
        for tie, name in zip(ties, tie_labels(ties, lang, seen_from(ties)), strict=True)
    }
    found |= {network.id: (network, network.label(lang), word("network", lang)) for network in networks}
    names = names_apart((key, name) for key, (_, name, _) in found.items())
    rows = [_Row(record, names[key], kind) for key, (record, _, kind) in found.items()]
    return sorted(rows, key=lambda row: (row.record.since.sort_key if row.record.since else (True,), row.name))


class _Drawing(NamedTuple):
    """
    The content of the rows.
    """

    rows: Sequence[_Row]
    as_of: EdtfDate | None
    seen_until: date
    lang: str
    ties: Sequence[Tie]

    def chart(self, title: str | None, width: int, *, dated: bool) -> Any:
        """
        The layers from the back to the front.
        """
        lang, as_of = self.lang, self.as_of
        ties, terms = self._tie_bars(), self._terms()
        points = self._points()
        low, high = self._reach([*ties, *terms, *points])
        x = {
            "type": "quantitative",
            "scale": {"domain": [low, high], "nice": False, "zero": False},
            "axis": _YEARS if dated else None,
        }
        y = {
            "field": "row",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": [row.name for row in self.rows]},
            "axis": {"title": None, "labelLimit": _NAMES, "ticks": False, "domain": False, "grid": False},
        }
        colour = {"field": "kind", "type": "nominal", "scale": self._scale(bool(terms))}
        colour |= {"legend": {"title": None, "orient": "bottom", "symbolType": "square", "columns": 6}}
        layers = [
            layer_of([{"x": year(self.seen_until)}], _RULE, x={**x, "field": "x"}) if as_of else None,
            self._bars(ties, _WIDE, _UP, x, y, colour),
            self._bars(terms, _NARROW, _DOWN, x, y, colour),
            *self._ends(ties, _UP, x, y, colour),
            *self._ends(terms, _DOWN, x, y, colour),
            self._unknown(low, x, y),
            *self._milestones(points, x, y),
        ]
        beside = min(_NAMES, max((width_of(row.name) for row in self.rows), default=0)) + 12
        inner = max(_LEAST, width - round(beside))
        chart = layered(*layers, width=inner, height={"step": _ROW}) if self.rows else nothing(lang)
        described = "; ".join(self._described(row) for row in self.rows[:60])
        return finished(
            chart,
            title,
            self._key(as_of) if self.rows else None,
            f"{word('ties', lang)}: {len(self.ties)}. {described}",
        )

    # -- what there is -----------------------------------------------------------------------------

    def _tie_bars(self) -> list[dict[str, Any]]:
        found = []
        for row in self.rows:
            record = row.record
            until = record.until
            facts = {"row": row.name, "kind": row.kind, "tie": row.name, "status": row.kind}
            facts["since"] = date_in(record.since, self.lang) if record.since else word("not said", self.lang)
            facts["until"] = date_in(until, self.lang) if until else word("not said", self.lang)
            found += [{**facts, "span": span} for span in self._spans(record)]
        return found

    def _spans(self, record: Record) -> list[Span]:
        return spans_of(record, self.as_of, self.seen_until)

    def _terms(self) -> list[dict[str, Any]]:
        kind = word("agreement", self.lang)
        return [
            {
                "row": row.name,
                "kind": kind,
                "span": span,
                "agreement": name or kind,
                "date": date_in(period, self.lang),
            }
            for row in self.rows
            for agreement in row.record.agreements
            if (period := agreement.period) is not None and (span := term(period, self.seen_until)) is not None
            for name in [cut(text_in(agreement.names, self.lang) or "", 80)]
        ]

    def _points(self) -> list[dict[str, Any]]:
        """
        The events, a point for each date of a row.
        """
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in self.rows:
            for moment, text, planned in _happened(row.record, self.lang):
                earliest, latest = moment.earliest or moment.latest, moment.latest or moment.earliest
                assert earliest is not None
                assert latest is not None
                start, end = year(earliest), year(latest)
                new = {"row": row.name, "start": start, "end": end, "x": round((start + end) / 2, 3), "milestone": []}
                new |= {"planned": planned, "date": date_in(moment, self.lang)}
                point = found.setdefault((row.name, str(moment)), new)
                point["milestone"].append(text)
                point["planned"] &= planned
        return [{**point, "milestone": cut("; ".join(point["milestone"]), 200)} for point in found.values()]

    def _reach(self, items: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
        """
        The first and last year of the picture.
        """
        years = [year(self.seen_until), year(self.seen_until) - 10]
        for item in items:
            span = item.get("span")
            years += [year(span.earliest), year(span.latest)] if span else [item["start"], item["end"]]
        free = _MARGIN * (max(years) - min(years))
        return round(min(years) - free, 1), round(max(years) + free, 1)

    def _scale(self, with_terms: bool) -> dict[str, Any]:
        scale = status_scale((tie.status for tie in self.ties), self.lang)
        network, agreement = word("network", self.lang), word("agreement", self.lang)
        if any(row.kind == network for row in self.rows):
            scale = {"domain": [*scale["domain"], network], "range": [*scale["range"], _NETWORK]}
        if with_terms:
            scale = {"domain": [*scale["domain"], agreement], "range": [*scale["range"], INK]}
        return scale

    def _key(self, as_of: EdtfDate | None) -> str:
        """
        The meaning of the signs, shown below the title.
        """
        at = f" ({word('as of', self.lang)} {date_in(as_of, self.lang)})" if as_of else ""
        signs = [word("tip", self.lang) + at, *(word(sign, self.lang) for sign in ("pale", "point", "planned"))]
        return " · ".join(signs)

    def _described(self, row: _Row) -> str:
        since = row.record.since
        return f"{row.name}: {date_in(since, self.lang) if since else word('start not known', self.lang)}, {row.kind}"

    # -- how it looks ------------------------------------------------------------------------------

    def _bars(self, items: Sequence[dict[str, Any]], thick: int, down: int, x: Any, y: Any, colour: Any) -> Any:
        values = [
            {**_facts(item), "start": year(start), "end": year(end), "opacity": 1 if certain else _PALE}
            for item in items
            for start, end, certain in item["span"].pieces()
        ]
        facts = ("agreement", "date") if thick == _NARROW else ("tie", "status", "since", "until")
        return layer_of(
            values,
            {"type": "bar", "height": thick, "yOffset": down},
            x={**x, "field": "start"},
            x2={"field": "end"},
            y=y,
            color=colour,
            opacity={"field": "opacity", "type": "quantitative", "scale": None, "legend": None},
            tooltip=tooltip(facts, self.lang),
            description={"field": facts[0], "type": "nominal"},
        )

    def _ends(self, items: Sequence[dict[str, Any]], down: int, x: Any, y: Any, colour: Any) -> list[Any]:
        """
        The tips of what goes on, and the signs beside bounds that aren't certain.
        """
        spans: list[tuple[dict[str, Any], Span]] = [(_facts(item), item["span"]) for item in items]
        tips = [{**facts, "end": year(span.latest)} for facts, span in spans if span.goes_on]
        before = [{**facts, "at": year(span.earliest), "sign": span.before} for facts, span in spans if span.before]
        after = [{**facts, "at": year(span.latest), "sign": span.after} for facts, span in spans if span.after]
        text = {"type": "text", "yOffset": down, "color": QUIET, "fontSize": 12}
        sign = {"x": {**x, "field": "at"}, "y": y, "text": {"field": "sign", "type": "nominal"}}
        tip = {"type": "point", "filled": True, "opacity": 1, "shape": "triangle-right", "yOffset": down, "xOffset": 3}
        size = 90 if down == _UP else 30
        return [
            layer_of(tips, {**tip, "size": size}, x={**x, "field": "end"}, y=y, color=colour),
            layer_of(before, {**text, "align": "right", "dx": -3}, **sign),
            layer_of(after, {**text, "align": "left", "dx": 3}, **sign),
        ]

    def _unknown(self, low: float, x: Any, y: Any) -> Any:
        values = [
            {"row": row.name, "at": low, "text": word("start not known", self.lang)}
            for row in self.rows
            if not self._spans(row.record)
        ]
        mark = {"type": "text", "align": "left", "dx": 6, "color": QUIET, "fontStyle": "italic", "fontSize": 12}
        return layer_of(values, mark, x={**x, "field": "at"}, y=y, text={"field": "text", "type": "nominal"})

    def _milestones(self, points: Sequence[dict[str, Any]], x: Any, y: Any) -> list[Any]:
        """
        Points, on a line as long as their dates leave open.
        """
        circle = {"type": "point", "filled": True, "size": 60, "opacity": 1, "strokeWidth": 1.4, "yOffset": _UP}
        as_is = {"type": "nominal", "scale": None, "legend": None}
        colours = {True: {"fill": PAPER, "edge": INK}, False: {"fill": INK, "edge": PAPER}}
        values = [{**point, **colours[point["planned"]]} for point in points]
        rule = {"type": "rule", "color": INK, "strokeWidth": 1, "yOffset": _UP}
        facts = tooltip(("milestone", "date"), self.lang)
        return [
            layer_of(values, rule, x={**x, "field": "start"}, x2={"field": "end"}, y=y),
            layer_of(
                values,
                circle,
                x={**x, "field": "x"},
                y=y,
                fill={**as_is, "field": "fill"},
                stroke={**as_is, "field": "edge"},
                tooltip=facts,
                description={"field": "milestone", "type": "nominal"},
            ),
        ]


_YEARS = {"format": "d", "tickMinStep": 1, "tickCount": 10, "title": None, "gridColor": "#ececec"}
_RULE = {"type": "rule", "color": "#b0b0b0", "strokeDash": [3, 3]}


def _facts(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "span"}


def _happened(record: Record, lang: str) -> Iterator[tuple[EdtfDate | EdtfInterval, str, bool]]:
    """
    The events that points stand for: milestones, and what has a date but no bar. Each with whether it was only planned.
    """
    for milestone in record.milestones:
        if milestone.date is not None:
            kind = word_label(milestone.kind, lang) if milestone.kind else word("milestone", lang)
            yield milestone.date, _told(kind, milestone.summary, lang), milestone.stage is Stage.PLANNED
    for agreement in record.agreements:
        if agreement.period is not None and agreement.period.start is None:
            yield agreement.period, _told(word("agreement", lang), agreement.names, lang), False
    if isinstance(record, Partnership):
        if record.status_since is not None:
            yield record.status_since, status_word(record.status, lang), False
        if record.until is not None and record.since is None:
            yield record.until, word("until", lang), False


def _told(kind: str, texts: Mapping[str, str], lang: str) -> str:
    text = text_in(texts, lang)
    return f"{kind}: {text}" if text else kind
