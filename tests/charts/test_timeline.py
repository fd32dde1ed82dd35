"""
The timeline and its spans.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import KUOPIO, PARTNERS, city, column, size_of, svg_of, texts_in, twinned, values_in

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.marks import year  # noqa: E402


@given(st.dates())
def test_years_keep_the_order_of_days(day: date) -> None:
    """A day as a decimal year is within its year."""
    assert day.year <= year(day) <= day.year + 1
    assert year(date(day.year, 1, 1)) == day.year


def test_the_timeline_has_a_row_for_each_tie_and_network() -> None:
    """Rows are sorted by start; those without one are last, without a bar, and say so."""
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
    """Agreements have their own bars; events of one date share a point; planned ones are hollow."""
    spec = PARTNERS.chart.timeline(lang="fi").to_dict()
    assert {row["agreement"] for row in values_in(spec) if "agreement" in row} >= {"Kuopion ja Opolen puitesopimus"}
    (point,) = [row for row in values_in(spec) if row.get("row") == "Opole" and "milestone" in row]
    assert point["date"] == "2013"
    assert point["milestone"].startswith("aktivoitunut uudelleen: ")
    assert point["milestone"].count("; vierailu: ") == 2
    plans = [tc.Milestone(date="2030", stage="planned")]
    planned = twinned(city("a"), city("b"), milestones=plans).chart.timeline().to_dict()
    assert column(planned, "fill") == {"#ffffff"}
    assert {row["fill"] for row in values_in(spec) if row.get("row") == "Gera" and "fill" in row} == {"#222222"}
    for title in (None, "Kuopio"):
        shown = texts_in(svg_of(PARTNERS.chart.timeline(lang="fi", title=title)))
        assert any(text.startswith("kärki: jatkuu (tilanne n. 2022) · ") for text in shown)


def test_agreements_are_explained_in_the_key_and_read_aloud() -> None:
    """Their dark bars would be lost in a legend on a dark theme; screen readers read every bar."""
    picture = svg_of(PARTNERS.chart.timeline())
    assert any("thin: agreement" in text for text in texts_in(picture))
    assert "agreement" not in texts_in(picture)
    assert "Opole: Framework agreement of Kuopio and Opole, 2013–2018" in picture
    assert "undefined" not in picture


def test_the_timeline_goes_on_to_the_time_of_the_data_set() -> None:
    """Ties without an end go on to as_of, or the last date in the data; a data set shows all its networks."""
    assert column(PARTNERS.chart.timeline().to_dict(), "end") >= {2023.0}
    undated = twinned(city("a"), city("b"), since="1980")
    assert max(column(undated.chart.timeline().to_dict(), "end")) == 1981
    assert any("tip: goes on · " in text for text in texts_in(svg_of(undated.chart.timeline())))
    blank = twinned(city("a"), city("b")).chart.timeline().to_dict()
    assert all(layer["encoding"]["x"].get("axis") is None for layer in blank["layer"])
    whole = KUOPIO.chart.timeline().to_dict()["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert "Kuopio–Shanghai cooperation network" in whole or any("Shanghai" in name for name in whole)
    assert len(whole) == 23


def test_a_date_without_a_bar_is_a_point() -> None:
    """An end without a start, an agreement without one, and a change of status are points."""
    ds = twinned(
        city("a"), city("b"), until="1990", status="ended", status_since="1991",
        agreements=[tc.Agreement(period="/1985")], milestones=[tc.Milestone(date="1970")],
    )  # fmt: skip
    points = {row["milestone"]: row["date"] for row in values_in(ds.chart.timeline().to_dict()) if "milestone" in row}
    assert points == {"Milestone": "1970", "agreement": "–1985", "ended": "1991", "Until": "1990"}


def test_rows_of_one_name_have_ids() -> None:
    """Two partners of the same name have their own rows, with their ids."""
    ds = twinned(city("a"), city("b", name="Gera"), city("c", name="Gera"), since="1980")
    rows = ds.partners("a").chart.timeline().to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert rows == ["Gera (a b)", "Gera (a c)"]


def test_a_tie_that_goes_on_is_certain_to_the_first_day_of_as_of() -> None:
    """As of the 2020s, a tie since 1980 was certainly in force until 2020, and is pale after that."""
    ds = tc.Dataset(
        cities=[city("a"), city("b")], partnerships=[tc.Partnership(cities=("a", "b"), since="1980")], as_of="202X"
    )
    rows = [row for row in values_in(ds.chart.timeline().to_dict()) if "opacity" in row]
    certain = [row["end"] for row in rows if row["opacity"] > 0.5]
    assert max(certain) <= 2020.01
    assert max(row["end"] for row in rows) == 2030


@pytest.mark.parametrize("width", [300, 390, 700, 1280])
def test_a_timeline_has_the_given_width(width: int) -> None:
    """Names, bars, years and legend together have the given width, or half a tick more if a year is at the edge."""
    finland = tc.load("finland")
    for name in ("Kuopio", "Espoo", "Lahti", "Oulu", "Turku"):
        chart = finland.partners(name).chart.timeline(lang="fi", width=width, title="Kumppanit " * 9)
        assert size_of(svg_of(chart))[0] - width in {0, 1}, name


def test_a_long_name_is_on_two_lines() -> None:
    """A name too long for the space beside the rows is on two lines, whole; rows of one beginning stay apart."""
    long = "Cooperation of the Ring of Aarhus, Bergen and Turku"
    ds = twinned(city("a"), city("b", name=f"{long} 1"), city("c", name=f"{long} 2"), since="1980")
    svg = svg_of(ds.partners("a").chart.timeline())
    parts = [text for text in texts_in(svg) if "of" in text or "Turku" in text]
    assert len(parts) == 2
    assert all("…" not in text for text in parts)
    assert {text.replace(" ", "")[-1] for text in parts} == {"1", "2"}
