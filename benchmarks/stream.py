"""
How much memory reading JSON Lines takes beyond the data set that it gives.

    python benchmarks/stream.py world.jsonl
"""

from __future__ import annotations

import argparse
import gc
import resource
from pathlib import Path

import twincities as tc


def resident() -> float:
    """
    The megabytes that the process holds now.
    """
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def peak() -> float:
    """
    The most megabytes that the process has held.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """
    Print the figures.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    path = parser.parse_args().file
    tc.from_json(tc.load().to_json())  # imports what reading needs
    before = resident()
    dataset = tc.read(path)
    highest = peak()
    gc.collect()
    after = resident()
    print(f"{Path(path).name}: {Path(path).stat().st_size / 1e6:.0f} MB, {dataset!r}")
    print(f"held by the data set: {after - before:.0f} MB; at most beyond it while reading: {highest - after:.0f} MB")
    print("goal: under 64 MB beyond it")


if __name__ == "__main__":
    main()
