"""
What OpenAPI says of the service: the records by name, as twincities itself describes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import httpx
import jsonschema_rs
import pytest
from city_site.records import Record, describe_records
from fastapi import FastAPI
from pydantic import BaseModel, TypeAdapter, ValidationError

import twincities as tc


@pytest.fixture(scope="module")
def openapi(client: httpx.Client) -> dict[str, Any]:
    """The OpenAPI document that the service serves."""
    document: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
    return document


def references(value: Any) -> Iterator[str]:
    """All references in a JSON value."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def test_records_are_described_by_name(openapi: dict[str, Any]) -> None:
    """Each class of records is a component, with the rules that the shipped schema has."""
    shipped = json.loads(files("twincities").joinpath("data", "dataset.schema.json").read_bytes())
    described = openapi["components"]["schemas"]
    assert shipped["$defs"].keys() <= described.keys()
    assert described["City"]["properties"]["country_code"] == shipped["$defs"]["City"]["properties"]["country_code"]
    assert described["Partnership"]["properties"]["agreements"]["items"] == {"$ref": "#/components/schemas/Agreement"}
    assert described["Partner"]["properties"]["city"] == {"$ref": "#/components/schemas/City"}


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    """The document refers only to itself."""
    names = {f"#/components/schemas/{name}" for name in openapi["components"]["schemas"]}
    assert set(references(openapi)) <= names


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/dataset", "/dataset"),
        ("/cities?search=go", "/cities"),
        ("/cities/kuopio", "/cities/{name}"),
        ("/cities/kuopio/partners", "/cities/{name}/partners"),
    ],
)
def test_answers_are_as_described(path: str, route: str, client: httpx.Client, openapi: dict[str, Any]) -> None:
    """Every response is valid according to the schema of its route."""
    schema = openapi["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.Draft202012Validator({**schema, "components": openapi["components"]})
    answer = client.get(path).json()
    validator.validate(answer)
    assert not validator.is_valid([{}])


def test_requests_are_described(openapi: dict[str, Any]) -> None:
    """A request body has the same schema as a response."""
    body = openapi["paths"]["/check"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Dataset"}


def test_a_record_is_a_field_of_a_model() -> None:
    """Any pydantic model reads and writes a record, and refuses one with the path of each problem."""

    class Visit(BaseModel):
        city: Record[tc.City]
        guests: int

    visit = Visit.model_validate({"city": {"id": "opole", "names": {"pl": "Opole"}}, "guests": 4})
    assert visit.city == tc.City(id="opole", names={"pl": "Opole"})
    assert visit == Visit(city=visit.city, guests=4)
    assert Visit.model_validate_json(visit.model_dump_json()) == visit
    with pytest.raises(ValidationError, match=r"City opole: \$\.kind: expected one of city, town.*, got 'big'"):
        Visit.model_validate({"city": {"id": "opole", "kind": "big"}, "guests": 4})
    with pytest.raises(ValidationError, match="expected an object, got 'opole'"):
        TypeAdapter(Record[tc.City]).validate_python("opole")


def test_a_model_with_the_name_of_a_record_is_refused() -> None:
    """Two different definitions with the same name are refused."""

    class City(BaseModel):
        name: str

    app = FastAPI()
    describe_records(app)

    app.get("/both", response_model=tuple[City, Record[tc.City]])(lambda: None)
    for _ in range(2):
        with pytest.raises(ValueError, match="expected other names than those of records, got City"):
            app.openapi()
