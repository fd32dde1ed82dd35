"""
Comparing two data sets: their common cities, the facts that only one has, and a merge without loss.
"""

from __future__ import annotations

import csv
import io
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import generators as g
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.reconcile import COLUMNS, NEAR_KM, Ambiguity, OneSided, TwoSided, Verdict, by_name, compare, merge


def point(latitude: float, longitude: float) -> tc.Coordinates:
    """A point."""
    return tc.Coordinates(latitude=latitude, longitude=longitude)


def of_cities(*cities: tc.City) -> tc.Dataset:
    """A data set of cities only."""
    return tc.Dataset(cities=cities)


def tied(*pairs: tuple[str, str], **head: Any) -> tc.Dataset:
    """A data set with these ties and nothing else."""
    ids = dict.fromkeys(id for pair in pairs for id in pair)
    return tc.Dataset(
        cities=[tc.City(id=id) for id in ids], partnerships=[tc.Partnership(cities=p) for p in pairs], **head
    )


def one_tie(**fields: Any) -> tc.Dataset:
    """A data set with one tie, of whose source it takes the name."""
    source = fields.pop("source", None)
    return tc.Dataset(
        cities=[tc.City(id="kuopio"), tc.City(id="opole")],
        partnerships=[
            tc.Partnership(cities=("kuopio", "opole"), sources=(source,) if source else (), **fields),
        ],
        sources=[tc.Source(id=source)] if source else (),
    )


def matched(a: tc.Dataset, b: tc.Dataset) -> list[tuple[str, str, str]]:
    """The matches of a comparison in short."""
    return [(match.a.id, match.b.id, match.reason) for match in compare(a, b).matches]


# -- matching --------------------------------------------------------------------------------------


def test_a_name_comes_before_an_alternative_one() -> None:
    """Of two that answer to a name in one country the one that has it as its name is meant."""
    b = of_cities(
        tc.City(id="b1", name="Ware", country_code="GB"),
        tc.City(id="b2", name="Wares", alt_names=["Ware"], country_code="GB"),
    )
    assert [found[:2] for found in matched(of_cities(tc.City(id="a", name="Ware", country_code="GB")), b)] == [
        ("a", "b1")
    ]


@pytest.mark.parametrize(
    ("here", "there", "are_one"),
    [
        ((62, 27.7), (62, 27.7), True),
        ((62, 27.7), (62, -27.7), False),  # as far east as the other west
        ((62, 27.7), (-62, 27.7), False),
        ((70, 20), (70, 21), True),  # degrees of longitude are short up there: 38 km
        ((0, 20), (0, 20.5), False),  # 56 km
        ((62, 27), (62.3, 27.5), True),  # 42 km
    ],
)
def test_a_name_is_one_place_where_it_is_near(
    here: tuple[float, float], there: tuple[float, float], are_one: bool
) -> None:
    """Of two cities with one name the distance along the ground decides, not that in degrees."""
    a, b = of_cities(tc.City(id="a", name="Kuopio", coordinates=point(*here))), point(*there)
    assert (a.cities["a"].coordinates.distance_km(b) <= NEAR_KM) is are_one  # type: ignore[union-attr]
    found = matched(a, of_cities(tc.City(id="b", name="Kuopio", coordinates=b)))
    assert len(found) == are_one


GERA = tc.City(id="gera", name="Gera", country_code="DE", coordinates=point(50.88, 12.08))


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"id": "a", "wikidata_id": "Q3750"}, {"id": "b", "wikidata_id": "Q3750"}, "Wikidata id Q3750"),
        ({"id": "a", "geonames_id": "29"}, {"id": "b", "geonames_id": "29"}, "GeoNames id 29"),
        (
            {"id": "a", "wikidata_id": "Q221119", "alt_ids": ["Q39383"]},
            {"id": "b", "wikidata_id": "Q39383"},
            "Wikidata id Q39383 (among alt_ids)",
        ),
        ({"id": "a", "alt_ids": ["7"]}, {"id": "b", "alt_ids": ["7"]}, "GeoNames id 7 (among alt_ids)"),
        ({"id": "gera"}, {"id": "gera"}, "id gera"),
        ({"id": "gera", "wikidata_id": "Q1"}, {"id": "gera", "geonames_id": "1"}, "id gera"),
        ({"id": "gera", "country_code": "DE"}, {"id": "gera"}, "id gera"),
        (
            {"id": "a", "name": "Győr", "country_code": "HU"},
            {"id": "b", "name": "x", "names": {"fi": "GYÖR"}, "country_code": "HU"},
            "name Győr, country HU",
        ),
        (
            {"id": "a", "name": "Gera", "coordinates": point(50.88, 12.08)},
            {"id": "b", "name": "Gera", "coordinates": point(50.88, 12.08), "country_code": "DE"},
            "name Gera, 0.0 km apart",
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "kind": "town", "coordinates": point(50.88, 12.08)},
            {"id": "b", "name": "Gera", "country_code": "DE", "kind": "city", "coordinates": point(50.9, 12.08)},
            "name Gera, country DE, 2.2 km apart",
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "coordinates": point(50.88, 12.08)},
            {"id": "b", "name": "Gera", "coordinates": point(50.88, 12.08)},
            "name Gera, 0.0 km apart",
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "coordinates": point(50.88, 12.08)},
            {"id": "b", "name": "Gera", "country_code": "DE"},
            "name Gera, country DE",
        ),
        (
            {"id": "a", "name": "Alūksne", "alt_names": ["Marienburg"], "country_code": "LV"},
            {"id": "b", "name": "Marienburg", "country_code": "LV"},
            "name Marienburg, country LV",
        ),
    ],
    ids=[
        "wikidata",
        "geonames",
        "town and municipality",
        "both aside",
        "id",
        "ids of two kinds",
        "id and country of one",
        "name and country",
        "name and place",
        "name, country and place",
        "name, place and one country",
        "name, country and one place",
        "alternative name",
    ],
)
def test_cities_are_matched_and_the_match_says_why(a: Mapping[str, Any], b: Mapping[str, Any], reason: str) -> None:
    """Ids in Wikidata and GeoNames, then the id, then name with country or place make two cities one."""
    first, second = of_cities(tc.City(**a)), of_cities(tc.City(**b))
    assert matched(first, second) == [(a["id"], b["id"], reason)]
    assert [(y, x) for x, y, _ in matched(second, first)] == [(a["id"], b["id"])]
    assert compare(first, second).unmatched_a == compare(first, second).unmatched_b == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"id": "gera", "wikidata_id": "Q1"}, {"id": "gera", "wikidata_id": "Q2"}),
        ({"id": "gera", "geonames_id": "1"}, {"id": "gera", "alt_ids": ["2"]}),
        ({"id": "newport", "country_code": "GB"}, {"id": "newport", "country_code": "US"}),
        ({"id": "a", "name": "Gera"}, {"id": "b", "name": "Gera"}),
        ({"id": "a", "name": "Gera", "country_code": "DE"}, {"id": "b", "name": "Gera"}),
        ({"id": "a", "name": "!", "country_code": "DE"}, {"id": "b", "name": "?", "country_code": "DE"}),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "coordinates": point(50, 12)},
            {"id": "b", "name": "Gera", "country_code": "CZ", "coordinates": point(50, 12)},
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "coordinates": point(50, 12)},
            {"id": "b", "name": "Gera", "country_code": "DE", "coordinates": point(51, 12)},
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "coordinates": point(50, 12)},
            {"id": "b", "name": "Gera", "country_code": "DE", "coordinates": point(50, 13)},
        ),
        (
            {"id": "a", "name": "Gera", "country_code": "DE", "wikidata_id": "Q1"},
            {"id": "b", "name": "Gera", "country_code": "DE", "wikidata_id": "Q2"},
        ),
        (
            {"id": "a", "name": "New York", "country_code": "US", "kind": "city"},
            {"id": "b", "name": "New York", "country_code": "US", "kind": "state"},
        ),
    ],
    ids=[
        "id but Wikidata",
        "id but GeoNames",
        "id but country",
        "name alone",
        "country of one",
        "marks",
        "abroad",
        "north",
        "east",
        "ids contradict",
        "town and state",
    ],
)
def test_what_contradicts_is_not_matched(a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    """Ids that contradict, another country, a place far away, or nothing but a name keep two cities apart."""
    comparison = compare(of_cities(tc.City(**a)), of_cities(tc.City(**b)))
    assert comparison.matches == comparison.ambiguous == ()
    assert [city.id for city in comparison.unmatched_a + comparison.unmatched_b] == [a["id"], b["id"]]


def test_ambiguity_is_reported_and_not_guessed() -> None:
    """Where two would do, neither is taken, nor looked for by weaker signs; others are matched nevertheless."""
    here = {"name": "Gera", "country_code": "DE"}
    a = of_cities(tc.City(id="a", **here), tc.City(id="opole"))
    b = of_cities(tc.City(id="b1", **here), tc.City(id="b2", **here), tc.City(id="opole"))
    comparison = compare(a, b)
    assert matched(a, b) == [("opole", "opole", "id opole")]
    assert comparison.ambiguous == (
        Ambiguity((a.cities["a"],), (b.cities["b1"], b.cities["b2"]), "the same name and place"),
    )
    assert str(comparison.ambiguous[0]) == "a in a, b1, b2 in b: the same name and place"
    assert (comparison.unmatched_a, comparison.unmatched_b) == (
        (a.cities["a"],),
        (b.cities["b1"], b.cities["b2"]),
    )


def test_ambiguity_goes_through_chains() -> None:
    """What hangs together by shared candidates is one group, though no two of a side are alike."""
    a = of_cities(tc.City(id="a1", alt_ids=["Q1"]), tc.City(id="a2", alt_ids=["Q2", "Q3"]))
    b = of_cities(tc.City(id="b1", alt_ids=["Q1", "Q2"]), tc.City(id="b2", alt_ids=["Q3"]))
    (group,) = compare(a, b).ambiguous
    assert [[city.id for city in side] for side in (group.a, group.b)] == [["a1", "a2"], ["b1", "b2"]]
    assert group.reason == "the same Wikidata or GeoNames id"


def test_ambiguity_says_what_the_cities_have_in_common() -> None:
    """Also where that is an alternative name."""
    a = of_cities(tc.City(id="a", alt_names=["Gera"], country_code="DE"))
    b = of_cities(*(tc.City(id=id, alt_names=["Gera"], country_code="DE") for id in ("b1", "b2")))
    (group,) = compare(a, b).ambiguous
    assert group.reason == "an alternative name and the same place"


@pytest.mark.parametrize("field", ["wikidata_id", "alt_ids"])
def test_of_several_with_one_place_the_one_with_the_same_id_is_meant(field: str) -> None:
    """If several records share a Wikidata id, as main id or in `alt_ids`, those with the same id match."""
    place: dict[str, Any] = {field: "Q1" if field == "wikidata_id" else ["Q1"]}
    a = of_cities(tc.City(id="bodo", **place))
    b = of_cities(tc.City(id="bodin", **place), tc.City(id="bodo", **place))
    assert [(match.a.id, match.b.id) for match in compare(a, b).matches] == [("bodo", "bodo")]


def test_ambiguity_goes_through_each_branch_of_a_chain() -> None:
    """Of two candidates that both lead on, neither is lost on the way of the other."""
    named = {id: tc.City(id=id, country_code="DE", names=names) for id, names in _BRANCHES.items()}
    a, b = (of_cities(*(city for id, city in named.items() if id[0] == side)) for side in "ab")
    (group,) = compare(a, b).ambiguous
    assert {city.id for city in group.a + group.b} == named.keys()


_BRANCHES = {
    "a1": {"de": "Gera", "fr": "Ulm"},
    "a2": {"de": "Ulm", "fr": "Jena"},
    "a3": {"de": "Gera"},
    "b1": {"de": "Gera"},
    "b2": {"de": "Ulm"},
    "b3": {"de": "Jena"},
}


def test_further_ids_join_records_that_stand_apart() -> None:
    """The municipality is matched by its own id, and the town by the further one, on either side; both are one partner."""
    a = of_cities(tc.City(id="bodo", wikidata_id="Q221119", alt_ids=["Q39383"]))
    b = of_cities(tc.City(id="town", wikidata_id="Q39383"), tc.City(id="municipality", wikidata_id="Q221119"))
    comparison = compare(a, b)
    assert matched(a, b) == [
        ("bodo", "municipality", "Wikidata id Q221119"),
        ("bodo", "town", "Wikidata id Q39383 (among alt_ids)"),
    ]
    assert {(x, y) for y, x, _ in matched(b, a)} == {("bodo", "municipality"), ("bodo", "town")}
    assert comparison.ambiguous == comparison.unmatched_a == comparison.unmatched_b == ()
    # Also where neither has the main id, and with GeoNames ids.
    a = of_cities(tc.City(id="bodo", wikidata_id="Q1", alt_ids=["Q39383", "7"]))
    b = of_cities(tc.City(id="town", wikidata_id="Q39383"), tc.City(id="place", geonames_id="7"))
    assert [found[:2] for found in matched(a, b)] == [("bodo", "town"), ("bodo", "place")]


@pytest.mark.parametrize(
    "more",
    [
        {"partnerships": [tc.Partnership(cities=("municipality", "town"))]},
        {"networks": [tc.CooperationNetwork(id="n", members=["municipality", "town"])]},
        {"part_of": ["municipality"]},
        {"succeeded_by": ["municipality"]},
    ],
    ids=["tie", "network", "part", "successor"],
)
def test_partners_of_each_other_are_two(more: Any) -> None:
    """Records that their own data set ties with each other, or of which one is part of the other, aren't one partner."""
    a = of_cities(tc.City(id="bodo", wikidata_id="Q221119", alt_ids=["Q39383"]))
    fields = {name: more[name] for name in more if name in {"part_of", "succeeded_by"}}
    b = tc.Dataset(
        cities=[tc.City(id="town", wikidata_id="Q39383", **fields), tc.City(id="municipality", wikidata_id="Q221119")],
        **{name: more[name] for name in more if name not in fields},
    )
    comparison = compare(a, b)
    assert matched(a, b) == [("bodo", "municipality", "Wikidata id Q221119")]
    reason = "Wikidata id Q39383 (among alt_ids), which is matched with another"
    assert comparison.ambiguous == (Ambiguity((a.cities["bodo"],), (b.cities["town"],), reason),)
    assert compare(b, a).ambiguous == (Ambiguity((b.cities["town"],), (a.cities["bodo"],), reason),)


def nordic_ring() -> tuple[tc.Dataset, tc.Dataset]:
    """Bodø as one city, and as town and municipality with a tie each."""
    ours = tc.Dataset(
        id="ours",
        cities=[
            tc.City(id="bodo", name="Bodø", wikidata_id="Q1", alt_ids=["Q2"]),
            tc.City(id="jkp", name="Jönköping", wikidata_id="Q5"),
            tc.City(id="kuopio", name="Kuopio", wikidata_id="Q6"),
        ],
        partnerships=[
            tc.Partnership(cities=("bodo", "jkp"), since="1942"),
            tc.Partnership(cities=("bodo", "kuopio")),
        ],
    )
    theirs = tc.Dataset(
        id="theirs",
        cities=[tc.City(id=f"Q{n}", wikidata_id=f"Q{n}") for n in (1, 2, 5, 6)],
        partnerships=[
            tc.Partnership(cities=("Q2", "Q5"), asserted_by=["Q2"]),
            tc.Partnership(cities=("Q1", "Q6")),
            tc.Partnership(cities=("Q2", "Q6"), status="active"),
        ],
        networks=[tc.CooperationNetwork(id="nordic", members=["Q1", "Q2", "Q5"])],
        complete_for=["Q1", "Q5"],
    )
    return ours, theirs


def test_the_nordic_ring_closes() -> None:
    """Ties of records that stand apart are those of the one city, compared and merged, from either side."""
    ours, theirs = nordic_ring()
    for a, b in ((ours, theirs), (theirs, ours)):
        comparison = compare(a, b)
        assert comparison.only_a == comparison.only_b == comparison.ambiguous == ()
        assert len(comparison.both) == 3
    both = ours.merge(theirs)
    assert set(both.cities) == {"bodo", "jkp", "kuopio"}
    assert set(both.partnerships) == {("bodo", "jkp"), ("bodo", "kuopio")}
    assert both.partnerships["bodo", "jkp"].asserted_by == ("bodo",)
    assert both.partnerships["bodo", "kuopio"].status == "active"
    assert both.networks["nordic"].members == ("bodo", "jkp")
    assert both.complete_for == ("jkp",)  # nobody says so of the town
    assert not [finding for finding in both.lint() if finding.severity == "error"]
    back = theirs.merge(ours)
    assert set(back.cities) == {"Q1", "Q5", "Q6"}
    assert back.cities["Q1"].alt_ids == ("Q2",)
    assert back.cities["Q1"].name == "Bodø"
    assert back.partnerships["Q1", "Q5"].asserted_by == ("Q1",)
    assert both.merge(theirs).to_json() == both.to_json()
    assert back.merge(ours).to_json() == back.to_json()


def test_one_id_far_apart_is_of_two_cities() -> None:
    """Ids of tables are made of names: two Springfields of a country aren't matched, and are reported as undecided."""
    a, b = (
        of_cities(tc.City(id="springfield", name="Springfield", country_code="US", coordinates=point(*place)))
        for place in ((39.8, -89.6), (37.2, -93.3))
    )
    comparison = compare(a, b)
    assert comparison.matches == ()
    assert [group.reason for group in comparison.ambiguous] == ["the same id, 433 km apart"]
    both = a.merge(b)
    assert list(both.cities) == ["springfield", "springfield-2"]
    assert both.merge(b) == both.merge(a) == both


def test_many_of_one_name_are_matched_without_holding_each_against_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 cities of one name a side are matched by place; without places they are undecided, and as quickly."""
    held = 0
    judge = by_name._same_place

    def counted(x: tc.City, y: tc.City) -> bool:
        nonlocal held
        held += 1
        return judge(x, y)

    monkeypatch.setattr(by_name, "_same_place", counted)
    places = [point(-60 + 3 * (n // 50), -170 + 6 * (n % 50)) for n in range(2000)]
    a, b = (
        of_cities(
            *(tc.City(id=f"{side}{n}", name="Paris", country_code="US", coordinates=at) for n, at in enumerate(places))
        )
        for side in "ab"
    )
    assert [found[:2] for found in matched(a, b)] == [(f"a{n}", f"b{n}") for n in range(2000)]
    assert held < 20_000
    held = 0
    a, b = (
        of_cities(*(tc.City(id=f"{side}{n}", name="Paris", country_code="US") for n in range(2000))) for side in "ab"
    )
    (group,) = compare(a, b).ambiguous
    assert (len(group.a), len(group.b)) == (2000, 2000)
    assert held < 200_000
    held = 0
    a, b = (
        of_cities(
            *(
                tc.City(id=f"{side}{n}", name="Paris", country_code="US", wikidata_id=f"Q{start}{n}")
                for n in range(2000)
            )
        )
        for side, start in (("a", 1), ("b", 2))
    )
    assert compare(a, b).matches == compare(a, b).ambiguous == ()
    assert held == 0


def test_what_matters_comes_first() -> None:
    """Denied, differing, only in one, then what one says more of; what the other's cities don't concern is counted."""
    ids = ("kuopio", "opole", "gera", "pskov", "shanghai")
    a = tied(
        ("kuopio", "opole"), ("gera", "kuopio"), ("kuopio", "shanghai"), ("opole", "pskov"), complete_for=["kuopio"]
    )
    b = tc.Dataset(
        cities=[tc.City(id=id) for id in (*ids, *(f"stranger{n}" for n in range(70)))],
        partnerships=[
            *(tc.Partnership(cities=(f"stranger{n}", f"stranger{n + 1}")) for n in range(69)),
            tc.Partnership(cities=("shanghai", "stranger1")),
            tc.Partnership(cities=("gera", "pskov")),
            tc.Partnership(cities=("gera", "kuopio"), since="1972"),
            tc.Partnership(cities=("kuopio", "pskov")),
            tc.Partnership(cities=("kuopio", "opole"), status="ended"),
        ],
    )
    a = a.with_records(attrs.evolve(a.partnerships["kuopio", "opole"], status="active"))
    text = str(compare(a, b))
    rows = [
        line.split("  ")[0] + ": " + line[6:].split("  ")[0].strip() for line in text.split("\n\n")[1].splitlines()[2:]
    ]
    assert rows == [
        "b: kuopio – pskov",
        "both: kuopio – opole",
        "a: kuopio – shanghai",
        "a: opole – pskov",
        "b: gera – pskov",
        "both: gera – kuopio",
    ]
    assert "2 in both (1 differ, 1 say more on one side), 2 only in a, 72 only in b" in text
    assert "Not listed: 70 only in b with a city that a doesn't have\n" in text
    assert "stranger" not in text
    assert len(compare(a, b).to_dicts()) == 76


def test_no_part_is_taken_for_its_whole() -> None:
    """Pudong, also known as Shanghai, isn't Shanghai, by name or by an id that Shanghai has."""
    here = {"country_code": "CN"}
    pudong = tc.City(id="pudong", name="Pudong", alt_names=["Shanghai"], alt_ids=["Q8686"], part_of=["sh"], **here)
    a = of_cities(tc.City(id="sh", name="Shanghai", wikidata_id="Q8686", kind="province", **here), pudong)
    b = of_cities(tc.City(id="x", name="Shanghai", kind="city", **here), tc.City(id="y", wikidata_id="Q8686", name="Z"))
    assert [found[:2] for found in matched(a, b)] == [("sh", "y")]
    assert [found[:2] for found in matched(b, a)] == [("y", "sh")]
    part = of_cities(tc.City(id="z", name="Pudong", **here))
    assert [found[:2] for found in matched(a, part)] == [("pudong", "z")]


def test_some_cities_are_compared() -> None:
    """`cities=` compares the parts of both about these, whatever either calls them; one that neither knows is an error."""
    a = tied(("kuopio", "opole"), ("gera", "kuopio"), ("opole", "pskov"), complete_for=["kuopio", "pskov"])
    b = tc.Dataset(
        cities=[tc.City(id="Q1", name="Kuopio", alt_names=["Kuopion kaupunki"], wikidata_id="Q1"), tc.City(id="x")],
        partnerships=[tc.Partnership(cities=("Q1", "x"))],
    ).with_records(*(tc.City(id=id) for id in ("opole", "gera", "pskov", "lost")))
    a = a.with_records(attrs.evolve(a.cities["kuopio"], wikidata_id="Q1"))
    for name in ("kuopio", ["Kuopio"], ["Kuopion kaupunki"], a.cities["kuopio"], ["Q1", "kuopio"]):
        comparison = compare(a, b, cities=name)
        assert {tie.partnership.cities for tie in comparison.only_a} == {("kuopio", "opole"), ("gera", "kuopio")}
        assert [tie.verdict for tie in comparison.only_b] == ["denied"]
        assert comparison.a == a.around("kuopio")
        assert comparison.b == b.around("Q1")
    two = compare(a, b, cities=["kuopio", "pskov"])
    assert len(two.only_a) == 3
    assert two.a.complete_for == ("kuopio", "pskov")
    assert compare(a, b, cities=["lost"]).a.cities == {}
    with pytest.raises(tc.UnknownCityError):
        compare(a, b, cities=["nowhere"])


def test_what_a_side_has_weighed_isnt_decided_anew() -> None:
    """A value that one side holds and the other claims is known to both; a claim differs where the other states it nowhere."""

    def stated(own: str, *claimed: str) -> tc.Dataset:
        return one_tie(since=own, claims=[tc.Claim(field="since", value=value) for value in claimed])

    def found(a: tc.Dataset, b: tc.Dataset) -> list[tuple[str, Any, Any, str]]:
        (pair,) = compare(a, b).both
        assert pair.differs is any(difference.verdict == Verdict.OTHER for difference in pair.differences)
        return [(d.field, d.a and str(d.a), d.b and str(d.b), str(d.verdict)) for d in pair.differences]

    assert found(stated("1958", "1967"), stated("1967")) == [
        ("since", "1958", "1967", "a knows both, and prefers its own")
    ]
    assert found(stated("1967"), stated("1958", "1967")) == [
        ("since", "1967", "1958", "b knows both, and prefers its own")
    ]
    assert found(stated("1967", "1958"), stated("1958", "1967")) == [
        ("since", "1967", "1958", "both know both, and prefer their own")
    ]
    assert found(stated("1958", "1967"), stated("1958", "1967")) == []
    (extra,) = found(stated("1958", "1967"), stated("1958"))
    assert (extra[0], extra[3]) == ("claims.since", "only a says it")
    assert [field for field, *_ in found(stated("1958", "1960"), stated("1967", "1961"))] == [
        "since",
        "claims.since",
        "claims.since",
    ]
    (pair,) = compare(stated("1958", "1967"), stated("1967")).both
    assert not pair.differs


def test_what_one_side_leaves_out_doesnt_differ() -> None:
    """Where one says nothing of a field, or less precisely, nothing differs."""
    a, b = one_tie(since="1980", status="active"), one_tie(since="1980-05", kind="twinning")
    (pair,) = compare(a, b).both
    assert len(pair.differences) == 3
    assert not pair.differs
    assert "1 in both (0 differ, 1 say more on one side)" in str(compare(a, b))
    (pair,) = compare(a, one_tie(since="1981")).both
    assert pair.differs


def test_the_same_id_decides_between_several() -> None:
    """Of two records with one Wikidata id, each is matched with the one of the same id."""
    whole = of_cities(
        *(tc.City(id=id, wikidata_id="Q1", alt_ids=["Q2"]) for id in "xy"), tc.City(id="z", alt_ids=["Q2"])
    )
    assert [(x, y) for x, y, _ in matched(whole, whole)] == [("x", "x"), ("y", "y"), ("z", "z")]


small_cities = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Aa", "Áa", "Bb", "?"]),
        "names": st.dictionaries(st.sampled_from(["fi", "sv"]), st.sampled_from(["Aa", "Cc"]), max_size=1),
        "alt_names": st.lists(st.sampled_from(["Bb", "Cc"]), max_size=1),
        "kind": st.sampled_from(["town", "city", "county"]),
        "country_code": st.sampled_from(["FI", "SE"]),
        "coordinates": st.builds(point, st.sampled_from([60.0, 60.3, 61.0]), st.sampled_from([25.0, 25.3, 27.0])),
        "wikidata_id": st.sampled_from(["Q1", "Q2", "Q3"]),
        "geonames_id": st.sampled_from(["1", "2"]),
        "alt_ids": st.lists(st.sampled_from(["Q1", "Q2", "Q4", "1", "3"]), max_size=2, unique=True),
    },
)


@st.composite
def city_sets(draw: st.DrawFn) -> tc.Dataset:
    """Cities of which many could be one."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=5, unique=True))
    return of_cities(*(tc.City(id=id, **draw(small_cities)) for id in ids))


def place_ids(city: tc.City, *, main: bool = False) -> set[str]:
    """The ids of a city elsewhere."""
    return {id for id in (city.wikidata_id, city.geonames_id, *(() if main else city.alt_ids)) if id}


def contradict(x: tc.City, y: tc.City) -> bool:
    """Whether ids of one kind are known of both, and none of that kind is shared."""
    kinds = [[{id for id in place_ids(c) if id.startswith("Q") is kind} for c in (x, y)] for kind in (True, False)]
    return any(first and second and not first & second for first, second in kinds)


def kinds_of(city: tc.City) -> set[bool]:
    """Whether a city has Wikidata ids and GeoNames ids."""
    return {id.startswith("Q") for id in place_ids(city)}


def one_place(x: tc.City, y: tc.City, *, alternative: bool) -> bool:
    """Whether name, country, kind and distance allow one place."""
    names = [
        {tc.fold(name) for name in (c.name, *c.names.values(), *(c.alt_names if alternative else ()))} - {""}
        for c in (x, y)
    ]
    countries = [c.country_code for c in (x, y) if c.country_code]
    kinds = {c.kind for c in (x, y) if c.kind}
    if (
        not names[0] & names[1]
        or kinds_of(x) & kinds_of(y)
        or len(set(countries)) > 1
        or (len(kinds) > 1 and "county" in kinds)
    ):
        return False
    if x.coordinates and y.coordinates:
        return x.coordinates.distance_km(y.coordinates) <= NEAR_KM
    return len(countries) == 2


def alone(cities: list[tc.City], id: str, *, main: bool = False) -> tc.City | None:
    """The city that alone has an id elsewhere."""
    having = [city for city in cities if id in place_ids(city, main=main)]
    return having[0] if len(having) == 1 else None


def same_record(x: tc.City, y: tc.City) -> bool:
    """Whether names, place and ids are the same, and the id too, a number of an earlier merge aside."""
    ids = {x.id, y.id}
    facts = [
        attrs.evolve(c, id="x", name=None if c.name == c.id else c.name, part_of=(), succeeded_by=()) for c in (x, y)
    ]
    return facts[0] == facts[1] and (len(ids) == 1 or any(f"{id}-{n}" in ids for id in ids for n in range(10)))


def matched_by_loops(a: tc.Dataset, b: tc.Dataset) -> tuple[set[tuple[str, str]], set[str]]:
    """The pairs that match, and the ids in *a* left undecided, by looking at each pair for each rule."""
    left, right = list(a.cities.values()), list(b.cities.values())
    pairs: list[tuple[tc.City, tc.City]] = []
    undecided: set[str] = set()

    def is_free(x: tc.City, y: tc.City) -> bool:
        return all(x is not one and y is not other for one, other in pairs)

    def by_id(x: tc.City, y: tc.City, *, main: bool = False) -> set[str]:
        ids = place_ids(x, main=main) & place_ids(y, main=main)
        return {id for id in ids if alone(left, id, main=main) is x and alone(right, id, main=main) is y}

    def match(edges: list[tuple[tc.City, tc.City]], *, joining: bool = False) -> None:
        for some, others in components(edges):
            if len(some) == len(others) == 1 and is_free(some[0], others[0]):
                pairs.append((some[0], others[0]))
            elif joining and 1 in (len(some), len(others)):
                several = others if len(some) == 1 else some
                listed = all(
                    any(by_id(x, y) & place_ids(c, main=True) for x, y in edges if c in (x, y)) for c in several
                )
                if listed and sum(len(place_ids(c)) for c in several) == len(set().union(*map(place_ids, several))):
                    pairs.extend((x, y) for x in some for y in others if (x, y) not in pairs)

    every = [(x, y) for x in left for y in right]
    for same_id in (True, False):
        pairs += [(x, y) for x, y in every if is_free(x, y) and (x.id == y.id) is same_id and same_record(x, y)]
    match([(x, y) for x, y in every if by_id(x, y, main=True)])
    match([(x, y) for x, y in every if by_id(x, y) or (x, y) in pairs], joining=True)
    for x, y in every:
        countries = {x.country_code, y.country_code} - {None}
        near = not (x.coordinates and y.coordinates) or x.coordinates.distance_km(y.coordinates) <= NEAR_KM
        pointing = any(place_ids(x) & place_ids(c) for c in right) or any(place_ids(y) & place_ids(c) for c in left)
        clear = not contradict(x, y) and len(countries) < 2 and near and (place_ids(x) & place_ids(y) or not pointing)
        if is_free(x, y) and x.id == y.id and clear:
            pairs.append((x, y))
    nodes = [*left, *right]
    unsure = [c for c in nodes if any(place_ids(c) & place_ids(other) for other in nodes if other is not c)]
    for alternative in (False, True):
        free = [c for c in nodes if all(c is not each for pair in pairs for each in pair)]
        edges = [(x, y) for x in free for y in free if x is y or one_place(x, y, alternative=alternative)]
        for group, _ in components(edges):
            xs, ys = ([c for c in group if any(c is each for each in side)] for side in (left, right))
            if len(xs) == len(ys) == 1 and not any(c is each for c in group for each in unsure):
                pairs.append((xs[0], ys[0]))
            elif xs and ys:
                unsure += group
                undecided |= {x.id for x in xs}
    free_ids = {x.id for x in left} - {x.id for x, _ in pairs}
    undecided |= {x.id for x, y in every if x.id in free_ids and place_ids(x) & place_ids(y)}
    return {(x.id, y.id) for x, y in pairs}, undecided


def components(edges: list[tuple[tc.City, tc.City]]) -> list[tuple[list[tc.City], list[tc.City]]]:
    """The cities that hang together: those that stand first in a pair, and those that stand second."""
    found: list[tuple[list[tc.City], list[tc.City]]] = []
    for x, y in edges:
        touching = [group for group in found if any(x is c for c in group[0]) or any(y is c for c in group[1])]
        found = [group for group in found if not any(group is each for each in touching)]
        xs = list({id(c): c for c in [x, *(c for group in touching for c in group[0])]}.values())
        ys = list({id(c): c for c in [y, *(c for group in touching for c in group[1])]}.values())
        found.append((xs, ys))
    return found


@given(city_sets(), city_sets())
def test_the_index_finds_what_a_plain_loop_finds(a: tc.Dataset, b: tc.Dataset) -> None:
    """Matching by index agrees with looking at every pair, joins records on one side only, and is symmetric."""
    comparison = compare(a, b)
    pairs, undecided = matched_by_loops(a, b)
    found = [(match.a.id, match.b.id) for match in comparison.matches]
    assert sorted(found) == sorted(pairs)
    assert len(set(found)) == len(found)
    for x, y in found:  # who is matched with several is the only match of each
        assert 1 in {sum(x == other for other, _ in found), sum(y == other for _, other in found)}
    assert {city.id for group in comparison.ambiguous for city in group.a} - {x for x, _ in found} >= undecided
    back = compare(b, a)
    assert {(match.b.id, match.a.id) for match in back.matches} == pairs
    assert back.unmatched_a == comparison.unmatched_b


# -- comparing -------------------------------------------------------------------------------------


def test_one_sided_ties_are_denied_only_where_a_list_is_complete() -> None:
    """A tie of one data set is denied where the other lists all partners of one of its cities, else not said."""
    a = tied(("kuopio", "opole"), ("gera", "pskov"), complete_for=["kuopio"])
    b = tied(("kuopio", "shanghai"), ("gera", "opole"))
    comparison = compare(a, b)
    assert [(tie.partnership.cities, tie.verdict, tie.denied_by) for tie in comparison.only_a] == [
        (("kuopio", "opole"), "not said", ()),
        (("gera", "pskov"), "not said", ()),
    ]
    assert [(tie.partnership.cities, tie.verdict, tie.denied_by) for tie in comparison.only_b] == [
        (("kuopio", "shanghai"), "denied", (b.cities["kuopio"],)),
        (("gera", "opole"), "not said", ()),
    ]
    assert comparison.both == ()
    assert repr(comparison.only_b[0]) == "<OneSided kuopio – shanghai: denied>"
    assert isinstance(comparison.only_b[0], OneSided)


def test_a_list_of_partners_denies_no_tie_that_is_over() -> None:
    """A tie that has ended may be missing from a complete list of partners."""
    a = tc.Dataset(cities=[tc.City(id="kuopio")], complete_for=["kuopio"])
    assert compare(a, one_tie(status="ended")).only_b[0].verdict == "not said"
    assert compare(a, one_tie(status="dormant")).only_b[0].verdict == "denied"


def test_an_undecided_city_denies_nothing() -> None:
    """Where a partner could be one of several in the other data set, its list may have the tie already."""
    here = {"name": "Gera", "country_code": "DE"}
    a = tc.Dataset(
        cities=[tc.City(id="kuopio"), tc.City(id="g1", **here), tc.City(id="g2", **here)],
        partnerships=[tc.Partnership(cities=("g1", "kuopio"))],
        complete_for=["kuopio"],
    )
    b = tc.Dataset(
        cities=[tc.City(id="kuopio"), tc.City(id="g", **here)], partnerships=[tc.Partnership(cities=("g", "kuopio"))]
    )
    assert [tie.verdict for tie in compare(a, b).only_b] == ["not said"]
    assert [tie.verdict for tie in compare(b, a).only_a] == ["not said"]


def test_differences_are_reported_field_by_field() -> None:
    """Each field in which both records of a tie differ is reported with both values and their relation."""
    visit = tc.Activity(summary={"en": "Visits"}, organisations=[tc.Organisation(role="choir", sources=["s"])])
    fair = tc.Activity(areas=["culture"])
    a = one_tie(
        source="s",
        status="active",
        since="1972",
        until="2001~",
        kind="twinning",
        summary={"en": "Old", "sv": "Gammal", "de": "Gleich"},
        activities=[visit, fair],
    )
    again = attrs.evolve(visit, organisations=[tc.Organisation(role="choir")])
    b = one_tie(
        status="dormant",
        since="1972-05",
        until="1999",
        summary={"en": "New", "fi": "Uusi", "de": "Gleich"},
        activities=[again],
        links=[tc.Link(title="Page")],
    )
    (pair,) = compare(a, b).both
    assert isinstance(pair, TwoSided)
    assert [(d.field, d.a, d.b, d.verdict) for d in pair.differences] == [
        ("kind", "twinning", None, Verdict.ONLY_A),
        ("status", "active", "dormant", Verdict.OTHER),
        ("since", tc.EdtfDate("1972"), tc.EdtfDate("1972-05"), Verdict.FINER_B),
        ("until", tc.EdtfDate("2001~"), tc.EdtfDate("1999"), Verdict.OTHER),
        ("activities", (fair,), None, Verdict.ONLY_A),
        ("links", None, (tc.Link(title="Page"),), Verdict.ONLY_B),
        ("summary.en", "Old", "New", Verdict.OTHER),
        ("summary.sv", "Gammal", None, Verdict.ONLY_A),
        ("summary.fi", None, "Uusi", Verdict.ONLY_B),
    ]
    assert repr(pair).startswith("<TwoSided kuopio – opole: kind, status, since,")


def test_other_ids_make_no_difference() -> None:
    """References of the second data set are compared as those of the first that they stand for."""
    a = one_tie(asserted_by=["kuopio"], contacts=[tc.Contact(city="opole")])
    b = tc.Dataset(
        cities=[tc.City(id="q2", wikidata_id="Q2"), tc.City(id="q1", wikidata_id="Q1")],
        partnerships=[tc.Partnership(cities=("q1", "q2"), asserted_by=["q2"], contacts=[tc.Contact(city="q1")])],
    )
    named = a.with_records(tc.City(id="kuopio", wikidata_id="Q2"), tc.City(id="opole", wikidata_id="Q1"))
    (pair,) = compare(named, b).both
    assert pair.differences == ()
    assert repr(pair) == "<TwoSided kuopio – opole: no difference>"
    assert [city.id for city in pair.cities] == ["kuopio", "opole"]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1972", "1972", None),
        ("1972", "1972-05", Verdict.FINER_B),
        ("1940", "194X", Verdict.FINER_A),
        ("1972?", "1972-05", Verdict.FINER_B),
        ("1972?", "1972-05?", Verdict.FINER_B),
        ("1972", "1972?", Verdict.FINER_A),
        ("1985", "1985-XX-XX", Verdict.FINER_A),
        ("1972", "1972-05?", Verdict.OTHER),
        ("1972", "1980", Verdict.OTHER),
        ("1965~", "1966", Verdict.OTHER),
    ],
)
def test_dates_refine_or_differ(a: str, b: str, expected: Verdict | None) -> None:
    """A date within the other's bounds is more precise, unless it is in doubt where the other isn't."""
    (pair,) = compare(one_tie(since=a), one_tie(since=b)).both
    assert [difference.verdict for difference in pair.differences] == ([expected] if expected else [])


@given(g.datasets())
@settings(max_examples=60)
def test_a_data_set_is_like_itself(whole: tc.Dataset) -> None:
    """Compared with itself every city is matched with itself, and nothing differs."""
    comparison = compare(whole, whole)
    assert [(match.a, match.b) for match in comparison.matches] == [(city, city) for city in whole.cities.values()]
    assert comparison.only_a == comparison.only_b == comparison.ambiguous == ()
    assert [pair.a for pair in comparison.both] == list(whole.partnerships.values())
    assert not any(pair.differences for pair in comparison.both)


def test_a_part_with_the_id_of_its_whole_is_itself() -> None:
    """A part that bears its whole's Wikidata id is matched with itself, and the whole with itself."""
    cities = [tc.City(id="a", wikidata_id="Q1", part_of=["b"]), tc.City(id="b", wikidata_id="Q1")]
    ds = tc.Dataset(cities=cities)
    comparison = compare(ds, ds)
    assert [(match.a.id, match.b.id) for match in comparison.matches] == [("a", "a"), ("b", "b")]
    assert comparison.ambiguous == ()


@given(g.graphs(), g.graphs())
@settings(max_examples=60)
def test_every_tie_is_reported_once(a: tc.Dataset, b: tc.Dataset) -> None:
    """Each partnership of each data set is one-sided or in both, once, and from the other side it is the same."""
    comparison, back = compare(a, b), compare(b, a)
    stated = [t.partnership for t in comparison.only_a] + [pair.a for pair in comparison.both]
    assert sorted(t.cities for t in stated) == sorted(a.partnerships)
    stated = [t.partnership for t in comparison.only_b] + [pair.b for pair in comparison.both]
    assert sorted(t.cities for t in stated) == sorted(b.partnerships)
    assert set(comparison.only_a) == set(back.only_b)
    assert {(pair.a, pair.b) for pair in comparison.both} == {(pair.b, pair.a) for pair in back.both}


def test_data_sets_are_asked_for() -> None:
    """Anything else than two data sets is refused in words."""
    for wrong in (lambda: compare(tc.Dataset(), {}), lambda: merge("x", tc.Dataset())):  # type: ignore[arg-type]
        with pytest.raises(tc.QueryError, match="expected a Dataset, got"):
            wrong()


# -- printing and exporting ------------------------------------------------------------------------


def a_comparison() -> tc.Comparison:
    """A comparison with something of everything."""
    a = tc.Dataset(
        title="Ours",
        as_of="2022~",
        cities=[
            tc.City(id=id, name=id.title(), names={"fi": f"{id}-fi"}) for id in ("kuopio", "opole", "gera", "pskov")
        ],
        partnerships=[
            tc.Partnership(cities=("kuopio", "opole"), status="active", since="1980", summary={"en": "<b>"}),
            tc.Partnership(cities=("gera", "kuopio"), activities=[tc.Activity(areas=["culture"])]),
            tc.Partnership(cities=("kuopio", "pskov")),
        ],
        complete_for=["kuopio"],
    )
    b = tc.Dataset(
        id="theirs",
        cities=[tc.City(id=id) for id in ("kuopio", "opole", "pskov", "pudong")],
        partnerships=[
            tc.Partnership(cities=("kuopio", "opole"), status="suspended", since="1981"),
            tc.Partnership(cities=("kuopio", "pudong")),
            tc.Partnership(cities=("kuopio", "pskov")),
        ],
    )
    return compare(a, b)


def test_it_prints() -> None:
    """Printed are what was compared, counts, one-sided ties with verdict, and what differs; what is equal isn't."""
    head, rows = str(a_comparison()).split("\n\n")
    assert head == (
        "a: Ours, as of 2022~, complete for Kuopio\n"
        "b: theirs\n"
        "Cities: 3 in both, 1 only in a, 1 only in b\n"
        "Partnerships: 2 in both (1 differ, 0 say more on one side), 1 only in a, 1 only in b\n"
        "Not listed: 1 only in a with a city that b doesn't have"
    )
    # Wrapped to the width of the terminal.
    assert " ".join(word for word in rows.split() if not word.startswith("---")) == (
        "In Partnership Result b kuopio – pudong denied: a lists all partners (kuopio) both Kuopio – Opole "
        "status: a active, b suspended (they differ); since: a 1980, b 1981 (they differ); only in a: summary.en"
    )
    assert repr(a_comparison()) == "<Comparison of 3 cities: 2 partnerships in both, 1 only in a, 1 only in b>"


def test_an_empty_comparison_prints_too() -> None:
    """Without a difference there is no table, and unnamed data sets are called by their letter."""
    assert str(compare(tc.Dataset(), tc.Dataset())) == (
        "a: data set a\nb: data set b\nCities: 0 in both, 0 only in a, 0 only in b\n"
        "Partnerships: 0 in both (0 differ, 0 say more on one side), 0 only in a, 0 only in b\n\n"
        "No partnership of cities that both have differs."
    )


def test_long_ones_are_cut_when_shown() -> None:
    """A printed or HTML table has fifty rows at most, and says how many more there are; so with what isn't decided."""
    pairs = [("hub", f"c{n}") for n in range(60)]
    alike = [tc.City(id=f"{n}{x}", name=f"N{n}", country_code="FI") for n in range(60) for x in "xy"]
    a = tied(*pairs, complete_for=[f"c{n}" for n in range(9)]).with_records(*alike)
    hubs = [tc.City(id=id) for id in ("hub", *(f"c{n}" for n in range(60)))]
    comparison = compare(a, of_cities(*hubs, *(attrs.evolve(city, id=f"z{city.id}") for city in alike)))
    text, page = str(comparison), comparison._repr_html_()
    assert text.count("not said") == page.count("not said") == 50
    assert text.endswith("… and 10 more in .to_dicts()")
    assert page.count("<tr>") == 51
    assert "… and 10 more in .to_dicts()" in page
    assert text.count("Not decided: ") == 50
    assert "… and 10 more in .ambiguous" in text
    assert "complete for c0, c1, c2, c3, c4 …" in text
    six = str(compare(tied(*pairs, complete_for=[f"c{n}" for n in range(6)]), a))
    assert six.count("complete for c0, c1, c2, c3, c4 …") == 2
    assert len(comparison.to_dicts()) == 60


def test_what_is_shown_whole_has_no_more() -> None:
    """Fifty undecided groups and five complete cities are shown without a word of others."""
    hub = [("hub", f"c{n}") for n in range(5)]
    alike = [tc.City(id=f"{n}{x}", name=f"N{n}", country_code="FI") for n in range(50) for x in "xy"]
    a = tied(*hub, complete_for=[f"c{n}" for n in range(5)]).with_records(*alike)
    text = str(compare(a, of_cities(*(attrs.evolve(city, id=f"z{city.id}") for city in alike))))
    assert text.count("Not decided: ") == 50
    assert "more in .ambiguous" not in text
    assert "complete for c0, c1, c2, c3, c4\n" in text


def test_both_sides_deny() -> None:
    """A tie that lists of both its cities leave out is denied by both, from either side."""
    a, b = tied(("x", "y")), tied(("x", "z"), ("y", "z"), complete_for=["x", "y"])
    assert "\na   x – y        denied: b lists all partners (x, y)" in str(compare(a, b))
    assert "\nb   x – y        denied: a lists all partners (x, y)" in str(compare(b, a))


def test_what_one_side_leaves_out_is_listed() -> None:
    """Fields that only one data set has are named, separated by commas, after those that differ."""
    a = one_tie(status="active", since="1980", until="1990", kind="twinning")
    stated = str(compare(a, one_tie(status="ended", since="1980"))).splitlines()[-2:]
    assert " ".join(line[6:].split("  ")[-1].strip() for line in stated).endswith(
        "status: a active, b ended (they differ); only in a: kind, until"
    )


def test_html_is_escaped_and_has_no_script() -> None:
    """Names can't put markup into a notebook."""
    evil = "<script>alert(1)</script>"
    a = tc.Dataset(
        title=evil,
        cities=[tc.City(id="a", name=evil), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), summary={"en": evil})],
    )
    b = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), summary={"en": "'\"&"})],
    )
    page = compare(a, b)._repr_html_()
    assert "<p>a: &lt;script&gt;" in page
    assert "<script" not in page
    assert "b &#x27;&quot;&amp;" in page
    assert "<br/>b: data set b<br/>Cities: " in page
    assert re.findall("<th scope=.col.[^>]*>(.*?)</th>", page) == ["In", "Partnership", "Result"]


def test_rows_hold_every_difference() -> None:
    """There is a row for each one-sided tie, each difference, and each tie without one, in the requested language."""
    rows = a_comparison().to_dicts(lang="fi")
    assert all(tuple(row) == COLUMNS for row in rows)
    assert [tuple(row.values()) for row in rows] == [
        ("a", "gera-fi", "kuopio-fi", None, None, None, "not said", "gera", "kuopio"),
        ("b", "kuopio", "pudong", None, None, None, "denied", "kuopio", "pudong"),
        ("both", "kuopio-fi", "opole-fi", "status", "aktiivinen", "keskeytetty", "they differ", "kuopio", "opole"),
        ("both", "kuopio-fi", "opole-fi", "since", "1980", "1981", "they differ", "kuopio", "opole"),
        ("both", "kuopio-fi", "opole-fi", "summary.en", "<b>", None, "only a says it", "kuopio", "opole"),
        ("both", "kuopio-fi", "pskov-fi", None, None, None, "same", "kuopio", "pskov"),
    ]


def test_smaller_records_are_reported_by_what_they_say() -> None:
    """In a row an activity, a link or a milestone is what it says, without its sources."""
    a = one_tie(
        source="s",
        activities=[tc.Activity(areas=["culture"], summary={"fi": "Kuoro", "en": "Choir"}, sources=["s"])],
        milestones=[tc.Milestone(kind="signed", date="1980", sources=["s"])],
        agreements=[tc.Agreement(period="2013/2018"), tc.Agreement(), tc.Agreement(period="2020/..")],
    )
    rows = {row["field"]: row["a"] for row in compare(a, one_tie()).to_dicts(lang="fi")}
    assert rows == {
        "activities": "culture, Kuoro",
        "agreements": "2013/2018; 2020/..",
        "milestones": "allekirjoitettu, 1980",
    }
    assert compare(a, one_tie()).to_dicts()[0]["a"] == "culture, Choir"


def test_csv_has_the_rows(tmp_path: Path) -> None:
    """CSV has a line for each row below one of columns, by default in English and with commas; a path writes it to a file."""
    comparison = a_comparison()
    assert next(csv.DictReader(io.StringIO(comparison.to_csv())))["city_1"] == "Gera"
    assert comparison.to_csv(tmp_path / "a.csv") == (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    text = comparison.to_csv(delimiter=";")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert tuple(lines[0]) == COLUMNS
    assert len(lines) == 7


def test_a_comparison_is_a_value() -> None:
    """It is equal to one made again, pickles, can't be changed, and is no truth: an empty one isn't false."""
    comparison = a_comparison()
    assert comparison == a_comparison()
    assert pickle.loads(pickle.dumps(comparison)) == comparison
    assert hash(comparison) == hash(a_comparison())
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        comparison.both = ()  # type: ignore[misc]
    assert compare(tc.Dataset(), tc.Dataset())
    assert not hasattr(tc.Comparison, "__bool__")
    assert not hasattr(tc.Comparison, "__len__")
    assert repr(comparison.matches[0]) == "<CityMatch kuopio = kuopio: id kuopio>"


@pytest.mark.parametrize(("km", "together"), [(49.6, True), (50.4, False)])
@pytest.mark.parametrize("bearing", [0, 45, 90])
def test_near_is_within_fifty_kilometres(km: float, together: bool, bearing: float) -> None:
    """Two statements of a place may be 50 km apart, in any direction along the ground."""
    from geographiclib.geodesic import Geodesic

    there = Geodesic.WGS84.Direct(50.88, 12.08, bearing, km * 1000)
    a = of_cities(tc.City(id="a", name="Gera", coordinates=point(50.88, 12.08)))
    b = of_cities(tc.City(id="b", name="Gera", coordinates=point(there["lat2"], there["lon2"])))
    assert bool(compare(a, b).matches) is together


def test_countries_are_compared_as_texts() -> None:
    """Codes that were read from two files are the same where they say the same."""
    a, b = (of_cities(tc.City(id=id, name="Gera", country_code="".join(iter("DE")))) for id in "ab")
    assert matched(a, b) == [("a", "b", "name Gera, country DE")]


@pytest.mark.parametrize(("lang", "expected"), [("fi", "kiistetty"), ("sv", "motsägs"), ("de", "denied")])
def test_it_prints_in_each_language(lang: str, expected: str) -> None:
    """The table and the release notes are in the requested language, names included; other languages get English words."""
    ours = tc.load()
    newer = ours.without(ours.partnership("Kuopio", "Opole")).with_records(complete_for=["kuopio"])
    comparison = compare(ours, newer)
    assert expected in comparison.to_text(lang=lang)
    assert comparison.to_text() == str(comparison)
    assert {"fi": "## Ei enää luettelossa", "sv": "## Finns inte längre med", "de": "## No longer listed"}[
        lang
    ] in comparison.to_markdown(lang=lang)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fi", "bodo (a), town (b): Wikidata-tunniste Q2 (kentässä alt\\_ids), joka on jo yhdistetty toiseen"),
        ("sv", "bodo (a), town (b): Wikidata-id Q2 (bland alt\\_ids), som redan har parats ihop med en annan"),
    ],
)
def test_undecided_cities_are_explained_in_each_language(lang: str, expected: str) -> None:
    """The reason why cities aren't matched is translated as a whole."""
    a = of_cities(tc.City(id="bodo", wikidata_id="Q1", alt_ids=["Q2"]))
    b = tc.Dataset(
        cities=[tc.City(id="town", wikidata_id="Q2"), tc.City(id="municipality", wikidata_id="Q1")],
        partnerships=[tc.Partnership(cities=["town", "municipality"])],
    )
    assert f"- {expected}\n" in compare(a, b).to_markdown(lang=lang)
