"""Fast reading and writing, with and without msgspec, give what the strict reader and `to_dict` give."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import pytest
from generators import damaged, datasets
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities import model
from twincities.document import fast, reading, structure
from twincities.document.columns import FastReaderError
from twincities.document.writing import to_jsonl
from twincities.model.integrity import problems_between
from twincities.model.references import References, by_key_if_sound
from twincities.query.whole import head_of, lists_of
from twincities.sources import bundled

pytest.importorskip("msgspec", reason="needs the extra speed")


@contextmanager
def without_msgspec() -> Iterator[None]:
    """Act as if msgspec weren't installed."""
    kept = sys.modules.get("msgspec")
    sys.modules["msgspec"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if kept is None:
            del sys.modules["msgspec"]
        else:
            sys.modules["msgspec"] = kept


def outcome(data: Any, read: Any) -> tuple[str, Any]:
    """The result of reading: a data set, or all problems."""
    try:
        return "read", read(data)
    except tc.DatasetError as error:
        return "refused", error.problems


def typed(value: Any) -> Any:
    """A value with the types of all its parts: to `==`, 1 and True are equal, as are a word and its text."""
    if attrs.has(type(value)):
        return type(value), [(f.name, typed(getattr(value, f.name))) for f in attrs.fields(type(value)) if f.repr]
    if isinstance(value, tuple):
        return type(value), [typed(item) for item in value]
    if isinstance(value, dict):
        return type(value), [(typed(key), typed(item)) for key, item in value.items()]
    return type(value), value


def content(ds: tc.Dataset) -> Any:
    """All of a data set, with types."""
    return [typed(value) for value in (*head_of(ds).values(), *lists_of(ds).values())]


@contextmanager
def only_strictly() -> Iterator[None]:
    """Act as if the fast reader refused everything."""

    def refuse(*_: object) -> None:
        raise FastReaderError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_read_fast", refuse)
        yield


def agree(data: Any, read: Any) -> None:
    """The strict reader and the fast one, with and without msgspec, give the same, or refuse with the same problems."""
    with only_strictly():
        strict = outcome(data, read)
    fast_one = outcome(data, read)
    with without_msgspec():
        by_json = outcome(data, read)
    assert fast_one == by_json == strict
    if strict[0] == "read":
        assert content(fast_one[1]) == content(by_json[1]) == content(strict[1])


@given(datasets())
def test_right_documents_are_read_alike(ds: tc.Dataset) -> None:
    """With and without msgspec a document is the same data set, down to the types of its values."""
    data = ds.to_json()
    agree(data, tc.from_json)
    lines = b"".join(to_jsonl(ds))
    agree(lines, tc.from_jsonl)
    # None of it is left to the strict reader.
    fast.decode(data, References())
    fast.decode_lines(lines.splitlines(), References())
    with without_msgspec():
        fast.decode(data, References())
        fast.decode_lines(lines.splitlines(), References())


@given(damaged())
def test_damaged_documents_are_read_alike(document: Any) -> None:
    """With and without msgspec a damaged document is refused with the same problems, or read alike."""
    agree(json.dumps(document, ensure_ascii=False).encode(errors="surrogatepass"), tc.from_json)
    agree(json.dumps(document), tc.from_json)
    if isinstance(document, dict):
        head = {key: value for key, value in document.items() if key not in model.LISTS}
        lines = [head]
        for name, (_, singular) in model.LISTS.items():
            entries = document.get(name)
            lines += [{singular: entry} for entry in entries] if isinstance(entries, list) else []
        agree("\n".join(map(json.dumps, lines)), tc.from_jsonl)


REFERENCES = (
    {"area": {"id": "x", "broader": ["arts", "a b"]}},
    {"city": {"id": "x", "sources": ["a b"]}},
    {"city": {"id": "x", "contacts": [{"city": "b", "sources": ["s", "a b"]}, {"city": "a b"}]}},
    {"city": {"id": "x", "populations": [{"value": 1, "sources": ["nowhere", "a b"]}]}},
    {"city": {"id": "x", "field_sources": {"name": ["s", ""]}}},
    {"partnership": {"cities": ["b", "a b"]}},
    {"partnership": {"cities": ["a b", "b"]}},
    {"partnership": {"cities": ["b", "nowhere"], "activities": [{"areas": ["a b", "a c"]}], "sources": ["-"]}},
    {"partnership": {"cities": ["a", "b"], "activities": [{"organisations": [{"city": "a b"}]}]}},
    {"network": {"id": "x", "members": ["a", "a b"], "milestones": [{"sources": ["a b"]}]}},
)


@pytest.mark.parametrize("line", [*REFERENCES, None], ids=str)
def test_references_of_a_wrong_form_are_reported_alike(line: Any) -> None:
    """Text that can't be an id is reported as that, in the order of the lines, next to right and wrong lines."""
    right = [{"source": {"id": "s"}}, {"city": {"id": "a"}}, {"city": {"id": "b"}}]
    wrong = [{"city": {"id": "c", "zz": 1}}, *(REFERENCES if line is None else [line]), {"city": {"id": "a"}}]
    lines = [{"format": "twincities/1", "complete_for": ["q"]}, *right, *wrong]
    text = "\n".join(map(json.dumps, lines))
    agree(text, tc.from_jsonl)
    verdict, problems = outcome(text, tc.from_jsonl)
    assert verdict == "refused"
    assert any(problem.message.startswith("expected an id of ASCII letters") for problem in problems)
    numbers = [int(problem.path.split()[1]) for problem in problems]
    assert numbers == sorted(numbers)
    # A record with a wrong reference is still known, so no reference to it is reported.
    assert not any(problem.message.endswith("got 'x'") for problem in problems)


def test_a_line_with_a_kind_that_is_null_is_read_alike() -> None:
    """A kind that is null isn't left out."""
    head = '{"format":"twincities/1"}\n'
    for line in ('{"source":{"id":"s"},"city":null}', '{"city":null}', '{"city":{"id":"a"},"city":{"id":"b"}}', "{}"):
        agree(head + line, tc.from_jsonl)


@given(st.sets(st.integers(0, 449)), st.sets(st.integers(0, 449)))
@settings(max_examples=10)
def test_long_documents_are_read_alike(broken: set[int], blank: set[int]) -> None:
    """Records are read some hundred at a time; the problems found don't depend on the records next to them."""
    cities: list[Any] = [{"id": f"c{i}", "sources": ["s"] * (i % 3 > 0)} for i in range(300)]
    ties: list[Any] = [{"cities": [f"c{i}", f"c{i + 1}"], "status": "active"} for i in range(150)]
    for i in broken:
        (cities[i] if i < 300 else ties[i - 300])["since"] = "x"
    document = {"format": "twincities/1", "sources": [{"id": "s"}], "cities": cities, "partnerships": ties}
    agree(json.dumps(document), tc.from_json)
    lines = ['{"format":"twincities/1"}', '{"source":{"id":"s"}}']
    numbers = []
    for i, record in enumerate(cities + ties):
        lines += [" "] * (i in blank) + [json.dumps({"city" if i < 300 else "partnership": record})]
        numbers += [len(lines)] * (i in broken)
    agree("\n".join(lines), tc.from_jsonl)
    verdict, found = outcome("\n".join(lines), tc.from_jsonl)
    assert [int(problem.path.split()[1]) for problem in (found if verdict == "refused" else ())] == numbers


def test_combinations_of_ids_that_recur_are_one_object() -> None:
    """Records refer to the same few sources and areas again and again: equal combinations are one object."""
    ties = [{"cities": ["a", f"b{i}"], "activities": [{"areas": ["arts"]}], "sources": ["s"]} for i in range(3)]
    cities = [{"id": "a"}, *({"id": f"b{i}"} for i in range(3))]
    lists = {"sources": [{"id": "s"}], "areas": [{"id": "arts"}], "cities": cities, "partnerships": ties}
    document = {"format": "twincities/1", **lists}
    first, *others = tc.from_json(json.dumps(document)).partnerships.values()
    for other in others:
        assert other.sources is first.sources
        assert other.activities[0].areas is first.activities[0].areas


@pytest.mark.parametrize(
    "document",
    [
        b'{"format":"twincities/1","title":"\xff","title":"ok"}',
        b'{"format":"twincities/1","cities":[{"id":"\xff"}],"cities":[{"id":"a"}]}',
        b'{"format":"twincities/1","cities":[' + b"9" * 5000 + b'],"cities":[{"id":"a"}]}',
        b'{"format":"twincities/1","cities":[{"id":1}],"cities":[{"id":"a"}]}',
        b'{"format":"x","format":"twincities/1"}',
        b'{"format":"twincities/2"}',
        b'{"format":"twincities/0"}',
        b'{"format":"z"}',
    ],
)
def test_doubtful_heads_and_lists_are_read_alike(document: bytes) -> None:
    """Both readers agree about values that a later key replaces, and about other formats."""
    agree(document, tc.from_json)


SMALL = '{"format":"twincities/1","cities":[{"id":"a",%s}]}'


@pytest.mark.parametrize(
    "inside",
    [
        '"id":"b"',  # twice: the last counts
        '"id":1,"id":"b"',
        '"name":null',
        '"kind":null,"coordinates":null,"geonames_id":null',
        '"names":{"fi":"A","fi":"B"}',
        '"names":{"fi":null}',
        '"coordinates":{"latitude":1,"longitude":-0.0}',
        '"coordinates":{"latitude":1e400,"longitude":0}',
        '"coordinates":{"latitude":NaN,"longitude":0}',
        '"coordinates":{"latitude":true,"longitude":0}',
        '"populations":[{"value":9007199254740992}]',
        '"populations":[{"value":1.0}]',
        '"populations":[{"value":' + "9" * 5000 + "}]",
        '"extra":{"a":{"b":[1,2.5,null,true,"x"]}}',
        '"extra":{"a":9007199254740992}',
        '"extra":{"a":1e400}',
        '"extra":{"a":123456789012345678901234567890}',
        '"extra":{"a":-0,"b":-0.0,"c":NaN}',
        '"extra":{"a":"\\ud800"}',
        '"extra":{"a":' + "[" * 60 + "]" * 60 + "}",
        '"extra":{"a":' + "[" * 5000 + "]" * 5000 + "}",
        '"extra":{"a":1},"EXTRA":{}',
        '"milestones":[{"date":"1940","zz":1}]',
        '"milestones":[{"date":1940}]',
        '"milestones":[{"date":"2022/2029"},{"date":"2022/2029"}]',
        '"sources":["nowhere"]',
        '"alt_names":["b","b"]',
        '"name":"a\tb"',
        '"name":"\\u0000\\u001f\\u007f\\u2028"',
    ],
)
def test_doubtful_documents_are_read_alike(inside: str) -> None:
    """Both readers agree about keys given twice, nulls, numbers at the limits, deep nesting and odd letters."""
    agree(SMALL % inside, tc.from_json)
    agree((SMALL % inside).encode(), tc.from_json)


WRONG = (
    {"name": " "},
    {"name": "a\ufdd0"},
    {"names": {"fi": ""}},
    {"names": {"fi": "a\ufdd0"}},
    {"names": {"not a tag": "A"}},
    {"id": "con"},
    {"id": "a."},
    {"coordinates": {"latitude": 91, "longitude": 0}},
    {"coordinates": {"latitude": 0, "longitude": float("nan")}},
    {"populations": [{"value": -1}]},
    {"sources": ["s", "s"]},
    {"field_sources": {"name": ["s", "s"]}},
    {"contacts": [{"sources": ["s", "s"]}]},
)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_value_among_many_right_ones_is_found(wrong: dict[str, Any]) -> None:
    """Values of a field are checked together: one that is wrong is refused, wherever it is in the list."""
    right = {
        "names": {"fi": "Ä", "sv": "Å"},
        "coordinates": {"latitude": -90, "longitude": 180},
        "populations": [{"value": 0}],
        "sources": ["s"],
    }
    cities = [{"id": f"c{number}", **right} for number in range(3)]
    document = {"format": "twincities/1", "sources": [{"id": "s"}], "cities": cities}
    assert len(tc.from_json(json.dumps(document)).cities) == 3
    for number, city in enumerate(cities):
        changed = [*cities[:number], city | wrong, *cities[number + 1 :]]
        text = json.dumps({**document, "cities": changed})
        agree(text, tc.from_json)
        assert outcome(text, tc.from_json)[0] == "refused"


@pytest.mark.parametrize(
    "wrong", [{"cities": ["c1", "c1"]}, {"activities": [{"areas": ["a", "a"]}]}, {"continues": ["c1"]}], ids=str
)
def test_a_wrong_tie_among_right_ones_is_found(wrong: dict[str, Any]) -> None:
    """A pair of one city, and an area given twice, are refused among ties that are right."""
    ties = [{"cities": ["c0", "c1"], "activities": [{"areas": ["a"]}]}, {"cities": ["c1", "c2"], "continues": []}]
    document = {
        "format": "twincities/1",
        "areas": [{"id": "a", "pref_label": {"en": "A"}}],
        "cities": [{"id": f"c{number}"} for number in range(3)],
    }
    for index, tie in enumerate(ties):
        text = json.dumps({**document, "partnerships": [*ties[:index], tie | wrong, *ties[index + 1 :]]})
        agree(text, tc.from_json)
        assert outcome(text, tc.from_json)[0] == "refused"


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: f'{{"format":"twincities/1"{text}}}'))
def test_any_text_is_read_alike(data: bytes | str) -> None:
    """Both readers agree about any bytes."""
    agree(data, tc.from_json)
    agree(data, tc.from_jsonl)


@given(datasets())
def test_both_writers_give_the_same_bytes(ds: tc.Dataset) -> None:
    """`to_json` doesn't depend on what is installed, and reading and writing its bytes gives the same bytes."""
    data = ds.to_json()
    with without_msgspec():
        assert ds.to_json() == data
    assert json.loads(data) == ds.to_dict()
    assert tc.from_json(data).to_json() == data


@given(st.floats(-90, 90), st.floats(-180, 180), st.dictionaries(st.text(min_size=1), st.floats(allow_nan=False)))
def test_numbers_are_written_alike(latitude: float, longitude: float, extra: dict[str, float]) -> None:
    """Both writers write numbers alike, including very small ones."""
    try:
        city = tc.City(id="a", coordinates=tc.Coordinates(latitude=latitude, longitude=longitude), extra=extra)
    except tc.InvalidRecordError:
        return  # a blank name, an infinite number
    ds = tc.Dataset(cities=[city])
    data = ds.to_json()
    with without_msgspec():
        assert ds.to_json() == data


def test_more_records_than_a_chunk_are_written() -> None:
    """A list that is written in several pieces is complete."""
    ds = tc.Dataset(cities=[tc.City(id=f"c{number}") for number in range(1001)])
    assert tc.from_json(ds.to_json()) == ds


@given(damaged())
def test_by_key_if_sound_agrees_with_problems_between(document: Any) -> None:
    """`by_key_if_sound` gives the records by key just where `problems_between` finds nothing."""
    if not isinstance(document, dict):
        return
    lists: dict[str, list[Any]] = {}
    for name, (kind, _) in model.LISTS.items():
        lists[name] = []
        entries = document.get(name)
        for entry in entries if isinstance(entries, list) else []:
            try:
                lists[name].append(structure.structure(entry, kind))
            except tc.InvalidRecordError:
                continue
    found = [*problems_between(lists, complete_for=("kuopio",), shared_areas={})]
    by_key = by_key_if_sound(lists, ("kuopio",), {})
    assert (by_key is None) is bool(found)
    if by_key is not None:
        assert {name: [*records.values()] for name, records in by_key.items()} == lists


def test_the_bundled_data_is_as_the_strict_reader_reads_it() -> None:
    """The bundled set, made only by constructors, equals its document read strictly."""
    data = bundled.read_data("kuopio.json")
    with only_strictly():
        strict = tc.from_json(data)
    assert content(tc.load()) == content(strict)


def test_empty_objects_are_as_if_left_out() -> None:
    """Empty objects give the same records as fields left out, whatever the other records have: equal, hashable, frozen."""
    filled = {"names": {"fi": "A"}, "summary": {"fi": "A"}, "field_sources": {"name": []}, "extra": {"x": [1]}}
    blank: dict[str, Any] = {name: {} for name in filled}
    for others in ([], [{"id": "b", **filled}]):
        document = {"format": "twincities/1", "cities": [{"id": "a", **blank}, *others]}
        for ds in (tc.from_json(json.dumps(document)), tc.from_dict(document)):
            city = ds.cities["a"]
            assert city == tc.City(id="a")
            assert hash(city) == hash(tc.City(id="a"))
            assert {type(getattr(city, name)) for name in blank} == {tc.FrozenDict}
    areas = [{"id": "x", "pref_label": {"en": "X"}, "alt_labels": {}, "definition": {}}]
    tie = {
        "cities": ["a", "b"],
        "summary": {},
        "activities": [{"summary": {}, "organisations": [{"names": {}, "city": "a"}]}],
    }
    document = {"format": "twincities/1", "cities": [{"id": "a"}, {"id": "b"}], "areas": areas, "partnerships": [tie]}
    ds = tc.from_json(json.dumps(document))
    assert hash(ds.partnerships["a", "b"]) == hash(tc.from_dict(document).partnerships["a", "b"])
    assert type(ds.areas["x"].alt_labels) is tc.FrozenDict
    assert type(ds.partnerships["a", "b"].activities[0].organisations[0].names) is tc.FrozenDict
