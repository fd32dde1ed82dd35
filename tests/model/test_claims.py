"""Claims: values from other sources, checked like the field, and all values stated for a field."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities import strategies

FIELD = "expected a field that holds a single value, such as 'since' or 'names.fi', got"


def tie(*claims: dict[str, Any], **fields: Any) -> tc.Partnership:
    """Gdańsk and Turku, since 1958."""
    return tc.Partnership(
        cities=("turku", "gdansk"), **{"since": "1958", **fields}, claims=[tc.Claim(**claim) for claim in claims]
    )


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ([{"field": "milestones", "value": "x"}], ("$.claims[0].field", f"{FIELD} 'milestones'")),
        ([{"field": "names", "value": "x"}], ("$.claims[0].field", f"{FIELD} 'names'")),
        ([{"field": "since.fi", "value": "1960"}], ("$.claims[0].field", f"{FIELD} 'since.fi'")),
        *(
            ([{"field": name, "value": "x"}], ("$.claims[0].field", f"{FIELD} '{name}'"))
            for name in ("cities", "continues", "sources", "claims", "extra", "asserted_by", "nix", "RULES")
        ),
        ([{"field": "since", "value": "67"}], ("$.claims[0].value", "expected a year of four digits, got '67'")),
        (
            [{"field": "status", "value": "aktiv"}],
            ("$.claims[0].value", "expected one of active, dormant, suspended, ended, got 'aktiv'"),
        ),
        (
            [{"field": "names.f_i", "value": "x"}],
            ("$.claims[0].field", "expected a BCP 47 language tag (such as 'fi' or 'zh-Hant'), got 'f_i'"),
        ),
        (
            [{"field": "since", "value": "1958"}],
            ("$.claims[0]", "expected a value other than the record's own '1958'; list its sources in field_sources"),
        ),
        (
            [{"field": "since", "value": "1967"}, {"field": "since", "value": "1967", "sources": ["s"]}],
            (
                "$.claims[1]",
                "expected each value of a field once, got since '1967' again; list all its sources in one claim",
            ),
        ),
        (
            [{"field": "since", "value": "1967", "asserted_by": ["x"]}],
            ("$.claims[0].asserted_by[0]", "expected one of its cities, got 'x'"),
        ),
    ],
)
def test_a_claim_is_checked_as_its_field_is(claims: list[dict[str, Any]], problem: tuple[str, str]) -> None:
    """A claim names a field that holds one value, reads as that field reads, and says something else, once."""
    with pytest.raises(tc.InvalidRecordError) as raised:
        tie(*claims)
    assert raised.value.problems == (problem,)


def test_only_ties_and_networks_are_stated_by_cities() -> None:
    """A claim of a city names no cities; one of a network names its members."""
    claim = tc.Claim(field="kind", value="town", asserted_by=["a"])
    with pytest.raises(tc.InvalidRecordError, match="expected none: only ties and networks are asserted by cities"):
        tc.City(id="a", claims=[claim])
    network = tc.CooperationNetwork(
        id="n", members=["a", "b"], claims=[tc.Claim(field="kind", value="project", asserted_by=["a"])]
    )
    assert network.stated("kind") == ((tc.PartnershipKind.PROJECT, (), ("a",)),)


def test_stated_gives_the_records_own_value_first() -> None:
    """The own value comes with the sources of the field and the cities that don't say otherwise."""
    found = tie(
        {"field": "since", "value": "1967", "sources": ["gdansk-pl"], "asserted_by": ["gdansk"]},
        sources=["page"],
        field_sources={"since": ["turku-fi"]},
        asserted_by=["gdansk", "turku"],
        names={"fi": "ystävyyskaupunki"},
    )
    assert found.stated("since") == (
        tc.Stated(tc.EdtfDate("1958"), ("turku-fi",), ("turku",)),
        tc.Stated(tc.EdtfDate("1967"), ("gdansk-pl",), ("gdansk",)),
    )
    assert found.stated("names.fi") == (tc.Stated("ystävyyskaupunki", ("page",), ("gdansk", "turku")),)
    assert found.stated("until") == ()
    for field in ("milestones", "cities", "nix", "names", 3):
        with pytest.raises(tc.QueryError, match="expected a field that holds a single value"):
            found.stated(field)  # type: ignore[arg-type]


def test_a_claim_stands_where_there_is_no_value() -> None:
    """No source has to be preferred: only claims, or a set together with claims."""
    alone = tie({"field": "since", "value": "1958"}, {"field": "since", "value": "1967"}, since=None)
    assert [str(said.value) for said in alone.stated("since")] == ["1958", "1967"]
    beside = tie({"field": "since", "value": "1958"}, {"field": "since", "value": "1967"}, since="[1958,1967]")
    assert [str(said.value) for said in beside.stated("since")] == ["[1958,1967]", "1958", "1967"]


@given(strategies.partnerships() | strategies.cities() | strategies.networks())
def test_every_statement_is_stated(record: Any) -> None:
    """`stated` gives the value of each claim, typed; records with claims pickle."""
    assert pickle.loads(pickle.dumps(record)) == record
    for claim in record.claims:
        stated = record.stated(claim.field)
        assert sum(said[1:] == (claim.sources, claim.asserted_by) for said in stated) >= 1
        assert len({said.value for said in stated}) == len(stated)


@given(strategies.datasets(min_cities=2, min_partnerships=1), st.booleans())
def test_claims_come_back(ds: tc.Dataset, lines: bool) -> None:
    """JSON and JSON Lines hold claims."""
    from twincities.document import to_jsonl

    again = tc.from_jsonl(b"".join(to_jsonl(ds))) if lines else tc.from_json(ds.to_json())
    assert [tie.claims for tie in again.partnerships.values()] == [tie.claims for tie in ds.partnerships.values()]


def test_a_role_was_a_text_once() -> None:
    """Documents of yesterday are read: a role without a language is in one that isn't known."""
    document = '{"format": "twincities/1", "cities": [{"id": "a", "contacts": [{"role": "Mayor\'s office"}]}]}'
    (contact,) = tc.from_json(document).cities["a"].contacts
    assert contact.role == {"und": "Mayor's office"}
    assert contact == tc.Contact(role="Mayor's office")
    assert tc.Contact(role=None) == tc.Contact()
