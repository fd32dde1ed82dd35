"""
GeoJSON: valid by its standard, the same facts as elsewhere, read by GeoPandas and shapely.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from generators import datasets, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc

KUOPIO = tc.load()
points = st.builds(
    tc.Coordinates,
    latitude=st.floats(-90, 90, allow_subnormal=False),
    longitude=st.floats(-180, 180, allow_subnormal=False),
)


def features(collection: Any, record: str) -> list[dict[str, Any]]:
    """The features of one kind of record."""
    return [feature for feature in collection["features"] if feature["properties"]["record"] == record]


def check_position(position: list[float]) -> None:
    """Longitude, then latitude, in degrees."""
    longitude, latitude = position
    assert -180 <= longitude <= 180
    assert -90 <= latitude <= 90


@settings(max_examples=50)
@given(datasets())
def test_every_record_is_a_feature(ds: tc.Dataset) -> None:
    """Each city and each partnership is a feature with an id of its own; without two points it has no geometry."""
    collection = ds.to_geojson()
    assert collection["type"] == "FeatureCollection"
    found = features(collection, "city")
    assert [feature["id"] for feature in found] == list(ds.cities)
    for feature, city in zip(found, ds.cities.values(), strict=True):
        point = city.coordinates
        place = point and {"type": "Point", "coordinates": [point.longitude, point.latitude]}
        assert feature["geometry"] == place
    lines = features(collection, "partnership")
    assert [tuple(feature["id"].split("/")) for feature in lines] == list(ds.partnerships)
    for feature, pair in zip(lines, ds.partnerships, strict=True):
        ends = [ds.cities[id].coordinates for id in pair]
        start, end = ends
        if start is None or end is None:
            assert feature["geometry"] is None
        elif feature["geometry"] is None:
            assert start.distance_km(end) == 0
        if feature["geometry"] is not None:
            parts = feature["geometry"]["coordinates"]
            parts = [parts] if feature["geometry"]["type"] == "LineString" else parts
            assert len(parts) > 1 or feature["geometry"]["type"] == "LineString"
            for part in parts:
                assert len(part) >= 2
                for position in part:
                    check_position(position)
    assert json.loads(json.dumps(collection, allow_nan=False)) == collection


def test_a_city_in_full() -> None:
    """Properties are the columns of the table of cities, without what isn't known; words are those of documents."""
    (feature,) = (f for f in KUOPIO.to_geojson(lang="fi")["features"] if f["id"] == "bodo")
    bodo = KUOPIO.cities["bodo"]
    assert feature == {
        "type": "Feature",
        "id": "bodo",
        "geometry": {"type": "Point", "coordinates": [14.37513, 67.28267]},
        "properties": {
            "record": "city",
            "id": "bodo",
            "name": bodo.label("fi"),
            "kind": str(bodo.kind),
            "country": "Norja",
            "country_code": "NO",
            "subdivision_codes": list(bodo.subdivision_codes),
            "latitude": 67.28267,
            "longitude": 14.37513,
            "population": bodo.population,
            "wikidata_id": "Q221119",
            "geonames_id": "3160881",
            "alt_ids": list(bodo.alt_ids),
            "summary": bodo.summary["fi"],
            "sources": list(bodo.sources),
        },
    }


def test_a_partnership_in_full() -> None:
    """A tie has its facts, with names in the given language; its line runs from one city to the other."""
    (feature,) = KUOPIO.partners("Kuopio", country="NO").to_geojson(lang="sv")["features"][2:]
    properties = feature["properties"]
    assert feature["id"] == "bodo/kuopio"
    assert (properties["city_1"], properties["city_2"], properties["status"]) == ("Kuopio", "Bodö", "active")
    assert (properties["since"], properties["country_2"]) == ("194X", "Norge")
    assert properties["areas"][0] == KUOPIO.partners("Kuopio", country="NO").one().areas[0].label("sv")
    assert "until" not in properties
    assert feature["geometry"]["type"] == "LineString"
    assert feature["geometry"]["coordinates"][0] == [27.67703, 62.89238]
    assert feature["geometry"]["coordinates"][-1] == [14.37513, 67.28267]
    assert len(feature["geometry"]["coordinates"]) == 9  # 780 km in steps of at most 100


@given(graphs())
def test_a_selection_has_its_cities_once(ds: tc.Dataset) -> None:
    """A selection of ties gives its cities, each once, and a line for each tie."""
    for id in ds.cities:
        ties = ds.partners(id)
        collection = ties.to_geojson()
        expected = [id, *(tie.partner.id for tie in ties)] if ties else []
        assert [feature["id"] for feature in features(collection, "city")] == expected
        assert len(features(collection, "partnership")) == len(ties)


def test_over_the_antimeridian() -> None:
    """A line over the Pacific is cut in two at 180 degrees, at the same latitude."""
    ds = tc.Dataset(
        cities=[
            tc.City(id="suva", coordinates=tc.Coordinates(latitude=-18.14, longitude=178.44)),
            tc.City(id="apia", coordinates=tc.Coordinates(latitude=-13.83, longitude=-171.77)),
        ],
        partnerships=[tc.Partnership(cities=("suva", "apia"))],
    )
    (line,) = features(ds.to_geojson(), "partnership")
    west, east = line["geometry"]["coordinates"]
    assert line["geometry"]["type"] == "MultiLineString"
    assert (west[0], east[-1]) == ([-171.77, -13.83], [178.44, -18.14])
    assert (west[-1][0], east[0][0]) == (-180, 180)
    assert west[-1][1] == east[0][1]


def test_the_file_is_the_collection(tmp_path: Path) -> None:
    """`to_geojson(path)` writes UTF-8 JSON with a line for each feature, equal to what it returns."""
    path = tmp_path / "kuopio.geojson"
    collection = KUOPIO.to_geojson(path, lang="fi")
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == collection
    assert len(text.splitlines()) == len(collection["features"]) + 2
    assert "Besançon" in text
    empty = tc.Dataset().to_geojson(tmp_path / "empty.geojson")
    assert (
        json.loads((tmp_path / "empty.geojson").read_bytes()) == empty == {"type": "FeatureCollection", "features": []}
    )


def test_objects_show_themselves_to_other_tools() -> None:
    """`__geo_interface__` of a data set, a selection and a city is their GeoJSON."""
    ties = KUOPIO.partners("Kuopio", country="SE")
    assert KUOPIO.__geo_interface__ == KUOPIO.to_geojson()
    assert ties.__geo_interface__ == ties.to_geojson()
    city = KUOPIO.cities["gyor"]
    assert city.__geo_interface__ in KUOPIO.to_geojson()["features"]
    assert tc.City(id="nowhere").__geo_interface__["geometry"] is None


# -- GeoPandas and shapely -------------------------------------------------------------------------


def test_shapely_reads_a_city() -> None:
    """shapely makes a point of a city."""
    shapely = pytest.importorskip("shapely.geometry")
    point = shapely.shape(KUOPIO.cities["kuopio"])
    assert (point.x, point.y) == (27.67703, 62.89238)


def test_geopandas_reads_a_data_set() -> None:
    """`GeoDataFrame.from_features` takes a data set or a selection as it is."""
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame.from_features(KUOPIO)
    assert sorted(frame.geom_type.dropna().unique()) == ["LineString", "Point"]
    assert len(geopandas.GeoDataFrame.from_features(KUOPIO.partners("Kuopio", country="SE"))) == 3


def test_frames_have_every_column() -> None:
    """The two frames have all columns with real types, an id as index and the reference system of the coordinates."""
    pytest.importorskip("geopandas")
    bare = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    for ds in (KUOPIO, bare, tc.Dataset()):
        frames = ds.to_geopandas()
        assert list(frames) == ["cities", "partnerships"]
        assert list(frames["cities"].index) == list(ds.cities)
        assert list(frames["partnerships"].index) == ["/".join(pair) for pair in ds.partnerships]
        types = {name: str(dtype) for name, dtype in frames["cities"].dtypes.items()}
        assert (types["population"], types["latitude"], types["name"], types["kind"]) == (
            "Int64",
            "float64",
            "string",
            "category",
        )
        assert frames["partnerships"].crs == frames["cities"].crs == "EPSG:4326"
    frames = KUOPIO.to_geopandas(lang="fi")
    assert frames["cities"].loc["gyor", "name"] == "Györ"
    assert frames["cities"].loc["gyor", "population"] == KUOPIO.cities["gyor"].population
    lengths = frames["partnerships"].set_geometry("geometry").to_crs("EPSG:4087").length
    assert (lengths > 0).all()


def test_length_on_the_globe_is_the_distance() -> None:
    """The lines that GeoPandas holds are as long as the distance says."""
    pytest.importorskip("geopandas")
    pyproj = pytest.importorskip("pyproj")
    globe = pyproj.Geod(ellps="WGS84")
    frame = KUOPIO.to_geopandas()["partnerships"]
    for shape, distance in zip(frame.geometry, frame["distance_km"], strict=True):
        assert globe.geometry_length(shape) / 1000 == pytest.approx(distance, abs=0.06)


def test_geoparquet_reads_back(tmp_path: Path) -> None:
    """GeoParquet written is read by GeoPandas with the same lines and values."""
    geopandas = pytest.importorskip("geopandas")
    pytest.importorskip("pyarrow")
    ties = KUOPIO.partners("Kuopio")
    ties.to_geoparquet(tmp_path / "out", lang="sv")
    for name, frame in ties.to_geopandas(lang="sv").items():
        again = geopandas.read_parquet(tmp_path / "out" / f"{name}.parquet")
        assert again.geometry.geom_equals(frame.geometry).all()
        assert again.crs == frame.crs
        assert list(again.columns) == list(frame.columns)
        assert [list(x) for x in again["sources"]] == list(frame["sources"].map(lambda x: x or []))
        column = "since" if name == "partnerships" else "population"
        assert again[column].equals(frame[column])


@settings(max_examples=60)
@given(st.tuples(points, points), st.booleans())
def test_geometries_are_valid(ends: tuple[tc.Coordinates, tc.Coordinates], same: bool) -> None:
    """Lines are valid for shapely; two cities on one point have none, also where the point has two longitudes."""
    shapely = pytest.importorskip("shapely.geometry")
    here, there = (ends[0], ends[0]) if same else ends
    ds = tc.Dataset(
        cities=[tc.City(id="a", coordinates=here), tc.City(id="b", coordinates=there)],
        partnerships=[tc.Partnership(cities=("a", "b"))],
    )
    geometry = ds.to_geojson()["features"][-1]["geometry"]
    if geometry is None:
        assert here.distance_km(there) < 1e-6
    else:
        assert not same
        assert shapely.shape(geometry).is_valid


def test_one_point_on_the_antimeridian_is_no_line() -> None:
    """180 and -180 are one longitude."""
    points = tc.Coordinates(latitude=10, longitude=180), tc.Coordinates(latitude=10, longitude=-180)
    ds = tc.Dataset(
        cities=[tc.City(id=id, coordinates=point) for id, point in zip("ab", points, strict=True)],
        partnerships=[tc.Partnership(cities=("a", "b"))],
    )
    assert ds.to_geojson()["features"][-1]["geometry"] is None
