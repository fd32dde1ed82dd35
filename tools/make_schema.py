"""
Make `src/twincities/data/dataset.schema.json`: the document `twincities/1` in JSON Schema 2020-12.

    python tools/make_schema.py

Types come from the fields of the records, patterns and bounds from their rules, descriptions from their docstrings.
Left out is what JSON Schema can't express (dangling ids, dates that don't exist, rules across fields):
whatever the library accepts is valid, and a valid document may still be refused.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

from twincities.document.text import laid_out
from twincities.document.writing import FORMAT
from twincities.model.edtf import EdtfDate, EdtfInterval
from twincities.model.fields import fields_of
from twincities.model.lists import LISTS
from twincities.model.rules import Rule
from twincities.query.whole import HEAD_RULES, HEAD_TYPES

TARGET = Path(__file__).parent.parent / "src" / "twincities" / "data" / "dataset.schema.json"
DATE = "(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?|-XX(?:-XX)?)?|[0-9]{3}X|[0-9]{2}XX)[?~%]?"
_MEMBER = "[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_MEMBERS = rf"{_MEMBER}(?:\.\.{_MEMBER})?"
SET = rf"\[{_MEMBERS}(?:,{_MEMBERS})*\]"
PLAIN: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    EdtfDate: {"$ref": "#/$defs/EdtfDate"},
    EdtfInterval: {"$ref": "#/$defs/EdtfInterval"},
}
EDTF = {
    "EdtfDate": {
        "description": "A date as known: ISO 8601-2 / EDTF, level 0 and parts of levels 1 and 2.",
        "type": "string",
        "pattern": f"^(?:{DATE}|{SET})$",
    },
    "EdtfInterval": {
        "description": "A period as known: two dates, an open end (..) or an unknown one (nothing).",
        "type": "string",
        "pattern": rf"^(?:{DATE}/(?:{DATE}|\.\.)?|(?:\.\.)?/{DATE})$",
    },
}


def schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """
    The schema of a type; records and closed lists are added to *definitions*.
    """
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if isinstance(kind, UnionType):
        (inner,) = (arm for arm in get_args(kind) if arm is not type(None))
        found = schema_of(inner, definitions)
        if "type" in found:
            return {**found, "type": [found["type"], "null"]}
        return {"anyOf": [found, {"type": "null"}]}
    if get_origin(kind) is tuple:
        item, *rest = get_args(kind)
        found = {"type": "array", "items": schema_of(item, definitions)}
        return found if rest == [Ellipsis] else {**found, "minItems": 1 + len(rest), "maxItems": 1 + len(rest)}
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        return {"type": "object"} | ({} if inner is Any else {"additionalProperties": schema_of(inner, definitions)})
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # a placeholder, against endless recursion
        definitions[kind.__name__] = words(kind) if issubclass(kind, StrEnum) else record(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def words(kind: type[StrEnum]) -> dict[str, Any]:
    """
    The schema of a closed list.
    """
    return {"description": summary_of(kind), "enum": [word.value for word in kind]}


def record(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """
    The schema of a class of records.
    """
    described = descriptions(kind)
    properties = {}
    for field in fields_of(kind):
        found = with_rule(schema_of(field.type, definitions), kind.RULES.get(field.name))
        if field.name in described:
            found = {"description": described[field.name], **found}
        properties[field.name] = found
    required = [field.name for field in fields_of(kind) if field.is_required]
    found = {"description": summary_of(kind), "type": "object", "properties": properties}
    return {**found, **({"required": required} if required else {}), "additionalProperties": False}


def with_rule(found: dict[str, Any], rule: Rule | None) -> dict[str, Any]:
    """
    The schema of a type with what a rule adds to it.
    """
    if rule is None:
        return found
    if "anyOf" in rule.schema:
        return dict(rule.schema)
    merged = {**found, **rule.schema}
    for key in ("items", "additionalProperties"):
        if key in found and key in rule.schema:
            inner = rule.schema[key]
            deeper = rule._replace(schema=inner)
            merged[key] = with_rule(found[key], deeper)
    return merged


def summary_of(kind: type) -> str:
    """
    The first paragraph of a docstring on one line.
    """
    return plain((inspect.getdoc(kind) or "").split("\n\n")[0])


def plain(text: str) -> str:
    """
    A docstring's text without backticks and line breaks.
    """
    return re.sub(r"\s+", " ", text.replace("`", "")).strip()


def descriptions(kind: type) -> dict[str, str]:
    """
    The docstrings under the fields of a class.
    """
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: plain(ast.literal_eval(below.value))
        for field, below in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
    }


def main() -> None:
    """
    Write the schema.
    """
    TARGET.write_text(laid_out(schema()), encoding="utf-8", newline="\n")


def schema() -> dict[str, Any]:
    """
    The schema of the whole document.
    """
    definitions: dict[str, Any] = dict(EDTF)
    properties: dict[str, Any] = {"format": {"const": FORMAT}}
    for name in HEAD_TYPES:
        properties[name] = with_rule(schema_of(HEAD_TYPES[name], definitions), HEAD_RULES.get(name))
    for name, (kind, _) in LISTS.items():
        properties[name] = {"type": "array", "items": schema_of(kind, definitions)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "A data set of twin cities",
        "type": "object",
        "properties": properties,
        "required": ["format"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


if __name__ == "__main__":
    main()
