"""
Write data sets as GeoJSON (RFC 7946) and for GeoPandas: cities as points, partnerships as great-circle lines.

Networks, activities, agreements, milestones, links, contacts, the details of sources, and names in other languages aren't
included.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from .._files import as_path, write_atomically
from .._optional import require
from ..errors import QueryError, shown
from ..model.arguments import as_record
from ..model.city import City
from ..query.ties import Tie, all_ties, cities_of, tuple_of_ties
from ..query.whole import Whole
from ._flat import Kind, Table
from ._tables import TABLES
from .geodesics import cut_at_antimeridian, geodesic

__all__ = [
    "city_feature",
    "dataset_features",
    "tie_features",
    "to_geopandas",
    "write_geojson",
    "write_geoparquet",
]

STEP_KM = 100
"""The most kilometres between positions of a line: it is then less than a kilometre from the true line."""


def city_feature(city: City, *, lang: str = "en") -> dict[str, Any]:
    """
    Convert a city to a `Feature` with a `Point`, or without a geometry if it has no coordinates.

    Properties are the columns of the table `cities` with known values. Words are those of documents; names are in *lang*.

    Raises:
        QueryError: *city* isn't a city.
    """
    as_record(city, City, "city")
    return next(_features("city", TABLES["cities"], [(city.id, _point(city))], [city], lang))


def dataset_features(dataset: Whole, *, lang: str = "en") -> dict[str, Any]:
    """
    Convert a data set to a `FeatureCollection`: all cities, then all partnerships.

    A partnership is a `LineString`, or a `MultiLineString` if it crosses the antimeridian. It has no geometry if a city
    has no coordinates, or both have the same. Positions are longitude and latitude in WGS 84 degrees.
    """
    return _collection(TABLES["cities"].subjects(dataset), all_ties(dataset), lang)


def tie_features(ties: Iterable[Tie], *, lang: str = "en") -> dict[str, Any]:
    """
    Convert ties to a `FeatureCollection`: their cities, each once, then the ties, as in `dataset_features`.
    """
    ties = tuple_of_ties(ties)
    return _collection(cities_of(ties).values(), ties, lang)


def write_geojson(features: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """
    Write a `FeatureCollection` to a file with a line for each feature; the file is replaced atomically.

    Raises:
        QueryError: *features* isn't a `FeatureCollection`.
        OSError: The file can't be written.
    """
    write_atomically(path, _lines(features))


def _lines(features: Mapping[str, Any]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    for number, feature in enumerate(_listed(features)):
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        yield (",\n" if number else "\n").encode() + text.encode()
    yield b"\n]}\n"


def _listed(collection: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not isinstance(collection, Mapping) or not isinstance(collection.get("features"), list):
        raise QueryError(f"expected a FeatureCollection, as to_geojson returns it, got {shown(collection)}")
    features: list[dict[str, Any]] = collection["features"]
    return features


def _collection(cities: Iterable[City], ties: Iterable[Tie], lang: str) -> dict[str, Any]:
    cities, ties = tuple(cities), tuple(ties)
    points = ((city.id, _point(city)) for city in cities)
    lines = (("/".join(tie.partnership.cities), _line(tie)) for tie in ties)
    features = chain(
        _features("city", TABLES["cities"], points, cities, lang),
        _features("partnership", TABLES["partnerships"], lines, ties, lang),
    )
    return {"type": "FeatureCollection", "features": [*features]}


def _features(
    record: str, table: Table, geometries: Iterable[tuple[str, Any]], subjects: Iterable[Any], lang: str
) -> Iterator[dict[str, Any]]:
    """
    The features of one kind of record, from their ids and geometries and the rows of a table.
    """
    for (id, geometry), row in zip(geometries, table.rows(subjects, lang), strict=True):
        cells = zip(table.columns, row, strict=True)
        properties = {column.name: _json(column.kind, value) for column, value in cells if value not in (None, ())}
        yield {"type": "Feature", "id": id, "geometry": geometry, "properties": {"record": record, **properties}}


def _json(kind: Kind, value: Any) -> Any:
    if kind is Kind.TEXTS:
        return list(value)
    return str(value) if kind in (Kind.WORD, Kind.DATE) else value


def _point(city: City) -> dict[str, Any] | None:
    point = city.coordinates
    return None if point is None else {"type": "Point", "coordinates": [point.longitude, point.latitude]}


def _line(tie: Tie) -> dict[str, Any] | None:
    start, end = (city.coordinates for city in (tie.city, tie.partner))
    if start is None or end is None:
        return None
    cut = cut_at_antimeridian(geodesic(start, end, step_km=STEP_KM))
    parts = [[list(place) for place in part] for part in cut if len(set(part)) > 1]
    if not parts:
        return None
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


# -- GeoPandas -------------------------------------------------------------------------------------


def to_geopandas(features: Mapping[str, Any]) -> dict[str, Any]:
    """
    Convert features to two `GeoDataFrame`s by name, `cities` and `partnerships`, indexed by id, in WGS 84 (EPSG:4326).

    All columns are present. Words of closed lists are categories, populations nullable integers, dates EDTF text, and
    several texts lists.

    Raises:
        QueryError: *features* isn't a `FeatureCollection`.
        MissingDependencyError: GeoPandas isn't installed.
    """
    geopandas, shape = require("geopandas", extra="geo"), require("shapely.geometry", extra="geo").shape
    frames = {}
    for name, record in (("cities", "city"), ("partnerships", "partnership")):
        chosen = [feature for feature in _listed(features) if feature["properties"]["record"] == record]
        columns = TABLES[name].columns
        data = {column.name: [feature["properties"].get(column.name) for feature in chosen] for column in columns}
        shapes = [feature["geometry"] and shape(feature["geometry"]) for feature in chosen]
        index = [feature["id"] for feature in chosen]
        frame = geopandas.GeoDataFrame(data, geometry=shapes, index=index, crs="EPSG:4326")
        frames[name] = frame.astype({c.name: _DTYPES[c.kind] for c in columns if c.kind in _DTYPES})
    return frames


_DTYPES = {
    Kind.TEXT: "string",
    Kind.WORD: "category",
    Kind.DATE: "string",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
}


def write_geoparquet(features: Mapping[str, Any], folder: str | os.PathLike[str]) -> None:
    """
    Write `cities.parquet` and `partnerships.parquet` to a folder as GeoParquet 1.1, each replaced atomically.

    Raises:
        QueryError: *features* isn't a `FeatureCollection`.
        MissingDependencyError: GeoPandas or pyarrow isn't installed.
        OSError: The files can't be written.
    """
    require("pyarrow", extra="geo")
    frames = to_geopandas(features)
    folder = as_path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=True, schema_version="1.1.0")
        write_atomically(folder / f"{name}.parquet", [buffer.getvalue()])
