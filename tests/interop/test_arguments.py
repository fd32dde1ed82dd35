"""
Values that a writer can't write: an error of ours says what was expected, and no file or folder is left behind.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities.interop.endings import FORMATS
from twincities.interop.rows import to_csv

KUOPIO = tc.load()
# Functions that take a data set: module, name, and a file to write if there is one.
WRITERS = [
    ("rows", "partnership_rows", None),
    ("geojson", "dataset_features", None),
    ("frames", "dataset_frames", None),
    ("frames", "polars_frames", None),
    ("arrow", "to_arrow", None),
    ("arrow", "flat_tables", None),
    ("parquet", "write_parquet", "x.parquet"),
    ("sqlite", "write_sqlite", "x.sqlite"),
    ("rdf", "to_rdf", None),
    ("rdf", "write_rdf", "x.ttl"),
    ("quickstatements", "to_quickstatements", None),
    *(("endings", "write", f"x{format.ending}") for format in FORMATS),
]


def called(module: str, name: str, *arguments: Any) -> Any:
    """A call of a function, skipped if its packages aren't installed."""
    try:
        return getattr(import_module(f"twincities.interop.{module}"), name)(*arguments)
    except tc.MissingDependencyError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    "value", [None, KUOPIO.partners("Kuopio"), {}, "kuopio"], ids=["None", "selection", "dict", "text"]
)
@pytest.mark.parametrize(("module", "name", "file"), WRITERS, ids=[f"{name} {file}" for _, name, file in WRITERS])
def test_what_is_no_data_set_is_refused(module: str, name: str, file: str | None, value: Any, tmp_path: Path) -> None:
    """Writers of data sets refuse a selection, which has methods of its own, and everything else."""
    with pytest.raises(tc.QueryError, match=r"^expected a Dataset, got "):
        called(module, name, value, *([tmp_path / file] if file else []))
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "value", [KUOPIO, [], {"type": "FeatureCollection"}, None], ids=["data set", "list", "dict", "None"]
)
@pytest.mark.parametrize("name", ["write_geojson", "to_geopandas", "write_geoparquet"])
def test_what_is_no_feature_collection_is_refused(name: str, value: Any, tmp_path: Path) -> None:
    """The functions for features take what `to_geojson` returns."""
    with pytest.raises(tc.QueryError, match=r"^expected a FeatureCollection, as to_geojson returns it, got "):
        called("geojson", name, value, *([] if name == "to_geopandas" else [tmp_path / "x"]))
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("frames", [{}, None, KUOPIO], ids=["none", "None", "data set"])
def test_a_workbook_has_a_sheet(frames: Any, tmp_path: Path) -> None:
    """Frames are given by the names of their sheets, at least one."""
    with pytest.raises(tc.QueryError, match=r"^expected frames by the names of their sheets, got "):
        called("frames", "write_excel", frames, tmp_path / "x.xlsx")
    assert not [*tmp_path.iterdir()]


def test_each_row_has_each_column(tmp_path: Path) -> None:
    """A row without a column is named by its number, and nothing is written."""
    with pytest.raises(tc.QueryError, match=r"^expected the column 'b' in each row, got none in row 1$"):
        to_csv([{"a": 1, "b": 2}, {"a": 3}], ["a", "b"], tmp_path / "x.csv")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("value", [None, "kuopio", KUOPIO], ids=["None", "text", "data set"])
def test_a_feature_is_of_a_city(value: Any) -> None:
    """A feature is made of a city's record."""
    with pytest.raises(tc.QueryError, match=r"^expected a City as city, got "):
        called("geojson", "city_feature", value)


def test_a_graph_is_of_a_data_set_or_ties() -> None:
    """The error of a graph names both."""
    with pytest.raises(tc.QueryError, match=r"^expected a Dataset or ties, got None$"):
        called("graph", "to_networkx", None)
