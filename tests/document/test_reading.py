"""
The document: round trips, the layouts, and everything that is refused, with its path.
"""

from __future__ import annotations

import copy
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from generators import datasets, json_values
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.document.writing import to_jsonl
from twincities.model.fields import fields_of

FORMAT = {"format": "twincities/1"}
KUOPIO = resources.files("twincities").joinpath("data", "kuopio.json").read_bytes()


def jsonl(dataset: tc.Dataset) -> bytes:
    """The data set as JSON Lines in one piece."""
    return b"".join(to_jsonl(dataset))


def refusal(read: Callable[[], object]) -> tc.DatasetError:
    """The error that *read* raises; it has to."""
    with pytest.raises(tc.DatasetError) as caught:
        read()
    assert caught.value.problems
    return caught.value


def kinds_in(value: Any) -> set[type]:
    """The types of a value and of everything in it."""
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return {type(value)}.union(*map(kinds_in, inner))


def problems_of(document: Any) -> list[tuple[str, str]]:
    """The problems of a document as `json` reads it; none where it is right."""
    try:
        tc.from_json(json.dumps(document))
    except tc.DatasetError as error:
        return [tuple(problem) for problem in error.problems] or [("", "an error without a problem")]
    return []


def paths_of(document: Any) -> list[str]:
    """The paths of the problems of a document."""
    return [path for path, _ in problems_of(document)]


@pytest.fixture(params=["with msgspec", "without msgspec"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with msgspec, if it is installed, and without: the results are the same."""
    if request.param == "without msgspec":
        monkeypatch.setitem(sys.modules, "msgspec", None)


# -- round trips -----------------------------------------------------------------------------------


@given(datasets())
def test_a_document_gives_the_same_data_set_back(ds: tc.Dataset) -> None:
    """What is written in memory, as JSON, as a dict or as lines, is read as an equal data set and the same bytes."""
    text = ds.to_json()
    again = tc.from_json(text)
    assert again == ds
    assert again.to_json() == text
    assert tc.from_json(text.decode()) == ds
    plain = ds.to_dict()
    assert tc.from_dict(plain) == ds
    assert plain == json.loads(text)
    assert kinds_in(plain) <= {dict, list, str, int, float, bool, type(None)}
    lines = jsonl(ds)
    from_lines = tc.from_jsonl(lines)
    assert from_lines == ds
    assert jsonl(from_lines) == lines
    assert tc.from_jsonl(lines.decode()) == ds


@settings(max_examples=20)
@given(ds=datasets())
@pytest.mark.parametrize("ending", [".json", ".jsonl", ".json.gz", ".jsonl.gz"])
def test_a_file_gives_the_same_data_set_back(
    ending: str, ds: tc.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`write` and `read` are each other's inverse in every kind of file, and equal data gives equal bytes."""
    folder = tmp_path_factory.mktemp("files")
    first, second = folder / f"first{ending}", folder / f"second{ending}"
    ds.write(first)
    again = tc.read(first)
    assert again == ds
    again.write(str(second))
    assert second.read_bytes() == first.read_bytes()
    data = gzip.decompress(first.read_bytes()) if ending.endswith(".gz") else first.read_bytes()
    assert data == jsonl(ds) if "jsonl" in ending else json.loads(data) == ds.to_dict()


@pytest.mark.usefixtures("either_parser")
def test_the_bundled_file_is_laid_out_as_write_does(tmp_path: Path) -> None:
    """The shipped file is in the layout of `write`, byte for byte."""
    tc.load().write(tmp_path / "kuopio.json")
    assert (tmp_path / "kuopio.json").read_bytes() == KUOPIO


def test_an_empty_data_set_is_a_document_too(tmp_path: Path) -> None:
    """Nothing but the format is required; without a vocabulary no area is known."""
    ds = tc.from_dict(FORMAT)
    assert ds == tc.Dataset(vocabulary=None)
    assert ds.to_dict() == FORMAT
    assert ds.to_json() == b'{"format":"twincities/1"}'
    assert not ds.areas
    ds.write(tmp_path / "empty.json")
    assert (tmp_path / "empty.json").read_bytes() == b'{"format": "twincities/1"}\n'


def test_reading_leaves_the_callers_document_alone() -> None:
    """`from_dict` neither changes nor keeps what it is given, and `to_dict` gives away nothing of the data set."""
    document = {**FORMAT, "cities": [{"id": "a", "extra": {"k": [1, {"x": []}]}}]}
    before = copy.deepcopy(document)
    ds = tc.from_dict(document)
    assert document == before
    document["cities"][0]["extra"]["k"].append(2)  # type: ignore[index]
    assert ds.to_dict() == before
    ds.to_dict()["cities"][0]["extra"]["k"].clear()
    assert ds.to_dict() == before


# -- the layouts -----------------------------------------------------------------------------------

LISTS = {
    "sources": tc.Source,
    "areas": tc.CooperationArea,
    "cities": tc.City,
    "partnerships": tc.Partnership,
    "networks": tc.CooperationNetwork,
}
ORDER = ["format", "id", "title", "version", "as_of", "licence", "complete_for", "vocabulary", *LISTS]


def is_leaf(line: str) -> bool:
    """Whether a line holds one value that can't be broken, or a key before what was broken."""
    line = line.strip().removesuffix(",")
    if line.endswith(("[", "{")):
        return True
    value = json.loads(line if not line.startswith('"') or '": ' not in line else "{" + line + "}")
    if isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return not value or not isinstance(value, (dict, list))


def laid_out(value: Any, indent: int = 0, before: int = 0) -> str:
    """The layout said in another way: a value that fits with its comma in 100 characters stands on its line."""
    whole = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, (dict, list)) or before + len(whole) + 1 <= 100:
        return whole
    margin = " " * (indent + 1)
    items = [(f"{json.dumps(k, ensure_ascii=False)}: ", v) for k, v in value.items()] if isinstance(value, dict) else []
    items = items or [("", entry) for entry in value]
    lines = [f"{margin}{key}{laid_out(entry, indent + 1, indent + 1 + len(key))}" for key, entry in items]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([first, ",\n".join(lines), " " * indent + last])


@settings(max_examples=50)
@given(ds=datasets())
def test_written_files_read_well(ds: tc.Dataset, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No line is over 100 characters but for a value that can't be broken; whatever fits stands on one line."""
    path = tmp_path_factory.mktemp("layout") / "ds.json"
    ds.write(path)
    text = path.read_bytes().decode()
    assert text.endswith("}\n")
    assert [line for line in text.split("\n") if len(line) > 100 and not is_leaf(line)] == []
    assert text == laid_out(ds.to_dict()) + "\n"


@pytest.mark.parametrize("read", [lambda document: tc.from_json(json.dumps(document)), tc.from_dict])
def test_the_fields_of_other_tools_are_frozen_in_every_record(read: Any) -> None:
    """Lists and objects in `extra` become tuples and read-only mappings: the record hashes, whichever reader made it."""
    extra = {"x": [1, {"y": [2]}]}
    document = {
        "format": "twincities/1",
        "cities": [{"id": "a", "extra": extra}, {"id": "b"}],
        "areas": [{"id": "z", "extra": extra}],
        "partnerships": [{"cities": ["a", "b"], "extra": extra}],
        "networks": [{"id": "n", "members": ["a", "b"], "extra": extra}],
    }
    ds = read(document)
    for record in (ds.cities["a"], ds.areas["z"], ds.partnerships["a", "b"], ds.networks["n"]):
        assert isinstance(hash(record), int)
        assert record.extra == {"x": (1, {"y": (2,)})}
        assert {type(record.extra), type(record.extra["x"]), type(record.extra["x"][1])} == {tc.FrozenDict, tuple}


@given(ds=datasets())
def test_keys_stand_in_the_declared_order_and_empties_are_left_out(ds: tc.Dataset) -> None:
    """A document has the head, then the lists, each record its fields in order, and nothing that is empty."""
    document = ds.to_dict()
    assert [key for key in ORDER if key in document] == list(document)
    for name, kind in LISTS.items():
        fields = [field.name for field in attrs.fields(kind)]
        for record in document.get(name, []):
            assert [field for field in fields if field in record] == list(record)

    def empties(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, list):
            for index, entry in enumerate(value):
                yield from empties(entry, f"{path}[{index}]")
        elif isinstance(value, dict):
            for key, entry in value.items():
                if entry is None or entry in ([], {}):
                    yield f"{path}.{key}"
                elif key != "extra":
                    yield from empties(entry, f"{path}.{key}")

    # A list of no labels or sources under a key is a statement of its own.
    found = [path for path in empties(document, "$") if ".alt_labels." not in path and ".field_sources." not in path]
    assert found == []
    assert [c.get("name") for c in document.get("cities", [])] == [
        None if c.name == c.id else c.name for c in ds.cities.values()
    ]


# -- strictness: each field of each class ----------------------------------------------------------

VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "1": 1,
    '"1"': "1",
    '""': "",
    "[]": [],
    "{}": {},
    "1.5": 1.5,
    "NaN": float("nan"),
}

# What each type takes of these; everything else is refused at the path of the field.
TAKEN_BY_TYPE: dict[str, set[str]] = {
    "str": {'"1"'},
    "str | None": {"null", '"1"'},
    "int": {"1"},
    "float": {"1", "1.5"},
    "EdtfDate | None": {"null"},
    "EdtfInterval | None": {"null"},
    "Coordinates | None": {"null"},
    "PlaceKind | None": {"null"},
    "PartnershipKind | None": {"null"},
    "PartnershipStatus | None": {"null"},
    "MilestoneKind | None": {"null"},
    "Stage | None": {"null"},
    "Qualifier": set(),
    "tuple[str, str]": set(),
    "tuple[str, ...]": {"[]"},
    "tuple[Activity, ...]": {"[]"},
    "tuple[Agreement, ...]": {"[]"},
    "tuple[Claim, ...]": {"[]"},
    "tuple[Contact, ...]": {"[]"},
    "tuple[Link, ...]": {"[]"},
    "tuple[Milestone, ...]": {"[]"},
    "tuple[Organisation, ...]": {"[]"},
    "tuple[Population, ...]": {"[]"},
    "Mapping[str, str]": {"{}"},
    "Mapping[str, tuple[str, ...]]": {"{}"},
    "Mapping[str, Any]": {"{}"},
}
# Fields whose texts have a form that "1" hasn't, and the list that may not be empty.
FORMED = {"url", "language", "country_code", "wikidata_id", "field", "value"}
NEVER_EMPTY = {"members"}

# A right record of each class, the path where it stands, and the document around it.
Place = tuple[type[Any], dict[str, Any], str]
PLACES: dict[str, Place] = {
    "Source": (tc.Source, {"id": "s"}, "$.sources[0]"),
    "CooperationArea": (tc.CooperationArea, {"id": "x"}, "$.areas[0]"),
    "City": (tc.City, {"id": "t"}, "$.cities[0]"),
    "Partnership": (tc.Partnership, {"cities": ["a", "b"]}, "$.partnerships[0]"),
    "CooperationNetwork": (tc.CooperationNetwork, {"id": "n", "members": ["a", "b"]}, "$.networks[0]"),
    "Coordinates": (tc.Coordinates, {"latitude": 1, "longitude": 2.5}, "$.cities[0].coordinates"),
    "Population": (tc.Population, {"value": 1}, "$.cities[0].populations[0]"),
    "Milestone": (tc.Milestone, {}, "$.cities[0].milestones[0]"),
    "Link": (tc.Link, {"title": "T", "url": "http://a"}, "$.networks[0].links[0]"),
    "Contact": (tc.Contact, {}, "$.cities[0].contacts[0]"),
    "Agreement": (tc.Agreement, {}, "$.partnerships[0].agreements[0]"),
    "Activity": (tc.Activity, {}, "$.partnerships[0].activities[0]"),
    "Claim": (tc.Claim, {"field": "since", "value": "1980"}, "$.partnerships[0].claims[0]"),
    "Organisation": (tc.Organisation, {}, "$.partnerships[0].activities[0].organisations[0]"),
}
FIELDS = [(name, field) for name, (kind, _, _) in PLACES.items() for field in attrs.fields(kind)]
FIELD_IDS = [f"{name}.{field.name}" for name, field in FIELDS]


def steps(path: str) -> list[str | int]:
    """The keys and indexes of a path: `$.cities[0]['a b'].id` is cities, 0, a b, id."""
    found = re.findall(r"\.([\w-]+)|\[(\d+)\]|\['([^']*)'\]", path)
    return [int(index) if index else key or quoted for key, index, quoted in found]


def document_with(name: str, record: Any) -> dict[str, Any]:
    """A document with *record* in the place of its class, and what records may refer to."""
    at = steps(PLACES[name][2])
    document: dict[str, Any] = {
        **FORMAT,
        "sources": [{"id": "s"}],
        "areas": [{"id": "x"}],
        "cities": [{"id": "t"}, {"id": "a"}, {"id": "b"}, {"id": "1"}],
        "partnerships": [{"cities": ["a", "b"]}],
        "networks": [{"id": "n", "members": ["a", "b"]}],
    }
    if name == "City":
        document["cities"].pop()
    where: Any = document
    for step, below in pairwise(at):
        if isinstance(where, dict):
            where = where.setdefault(step, [] if isinstance(below, int) else {})
        else:
            where += [{}] if not where else []
            where = where[step]
    if isinstance(where, list):
        where[:1] = [record]
    else:
        where[at[-1]] = record
    return document


def type_of(name: str, field: str) -> str:
    """The type of a field as the class writes it."""
    (declared,) = (known.type for known in fields_of(PLACES[name][0]) if known.name == field)
    text = declared.__name__ if isinstance(declared, type) else str(declared)
    return re.sub(r"\w[\w.]*\.(?=\w)", "", text)


def test_the_tables_name_every_class_and_type() -> None:
    """No record class and no type of a field is forgotten by the tables below."""
    classes = {name for name in tc.__all__ if hasattr(getattr(tc, name), "RULES")}
    assert classes == set(PLACES)
    assert {type_of(name, field.name) for name, field in FIELDS} == set(TAKEN_BY_TYPE)
    assert all(paths_of(document_with(name, record)) == [] for name, (_, record, _) in PLACES.items())


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("name", "field"), FIELDS, ids=FIELD_IDS)
def test_each_field_takes_its_type_and_nothing_else(name: str, field: attrs.Attribute[Any]) -> None:
    """Every field takes the values of its type; all others are refused with the path of the field and no other."""
    _, record, path = PLACES[name]
    kind = type_of(name, field.name)
    taken = TAKEN_BY_TYPE[kind] - ({'"1"'} if field.name in FORMED else set())
    taken -= {"[]"} if field.name in NEVER_EMPTY else set()
    expected = {label: [] if label in taken else [f"{path}.{field.name}"] for label in VALUES}
    if (name, field.name) == ("Contact", "role"):
        expected['"1"'] = []  # just a text, as roles once were
    if kind == "Coordinates | None":
        expected["{}"] = [f"{path}.coordinates.latitude", f"{path}.coordinates.longitude"]
    found = {label: paths_of(document_with(name, record | {field.name: value})) for label, value in VALUES.items()}
    assert found == expected


# What an item of a list takes, by the type of the list; records: the paths below an empty object.
ITEMS_TAKEN: dict[str, set[str]] = {
    "tuple[str, ...]": {'"1"'},
    "tuple[Activity, ...]": {"{}"},
    "tuple[Agreement, ...]": {"{}"},
    "tuple[Claim, ...]": set(),
    "tuple[Contact, ...]": {"{}"},
    "tuple[Link, ...]": set(),
    "tuple[Milestone, ...]": {"{}"},
    "tuple[Organisation, ...]": {"{}"},
    "tuple[Population, ...]": set(),
}
# Lists of texts: which of them hold "1" without anything else wrong (an id has to lead somewhere).
HOLDS_ONE = {"alt_names", "alt_ids"}
LISTED = [(name, field) for name, field in FIELDS if type_of(name, field.name) in ITEMS_TAKEN]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("name", "field"), LISTED, ids=[f"{name}.{field.name}" for name, field in LISTED])
def test_each_item_of_a_list_is_of_its_type(name: str, field: attrs.Attribute[Any]) -> None:
    """A wrong item is reported with its index, also after right ones."""
    _, record, path = PLACES[name]
    kind = type_of(name, field.name)
    taken = ITEMS_TAKEN[kind] if kind != "tuple[str, ...]" or field.name in HOLDS_ONE else set()
    at = f"{path}.{field.name}[0]"
    expected = {label: [] if label in taken else [at] for label in VALUES}
    if kind == "tuple[Population, ...]":
        expected["{}"] = [f"{at}.value"]
    if kind == "tuple[Claim, ...]":
        expected["{}"] = [f"{at}.field", f"{at}.value"]
    found = {label: paths_of(document_with(name, record | {field.name: [value]})) for label, value in VALUES.items()}
    if field.name in {"members", "continues"}:  # one is too few, whatever it is
        few = f"{path}.{field.name}"
        expected = {label: [few] if label == '"1"' else [at, few] for label in VALUES}
        found = {label: sorted(paths, reverse=True) for label, paths in found.items()}
    assert found == expected


MAPPED = [(name, field) for name, field in FIELDS if type_of(name, field.name).startswith("Mapping")]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("name", "field"), MAPPED, ids=[f"{name}.{field.name}" for name, field in MAPPED])
def test_each_entry_of_an_object_is_of_its_type(name: str, field: attrs.Attribute[Any]) -> None:
    """A wrong entry is reported with its key; `extra` takes every JSON value."""
    _, record, path = PLACES[name]
    kind = type_of(name, field.name)
    key = "fi" if field.name != "field_sources" else attrs.fields(PLACES[name][0])[0].name
    taken = {"Mapping[str, str]": {'"1"'}, "Mapping[str, tuple[str, ...]]": {"[]"}, "Mapping[str, Any]": set(VALUES)}
    expected = {label: [] if label in taken[kind] else [f"{path}.{field.name}.{key}"] for label in VALUES}
    if kind == "Mapping[str, Any]":
        expected["NaN"] = [f"{path}.extra.fi"]
    given_values = {label: {field.name: {key: value}} for label, value in VALUES.items()}
    found = {label: paths_of(document_with(name, record | given)) for label, given in given_values.items()}
    assert found == expected


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("name", PLACES)
def test_required_keys_are_missed(name: str) -> None:
    """A record without a required field is refused at the path of that field."""
    kind, record, path = PLACES[name]
    required = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
    for field in required:
        rest = {key: value for key, value in record.items() if key != field}
        ((found, message),) = problems_of(document_with(name, rest))
        assert (found, message) == (f"{path}.{field}", "expected a value, got none: the key is required")
    assert set(required) <= set(record)


@pytest.mark.parametrize("name", PLACES)
def test_unknown_keys_are_refused_at_every_depth(name: str) -> None:
    """An unknown key is refused with its path; a misspelt key with a suggestion."""
    kind, record, path = PLACES[name]
    field = attrs.fields(kind)[-1].name
    slip = f"{field}s" if not field.endswith("s") else field[:-1]
    assert problems_of(document_with(name, record | {slip: None})) == [
        (f"{path}.{slip}", f"expected no such key; did you mean {field!r}?")
    ]
    has_extra = "extra" in {field.name for field in attrs.fields(kind)}
    other = "expected no such key" + "; fields of your own go under 'extra'" * has_extra
    assert problems_of(document_with(name, record | {"_zzzzz": 1})) == [(f"{path}._zzzzz", other)]
    assert paths_of(document_with(name, record | {"a key": 1})) == [f"{path}['a key']"]
    assert set(paths_of(document_with(name, record | {"zz": 1, "yy": 2}))) == {f"{path}.yy", f"{path}.zz"}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("value", [None, True, 1, "text", [], [1]], ids=repr)
def test_a_record_is_an_object(name: str, value: object) -> None:
    """Anything else in the place of a record is refused at its path."""
    if name == "Coordinates" and value is None:
        assert problems_of(document_with(name, value)) == []  # not known
        return
    ((path, message),) = problems_of(document_with(name, value))
    assert path == PLACES[name][2]
    assert message.startswith("expected an object, got ")


# -- strictness: the head --------------------------------------------------------------------------

TEXT_HEADS = ("id", "title", "version", "licence")


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("name", [*TEXT_HEADS, "as_of", "complete_for", "vocabulary"])
def test_each_field_of_the_head_takes_its_type_and_nothing_else(name: str) -> None:
    """Fields of the head are texts, a date, a list of ids and the name of a vocabulary."""
    taken = {'"1"'} if name in TEXT_HEADS else {"[]"} if name == "complete_for" else set()
    expected = {label: [] if label in taken else [f"$.{name}"] for label in VALUES}
    assert {label: paths_of({**FORMAT, name: value}) for label, value in VALUES.items()} == expected


@pytest.mark.parametrize("name", LISTS)
def test_each_list_of_the_document_is_a_list(name: str) -> None:
    """A list of records is a list; if it isn't, no other problem is reported about its records."""
    expected = {label: [] if label == "[]" else [f"$.{name}"] for label in VALUES}
    assert {label: paths_of({**FORMAT, name: value}) for label, value in VALUES.items()} == expected


def test_items_of_the_head_have_paths() -> None:
    """Each id in `complete_for` is checked, and has to be that of a city."""
    document = {**FORMAT, "complete_for": ["a", "a", "", 1], "cities": [{"id": "a"}]}
    assert paths_of(document) == [f"$.complete_for[{index}]" for index in (3, 1, 2)]
    document["complete_for"] = ["a", "a", ""]
    assert set(paths_of(document)) == {"$.complete_for[1]", "$.complete_for[2]"}
    document["complete_for"] = ["a", "b"]
    assert paths_of(document) == ["$.complete_for[1]"]


def test_unknown_keys_of_the_head_are_refused() -> None:
    """An unknown key of a document is refused, with a suggestion if it is misspelt, and in quotes if it isn't a name."""
    assert problems_of({**FORMAT, "citie": []}) == [("$.citie", "expected no such key; did you mean 'cities'?")]
    assert problems_of({**FORMAT, "tittle": 1}) == [("$.tittle", "expected no such key; did you mean 'title'?")]
    assert paths_of({**FORMAT, "a key": 1, "b\x1b": 2}) == ["$['a key']", "$['b\\x1b']"]
    (problem,) = refusal(lambda: tc.from_dict({**FORMAT, "\ud800": 1})).problems
    assert str(problem).isascii()


# -- strictness: the format ------------------------------------------------------------------------


@pytest.mark.parametrize("found", ["twincities/2", "twincities/10", "twincities/0"])
def test_another_version_of_the_format_is_an_error_of_its_own(found: str, tmp_path: Path) -> None:
    """A version that this release doesn't know has its own error, whatever else is in the document."""
    document = {"format": found, "cities": "whatever", "new": 1}
    with pytest.raises(tc.FormatVersionError) as caught:
        tc.from_dict(document)
    assert caught.value.found == found
    assert [problem.path for problem in caught.value.problems] == ["$.format"]
    assert f"got '{found}'" in str(caught.value)
    path = tmp_path / "new.json"
    path.write_text(json.dumps(document))
    with pytest.raises(tc.FormatVersionError) as caught:
        tc.read(path)
    assert (caught.value.found, caught.value.source) == (found, str(path))
    assert str(path) in str(caught.value)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    "found", [None, 1, "", "twincities", "twincities/", "twincities/x", "twincities/1.0", "other/1", ["twincities/1"]]
)
def test_another_format_is_refused(found: object) -> None:
    """What isn't a version of this format isn't read at all."""
    error = refusal(lambda: tc.from_dict({"format": found, "cities": 1}))
    assert [problem.path for problem in error.problems] == ["$.format"]
    assert not isinstance(error, tc.FormatVersionError)
    assert error.problems[0].message.startswith('expected "format": "twincities/1", got ')


def test_no_format_is_refused() -> None:
    """A document has to say what it is."""
    assert problems_of({"cities": []}) == [
        ("$", 'expected "format": "twincities/1", got a document without it'),
    ]


# -- everything wrong at once ----------------------------------------------------------------------


def test_all_problems_are_reported_at_once() -> None:
    """Ten mistakes are ten problems, each with its path: types, rules, unknown and missing keys, ids that lead nowhere."""
    document = {
        **FORMAT,
        "titel": "Slip",
        "as_of": "June",
        "sources": [{"id": "s", "language": "Finnish"}],
        "cities": [
            {"id": "a", "populations": [{"value": "12"}], "country_code": "Finland"},
            {"id": "b", "coordinates": {"latitude": 91, "longitude": 0}},
            {"name": "no id"},
        ],
        "partnerships": [
            {"cities": ["a", "c"], "status": None},
            {"cities": ["a", "b"], "since": "1980", "until": "1970"},
        ],
        "networks": [{"id": "n", "members": ["a", "b"], "activities": [{"organisations": [{"role": 3}]}]}],
    }
    error = refusal(lambda: tc.from_dict(document))
    assert [problem.path for problem in error.problems] == [
        "$.titel",
        "$.as_of",
        "$.sources[0].language",
        "$.cities[0].country_code",
        "$.cities[0].populations[0].value",
        "$.cities[1].coordinates.latitude",
        "$.cities[2].id",
        "$.partnerships[1].until",
        "$.networks[0].activities[0].organisations[0].role",
        "$.partnerships[0].cities[1]",
    ]
    assert str(error).startswith("10 problems:\n  $.titel: ")


def test_a_report_of_very_many_problems_is_cut() -> None:
    """The message shows twenty problems; `.problems` has all."""
    error = refusal(lambda: tc.from_dict({**FORMAT, "cities": [{}] * 25}))
    assert len(error.problems) == 25
    assert str(error).splitlines()[-1] == "  … and 5 more in .problems"
    assert len(str(error).splitlines()) == 22


def test_records_that_are_broken_dont_make_others_look_broken() -> None:
    """A reference to a broken record isn't reported; one to no record is."""
    document = {
        **FORMAT,
        "sources": [{"id": "s", "url": "x"}],
        "areas": [{"id": "x", "broader": 1}, {"id": "y", "broader": ["x", "z"]}],
        "cities": [{"id": "a", "kind": "castle", "sources": ["s"]}, {"id": "b", "sources": ["s", "t"]}],
        "partnerships": [{"cities": ["a", "b"], "activities": [{"areas": ["x", "y", "q"]}]}, {"cities": ["b", "c"]}],
        "complete_for": ["a"],
    }
    assert set(paths_of(document)) == {
        "$.sources[0].url",
        "$.areas[0].broader",
        "$.cities[0].kind",
        "$.areas[1].broader[1]",
        "$.cities[1].sources[1]",
        "$.partnerships[0].activities[0].areas[2]",
        "$.partnerships[1].cities[1]",
    }


@pytest.mark.parametrize("name", ["sources", "cities"])
def test_a_list_that_is_unusable_doesnt_make_others_look_broken(name: str) -> None:
    """If a whole list can't be read, references that may lead into it aren't reported."""
    document = {
        **FORMAT,
        "sources": [{"id": "s"}],
        "cities": [{"id": "a", "sources": ["s"]}, {"id": "b"}],
        "partnerships": [{"cities": ["a", "b"], "sources": ["s"]}],
        "complete_for": ["a"],
    }
    assert paths_of({**document, name: {}}) == [f"$.{name}"]


@pytest.mark.parametrize("vocabulary", ["twincities-areas/9", 1])
def test_a_vocabulary_that_is_unusable_doesnt_make_areas_look_unknown(vocabulary: object) -> None:
    """If the vocabulary can't be read, references to areas that may be in it aren't reported."""
    document = {
        **FORMAT,
        "vocabulary": vocabulary,
        "cities": [{"id": "a"}, {"id": "b"}],
        "partnerships": [{"cities": ["a", "b"], "activities": [{"areas": ["culture"]}]}],
    }
    assert paths_of(document) == ["$.vocabulary"]


def test_rules_of_a_record_with_a_wrong_type_are_checked_too() -> None:
    """A wrong type in one field doesn't hide a broken rule in another, at any depth."""
    document = {
        **FORMAT,
        "cities": [
            {
                "id": "a b",
                "name": 5,
                "wikidata_id": "650224",
                "names": {"Finnish": "x", "fi": " "},
                "links": [{"title": 1, "url": "ftp://x"}],
                "extra": {"big": 2**60},
                "unknown": 1,
            }
        ],
    }
    assert set(paths_of(document)) == {
        "$.cities[0].id",
        "$.cities[0].name",
        "$.cities[0].wikidata_id",
        "$.cities[0].names.Finnish",
        "$.cities[0].names.fi",
        "$.cities[0].links[0].title",
        "$.cities[0].links[0].url",
        "$.cities[0].extra.big",
        "$.cities[0].unknown",
    }


def test_wrong_dates_are_reported_with_reasons() -> None:
    """The problem of a wrong date has its path and the reason."""
    document = {
        **FORMAT,
        "cities": [{"id": "a"}, {"id": "b"}],
        "partnerships": [{"cities": ["a", "b"], "since": "1.6.1982", "agreements": [{"period": "2029/2022"}]}],
    }
    ((since, why), (period, reason)) = problems_of(document)
    assert since == "$.partnerships[0].since"
    assert why == "expected year, month and day in this order, such as 1982-06-11, got '1.6.1982'"
    assert period == "$.partnerships[0].agreements[0].period"
    assert reason == "expected an interval that doesn't end before it starts, got '2029/2022'"


def test_a_pair_has_two_different_cities() -> None:
    """Three cities, and one city twice, are refused at `cities`."""
    cities = [{"id": "a"}, {"id": "b"}]
    for pair in (["a"], ["a", "b", "a"], ["a", "a"]):
        assert paths_of({**FORMAT, "cities": cities, "partnerships": [{"cities": pair}]}) == [
            "$.partnerships[0].cities"
        ]


def test_keys_that_arent_text_are_refused() -> None:
    """`from_dict` refuses keys that JSON can't have, as it does everything else."""
    for cities in ([{"id": "a", 1: 2}], [{"id": "a", 1: 2, "x": 3}], [{"id": "a", "names": {1: "x"}}]):
        error = refusal(lambda cities=cities: tc.from_dict({**FORMAT, "cities": cities}))  # type: ignore[misc]
        assert all(problem.path.startswith("$.cities[0]") for problem in error.problems)
    assert len(refusal(lambda: tc.from_dict({**FORMAT, 1: 2})).problems) == 1  # type: ignore[dict-item]
    assert len(refusal(lambda: tc.from_dict({**FORMAT, "cities": [{"id": "a", "extra": {1: 2}}]})).problems) == 1


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("document", [None, True, 1, 1.5, "text", [], [FORMAT]], ids=repr)
def test_a_document_is_an_object(document: object) -> None:
    """Anything else than an object is refused at the root."""
    (problem,) = refusal(lambda: tc.from_json(json.dumps(document))).problems
    assert problem.path == "$"
    assert problem.message.startswith("expected an object, got ")
    assert refusal(lambda: tc.from_dict(document)).problems == (problem,)  # type: ignore[arg-type]
    (lines,) = refusal(lambda: tc.from_jsonl(json.dumps(document))).problems
    assert lines == ("line 1 $", problem.message)


# -- texts and bytes -------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{", 1, 2),
        ('{"format":\n "x",\n  oops}', 3, 3),
        ("[1 2]", 1, 4),
        ('{"a": 1} x', 1, 10),
        ("'a'", 1, 1),
    ],
)
def test_errors_of_json_have_line_and_column(text: str, line: int, column: int) -> None:
    """Text that isn't JSON is reported with the place where it goes wrong."""
    (problem,) = refusal(lambda: tc.from_json(text)).problems
    assert problem.path == "$"
    assert problem.message.startswith("expected JSON: ")
    assert problem.message.endswith(f" at line {line}, column {column}")
    assert refusal(lambda: tc.from_json(text.encode())).problems == (problem,)


@pytest.mark.usefixtures("either_parser")
def test_one_byte_order_mark_is_forgiven() -> None:
    """A document may begin with one byte order mark, as bytes or as text; two are no JSON."""
    text = json.dumps(FORMAT)
    for document in ("\ufeff" + text, ("\ufeff" + text).encode(), bytearray(("\ufeff" + text).encode())):
        assert tc.from_json(document) == tc.from_dict(FORMAT)
        assert tc.from_jsonl(document) == tc.from_dict(FORMAT)
    refusal(lambda: tc.from_json("\ufeff\ufeff" + text))


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("read", [tc.from_json, tc.from_jsonl])
def test_what_is_no_text_is_shown(read: Any) -> None:
    """Anything but bytes or text is a wrong argument, not a wrong document."""
    with pytest.raises(tc.QueryError, match=r"^expected JSON as bytes or text, got 3$"):
        read(3)


def test_byte_order_marks_elsewhere_are_no_json() -> None:
    """JSON Lines may begin with one byte order mark as well; no further line may, and two are no JSON."""
    text = json.dumps(FORMAT)
    refusal(lambda: tc.from_jsonl("\ufeff\ufeff" + text))
    error = refusal(lambda: tc.from_jsonl(text + '\n\ufeff{"city": {"id": "a"}}'))
    assert [problem.path for problem in error.problems] == ["line 2 $"]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("data", "byte", "offset"),
    [
        (json.dumps(FORMAT).encode("utf-16"), 0xFF, 0),
        ('{"format":"twincities/1","title":"Lääne"}'.encode("latin-1"), 0xE4, 35),
        (b"\xff", 0xFF, 0),
        (b'"\xed\xa0\x80"', 0xED, 1),
    ],
    ids=["utf-16", "latin-1", "0xff", "surrogate"],
)
def test_only_utf8_is_read(data: bytes, byte: int, offset: int) -> None:
    """Other encodings are refused with the byte that isn't UTF-8, and where it is."""
    (problem,) = refusal(lambda: tc.from_json(data)).problems
    assert problem == ("$", f"expected UTF-8, got the byte 0x{byte:02x} at offset {offset}")
    assert refusal(lambda: tc.from_jsonl(data)).problems == (tc.Problem("line 1 $", problem.message),)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("city", "path"),
    [
        (r'{"id": "\ud800"}', "$.cities[0].id"),
        (r'{"id": "a", "name": "x\udfff"}', "$.cities[0].name"),
        (r'{"id": "a", "names": {"fi": "\ud800"}}', "$.cities[0].names.fi"),
        (r'{"id": "a", "names": {"\ud800": "x"}}', r"$.cities[0].names['\ud800']"),
        (r'{"id": "a", "alt_names": ["\ud83d"]}', "$.cities[0].alt_names[0]"),
        (r'{"id": "a", "extra": {"\ud800": 1}}', r"$.cities[0].extra['\ud800']"),
        (r'{"id": "a", "extra": {"k": ["\ud800"]}}', "$.cities[0].extra.k[0]"),
        (r'{"id": "a", "extra": {"k": {"\ud800": 1}}}', r"$.cities[0].extra.k['\ud800']"),
        (r'{"id": "a", "\ud800": 1}', r"$.cities[0]['\ud800']"),
    ],
)
def test_lone_surrogates_are_refused(city: str, path: str) -> None:
    """Half a pair of UTF-16 can't be written as UTF-8, so it isn't read either; messages can be printed."""
    error = refusal(lambda: tc.from_json('{"format": "twincities/1", "cities": [' + city + "]}"))
    assert {problem.path for problem in error.problems} == {path}
    assert str(error).encode()
    assert tc.from_json(r'{"format": "twincities/1", "title": "\ud83d\ude00"}').title == "😀"


@pytest.mark.usefixtures("either_parser")
def test_lone_surrogates_in_text_that_isnt_escaped_are_refused() -> None:
    """A Python text can hold half a pair as it is: refused like the escaped ones."""
    for read in (tc.from_json, tc.from_jsonl):
        error = refusal(lambda read=read: read('{"format": "twincities/1", "title": "\ud800"}'))  # type: ignore[misc]
        assert error.problems[0].path.endswith("$.title")
        assert str(error).isascii()


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400"])
@pytest.mark.parametrize(
    ("city", "path"),
    [
        ('{"id": "a", "populations": [{"value": %s}]}', "$.cities[0].populations[0].value"),
        ('{"id": "a", "coordinates": {"latitude": %s, "longitude": 1}}', "$.cities[0].coordinates.latitude"),
        ('{"id": "a", "extra": {"x": [%s]}}', "$.cities[0].extra.x[0]"),
    ],
)
def test_numbers_are_finite(number: str, city: str, path: str) -> None:
    """What isn't a finite number is refused wherever a number may stand."""
    error = refusal(lambda: tc.from_json('{"format": "twincities/1", "cities": [' + city % number + "]}"))
    assert [problem.path for problem in error.problems] == [path]


@pytest.mark.usefixtures("either_parser")
def test_very_long_numbers_are_refused() -> None:
    """Numbers of hundreds or thousands of digits are refused in words that fit on a line."""
    for digits in (17, 400, 5000):
        text = '{"format": "twincities/1", "cities": [{"id": "a", "populations": [{"value": %s}]}]}' % ("9" * digits)
        error = refusal(lambda text=text: tc.from_json(text))  # type: ignore[misc]
        assert len(str(error)) < 200
    text = '{"format": "twincities/1", "cities": [{"id": "a", "coordinates": {"latitude": %s, "longitude": 0}}]}'
    error = refusal(lambda: tc.from_json(text % ("9" * 400)))
    assert [problem.path for problem in error.problems] == ["$.cities[0].coordinates.latitude"]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"format": "twincities/1", "x":['])
def test_very_deep_documents_are_refused(opening: str) -> None:
    """A hundred thousand levels are a problem of the document, not a crash."""
    (problem,) = refusal(lambda: tc.from_json(opening * 100_000)).problems
    assert problem == ("$", "expected fewer levels of lists and objects")
    (problem,) = refusal(lambda: tc.from_jsonl(opening * 100_000)).problems
    assert problem == ("line 1 $", "expected fewer levels of lists and objects")


def test_extra_holds_a_bounded_number_of_levels() -> None:
    """`extra` carries fifty levels through a round trip, and refuses more."""

    def document(levels: int) -> dict[str, Any]:
        value: Any = 1
        for _ in range(levels):
            value = [value]
        return {**FORMAT, "cities": [{"id": "a", "extra": {"k": value}}]}

    assert tc.from_dict(document(49)).to_dict() == document(49)
    for levels in (51, 500, 50_000):
        (problem,) = refusal(lambda levels=levels: tc.from_dict(document(levels))).problems  # type: ignore[misc]
        assert problem.message == "expected at most 50 levels of lists and objects"


@pytest.mark.usefixtures("either_parser")
def test_a_key_given_twice_counts_the_last_time() -> None:
    """As in `json`: the last value counts, at the top and in a record."""
    text = '{"format": "x", "format": "twincities/1", "cities": [{"id": "a", "name": 1, "name": "A"}]}'
    assert tc.from_json(text).cities["a"].name == "A"


@pytest.mark.usefixtures("either_parser")
def test_only_text_and_bytes_hold_a_document() -> None:
    """Anything else given as a document is refused."""
    for value in (None, 3, ["{}"], {}):
        with pytest.raises(tc.QueryError):
            tc.from_json(value)  # type: ignore[arg-type]


# -- JSON Lines ------------------------------------------------------------------------------------


def lines_of(*entries: object) -> str:
    """JSON Lines with a head and the entries."""
    return "\n".join([json.dumps(FORMAT), *(e if isinstance(e, str) else json.dumps(e) for e in entries)])


def test_json_lines_name_the_line_of_a_problem() -> None:
    """Problems of lines begin with the number of the line, counted with blank lines; all are reported."""
    text = lines_of(
        {"city": {"id": "a"}},
        "",
        "{oops",
        {"city": {"id": "b", "kind": "castle"}},
        {"partnership": {"cities": ["a", "c"], "sources": ["s"]}},
        {"citie": {}},
        {"city": {"id": "a"}},
        [],
        {"city": {"id": "d"}, "source": {"id": "s"}},
        {"network": 5},
    )
    error = refusal(lambda: tc.from_jsonl(text))
    assert {problem.path for problem in error.problems} == {
        "line 4 $",
        "line 5 $.city.kind",
        "line 6 $.partnership.cities[1]",
        "line 6 $.partnership.sources[0]",
        "line 7 $",
        "line 8 $.city",
        "line 9 $",
        "line 10 $",
        "line 11 $.network",
    }
    messages = {problem.path: problem.message for problem in error.problems}
    assert messages["line 8 $.city"] == "expected one record for each id, got 'a' again, first at line 2 $.city"
    assert messages["line 7 $"] == (
        "expected an object with one key of source, area, city, partnership, network, got an object of 1"
    )


def test_json_lines_take_any_order_and_line_ends() -> None:
    """Records may come in any order, lines end in any of the usual ways, and blank lines are skipped."""
    head, *records = jsonl(tc.load()).splitlines()
    for end in (b"\n", b"\r\n", b"\n \t\n"):
        assert tc.from_jsonl(end.join([b"", head, *reversed(records), b""])) == tc.load()


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ({"format": "twincities/1", "complete_for": ["zz"]}, "line 1 $.complete_for[0]"),
        ({"format": "twincities/1", "vocabulary": "zz"}, "line 1 $.vocabulary"),
        ({"format": "twincities/1", "vocabulary": 1}, "line 1 $.vocabulary"),
        ({"format": "twincities/1", "title": 1}, "line 1 $.title"),
        ({"format": "twincities/1", "cities": []}, "line 1 $.cities"),
        ({"format": "twincities/1", "as_of": "x"}, "line 1 $.as_of"),
        ({"format": "x"}, "line 1 $.format"),
        ({"format": "twincities/2"}, "line 1 $.format"),
        ({}, "line 1 $"),
    ],
)
def test_problems_of_the_first_line_name_it(head: dict[str, Any], path: str) -> None:
    """Problems of the head have the number of its line too."""
    error = refusal(lambda: tc.from_jsonl(json.dumps(head)))
    assert [problem.path for problem in error.problems] == [path]


@pytest.mark.parametrize("text", ["", "\n", " \n\r\n", b"", "\ufeff"])
def test_json_lines_begin_with_a_head(text: str | bytes) -> None:
    """Without any line there is no head."""
    (problem,) = refusal(lambda: tc.from_jsonl(text)).problems
    assert problem == ("line 1 $", "expected a head, got no line")


def test_a_first_line_that_is_no_json_ends_the_reading() -> None:
    """After a head that can't be read, no problem of the other lines is reported."""
    (problem,) = refusal(lambda: tc.from_jsonl('{"format"\n{oops')).problems
    assert problem.path == "line 1 $"


def test_a_line_of_other_blanks_is_no_json() -> None:
    """Only the blanks of JSON make a blank line: a no-break space is refused, as it is in a document."""
    refusal(lambda: tc.from_json(json.dumps(FORMAT) + "\n\u00a0"))
    refusal(lambda: tc.from_jsonl(json.dumps(FORMAT) + "\n\u00a0\n"))


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ds", "ds.txt", "ds.JSONS", "ds.gz", "json", "ds.json.zip"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    """The ending of a file's name decides the format; others are refused before anything is read or written."""
    path = tmp_path / name
    expected = rf"^expected a file name that ends in one of \.json, \.jsonl, .*, got '{re.escape(name)}'"
    with pytest.raises(tc.QueryError, match=expected):
        tc.read(path)
    with pytest.raises(tc.QueryError, match=expected):
        tc.load().write(path)
    assert not path.exists()


def test_a_file_that_isnt_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    """Files that are missing raise what `open` raises."""
    with pytest.raises(FileNotFoundError):
        tc.read(tmp_path / "missing.json")
    with pytest.raises(FileNotFoundError):
        tc.load().write(tmp_path / "no folder" / "ds.json")


@pytest.mark.parametrize("name", ["bad.json", "bad.jsonl"])
def test_problems_of_a_file_name_the_file(name: str, tmp_path: Path) -> None:
    """`.source` is the file, and the text has it."""
    path = tmp_path / name
    path.write_text('{"format": "twincities/1", "title": 1}')
    for given_path in (path, str(path)):
        error = refusal(lambda given_path=given_path: tc.read(given_path))  # type: ignore[misc]
        assert error.source == str(path)
        where = "line 1 $.title" if name.endswith("l") else "$.title"
        assert str(error) == f"{where} in {path}: expected text, got 1"
    path.write_text('{"format": "twincities/1", "title": 1, "id": 1}')
    assert str(refusal(lambda: tc.read(path))).splitlines()[0] == f"2 problems in {path}:"


@pytest.mark.parametrize("ending", ["json.gz", "jsonl.gz"])
def test_damaged_gzip_files_are_refused(ending: str, tmp_path: Path) -> None:
    """A file cut short, a file that isn't gzip, and bytes after the end are problems of the document."""
    path = tmp_path / f"ds.{ending}"
    tc.load().write(path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    for data in (whole[:-1], whole[: len(whole) // 2], whole[:5], KUOPIO, whole + b"x", bytes(flipped)):
        path.write_bytes(data)
        error = refusal(lambda: tc.read(path))
        assert error.source == str(path)
        assert error.problems[0].message.startswith("expected a whole gzip file: ")
    path.write_bytes(b"")
    refusal(lambda: tc.read(path))


@pytest.mark.parametrize("ending", ["json", "json.gz", "jsonl", "jsonl.gz"])
def test_files_are_read_within_bounds(ending: str, tmp_path: Path) -> None:
    """A file may unpack to at most `max_bytes`; a small file that unpacks to very much is refused on the way."""
    path = tmp_path / f"ds.{ending}"
    tc.load().write(path)
    data = path.read_bytes()
    size = len(gzip.decompress(data) if ending.endswith("gz") else data)
    assert tc.read(path, max_bytes=size) == tc.load()
    error = refusal(lambda: tc.read(path, max_bytes=size - 1))
    assert error.problems[0] == ("$", f"expected at most {size - 1:,} bytes, got more")
    assert error.source == str(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Fifty megabytes of blanks in a file of some kilobytes are refused by a bound of one."""
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b" " * 50_000_000))
    assert path.stat().st_size < 100_000
    assert "at most 1,000,000 bytes" in str(refusal(lambda: tc.read(path, max_bytes=1_000_000)))


# -- anything at all -------------------------------------------------------------------------------


def verdict(read: Callable[[], tc.Dataset]) -> tc.Dataset | None:
    """A data set that keeps its round trip, or `None` for a `DatasetError` that can be printed; nothing else comes."""
    try:
        ds = read()
    except tc.DatasetError as caught:
        error = caught
    else:
        assert tc.from_json(ds.to_json()) == ds
        return ds
    assert error.problems
    assert str(error).encode()
    assert all(problem.path and problem.message for problem in error.problems)
    return None


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_text_or_bytes_give_an_answer(data: bytes | str) -> None:
    """No text and no bytes raise anything but `DatasetError`."""
    assert verdict(lambda: tc.from_json(data)) is None
    assert verdict(lambda: tc.from_jsonl(data)) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["a", "b", "1980"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def near_records(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Objects with the keys of a class and any values."""
    return st.dictionaries(st.sampled_from([field.name for field in attrs.fields(kind)]), anything, max_size=5)


near_documents = st.fixed_dictionaries(
    {"format": st.just("twincities/1")},
    optional={
        **dict.fromkeys(["title", "as_of", "complete_for", "vocabulary", "zz"], anything),
        **{name: st.lists(near_records(kind) | anything, max_size=3) | anything for name, kind in LISTS.items()},
    },
)


@given(anything | near_documents)
def test_any_json_value_gives_an_answer(document: Any) -> None:
    """No JSON value raises anything but `DatasetError`, read from memory, from text or as lines."""
    first = verdict(lambda: tc.from_dict(document))
    text = json.dumps(document)
    assert verdict(lambda: tc.from_json(text)) == first
    verdict(lambda: tc.from_jsonl(lines_of(*(document if isinstance(document, list) else [document]))))


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with every key or index of it."""
    for key, entry in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        yield value, key
        if isinstance(entry, (dict, list)):
            yield from places_in(entry)


@settings(max_examples=60)
@given(st.data())
def test_damaged_documents_give_an_answer(data: st.DataObject) -> None:
    """A real document with subtrees replaced, taken out or put in is a data set still, or a `DatasetError`."""
    document = json.loads(KUOPIO)
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(places_in(document))
        where, key = places[data.draw(st.integers(0, len(places) - 1))]
        what = data.draw(st.sampled_from(["replace", "delete", "insert", "move"]))
        if what == "delete":
            del where[key]
        elif what == "move":
            other, place = places[data.draw(st.integers(0, len(places) - 1))]
            where[key] = copy.deepcopy(other[place])
        elif what == "replace" or isinstance(where, dict):
            where[key if what == "replace" else data.draw(st.text(max_size=4))] = data.draw(anything | json_values)
        else:
            where.insert(key, data.draw(anything))
    strict = verdict(lambda: tc.from_dict(document))
    assert verdict(lambda: tc.from_json(json.dumps(document))) == strict


@given(datasets(max_cities=2), st.data())
def test_a_record_taken_out_is_missed_where_it_is_named(ds: tc.Dataset, data: st.DataObject) -> None:
    """Without one of its cities or sources a document is right only if nothing named it; paths lead to the names."""
    document = ds.to_dict()
    name = data.draw(st.sampled_from(["cities", "sources"]))
    if not document.get(name):
        return
    gone = document[name].pop()["id"]
    paths = paths_of(document)

    def at(path: str) -> Any:
        value: Any = document
        for key in steps(path):
            value = value[key]
        return value

    assert all(at(path) == gone for path in paths)


def test_problems_of_strange_iterables_are_reported() -> None:
    """Values that JSON doesn't have are refused in a document from memory too."""
    values: Iterable[Any] = (b"x", {1}, object(), (1,), range(3))
    for value in values:
        document = {**FORMAT, "cities": [{"id": "a", "names": value, "extra": {"k": value}}]}
        assert refusal(lambda document=document: tc.from_dict(document)).problems[0].path == "$.cities[0].names"  # type: ignore[misc]


@pytest.mark.usefixtures("either_parser")
def test_what_a_line_says_isnt_taken_for_a_place() -> None:
    """Only the places of problems are turned into lines, never what a document says of itself."""
    text = lines_of(
        {"city": {"id": "a"}},
        {"city": {"id": "a"}},
        {"city": {"id": "b c$.cities[9]"}},
        {"partnership": {"cities": ["a", ", first at $.cities[0]"]}},
    )
    problems = refusal(lambda: tc.from_jsonl(text)).problems
    paths = [problem.path for problem in problems]
    assert paths == ["line 3 $.city", "line 4 $.city.id", "line 5 $.partnership.cities[1]"]
    assert problems[0].message.endswith("first at line 2 $.city")
    assert "$.cities[9]'" in problems[1].message
    assert problems[2].message.endswith("got ', first at $.cities[0]'")
