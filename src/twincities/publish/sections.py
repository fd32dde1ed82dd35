"""
The parts of a page about cities and their ties: each is HTML, and empty if the data has nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..display.ties import agreement_text, between, country_of, named
from ..display.values import distinct, number_in, people_in, since_in, sort_key, text_of
from ..display.words import status_in, word
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.languages import text_in
from ..model.partnership import Partnership
from ..model.parts import Activity, Link, Milestone
from ..model.vocabulary import PartnershipKind, Stage, word_label
from ..query.jubilees import anniversaries_of, expiries_of
from ..query.ties import Tie
from .markup import Page, element, grid, items, text

Record = Partnership | CooperationNetwork

# A language of each country in which its places have names, to show next to the name in the page's language.
_TONGUES = {
    "AL": "sq", "AT": "de", "BG": "bg", "BR": "pt", "CN": "zh", "CZ": "cs", "DE": "de", "DK": "da", "EE": "et",
    "ES": "es", "FR": "fr", "GR": "el", "HR": "hr", "HU": "hu", "IL": "he", "IS": "is", "IT": "it", "JP": "ja",
    "KR": "ko", "LT": "lt", "LV": "lv", "MX": "es", "NL": "nl", "NO": "nb", "PL": "pl", "PT": "pt", "RO": "ro",
    "RS": "sr", "RU": "ru", "SE": "sv", "SI": "sl", "SK": "sk", "TR": "tr", "TW": "zh", "UA": "uk",
}  # fmt: skip


def alphabetical(ties: Iterable[Tie], lang: str) -> list[Tie]:
    """
    The ties in the alphabetical order of their partners' names in a language.
    """
    return sorted(ties, key=lambda tie: (sort_key(tie.partner.label(lang), lang), tie.partner.id))


def own_name(city: City, lang: str) -> tuple[str, str] | None:
    """
    The name of a city in the language of its country, and that language's tag; `None` if the page's language has the same.
    """
    tag = _TONGUES.get(city.country_code or "", "")
    name = city.names.get(tag)
    return (name, tag) if name is not None and name != city.label(lang) else None


def summary(page: Page, record: City | Record) -> str:
    """
    The summary of a record as a paragraph.
    """
    words = page.in_language(record.summary)
    return element("p", words + page.cite(record, "summary")) if words else ""


def facts(page: Page, pairs: Iterable[tuple[str, str]]) -> str:
    """
    A list of facts, given by the key of each heading and the HTML of its value.
    """
    rows = "".join(f"<div><dt>{page.word(key)}</dt><dd>{value}</dd></div>" for key, value in pairs)
    return f"<dl>{rows}</dl>" if rows else ""


def known_ids(city: City) -> list[tuple[str, str]]:
    """
    The ids of a city in Wikidata and GeoNames, each with its address.
    """
    known = (
        ("Wikidata", city.wikidata_id, "https://www.wikidata.org/wiki/"),
        ("GeoNames", city.geonames_id, "https://www.geonames.org/"),
    )
    return [(f"{title} {id}", f"{address}{id}") for title, id, address in known if id]


def identifiers(page: Page, city: City) -> str:
    """
    Links to a city in Wikidata and GeoNames.
    """
    return ", ".join(page.link(text(id), address) for id, address in known_ids(city))


def stated(page: Page, record: Record, field: str) -> str:
    """
    Every value that sources state of a field, the record's own first; empty if there is none.
    """
    values = []
    for number, each in enumerate(record.stated(field)):
        value = page.date(each.value) if isinstance(each.value, EdtfDate) else text(text_of(each.value, page.lang))
        own = number == 0 and getattr(record, field) is not None
        values.append((value if own else page.word("another source").format(value)) + page.cite_sources(each.sources))
    return "; ".join(values)


def table(page: Page, ties: Sequence[Tie]) -> str:
    """
    All partners at a glance: a row for each, linked to what is known of it.
    """
    mixed = any(tie.kind not in (None, PartnershipKind.TWINNING) for tie in ties)
    keys = ("city", "country", *(("kind of tie",) if mixed else ()), "since", "status", "areas of cooperation")
    unknown, between_dates = page.word("not known"), f" {page.word('or')} "
    rows = []
    for tie in ties:
        cells = (
            text(country_of(tie.partner, page.lang)) or unknown,
            *((text(text_of(tie.kind, page.lang)) or unknown,) if mixed else ()),
            between_dates.join(map(page.date, distinct(tie.partnership, "since"))) or unknown,
            text(status_in(tie.status, page.lang)),
            page.labels(tie.areas) or unknown,
        )
        rows.append((page.label(tie.partner), *cells))
    return grid(word("at a glance", page.lang), map(page.word, keys), rows)


# -- partners and networks -------------------------------------------------------------------------


def partner(page: Page, tie: Tie) -> str:
    """
    The block of a partner: its name, and what is known of it and of the tie.
    """
    lang, city = page.lang, tie.partner
    own = own_name(city, lang)
    title = text(city.label(lang)) + (f" ({element('span', text(own[0]), lang=own[1])})" if own else "")
    inside = summary(page, tie.partnership) + summary(page, city) + facts(page, _facts(page, tie))
    return _block(f"city-{city.id}", title, inside + details(page, tie.partnership, city.label(lang)))


def network(page: Page, record: CooperationNetwork) -> str:
    """
    The block of a network: its members, its summary and what they do.
    """
    title = record.label(page.lang)
    inside = summary(page, record) + facts(page, network_facts(page, record))
    return _block(f"network-{record.id}", text(title), inside + details(page, record, title))


def _block(id: str, title: str, inside: str) -> str:
    return f'<section class="partner" id="{text(id)}"><h3>{title}</h3>{inside}</section>'


def _facts(page: Page, tie: Tie) -> Iterator[tuple[str, str]]:
    """
    The known facts about a tie and its partner. A missing status or start is stated as unknown.
    """
    lang, record, city = page.lang, tie.partnership, tie.partner
    if city.country_code:
        yield "country", text(country_of(city, lang)) + page.cite(city, "country_code")
    for field, key in (("kind", "kind of tie"), ("status", "status"), ("since", "since"), ("until", "until")):
        value = stated(page, record, field)
        if field == "status" and record.status_since:
            value += f", {text(since_in(record.status_since, lang))}"
        if value:
            yield key, value
        elif field in ("status", "since"):
            yield key, page.word("not said" if field == "status" else "not known")
    if record.continues:
        yield "continues", text(between((page.whole.cities[id] for id in record.continues), lang))
    if record.asserted_by:
        yield "asserted_by", page.labels(page.whole.cities[id] for id in record.asserted_by)
    if tie.areas:
        sources = (id for each in tie.activities for id in each.sources)
        yield "areas of cooperation", page.labels(tie.areas) + page.cite_sources(sources)
    if tie.networks:
        yield "networks", page.labels(tie.networks)
    if city.populations:
        yield "inhabitants", text(people_in(city.populations[0], lang)) + page.cite(city.populations[0])
    if tie.distance_km is not None:
        yield "distance", f"{text(number_in(tie.distance_km, lang))}\N{NO-BREAK SPACE}km"
    if ids := identifiers(page, city):
        yield "ids", ids
    if city.links:
        yield "links", ", ".join(reading(page, link, city.label(lang)) for link in city.links)


def network_facts(page: Page, record: CooperationNetwork) -> Iterator[tuple[str, str]]:
    """
    The members of a network, and what is known of it.
    """
    yield "members", page.labels(page.whole.cities[id] for id in record.members) + page.cite(record, "members")
    for field in ("status", "since", "until"):
        if value := stated(page, record, field):
            yield field, value


def details(page: Page, record: Record, name: str, level: int = 4) -> str:
    """
    Activities, agreements, milestones and links of the partner or network *name*, each under a heading of a level.
    """
    lang = page.lang
    groups = {
        "activities": [activity(page, item) for item in record.activities if item.summary or item.organisations],
        "agreements": [
            page.link(text(agreement_text(item, lang)), item.url) + page.cite(item) for item in record.agreements
        ],
        "milestones": [milestone(page, item) for item in record.milestones],
        "links": [reading(page, item, name) for item in record.links],
    }
    return "".join(
        element(f"h{level}", page.word(key)) + items(filter(None, found)) for key, found in groups.items() if any(found)
    )


def activity(page: Page, item: Activity) -> str:
    """
    An activity: what is done, and in brackets in which areas, by whom and when.
    """
    lang = page.lang
    words = page.in_language(item.summary)
    areas = page.labels(page.whole.areas[id] for id in item.areas)
    bodies = ", ".join(filter(None, (text_in(body.names, lang) for body in item.organisations)))
    stage = word_label(item.stage, lang) if item.stage in (Stage.PLANNED, Stage.PAST) else ""
    known = (areas if words else "", text(bodies), text(stage), text(text_of(item.period, lang)))
    return _aside(words or areas, "; ".join(filter(None, known))) + page.cite(item)


def milestone(page: Page, item: Milestone) -> str:
    """
    A milestone: when and what, and in brackets its kind and whether it was only planned.
    """
    lang = page.lang
    kind = text(word_label(item.kind, lang)) if item.kind else ""
    words = page.in_language(item.summary)
    planned = text(word_label(item.stage, lang)) if item.stage is Stage.PLANNED else ""
    aside = ", ".join(filter(None, (kind if words else "", planned)))
    when = page.date(item.date) if isinstance(item.date, EdtfDate) else text(text_of(item.date, lang))
    return ": ".join(filter(None, (when, _aside(words or kind, aside)))) + page.cite(item)


def _aside(sentence: str, aside: str) -> str:
    """
    A sentence, with more in brackets before its end.
    """
    return f"{sentence.removesuffix('.')} ({aside})" if aside else sentence


def reading(page: Page, item: Link, about: str) -> str:
    """
    Further reading *about* a city or a network.
    """
    named = f"{text(about)}: {element('span', text(item.title or item.url), lang=item.language)}"
    return page.link(named, item.url) + page.cite(item)


# -- the other sections ----------------------------------------------------------------------------


def dates(page: Page, city: City, years: Iterable[int]) -> str:
    """
    The anniversaries in some years, and the agreements that end in them.
    """
    lang, found = page.lang, []
    years = sorted(years)
    for year in years:
        for jubilee in anniversaries_of(page.whole, year, 5, city.id):
            sentence = word("anniversary of", lang).format(
                jubilee.years, named(jubilee.record, jubilee.cities, lang, seen_from=city), year
            )
            found.append((year, text(sentence) + page.cite(jubilee.record, "since")))
    for expiry in expiries_of(page.whole, None, None, city.id):
        if years and expiry.ends.latest is not None and expiry.ends.latest.year in years:
            name = agreement_text(expiry.agreement, lang)
            sentence = word("ends in", lang).format(
                name, named(expiry.record, expiry.cities, lang, seen_from=city), text_of(expiry.ends, lang)
            )
            found.append((expiry.ends.latest.year, text(sentence) + page.cite(expiry.agreement)))
    return items(sentence for _, sentence in sorted(found, key=lambda pair: pair[0]))


_FOR_SCHOOLS = ("education", "youth", "civil-society")


def for_schools(page: Page, ties: Sequence[Tie]) -> str:
    """
    The partners with cooperation in education, youth work and civil society, by area.
    """
    areas = page.whole.areas
    found = []
    for top in filter(areas.__contains__, _FOR_SCHOOLS):
        within = {*page.whole._index.vocabulary.narrower(top)}
        links = page.labels(tie.partner for tie in ties if not within.isdisjoint(tie.area_ids))
        if links:
            label = areas[top].label(page.lang)
            found.append(f"{text(label[:1].upper() + label[1:])}: {links}")
    return items(found)


def contacts(page: Page, city: City, records: Iterable[Record]) -> str:
    """
    The offices of the city in charge of its partners: roles and addresses, each once.
    """
    every = [*city.contacts, *(each for record in records for each in record.contacts if each.city == city.id)]
    roles = ((page.in_language(each.role) or text(each.url or ""), each) for each in every)
    return items(dict.fromkeys(page.link(name, each.url) + page.cite(each) for name, each in roles))
