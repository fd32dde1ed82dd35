"""
Data sets: the rules between records, equality, the mappings, and new data sets made from others.
"""

from __future__ import annotations

import copy
import pickle
import random
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from generators import datasets
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.query.whole import head_of, lists_of, own_areas


def places(*ids: str, **fields: Any) -> list[tc.City]:
    """Cities with these ids."""
    return [tc.City(id=id, **fields) for id in ids]


def tie(first: str, second: str, **fields: Any) -> tc.Partnership:
    """A partnership of two cities."""
    return tc.Partnership(cities=(first, second), **fields)


def problems(make: Callable[[], object]) -> dict[str, str]:
    """The problems that a constructor reports, by path."""
    with pytest.raises(tc.DatasetError) as caught:
        make()
    found = dict(caught.value.problems)
    assert len(found) == len(caught.value.problems)
    return found


# -- what has to hold ------------------------------------------------------------------------------


def test_records_are_there_once() -> None:
    """Each id, and each pair in either order, has one record; the error about a second names the place of the first."""
    found = problems(
        lambda: tc.Dataset(
            cities=places("a", "b", "a"),
            partnerships=[tie("a", "b"), tie("b", "a", since="1980")],
            areas=[tc.CooperationArea(id="x"), tc.CooperationArea(id="x")],
            networks=[tc.CooperationNetwork(id="n", members=("a", "b"))] * 3,
            sources=[tc.Source(id="s"), tc.Source(id="s", title="T")],
        )
    )
    assert set(found) == {
        "$.cities[2]",
        "$.partnerships[1]",
        "$.areas[1]",
        "$.networks[1]",
        "$.networks[2]",
        "$.sources[1]",
    }
    assert found["$.cities[2]"] == "expected one record for each id, got 'a' again, first at $.cities[0]"
    assert found["$.partnerships[1]"] == (
        "expected one record for each pair, got 'a' and 'b' again, first at $.partnerships[0]"
    )


def test_every_id_leads_somewhere() -> None:
    """All references to cities, areas and sources are checked, wherever they are; all problems are reported together."""
    lost = {"sources": ("lost",)}
    parts: dict[str, Any] = {
        "milestones": [tc.Milestone(**lost)],
        "links": [tc.Link(title="T", **lost)],
        "contacts": [tc.Contact(city="nowhere", **lost)],
    }
    common: dict[str, Any] = {
        **parts,
        "agreements": [tc.Agreement(**lost)],
        "activities": [
            tc.Activity(areas=("culture", "none"), organisations=[tc.Organisation(city="nowhere", **lost)], **lost)
        ],
        "field_sources": {"links": ("lost",), "summary.fi": ("known", "lost")},
        **lost,
    }
    found = problems(
        lambda: tc.Dataset(
            cities=[
                tc.City(id="a"),
                tc.City(
                    id="b",
                    populations=[tc.Population(value=1, **lost)],
                    field_sources={"id": ("lost",)},
                    **parts,
                    **lost,
                ),
            ],
            partnerships=[tie("a", "b"), tie("a", "nowhere", **common)],
            areas=[
                tc.CooperationArea(id="x", broader=("culture", "none"), field_sources={"broader": ("lost",)}, **lost)
            ],
            networks=[tc.CooperationNetwork(id="n", members=("a", "b", "nowhere"), **common)],
            sources=[tc.Source(id="known")],
            complete_for=("a", "nowhere"),
        )
    )
    small = (".milestones[0].sources[0]", ".links[0].sources[0]", ".contacts[0].sources[0]", ".contacts[0].city")
    large = (
        *small,
        ".sources[0]",
        ".field_sources.links[0]",
        ".field_sources['summary.fi'][1]",
        ".agreements[0].sources[0]",
        ".activities[0].sources[0]",
        ".activities[0].areas[1]",
        ".activities[0].organisations[0].sources[0]",
        ".activities[0].organisations[0].city",
    )
    assert set(found) == {
        "$.complete_for[1]",
        "$.areas[0].broader[1]",
        "$.areas[0].sources[0]",
        "$.areas[0].field_sources.broader[0]",
        "$.cities[1].sources[0]",
        "$.cities[1].field_sources.id[0]",
        "$.cities[1].populations[0].sources[0]",
        *("$.cities[1]" + path for path in small),
        "$.partnerships[1].cities[1]",
        *("$.partnerships[1]" + path for path in large),
        "$.networks[0].members[2]",
        *("$.networks[0]" + path for path in large),
    }
    assert found["$.complete_for[1]"] == "expected the id of a city in the data set, got 'nowhere'"
    assert found["$.cities[1].sources[0]"] == "expected the id of a source in the data set, got 'lost'"
    assert found["$.areas[0].broader[1]"] == (
        "expected the id of a cooperation area in the data set or its vocabulary, got 'none'"
    )


def test_who_states_a_tie_is_one_of_its_cities() -> None:
    """`asserted_by` names one or both of the two cities."""
    with pytest.raises(tc.InvalidRecordError) as caught:
        tie("a", "b", asserted_by=("b", "c"))
    assert [problem.path for problem in caught.value.problems] == ["$.asserted_by[1]"]


def areas(**broader: str) -> list[tc.CooperationArea]:
    """Areas, each below others: names separated by spaces."""
    return [tc.CooperationArea(id=id, broader=above.split()) for id, above in broader.items()]


@pytest.mark.parametrize(
    ("broader", "expected"),
    [
        ({"a": "b", "b": "a"}, {"$.areas[0].broader": "a > b > a"}),
        ({"a": "b", "b": "c", "c": "a"}, {"$.areas[0].broader": "a > b > c > a"}),
        ({"x": "a", "a": "b", "b": "culture a"}, {"$.areas[0].broader": "a > b > a"}),
        (
            {"a": "b", "b": "a", "c": "d", "d": "c"},
            {"$.areas[0].broader": "a > b > a", "$.areas[2].broader": "c > d > c"},
        ),
    ],
)
def test_areas_dont_run_in_circles(broader: dict[str, str], expected: dict[str, str]) -> None:
    """An area that is broader than itself, over any number of steps, is reported with the cycle."""
    found = problems(lambda: tc.Dataset(areas=areas(**broader)))
    assert found == {path: f"expected no cycle of areas, got {cycle}" for path, cycle in expected.items()}


def test_areas_may_have_several_above_and_meet_again() -> None:
    """Two paths up to one area are no cycle."""
    ds = tc.Dataset(areas=areas(a="b c d", b="d", c="b d", d="culture"))
    assert [area.id for area in own_areas(ds)] == ["a", "b", "c", "d"]
    many = areas(a0="culture", **{f"a{n}": f"a{n - 1}" for n in range(1, 3000)})
    assert len(own_areas(tc.Dataset(areas=reversed(many)))) == 3000  # no depth is too much


def test_own_areas_leave_those_of_the_vocabulary_alone() -> None:
    """An own area can't have an id of the vocabulary; without a vocabulary it can."""
    culture = tc.CooperationArea(id="culture")
    assert problems(lambda: tc.Dataset(areas=[culture])) == {
        "$.areas[0].id": "expected an id that isn't in the shared vocabulary, got 'culture'"
    }
    assert list(tc.Dataset(areas=[culture], vocabulary=None).areas) == ["culture"]
    assert tc.Dataset(vocabulary=None).areas == {}


@pytest.mark.parametrize(
    ("given_fields", "expected"),
    [
        (
            {"vocabulary": "other/1"},
            {"$.vocabulary": "expected a shipped vocabulary (twincities-areas/1), got 'other/1'"},
        ),
        ({"vocabulary": 1}, {"$.vocabulary": "expected text, got 1"}),
        ({"id": "a b"}, None),
        ({"id": 1}, {"$.id": "expected text, got 1"}),
        ({"title": " "}, {"$.title": "expected text that isn't blank, got ' '"}),
        ({"version": 1.0}, {"$.version": "expected text, got 1.0"}),
        ({"licence": "\ud800"}, None),
        ({"as_of": "May 2023"}, None),
        ({"as_of": 20.23}, {"$.as_of": "expected a date as text, got 20.23"}),
        ({"complete_for": "a"}, {"$.complete_for": "expected a list of texts, got 'a'"}),
        ({"cities": 5}, {"$.cities": "expected a list of City, got 5"}),
        ({"cities": {"a": tc.City(id="a")}}, {"$.cities": "expected a list of City, got dict of 1"}),
        ({"cities": [tc.City(id="a"), "b"]}, {"$.cities[1]": "expected City, got 'b'"}),
        (
            {"partnerships": [tc.City(id="a")]},
            {"$.partnerships[0]": "expected Partnership, got City(id='a', name='a')"},
        ),
        ({"areas": [None]}, {"$.areas[0]": "expected CooperationArea, got None"}),
        ({"networks": [{}]}, {"$.networks[0]": "expected CooperationNetwork, got dict of 0"}),
        ({"sources": ["s"]}, {"$.sources[0]": "expected Source, got 's'"}),
    ],
    ids=lambda value: str(list(value)) if isinstance(value, dict) else "",
)
def test_arguments_have_their_types(given_fields: dict[str, Any], expected: dict[str, str] | None) -> None:
    """Wrong types and broken rules of the head are reported with their paths, each once."""
    found = problems(lambda: tc.Dataset(**given_fields))
    assert found == expected if expected else list(found) == [f"$.{next(iter(given_fields))}"]


def test_wrong_arguments_are_told_at_once() -> None:
    """All arguments are checked; references to a list that can't be read aren't reported."""
    found = problems(lambda: tc.Dataset(cities=[1], partnerships=[tie("a", "b")], id="/", title=1, as_of="x"))
    assert set(found) == {"$.cities[0]", "$.id", "$.title", "$.as_of"}


def test_a_data_set_is_made_of_any_iterables() -> None:
    """Generators are accepted, and the order is kept."""
    ds = tc.Dataset(
        cities=(city for city in places("b", "a", "c")),
        partnerships=iter([tie("c", "b"), tie("a", "b")]),
        complete_for={"a"},
    )
    assert list(ds.cities) == ["b", "a", "c"]
    assert list(ds.partnerships) == [("b", "c"), ("a", "b")]
    assert ds.complete_for == ("a",)


# -- the whole as a value --------------------------------------------------------------------------


def rebuilt(ds: tc.Dataset, shuffle: Callable[[list[Any]], None]) -> tc.Dataset:
    """The same records in another order."""
    lists = {name: list(records) for name, records in lists_of(ds).items()}
    for records in lists.values():
        shuffle(records)
    return tc.Dataset(**lists, **head_of(ds))


@given(datasets(), st.randoms(use_true_random=False))
def test_data_sets_are_equal_by_content(ds: tc.Dataset, chance: random.Random) -> None:
    """The order of records doesn't matter to equality or hash; pickles and copies are equal."""
    other = rebuilt(ds, chance.shuffle)
    assert other == ds
    assert hash(other) == hash(ds)
    assert len({ds, other}) == 1
    again = pickle.loads(pickle.dumps(ds))
    assert again == ds
    assert again is not ds
    assert hash(again) == hash(ds) != hash(ds.with_records(version="another"))
    assert list(again.cities) == list(ds.cities)
    assert copy.deepcopy(ds) == copy.copy(ds) == ds
    assert ds != object()
    assert ds != ds.to_dict()


DS = tc.Dataset(
    id="small",
    title="Small",
    version="1",
    as_of="2022",
    licence="CC0-1.0",
    complete_for=["a"],
    cities=[tc.City(id="a", name="Aa", country_code="FI"), tc.City(id="b", sources=["s"]), tc.City(id="c")],
    partnerships=[tie("a", "b", since="1980"), tie("c", "a")],
    areas=[tc.CooperationArea(id="x")],
    networks=[tc.CooperationNetwork(id="n", members=("a", "b"))],
    sources=[tc.Source(id="s")],
)

CHANGES: dict[str, Any] = {
    "id": "other",
    "title": "Other",
    "version": "2",
    "as_of": "2023",
    "licence": "MIT",
    "complete_for": [],
    "vocabulary": None,
    "cities": [tc.City(id="a", name="Other"), tc.City(id="b"), tc.City(id="c")],
    "partnerships": [tie("a", "b", since="1981"), tie("c", "a")],
    "areas": [],
    "networks": [],
    "sources": [tc.Source(id="s", title="T")],
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_makes_another_data_set(name: str) -> None:
    """Nothing of the content is left out of equality."""
    content: Mapping[str, Any] = {**lists_of(DS), **head_of(DS)}
    assert set(CHANGES) == set(content)
    assert tc.Dataset(**content) == DS
    assert tc.Dataset(**{**content, name: CHANGES[name]}) != DS


def test_a_data_set_cant_be_changed() -> None:
    """Attributes can't be set or deleted, nor mappings changed; weak references to it can be made."""
    with pytest.raises(AttributeError):
        DS.title = "Other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del DS.title
    with pytest.raises(AttributeError):
        DS.new = 1  # type: ignore[attr-defined]
    for mapping in (DS.cities, DS.partnerships, DS.areas, DS.networks, DS.sources):
        with pytest.raises(TypeError):
            mapping["a"] = 1  # type: ignore[index]
        with pytest.raises(TypeError):
            mapping.clear()  # type: ignore[attr-defined]
    assert weakref.ref(DS)() is DS
    assert copy.copy(DS) is copy.deepcopy(DS) is DS


def test_a_data_set_shows_what_it_is() -> None:
    """Its repr is one line with name, version and counts."""
    assert repr(DS) == "<Dataset small 1 of 3 cities, 2 partnerships, 1 network>"
    assert repr(tc.Dataset()) == "<Dataset of 0 cities, 0 partnerships, 0 networks>"


# -- the mappings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "near", "error"),
    [
        ("cities", "kuopio", "kupio", tc.UnknownCityError),
        ("areas", "sport", "sprot", tc.UnknownAreaError),
        ("networks", "nordic", "nordics", tc.UnknownNetworkError),
        ("sources", "geonames", "geoname", tc.UnknownSourceError),
    ],
)
def test_mappings_by_id(name: str, key: str, near: str, error: type[tc.UnknownNameError]) -> None:
    """`[]` raises with suggestions, `.get` gives `None`, and `in` never raises, whatever the key."""
    mapping: Mapping[Any, Any] = getattr(tc.load(), name)
    assert mapping[key].id == key
    assert mapping.get(key) is mapping[key]
    assert key in mapping
    for wrong in (near, 5, None, ("a", "b")):
        with pytest.raises(error) as caught:
            mapping[wrong]
        assert caught.value.query == wrong
        assert caught.value.suggestions == ((key,) if wrong == near else ())
    for missing in (near, "", 5, None, (), ("a", "b")):
        assert mapping.get(missing) is None
        assert mapping.get(missing, "default") == "default"
        assert missing not in mapping
    for unhashable in ([], {}, {"x"}, bytearray(), ([],)):
        assert unhashable not in mapping
    with pytest.raises(KeyError):
        mapping["x"]
    assert pickle.loads(pickle.dumps(mapping)) == mapping
    assert type(pickle.loads(pickle.dumps(mapping))) is type(mapping)


def test_partnerships_are_found_by_pair_in_either_order() -> None:
    """`[]`, `.get` and `in` take a pair in either order; keys are sorted pairs."""
    mapping: Mapping[Any, Any] = tc.load().partnerships
    found = mapping["opole", "kuopio"]
    assert found.cities == ("kuopio", "opole")
    assert mapping["kuopio", "opole"] is mapping.get(("opole", "kuopio")) is mapping.get(("kuopio", "opole")) is found
    assert ("opole", "kuopio") in mapping
    assert ("kuopio", "opole") in mapping
    assert list(mapping).count(("opole", "kuopio")) == 0
    for wrong in ("kuopio", ("kuopio", "nowhere"), ("kuopio",), ("a", "b", "c"), 5):
        with pytest.raises(tc.UnknownPartnershipError) as caught:
            mapping[wrong]
        assert caught.value.query == wrong
    with pytest.raises(tc.UnknownPartnershipError, match=r"no partnership between 'gera' and 'opole'$"):
        mapping["gera", "opole"]
    with pytest.raises(tc.UnknownPartnershipError, match=r"'Opole'; expected ids; Dataset.partnership takes names$"):
        mapping["Kuopio", "Opole"]
    for missing in (
        "kuopio",
        ("kuopio", "nowhere"),
        (),
        [],
        ["kuopio", "opole"],
        ("kuopio", []),
        ([], "kuopio"),
        5,
        None,
    ):
        assert mapping.get(missing) is None
        assert mapping.get(missing, 0) == 0
        assert missing not in mapping
    assert pickle.loads(pickle.dumps(mapping)) == mapping


# -- new wholes from old ones ----------------------------------------------------------------------


def test_records_are_added_and_replaced() -> None:
    """New records come last, known ids and pairs are replaced, and the old data set stays as it was."""
    before = DS.to_dict()
    new = DS.with_records(
        tc.City(id="b", name="Bee"),
        tc.City(id="d"),
        tie("b", "a", since="1990"),
        tie("d", "a"),
        tc.CooperationArea(id="y", broader=["x"]),
        tc.CooperationNetwork(id="n", members=("a", "d")),
        tc.Source(id="t"),
        version="2",
        as_of=None,
    )
    assert list(new.cities) == ["a", "b", "c", "d"]
    assert new.cities["b"].name == "Bee"
    assert list(new.partnerships) == [("a", "b"), ("a", "c"), ("a", "d")]
    assert str(new.partnerships["a", "b"].since) == "1990"
    assert new.areas["y"].broader == ("x",)
    assert new.networks["n"].members == ("a", "d")
    assert list(new.sources) == ["s", "t"]
    assert (new.version, new.as_of, new.title) == ("2", None, "Small")
    assert DS.to_dict() == before
    assert DS.with_records() == DS
    assert DS.with_records(title="Other").with_records(title="Small") == DS


def test_records_are_taken_out() -> None:
    """Records are removed by id or pair; one that others refer to can't be removed without them."""
    assert list(DS.without(DS.partnerships["a", "c"], DS.cities["c"]).cities) == ["a", "b"]
    assert DS.without(tie("c", "a", since="2000")).partnerships.get(("a", "c")) is None
    assert own_areas(DS.without(DS.networks["n"], DS.areas["x"])) == ()
    assert DS.without() == DS
    assert problems(lambda: DS.without(DS.cities["c"])) == {
        "$.partnerships[1].cities[1]": "expected the id of a city in the data set, got 'c'"
    }
    assert list(problems(lambda: DS.without(DS.sources["s"]))) == ["$.cities[1].sources[0]"]
    for record in (tc.City(id="z"), tie("b", "c"), DS.areas["culture"]):
        with pytest.raises(tc.QueryError, match="expected records of the data set"):
            DS.without(record)


def test_the_head_changes_with_the_records_that_go() -> None:
    """A city in `complete_for` can be removed in one call; an unknown head field is a TypeError."""
    whole = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], complete_for=["a"])
    less = whole.without(whole.cities["a"], complete_for=[])
    assert (set(less.cities), less.complete_for) == ({"b"}, ())
    with pytest.raises(TypeError, match="expected head fields of id, title"):
        whole.without(cities=[])


def test_problems_of_head_and_records_are_told_together() -> None:
    """The constructor reports what the reader does, except for references to a list that can't be read."""
    tie = tc.Partnership(cities=("a", "b"))
    with pytest.raises(tc.DatasetError) as caught:
        tc.Dataset(title=" ", partnerships=[tie])
    with pytest.raises(tc.DatasetError) as read:
        tc.from_dict({"format": "twincities/1", "title": " ", "partnerships": [{"cities": ["a", "b"]}]})
    assert {problem.path for problem in caught.value.problems} == {problem.path for problem in read.value.problems}
    assert len(caught.value.problems) == 3
    tie = attrs.evolve(tie, activities=[tc.Activity(areas=["sport"])])
    with pytest.raises(tc.DatasetError) as caught:
        tc.Dataset(cities=5, partnerships=[tie], vocabulary="none/1")  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["$.cities", "$.vocabulary"]


def test_lines_of_a_document(tmp_path: Path) -> None:
    """`to_jsonl` gives the lines that `from_jsonl` reads and `write` writes."""
    lines = list(DS.to_jsonl())
    assert tc.from_jsonl(b"".join(lines)) == DS
    DS.write(tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == b"".join(lines)


def test_only_records_are_added_or_taken_out() -> None:
    """Anything but a record is a QueryError, an unknown head field a TypeError."""
    for wrong, told in (("a", "'a'"), (None, "None"), (tc.Link(title="T"), "Link"), ([tc.City(id="d")], "list of 1")):
        with pytest.raises(tc.QueryError, match=f"expected a City, Partnership, .*, got {told}"):
            DS.with_records(wrong)  # type: ignore[arg-type]
        with pytest.raises(tc.QueryError, match="expected a City, Partnership"):
            DS.without(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"expected head fields of id, title, version, .*, got named, titel$"):
        DS.with_records(titel="Slip", named="Slip")
    assert list(problems(lambda: DS.with_records(title=5))) == ["$.title"]
    assert list(problems(lambda: DS.with_records(tc.CooperationArea(id="culture")))) == ["$.areas[1].id"]


@pytest.mark.parametrize("name", ["cities", "partnerships", "areas", "networks", "sources"])
def test_lists_are_no_words_of_the_head(name: str) -> None:
    """A whole list given by name is an error."""
    with pytest.raises(TypeError, match=name):
        DS.with_records(**{name: []})


@given(datasets())
def test_what_is_put_back_is_as_before(ds: tc.Dataset) -> None:
    """Ties and networks removed and added again give an equal data set."""
    records = [*ds.partnerships.values(), *ds.networks.values()]
    fewer = ds.without(*records)
    assert not fewer.partnerships
    assert not fewer.networks
    assert fewer.with_records(*records) == ds


def test_flat_rows_of_the_whole() -> None:
    """`to_dicts` gives one row per partnership."""
    assert [(row["city_1_id"], row["city_2_id"]) for row in DS.to_dicts()] == [("a", "b"), ("a", "c")]


def test_a_subclass_of_a_record_is_refused() -> None:
    """Subclasses of records are refused: their own fields have no place in a document."""

    class Office(tc.City):
        """A city with a desk."""

    with pytest.raises(tc.DatasetError, match=r"\$\.cities\[0\]: expected City, got "):
        tc.Dataset(cities=[Office(id="kuopio")])
    with pytest.raises(tc.DatasetError, match=r"\$\.cities\[0\]: expected City, got "):
        tc.Dataset().with_records(Office(id="kuopio"))
