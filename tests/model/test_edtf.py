"""Dates and intervals: accepted and refused texts, bounds, comparisons and order."""

from __future__ import annotations

import contextlib
import copy
import io
import pickle
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cmp_to_key
from typing import Any

import pytest
from edtf import EDTFParseException, parse_edtf
from edtf.parser.parser_classes import Date as OracleDate
from edtf.parser.parser_classes import Season as OracleSeason
from hypothesis import assume, example, given
from hypothesis import strategies as st

import twincities as tc
from twincities.model.moments import moment, to_date, to_interval
from twincities.strategies import edtf_dates, edtf_intervals

# --- Every legal form ------------------------------------------------------------------------

YEARS = st.integers(1, 9999).map("{:04d}".format)
MONTHS = st.integers(1, 12).map("{:02d}".format)
QUALIFIERS = st.sampled_from(["", "?", "~", "%"])

year_months = st.builds("{}-{}".format, YEARS, MONTHS)
days = st.dates().map(date.isoformat)
given_dates = YEARS | year_months | days
decades = st.integers(1, 999).map("{:03d}X".format)
centuries = st.integers(1, 99).map("{:02d}XX".format)
months_left_out = YEARS.map("{}-XX".format)
days_left_out = year_months.map("{}-XX".format) | YEARS.map("{}-XX-XX".format)
unspecified_dates = decades | centuries | months_left_out | days_left_out

plain_dates = given_dates | unspecified_dates
date_texts = st.builds("{}{}".format, plain_dates, QUALIFIERS)


def _in_order(first: str, last: str) -> str:
    # An interval that ends before it starts isn't legal; turned round it always is.
    start, end = tc.EdtfDate(first), tc.EdtfDate(last)
    assert start.earliest is not None
    assert end.latest is not None
    return f"{last}/{first}" if end.latest < start.earliest else f"{first}/{last}"


def _intervals(ends: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(_in_order, ends, ends)


open_ends = st.sampled_from(["", ".."])
half_known = st.builds("{}/{}".format, date_texts, open_ends) | st.builds("{}/{}".format, open_ends, date_texts)
interval_texts = _intervals(date_texts) | half_known

dates = date_texts.map(tc.EdtfDate)
intervals = interval_texts.map(tc.EdtfInterval)
either = dates | intervals

near_misses = st.text("0123456789X-/?~%.T: Y+", max_size=14)
any_text = st.text(st.characters(exclude_categories=()), max_size=20) | near_misses

KINDS: list[type[tc.EdtfDate | tc.EdtfInterval]] = [tc.EdtfDate, tc.EdtfInterval]


def _bounds(value: tc.EdtfDate | tc.EdtfInterval) -> tuple[str | None, str | None]:
    earliest, latest = value.earliest, value.latest
    return earliest and earliest.isoformat(), latest and latest.isoformat()


# --- What is taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "year"),
    [
        ("1940", "1940-01-01", "1940-12-31", "year", 1940),
        ("0001", "0001-01-01", "0001-12-31", "year", 1),
        ("9999", "9999-01-01", "9999-12-31", "year", 9999),
        ("2023-05", "2023-05-01", "2023-05-31", "month", 2023),
        ("2023-02", "2023-02-01", "2023-02-28", "month", 2023),
        ("2024-02", "2024-02-01", "2024-02-29", "month", 2024),
        ("1900-02", "1900-02-01", "1900-02-28", "month", 1900),
        ("2000-02", "2000-02-01", "2000-02-29", "month", 2000),
        ("1982-06-11", "1982-06-11", "1982-06-11", "day", 1982),
        ("2000-02-29", "2000-02-29", "2000-02-29", "day", 2000),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day", 9999),
        ("194X", "1940-01-01", "1949-12-31", "decade", None),
        ("001X", "0010-01-01", "0019-12-31", "decade", None),
        ("19XX", "1900-01-01", "1999-12-31", "century", None),
        ("01XX", "0100-01-01", "0199-12-31", "century", None),
        ("2004-XX", "2004-01-01", "2004-12-31", "year", 2004),
        ("1985-04-XX", "1985-04-01", "1985-04-30", "month", 1985),
        ("2004-02-XX", "2004-02-01", "2004-02-29", "month", 2004),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "year", 1985),
        ("1972?", "1972-01-01", "1972-12-31", "year", 1972),
        ("1965~", "1965-01-01", "1965-12-31", "year", 1965),
        ("1965-03%", "1965-03-01", "1965-03-31", "month", 1965),
        ("1965-03-04?", "1965-03-04", "1965-03-04", "day", 1965),
        ("194X~", "1940-01-01", "1949-12-31", "decade", None),
        ("19XX?", "1900-01-01", "1999-12-31", "century", None),
        ("1985-04-XX%", "1985-04-01", "1985-04-30", "month", 1985),
    ],
)
def test_a_date_has_bounds_and_a_precision(
    text: str, earliest: str, latest: str, precision: str, year: int | None
) -> None:
    """The bounds are the first and last day the text allows; the precision is the smallest unit fully given."""
    known = tc.EdtfDate(text)
    assert _bounds(known) == (earliest, latest)
    assert known.precision is tc.Precision(precision)
    assert known.year == year
    assert str(known) == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "start", "end", "is_open"),
    [
        ("2022/2029", "2022-01-01", "2029-12-31", "year", "2022", "2029", False),
        ("2016/2016", "2016-01-01", "2016-12-31", "year", "2016", "2016", False),
        ("1967/..", "1967-01-01", None, "year", "1967", None, True),
        ("1967/", "1967-01-01", None, "year", "1967", None, False),
        ("../1967-05", None, "1967-05-31", "month", None, "1967-05", True),
        ("/1967-05-06", None, "1967-05-06", "day", None, "1967-05-06", False),
        ("194X/1950-06-01", "1940-01-01", "1950-06-01", "decade", "194X", "1950-06-01", False),
        ("1950-06-01/19XX", "1950-06-01", "1999-12-31", "century", "1950-06-01", "19XX", False),
        ("1967?/1968~", "1967-01-01", "1968-12-31", "year", "1967?", "1968~", False),
        ("1967/1968-XX", "1967-01-01", "1968-12-31", "year", "1967", "1968-XX", False),
        # Bounds touch, so it needn't run backward.
        ("1990-06/199X", "1990-06-01", "1999-12-31", "decade", "1990-06", "199X", False),
        ("1995/199X", "1995-01-01", "1999-12-31", "decade", "1995", "199X", False),
        ("1990-06/1990", "1990-06-01", "1990-12-31", "year", "1990-06", "1990", False),
    ],
)
def test_an_interval_has_the_bounds_of_its_ends(
    text: str,
    earliest: str | None,
    latest: str | None,
    precision: str,
    start: str | None,
    end: str | None,
    is_open: bool,
) -> None:
    """An interval reaches from its start's first day to its end's last; open and unknown ends have no day."""
    known = tc.EdtfInterval(text)
    assert _bounds(known) == (earliest, latest)
    assert known.precision is tc.Precision(precision)
    assert (known.start and str(known.start)) == start
    assert (known.end and str(known.end)) == end
    assert known.is_open is is_open
    assert str(known) == text


@pytest.mark.parametrize(
    ("mark", "uncertain", "approximate"),
    [("", False, False), ("?", True, False), ("~", False, True), ("%", True, True)],
)
@pytest.mark.parametrize("plain", ["1972", "1972-05", "1972-05-06", "197X", "19XX", "1972-XX", "1972-05-XX"])
def test_a_qualifier_says_uncertain_approximate_or_both(
    plain: str, mark: str, uncertain: bool, approximate: bool
) -> None:
    """`?` is uncertain, `~` approximate, `%` both; a date without any of them is certain."""
    known = tc.EdtfDate(plain + mark)
    assert known.is_uncertain is uncertain
    assert known.is_approximate is approximate
    assert known.is_certain is (not (uncertain or approximate))


@given(date_texts)
def test_a_date_comes_out_as_it_went_in(text: str) -> None:
    """Text in, the same text out, for every legal date."""
    assert str(tc.EdtfDate(text)) == text


@given(interval_texts)
def test_an_interval_comes_out_as_it_went_in(text: str) -> None:
    """Text in, the same text out, for every legal interval."""
    assert str(tc.EdtfInterval(text)) == text


@given(dates)
def test_the_bounds_of_a_date_stand_in_order(known: tc.EdtfDate) -> None:
    """Every date has two bounds in order, and its year, if it has one, is that of both."""
    assert known.earliest is not None
    assert known.latest is not None
    assert known.earliest <= known.latest
    if known.year is not None:
        assert known.earliest.year == known.latest.year == known.year


@given(intervals)
def test_an_interval_is_made_of_its_ends(known: tc.EdtfInterval) -> None:
    """Bounds and precision come from the ends, whatever form each has."""
    start, end = known.start, known.end
    assert known.earliest == (start and start.earliest)
    assert known.latest == (end and end.latest)
    coarseness = list(tc.Precision).index
    assert coarseness(known.precision) == max(coarseness(e.precision) for e in (start, end) if e is not None)
    first, last = str(known).split("/")
    assert known.is_open is (".." in (first, last))


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
@example(1900, 2, 29)
@example(2000, 2, 29)
@example(2023, 2, 30)
@example(2024, 2, 29)
def test_a_day_has_to_be_in_the_calendar(year: int, month: int, day: int) -> None:
    """A day of the proleptic Gregorian calendar is taken, any other refused with the days that the month has."""
    text = f"{year:04d}-{month:02d}-{day:02d}"
    last = monthrange(year, month)[1]
    if day <= last:
        assert tc.EdtfDate(text).earliest == tc.EdtfDate(text).latest == date(year, month, day)
    else:
        with pytest.raises(tc.InvalidDateError) as raised:
            tc.EdtfDate(text)
        assert raised.value.reason == f"expected a day from 01 to {last} in {year:04d}-{month:02d}"


# --- What is refused -------------------------------------------------------------------------

EXAMPLES = "expected a date such as 1940, 2023-05, 1982-06-11, 194X or 1972? (EDTF level 1)"
REFUSED_DATES = [
    ("", "expected a date that isn't blank"),
    (" ", "expected a date that isn't blank"),
    ("\t\n", "expected a date that isn't blank"),
    ("1940/1945", "expected a single date, not an interval"),
    ("1967/..", "expected a single date, not an interval"),
    ("1985-04-12T23:20:30", "expected a date without a time of day"),
    ("1985-04-12T23:20:30Z", "expected a date without a time of day"),
    ("2001-21", "expected a month 01 to 12 (seasons aren't supported)"),
    ("2001-24?", "expected a month 01 to 12 (seasons aren't supported)"),
    ("2001-41", "expected a month 01 to 12 (seasons aren't supported)"),
    ("12345", "expected a year between 0001 and 9999, written with four digits"),
    ("10000-01-01", "expected a year between 0001 and 9999, written with four digits"),
    ("-1940", "expected a year between 0001 and 9999, written with four digits"),
    ("-0001-05", "expected a year between 0001 and 9999, written with four digits"),
    ("+1940", "expected a year between 0001 and 9999, written with four digits"),
    ("Y170000002", "expected a year between 0001 and 9999, written with four digits"),
    ("Y-17E7", "expected a year between 0001 and 9999, written with four digits"),
    ("0000", "expected a year between 0001 and 9999"),
    ("0000-05", "expected a year between 0001 and 9999"),
    ("000X", "expected a year between 0001 and 9999"),
    ("00XX", "expected a year between 0001 and 9999"),
    ("194", "expected a year of four digits"),
    ("40?", "expected a year of four digits"),
    ("1940-1", "expected two digits for month and day"),
    ("1940-1-05", "expected two digits for month and day"),
    ("1940-01-5", "expected two digits for month and day"),
    ("11.06.1982", "expected year, month and day in this order, such as 1982-06-11"),
    ("1.6.1982", "expected year, month and day in this order, such as 1982-06-11"),
    ("1XXX", "expected at most the last two digits of a year unspecified (194X, 19XX)"),
    ("XXXX", "expected at most the last two digits of a year unspecified (194X, 19XX)"),
    ("XXXX-12-XX", "expected at most the last two digits of a year unspecified (194X, 19XX)"),
    ("2004?-06", "expected ?, ~ or % only at the end of the date"),
    ("2004-06~-11", "expected ?, ~ or % only at the end of the date"),
    ("?2004-06", "expected ?, ~ or % only at the end of the date"),
    ("1940??", "expected ?, ~ or % only at the end of the date"),
    ("1940?~", "expected ?, ~ or % only at the end of the date"),
    *(
        (text, "expected X for each digit that isn't known, as in 194X for the 1940s")
        for text in ("194x", "19xx", "194x?", "1940s")
    ),
    *(
        (text, "expected a single date; one of several years is written [1972..1975]")
        for text in ("1972-1975", "1972–1975", "1972 - 1975")
    ),
    *(
        (text, "expected hyphens between year, month and day, such as 1982-06-11")
        for text in ("19820611", "1982/06/11", "1982.6.11")
    ),
    *(
        (text, "expected ~ after an approximate date: 1972~")
        for text in ("c. 1972", "ca 1972", "circa 1972", "About 1972", "c.1972")
    ),
    ("194X-05", "expected no month after a year with unspecified digits"),
    ("19XX-05-06", "expected no month after a year with unspecified digits"),
    ("194X-XX", "expected no month after a year with unspecified digits"),
    ("1985-XX-05", "expected an unspecified day (XX) after an unspecified month"),
    ("1940-00", "expected a month from 01 to 12"),
    ("1940-13", "expected a month from 01 to 12"),
    ("1940-21-01", "expected a month from 01 to 12"),
    ("1940-99", "expected a month from 01 to 12"),
    ("1940-42", "expected a month from 01 to 12"),
    ("1940-20", "expected a month from 01 to 12"),
    ("1940-01-00", "expected a day from 01 to 31 in 1940-01"),
    ("2023-02-30", "expected a day from 01 to 28 in 2023-02"),
    ("1900-02-29", "expected a day from 01 to 28 in 1900-02"),
    ("2024-02-30", "expected a day from 01 to 29 in 2024-02"),
    ("2023-04-31?", "expected a day from 01 to 30 in 2023-04"),
    *(
        (text, EXAMPLES)
        for text in [
            "1940 ",
            " 1940",
            "1940\n",
            "1940-01-01-01",
            "1940-",
            "19X4",
            "19X0",
            "1985-04-1X",
            "1985-0X",
            "1940–05",
            "1940.05",
            "١٩٤٠",
            "１９４０",
            "May 2023",
            "..",
            "{1940,1941}",
            "1950S2",
            "\ud800",
        ]
    ),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED_DATES)
def test_a_date_out_of_the_supported_features_is_refused(text: str, reason: str) -> None:
    """A text that isn't supported, or isn't in the calendar, is refused with the reason."""
    with pytest.raises(tc.InvalidDateError) as raised:
        tc.EdtfDate(text)
    assert raised.value.reason == reason
    assert raised.value.text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            (text, "expected an interval such as 2022/2029, 1967/.. or 1967/ (one year is 2016/2016)")
            for text in ["", " ", "1967", "1967-05", "2022-2029", "2022/2025/2029", "//", "1967//"]
        ),
        ("/", "expected a date at one end of the interval or both"),
        ("../..", "expected a date at one end of the interval or both"),
        ("/..", "expected a date at one end of the interval or both"),
        ("../", "expected a date at one end of the interval or both"),
        ("1967/1960", "expected an interval that doesn't end before it starts"),
        ("1967-05-02/1967-05-01", "expected an interval that doesn't end before it starts"),
        ("1967/196X-01", "expected no month after a year with unspecified digits in an interval"),
        ("1970/196X", "expected an interval that doesn't end before it starts"),
        ("1970?/1965", "expected an interval that doesn't end before it starts"),
        ("1970/1965~", "expected an interval that doesn't end before it starts"),
        ("2001-21/2003", "expected a month 01 to 12 (seasons aren't supported) in an interval"),
        ("2023-02-30/..", "expected a day from 01 to 28 in 2023-02 in an interval"),
        ("1967/ ", "expected a date that isn't blank in an interval"),
        ("1985-04-12T23:20:30/..", "expected a date without a time of day in an interval"),
        (
            "1967/20000",
            "expected a year between 0001 and 9999, written with four digits in an interval",
        ),
        (
            "1967/...",
            f"{EXAMPLES} in an interval",
        ),
    ],
)
def test_an_interval_out_of_the_supported_features_is_refused(text: str, reason: str) -> None:
    """An interval needs two ends, one of them a date, and no end before its start."""
    with pytest.raises(tc.InvalidDateError) as raised:
        tc.EdtfInterval(text)
    assert raised.value.reason == reason
    assert raised.value.text == text


@given(date_texts, date_texts)
def test_an_interval_does_not_end_before_it_starts(first: str, last: str) -> None:
    """An interval is refused for its order exactly where the last day of its end lies before the first of its start."""
    start, end = tc.EdtfDate(first), tc.EdtfDate(last)
    assert start.earliest is not None
    assert end.latest is not None
    text = f"{first}/{last}"
    if end.latest < start.earliest:
        with pytest.raises(tc.InvalidDateError, match="doesn't end before it starts"):
            tc.EdtfInterval(text)
    else:
        assert str(tc.EdtfInterval(text)) == text


@pytest.mark.parametrize("kind", KINDS)
@given(text=any_text)
def test_any_text_is_taken_as_it_is_or_refused(kind: type[tc.EdtfDate | tc.EdtfInterval], text: str) -> None:
    """No text raises anything but `InvalidDateError`, and the refusal carries the text."""
    refusal: tc.InvalidDateError | None = None
    try:
        known = kind(text)
    except tc.InvalidDateError as error:
        refusal = error
    if refusal is None:
        assert str(known) == text
    else:
        assert refusal.text == text
        assert str(refusal).startswith("expected ")
        assert str(refusal).isprintable()


@pytest.mark.parametrize(
    "value", [None, 1940, 1940.0, True, b"1940", ["1940"], date(1940, 1, 1), tc.EdtfDate("1940")], ids=repr
)
def test_only_text_makes_a_date(value: Any) -> None:
    """The classes take text; anything else is refused, not turned into text."""
    with pytest.raises(tc.InvalidDateError, match="expected a date as text"):
        tc.EdtfDate(value)
    with pytest.raises(tc.InvalidDateError, match="expected an interval as text"):
        tc.EdtfInterval(value)


def test_a_refusal_reads_as_a_sentence() -> None:
    """The message has the reason and the text; the error is a `ValueError` too, and can be pickled."""
    with pytest.raises(ValueError, match="got") as raised:
        tc.EdtfDate("2023-02-30")
    error = raised.value
    assert isinstance(error, tc.TwinCitiesError)
    assert str(error) == "expected a day from 01 to 28 in 2023-02, got '2023-02-30'"
    copied = pickle.loads(pickle.dumps(error))
    assert str(copied) == str(error)
    assert (copied.text, copied.reason) == ("2023-02-30", "expected a day from 01 to 28 in 2023-02")


# --- Another reader of the same standard -----------------------------------------------------


def _by_oracle(text: str) -> Any:
    # The package `edtf` prints what it fails on.
    with contextlib.redirect_stdout(io.StringIO()):
        return parse_edtf(text)


def _day(found: Any) -> str:
    year, month, day = found[:3]
    return f"{year:04d}-{month:02d}-{day:02d}"


def _marks(parsed: Any) -> tuple[bool, bool]:
    # The oracle keeps "both" apart from either.
    both = parsed.is_uncertain_and_approximate
    return parsed.is_uncertain or both, parsed.is_approximate or both


@given(date_texts)
@example("2000-02-29")
@example("1900-02-XX")
@example("0001-01-01")
@example("9999-12-31%")
def test_a_date_means_what_the_package_edtf_says(text: str) -> None:
    """
    Bounds, qualifiers, text and precision agree with the package `edtf`.

    Left out: the precision of a date with XX for month or day, which the oracle calls by the unit left out.
    """
    known, other = tc.EdtfDate(text), _by_oracle(text)
    assert _bounds(known) == (_day(other.lower_strict()), _day(other.upper_strict()))
    assert (known.is_uncertain, known.is_approximate) == _marks(other)
    assert str(known) == str(other)
    if "-XX" not in text:
        assert known.precision == getattr(other, "date", other).precision


qualified_given = st.builds("{}{}".format, given_dates, QUALIFIERS)


@given(_intervals(qualified_given) | _intervals(given_dates | decades | centuries | days_left_out))
@example("1900/2000-02-29")
def test_an_interval_means_what_the_package_edtf_says(text: str) -> None:
    """
    Bounds, text and the qualifiers of the ends agree with the package `edtf`.

    Left out, since the oracle can't read them: `1968-XX` at an end (AttributeError), and a qualifier in an interval
    that also has unspecified digits (EDTFParseException). The ends of those are compared one by one above.
    """
    known, other = tc.EdtfInterval(text), _by_oracle(text)
    assert _bounds(known) == (_day(other.lower_strict()), _day(other.upper_strict()))
    assert str(known) == str(other)
    for end, theirs in ((known.start, other.lower), (known.end, other.upper)):
        assert end is not None
        assert (end.is_uncertain, end.is_approximate) == _marks(theirs)


@given(qualified_given, open_ends, st.booleans())
def test_the_known_end_of_an_interval_means_what_the_package_edtf_says(text: str, end: str, turned: bool) -> None:
    """
    The one known end of an interval agrees with the package `edtf`; an open end has no bound in either.

    Left out: unspecified digits beside an open or unknown end, which the oracle can't read, and the bound at an unknown
    end, which the oracle puts ten years away from the known one and we leave unknown.
    """
    text = f"{end}/{text}" if turned else f"{text}/{end}"
    known, other = tc.EdtfInterval(text), _by_oracle(text)
    assert str(known) == str(other)
    if turned:
        assert known.earliest is None
        assert _bounds(known)[1] == _day(other.upper_strict())
    else:
        assert known.latest is None
        assert _bounds(known)[0] == _day(other.lower_strict())
    if end == "..":
        assert abs(other.lower_strict() if turned else other.upper_strict()) == float("inf")


@given(st.from_regex(r"\A[ 0-9]{1,2}[0-9]{2,4}(-[0-9]{1,2}){0,2}[?~%]?[ ]?\Z"))
@example("1900-02-29")
@example("0000")
@example("2023-02-30")
@example(" 1940")
@example("1940-1")
@example("1940-21?")
def test_a_plain_date_is_refused_where_the_package_edtf_refuses_it(text: str) -> None:
    """
    A year, month and day is taken by both readers or by neither.

    Left out, where the oracle is known to be generous: 29 February of a common year, spaces around the text, the year
    0000, and seasons, which are no plain dates to either.
    """
    common_year = text[4:10] == "-02-29" and text[:4].isdigit() and monthrange(int(text[:4]) or 4, 2)[1] == 28
    assume(not common_year and text == text.strip() and not text.startswith("0000"))
    try:
        other = _by_oracle(text)
    except EDTFParseException:
        other = None
    plain = getattr(other, "date", other)
    taken = isinstance(plain, OracleDate) and not isinstance(plain, OracleSeason) and str(other) == text
    try:
        known = tc.EdtfDate(text)
    except tc.InvalidDateError:
        assert not taken
    else:
        assert taken
        assert _bounds(known) == (_day(other.lower_strict()), _day(other.upper_strict()))


# --- Order -----------------------------------------------------------------------------------


def _compared(first: Any, second: Any) -> int:
    """Compare by the rule as it is stated: earliest, then wider first, then text; unknown earliest last."""
    if first.earliest != second.earliest:
        if first.earliest is None or second.earliest is None:
            return 1 if first.earliest is None else -1
        return -1 if first.earliest < second.earliest else 1
    if first.latest != second.latest:
        if first.latest is None or second.latest is None:
            return -1 if first.latest is None else 1
        return -1 if first.latest > second.latest else 1
    return (str(first) > str(second)) - (str(first) < str(second))


def test_dates_stand_in_the_order_that_is_stated() -> None:
    """Order is by start, then the longer first, then by text; an unknown start comes last."""
    ordered = [
        "0001",
        "19XX",
        "1940/",
        "1940/..",
        "1940/1950",
        "194X",
        "1940",
        "1940-XX",
        "1940-XX-XX",
        "1940/1940",
        "1940?",
        "1940~",
        "1940-01",
        "1940-01-XX",
        "1940-01-01",
        "1940-01-02",
        "1941",
        "9999-12-31",
        "../1940",
        "/1940",
        "/1939",
    ]
    known: list[Any] = [tc.EdtfInterval(text) if "/" in text else tc.EdtfDate(text) for text in reversed(ordered)]
    assert [str(value) for value in sorted(known)] == ordered


@given(st.lists(either, max_size=8))
def test_sorting_follows_the_stated_rule(known: list[Any]) -> None:
    """`sorted`, `sort_key` and the rule as stated agree, for dates and intervals together."""
    expected = [str(value) for value in sorted(known, key=cmp_to_key(_compared))]
    assert [str(value) for value in sorted(known)] == expected
    assert [str(value) for value in sorted(known, key=lambda value: value.sort_key)] == expected


close_dates = st.builds("{}{}".format, st.sampled_from(["194X", "1940", "1940-01", "1940-01-01", "1941"]), QUALIFIERS)
close = close_dates.map(tc.EdtfDate) | st.builds("{}/{}".format, close_dates, open_ends).map(tc.EdtfInterval)


@given(either | close, either | close)
def test_the_order_is_total(first: Any, second: Any) -> None:
    """Of any two, exactly one holds: less, equal, greater; the four comparisons agree on it."""
    assert [first < second, first == second, first > second].count(True) == 1
    assert (first < second) is (second > first)
    assert (first <= second) is (second >= first) is (not first > second)
    assert (first <= second) is (first < second or first == second)
    assert (first == second) is (first <= second and second <= first)
    assert first.__lt__(second) is (first < second)
    assert first.__le__(second) is (first <= second)
    assert first.__gt__(second) is (first > second)
    assert first.__ge__(second) is (first >= second)
    assert (first == second) is (first.sort_key == second.sort_key) is (str(first) == str(second))
    assert (first != second) is not (first == second)


@given(close, close, close)
def test_the_order_is_transitive(first: Any, second: Any, third: Any) -> None:
    """The order is transitive."""
    if first <= second and second <= third:
        assert first <= third


@pytest.mark.parametrize("other", ["1940", 1940, date(1940, 1, 1), None], ids=repr)
@pytest.mark.parametrize("known", [tc.EdtfDate("1940"), tc.EdtfInterval("1940/1940")], ids=repr)
def test_dates_compare_with_each_other_alone(known: Any, other: Any) -> None:
    """A date equals no text or number, and has no order with one."""
    compare: list[Callable[[], bool]] = [
        lambda: known < other,
        lambda: known <= other,
        lambda: known > other,
        lambda: known >= other,
    ]
    assert known != other
    assert not known == other  # noqa: SIM201
    for ask in compare:
        with pytest.raises(TypeError):
            ask()


# --- Values ----------------------------------------------------------------------------------


@given(either, either)
def test_dates_are_equal_by_text(first: Any, second: Any) -> None:
    """Equal means the same text: the same hash, one entry in a set."""
    same = str(first) == str(second)
    assert (first == second) is same
    assert (len({first, second}) == 1) is same
    again = type(first)(str(first))
    assert again == first
    assert hash(again) == hash(first)


def test_the_same_days_in_another_form_are_another_value() -> None:
    """`2004` and `2004-XX` cover the same days, yet say something else."""
    assert tc.EdtfDate("2004") != tc.EdtfDate("2004-XX")
    assert tc.EdtfDate("2004") != tc.EdtfInterval("2004/2004")


@given(either)
def test_a_copy_is_equal(known: Any) -> None:
    """Copies and pickles, of every protocol, are equal, hash the same and keep their type and bounds."""
    pickled = [pickle.loads(pickle.dumps(known, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for copied in [copy.copy(known), copy.deepcopy(known), *pickled]:
        assert type(copied) is type(known)
        assert copied == known
        assert hash(copied) == hash(known)
        assert _bounds(copied) == _bounds(known)
        assert copied.precision is known.precision


@pytest.mark.parametrize("known", [tc.EdtfDate("1940"), tc.EdtfInterval("1940/..")], ids=repr)
@pytest.mark.parametrize("name", ["_text", "_parsed", "earliest", "precision", "note"])
def test_a_date_is_immutable(known: Any, name: str) -> None:
    """Nothing can be assigned or deleted, and no attribute can be added."""
    before = str(known), _bounds(known)
    told = f"^{type(known).__name__} is immutable$"
    with pytest.raises(AttributeError, match=told):
        setattr(known, name, "1950")
    with pytest.raises(AttributeError, match=told):
        delattr(known, name)
    assert not hasattr(known, "__dict__")
    assert (str(known), _bounds(known)) == before


def test_a_date_shows_its_text() -> None:
    """`repr` is the constructor's call, `str` the text."""
    assert repr(tc.EdtfDate("1972?")) == "EdtfDate('1972?')"
    assert repr(tc.EdtfInterval("1967/..")) == "EdtfInterval('1967/..')"
    assert f"{tc.EdtfDate('1972?')}" == "1972?"


# --- Ways to give a time ---------------------------------------------------------------------


@given(st.dates())
def test_a_date_of_python_is_taken_to_the_day(day: date) -> None:
    """A field takes a `datetime.date` as the same day."""
    known = tc.Partnership(cities=("a", "b"), since=day).since
    assert known == tc.EdtfDate(day.isoformat())
    assert known == to_date(day) == moment(day)
    assert known.earliest == known.latest == day


def test_a_date_is_kept_and_none_stays_none() -> None:
    """A date or an interval is returned as it is, and `None` stays `None`."""
    known, period = tc.EdtfDate("194X"), tc.EdtfInterval("1967/")
    assert to_date(known) is known
    assert to_date("194X") == known
    assert to_date(None) is None
    assert to_interval(period) is period
    assert to_interval("1967/") == period
    assert to_interval(None) is None


@pytest.mark.parametrize("value", [True, 1940.0, b"1940", tc.EdtfInterval("1940/")], ids=repr)
def test_a_field_takes_no_other_type_as_a_date(value: Any) -> None:
    """Booleans, fractions, bytes and intervals aren't dates."""
    with pytest.raises(tc.InvalidDateError, match="expected a date as text"):
        to_date(value)


@pytest.mark.parametrize("value", [1940, tc.EdtfDate("1940"), date(1940, 1, 1)], ids=repr)
def test_a_field_takes_no_other_type_as_an_interval(value: Any) -> None:
    """A date isn't converted to an interval."""
    with pytest.raises(tc.InvalidDateError, match="expected an interval as text"):
        to_interval(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1985, tc.EdtfDate("1985")),
        (1, tc.EdtfDate("0001")),
        (9999, tc.EdtfDate("9999")),
        ("1985", tc.EdtfDate("1985")),
        ("198X?", tc.EdtfDate("198X?")),
        ("2022/2029", tc.EdtfInterval("2022/2029")),
        ("1967/..", tc.EdtfInterval("1967/..")),
        (tc.EdtfDate("1985-06"), tc.EdtfDate("1985-06")),
        (tc.EdtfInterval("../1985"), tc.EdtfInterval("../1985")),
        (date(1985, 6, 1), tc.EdtfDate("1985-06-01")),
        (datetime(1985, 6, 1, 23, 59, tzinfo=UTC), tc.EdtfDate("1985-06-01")),
    ],
    ids=repr,
)
def test_a_question_takes_a_time_in_many_forms(value: Any, expected: Any) -> None:
    """A question is about a date, an interval, or a year given as a number."""
    found = moment(value)
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "expected a year between 0001 and 9999"),
        (-1, "expected a year between 0001 and 9999"),
        (10000, "expected a year between 0001 and 9999"),
        (10**5000, "expected a year between 0001 and 9999"),
        (-(10**5000), "expected a year between 0001 and 9999"),
        (True, "expected a date, an interval or a year"),
        (1985.0, "expected a date, an interval or a year"),
        (None, "expected a date, an interval or a year"),
        (["1985"], "expected a date, an interval or a year"),
        ("", "expected a date that isn't blank"),
        ("yesterday", "expected a date such as"),
        ("1990/1980", "expected an interval that doesn't end before it starts"),
    ],
    ids=["0", "-1", "10000", "huge", "-huge", "True", "float", "None", "list", "blank", "word", "backward"],
)
def test_a_question_about_no_time_is_refused(value: Any, words: str) -> None:
    """A value that isn't a time is refused, however large the number."""
    with pytest.raises(tc.InvalidDateError, match=f"^{words}") as caught:
        moment(value)
    assert caught.value.text == value


def test_hashes_tell_dates_apart() -> None:
    """Dates and intervals differ if their texts do."""
    dates = [tc.EdtfDate(text) for text in ("1980", "1980-05", "198X")]
    intervals = [tc.EdtfInterval(text) for text in ("1980/1990", "1980/..", "1980/")]
    assert len({hash(value) for value in (*dates, *intervals)}) == 6


BEFORE = """
1971 1972 | 1971 [1972,1973] | [1972,1973] 1974 | 197X 1980 | 1967/1970 1971 | 1967?/1970 1980 | 1960 1967/ | 1960 1967/..
1981-12-31 1982-01-01 | 1967/1970 1971/.. | ../1970 1971
"""
NOT_BEFORE = """
[1972,1973] 1973 | 1972 1972-05 | 197X 1979 | 1971? 1980 | 1980 1971? | 1971 1980? | 1967/.. 1999 | 1967/ 1999
1967/1970? 1999 | 1960 ../1967 | 1960 /1967 | 1960 1967?/1970 | 1972 1972 | 1980 1971
"""
WITHIN = """
1972-05 1972 | 1972-05 197X | 1972-05 1972? | 1972-05 1972~ | 1972-05 [1972,1973] | 1972-05 1972/1975 | 1972-05 1972/..
1972-05 ../1972 | [1972,1973] 197X | [1972,1973] 1972/1975 | [1972,1973] 1972/.. | 1972? 1972? | 1972-05? 1972?
1972/.. 1972/.. | 1972/ 1972/.. | ../1972 ../1972 | 1972/1975 1970/1980 | 1972/1975 1970/.. | 1985-XX-XX 1985
1985 1985-XX-XX | 197X 19XX | 1971/1972 1970/1980
"""
NOT_WITHIN = """
1972 [1960..1963] | 1972 1972/ | 1972 1972?/1975 | 197X 1972 | 197X 1972/1975 | 197X [1972,1973] | 1972? 1972 | 1972? 197X
1972? 1972~ | 1962 [1958,1967] | 1972/1975 1972 | 1972/1975 197X | 1972/.. 1972/ | ../1972 1972 | ../1972 /1972
1972 1972-05 | 1972? 1970/1980 | 1972/1975 1973/1980 | 1972/1985 1970/1980 | 1972/1975? 1970/1980
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of a list above."""
    return [(first, second) for pair in re.split(r"[|\n]", text) if pair.strip() for first, second in [pair.split()]]


def of(text: str) -> tc.EdtfDate | tc.EdtfInterval:
    """A time as a question takes it; sets wait until dates may be sets."""
    if "[" in text:
        try:
            return tc.EdtfDate(text)
        except tc.InvalidDateError:
            pytest.skip("sets of dates aren't supported")
    return moment(text)


@pytest.mark.parametrize(("first", "second"), pairs(BEFORE))
def test_what_surely_comes_before(first: str, second: str) -> None:
    """The end of the one and the start of the other are known and unmarked, and in this order."""
    assert of(first).is_before(of(second))
    assert not of(second).is_before(of(first))


@pytest.mark.parametrize(("first", "second"), pairs(NOT_BEFORE))
def test_what_may_not_come_before(first: str, second: str) -> None:
    """Bounds that overlap, or are open, unknown or marked, decide nothing."""
    assert not of(first).is_before(of(second))


@pytest.mark.parametrize(("fine", "wide"), pairs(WITHIN))
def test_what_lies_within(fine: str, wide: str) -> None:
    """Every day that the one allows the other allows too, and it is in no doubt where the other isn't."""
    assert of(fine).is_within(of(wide))


@pytest.mark.parametrize(("fine", "wide"), pairs(NOT_WITHIN))
def test_what_does_not_lie_within(fine: str, wide: str) -> None:
    """A day more, a doubt more, or a time that lasts against a date."""
    assert not of(fine).is_within(of(wide))


def test_a_date_that_is_missing_is_before_nothing() -> None:
    """Fields may be empty."""
    assert not tc.EdtfDate("1972").is_before(None)


@pytest.mark.parametrize("other", ["1990", 1990, date(1990, 1, 1)])
def test_only_dates_and_intervals_are_compared(other: Any) -> None:
    """A text or a year is refused rather than read as something else."""
    with pytest.raises(tc.InvalidDateError, match=r"^expected an EdtfDate or an EdtfInterval, got .*1990"):
        tc.EdtfDate("1972").is_before(other)
    with pytest.raises(tc.InvalidDateError, match=r"^expected an EdtfDate or an EdtfInterval"):
        tc.EdtfDate("1972").is_within(other)


@given(edtf_dates() | edtf_intervals(), edtf_dates() | edtf_intervals())
def test_comparisons_hold_for_days(a: Any, b: Any) -> None:
    """A date before another is neither within it nor after it, and a date within another keeps its bounds."""
    if a.is_before(b):
        assert not b.is_before(a)
        assert not a.is_within(b)
    if a.is_within(b) and a != b:
        assert b.earliest is None or (a.earliest is not None and b.earliest <= a.earliest)
        assert b.latest is None or (a.latest is not None and a.latest <= b.latest)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1980, "1980"),
        (7, "0007"),
        (datetime(1980, 5, 1, 12, tzinfo=UTC), "1980-05-01"),
        (date(1980, 5, 1), "1980-05-01"),
    ],
    ids=str,
)
def test_a_field_takes_years_and_days(value: Any, text: str) -> None:
    """A whole number is a year and a datetime its day, in fields as in questions."""
    assert tc.Partnership(cities=("a", "b"), since=value).since == tc.EdtfDate(text)
    assert moment(value) == tc.EdtfDate(text)


@pytest.mark.parametrize("value", [0, 10000, True, 1980.0, [1980]], ids=repr)
def test_a_field_takes_no_other_number(value: Any) -> None:
    """Booleans and fractions aren't years."""
    with pytest.raises(tc.InvalidRecordError, match="since"):
        tc.Partnership(cities=("a", "b"), since=value)


def test_pandas_and_numpy_give_days_and_years() -> None:
    """A Timestamp is its day, an integer of numpy its year, and no time at all is refused."""
    pd = pytest.importorskip("pandas")
    np = pytest.importorskip("numpy")
    assert moment(pd.Timestamp("1980-05-01 12:00")) == tc.EdtfDate("1980-05-01")
    assert tc.Partnership(cities=("a", "b"), since=np.int64(1980)).since == tc.EdtfDate("1980")
    with pytest.raises(tc.InvalidDateError):
        moment(pd.NaT)


# -- one of a set ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "year", "precision"),
    [
        ("[1972,1973]", date(1972, 1, 1), date(1973, 12, 31), None, tc.Precision.YEAR),
        ("[1960..1963]", date(1960, 1, 1), date(1963, 12, 31), None, tc.Precision.YEAR),
        ("[1958,1967]", date(1958, 1, 1), date(1967, 12, 31), None, tc.Precision.YEAR),
        ("[1972-05,1972-07]", date(1972, 5, 1), date(1972, 7, 31), 1972, tc.Precision.MONTH),
        ("[1972-05-01,1973]", date(1972, 5, 1), date(1973, 12, 31), None, tc.Precision.YEAR),
        ("[1958,1960..1963,1967-01]", date(1958, 1, 1), date(1967, 1, 31), None, tc.Precision.YEAR),
    ],
)
def test_a_set_is_one_of_its_dates(text: str, first: date, last: date, year: int | None, precision: Any) -> None:
    """A set has the bounds of its first and last date, is certain, and prints and pickles as it is written."""
    found = tc.EdtfDate(text)
    assert (found.earliest, found.latest, found.year, found.precision) == (first, last, year, precision)
    assert found.is_certain
    assert str(pickle.loads(pickle.dumps(found))) == text
    assert len(found.possibilities) == len(found.members)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1972]", "expected two dates or more in a set; one is written 1972"),
        ("[1973,1972]", "expected the dates of a set in ascending order, each once"),
        ("[1972,1972]", "expected the dates of a set in ascending order, each once"),
        ("[1972,1972-05]", "expected the dates of a set in ascending order, each once"),
        ("[1972,1973]?", "expected no ?, ~ or % after a set"),
        ("[1972?,1973]", "expected plain years, months or days in a set, without X, ?, ~ or %"),
        ("[197X,1983]", "expected plain years, months or days in a set, without X, ?, ~ or %"),
        ("[..1984]", "expected a date at both ends of a range in a set"),
        ("[1984..]", "expected a date at both ends of a range in a set"),
        ("[1972-05-03..1972-05-03]", "expected a range of two dates of one precision, the earlier first, in a set"),
        ("[2020..2021..2022]", "expected a date such as 1940"),
        ("[1963..1960]", "expected a range of two dates of one precision, the earlier first, in a set"),
        ("[1960..1963-05]", "expected a range of two dates of one precision, the earlier first, in a set"),
        ("[72,73]", "expected a year of four digits in a set"),
        *((text, "expected one of a set such as") for text in ("[", "[]", "[1972, 1973]", "[1972,]")),
        *((text, "expected one of a set such as") for text in ("[" * 5000, "[[1972,1973],1975]", "[1972,1973]]")),
    ],
)
def test_other_sets_are_refused(text: str, reason: str) -> None:
    """A set has two or more plain dates in ascending order; the error says what is wrong."""
    with pytest.raises(tc.InvalidDateError) as raised:
        tc.EdtfDate(text)
    assert raised.value.reason.startswith(reason)


def test_sets_stand_alone() -> None:
    """A set can't be an end of an interval, or the `as_of` of a data set."""
    with pytest.raises(tc.InvalidDateError, match="expected no set in an interval"):
        tc.EdtfInterval("[1972,1973]/1980")
    with pytest.raises(tc.DatasetError, match=r"\$\.as_of: expected one date, got a set"):
        tc.Dataset(as_of="[1972,1973]")
    with pytest.raises(tc.DatasetError, match=r"\$\.as_of: expected one date, got a set"):
        tc.from_json('{"format": "twincities/1", "as_of": "[1972,1973]"}')


def test_sets_stand_in_lists_by_their_bounds() -> None:
    """Of dates that begin together the wider comes first."""
    texts = ["197X", "[1972,1980]", "[1972,1973]", "1972", "1972-01", "1973"]
    assert [str(found) for found in sorted(map(tc.EdtfDate, reversed(texts)))] == texts


@pytest.mark.parametrize(
    ("text", "other", "within"),
    [
        ("[1972,1973]", "197X", True),
        ("1972", "[1960..1980]", True),
        ("1962", "[1958,1967]", False),
        ("197X", "[1970..1979]", True),
        ("[1958,1967]", "[1958..1967]", True),
    ],
)
def test_a_set_is_compared_by_what_it_allows(text: str, other: str, within: bool) -> None:
    """A date lies within a set if each of its days is in one of the dates of the set."""
    assert tc.EdtfDate(text).is_within(tc.EdtfDate(other)) is within
