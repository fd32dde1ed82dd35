"""
The mixin of the records that tools of maps take by themselves.
"""

from __future__ import annotations

from typing import Any

__all__ = ["HasGeoInterface"]


class HasGeoInterface:
    """
    A record that is a feature to GeoPandas, shapely and others; the one place where `model` reaches up to `interop`.
    """

    __slots__ = ()

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        A GeoJSON `Feature`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import city_feature

        return city_feature(self)  # type: ignore[arg-type]  # cities have it
