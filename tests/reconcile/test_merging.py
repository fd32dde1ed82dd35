"""
Two data sets made one: every source is kept, gaps are filled, and no fact is overwritten in silence.
"""

from __future__ import annotations

import os
import pickle
from typing import Any

import attrs
import pytest
from generators import datasets
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.query.whole import head_of, lists_of, own_areas
from twincities.reconcile import SAME_PLACE_KM, Conflict, MergeReport, merge
from twincities.reconcile.differences import PROVENANCE, bare

S, T, U = (tc.Source(id=id) for id in "stu")


def with_city(source: str | None = None, /, **fields: Any) -> tc.Dataset:
    """A data set of one city and its source."""
    return tc.Dataset(
        cities=[tc.City(**{"id": "opole", "sources": (source,) if source else (), **fields})],
        sources=[S, T, U],
    )


def with_tie(source: str | None = None, /, **fields: Any) -> tc.Dataset:
    """A data set of one tie and its source."""
    return tc.Dataset(
        cities=[tc.City(id="kuopio"), tc.City(id="opole")],
        partnerships=[
            tc.Partnership(**{"cities": ("kuopio", "opole"), "sources": (source,) if source else (), **fields})
        ],
        sources=[S, T, U],
    )


def city_of(a: tc.Dataset, b: tc.Dataset, **options: Any) -> tc.City:
    """The city of two data sets of one city each."""
    (city,) = a.merge(b, **options).cities.values()
    return city


def tie_of(a: tc.Dataset, b: tc.Dataset, **options: Any) -> tc.Partnership:
    """The tie of two data sets of one tie each."""
    (tie,) = a.merge(b, **options).partnerships.values()
    return tie


# -- laws ------------------------------------------------------------------------------------------


@given(datasets())
@settings(max_examples=60)
def test_merging_with_itself_or_with_nothing_changes_nothing(whole: tc.Dataset) -> None:
    """A data set is the same after merging with itself, and with an empty one on either side."""
    assert whole.merge(whole) == whole
    nothing = tc.Dataset(vocabulary=whole.vocabulary)
    if whole.cities or whole.sources or own_areas(whole):
        assert whole.merge(nothing) == nothing.merge(whole) == whole


@given(datasets(), datasets())
@settings(max_examples=60)
def test_nothing_is_lost(a: tc.Dataset, b: tc.Dataset) -> None:
    """With a preference any two can be merged; every source, record and reference is there, and a round trip keeps it."""
    both = a.merge(b, prefer="first")
    assert tc.from_json(both.to_json()) == both
    assert set(a.sources) <= set(both.sources)
    for source in b.sources.values():
        assert any(attrs.evolve(source, id=kept.id) == kept for kept in both.sources.values())
    assert max(len(a.cities), len(b.cities)) <= len(both.cities) <= len(a.cities) + len(b.cities)
    assert set(a.partnerships) <= set(both.partnerships)
    assert max(len(a.partnerships), len(b.partnerships)) <= len(both.partnerships)
    comparison = tc.compare(b, both)
    assert comparison.only_a == () or comparison.ambiguous


@given(datasets(), datasets(), st.sampled_from(["first", "second"]))
@settings(max_examples=60)
def test_the_error_lists_what_a_preference_decides(a: tc.Dataset, b: tc.Dataset, prefer: str) -> None:
    """What is asked of a function is what the error lists; without any of it no preference is needed."""
    asked: list[Conflict] = []

    def judge(conflict: Conflict) -> Any:
        asked.append(conflict)
        return prefer

    both = merge(a, b, prefer=judge)
    if not asked:
        assert a.merge(b) == both
        return
    with pytest.raises(tc.MergeConflictError) as caught:
        a.merge(b)
    if prefer == "first":  # which start an end contradicts depends on what was kept before
        assert list(caught.value.conflicts) == asked


# A world of which each data set knows a part, with ids and precision of its own.
_DATES = {"kuopio": "1940-05-03", "opole": "1980-06-11", "gera": "1972-02-29", "pskov": "1966-12-01"}
_TIES = [("gera", "kuopio"), ("kuopio", "opole"), ("kuopio", "pskov"), ("gera", "pskov")]
_QIDS = {"kuopio": "Q1", "opole": "Q2", "gera": "Q3", "pskov": "Q4"}


def some_of(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def views(draw: st.DrawFn, name: str) -> tc.Dataset:
    """What one data set, called *name*, knows of the world."""
    prefix = draw(st.sampled_from(["", f"{name}-"]))
    sources = [tc.Source(id=id) for id in ("s1", "s2", f"{name}-s")]
    cited = st.lists(st.sampled_from([s.id for s in sources]), max_size=2, unique=True)
    texts = st.dictionaries(st.sampled_from(["en", "fi"]), st.just("x"), max_size=2)
    links = st.lists(st.sampled_from(["A", "B", "C"]), max_size=3).flatmap(
        lambda titles: st.tuples(*(st.builds(tc.Link, title=st.just(title), sources=cited) for title in titles))
    )
    known = draw(st.lists(st.sampled_from(sorted(_QIDS)), unique=True))

    def provenance(*fields: str) -> dict[str, st.SearchStrategy[Any]]:
        return {"sources": cited, "field_sources": st.dictionaries(st.sampled_from(fields), cited, max_size=2)}

    cities = [
        tc.City(
            id=prefix + id,
            name=id.title(),
            wikidata_id=_QIDS[id],
            **draw(
                some_of(
                    {
                        "names": texts,
                        "kind": st.just("city"),
                        "country_code": st.just("FI"),
                        "geonames_id": st.just(_QIDS[id][1:]),
                        "alt_ids": st.lists(st.sampled_from([f"Q{n}{_QIDS[id][1:]}" for n in (7, 8)]), unique=True),
                        "populations": st.lists(st.builds(tc.Population, value=st.just(5), sources=cited), max_size=1),
                        "links": links,
                        **provenance("name", "wikidata_id"),
                    }
                )
            ),
        )
        for id in known
    ]
    pairs = [pair for pair in _TIES if set(pair) <= set(known)]
    ties = [
        tc.Partnership(
            cities=(prefix + pair[0], prefix + pair[1]),
            **draw(
                some_of(
                    {
                        "status": st.just("active"),
                        "since": st.sampled_from([4, 7, 10]).map(lambda n, d=_DATES[pair[0]]: d[:n]),
                        "summary": texts,
                        "links": links,
                        "asserted_by": st.just((prefix + pair[1],)),
                        **provenance("cities"),
                    }
                )
            ),
        )
        for pair in draw(st.lists(st.sampled_from(pairs), unique=True) if pairs else st.just([]))
    ]
    return tc.Dataset(
        cities=cities,
        partnerships=ties,
        sources=sources,
        vocabulary=None,
        as_of=draw(st.none() | st.sampled_from(["2022", "2022-05", "2025~", "1999", "2022-05-03?"])),
        licence=draw(st.sampled_from(["CC0-1.0", "CC-BY-4.0", "MIT OR CC0-1.0", None])),
        complete_for=[
            prefix + id for id in draw(st.lists(st.sampled_from(known), unique=True) if known else st.just([]))
        ],
    )


def meaning(dataset: tc.Dataset) -> Any:
    """What a data set says and who says so, wherever that is written: at a part, for a field, or for the whole record."""

    def cited(record: Any, path: str) -> frozenset[str]:
        cited = record.field_sources
        return frozenset(cited.get(path, cited.get(path.partition(".")[0], record.sources)))

    def said(record: Any) -> Any:
        facts: dict[str, Any] = {}
        for field in attrs.fields(type(record)):
            value = getattr(record, field.name)
            if field.name in PROVENANCE or not value:
                continue
            if isinstance(value, tuple) and attrs.has(type(value[0])):
                parts = [(bare(part), frozenset(part.sources) or cited(record, field.name)) for part in value]
                facts[field.name] = dict.fromkeys(parts)
            elif hasattr(value, "items"):
                facts.update(
                    {f"{field.name}.{k}": (v, cited(record, f"{field.name}.{k}")) for k, v in value.items() if v}
                )
            else:
                facts[field.name] = (value, cited(record, field.name))
        return facts, frozenset(record.sources), record.extra

    lists = lists_of(dataset)
    return head_of(dataset), lists.pop("sources"), {name: [said(r) for r in found] for name, found in lists.items()}


@given(views("a"), views("b"), views("c"))
@settings(max_examples=200)
def test_merging_is_associative_where_nothing_conflicts(a: tc.Dataset, b: tc.Dataset, c: tc.Dataset) -> None:
    """Whichever two are merged first, three parts of one world say the same, and each fact has the same sources."""
    assert meaning(a.merge(b).merge(c)) == meaning(a.merge(b.merge(c)))


def test_what_is_equal_in_meaning_may_be_written_otherwise() -> None:
    """A source may stand at a part or for the record: the law of merging in any order is one of meaning."""
    parts = (
        {"links": [tc.Link(url="http://a", sources=["s"])]},
        {"links": [tc.Link(url="http://a")]},
        {"links": [tc.Link(url="http://b")], "sources": ["s"]},
    )
    a, b, c = (tc.Dataset(cities=[tc.City(id="x", **fields)], sources=[S]) for fields in parts)
    one, other = a.merge(b).merge(c), a.merge(b.merge(c))
    assert one != other
    assert meaning(one) == meaning(other)


def test_empty_lists_of_labels_have_no_sources() -> None:
    """A language without alternative labels says nothing, and nobody is cited for it."""
    a, b, c = (
        tc.Dataset(areas=[area("x", pref_label={"en": "X"}, sources=[source], **fields)], sources=[S, T, U])
        for source, fields in (("s", {"alt_labels": {"en": []}}), ("t", {}), ("u", {"alt_labels": {"en": ["Y"]}}))
    )
    assert meaning(a.merge(b).merge(c)) == meaning(a.merge(b.merge(c)))
    assert own_areas(a.merge(c))[0].field_sources == {"alt_labels.en": ("u",)}


@given(views("a"), views("b"))
def test_what_came_from_a_data_set_adds_nothing_to_it(a: tc.Dataset, b: tc.Dataset) -> None:
    """A data set merged a second time changes nothing."""
    both = a.merge(b)
    again = both.merge(b)
    assert {**lists_of(again), **head_of(again), "version": None} == {
        **lists_of(both),
        **head_of(both),
        "version": None,
    }


# -- fields ----------------------------------------------------------------------------------------


def test_gaps_are_filled_with_their_sources() -> None:
    """What one leaves open is taken from the other, and the field says whose it is."""
    a = with_city("s", country_code="PL", summary={"en": "A city."})
    b = with_city("t", name="Opole", kind="city", summary={"fi": "Kaupunki."}, field_sources={"kind": ["s"]})
    assert city_of(a, b) == tc.City(
        id="opole",
        name="Opole",
        kind="city",
        country_code="PL",
        summary={"en": "A city.", "fi": "Kaupunki."},
        sources=["s", "t"],
        field_sources={
            "name": ["t"],
            "kind": ["s"],
            "country_code": ["s"],
            "summary.en": ["s"],
            "summary.fi": ["t"],
        },
    )


def test_what_both_say_has_the_sources_of_both() -> None:
    """A field that both state alike is cited to both, and needs no sources of its own then."""
    a, b = with_city("s", kind="city", country_code="PL"), with_city("t", kind="city", name="Opole")
    assert city_of(a, b).field_sources == {"country_code": ("s",), "name": ("t",)}
    unsourced = with_city(kind="city", geonames_id="1")
    assert city_of(a, unsourced).field_sources == {"geonames_id": ()}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"since": "1972"}, {"since": "1972"}, ("t", "u")),
        ({"since": "1972"}, {"since": "1972-05"}, ("t",)),
        ({"since": "1972-05"}, {"since": "1972"}, ("u",)),
        ({"since": "1972"}, {}, ("u",)),
    ],
)
def test_a_field_with_sources_of_its_own_keeps_them(
    a: dict[str, Any], b: dict[str, Any], expected: tuple[str, ...]
) -> None:
    """A field's sources are those of whoever says what stays: its own where it has any, else its record's."""
    mine, theirs = with_tie("s", **a, field_sources={"since": ["u"]}), with_tie("t", **b)
    assert tie_of(mine, theirs).field_sources == {"since": expected}
    assert tie_of(mine, theirs).sources == ("s", "t")


def test_that_two_cities_are_tied_has_the_sources_of_both() -> None:
    """`cities` is a field as others are: sources that one names for it go with the record's of the other."""
    mine = with_tie("s", field_sources={"cities": ["u"]})
    assert tie_of(mine, with_tie("t")).field_sources == {"cities": ("t", "u")}


def test_sources_stand_in_the_order_of_the_records() -> None:
    """The sources of a field are in the order in which the record has them, not in that of who said it first."""
    a = with_city("s", kind="city", field_sources={"kind": ["t"]})
    b = with_city(sources=["t", "u"], kind="city", field_sources={"kind": ["s"]})
    assert city_of(a, b).field_sources == {"kind": ("s", "t")}


def test_another_name_becomes_an_alternative_name() -> None:
    """Names that differ, in general or in a language, aren't lost, and stand once."""
    a = with_city(name="Opole", names={"fi": "Opole"}, alt_names=["Oppole"])
    b = with_city(name="Oppeln", names={"fi": "Oppelni", "de": "Oppeln"}, alt_names=["Oppole", "Opole", "Opolí"])
    city = city_of(a, b)
    assert (city.name, city.names) == ("Opole", {"fi": "Opole", "de": "Oppeln"})
    assert city.alt_names == ("Oppole", "Oppelni", "Opolí")


def test_further_ids_are_ids_of_the_same_partner() -> None:
    """Wikidata and GeoNames ids that differ go into `alt_ids`; those that are main ids don't stand there."""
    a = with_city(wikidata_id="Q1", alt_ids=["Q2", "5"])
    b = with_city(wikidata_id="Q2", geonames_id="5", alt_ids=["Q1", "Q7"])
    city = city_of(a, b)
    assert (city.wikidata_id, city.geonames_id, city.alt_ids) == ("Q1", "5", ("Q2", "Q7"))


def test_a_town_and_its_municipality_close_the_nordic_ring() -> None:
    """What one says of Bodø's municipality and another of its town is said of one partner in the whole."""
    a = tc.Dataset(
        cities=[
            tc.City(id="bodo", name="Bodø", wikidata_id="Q221119", alt_ids=["Q39383"]),
            tc.City(id="kuopio", wikidata_id="Q162279"),
            tc.City(id="jonkoping", wikidata_id="Q504689"),
        ],
        partnerships=[tc.Partnership(cities=("bodo", "kuopio")), tc.Partnership(cities=("jonkoping", "kuopio"))],
    )
    b = tc.Dataset(
        cities=[
            tc.City(id="Q39383", name="Bodø", wikidata_id="Q39383"),
            tc.City(id="Q25411", wikidata_id="Q25411", alt_ids=["Q504689"]),
            tc.City(id="svendborg", wikidata_id="Q28031"),
        ],
        partnerships=[
            tc.Partnership(cities=("Q39383", "svendborg"), asserted_by=["Q39383"]),
            tc.Partnership(cities=("Q25411", "svendborg")),
            tc.Partnership(cities=("Q25411", "Q39383")),
        ],
        networks=[tc.CooperationNetwork(id="nordic", members=["Q25411", "Q39383", "svendborg"])],
    )
    both = a.merge(b)
    assert set(both.cities) == {"bodo", "kuopio", "jonkoping", "svendborg"}
    assert both.partnership("Q39383", "Q25411").cities == ("bodo", "jonkoping")
    assert both.partnerships["bodo", "svendborg"].asserted_by == ("bodo",)
    assert both.networks["nordic"].members == ("jonkoping", "bodo", "svendborg")
    assert both.cities["jonkoping"].alt_ids == ("Q25411",)
    assert both.cities["jonkoping"].name == "jonkoping"


def test_lists_are_united_without_doubles() -> None:
    """What both list stands once, with the sources of both; the first's come first, and each keeps its own source."""
    choir = tc.Activity(summary={"en": "Choirs"}, organisations=[tc.Organisation(role="choir", sources=["s"])])
    again = attrs.evolve(choir, sources=["t"], organisations=[tc.Organisation(role="choir", sources=["t"])])
    a = with_tie("s", activities=[choir, tc.Activity(areas=["sport"])], asserted_by=["opole"])
    b = with_tie("t", activities=[tc.Activity(areas=["culture"]), again], asserted_by=["kuopio", "opole"])
    tie = tie_of(a, b)
    assert tie.activities == (
        tc.Activity(summary={"en": "Choirs"}, organisations=[tc.Organisation(role="choir", sources=["s", "t"])]),
        tc.Activity(areas=["sport"], sources=["s"]),
        tc.Activity(areas=["culture"], sources=["t"]),
    )
    assert tie.asserted_by == ("opole", "kuopio")
    assert tie.sources == ("s", "t")


def test_parts_that_differ_in_who_takes_part_are_two() -> None:
    """An activity of a choir isn't that of an orchestra."""
    choir, orchestra = (tc.Activity(organisations=[tc.Organisation(role=role)]) for role in ("choir", "orchestra"))
    assert tie_of(with_tie(activities=[choir]), with_tie(activities=[orchestra])).activities == (choir, orchestra)


def test_a_part_without_a_source_gets_none() -> None:
    """A link that nobody vouches for isn't said to be of the other's source."""
    tie = tie_of(with_tie(links=[tc.Link(title="A")]), with_tie("t", links=[tc.Link(title="B")]))
    assert tie.links == (tc.Link(title="A"), tc.Link(title="B", sources=["t"]))
    assert tie.field_sources == {"links": ()}


def test_the_more_precise_date_is_taken() -> None:
    """A year and a month of it don't conflict: the month stays, with its source."""
    a, b = with_tie("s", since="1972"), with_tie("t", since="1972-05")
    for tie in (tie_of(a, b), tie_of(b, a)):
        assert (str(tie.since), tie.field_sources) == ("1972-05", {"since": ("t",)})


def test_sources_of_what_is_left_open_are_kept() -> None:
    """Sources for a field without a value, or for a part of one, are those of both."""
    a = with_city("s", field_sources={"summary": ["s"], "coordinates.latitude": ["s"]}, kind="town")
    b = with_city("s", field_sources={"summary": ["t"], "coordinates.latitude": ["t", "s"]})
    assert city_of(a, b).field_sources == {"summary": ("s", "t"), "coordinates.latitude": ("s", "t")}


# -- conflicts -------------------------------------------------------------------------------------

CONFLICTS: list[tuple[tc.Dataset, tc.Dataset, str, str]] = [
    (with_tie(since="1972"), with_tie(since="1980"), "since", "kuopio – opole: since is '1972' or '1980'"),
    (with_tie(since="1972"), with_tie(since="1972-05?"), "since", "kuopio – opole: since is '1972' or '1972-05?'"),
    (with_tie(status="active"), with_tie(status="ended"), "status", "kuopio – opole: status is 'active' or 'ended'"),
    (
        with_city(country_code="PL", wikidata_id="Q1"),
        with_city(country_code="DE", wikidata_id="Q1"),
        "country_code",
        "opole: country_code is 'PL' or 'DE'",
    ),
    (with_city(kind="city"), with_city(kind="county"), "kind", "opole: kind is 'city' or 'county'"),
    (with_city(summary={"en": "A"}), with_city(summary={"en": "B"}), "summary.en", "opole: summary.en is 'A' or 'B'"),
    (with_city(extra={"a b": 1}), with_city(extra={"a b": None}), "extra['a b']", "opole: extra['a b'] is 1 or None"),
    (
        with_city(coordinates=tc.Coordinates(latitude=1, longitude=2), wikidata_id="Q1"),
        with_city(coordinates=tc.Coordinates(latitude=1, longitude=2.1), wikidata_id="Q1"),
        "coordinates",
        "opole: coordinates is 1, 2 or 1, 2.1, 11.1 km apart",
    ),
    (with_tie(until="1990"), with_tie(since="1995"), "until", "kuopio – opole: until is '/1990' or '1995/'"),
]


@pytest.mark.parametrize(("a", "b", "field", "text"), CONFLICTS)
def test_conflicts_stop_a_merge_unless_something_decides(a: tc.Dataset, b: tc.Dataset, field: str, text: str) -> None:
    """Contradictions are an error that lists them; a preference decides, and is written down with both values."""
    with pytest.raises(tc.MergeConflictError) as caught:
        a.merge(b)
    (conflict,) = caught.value.conflicts
    assert isinstance(conflict, Conflict)
    assert (conflict.field, str(conflict)) == (field, text)
    assert str(caught.value) == (
        f"1 conflict:\n  {text}\ngive prefer='first', 'second', or a function that is asked about each conflict"
    )
    for prefer in ("first", "second"):
        both = a.merge(b, prefer=prefer)
        (record,) = [
            r for r in (*both.partnerships.values(), *both.cities.values()) if r.extra.get("conflicts") or r.claims
        ]
        if record.claims:
            assert record.extra == {}
            assert field in {"until", *(claim.field for claim in record.claims)}
        else:
            (note,) = record.extra["conflicts"]
            assert (note["field"], note["rule"]) == (field, prefer)
            assert note["kept"] != note["other"]
        assert tc.from_json(both.to_json()) == both
        # Merged again the same way it stays as it is.
        assert lists_of(both.merge(b, prefer="first" if prefer == "first" else "second")) == lists_of(both)


def test_the_value_that_lost_stays_as_a_claim() -> None:
    """What gives way is a claim with its sources and who asserts it; the field's sources are those of what is kept."""
    a = with_tie("s", since="1972", kind="twinning", asserted_by=["kuopio"])
    b = with_tie("t", since="1980", kind="twinning", asserted_by=["opole"])
    for prefer, kept, other in (("first", ("1972", "s"), ("1980", "t")), ("second", ("1980", "t"), ("1972", "s"))):
        tie = tie_of(a, b, prefer=prefer)
        assert str(tie.since) == kept[0]
        assert tie.field_sources == {"since": (kept[1],)}
        side = "opole" if other[0] == "1980" else "kuopio"
        assert tie.claims == (tc.Claim(field="since", value=other[0], sources=[other[1]], asserted_by=[side]),)
        assert tie.extra == {}


def claiming(own: str | None, *claimed: str, source: str = "s") -> tc.Dataset:
    """A data set whose tie begins then, and of which others say otherwise."""
    claims = [tc.Claim(field="since", value=value, sources=["u"]) for value in claimed]
    return with_tie(source, since=own, claims=claims)


@pytest.mark.parametrize(
    ("a", "b", "own", "claims"),
    [
        (claiming("1972", "1980"), claiming("1980"), "1972", ["1980"]),
        (claiming("1972"), claiming("1980", "1972"), "1980", ["1972"]),
        (claiming("1972", "1980"), claiming("1972"), "1972", ["1980"]),
        (claiming("1972", "1972-05"), claiming("1972-05"), "1972", ["1972-05"]),  # weighed, though less precise
        (claiming(None, "1972", "1980"), claiming("1980"), None, ["1972", "1980"]),  # nobody preferred
        (claiming(None, "1972", "1980"), claiming("1980", "1972"), "1980", ["1972"]),  # which the other does
        (claiming(None, "1972"), claiming("1980"), "1980", ["1972"]),
        (claiming(None, "1972"), claiming(None, "1980"), None, ["1972", "1980"]),
        (claiming("1972", "1960"), claiming("1972-05", "1960"), "1972-05", ["1960"]),
    ],
)
def test_whoever_has_weighed_both_wins(a: tc.Dataset, b: tc.Dataset, own: str | None, claims: list[str]) -> None:
    """A side that states the other's value as a claim has weighed it: its own stays without a conflict, in either order."""
    for first, second in ((a, b), (b, a)):
        tie = tie_of(first, second)
        assert (None if tie.since is None else str(tie.since), sorted(c.value for c in tie.claims)) == (own, claims)
        both = first.merge(second)
        assert lists_of(both.merge(second)) == lists_of(both.merge(first)) == lists_of(both)


@pytest.mark.parametrize(
    ("a", "b"),
    [(claiming("1972"), claiming("1980")), (claiming("1972", "1980"), claiming("1980", "1972"))],
    ids=["neither", "both"],
)
def test_where_neither_or_both_have_weighed_it_is_a_conflict(a: tc.Dataset, b: tc.Dataset) -> None:
    """Then a preference decides."""
    for first, second in ((a, b), (b, a)):
        with pytest.raises(tc.MergeConflictError, match="since is "):
            first.merge(second)
        tie = tie_of(first, second, prefer="second")
        assert (tie.since, len(tie.claims)) == (second.partnerships["kuopio", "opole"].since, 1)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"since": "1980", "until": "1990"}, {"since": "1995"}),
        ({"until": "1990"}, {"since": "1995"}),
        ({"since": "1980", "until": "1990", "status": "ended"}, {"since": "1995", "until": "2000", "status": "active"}),
    ],
)
@pytest.mark.parametrize("prefer", ["first", "second"])
def test_a_period_that_was_decided_stays_decided(a: dict[str, Any], b: dict[str, Any], prefer: Any) -> None:
    """The union of two periods that contradict each other has weighed both: it wins over each, whichever is preferred."""
    sides = with_tie(**a), with_tie(**b)
    both = sides[0].merge(sides[1], prefer=prefer)
    for side in sides:
        for again in ("first", "second", None):
            assert lists_of(both.merge(side, prefer=again)) == lists_of(both)
            tie, kept = tie_of(side, both, prefer=again), both.partnerships["kuopio", "opole"]
            assert (tie.since, tie.until, tie.status) == (kept.since, kept.until, kept.status)


def test_a_claim_that_is_held_gives_its_sources() -> None:
    """Where the whole holds what one side claims, the claim goes: its sources join those of the field, its city the tie's."""
    a = with_tie("s", since="1972", asserted_by=["kuopio"])
    b = with_tie(
        "t",
        since="1980",
        claims=[tc.Claim(field="since", value="1972", sources=["u"], asserted_by=["opole"])],
    )
    tie = tie_of(a, b, prefer="first")
    assert (str(tie.since), tie.field_sources, tie.asserted_by) == (
        "1980",
        {"since": ("t",), "asserted_by": ("s",)},
        ("kuopio",),
    )
    assert tie.claims == (tc.Claim(field="since", value="1972", sources=["u", "s"], asserted_by=["opole", "kuopio"]),)
    c = with_tie(since="1972", claims=[tc.Claim(field="since", value="1980")])
    tie = tie_of(c, b, prefer="first")
    assert (str(tie.since), tie.field_sources["since"], tie.asserted_by) == ("1972", ("u",), ("opole",))


def test_names_and_ids_go_into_lists_and_not_into_claims() -> None:
    """Another name is an alternative name, as before; whoever has weighed both says which is the first."""
    a = with_city(name="Opole", wikidata_id="Q1")
    b = with_city(name="Oppeln", wikidata_id="Q1", claims=[tc.Claim(field="name", value="Opole")])
    city = city_of(a, b)
    assert (city.name, city.alt_names, city.claims) == ("Oppeln", ("Opole",), b.cities["opole"].claims)


def statements_of(record: Any) -> set[tuple[str, Any]]:
    """What a tie states of its fields, by itself and as claims."""
    fields = ("since", "until", "status", "status_since", "kind", "names.fi", "summary.fi")
    return {(field, stated.value) for field in fields for stated in record.stated(field)}


_claimed_ties = st.builds(
    lambda own, claims: {**own, "claims": [claim for claim in claims if claim["value"] != own.get(claim["field"])]},
    st.fixed_dictionaries(
        {},
        optional={
            "since": st.sampled_from(["1958", "1967", "1967-05", "196X", "[1958,1967]", "1970?"]),
            "until": st.sampled_from(["1966", "1990", "1999~"]),
            "status": st.sampled_from(["active", "dormant", "ended"]),
            "status_since": st.sampled_from(["1991", "2001"]),
            "asserted_by": st.lists(st.sampled_from(["kuopio", "opole"]), unique=True),
            "sources": st.lists(st.sampled_from("stu"), unique=True),
        },
    ),
    st.lists(
        st.fixed_dictionaries(
            {
                "field": st.just("since"),
                "value": st.sampled_from(["1958", "1967", "1967-05", "196X", "1970?"]),
                "sources": st.lists(st.sampled_from("stu"), unique=True),
                "asserted_by": st.lists(st.sampled_from(["kuopio", "opole"]), unique=True),
            }
        )
        | st.fixed_dictionaries({"field": st.just("status"), "value": st.sampled_from(["active", "dormant", "ended"])}),
        max_size=3,
        unique_by=lambda claim: (claim["field"], claim["value"]),
    ),
)


@st.composite
def claimed_ties(draw: st.DrawFn) -> tc.Dataset:
    """A data set of one tie with claims."""
    fields = draw(_claimed_ties)
    try:
        return with_tie(**{**fields, "claims": [tc.Claim(**claim) for claim in fields["claims"]]})
    except tc.InvalidRecordError:
        assume(False)
        raise


@given(claimed_ties(), claimed_ties(), st.sampled_from(["first", "second"]))
@settings(max_examples=int(os.environ.get("MERGES", "300")))
def test_merging_claims_again_adds_nothing_and_no_statement_is_lost(a: tc.Dataset, b: tc.Dataset, prefer: Any) -> None:
    """With a preference, either side merged again leaves the whole as it is; it states all that both do, or more precisely."""
    both = a.merge(b, prefer=prefer)
    assert lists_of(both.merge(b, prefer=prefer)) == lists_of(both)
    back = "second" if prefer == "first" else "first"
    assert lists_of(both.merge(a, prefer="first")) == lists_of(both)
    assert tc.from_json(both.to_json()) == both
    first, second, tie = (data.partnerships["kuopio", "opole"] for data in (a, b, both))
    stated = statements_of(tie)
    for record in (first, second):
        for field, value in statements_of(record):
            finer = (found for name, found in stated if name == field and isinstance(found, tc.EdtfDate))
            assert (field, value) in stated or any(found.is_within(value) for found in finer)
    other = b.merge(a, prefer=back).partnerships["kuopio", "opole"]
    assert (tie.since, tie.until, tie.status) == (other.since, other.until, other.status)
    assert {(c.field, c.value): set(c.sources) for c in tie.claims} == {
        (c.field, c.value): set(c.sources) for c in other.claims
    }


_SHARING = {
    "wikidata_id": st.sampled_from(["Q1", "Q2", "Q3"]),
    "geonames_id": st.sampled_from(["1", "2"]),
    "alt_ids": st.lists(st.sampled_from(["Q1", "Q2", "Q3", "1", "2"]), max_size=2, unique=True),
    "country_code": st.sampled_from(["FI", "SE"]),
    "name": st.sampled_from(["Aa", "Bb", "Cc"]),
    "alt_names": st.lists(st.sampled_from(["Aa", "Bb"]), max_size=2, unique=True),
    "coordinates": st.builds(tc.Coordinates, latitude=st.sampled_from([60.0, 60.3, 60.6]), longitude=st.just(25.0)),
}


@st.composite
def sharing_sets(draw: st.DrawFn) -> tc.Dataset:
    """Cities that share ids and names, their own data set's included, with ties and a network."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "c", "a-2"]), min_size=1, max_size=4, unique=True))
    cities = []
    for place, id in enumerate(ids):
        led = {
            name: st.lists(st.sampled_from(ids[:place]), max_size=1) for name in ("part_of", "succeeded_by") if place
        }
        cities.append(tc.City(id=id, **draw(some_of({**_SHARING, **led}))))
    pairs = [(x, y) for place, x in enumerate(ids) for y in ids[:place]]
    ties = [
        tc.Partnership(
            cities=pair,
            sources=["s"],
            **draw(
                some_of(
                    {
                        "since": st.sampled_from(["1970", "1970-05", "1980"]),
                        "asserted_by": st.just([pair[0]]),
                        "contacts": st.just([tc.Contact(role="office", city=pair[1])]),
                        "extra": st.fixed_dictionaries({"k": st.integers(0, 1)}),
                    }
                )
            ),
        )
        for pair in (draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else ())
    ]
    networks = [tc.CooperationNetwork(id="n", members=ids)] if len(ids) > 2 and draw(st.booleans()) else []
    title = draw(st.sampled_from(["S", "T"]))
    return tc.Dataset(
        cities=cities,
        partnerships=ties,
        networks=networks,
        sources=[tc.Source(id="s", title=title)],
        complete_for=ids[:1],
    )


@given(sharing_sets(), sharing_sets(), st.sampled_from(["first", "second"]))
@settings(max_examples=int(os.environ.get("MERGES", "300")))
def test_whatever_ids_are_shared_a_merge_repeated_adds_nothing(a: tc.Dataset, b: tc.Dataset, prefer: Any) -> None:
    """Either side, or a part of the whole, merged again leaves the whole as it is, and needs no preference."""
    try:
        both = a.merge(b, prefer=prefer)
    except tc.DatasetError as error:
        assert "cycle" in str(error)  # noqa: PT017  # of what one is part of, and the other is part of
        return
    for again in (a, b, both, both.around(next(iter(both.cities)))):
        assert lists_of(both.merge(again)) == lists_of(both)
    assert both.merge(b).complete_for == both.complete_for
    ties = {
        tuple(sorted(match.a.id for id in tie.cities for match in tc.compare(both, b).matches if match.b.id == id))
        for tie in b.partnerships.values()
    }
    assert ties <= set(both.partnerships)


@pytest.mark.parametrize(
    ("a", "b", "ids"),
    [
        (
            [{"id": "a", "alt_ids": ["Q1"]}],
            [{"id": "b", "wikidata_id": "Q1"}, {"id": "a", "alt_ids": ["Q1"]}],
            {"a", "b"},
        ),
        (
            [{"id": "a", "wikidata_id": "Q1", "alt_ids": ["Q2"]}, {"id": "b"}],
            [{"id": "c", "wikidata_id": "Q2"}, {"id": "b", "alt_ids": ["Q1"]}],
            {"a", "b", "c", "b-2"},
        ),
        (
            [{"id": "a", "wikidata_id": "Q1"}, {"id": "b", "wikidata_id": "Q2"}],
            [
                {"id": "c", "wikidata_id": "Q1", "geonames_id": "9"},
                {"id": "d", "wikidata_id": "Q2", "geonames_id": "9"},
            ],
            {"a", "b"},
        ),
        (  # the successor in the one is what the other calls by the former's id
            [{"id": "b"}, {"id": "a", "wikidata_id": "Q1"}],
            [{"id": "a", "succeeded_by": ["b"]}, {"id": "b", "wikidata_id": "Q1"}],
            {"a", "b", "a-2"},
        ),
        ([{"id": "a", "alt_ids": ["Q1"], "wikidata_id": "Q1"}], [{"id": "a", "wikidata_id": "Q2"}], {"a", "a-2"}),
    ],
    ids=["own double", "two claimants", "geonames id of two", "successor", "id twice"],
)
def test_cities_that_share_ids_are_merged_once(a: list[Any], b: list[Any], ids: set[str]) -> None:
    """An id that two cities of one data set have decides nothing; what is decided or not is so again."""
    first, second = (tc.Dataset(cities=[tc.City(**city) for city in cities]) for cities in (a, b))
    both = first.merge(second)
    assert set(both.cities) == ids
    assert both.merge(second) == both.merge(first) == both


def test_decisions_that_are_noted_are_not_made_again() -> None:
    """A record with a note of both values has weighed them: neither side merged again is a conflict or another note."""
    a, b = (
        with_city(source, coordinates=tc.Coordinates(latitude=50, longitude=n), wikidata_id="Q1", extra={"k": n})
        for source, n in (("s", 17), ("t", 18))
    )
    for prefer in ("first", "second"):
        both = a.merge(b, prefer=prefer)  # type: ignore[arg-type]
        assert len(both.cities["opole"].extra["conflicts"]) == 2
        for again in (a, b):
            assert both.merge(again) == both
            assert again.merge(both).cities["opole"].coordinates == both.cities["opole"].coordinates
    # Another source of the value that gave way is added.
    also = with_city("u", coordinates=tc.Coordinates(latitude=50, longitude=18), wikidata_id="Q1")
    notes = a.merge(b, prefer="first").merge(also).cities["opole"].extra["conflicts"]
    assert ("t", "u") in [note["other_sources"] for note in notes]


def test_a_city_undecided_between_two_stays_so_when_merged_again() -> None:
    """A city that shares further ids with two others is joined with neither, however often they are merged."""
    a = tc.Dataset(cities=[tc.City(id="c", wikidata_id="Q1", alt_ids=["Q2"])])
    b = tc.Dataset(cities=[tc.City(id="a", alt_ids=["Q2"]), tc.City(id="b", alt_ids=["Q1"])])
    for first, second in ((a, b), (b, a)):
        both = first.merge(second)
        assert set(both.cities) == {"a", "b", "c"}
        assert both.merge(second) == both == both.merge(first)


def test_coordinates_are_written_down_as_numbers() -> None:
    """A decision about a place shows both places in degrees."""
    a, b = (with_city(coordinates=tc.Coordinates(latitude=50, longitude=n), wikidata_id="Q1") for n in (17, 18))
    (note,) = city_of(a, b, prefer="first").extra["conflicts"]
    assert (note["kept"], note["other"]) == (
        {"latitude": 50.0, "longitude": 17.0},
        {"latitude": 50.0, "longitude": 18.0},
    )


def test_a_function_decides_each_conflict() -> None:
    """A function is given each conflict, with the sources of both sides."""

    def earliest(conflict: Conflict) -> Any:
        assert (conflict.a_sources, conflict.b_sources) == (("s",), ("t",))
        return "first" if conflict.field != "since" or conflict.a <= conflict.b else "second"

    a, b = with_tie("s", since="1980", status="active"), with_tie("t", since="1972", status="dormant")
    tie = tie_of(a, b, prefer=earliest)
    assert (str(tie.since), tie.status) == ("1972", "active")
    assert {(claim.field, claim.value) for claim in tie.claims} == {("since", "1980"), ("status", "dormant")}


def test_a_tie_may_end_on_the_day_that_it_began() -> None:
    """The start of one and the end of the other contradict each other only where the end comes first."""
    tie = tie_of(with_tie(since="1990-05-03"), with_tie(until="1990-05-03"))
    assert (str(tie.since), str(tie.until)) == ("1990-05-03", "1990-05-03")


def test_a_conflict_in_extra_has_the_path_of_its_key() -> None:
    """Each key of `extra` is decided by itself."""
    tie = tie_of(with_tie(extra={"x": 1, "y": 2}), with_tie(extra={"x": 3, "y": 2}), prefer="first")
    assert [(note["field"], note["kept"], note["other"]) for note in tie.extra["conflicts"]] == [("extra.x", 1, 3)]


def test_ids_that_stay_are_not_touched() -> None:
    """Where a city gets a new id, what refers to another one still does."""
    a = with_city(id="kuopio", wikidata_id="Q1")
    b = tc.Dataset(
        cities=[tc.City(id="kuopio", wikidata_id="Q2", contacts=[tc.Contact(city="opole")]), tc.City(id="opole")],
    )
    assert a.merge(b).cities["kuopio-2"].contacts == (tc.Contact(city="opole"),)


class Always:
    """A judge without a name of its own."""

    def __call__(self, _conflict: Conflict) -> Any:
        return "first"


def test_a_judge_without_a_name_is_called_by_its_class() -> None:
    """The rule of an object that can be called is the name of its class."""
    tie = tie_of(with_tie(extra={"x": 1}), with_tie(extra={"x": 2}), prefer=Always())
    assert tie.extra["conflicts"][0]["rule"] == "Always"


@pytest.mark.parametrize("prefer", ["newest", 1, [], lambda _: "third", lambda _: []])
def test_other_preferences_are_refused(prefer: Any) -> None:
    """What isn't a side, nor a function that names one, is an error in words."""
    with pytest.raises(tc.QueryError, match=r"expected .*'first'.*'second'.*got"):
        with_tie(since="1972").merge(with_tie(since="1980"), prefer=prefer)


def test_all_conflicts_are_reported_at_once() -> None:
    """The error has every conflict, prints twenty of them, and survives pickling."""
    ids = [f"c{n}" for n in range(25)]
    a, b = (tc.Dataset(cities=[tc.City(id=id, kind=kind) for id in ids]) for kind in ("city", "county"))
    with pytest.raises(tc.MergeConflictError) as caught:
        a.merge(b)
    assert isinstance(caught.value, ValueError)
    assert [conflict.record.id for conflict in caught.value.conflicts] == ids
    lines = str(caught.value).splitlines()
    assert (lines[0], len(lines)) == ("25 conflicts:", 23)
    assert lines[-2] == "  … and 5 more in .conflicts"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.conflicts) == (str(caught.value), caught.value.conflicts)


def test_notes_of_earlier_merges_are_kept() -> None:
    """Decisions of both sides stay, each once; what another tool wrote there stays as well."""
    a = with_tie(extra={"conflicts": "mine", "x": 1, "z": 1})
    b = with_tie(extra={"conflicts": ["theirs"], "y": 2, "z": 2})
    extra = tie_of(a, b, prefer="first").extra
    assert extra["conflicts"][:2] == ("mine", "theirs")
    assert (extra["x"], extra["y"], len(extra["conflicts"])) == (1, 2, 3)


def test_the_date_of_a_status_goes_with_it() -> None:
    """A status that is kept doesn't get the date of another: that is written down beside it."""
    a, b = with_tie("s", status="active"), with_tie("t", status="suspended", status_since="2022")
    tie = tie_of(a, b, prefer="first")
    assert (tie.status, tie.status_since) == ("active", None)
    assert [(claim.field, claim.value, claim.sources) for claim in tie.claims] == [
        ("status", "suspended", ("t",)),
        ("status_since", "2022", ("t",)),
    ]
    tie = tie_of(a, b, prefer="second")
    assert (tie.status, str(tie.status_since), len(tie.claims)) == ("suspended", "2022", 1)
    assert tie.field_sources == {"status": ("t",), "status_since": ("t",)}
    dated = with_tie("s", status="active", status_since="1990")
    tie = tie_of(dated, b, prefer="first")
    assert (tie.status, str(tie.status_since)) == ("active", "1990")
    assert tie.field_sources == {"status": ("s",), "status_since": ("s",)}
    assert tie.claims[1] == tc.Claim(field="status_since", value="2022", sources=["t"])
    filled = tie_of(with_tie("s"), with_tie("t", status="suspended", status_since="2022"))
    assert (filled.status, str(filled.status_since), filled.extra) == ("suspended", "2022", {})


def test_the_end_of_one_and_the_start_of_the_other_go_together() -> None:
    """Where an end lies before the other's start, both are taken from the side that is preferred."""
    a, b = with_tie("s", until="1990"), with_tie("t", since="1995")
    first, second = tie_of(a, b, prefer="first"), tie_of(a, b, prefer="second")
    assert (first.since, str(first.until)) == (None, "1990")
    assert (str(second.since), second.until) == ("1995", None)
    assert first.field_sources == {"until": ("s",)}
    assert tie_of(with_tie(until="1990~"), with_tie(since="1995")).extra == {}
    assert tie_of(with_tie(until="1999"), with_tie(since="1995")).extra == {}


@pytest.mark.parametrize(("east", "is_one"), [(17.1, True), (17.13, True), (17.15, False), (18, False)])
def test_places_conflict_by_distance(east: float, is_one: bool) -> None:
    """Two points no more than 10 km apart are one place, the first's; what is farther is a conflict with its distance."""
    here, there = tc.Coordinates(latitude=50, longitude=17), tc.Coordinates(latitude=50, longitude=east)
    a, b = (with_city(coordinates=place, wikidata_id="Q1") for place in (here, there))
    assert (here.distance_km(there) <= SAME_PLACE_KM) is is_one
    if is_one:
        assert city_of(a, b).coordinates == here
        assert city_of(b, a).coordinates == there
        assert city_of(a, b).extra == {}
        return
    with pytest.raises(tc.MergeConflictError) as caught:
        a.merge(b)
    (conflict,) = caught.value.conflicts
    assert isinstance(conflict, Conflict)
    assert conflict.distance_km == here.distance_km(there)
    assert str(conflict).endswith(f"or 50, {east:g}, {here.distance_km(there):,.1f} km apart")


def test_a_function_may_leave_conflicts_open() -> None:
    """The error lists only the conflicts for which it returns `None`."""
    a = with_tie(since="1980", status="active").with_records(tc.City(id="opole", kind="city"))
    b = with_tie(since="1972", status="dormant").with_records(tc.City(id="opole", kind="county"))
    with pytest.raises(tc.MergeConflictError) as caught:
        merge(a, b, prefer=lambda conflict: "first" if conflict.field == "kind" else None)
    assert [conflict.field for conflict in caught.value.conflicts] == ["status", "since"]  # type: ignore[attr-defined]
    decide: dict[str, Any] = {"kind": "first", "since": "second", "status": "first"}
    both = merge(a, b, prefer=lambda conflict: decide[conflict.field])
    assert str(both.partnerships["kuopio", "opole"].since) == "1972"


def test_a_merge_reports_what_is_undecided() -> None:
    """Cities kept apart since several would do, ids that were taken, and what a preference decided."""
    here = {"name": "Perth", "country_code": "AU"}
    a = tc.Dataset(
        cities=[
            tc.City(id="perth", name="Perth", country_code="GB"),
            tc.City(id="x", **here),
            tc.City(id="y", kind="city"),
        ]
    )
    b = tc.Dataset(cities=[tc.City(id="perth", **here), tc.City(id="perth2", **here), tc.City(id="y", kind="county")])
    found: list[MergeReport] = []
    both = merge(a, b, prefer="first", report=found.append)
    (report,) = found
    assert [str(group) for group in report.undecided] == ["x in a, perth, perth2 in b: the same name and place"]
    assert report.new_ids == {"perth": "perth-2"}
    assert [(conflict.field, decision) for conflict, decision in report.decided] == [("kind", "first")]
    assert str(report).splitlines() == [
        "Not decided: x in a, perth, perth2 in b: the same name and place",
        "Kept as another city: perth is now perth-2",
        "Decided for the first: y: kind is 'city' or 'county'",
    ]
    assert repr(report) == "<MergeReport: 1 undecided, 1 decided, 1 new ids>"
    # Merged again nothing is added, though it is still undecided.
    again = merge(both, b, prefer="first", report=found.append)
    assert lists_of(again) == lists_of(both)
    assert lists_of(merge(again, a, prefer="first")) == lists_of(both)
    merge(a, a, report=found.append)
    assert str(found[-1]) == "Nothing left undecided."
    with pytest.raises(tc.QueryError, match="expected a function as report=, got 5"):
        merge(a, b, report=5)  # type: ignore[arg-type]


def test_notebooks_show_a_report_in_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks show at most fifty escaped lines, in the language of the display options."""
    found: list[MergeReport] = []
    a, b = (tc.Dataset(cities=[tc.City(id=f"c{n}", kind=kind) for n in range(51)]) for kind in ("city", "county"))
    merge(a, b, prefer="second", report=found.append)
    page = found[0]._repr_html_()
    assert page.count("Decided for the second: c") == 50
    assert "kind is &#x27;city&#x27; or &#x27;county&#x27;" in page
    assert page.endswith("<br/>… and 1 more</p></div>")
    monkeypatch.setattr(tc.display_options, "lang", "fi")
    assert "<p>Ratkaistu toisen hyväksi: c0: " in found[0]._repr_html_()
    assert "<p>Kaikki on ratkaistu.</p>" in MergeReport()._repr_html_()


@pytest.mark.parametrize(("x", "y"), [(1, True), (1, 1.0), (0, False), ((1,), (True,)), ({"a": 1}, {"a": 1.0})])
def test_values_of_other_types_are_others(x: Any, y: Any) -> None:
    """`1`, `true` and `1.0` in `extra` are three values: one in the place of another is a conflict."""
    a, b = with_city(extra={"k": x}), with_city(extra={"k": y})
    with pytest.raises(tc.MergeConflictError, match=r"opole: extra\.k is"):
        a.merge(b)
    for prefer, kept in (("first", x), ("second", y)):
        city = city_of(a, b, prefer=prefer)
        assert repr(city.extra["k"]) == repr(with_city(extra={"k": kept}).cities["opole"].extra["k"])
    assert city_of(a, a) == a.cities["opole"]


# -- ids -------------------------------------------------------------------------------------------


def test_another_city_with_the_same_id_gets_a_new_one() -> None:
    """Wikidata ids that contradict keep two records apart; the second's gets -2 or the next free number."""
    a = tc.Dataset(
        cities=[tc.City(id="gera", wikidata_id="Q1"), tc.City(id="gera-2", wikidata_id="Q8"), tc.City(id="kuopio")],
        partnerships=[tc.Partnership(cities=("gera", "kuopio"))],
    )
    b = tc.Dataset(
        cities=[tc.City(id="gera", wikidata_id="Q2"), tc.City(id="gera-3", wikidata_id="Q9"), tc.City(id="kuopio")],
        partnerships=[tc.Partnership(cities=("gera", "kuopio"), contacts=[tc.Contact(city="gera")])],
        complete_for=["gera"],
    )
    both = a.merge(b)
    assert set(both.cities) == {"gera", "gera-2", "gera-3", "gera-4", "kuopio"}
    assert (both.cities["gera"].wikidata_id, both.cities["gera-4"].wikidata_id) == ("Q1", "Q2")
    assert both.cities["gera-4"].name == "gera"
    assert both.partnerships["gera-4", "kuopio"].contacts[0].city == "gera-4"
    assert both.complete_for == ("gera-4",)
    assert lists_of(both.merge(b)) == lists_of(both)


def test_ids_may_change_places() -> None:
    """Cities whose ids are swapped between the data sets are matched by their facts."""
    a = tc.Dataset(cities=[tc.City(id="a", wikidata_id="Q1"), tc.City(id="b", wikidata_id="Q2")])
    b = tc.Dataset(cities=[tc.City(id="b", wikidata_id="Q1"), tc.City(id="a", wikidata_id="Q2", kind="town")])
    assert a.merge(b).cities == {**a.cities, "b": tc.City(id="b", wikidata_id="Q2", kind="town")}


def test_a_long_id_stays_within_the_rules() -> None:
    """A new id is no longer than an id may be."""
    a, b = (tc.Dataset(cities=[tc.City(id="x" * 100, wikidata_id=id)]) for id in ("Q1", "Q2"))
    assert list(a.merge(b).cities) == ["x" * 100, "x" * 90 + "-2"]


def test_other_sources_with_the_same_id_get_a_new_one() -> None:
    """Two sources are one if they are equal; else references follow the second to its new id, also in a later merge."""
    a = tc.Dataset(sources=[tc.Source(id="web", title="A")], cities=[tc.City(id="a", sources=["web"])])
    b = tc.Dataset(
        sources=[tc.Source(id="web", title="B")],
        cities=[
            tc.City(
                id="b",
                sources=["web"],
                field_sources={"name": ["web"]},
                links=[tc.Link(title="x", sources=["web"])],
            )
        ],
    )
    both = a.merge(b)
    assert {id: source.title for id, source in both.sources.items()} == {"web": "A", "web-2": "B"}
    city = both.cities["b"]
    assert (city.sources, city.field_sources, city.links[0].sources) == (("web-2",), {"name": ("web-2",)}, ("web-2",))
    assert lists_of(both.merge(b)) == lists_of(both)


def test_networks_of_one_id_are_one_if_they_share_a_member() -> None:
    """Networks are united by id, members of both; one of quite other members gets a new id."""
    names = ("a", "b", "c", "d", "e")
    a = tc.Dataset(
        cities=[tc.City(id=id) for id in names],
        networks=[tc.CooperationNetwork(id="n", members=["a", "b"], names={"en": "N"})],
    )
    near, far = (
        tc.Dataset(cities=a.cities.values(), networks=[tc.CooperationNetwork(id="n", members=members)])
        for members in (["b", "c"], ["d", "e"])
    )
    assert a.merge(near).networks == {"n": tc.CooperationNetwork(id="n", members=["a", "b", "c"], names={"en": "N"})}
    both = a.merge(far)
    assert {id: network.members for id, network in both.networks.items()} == {"n": ("a", "b"), "n-2": ("d", "e")}
    assert both.merge(far) == both


def area(id: str = "opera", **fields: Any) -> tc.CooperationArea:
    """An area."""
    return tc.CooperationArea(id=id, **fields)


def test_areas_of_one_id_are_one_if_they_agree_on_a_label() -> None:
    """Other labels become alternative ones; where no label is shared, the second's area gets a new id."""
    a = tc.Dataset(areas=[area(pref_label={"en": "Opera", "fi": "Ooppera"}, alt_labels={"en": ["Operas"]})])
    b = tc.Dataset(
        areas=[area(pref_label={"en": "opera", "fi": "Ooppera"}, alt_labels={"en": ["Opera"], "sv": ["Opera"]})]
    )
    assert own_areas(a.merge(b)) == (
        area(
            pref_label={"en": "Opera", "fi": "Ooppera"},
            alt_labels={"en": ["Operas", "opera"], "sv": ["Opera"]},
        ),
    )
    other = tc.Dataset(
        areas=[area(pref_label={"en": "Work"})],
        cities=[tc.City(id="a"), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["opera"])])],
    )
    both = a.merge(other)
    assert [found.id for found in own_areas(both)] == ["opera", "opera-2"]
    assert both.partnerships["a", "b"].activities[0].areas == ("opera-2",)


def test_a_label_that_gives_way_is_kept_in_a_language_without_others() -> None:
    """The label of the second becomes an alternative one, also where neither has any in that language."""
    a = tc.Dataset(areas=[area(pref_label={"en": "Arts", "fi": "Taide"})])
    b = tc.Dataset(areas=[area(pref_label={"en": "Arts", "fi": "Taiteet"})])
    (both,) = own_areas(a.merge(b))
    assert (both.pref_label["fi"], both.alt_labels) == ("Taide", {"fi": ("Taiteet",)})


@pytest.mark.parametrize(
    ("mine", "theirs", "cited"),
    [
        ({"alt_names": ["X"]}, {}, ("s1",)),
        ({}, {"alt_names": ["Y"]}, ("s2",)),
        ({"name": "A"}, {"name": "B"}, ("s2",)),  # which gives way
        ({"alt_names": ["X"]}, {"alt_names": ["Y"]}, None),  # those of the record
    ],
)
def test_alternative_names_have_the_sources_of_those_who_give_any(
    mine: dict[str, Any], theirs: dict[str, Any], cited: tuple[str, ...] | None
) -> None:
    """A list has the sources of the sides that have something in it, which are written where the record has others."""
    a, b = (
        tc.Dataset(
            cities=[tc.City(id="x", wikidata_id="Q1", sources=[source], **fields)], sources=[tc.Source(id=source)]
        )
        for source, fields in (("s1", mine), ("s2", theirs))
    )
    city = a.merge(b).cities["x"]
    assert city.sources == ("s1", "s2")
    assert city.field_sources.get("alt_names") == cited


def test_the_source_of_a_field_is_that_of_each_of_its_keys() -> None:
    """What is said of all names holds for each that is kept."""
    sources = [tc.Source(id=f"s{i}") for i in (1, 2, 3)]
    own = tc.City(id="x", names={"fi": "X"}, sources=["s1"], field_sources={"names": ["s3"]})
    other = tc.City(id="x", names={"sv": "Y"}, sources=["s2"])
    city = tc.Dataset(cities=[own], sources=sources).merge(tc.Dataset(cities=[other], sources=sources)).cities["x"]
    assert (city.field_sources["names.fi"], city.field_sources["names.sv"]) == (("s3",), ("s2",))


def test_a_preference_decides_what_other_tools_say() -> None:
    """Of two values under one key of `extra` the preferred one is kept, and the other is in the note."""
    a, b = (tc.Dataset(cities=[tc.City(id="x", extra={"k": value, "l": 0})]) for value in (1, 2))
    for prefer, value in (("first", 1), ("second", 2)):
        extra = a.merge(b, prefer=prefer).cities["x"].extra  # type: ignore[arg-type]
        assert (extra["k"], extra["l"], len(extra["conflicts"])) == (value, 0, 1)


def test_conflicts_of_networks_and_areas_are_decided_too() -> None:
    """All records have one judge: two definitions of an area, two names of a network."""
    a, b = (
        tc.Dataset(
            cities=[tc.City(id="x"), tc.City(id="y")],
            networks=[tc.CooperationNetwork(id="n", members=["x", "y"], names={"en": text})],
            areas=[area(pref_label={"en": "Opera"}, definition={"en": text})],
        )
        for text in ("one", "two")
    )
    with pytest.raises(tc.MergeConflictError) as raised:
        a.merge(b)
    assert [conflict.field for conflict in raised.value.conflicts] == ["definition.en", "names.en"]
    both = a.merge(b, prefer="second")
    assert (both.networks["n"].names["en"], both.areas["opera"].definition["en"]) == ("two", "two")


def test_new_ids_are_those_that_nobody_has() -> None:
    """Not those of others in the second, nor of its cities that are found in the first, nor such as were just given."""
    a = tc.Dataset(cities=[tc.City(id="x", wikidata_id="Q1"), tc.City(id="y", wikidata_id="Q2")])
    b = tc.Dataset(cities=[tc.City(id="x", wikidata_id="Q3"), tc.City(id="x-2", wikidata_id="Q2")])
    assert {city.id: city.wikidata_id for city in a.merge(b).cities.values()} == {"x": "Q1", "y": "Q2", "x-3": "Q3"}
    b = tc.Dataset(cities=[tc.City(id="x", wikidata_id="Q3"), tc.City(id="x-2", wikidata_id="Q4")])
    assert set(a.merge(b).cities) == {"x", "y", "x-2", "x-3"}
    long = ["l" * 95 + end for end in "ab"]
    mine, theirs = (tc.Dataset(sources=[tc.Source(id=id, title=title) for id in long]) for title in ("one", "two"))
    assert set(mine.merge(theirs).sources) == {*long, "l" * 90 + "-2", "l" * 90 + "-3"}


def test_one_id_in_two_countries_is_of_two_cities() -> None:
    """Ids made of names are the same by chance: Newport in Wales isn't Newport in Rhode Island, whatever is preferred."""
    wales, island = (tc.City(id="newport", name="Newport", country_code=code) for code in ("GB", "US"))
    a, b = (
        tc.Dataset(cities=[tc.City(id="kuopio"), city], partnerships=[tc.Partnership(cities=("kuopio", "newport"))])
        for city in (wales, island)
    )
    both = a.merge(b, prefer="first")
    assert both.cities["newport"] == wales
    assert both.cities["newport-2"] == attrs.evolve(island, id="newport-2")
    assert set(both.partnerships) == {("kuopio", "newport"), ("kuopio", "newport-2")}
    assert not tc.compare(a, b).both


def test_a_name_that_is_the_id_is_none() -> None:
    """A city without a name has its id there; with another id it doesn't keep the old one as its name, however made."""
    a = tc.Dataset(cities=[tc.City(id="y", wikidata_id="Q1")])
    b = tc.from_json(b'{"format":"twincities/1","cities":[{"id":"x","name":"x","wikidata_id":"Q1"}]}')
    city = a.merge(b).cities["y"]
    assert (city.name, city.alt_names) == ("y", ())


@pytest.mark.parametrize(
    ("ask", "got"),
    [
        (lambda a: a.merge(3), "got 3"),
        (lambda a: tc.compare(a, 3), "got 3"),
        (lambda a: a.merge(a, prefer="third"), "got 'third'"),
        (lambda a: a.merge(tc.Dataset(cities=[tc.City(id="x", kind="town")]), prefer=lambda _: "x"), "got 'x'"),
    ],
)
def test_errors_say_what_was_given(ask: Any, got: str) -> None:
    """What isn't a data set, a preference or a decision is shown."""
    with pytest.raises(tc.QueryError, match=f"{got}$"):
        ask(tc.Dataset(cities=[tc.City(id="x", kind="city")]))


def test_a_shipped_area_that_is_defined_otherwise_is_another() -> None:
    """What the second says of an area in the vocabulary isn't lost: its area gets a new id, and is referred to by that."""
    defined = area("arctic", pref_label={"en": "Arctic"}, definition={"en": "Something else."})
    tie = tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["arctic"])])
    cities = [tc.City(id="a"), tc.City(id="b")]
    other = tc.Dataset(areas=[defined], cities=cities, partnerships=[tie], vocabulary=None)
    both = tc.load().merge(other)
    assert own_areas(both) == (attrs.evolve(defined, id="arctic-2"),)
    assert both.partnerships["a", "b"].activities[0].areas == ("arctic-2",)
    # One that adds nothing is the same.
    same = tc.Dataset(areas=[area("arctic", pref_label={"en": "Arctic"})], vocabulary=None)
    assert own_areas(tc.load().merge(same)) == ()


def test_labels_keep_their_sources() -> None:
    """The alternative labels of a language have the sources of those who give any, a label that gave way included."""
    a, b = (
        tc.Dataset(areas=[area(sources=[source], **fields)], sources=[tc.Source(id=source)])
        for source, fields in (
            ("s1", {"pref_label": {"en": "Opera"}, "alt_labels": {"en": ["Operas"], "fi": ["Oopperat"]}}),
            ("s2", {"pref_label": {"en": "opera"}, "alt_labels": {"sv": ["Operor"]}}),
        )
    )
    (both,) = own_areas(a.merge(b))
    assert both.alt_labels == {"en": ("Operas", "opera"), "fi": ("Oopperat",), "sv": ("Operor",)}
    assert both.field_sources == {"pref_label.en": ("s1",), "alt_labels.fi": ("s1",), "alt_labels.sv": ("s2",)}
    (back,) = own_areas(b.merge(a))
    assert back.alt_labels == {"en": ("Opera", "Operas"), "fi": ("Oopperat",), "sv": ("Operor",)}
    cited = {"pref_label.en": "s2", "alt_labels.en": "s1", "alt_labels.fi": "s1", "alt_labels.sv": "s2"}
    assert back.field_sources == {path: (source,) for path, source in cited.items()}


def test_areas_in_a_circle_are_an_error() -> None:
    """Areas that are valid in each data set may form a cycle together."""
    a = tc.Dataset(areas=[area("x", broader=["y"]), area("y")])
    b = tc.Dataset(areas=[area("x"), area("y", broader=["x"])])
    with pytest.raises(tc.DatasetError, match="cycle"):
        a.merge(b)


def test_the_vocabulary_is_that_of_the_first() -> None:
    """Shipped areas come along as own ones where the first doesn't use them; equal ones aren't doubled."""
    shared, without = tc.Dataset(), tc.Dataset(vocabulary=None)
    assert without.merge(shared).vocabulary is None
    assert set(without.merge(shared).areas) == set(shared.areas)
    own = tc.Dataset(vocabulary=None, areas=[area("sport"), area("trade-fairs")])
    assert [found.id for found in own_areas(shared.merge(own))] == ["trade-fairs"]
    cited = tc.Dataset(vocabulary=None, areas=[area("sport", definition={"en": "Games."})])
    assert [found.id for found in own_areas(shared.merge(cited))] == ["sport-2"]


# -- the head --------------------------------------------------------------------------------------


def test_the_head_is_what_is_true_of_both() -> None:
    """Id and title are the first's; the version stays only for the same release; both licences have to be kept."""
    a = with_city().with_records(id="a", title="A", version="1", licence="CC-BY-4.0", as_of="2022")
    b = with_city().with_records(id="b", title="B", version="1", licence="CC0-1.0", as_of="2022-05")
    expected = {"id": "a", "title": "A", "version": None, "licence": "CC-BY-4.0 AND CC0-1.0", "complete_for": ()}
    assert head_of(a.merge(b)) == {**expected, "as_of": tc.EdtfDate("2022"), "vocabulary": a.vocabulary}
    assert a.merge(b.with_records(id="a")).version == "1"
    assert with_city().merge(b).id == "b"
    untitled = with_city().with_records(title="A").merge(b)
    assert (untitled.id, untitled.title) == (None, "A")
    assert with_city().merge(b).licence is None
    titled = tc.Dataset(id="new", title="New", version="7").merge(b)
    assert (titled.id, titled.title, titled.version, titled.licence) == ("new", "New", None, "CC0-1.0")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("CC0-1.0", "CC0-1.0", "CC0-1.0"),
        ("A AND B", "B AND C", "A AND B AND C"),
        ("A OR B", "C", "(A OR B) AND C"),
        ("(A OR B) AND C", "A OR B", "(A OR B) AND C"),
    ],
)
def test_licences_are_joined(a: str, b: str, expected: str) -> None:
    """Two licences are both to be kept: SPDX says AND."""
    first, second = (with_city().with_records(licence=licence) for licence in (a, b))
    assert first.merge(second).licence == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2022", "2022", "2022"),
        ("2022-05-03", "2022-05-03", "2022-05-03"),
        ("2022-05-03", "2022-05-20", "2022-05"),
        ("2022-05", "2022", "2022"),
        ("2022-05-XX", "2022-05", "2022-05"),
        ("2022-XX~", "2022-XX", "2022~"),
        ("2022-05~", "2022-05-03", "2022-05~"),
        ("2022-05-03~", "2022-05-03", "2022-05-03~"),
        ("2022-01", "2022-05", "2022"),
        ("2022-05", "2023-05", "202X"),
        ("2022", "202X?", "202X?"),
        ("2022~", "2025", "202X~"),
        ("2022~", "2025?", "202X%"),
        ("2022%", "2022", "2022%"),
        ("2009", "2022", "20XX"),
        ("20XX", "202X", "20XX"),
        ("1999", "2001", None),
        ("0001", "0012", None),
        ("0001", "0009", None),
        ("2022", None, None),
        (None, None, None),
    ],
)
def test_statuses_of_two_times_are_of_a_time_that_holds_both(
    a: str | None, b: str | None, expected: str | None
) -> None:
    """`as_of` is the shortest time of the calendar with both in it, and unknown where one is."""
    for first, second in ((a, b), (b, a)):
        both = with_tie().with_records(as_of=first).merge(with_tie().with_records(as_of=second))
        assert (str(both.as_of) if both.as_of else None) == expected


def test_a_set_without_ties_says_nothing_of_the_time() -> None:
    """If only one side has a status, its date stays."""
    ties, cities = with_tie().with_records(as_of="2022"), with_city().with_records(as_of="2025")
    assert ties.merge(cities).as_of == cities.merge(ties).as_of == tc.EdtfDate("2022")
    assert ties.merge(with_city()).as_of == tc.EdtfDate("2022")
    assert with_city().merge(cities).as_of == cities.merge(with_city()).as_of == tc.EdtfDate("2025")


def test_a_list_stays_complete_only_where_nothing_is_added() -> None:
    """A city's list of partners is complete as long as the other adds no tie to it, one that has ended aside."""
    a = with_tie().with_records(complete_for=["kuopio", "opole"])
    assert a.merge(with_city()).complete_for == ("kuopio", "opole")
    more = with_tie().with_records(tc.City(id="pskov"), tc.Partnership(cities=("kuopio", "pskov")))
    assert a.merge(more).complete_for == ("opole",)
    assert more.merge(a).complete_for == ("opole",)
    over = more.with_records(tc.Partnership(cities=("kuopio", "pskov"), status="ended"))
    assert a.merge(over).complete_for == ("kuopio", "opole")
    # The longer of two lists that are said to be complete holds all there is.
    assert a.merge(more.with_records(complete_for=["kuopio"])).complete_for == ("opole", "kuopio")


def test_the_parts_of_a_data_set_are_left_as_they_are() -> None:
    """Merging changes neither of the two."""
    a, b = with_tie(since="1972"), with_tie(since="1972-05")
    before = a.to_json(), b.to_json()
    a.merge(b)
    assert (a.to_json(), b.to_json()) == before


@pytest.mark.parametrize("name", ["Älvsbyn", "opole 2", "Opole", "日本"])
def test_a_name_is_kept_however_it_sorts(name: str) -> None:
    """Only a name that is the id is none; one that comes after it in the alphabet is a name."""
    assert city_of(with_city(name=name), with_city("s", name=name)).name == name
    assert city_of(with_city(), with_city(name=name)).name == name


def test_ids_that_became_one_are_listed_once() -> None:
    """A list of ids has each city once after a merge that joins two records of one city."""
    a = tc.Dataset(cities=[tc.City(id="x", wikidata_id="Q1", alt_ids=["Q2"])])
    parts = [tc.City(id="y", wikidata_id="Q1"), tc.City(id="z", wikidata_id="Q2"), tc.City(id="d", part_of=["y", "z"])]
    assert merge(a, tc.Dataset(cities=parts)).cities["d"].part_of == ("x",)
