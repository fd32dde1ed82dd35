"""
Every fact has a source that can be looked up.
"""

from __future__ import annotations

import pytest

import twincities as tc

DS = tc.load("jyvaskyla")
PARTNERS = DS.partners("Jyväskylä")
WIKIDATA = {"wikidata-2022", "wikidata-2025"}


def test_every_record_has_sources() -> None:
    """Lint, which knows what counts as a source, finds no record without one."""
    assert DS.lint(only="missing-sources") == ()


@pytest.mark.parametrize("source", DS.sources.values(), ids=list(DS.sources))
def test_every_source_can_be_looked_up(source: tc.Source) -> None:
    """A source has a title, a publisher and an address."""
    assert source.title
    assert source.publisher
    assert source.url


@pytest.mark.parametrize("tie", PARTNERS, ids=[tie.partner.id for tie in PARTNERS])
def test_every_partner_has_two_sources(tie: tc.Tie) -> None:
    """Wikidata and at least one other source state each partner."""
    sources = set(tie.partnership.sources)
    assert sources & WIKIDATA
    assert sources - WIKIDATA


def test_every_date_has_a_source_of_its_own() -> None:
    """The start of a partnership has a source other than Wikidata."""
    for partnership in DS.partnerships.values():
        if partnership.since is not None:
            told = partnership.field_sources.get("since", partnership.sources)
            assert set(told).isdisjoint(WIKIDATA), partnership


def test_it_doesnt_say_that_it_is_complete() -> None:
    """Jyväskylä's own list wasn't available: a city that is missing here may be a partner."""
    assert DS.complete_for == ()
    assert not PARTNERS.complete


def test_the_agreement_with_kunming_has_its_term() -> None:
    """A five-year agreement is found among those that have expired."""
    (expiry,) = DS.expiring("2013")
    assert expiry.record.cities == ("jyvaskyla", "kunming")


def test_texts_are_in_the_city_s_own_language() -> None:
    """Every summary in English is also in Finnish."""
    activities = [activity for partnership in DS.partnerships.values() for activity in partnership.activities]
    assert activities
    assert all({"fi", "en"} <= activity.summary.keys() for activity in activities)
