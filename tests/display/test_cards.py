"""
Notebook output is escaped, bounded, in the language asked for, and without scripts or requests.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from generators import datasets
from hypothesis import given, settings

import twincities as tc
from twincities.display import card

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
EVIL = "<script>alert(1)</script>\x1b[31m\u202e&\"'"


@pytest.fixture(autouse=True)
def _options() -> Iterator[None]:
    """Reset the options."""
    yield
    tc.display_options.lang, tc.display_options.rows = "en", 20


def parsed(html: str) -> ET.Element:
    """The HTML as a tree, which has to be well formed."""
    return ET.fromstring(html)  # our own text


def cells(html: str) -> list[list[str]]:
    """The texts of a table, row by row."""
    return [["".join(cell.itertext()) for cell in row] for row in parsed(html).iter("tr")]


def facts(html: str) -> dict[str, str]:
    """The facts of a card by heading."""
    return dict(row for row in cells(html) if len(row) == 2)  # type: ignore[misc]


@settings(max_examples=60)
@given(datasets())
def test_everything_shows_itself(ds: tc.Dataset) -> None:
    """Whatever a record says, its card is well formed and has nothing active."""
    mappings = [ds.cities, ds.partnerships, ds.networks, ds.areas, ds.sources]
    records = [record for mapping in mappings for record in mapping.values()]
    parts = [
        part for city in ds.cities.values() for part in (*city.links, *city.contacts, *city.milestones, *city.claims)
    ]
    ties = [tie for id in ds.cities for tie in ds.partners(id)]
    for item in (ds, ds.ties(), ds.lint(), *mappings, *records, *parts, *ties, *(ds.partners(id) for id in ds.cities)):
        html = item._repr_html_()
        tree = parsed(html)
        assert {element.tag for element in tree.iter()} <= {
            "div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "a", "b", "br", "code",
        }  # fmt: skip
        attributes = {"class", "lang", "scope", "style", "align", "href", "rel"}
        assert {key for element in tree.iter() for key in element.attrib} <= attributes
        assert all(re.match("https?://", element.attrib["href"]) for element in tree.iter("a"))


def test_a_population_has_its_day_in_words() -> None:
    """A card has the date of a population, and its number in groups of three digits."""
    about = tc.City(id="a", populations=[tc.Population(value=120000, qualifier="over", as_of="2021-06-11")])
    assert facts(card(about)) == {"Population": "over 120,000 (11 June 2021)"}


def test_a_city_in_full() -> None:
    """A city's card has its type, country, names by language, population and place."""
    assert facts(card(KUOPIO.cities["gyor"])) | {"About": ""} == {
        "Type": "city, Hungary",
        "Names": "Györ (fi), Győr (en, hu)",
        "Population": facts(card(KUOPIO.cities["gyor"]))["Population"],
        "Coordinates": "47.6833°, 17.6351°",
        "Identifiers": "Q134494, 3052009",
        "About": "",
    }
    assert parsed(card(KUOPIO.cities["gyor"], lang="fi")).find(".//caption/b").text == "Györ"  # type: ignore[union-attr]


def test_a_partnership_and_a_network() -> None:
    """Their cards have kind, status, dates and activities."""
    shown = facts(card(KUOPIO.partnership("Kuopio", "Opole"), lang="sv"))
    assert (shown["Status"], shown["Typ"], shown["Sedan"]) == ("aktiv", "vänort", "1980")
    network = facts(card(KUOPIO.network("nordic")))
    assert network["Members"] == "bodo, jonkoping, kuopio, svendborg"
    assert "2022–2029" in network["Agreements"]
    made = tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["sport"])])
    assert facts(card(made)) == {"Activities": "sport"}


def test_a_selection_is_a_table() -> None:
    """Ties are rows with partner, country, status, start and areas, below the city asked about."""
    head, *rows = cells(card(PARTNERS.where(country="SE")))
    assert head == ["Partner", "Country", "Status", "Since", "Areas"]
    assert [row[:4] for row in rows] == [["Jönköping", "Sweden", "active", "1940 or 1942"]]
    finnish = card(PARTNERS.where(country="SE"), lang="fi")
    assert cells(finnish)[1][1:3] == ["Ruotsi", "aktiivinen"]
    assert parsed(finnish).attrib["lang"] == "fi"
    assert parsed(finnish).find(".//caption/b").text == "Kuopio: 1 kumppani"  # type: ignore[union-attr]


def test_ties_of_several_cities_name_both() -> None:
    """If ties aren't all of one city, each row names both."""
    rows = cells(KUOPIO.ties(country="CA")._repr_html_())[1:]
    assert all(" – " in row[0] for row in rows)


def test_other_selections_are_listed() -> None:
    """Answers and records are tables with headings of their own; others have a row with their text."""
    heads = {
        ("City", "Country", "Partner already", "By way of"): KUOPIO.cousins("Minneapolis"),
        ("Years", "Since", "Cities"): KUOPIO.anniversaries(2030),
        ("Ends", "Agreement", "Cities"): KUOPIO.expiring(2029),
        ("Date", "Event", "Cities"): PARTNERS.events(),
        ("Id", "City", "Country", "Score", "Found as"): KUOPIO.search("kuo"),
        ("Severity", "Concerns", "Finding", "Code", "Path"): tc.load("finland").lint(),
        ("Partnership", "Country", "Status", "Since", "Areas"): KUOPIO.path("Castrop-Rauxel", "Pskov"),
        ("Id", "Name", "Country", "Population"): tuple(KUOPIO.cities.values()),
        ("Name", "Title", "As of", "Version", "Licence"): tc.datasets(),
        ("Result",): ("one", 2),
    }
    for head, answers in heads.items():
        first, *rows = cells(card(answers))
        assert tuple(first) == head
        assert len(rows) == min(len(answers), 20)


def test_an_answer_is_a_card() -> None:
    """One answer shows itself as its row in a table does."""
    answers = (KUOPIO.cousins("Minneapolis"), KUOPIO.anniversaries(2030), KUOPIO.expiring(2029), PARTNERS.events(),
               KUOPIO.search("kuo"), tc.load("finland").lint())  # fmt: skip
    for found in answers:
        head, first = cells(card(found[:1], lang="fi"))
        html = card(found[0], lang="fi")
        titles = ["".join(title.itertext()) for title in parsed(html).iter("caption")]
        shown = facts(html)
        assert {name: shown.get(name) for name in head if name in shown}.items() <= dict(
            zip(head, first, strict=True)
        ).items()
        assert sorted([*shown.values(), *titles]) == sorted(filter(None, first))


def test_events_are_in_the_language() -> None:
    """An event without a description is called by its kind in the language asked for."""
    events = KUOPIO.partners("Kuopio", country="PL").events()
    assert cells(card(events, lang="fi"))[1][:2] == ["1980", "alku"]
    assert cells(card(events, lang="sv"))[1][:2] == ["1980", "början"]


def test_the_mappings_of_a_data_set_are_tables() -> None:
    """`ds.cities` and its like show their records, also when there are none."""
    assert cells(KUOPIO.cities._repr_html_())[1] == ["kuopio", "Kuopio", "Finland", "125,462"]
    assert cells(KUOPIO.networks._repr_html_())[1][:2] == ["nordic", "Nordic twin city cooperation"]
    assert cells(KUOPIO.partnerships._repr_html_())[1][:2] == ["aluksne – kuopio", "twinning"]
    assert "nothing to show" in tc.Dataset().cities._repr_html_()


def test_smaller_records() -> None:
    """An agreement, a source, a claim and a point show their fields, ids as ids."""
    agreement = KUOPIO.partnership("Kuopio", "Opole").agreements[0]
    assert facts(card(agreement)) == {
        "Names": "Framework agreement of Kuopio and Opole", "Period": "2013–2018", "Sources": "kuopio-page",
    }  # fmt: skip
    assert facts(card(KUOPIO.partnership("Gera", "Kuopio").claims[0]))["Value"] == "1967"
    assert facts(card(KUOPIO.cities["kuopio"].coordinates, lang="fi")) == {"Koordinaatit": "62,8924°, 27,6770°"}
    assert facts(card(KUOPIO.sources["kuopio-page"]))["Retrieved"] == "26 November 2026"


def test_ids_and_pages_are_links() -> None:
    """Identifiers, sources and further reading lead to their pages; other addresses are text."""
    links = {"".join(a.itertext()): a.attrib["href"] for a in parsed(card(KUOPIO.cities["gyor"])).iter("a")}
    assert links == {"Q134494": "https://www.wikidata.org/wiki/Q134494", "3052009": "https://www.geonames.org/3052009"}
    tie = PARTNERS.where(country="PL").one()
    assert "https://businesskuopio.fi/?p=3616" in {a.attrib["href"] for a in parsed(card(tie)).iter("a")}
    assert "Kuopion ystävyyskaupungit" in facts(card(tie))["Sources"]


def test_a_tie_and_an_area() -> None:
    """A tie's card has the names of both cities, its networks and their areas; an area's its labels and definition."""
    tie = PARTNERS.where(network="nordic")[0]
    html = tie._repr_html_()
    assert parsed(html).find(".//caption/b").text == f"Kuopio – {tie.partner.label('en')}"  # type: ignore[union-attr]
    assert "Nordic" in facts(html)["Networks"]
    area = KUOPIO.areas["sport"]
    assert facts(card(area, lang="fi"))["Määritelmä"] == area.definition["fi"]


def test_an_empty_answer_says_what_it_is_worth() -> None:
    """No rows mean no partners only where the data set lists them all."""
    missing = "say that it lists all partners"
    assert missing not in KUOPIO.partners("Kuopio", country="Japan")._repr_html_()
    assert missing in KUOPIO.partners("Bodø", country="Japan")._repr_html_()


def test_a_data_set_says_what_it_is() -> None:
    """Its card has counts and what its head says."""
    shown = facts(KUOPIO._repr_html_())
    assert (shown["Cities"], shown["Partnerships"], shown["Complete for"]) == (
        str(len(KUOPIO.cities)),
        str(len(KUOPIO.partnerships)),
        "Kuopio",
    )
    assert (shown["Version"], shown["Licence"]) == (KUOPIO.version, KUOPIO.licence)
    assert facts(tc.Dataset()._repr_html_()) == {"Cities": "0", "Partnerships": "0"}


def test_names_with_markup_stay_names() -> None:
    """Markup is text; control and direction characters are spaces."""
    city = tc.City(id="a", name=EVIL, summary={"en": EVIL})
    other = tc.City(id="b", name=EVIL)
    ds = tc.Dataset(id="x", title=EVIL, cities=[city, other], partnerships=[tc.Partnership(cities=("a", "b"))])
    for item in (ds, city, ds.partners("a")):
        html = item._repr_html_()
        assert "<script>" not in html
        assert not re.search("[\x1b\u202e]", html)
        parsed(html)
    assert EVIL.replace("\x1b", " ").replace("\u202e", " ") in "".join(parsed(card(city)).itertext())


def test_a_card_is_bounded() -> None:
    """However much there is, a table has at most as many rows as asked for and says how many more there are."""
    ids = [f"c{n}" for n in range(3000)]
    ds = tc.Dataset(
        cities=[tc.City(id=id) for id in ids],
        partnerships=[tc.Partnership(cities=(id, "c0")) for id in ids[1:]],
        networks=[tc.CooperationNetwork(id="n", members=ids)],
        complete_for=ids,
    )
    ties = ds.partners("c0")
    assert len(cells(card(ties))) == 21
    assert "and 2979 more" in card(ties)
    assert len(cells(card(ties, rows=5))) == 6
    tc.display_options.rows = 2
    assert len(cells(ties._repr_html_())) == 3
    assert max(len(item._repr_html_()) for item in (ds, ties, ds.networks["n"])) < 3000
    long = tc.City(id="a", summary={"en": "x" * 10_000})
    assert len(card(long)) < 2000


def test_the_option_is_the_default() -> None:
    """`display_options.lang` decides where a call doesn't; it is English in a new process."""
    assert tc.display_options.lang == "en"
    tc.display_options.lang = "sv"
    assert cells(PARTNERS._repr_html_())[0][1] == "Land"
    assert cells(card(PARTNERS, lang="fi"))[0][1] == "Maa"


@pytest.mark.parametrize(("name", "value"), [("lang", ""), ("lang", None), ("lang", "x y"), ("rows", 0), ("rows", True), ("rows", "5")])  # fmt: skip
def test_options_are_checked(name: str, value: Any) -> None:
    """A wrong value is refused and the old one kept."""
    before = getattr(tc.display_options, name)
    with pytest.raises(tc.QueryError, match="expected"):
        setattr(tc.display_options, name, value)
    assert getattr(tc.display_options, name) == before


def test_other_objects_are_refused() -> None:
    """What has no card is named."""
    with pytest.raises(tc.QueryError, match="expected a City"):
        card("Kuopio")
