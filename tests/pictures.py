"""
Data sets for the tests of charts, and functions that look into charts and their SVG.
"""

from __future__ import annotations

import random
import re
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

import twincities as tc

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
KINDS = ("map", "timeline", "areas", "network")

places = st.builds(tc.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


def values_in(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of data that a chart has."""
    return [row for rows in spec["datasets"].values() for row in rows]


def column(spec: dict[str, Any], name: str) -> set[Any]:
    """All values of a field of the data."""
    return {row[name] for row in values_in(spec) if name in row}


def city(id: str, latitude: float | None = None, longitude: float = 0.0, **facts: Any) -> tc.City:
    """A city, with or without coordinates."""
    place = None if latitude is None else tc.Coordinates(latitude=latitude, longitude=longitude)
    return tc.City(id=id, coordinates=place, **facts)


def twinned(*cities: tc.City, **facts: Any) -> tc.Dataset:
    """A data set of cities, each with a tie to the first."""
    ties = [tc.Partnership(cities=(cities[0].id, other.id), **facts) for other in cities[1:]]
    return tc.Dataset(cities=cities, partnerships=ties)


def star(count: int, **facts: Any) -> tc.Dataset:
    """A city with *count* partners all over the world."""
    chance = random.Random(1)
    cities = [city(f"c{n}", chance.uniform(-80, 80), chance.uniform(-180, 180), **facts) for n in range(count + 1)]
    return twinned(*cities)


def scattered(seed: int, count: int) -> tc.Dataset:
    """A city with partners, some in a crowd and some anywhere, with names of many lengths."""
    chance = random.Random(seed)
    crowd = chance.uniform(-60, 60), chance.uniform(-170, 170)
    cities = []
    for number in range(count):
        near = chance.random() < 0.6
        latitude = crowd[0] + chance.gauss(0, 4) if near else chance.uniform(-75, 75)
        longitude = crowd[1] + chance.gauss(0, 6) if near else chance.uniform(-180, 180)
        name = "".join(chance.choice("abcdeilmnorstuwåö- ") for _ in range(chance.randint(3, 20))).strip(" -")
        people = [tc.Population(value=chance.randint(1_000, 900_000))]
        facts = {"name": f"{name.capitalize()}{number}", "populations": people}
        cities.append(city(f"c{number}", max(-89, min(89, latitude)), (longitude + 180) % 360 - 180, **facts))
    return twinned(*cities)


class Drawn(NamedTuple):
    """One picture of an SVG: the pixels and radii of its points, and the rectangles of its names, both by name."""

    points: dict[str, tuple[float, float, float]]
    names: dict[str, tuple[float, float, float, float]]


def svg_of(chart: Any) -> str:
    """A chart as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, relative luminance)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def size_of(svg: str) -> tuple[int, int]:
    """The width and height of an SVG."""
    found = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert found
    return int(found[1]), int(found[2])


def texts_in(svg: str) -> list[str]:
    """All texts that an SVG shows."""
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter() if node.tag.endswith("}text")]


def drawn(svg: str, width_of: Any) -> list[Drawn]:
    """The pictures of an SVG, with the width of names given by *width_of*."""
    found: dict[str, Drawn] = {}
    for group in ET.fromstring(svg).iter():
        kind = group.get("class", "")
        mark = re.search(r"role-mark (?:concat_(\d)_)?layer_\d+_marks", kind)
        if not mark:
            continue
        picture = found.setdefault(mark[1] or "", Drawn({}, {}))
        for node in group:
            at = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
            if at and "mark-symbol" in kind:
                radius = float(re.match(r"M([\d.]+),", node.get("d", ""))[1])  # type: ignore[index]
                picture.points[node.get("aria-label", "").partition(",")[0]] = float(at[1]), float(at[2]), radius
            elif at and "mark-text" in kind and node.get("stroke") is None:
                wide = width_of(node.text)
                left = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor", "start")] * wide
                x, y = float(at[1]) - left, float(at[2]) - 4  # the base line of letters 9 pixels high
                picture.names[node.text or ""] = (x, y - 5, x + wide, y + 5)
    return list(found.values())


def nearer_to_another(picture: Drawn) -> list[tuple[str, str]]:
    """The names that are at least as near to another point as to their own, each with the name of that point."""

    def away(box: tuple[float, float, float, float], point: tuple[float, float, float]) -> float:
        x, y, _ = point
        return float(max(box[0] - x, 0, x - box[2]) ** 2 + max(box[1] - y, 0, y - box[3]) ** 2)

    return [
        (name, other)
        for name, box in picture.names.items()
        for other, point in picture.points.items()
        if other != name and away(box, point) <= away(box, picture.points[name])
    ]
