"""
Strategies for the library's own tests: data sets with many ties, dates near each other, documents that are nearly valid.

Everything else comes from `twincities.strategies`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

import twincities as tc
from twincities.strategies import datasets, edtf_dates, edtf_intervals
from twincities.strategies.documents import altered as damaged
from twincities.strategies.values import JSON_VALUES

__all__ = ["GRAPH_AREAS", "damaged", "datasets", "dates", "graphs", "intervals", "json_values"]

json_values = JSON_VALUES


def dates(low: int, high: int) -> st.SearchStrategy[tc.EdtfDate]:
    """
    Dates between two years of one century, and that century.
    """
    century = st.sampled_from(["", "?", "~", "%"]).map(lambda qualifier: tc.EdtfDate(f"{low // 100}XX{qualifier}"))
    return st.one_of(*[edtf_dates(min_year=low, max_year=high)] * 6, century)


def intervals(low: int, high: int) -> st.SearchStrategy[tc.EdtfInterval]:
    """
    Intervals between two years.
    """
    return edtf_intervals(min_year=low, max_year=high)


def some(values: Sequence[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    """
    A few of *values*, each once.
    """
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    since, until = fields.get("since"), fields.get("until")
    if since and until and until.latest < since.earliest:
        fields = {**fields, "since": until, "until": since}
    return fields


GRAPH_AREAS = ("arts", "music", "opera", "sport", "trade")
"""The areas of `graphs`: opera is below music, music below arts."""


def _graph_areas() -> list[tc.CooperationArea]:
    broader = {"music": ("arts",), "opera": ("music", "sport")}
    return [tc.CooperationArea(id=id, broader=broader.get(id, ())) for id in GRAPH_AREAS]


@st.composite
def graphs(draw: st.DrawFn, max_cities: int = 8) -> tc.Dataset:
    """
    Data sets with many ties, of whose records only what questions look at is filled in.
    """
    near = dates(1940, 1999)
    city_ids = [f"c{n}" for n in range(draw(st.integers(1, max_cities)))]
    pairs = [(a, b) for index, a in enumerate(city_ids) for b in city_ids[:index]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12, unique=True)) if pairs else []
    activities = st.lists(st.builds(tc.Activity, areas=some(GRAPH_AREAS)), max_size=2)
    agreements = st.lists(st.builds(tc.Agreement, period=st.none() | intervals(1940, 1999)), max_size=2)
    milestones = st.lists(st.builds(tc.Milestone, kind=st.just("attested") | st.just("signed"), date=near), max_size=1)
    tie = {
        "kind": st.none() | st.sampled_from(tc.PartnershipKind),
        "status": st.none() | st.sampled_from(tc.PartnershipStatus),
        "since": st.none() | near,
        "status_since": st.none() | near,
        "until": st.none() | near,
        "activities": activities,
        "agreements": agreements,
        "milestones": milestones,
    }
    point = st.builds(tc.Coordinates, latitude=st.floats(-80, 80), longitude=st.floats(-179, 179))
    place = {
        "country_code": st.none() | st.sampled_from(["FI", "SE", "NO"]),
        "name": st.sampled_from(["Aa", "Bb", "Cc"]),
        "coordinates": st.none() | point,
    }
    count = draw(st.integers(0, 2)) if pairs else 0
    return tc.Dataset(
        cities=[tc.City(id=id, **draw(st.fixed_dictionaries(place))) for id in city_ids],
        areas=_graph_areas(),
        vocabulary=None,
        partnerships=[tc.Partnership(cities=pair, **_in_order(draw(st.fixed_dictionaries(tie)))) for pair in chosen],
        networks=[
            tc.CooperationNetwork(
                id=f"n{n}",
                members=draw(st.lists(st.sampled_from(city_ids), min_size=2, max_size=5, unique=True)),
                since=draw(st.none() | near),
                activities=draw(activities),
                agreements=draw(agreements),
            )
            for n in range(count)
        ],
        as_of=draw(st.none() | near.filter(lambda moment: not str(moment).startswith("["))),  # one time, no set
        complete_for=draw(some(city_ids)),
    )
