"""The shipped JSON Schema says what the library reads, as far as a schema can."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from generators import damaged, datasets
from hypothesis import given

import twincities as tc
from twincities._data import read_data

SCHEMA = json.loads(read_data("dataset.schema.json"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)
KUOPIO = read_data("kuopio.json")


def errors(document: Any) -> list[str]:
    """Where a document isn't valid, as JSON paths."""
    return [
        "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
        for error in VALIDATOR.iter_errors(document)
    ]


def test_the_schema_is_itself_right() -> None:
    """The schema follows JSON Schema 2020-12, says so, and has a name."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:twincities:1"
    jsonschema_rs.meta.validate(SCHEMA)


def test_the_schema_is_made_from_the_rules() -> None:
    """The shipped file is what the tool makes of the records and their rules."""
    tool = Path(__file__).parents[2] / "tools" / "make_schema.py"
    if not tool.exists():
        pytest.skip("the tools aren't part of an installed package")
    spec = importlib.util.spec_from_file_location("make_schema", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.schema() == SCHEMA
    assert module.laid_out(SCHEMA).encode() == read_data("dataset.schema.json")


def test_every_field_is_described_or_plain() -> None:
    """Each record in the schema has a description, and takes no other keys."""
    for name, record in SCHEMA["$defs"].items():
        assert record["description"], name
        if record.get("type") == "object":
            assert record["additionalProperties"] is False, name


def test_the_bundled_document_is_valid() -> None:
    """Kuopio's document is valid."""
    assert errors(json.loads(KUOPIO)) == []


@given(datasets())
def test_what_the_library_writes_is_valid(ds: tc.Dataset) -> None:
    """Every document that the library writes is valid."""
    assert errors(ds.to_dict()) == []


@given(damaged())
def test_what_the_schema_refuses_the_library_refuses(document: Any) -> None:
    """A document that isn't valid isn't read; the schema asks for nothing that the library doesn't."""
    try:
        text = json.dumps(document, allow_nan=False)
        text.encode()
        ds = tc.from_json(text)
    except ValueError:
        return  # refused, or no JSON
    assert errors(json.loads(text)) == []
    assert errors(ds.to_dict()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "twincities/2"),
        (["title"], ""),
        (["as_of"], "2023-13"),
        (["as_of"], "194XX"),
        (["complete_for"], ["kuopio", "kuopio"]),
        (["complete_for"], ["a b"]),
        (["citys"], []),
        (["cities", 0, "id"], "con"),
        (["cities", 0, "id"], "Kuopio."),
        (["cities", 0, "id"], "Györ"),
        (["cities", 0, "nam"], "Kuopio"),
        (["cities", 0, "name"], None),
        (["cities", 0, "names"], {"EN": "Kuopio"}),
        (["cities", 0, "names"], {"en": " "}),
        (["cities", 0, "kind"], "big"),
        (["cities", 0, "country_code"], "FIN"),
        (["cities", 0, "subdivision_codes"], ["15"]),
        (["cities", 0, "coordinates"], {"latitude": 91, "longitude": 0}),
        (["cities", 0, "coordinates"], {"latitude": 1}),
        (["cities", 0, "populations"], [{"value": -1}]),
        (["cities", 0, "populations"], [{"value": "1"}]),
        (["cities", 0, "wikidata_id"], "162279"),
        (["cities", 0, "geonames_id"], 650224),
        (["cities", 0, "alt_ids"], ["x"]),
        (["cities", 0, "links"], [{"url": "javascript:alert(1)"}]),
        (["cities", 0, "extra"], []),
        (["partnerships", 0, "cities"], ["a"]),
        (["partnerships", 0, "cities"], ["a", "b", "c"]),
        (["partnerships", 0, "status"], "sleeping"),
        (["partnerships", 0, "since"], "2022/2029"),
        (["partnerships", 0, "since"], 1940),
        (["partnerships", 0, "agreements"], [{"period": "2022"}]),
        (["partnerships", 0, "agreements"], [{"period": "../.."}]),
        (["partnerships", 0, "activities", 0, "stage"], "soon"),
        (["networks", 0, "members"], ["a"]),
        (["networks", 0, "id"], None),
    ],
)
def test_mistakes_that_a_schema_can_see_are_seen(path: list[Any], value: Any) -> None:
    """Both the schema and the library refuse the document, and at the same place."""
    document = json.loads(KUOPIO)
    where = document
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = value
    assert errors(document)
    with pytest.raises(tc.DatasetError) as caught:
        tc.from_dict(document)
    place = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    # The schema reports an alternative as a whole, and an unknown key at its object.
    assert any(place.startswith(error) or error.startswith(place) for error in errors(document))
    assert any(problem.path.startswith(place) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["partnerships", 0, "since"], "2023-02-30"),
        (["partnerships", 0, "cities"], ["kuopio", "kuopio"]),
        (["cities", 0, "sources"], ["nowhere"]),
        (["cities", 0, "populations"], [{"value": 1.0}]),
    ],
)
def test_what_a_schema_cant_see_the_library_sees(path: list[Any], value: Any) -> None:
    """Days that aren't in the calendar, rules across records and 1.0 for 1 are checked only by the library."""
    document = json.loads(KUOPIO)
    where = document
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = value
    assert errors(document) == []
    with pytest.raises(tc.DatasetError):
        tc.from_dict(document)
