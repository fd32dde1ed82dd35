"""
Linked data written and read, of one world and of one four times as large.

    python benchmarks/linked_data.py small.json large.json
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

from measure import machine

import twincities as tc
from twincities.interop.rdf import from_rdf, to_rdf
from twincities.interop.rdf.formats import graph_in, serialized

T = TypeVar("T")


def main() -> None:
    """
    Measure and print: processor's seconds a world, and how many times as many the last takes as the first.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worlds", nargs="+")
    worlds = [tc.read(world) for world in parser.parse_args().worlds]
    machine("rdflib")
    print("| cities | triples | the graph | N-Triples | Turtle | Turtle read by rdflib | the data set of it |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    rows = []
    for ds in worlds:
        graph, made = timed(lambda ds=ds: to_rdf(ds))
        _, lines = timed(lambda graph=graph: serialized(graph, "nt"))
        text, written = timed(lambda graph=graph: serialized(graph, "turtle"))
        again, parsed = timed(lambda text=text: graph_in(text, "turtle"))
        back, read = timed(lambda again=again: from_rdf(again))
        if back != ds:
            raise AssertionError("expected the same data set back")
        rows.append([made, lines, written, parsed, read])
        print(f"| {len(ds.cities):,} | {len(graph):,} | {' | '.join(f'{value:.2f} s' for value in rows[-1])} |")
    if len(rows) > 1:
        print(
            "| ratio | | "
            + " | ".join(f"{last / first:.2g}" for first, last in zip(rows[0], rows[-1], strict=True))
            + " |"
        )


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """
    What *action* gives, and the processor's seconds that it takes.
    """
    start = time.process_time()
    result = action()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
