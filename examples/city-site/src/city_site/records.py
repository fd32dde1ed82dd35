"""
The records of twincities as types for pydantic and FastAPI: `Record[City]` in a model, or in the signature of a route.

They are read and written as documents have them, and described by the JSON Schema that twincities ships. Nothing here
knows of cities alone: copy this file into a service of your own.
"""

from __future__ import annotations

import json
from functools import cache, partial
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

import twincities as tc
from twincities.document.plain import unstructure
from twincities.document.structure import structure

__all__ = ["Record", "describe_records"]

T = TypeVar("T")
_MARK = "x-twincities"  # marks a record in a schema until `describe_records` inserts the definition


class _AsDocument:
    """
    What pydantic does with a record: read it strictly, and write it as documents have it.
    """

    def __get_pydantic_core_schema__(self, kind: type[Any], _: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        write = tc.Dataset.to_dict if kind is tc.Dataset else unstructure
        return core_schema.no_info_plain_validator_function(
            partial(_read, kind),
            serialization=core_schema.plain_serializer_function_ser_schema(write),
            metadata={_MARK: kind.__name__},
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, _: GetJsonSchemaHandler) -> dict[str, Any]:
        return {_MARK: schema["metadata"][_MARK]}


Record = Annotated[T, _AsDocument()]
"""`Record[City]`, `Record[Partnership]`, `Record[Dataset]`: any class of a document."""


def _read(kind: type[Any], value: Any) -> Any:
    if isinstance(value, kind):
        return value
    # Its errors are ValueErrors, so FastAPI answers 422 with the path of each problem.
    return tc.from_dict(value) if kind is tc.Dataset else structure(value, kind)


# -- OpenAPI ---------------------------------------------------------------------------------------


def describe_records(app: FastAPI) -> None:
    """
    Let the OpenAPI document of *app* describe each `Record`, and each record inside one, by its name.

    Raises:
        ValueError: When the document is made: a model of the app has the name of such a record.
    """
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            app.openapi_schema = None  # discard a cached schema without the definitions
            found: dict[str, Any] = {}
            described = _linked(document, found)
            schemas = described.setdefault("components", {}).setdefault("schemas", {})
            if both := sorted(schemas.keys() & found.keys()):
                raise ValueError(f"expected other names than those of records, got {', '.join(both)}")
            schemas.update(sorted(found.items()))
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's documentation does it


def _linked(value: Any, found: dict[str, Any]) -> Any:
    """
    A schema with references to `components` in the place of records; their definitions go to *found*.
    """
    if isinstance(value, list):
        return [_linked(item, found) for item in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    name = value.get(_MARK) or (
        reference[8:] if isinstance(reference, str) and reference.startswith("#/$defs/") else None
    )
    if name is None:
        return {key: _linked(item, found) for key, item in value.items()}
    if name not in found:
        found[name] = {}  # a placeholder, in case the definition refers to itself
        found[name] = _linked(_definition(name), found)
    beside = {key: value[key] for key in ("description", "default") if key in value}  # as OpenAPI 3.1 allows
    return {**beside, "$ref": f"#/components/schemas/{name}"}


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("twincities").joinpath("data", "dataset.schema.json").read_bytes())
    return schema


def _definition(name: str) -> dict[str, Any]:
    if name != "Dataset":
        definition: dict[str, Any] = _schema()["$defs"][name]
        return definition
    return {key: value for key, value in _schema().items() if key not in ("$schema", "$id", "$defs")}
