"""
Dates as people type them: those that mean one date, in five languages, and those that may mean several.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.sources.table import read_table


def since(text: str) -> str | None:
    """The date read from a cell; `None` if the cell is reported."""
    reading = read_table([{"City": "A", "Partner": "B", "Since": text}])
    (tie,) = reading.dataset.partnerships.values()
    return None if reading.problems else str(tie.since)


@pytest.mark.parametrize(
    ("texts", "edtf"),
    [
        (
            "vuodesta 1972|vuodesta 1972 alkaen|1972 lähtien|sedan 1972|från och med år 1972|fr.o.m. 1972|seit 1972",
            "1972",
        ),
        (
            "ab 1972|since 1972|from 1972|depuis 1972|dès 1972|à partir de 1972|1972-|1972–|1972 – heute",
            "1972",
        ),
        ("vuonna 1972|v. 1972|år 1972|en 1972|(1972)|(seit 1972)|im Jahr 1972|in 1972", "1972"),
        ("noin 1970|n. 1970|ca 1970|ca. 1970|cirka 1970|runt 1970|kring 1970|um 1970|etwa 1970|ungefähr 1970", "1970~"),
        (
            "rund 1970|vers 1970|environ 1970|env. 1970|autour de 1970|around 1970|approx. 1970|noin vuonna 1970",
            "1970~",
        ),
        ("1970 tienoilla|seit ca. 1970", "1970~"),
        ("ehkä 1961|kanske 1961|vermutlich 1961|probably 1961|1961 (?)|1961 (incertain)", "1961?"),
        ("kanske cirka 1961|c. 1961?", "1961%"),
        ("1950-luku|1950-luvulla|1950-luvulta lähtien|sedan 1950-talet|1950-tal|1950er|1950er Jahre", "195X"),
        ("seit den 1950er Jahren|the 1950s|années 1950|dans les années 1950|les années 1950", "195X"),
        ("3.6.1956|3. kesäkuuta 1956|3 juni 1956|den 3 juni 1956|3. Juni 1956|June 3, 1956|3 June 1956", "1956-06-03"),
        ("3rd June 1956|le 3 juin 1956|kesäkuun 3. päivänä 1956|3-Jun-1956", "1956-06-03"),
        ("1er mai 2005|1. Mai 2005|1 maj 2005", "2005-05-01"),
        (
            "lokakuu 1961|lokakuussa 1961|October 1961|Oktober 1961|octobre 1961|oktober 1961|Oct. 1961|10/1961",
            "1961-10",
        ),
        ("1960 or 1961|1960 tai 1961|1960 eller 1961|1960 oder 1961|1960 ou 1961", "[1960,1961]"),
    ],
)
def test_dates_in_five_languages(texts: str, edtf: str) -> None:
    """Words of "since", "in", "about", "perhaps", decades and months stand for one date."""
    for text in texts.split("|"):
        assert since(text) == edtf, text


@pytest.mark.parametrize(
    "text",
    [
        *("ennen 1970", "före 1970", "vor 1970", "avant 1970", "before 1970", "jälkeen 1990", "after 1990"),
        *("1960/61", "1960-1986", "2008/09", "1956 (uusittu 1986)", "1956, 1986", "60er", "60-luku", "50-talet"),
        *(
            "early 1990s",
            "1950-luvun alku",
            "Anfang der 1960er",
            "1900-luku",
            "1900er",
            "5/12/1966",
            "10.10.90",
            "24838",
        ),
        *("1961*", "1961¹", "1961 1)", "18.09.1999 rok", "seit 2019 Partnerstadt", "April 31, 1960", "1961 tai 1960"),
    ],
)
def test_what_may_mean_several_dates_is_reported(text: str) -> None:
    """Before and after, two years, parts of decades, decades without a century, marks of footnotes."""
    assert since(text) is None


@pytest.mark.parametrize("text", ["ei tiedossa", "okänt", "k. A.", "n/a", "n.c.", "?", "-", "–", "…", "unknown", ""])
def test_what_is_not_known_is_no_date_and_no_problem(text: str) -> None:
    """Words and marks for "not known" leave the date empty."""
    assert since(text) == "None"


@pytest.mark.parametrize("text", ["toistaiseksi", "tills vidare", "unbefristet", "sine die", "ongoing"])
def test_an_end_that_is_open_is_none(text: str) -> None:
    """Words for no end are read as no date, but only in the column of ends."""
    reading = read_table([{"City": "A", "Partner": "B", "Since": "1980", "Until": text}])
    (tie,) = reading.checked().partnerships.values()
    assert tie.until is None
    assert since(text) is None


@given(st.text(max_size=25) | st.from_regex(r"(ca|noin|seit|v\.|le)? ?[0-9./ -]{1,12}(er|s|-luku)?", fullmatch=True))
def test_any_text_is_a_date_or_reported(text: str) -> None:
    """Whatever a cell holds, it is a date that EDTF takes, nothing, or a problem."""
    found = since(text)
    assert found in {None, "None"} or str(tc.EdtfDate(found)) == found
