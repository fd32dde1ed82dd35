"""Any converter of cattrs reads and writes our records once it is configured."""

from __future__ import annotations

from typing import Any

import attrs
import cattrs
import pytest
from cattrs.preconf import json as json_preconf
from generators import datasets
from hypothesis import given, settings

import twincities as tc
from twincities.document import configure_converter


@attrs.frozen(kw_only=True)
class Visit:
    """A user's class that holds our records."""

    tie: tc.Partnership
    date: tc.EdtfDate | None = None
    kind: tc.MilestoneKind | None = None
    hosts: tuple[tc.City, ...] = ()
    guests: int = 0


def converters() -> dict[str, Any]:
    """Converters that are plain, strict, and for several packages."""
    made = {
        "plain": cattrs.Converter(),
        "not detailed": cattrs.Converter(detailed_validation=False),
        "json": json_preconf.make_converter(),
    }
    for package in ("orjson", "msgspec"):
        try:
            preconf = __import__(f"cattrs.preconf.{package}", fromlist=["make_converter"])
        except ImportError:
            continue
        made[package] = preconf.make_converter()
    for converter in made.values():
        configure_converter(converter)
    return made


CONVERTERS = converters()
each_converter = pytest.mark.parametrize("name", CONVERTERS)
TIE = tc.Partnership(
    cities=("kuopio", "opole"),
    since="[1979,1980]",
    claims=[tc.Claim(field="since", value="1981")],
    milestones=[tc.Milestone(kind="first-contact", date="1975~")],
)
VISIT = Visit(
    tie=TIE, date=tc.EdtfDate("2026-06"), kind=tc.MilestoneKind.VISIT, hosts=(tc.City(id="opole"),), guests=12
)


@each_converter
def test_a_class_that_holds_records_comes_back(name: str) -> None:
    """Records, dates and words in a user's class are written as documents have them, and come back."""
    converter = CONVERTERS[name]
    written = converter.unstructure(VISIT)
    assert written["tie"] == {
        "cities": ["kuopio", "opole"],
        "since": "[1979,1980]",
        "milestones": [{"kind": "first-contact", "date": "1975~"}],
        "claims": [{"field": "since", "value": "1981"}],
    }
    assert (written["date"], written["kind"]) == ("2026-06", "visit")
    assert converter.structure(written, Visit) == VISIT


@pytest.mark.parametrize("name", [name for name in CONVERTERS if hasattr(CONVERTERS[name], "dumps")])
def test_a_preconf_writes_and_reads_text(name: str) -> None:
    """`dumps` and `loads` of a preconf take our records by themselves, in a class and in a list."""
    converter = CONVERTERS[name]
    assert converter.loads(converter.dumps(VISIT), Visit) == VISIT
    assert converter.loads(converter.dumps(TIE), tc.Partnership) == TIE
    assert converter.loads(converter.dumps([TIE]), list[tc.Partnership]) == [TIE]


@each_converter
@settings(max_examples=10)
@given(ds=datasets())
def test_data_sets_and_all_their_records_come_back(name: str, ds: tc.Dataset) -> None:
    """A data set is converted to its document, and each of its records is read back by itself."""
    converter = CONVERTERS[name]
    assert converter.unstructure(ds) == ds.to_dict()
    assert converter.structure(ds.to_dict(), tc.Dataset) == ds
    for record in (*ds.cities.values(), *ds.partnerships.values(), *ds.networks.values(), *ds.sources.values()):
        assert converter.structure(converter.unstructure(record), type(record)) == record


@each_converter
def test_what_is_wrong_is_an_error_of_ours(name: str) -> None:
    """A record that is wrong is refused with all of its problems, strictly: no text becomes a number or a list."""
    with pytest.raises(tc.InvalidRecordError) as raised:
        CONVERTERS[name].structure({"id": "a b", "kind": "castle", "alt_names": "x"}, tc.City)
    assert [problem.path for problem in raised.value.problems] == ["$.id", "$.alt_names", "$.kind"]
    with pytest.raises(tc.InvalidDateError):
        CONVERTERS[name].structure("198", tc.EdtfDate)
    with pytest.raises(tc.DatasetError):
        CONVERTERS[name].structure({}, tc.Dataset)


def test_types_of_others_stay_as_they_are() -> None:
    """A converter treats a user's own numbers and texts as before."""
    converter = cattrs.Converter()
    configure_converter(converter)
    assert converter.structure({"tie": {"cities": ["b", "a"]}, "guests": "12"}, Visit).guests == 12


def test_only_converters_are_configured() -> None:
    """Anything but a converter of cattrs is refused."""
    with pytest.raises(tc.QueryError, match="expected a BaseConverter as converter, got 3"):
        configure_converter(3)  # type: ignore[arg-type]
