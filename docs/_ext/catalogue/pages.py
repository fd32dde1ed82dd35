"""
The pages of cities, networks and areas.
"""

from __future__ import annotations

from collections.abc import Iterator

import twincities as tc
from twincities.display.ties import country_of
from twincities.display.values import people_in, text_of
from twincities.publish import sections as s
from twincities.publish.maps import map_figure
from twincities.publish.markup import element, grid, items, text

from .sheet import Sheet

__all__ = ["area", "city", "network"]


def city(ds: tc.Dataset, here: tc.City, lang: str) -> str:
    """
    The page of a city: facts, map, partnerships and networks.
    """
    names = [here.name, *here.names.values(), *here.alt_names]
    page = Sheet(ds, lang, here.label(lang), f"cities/{here.id}", names)
    page.add(s.summary(page, here))
    page.section("facts", s.facts(page, _facts(page, here)))
    page.section("links", items(s.reading(page, each, here.label(lang)) for each in here.links))
    page.section("milestones", items(s.milestone(page, each) for each in here.milestones))
    ties = s.alphabetical(ds.partners(here, direct=True), lang)
    page.section("ties", s.table(page, ties) if ties else f"<p>{page.word('no ties')}</p>")
    page.add(map_figure(page, here, ties) if ties else "")
    # A city with a complete list has too many partners: their pages have the details.
    for tie in ties:
        if here.id not in ds.complete_for or tie.partner.id in ds.complete_for:
            page.add(s.partner(page, tie))
    page.section("networks", items(page.label(each) for each in ds.networks.values() if here.id in each.members))
    return page.markdown()


def _facts(page: Sheet, here: tc.City) -> Iterator[tuple[str, str]]:
    """
    The known facts about a city.
    """
    lang = page.lang
    yield "names", "; ".join(_name(page, here, tag, name) for tag, name in here.names.items())
    if here.alt_names:
        yield "other names", text(", ".join(here.alt_names)) + page.cite(here, "alt_names")
    if here.kind:
        yield "kind", text(text_of(here.kind, lang)) + page.cite(here, "kind")
    if here.country_code:
        yield "country", text(country_of(here, lang)) + page.cite(here, "country_code")
    if here.subdivision_codes:
        yield "subdivision_codes", text(", ".join(here.subdivision_codes)) + page.cite(here, "subdivision_codes")
    if here.populations:
        yield "inhabitants", "; ".join(_people(page, each) for each in here.populations)
    if here.coordinates:
        yield "coordinates", _coordinates(here.coordinates, lang) + page.cite(here, "coordinates")
    if ids := s.identifiers(page, here):
        yield "ids", ids
    if here.alt_ids:
        yield "alt_ids", text(", ".join(here.alt_ids))
    for field in ("part_of", "succeeded_by"):
        if ids := getattr(here, field):
            yield field, page.labels(page.whole.cities[id] for id in ids) + page.cite(here, field)


def _name(page: Sheet, record: tc.City | tc.CooperationNetwork, tag: str, name: str) -> str:
    language = text(tc.language_name(tag, page.lang))
    return f"{element('span', text(name), lang=tag)} ({language}){page.cite(record, f'names.{tag}')}"


def _people(page: Sheet, people: tc.Population) -> str:
    year = "" if people.as_of else f" ({page.word('year not known')})"
    return text(people_in(people, page.lang)) + year + page.cite(people)


def _coordinates(place: tc.Coordinates, lang: str) -> str:
    """
    >>> _coordinates(tc.Coordinates(latitude=62.8925, longitude=-27.5), "fi")
    '62,8925° N, 27,5000° W'
    """
    both = ((place.latitude, "NS"), (place.longitude, "EW"))
    found = (f"{abs(degrees):.4f}° {ways[degrees < 0]}" for degrees, ways in both)
    return ", ".join(each if lang == "en" else each.replace(".", ",") for each in found)


def network(ds: tc.Dataset, here: tc.CooperationNetwork, lang: str) -> str:
    """
    The page of a network: members, activities and agreements.
    """
    page = Sheet(ds, lang, here.label(lang), f"networks/{here.id}", here.names.values())
    page.add(s.summary(page, here))
    names = "; ".join(_name(page, here, tag, name) for tag, name in here.names.items())
    page.section("facts", s.facts(page, [("names", names), *s.network_facts(page, here)]))
    page.add(s.details(page, here, here.label(lang), 2))
    return page.markdown()


def area(ds: tc.Dataset, here: tc.CooperationArea, lang: str) -> str:
    """
    The page of an area: labels, broader and narrower areas, and the cooperation in it.
    """
    labels = [*here.pref_label.values(), *(label for labels in here.alt_labels.values() for label in labels)]
    title = here.label(lang)
    page = Sheet(ds, lang, title[:1].upper() + title[1:], f"areas/{here.id}", labels, listed=False)
    if definition := here.definition.get(lang):
        page.add(element("p", text(definition) + page.cite(here, "definition")))
    narrower = [each for each in ds.areas.values() if here.id in each.broader]
    facts = [
        ("broader", page.labels(ds.areas[id] for id in here.broader)),
        ("narrower", page.labels(narrower)),
        ("same as", ", ".join(page.link(text(url), url) for url in here.exact_match)),
        ("all areas", element("a", page.word("areas of cooperation"), href="index.html")),
    ]
    page.add(s.facts(page, [(key, value) for key, value in facts if value]))
    page.section(
        "names", grid(page.word("names"), map(page.word, ("language", "label", "also called")), _labels(here, lang))
    )
    page.section("ties", items(_owner(page, tie.partnership) for tie in ds.ties(area=here.id)))
    within = {*ds._index.vocabulary.narrower(here.id)}
    activities = [
        f"{_owner(page, record)}: {s.activity(page, each)}"
        for record in (*ds.partnerships.values(), *ds.networks.values())
        for each in record.activities
        if not within.isdisjoint(each.areas)
    ]
    page.section("activities", items(activities) or f"<p>{page.word('no activities')}</p>")
    return page.markdown()


def _labels(here: tc.CooperationArea, lang: str) -> Iterator[tuple[str, str, str]]:
    for tag in dict.fromkeys((*here.pref_label, *here.alt_labels)):
        label = element("span", text(here.pref_label.get(tag, "")), lang=tag)
        others = element("span", text(", ".join(here.alt_labels.get(tag, ()))), lang=tag)
        yield text(tc.language_name(tag, lang)), label, others


def _owner(page: Sheet, record: tc.Partnership | tc.CooperationNetwork) -> str:
    """
    The label of a network, or of the two cities of a partnership.
    """
    if isinstance(record, tc.CooperationNetwork):
        return page.label(record)
    return " – ".join(page.label(page.whole.cities[id]) for id in record.cities)
