"""
The pictures and tables of the pages: each is made anew at each build, as the example above it makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import twincities as tc
from twincities import charts
from twincities.display import card

__all__ = ["setup"]

_DS = tc.load()
_PARTNERS = _DS.partners("Kuopio")
_PICTURES: Mapping[str, Callable[[], Any]] = {
    "kuopio": _PARTNERS.chart.map,
    "map": lambda: _PARTNERS.chart.map(title="Kuopio and its twin cities", width=1280, height=720),
    "map-side": lambda: _PARTNERS.chart.map(layout="side", width=800, height=450),
    "map-few": lambda: _DS.partners("Kuopio", country=["Sweden", "United States"]).chart.map(lang="fi"),
    "timeline": lambda: _PARTNERS.chart.timeline(lang="fi"),
    "areas": _PARTNERS.chart.areas,
    "network": _DS.chart.network,
    "restyled": lambda: (
        (_PARTNERS.chart.timeline() & _PARTNERS.chart.areas())
        .configure_axis(labelFontSize=14)
        .properties(title="Kuopio")
    ),
}
_CARDS: Mapping[str, Callable[[], str]] = {
    "partners": lambda: card(_DS.partners("Kuopio", country=["Hungary", "Poland", "Norway"])),
    "tie": lambda: card(_DS.partners("Kuopio", country="Norway").one()),
    "city": lambda: card(_DS.city("Győr")),
    "events": lambda: card(_DS.partners("Kuopio", country="Poland").events(), lang="fi"),
    "rows": lambda: card(_PARTNERS, rows=3),
    "empty": lambda: card(_DS.partners("Gera", country="Iceland")),
}


def _draw(app: Any) -> None:
    folder = Path(app.srcdir) / "pictures"
    folder.mkdir(exist_ok=True)
    for name, chart in _PICTURES.items():
        charts.save(chart(), folder / f"{name}.svg")
    for name, html in _CARDS.items():
        (folder / f"{name}.html").write_text(html(), encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """
    Draw before the pages are read.
    """
    app.connect("builder-inited", _draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
