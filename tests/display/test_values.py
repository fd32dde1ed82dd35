"""
Dates, countries and numbers as languages write them.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest

import twincities as tc
from twincities.display import card, country_in, date_in, number_in, people_in
from twincities.display.values import since_in, stated_in, text_of


@pytest.mark.parametrize(
    ("text", "en", "fi", "sv"),
    [
        ("1940", "1940", "1940", "1940"),
        ("1982-06-11", "11 June 1982", "11. kesäkuuta 1982", "11 juni 1982"),
        ("1982-06", "June 1982", "kesäkuu 1982", "juni 1982"),
        ("194X", "1940s", "1940-luku", "1940-talet"),
        ("190X", "1900–1909", "1900–1909", "1900–1909"),
        ("19XX", "1900s", "1900-luku", "1900-talet"),
        ("194X~", "c. 1940s", "n. 1940-luku", "ca 1940-talet"),
        ("1965~", "c. 1965", "n. 1965", "ca 1965"),
        ("1972?", "1972?", "1972?", "1972?"),
        ("1972-05-14?", "14 May 1972?", "14. toukokuuta 1972?", "14 maj 1972?"),
        ("1972%", "c. 1972?", "n. 1972?", "ca 1972?"),
        ("1985-04-XX", "April 1985", "huhtikuu 1985", "april 1985"),
        ("1985-XX-XX", "1985", "1985", "1985"),
        ("2004-XX~", "c. 2004", "n. 2004", "ca 2004"),
    ],
)
def test_dates_for_reading(text: str, en: str, fi: str, sv: str) -> None:
    """Dates are written as people write them, what is known in part as it is known; regional tags are in their language."""
    date = tc.EdtfDate(text)
    assert [date_in(date, lang) for lang in ("en", "fi", "sv", "sv-FI")] == [en, fi, sv, sv]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022/2029", "2022–2029"),
        ("1967/..", "1967–"),
        ("/1970", "–1970"),
        ("194X/1950~", "1940s–c. 1950"),
        ("2022-02-01/2022-03", "1 February 2022–March 2022"),
    ],
)
def test_intervals_for_reading(text: str, shown: str) -> None:
    """Intervals have a dash between their ends; an open end is left empty."""
    assert date_in(tc.EdtfInterval(text)) == shown


@pytest.mark.parametrize(
    ("text", "en", "fi", "sv"),
    [
        ("1972", "since 1972", "vuodesta 1972", "sedan 1972"),
        ("194X", "since the 1940s", "1940-luvulta", "sedan 1940-talet"),
        ("1982-06-11", "since 11 June 1982", "11. kesäkuuta 1982 alkaen", "sedan 11 juni 1982"),
        ("1982-06", "since June 1982", "kesäkuusta 1982", "sedan juni 1982"),
        ("1965~", "since about 1965", "noin vuodesta 1965", "sedan omkring 1965"),
        ("194X~", "since about the 1940s", "noin 1940-luvulta", "sedan omkring 1940-talet"),
        ("1972?", "since possibly 1972", "mahdollisesti vuodesta 1972", "sedan möjligen 1972"),
        ("190X", "since 1900–1909", "1900–1909 alkaen", "sedan 1900–1909"),
    ],
)
def test_a_start_in_a_sentence(text: str, en: str, fi: str, sv: str) -> None:
    """A start is inflected, and its doubt said in words."""
    assert [since_in(tc.EdtfDate(text), lang) for lang in ("en", "fi", "sv")] == [en, fi, sv]


def test_dates_and_countries_in_other_languages() -> None:
    """With Babel days, months and countries have names in languages that aren't shipped; an unknown code stays."""
    pytest.importorskip("babel")
    day = tc.EdtfDate("1972-05-14")
    assert [date_in(day, lang) for lang in ("de", "en-US", "xx-unknown")] == [
        "14. Mai 1972",
        "May 14, 1972",
        "14 May 1972",
    ]
    assert date_in(tc.EdtfDate("1972-05"), "de") == "Mai 1972"
    assert (country_in("NO", "de"), country_in("QQ", "de"), country_in("NO", "xx")) == ("Norwegen", "QQ", "Norway")


def test_shipped_languages_need_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates and countries in English, Finnish and Swedish are the same without Babel; others are in English."""
    day = tc.EdtfDate("1972-05-14")
    with_it = [date_in(day, lang) for lang in ("en", "fi", "sv")]
    monkeypatch.setitem(sys.modules, "babel", None)
    assert [date_in(day, lang) for lang in ("en", "fi", "sv")] == with_it
    assert (date_in(day, "de"), country_in("NO", "de")) == ("14 May 1972", "Norway")
    assert (country_in("NO", "fi"), country_in("NO", "sv-FI"), country_in("QQ", "fi")) == ("Norja", "Norge", "QQ")


def test_numbers_are_grouped() -> None:
    """English groups digits with commas, Finnish and Swedish with no-break spaces; a size says how exact it is, and of when."""
    assert [number_in(120000, lang) for lang in ("en", "fi", "sv")] == ["120,000", "120\u00a0000", "120\u00a0000"]
    size = tc.Population(value=50000, qualifier="about", as_of="2021")
    assert (people_in(size), people_in(size, "fi")) == ("about 50,000 (2021)", "noin 50\u00a0000 (2021)")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a", "a"),
        (12.6, "13"),
        (tc.EdtfDate("194X"), "1940-luku"),
        (tc.PartnershipStatus.SUSPENDED, "keskeytetty"),
        (("a", "b"), "a, b"),
    ],
)
def test_any_value_is_a_cell(value: Any, text: str) -> None:
    """A cell for people has words and dates in the language; what isn't known is empty."""
    assert text_of(value, "fi") == text


@pytest.mark.parametrize(
    ("since", "claims", "shown"),
    [
        ("[1958,1967]", ["1958", "1967"], "1958 or 1967"),
        ("1948", ["[1947,1948]"], "1947 or 1948"),
        ("1992", ["1992-06", "1991"], "1992 or 1991"),
        ("1973-01-31", ["1973"], "31 January 1973 or 1973"),
        ("1972", ["1967"], "1972 or 1967"),
    ],
)
def test_no_date_is_shown_twice(since: str, claims: list[str], shown: str) -> None:
    """Dates that an earlier stated value or a set of dates includes aren't repeated."""
    tie = tc.Partnership(
        cities=("a", "b"), since=since, claims=[tc.Claim(field="since", value=each) for each in claims]
    )
    assert stated_in(tie, "since") == shown


def test_what_is_disputed_shows_every_value() -> None:
    """A field with claims prints its own value, then the others, in the language asked for."""
    tie = tc.Partnership(cities=("a", "b"), since="1972", claims=[tc.Claim(field="since", value="196X")])
    assert [stated_in(tie, "since", lang) for lang in ("en", "fi", "sv")] == [
        "1972 or 1960s",
        "1972 tai 1960-luku",
        "1972 eller 1960-talet",
    ]
    ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tie])
    assert "1972 or 1960s" in str(ds.ties())
    assert "1972 or 1960s" in card(tie)
    assert stated_in(tie, "until") == ""
