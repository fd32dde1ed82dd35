"""
All charts: anything can be drawn up to a limit, and colours agree.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from generators import graphs
from hypothesis import given, settings
from pictures import KINDS, KUOPIO, PARTNERS, city, star, twinned

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities import charts  # noqa: E402
from twincities.charts.style import STATUS_COLOURS  # noqa: E402


@pytest.mark.parametrize(
    "ds",
    [
        tc.Dataset(),
        tc.Dataset(cities=[city("a", 60, 20)]),
        twinned(city("a"), city("b")),
        twinned(city("a", 62.89238, 27.67703), city("b", -62.89238, -152.32297), since="1980"),
        twinned(city("n", 90), city("s", -90), city("e", 0, 180), status="ended"),
        twinned(city("a", 50, 10), city("b", 50, 10), city("c", 50, 10.0001), since="1980"),
        twinned(city("suva", -18, 178), city("apia", -14, -172), city("nome", 64, -165)),
        twinned(city("a", 0, 0, populations=[tc.Population(value=0)]), city("b", 1, 1)),
    ],
    ids=["nothing", "a city", "no places", "opposite", "poles", "one place", "antimeridian", "nobody"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_any_data_set_can_be_drawn(ds: tc.Dataset, kind: str, tmp_path: Path) -> None:
    """Every chart of every data set is valid, can be drawn, and is the same each time."""
    chart = getattr(ds.chart, kind)()
    charts.save(chart, tmp_path / "chart.png", scale=0.2)
    assert getattr(ds.chart, kind)().to_dict() == chart.to_dict()


@settings(max_examples=25)
@given(graphs())
@pytest.mark.parametrize("kind", KINDS)
def test_any_data_set_makes_valid_charts(kind: str, ds: tc.Dataset) -> None:
    """Every chart is valid for altair, with any dates and with few facts."""
    spec = getattr(ds.chart, kind)(lang="sv").to_dict()
    assert spec["description"]


@pytest.mark.parametrize(
    ("kind", "count", "text"),
    [
        ("map", 1000, "expected at most 1,000 cities in one chart, got 1,001; narrow the selection"),
        ("network", 300, "expected at most 300 cities in one chart, got 301"),
        ("timeline", 301, "expected at most 300 partnerships in one chart, got 301"),
        ("areas", 101, "expected at most 100 partnerships in one chart, got 101"),
    ],
)
def test_more_than_can_be_read_is_refused(kind: str, count: int, text: str) -> None:
    """The error for too many ties or cities states the limit and what to do."""
    with pytest.raises(tc.QueryError, match=text):
        getattr(star(count).chart, kind)()


def test_more_rows_and_areas_than_can_be_read_are_refused() -> None:
    """Networks count as rows of a timeline; the areas of a matrix are limited too."""
    ds = star(300)
    network = tc.CooperationNetwork(id="n", members=["c0", "c1"])
    with pytest.raises(tc.QueryError, match="at most 300 partnerships and networks in one chart, got 301"):
        ds.with_records(network).chart.timeline()
    areas = [tc.CooperationArea(id=f"a{n}") for n in range(301)]
    tie = tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=[area.id for area in areas])])
    with pytest.raises(tc.QueryError, match="at most 300 areas in one chart, got 301"):
        tc.Dataset(cities=[city("a"), city("b")], partnerships=[tie], areas=areas).chart.areas()


def test_the_colours_are_the_same_in_all_charts() -> None:
    """A status has the same colour in every chart."""
    for chart in (PARTNERS.chart.map(), PARTNERS.chart.network(), PARTNERS.chart.timeline()):
        text = json.dumps(chart.to_dict())
        assert STATUS_COLOURS[tc.PartnershipStatus.SUSPENDED] in text
    assert STATUS_COLOURS[tc.PartnershipStatus.ENDED] not in json.dumps(PARTNERS.chart.map().to_dict())


def test_a_selection_without_ties_has_no_charts() -> None:
    """Only ties have charts: other answers raise an error. The repr names the charts."""
    with pytest.raises(AttributeError, match="a selection of Cousin has no chart"):
        KUOPIO.cousins("Kuopio").chart  # type: ignore[misc]  # noqa: B018
    assert repr(PARTNERS.chart) == "<Charts of 15 ties: .areas(), .map(), .network(), .timeline()>"


def test_importing_charts_imports_neither_altair_nor_numpy() -> None:
    """altair is only imported for a chart; without it the error names the command to install it."""
    code = (
        "import sys, twincities as tc, twincities.charts\n"
        "ds = tc.load(); ds.chart; ds.partners('Kuopio').chart\n"
        "assert not {'altair', 'numpy', 'vl_convert'} & set(sys.modules)\n"
        "sys.modules['vl_convert'] = None\n"
        "try: ds.chart.map()\n"
        "except tc.MissingDependencyError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "this needs the package vl_convert: pip install 'twincities[charts]'"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"title": 3}, "expected text as title=, got 3"),
        ({"lang": "Finnish"}, "expected a BCP 47 tag such as 'fi', got 'Finnish'"),
        ({"lang": None}, "expected a BCP 47 tag such as 'fi', got None"),
        ({"width": "x"}, "expected width= as a whole number of 300 or more, got 'x'"),
        ({"width": None}, "expected width= as a whole number of 300 or more, got None"),
        ({"height": 1.5}, "expected height= as a whole number of 200 or more, got 1.5"),
    ],
)
def test_wrong_options_are_refused(kind: str, options: dict[str, Any], message: str) -> None:
    """Every chart refuses a wrong title, language or size, also of an empty data set."""
    sizes = {"map": {"width", "height"}, "network": {"width", "height"}, "timeline": {"width"}, "areas": set()}
    if options.keys() <= {"title", "lang"} | sizes[kind]:
        for ds in (KUOPIO, tc.Dataset()):
            with pytest.raises(tc.QueryError, match=message):
                getattr(ds.chart, kind)(**options)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ties": None}, r"expected ties, as partners\(\) returns them, got None"),
        ({"ties": KUOPIO}, r"expected ties, as partners\(\) returns them, got <Dataset"),
        ({"ties": [], "cities": 3}, "expected cities as cities=, got 3"),
        ({"ties": [], "cities": ["kuopio"]}, "expected cities as cities=, got 'kuopio'"),
        ({"ties": [], "networks": ["nordic"]}, "expected networks as networks=, got 'nordic'"),
    ],
)
def test_charts_are_of_ties_cities_and_networks(arguments: dict[str, Any], message: str) -> None:
    """Anything else is refused when the object is made."""
    with pytest.raises(tc.QueryError, match=message):
        charts.Charts(**arguments)


def test_the_time_of_charts_may_be_text() -> None:
    """`as_of` is a date or its text; other texts are refused."""
    as_text, as_date = (charts.Charts(PARTNERS, as_of=time).timeline() for time in ("2022", tc.EdtfDate("2022")))
    assert as_text.to_dict() == as_date.to_dict()
    with pytest.raises(tc.InvalidDateError, match=r"^as_of=: expected a date"):
        charts.Charts(PARTNERS, as_of="soon")
