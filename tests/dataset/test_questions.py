"""
Questions: each answer against a plain loop over all records, and on the bundled data.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import permutations
from threading import Barrier
from typing import Any, get_args, get_type_hints

import pytest
from generators import GRAPH_AREAS, dates, graphs, intervals
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.model.moments import moment
from twincities.query.filters import Vocabulary
from twincities.query.in_force import in_force
from twincities.query.names import NameIndex

KUOPIO = tc.load()


# -- plain loops -----------------------------------------------------------------------------------


def ties_of(ds: tc.Dataset, city: str) -> Iterator[tuple[str, tc.Partnership]]:
    """The partners of a city with the partnerships, by looking at every partnership."""
    for partnership in ds.partnerships.values():
        if city in partnership.cities:
            yield partnership.other(city), partnership


def networks_of_both(ds: tc.Dataset, first: str, second: str) -> list[tc.CooperationNetwork]:
    """The networks of both cities, by looking at every network."""
    return [network for network in ds.networks.values() if {first, second} <= set(network.members)]


def is_below(ds: tc.Dataset, area: str, wanted: str) -> bool:
    """Whether an area is *wanted* or narrower, by climbing up."""
    return area == wanted or any(is_below(ds, above, wanted) for above in ds.areas[area].broader)


def areas_of(ds: tc.Dataset, here: str, there: str, partnership: tc.Partnership, direct: bool) -> list[str]:
    """The areas of a tie, by looking at all activities."""
    activities = list(partnership.activities)
    if not direct:
        activities += [activity for network in networks_of_both(ds, here, there) for activity in network.activities]
    return [area for activity in activities for area in activity.areas]


filters = st.fixed_dictionaries(
    {},
    optional={
        "country": st.lists(st.sampled_from(["FI", "SE", "NO"]), min_size=1, max_size=2),
        "area": st.lists(st.sampled_from(GRAPH_AREAS), min_size=1, max_size=2),
        "status": st.lists(st.sampled_from(tc.PartnershipStatus), min_size=1, max_size=2),
        "kind": st.lists(st.sampled_from(tc.PartnershipKind), min_size=1, max_size=2),
        "network": st.lists(st.sampled_from(["n0", "n1"]), min_size=1, max_size=2),
    },
)
moments = dates(1930, 2009) | intervals(1930, 2009)


@given(graphs(), filters, st.booleans(), st.none() | st.tuples(moments, st.booleans()))
def test_ties_of_the_whole_are_those_of_a_plain_loop(
    ds: tc.Dataset, words: dict[str, Any], direct: bool, when: tuple[Any, bool] | None
) -> None:
    """Every partnership that passes the filters is there once, in order, with the partner in the country asked for."""
    words = {name: given for name, given in words.items() if name != "network" or set(given) <= set(ds.networks)}
    timed = {} if when is None else {"on": when[0], "unsure": when[1]}
    expected = []
    for partnership in ds.partnerships.values():
        sides = [
            tc.Tie(ds, *(ds.cities[id] for id in ids), partnership, direct) for ids in permutations(partnership.cities)
        ]
        kept = [tie for tie in sides if len(tc.Selection([tie]).where(**words, **timed))]
        expected += kept[:1]
    found = ds.ties(**words, **timed, direct=direct)
    assert list(found) == expected
    assert not found.complete


def test_ties_of_the_whole_take_words() -> None:
    """The filters of all ties are those of one city's: words in any language, and errors about others."""
    assert len(KUOPIO.ties()) == len(KUOPIO.partnerships)
    assert {tie.partner.id for tie in KUOPIO.ties(country="Norja")} == {"bodo"}
    assert len(KUOPIO.ties(status="keskeytetty")) == 2
    assert len(KUOPIO.ties(country="JP")) == 0
    for words in ({"country": "Norwy"}, {"area": "eduction"}, {"status": "actve"}):
        with pytest.raises(tc.UnknownNameError):
            KUOPIO.ties(**words)
    for wrong in ({"area": " "}, {"unsure": True}):
        with pytest.raises(tc.QueryError):
            KUOPIO.ties(**wrong)


@given(graphs(), filters, st.booleans(), st.none() | st.tuples(moments, st.booleans()), st.data())
def test_partners_and_filters_are_those_of_a_plain_loop(
    ds: tc.Dataset, words: dict[str, Any], direct: bool, when: tuple[Any, bool] | None, data: st.DataObject
) -> None:
    """The partners of a city with every combination of filters are those that looking at everything finds."""
    words = {name: given for name, given in words.items() if name != "network" or set(given) <= set(ds.networks)}
    here = data.draw(st.sampled_from(sorted(ds.cities)))
    timed = {} if when is None else {"on": when[0], "unsure": when[1]}
    found = ds.partners(here, direct=direct, **words, **timed)

    def keeps(there: str, partnership: tc.Partnership) -> bool:
        areas = areas_of(ds, here, there, partnership, direct)
        networks = {network.id for network in networks_of_both(ds, here, there)}
        kept = (
            ("country" not in words or ds.cities[there].country_code in words["country"])
            and ("status" not in words or partnership.status in words["status"])
            and ("kind" not in words or partnership.kind in words["kind"])
            and ("network" not in words or not networks.isdisjoint(words["network"]))
            and ("area" not in words or any(is_below(ds, area, word) for area in areas for word in words["area"]))
        )
        if when is None or not kept:
            return kept
        tie = tc.Tie(ds, ds.cities[here], ds.cities[there], partnership)
        answer = tie.in_force(when[0])
        return answer is True or (answer is None and when[1])

    assert [(tie.partner.id, tie.partnership) for tie in found] == [pair for pair in ties_of(ds, here) if keeps(*pair)]
    assert found.complete == (here in ds.complete_for)
    for tie in found:
        there = tie.partner.id
        assert tie.city is ds.cities[here]
        assert list(tie.networks) == networks_of_both(ds, here, there)
        assert list(tie.area_ids) == list(dict.fromkeys(areas_of(ds, here, there, tie.partnership, direct)))
        assert [area.id for area in tie.areas] == list(tie.area_ids)
        assert (tie.since, tie.status, tie.kind) == (
            tie.partnership.since,
            tie.partnership.status,
            tie.partnership.kind,
        )
    assert ds.partners(ds.cities[here], direct=direct).where(**words, **timed) == found


@given(graphs(), st.data())
def test_filters_on_a_selection_take_one_after_the_other(ds: tc.Dataset, data: st.DataObject) -> None:
    """Filters in turn keep the same ties as all at once."""
    here = data.draw(st.sampled_from(sorted(ds.cities)))
    words = data.draw(filters)
    words.pop("network", None)
    found = ds.partners(here)
    for name, given_words in words.items():
        found = found.where(**{name: given_words})
    assert found == ds.partners(here, **words)


@given(graphs(), st.data())
def test_cousins_are_those_of_a_plain_loop(ds: tc.Dataset, data: st.DataObject) -> None:
    """The partners of partners, without the city itself, with all partners that both have."""
    here = data.draw(st.sampled_from(sorted(ds.cities)))
    partners = {there for there, _ in ties_of(ds, here)}
    expected: dict[str, set[str]] = {}
    for partner in partners:
        for cousin, _ in ties_of(ds, partner):
            if cousin != here:
                expected.setdefault(cousin, set()).add(partner)
    cousins = ds.cousins(here)
    assert {cousin.city.id: {city.id for city in cousin.shared} for cousin in cousins} == expected
    assert len(cousins) == len(expected)
    assert all(cousin.is_partner == (cousin.city.id in partners) for cousin in cousins)
    order = [(-len(cousin.shared), cousin.city.name, cousin.city.id) for cousin in cousins]
    assert order == sorted(order)


@given(graphs(max_cities=10), st.data())
def test_paths_are_as_short_as_networkx_finds(ds: tc.Dataset, data: st.DataObject) -> None:
    """A path is a chain of partnerships of the shortest length, and `None` only where there is none."""
    nx = pytest.importorskip("networkx")
    graph = nx.Graph()
    graph.add_nodes_from(ds.cities)
    graph.add_edges_from(ds.partnerships)
    for start in data.draw(st.lists(st.sampled_from(sorted(ds.cities)), min_size=1, max_size=3)):
        lengths = nx.single_source_shortest_path_length(graph, start)
        for goal in ds.cities:
            path = ds.path(start, goal)
            if path is None:
                assert goal not in lengths
                continue
            assert len(path) == lengths[goal]
            here = start
            for tie in path:
                assert tie.city.id == here
                assert tie.partnership is ds.partnerships[here, tie.partner.id]
                here = tie.partner.id
            assert here == goal


@given(graphs())
def test_networks_between_are_those_of_a_plain_loop(ds: tc.Dataset) -> None:
    """The networks of both cities, in the order of the data set, for every pair."""
    for first in ds.cities:
        for second in ds.cities:
            assert list(ds.networks_between(first, second)) == networks_of_both(ds, first, second)
    with pytest.raises(tc.UnknownCityError):
        ds.networks_between("nowhere", "c0")


def records_of(ds: tc.Dataset, city: str | None) -> Iterable[tuple[Any, tuple[str, ...]]]:
    """Partnerships, then networks, of all cities or one."""
    records = [(p, p.cities) for p in ds.partnerships.values()] + [(n, n.members) for n in ds.networks.values()]
    return [(record, ids) for record, ids in records if city is None or city in ids]


def named(ds: tc.Dataset, ids: Iterable[str]) -> list[str]:
    """The names of cities."""
    return [ds.cities[id].name for id in ids]


@given(graphs(), st.integers(1930, 2060), st.sampled_from([1, 5, 10, 25]), st.booleans())
def test_anniversaries_are_those_of_a_plain_loop(ds: tc.Dataset, year: int, every: int, one: bool) -> None:
    """Records that began a multiple of some years before and are in force; longest first, then by name."""
    city = next(iter(ds.cities)) if one else None
    expected = []
    for record, ids in records_of(ds, city):
        since = None if record.since is None or not record.since.is_certain else record.since.year
        if since is None or not in_force(record, ds.as_of, tc.EdtfDate(f"{year:04d}")):
            continue
        if since < year and (year - since) % every == 0:
            expected.append((record, year - since, ids))
    expected.sort(key=lambda found: (-found[1], named(ds, found[2])))
    found = ds.anniversaries(year, every=every, city=city)
    assert [(a.record, a.years, tuple(c.id for c in a.cities)) for a in found] == expected
    assert all(a.since == a.record.since for a in found)


@given(graphs(), moments, st.none() | moments, st.booleans())
def test_agreements_that_end_are_those_of_a_plain_loop(ds: tc.Dataset, by: Any, after: Any, one: bool) -> None:
    """
    The agreements whose last day is known, not after the last day of *by*, but after that of *after*; without those of ties
    that were over before.
    """
    city = next(iter(ds.cities)) if one else None
    latest = by.latest or date.max
    earliest = date.min if after is None else after.latest or date.max
    expected = []
    for record, ids in records_of(ds, city):
        for agreement in record.agreements:
            end = agreement.period.end if agreement.period else None
            if end is None or in_force(record, ds.as_of, tc.EdtfInterval(f"{end}/..")) is False:
                continue
            if end.latest <= latest and (after is None or end.latest > earliest):
                expected.append((agreement, record, end, ids))
    expected.sort(key=lambda found: (found[2].latest, found[2], named(ds, found[3])))
    if after is not None and after.latest is None:
        return  # an open time has no last day
    found = ds.expiring(by, after=after, city=city)
    assert [(e.agreement, e.record, e.ends, tuple(c.id for c in e.cities)) for e in found] == expected


# -- words -----------------------------------------------------------------------------------------


def partners(**words: Any) -> set[str]:
    """The ids of Kuopio's partners under a filter."""
    return {tie.partner.id for tie in KUOPIO.partners("Kuopio", **words)}


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("country", ["NO", "no", "Norja", "norja", "Norge", "NORWAY"], {"bodo"}),
        ("country", ["DE", "Saksa", "Tyskland", "Germany"], {"gera", "castrop-rauxel"}),
        ("country", [["SE", "Norja"], ("Ruotsi", "NO"), {"Sverige", "Norge"}], {"bodo", "jonkoping"}),
        ("country", ["Japan"], set()),
        ("area", ["theatre", "teatteri", "teater", "Theatre"], {"gyor"}),
        ("area", ["sport", "urheilu"], {"bodo", "jonkoping", "svendborg"}),
        ("area", [["theatre", "water"], {"teatteri", "vesi"}], {"gyor", "opole"}),
        ("status", ["suspended", "keskeytetty", "pausad", tc.PartnershipStatus.SUSPENDED], {"pskov", "pitkyaranta"}),
        ("status", [["dormant", "Keskeytetty"]], {"pskov", "pitkyaranta", "craiova", "winnipeg"}),
        ("kind", ["project", "hanke", "projekt", tc.PartnershipKind.PROJECT], set()),
        ("network", ["nordic", "Nordiskt vänortssamarbete", "NORDIC"], {"bodo", "jonkoping", "svendborg"}),
    ],
)
def test_filters_take_words_of_three_languages(name: str, words: list[Any], expected: set[str]) -> None:
    """A filter takes ids or labels in English, Finnish or Swedish, one or several, any of which may match."""
    assert [partners(**{name: word}) for word in words] == [expected] * len(words)


def test_an_id_is_found_in_its_country() -> None:
    """An id finds its city also if a country is given."""
    ds = tc.Dataset(cities=[tc.City(id="x-1", name="Alpha", country_code="FI")])
    assert ds.city("x-1", country="FI") is ds.cities["x-1"]
    with pytest.raises(tc.UnknownCityError):
        ds.city("x-1", country="SE")


def test_words_may_come_one_by_one() -> None:
    """Several words may be given as an iterator."""
    assert partners(area=iter(["teatteri", "vesi"])) == {"gyor", "opole"}


def test_the_kind_of_a_tie_is_a_filter() -> None:
    """Ties of the kinds asked for are found, those whose kind isn't known are not."""
    cities = [tc.City(id=id) for id in "abcd"]
    ties = [
        tc.Partnership(cities=("a", other), kind=kind)
        for other, kind in zip("bcd", ("twinning", "contact", None), strict=True)
    ]
    ds = tc.Dataset(cities=cities, partnerships=ties)
    for word, expected in (("ystävyyskaupunki", ["b"]), (["kontakt", "twinning"], ["b", "c"]), ("project", [])):
        assert [tie.partner.id for tie in ds.partners("a", kind=word)] == expected


@pytest.mark.parametrize(
    ("words", "error", "suggestion"),
    [
        ({"country": "Norwy"}, tc.UnknownCountryError, "Norway"),
        ({"area": "eduction"}, tc.UnknownAreaError, "education"),
        ({"status": "actve"}, tc.UnknownStatusError, "active"),
        ({"kind": "twining"}, tc.UnknownKindError, "twinning"),
        ({"network": "nordik"}, tc.UnknownNetworkError, "nordic"),
        ({"country": ["FI", "Norwy"]}, tc.UnknownCountryError, "Norway"),
        ({"country": "Q"}, tc.UnknownCountryError, None),
    ],
)
def test_unknown_words_are_errors_with_suggestions(
    words: dict[str, Any], error: type[tc.UnknownNameError], suggestion: str | None
) -> None:
    """An unknown word is an error that suggests what was meant."""
    for ask in (lambda: KUOPIO.partners("Kuopio", **words), lambda: KUOPIO.partners("Kuopio").where(**words)):
        with pytest.raises(error) as caught:
            ask()
        assert (caught.value.suggestions or (None,))[0] == suggestion
    with pytest.raises(KeyError):
        KUOPIO.partners("Kuopio", **words)


@pytest.mark.parametrize("name", ["country", "area", "status", "kind", "network"])
@pytest.mark.parametrize("word", ["", "  ", "\t", [], [""], ["FI", " "], [None], [5], 5, b"FI"])
def test_words_that_are_none_are_errors_of_use(name: str, word: Any) -> None:
    """A blank word, no word, and anything but a word are errors."""
    with pytest.raises(tc.QueryError):
        KUOPIO.partners("Kuopio", **{name: word})


def test_a_country_code_of_the_data_set_is_known() -> None:
    """A country code that CLDR lacks is known if a city has it."""
    ds = tc.Dataset(
        cities=[tc.City(id="a", country_code="QX"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))]
    )
    assert len(ds.partners("b", country="QX")) == 1
    assert ds.city("a", country="QX").id == "a"
    with pytest.raises(tc.UnknownCountryError):
        ds.partners("b", country="QY")


def test_unsure_needs_a_time() -> None:
    """`unsure` adds to the ties of a time; without a time it is an error."""
    with pytest.raises(tc.QueryError, match="on="):
        KUOPIO.partners("Kuopio", unsure=True)
    with pytest.raises(tc.InvalidDateError):
        KUOPIO.partners("Kuopio", on="next year")


def test_an_area_label_of_several_areas_finds_all() -> None:
    """A label of two areas means both."""
    ds = tc.Dataset(
        areas=[
            tc.CooperationArea(id="x", pref_label={"en": "Play"}),
            tc.CooperationArea(id="y", alt_labels={"fi": ["play"]}),
        ],
        cities=[tc.City(id=id) for id in "abc"],
        partnerships=[
            tc.Partnership(cities=("a", b), activities=[tc.Activity(areas=[area])]) for b, area in ("bx", "cy")
        ],
    )
    assert [tie.partner.id for tie in ds.partners("a", area="PLAY")] == ["b", "c"]


def test_a_label_of_signs_alone_answers_to_no_word() -> None:
    """A label without a letter or digit isn't found by other signs."""
    ds = tc.Dataset(areas=[tc.CooperationArea(id="x", pref_label={"en": "—"})], cities=[tc.City(id="a")])
    for word in ("—", "!"):
        with pytest.raises(tc.UnknownAreaError):
            ds.partners("a", area=word)
    assert len(ds.partners("a", area="x")) == 0


# -- the bundled data ------------------------------------------------------------------------------


def test_what_was_in_force_in_1985() -> None:
    """Ten ties were certainly in force in 1985; of five more it can't be known."""
    certain, all_of_them = KUOPIO.partners("Kuopio", on="1985"), KUOPIO.partners("Kuopio", on="1985", unsure=True)
    assert (len(certain), len(all_of_them)) == (10, 15)
    assert set(certain) <= set(all_of_them)
    assert {tie.in_force("1985") for tie in certain} == {True}
    assert {tie.in_force(1985) for tie in set(all_of_them) - set(certain)} == {None}
    assert partners(on="1930", unsure=True) == {tie.partner.id for tie in all_of_them if tie.since is None}


def test_a_network_says_what_ties_do() -> None:
    """Bodø is found under sport because the Nordic agreement says so, and not where only ties count."""
    assert "bodo" in partners(area="sport")
    assert partners(area="sport", direct=True) == set()
    assert partners(area="education") >= {"besancon", "minneapolis"}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        *[(name, "gyor") for name in ("Györ", "Győr", "Gyor", "GYŐR", "győr ", "gyor", "Q134494", "3052009")],
        *[(name, "bodo") for name in ("Bodö", "Bodø", "Bodo", "bodö")],
        *[(name, "pskov") for name in ("Pihkova", "Pskov", "Псков", "ПСКОВ")],
        *[(name, "laane-viru") for name in ("Länsi-Viru", "Lääne-Viru County", "Lansi-Viru", "laane-viru")],
        ("Gera", "gera"),
        ("Pitkäranta", "pitkyaranta"),
        ("上海", "shanghai"),
        ("castrop rauxel", "castrop-rauxel"),
    ],
)
def test_any_spelling_finds_its_city(name: str, id: str) -> None:
    """A city is found by its id, its other identifiers, and its names in any language and spelling."""
    assert KUOPIO.city(name) is KUOPIO.cities[id]
    assert KUOPIO.city(KUOPIO.cities[id]) is KUOPIO.cities[id]


def test_a_second_identifier_finds_its_city() -> None:
    """Q39383 is a further Wikidata item of a city of the data set."""
    city = KUOPIO.city("Q39383")
    assert "Q39383" in city.alt_ids
    assert city.wikidata_id != "Q39383"


def test_the_data_set_is_complete_for_kuopio_alone() -> None:
    """An empty answer about Kuopio means no; about another city it doesn't."""
    assert KUOPIO.partners("Kuopio", country="JP").complete
    assert not KUOPIO.partners("Gera").complete
    assert KUOPIO.partners("Kuopio").where(area="sport")[:1].complete


@given(graphs())
def test_partners_are_the_same_at_the_first_question_and_later(ds: tc.Dataset) -> None:
    """The first question looks through all partnerships, later ones use an index: both find the same, in the same order."""
    for id in ds.cities:
        new = tc.from_json(ds.to_json())
        first = [(tie.partnership, tie.partner) for tie in new.partners(id)]
        assert [(tie.partnership, tie.partner) for tie in new.partners(id)] == first
        assert [tie.partnership for tie in new.partners(id)] == [p for p in ds.partnerships.values() if id in p.cities]


def test_partners_of_partners() -> None:
    """Bodø, Jönköping and Svendborg are tied among each other: each is a cousin through both others."""
    cousins = {cousin.city.id: cousin for cousin in KUOPIO.cousins("Kuopio")}
    assert [city.id for city in cousins["svendborg"].shared] == ["bodo", "jonkoping"]
    assert cousins["svendborg"].is_partner
    assert {cousin.city.id for cousin in KUOPIO.cousins("Opole")} == set(KUOPIO.cities) - {
        "kuopio",
        "opole",
        "pudong",
        "shanghai",
    }
    assert not any(cousin.is_partner for cousin in KUOPIO.cousins("Opole"))
    assert len(KUOPIO.cousins("Shanghai")) == 0
    assert repr(cousins["gera"]) == "<Cousin Gera, shared: Pskov>"


def test_a_chain_of_ties() -> None:
    """The path from Castrop-Rauxel to Pskov is by Kuopio; none leads to Shanghai, and from a city to itself it is empty."""
    path = KUOPIO.path("Castrop-Rauxel", "Pihkova")
    assert path is not None
    assert [(tie.city.id, tie.partner.id) for tie in path] == [("castrop-rauxel", "kuopio"), ("kuopio", "pskov")]
    assert KUOPIO.path("Kuopio", "Shanghai") is None
    nowhere = KUOPIO.path("Kuopio", "Q162279")
    assert nowhere is not None
    assert len(nowhere) == 0


def test_one_partnership() -> None:
    """A partnership is found by names in either order; without one the error has the pair."""
    found = KUOPIO.partnership("Opole", "Kuopio")
    assert found is KUOPIO.partnership("kuopio", "OPOLE") is KUOPIO.partnerships["kuopio", "opole"]
    with pytest.raises(tc.UnknownPartnershipError, match="no partnership between 'gera' and 'opole'") as caught:
        KUOPIO.partnership("Gera", "Opole")
    assert caught.value.query == ("gera", "opole")
    with pytest.raises(tc.UnknownPartnershipError):
        KUOPIO.partnership("Gera", "Gera")


def test_networks_are_found_by_name() -> None:
    """A network is found by its id and its names in any language."""
    nordic = KUOPIO.networks["nordic"]
    for name in ("nordic", "Nordic twin city cooperation", "pohjoismainen ystävyyskaupunkiyhteistyö", "NORDIC"):
        assert KUOPIO.network(name) is nordic
    with pytest.raises(tc.UnknownNetworkError) as caught:
        KUOPIO.network("nordik")
    assert caught.value.suggestions == ("nordic",)


def test_a_name_of_two_networks_is_ambiguous() -> None:
    """A name of two networks is ambiguous: the error asks for an id."""
    two = [tc.CooperationNetwork(id=id, members=("a", "b"), names={"en": "Baltic"}) for id in ("one", "two")]
    ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], networks=two)
    with pytest.raises(tc.QueryError, match="one, two; ask by id"):
        ds.network("Baltic")
    assert ds.network("two").id == "two"


@pytest.mark.parametrize("name", ["", "  ", None, 5, ["nordic"]], ids=repr)
def test_a_network_is_asked_for_by_a_word(name: Any) -> None:
    """Blank text, and anything but text, is a QueryError, as for a city."""
    with pytest.raises(tc.QueryError):
        KUOPIO.network(name)


@pytest.mark.parametrize("name", ["", "  ", None, 5, ["Kuopio"]], ids=repr)
def test_a_city_is_asked_for_by_a_word(name: Any) -> None:
    """Blank text, and anything but text, is a QueryError in every question."""
    questions: list[Callable[[], object]] = [
        lambda: KUOPIO.city(name),
        lambda: KUOPIO.search(name),
        lambda: KUOPIO.partners(name),
        lambda: KUOPIO.cousins(name),
        lambda: KUOPIO.path("Kuopio", name),
        lambda: KUOPIO.partnership(name, "Kuopio"),
    ]
    for ask in questions:
        with pytest.raises(tc.QueryError):
            ask()


@pytest.mark.parametrize("country", ["", " ", 5, []], ids=repr)
def test_the_country_of_a_city_is_a_word(country: Any) -> None:
    """The same for the country of a city."""
    with pytest.raises((tc.QueryError, tc.UnknownCountryError)):
        KUOPIO.city("Kuopio", country=country)


def test_unknown_and_ambiguous_cities() -> None:
    """The error about a name has similar names, or all cities of that name; a country may decide."""
    with pytest.raises(tc.UnknownCityError) as unknown:
        KUOPIO.city("Kupio")
    assert unknown.value.suggestions == ("Kuopio",)
    with pytest.raises(tc.UnknownCityError, match="no such city in Sweden"):
        KUOPIO.city("Kuopio", country="Sweden")
    with pytest.raises(tc.UnknownCountryError):
        KUOPIO.city("Kuopio", country="Swedn")
    ds = tc.Dataset(
        cities=[tc.City(id="g1", name="Gera", country_code="DE"), tc.City(id="g2", name="Gera", country_code="AT")]
    )
    with pytest.raises(tc.AmbiguousCityError) as ambiguous:
        ds.city("gera")
    assert ambiguous.value.candidates == ("g1", "g2")
    assert ds.city("Gera", country="Itävalta").id == "g2"


def test_searching() -> None:
    """The best match comes first, an unlike text finds nothing, a limit cuts, and anything but text is an error."""
    best = KUOPIO.search("jonkopping", limit=1)[0]
    assert best.city.id == "jonkoping"
    assert repr(best) == f"<Match 'Jönköping' (jonkoping), score {best.score}>"
    everything = KUOPIO.search("o")
    assert KUOPIO.search("o", limit=2) == everything[:2]
    scores = [(-match.score, match.city.name, match.city.id) for match in KUOPIO.search("ra")]
    assert scores == sorted(scores)
    assert KUOPIO.search("xyzxyzxyz") == ()
    assert KUOPIO.search("Kuopio")[0].score == 1.0
    for limit in (0, -1):
        with pytest.raises(tc.QueryError, match="limit"):
            KUOPIO.search("a", limit=limit)


def test_jubilees() -> None:
    """In 2030 Castrop-Rauxel's tie is 65 years old and Opole's 50, and Jönköping's 90 if Kuopio is right."""
    sure = KUOPIO.anniversaries(2030, city="Kuopio")
    assert [(a.years, str(a.since)) for a in sure] == [(65, "1965"), (50, "1980")]
    found = KUOPIO.anniversaries(2030, city="Kuopio", unsure=True)
    assert [(a.years, str(a.since)) for a in found] == [(90, "1940"), (65, "1965"), (50, "1980")]
    assert str(found[0]) == "Jönköping – Kuopio: 90 years, since 1940 (not certain)"
    assert repr(found[0]) == "<Anniversary Jönköping – Kuopio: 90 years, since 1940 (not certain)>"
    assert [a.years for a in KUOPIO.anniversaries(2030, every=25)] == [50]
    assert KUOPIO.anniversaries(2030, city="Gera") == ()
    assert KUOPIO.anniversaries(1, every=1) == ()


@pytest.mark.parametrize("wrong", [0, -5, True, "2030", 2030.0, None])
def test_years_are_positive_numbers(wrong: Any) -> None:
    """Years, and numbers of years, are integers from 1."""
    with pytest.raises(tc.QueryError, match="expected year"):
        KUOPIO.anniversaries(wrong)
    with pytest.raises(tc.QueryError, match="expected every"):
        KUOPIO.anniversaries(2030, every=wrong)


def test_ended_ties_have_no_jubilees() -> None:
    """An ended tie has no anniversary; a dormant one has."""
    for status, count in (("ended", 0), ("suspended", 1), (None, 1)):
        tie = tc.Partnership(cities=("a", "b"), since="1980-05-01", status=status)
        ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tie])
        assert len(ds.anniversaries(1990)) == count


def test_agreements_that_end() -> None:
    """Three agreements end by 2029; open ends don't count; earlier ends can be left out."""
    found = KUOPIO.expiring("2029")
    assert [str(expiry.ends) for expiry in found] == ["2018", "2022", "2029"]
    assert str(found[0]) == "Kuopio – Opole: 2013/2018"
    assert repr(found[0]) == "<Expiry Kuopio – Opole: 2013/2018>"
    assert [str(expiry.ends) for expiry in KUOPIO.expiring(2029, after=2018)] == ["2022", "2029"]
    assert [str(expiry.ends) for expiry in KUOPIO.expiring(date(2029, 12, 31), after="2022-06")] == ["2022", "2029"]
    assert [str(expiry.ends) for expiry in KUOPIO.expiring("2029-12-30")] == ["2018", "2022"]
    assert len(KUOPIO.expiring("2029", city="Opole")) == 1
    assert KUOPIO.expiring("2029", city="Gera") == ()
    assert KUOPIO.expiring("2000/..") == found
    with pytest.raises(tc.InvalidDateError):
        KUOPIO.expiring("soon")


def test_times_are_asked_in_many_forms() -> None:
    """A year may be given as a number, a date, a text or an interval."""
    forms = [1985, "1985", tc.EdtfDate("1985"), "1985/1985", tc.EdtfInterval("1985/1985")]
    assert len({KUOPIO.partners("Kuopio", on=form) for form in forms}) == 1
    assert moment(date(1985, 5, 1)) == tc.EdtfDate("1985-05-01")


# -- threads ---------------------------------------------------------------------------------------


def test_many_threads_may_ask_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads asking a new data set at once get equal answers, and each index is built once."""
    made: list[str] = []

    class SlowNames(NameIndex):
        def __init__(self, *args: Any) -> None:
            made.append("names")
            time.sleep(0.01)
            super().__init__(*args)

    class SlowWords(Vocabulary):
        def __init__(self, *args: Any) -> None:
            made.append("vocabulary")
            time.sleep(0.01)
            super().__init__(*args)

    monkeypatch.setattr("twincities.query.index.NameIndex", SlowNames)
    monkeypatch.setattr("twincities.query.filters.Vocabulary", SlowWords)
    fresh = tc.from_dict(json_of(KUOPIO))
    together = Barrier(8)

    def ask(_: int) -> tuple[Any, ...]:
        together.wait()
        answers = (
            fresh.partners("Kuopio", area="koulutus", country="Norja"),
            fresh.cousins("Kuopio"),
            fresh.search("gera"),
            fresh.network("nordic"),
        )
        return *answers, id(fresh._index.names), id(fresh._index.vocabulary), id(fresh._index._ties)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert sorted(made) == ["names", "vocabulary"]
    assert type(fresh._index).names.__doc__  # what is made once has a description, as properties have
    assert answers[0][0] == KUOPIO.partners("Kuopio", area="education", country="NO")


def json_of(ds: tc.Dataset) -> Any:
    """The document as `json` reads it."""
    import json

    return json.loads(ds.to_json())


def test_agreements_after_no_last_day_cant_be_asked() -> None:
    """`after=` needs a last day, which an open interval lacks."""
    with pytest.raises(tc.QueryError, match=r"after=.*'2026/\.\.'"):
        tc.load().expiring("2029", after="2026/..")


def test_a_city_of_another_data_set_isnt_looked_up_by_name() -> None:
    """A `City` is looked up only by its id: `gera` isn't Győr, although GeoNames calls that so."""
    gera = tc.City(id="gera")
    ds = tc.Dataset(cities=[tc.City(id="gyor", alt_names=["gera"])])
    with pytest.raises(tc.UnknownCityError):
        ds.partners(gera)
    assert ds.city("gera").id == "gyor"


def test_jubilees_are_certain_and_not_over() -> None:
    """An uncertain year has no anniversary, nor has a tie that is over."""
    names = ["a", "b", "c", "d", "e"]
    ties = [
        tc.Partnership(cities=["a", "b"], since="1972?"),
        tc.Partnership(cities=["a", "c"], since="1972", until="1999"),
        tc.Partnership(cities=["a", "d"], since="1972", until="2022"),
        tc.Partnership(cities=["a", "e"], since="1972-05"),
    ]
    ds = tc.Dataset(cities=[tc.City(id=name) for name in names], partnerships=ties)
    assert [a.record.cities for a in ds.anniversaries(2022)] == [("a", "d"), ("a", "e")]
    assert ds.anniversaries(2022, city="b") == ()


@given(graphs(), st.data())
def test_filters_one_after_the_other_are_one(ds: tc.Dataset, data: st.DataObject) -> None:
    """`where` on the result of `ties` equals `ties` with both filters, however they are split."""
    country = data.draw(st.sampled_from([None, "FI", "SE"]))
    status = data.draw(st.sampled_from([None, "active", "ended"]))
    kind = data.draw(st.sampled_from([None, "twinning"]))
    at_once = ds.ties(country=country, status=status, kind=kind)
    assert ds.ties(status=status).where(country=country, kind=kind) == at_once
    assert ds.ties(country=country).where(status=status).where(kind=kind) == at_once
    area = next(iter(ds.areas))
    twice = ds.ties(area=area).where(area=[*ds.areas])
    assert twice == ds.ties(area=area)
    for network in ds.networks:
        within = [tie for tie in ds.ties() if any(found.id == network for found in tie.networks)]
        assert list(ds.ties(network=network)) == within
        assert ds.ties().where(network=network) == ds.ties(network=network)


def test_questions_about_ties_need_ties() -> None:
    """Filters of ties are refused for other answers."""
    cousins: Any = tc.load().cousins("Kuopio")
    for ask in (lambda: cousins.where(country="FI"), lambda: cousins.sort_by("since")):
        with pytest.raises(tc.QueryError, match="selection of ties, got one of Cousin"):
            ask()
    for name in ("events", "chart", "to_geojson", "to_networkx", "__geo_interface__"):
        assert not hasattr(cousins, name)
        assert name not in dir(cousins)
        assert hasattr(KUOPIO.partners("Kuopio"), name)


def test_numbers_of_numpy_are_numbers() -> None:
    """Numbers may be numpy's, as from a frame; booleans are refused."""
    np = pytest.importorskip("numpy")
    assert KUOPIO.anniversaries(np.int64(2030), every=np.int32(10)) == KUOPIO.anniversaries(2030, every=10)
    assert KUOPIO.partners("Kuopio", on=np.int64(1985)) == KUOPIO.partners("Kuopio", on=1985)
    assert KUOPIO.search("kuopio", limit=np.int64(1)) == KUOPIO.search("kuopio", limit=1)
    assert tc.Population(value=np.int64(5)) == tc.Population(value=5)
    assert type(tc.Population(value=np.int64(5)).value) is int
    assert tc.Coordinates(latitude=np.float32(0.5), longitude=np.int64(3)) == tc.Coordinates(latitude=0.5, longitude=3)
    city = tc.City(id="a", extra={"n": np.int64(3), "x": [np.float32(0.5)]})
    assert city == tc.City(id="a", extra={"n": 3, "x": [0.5]})
    assert [type(city.extra["n"]), type(city.extra["x"][0])] == [int, float]
    for wrong in (True, np.True_, np.float64(2030.0), "2030"):
        with pytest.raises(tc.QueryError):
            KUOPIO.anniversaries(wrong)
    for wrong in (True, np.True_, 5.0, np.float64(5)):
        with pytest.raises(tc.InvalidRecordError):
            tc.Population(value=wrong)


def test_what_ends_first_stands_first() -> None:
    """Of two agreements that end in 2029 the one without a month may have until December."""
    ties = [
        tc.Partnership(cities=("a", other), agreements=[tc.Agreement(period=f"2020/{end}")])
        for other, end in (("b", "2029"), ("c", "2029-06-30"))
    ]
    ds = tc.Dataset(cities=[tc.City(id=id) for id in "abc"], partnerships=ties)
    assert [str(expiry.ends) for expiry in ds.expiring(2030)] == ["2029-06-30", "2029"]


def test_a_tie_has_its_jubilees_until_it_ends() -> None:
    """A tie that ended later counts in that year, whatever its status now; one that ended at an unknown time doesn't."""
    ties = [
        tc.Partnership(cities=("a", other), since="1980", **fields)
        for other, fields in (
            ("b", {"until": "2022", "status": "ended"}),
            ("c", {"until": "2022"}),
            ("d", {"status": "ended"}),
            ("e", {"until": "1999", "status": "ended"}),
        )
    ]
    ds = tc.Dataset(cities=[tc.City(id=id) for id in "abcde"], partnerships=ties)
    assert [jubilee.cities[1].id for jubilee in ds.anniversaries(2000)] == ["b", "c"]


def test_networks_are_those_of_two_cities_by_any_name() -> None:
    """Names and records work like ids, and an unknown city is an error."""
    for first, second in (("kuopio", "bodo"), ("Kuopio", "Bodø"), (KUOPIO.city("Kuopio"), KUOPIO.city("Bodø"))):
        assert [network.id for network in KUOPIO.networks_between(first, second)] == ["nordic"]
    with pytest.raises(tc.UnknownCityError):
        KUOPIO.networks_between("Kuopio", "Bodo0")


def test_advice_on_an_ambiguous_name_is_of_use() -> None:
    """The error doesn't ask for a country if one was given, or if all cities are in one."""
    cities = [tc.City(id=f"x{n}", name="X", country_code=code) for n, code in enumerate(("FI", "FI", "SE"))]
    ds = tc.Dataset(cities=cities)
    with pytest.raises(tc.AmbiguousCityError, match=r"x0 \(FI\), x1 \(FI\), x2 \(SE\); ask by id or give country=$"):
        ds.city("X")
    with pytest.raises(tc.AmbiguousCityError, match=r"x0 \(FI\), x1 \(FI\); ask by id$"):
        ds.city("X", country="FI")
    with pytest.raises(tc.AmbiguousCityError, match=r"x0 \(FI\), x1 \(FI\); ask by id$") as caught:
        ds.without(cities[2]).city("X")
    assert pickle.loads(pickle.dumps(caught.value)).advice == "ask by id"


@pytest.mark.parametrize("text", ["11/06/1982", "11.06.1982", "11-06-1982"])
def test_the_commonest_wrong_date_has_the_right_reason(text: str) -> None:
    """A date in another order is reported as such, whatever its separators."""
    order = "expected year, month and day in this order, such as 1982-06-11"
    with pytest.raises(tc.InvalidDateError, match=order):
        tc.EdtfDate(text)
    with pytest.raises(tc.InvalidDateError, match=order):
        KUOPIO.partners("Kuopio", on=text)


# -- beginnings that sources disagree about, and chains of ties ---------------------------------------


def disputed(**facts: Any) -> tc.Dataset:
    """A tie of Turku with two sources, and two of Kouvola of which one continues the other."""
    names = ["turku", "gdansk", "kouvola", "kuusankoski", "mulheim"]
    return tc.Dataset(
        cities=[tc.City(id=name, name=name.title()) for name in names],
        sources=[tc.Source(id="gdansk-pl", title="Gdańsk")],
        partnerships=[
            tc.Partnership(cities=("gdansk", "turku"), **facts),
            tc.Partnership(cities=("kuusankoski", "mulheim"), since="1972", status="ended", until="2009"),
            tc.Partnership(cities=("kouvola", "mulheim"), since="2009", continues=("mulheim", "kuusankoski")),
        ],
        as_of="2026",
    )


def test_a_disputed_beginning_has_an_anniversary_only_if_asked_for() -> None:
    """With `unsure` each stated year counts as uncertain; two statements of one year agree."""
    claim = tc.Claim(field="since", value="1967", sources=["gdansk-pl"])
    ds = disputed(since="1958", claims=[claim])
    assert ds.anniversaries(2027, city="Turku") == ()
    first, second = (ds.anniversaries(year, city="Turku", unsure=True).one() for year in (2027, 2028))
    assert (first.years, str(first.since), first.is_certain) == (60, "1967", False)
    assert (second.years, str(second.since), second.is_certain) == (70, "1958", False)
    assert str(first) == "Gdansk – Turku: 60 years, since 1967 (not certain)"
    agreed = disputed(since="1967", claims=[tc.Claim(field="since", value="1967-06-14", sources=["gdansk-pl"])])
    assert agreed.anniversaries(2027, city="Turku").one().is_certain
    for unsure in ({"since": "1967?"}, {"claims": [claim]}, {"since": "1967", "status": "ended"}):
        assert disputed(**unsure).anniversaries(2017, city="Turku") == ()
        assert len(disputed(**unsure).anniversaries(2017, city="Turku", unsure=True)) == 1
    assert disputed(since="196X").anniversaries(2027, city="Turku", unsure=True) == ()


def test_anniversaries_count_from_the_first_tie_of_a_chain() -> None:
    """A tie that continues an older one counts from the older start only."""
    ds = disputed()
    jubilee = ds.anniversaries(2027, city="Kouvola").one()
    assert jubilee.record is ds.partnership("Kouvola", "Mulheim")
    assert jubilee.origin is ds.partnership("Kuusankoski", "Mulheim")
    assert str(jubilee) == "Kouvola – Mulheim: 55 years, since 1972 as Kuusankoski – Mulheim"
    assert ds.anniversaries(2029, city="Kouvola") == ()
    assert ds.anniversaries(2027, city="Kuusankoski") == ()
    part = ds.around("Kouvola")
    assert list(part.cities) == ["kouvola", "kuusankoski", "mulheim"]
    assert [str(each) for each in part.anniversaries(2027)] == [str(jubilee)]


def test_an_agreement_of_a_tie_that_is_over_does_not_expire() -> None:
    """Agreements of a tie that had certainly ended before don't expire."""
    agreement = tc.Agreement(names={"en": "Term"}, period="2020/2029")
    assert len(disputed(agreements=[agreement]).expiring(2029)) == 1
    assert disputed(agreements=[agreement], status="ended", status_since="2022").expiring(2029) == ()


def test_an_area_filter_looks_into_agreements() -> None:
    """The areas of an agreement are areas of its tie, for one city as for all."""
    ds = disputed(agreements=[tc.Agreement(areas=["education"])])
    assert ds.partners("Turku").one().area_ids == ("education",)
    for found in (ds.partners("Turku", area="education"), ds.ties(area="education"), ds.ties().where(area="koulutus")):
        assert [tie.partnership.cities for tie in found] == [("gdansk", "turku")]


def test_a_chain_of_areas_is_searched_in_linear_time() -> None:
    """A filter follows a chain of narrower areas once, however long."""
    areas = [
        tc.CooperationArea(id=f"x{number}", broader=[f"x{number - 1}"] if number else []) for number in range(5000)
    ]
    tie = tc.Partnership(cities=("a", "b"), activities=[tc.Activity(areas=["x4999"])])
    ds = tc.Dataset(areas=areas, cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tie])
    assert len(ds.ties(area="x0")) == len(ds.partners("a", area="x2500")) == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("twinning", ["ystävyyskaupunki", "ystävyyskaupunkien", "vänorter", "Partnerstädten", "twin towns", "jumelée"]),
        ("friendship", ["Freundschaftsstädte", "ystävyys", "vänskap", "amitié", "friendship agreement"]),
        ("project", ["hankkeita", "projektet", "Projekte", "project partner", "projets"]),
    ],
)
def test_words_of_offices_are_kinds(kind: str, words: list[str]) -> None:
    """Singular, plural and cases in five languages mean a kind, as in lists."""
    expected = KUOPIO.ties(kind=kind)
    for word in words:
        assert KUOPIO.ties(kind=word) == expected


@pytest.mark.parametrize("word", ["partner city", "friendship town", "avbruten", "ruht", "no longer active"])
def test_an_unclear_word_is_asked_back(word: str) -> None:
    """A word that offices use for different things is an error that lists its meanings."""
    name = "kind" if word.endswith(("city", "town")) else "status"
    with pytest.raises(tc.UnknownNameError, match="offices mean different things by it") as caught:
        KUOPIO.ties(**{name: word})
    assert len(caught.value.suggestions) > 1


@pytest.mark.parametrize("when", ["1985-13", "12.5.1980", "2020/2010", 0, True])
def test_a_wrong_time_is_reported_with_its_argument(when: Any) -> None:
    """The error names the argument, then says what is wrong; it survives pickling."""
    for argument, ask in (
        ("on=", lambda: KUOPIO.partners("Kuopio", on=when)),
        ("on=", lambda: KUOPIO.ties().where(on=when)),
        ("on=", lambda: KUOPIO.ties()[0].in_force(when)),
        ("after=", lambda: KUOPIO.expiring("2030", after=when)),
    ):
        with pytest.raises(tc.InvalidDateError, match=f"^{argument}: expected .*, got ") as caught:
            ask()
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
        assert caught.value.argument == argument


@pytest.mark.parametrize("question", [tc.Dataset.partners, tc.Dataset.ties, tc.Selection.where, tc.Tie.in_force])
def test_filters_have_types_at_run_time(question: Callable[..., Any]) -> None:
    """Tools that check arguments while a program runs can read the types of filters and times."""
    assert int in get_args(get_type_hints(question)["on"])
