"""
Lives of ties: the answers about them, and the spans that a timeline draws.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations_with_replacement, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.query.in_force import Span, spans_of, term
from twincities.strategies import edtf_dates

CASES = json.loads((Path(__file__).parent / "lives.json").read_text(encoding="utf-8"))


def tie_of(as_of: str | None = None, **facts: Any) -> tc.Tie:
    """A tie of a data set of this time."""
    facts["milestones"] = [tc.Milestone(**milestone) for milestone in facts.get("milestones", ())]
    facts["claims"] = [tc.Claim(**claim) for claim in facts.get("claims", ())]
    sources = {id for claim in facts["claims"] for id in claim.sources}
    return (
        tc.Dataset(
            cities=[tc.City(id="a"), tc.City(id="b")],
            partnerships=[tc.Partnership(cities=("a", "b"), **facts)],
            sources=[tc.Source(id=id, title=id) for id in sources],
            as_of=as_of,
        )
        .partners("a")
        .one()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['why']}")
def test_a_tie_was_in_force_or_not(case: dict[str, Any]) -> None:
    """True in every possible life, False in none, None in some: case by case."""
    tie = tie_of(case.get("as_of"), **case["record"])
    assert tie.in_force(case["on"]) is case["expected"]


# -- against all lives that are possible -----------------------------------------------------------

YEARS = (1990, 1991, 1992, 1993)
DAYS = [date(year, month, day).toordinal() for year in YEARS for month, day in ((1, 1), (7, 1), (12, 31))]
FOREVER = 10**7
MOMENTS = [*map(str, YEARS), "1990-07-01", "1992-07-01", "199X", "1991?", "1992~"]
moments = st.sampled_from(MOMENTS)
stones = st.fixed_dictionaries(
    {"kind": st.sampled_from(["ended", "resumed", "signed", "attested", "suspended", "conference"])},
    optional={"date": moments, "stage": st.just("planned")},
)
records = st.fixed_dictionaries(
    {},
    optional={
        "since": moments,
        "until": moments,
        "status": st.sampled_from(tc.PartnershipStatus),
        "status_since": moments,
        "milestones": st.lists(stones, max_size=3),
    },
)


def room(text: Any) -> tuple[float, float] | None:
    """The first and the last day of a date that decides something."""
    moment = None if text is None else tc.EdtfDate(str(text))
    if moment is None or not moment.is_certain or moment.earliest is None or moment.latest is None:
        return None
    return moment.earliest.toordinal(), moment.latest.toordinal()


def in_turn(days: list[int], length: int) -> Iterator[tuple[int, ...]]:
    """Begins and ends in turn: a spell may last one day, and the next begin on the day that it ends."""
    for chosen in combinations_with_replacement(days, length):
        if chosen[-2:] != (FOREVER, FOREVER) and all(day != FOREVER for day in chosen[:-1]):
            yield chosen


def possible(facts: dict[str, Any], as_of: str | None) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every possible life made of the days in `DAYS`, by the rules one by one and by brute force."""
    listed = room(as_of) or (-1, FOREVER)
    happened = [stone for stone in facts.get("milestones", ()) if "stage" not in stone]
    start, over = room(facts.get("since")), room(facts.get("until"))

    def times_of(*kinds: str) -> list[tuple[float, float]]:
        found = [room(stone.get("date")) or (-1, listed[1]) for stone in happened if stone["kind"] in kinds]
        return [at for at in found if start is None or at[1] >= start[0]]

    ends, resumed = times_of("ended"), times_of("resumed")
    attested = [at for at in times_of("signed", "attested", "suspended") if at[0] != -1]
    living = facts.get("status") in {"active", "dormant", "suspended"}
    if living and (at := room(facts.get("status_since"))) and (start is None or at[1] >= start[0]):
        attested.append(at)
    until_ends_life = "until" in facts and not (over and any(at[0] > over[1] for at in resumed))
    if over and not until_ends_life:
        ends.append(over)
    if over and until_ends_life:
        ends, resumed, attested = ([at for at in group if at[0] <= over[1]] for group in (ends, resumed, attested))
    if living and room(as_of) and not (until_ends_life and over and over[1] < listed[0]):
        attested.append(listed)
    given_up = facts.get("status") == "ended" and not until_ends_life
    ended_in = room(facts.get("status_since"))
    if ended_in and start and ended_in[1] < start[0]:
        ended_in = None
    attested += [at for at in resumed if at[0] != -1 and not any(end[0] <= at[1] for end in ends)]
    resumed = [at for at in resumed if any(end[0] <= at[1] for end in ends)]

    def fits(life: tuple[tuple[int, int], ...]) -> bool:
        begins, last = [begin for begin, _ in life], life[-1][1]
        broken = [end for _, end in life[:-1]] + ([] if until_ends_life or given_up or last == FOREVER else [last])
        return (
            (start is None or start[0] <= begins[0] <= start[1])
            and (begins[0] <= listed[1] or (start is not None and start[0] > listed[1]))
            and (last == FOREVER or until_ends_life or given_up or any(a <= last <= b for a, b in ends))
            and (not until_ends_life or over is None or over[0] <= last <= over[1])
            and (not until_ends_life or last != FOREVER or over is None)
            and (not given_up or last <= listed[1])
            and (not given_up or ended_in is None or ended_in[0] <= last <= ended_in[1])
            and all(any(a <= end <= b for _, end in life) for a, b in ends)
            and all(any(a <= end <= b for a, b in ends) for end in broken)
            and all(any(a <= begin <= b for begin in begins[1:]) for a, b in resumed)
            and all(any(begin <= b and end >= a for begin, end in life) for a, b in attested)
        )

    for spells in range(1, len(ends) + 2):
        days = [*DAYS, FOREVER]
        lives = (tuple(zip(chosen[::2], chosen[1::2], strict=True)) for chosen in in_turn(days, 2 * spells))
        yield from filter(fits, lives)


@given(
    records,
    st.none() | st.sampled_from(["1991", "1993", "1993?"]),
    st.sampled_from(["1990", "1991-07-01", "1993", "1992"]),
)
def test_what_is_certain_is_so_in_every_possible_life(facts: dict[str, Any], as_of: str | None, on: str) -> None:
    """Of all possible lives only those with the fewest spells count, and True means that none of them misses the time."""
    try:
        tie = tie_of(as_of, **facts)
    except tc.InvalidRecordError:
        return  # it surely ends before it begins
    lives = list(possible(facts, as_of))
    fewest = min((sum(1 + (end != FOREVER) for _, end in life) for life in lives), default=0)
    asked = room(on)
    assert asked is not None
    answers = {
        any(begin <= asked[1] and end >= asked[0] for begin, end in life)
        for life in lives
        if sum(1 + (end != FOREVER) for _, end in life) == fewest
    }
    answer = tie.in_force(on)
    if answer is not None and lives:
        assert answers == {answer}


# -- spans -----------------------------------------------------------------------------------------


SEEN = date(2022, 12, 31)


def span(**facts: Any) -> Span | None:
    """The only span of a tie that was seen last at the end of 2022."""
    found = spans(**facts)
    assert len(found) < 2
    return found[0] if found else None


def spans(**facts: Any) -> list[Span]:
    """The spans of a tie that was seen last at the end of 2022."""
    return spans_of(tc.Partnership(cities=("a", "b"), **facts), tc.EdtfDate("2022"), SEEN)


def test_a_span_is_pale_within_its_bounds() -> None:
    """The decade of a start is uncertain, the time after it certain, and a tie without an end goes on."""
    found = span(since="194X")
    assert found is not None
    assert list(found.pieces()) == [
        (date(1940, 1, 1), date(1950, 1, 1), False),
        (date(1950, 1, 1), date(2023, 1, 1), True),
    ]
    assert found.goes_on


def test_a_span_ends_within_its_bounds() -> None:
    """The year of an end is uncertain; days at both ends leave nothing open."""
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
    """The mark of a date is at its end of the span."""
    began, ended = span(since=text), span(since="1970", until=text)
    assert began is not None
    assert ended is not None
    assert (began.before, ended.after) == (sign, sign)


def test_a_span_without_a_start_is_not_invented() -> None:
    """Without a known start there is no span, even if the end is known."""
    assert span() is None
    assert span(until="1990") is None
    assert term(tc.EdtfInterval("../1990"), date(2022, 12, 31)) is None


def test_a_tie_that_was_given_up_ended_between_its_start_and_the_news_of_it() -> None:
    """If the end has no date, all the time until the tie was known to be over is uncertain."""
    found = span(since="1980", status="ended")
    assert found is not None
    assert list(found.pieces()) == [(date(1980, 1, 1), date(2023, 1, 1), False)]
    assert not found.goes_on
    dated = span(since="1980", status="ended", status_since="2010")
    assert dated is not None
    assert list(dated.pieces())[1] == (date(1981, 1, 1), date(2010, 1, 1), True)


def test_a_break_is_drawn() -> None:
    """A tie that was broken off and resumed has two spans with a gap between them."""
    broken = spans(
        since="1969", milestones=[tc.Milestone(kind="ended", date="1975"), tc.Milestone(kind="resumed", date="1990")]
    )
    assert [(found.earliest.year, found.latest.year, found.goes_on) for found in broken] == [
        (1969, 1976, False),
        (1990, 2023, True),
    ]


def test_terms_of_agreements_end_openly_or_unknown() -> None:
    """An open term goes on; one with an unknown end has a question mark."""
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
    """The pieces of a span join without gaps, and only what all possible lives share is certain."""
    try:
        tie = tc.Partnership(cities=("a", "b"), since=since, until=until, status=status)
    except tc.InvalidRecordError:
        return  # it would end before it begins
    (found,) = spans_of(tie, None, seen)
    pieces = list(found.pieces())
    assert pieces[0][0] == since.earliest == found.earliest
    assert pieces[-1][1] == found.latest
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
    for start, end, certain in pieces:
        assert start < end
        if certain:
            # Of a set, what its other date rules out isn't possible.
            assert start > (since.latest if len(since.possibilities) == 1 and until is None else since.earliest)  # type: ignore[operator]
            assert until is None or end <= until.latest  # type: ignore[operator]


def test_a_resumption_without_an_end_followed_a_suspension() -> None:
    """A tie that was resumed without having ended was in force then and has been since."""
    tie = tc.Partnership(cities=("a", "b"), milestones=[tc.Milestone(kind="resumed", date="1985")])
    ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tie], as_of="2022")
    assert [ds.ties().one().in_force(year) for year in (1984, 1985, 1986, 2030)] == [None, True, True, True]
