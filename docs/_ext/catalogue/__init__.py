"""
The data catalogue: pages of every city, network and area of the bundled data set, in English and Finnish.

Sphinx runs this before it reads the pages; they are made anew from `twincities.load()` each time, in `docs/catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import twincities as tc

from . import overview, pages, pictures
from .words import LANGUAGES

__all__ = ["setup"]


def _files(ds: tc.Dataset) -> Iterator[tuple[str, str]]:
    """
    The files of the catalogue: the path of each and its text.
    """
    for lang in LANGUAGES:
        yield f"{lang}/index.md", overview.index(ds, lang)
        yield f"{lang}/map.md", overview.interactive(ds, lang)
        yield f"{lang}/sources.md", overview.sources(ds, lang)
        yield f"{lang}/areas/index.md", overview.areas(ds, lang)
        for city in ds.cities.values():
            yield f"{lang}/cities/{city.id}.md", pages.city(ds, city, lang)
            if len(ds.partners(city)):
                yield f"pictures/{city.id}-{lang}.svg", pictures.still(ds, city, lang)
        for network in ds.networks.values():
            yield f"{lang}/networks/{network.id}.md", pages.network(ds, network, lang)
        for area in ds.areas.values():
            yield f"{lang}/areas/{area.id}.md", pages.area(ds, area, lang)


def _write(app: Any) -> None:
    """
    Write what is new or has changed, and take away what no longer belongs: Sphinx reads again only what it must.
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


def _write_maps(app: Any, error: Exception | None) -> None:
    """
    Put the interactive maps beside the pages, which show them in a frame.
    """
    if error is None and app.builder.format == "html":
        for lang in LANGUAGES:
            pictures.interactive(tc.load(), lang, Path(app.outdir) / "_static" / f"map-{lang}.html")


def setup(app: Any) -> dict[str, bool]:
    """
    Tell Sphinx when to write.
    """
    app.connect("builder-inited", _write)
    app.connect("build-finished", _write_maps)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
