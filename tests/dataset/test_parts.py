"""
Parts of a data set: a city, its ties and networks, and what they refer to.
"""

from __future__ import annotations

import pytest
from generators import graphs
from hypothesis import given

import twincities as tc
from twincities.strategies import datasets

KUOPIO = tc.load()


@given(graphs())
def test_the_part_has_the_answers_about_its_city(ds: tc.Dataset) -> None:
    """The city keeps its ties, networks and dates, and there are no other ties."""
    for city in list(ds.cities)[:3]:
        part = ds.around(city)
        assert [tie.partnership for tie in part.partners(city)] == [tie.partnership for tie in ds.partners(city)]
        assert [tie.networks for tie in part.partners(city)] == [tie.networks for tie in ds.partners(city)]
        assert len(part.partnerships) == len(ds.partners(city))
        assert part.complete_for == tuple(id for id in ds.complete_for if id == city)
        assert part.around(city) == part


@given(datasets(min_cities=1))
def test_a_part_of_any_data_set_fits_together(ds: tc.Dataset) -> None:
    """Everything that the city, its ties and its networks refer to is there, unchanged."""
    for city in list(ds.cities)[:2]:
        part = ds.around(city)
        assert part.cities.items() <= ds.cities.items()
        assert part.sources.items() <= ds.sources.items()
        assert part.title == ds.title


def test_the_part_of_a_partner() -> None:
    """Opole has one tie in the bundled data; its networks and sources are kept, the rest isn't."""
    part = KUOPIO.around("Opole")
    assert list(part.cities) == ["kuopio", "opole"]
    assert len(part.partnerships) == 1
    assert part.complete_for == ()
    assert set(part.sources) < set(KUOPIO.sources)
    with pytest.raises(tc.UnknownCityError):
        KUOPIO.around("Nowhere")
