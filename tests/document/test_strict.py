"""The strict reader reports all problems together, each of them whatever the others are."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from generators import datasets
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.errors import step

# No field takes it, but `extra`.
WRONG = float("inf")


def places(value: Any, path: str = "$") -> Iterator[tuple[Any, Any, str]]:
    """Every place in a document below which nothing is other tools': the container, the key, the path."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        below = path + step(key)
        if key not in ("extra", "format"):
            yield value, key, below
            yield from places(inner, below)


def problems_of(document: Any) -> tuple[tc.Problem, ...]:
    """The problems of a document."""
    try:
        tc.from_dict(document)
    except tc.DatasetError as error:
        return error.problems
    return ()


@given(datasets(min_cities=1), st.data())
def test_every_mistake_is_reported_whatever_else_is_wrong(ds: tc.Dataset, data: st.DataObject) -> None:
    """Fixing all reported problems leaves none: each of several mistakes is reported, at its place or around it."""
    document = ds.to_dict()
    made: list[str] = []
    for _ in range(data.draw(st.integers(1, 4))):
        found = list(places(document))
        where, key, path = found[data.draw(st.integers(0, len(found) - 1))]
        if any(path.startswith(other) or other.startswith(path) for other in made):
            continue
        where[key] = WRONG
        made.append(path)
    reported = [problem.path for problem in problems_of(document)]
    assert [path for path in made if not any(place.startswith(path) for place in reported)] == []


RIGHT: dict[str, Any] = {
    "format": "twincities/1",
    "sources": [{"id": "s"}],
    "areas": [{"id": "x"}],
    "cities": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
    "partnerships": [{"cities": ["a", "b"], "since": "1980"}, {"cities": ["b", "c"]}],
}


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        # a broken field doesn't hide what is wrong across fields and between records
        (
            {"partnerships": [{"cities": ["a", "a"], "since": "198"}, {"cities": ["a", "nix"], "status": "x"}]},
            ["[0].cities", "[0].since", "[1].status", "[1].cities[1]"],
        ),
        ({"partnerships": [{"cities": ["b", "nix"]}]}, ["[0].cities[1]"]),
        ({"partnerships": [{"cities": ["nix", "b"]}]}, ["[0].cities[0]"]),
        ({"partnerships": [{"cities": ["z", "b"], "kind": 1}]}, ["[0].kind", "[0].cities[0]"]),
        (
            {
                "partnerships": [
                    {"cities": ["a", "b"], "claims": [{"field": "since", "zz": 1}, {"field": "x", "value": 3}]}
                ]
            },
            ["[0].claims[0].zz", "[0].claims[0].value", "[0].claims[1].value", "[0].claims[1].field"],
        ),
        (
            {"partnerships": [{"cities": ["a", "b"], "since": "1980", "until": "1970", "sources": ["t", 5]}]},
            ["[0].until", "[0].sources[1]", "[0].sources[0]"],
        ),
        (
            {"partnerships": [{"cities": ["a", "b"], "activities": [{"areas": ["y"], "stage": "x"}, 5]}]},
            ["[0].activities[0].stage", "[0].activities[1]", "[0].activities[0].areas[0]"],
        ),
        ({"partnerships": [{"cities": ["a", "b"], "x": 1}, {"cities": ["b", "a"]}]}, ["[0].x", "[1]"]),
    ],
    ids=str,
)
def test_what_is_broken_hides_nothing(changes: dict[str, Any], paths: list[str]) -> None:
    """The rules and references of a record are checked as far as it can be read."""
    found = problems_of({**copy.deepcopy(RIGHT), **changes})
    assert [problem.path for problem in found] == [f"$.partnerships{path}" for path in paths]


def test_a_constructor_reports_every_field() -> None:
    """Problems found by converters and by rules are reported together, in the order of the fields."""
    with pytest.raises(tc.InvalidRecordError) as raised:
        tc.Partnership(cities=("a", "a"), kind="y", status="x", since="198", sources=["s", 5], contacts=[3])  # type: ignore[list-item]
    paths = [problem.path for problem in raised.value.problems]
    assert paths == ["$.cities", "$.kind", "$.status", "$.since", "$.contacts[0]", "$.sources[1]"]


def test_a_problem_names_what_it_is_about() -> None:
    """A problem has the name of the record next to its path, and the id if it differs."""
    document = {
        **RIGHT,
        "cities": [{"id": "c1", "name": "Rostock", "kind": "x"}, {"id": "a"}, {"id": "b", "zz": 1}, {"id": "c"}],
    }
    first, second = problems_of(document)
    assert (first.about, first.place) == ("Rostock (c1)", "$.cities[0].kind Rostock (c1)")
    assert str(second) == "$.cities[2].zz b: expected no such key; fields of your own go under 'extra'"
    line = '{"format": "twincities/1"}\n{"city": {"id": "a", "name": "A\\u001b[31m", "kind": "x"}}'
    with pytest.raises(tc.DatasetError) as raised:
        tc.from_jsonl(line)
    assert "\x1b" not in str(raised.value)
    assert raised.value.problems[0].about == r"A\x1b[31m (a)"


@pytest.mark.parametrize("given_id", ["Gera", "GERA", "Gera an der Elster"])
def test_a_reference_in_other_letters_is_answered(given_id: str) -> None:
    """An id in the wrong case, or the name of a city, is refused with the id as a suggestion."""
    cities = [{"id": "gera", "name": "Gera an der Elster"}, {"id": "kuopio"}]
    tie = {"cities": [given_id.replace(" ", "."), "kuopio"]}
    if " " in given_id:
        cities[0]["name"] = given_id.replace(" ", ".")
    (problem,) = problems_of({"format": "twincities/1", "cities": cities, "partnerships": [tie]})
    assert problem.path == "$.partnerships[0].cities[0]"
    assert problem.message.endswith("; did you mean 'gera'?")


@pytest.mark.parametrize("letter", ["\uffff", "\ufffe", "\ufdd0", "\U0001ffff", "\U0010fffe"])
@pytest.mark.parametrize("field", ["name", "alt_names", "names", "extra", "links"])
def test_noncharacters_are_refused(letter: str, field: str) -> None:
    """Constructors and both readers refuse noncharacters in text."""
    text = f"A{letter}"
    value: Any = {
        "alt_names": [text],
        "names": {"fi": text},
        "extra": {"a": [text]},
        "links": [{"url": f"http://a/{letter}"}],
    }.get(field, text)
    document = {"format": "twincities/1", "cities": [{"id": "a", field: value}]}
    (problem,) = problems_of(document)
    assert f"the noncharacter U+{ord(letter):04X}" in problem.message
    for data in (json.dumps(document), json.dumps(document, ensure_ascii=False).encode()):
        with pytest.raises(tc.DatasetError):
            tc.from_json(data)


def test_a_language_tag_has_a_bound() -> None:
    """A language tag has at most 64 letters, in a record and in a question."""
    long = "en" + "-aaaaa" * 20_000
    with pytest.raises(tc.InvalidRecordError):
        tc.City(id="a", names={long: "A"})
    with pytest.raises(tc.QueryError):
        tc.City(id="a").label(long)
