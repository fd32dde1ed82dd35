"""
The catalogue of the docs: its pages of cities, networks and areas, before Sphinx reads them.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import twincities as tc

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

KUOPIO = tc.load()


@cache
def catalogue() -> ModuleType:
    """The extension that makes the catalogue."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "docs" / "_ext"))
    import catalogue

    return catalogue


@cache
def page(kind: str, id: str, lang: str) -> str:
    """The text of a page, without tags and notes of sources."""
    record: Any = getattr(KUOPIO, {"city": "cities", "network": "networks", "area": "areas"}[kind])[id]
    html = getattr(catalogue().pages, kind)(KUOPIO, record, lang)
    html = re.sub(r"<sup>.*?</sup>|<svg.*?</svg>", "", html)
    return unescape(re.sub(r"<[^<]+?>", "", html)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("kind", "id"), [("city", "bodo"), ("network", "nordic"), ("area", "culture")])
def test_every_page_has_the_date_of_the_data(kind: str, id: str) -> None:
    """The as-of date is stated in the language of the page."""
    assert "Information as of c. 2022." in page(kind, id, "en")
    assert "Tietojen ajankohta: n. 2022." in page(kind, id, "fi")


def test_plans_and_kinds_of_milestones_are_stated() -> None:
    """Milestones state their kind, and whether they were only planned."""
    assert "2024: European Capital of Culture (event, planned)" in page("city", "bodo", "en")
    assert "2016: The city turned 200 (anniversary)" in page("city", "bodo", "en")
    assert "2028: Tapaaminen Kuopiossa (konferenssi, suunniteltu)" in page("network", "nordic", "fi")
    assert "2014: Meeting in Jönköping (conference)" in page("network", "nordic", "en")


def test_numbers_and_codes_are_written_for_readers() -> None:
    """Populations without a year say so, in one row; coordinates and numbers follow the language; codes have a heading."""
    assert "112 766 (vuosi ei tiedossa); 143 415 (vuosi ei tiedossa)" in page("city", "jonkoping", "fi")
    assert re.search(
        r"Inhabitants\s*112,766 \(year not known\); 143,415 \(year not known\)", page("city", "jonkoping", "en")
    )
    assert re.search(r"Region \(ISO 3166-2\)\s*SE-F", page("city", "jonkoping", "en"))
    assert re.search(r"Koordinaatit\s*57,\d{4}° N, 14,\d{4}° E", page("city", "jonkoping", "fi"))
    assert re.search(r"Coordinates\s*44\.\d{4}° N, 93\.\d{4}° W", page("city", "minneapolis", "en"))


def test_a_finnish_page_is_finnish() -> None:
    """Only names and titles are in English on a Finnish page, and they are marked as English."""
    titles = {source.title for source in KUOPIO.sources.values()}
    titles |= {link.title for record in KUOPIO.partnerships.values() for link in record.links}
    for city in KUOPIO.cities.values():
        html = unescape(catalogue().pages.city(KUOPIO, city, "fi"))
        assert set(re.findall(r'<span lang="en">([^<]*)</span>', html)) <= {*city.names.values(), *titles}
