"""
The common behaviour of exports: their language, and the files that they write.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import twincities as tc

# A city whose own name is not its English one, so that a language that isn't told from English is noticed.
DS = tc.Dataset(
    id="vienna",
    cities=[
        tc.City(
            id="wien",
            name="Wien",
            names={"en": "Vienna", "fi": "Wien (fi)"},
            country_code="AT",
            coordinates=tc.Coordinates(latitude=48.2, longitude=16.4),
        ),
        tc.City(
            id="roma",
            name="Roma",
            names={"en": "Rome", "fi": "Rooma"},
            country_code="IT",
            coordinates=tc.Coordinates(latitude=41.9, longitude=12.5),
        ),
    ],
    partnerships=[
        tc.Partnership(
            cities=("roma", "wien"),
            since="1980",
            summary={"en": "Choirs", "fi": "Kuoroja"},
            activities=[tc.Activity(areas=["music"], summary={"en": "Concerts", "fi": "Konsertteja"})],
        )
    ],
)
WHOLES: dict[type, Any] = {tc.Dataset: DS, tc.Selection: DS.partners("wien")}
DOORS = [
    (kind, name)
    for kind in WHOLES
    for name, method in inspect.getmembers(kind, inspect.isfunction)
    if name.startswith("to_") and "lang" in inspect.signature(method).parameters
    if name != "to_ics"  # a calendar has anniversaries, which these ties don't have
]
NEEDS = {
    "to_arrow": "pyarrow",
    "to_flat_arrow": "pyarrow",
    "to_excel": "openpyxl",
    "to_geopandas": "geopandas",
    "to_geoparquet": "geopandas",
    "to_networkx": "networkx",
    "to_pandas": "pandas",
    "to_polars": "polars",
}


def plain(found: Any) -> Any:
    """The result of an export in a comparable form."""
    if isinstance(found, dict):
        return {key: plain(value) for key, value in found.items()}
    if hasattr(found, "to_pylist"):
        return found.to_pylist()
    if hasattr(found, "nodes"):
        return [*found.nodes(data=True)], [*found.edges(data=True)]
    if hasattr(found, "columns"):
        return [[str(cell) for cell in row] for row in found.to_numpy().tolist()]
    return found


def written(path: Path) -> Any:
    """The contents of a written file: the cells of a workbook, the rows of Parquet files."""
    if path.is_dir():
        import geopandas

        return {file.name: plain(geopandas.read_parquet(file)) for file in sorted(path.iterdir())}
    from openpyxl import load_workbook

    return {sheet.title: [[*row] for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(path)}


def through(kind: type, name: str, folder: Path, **options: Any) -> Any:
    """The result of an export."""
    method: Callable[..., Any] = getattr(WHOLES[kind], name)
    if name in ("to_excel", "to_geoparquet"):
        path = folder / f"{len(list(folder.iterdir()))}{'.xlsx' if name == 'to_excel' else ''}"
        method(path, **options)
        return written(path)
    return plain(method(**options))


@pytest.mark.parametrize(("kind", "name"), DOORS)
def test_exports_are_in_english_by_default(kind: type, name: str, tmp_path: Path) -> None:
    """Labels are in English by default, else in the language asked for."""
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    usual, finnish = through(kind, name, tmp_path), through(kind, name, tmp_path, lang="fi")
    assert usual == through(kind, name, tmp_path, lang="en") != finnish
    assert "Rome" in str(usual)
    assert "Rooma" in str(finnish)


@pytest.mark.parametrize("kind", WHOLES)
def test_texts_are_written_as_they_are_given(kind: type, tmp_path: Path) -> None:
    """CSV and GeoJSON are returned, and written unchanged if a path is given."""
    table, features = tmp_path / "ties.csv", tmp_path / "ties.geojson"
    text = WHOLES[kind].to_csv(table, lang="fi", delimiter=";")
    assert text == WHOLES[kind].to_csv(lang="fi", delimiter=";")
    assert table.read_bytes() == text.encode("utf-8-sig")  # spreadsheets want the mark
    assert text.splitlines()[0].count(";") > 10
    found = WHOLES[kind].to_geojson(features, lang="fi")
    assert found == WHOLES[kind].to_geojson(lang="fi")
    assert json.loads(features.read_bytes()) == json.loads(json.dumps(found))


def test_a_file_of_rdf_has_the_base_that_was_asked_for(tmp_path: Path) -> None:
    """`write_rdf` writes what `to_rdf` gives, under the same base."""
    pytest.importorskip("rdflib")
    path = tmp_path / "vienna.nt"
    DS.write_rdf(path, base="https://example.org/towns/")
    assert b"https://example.org/towns/" in path.read_bytes()
    DS.write_rdf(path)
    assert b"https://example.org/towns/" not in path.read_bytes()


def test_a_graph_holds_records_where_it_is_asked_to() -> None:
    """The nodes and edges of `to_networkx` have the records, unless `records=False`."""
    pytest.importorskip("networkx")
    for whole in WHOLES.values():
        with_records, without = whole.to_networkx(), whole.to_networkx(records=False)
        assert plain(with_records) == plain(whole.to_networkx(records=True)) != plain(without)
