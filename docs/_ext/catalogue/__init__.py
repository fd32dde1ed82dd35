"""
The data catalogue: pages of every city, network and area of the bundled data set, in English and Finnish.

Written to `docs/catalogue` from `twincities.load()` before Sphinx reads the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import twincities as tc
from twincities.charts import save
from twincities.publish.style import STYLE

from . import overview, pages
from .words import LANGUAGES

__all__ = ["setup"]

_OF_SITE = """
article .twin-cities { --quiet: var(--color-foreground-secondary); --line: var(--color-foreground-border); }
article .twin-cities + .twin-cities { margin-top: 1rem; }
article .twin-cities :is(h2, h3, h4) { padding: 0; }
iframe.map { aspect-ratio: 8 / 5; min-height: 25rem; }
iframe.page { border: 1px solid var(--color-background-border); box-sizing: border-box; height: 34rem; width: 100%; }
"""


def _files(ds: tc.Dataset) -> Iterator[tuple[str, str]]:
    """
    The files of the catalogue: the path and the text of each.
    """
    yield "static/catalogue.css", STYLE + _OF_SITE
    for lang in LANGUAGES:
        yield f"{lang}/index.md", overview.index(ds, lang)
        yield f"{lang}/map.md", overview.interactive(ds, lang)
        yield f"{lang}/sources.md", overview.sources(ds, lang)
        yield f"{lang}/areas/index.md", overview.areas(ds, lang)
        for city in ds.cities.values():
            yield f"{lang}/cities/{city.id}.md", pages.city(ds, city, lang)
        for network in ds.networks.values():
            yield f"{lang}/networks/{network.id}.md", pages.network(ds, network, lang)
        for area in ds.areas.values():
            yield f"{lang}/areas/{area.id}.md", pages.area(ds, area, lang)


def _write(app: Any) -> None:
    """
    Write only the files that have changed, which Sphinx then reads again, and remove any others.
    """
    folder = Path(app.srcdir) / "catalogue"
    wanted = {folder / path: text for path, text in _files(tc.load())}
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
    for path in folder.rglob("*.*"):
        if path not in wanted:
            path.unlink()
    app.config.html_static_path.append("catalogue/static")


def _write_maps(app: Any, error: Exception | None) -> None:
    """
    Write the interactive maps, which the pages show in a frame.
    """
    if error is None and app.builder.format == "html":
        ds = tc.load()
        for lang in LANGUAGES:
            chart = ds.partners(overview.hub(ds)).chart.map(lang=lang)
            save(chart, Path(app.outdir) / "_static" / f"map-{lang}.html")


def setup(app: Any) -> dict[str, bool]:
    """
    Connect the functions above to Sphinx.
    """
    app.connect("builder-inited", _write)
    app.connect("build-finished", _write_maps)
    app.add_css_file("catalogue.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
