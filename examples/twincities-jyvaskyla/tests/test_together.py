"""
Together with Kuopio's data set, which twincities ships: answers that neither data set has by itself.
"""

from __future__ import annotations

import pytest

import twincities as tc

KUOPIO, JYVASKYLA = tc.load("kuopio"), tc.load("jyvaskyla")
TOGETHER = KUOPIO.merge(JYVASKYLA)


def test_they_dont_contradict_each_other() -> None:
    """They merge in either order without conflicts, and no record is lost."""
    other = JYVASKYLA.merge(KUOPIO)
    assert TOGETHER.partnerships.keys() == other.partnerships.keys()
    assert TOGETHER.partnerships.keys() == KUOPIO.partnerships.keys() | JYVASKYLA.partnerships.keys()
    assert KUOPIO.cities.keys() & JYVASKYLA.cities.keys() == {"gyor", "opole"}


def test_a_chain_leads_from_one_to_the_other() -> None:
    """Kuopio is twinned with Opole, Opole with Potsdam, and Potsdam with Jyväskylä: neither data set has all three."""
    chain = TOGETHER.path("Kuopio", "Jyväskylä")
    assert chain is not None
    assert [tie.partner.name for tie in chain] == ["Opole", "Potsdam", "Jyväskylä"]
    for alone in (KUOPIO, JYVASKYLA):
        with pytest.raises(tc.UnknownCityError):
            alone.path("Kuopio", "Jyväskylä")


def test_partners_of_partners() -> None:
    """Two of Jyväskylä's partners are twinned with one of Kuopio's; the cities themselves share none."""
    shared = {cousin.city.name: [city.name for city in cousin.shared] for cousin in TOGETHER.cousins("Kuopio")}
    assert (shared["Potsdam"], shared["Poznań"]) == (["Opole"], ["Győr"])
    assert "Jyväskylä" not in shared
    assert not {"Potsdam", "Poznań"} & {cousin.city.name for cousin in KUOPIO.cousins("Kuopio")}


def test_both_keep_what_they_say() -> None:
    """Kuopio's list stays complete, and Jyväskylä's doesn't become so."""
    assert TOGETHER.partners("Kuopio").complete
    assert not TOGETHER.partners("Jyväskylä").complete
