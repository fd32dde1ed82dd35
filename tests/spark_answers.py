"""
The folder of Parquet files in Apache Spark: the five stated questions have the answers of the data set.

Not among the normal tests, since Spark takes minutes and needs Java: `nox -s spark` runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from generators import GRAPH_AREAS, graphs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stated_questions import PLAIN, Rows, asked, told

import twincities as tc

sql = pytest.importorskip("pyspark.sql")
pytestmark = pytest.mark.filterwarnings("default")  # Spark's own are not ours


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[[str], Rows]]:
    """What gives SQL to Spark on this machine."""
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1"}
    session = sql.SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield lambda text: [tuple(row) for row in session.sql(text).collect()]
    session.stop()


def test_kuopio(run: Callable[[str], Rows], tmp_path: Path) -> None:
    """The bundled data set, with its networks and its imprecise dates, each tie in one span."""
    PLAIN.write_parquet(tmp_path)
    for year in (1939, 1945, 1985, 2022, 2030):
        question: tuple[Any, ...] = ("kuopio", "SE", "culture", year)
        assert asked("Spark", tmp_path, run, *question) == told(PLAIN, *question)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(graphs(), st.sampled_from(GRAPH_AREAS), st.integers(1940, 1999))
def test_graphs(run: Callable[[str], Rows], tmp_path: Path, ds: tc.Dataset, area: str, year: int) -> None:
    """Data sets of every shape."""
    folder = tmp_path / str(len([*tmp_path.iterdir()]))  # Spark remembers a file by its name
    ds.write_parquet(folder)
    question = (next(iter(ds.cities)), "SE", area, year)
    found, expected = asked("Spark", folder, run, *question), told(ds, *question)
    del found["Active in a year"], expected["Active in a year"]  # breaks are beyond a query that fits a page
    assert found == expected


def test_early_dates(run: Callable[[str], Rows], tmp_path: Path) -> None:
    """Days of the first century and of the last are the days that the text allows: no calendar is changed."""
    ds = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), since="0001", until="9999")],
    )
    ds.write_parquet(tmp_path)
    query = f"SELECT string(since_earliest), string(until_latest) FROM parquet.`{tmp_path}/partnerships.parquet`"
    assert run(query) == [("0001-01-01", "9999-12-31")]
