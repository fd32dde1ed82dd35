"""
Wrong arguments of sources and of comparing and merging: an error of the library says what was expected.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities.sources.gazetteer import geonames
from twincities.sources.table import read_table
from twincities.sources.wikidata import from_entities, from_sparql, show_progress

KUOPIO = tc.load()
ROWS = [{"Partner": "Opole"}]
EMPTY = {
    "head": {"vars": ["item", "statement", "rank", "reference", "property", "value", "precision"]},
    "results": {"bindings": []},
}


def table(**options: Any) -> object:
    """The reading of a small table."""
    return read_table(ROWS, city="Kuopio", **options)


CASES: list[tuple[str, Callable[[Any], object]]] = [
    ("expected a Dataset, got", lambda wrong: tc.compare(wrong, KUOPIO)),
    ("expected a Dataset, got", lambda wrong: tc.compare(KUOPIO, wrong)),
    ("expected a Dataset, got", lambda wrong: tc.merge(wrong, KUOPIO)),
    ("expected a Dataset, got", KUOPIO.merge),
    ("expected names or cities as cities=, got", lambda wrong: tc.compare(KUOPIO, KUOPIO, cities=wrong)),
    ("expected prefer= as 'first', 'second' or a function", lambda wrong: tc.merge(KUOPIO, KUOPIO, prefer=wrong)),
    ("expected a function as report=, got", lambda wrong: tc.merge(KUOPIO, KUOPIO, report=wrong)),
    ("expected a function as report=, got", lambda wrong: table(report=wrong)),
    ("expected a function as report=, got", lambda wrong: read_table(ROWS, city="X").checked(report=wrong)),
    ("expected a function as report=, got", lambda wrong: from_entities({"id": "Q1"}, report=wrong)),
    ("expected a function as report=, got", lambda wrong: from_sparql(EMPTY, report=wrong)),
    ("expected a dict as columns=, got", lambda wrong: table(columns=wrong)),
    ("expected a dict as words=, got", lambda wrong: table(words=wrong)),
    ("expected texts as unknown=, got", lambda wrong: table(unknown=wrong)),
    ("expected choices= as a dict or a file, got", lambda wrong: table(choices=wrong)),
    ("expected places= as a data set or a gazetteer, got", lambda wrong: table(places=wrong)),
    ("expected city= as the name or id of a city, got", lambda wrong: read_table(ROWS, city=wrong)),
    ("expected a path, got", lambda wrong: read_table(ROWS, city="X").write_choices(wrong)),
    ("expected min_population of 500, 1000, 5000, 15000, got", geonames),
    ("expected a Progress as progress, got", show_progress),
]


@pytest.mark.parametrize("wrong", [3, 2.5, True, object()], ids=["3", "2.5", "True", "object"])
@pytest.mark.parametrize(("expected", "use"), CASES)
def test_a_wrong_argument_is_named(expected: str, use: Callable[[Any], object], wrong: object) -> None:
    """Numbers and other objects are refused wherever a data set, a function, a dict, names or a path is expected."""
    with pytest.raises(tc.QueryError, match=expected):
        use(wrong)


@pytest.mark.parametrize("wrong", [[15000], {"a": 1}, 500.0, "500", None], ids=repr)
def test_a_gazetteer_has_four_sizes(wrong: Any) -> None:
    """Anything but one of the four numbers is refused, whether or not it can be hashed."""
    with pytest.raises(tc.QueryError, match="expected min_population of 500, 1000, 5000, 15000, got"):
        geonames(wrong)


@pytest.mark.parametrize("wrong", [3, b"x", ["x"], {"x": 1}], ids=repr)
def test_a_sheet_is_named_by_text(wrong: Any, tmp_path: Path) -> None:
    """The sheet of a workbook is given by its title."""
    path = tmp_path / "a.csv"
    path.write_text("Partner\nOpole\n")
    with pytest.raises(tc.QueryError, match="expected text as sheet=, got"):
        read_table(path, city="Kuopio", sheet=wrong)
