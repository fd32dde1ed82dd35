"""
The timeline: when ties and agreements began and ended, as far as it is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..display.values import date_in, stated_in
from ..display.words import word
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.languages import text_in
from ..model.vocabulary import PartnershipStatus
from ..query.in_force import Span, last_day, spans_of, term
from ..query.lives import Record
from ..query.ties import Tie
from .labels import FONT_SIZE
from .marks import check, few_enough, finished, layer_of, layered, nominal, nothing, tooltip, year
from .rows import Row, happened, rows_of
from .style import INK, MARGIN, PAPER, QUIET, Heading, Legend, axis_of, cut, spoken

_MOST = 300  # rows
_BESIDE = 14  # pixels kept free on both sides, for tips and signs beside bars
_NAMES, _SHARE = 240, 0.4  # the most for the names beside the rows: pixels, and a share of the width
_PALE, _BETWEEN_DASHES = 0.3, 0.6  # the opacity of uncertain times, and between the dashes of a status
_AROUND = 10  # pixels that Vega adds around the picture
_NETWORK = "#3d6b4f"
# Labels near the ends of the axis are drawn inwards, as they would widen the picture.
_YEARS = {"format": "d", "tickMinStep": 1, "tickCount": 10, "labelFlush": 16, "title": None, "gridColor": "#ececec"}
_AS_OF = {"type": "rule", "color": "#b0b0b0", "strokeDash": [3, 3], "aria": False}

_Bar = tuple[dict[str, Any], Span]
"""The facts of a bar, and its time."""


class _Look(NamedTuple):
    """
    The looks of a kind of bar in pixels: its thickness, its distance below the middle of the row, the size of its tip; and
    the facts in its tooltip.
    """

    thick: int
    down: int
    tip: int
    facts: tuple[str, ...]


_TIE = _Look(9, -3, 90, ("tie", "status", "since", "until"))
_TERM = _Look(3, 6, 30, ("agreement", "date"))


class _Axes(NamedTuple):
    """
    The encodings of time and row.
    """

    x: Mapping[str, Any]
    y: Mapping[str, Any]

    def at(self, start: str, end: str | None = None) -> dict[str, Any]:
        """
        The place of a mark in its row, at the year in one field or between the years in two.
        """
        place = {"x": {**self.x, "field": start}, "y": self.y}
        return {**place, "x2": {"field": end}} if end else place


def timeline(
    ties: Sequence[Tie],
    networks: Iterable[CooperationNetwork] | None,
    as_of: EdtfDate | None,
    *,
    lang: str,
    title: str | None,
    width: int,
) -> Any:
    """
    The times of *ties* and *networks*; see `Charts.timeline`.
    """
    check(title, width=width)
    few_enough("partnerships", len(ties), _MOST)
    if networks is None:
        networks = {network.id: network for tie in ties if not tie.direct for network in tie.networks}.values()
    if as_of is None and ties:
        as_of = ties[0].as_of
    rows = rows_of(ties, tuple(networks), lang, _most(width))
    few_enough("partnerships and networks", len(rows), _MOST)
    seen = (as_of.latest if as_of else None) or last_day(row.record for row in rows)
    # Data as of a decade held at some time in it: after its first day nothing is certain.
    sure = (as_of.earliest if as_of else None) or seen
    drawing = _Drawing(rows, as_of, seen or date.max, sure or date.max, lang, spoken(lang))
    chart = drawing.chart({tie.status for tie in ties}, width, _YEARS if seen else None) if rows else nothing(lang)
    heading = Heading.of(title, [drawing.key() if rows else None], width - MARGIN)
    in_words = "; ".join(map(drawing.described, rows[:60]))
    return finished(chart, "timeline", heading, f"{word('ties', lang)}: {len(ties)}. {in_words}", lang)


class _Drawing(NamedTuple):
    """
    The rows of a timeline.
    """

    rows: Sequence[Row]
    as_of: EdtfDate | None
    seen_until: date
    sure_until: date
    lang: str
    speech: str
    """The language of dates."""

    def chart(self, statuses: Collection[PartnershipStatus | None], width: int, years: Mapping[str, Any] | None) -> Any:
        """
        The layers from back to front.
        """
        ties, terms, points = self._tie_bars(), self._terms(), self._points()
        scale = {"domain": self._reach([*ties, *terms], points), "padding": _BESIDE, "nice": False, "zero": False}
        names = [row.label for row in self.rows]
        beside = axis_of(names, _most(width))
        inner = width - beside["minExtent"] - _AROUND
        legend = Legend.of(statuses, self.lang, inner)
        axes = _Axes(
            {"type": "quantitative", "scale": scale, "axis": years},
            {**nominal("row"), "sort": None, "scale": {"domain": names}, "axis": {**beside, "grid": False}},
        )
        if any(row.kind == word("network", self.lang) for row in self.rows):
            legend = legend.also(word("network", self.lang), _NETWORK)
        kinds = legend.encodings("status")
        dark: dict[str, Any] = {"color": {"value": INK}, "strokeDash": {"value": [1, 0]}}
        return layered(
            layer_of([{"x": year(self.seen_until)}], _AS_OF, x={**axes.x, "field": "x"}) if self.as_of else None,
            *self._bars(ties, _TIE, axes, kinds),
            *self._bars(terms, _TERM, axes, dark),
            *self._ends(ties, _TIE, axes, kinds["color"]),
            *self._ends(terms, _TERM, axes, dark["color"]),
            self._unknown(axes),
            *self._milestones(points, axes),
            width=inner,
            height={"step": 28 if any("\n" in name for name in names) else 24},
        )

    # -- what there is -----------------------------------------------------------------------------

    def _tie_bars(self) -> list[_Bar]:
        found = []
        unknown = word("not said", self.lang)
        for row in self.rows:
            since, until = (stated_in(row.record, end, self.speech) or unknown for end in ("since", "until"))
            facts = {"row": row.label, "tie": row.name, "status": row.kind, "since": since, "until": until}
            facts["read"] = f"{row.name}: {since}–{until if row.record.until else ''}, {row.kind}"
            found += [(facts, span) for span in self._spans(row.record)]
        return found

    def _spans(self, record: Record) -> list[Span]:
        return [self._known(span) for span in spans_of(record, self.as_of, self.seen_until)]

    def _known(self, span: Span) -> Span:
        """
        A span that claims no more than is known: one without an end is certain until the first possible day of the data.
        """
        if not span.goes_on:
            return span
        return span._replace(certain_to=max(span.certain_from, min(span.certain_to, self.sure_until)))

    def _terms(self) -> list[_Bar]:
        kind = word("agreement", self.lang)
        found = []
        for row in self.rows:
            for agreement in row.record.agreements:
                period = agreement.period
                if period is not None and (span := term(period, self.seen_until)) is not None:
                    name = cut(text_in(agreement.names, self.lang) or "", 80) or kind
                    when = date_in(period, self.speech)
                    facts = {"row": row.label, "agreement": name, "date": when, "read": f"{row.name}: {name}, {when}"}
                    found.append((facts, self._known(span)))
        return found

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
                new = {"row": row.label, "start": start, "end": end, "x": round((start + end) / 2, 3), "milestone": []}
                new |= {"tie": row.name, "planned": planned, "date": date_in(moment, self.speech)}
                point = found.setdefault((row.name, str(moment)), new)
                point["milestone"].append(text)
                point["planned"] &= planned
        for point in found.values():
            point["milestone"] = cut("; ".join(point["milestone"]), 200)
            point["read"] = f"{point.pop('tie')}: {point['milestone']}, {point['date']}"
        return list(found.values())

    def _reach(self, bars: Iterable[_Bar], points: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
        """
        The first and last year of the picture.
        """
        years = [year(self.seen_until), year(self.seen_until) - 10]
        years += [year(day) for _, span in bars for day in (span.earliest, span.latest)]
        years += [point[end] for point in points for end in ("start", "end")]
        return min(years), max(years)

    def key(self) -> str:
        """
        The meaning of the signs, shown below the title.
        """
        at = f" ({word('as of', self.lang)} {date_in(self.as_of, self.speech)})" if self.as_of else ""
        signs = [word("tip", self.lang) + at, *(word(sign, self.lang) for sign in ("pale", "thin", "point", "planned"))]
        return " · ".join(signs)

    def described(self, row: Row) -> str:
        """
        A row in words.
        """
        since = row.record.since
        return f"{row.name}: {date_in(since, self.speech) if since else word('start not known', self.lang)}, {row.kind}"

    # -- how it looks ------------------------------------------------------------------------------

    def _bars(self, bars: Iterable[_Bar], look: _Look, axes: _Axes, kinds: Mapping[str, Any]) -> list[Any]:
        """
        Bars, pale where they aren't certain; elsewhere dashed by status.
        """
        pieces = [
            ({**facts, "start": year(start), "end": year(end)}, certain)
            for facts, span in bars
            for start, end, certain in span.pieces()
        ]
        shared = {**axes.at("start", "end"), "tooltip": tooltip(look.facts, self.lang), "color": kinds["color"]}
        return [
            layer_of(
                [{**piece, "opacity": _BETWEEN_DASHES if certain else _PALE} for piece, certain in pieces],
                {"type": "bar", "height": look.thick, "yOffset": look.down},
                **shared,
                opacity={"field": "opacity", "type": "quantitative", "scale": None, "legend": None},
                description=nominal("read"),
            ),
            layer_of(
                [piece for piece, certain in pieces if certain],
                {"type": "rule", "strokeWidth": look.thick, "yOffset": look.down, "aria": False},
                **shared,
                strokeDash=kinds["strokeDash"],
            ),
        ]

    def _ends(self, bars: Sequence[_Bar], look: _Look, axes: _Axes, colour: Mapping[str, Any]) -> list[Any]:
        """
        The tips of bars without an end, and the signs beside uncertain bounds.
        """
        tips = [{**facts, "end": year(span.latest)} for facts, span in bars if span.goes_on]
        before = [{**facts, "at": year(span.earliest), "sign": span.before} for facts, span in bars if span.before]
        after = [{**facts, "at": year(span.latest), "sign": span.after} for facts, span in bars if span.after]
        text = {"type": "text", "yOffset": look.down, "color": QUIET, "fontSize": FONT_SIZE, "aria": False}
        sign = {**axes.at("at"), "text": nominal("sign")}
        tip = {"type": "point", "filled": True, "opacity": 1, "shape": "triangle-right", "size": look.tip, "xOffset": 3}
        return [
            layer_of(tips, {**tip, "yOffset": look.down, "aria": False}, **axes.at("end"), color=colour),
            layer_of(before, {**text, "align": "right", "dx": -3}, **sign),
            layer_of(after, {**text, "align": "left", "dx": 3}, **sign),
        ]

    def _unknown(self, axes: _Axes) -> Any:
        text = word("start not known", self.lang)
        values = [{"row": row.label, "text": text} for row in self.rows if not self._spans(row.record)]
        mark = {"type": "text", "align": "left", "color": QUIET, "fontStyle": "italic", "fontSize": FONT_SIZE}
        return layer_of(values, {**mark, "aria": False}, x={"value": 6}, y=axes.y, text=nominal("text"))

    def _milestones(self, points: Sequence[dict[str, Any]], axes: _Axes) -> list[Any]:
        """
        Points, each on a line that spans its possible dates.
        """
        circle = {"type": "point", "filled": True, "size": 60, "opacity": 1, "strokeWidth": 1.4, "yOffset": _TIE.down}
        as_is = {"scale": None, "legend": None}
        colours = {True: {"fill": PAPER, "edge": INK}, False: {"fill": INK, "edge": PAPER}}
        values = [{**point, **colours[point["planned"]]} for point in points]
        rule = {"type": "rule", "color": INK, "strokeWidth": 1, "yOffset": _TIE.down, "aria": False}
        return [
            layer_of(values, rule, **axes.at("start", "end")),
            layer_of(
                values,
                circle,
                **axes.at("x"),
                fill=nominal("fill", **as_is),
                stroke=nominal("edge", **as_is),
                tooltip=tooltip(("milestone", "date"), self.lang),
                description=nominal("read"),
            ),
        ]


def _most(width: int) -> int:
    """
    The most pixels for the names beside the rows.
    """
    return min(_NAMES, int(_SHARE * width))
