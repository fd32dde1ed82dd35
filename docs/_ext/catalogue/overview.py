"""
The pages that lead to the others: the front page, all areas, all sources, and the interactive map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import twincities as tc
from twincities.display import people_in

from .markdown import Page, link, plain, source_text
from .pictures import hub, size, still
from .words import word

__all__ = ["areas", "index", "interactive", "sources"]


def index(ds: tc.Dataset, lang: str) -> str:
    """
    The front page: a map, all cities and networks.
    """
    page = Page(ds, lang, word("catalogue", lang))
    page.in_other_languages("index.md", "../")
    page.add(page.word("about"))
    if ds.as_of:
        page.add(f"{page.word('as_of')}: {page.date(ds.as_of)}")
    here = hub(ds)
    alt = page.word("map of all").format(here.label(lang))
    page.figure(f"../pictures/{here.id}-{lang}.svg", alt, "map.md")
    page.heading("cities")
    page.table(("city", "country", "population", "areas"), (_row(ds, city, lang) for city in ds.cities.values()))
    page.heading("networks")
    page.items(link(each.label(lang), f"networks/{each.id}.md") for each in ds.networks.values())
    page.heading("areas of cooperation")
    top = [each for each in ds.areas.values() if not each.broader]
    page.add(" · ".join(link(each.label(lang), f"areas/{each.id}.md") for each in top))
    cities = [f"cities/{id}" for id in ds.cities]
    networks = [f"networks/{id}" for id in ds.networks]
    page.add(_toctree(["map", "areas/index", *cities, *networks, "sources"]))
    return page.text()


def _row(ds: tc.Dataset, city: tc.City, lang: str) -> tuple[str, str, str, str]:
    shown = dict.fromkeys(area for tie in ds.partners(city, direct=True) for area in tie.areas)
    few = [plain(area.label(lang)) for area in list(shown)[:4]]
    return (
        link(city.label(lang), f"cities/{city.id}.md"),
        plain(tc.country_name(city.country_code, lang)) if city.country_code else "",
        people_in(city.populations[0], lang) if city.populations else "",
        ", ".join(few) + (" …" if len(shown) > len(few) else ""),
    )


def areas(ds: tc.Dataset, lang: str) -> str:
    """
    All areas as a tree, and how many partnerships name each.
    """
    page = Page(ds, lang, word("areas of cooperation", lang))
    page.in_other_languages("areas/index.md", "../../")
    page.add(page.word("areas about"))
    top = [each for each in ds.areas.values() if not each.broader]
    page.add("\n".join(_branch(ds, top, lang, "")))
    return page.text()


def _branch(ds: tc.Dataset, areas: Iterable[tc.CooperationArea], lang: str, indent: str) -> Iterator[str]:
    for area in sorted(areas, key=lambda area: area.label(lang)):
        count = len(ds.ties(area=area.id))
        yield f"{indent}- {link(area.label(lang), f'{area.id}.md')}{f' {count}' if count else ''}"
        narrower = [each for each in ds.areas.values() if area.id in each.broader]
        yield from _branch(ds, narrower, lang, f"{indent}  ")


def sources(ds: tc.Dataset, lang: str) -> str:
    """
    All sources.
    """
    page = Page(ds, lang, word("sources", lang))
    page.in_other_languages("sources.md", "../")
    page.add(page.word("sources about"))
    page.items(source_text(source, lang) for source in ds.sources.values())
    return page.text()


def interactive(ds: tc.Dataset, lang: str) -> str:
    """
    The page with the map that answers to a pointer.
    """
    page = Page(ds, lang, word("the map", lang))
    page.in_other_languages("map.md", "../")
    page.add(page.word("all of the map"))
    title = escape(page.word("map of all").format(hub(ds).label(lang)))
    style = f"aspect-ratio: {size(still(ds, hub(ds), lang))}"
    frame = f'<iframe class="map" src="../../_static/map-{lang}.html" title="{title}" style="{style}"></iframe>'
    page.add(f"```{{raw}} html\n{frame}\n```")
    return page.text()


def _toctree(pages: Iterable[str]) -> str:
    """
    The pages below this one, for the side bar.
    """
    return "\n".join(["```{toctree}", ":hidden:", ":maxdepth: 1", "", *pages, "```"])
