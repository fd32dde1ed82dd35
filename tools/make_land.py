"""
Make `src/twincities/data/land.json`: the outline of land, which maps are drawn on.

    python tools/make_land.py

Natural Earth's 1:110m land, which is in the public domain, as the npm package world-atlas carries it in TopoJSON. Needs npm.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import Any

PACKAGE = "world-atlas@2.0.2"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
TARGET = Path(__file__).parent.parent / "src" / "twincities" / "data" / "land.json"
DIGITS = 2  # of a degree: a kilometre


def topology() -> dict[str, Any]:
    """
    The package's file of land, known by its hash.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607
        (archive,) = Path(folder).iterdir()
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"expected {PACKAGE} with SHA-256 {SHA256}, got {found}")
        with tarfile.open(archive) as packed:
            member = packed.extractfile("package/land-110m.json")
            assert member is not None
            return json.load(member)


def arcs_of(topology: dict[str, Any]) -> list[list[list[float]]]:
    """
    The arcs in degrees: in the file they are steps from point to point on a grid.
    """
    (x_scale, y_scale), (x, y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        points = accumulate(steps, lambda one, step: [one[0] + step[0], one[1] + step[1]])
        arcs.append([[round(a * x_scale + x, DIGITS), round(b * y_scale + y, DIGITS)] for a, b in points])
    return arcs


def ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """
    A ring of arcs that follow each other; a negative number is an arc walked backwards.
    """
    points: list[list[float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    # Rounding may put neighbours in one place.
    return [point for index, point in enumerate(points) if not index or point != points[index - 1]]


def main() -> None:
    """
    Write the outline.
    """
    found = topology()
    arcs = arcs_of(found)
    polygons = [
        [ring(numbers, arcs) for numbers in polygon]
        for geometry in found["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
    ]
    land = {"type": "MultiPolygon", "coordinates": polygons}
    TARGET.write_text(json.dumps(land, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
