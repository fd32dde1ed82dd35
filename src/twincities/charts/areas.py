"""
The matrix of areas: who cooperates in what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..display.ties import tie_labels
from ..display.words import word
from ..model.languages import text_in
from ..model.parts import Activity
from ..query.ties import Tie, seen_from
from .marks import check, few_enough, finished, layer_of, nominal, nothing, tooltip
from .sorting import in_blocks
from .style import Heading, axis_of, cut, listed, names_apart, noted

_MOST_TIES, _MOST_AREAS = 100, 300
_COLUMN, _ROW = 26, 20  # pixels
_OWN, _SHARED = "#00456d", "#6199c2"  # contrast 3 on paper, and between them
_NAMES = 240  # pixels: the most for the labels beside the rows
_LEAST = 400  # pixels: the least for the heading


def area_matrix(ties: Sequence[Tie], *, lang: str, title: str | None) -> Any:
    """
    The partners of *ties* by cooperation area; see `Charts.areas`.
    """
    check(title)
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
    kinds = [word(how, lang) for how in ("of the tie", "of the network")]
    axis = {"grid": True, "gridColor": "#ececec", "zindex": 0}
    above = {"title": None, "ticks": False, "domain": False, "orient": "top", "labelAngle": -45, "labelAlign": "left"}
    return layer_of(
        cells,
        {"type": "rect", "cornerRadius": 3, "width": {"band": 0.86}, "height": {"band": 0.86}},
        x=nominal("partner", sort=None, scale={"domain": columns}, axis={**axis, **above, "labelLimit": 160}),
        y=nominal("area", sort=None, scale={"domain": rows}, axis={**axis, **axis_of(rows, _NAMES)}),
        color=nominal(
            "how",
            scale={"domain": kinds, "range": [_OWN, _SHARED]},
            legend={"title": None, "orient": "bottom", "symbolType": "square"},
        ),
        tooltip=tooltip(("partner", "area", "summary"), lang),
        description=nominal("read"),
    ).properties(width={"step": _COLUMN}, height={"step": _ROW})
