"""
Calendars: their events, format and stable identifiers.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from generators import datasets
from hypothesis import given, settings

import twincities as tc

icalendar = pytest.importorskip("icalendar")
KUOPIO = tc.load()


def events(data: bytes) -> list[Any]:
    """The events of a calendar, as icalendar reads it."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def made(as_of: str | None = "2026", **fields: Any) -> tc.Dataset:
    """A data set with one tie."""
    cities = [tc.City(id="a", name="Firenze", names={"en": "Florence"}), tc.City(id="b", name="B")]
    return tc.Dataset(id="x", as_of=as_of, cities=cities, partnerships=[tc.Partnership(cities=("a", "b"), **fields)])


def test_the_anniversaries_and_ends_of_some_years() -> None:
    """Each anniversary and expiring agreement in the years asked for is an event, in order of dates."""
    found = events(KUOPIO.to_ics(city="Kuopio", years=range(2027, 2031), lang="fi"))
    titles = [(event.decoded("dtstart"), str(event["summary"])) for event in found]
    assert (dt.date(2030, 1, 1), "Kuopio – Opole: 50 vuotta") in titles
    assert (
        dt.date(2029, 12, 31),
        "Pohjoismainen ystävyyskaupunkiyhteistyö: Pohjoismainen yhteistyösopimus 2022–2029 päättyy",
    ) in titles
    assert titles == sorted(titles, key=lambda pair: pair[0])
    years = [jubilee.years for year in range(2027, 2031) for jubilee in KUOPIO.anniversaries(year, city="Kuopio")]
    assert len(titles) == len(years) + len(KUOPIO.expiring("2030", after="2026", city="Kuopio"))


@pytest.mark.parametrize(
    ("since", "day", "known"),
    [
        ("1980-06-11", dt.date(2030, 6, 11), True),
        ("1980-06", dt.date(2030, 6, 1), False),
        ("1980", dt.date(2030, 1, 1), False),
        ("1980-02-29", dt.date(2030, 2, 28), True),
        ("[1980-03-01,1980-05-05]", dt.date(2030, 3, 1), False),
    ],
)
def test_a_day_that_isnt_known_is_said(since: str, day: dt.date, known: bool) -> None:
    """Events last all day; if only the month or year is known, the text says so."""
    (event,) = events(made(since=since).to_ics(years=[2030]))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (day, day + dt.timedelta(days=1))
    assert ("The day isn't known" in str(event["description"])) == (not known)
    assert str(event["summary"]) == "Florence – B: 50 years"


@pytest.mark.parametrize(
    ("end", "known"), [("2027-05-05", True), ("2027-05-05?", False), ("2027-05-05~", False), ("2027-05", False)]
)
def test_an_end_that_isnt_certain_is_said(end: str, known: bool) -> None:
    """The end of an agreement that has a name says as well if its day is uncertain, approximate or unknown."""
    agreement = tc.Agreement(names={"en": "Plan"}, period=f"2020/{end}")
    (event,) = events(made(agreements=[agreement]).to_ics(years=[2027]))
    assert ("The day isn't known" in str(event.get("description"))) == (not known)


@pytest.mark.parametrize(("alarm", "trigger"), [(30, dt.timedelta(days=-30)), (0, dt.timedelta(0)), (None, None)])
def test_an_alarm_comes_ahead(alarm: int | None, trigger: dt.timedelta | None) -> None:
    """The alarm is the number of days before that was asked for, or there is none."""
    (event,) = events(made(since="1980").to_ics(years=[2030], alarm=alarm))
    alarms = event.walk("VALARM")
    assert [found.decoded("trigger") for found in alarms] == ([] if trigger is None else [trigger])


def test_an_event_stays_the_same() -> None:
    """An event has the same UID in every language and edition, and no other event has it."""
    agreements = [
        tc.Agreement(names={"en": "One"}, period="2020/2030"),
        tc.Agreement(names={"en": "Two"}, period="2020/2030"),
    ]
    first = made(since="1980", agreements=agreements)
    later = made("2027", since="1980-06-11", agreements=agreements, summary={"en": "More is known."})
    ids = [
        {str(event["uid"]) for event in events(ds.to_ics(years=[2030], lang=lang))}
        for ds in (first, later)
        for lang in ("en", "fi")
    ]
    assert ids[0] == ids[1] == ids[2] == ids[3]
    assert len(ids[0]) == 3
    assert not ids[0] & {str(event["uid"]) for event in events(first.to_ics(years=[2035]))}


def test_equal_data_gives_equal_bytes() -> None:
    """The time stamp is the date of the data set, not that of the clock."""
    ds = made("2026-11", since="1980")
    assert ds.to_ics(years=[2030]) == tc.from_json(ds.to_json()).to_ics(years=[2030])
    (event,) = events(ds.to_ics(years=[2030]))
    assert event.decoded("dtstamp") == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_the_years_are_those_of_the_data() -> None:
    """The default years are six from the date of the data set; without a date, years are required."""
    assert [event.decoded("dtstart").year for event in events(made(since="1980").to_ics())] == [2030]
    with pytest.raises(tc.QueryError, match="expected years= for a data set without as_of"):
        made(None, since="1980").to_ics()
    assert events(made(None, since="1980").to_ics(years=[])) == []


@pytest.mark.parametrize(
    ("option", "value"), [("years", [0]), ("years", ["2030"]), ("every", 0), ("alarm", -1), ("alarm", True)]
)
def test_numbers_are_checked(option: str, value: Any) -> None:
    """A value that is no number or out of range is an error."""
    with pytest.raises(tc.QueryError, match=f"expected {option}= as a whole number"):
        made(since="1980").to_ics(**{"years": [2030], option: value})


@settings(max_examples=50)
@given(datasets())
def test_a_calendar_keeps_to_the_rules(ds: tc.Dataset) -> None:
    """For any data set, lines have at most 75 octets and end in CR LF, UIDs are unique, and every event can be read back."""
    years = range(1900, 2100)
    data = ds.to_ics(years=years, every=25)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    found = events(data)
    assert len({str(event["uid"]) for event in found}) == len(found) == data.count(b"BEGIN:VEVENT\r\n")
    assert all(not event.errors for event in found)


def test_a_calendar_is_written(tmp_path: Path) -> None:
    """The file has what is returned; another ending is an error."""
    data = KUOPIO.to_ics(tmp_path / "kuopio.ics", city="Kuopio", lang="sv")
    assert (tmp_path / "kuopio.ics").read_bytes() == data
    assert "Kuopios vänorter" in data.decode()
    with pytest.raises(tc.QueryError, match=r"ends in \.ics"):
        KUOPIO.to_ics(tmp_path / "kuopio.txt")
    with pytest.raises(tc.UnknownCityError):
        KUOPIO.to_ics(city="Atlantis")
