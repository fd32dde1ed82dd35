"""
The pages that link to the others: front page, areas, sources and the interactive map.
"""

from __future__ import annotations

from collections.abc import Iterable

import twincities as tc
from twincities.display.ties import country_of
from twincities.display.values import people_in
from twincities.publish import sections as s
from twincities.publish.maps import map_figure
from twincities.publish.markup import attribute, element, grid, items, text

from .sheet import Sheet
from .words import word

__all__ = ["areas", "hub", "index", "interactive", "sources"]


def hub(ds: tc.Dataset) -> tc.City:
    """
    The city with a complete list of partners.
    """
    return ds.cities[ds.complete_for[0]]


def index(ds: tc.Dataset, lang: str) -> str:
    """
    The front page: all cities and networks, and a map.
    """
    page = Sheet(ds, lang, word("catalogue", lang), "index")
    page.add(f"<p>{page.word('about')}</p>")
    headings = map(page.word, ("city", "country", "inhabitants", "areas"))
    page.section("cities", grid(page.word("cities"), headings, (_row(page, city) for city in ds.cities.values())))
    page.add(map_figure(page, hub(ds), s.alphabetical(ds.partners(hub(ds), direct=True), lang)))
    page.add(element("p", element("a", page.word("the map"), href="map.html")))
    page.section("networks", items(map(page.label, ds.networks.values())))
    page.section("areas of cooperation", f"<p>{page.labels(_broadest(ds))}</p>")
    cities = [f"cities/{id}" for id in ds.cities]
    networks = [f"networks/{id}" for id in ds.networks]
    return page.markdown("map", "areas/index", *cities, *networks, "sources")


def _row(page: Sheet, city: tc.City) -> tuple[str, str, str, str]:
    ds, lang = page.whole, page.lang
    areas = list(dict.fromkeys(area for tie in ds.partners(city, direct=True) for area in tie.areas))
    return (
        page.label(city),
        text(country_of(city, lang)),
        text(people_in(city.populations[0], lang)) if city.populations else "",
        page.labels(areas[:4]) + (" …" if len(areas) > 4 else ""),
    )


def _broadest(ds: tc.Dataset) -> list[tc.CooperationArea]:
    return [area for area in ds.areas.values() if not area.broader]


def areas(ds: tc.Dataset, lang: str) -> str:
    """
    All areas as a tree, with the number of partnerships in each.
    """
    page = Sheet(ds, lang, word("areas of cooperation", lang), "areas/index")
    page.add(f"<p>{page.word('areas about')}</p>")
    page.add(_branches(page, _broadest(ds)))
    return page.markdown()


def _branches(page: Sheet, areas: Iterable[tc.CooperationArea]) -> str:
    ds = page.whole
    found = []
    for area in sorted(areas, key=lambda area: area.label(page.lang)):
        count = len(ds.ties(area=area.id))
        narrower = [each for each in ds.areas.values() if area.id in each.broader]
        found.append(f"{page.label(area)}{f' {count}' if count else ''}{_branches(page, narrower)}")
    return items(found)


def sources(ds: tc.Dataset, lang: str) -> str:
    """
    All sources.
    """
    page = Sheet(ds, lang, word("all sources", lang), "sources")
    page.add(f"<p>{page.word('sources about')}</p>")
    page.cite_sources(ds.sources)
    return page.markdown()


def interactive(ds: tc.Dataset, lang: str) -> str:
    """
    The page with the interactive map.
    """
    page = Sheet(ds, lang, word("the map", lang), "map")
    page.add(f"<p>{page.word('all of the map')}</p>")
    title = attribute(word("map of all", lang).format(hub(ds).label(lang)))
    page.add(f'<iframe class="map" src="../../_static/map-{lang}.html" title="{title}"></iframe>')
    page.add(element("p", element("a", page.word("in words"), href="index.html")))
    return page.markdown()
