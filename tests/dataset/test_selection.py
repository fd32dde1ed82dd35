"""
Ties and selections: the collection, filters, sorting, groups and events.
"""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import pytest
from generators import graphs
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import twincities as tc
from twincities.errors import shown

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
KEYS = ("country", "status", "kind", "area", "network", "since", "distance_km", "name")


def star(*partners: tc.City, ties: Sequence[dict[str, Any]] = (), **whole: Any) -> tc.Selection[tc.Tie]:
    """The ties of a city called hub with *partners*, in their order."""
    given_ties = [*ties, *({} for _ in partners[len(ties) :])]
    return tc.Dataset(
        cities=[tc.City(id="hub", coordinates=tc.Coordinates(latitude=0, longitude=0)), *partners],
        partnerships=[
            tc.Partnership(cities=("hub", city.id), **fields) for city, fields in zip(partners, given_ties, strict=True)
        ],
        **whole,
    ).partners("hub")


def ids(ties: tc.Selection[tc.Tie]) -> list[str]:
    """The ids of the partners."""
    return [tie.partner.id for tie in ties]


# -- a sequence ------------------------------------------------------------------------------------


def test_a_selection_has_an_order() -> None:
    """It has a length, items by index from both ends, order, membership, and the methods of sequences.

    It isn't registered as a sequence: those are taken for lists of objects where a table could be read.
    """
    items = list(PARTNERS)
    assert isinstance(PARTNERS, Collection)
    assert not isinstance(PARTNERS, Sequence)
    assert len(PARTNERS) == len(items) == 15
    assert [PARTNERS[index] for index in range(-15, 15)] == [*items, *items]
    assert list(reversed(PARTNERS)) == items[::-1]
    assert items[3] in PARTNERS
    assert PARTNERS.index(items[3]) == 3
    assert PARTNERS.count(items[3]) == 1
    assert bool(PARTNERS)
    assert not tc.Selection([])
    first, *rest = PARTNERS
    assert [first, *rest] == items
    for index in (15, -16):
        with pytest.raises(IndexError):
            PARTNERS[index]
    with pytest.raises(TypeError):
        PARTNERS["0"]  # type: ignore[call-overload]


def test_a_city_is_in_a_selection_as_a_partner() -> None:
    """A city by its record, id or name in any spelling; nothing else raises, and the city asked about isn't its own partner."""
    for gera in (KUOPIO.city("Gera"), "gera", "Gera", "GERA"):
        assert gera in PARTNERS
        assert gera not in PARTNERS.where(country="SE")
    assert "Györ" in PARTNERS
    for other in ("Kuopio", "nowhere", "", KUOPIO.city("Kuopio"), tc.City(id="gera"), 5, None, [], PARTNERS):
        assert other not in PARTNERS
    assert "Shanghai" not in PARTNERS
    cousins = KUOPIO.cousins("Kuopio")
    assert cousins[0].city.name in cousins
    assert 3 in tc.Selection([1, 2, 3])
    assert "a" in tc.Selection(["a"])
    assert "b" not in tc.Selection(["a"])


@given(graphs(), st.sampled_from(["FI", "SE", "NO"]), st.sampled_from(["sorted", "sliced", "pickled", "filtered"]))
def test_ties_of_a_data_set_turn_to_the_country_asked_for(ds: tc.Dataset, country: str, between: str) -> None:
    """`where(country=)` finds the same ties as `ties(country=)`, whatever was done to the selection before."""
    ties = ds.ties()
    ties = {
        "sorted": lambda: ties.sort_by("since"),
        "sliced": lambda: ties[:],
        "pickled": lambda: pickle.loads(pickle.dumps(ties)),
        "filtered": lambda: ties.sort_by("name").where(status=["active", "dormant", "suspended", "ended"]),
    }[between]()
    expected = ds.ties(country=country)
    if between == "filtered":
        expected = expected.where(status=["active", "dormant", "suspended", "ended"])
    found = ties.where(country=country)
    # Where both cities are there, a tie stays as it was seen.
    assert {(tie.city.id, tie.partner.id) for tie in found} == {(tie.city.id, tie.partner.id) for tie in expected}
    assert {tie.partner.country_code for tie in found} <= {country}
    # Once asked, a tie stays as it is seen.
    again = found.sort_by("since").where(country="NO")
    assert all(tie.partner.country_code == "NO" == country for tie in again)


def test_a_tie_within_the_country_stays_as_it_was_seen() -> None:
    """A tie with both cities in the country asked for isn't turned."""
    cities = [tc.City(id=id, country_code="FI") for id in "ab"]
    ties = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("a", "b"))]).ties()
    for found in (ties.where(country="FI"), ties[:].where(country="FI")):
        assert [(tie.city.id, tie.partner.id) for tie in found] == [("a", "b")]


def test_ties_of_several_cities_are_told_with_both() -> None:
    """Text, notebooks and the command line always show whose partner it is."""
    german = KUOPIO.ties(country="Germany")
    assert repr(german[1:3]) == "<Selection of 2: Kuopio – Gera, Pskov – Gera>"
    assert re.search(r"^Pskov – Gera +Germany", str(german), re.MULTILINE)
    assert repr(PARTNERS.where(country="PL")) == "<Selection of 1: Opole>"
    assert re.search(r"^Gera – Kuopio +Finland", str(KUOPIO.path("Gera", "Opole")), re.MULTILINE)


def test_an_area_or_a_network_may_be_its_record() -> None:
    """Filters take records of areas and networks; those of another data set are unknown."""
    nordic, sport = KUOPIO.network("nordic"), KUOPIO.areas["sport"]
    assert KUOPIO.partners("Kuopio", network=nordic) == KUOPIO.partners("Kuopio", network="nordic")
    assert PARTNERS.where(area=[sport, "music"]) == PARTNERS.where(area=["sport", "music"])
    with pytest.raises(tc.QueryError, match="expected area= as a word or several, got CooperationNetwork"):
        PARTNERS.where(area=nordic)
    with pytest.raises(tc.UnknownAreaError):
        PARTNERS.where(area=tc.CooperationArea(id="nowhere"))


@given(st.lists(st.integers(), max_size=6), st.slices(6), st.booleans())
def test_slices_are_selections(items: list[int], part: slice, complete: bool) -> None:
    """A slice is a selection of the items of the same slice, as complete as the whole."""
    found = tc.Selection(items, complete=complete)[part]
    assert type(found) is tc.Selection
    assert list(found) == items[part]
    assert found.complete is complete


def test_a_selection_is_a_value() -> None:
    """Selections compare and hash by their items, can't be changed, pickle and copy."""
    again = KUOPIO.partners("kuopio")
    assert again == PARTNERS
    assert hash(again) == hash(PARTNERS) != hash(PARTNERS[:3])
    assert PARTNERS[:3] != PARTNERS
    assert list(PARTNERS) != PARTNERS
    assert PARTNERS[::-1] != PARTNERS
    for found in (pickle.loads(pickle.dumps(PARTNERS)), copy.copy(PARTNERS), copy.deepcopy(PARTNERS)):
        assert found == PARTNERS
        assert found.complete is PARTNERS.complete is True
        assert found.where(area="sport") == PARTNERS.where(area="sport")
    assert not pickle.loads(pickle.dumps(KUOPIO.partners("Gera"))).complete
    with pytest.raises(AttributeError, match=r"^property 'complete' of 'Selection' object has no setter$"):
        PARTNERS.complete = False  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"^property 'complete' of 'Selection' object has no deleter$"):
        del PARTNERS.complete
    with pytest.raises(AttributeError):
        PARTNERS.new = 1  # type: ignore[attr-defined]


def test_a_tie_is_a_value() -> None:
    """Ties compare and hash by what they are of, can't be changed, pickle and copy; the side matters."""
    tie, again = KUOPIO.partners("Kuopio")[0], tc.from_json(KUOPIO.to_json()).partners("Kuopio")[0]
    assert tie == again
    assert hash(tie) == hash(again)
    assert len({tie, again}) == 1
    other_side = KUOPIO.partners(tie.partner).where(country="FI").one()
    assert other_side.partnership == tie.partnership
    assert other_side != tie
    assert KUOPIO.partners("Kuopio", direct=True)[0] != tie
    assert tie != tie.partnership
    for found in (pickle.loads(pickle.dumps(tie)), copy.copy(tie), copy.deepcopy(tie)):
        assert found == tie
        assert found.areas == tie.areas
    assert repr(tie) == "<Tie Kuopio – Alūksne>"
    with pytest.raises(AttributeError):
        tie.city = tie.partner
    with pytest.raises(AttributeError):
        del tie.direct


def test_ties_pass_facts_through() -> None:
    """A tie has the facts of its partnership, and the distance of its cities."""
    tie = PARTNERS.where(country="Puola").one()
    assert (str(tie.since), tie.status, tie.kind) == ("1980", "active", "twinning")
    assert tie.distance_km == pytest.approx(1482, abs=1)
    assert star(tc.City(id="x")).one().distance_km is None
    assert KUOPIO.partners("Opole").one().distance_km == pytest.approx(tie.distance_km)


def test_ties_without_their_networks() -> None:
    """A direct tie has its networks, but not their activities."""
    direct, full = (KUOPIO.partners("Bodø", country="FI", direct=direct).one() for direct in (True, False))
    assert direct.networks == full.networks == (KUOPIO.networks["nordic"],)
    assert set(direct.area_ids) < set(full.area_ids)
    assert direct.activities == direct.partnership.activities


def test_a_selection_shows_what_it_holds() -> None:
    """The repr is one line with the first names; the text is a table."""
    assert repr(PARTNERS) == "<Selection of 15: Alūksne, Besançon, Bodø, Castrop-Rauxel, …>"
    assert repr(PARTNERS[:2]) == "<Selection of 2: Alūksne, Besançon>"
    assert repr(PARTNERS[:4]) == "<Selection of 4: Alūksne, Besançon, Bodø, Castrop-Rauxel>"
    assert repr(PARTNERS[:5]) == "<Selection of 5: Alūksne, Besançon, Bodø, Castrop-Rauxel, …>"
    assert repr(tc.Selection([])) == str(tc.Selection([])) == "<Selection of 0>"
    cities = tc.Selection([KUOPIO.cities["gera"], KUOPIO.cities["opole"], 5])
    assert repr(cities) == "<Selection of 3: Gera, Opole, 5>"
    assert str(cities).splitlines()[0] == "Result"
    assert len(str(tc.Selection([5])).splitlines()) == 3
    lines = str(PARTNERS).splitlines()
    assert lines[0].split() == ["Partner", "Country", "Status", "Since", "Areas"]
    assert set(lines[1]) == {"-", " "}
    assert max(map(len, lines)) <= 100
    assert sum(line.startswith(tie.partner.name) for line in lines for tie in PARTNERS) == 15


# -- sorting ---------------------------------------------------------------------------------------


def test_what_has_no_value_comes_last() -> None:
    """Ties are sorted by a key in ascending order or reverse; those without a value come last both ways."""
    cities = [tc.City(id=id, country_code=code) for id, code in zip("abcd", ("SE", None, "FI", None), strict=True)]
    ties = star(*cities, ties=[{"since": "1980"}, {}, {"since": "194X"}, {"since": "1980-05"}])
    assert ids(ties.sort_by("country")) == ["c", "a", "b", "d"]
    assert ids(ties.sort_by("country", reverse=True)) == ["a", "c", "b", "d"]
    assert ids(ties.sort_by("since")) == ["c", "a", "d", "b"]
    assert ids(ties.sort_by("since", reverse=True)) == ["d", "a", "c", "b"]


def test_several_keys_sort_one_after_the_other() -> None:
    """The first key decides, then the second; equal ties keep their order, also in reverse."""
    cities = [
        tc.City(id=id, country_code=code, name=name)
        for id, code, name in zip("abcde", ("SE", "FI", "SE", None, "FI"), ("Y", "Z", "X", "A", "Z"), strict=True)
    ]
    ties = star(*cities)
    assert ids(ties.sort_by("country", "name")) == ["b", "e", "c", "a", "d"]
    assert ids(ties.sort_by("name", "country")) == ["d", "c", "a", "b", "e"]
    assert ids(ties.sort_by("country", reverse=True)) == ["a", "c", "b", "e", "d"]
    assert ids(ties.sort_by("country", "name", reverse=True)) == ["a", "c", "b", "e", "d"]


@given(graphs(), st.lists(st.sampled_from(KEYS), min_size=1, max_size=2), st.booleans())
def test_sorting_keeps_every_tie(ds: tc.Dataset, keys: list[str], reverse: bool) -> None:
    """Any keys sort any ties: the same ties, sorted twice the same, and as complete as before."""
    ties = ds.partners("c0")
    found = ties.sort_by(*keys, reverse=reverse)
    assert sorted(ids(found)) == sorted(ids(ties))
    assert found.sort_by(*keys, reverse=reverse) == found
    assert found.complete == ties.complete
    missing = [tie.since is None for tie in ties.sort_by("since", reverse=reverse)]
    assert missing == sorted(missing)


# -- grouping and counting -------------------------------------------------------------------------


def values_of(tie: tc.Tie, key: str) -> list[Any]:
    """The values of a tie under a key, found in another way."""
    return {
        "country": [tie.partner.country_code],
        "status": [tie.partnership.status],
        "kind": [tie.partnership.kind],
        "area": [area.id for area in tie.areas] or [None],
        "network": [network.id for network in tie.networks] or [None],
        "since": [tie.partnership.since],
        "distance_km": [tie.distance_km],
        "name": [tie.partner.name],
    }[key]


@given(graphs(), st.sampled_from(KEYS))
def test_groups_hold_the_ties_with_a_value(ds: tc.Dataset, key: str) -> None:
    """A tie is listed under each of its values, or `None`; groups are in order of appearance and have the counts."""
    ties = ds.partners("c0")
    groups = ties.group_by(key)
    expected: dict[Any, list[tc.Tie]] = {}
    for tie in ties:
        for value in values_of(tie, key):
            expected.setdefault(value, []).append(tie)
    assert {value: list(found) for value, found in groups.items()} == expected
    assert list(groups) == list(expected)
    assert all(type(found) is tc.Selection and found.complete == ties.complete for found in groups.values())
    counts = ties.count_by(key)
    assert counts == {value: len(found) for value, found in expected.items()}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_counts_of_the_bundled_data() -> None:
    """Kuopio's fifteen partners by status, and by area, where one tie counts several times."""
    assert PARTNERS.count_by("status") == {"active": 11, "dormant": 2, "suspended": 2}
    assert sum(PARTNERS.count_by("area").values()) > 15
    assert PARTNERS.count_by("kind") == {"twinning": 15}
    assert PARTNERS.count_by("network") == {None: 12, "nordic": 3}


def test_names_are_sorted_in_the_language_asked_for() -> None:
    """Sorted by name, cities stand in the order of their names in a language."""
    ties = star(*(tc.City(id=id, name=name, names={"fi": fi}) for id, name, fi in ("aAZ", "bBX", "cCY")))
    assert ids(ties.sort_by("name")) == ["a", "b", "c"]
    assert ids(ties.sort_by("name", lang="fi")) == ["b", "c", "a"]


def test_a_pickled_selection_knows_its_data_set() -> None:
    """An empty selection of a data set takes further filters, also after pickling."""
    none = KUOPIO.partners("Kuopio", country="Japan")
    assert pickle.loads(pickle.dumps(none)).where(area="sport") == none.where(area="sport") == none


@pytest.mark.parametrize("key", ["population", "", None, 5, ["country"], "Country"], ids=repr)
def test_unknown_keys_are_errors_of_use(key: Any) -> None:
    """The error about an unknown key lists the keys, also if the selection is empty."""
    for ties in (PARTNERS, KUOPIO.partners("Shanghai")):
        keys = "country, status, kind, area, network, since, distance_km, name"
        for ask in (ties.sort_by, ties.group_by, ties.count_by):
            with pytest.raises(tc.QueryError, match=re.escape(f"expected a key of {keys}, got {shown(key)}")):
                ask(key)
        with pytest.raises(tc.QueryError, match=f"^expected a key of {keys}, got none"):
            ties.sort_by()
    with pytest.raises(tc.QueryError):
        PARTNERS.sort_by("country", key)


# -- one, first, where -----------------------------------------------------------------------------


def test_one_and_first() -> None:
    """`one` needs exactly one item; `first` may give `None`."""
    assert PARTNERS.where(country="Puola").one().partner.id == "opole"
    for count in (0, 2):
        with pytest.raises(tc.SelectionError, match=f"expected exactly one, got {count}"):
            PARTNERS[:count].one()
    assert PARTNERS.first() is PARTNERS[0]
    assert PARTNERS[:0].first() is None


def test_filters_of_a_selection() -> None:
    """`where` has the filters of `partners`; without any it keeps everything, and unknown words are errors."""
    assert PARTNERS.where() == PARTNERS
    assert PARTNERS.where(status="active", area="sport") == KUOPIO.partners("Kuopio", status="active", area="sport")
    assert PARTNERS.where(on="1985", unsure=True) == KUOPIO.partners("Kuopio", on="1985", unsure=True)
    assert ids(PARTNERS.where(network="nordic").where(country=["NO", "DK"])) == ["bodo", "svendborg"]
    empty = PARTNERS.where(country="JP")
    assert (list(empty), empty.complete) == ([], True)
    assert empty.where(area="sport") == empty


@pytest.mark.parametrize(
    "words", [{"status": "actve"}, {"kind": "twining"}, {"country": "Norwy"}, {"area": ""}, {"unsure": True}], ids=str
)
def test_wrong_words_are_told_where_nothing_is_left(words: dict[str, Any]) -> None:
    """A word is known or not whatever earlier filters have left."""
    for ties in (PARTNERS, PARTNERS.where(country="JP")):
        with pytest.raises((tc.UnknownNameError, tc.QueryError)):
            ties.where(**words)


# -- what is dated ---------------------------------------------------------------------------------


def test_events_of_a_tie() -> None:
    """Every dated fact about a tie and its networks is an event; others aren't."""
    tie = {
        "since": "1980",
        "until": "1990",
        "status": "ended",
        "status_since": "1991",
        "agreements": [tc.Agreement(names={"en": "Deed"}, period="1985/1989"), tc.Agreement(names={"en": "Undated"})],
        "activities": [tc.Activity(summary={"en": "Choir"}, period="1986/.."), tc.Activity(summary={"en": "Undated"})],
        "milestones": [
            tc.Milestone(kind="visit", date="1987-05", summary={"en": "Visit"}),
            tc.Milestone(date="1988"),
            tc.Milestone(kind="visit"),
        ],
    }
    network = tc.CooperationNetwork(
        id="n", members=("hub", "x"), since="1970", agreements=[tc.Agreement(period="1971/1972")]
    )
    ties = star(tc.City(id="x"), ties=[tie], networks=[network])
    events = ties.events()
    assert [(str(event.date), event.kind, event.label.get("en")) for event in events] == [
        ("1970", "since", None),
        ("1971/1972", "agreement", None),
        ("1980", "since", None),
        ("1985/1989", "agreement", "Deed"),
        ("1986/..", "activity", "Choir"),
        ("1987-05", "visit", "Visit"),
        ("1988", "milestone", None),
        ("1990", "until", None),
        ("1991", "status", "ended"),
    ]
    assert repr(events[0]) == "<Event 1970 since, hub – x>"
    assert {event.record.id for event in events[:2] if isinstance(event.record, tc.CooperationNetwork)} == {"n"}
    assert [str(event.date) for event in star(tc.City(id="x"), ties=[{"status_since": "1991"}]).events()] == []


@given(graphs())
def test_events_are_sorted_and_each_is_told_once(ds: tc.Dataset) -> None:
    """Events are sorted by date in a total order; a network of several ties has its events once."""
    ties = ds.partners("c0")
    events = ties.events()
    dates = [event.date.sort_key for event in events]
    assert dates == sorted(dates)
    assert ties[::-1].events() == events
    records = [tie.partnership for tie in ties] + [
        n for n in ds.networks.values() if any(n in t.networks for t in ties)
    ]
    counted = sum(
        (record.since is not None)
        + (getattr(record, "until", None) is not None)
        + (getattr(record, "status_since", None) is not None and getattr(record, "status", None) is not None)
        + sum(agreement.period is not None for agreement in record.agreements)
        + sum(milestone.date is not None for milestone in record.milestones)
        for record in records
    )
    assert len(events) == counted
    direct = ds.partners("c0", direct=True).events()
    assert {type(event.record) for event in direct} <= {tc.Partnership}
    assert [event for event in events if isinstance(event.record, tc.Partnership)] == list(direct)


def test_events_are_values() -> None:
    """Events compare, sort and hash."""
    first, second = PARTNERS.events()[:2]
    assert first < second
    assert not second < first
    assert first == PARTNERS.events()[0]
    with pytest.raises(TypeError):
        first < 5  # type: ignore[operator] # noqa: B015
    assert len({first, second, PARTNERS.events()[0]}) == 2


@pytest.mark.parametrize(
    "answer",
    [
        lambda: KUOPIO.cousins("Kuopio")[0],
        lambda: KUOPIO.search("Gera")[0],
        lambda: KUOPIO.anniversaries(2030)[0],
        lambda: KUOPIO.expiring("2029")[0],
        lambda: PARTNERS.events()[0],
    ],
    ids=["Cousin", "Match", "Anniversary", "Expiry", "Event"],
)
def test_answers_are_frozen_and_pickle(answer: Callable[[], Any]) -> None:
    """Answers to the same question are equal, immutable, and can be pickled."""
    found = answer()
    assert found == answer()
    assert found is not answer()
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(answer())
    assert found != 5
    names = [name for name in dir(found) if not name.startswith("_")]
    assert names
    for name in names:
        with pytest.raises(AttributeError):
            setattr(found, name, None)


# -- what was in force -----------------------------------------------------------------------------

# The facts of a tie, a time, and the answer; the data set is as of 2022.
IN_FORCE: list[tuple[dict[str, Any], str, bool | None]] = [
    ({"since": "1980"}, "1979", False),
    ({"since": "1980"}, "1980", True),
    ({"since": "1980"}, "2050", True),  # no end: it goes on
    ({"since": "1980-06"}, "1980-05", False),
    ({"since": "1980-06"}, "1980", True),
    ({"since": "1980"}, "1980-05-01", None),  # some time in that year
    ({"since": "194X"}, "1939", False),
    ({"since": "194X"}, "1945", None),
    ({"since": "194X"}, "1949-12-31", True),
    ({"since": "1980?"}, "1979", None),  # a qualified date decides nothing
    ({"since": "1980~"}, "1990", None),
    ({"since": "1980%"}, "2023", True),  # listed in 2022
    ({}, "1850", None),
    ({}, "2022-12-31", True),
    ({}, "2022-06", None),
    ({"status": "suspended"}, "2030", True),
    ({"status": "dormant"}, "2030", True),
    ({"status": "active", "since": "1980", "until": "1990"}, "1991", False),
    ({"since": "1980", "until": "1990"}, "1990", True),
    ({"since": "1980", "until": "1990"}, "1990-06", None),
    ({"since": "1980", "until": "1990"}, "1975/1979", False),
    ({"since": "1980", "until": "1990"}, "1975/1985", True),
    ({"since": "1980", "until": "1990"}, "/1985", True),
    ({"since": "1980", "until": "1990"}, "1985/..", True),
    ({"since": "1980", "until": "1990"}, "1991/..", False),
    ({"since": "1980", "until": "1990?"}, "1995", None),
    ({"until": "1990"}, "1985", None),
    ({"until": "1990"}, "1991", False),
    ({"since": "1980", "status": "ended"}, "1985", None),  # when it ended isn't known
    ({"since": "1980", "status": "ended"}, "1980", True),
    ({"since": "1980", "status": "ended"}, "2023", False),  # by 2022 it had
    ({"since": "1980", "status": "ended", "status_since": "1990"}, "1991", False),
    ({"since": "1980", "status": "ended", "status_since": "1990"}, "1985", True),
    ({"status": "ended"}, "1985", None),
    ({"milestones": [tc.Milestone(kind="attested", date="1960")]}, "1960-12-31", True),
    ({"milestones": [tc.Milestone(kind="attested", date="1960")]}, "1959", None),
    ({"milestones": [tc.Milestone(kind="signed", date="1960?")]}, "1970", None),
    ({"milestones": [tc.Milestone(kind="visit", date="1960")]}, "1970", None),
    ({"milestones": [tc.Milestone(kind="signed", date="1960", stage="planned")]}, "1970", None),
    ({"milestones": [tc.Milestone(kind="signed", date="1960")], "status": "ended"}, "1960", True),
]


@pytest.mark.parametrize(("fields", "on", "expected"), IN_FORCE, ids=lambda value: str(value)[:60])
def test_what_was_in_force(fields: dict[str, Any], on: str, expected: bool | None) -> None:
    """A tie was in force, was not, or it can't be known, by its dates and status."""
    ties = star(tc.City(id="x"), ties=[fields], as_of="2022")
    assert ties.one().in_force(on) is expected
    assert len(ties.where(on=on)) == (expected is True)
    assert len(ties.where(on=on, unsure=True)) == (expected is not False)


def test_without_a_date_of_the_data_set_nothing_bounds_a_start() -> None:
    """Without `as_of` a tie without dates can't be placed in time."""
    assert star(tc.City(id="x")).one().in_force("2100") is None
    with pytest.raises(tc.InvalidDateError):
        PARTNERS[0].in_force("some day")


def test_an_empty_selection_made_by_hand_knows_no_words() -> None:
    """Filters need a data set, which an empty selection made by hand lacks."""
    with pytest.raises(tc.QueryError, match=r"^expected a selection that a data set gave, got an empty one"):
        tc.Selection[tc.Tie](()).where(country="FI")


def test_an_event_knows_its_cities() -> None:
    """The cities of the partnership, or all members of the network, as records."""
    for event in PARTNERS.events():
        ids = event.record.cities if isinstance(event.record, tc.Partnership) else event.record.members
        assert [city.id for city in event.cities] == list(ids)
    first = PARTNERS.where(country="PL").events()[0]
    assert repr(first) == "<Event 1980 since, Kuopio – Opole>"


def test_a_tie_has_its_end() -> None:
    """`until` passes through as `since` does."""
    (tie,) = star(tc.City(id="x"), ties=[{"until": "1991"}])
    assert tie.until == tc.EdtfDate("1991")
    assert tie.turned().turned() == tie
    assert (tie.turned().city, tie.turned().partner) == (tie.partner, tie.city)


def test_only_ties_are_sorted() -> None:
    """Methods for ties name the kind of items that they got instead."""
    with pytest.raises(tc.QueryError, match=r"^expected a selection of ties, got one of Cousin$"):
        KUOPIO.cousins("Kuopio")[:1].sort_by("since")  # type: ignore[arg-type]


# -- answers of other kinds ------------------------------------------------------------------------

ANSWERS: dict[str, tc.Selection[Any]] = {
    "cousins": KUOPIO.cousins("Kuopio"),
    "matches": KUOPIO.search("kuopo"),
    "anniversaries": KUOPIO.anniversaries(2030),
    "expiring": KUOPIO.expiring("2029"),
    "events": PARTNERS.events(),
    "findings": KUOPIO.lint(),
}
TIES_ALONE = ("chart", "events", "to_geojson", "to_geopandas", "to_geoparquet", "to_networkx", "__geo_interface__")


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_makes_a_table(name: str) -> None:
    """Dicts, CSV and frames have one row per answer with the same columns; text and HTML show them, also when empty."""
    for package in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(package)
    found = ANSWERS[name]
    rows = found.to_dicts(lang="fi")
    assert len(rows) == len(found) > 0
    assert all(list(row) == list(rows[0]) for row in rows)
    assert found.to_csv().splitlines()[0].split(",") == list(rows[0])
    assert set(rows[0]) <= set(found.to_pandas().columns)
    assert len(found.to_pandas()) == len(found.to_polars()) == found.to_arrow().num_rows == len(found)
    assert len(str(found).splitlines()) >= len(found) + 2
    assert found._repr_html_().count("<tr>") >= min(len(found), 20)
    none = found[:0]
    assert none.to_dicts() == []
    assert none.to_csv().splitlines() == found.to_csv().splitlines()[:1]
    assert len(none.to_pandas().columns) == len(found.to_pandas().columns)
    assert str(none) == "<Selection of 0>"


@pytest.mark.parametrize("name", ANSWERS)
def test_what_other_answers_cannot_do_is_not_there(name: str) -> None:
    """Maps, graphs and events exist only for ties, also after slicing and pickling."""
    found = ANSWERS[name]
    for kept in (found, found[:1], found[:0], pickle.loads(pickle.dumps(found))):
        assert not any(hasattr(kept, method) for method in TIES_ALONE)
        assert set(dir(kept)).isdisjoint(TIES_ALONE)
        assert {"to_dicts", "to_pandas", "where", "sort_by", "one"} <= set(dir(kept))
    assert all(hasattr(PARTNERS[:0], method) for method in TIES_ALONE)
    assert not hasattr(tc.Selection(["a"]), "to_dicts")


def test_functions_are_filters_and_keys() -> None:
    """`where`, `sort_by`, `group_by` and `count_by` take a function of an item; for ties also words."""
    before = PARTNERS.where(lambda tie: tie.since is not None and tie.since.is_before(tc.EdtfDate("1980")))
    assert 0 < len(before) < 15
    assert before.where(country="SE") == PARTNERS.where(lambda tie: tie in before, country="SE")
    cousins = KUOPIO.cousins("Kuopio")
    assert list(cousins.sort_by(lambda cousin: cousin.city.name)) == sorted(cousins, key=lambda found: found.city.name)
    by_country = PARTNERS.group_by(lambda tie: tie.partner.country_code)
    assert by_country == PARTNERS.group_by("country")
    assert cousins.count_by(lambda found: found.is_partner)[True] == sum(found.is_partner for found in cousins)
    assert KUOPIO.search("o").where(lambda match: match.score > 2) == ()
    ordered = PARTNERS.sort_by(lambda tie: tie.since and tie.since.year, "name")
    years = [tie.since.year if tie.since else None for tie in ordered]
    known = [year for year in years if year is not None]
    assert years == sorted(known) + [None] * (15 - len(known))
    for wrong in ("country", 5, []):
        with pytest.raises(tc.QueryError, match="expected a function as keeps, got"):
            PARTNERS.where(wrong)  # type: ignore[call-overload]
    for value, shape in (([], "list of 0"), (([],), "tuple of 1")):
        with pytest.raises(tc.QueryError, match=f"expected values that can be keys of a dict, got {shape}"):
            PARTNERS.group_by(lambda tie, value=value: value)  # type: ignore[misc]
    with pytest.raises(tc.QueryError, match="expected values that can be sorted: '<' not supported between"):
        PARTNERS.sort_by(lambda tie: tie.partner)


@pytest.mark.parametrize("items", [None, 3, "kuopio", b"kuopio", KUOPIO], ids=lambda items: type(items).__name__)
def test_a_selection_is_made_of_answers(items: Any) -> None:
    """What isn't a collection of answers is refused, and a text isn't taken for its letters."""
    with pytest.raises(tc.QueryError, match="expected answers as items, got "):
        tc.Selection(items)


def test_polars_reads_the_table_of_a_selection() -> None:
    """polars gets the 27 columns of the ties, not one of objects."""
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(PARTNERS).shape == (15, 27)
    assert polars.DataFrame(PARTNERS).columns == PARTNERS.to_polars().columns


# -- answers depend on what is in a selection alone ------------------------------------------------


class Answers(RuleBasedStateMachine):
    """A selection and a plain list of the same ties, through every way of deriving one from another."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tc.Selection[tc.Tie] = PARTNERS
        self.plain: list[tc.Tie] = list(PARTNERS)

    @initialize(
        start=st.sampled_from(
            [{"of": "Kuopio"}, {}, {"country": ["FI", "RU"]}, {"status": "suspended"}, {"area": "education"}]
        )
    )
    def begin(self, start: dict[str, Any]) -> None:
        self.found = KUOPIO.partners(start["of"]) if "of" in start else KUOPIO.ties(**start)
        self.plain = list(KUOPIO.partners(start["of"]) if "of" in start else KUOPIO.ties(**start))

    @rule(countries=st.lists(st.sampled_from(["FI", "RU", "SE", "DE", "EE"]), min_size=1, max_size=2))
    def narrow_to_countries(self, countries: list[str]) -> None:
        self.found = self.found.where(country=countries)
        turned = [tie._towards(countries) for tie in self.plain]
        self.plain = [tie for tie in turned if tie.partner.country_code in countries]

    @rule(status=st.sampled_from(tc.PartnershipStatus))
    def narrow_to_status(self, status: tc.PartnershipStatus) -> None:
        self.found = self.found.where(status=status)
        self.plain = [tie for tie in self.plain if tie.status is status]

    @rule(on=st.sampled_from(["1960", "1985", "2010"]), unsure=st.booleans())
    def narrow_to_time(self, on: str, unsure: bool) -> None:
        self.found = self.found.where(on=on, unsure=unsure)
        kept = {True, None} if unsure else {True}
        self.plain = [tie for tie in self.plain if tie.in_force(on) in kept]

    @rule(area=st.sampled_from(["education", "culture", "sport"]))
    def narrow_to_area(self, area: str) -> None:
        self.found = self.found.where(area=area)
        below = KUOPIO._index.vocabulary.narrower(area)
        self.plain = [tie for tie in self.plain if not set(below).isdisjoint(tie.area_ids)]

    @rule(part=st.slices(40))
    def slice(self, part: slice) -> None:
        self.found, self.plain = self.found[part], self.plain[part]

    @rule(reverse=st.booleans())
    def sort(self, reverse: bool) -> None:
        self.found = self.found.sort_by("name", reverse=reverse)
        self.plain.sort(key=lambda tie: tie.partner.name, reverse=reverse)

    @rule(again=st.sampled_from([lambda found: pickle.loads(pickle.dumps(found)), copy.deepcopy, tc.Selection]))
    def make_again(self, again: Callable[[tc.Selection[tc.Tie]], tc.Selection[tc.Tie]]) -> None:
        if len(self.found):  # what is empty and made by hand knows no data set
            self.found = again(self.found)

    @invariant()
    def holds_the_same(self) -> None:
        sides = [(tie.city.id, tie.partner.id) for tie in self.plain]
        assert [(tie.city.id, tie.partner.id) for tie in self.found] == sides
        assert self.found.count_by("country") == tc.Selection(self.plain).count_by("country")


TestAnswers = Answers.TestCase
TestAnswers.settings = settings(max_examples=25, stateful_step_count=8, deadline=None)
