"""
The timeline: when ties and agreements began and ended, as far as it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..display.values import date_in, stated_in
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.languages import text_in
from ..query.in_force import Record, Span, last_day, spans_of, term
from ..query.ties import Tie
from .marks import few_enough, finished, layer_of, layered, nothing, tooltip, year
from .rows import Row, happened, rows_of
from .style import INK, PAPER, QUIET, Heading, Legend, axis_room, cut, spoken, word

__all__ = ["timeline"]

_MOST = 300  # rows
_ROW = 24  # pixels, as all below
_WIDE, _NARROW = 9, 3  # the thickness of the bars of ties and agreements
_UP, _DOWN = -3, 6  # their offset from the middle of the row
_MARGIN = 0.04  # of the whole time, kept free on both sides for signs beside bars
_NAMES = 240  # the most for the names beside the rows
_LEAST = 200  # the least width of the picture without them
_PALE, _BETWEEN_DASHES = 0.3, 0.6  # the opacity of uncertain times, and between the dashes of a status
_AROUND = 10  # pixels that Vega adds around the picture
_BESIDE = 24  # pixels by which headings and legends are narrower than the whole
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
    The times of *ties* and *networks* as an altair chart with a row for each, the earliest first.

    A bar is full while the tie was in force for every possible value of its EDTF dates, and pale while that depends on them;
    `?` and `~` mark uncertain and approximate bounds. A tie without an end goes on to *as_of*, with a tip there. Without a
    known start there is no bar, and the row says so. Agreements are thin bars; milestones are points, hollow if planned.

    Args:
        ties: The ties, at most 300 together with the networks.
        networks: The networks; by default those that both cities of a tie belong to.
        as_of: The time to which ties without an end are drawn; by default that of their data set, or else the last day in
            any of the records.
        lang: The language of names and labels, a BCP 47 tag.
        title: The title.
        width: The width of the chart with the names in pixels.

    Raises:
        QueryError: There are more than 300 ties and networks.
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    few_enough("partnerships", len(ties), _MOST)
    if networks is None:
        networks = {network.id: network for tie in ties if not tie.direct for network in tie.networks}.values()
    if as_of is None and ties:
        as_of = ties[0].as_of
    rows = rows_of(ties, tuple(networks), lang)
    few_enough("partnerships and networks", len(rows), _MOST)
    seen = (as_of.latest if as_of else None) or last_day(row.record for row in rows)
    # Data as of a decade held at some time in it: after its first day nothing is certain.
    sure = (as_of.earliest if as_of else None) or seen
    return _Drawing(rows, as_of, seen or date.max, sure or date.max, lang, ties).chart(
        title, width, dated=seen is not None
    )


class _Drawing(NamedTuple):
    """
    The rows of a timeline.
    """

    rows: Sequence[Row]
    as_of: EdtfDate | None
    seen_until: date
    sure_until: date
    lang: str
    ties: Sequence[Tie]

    @property
    def speech(self) -> str:
        """
        The language of dates.
        """
        return spoken(self.lang)

    def chart(self, title: str | None, width: int, *, dated: bool) -> Any:
        """
        The layers from back to front.
        """
        lang = self.lang
        ties, terms = self._tie_bars(), self._terms()
        points = self._points()
        low, high = self._reach([*ties, *terms, *points])
        x = {
            "type": "quantitative",
            "scale": {"domain": [low, high], "nice": False, "zero": False},
            "axis": _YEARS if dated else None,
        }
        names = [row.name for row in self.rows]
        room = axis_room(names, _NAMES)
        y = {
            "field": "row",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": names},
            "axis": {"title": None, "ticks": False, "domain": False, "grid": False, **room},
        }
        inner = max(_LEAST, width - room["minExtent"] - _AROUND)
        legend = self._legend(bool(terms), inner)
        layers = [
            layer_of([{"x": year(self.seen_until)}], _RULE, x={**x, "field": "x"}) if self.as_of else None,
            *self._bars(ties, _WIDE, _UP, x, y, legend),
            *self._bars(terms, _NARROW, _DOWN, x, y, legend),
            *self._ends(ties, _UP, x, y, legend),
            *self._ends(terms, _DOWN, x, y, legend),
            self._unknown(low, x, y),
            *self._milestones(points, x, y),
        ]
        chart = layered(*layers, width=inner, height={"step": _ROW}) if self.rows else nothing(lang)
        described = "; ".join(self._described(row) for row in self.rows[:60])
        heading = Heading.of(title, [self._key() if self.rows else None], max(width, _LEAST) - _BESIDE)
        return finished(chart, "timeline", heading, f"{word('ties', lang)}: {len(self.ties)}. {described}", lang)

    # -- what there is -----------------------------------------------------------------------------

    def _tie_bars(self) -> list[dict[str, Any]]:
        found = []
        for row in self.rows:
            record = row.record
            unknown = word("not said", self.lang)
            since, until = (stated_in(record, end, self.speech) or unknown for end in ("since", "until"))
            facts = {
                "row": row.name,
                "kind": row.kind,
                "tie": row.name,
                "status": row.kind,
                "since": since,
                "until": until,
            }
            facts["read"] = f"{row.name}: {since}–{until if record.until else ''}, {row.kind}"
            found += [{**facts, "span": span} for span in self._spans(record)]
        return found

    def _spans(self, record: Record) -> list[Span]:
        spans = (self._known(span) for span in spans_of(record, self.as_of, self.seen_until))
        return [span for span in spans if span is not None]

    def _known(self, span: Span | None) -> Span | None:
        """
        A span that claims no more than is known: one without an end is certain until the first possible day of the data.
        """
        if span is None or not span.goes_on:
            return span
        return span._replace(certain_to=max(span.certain_from, min(span.certain_to, self.sure_until)))

    def _terms(self) -> list[dict[str, Any]]:
        kind = word("agreement", self.lang)
        return [
            {
                "row": row.name,
                "kind": kind,
                "span": span,
                "agreement": name or kind,
                "date": date_in(period, self.speech),
            }
            for row in self.rows
            for agreement in row.record.agreements
            if (period := agreement.period) is not None
            and (span := self._known(term(period, self.seen_until))) is not None
            for name in [cut(text_in(agreement.names, self.lang) or "", 80)]
        ]

    def _points(self) -> list[dict[str, Any]]:
        """
        The events: a point for each date in a row.
        """
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in self.rows:
            for moment, text, planned in happened(row.record, self.lang):
                earliest, latest = moment.earliest or moment.latest, moment.latest or moment.earliest
                assert earliest is not None
                assert latest is not None
                start, end = year(earliest), year(latest)
                new = {"row": row.name, "start": start, "end": end, "x": round((start + end) / 2, 3), "milestone": []}
                new |= {"planned": planned, "date": date_in(moment, self.speech)}
                point = found.setdefault((row.name, str(moment)), new)
                point["milestone"].append(text)
                point["planned"] &= planned
        for point in found.values():
            point["milestone"] = cut("; ".join(point["milestone"]), 200)
            point["read"] = f"{point['row']}: {point['milestone']}, {point['date']}"
        return list(found.values())

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

    def _legend(self, with_terms: bool, width: int) -> Legend:
        legend = Legend.of((tie.status for tie in self.ties), self.lang, width)
        network = word("network", self.lang)
        if any(row.kind == network for row in self.rows):
            legend = legend.also(network, _NETWORK)
        return legend.also(word("agreement", self.lang), INK) if with_terms else legend

    def _key(self) -> str:
        """
        The meaning of the signs, shown below the title.
        """
        at = f" ({word('as of', self.lang)} {date_in(self.as_of, self.speech)})" if self.as_of else ""
        signs = [word("tip", self.lang) + at, *(word(sign, self.lang) for sign in ("pale", "point", "planned"))]
        return " · ".join(signs)

    def _described(self, row: Row) -> str:
        since = row.record.since
        return f"{row.name}: {date_in(since, self.speech) if since else word('start not known', self.lang)}, {row.kind}"

    # -- how it looks ------------------------------------------------------------------------------

    def _bars(
        self, items: Sequence[dict[str, Any]], thick: int, down: int, x: Any, y: Any, legend: Legend
    ) -> list[Any]:
        """
        Bars, pale where they aren't certain; elsewhere dashed by status.
        """
        pieces = [
            ({**_facts(item), "start": year(start), "end": year(end)}, certain)
            for item in items
            for start, end, certain in item["span"].pieces()
        ]
        facts = ("agreement", "date") if thick == _NARROW else ("tie", "status", "since", "until")
        at = {"x": {**x, "field": "start"}, "x2": {"field": "end"}, "y": y}
        kinds = legend.encodings("kind")
        bar = {"type": "bar", "height": thick, "yOffset": down}
        opacity = {"field": "opacity", "type": "quantitative", "scale": None, "legend": None}
        return [
            layer_of(
                [{**piece, "opacity": _BETWEEN_DASHES if certain else _PALE} for piece, certain in pieces],
                bar,
                **at,
                color=kinds["color"],
                opacity=opacity,
                tooltip=tooltip(facts, self.lang),
                description={"field": "read", "type": "nominal"},
            ),
            layer_of(
                [piece for piece, certain in pieces if certain],
                {"type": "rule", "strokeWidth": thick, "yOffset": down, "aria": False},
                **at,
                **kinds,
                tooltip=tooltip(facts, self.lang),
            ),
        ]

    def _ends(self, items: Sequence[dict[str, Any]], down: int, x: Any, y: Any, legend: Legend) -> list[Any]:
        """
        The tips of bars without an end, and the signs beside uncertain bounds.
        """
        spans: list[tuple[dict[str, Any], Span]] = [(_facts(item), item["span"]) for item in items]
        tips = [{**facts, "end": year(span.latest)} for facts, span in spans if span.goes_on]
        before = [{**facts, "at": year(span.earliest), "sign": span.before} for facts, span in spans if span.before]
        after = [{**facts, "at": year(span.latest), "sign": span.after} for facts, span in spans if span.after]
        text = {"type": "text", "yOffset": down, "color": QUIET, "fontSize": 12, "aria": False}
        sign = {"x": {**x, "field": "at"}, "y": y, "text": {"field": "sign", "type": "nominal"}}
        tip = {"type": "point", "filled": True, "opacity": 1, "shape": "triangle-right", "yOffset": down, "xOffset": 3}
        tip["aria"] = False
        colour = legend.encodings("kind")["color"]
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
        mark["aria"] = False
        return layer_of(values, mark, x={**x, "field": "at"}, y=y, text={"field": "text", "type": "nominal"})

    def _milestones(self, points: Sequence[dict[str, Any]], x: Any, y: Any) -> list[Any]:
        """
        Points, each on a line that spans its possible dates.
        """
        circle = {"type": "point", "filled": True, "size": 60, "opacity": 1, "strokeWidth": 1.4, "yOffset": _UP}
        as_is = {"type": "nominal", "scale": None, "legend": None}
        colours = {True: {"fill": PAPER, "edge": INK}, False: {"fill": INK, "edge": PAPER}}
        values = [{**point, **colours[point["planned"]]} for point in points]
        rule = {"type": "rule", "color": INK, "strokeWidth": 1, "yOffset": _UP, "aria": False}
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
                description={"field": "read", "type": "nominal"},
            ),
        ]


_YEARS = {"format": "d", "tickMinStep": 1, "tickCount": 10, "title": None, "gridColor": "#ececec"}
_RULE = {"type": "rule", "color": "#b0b0b0", "strokeDash": [3, 3], "aria": False}


def _facts(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "span"}
