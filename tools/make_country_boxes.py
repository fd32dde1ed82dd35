"""
Make `src/twincities/data/country-boxes.json`: boxes of latitude and longitude for each country.

    python tools/make_country_boxes.py ne_50m_admin_0_map_units.geojson

Needs the map units at 1:50 million of Natural Earth, version 4.0 (public domain), as GeoJSON, from
https://www.naturalearthdata.com/downloads/50m-cultural-vectors/
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "src" / "twincities" / "data"
TARGET = DATA / "country-boxes.json"
NOTICE = "Made with Natural Earth 4.0, admin 0 map units at 1:50m; public domain, https://www.naturalearthdata.com/"
# South, west, north, east, in degrees.
Box = tuple[float, float, float, float]

APART = 2.0  # degrees; parts of a country that are nearer share a box
# Natural Earth's names for states with dependencies.
STATES = {"AU1": "AUS", "CH1": "CHN", "DN1": "DNK", "FI1": "FIN", "FR1": "FRA"}
STATES |= {"GB1": "GBR", "IS1": "ISR", "NL1": "NLD", "NZ1": "NZL", "US1": "USA"}
# Disputed areas count for each state: a record says what its source says.
ALSO = {"CYN": "CY", "SOL": "SO", "KOS": "RS", "SAH": "MA", "TWN": "CN", "PSX": "PS", "ATC": "AU"}
CRIMEA = (44.0, 32.0, 46.3, 36.7)  # Natural Earth draws it with Russia; ISO 3166-2 has it as UA-43


def codes_of(properties: dict[str, Any], alpha_2: dict[str, str]) -> set[str]:
    """
    The ISO 3166-1 codes of a map unit: its own and that of its state.
    """
    found = {properties["ISO_A2"], alpha_2.get(properties["ADM0_A3"]), ALSO.get(properties["ADM0_A3"])}
    sovereign = properties["SOV_A3"]
    found.add(alpha_2.get(STATES.get(sovereign, sovereign)))
    return {code for code in found if code not in {None, "-99"}}


def boxes_of(geometry: dict[str, Any]) -> Iterator[Box]:
    """
    The box of each polygon. Polygons are cut where they cross the antimeridian.
    """
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        longitudes, latitudes = zip(*polygon[0], strict=True)
        yield min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def joined(boxes: list[Box]) -> list[Box]:
    """
    Join boxes that are near each other.
    """
    done: list[Box] = []
    for box in sorted(boxes):
        south, west, north, east = box
        while near := [
            other
            for other in done
            if max(south, other[0]) - APART <= min(north, other[2])
            and max(west, other[1]) - APART <= min(east, other[3])
        ]:
            done = [b for b in done if b not in near]
            souths, wests, norths, easts = zip((south, west, north, east), *near, strict=True)
            south, west, north, east = min(souths), min(wests), max(norths), max(easts)
        done.append((south, west, north, east))
    return sorted(done)


def rounded(box: Box) -> list[float]:
    """
    Round a box outwards to tenths of degrees.
    """
    return [
        *(math.floor(degrees * 10) / 10 for degrees in box[:2]),
        *(math.ceil(degrees * 10) / 10 for degrees in box[2:]),
    ]


def main() -> None:
    """
    Write the table.
    """
    names = json.loads((DATA / "cldr-names.json").read_text(encoding="utf-8"))["territories"]
    alpha_2 = {name: code for code, known in names.items() for name in known if len(name) == 3 and name.isupper()}
    found: dict[str, list[Box]] = {}
    for feature in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]:
        boxes = list(boxes_of(feature["geometry"]))
        for code in codes_of(feature["properties"], alpha_2) & names.keys():
            found.setdefault(code, []).extend(boxes)
    found["UA"].append(CRIMEA)
    rows = [f'  "{code}": {json.dumps([rounded(box) for box in joined(found[code])])}' for code in sorted(found)]
    head = {"notice": NOTICE, "order": ["south", "west", "north", "east"]}
    lines = [f' "{key}": {json.dumps(value)}' for key, value in head.items()]
    table = ' "boxes": {\n' + ",\n".join(rows) + "\n }"
    TARGET.write_text("{\n" + ",\n".join([*lines, table]) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
