"""
The pages of cities, networks and areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import twincities as tc
from twincities.display import number_in, people_in

from .markdown import Page, link, linked, plain, tongue

__all__ = ["area", "city", "network"]


# -- a city ----------------------------------------------------------------------------------------


def city(ds: tc.Dataset, here: tc.City, lang: str) -> str:
    """
    The page of a city: its facts, its map, its partnerships and networks.
    """
    names = [here.name, *here.names.values(), *here.alt_names]
    page = Page(ds, lang, here.label(lang), names)
    page.in_other_languages(f"cities/{here.id}.md", "../../")
    ties = ds.partners(here)
    if here.summary:
        page.add(plain(here.summary.get(lang, here.summary["en"])) + page.cite(here, "summary"))
    if ties:
        partners = ", ".join(tie.partner.label(lang) for tie in ties)
        target = "../map.md" if here.id in ds.complete_for else ""
        alt = page.word("map of").format(here.label(lang), partners)
        page.figure(f"../../pictures/{here.id}-{lang}.svg", alt, target)
    page.heading("facts")
    page.table(("fact", "value"), _facts(page, here))
    page.titled_items("links", (_reading(page, item) for item in here.links), 2)
    page.titled_items("milestones", (_milestone(page, item) for item in here.milestones), 2)
    page.heading("ties")
    if not ties:
        page.add(page.word("no ties"))
    # A city whose partners are all listed has very many: each is told on the partner's page.
    told = [tie for tie in ties if here.id not in ds.complete_for or tie.partner.id in ds.complete_for]
    page.table(("partner", "country", "since", "status"), (_row(page, tie) for tie in ties if tie not in told))
    for tie in told:
        _tie(page, tie)
    member = (each for each in ds.networks.values() if here.id in each.members)
    page.titled_items("networks", (link(each.label(lang), f"../networks/{each.id}.md") for each in member), 2)
    return page.text()


def _facts(page: Page, here: tc.City) -> Iterator[tuple[str, str]]:
    """
    A row for each fact that is known.
    """
    lang = page.lang

    def row(field: str, value: str, cited: str | None = None) -> tuple[str, str]:
        return page.word(field.partition(".")[0]), value + (page.cite(here, field) if cited is None else cited)

    for tag, name in here.names.items():
        yield f"{page.word('name')}, {tc.language_name(tag, lang)}", tongue(name, tag) + page.cite(here, f"names.{tag}")
    if here.alt_names:
        yield page.word("other names"), ", ".join(map(plain, here.alt_names)) + page.cite(here, "alt_names")
    if here.kind:
        yield row("kind", plain(tc.word_label(here.kind, lang)))
    if here.country_code:
        yield page.word("country"), plain(tc.country_name(here.country_code, lang)) + page.cite(here, "country_code")
    if here.subdivision_codes:
        yield row("subdivision_codes", plain(", ".join(here.subdivision_codes)))
    for size in here.populations:
        yield row("population", plain(people_in(size, lang)), page.cite(size))
    if here.coordinates:
        yield row("coordinates", f"{here.coordinates.latitude:.4f}°, {here.coordinates.longitude:.4f}°")
    if here.wikidata_id:
        yield row("wikidata_id", link(here.wikidata_id, f"https://www.wikidata.org/wiki/{here.wikidata_id}"))
    if here.geonames_id:
        yield row("geonames_id", link(here.geonames_id, f"https://www.geonames.org/{here.geonames_id}/"))
    if here.alt_ids:
        yield row("alt_ids", plain(", ".join(here.alt_ids)))
    for field in ("part_of", "succeeded_by"):
        if ids := getattr(here, field):
            others = (link(page.ds.cities[id].label(lang), f"{id}.md") for id in ids)
            yield page.word(field), ", ".join(others) + page.cite(here, field)


def _row(page: Page, tie: tc.Tie) -> tuple[str, str, str, str]:
    """
    A partner in a table, with what is said of the tie.
    """
    lang, partner = page.lang, tie.partner
    return (
        link(partner.label(lang), f"{partner.id}.md"),
        plain(tc.country_name(partner.country_code, lang)) if partner.country_code else "",
        page.stated(tie.partnership, "since"),
        plain(tc.word_label(tie.status, lang)) + page.cite(tie.partnership, "status") if tie.status else "",
    )


def _tie(page: Page, tie: tc.Tie) -> None:
    """
    A partnership in full.
    """
    lang, record, partner = page.lang, tie.partnership, tie.partner
    page.add(f"### {plain(tie.city.label(lang))} – {plain(partner.label(lang))}")
    if record.summary:
        page.add(plain(record.summary.get(lang, record.summary["en"])) + page.cite(record, "summary"))
    page.items(f"{page.word(key)}: {value}" for key, value in _tie_facts(page, tie))
    _doings(page, record, 4)


def _tie_facts(page: Page, tie: tc.Tie) -> Iterator[tuple[str, str]]:
    lang, record = page.lang, tie.partnership
    yield "partner", link(tie.partner.label(lang), f"{tie.partner.id}.md")
    for field in ("kind", "status", "since", "until"):
        if stated := page.stated(record, field):
            yield field, stated
    if record.status_since:
        yield "status_since", page.stated(record, "status_since")
    if record.continues:
        pair = (ds_city.label(lang) for ds_city in map(page.ds.cities.__getitem__, record.continues))
        yield "continues", plain(" – ".join(pair))
    if tie.distance_km is not None:
        yield "distance", f"{number_in(tie.distance_km, lang)}\N{NO-BREAK SPACE}km"
    if tie.areas:
        yield "areas", _areas(tie.areas, lang, "../areas/")
    if record.asserted_by:
        yield "asserted_by", ", ".join(plain(page.ds.cities[id].label(lang)) for id in record.asserted_by)


# -- what partnerships and networks have -----------------------------------------------------------


def _doings(page: Page, record: tc.Partnership | tc.CooperationNetwork, level: int) -> None:
    """
    Activities, agreements, milestones, links and contacts.
    """
    page.titled_items("activities", (_activity(page, item) for item in record.activities), level)
    page.titled_items("agreements", (_agreement(page, item) for item in record.agreements), level)
    page.titled_items("milestones", (_milestone(page, item) for item in record.milestones), level)
    page.titled_items("links", (_reading(page, item) for item in record.links), level)
    page.titled_items("contacts", (_contact(page, item) for item in record.contacts), level)


def _activity(page: Page, item: tc.Activity, besides: str = "") -> str:
    """
    An activity: what is done, in which areas *besides* the one that the page is about, by whom, and when.
    """
    lang = page.lang
    said = plain(item.summary.get(lang) or item.summary.get("en", ""))
    areas = _areas((page.ds.areas[id] for id in item.areas if id != besides), lang, "../areas/")
    bodies = [plain(body.names.get(lang) or next(iter(body.names.values()), "")) for body in item.organisations]
    stage = plain(tc.word_label(item.stage, lang)) if item.stage else ""
    aside = "; ".join(filter(None, (areas, ", ".join(filter(None, bodies)), stage, page.date(item.period))))
    return f"{said}{f' ({aside})' if aside else ''}{page.cite(item)}".strip()


def _agreement(page: Page, item: tc.Agreement) -> str:
    lang = page.lang
    name = item.names.get(lang) or item.names.get("en")
    kind = plain(tc.word_label(item.kind, lang)) if item.kind else ""
    dates = (page.date(item.signed), page.date(item.period))
    return ", ".join(filter(None, (linked(name, item.url), kind, *dates))) + page.cite(item)


def _milestone(page: Page, item: tc.Milestone) -> str:
    lang = page.lang
    said = plain(item.summary.get(lang) or item.summary.get("en", ""))
    kind = plain(tc.word_label(item.kind, lang)) if item.kind else ""
    stage = plain(tc.word_label(item.stage, lang)) if item.stage == tc.Stage.PLANNED else ""
    aside = ", ".join(filter(None, (kind if said else "", stage)))
    return (
        ": ".join(filter(None, (page.date(item.date), said or kind)))
        + (f" ({aside})" if aside else "")
        + page.cite(item)
    )


def _reading(page: Page, item: tc.Link) -> str:
    return linked(item.title, item.url) + page.cite(item)


def _contact(page: Page, item: tc.Contact) -> str:
    office = plain(page.ds.cities[item.city].label(page.lang)) if item.city else ""
    role = item.role.get(page.lang) or next(iter(item.role.values()), None)
    return ": ".join(filter(None, (office, linked(role, item.url)))) + page.cite(item)


def _areas(areas: Iterable[tc.CooperationArea], lang: str, folder: str) -> str:
    return ", ".join(link(each.label(lang), f"{folder}{each.id}.md") for each in areas)


# -- a network -------------------------------------------------------------------------------------


def network(ds: tc.Dataset, here: tc.CooperationNetwork, lang: str) -> str:
    """
    The page of a network: its members and what they agreed.
    """
    page = Page(ds, lang, here.label(lang), here.names.values())
    page.in_other_languages(f"networks/{here.id}.md", "../../")
    if here.summary:
        page.add(plain(here.summary.get(lang, here.summary["en"])) + page.cite(here, "summary"))
    page.heading("facts")
    rows = [
        (f"{page.word('name')}, {tc.language_name(tag, lang)}", tongue(name, tag) + page.cite(here, f"names.{tag}"))
        for tag, name in here.names.items()
    ]
    told = {field: page.stated(here, field) for field in ("kind", "status", "since", "until")}
    rows += [(page.word(field), stated) for field, stated in told.items() if stated]
    page.table(("fact", "value"), rows)
    members = (link(ds.cities[id].label(lang), f"../cities/{id}.md") for id in here.members)
    page.titled_items("members", members, 2)
    _doings(page, here, 2)
    return page.text()


# -- an area ---------------------------------------------------------------------------------------


def area(ds: tc.Dataset, here: tc.CooperationArea, lang: str) -> str:
    """
    The page of an area: its labels, its place among the areas, and the cooperation in it.
    """
    labels = [*here.pref_label.values(), *(label for labels in here.alt_labels.values() for label in labels)]
    title = here.label(lang)
    page = Page(ds, lang, title[:1].upper() + title[1:], labels, listed=False)
    page.in_other_languages(f"areas/{here.id}.md", "../../", link(page.word("areas of cooperation"), "index.md"))
    if definition := here.definition.get(lang):
        page.add(plain(definition) + page.cite(here, "definition"))
    page.table(("language", "label", "also called"), _labels(here, lang))
    narrower = [each for each in ds.areas.values() if here.id in each.broader]
    places = [("broader", [ds.areas[id] for id in here.broader]), ("narrower", narrower)]
    page.items(f"{page.word(key)}: {_areas(areas, lang, '')}" for key, areas in places if areas)
    page.items(f"{page.word('same as')}: {linked(None, url)}" for url in here.exact_match)
    ties = [_whose(page, tie.partnership) for tie in ds.ties(area=here.id)]
    below = _below(ds, here.id)
    activities = [*_in_area(page, ds.partnerships, below, here.id), *_in_area(page, ds.networks, below, here.id)]
    page.titled_items("ties", ties, 2)
    page.titled_items("activities", activities, 2)
    if not activities:
        page.add(page.word("no activities"))
    return page.text()


def _labels(here: tc.CooperationArea, lang: str) -> Iterator[tuple[str, str, str]]:
    for tag in dict.fromkeys((*here.pref_label, *here.alt_labels)):
        others = ", ".join(tongue(label, tag) for label in here.alt_labels.get(tag, ()))
        yield tc.language_name(tag, lang), tongue(here.pref_label.get(tag, ""), tag), others


def _below(ds: tc.Dataset, area: str) -> set[str]:
    """
    The area and all that are narrower.
    """
    found = {area}
    while more := {each.id for each in ds.areas.values() if not found.isdisjoint(each.broader)} - found:
        found |= more
    return found


def _in_area(
    page: Page, records: Mapping[Any, tc.Partnership | tc.CooperationNetwork], areas: set[str], here: str
) -> Iterator[str]:
    """
    The activities of some records in some areas: whose it is, and what is done.
    """
    for record in records.values():
        for item in record.activities:
            if not areas.isdisjoint(item.areas):
                yield f"{_whose(page, record)}: {_activity(page, item, here)}"


def _whose(page: Page, record: tc.Partnership | tc.CooperationNetwork) -> str:
    if isinstance(record, tc.CooperationNetwork):
        return link(record.label(page.lang), f"../networks/{record.id}.md")
    cities = [page.ds.cities[id] for id in record.cities]
    return " – ".join(link(each.label(page.lang), f"../cities/{each.id}.md") for each in cities)
