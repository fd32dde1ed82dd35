"""
Linked data written and read: a dense world, one four times as large, and one with about what Wikidata knows.

    python benchmarks/make_world.py --cities 1000 --out small.json
    python benchmarks/make_world.py --cities 4000 --out large.json
    python benchmarks/make_world.py --cities 12470 --sparse --out sparse.json
    python benchmarks/linked_data.py small.json large.json sparse.json
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from measure import machine

import twincities as tc
from twincities.interop.rdf import from_rdf

T = TypeVar("T")


def main() -> None:
    """
    Measure and print: the processor's seconds for each world.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worlds", nargs="+")
    worlds = [tc.read(world) for world in parser.parse_args().worlds]
    machine("rdflib", "pyoxigraph")
    print(
        "| cities | triples | write Turtle | write N-Triples | read Turtle | read N-Triples | to_rdf | from_rdf |",
        end="",
    )
    print(" read Turtle without pyoxigraph |")
    print(f"|{'---:|' * 9}")
    with TemporaryDirectory() as folder:
        for ds in worlds:
            print(f"| {' | '.join(row(ds, Path(folder)))} |", flush=True)


def row(ds: tc.Dataset, folder: Path) -> list[str]:
    """
    The cells for one data set.
    """
    files = [folder / "world.ttl", folder / "world.nt"]
    found = [timed(lambda path=path: ds.write_rdf(path)) for path in files]
    found += [timed(lambda path=path: tc.read(path)) for path in files]
    found.append(timed(ds.to_rdf))
    graph = found[-1][0]
    found.append(timed(lambda: from_rdf(graph)))
    installed = sys.modules.pop("pyoxigraph")
    sys.modules["pyoxigraph"] = None
    found.append(timed(lambda: tc.read(files[0])))
    sys.modules["pyoxigraph"] = installed
    if any(result != ds for result, _ in found if isinstance(result, tc.Dataset)):
        raise AssertionError("expected the same data set back")
    return [f"{len(ds.cities):,}", f"{len(graph):,}", *(f"{seconds:.2f} s" for _, seconds in found)]


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """
    What *action* gives, and the processor's seconds that it takes.
    """
    start = time.process_time()
    result = action()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
