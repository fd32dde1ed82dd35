"""
The timeline and its spans.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import KUOPIO, PARTNERS, city, column, twinned, values_in

import twincities as tc
from twincities.strategies import edtf_dates

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts import spans  # noqa: E402


def span(**facts: Any) -> spans.Span | None:
    """The span of a tie that was seen last at the end of 2022."""
    return spans.span_of(tc.Partnership(cities=("a", "b"), **facts), date(2022, 12, 31))


def test_a_span_is_pale_within_its_bounds() -> None:
    """A decade of beginning is pale, what comes after is certain, and what has no end goes on."""
    found = span(since="194X")
    assert found is not None
    assert list(found.pieces()) == [
        (date(1940, 1, 1), date(1950, 1, 1), False),
        (date(1950, 1, 1), date(2023, 1, 1), True),
    ]
    assert found.goes_on


def test_a_span_ends_within_its_bounds() -> None:
    """A year of ending is pale; a day at either end leaves nothing open."""
    found = span(since="1980-05-01", until="1990")
    assert found is not None
    assert list(found.pieces()) == [
        (date(1980, 5, 1), date(1980, 5, 2), False),
        (date(1980, 5, 2), date(1990, 1, 1), True),
        (date(1990, 1, 1), date(1991, 1, 1), False),
    ]
    assert not found.goes_on


@pytest.mark.parametrize(("text", "sign"), [("1980", ""), ("1980?", "?"), ("1980~", "~"), ("1980%", "~?")])
def test_a_bound_that_may_not_hold_has_a_sign(text: str, sign: str) -> None:
    """What qualifies a date stands beside its end of the bar."""
    began, ended = span(since=text), span(since="1970", until=text)
    assert began is not None
    assert ended is not None
    assert (began.before, ended.after) == (sign, sign)


def test_a_span_without_a_start_is_not_invented() -> None:
    """Where the start isn't known there is no span, though the end may be."""
    assert span() is None
    assert span(until="1990") is None
    assert spans.term(tc.EdtfInterval("../1990"), date(2022, 12, 31)) is None


def test_a_tie_that_was_given_up_ended_between_its_start_and_the_news_of_it() -> None:
    """Without a date of ending, the whole time until it was known to be over is pale."""
    found = span(
        since="1980", status="ended", status_since="2010", milestones=[tc.Milestone(kind="ended", date="2005")]
    )
    assert found is not None
    assert list(found.pieces()) == [
        (date(1980, 1, 1), date(1981, 1, 1), False),
        (date(1981, 1, 1), date(2006, 1, 1), False),
    ]
    assert not found.goes_on


def test_terms_of_agreements_end_openly_or_unknown() -> None:
    """An open term goes on; one of unknown end has a question mark."""
    seen = date(2022, 12, 31)
    opened, unknown = spans.term(tc.EdtfInterval("1967/.."), seen), spans.term(tc.EdtfInterval("1967/"), seen)
    assert opened is not None
    assert unknown is not None
    assert (opened.goes_on, opened.after) == (True, "")
    assert (unknown.goes_on, unknown.after) == (False, "?")


@given(
    edtf_dates(max_year=9998),
    st.none() | edtf_dates(max_year=9998),
    st.none() | st.sampled_from(tc.PartnershipStatus),
    st.dates(),
)
def test_pieces_of_a_span_follow_each_other(
    since: tc.EdtfDate, until: tc.EdtfDate | None, status: tc.PartnershipStatus | None, seen: date
) -> None:
    """The parts of any span join from its first day to its last, and only what all readings share is certain."""
    try:
        tie = tc.Partnership(cities=("a", "b"), since=since, until=until, status=status)
    except tc.InvalidRecordError:
        return  # it would end before it begins
    found = spans.span_of(tie, seen)
    assert found is not None
    pieces = list(found.pieces())
    assert pieces[0][0] == since.earliest == found.earliest
    assert pieces[-1][1] == found.latest
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
    for start, end, certain in pieces:
        assert start < end
        if certain:
            assert start > since.latest  # type: ignore[operator]
            assert until is None or end <= until.earliest  # type: ignore[operator]


@given(st.dates())
def test_years_keep_the_order_of_days(day: date) -> None:
    """A day's place on the scale of years is in its year."""
    assert day.year <= spans.year(day) <= day.year + 1
    assert spans.year(date(day.year, 1, 1)) == day.year


def test_the_timeline_has_a_row_for_each_tie_and_network() -> None:
    """Rows are sorted by start, those without one last; these say so and have no bar."""
    spec = PARTNERS.chart.timeline().to_dict()
    rows = spec["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert rows[:4] == ["Bodø", "Nordic twin city cooperation", "Svendborg", "Jönköping"]
    assert rows[-5:] == ["Alūksne", "Besançon", "Craiova", "Lääne-Viru County", "Pitkyaranta"]
    assert len(rows) == 16
    bars = {row["row"] for row in values_in(spec) if "opacity" in row}
    silent = {row["row"] for row in values_in(spec) if row.get("text") == "start not known"}
    assert bars == set(rows[:-5])
    assert silent == set(rows[-5:])


def test_the_timeline_shows_agreements_and_milestones() -> None:
    """Agreements have bars of their own; what happened on one date is one point; what was planned is hollow."""
    spec = PARTNERS.chart.timeline(lang="fi").to_dict()
    assert {row["agreement"] for row in values_in(spec) if "agreement" in row} >= {"Kuopion ja Opolen puitesopimus"}
    (point,) = [row for row in values_in(spec) if row.get("row") == "Opole" and "milestone" in row]
    assert point["date"] == "2013"
    assert point["milestone"].startswith("aktivoitunut uudelleen: ")
    assert point["milestone"].count("; vierailu: ") == 2
    fills = {row["row"]: row["fill"] for row in values_in(spec) if "fill" in row}
    assert fills["Jönköping"] == "#ffffff"
    assert fills["Gera"] == "#222222"
    assert spec["title"]["subtitle"].startswith("kärki: jatkuu (tilanne n. 2022) · ")


def test_the_timeline_goes_on_to_the_time_of_the_data_set() -> None:
    """The time is the data set's, or the last that is named, or none; the whole has all its networks."""
    assert column(PARTNERS.chart.timeline().to_dict(), "end") >= {2023.0}
    undated = twinned(city("a"), city("b"), since="1980")
    assert max(column(undated.chart.timeline().to_dict(), "end")) == 1981
    assert "tip: goes on · " in undated.chart.timeline().to_dict()["title"]["subtitle"]
    blank = twinned(city("a"), city("b")).chart.timeline().to_dict()
    assert all(layer["encoding"]["x"]["axis"] is None for layer in blank["layer"])
    whole = KUOPIO.chart.timeline().to_dict()["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert "Kuopio–Shanghai cooperation network" in whole or any("Shanghai" in name for name in whole)
    assert len(whole) == 23


def test_what_has_a_date_but_no_bar_is_a_point() -> None:
    """An end without a start, an agreement without one, and a change of status are points."""
    ds = twinned(
        city("a"), city("b"), until="1990", status="ended", status_since="1991",
        agreements=[tc.Agreement(period="/1985")], milestones=[tc.Milestone(date="1970")],
    )  # fmt: skip
    told = {row["milestone"]: row["date"] for row in values_in(ds.chart.timeline().to_dict()) if "milestone" in row}
    assert told == {"Milestone": "1970", "agreement": "–1985", "ended": "1991", "Until": "1990"}


def test_rows_of_one_name_are_told_apart() -> None:
    """Two partners of one name have a row each, with their ids."""
    ds = twinned(city("a"), city("b", name="Gera"), city("c", name="Gera"), since="1980")
    rows = ds.partners("a").chart.timeline().to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert rows == ["Gera (a b)", "Gera (a c)"]
