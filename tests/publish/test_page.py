"""
A city's page: its content in three languages, and its accessibility.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from generators import datasets
from hypothesis import given, settings
from page_reader import PageReader
from pictures import contrast

import twincities as tc
from twincities.display.words import word
from twincities.publish import page_html

KUOPIO = tc.load()
LANGUAGES = ("en", "fi", "sv")
SECTIONS = (
    "at a glance", "on the map", "cooperation networks", "in alphabetical order", "suspended", "ended", "others",
    "anniversaries", "for schools", "contact", "sources", "accessibility", "open data",
)  # fmt: skip
OFFICE = {"statement": "https://example.org/statement", "feedback": "/feedback", "data": "kuopio.json"}


@cache
def html_of(lang: str) -> str:
    """Kuopio's page without its map."""
    return page_html(KUOPIO, KUOPIO.cities["kuopio"], lang=lang, picture=False, **OFFICE)


@cache
def page_of(lang: str) -> PageReader:
    """Kuopio's page, read."""
    return PageReader(html_of(lang))


def made(ties: dict[str, dict[str, Any]], **head: Any) -> tc.Dataset:
    """A data set of a city, `home`, with a partner for each tie."""
    cities = [tc.City(id="home", name="Home"), *(tc.City(id=id, name=id.title(), country_code="SE") for id in ties)]
    partnerships = [tc.Partnership(cities=("home", id), **fields) for id, fields in ties.items()]
    return tc.Dataset(cities=cities, partnerships=partnerships, **head)


def read(ds: tc.Dataset, lang: str = "en", **options: Any) -> PageReader:
    """The page of `home`, read."""
    return PageReader(page_html(ds, ds.cities["home"], lang=lang, picture=False, **options))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_asks_nothing_of_the_network(lang: str) -> None:
    """The page loads no style sheet, script, frame or font, and runs no script."""
    html = html_of(lang)
    assert not re.search(r"@import|url\(|\bsrc=|<iframe|<link|<object|http-equiv|\bon[a-z]+=", html)
    assert {script.attributes["type"] for script in page_of(lang).all("script")} == {"application/ld+json"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_of_a_page(lang: str) -> None:
    """There are a doctype, an encoding, a viewport that can be zoomed, the language, a title with city and topic, and unique ids."""
    page, html = page_of(lang), html_of(lang)
    assert html.startswith("<!doctype html>\n<html ")
    metas = [element.attributes for element in page.all("meta")]
    assert {"charset": "utf-8"} in metas
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert page.one("html").attributes["lang"] == lang
    assert page.one("title").text == page.one("h1").text
    assert "Kuopio" in page.one("title").text
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)


def test_titles_differ_by_language() -> None:
    """Each language has its own title."""
    assert [page_of(lang).one("h1").text for lang in LANGUAGES] == [
        "Twin cities of Kuopio",
        "Ystävyyskaupungit – Kuopio",
        "Kuopios vänorter",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_and_landmarks(lang: str) -> None:
    """There is one main heading, no level is skipped, headings follow the outline, and each landmark is there once."""
    page = page_of(lang)
    levels = [int(element.name[1]) for element in page.all("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    outline = [word(key, lang) for key in ("contents", *SECTIONS)]
    found = [element.text for element in page.all("h2")]
    assert found == [heading for heading in outline if heading in found]
    for landmark in ("header", "main"):
        assert len(page.all(landmark)) == 1
    assert len([nav for nav in page.all("nav") if nav.attributes["class"] == "contents"]) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keys_lead_through_the_page(lang: str) -> None:
    """The first link skips to the content, every inner link has a target, and no tab order is forced."""
    page = page_of(lang)
    links = page.all("a")
    assert links[0].attributes == {"class": "skip", "href": "#content"}
    assert links[0].text in {"Skip to main content", "Siirry sisältöön", "Hoppa till innehållet"}
    ids = {element.attributes.get("id") for element in page.elements}
    assert {link.attributes["href"][1:] for link in links if link.attributes["href"].startswith("#")} <= ids
    assert all(int(element.attributes.get("tabindex", "0")) <= 0 for element in page.elements)
    assert all(element.text.strip() for element in links)
    assert not any("target" in link.attributes for link in links)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_a_row_for_each_partner(lang: str) -> None:
    """The table has a caption, headings of columns and rows, and as many rows as the lead counts."""
    page = page_of(lang)
    assert page.one("caption").text == word("at a glance", lang)
    scopes = [element.attributes["scope"] for element in page.all("th")]
    assert scopes == ["col"] * 5 + ["row"] * 15
    (lead,) = (element for element in page.all("p") if element.attributes.get("class") == "lead")
    assert lead.text.startswith("15 ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_state_is_said_where_a_partner_stands(lang: str) -> None:
    """Suspended partners have their own section, a notice counts them, and each row states the status."""
    page = page_of(lang)
    partners = {
        key: [element.text for element in page.section(key) if element.name == "h3"]
        for key in ("suspended", "in-alphabetical-order")
    }
    assert len(partners["suspended"]) == 2
    assert len(partners["in-alphabetical-order"]) == 13
    assert not set(partners["suspended"]) & set(partners["in-alphabetical-order"])
    (notice,) = (element for element in page.all("p") if element.attributes.get("class") == "notice")
    assert "2" in notice.text
    states = [row for row in page.all("tr") if tc.word_label(tc.PartnershipStatus.SUSPENDED, lang) in row.text]
    assert len(states) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_are_marked(lang: str) -> None:
    """The name of a city in its own language has its tag."""
    (own,) = (element for element in page_of(lang).all("span") if element.text == "Псков")
    assert own.attributes["lang"] == "ru"


def test_all_languages_say_the_same() -> None:
    """The three pages have the same sections, rows, facts and sources."""
    shapes = [
        [(element.name, element.attributes.get("id")) for element in page_of(lang).elements if element.name != "span"]
        for lang in LANGUAGES
    ]
    names = [[name for name, id in shape if name in {"h2", "h3", "h4", "dt", "tr", "li"}] for shape in shapes]
    assert len(names[0]) == len(names[1]) == len(names[2])
    ids = [[id for _, id in shape if id and not id.startswith("city-")] for shape in shapes]
    assert ids[0] == ids[1] == ids[2]


@pytest.mark.parametrize(
    ("lang", "ties", "lead", "notice"),
    [
        ("en", {"a": {}}, "1 twin city in 1 country.", ""),
        ("fi", {"a": {}}, "1 ystävyyskaupunki 1 maassa.", ""),
        ("sv", {"a": {}, "b": {}}, "2 vänorter i 1 land.", ""),
        ("en", {"a": {"kind": "friendship"}, "b": {}}, "2 partners in 1 country.", ""),
        ("en", {"a": {"status": "suspended"}, "b": {"status": "ended"}}, "1 twin city in 1 country.", "Cooperation with 1 partner is suspended."),
    ],
)  # fmt: skip
def test_partners_are_counted(lang: str, ties: dict[str, dict[str, Any]], lead: str, notice: str) -> None:
    """The lead counts all but ended ties, and says partners if not all are twin cities."""
    texts = {element.attributes.get("class"): element.text for element in read(made(ties), lang).all("p")}
    assert texts["lead"] == lead
    assert texts.get("notice", "") == notice


@pytest.mark.parametrize(
    ("tie", "is_over"),
    [
        ({"until": "2010"}, True),
        ({"until": "2030"}, False),
        ({"since": "2030"}, False),
        ({"milestones": [tc.Milestone(kind="ended", date="1975")]}, True),
        ({"milestones": [tc.Milestone(kind="ended")]}, True),
        ({"milestones": [tc.Milestone(kind="ended", date="1975")], "status": "active"}, False),
        ({"milestones": [tc.Milestone(kind="ended", date="1975"), tc.Milestone(kind="resumed", date="1990")]}, False),
        ({"until": "2010", "claims": [tc.Claim(field="until", value="2030")]}, False),
    ],
)
def test_what_is_over_is_with_the_former(tie: dict[str, Any], is_over: bool) -> None:
    """A tie that has certainly ended is listed and counted as ended, whether or not its status says so."""
    ids = {element.attributes.get("id") for element in read(made({"a": tie, "b": {}}, as_of="2026")).all("h2")}
    assert ("ended" in ids) is is_over


@pytest.mark.parametrize(
    ("as_of", "text", "datetime"),
    [
        ("2026-11-26", "Information checked on 26 November 2026.", "2026-11-26"),
        ("2026", "Information as of 2026.", "2026"),
        ("2022~", "Information as of c. 2022.", None),
        ("202X", "Information as of 2020s.", None),
    ],
)
def test_the_day_is_at_the_top(as_of: str, text: str, datetime: str | None) -> None:
    """The lead has the date of the data set, readable by machines if it is certain."""
    page = read(made({"a": {}}, as_of=as_of))
    (lead,) = (element for element in page.all("p") if element.attributes.get("class") == "lead")
    assert text in lead.text
    times = [element.attributes["datetime"] for element in page.all("time") if lead in element.parents]
    assert times == ([] if datetime is None else [datetime])


@pytest.mark.parametrize(
    ("since", "text"),
    [("194X", "1940s"), ("1972?", "1972?"), ("1965~", "c. 1965"), (None, "not known")],
)
def test_dates_show_their_doubt(since: str | None, text: str) -> None:
    """Partly known dates show it; no partner without a status is called active."""
    page = read(made({"a": {"since": since}}))
    cells = [element.text for element in page.all("td")]
    assert cells == ["Sweden", text, "not said", "not known"]
    assert "active" not in page.one("main").text.replace("inactive", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_citation_leads_to_a_source(lang: str) -> None:
    """Facts cite sources by number; the list has only those cited, with publisher, date and licence."""
    page = page_of(lang)
    cited = {link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("#source-")}
    listed = [element for element in page.all("li") if element.attributes.get("id", "").startswith("source-")]
    assert cited == {f"#{element.attributes['id']}" for element in listed}
    assert any("CC0-1.0" in element.text for element in listed)
    assert all(link.attributes["aria-label"] for link in page.all("a") if link.within("sup"))
    assert "CC-BY-4.0" in " ".join(element.text for element in page.section("open-data"))


def test_links_are_told_apart() -> None:
    """Links to other sites are marked and say whose page it is; the office's own links are those given."""
    page = page_of("fi")
    outer = [link for link in page.all("a") if link.attributes["href"].startswith("http")]
    titles = {link.text for link in outer if "kuopio" in link.attributes["href"].lower()}
    assert all(
        ": " in link.text or link.within("li") or link.within("p") or "Q" in link.text or "GeoNames" in link.text
        for link in outer
    )
    assert titles
    links = {link.attributes["href"] for link in page.section("accessibility") if link.name == "a"}
    assert links == {OFFICE["statement"], OFFICE["feedback"]}


def test_what_a_page_lacks_is_reported() -> None:
    """Without addresses for statement and feedback the page has no such section, and this is reported."""
    remarks: list[str] = []
    page = read(made({"a": {}}), report=remarks.append)
    assert [remark.partition(":")[0] for remark in remarks] == [
        "the page has no link to an accessibility statement",
        "the page has no link for feedback on accessibility",
        "the page has no date",
        "the page counts the partners in the data set, which may not be all",
    ]
    assert "Accessibility" not in [element.text for element in page.all("h2")]


EVIL = "<script>alert(1)</script>\x1b\u202e\"'&"


def test_names_with_markup_stay_names() -> None:
    """Text is escaped everywhere, and a script can't be ended early."""
    link = tc.Link(title=EVIL, url="https://example.org/?a=1&b='x")
    city = tc.City(id="home", name=EVIL, contacts=[tc.Contact(role=EVIL, city="home", url="https://example.org/")])
    partner = tc.City(id="b", name="</script><b>", summary={"en": EVIL}, links=[link])
    tie = tc.Partnership(
        cities=("home", "b"),
        summary={"en": EVIL},
        links=[link],
        milestones=[tc.Milestone(date="2001", summary={"en": EVIL})],
    )
    ds = tc.Dataset(cities=[city, partner], partnerships=[tie], title=EVIL)
    html = page_html(ds, city, picture=False, title=EVIL)
    page = PageReader(html)
    assert len(page.all("script")) == 1
    assert not re.search("[\x1b\u202e]", html)
    assert json.loads(page.one("script").text)["mainEntity"]["itemListElement"][0]["item"]["name"] == "</script><b>"


def test_other_languages_are_named() -> None:
    """A link to the page in another language says so in that language if the page speaks it, else in the page's own."""
    versions = {"fi": "fi.html", "sv-FI": "sv.html", "de": "de.html", "en": "en.html"}
    page = PageReader(page_html(KUOPIO, KUOPIO.cities["kuopio"], lang="fi", picture=False, versions=versions))
    links = [a for a in page.all("a") if a.attributes["href"] in versions.values()]
    assert [(a.text, a.attributes.get("lang"), a.attributes["hreflang"]) for a in links] == [
        ("På svenska", "sv-FI", "sv-FI"),
        ("saksa", None, "de"),
        ("In English", "en", "en"),
    ]


@pytest.mark.parametrize("argument", ["statement", "feedback", "data", "versions"])
def test_an_address_of_a_script_is_refused(argument: str) -> None:
    """The address of a link is one of the web, of mail, of a telephone or of the site itself; the error names the argument."""
    options = {"picture": False, "fragment": True}
    for url in ("https://example.org", "mailto:a@example.org", "tel:1", "/a", "b.html"):
        page_html(
            KUOPIO, KUOPIO.cities["kuopio"], **options, **{argument: {"fi": url} if argument == "versions" else url}
        )
    for url in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "http://[x"):
        with pytest.raises(tc.QueryError, match=f"expected .*{argument}= as a web address or a path, got"):
            page_html(
                KUOPIO, KUOPIO.cities["kuopio"], **options, **{argument: {"fi": url} if argument == "versions" else url}
            )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_for_search_engines(lang: str) -> None:
    """JSON-LD names each twin city once, says only what the page shows, and has no property for the tie."""
    data = json.loads(page_of(lang).one("script").text)
    assert (data["@type"], data["inLanguage"], data["about"]["name"]) == ("WebPage", lang, "Kuopio")
    items = [entry["item"] for entry in data["mainEntity"]["itemListElement"]]
    assert data["mainEntity"]["name"] == word("in alphabetical order", lang)
    names = [item["name"] for item in items]
    assert len(set(names)) == len(names) == 13
    main = page_of(lang).one("main").text
    for item in items:
        assert set(item) <= {"@type", "name", "alternateName", "containedInPlace", "sameAs"}
        assert all(
            value in main for value in (item["name"], item.get("alternateName", ""), item["containedInPlace"]["name"])
        )
    assert {item["@type"] for item in items} == {"City", "AdministrativeArea"}


def test_equal_data_gives_equal_pages() -> None:
    """The page depends only on the data and the arguments."""
    assert page_html(KUOPIO, KUOPIO.cities["kuopio"], lang="fi", picture=False, **OFFICE) == html_of("fi")
    again = tc.from_json(KUOPIO.to_json())
    assert page_html(again, again.cities["kuopio"], lang="fi", picture=False, **OFFICE) == html_of("fi")


@settings(max_examples=25)
@given(datasets())
def test_any_city_has_a_page(ds: tc.Dataset) -> None:
    """For any data set, the page is well formed, its ids are unique, and its inner links have targets."""
    for city in list(ds.cities.values())[:2]:
        for lang in LANGUAGES:
            page = PageReader(page_html(ds, city, lang=lang, picture=False))
            ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
            assert len(set(ids)) == len(ids)
            assert {a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#")} <= set(ids)


def test_a_city_without_partners() -> None:
    """A page without partners says so, and has no empty section."""
    page = read(tc.Dataset(cities=[tc.City(id="home", name="Home")]), "fi")
    assert page.one("main").text.split("\n")[1].strip().startswith("Ystävyyskaupungit yhdellä silmäyksellä")
    assert [element.text for element in page.all("h2")] == ["Tällä sivulla", "Ystävyyskaupungit yhdellä silmäyksellä"]


def test_dates_to_remember() -> None:
    """There are the anniversaries and expiring agreements of the years given, by default of six from the date of the data."""
    ds = made(
        {"a": {"since": "1980", "agreements": [tc.Agreement(names={"en": "Culture"}, period="2020/2028")]}},
        as_of="2026",
    )
    assert [element.text for element in read(ds).section("anniversaries") if element.name == "li"] == [
        "Culture 2020–2028 ends: A, 2028",
        "50 years, A: 2030",
    ]
    assert "Anniversaries and expiring agreements" not in read(ds, years=[2031]).one("main").text


def test_sorting_follows_the_language() -> None:
    """Å, ä and ö are last in Finnish and Swedish, and sorted as a and o in English."""
    cities = [
        tc.City(id="home"),
        *(tc.City(id=f"c{n}", name=name) for n, name in enumerate(("Ähtäri", "Zwolle", "Åbo", "Aarhus"))),
    ]
    ds = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("home", f"c{n}")) for n in range(4)])
    names = {lang: [element.text for element in read(ds, lang).all("h3")] for lang in LANGUAGES}
    assert names["fi"] == names["sv"] == ["Aarhus", "Zwolle", "Åbo", "Ähtäri"]
    assert names["en"] == ["Aarhus", "Åbo", "Ähtäri", "Zwolle"]


def test_a_fragment_has_no_frame() -> None:
    """A fragment for a content management system has the same sections, without the frame and its colours."""
    html = page_html(KUOPIO, KUOPIO.cities["kuopio"], lang="fi", fragment=True, picture=False, **OFFICE)
    page = PageReader(html)
    assert page.elements[0].attributes == {"class": "twin-cities", "lang": "fi"}
    assert not page.all("html", "head", "body", "h1", "main", "header", "footer")
    assert "prefers-color-scheme" in html_of("fi")
    assert not any(word in html for word in ("prefers-color-scheme", "font-family", "--ink"))
    assert [element.text for element in page.all("h2", "h3")] == [
        element.text for element in page_of("fi").all("h2", "h3")
    ]


def test_only_languages_with_words() -> None:
    """A page in a language without words would be half English: it is an error."""
    with pytest.raises(tc.QueryError, match="expected lang= as one of en, fi, sv, got 'de'"):
        page_html(KUOPIO, KUOPIO.cities["kuopio"], lang="de", picture=False)


def test_a_page_is_written(tmp_path: Path) -> None:
    """`write_page` writes the page of a city by name, or of the one that the data set is complete for."""
    KUOPIO.write_page(tmp_path / "a.html", city="Kuopio", lang="fi", picture=False, updated="2026-11-26", **OFFICE)
    KUOPIO.write_page(tmp_path / "b.html", lang="fi", picture=False, updated=tc.EdtfDate("2026-11-26"), **OFFICE)
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text == (tmp_path / "b.html").read_text(encoding="utf-8")
    assert PageReader(text).one("footer").text == "Päivitetty 26. marraskuuta 2026"
    with pytest.raises(tc.QueryError, match=r"ends in \.html"):
        KUOPIO.write_page(tmp_path / "a.pdf")
    with pytest.raises(tc.UnknownCityError):
        KUOPIO.write_page(tmp_path / "c.html", city="Atlantis")
    with pytest.raises(tc.QueryError, match="with a city"):
        tc.Dataset().write_page(tmp_path / "c.html")


def test_the_map_of_a_page() -> None:
    """Each size of the map is one image with a name in the page's language and its own ids; cities not on it are listed."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    point = tc.Coordinates(latitude=62.9, longitude=27.7)
    ds = KUOPIO.with_records(tc.City(id="nowhere", name="Nowhere"), tc.Partnership(cities=("kuopio", "nowhere")))
    page = PageReader(page_html(ds, ds.cities["kuopio"], lang="fi"))
    pictures = page.all("svg")
    assert {picture.attributes["role"] for picture in pictures} == {"img"}
    assert {picture.attributes["aria-label"] for picture in pictures} == {page.one("figcaption").text}
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    assert "Kartalta puuttuu: Nowhere." in page.one("main").text
    assert "Pihkova" in page.one("figure").text
    alone = tc.Dataset(
        cities=[tc.City(id="home", coordinates=point), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("home", "b"))],
    )
    assert not PageReader(page_html(alone, alone.cities["home"])).all("svg")


@pytest.mark.parametrize(
    "words",
    [
        ["#555", "#fff"],
        ["#1b1b1b", "#fff4d6"],
        ["#0b4f9c", "#fff"],
        ["#bdbdbd", "#161616"],
        ["#8ec5ff", "#161616"],
        ["#f0f0f0", "#40340c"],
        ["#8ec5ff", "#40340c"],
    ],
)
def test_ink_and_paper_can_be_told_apart(words: list[str]) -> None:
    """Every text has a contrast of 4.5 or more, in light and in dark (WCAG 2.1, 1.4.3)."""
    assert contrast(*words) >= 4.5


def test_sources_that_differ_are_both_heard() -> None:
    """The value of another source is next to the record's own, each with its source."""
    sources = [tc.Source(id="ours", title="Ours"), tc.Source(id="theirs", title="Theirs")]
    cities = [tc.City(id="home"), tc.City(id="b")]
    claim = tc.Claim(field="since", value="1967", sources=["theirs"])
    tie = tc.Partnership(cities=("home", "b"), since="1966", sources=["ours"], claims=[claim])
    page = read(tc.Dataset(cities=cities, partnerships=[tie], sources=sources))
    assert "1966[1]; according to another source 1967[2]" in [element.text for element in page.all("dd")]
    assert "1966 or 1967" in [element.text for element in page.all("td")]


@pytest.mark.parametrize(
    ("since", "claims", "shown"),
    [
        ("[1958,1967]", ["1958", "1967"], "1958 or 1967"),
        ("1992", ["1992-06", "1991"], "1992 or 1991"),
        ("1972", ["1967"], "1972 or 1967"),
    ],
)
def test_the_table_states_no_start_twice(since: str, claims: list[str], shown: str) -> None:
    """A stated date that an earlier one includes isn't repeated in the table."""
    stated = [tc.Claim(field="since", value=value, sources=["s"]) for value in claims]
    ds = made({"a": {"since": since, "claims": stated}}, sources=[tc.Source(id="s", title="S")])
    (row,) = [element for element in read(ds).all("tr") if "Sweden" in element.text]
    assert row.text.startswith(f"ASweden{shown}")
