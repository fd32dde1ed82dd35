"""
A city's page on its twin cities: one file that loads nothing, to be published as it is or as part of a site.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .._files import with_ending, write_atomically
from ..display.values import date_in
from ..display.words import counted, word
from ..errors import QueryError, shown
from ..model.arguments import as_function, as_record, as_text
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.edtf import EdtfDate, Precision
from ..model.languages import language
from ..model.moments import as_argument
from ..model.vocabulary import LANGUAGES, PartnershipKind, PartnershipStatus, PlaceKind, language_name
from ..query.in_force import is_over
from ..query.ties import Tie
from ..query.whole import Whole, as_whole
from . import sections as s
from .calendar import years_of
from .linked import json_ld
from .lists import city_title
from .maps import map_figure
from .markup import Labelled, Page, as_address, attribute, element, text, whole_page
from .style import STYLE

Report = Callable[[str], object]

_NOT_CITIES = {PlaceKind.COUNTY, PlaceKind.REGION, PlaceKind.PROVINCE, PlaceKind.STATE, PlaceKind.DISTRICT}


def page_html(
    whole: Whole,
    city: City,
    *,
    lang: str = "en",
    title: str | None = None,
    fragment: bool = False,
    versions: Mapping[str, str] | None = None,
    years: Iterable[int] | None = None,
    statement: str | None = None,
    feedback: str | None = None,
    data: str | None = None,
    updated: str | EdtfDate | None = None,
    picture: bool = True,
    report: Report | None = None,
) -> str:
    """
    The page of a city as HTML. Equal data and arguments give equal text.

    Args:
        whole: The data set.
        city: The city.
        lang: The language of the page: English, Finnish or Swedish.
        title: The main heading; by default "Twin cities of Kuopio".
        fragment: Leave out the frame (head, main heading, footer, colours), for a content management system.
        versions: The addresses of the page in other languages, by tag.
        years: The years whose anniversaries and expiring agreements are listed; by default six from the date of the data set.
        statement: The address of the site's accessibility statement.
        feedback: The address for feedback on accessibility.
        data: The address of the data file.
        updated: The date of publishing; left out by default.
        picture: Draw the map, which needs the extra `charts`.
        report: Called with a sentence about each thing the page lacks.

    Raises:
        QueryError: There are no words for the page in *lang*, an address isn't of the web or a path, or an argument is of
            another type.
        InvalidDateError: *updated* isn't a date.
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    if language(lang) not in LANGUAGES:
        raise QueryError(f"expected lang= as one of {', '.join(LANGUAGES)}, got {shown(lang)}")
    sections = _sections(as_whole(whole), as_record(city, City, "city="), lang)
    twins, suspended, others, ended = sections.values()
    listed = s.alphabetical(twins + suspended + others, lang)
    own = [network for network in whole.networks.values() if city.id in network.members]
    every = [*twins, *suspended, *others, *ended]
    page = Page(whole, lang, _inside(every, own))
    addresses = {"statement": statement, "feedback": feedback, "data": data}
    for name, url in addresses.items():
        if url is not None:
            as_address(url, f"{name}=")
    as_function(report, "report=")
    if report is not None:
        if statement is None:
            report("the page has no link to an accessibility statement: give statement=")
        if feedback is None:
            report("the page has no link for feedback on accessibility: give feedback=")
        if whole.as_of is None:
            report("the page has no date: the data set has no as_of")
        if city.id not in whole.complete_for:
            report(
                f"the page counts the partners in the data set, which may not be all: its complete_for lacks {city.id}"
            )
    heading = as_text("" if title is None else title, "title=") or city_title(city, lang)
    links = versions_nav(page, _checked_versions(versions))
    footer = _footer(page, updated)
    parts = {
        "at a glance": s.table(page, listed) if listed else f"<p>{page.word('no partner')}</p>",
        "on the map": map_figure(page, city, every) if picture and every else "",
        "cooperation networks": "".join(s.network(page, network) for network in own),
        **{
            key: "".join(s.partner(page, tie) for tie in sections[key])
            for key in ("in alphabetical order", "suspended", "ended", "others")
        },
        "anniversaries": s.dates(page, city, years_of(years, whole)),
        "for schools": s.for_schools(page, twins + others),
        "contact": s.contacts(page, city, [*own, *(tie.partnership for tie in every)]),
    }
    parts["sources"] = f"<ol>{''.join(page.sources())}</ol>" if page.sources() else ""
    parts["accessibility"] = "".join(
        f"<p>{page.link(page.word(key), addresses[key], own=True)}</p>"
        for key in ("statement", "feedback")
        if addresses[key]
    )
    parts["open data"] = _open_data(page, data)
    there = {key: inside for key, inside in parts.items() if inside}
    body = "".join(
        f'<section><h2 id="{_id(key)}">{page.word(key)}</h2>{inside}</section>' for key, inside in there.items()
    )
    contents = "".join(f'<li><a href="#{_id(key)}">{page.word(key)}</a></li>' for key in there)
    nav = f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">{page.word("contents")}</h2><ul>{contents}</ul></nav>'
    lead = _lead(page, listed, len(suspended))
    linked = json_ld(page, city, twins, heading)
    if fragment:
        return f'<div class="twin-cities" lang="{page.lang}"><style>{STYLE}</style>{linked}{lead}{nav}{body}</div>\n'
    return whole_page(page.lang, heading, body, linked=linked, versions=links, lead=lead, nav=nav, footer=footer)


def write_page(whole: Whole, city: City, path: str | os.PathLike[str], **options: Any) -> None:
    """
    Write the page of a city to a file, which is replaced whole. The options are those of `page_html`.

    Raises:
        QueryError: The file name doesn't end in `.html`.
        OSError: The file can't be written.
    """
    write_atomically(with_ending(path, ".html", ".htm"), [page_html(whole, city, **options).encode()])


def _sections(whole: Whole, city: City, lang: str) -> dict[str, list[Tie]]:
    """
    The ties of a city by section, each in the alphabetical order of *lang*.
    """
    found: dict[str, list[Tie]] = {"in alphabetical order": [], "suspended": [], "others": [], "ended": []}
    ties = [
        Tie(whole, city, whole.cities[next(id for id in record.cities if id != city.id)], record, True)
        for record in whole.partnerships.values()
        if city.id in record.cities
    ]
    day = None if whole.as_of is None else whole.as_of.latest
    for tie in s.alphabetical(ties, lang):
        if tie.status is PartnershipStatus.ENDED or (day and is_over(tie.partnership, whole.as_of, day)):
            section = "ended"
        elif tie.status is PartnershipStatus.SUSPENDED:
            section = "suspended"
        elif tie.kind not in (None, PartnershipKind.TWINNING):
            section = "others"
        else:
            section = "in alphabetical order"
        found[section].append(tie)
    return found


def _inside(ties: Iterable[Tie], networks: Iterable[CooperationNetwork]) -> Callable[[Labelled], str | None]:
    """
    The anchors of the partners and networks on the page.
    """
    blocks: dict[tuple[type, str], str] = {(City, tie.partner.id): f"#city-{tie.partner.id}" for tie in ties}
    blocks |= {(CooperationNetwork, network.id): f"#network-{network.id}" for network in networks}
    return lambda record: blocks.get((type(record), record.id))


def _id(key: str) -> str:
    return key.replace(" ", "-")


def _lead(page: Page, listed: Sequence[Tie], suspended: int) -> str:
    """
    The number of partners and countries, the date of the information, and the number of suspended ties.
    """
    lang = page.lang
    if not listed:
        return ""
    twins = all(tie.kind in (None, PartnershipKind.TWINNING) and tie.partner.kind not in _NOT_CITIES for tie in listed)
    countries = len({tie.partner.country_code for tie in listed} - {None})
    counts = counted(len(listed), "twin cities" if twins else "partners", lang)
    sentence = (
        word("in countries", lang).format(counts, counted(countries, "countries", lang)) if countries else f"{counts}."
    )
    lead = " ".join(filter(None, (text(sentence), held_at(page))))
    notice = f'<p class="notice">{text(counted(suspended, "suspended", lang))}</p>' if suspended else ""
    return f'<p class="lead">{lead}</p>{notice}'


def held_at(page: Page) -> str:
    """
    The date of the information, as a sentence.
    """
    as_of = page.whole.as_of
    if as_of is None:
        return ""
    exact = as_of.is_certain and as_of.precision is Precision.DAY and as_of.earliest == as_of.latest
    return page.word("checked" if exact else "held at").format(page.date(as_of))


def versions_nav(page: Page, versions: Mapping[str, str]) -> str:
    """
    Links to the page in other languages, given by tag.
    """
    links = []
    for tag, url in versions.items():
        known = tag.partition("-")[0] in LANGUAGES
        name = word("language of page", tag) if known else language_name(tag, page.lang)
        if tag != page.lang:
            links.append(element("a", text(name), href=url, lang=tag if known else None, hreflang=tag))
    return (
        f'<nav class="versions" aria-label="{attribute(word("languages", page.lang))}">{" · ".join(links)}</nav>'
        if links
        else ""
    )


def _checked_versions(versions: Mapping[str, str] | None) -> Mapping[str, str]:
    if not isinstance(versions, Mapping | None):
        raise QueryError(f"expected versions= as addresses by language, got {shown(versions)}")
    return {language(tag): as_address(url, "an address in versions=") for tag, url in (versions or {}).items()}


def _open_data(page: Page, data: str | None) -> str:
    whole = page.whole
    about = ", ".join(filter(None, (whole.title, whole.version, whole.licence)))
    address = f"<p>{page.link(page.word('data file'), data, own=True)}</p>" if data else ""
    return (f"<p>{text(about)}</p>" if about else "") + address


def _footer(page: Page, updated: str | EdtfDate | None) -> str:
    if updated is None:
        return ""
    day = updated if isinstance(updated, EdtfDate) else as_argument(EdtfDate, updated, "updated=")
    return f"<footer><p>{page.word('updated', date_in(day, page.lang))}</p></footer>"
