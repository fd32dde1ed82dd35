"""
Countries by name: every name means its country, and never another.
"""

from __future__ import annotations

import pytest

import twincities as tc
from twincities.model.vocabulary import country_names, unclear_countries
from twincities.query.countries import country_code


@pytest.mark.parametrize("code", sorted(country_names()))
def test_every_name_of_a_country_means_it(code: str) -> None:
    """Each shipped name leads back to its country, also with an article and with "and" for "&"."""
    for name in country_names()[code]:
        assert country_code(name) == code
        assert country_code(name.replace(" & ", " and ").upper()) == code
        assert country_code(f"the {name}") == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bosnia and Herzegovina", "BA"),
        ("Hong Kong", "HK"),
        ("State of Palestine", "PS"),
        ("East Timor", "TL"),
        ("The Netherlands", "NL"),
        ("DR Congo", "CD"),
        ("Congo (the Democratic Republic of the)", "CD"),
        ("Korea, Republic of", "KR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("St Lucia", "LC"),
        ("Saint Kitts and Nevis", "KN"),
        ("U.S.A.", "US"),
        ("die Schweiz", "CH"),
        ("l’Allemagne", "DE"),
        ("Tschechien", "CZ"),
        ("États-Unis", "US"),
        ("Etats Unis", "US"),
        ("Saksa", "DE"),
        ("Tyskland", "DE"),
        ("DDR", "DE"),
        ("Zaire", "CD"),
        ("Burma", "MM"),
        ("Republic of the Union of Myanmar", "MM"),
        ("Slovak Republic", "SK"),
        ("Georgia", "GE"),
        ("Saksa / Germany", "DE"),
        ("Germany (GDR)", "DE"),
        ("Korea (South)", "KR"),
    ],
)
def test_names_that_people_write(name: str, code: str) -> None:
    """Short and full names of ISO 3166-1 are known, and everyday, foreign and former names of one country."""
    assert country_code(name) == code


COMPOUND = ["Georgia (USA)", "Ireland (Northern)", "Samoa (American)", "China (Taiwan)", "Finland/Sweden", "/", "()"]


@pytest.mark.parametrize(
    "name", [*unclear_countries(), "New Jersey", "Mexico City", "Karelia", "Slov.", "", "?", *COMPOUND]
)
def test_names_of_several_countries_or_none_are_refused(name: str) -> None:
    """A name that may mean several countries, or a part of one, is refused."""
    with pytest.raises(tc.UnknownNameError) as caught:
        country_code(name)
    expected = [tc.country_name(code) for code in unclear_countries().get(name, ())]
    if expected:
        assert list(caught.value.suggestions) == expected


def test_filters_know_the_same_names() -> None:
    """Filters know every name of a country that tables know."""
    ds = tc.load()
    for name in ("Deutschland", "Allemagne", "Saksa", "the Federal Republic of Germany", "BRD"):
        assert ds.partners("Kuopio", country=name) == ds.partners("Kuopio", country="DE")
