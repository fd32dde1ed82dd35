"""Immutable values in records: read-only mappings, frozen JSON, and how rules are applied."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.errors import step
from twincities.model.converters import to_json_object
from twincities.model.frozen import freeze_json, thaw_json

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
json_objects = st.dictionaries(st.text(max_size=4).filter(str.strip), json_values, max_size=4)
items = st.lists(st.tuples(st.text(max_size=3), st.integers(0, 3)), max_size=6, unique_by=lambda item: item[0])

# --- Read-only mappings ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.__setitem__("a", 2),
        lambda d: d.__setitem__("new", 2),
        lambda d: d.__delitem__("a"),
        lambda d: d.clear(),
        lambda d: d.pop("a"),
        lambda d: d.pop("absent", None),
        lambda d: d.popitem(),
        lambda d: d.setdefault("a", 2),
        lambda d: d.setdefault("new", 2),
        lambda d: d.update({"a": 2}),
        lambda d: d.update(a=2),
        lambda d: d.update(),
        lambda d: d.__ior__({"a": 2}),
    ],
)
def test_a_read_only_mapping_refuses_every_change(change: Callable[[Any], object]) -> None:
    """Every method that changes a dict is refused, even if it would change nothing."""
    kept = tc.FrozenDict({"a": 1, "b": 2})
    with pytest.raises(TypeError, match="FrozenDict is read-only"):
        change(kept)
    assert kept == {"a": 1, "b": 2}
    assert list(kept) == ["a", "b"]
    assert not hasattr(kept, "__dict__")


def test_every_method_that_changes_a_dict_is_refused() -> None:
    """The table above is complete: every method that only a mutable mapping has is refused."""
    mutators = {"__setitem__", "__delitem__", "__ior__", "clear", "pop", "popitem", "setdefault", "update"}
    readers = {"copy", "fromkeys", "get", "items", "keys", "values"}
    assert {name for name in vars(dict) if not name.startswith("_")} == readers | {
        name for name in mutators if not name.startswith("_")
    }
    for name in mutators:
        assert getattr(tc.FrozenDict, name) is not getattr(dict, name)


@given(items, st.randoms(use_true_random=False))
def test_equal_content_has_an_equal_hash_in_any_order(pairs: list[tuple[str, int]], random: Any) -> None:
    """The order of the items is kept, and counts neither in equality nor in the hash."""
    shuffled = pairs.copy()
    random.shuffle(shuffled)
    first, second = tc.FrozenDict(pairs), tc.FrozenDict(shuffled)
    assert first == second == dict(pairs)
    assert hash(first) == hash(second)
    assert list(first.items()) == pairs
    assert len({first, second}) == 1


@given(items, items)
def test_mappings_of_other_content_are_not_equal(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> None:
    """Two read-only mappings are equal exactly where the dicts are."""
    assert (tc.FrozenDict(first) == tc.FrozenDict(second)) is (dict(first) == dict(second))
    assert (tc.FrozenDict(first) != tc.FrozenDict(second)) is (dict(first) != dict(second))


def test_a_mapping_hashes_where_its_values_do() -> None:
    """A value without a hash leaves its mapping without one."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(tc.FrozenDict({"a": []}))


@given(items)
def test_a_read_only_mapping_copies_and_pickles(pairs: list[tuple[str, int]]) -> None:
    """Copies are the mapping itself; pickles, of every protocol, are equal, in the same order and read-only."""
    kept = tc.FrozenDict(pairs)
    assert copy.copy(kept) is kept
    assert copy.deepcopy(kept) is kept
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(kept, protocol))
        assert type(again) is tc.FrozenDict
        assert list(again.items()) == pairs
        assert hash(again) == hash(kept)
        with pytest.raises(TypeError, match="read-only"):
            again["a"] = 1


def test_a_read_only_mapping_reads_like_a_dict() -> None:
    """`get`, `in`, length and iteration are those of a dict, and a dict made of it can be changed."""
    kept = tc.FrozenDict({"b": 1, "a": 2})
    assert (kept["b"], kept.get("a"), kept.get("c"), "a" in kept, len(kept)) == (1, 2, None, True, 2)
    with pytest.raises(KeyError):
        kept["c"]
    assert dict(kept) | {"c": 3} == {"b": 1, "a": 2, "c": 3}
    assert json.dumps(kept) == '{"b": 1, "a": 2}'


# --- Frozen JSON -----------------------------------------------------------------------------


def _as_text(value: Any) -> str:
    # 1, 1.0 and True are equal to Python, and not the same JSON.
    return json.dumps(value, sort_keys=False)


@given(json_values)
def test_frozen_json_thaws_to_what_it_was(value: Any) -> None:
    """Lists become tuples and objects read-only mappings, down to the bottom, and back again."""
    kept = freeze_json(value)
    hash(kept)
    assert _as_text(thaw_json(kept)) == _as_text(value)
    assert freeze_json(kept) == kept
    assert freeze_json(thaw_json(kept)) == kept


@given(json_objects)
def test_extra_keeps_any_json(value: dict[str, Any]) -> None:
    """Values in `extra` are frozen with the record and come back unchanged."""
    city = tc.City(id="a", extra=value)
    hash(city.extra)
    assert city.extra == to_json_object(value)
    assert _as_text(thaw_json(city.extra)) == _as_text(value)
    again = pickle.loads(pickle.dumps(city))
    assert again == city
    assert _as_text(thaw_json(again.extra)) == _as_text(value)


def test_values_of_numpy_become_those_of_json() -> None:
    """Numbers, truth values and texts of numpy become Python's; arrays and dates, which JSON hasn't, are refused."""
    np = pytest.importorskip("numpy")
    given = {"a": np.int64(1), "b": np.bool_(True), "c": np.float32(0.5), "d": [np.str_("x")], "e": np.float64(1.5)}
    kept = tc.City(id="a", extra=given).extra
    assert kept == {"a": 1, "b": True, "c": 0.5, "d": ("x",), "e": 1.5}
    assert [type(kept[key]) for key in "abce"] == [int, bool, float, float]
    assert type(kept["d"][0]) is str
    for value in (np.array([1]), np.datetime64("1980")):
        with pytest.raises(tc.InvalidRecordError, match="expected a JSON value"):
            tc.City(id="a", extra={"a": value})


def test_what_is_frozen_does_not_follow_its_origin() -> None:
    """A change to the dict that `extra` was made from doesn't reach the record."""
    origin: dict[str, Any] = {"a": {"b": [1]}}
    city = tc.City(id="a", extra=origin)
    origin["a"]["b"].append(2)
    origin["c"] = 3
    assert city.extra == {"a": {"b": (1,)}}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("since", ".since"),
        ("field_sources", ".field_sources"),
        ("zh-Hant", ".zh-Hant"),
        ("_a1", "._a1"),
        ("names.fi", "['names.fi']"),
        ("1a", "['1a']"),
        ("a b", "['a b']"),
        ("", "['']"),
        ("ä", "['ä']"),
        ("a\n", "['a\\n']"),
        ("x" * 100, f".{'x' * 100}"),
        (0, "[0]"),
        (12, "[12]"),
    ],
)
def test_a_step_of_a_path_reads_like_code(key: Any, expected: str) -> None:
    """A plain name follows a dot, any other is in brackets and quotes, an index in brackets."""
    assert step(key) == expected


# --- Rules -----------------------------------------------------------------------------------

odd_texts = st.text(max_size=8) | st.sampled_from(
    ["kuopio", "con", "a.", "FI", "FI-15", "Q1", "650224", "fi", "zh-Hant", "https://example.org/", "\u00a0", "a\n"]
)


LEAST: dict[Any, dict[str, Any]] = {
    tc.City: {"id": "gyor", "name": "Győr"},
    tc.Partnership: {"cities": ("gyor", "kuopio")},
    tc.CooperationArea: {"id": "music"},
    tc.CooperationNetwork: {"id": "nordic", "members": ["bodo", "kuopio"]},
    tc.Coordinates: {"latitude": 0, "longitude": 0},
    tc.Population: {"value": 0},
    tc.Source: {"id": "s1"},
    tc.Link: {"title": "A story", "url": "https://example.org/"},
    tc.Claim: {"field": "since", "value": "1967"},
    **{cls: {} for cls in (tc.Activity, tc.Agreement, tc.Contact, tc.Milestone, tc.Organisation)},
}


def _values_for(cls: Any, name: str) -> st.SearchStrategy[Any]:
    schema = cls.RULES[name].schema
    if name == "extra":
        return st.dictionaries(odd_texts, json_values | st.floats() | st.integers(), max_size=3)
    if name in {"cities", "continues"}:
        return st.tuples(odd_texts, odd_texts)
    if name == "field_sources":
        return st.dictionaries(st.sampled_from(["names", "extra"]), st.lists(odd_texts, max_size=3).map(tuple))
    if name == "role" and cls is tc.Contact:
        return st.dictionaries(odd_texts, odd_texts)
    if "items" in schema:
        return st.lists(odd_texts, max_size=3).map(tuple)
    if "additionalProperties" in schema:
        several = "items" in schema["additionalProperties"]
        return st.dictionaries(odd_texts, st.lists(odd_texts, max_size=3).map(tuple) if several else odd_texts)
    if "maximum" in schema:
        return (st.integers(-(2**60), 2**60) | st.floats()) if cls is tc.Coordinates else st.integers()
    return odd_texts


@pytest.mark.parametrize(
    ("cls", "name"),
    [pytest.param(cls, name, id=f"{cls.__name__}.{name}") for cls in LEAST for name in dict(cls.RULES)],
)
@given(data=st.data())
def test_a_field_refuses_exactly_what_its_rule_complains_of(cls: Any, name: str, data: st.DataObject) -> None:
    """However a class checks its rules, a value with a problem is refused at its path, and any other is accepted."""
    value = data.draw(_values_for(cls, name))
    value = tuple(sorted(value)) if name in {"cities", "continues"} else value
    complaints = list(cls.RULES[name](freeze_json(value)))
    # What holds across fields isn't a rule of one.
    if name == "asserted_by" and cls is tc.Partnership:
        complaints += [
            (f"[{n}]", "expected a side") for n, city in enumerate(value) if city not in LEAST[cls]["cities"]
        ]
    if name in {"part_of", "succeeded_by"}:
        complaints += [(f"[{n}]", "expected another") for n, city in enumerate(value) if city == LEAST[cls]["id"]]
    if name == "field_sources":
        complaints += [
            (f".{key}", "expected a field")
            for key in value
            if key not in {f.name for f in attrs.fields(cls)} - {"extra"}
        ]
    fields = {**LEAST[cls], name: value}
    if complaints:
        with pytest.raises(tc.InvalidRecordError) as raised:
            cls(**fields)
        assert raised.value.record == cls.__name__
        places = {problem.path for problem in raised.value.problems}
        assert places
        assert places <= {f"$.{name}{path}" for path, _ in complaints}
    else:
        assert getattr(cls(**fields), name) == freeze_json(value)
