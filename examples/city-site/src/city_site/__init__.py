"""
A web service over a data set of twin cities: JSON, GeoJSON and a map.

    uvicorn --factory city_site:make_app
"""

from .app import make_app as make_app

__all__ = ["make_app"]
