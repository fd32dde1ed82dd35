"""
Any text as a name, a country, an area and a language: our own error, or an answer; and as the name of a city it is found.
"""

from __future__ import annotations

from contextlib import suppress

import twincities as tc

__all__ = ["check"]


def check(data: bytes) -> None:
    """
    Raises:
        Exception: A mistake of ours.
    """
    ds = tc.load()
    text = data.decode("utf-8", "surrogateescape")
    assert tc.fold(tc.fold(text)) == tc.fold(text)
    for ask in (
        lambda: ds.city(text),
        lambda: ds.city("Kuopio", country=text),
        lambda: ds.search(text, limit=3),
        lambda: ds.partners("Kuopio", area=text),
        lambda: ds.partners("Kuopio", country=text, status="active"),
        lambda: ds.partners("Kuopio", network=text),
        lambda: ds.partners("Kuopio", on=text),
        lambda: ds.network(text),
        lambda: tc.country_name(text, "en"),
        lambda: tc.language_name(text, "fi"),
    ):
        with suppress(tc.TwinCitiesError):
            ask()
    with suppress(tc.InvalidRecordError):
        city = tc.City(id="a", name=text)
        single = tc.Dataset(cities=[city], vocabulary=None)
        if text not in single.cities:
            assert single.city(text) is city
        assert tc.from_json(single.to_json()) == single
