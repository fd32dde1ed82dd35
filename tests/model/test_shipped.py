"""
Records of shipped documents: made without checks, and equal to those that the strict reader makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import attrs
import cattrs
import pytest

import twincities as tc
from twincities.document import configure_converter
from twincities.model import LISTS
from twincities.model.shipped import record_of

DATA = resources.files("twincities") / "data"
DOCUMENTS = ["areas.json", "kuopio.json", *(f"finland/{file.name}" for file in (DATA / "finland").iterdir())]


def _values(value: Any) -> Iterator[Any]:
    """The values in a record in order, each with its type."""
    yield type(value)
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _values(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _values(item)
    else:
        yield value


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_record_is_as_the_strict_reader_makes_it(name: str) -> None:
    """Each record of each shipped document is valid, and has the same values of the same types, in the same order."""
    converter = cattrs.Converter()
    configure_converter(converter)
    document = json.loads((DATA / name).read_text(encoding="utf-8"))
    given = [(kind, each) for of, (kind, _) in LISTS.items() for each in document.get(of, ())]
    assert given
    for kind, each in given:
        strict = converter.structure(each, kind)
        assert [*_values(record_of(kind, each))] == [*_values(strict)]


def test_what_follows_from_other_fields_is_set() -> None:
    """A city without a name has its id as name, and the cities of a tie are sorted, as constructors do."""
    assert record_of(tc.City, {"id": "gyor"}) == tc.City(id="gyor")
    tie = {"cities": ["opole", "kuopio"], "continues": ["opole", "oppeln"]}
    assert record_of(tc.Partnership, tie) == tc.Partnership(**tie)
