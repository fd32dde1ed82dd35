"""
The matrix of areas: who cooperates in what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..display.ties import tie_labels
from ..model.languages import text_in
from ..model.parts import Activity
from ..query.ties import Tie, seen_from
from .marks import few_enough, finished, layer_of, nothing, tooltip
from .sorting import in_blocks
from .style import Heading, axis_room, cut, listed, names_apart, noted, word

__all__ = ["area_matrix"]

_MOST_TIES, _MOST_AREAS = 100, 300
_COLUMN, _ROW = 26, 20  # pixels
_OWN, _SHARED = "#00639c", "#8fb8d4"
_NAMES = 240  # pixels: the most for the labels beside the rows
_LEAST = 400  # pixels: the least for the heading


def area_matrix(ties: Sequence[Tie], *, lang: str = "en", title: str | None = None) -> Any:
    """
    The partners of *ties* by cooperation area, as an altair chart: a column for each tie, a row for each area.

    A cell is dark if the area is stated for the two cities themselves, and light if it is only stated for a network that
    both belong to. Rows and columns are ordered to show blocks; see `twincities.charts.sorting.in_blocks`. Ties without
    areas are listed below the title.

    Args:
        ties: The ties, at most 100.
        lang: The language of names and labels, a BCP 47 tag.
        title: The title.

    Raises:
        QueryError: There are more than 100 ties, or they have more than 300 areas.
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    few_enough("partnerships", len(ties), _MOST_TIES)
    by_key = {" ".join(tie.partnership.cities): tie for tie in ties}
    partners = names_apart(zip(by_key, tie_labels(by_key.values(), lang, seen_from(by_key.values())), strict=True))
    areas = names_apart({area.id: area.label(lang) for tie in ties for area in tie.areas}.items())
    few_enough("areas", len(areas), _MOST_AREAS)
    rows, columns = in_blocks((area, key) for key, tie in by_key.items() for area in tie.area_ids)
    cells = [
        {
            "partner": partners[key],
            "area": areas[area],
            "how": word("of the tie" if _names(tie.partnership.activities, area) else "of the network", lang),
            "summary": _summary(tie.activities, area, lang),
            "read": f"{partners[key]}: {areas[area]}",
        }
        for key, tie in by_key.items()
        for area in tie.area_ids
    ]
    in_order = [partners[key] for key in columns], [areas[area] for area in rows]
    chart = _cells(cells, *in_order, lang) if cells else nothing(lang)
    without = [partners[key] for key in by_key if key not in set(columns)]
    wide = max(_NAMES + _COLUMN * len(columns), _LEAST)
    note = noted(word("no areas", lang), without, wide)
    described = "; ".join(
        f"{areas[area]}: {listed([partners[key] for key in columns if area in by_key[key].area_ids], 20)}"
        for area in rows[:60]
    )
    return finished(
        chart,
        "areas_chart",
        Heading.of(title, [note], wide),
        f"{word('areas', lang)}: {len(areas)}. {described}",
        lang,
    )


def _names(activities: Iterable[Activity], area: str) -> bool:
    return any(area in activity.areas for activity in activities)


def _summary(activities: Iterable[Activity], area: str, lang: str) -> str:
    texts = [text_in(activity.summary, lang) for activity in activities if area in activity.areas]
    return cut("; ".join(text for text in texts if text), 300) or word("not said", lang)


def _cells(cells: Sequence[dict[str, Any]], columns: Sequence[str], rows: Sequence[str], lang: str) -> Any:
    axis = {"title": None, "ticks": False, "domain": False, "grid": True, "gridColor": "#ececec", "zindex": 0}
    kinds = [word(how, lang) for how in ("of the tie", "of the network")]
    return layer_of(
        cells,
        {"type": "rect", "cornerRadius": 3, "width": {"band": 0.86}, "height": {"band": 0.86}},
        x={
            "field": "partner",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": columns},
            "axis": {**axis, "orient": "top", "labelAngle": -45, "labelAlign": "left", "labelLimit": 160},
        },
        y={
            "field": "area",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": rows},
            "axis": {**axis, **axis_room(rows, _NAMES)},
        },
        color={
            "field": "how",
            "type": "nominal",
            "scale": {"domain": kinds, "range": [_OWN, _SHARED]},
            "legend": {"title": None, "orient": "bottom", "symbolType": "square"},
        },
        tooltip=tooltip(("partner", "area", "summary"), lang),
        description={"field": "read", "type": "nominal"},
    ).properties(width={"step": _COLUMN}, height={"step": _ROW})
