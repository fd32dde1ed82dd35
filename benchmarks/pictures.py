"""
Measure pictures in CPU seconds: Kuopio's map as SVG and PNG, the first picture of a process, and a map of 2,000 ties.

    python benchmarks/pictures.py
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import twincities as tc
from twincities import charts

ROUNDS = 5
FIRST = "import twincities as tc; from twincities import charts; charts.save(tc.load().partners('Kuopio').chart.map(), {!r})"


def median(work: Callable[[], object]) -> float:
    """
    The median CPU time of several calls.
    """
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return statistics.median(times)


def children(code: str) -> float:
    """
    The CPU time of a process that runs *code*.
    """
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def crowded(ties: int) -> tc.Dataset:
    """
    Cities all over the world with so many ties.
    """
    chance = random.Random(1)  # noqa: S311
    cities = [
        tc.City(
            id=f"c{n}",
            coordinates=tc.Coordinates(latitude=chance.uniform(-60, 70), longitude=chance.uniform(-180, 180)),
        )
        for n in range(900)
    ]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < ties:
        one, other = sorted(chance.sample(range(900), 2))
        pairs.add((f"c{one}", f"c{other}"))
    return tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=pair) for pair in sorted(pairs)])


def main() -> None:
    """
    Print each figure, and its ratio to what it is compared with.
    """
    partners = tc.load().partners("Kuopio")
    large = crowded(2_000)
    with tempfile.TemporaryDirectory() as folder:
        svg, png = Path(folder) / "map.svg", Path(folder) / "map.png"
        charts.save(partners.chart.map(), svg)  # what only the first picture costs
        as_svg = median(lambda: charts.save(partners.chart.map(), svg))
        as_png = median(lambda: charts.save(partners.chart.map(), png))
        print(f"Kuopio's map as SVG            {as_svg:.2f} s")
        print(f"Kuopio's map as PNG, scale 2   {as_png:.2f} s, {as_png / as_svg:.1f} x SVG (at most 3)")
        first = statistics.median(children(FIRST.format(str(svg))) for _ in range(ROUNDS))
        print(f"first picture of a process     {first:.2f} s (at most 1.5)")
        many = median(lambda: charts.save(large.chart.map(), svg))
        print(f"map of 900 cities, 2,000 ties  {many:.2f} s (at most 3)")


if __name__ == "__main__":
    main()
