"""
The pictures, cards and pages that the examples of the docs make, made anew in each build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import twincities as tc
from twincities import charts
from twincities.display import card
from twincities.publish import list_html, page_html

__all__ = ["setup"]

_DS, _FINLAND = tc.load(), tc.load("finland")
_PARTNERS = _DS.partners("Kuopio")
_PICTURES: Mapping[str, Callable[[], Any]] = {
    "kuopio": _PARTNERS.chart.map,
    "map": lambda: _PARTNERS.chart.map(title="Kuopio and its twin cities", width=1280, height=720),
    "map-side": lambda: _PARTNERS.chart.map(layout="side", width=800, height=450),
    "map-few": lambda: _DS.partners("Kuopio", country=["Sweden", "United States"]).chart.map(lang="fi"),
    "map-finland": lambda: _FINLAND.chart.map(width=1280, height=720),
    "timeline": lambda: _PARTNERS.chart.timeline(lang="fi"),
    "areas": _PARTNERS.chart.areas,
    "network": _DS.chart.network,
    "network-finland": lambda: _FINLAND.chart.network(height=620),
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
_PAGES: Mapping[str, Callable[[], str]] = {
    "page": lambda: page_html(_DS, _DS.cities["kuopio"], lang="fi", statement="/saavutettavuus", feedback="/palaute"),
    "list": lambda: list_html(_DS.partners("Kuopio", country=["SE", "DK"], direct=True), lang="sv"),
}


def _draw(app: Any) -> None:
    folder = Path(app.srcdir) / "pictures"
    folder.mkdir(exist_ok=True)
    for name, chart in _PICTURES.items():
        charts.save(chart(), folder / f"{name}.svg")
    for name, html in _CARDS.items():
        (folder / f"{name}.html").write_text(html(), encoding="utf-8")


def _write_pages(app: Any, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        for name, html in _PAGES.items():
            (Path(app.outdir) / "_static" / f"{name}.html").write_text(html(), encoding="utf-8", newline="\n")


def setup(app: Any) -> dict[str, bool]:
    """
    Draw before the pages are read, and write the examples after they are built.
    """
    app.connect("builder-inited", _draw)
    app.connect("build-finished", _write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
