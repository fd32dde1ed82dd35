"""
Lives of ties: the spans that a timeline draws.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.query.in_force import Span, span_of, term
from twincities.strategies import edtf_dates


def span(**facts: Any) -> Span | None:
    """The span of a tie that was seen last at the end of 2022."""
    return span_of(tc.Partnership(cities=("a", "b"), **facts), date(2022, 12, 31))


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
    assert term(tc.EdtfInterval("../1990"), date(2022, 12, 31)) is None


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
    opened, unknown = term(tc.EdtfInterval("1967/.."), seen), term(tc.EdtfInterval("1967/"), seen)
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
    found = span_of(tie, seen)
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
