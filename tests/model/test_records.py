"""The records: their fields, the values that they refuse and where, and when a tie was in force."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import twincities as tc

# --- Every class, with every field filled ----------------------------------------------------

# The fields of each class in their order; required ones end in `*`.
FIELDS: Mapping[type[Any], str] = {
    tc.City: "id* name names alt_names kind country_code subdivision_codes coordinates populations wikidata_id"
    " geonames_id alt_ids part_of succeeded_by summary milestones links contacts sources field_sources claims extra",
    tc.Partnership: "cities* kind names status status_since since until continues activities agreements milestones links"
    " contacts summary asserted_by sources field_sources claims extra",
    tc.CooperationArea: "id* pref_label alt_labels broader definition exact_match sources field_sources extra",
    tc.CooperationNetwork: "id* members* names kind status since until agreements activities milestones links contacts"
    " summary sources field_sources claims extra",
    tc.Activity: "areas summary organisations stage period sources",
    tc.Agreement: "names kind signed period areas url sources",
    tc.Claim: "field* value* sources asserted_by",
    tc.Contact: "role city url sources",
    tc.Coordinates: "latitude* longitude*",
    tc.Link: "title url language sources",
    tc.Milestone: "kind date stage summary sources",
    tc.Organisation: "names city role sources",
    tc.Population: "value* qualifier as_of sources",
    tc.Source: "id* title publisher url published retrieved licence language",
}
CLASSES = list(FIELDS)

FULL: Mapping[type[Any], Mapping[str, Any]] = {
    tc.Coordinates: {"latitude": 62.89238, "longitude": 27.67703},
    tc.Population: {"value": 122600, "qualifier": "over", "as_of": "2022-12", "sources": ["s1"]},
    tc.Link: {"title": "A story", "url": "https://example.org/a", "language": "zh-Hant", "sources": ["s1"]},
    tc.Claim: {"field": "since", "value": "1967", "sources": ["s2"], "asserted_by": ["gyor"]},
    tc.Contact: {
        "role": {"en": "international desk"},
        "city": "gyor",
        "url": "https://example.org/b",
        "sources": ["s1"],
    },
    tc.Organisation: {"names": {"fi": "Musiikkilukio"}, "city": "gyor", "role": "school", "sources": ["s1"]},
    tc.Milestone: {
        "kind": "conference",
        "date": "2023-05",
        "stage": "planned",
        "summary": {"en": "They meet."},
        "sources": ["s1"],
    },
    tc.Agreement: {
        "names": {"en": "Framework"},
        "kind": "friendship",
        "signed": "2013-05",
        "period": "2013/2018",
        "areas": ["music"],
        "url": "https://example.org/c",
        "sources": ["s1"],
    },
    tc.Source: {
        "id": "s1",
        "title": "A page",
        "publisher": "A city",
        "url": "https://example.org/d",
        "published": "2022~",
        "retrieved": "2024-01-02",
        "licence": "CC-BY-4.0",
        "language": "fi",
    },
    tc.Activity: {
        "areas": ["schools", "music"],
        "summary": {"en": "Pupils visit."},
        "organisations": [tc.Organisation(names={"en": "A school"}, city="gyor")],
        "stage": "ongoing",
        "period": "2019/..",
        "sources": ["s1"],
    },
    tc.City: {
        "id": "gyor",
        "name": "Győr",
        "names": {"hu": "Győr", "fi": "Györ"},
        "alt_names": ["Raab"],
        "kind": "city",
        "country_code": "HU",
        "subdivision_codes": ["HU-GY"],
        "coordinates": tc.Coordinates(latitude=47.68333, longitude=17.63512),
        "populations": [tc.Population(value=132034), tc.Population(value=130000, qualifier="about")],
        "wikidata_id": "Q134494",
        "geonames_id": "3052009",
        "alt_ids": ["Q1", "2"],
        "part_of": ["gyor-region"],
        "succeeded_by": ["new-gyor"],
        "summary": {"en": "A city on three rivers."},
        "milestones": [tc.Milestone(date="1271")],
        "links": [tc.Link(title="Its site")],
        "contacts": [tc.Contact(role="mayor's office")],
        "sources": ["s1"],
        "field_sources": {"wikidata_id": ["s2"], "names.fi": ["s1", "s2"]},
        "claims": [tc.Claim(field="names.fi", value="Gyor", sources=["s2"])],
        "extra": {"tool": {"seen": [1, 2.5, True, None, "text"]}},
    },
    tc.Partnership: {
        "cities": ("kuopio", "gyor"),
        "kind": "twinning",
        "names": {"fi": "ystävyyskaupunki"},
        "status": "suspended",
        "status_since": "2022-03",
        "since": "1977",
        "until": "2023",
        "continues": ("bodo", "kuopio"),
        "activities": [tc.Activity(areas=["music"])],
        "agreements": [tc.Agreement(period="1977/..")],
        "milestones": [tc.Milestone(kind="signed", date="1977-05-02")],
        "links": [tc.Link(title="A story")],
        "contacts": [tc.Contact(role="international desk")],
        "summary": {"en": "Music above all."},
        "asserted_by": ["kuopio"],
        "sources": ["s1"],
        "field_sources": {"since": ["s2"]},
        "claims": [tc.Claim(field="since", value="1978", asserted_by=["gyor"])],
        "extra": {"rank": 1},
    },
    tc.CooperationArea: {
        "id": "music",
        "pref_label": {"en": "music", "fi": "musiikki"},
        "alt_labels": {"en": ["choirs", "bands"], "sv": ["musik"]},
        "broader": ["culture"],
        "definition": {"en": "What is played and sung."},
        "exact_match": ["http://example.org/music"],
        "sources": ["s1"],
        "field_sources": {"pref_label.fi": ["s2"]},
        "extra": {"code": "M"},
    },
    tc.CooperationNetwork: {
        "id": "nordic",
        "members": ["kuopio", "bodo", "jonkoping"],
        "names": {"en": "Nordic twin cities", "sv": "Nordiska vänorter"},
        "kind": "twinning",
        "status": "active",
        "since": "194X",
        "until": "2050",
        "agreements": [tc.Agreement(period="2022/2029")],
        "activities": [tc.Activity(areas=["sport"])],
        "milestones": [tc.Milestone(kind="conference", date="2023-05")],
        "links": [tc.Link(title="Its page")],
        "contacts": [tc.Contact(role="coordinator")],
        "summary": {"en": "They meet every other year."},
        "sources": ["s1"],
        "field_sources": {"since": ["s2"]},
        "claims": [tc.Claim(field="kind", value="friendship")],
        "extra": {"rank": 1},
    },
}

# The least of each class.
LEAST: Mapping[type[Any], Mapping[str, Any]] = {
    **{cls: {} for cls in CLASSES},
    tc.Claim: {"field": "since", "value": "1967"},
    tc.City: {"id": "gyor"},
    tc.Partnership: {"cities": ("gyor", "kuopio")},
    tc.CooperationArea: {"id": "music"},
    tc.CooperationNetwork: {"id": "nordic", "members": ["bodo", "kuopio"]},
    tc.Coordinates: {"latitude": 0, "longitude": 0},
    tc.Population: {"value": 0},
    tc.Source: {"id": "s1"},
    tc.Link: {"title": "A story"},
}

each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
each_field = pytest.mark.parametrize(
    ("cls", "name"),
    [(cls, name.rstrip("*")) for cls in CLASSES for name in FIELDS[cls].split()],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
WITH_EXTRA = [tc.City, tc.Partnership, tc.CooperationArea, tc.CooperationNetwork]


def _full(cls: type[Any], **changes: Any) -> Any:
    return cls(**{**FULL[cls], **changes})


def _problems(make: Callable[[], object]) -> tuple[str, list[tuple[str, str]]]:
    with pytest.raises(tc.InvalidRecordError) as raised:
        make()
    return raised.value.record, [(problem.path, problem.message) for problem in raised.value.problems]


def _is_frozen(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_frozen, value))
    if isinstance(value, Mapping):
        return isinstance(value, tc.FrozenDict) and all(map(_is_frozen, value.values()))
    return not isinstance(value, list | set)


# --- The shape of the classes ----------------------------------------------------------------


@each_class
def test_a_class_has_its_fields_and_requires_few(cls: type[Any]) -> None:
    """The fields are those of the contract, in its order; only the marked ones are required, all by keyword."""
    expected = FIELDS[cls].split()
    parameters = inspect.signature(cls).parameters.values()
    marked = [p.name + "*" * (p.default is inspect.Parameter.empty) for p in parameters]
    assert marked == expected
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert [field.name for field in attrs.fields(cls)] == [name.rstrip("*") for name in expected]


def test_every_record_class_is_tried_here() -> None:
    """The tables above leave out no record of the public API."""
    public = {value for name in tc.__all__ if isinstance(value := getattr(tc, name), type)}
    assert {value for value in public if hasattr(value, "RULES")} == set(CLASSES)
    assert set(FULL) == set(CLASSES)
    for cls, fields in FULL.items():
        assert list(fields) == [name.rstrip("*") for name in FIELDS[cls].split()]


@each_class
def test_the_signature_shows_what_a_field_takes(cls: type[Any]) -> None:
    """`inspect.signature`, and so help and notebooks, shows the type of each field, not `Any`."""
    for name, parameter in inspect.signature(cls).parameters.items():
        assert parameter.annotation not in (inspect.Parameter.empty, Any), name
    assert inspect.signature(tc.City).parameters["kind"].annotation == tc.PlaceKind | str | None


@each_class
def test_what_is_not_given_is_none_or_empty(cls: type[Any]) -> None:
    """Unknown is `None` or empty, never a guess; a city's name is its id and a number is taken as exact."""
    record = cls(**LEAST[cls])
    told = {"name": "gyor", "qualifier": tc.Qualifier.EXACT}
    for field in attrs.fields(cls):
        if field.name not in LEAST[cls]:
            value = getattr(record, field.name)
            assert value == told.get(field.name, value)
            assert field.name in told or value in (None, (), {})


@each_class
def test_a_field_keeps_what_it_is_given(cls: type[Any]) -> None:
    """Every field keeps its value: lists as tuples, mappings read-only, words as members, dates as dates."""
    record = _full(cls)
    for name, value in FULL[cls].items():
        kept = getattr(record, name)
        if isinstance(value, list):
            assert kept == tuple(value)
        elif name == "cities":
            assert kept == ("gyor", "kuopio")
        elif name in {"alt_labels", "field_sources"}:
            assert kept == {key: tuple(items) for key, items in value.items()}
        elif isinstance(value, Mapping):
            assert dict(kept) == {"tool": {"seen": (1, 2.5, True, None, "text")}} if "tool" in value else value
        elif isinstance(kept, tc.EdtfDate | tc.EdtfInterval):
            assert str(kept) == value
        else:
            assert kept == value
        assert _is_frozen(kept)


@each_class
def test_a_record_is_frozen_and_slotted(cls: type[Any]) -> None:
    """No field can be assigned or deleted, and none can be added."""
    record = _full(cls)
    for name in [*FULL[cls], "note"]:
        with pytest.raises(AttributeError):
            setattr(record, name, None)
        with pytest.raises(AttributeError):
            delattr(record, name)
    assert not hasattr(record, "__dict__")
    assert record == _full(cls)


@each_class
def test_a_record_takes_keywords_alone(cls: type[Any]) -> None:
    """Fields are named when a record is made, and unknown ones refused."""
    with pytest.raises(TypeError):
        cls(*LEAST[cls].values(), "value")
    with pytest.raises(TypeError):
        cls(**LEAST[cls], colour="red")


@each_class
def test_the_required_fields_are_required(cls: type[Any]) -> None:
    """A record without a required field can't be made."""
    for name in FIELDS[cls].split():
        if name.endswith("*"):
            fields = {key: value for key, value in LEAST[cls].items() if key != name.rstrip("*")}
            with pytest.raises(TypeError, match=name.rstrip("*")):
                cls(**fields)


@each_class
def test_a_record_is_equal_by_content(cls: type[Any]) -> None:
    """Two records made alike are equal, hash the same and are one in a set; of another class none is equal."""
    first, second = _full(cls), _full(cls)
    assert first is not second
    assert first == second
    assert hash(first) == hash(second)
    assert len({first, second}) == 1
    assert first != cls(**LEAST[cls])
    assert all(first != _full(other) for other in CLASSES if other is not cls)
    with pytest.raises(TypeError):
        _ = first < second


@each_field
def test_every_field_counts_in_equality(cls: type[Any], name: str) -> None:
    """A record that differs in any one field isn't equal."""
    other = {
        "id": "other",
        "cities": ("kuopio", "opole"),
        "members": ["kuopio", "opole"],
        "latitude": 1,
        "longitude": 1,
        "value": 1,
        "qualifier": "about",
        "name": "Another",
        "continues": (),
        "field": "until",
    }
    least = LEAST[cls].get(name, None if name not in other else other[name])
    changes: dict[str, Any] = {name: other.get(name, least)}
    if changes[name] is None and isinstance(FULL[cls][name], list | dict):
        changes[name] = type(FULL[cls][name])()
    if cls is tc.Partnership and name == "cities":
        changes |= {"asserted_by": ["kuopio"], "claims": ()}
    if cls is tc.Claim and name == "value":
        changes["value"] = "1968"
    if cls is tc.Link and name == "title":
        changes["title"] = "Another"
    assert _full(cls, **changes) != _full(cls)


@each_class
@pytest.mark.parametrize("make", [_full, lambda cls: cls(**LEAST[cls])], ids=["full", "least"])
def test_a_record_copies_and_pickles(cls: type[Any], make: Callable[[type[Any]], Any]) -> None:
    """Copies and pickles of every protocol are equal, hash the same and stay frozen."""
    record = make(cls)
    pickled = [pickle.loads(pickle.dumps(record, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for copied in [copy.copy(record), copy.deepcopy(record), *pickled]:
        assert type(copied) is cls
        assert copied == record
        assert hash(copied) == hash(record)
        assert all(_is_frozen(getattr(copied, field.name)) for field in attrs.fields(cls))


@each_field
def test_a_record_evolves(cls: type[Any], name: str) -> None:
    """`attrs.evolve` sets one field and keeps the others, through the same rules."""
    record, changed = cls(**LEAST[cls]), {name: FULL[cls][name]}
    evolved = attrs.evolve(record, **changed)
    assert getattr(evolved, name) == getattr(_full(cls), name)
    for field in attrs.fields(cls):
        if field.name != name:
            assert getattr(evolved, field.name) == getattr(record, field.name)
    assert attrs.evolve(_full(cls)) == _full(cls)
    with pytest.raises(tc.InvalidRecordError):
        attrs.evolve(record, **{name: object()})


@each_class
@pytest.mark.parametrize("make", [_full, lambda cls: cls(**LEAST[cls])], ids=["full", "least"])
def test_a_record_shows_itself_on_one_short_line(cls: type[Any], make: Callable[[type[Any]], Any]) -> None:
    """`repr` names the class and fits on a line, however much the record holds."""
    shown = repr(make(cls))
    assert shown.startswith(f"{cls.__name__}(")
    assert shown.endswith(")")
    assert shown.isprintable()
    assert len(shown) <= 500


def test_a_repr_tells_what_is_asked_at_a_glance() -> None:
    """A repr shows words, numbers and a few ids; `…` stands for long values and the rest."""
    assert repr(tc.City(id="gyor", country_code="HU")) == "City(id='gyor', name='gyor', country_code='HU')"
    assert repr(tc.City(id="gyor", names={"fi": "Györ"})) == "City(id='gyor', name='gyor', …)"
    assert repr(tc.Organisation(names={"en": "Savonia", "fi": "Savonia"}, city="kuopio")) == (
        "Organisation(names={'en': 'Savonia'}, city='kuopio', …)"
    )
    assert repr(tc.Agreement(names={"en": "Agreement"})) == "Agreement(names={'en': 'Agreement'})"
    assert repr(tc.Partnership(cities=("opole", "kuopio"), since="1980", status="active")) == (
        "Partnership(cities=('kuopio', 'opole'), status='active', since=EdtfDate('1980'))"
    )
    assert repr(tc.Link(title="long " * 50, url="https://example.org/")) == "Link(url='https://example.org/', …)"
    assert repr(tc.Milestone(kind="signed", date="1977")) == "Milestone(kind='signed', date=EdtfDate('1977'))"
    assert repr(tc.Activity()) == "Activity()"


@pytest.mark.parametrize("cls", [tc.City, tc.CooperationArea, tc.CooperationNetwork, tc.Source])
def test_hashes_tell_ids_apart(cls: type[Any]) -> None:
    """Records of different ids have different hashes, so that sets of them are quick."""
    members = {"members": ("a", "b")} if cls is tc.CooperationNetwork else {}
    assert len({hash(cls(id=f"id-{number}", **members)) for number in range(9)}) == 9


def test_hashes_tell_pairs_apart() -> None:
    """Partnerships are identified by their cities, in whatever order these were given."""
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    hashes = [hash(tc.Partnership(cities=pair)) for pair in pairs]
    assert len(set(hashes)) == 3
    assert hashes == [hash(tc.Partnership(cities=pair[::-1], since="1980")) for pair in pairs]


@pytest.mark.parametrize("cls", WITH_EXTRA, ids=lambda cls: cls.__name__)
def test_extra_counts_in_equality_but_not_in_the_hash(cls: type[Any]) -> None:
    """Records that differ only in `extra` have the same hash and aren't equal."""
    first, second = _full(cls, extra={"a": 1}), _full(cls, extra={"a": 2})
    assert hash(first) == hash(second)
    assert first != second
    assert len({first, second}) == 2


def _whole() -> tc.Dataset:
    """A data set with a full record of each class, and everything they refer to."""
    return tc.Dataset(
        cities=[
            _full(tc.City),
            tc.City(id="kuopio"),
            tc.City(id="bodo"),
            tc.City(id="jonkoping"),
            tc.City(id="gyor-region"),
            tc.City(id="new-gyor"),
        ],
        partnerships=[
            _full(tc.Partnership, **{name: [_full(cls)] for name, cls in PARTS.items()}),
            tc.Partnership(cities=("kuopio", "bodo")),
        ],
        areas=[_full(tc.CooperationArea), *(tc.CooperationArea(id=id) for id in ("culture", "schools", "sport"))],
        networks=[_full(tc.CooperationNetwork)],
        sources=[_full(tc.Source), tc.Source(id="s2")],
        vocabulary=None,
    )


PARTS: Mapping[str, type[Any]] = {
    "activities": tc.Activity,
    "agreements": tc.Agreement,
    "milestones": tc.Milestone,
    "links": tc.Link,
    "contacts": tc.Contact,
}


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from _records(item)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from _records(getattr(value, field.name))


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda ds: tc.from_dict(ds.to_dict()), id="dict"),
        pytest.param(lambda ds: tc.from_json(ds.to_json()), id="json"),
        pytest.param(
            lambda ds: tc.from_json(ds.to_json().replace(b'"gyor","kuopio"', b'"kuopio","gyor"')), id="turned"
        ),
    ],
)
def test_a_record_that_was_read_is_as_good_as_one_made_by_hand(read: Callable[[tc.Dataset], tc.Dataset]) -> None:
    """Records from a document are equal to those made by hand, hash alike, and are frozen down to the bottom."""
    made = _whole()
    again = read(made)
    mine, theirs = (
        [*_records((*ds.cities.values(), *ds.partnerships.values(), *ds.areas.values(), *ds.networks.values()))]
        for ds in (made, again)
    )
    assert {type(record) for record in mine} == set(CLASSES) - {tc.Source}
    assert theirs == mine
    assert list(map(hash, theirs)) == list(map(hash, mine))
    for record in [*theirs, *again.sources.values()]:
        assert all(_is_frozen(getattr(record, field.name)) for field in attrs.fields(type(record)))
    assert again.partnerships["kuopio", "gyor"].cities == ("gyor", "kuopio")
    assert again == made


def _mappings() -> Iterator[tuple[type[Any], str]]:
    for cls in CLASSES:
        for name, value in FULL[cls].items():
            if isinstance(value, dict):
                yield cls, name


@pytest.mark.parametrize(("cls", "name"), list(_mappings()), ids=str)
def test_a_mapping_in_a_record_is_read_only(cls: type[Any], name: str) -> None:
    """A mapping can't be changed through the record, hashes, and doesn't follow the dict that it was made from."""
    given_dict: Any = copy.deepcopy(FULL[cls][name])
    record = _full(cls, **{name: given_dict})
    kept = getattr(record, name)
    hash(kept)
    with pytest.raises(TypeError, match="read-only"):
        kept["xx"] = "changed"
    given_dict.clear()
    assert kept == getattr(_full(cls), name)
    assert type(getattr(cls(**LEAST[cls]), name)) is tc.FrozenDict


# --- Types -----------------------------------------------------------------------------------


@each_field
@pytest.mark.parametrize("value", [object(), b"bytes", 3j], ids=["object", "bytes", "complex"])
def test_a_wrong_type_is_refused_with_class_and_field(cls: type[Any], name: str, value: Any) -> None:
    """A value of a wrong type in any field raises the library's error, with the class and the field."""
    record, problems = _problems(lambda: cls(**{**LEAST[cls], name: value}))
    assert record == cls.__name__
    assert [path for path, _ in problems] == [f"$.{name}"]
    assert problems[0][1].startswith("expected ")


@pytest.mark.parametrize(
    ("cls", "name", "value", "words"),
    [
        (tc.City, "id", None, "expected text, got None"),
        (tc.City, "id", 5, "expected text, got 5"),
        (tc.City, "geonames_id", 650224, "expected text, got 650224"),
        (tc.City, "alt_names", "Raab", "expected a list of texts, got 'Raab'"),
        (tc.City, "alt_names", ["Raab", 5], "expected text, got 5"),
        (tc.City, "alt_names", None, "expected a list of texts, got None"),
        (tc.City, "names", ["Raab"], "expected a mapping such as {'fi': 'Kuopio'}, got list of 1"),
        (tc.City, "names", {"fi": 5}, "expected text, got 5"),
        (tc.City, "names", {5: "Raab"}, "expected text, got 5"),
        (tc.City, "names", None, "expected a mapping such as {'fi': 'Kuopio'}, got None"),
        (tc.City, "coordinates", (47.7, 17.6), "expected Coordinates(latitude=…, longitude=…), got tuple of 2"),
        (tc.City, "populations", [5], "expected Population, got 5"),
        (tc.City, "links", [{"title": "a"}], "expected Link, got dict of 1"),
        (tc.City, "links", {"title": "a"}, "expected a list of Link, got dict of 1"),
        (tc.City, "links", tc.Link(title="a"), "expected a list of Link, got Link(title='a')"),
        (tc.City, "milestones", [tc.Link(title="a")], "expected Milestone, got Link(title='a')"),
        (tc.City, "contacts", ["mayor"], "expected Contact, got 'mayor'"),
        (tc.City, "extra", [], "expected a mapping, got list of 0"),
        (tc.City, "extra", None, "expected a mapping, got None"),
        (tc.City, "field_sources", {"name": "s1"}, "expected a list of ids, got 's1'"),
        (tc.City, "field_sources", [], "expected a mapping such as {'since': ['kuopio-page']}, got list of 0"),
        (tc.Partnership, "cities", "ab", "expected a list of ids, got 'ab'"),
        (tc.Partnership, "cities", ("kuopio",), "expected the ids of two cities, got 1"),
        (tc.Partnership, "cities", ("a", "b", "c"), "expected the ids of two cities, got 3"),
        (tc.Partnership, "cities", ("a", None), "expected an id, got None"),
        (tc.Partnership, "since", 1.5, "expected a date as text, got 1.5"),
        (tc.Partnership, "since", "1980/..", "expected a single date, not an interval, got '1980/..'"),
        (tc.Partnership, "agreements", [None], "expected Agreement, got None"),
        (tc.Partnership, "activities", [5], "expected Activity, got 5"),
        (tc.CooperationArea, "alt_labels", {"en": "music"}, "expected a list of texts, got 'music'"),
        (tc.CooperationNetwork, "members", "kuopio", "expected a list of ids, got 'kuopio'"),
        (tc.Activity, "organisations", ["a school"], "expected Organisation, got 'a school'"),
        (tc.Source, "published", "May 2023", "expected a date such as 1940"),
        (tc.Agreement, "period", "2013", "expected an interval such as 2022/2029"),
        (tc.Agreement, "period", tc.EdtfDate("2013"), "expected an interval as text"),
        (tc.Population, "value", True, "expected a whole number, got True"),
        (tc.Population, "value", 5.0, "expected a whole number, got 5.0"),
        (tc.Population, "value", "5", "expected a whole number, got '5'"),
        (tc.Coordinates, "latitude", True, "expected a number, got True"),
        (tc.Coordinates, "longitude", "17.6", "expected a number, got '17.6'"),
        (tc.Coordinates, "longitude", None, "expected a number, got None"),
        (tc.Coordinates, "latitude", 10**400, "expected a number in range, got a whole number of very many digits"),
    ],
)
def test_a_wrong_type_is_reported_with_what_was_expected(cls: type[Any], name: str, value: Any, words: str) -> None:
    """The message says what was expected and what was given."""
    record, problems = _problems(lambda: cls(**{**LEAST[cls], name: value}))
    assert record == cls.__name__
    ((path, message),) = problems
    assert re.match(re.escape(f"$.{name}") + r"(\[|\.|$)", path)
    assert words in message


@pytest.mark.parametrize(
    ("cls", "name", "words"),
    [
        (tc.City, "kind", tc.PlaceKind),
        (tc.Partnership, "kind", tc.PartnershipKind),
        (tc.Partnership, "status", tc.PartnershipStatus),
        (tc.Activity, "stage", tc.Stage),
        (tc.Milestone, "kind", tc.MilestoneKind),
        (tc.Milestone, "stage", tc.Stage),
        (tc.Population, "qualifier", tc.Qualifier),
    ],
    ids=str,
)
def test_a_word_of_a_closed_list_is_given_as_text_or_member(cls: type[Any], name: str, words: Any) -> None:
    """Each word is taken as text and kept as its member; another word is refused with the whole list."""
    for word in words:
        for value in (word, word.value):
            assert getattr(cls(**{**LEAST[cls], name: value}), name) is word
    for wrong in ["nonsense", word.value.upper(), "", 5, []]:
        record, problems = _problems(lambda wrong=wrong: cls(**{**LEAST[cls], name: wrong}))
        assert record == cls.__name__
        ((path, message),) = problems
        assert path == f"$.{name}"
        assert message.startswith(f"expected one of {', '.join(words)}, got ")


def test_lists_may_be_any_iterable() -> None:
    """A generator or a tuple is as good as a list, and its order is kept."""
    assert tc.City(id="a", alt_names=(name for name in "cab")).alt_names == ("c", "a", "b")
    assert tc.CooperationNetwork(id="n", members=dict.fromkeys("ba").keys()).members == ("b", "a")


def test_whole_numbers_are_good_degrees() -> None:
    """A whole number of degrees is taken and kept as a float."""
    point = tc.Coordinates(latitude=62, longitude=-27)
    assert (point.latitude, point.longitude) == (62.0, -27.0)
    assert type(point.latitude) is float
    assert point == tc.Coordinates(latitude=62.0, longitude=-27.0)


# --- Rules -----------------------------------------------------------------------------------

ID_WORDS = "expected an id of ASCII letters, digits and . _ - (such as 'castrop-rauxel'), got"
FILE_WORDS = "expected an id that can name a file on any system, got"
TAG_WORDS = "expected a BCP 47 language tag (such as 'fi' or 'zh-Hant'), got"
URL_WORDS = "expected a URL that begins with http:// or https://, got"
BLANK_WORDS = "expected text that isn't blank, got"
TWICE_WORDS = "expected each item once, got"
FIELD_WORDS = "expected the name of a field, such as 'since' or 'names.fi', got"
SURROGATE_WORDS = "expected Unicode text, got a lone surrogate in"

BAD_IDS = ["", " ", "a b", " a", "a ", "a\n", "györ", "a/b", "a\\b", "a:b", "-a", ".a", "_a", "a" * 101, "\u0661"]
UNSAFE_IDS = ["con", "CON", "Con.txt", "prn", "aux", "nul", "nul.tar.gz", "com1", "LPT9", "a.", "a.."]
BAD_TAGS = ["", "f", "FI", "fi_FI", "finnish", "fi-", "-fi", "fi FI", "fi-é", "1fi", "fi-123456789", "fi\n"]
BAD_URLS = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,a",
    "ftp://example.org",
    "file:///etc/passwd",
    "example.org",
    "//example.org",
    "http:/example.org",
    "http://",
    "https://example.org/a b",
    "https://example.org/<script>",
    'https://example.org/"',
    "https://example.org/\n",
    " https://example.org",
    "",
]
BLANK = ["", " ", "\n\t", "\u00a0", "\u3000"]


def _nested(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"in": value}
    return value


def _circle() -> dict[str, Any]:
    circle: dict[str, Any] = {}
    circle["again"] = circle
    return circle


def _circle_of_lists() -> list[Any]:
    circle: list[Any] = []
    circle.append(circle)
    return circle


RULES: list[tuple[type[Any], Mapping[str, Any], str, str]] = [
    # ids
    *((tc.City, {"id": bad, "name": "A"}, "$.id", ID_WORDS) for bad in BAD_IDS),
    *((cls, {"id": bad}, "$.id", ID_WORDS) for cls in (tc.Source, tc.CooperationArea) for bad in BAD_IDS),
    *((tc.CooperationNetwork, {"id": bad}, "$.id", ID_WORDS) for bad in BAD_IDS),
    *((cls, {"id": bad}, "$.id", FILE_WORDS) for cls in (tc.City, tc.Source) for bad in UNSAFE_IDS),
    *((tc.CooperationArea, {"id": bad}, "$.id", FILE_WORDS) for bad in UNSAFE_IDS),
    *((tc.CooperationNetwork, {"id": bad}, "$.id", FILE_WORDS) for bad in UNSAFE_IDS),
    *((tc.Partnership, {"cities": (bad, "Z")}, "$.cities[0]", ID_WORDS) for bad in ["", " ", "-a"]),
    *((tc.Partnership, {"cities": ("A", bad)}, "$.cities[1]", ID_WORDS) for bad in ["a b", "györ", "a/b"]),
    (tc.Contact, {"city": "a b"}, "$.city", ID_WORDS),
    (tc.Organisation, {"city": "györ"}, "$.city", ID_WORDS),
    (tc.Activity, {"areas": ["music", "a b"]}, "$.areas[1]", ID_WORDS),
    (tc.CooperationArea, {"broader": ["a b"]}, "$.broader[0]", ID_WORDS),
    (tc.CooperationNetwork, {"members": ["kuopio", "a b"]}, "$.members[1]", ID_WORDS),
    *((cls, {"sources": ["s1", ""]}, "$.sources[1]", ID_WORDS) for cls in CLASSES if "sources" in FULL[cls]),
    *((cls, {"sources": ["s1", "s1"]}, "$.sources[1]", TWICE_WORDS) for cls in CLASSES if "sources" in FULL[cls]),
    # codes
    *(
        (tc.City, {"country_code": bad}, "$.country_code", "expected an ISO 3166-1 alpha-2 code (such as 'FI'), got")
        for bad in ["fi", "FIN", "F", "", "F1", "ÅL", "FI "]
    ),
    *(
        (tc.City, {"subdivision_codes": ["HU-GY", bad]}, "$.subdivision_codes[1]", "expected an ISO 3166-2 code")
        for bad in ["HU", "HU-", "hu-GY", "HU-GYOR", "HU_GY", "GY"]
    ),
    (tc.City, {"subdivision_codes": ["HU-GY", "HU-GY"]}, "$.subdivision_codes[1]", TWICE_WORDS),
    *(
        (tc.City, {"wikidata_id": bad}, "$.wikidata_id", "expected a Wikidata id (such as 'Q162279'), got")
        for bad in ["q1", "Q0", "Q01", "1", "", "Q", "P31", "Q1 ", "http://www.wikidata.org/entity/Q1", "Q١"]
    ),
    *(
        (tc.City, {"geonames_id": bad}, "$.geonames_id", "expected a GeoNames id of digits, as text")
        for bad in ["0", "01", "", "-1", "1.0", "Q1", "１"]
    ),
    *(
        (tc.City, {"alt_ids": ["Q1", bad]}, "$.alt_ids[1]", "expected a Wikidata or GeoNames id (such as 'Q39383')")
        for bad in ["q1", "0", "", "Q1x", "1Q1"]
    ),
    (tc.City, {"alt_ids": ["Q1", "Q1"]}, "$.alt_ids[1]", TWICE_WORDS),
    # texts
    *((tc.City, {"name": bad}, "$.name", BLANK_WORDS) for bad in BLANK),
    *((tc.City, {"alt_names": ["Raab", bad]}, "$.alt_names[1]", BLANK_WORDS) for bad in BLANK),
    (tc.City, {"alt_names": ["Raab", "Raab"]}, "$.alt_names[1]", TWICE_WORDS),
    *((tc.Source, {name: " "}, f"$.{name}", BLANK_WORDS) for name in ("title", "publisher", "licence")),
    (tc.Link, {"title": ""}, "$.title", BLANK_WORDS),
    (tc.Link, {"title": None}, "$", "expected a title, a url or both"),
    (tc.Contact, {"role": ""}, "$.role", BLANK_WORDS),
    (tc.Organisation, {"role": "\t"}, "$.role", BLANK_WORDS),
    # texts by language
    *(
        (cls, {name: {"fi": "a", "sv": " "}}, f"$.{name}.sv", BLANK_WORDS)
        for cls, name in _mappings()
        if name in {"names", "summary", "pref_label", "definition"}
    ),
    *(
        (cls, {name: {"fi": "a", "in Swedish": "b"}}, f"$.{name}['in Swedish']", TAG_WORDS)
        for cls, name in _mappings()
        if name in {"names", "summary", "pref_label", "definition"}
    ),
    *((tc.City, {"names": {bad: "a"}}, "$.names", TAG_WORDS) for bad in BAD_TAGS),
    (tc.CooperationArea, {"alt_labels": {"en": ["a", ""]}}, "$.alt_labels.en[1]", BLANK_WORDS),
    (tc.CooperationArea, {"alt_labels": {"en": ["a", "b", "a"]}}, "$.alt_labels.en[2]", TWICE_WORDS),
    (tc.CooperationArea, {"alt_labels": {"English": ["a"]}}, "$.alt_labels.English", TAG_WORDS),
    *((tc.Source, {"language": bad}, "$.language", TAG_WORDS) for bad in BAD_TAGS),
    (tc.Link, {"language": "english"}, "$.language", TAG_WORDS),
    # URLs
    *(
        (cls, {"url": bad}, "$.url", URL_WORDS)
        for cls in (tc.Agreement, tc.Contact, tc.Link, tc.Source)
        for bad in BAD_URLS
    ),
    *((tc.CooperationArea, {"exact_match": [bad]}, "$.exact_match[0]", URL_WORDS) for bad in BAD_URLS),
    (tc.CooperationArea, {"exact_match": ["http://a", "http://a"]}, "$.exact_match[1]", TWICE_WORDS),
    # numbers
    *(
        (tc.Coordinates, {"latitude": bad}, "$.latitude", "expected degrees from -90 to 90, got")
        for bad in [90.0001, -90.0001, 91, float("nan"), float("inf"), float("-inf")]
    ),
    *(
        (tc.Coordinates, {"longitude": bad}, "$.longitude", "expected degrees from -180 to 180, got")
        for bad in [180.0001, -181, float("nan"), float("inf"), float("-inf")]
    ),
    *(
        (tc.Population, {"value": bad}, "$.value", "expected a number of people, 0 or more, got")
        for bad in [-1, 2**53, 10**5000]
    ),
    # across fields
    (tc.Partnership, {"cities": ("kuopio", "kuopio")}, "$.cities", "expected two different cities, got 'kuopio' twice"),
    (tc.Partnership, {"asserted_by": ["gyor", "opole"]}, "$.asserted_by[1]", "expected one of the two cities, got"),
    (tc.Partnership, {"asserted_by": ["gyor", "gyor"]}, "$.asserted_by[1]", TWICE_WORDS),
    (
        tc.Partnership,
        {"since": "1980", "until": "1979-12-31"},
        "$.until",
        "expected an end that isn't before the start 1980, got 1979-12-31",
    ),
    (tc.CooperationNetwork, {"members": []}, "$.members", "expected 2 or more, got 0"),
    (tc.CooperationNetwork, {"members": ["kuopio"]}, "$.members", "expected 2 or more, got 1"),
    (tc.CooperationNetwork, {"members": ["kuopio", "bodo", "kuopio"]}, "$.members[2]", TWICE_WORDS),
    (tc.CooperationArea, {"broader": ["culture", "music"]}, "$.broader[1]", "expected an area other than itself"),
    (tc.CooperationArea, {"broader": ["culture", "culture"]}, "$.broader[1]", TWICE_WORDS),
    (
        tc.CooperationArea,
        {"pref_label": {"en": "music"}, "alt_labels": {"fi": ["music"], "en": ["bands", "music"]}},
        "$.alt_labels.en",
        "expected labels other than the preferred label 'music'",
    ),
    *(
        (tc.City, {name: ["gyor"]}, f"$.{name}[0]", "expected a city other than itself")
        for name in ("part_of", "succeeded_by")
    ),
    *((tc.City, {name: ["a", "a"]}, f"$.{name}[1]", TWICE_WORDS) for name in ("part_of", "succeeded_by")),
    (tc.Partnership, {"continues": ["a"]}, "$.continues", "expected the ids of two cities, got 1"),
    (tc.Partnership, {"continues": ["a", "a"]}, "$.continues", "expected two different cities, got 'a' twice"),
    (
        tc.Partnership,
        {"continues": ["kuopio", "gyor"]},
        "$.continues",
        "expected the cities of another tie",
    ),
    (tc.Agreement, {"areas": ["music", "music"]}, "$.areas[1]", TWICE_WORDS),
    (
        tc.CooperationNetwork,
        {"since": "1980", "until": "1979"},
        "$.until",
        "expected an end that isn't before the start",
    ),
    (tc.Claim, {"field": ""}, "$.field", BLANK_WORDS),
    (tc.Claim, {"value": " "}, "$.value", BLANK_WORDS),
    (tc.Claim, {"asserted_by": ["a", "a"]}, "$.asserted_by[1]", TWICE_WORDS),
    # where facts come from
    *(
        (cls, {"field_sources": {bad: ["s1"]}}, f"$.field_sources{step}", FIELD_WORDS)
        for cls in WITH_EXTRA
        for bad, step in [
            ("colour", ".colour"),
            ("", "['']"),
            (".fi", "['.fi']"),
            ("sources", ".sources"),
            ("field_sources", ".field_sources"),
            ("extra.tool", "['extra.tool']"),
        ]
    ),
    (tc.Partnership, {"field_sources": {"labels.fi": ["s1"]}}, "$.field_sources['labels.fi']", FIELD_WORDS),
    (tc.City, {"field_sources": {"since": ["s1"]}}, "$.field_sources.since", FIELD_WORDS),
    (tc.City, {"field_sources": {"names.fi": ["s 1"]}}, "$.field_sources['names.fi'][0]", ID_WORDS),
    (tc.City, {"field_sources": {"name": ["s1", "s1"]}}, "$.field_sources.name[1]", TWICE_WORDS),
    # what other tools keep
    *(
        (cls, {"extra": extra}, path, words)
        for cls in WITH_EXTRA
        for extra, path, words in [
            ({"": 1}, "$.extra['']", "expected a name that isn't blank, got ''"),
            ({" ": 1}, "$.extra[' ']", "expected a name that isn't blank, got ' '"),
            ({5: 1}, "$.extra['5']", "expected a name as text, got 5"),
            ({None: 1}, "$.extra.None", "expected a name as text, got None"),
            ({"a": {5: 1}}, "$.extra.a['5']", "expected a name as text, got 5"),
            ({"a": [1, float("nan")]}, "$.extra.a[1]", "expected a finite number, got nan"),
            ({"a": float("inf")}, "$.extra.a", "expected a finite number, got inf"),
            ({"a b": -float("inf")}, "$.extra['a b']", "expected a finite number, got -inf"),
            ({"a": 2**53}, "$.extra.a", "expected a whole number within ±(2^53 - 1), got 9007199254740992"),
            ({"a": -(2**53)}, "$.extra.a", "expected a whole number within ±(2^53 - 1), got -9007199254740992"),
            ({"a": 10**5000}, "$.extra.a", "expected a whole number within ±(2^53 - 1), got a whole number of very"),
            ({"a": {1}}, "$.extra.a", "expected a JSON value, got set of 1"),
            ({"a": b"1"}, "$.extra.a", "expected a JSON value, got b'1'"),
            ({"a": [date(2020, 1, 1)]}, "$.extra.a[0]", "expected a JSON value, got datetime.date(2020, 1, 1)"),
            ({"a": 1j}, "$.extra.a", "expected a JSON value, got 1j"),
            ({"a": "\ud800"}, "$.extra.a", SURROGATE_WORDS),
            ({"a": {"b": ["\udfff"]}}, "$.extra.a.b[0]", SURROGATE_WORDS),
            ({"\ud800": 1}, "$.extra['\\ud800']", SURROGATE_WORDS),
            ({"a": {"\ud800": 1}}, "$.extra.a['\\ud800']", SURROGATE_WORDS),
        ]
    ),
]


@pytest.mark.parametrize(
    ("cls", "fields", "path", "words"), RULES, ids=lambda value: value.__name__ if isinstance(value, type) else None
)
def test_a_broken_rule_is_reported_with_its_path(
    cls: type[Any], fields: Mapping[str, Any], path: str, words: str
) -> None:
    """Each rule of each field refuses with the class, the exact path and what was expected."""
    record, problems = _problems(lambda: cls(**{**LEAST[cls], **fields}))
    assert record == cls.__name__
    if path == "$.names":  # odd tags make odd steps
        assert len(problems) == 1
        assert problems[0][0].startswith(path)
        assert problems[0][1].startswith(words)
    else:
        assert [message for where, message in problems if where == path and message.startswith(words)]
        assert {where for where, _ in problems} == {path}


@pytest.mark.parametrize(
    ("cls", "fields"),
    [
        *((tc.City, {"id": good}) for good in ["a", "A", "1", "a.b", "a_b-c.d", "a" * 100, "console", "com10", "xcon"]),
        *((tc.City, {"names": {tag: "a"}}) for tag in ["fi", "yue", "zh-Hant", "sr-Latn-RS", "ca-valencia", "es-419"]),
        *((tc.Link, {"url": url}) for url in ["http://a", "https://example.org/ä?q=1#b", "https://例え.jp/"]),
        *((tc.Coordinates, {"latitude": a, "longitude": b}) for a, b in [(90, 180), (-90, -180), (-0.0, 0.0)]),
        *((tc.Population, {"value": value}) for value in [0, 2**53 - 1]),
        (tc.City, {"geonames_id": "1", "wikidata_id": "Q1", "subdivision_codes": ["FI-15", "SE-F", "GB-ENG"]}),
        (tc.Partnership, {"asserted_by": ["kuopio", "gyor"]}),
        (tc.Partnership, {"status_since": "2022"}),
        (tc.CooperationArea, {"pref_label": {"en": "music"}, "alt_labels": {"fi": ["music"], "en": ["Music"]}}),
        (tc.CooperationArea, {"pref_label": {"en": "music"}, "alt_labels": {"en": []}}),
        (tc.Link, {"title": None, "url": "https://example.org"}),
        (tc.City, {"extra": {"a": _nested(49)}}),
        (tc.City, {"extra": {"a": [True, False, None, 0, -1, 2**53 - 1, -(2**53) + 1, 1.5, -0.0, 1e308, "", "ä"]}}),
        (tc.City, {"extra": {"a b": {"": 1, " ": {}}}}),
        (tc.City, {"field_sources": {"names": ["s1"], "names.zh-Hant": [], "id": ["s1"]}}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_what_keeps_the_rules_is_taken(cls: type[Any], fields: Mapping[str, Any]) -> None:
    """Values at the limits are accepted."""
    assert isinstance(cls(**{**LEAST[cls], **fields}), cls)


@pytest.mark.parametrize("cls", WITH_EXTRA, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("make", [lambda: _nested(51), lambda: _nested(500), _circle, _circle_of_lists])
def test_extra_has_a_depth(cls: type[Any], make: Callable[[], Any]) -> None:
    """More than fifty levels are refused, and so are circles, which have no end of them."""
    record, problems = _problems(lambda: cls(**LEAST[cls], extra={"a": make()}))
    assert record == cls.__name__
    ((path, message),) = problems
    assert path.startswith("$.extra.a")
    assert message == "expected at most 50 levels of lists and objects"


def _texts() -> Iterator[tuple[type[Any], str, Any]]:
    for cls in CLASSES:
        for name, value in FULL[cls].items():
            bad = "a\ud800"
            if name in {"kind", "status", "stage", "qualifier"}:
                continue
            if isinstance(value, str):
                yield cls, name, bad
            elif isinstance(value, tuple) or (isinstance(value, list) and isinstance(value[0], str)):
                yield cls, name, [value[0], bad]
            elif name in {"alt_labels", "field_sources"}:
                yield cls, name, {"en": [bad]}
                yield cls, name, {bad: ["a"]}
            elif isinstance(value, dict):
                yield cls, name, {"en": bad}
                yield cls, name, {bad: "a"}


@pytest.mark.parametrize(("cls", "name", "value"), list(_texts()))
def test_a_lone_surrogate_is_refused_everywhere(cls: type[Any], name: str, value: Any) -> None:
    """No text can hold characters that UTF-8 can't encode, and the message itself can be encoded."""
    with pytest.raises(tc.InvalidRecordError) as raised:
        cls(**{**LEAST[cls], name: value})
    assert raised.value.record == cls.__name__
    assert all(problem.path.startswith(f"$.{name}") for problem in raised.value.problems)
    assert str(raised.value).isprintable()
    assert str(raised.value).encode()


def test_all_that_is_wrong_is_reported_at_once() -> None:
    """Every broken rule of a record is reported, in the order of its fields."""
    record, problems = _problems(
        lambda: tc.City(
            id="a b", names={"Finnish": "A", "sv": ""}, country_code="fi", alt_ids=["x", "Q1", "Q1"], extra={"a": 2**53}
        )
    )
    assert record == "City"
    assert [path for path, _ in problems] == [
        "$.id",
        "$.names.Finnish",
        "$.names.sv",
        "$.country_code",
        "$.alt_ids[0]",
        "$.alt_ids[2]",
        "$.extra.a",
    ]
    record, problems = _problems(
        lambda: tc.Partnership(cities=("a", "a"), since="1990", until="1989", asserted_by=["b"])
    )
    assert [path for path, _ in problems] == ["$.cities", "$.until", "$.asserted_by[0]"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: tc.City(id="castrop rauxel", country_code="Finland"),
            (
                f"City castrop rauxel: $.id: {ID_WORDS} 'castrop rauxel';"
                " $.country_code: expected an ISO 3166-1 alpha-2 code (such as 'FI'), got 'Finland'"
            ),
        ),
        (
            lambda: tc.Partnership(cities=("opole", "kuopio"), since="1990", until="1985-06"),
            "Partnership kuopio–opole: $.until: expected an end that isn't before the start 1990, got 1985-06",
        ),
        (
            lambda: tc.Partnership(cities=("opole", "kuopio"), status="sleeping"),
            "Partnership kuopio–opole: $.status: expected one of active, dormant, suspended, ended, got 'sleeping'",
        ),
        (
            lambda: tc.Partnership(cities=("opole", "kuopio"), since="2023-02-30"),
            "Partnership kuopio–opole: $.since: expected a day from 01 to 28 in 2023-02, got '2023-02-30'",
        ),
        (
            lambda: tc.CooperationNetwork(id="n", members=["a"]),
            "CooperationNetwork n: $.members: expected 2 or more, got 1",
        ),
        (lambda: tc.Link(), "Link: $: expected a title, a url or both"),  # noqa: PLW0108  # it has to be called late
        (
            lambda: tc.Source(id="s", url="x" * 1000),
            f"Source s: $.url: expected a URL that begins with http:// or https://, got '{'x' * 60}…'",
        ),
    ],
    ids=["city", "until", "status", "since", "network", "link", "long"],
)
def test_a_message_reads_well(make: Callable[[], object], message: str) -> None:
    """A whole message: the record, the path, what was expected, and what was given, cut if it is long."""
    with pytest.raises(ValueError, match="expected") as raised:
        make()
    error = raised.value
    assert isinstance(error, tc.TwinCitiesError)
    shown = str(error)
    assert shown == message
    copied = pickle.loads(pickle.dumps(error))
    assert str(copied) == shown
    assert copied.problems == error.problems


# --- Pairs -----------------------------------------------------------------------------------

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)


@given(ids, ids)
def test_a_pair_is_the_same_either_way_round(first: str, second: str) -> None:
    """A partnership is equal, and hashes the same, whichever city is named first."""
    assume(first != second)
    there = tc.Partnership(cities=(first, second), since="1980")
    back = tc.Partnership(cities=[second, first], since="1980")
    assert there == back
    assert hash(there) == hash(back)
    assert there.cities == back.cities == tuple(sorted([first, second]))
    assert there.other(first) == second
    assert there.other(second) == first


@given(ids)
def test_a_city_is_no_partner_of_itself(city: str) -> None:
    """A pair has two cities."""
    _, problems = _problems(lambda: tc.Partnership(cities=(city, city)))
    assert [path for path, _ in problems] == ["$.cities"]


@pytest.mark.parametrize("city", ["kuopio", "Opole", "", None])
def test_the_other_side_is_asked_from_one_side(city: Any) -> None:
    """`other` takes one of the two ids and refuses any other."""
    tie = tc.Partnership(cities=("opole", "gyor"))
    with pytest.raises(ValueError, match=re.escape(f"expected 'gyor' or 'opole', got {city!r}")):
        tie.other(city)


years = st.integers(1, 9999)
plain_dates = (
    years.map("{:04d}".format)
    | st.dates().map(date.isoformat)
    | st.dates().map(lambda day: day.isoformat()[:7])
    | st.integers(1, 999).map("{:03d}X".format)
    | st.integers(1, 99).map("{:02d}XX".format)
    | st.sampled_from(["1980", "1980-01", "1980-12-31", "198X", "19XX", "1980-XX", "1981", "1979-12-31"])
)
qualifiers = st.sampled_from(["", "", "?", "~", "%"])


@given(plain_dates, plain_dates, qualifiers, qualifiers)
@example("1980", "1980-01-01", "", "")
@example("1980-12-31", "1980", "", "")
@example("1980", "1979-12-31", "", "")
def test_a_tie_does_not_end_before_it_begins(since: str, until: str, at_start: str, at_end: str) -> None:
    """`until` is refused exactly if its last day is before the first of `since` and both dates are certain."""
    last, first = tc.EdtfDate(until).latest, tc.EdtfDate(since).earliest
    assert last is not None
    assert first is not None
    fields: dict[str, Any] = {"cities": ("a", "b"), "since": since + at_start, "until": until + at_end}
    if not at_start and not at_end and last < first:
        _, problems = _problems(lambda: tc.Partnership(**fields))
        assert problems == [("$.until", f"expected an end that isn't before the start {since}, got {until}")]
    else:
        assert str(tc.Partnership(**fields).until) == until + at_end


@given(st.none() | plain_dates)
def test_an_end_or_a_start_alone_is_fine(known: str | None) -> None:
    """With one of the two dates unknown nothing contradicts the other."""
    assert tc.Partnership(cities=("a", "b"), since=known).until is None
    assert tc.Partnership(cities=("a", "b"), until=known).since is None


# --- Labels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (None, "Győr"),
        ("fi", "Györ"),
        ("fi-FI", "Györ"),
        ("de", "Raab"),
        ("sv", "Győr"),
        ("zh-Hant", "吉厄爾"),
        ("zh", "Győr"),
    ],
)
def test_a_city_has_a_label_in_the_language_asked_for(lang: str | None, expected: str) -> None:
    """The name in the language, else in its primary language, else the name that most readers know."""
    city = tc.City(id="gyor", name="Győr", names={"fi": "Györ", "de": "Raab", "zh-Hant": "吉厄爾"})
    assert city.label(lang) == expected
    assert tc.City(id="gyor").label(lang) == "gyor"


@pytest.mark.parametrize("cls", [tc.CooperationArea, tc.CooperationNetwork], ids=lambda cls: cls.__name__)
def test_areas_and_networks_have_a_label_in_any_case(cls: type[Any]) -> None:
    """The label in the language, in its primary language, in English, in any language, and at last the id."""
    name = "pref_label" if cls is tc.CooperationArea else "names"

    def made(labels: Mapping[str, str]) -> Any:
        return cls(**{**LEAST[cls], name: labels})

    both = made({"fi": "musiikki", "en": "music"})
    assert both.label("fi") == both.label("fi-FI") == "musiikki"
    assert both.label() == both.label("en") == both.label("sv") == "music"
    assert made({"fi": "musiikki"}).label("sv") == "musiikki"
    assert made({}).label("sv") == LEAST[cls]["id"]


def test_a_city_shows_its_first_population() -> None:
    """Of several statements the first is the one to show."""
    assert _full(tc.City).population == 132034
    assert tc.City(id="gyor").population is None


def test_a_distance_is_along_the_ellipsoid() -> None:
    """Kilometres along the WGS 84 ellipsoid: none to itself, the same both ways, a degree of the equator 111.3195."""
    kuopio = tc.Coordinates(latitude=62.89238, longitude=27.67703)
    opole = tc.Coordinates(latitude=50.67119, longitude=17.92604)
    assert kuopio.distance_km(kuopio) == 0
    assert kuopio.distance_km(opole) == pytest.approx(opole.distance_km(kuopio))
    origin = tc.Coordinates(latitude=0, longitude=0)
    assert origin.distance_km(tc.Coordinates(latitude=0, longitude=1)) == pytest.approx(111.319491, abs=1e-5)
    pole = tc.Coordinates(latitude=90, longitude=0)
    assert origin.distance_km(pole) == pytest.approx(10001.965729, abs=1e-5)
    assert origin.distance_km(tc.Coordinates(latitude=0, longitude=180)) == pytest.approx(20003.931459, abs=1e-5)


# --- In force --------------------------------------------------------------------------------


def _in_force(on: Any, *, as_of: str | None = None, **fields: Any) -> bool | None:
    whole = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), **fields)],
        as_of=as_of,
    )
    seen = {tie.in_force(on) for tie in (whole.partners("a").one(), whole.partners("b").one())}
    assert len(seen) == 1  # seen from either side
    return seen.pop()


# A small world of months, 1998-01 being 1: what lies before is 0, what lies after LAST + 1.
FIRST_YEAR, LAST_YEAR = 1998, 2002
LAST = 12 * (LAST_YEAR - FIRST_YEAR + 1)
NEVER, ALWAYS = 0, LAST + 1


def _months(known: tc.EdtfDate | tc.EdtfInterval | None) -> tuple[int, int]:
    def month(day: date | None, unknown: int) -> int:
        return unknown if day is None else 12 * (day.year - FIRST_YEAR) + day.month

    return (NEVER, ALWAYS) if known is None else (month(known.earliest, NEVER), month(known.latest, ALWAYS))


month_texts = st.builds("{}-{:02d}".format, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
year_texts = st.integers(FIRST_YEAR, LAST_YEAR).map(str)
small_dates = year_texts | month_texts
questions = (
    small_dates
    | st.tuples(month_texts, month_texts).map(lambda pair: "/".join(sorted(pair)))
    | small_dates.map("{}/..".format)
    | small_dates.map("../{}".format)
)


def _truth(worlds: list[tuple[int, int]], on: str) -> bool | None:
    first, last = _months(tc.EdtfInterval(on) if "/" in on else tc.EdtfDate(on))
    answers = {start <= last and end >= first for start, end in worlds}
    return answers.pop() if len(answers) == 1 else None


@given(small_dates, st.none() | small_dates, questions, st.sampled_from([None, "active", "dormant", "suspended"]))
@example("2000", "2000", "2000", None)
@example("2000-03", "2000", "2000-02/2000-04", None)
@example("2000", "2000-03", "2000-02/2000-04", None)
@example("2000", None, "2000", "suspended")
def test_certain_dates_decide_as_trying_all_days_does(
    since: str, until: str | None, on: str, status: str | None
) -> None:
    """With certain bounds the answer is that of every start and end in them: all, none, or it can't be known."""
    first_start, last_start = _months(tc.EdtfDate(since))
    first_end, last_end = (ALWAYS, ALWAYS) if until is None else _months(tc.EdtfDate(until))
    worlds = [
        (start, end)
        for start in range(first_start, last_start + 1)
        for end in range(first_end, last_end + 1)
        if start <= end
    ]
    assume(worlds)
    assert _in_force(on, since=since, until=until, status=status) is _truth(worlds, on)


@pytest.mark.parametrize(
    ("fields", "on", "expected"),
    [
        # no end and not ended: it goes on
        ({"since": "1980"}, "1979", False),
        ({"since": "1980"}, "1980", True),
        ({"since": "1980"}, "9999", True),
        ({"since": "1980"}, 1985, True),
        ({"since": "1980"}, date(1985, 6, 1), True),
        ({"since": "1980"}, tc.EdtfInterval("1975/1985"), True),
        ({"since": "1980"}, "1980-06", None),
        ({"since": "1980-06-01"}, "1980-05-31", False),
        ({"since": "1980-06-01"}, "1980-06-01", True),
        ({"since": "194X"}, "1939", False),
        ({"since": "194X"}, "1945", None),
        ({"since": "194X"}, "194X", True),
        ({"since": "194X"}, "1950", True),
        # suspended and dormant ties are in force
        *(({"since": "1980", "status": status}, "2000", True) for status in ("active", "dormant", "suspended")),
        ({"since": "1980", "status": "suspended", "status_since": "1990"}, "2000", True),
        # an end
        ({"since": "1980", "until": "1990"}, "1985", True),
        ({"since": "1980", "until": "1990"}, "1990", True),
        ({"since": "1980", "until": "1990"}, "1990-06", None),
        ({"since": "1980", "until": "1990"}, "1991", False),
        ({"since": "1980", "until": "1990", "status": "active"}, "1991", False),
        ({"until": "1990"}, "1991", False),
        ({"until": "1990"}, "1990", True),
        ({"until": "1990"}, "1990-06", None),
        ({"until": "1990"}, "1985", None),
        # a question without bounds
        ({"since": "1980", "until": "1990"}, "1985/..", True),
        ({"since": "1980", "until": "1990"}, "1995/..", False),
        ({"since": "1980", "until": "1990"}, "../1985", True),
        ({"since": "1980", "until": "1990"}, "../1975", False),
        ({}, "../1975", None),
        # a question whose bounds aren't known
        ({"since": "1980", "until": "1990"}, "1995/", False),
        ({"since": "1980", "until": "1990"}, "/1975", False),
        ({"since": "1980", "until": "1990"}, "1985/", True),
        ({"since": "1980", "until": "1990"}, "/1985", True),
        ({"since": "1980"}, "1967/", None),
        ({"since": "1940", "until": "1950"}, "/1967", None),
        # dates with a qualifier decide nothing
        *(({"since": f"1980{mark}"}, "2000", None) for mark in "?~%"),
        *(({"since": f"1980{mark}"}, "1970", None) for mark in "?~%"),
        *(({"since": "1980", "until": f"1990{mark}"}, "1995", None) for mark in "?~%"),
        ({"since": "1980", "until": "1990~"}, "1980", True),
        ({"since": "1980", "until": "1990~"}, "1979", False),
        ({"since": "1980?", "as_of": "2022"}, "2023", True),
        ({"since": "1980?", "as_of": "2022"}, "2021", None),
        # ended, nobody says when
        ({"since": "1980", "status": "ended"}, "1980", True),
        ({"since": "1980", "status": "ended"}, "1985", None),
        ({"since": "1980", "status": "ended"}, "1979", False),
        ({"since": "1980", "status": "ended", "as_of": "2022"}, "2022", None),
        ({"since": "1980", "status": "ended", "as_of": "2022"}, "2023", False),
        ({"since": "1980", "status": "ended", "status_since": "1995"}, "1995", True),
        ({"since": "1980", "status": "ended", "status_since": "1995"}, "1996", False),
        ({"since": "1980", "status": "ended", "status_since": "1995?"}, "1996", None),
        ({"status": "ended", "as_of": "2022"}, "2023", False),
        ({"status": "ended", "as_of": "2022"}, "2021", None),
        ({"since": "1980", "status": "ended", "until": "1990"}, "1985", True),
        ({"since": "1980", "status": "ended", "until": "1990?"}, "1985", None),
        # what is dated before a start that is known doesn't pull it forward
        ({"since": "1985", "milestones": [tc.Milestone(kind="signed", date="1984-11-03")]}, "1984-12", False),
        ({"since": "1985", "milestones": [tc.Milestone(kind="signed", date="1984-11-03")]}, "1985", True),
        ({"since": "1985", "milestones": [tc.Milestone(kind="signed", date="1985-03-03")]}, "1985-03-03", True),
        ({"since": "1985", "milestones": [tc.Milestone(kind="signed", date="1985-03-03")]}, "1985-03-02", None),
        ({"since": "2030", "as_of": "2023"}, "2025", False),
        ({"since": "2030", "as_of": "2023"}, "2031", True),
        # an unknown start is bounded by when the tie was listed
        ({}, "2000", None),
        ({"as_of": "2022"}, "2022", True),
        ({"as_of": "2022"}, "2030", True),
        ({"as_of": "2022"}, "2021", None),
        ({"as_of": "2022"}, "2022-06", None),
        ({"as_of": "2022", "status": "dormant"}, "2022", True),
    ],
    ids=str,
)
def test_a_tie_was_in_force_or_not_or_nobody_knows(fields: dict[str, Any], on: Any, expected: bool | None) -> None:
    """No end and not ended goes on; unknown and qualified dates decide nothing; the rest follows from the bounds."""
    assert _in_force(on, **fields) is expected


@pytest.mark.parametrize(
    ("milestone", "on", "expected"),
    [
        *(({"kind": kind, "date": "1985"}, "1985", True) for kind in ("attested", "signed", "renewed")),
        ({"kind": "reactivated", "date": "1985"}, "2000", True),
        ({"kind": "attested", "date": "1985"}, "1985-06", None),
        ({"kind": "attested", "date": "1985"}, "1984", None),
        ({"kind": "attested", "date": "1985?"}, "1990", None),
        ({"kind": "attested", "date": None}, "1990", None),
        ({"kind": "attested", "date": "1985", "stage": "planned"}, "1990", None),
        ({"kind": "attested", "date": "1985", "stage": "past"}, "1990", True),
        ({"kind": "conference", "date": "1985"}, "1990", None),
        ({"kind": "founded", "date": "1985"}, "1990", None),
        ({"kind": None, "date": "1985"}, "1990", None),
    ],
    ids=str,
)
def test_an_unknown_start_is_bounded_by_what_attests_the_tie(
    milestone: dict[str, Any], on: str, expected: bool | None
) -> None:
    """A signing or a source of a certain date says that the tie existed by then; plans and other events don't."""
    assert _in_force(on, milestones=[tc.Milestone(**milestone)]) is expected


def test_an_ended_tie_existed_when_it_was_attested() -> None:
    """A tie that ended at an unknown time was in force when it was attested; nothing else is certain."""
    fields: dict[str, Any] = {"status": "ended", "milestones": [tc.Milestone(kind="attested", date="1985")]}
    assert _in_force("1985", **fields) is True
    assert _in_force("1984", **fields) is None
    assert _in_force("1986", **fields) is None
    assert _in_force("1985", since="1980", **fields) is True
    assert _in_force("1982", since="1980", **fields) is True
    assert _in_force("1979", since="1980", **fields) is False


def test_a_question_of_what_was_in_force_needs_a_time() -> None:
    """A value that isn't a time is refused."""
    with pytest.raises(tc.InvalidDateError):
        _in_force("yesterday")


@pytest.mark.parametrize("wide", [[[0] * 1001] * 1001, [{"a": 0}] * 1_000_001])
def test_extra_has_a_size(wide: Any) -> None:
    """More than a million values are refused, and lists that hold each other over and over."""
    _, problems = _problems(lambda: tc.City(id="a", extra={"a": wide}))
    assert 1 <= len(problems) <= 100
    assert problems[0][1] == "expected at most 1,000,000 values"


def test_lists_that_hold_each_other_twice_end() -> None:
    """Lists nested in each other that would expand without bound are refused quickly."""
    twice: list[Any] = []
    twice += [twice, twice]
    _, problems = _problems(lambda: tc.City(id="a", extra={"a": twice}))
    assert 1 <= len(problems) <= 100


class _Text(str):
    """A text of another library."""

    __slots__ = ()


def test_texts_of_other_libraries_become_plain() -> None:
    """Records hold plain text and numbers, also where a subclass was given: numpy has texts of its own."""
    city = tc.City(id=_Text("a"), names={_Text("fi"): _Text("A")}, alt_names=[_Text("B")])
    assert {type(text) for text in (city.id, *city.names, *city.names.values(), *city.alt_names)} == {str}
    assert type(tc.Population(value=_Number(5)).value) is int


class _Number(int):
    """A number of another library."""


def test_every_rule_is_asked_when_a_record_is_made() -> None:
    """The table of broken rules above has each field that any class has a rule for: none is overlooked."""
    asked = {(cls, path[2:].partition(".")[0].partition("[")[0]) for cls, _, path, _ in RULES}
    assert {(cls, name) for cls in CLASSES for name in cls.RULES} - asked == set()


def test_a_label_is_found_by_cutting_the_tag() -> None:
    """A tag is cut from its end until there is a label (RFC 4647, section 3.4)."""
    city = tc.City(id="a", names={"zh-Hant": "甲", "zh": "乙", "sv": "A"})
    assert [city.label(tag) for tag in ("zh-Hant-TW", "zh-Hans-CN", "sv-FI", "fi")] == ["甲", "乙", "A", "a"]


def test_an_end_that_is_remembered_bounds_an_ended_tie() -> None:
    """A tie that is ended was over by the day of the milestone that says so."""
    fields: dict[str, Any] = {
        "since": "1980",
        "status": "ended",
        "milestones": [tc.Milestone(kind="ended", date="1995")],
    }
    ds = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=["a", "b"], **fields)]
    )
    tie = ds.partners("a").one()
    assert [tie.in_force(year) for year in (1979, 1990, 2010)] == [False, True, False]


@pytest.mark.parametrize(
    ("make", "got"),
    [
        (lambda: tc.City(id="a", field_sources={"nmae": []}), "got 'nmae'"),
        (lambda: tc.Partnership(cities=("a", "b"), asserted_by=["c"]), "expected one of the two cities, got 'c'"),
        (lambda: tc.EdtfInterval(5), "expected an interval as text, got 5"),  # type: ignore[arg-type]
    ],
)
def test_what_was_given_is_shown(make: Any, got: str) -> None:
    """Errors across fields show the value, as those of one field do."""
    with pytest.raises((tc.InvalidRecordError, tc.InvalidDateError), match=f"{got}$"):
        make()


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize(
    "make",
    [
        lambda ids: tc.City(id="a", sources=ids),
        lambda ids: tc.Partnership(cities=("a", "b"), sources=ids),
        lambda ids: tc.CooperationArea(id="a", sources=ids),
        lambda ids: tc.CooperationNetwork(id="n", members=["a", "b"], sources=ids),
        lambda ids: tc.Activity(sources=ids),
        lambda ids: tc.Activity(areas=ids),
        lambda ids: tc.Population(value=1, sources=ids),
        lambda ids: tc.Milestone(sources=ids),
    ],
)
def test_an_id_stands_once_in_a_list_of_any_length(make: Any, count: int) -> None:
    """Two, three or four of one id are refused, and as many different ones aren't."""
    with pytest.raises(tc.InvalidRecordError):
        make(["s"] * count)
    with pytest.raises(tc.InvalidRecordError):
        make([*(f"s{n}" for n in range(count - 1)), "s0"])
    make([f"s{n}" for n in range(count)])


def test_the_other_city_is_reported_by_any_equal_text() -> None:
    """Ids are compared as texts."""
    tie = tc.Partnership(cities=("aa", "bb"))
    for first, second in (("aa", "bb"), ("bb", "aa")):
        assert tie.other("".join(iter(first))) == second
