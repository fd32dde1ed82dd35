"""
The public strategies draw everything that is valid and nothing else, and failures shrink to small examples.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from enum import StrEnum
from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning, InvalidArgument
from hypothesis.strategies import SearchStrategy

import twincities as tc
from twincities import _hypothesis, model, strategies
from twincities.query.whole import own_areas

RECORDS: dict[type[Any], Callable[..., SearchStrategy[Any]]] = {
    tc.Activity: strategies.activities,
    tc.Agreement: strategies.agreements,
    tc.City: strategies.cities,
    tc.Claim: strategies.claims,
    tc.Contact: strategies.contacts,
    tc.CooperationArea: strategies.cooperation_areas,
    tc.CooperationNetwork: strategies.networks,
    tc.Coordinates: strategies.coordinates,
    tc.Link: strategies.links,
    tc.Milestone: strategies.milestones,
    tc.Organisation: strategies.organisations,
    tc.Partnership: strategies.partnerships,
    tc.Population: strategies.populations,
    tc.Source: strategies.sources,
}
ALL: dict[type[Any], Callable[..., SearchStrategy[Any]]] = {
    **RECORDS,
    tc.Dataset: strategies.datasets,
    tc.EdtfDate: strategies.edtf_dates,
    tc.EdtfInterval: strategies.edtf_intervals,
}

# Without shrinking or explaining, which would take most of the time.
LOOKING = settings(max_examples=2000, phases=[Phase.generate], database=None)
SHRINKING = settings(LOOKING, phases=[Phase.generate, Phase.shrink])


def reached(strategy: SearchStrategy[Any], condition: Callable[[Any], object]) -> None:
    """Check that the strategy draws something that meets the condition."""
    _found(strategy, condition, LOOKING)


def smallest(strategy: SearchStrategy[Any], condition: Callable[[Any], object]) -> Any:
    """The value that a failure shrinks to."""
    return _found(strategy, condition, SHRINKING)


def _found(strategy: SearchStrategy[Any], condition: Callable[[Any], object], how: settings) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)  # what is found may have a long repr
        return find(strategy, lambda value: bool(condition(value)), settings=how)


def only(kind: type[Any], *free: str, **given: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Records with only their required fields, the free fields and those given."""
    optional = {field.name: field.default for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    return RECORDS[kind](**{name: st.just(value) for name, value in optional.items() if name not in free} | given)


def test_every_record_has_a_strategy() -> None:
    """Each class of records has its strategy, and `__all__` names all."""
    public = [getattr(tc, name) for name in tc.__all__]
    assert set(RECORDS) == {value for value in public if hasattr(value, "RULES")}
    functions = {function.__name__ for function in ALL.values()}
    assert functions | {"damaged_documents", "documents", "ids", "members", "pairs"} == set(strategies.__all__)


# -- nothing invalid -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_strategy_draws_objects_of_its_class(kind: type[Any]) -> None:
    """A strategy draws objects of its class, which are valid, or they couldn't be made."""

    @settings(max_examples=15)
    @given(ALL[kind]())
    def holds(value: Any) -> None:
        assert type(value) is kind

    holds()


@given(strategies.datasets())
@settings(max_examples=40)
def test_data_sets_come_back_from_their_document(ds: tc.Dataset) -> None:
    """Every data set is equal to that read from its document."""
    assert tc.from_json(ds.to_json()) == ds


@given(
    cities=st.lists(strategies.cities(), max_size=2, unique_by=lambda city: city.id),
    tie=strategies.partnerships(),
    area=strategies.cooperation_areas(),
    network=strategies.networks(),
)
@settings(max_examples=50)
def test_records_alone_fit_into_a_data_set_that_has_what_they_name(
    cities: list[tc.City], tie: tc.Partnership, area: tc.CooperationArea, network: tc.CooperationNetwork
) -> None:
    """A record drawn on its own lacks only the records that its ids refer to."""
    lists: dict[str, Any] = {"cities": cities, "partnerships": [tie], "areas": [area], "networks": [network]}
    problems: tuple[tc.Problem, ...] = ()
    try:
        tc.Dataset(**lists, vocabulary=None)
    except tc.DatasetError as error:
        problems = error.problems
    assert all(problem.message.startswith(("expected the id of", "expected the cities of")) for problem in problems)


@given(strategies.documents())
@settings(max_examples=30)
def test_documents_are_read(text: str) -> None:
    """A document is a JSON text that can be read, whatever its layout."""
    assert isinstance(text, str)
    assert tc.from_json(text) == tc.from_dict(json.loads(text))


@given(strategies.damaged_documents())
@settings(max_examples=50)
def test_damaged_documents_are_refused(text: str) -> None:
    """A damaged document is refused with the library's own error, never with another."""
    assert isinstance(text, str)
    with pytest.raises(tc.DatasetError):
        tc.from_json(text)


@given(strategies.edtf_dates(min_year=1895, max_year=1914), strategies.edtf_intervals(min_year=1895, max_year=1914))
def test_dates_keep_within_their_years(date: tc.EdtfDate, interval: tc.EdtfInterval) -> None:
    """Every possible day of a date or an interval is within the given years."""
    for value in (date, interval):
        assert value.earliest is None or value.earliest.year >= 1895
        assert value.latest is None or value.latest.year <= 1914


# -- everything valid ------------------------------------------------------------------------------


FIELDS = [
    (kind, field.name, field.default)
    for kind in RECORDS
    for field in attrs.fields(kind)
    if field.default is not attrs.NOTHING
]


@pytest.mark.parametrize(
    ("kind", "name", "default"), FIELDS, ids=[f"{kind.__name__}.{name}" for kind, name, _ in FIELDS]
)
def test_each_optional_field_is_drawn_and_left_out(kind: type[Any], name: str, default: Any) -> None:
    """Each optional field is filled in some records and missing in others."""

    def missing(record: Any) -> bool:
        value = getattr(record, name)
        return bool(value == (record.id if (kind, name) == (tc.City, "name") else default))

    strategy = strategies.links() if kind is tc.Link else only(kind, name)  # a link needs one of two
    reached(strategy, missing)
    reached(strategy, lambda record: not missing(record))


WORDS: list[tuple[type[StrEnum], type[Any], str]] = [
    (tc.PlaceKind, tc.City, "kind"),
    (tc.PartnershipKind, tc.Partnership, "kind"),
    (tc.PartnershipStatus, tc.Partnership, "status"),
    (tc.MilestoneKind, tc.Milestone, "kind"),
    (tc.Stage, tc.Milestone, "stage"),
    (tc.Stage, tc.Activity, "stage"),
    (tc.Qualifier, tc.Population, "qualifier"),
]


@pytest.mark.parametrize(("words", "kind", "name"), WORDS, ids=lambda value: getattr(value, "__name__", value))
def test_each_word_is_drawn(words: type[StrEnum], kind: type[Any], name: str) -> None:
    """Each member of each enum is drawn."""
    for word in words:
        reached(only(kind, name), lambda record, word=word: getattr(record, name) is word)  # type: ignore[misc]


def form(text: str) -> str:
    """The form of an EDTF text: digits as 0."""
    return "".join("0" if char.isdigit() else char for char in text)


DATE_FORMS = [
    plain + qualifier
    for plain in ("0000", "0000-00", "0000-00-00", "000X", "00XX", "0000-XX", "0000-00-XX", "0000-XX-XX")
    for qualifier in ("", "?", "~", "%")
]


@pytest.mark.parametrize("wanted", DATE_FORMS)
def test_each_form_of_date_is_drawn(wanted: str) -> None:
    """Each form of EDTF date is drawn, with each qualifier."""
    reached(strategies.edtf_dates(), lambda value: form(str(value)) == wanted)


@pytest.mark.parametrize("wanted", ["0000/0000", "0000/..", "0000/", "../0000", "/0000"])
def test_each_form_of_interval_is_drawn(wanted: str) -> None:
    """Intervals are drawn with two ends, and with either end open or unknown."""
    reached(strategies.edtf_intervals(), lambda value: form(str(value)) == wanted)


def test_the_ends_of_an_interval_may_overlap() -> None:
    """An end that sorts before its start but may be after it is valid, as in `2000-05/200X`."""
    reached(strategies.edtf_intervals(), lambda value: value.start and value.end and value.end < value.start)


def test_the_first_and_last_dates_are_drawn() -> None:
    """Days in the first and the last year of four digits are drawn, and a leap day."""
    for year in (1, 9999):
        reached(strategies.edtf_dates(min_year=year, max_year=year), lambda value: value.precision == "day")
    reached(strategies.edtf_dates(min_year=2000, max_year=2000), lambda value: str(value).startswith("2000-02-29"))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


AREAS = strategies.datasets(max_cities=0, sources=st.nothing(), areas=only(tc.CooperationArea, "broader"))
TIES = strategies.datasets(
    min_partnerships=1,
    max_cities=2,
    cities=only(tc.City, "contacts"),
    partnerships=only(tc.Partnership, "activities"),
    areas=only(tc.CooperationArea),
    networks=only(tc.CooperationNetwork),
)


def of_ties(ds: tc.Dataset) -> list[tc.Activity]:
    """All activities of partnerships."""
    return [activity for tie in ds.partnerships.values() for activity in tie.activities]


def own(ds: tc.Dataset) -> set[str]:
    """The ids of areas that aren't of the vocabulary."""
    return {area.id for area in own_areas(ds)}


REACHED: dict[str, tuple[SearchStrategy[Any], Callable[[Any], object]]] = {
    "no cities": (strategies.datasets(), lambda ds: not ds.cities),
    "no vocabulary": (TIES, lambda ds: ds.vocabulary is None),
    "a network": (TIES, lambda ds: ds.networks),
    "an area of the vocabulary": (TIES, lambda ds: any(set(activity.areas) - own(ds) for activity in of_ties(ds))),
    "an own area": (TIES, lambda ds: any(set(activity.areas) & own(ds) for activity in of_ties(ds))),
    "an area below a later one": (
        AREAS,
        lambda ds: len(own(ds)) == 2 and own_areas(ds)[1].id in own_areas(ds)[0].broader,
    ),
    "an area below one of the vocabulary": (
        AREAS,
        lambda ds: any(set(area.broader) - own(ds) for area in own_areas(ds)),
    ),
    "a contact in a city of the set": (
        TIES,
        lambda ds: any(contact.city for city in ds.cities.values() for contact in city.contacts),
    ),
    "an organisation in a city of the set": (
        TIES,
        lambda ds: any(body.city for activity in of_ties(ds) for body in activity.organisations),
    ),
    "a source of the set": (
        TIES,
        lambda ds: any(contact.sources for city in ds.cities.values() for contact in city.contacts),
    ),
    "a source of a field of a key": (
        only(tc.City, "field_sources"),
        lambda city: any("." in key and ids for key, ids in city.field_sources.items()),
    ),
    "a link with both": (strategies.links(), lambda link: link.title and link.url),
    "both sides say so": (only(tc.Partnership, "asserted_by"), lambda tie: len(tie.asserted_by) == 2),
    "an end that may be before the start": (
        only(tc.Partnership, "since", "until"),
        lambda tie: tie.since and tie.until and tie.until.latest < tie.since.earliest,
    ),
    "a label in two languages": (only(tc.CooperationArea, "pref_label"), lambda area: len(area.pref_label) > 1),
    "a tag in three parts": (only(tc.City, "names"), lambda city: any(tag.count("-") > 1 for tag in city.names)),
    "an id with signs": (strategies.ids(), lambda text: {".", "_", "-"} & set(text)),
    "a text beyond Unicode's first plane": (only(tc.City, "name"), lambda city: max(city.name) > "\uffff"),
    "an unlisted country": (
        only(tc.City, "country_code"),
        lambda city: city.country_code not in {None, "FI", "SE", "NO"},
    ),
    "an object in an extra field": (
        only(tc.City, "extra"),
        lambda city: any(isinstance(value, dict) for value in city.extra.values()),
    ),
}
for _field in ("id", "title", "version", "as_of", "licence", "complete_for"):
    REACHED[f"{_field} of a set"] = (TIES, lambda ds, name=_field: getattr(ds, name))
    REACHED[f"no {_field} of a set"] = (TIES, lambda ds, name=_field: not getattr(ds, name))


@pytest.mark.parametrize("what", REACHED)
def test_facts_across_records_are_drawn(what: str) -> None:
    """Each relation between fields and records that a document can have is drawn."""
    reached(*REACHED[what])


@pytest.mark.parametrize(
    ("what", "condition"),
    [
        ("not JSON", lambda text: not _is_json(text)),
        ("JSON", _is_json),
        ("a record", lambda text: '"cities": [{' in text),
    ],
)
def test_damage_is_of_many_kinds(what: str, condition: Callable[[str], bool]) -> None:
    """Damaged documents aren't JSON, or are invalid documents."""
    reached(strategies.damaged_documents(), condition)


# -- shrinking -------------------------------------------------------------------------------------


def test_a_failing_data_set_shrinks_to_two_cities_and_one_partnership() -> None:
    """A failure shrinks to two cities with short ids and their tie."""
    assert smallest(strategies.datasets(), lambda ds: ds.partnerships) == tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))]
    )


SMALLEST: dict[str, tuple[SearchStrategy[Any], Callable[[Any], object], Any]] = {
    "an ended tie": (
        strategies.partnerships(),
        lambda tie: tie.status == "ended",
        tc.Partnership(cities=("a", "b"), status="ended"),
    ),
    "a city": (strategies.cities(), lambda city: True, tc.City(id="a")),
    "a name": (strategies.cities(), lambda city: city.names, tc.City(id="a", names={"en": "0"})),
    "a link": (strategies.links(), lambda link: True, tc.Link(title="0")),
    "a date": (strategies.edtf_dates(), lambda date: True, tc.EdtfDate("2000")),
    "a decade": (strategies.edtf_dates(), lambda date: date.precision == "decade", tc.EdtfDate("200X")),
    "an interval": (strategies.edtf_intervals(), lambda interval: True, tc.EdtfInterval("2000/2000")),
}


@pytest.mark.parametrize("what", SMALLEST)
def test_failures_shrink_to_small_records(what: str) -> None:
    """Each strategy shrinks to the smallest record with the given fields."""
    strategy, condition, expected = SMALLEST[what]
    assert smallest(strategy, condition) == expected


# -- arguments -------------------------------------------------------------------------------------


@given(
    strategies.datasets(
        min_cities=3,
        max_cities=4,
        min_partnerships=2,
        max_partnerships=3,
        city_ids=st.sampled_from(["kuopio", "opole", "pskov", "gera"]),
        cities=strategies.cities(country_code=st.just("FI"), contacts=st.lists(strategies.contacts(), min_size=1)),
        partnerships=strategies.partnerships(status=st.sampled_from(["active", "ended"])),
        areas=st.nothing(),
        networks=st.nothing(),
        as_of=strategies.edtf_dates(min_year=2023, max_year=2023),
        vocabulary=st.none(),
    )
)
@settings(max_examples=50)
def test_a_data_set_is_as_it_was_asked_for(ds: tc.Dataset) -> None:
    """Bounds hold, given strategies are used, and ids that they draw lead to records of the data set."""
    assert 3 <= len(ds.cities) <= 4
    assert 2 <= len(ds.partnerships) <= 3
    assert set(ds.cities) <= {"kuopio", "opole", "pskov", "gera"}
    assert {city.country_code for city in ds.cities.values()} == {"FI"}
    assert all(city.contacts for city in ds.cities.values())
    assert {tie.status for tie in ds.partnerships.values()} <= {"active", "ended"}
    assert not ds.areas
    assert not ds.networks
    assert ds.as_of is not None
    assert ds.as_of.year == 2023


@given(strategies.datasets(min_partnerships=4, max_partnerships=4))
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
def test_partnerships_add_the_cities_that_they_need(ds: tc.Dataset) -> None:
    """Four partnerships need four cities."""
    assert len(ds.cities) >= 4
    assert len(ds.partnerships) == 4


@given(
    strategies.partnerships(since=st.just("2000"), kind=st.none()),
    strategies.partnerships(until=st.just("2000")),
    strategies.links(title=st.none()),
    strategies.partnerships(cities=st.just(("b", "a")), asserted_by=st.just(["a"])),
    strategies.cooperation_areas(
        pref_label=st.just({"en": "0"}), alt_labels=st.just({"en": ["1"]}), broader=st.just(["x-0"])
    ),
)
@settings(max_examples=50)
def test_given_fields_keep_their_values(
    begun: tc.Partnership, ended: tc.Partnership, link: tc.Link, pair: tc.Partnership, area: tc.CooperationArea
) -> None:
    """A field with a given strategy keeps the drawn value; the others are drawn to fit it."""
    assert str(begun.since) == "2000"
    assert begun.kind is None
    assert str(ended.until) == "2000"
    assert (link.title, bool(link.url)) == (None, True)
    assert (pair.cities, pair.asserted_by) == (("a", "b"), ("a",))
    assert (area.pref_label, area.alt_labels, area.broader) == ({"en": "0"}, {"en": ("1",)}, ("x-0",))


@given(
    only(tc.Partnership, "until", since=strategies.edtf_dates(min_year=9000)), only(tc.Partnership, "since", "until")
)
def test_ends_come_after_starts(late: tc.Partnership, tie: tc.Partnership) -> None:
    """A certain end is never before a certain start, whichever of them is given."""
    assert late.since is not None
    for one in (late, tie):
        if one.since and one.until and one.since.is_certain and one.until.is_certain:
            assert one.since.earliest is not None
            assert one.until.latest is not None
            assert one.since.earliest <= one.until.latest


def test_given_strategies_have_to_draw_valid_values() -> None:
    """Given strategies that break a rule raise the error of the record, not one about strategies."""
    for strategy in (
        strategies.links(title=st.none(), url=st.none()),
        strategies.partnerships(since=st.just("2000"), until=st.just("1999")),
        strategies.cities(country_code=st.just("Finland")),
    ):
        with pytest.raises(tc.InvalidRecordError):
            find(strategy, lambda record: True, settings=LOOKING)


BAD: list[tuple[Callable[..., SearchStrategy[Any]], dict[str, Any], str]] = [
    (strategies.datasets, {"min_cities": 3, "max_cities": 2}, "expected max_cities of 3 (min_cities) or more, got 2"),
    (strategies.datasets, {"min_cities": -1}, "expected min_cities of 0 or more, got -1"),
    (strategies.datasets, {"max_cities": "2"}, "expected a whole number for max_cities, got '2'"),
    (strategies.datasets, {"min_cities": None}, "expected a whole number for min_cities, got None"),
    (strategies.datasets, {"min_cities": True}, "expected a whole number for min_cities, got True"),
    (
        strategies.datasets,
        {"min_partnerships": 2, "max_partnerships": 1},
        "expected max_partnerships of 2 (min_partnerships) or more, got 1",
    ),
    (
        strategies.datasets,
        {"min_partnerships": 4, "max_cities": 3},
        "expected max_cities of 4 or more, as 4 partnerships need, got 3",
    ),
    (strategies.datasets, {"cities": "x"}, "expected a strategy for cities, got 'x'"),
    (strategies.datasets, {"city_ids": ["a"]}, "expected a strategy for city_ids, got list of 1"),
    (
        strategies.datasets,
        {"min_cities": 1, "cities": st.just("x")},
        "expected a strategy for City records, got 'x' from one",
    ),
    (
        strategies.datasets,
        {"min_cities": 1, "cities": strategies.cities(id=st.just("x"))},
        "expected a City whose id the data set chooses (",
    ),
    (
        strategies.datasets,
        {"min_cities": 1, "cities": st.nothing()},
        "expected min_cities of 0 where cities is empty, got 1",
    ),
    (strategies.datasets, {"titel": st.none()}, "expected fields of Dataset (id, title, version, as_of, "),
    (strategies.cities, {"nam": st.none()}, "expected fields of City (id, name, names, "),
    (strategies.cities, {"name": "Kuopio"}, "expected a strategy for name of City, got 'Kuopio'"),
    (strategies.edtf_dates, {"min_year": 0}, "expected min_year from 1 to 9999, got 0"),
    (strategies.edtf_dates, {"min_year": 2, "max_year": 1}, "expected max_year of 2 (min_year) or more, got 1"),
    (strategies.edtf_dates, {"max_year": None}, "expected a whole number for max_year, got None"),
    (strategies.documents, {"datasets": "finland"}, "expected a strategy for datasets, got 'finland'"),
    (strategies.damaged_documents, {"datasets": None}, "expected a strategy for datasets, got None"),
    (strategies.documents, {"datasets": st.just(3)}, "expected a strategy for Dataset, got 3 from one"),
    (strategies.damaged_documents, {"datasets": st.just(3)}, "expected a strategy for Dataset, got 3 from one"),
    (strategies.edtf_intervals, {"max_year": 10_000}, "expected max_year from 1 to 9999, got 10000"),
]


@pytest.mark.parametrize(("function", "arguments", "message"), BAD, ids=range(len(BAD)))
def test_bad_arguments_are_reported(
    function: Callable[..., SearchStrategy[Any]], arguments: dict[str, Any], message: str
) -> None:
    """Arguments that can't be used raise Hypothesis's error, with what was expected and what was given."""
    with pytest.raises(InvalidArgument) as caught:
        find(function(**arguments), lambda value: True, settings=LOOKING)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", strategies.__all__)
def test_arguments_are_named(name: str) -> None:
    """No strategy takes an argument by position; its repr is the call that makes it."""
    function = getattr(strategies, name)
    with pytest.raises(TypeError):
        function(st.none())
    assert function.__doc__
    assert repr(function()) == f"{name}()"


# -- st.from_type ----------------------------------------------------------------------------------


def run(code: str, **environment: str) -> str:
    """The output of *code* in a separate process."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    ).stdout.strip()


_FROM_TYPE = """
from hypothesis import HealthCheck, Phase, find, settings, strategies as st
quick = settings(max_examples=1, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
for name, text in {names!r}.items():
    kind = getattr(tc, name)
    strategy = st.from_type(kind)
    assert repr(strategy) == text, (name, strategy)
    assert type(find(strategy, lambda value: True, settings=quick)) is kind
print("twincities.strategies" in sys.modules)
"""


@pytest.mark.parametrize(
    "imports",
    [
        "import sys, hypothesis, twincities as tc",
        "import sys, twincities as tc, hypothesis",
        "import sys, twincities as tc; tc.City, tc.Dataset; import hypothesis",
        "import sys; from twincities.model import City; import hypothesis, twincities as tc",
        "import sys, hypothesis; from twincities.dataset import Dataset; import twincities as tc",
        "import sys, twincities as tc, twincities.strategies",
    ],
)
def test_from_type_knows_every_class(imports: str) -> None:
    """In a fresh process `st.from_type` gives the strategy of each class, whichever is imported first."""
    names = {kind.__name__: f"{function.__name__}()" for kind, function in ALL.items()}
    assert run(imports + _FROM_TYPE.format(names=names)) == "True"


def test_registering_imports_nothing() -> None:
    """`import hypothesis` imports only the package and its hook, and using classes doesn't import the strategies."""
    code = "import sys, hypothesis; {}; print(sorted(name for name in sys.modules if name.startswith('twincities')))"
    assert run(code.format("pass")) == "['twincities', 'twincities._hypothesis']"
    known = run(code.format("import twincities; twincities.Dataset"))
    assert "'twincities.dataset.dataset'" in known
    assert "'twincities.strategies'" not in known


def test_plug_ins_can_be_switched_off() -> None:
    """With Hypothesis's own switch the hook isn't imported, and the strategies still work."""
    code = """
import sys, hypothesis
assert "twincities" not in sys.modules
from twincities import strategies
import twincities as tc
print(type(hypothesis.find(strategies.cities(), lambda city: True)).__name__, type(tc).__name__)
"""
    assert run(code, HYPOTHESIS_NO_PLUGINS="1") == "City module"


def test_the_package_stays_a_module() -> None:
    """The package is still a module; attributes can be set on it, and the hook only uses its modules."""
    assert isinstance(tc, ModuleType)
    _hypothesis.register()  # again, as a second import of Hypothesis would
    model = vars(tc)["model"]
    try:
        tc.model = "not a module"  # type: ignore[assignment]
        assert vars(tc)["model"] == "not a module"
    finally:
        tc.model = model
    assert repr(st.from_type(tc.Link)) == "links()"


def test_the_hook_names_every_class() -> None:
    """The classes and functions that the hook names are those of the strategies."""
    named = {
        getattr(sys.modules[f"twincities.{module}"], name): getattr(strategies, function)
        for module, classes in _hypothesis._STRATEGIES.items()
        for name, function in classes.items()
    }
    assert named == ALL | {model.Id: strategies.ids, model.Pair: strategies.pairs, model.Members: strategies.members}


def test_without_hypothesis_the_error_names_the_command() -> None:
    """Hypothesis isn't an extra of the library: the error says how to install Hypothesis itself."""
    code = """
import sys
sys.modules["hypothesis"] = None
import twincities as tc
try:
    import twincities.strategies
except tc.MissingDependencyError as error:
    print(error)
"""
    assert run(code) == "this needs the package hypothesis: pip install hypothesis"


@given(st.tuples(st.builds(tc.City), st.builds(tc.Partnership), st.builds(tc.CooperationNetwork), st.builds(tc.Source)))
@settings(max_examples=20)
def test_builds_knows_the_required_fields(records: tuple[Any, ...]) -> None:
    """`builds(City)` draws required fields: well-formed ids, pairs, members."""
    assert [type(record) for record in records] == [tc.City, tc.Partnership, tc.CooperationNetwork, tc.Source]
