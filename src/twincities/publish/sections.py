"""
The sections of a city's page: each is HTML, empty where the data has nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..display.ties import agreement_text, between, country_of
from ..display.values import number_in, people_in, since_in, sort_key, text_of
from ..display.words import status_in, word
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity, Contact, Link, Milestone
from ..model.vocabulary import PartnershipKind, Stage, word_label
from ..query.jubilees import anniversaries_of, expiries_of
from ..query.ties import Tie
from .markup import Page, element, items, text

__all__ = ["alphabetical", "contacts", "dates", "for_schools", "networks", "own_name", "partner", "table"]

# The language that a country's places have names in, where there is one; enough for a name beside that of the page.
_TONGUES = dict(
    pair.split(":")
    for pair in [
        "AL:sq",
        "AT:de",
        "BG:bg",
        "BR:pt",
        "CN:zh",
        "CZ:cs",
        "DE:de",
        "DK:da",
        "EE:et",
        "ES:es",
        "FR:fr",
        "GR:el",
        "HR:hr",
        "HU:hu",
        "IL:he",
        "IS:is",
        "IT:it",
        "JP:ja",
        "KR:ko",
        "LT:lt",
        "LV:lv",
        "MX:es",
        "NL:nl",
        "NO:nb",
        "PL:pl",
        "PT:pt",
        "RO:ro",
        "RS:sr",
        "RU:ru",
        "SE:sv",
        "SI:sl",
        "SK:sk",
        "TR:tr",
        "TW:zh",
        "UA:uk",
    ]
)


def alphabetical(ties: Iterable[Tie], lang: str) -> list[Tie]:
    """
    The ties in the alphabet of a language, by their partners' names.
    """
    return sorted(ties, key=lambda tie: (sort_key(tie.partner.label(lang), lang), tie.partner.id))


def own_name(city: City, lang: str) -> tuple[str, str] | None:
    """
    The name of a place in the language of its country, with its tag, where it is another than that of the page.
    """
    tag = _TONGUES.get(city.country_code or "", "")
    name = city.names.get(tag)
    return (name, tag) if name is not None and name != city.label(lang) else None


def _named(city: City, lang: str) -> str:
    own = own_name(city, lang)
    return text(city.label(lang)) + (f" ({element('span', text(own[0]), lang=own[1])})" if own else "")


def table(page: Page, ties: Sequence[Tie]) -> str:
    """
    All partners at a glance: a row each, with links to what is known of them.
    """
    mixed = any(tie.kind not in (None, PartnershipKind.TWINNING) for tie in ties)
    keys = ("city", "country", *(("kind of tie",) if mixed else ()), "since", "status", "areas of cooperation")
    head = "".join(f'<th scope="col">{page.word(key)}</th>' for key in keys)
    unknown = page.word("not known")
    rows = []
    for tie in ties:
        areas = ", ".join(area.label(page.lang) for area in tie.areas)
        cells = (
            text(country_of(tie.partner, page.lang)) or unknown,
            *((text(text_of(tie.kind, page.lang)) or unknown,) if mixed else ()),
            f" {page.word('or')} ".join(page.date(stated.value) for stated in tie.partnership.stated("since"))
            or unknown,
            text(status_in(tie.status, page.lang)),
            text(areas) or unknown,
        )
        name = element("a", text(tie.partner.label(page.lang)), href=f"#city-{tie.partner.id}")
        rows.append(f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    title = page.word("at a glance")
    return (
        f'<div class="scroll" role="region" aria-label="{title}" tabindex="0"><table>'
        f'<caption class="hidden">{title}</caption><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


# -- a partner -------------------------------------------------------------------------------------


def partner(page: Page, tie: Tie) -> str:
    """
    The block of a partner: its name, and what is known of it and of the tie.
    """
    lang, record, city = page.lang, tie.partnership, tie.partner
    summary = _paragraph(page, record) + _paragraph(page, city)
    facts = "".join(f"<div><dt>{page.word(key)}</dt><dd>{value}</dd></div>" for key, value in _facts(page, tie))
    return (
        f'<section class="partner" id="city-{text(city.id)}">'
        f"<h3>{_named(city, lang)}</h3>"
        f"{summary}<dl>{facts}</dl>{_doings(page, record, city.label(lang))}</section>"
    )


def _paragraph(page: Page, record: City | Partnership | CooperationNetwork) -> str:
    said = page.said(record.summary)
    return element("p", said + page.cite(record, "summary")) if said else ""


def _facts(page: Page, tie: Tie) -> Iterator[tuple[str, str]]:
    """
    Headings and values of what is known; status and start also where they aren't.
    """
    lang, record, city = page.lang, tie.partnership, tie.partner
    if city.country_code:
        yield "country", text(country_of(city, lang)) + page.cite(city, "country_code")
    for field, key in (("kind", "kind of tie"), ("status", "status"), ("since", "since"), ("until", "until")):
        said = _stated(page, record, field)
        if field == "status" and record.status_since:
            said += f", {text(since_in(record.status_since, lang))}"
        if said:
            yield key, said
        elif field in ("status", "since"):
            yield key, page.word("not said" if field == "status" else "not known")
    if tie.areas:
        areas = text(", ".join(area.label(lang) for area in tie.areas))
        yield "areas of cooperation", areas + page.cite_sources(id for each in tie.activities for id in each.sources)
    if tie.networks:
        links = (element("a", text(each.label(lang)), href=f"#network-{each.id}") for each in tie.networks)
        yield "networks", ", ".join(links)
    if city.populations:
        yield "inhabitants", text(people_in(city.populations[0], lang)) + page.cite(city.populations[0])
    if tie.distance_km is not None:
        yield "distance", f"{text(number_in(tie.distance_km, lang))}\N{NO-BREAK SPACE}km"
    if city.wikidata_id or city.geonames_id:
        ids = (
            page.link(f"{title} {text(id)}", f"{address}{id}")
            for title, id, address in (
                ("Wikidata", city.wikidata_id, "https://www.wikidata.org/wiki/"),
                ("GeoNames", city.geonames_id, "https://www.geonames.org/"),
            )
            if id
        )
        yield "ids", ", ".join(ids)
    if city.links:
        yield "links", ", ".join(_reading(page, link, city.label(lang)) for link in city.links)


def _stated(page: Page, record: Partnership, field: str) -> str:
    """
    Every value that is stated of a field with who states it, that of the record first; empty where none is.
    """
    said = []
    for number, stated in enumerate(record.stated(field)):
        value = (
            page.date(stated.value) if isinstance(stated.value, EdtfDate) else text(text_of(stated.value, page.lang))
        )
        own = number == 0 and getattr(record, field) is not None
        said.append((value if own else page.word("another source").format(value)) + page.cite_sources(stated.sources))
    return "; ".join(said)


# -- what partnerships and networks have -----------------------------------------------------------


def _doings(page: Page, record: Partnership | CooperationNetwork, name: str) -> str:
    """
    Activities, agreements, milestones and links of the partner or network *name*, each under its heading.
    """
    lang = page.lang
    groups = {
        "activities": [_activity(page, item) for item in record.activities if item.summary or item.organisations],
        "agreements": [
            page.link(text(agreement_text(item, lang)), item.url) + page.cite(item) for item in record.agreements
        ],
        "milestones": [_milestone(page, item) for item in record.milestones],
        "links": [_reading(page, item, name) for item in record.links],
    }
    return "".join(
        f"<h4>{page.word(key)}</h4>{items(filter(None, found))}" for key, found in groups.items() if any(found)
    )


def _activity(page: Page, item: Activity) -> str:
    lang = page.lang
    said = page.said(item.summary)
    areas = ", ".join(page.whole.areas[id].label(lang) for id in item.areas)
    bodies = ", ".join(filter(None, (text_in(body.names, lang) for body in item.organisations)))
    stage = word_label(item.stage, lang) if item.stage in (Stage.PLANNED, Stage.PAST) else ""
    aside = text("; ".join(filter(None, (areas if said else "", bodies, stage, text_of(item.period, lang)))))
    return _aside(said or text(areas), aside) + page.cite(item)


def _milestone(page: Page, item: Milestone) -> str:
    lang = page.lang
    kind = text(word_label(item.kind, lang)) if item.kind else ""
    said = page.said(item.summary)
    planned = text(word_label(item.stage, lang)) if item.stage is Stage.PLANNED else ""
    aside = ", ".join(filter(None, (kind if said else "", planned)))
    when = page.date(item.date) if isinstance(item.date, EdtfDate) else text(text_of(item.date, lang))
    return ": ".join(filter(None, (when, _aside(said or kind, aside)))) + page.cite(item)


def _aside(said: str, aside: str) -> str:
    """
    A sentence, and in brackets before its end what else is known.
    """
    return f"{said.removesuffix('.')} ({aside})" if aside else said


def _reading(page: Page, item: Link, about: str) -> str:
    named = f"{text(about)}: {element('span', text(item.title or item.url), lang=item.language)}"
    return page.link(named, item.url) + page.cite(item)


# -- the other sections ----------------------------------------------------------------------------


def networks(page: Page, found: Sequence[CooperationNetwork]) -> str:
    """
    The networks of the city, with members, summary and what they do.
    """
    blocks = []
    for network in found:
        lang = page.lang
        summary = _paragraph(page, network)
        members = ", ".join(page.whole.cities[id].label(lang) for id in network.members)
        facts = f"<div><dt>{page.word('members')}</dt><dd>{text(members)}{page.cite(network, 'members')}</dd></div>"
        if network.since:
            since = page.date(network.since) + page.cite(network, "since")
            facts += f"<div><dt>{page.word('since')}</dt><dd>{since}</dd></div>"
        blocks.append(
            f'<section class="partner" id="network-{text(network.id)}"><h3>{text(network.label(lang))}</h3>'
            f"{summary}<dl>{facts}</dl>"
            f"{_doings(page, network, network.label(lang))}</section>"
        )
    return "".join(blocks)


def dates(page: Page, city: City, years: Iterable[int]) -> str:
    """
    The anniversaries of some years, and the agreements that end in them.
    """
    lang, found = page.lang, []
    years = sorted(years)
    for year in years:
        for jubilee in anniversaries_of(page.whole, year, 5, city.id):
            said = word("anniversary of", lang).format(
                jubilee.years, _of(jubilee.record, jubilee.cities, city, lang), year
            )
            found.append((year, text(said) + page.cite(jubilee.record, "since")))
    for expiry in expiries_of(page.whole, None, None, city.id):
        if years and expiry.ends.latest is not None and expiry.ends.latest.year in years:
            name = agreement_text(expiry.agreement, lang)
            said = word("ends in", lang).format(
                name, _of(expiry.record, expiry.cities, city, lang), text_of(expiry.ends, lang)
            )
            found.append((expiry.ends.latest.year, text(said) + page.cite(expiry.agreement)))
    return items(said for _, said in sorted(found, key=lambda pair: pair[0]))


def _of(record: Partnership | CooperationNetwork, cities: Sequence[City], city: City, lang: str) -> str:
    """
    The name of a network, or of the partner in a partnership of *city*.
    """
    if isinstance(record, CooperationNetwork):
        return record.label(lang)
    return between((each for each in cities if each.id != city.id), lang)


_FOR_SCHOOLS = ("education", "youth", "civil-society")


def for_schools(page: Page, ties: Sequence[Tie]) -> str:
    """
    The partners with cooperation in education, youth work and civil society, by area.
    """
    areas = page.whole.areas
    found = []
    for top in filter(areas.__contains__, _FOR_SCHOOLS):
        below = _below(page, top)
        here = [tie.partner for tie in ties if not below.isdisjoint(tie.area_ids)]
        links = ", ".join(element("a", text(city.label(page.lang)), href=f"#city-{city.id}") for city in here)
        if links:
            label = areas[top].label(page.lang)
            found.append(f"{text(label[:1].upper() + label[1:])}: {links}")
    return items(found)


def _below(page: Page, area: str) -> set[str]:
    found = {area}
    while more := {each.id for each in page.whole.areas.values() if not found.isdisjoint(each.broader)} - found:
        found |= more
    return found


def contacts(page: Page, city: City, records: Iterable[Partnership | CooperationNetwork]) -> str:
    """
    The offices of the city that look after its partners: roles and addresses, each once.
    """
    every = [*city.contacts, *(each for record in records for each in record.contacts if each.city == city.id)]
    return items(dict.fromkeys(page.link(_role(page, each), each.url) + page.cite(each) for each in every))


def _role(page: Page, contact: Contact) -> str:
    role: Mapping[str, str] | str | None = contact.role
    return page.said(role) if isinstance(role, Mapping) else text(role or contact.url or "")
