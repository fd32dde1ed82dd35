"""
The mixin of records that map tools read directly.
"""

from __future__ import annotations

from typing import Any


class HasGeoInterface:
    """
    A record that GeoPandas, shapely and others read as a feature. Only here does `model` import from `interop`, above it.
    """

    __slots__ = ()

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        A GeoJSON `Feature`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import city_feature

        return city_feature(self)  # type: ignore[arg-type]  # only cities have it
