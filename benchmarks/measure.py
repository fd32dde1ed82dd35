"""
How the benchmarks measure: contenders in turn, in a new order each round; medians, spread, and ratios by round.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version


def by_turns(contenders: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """
    What each contender measures, round by round: each once a round, in a new order.
    """
    dice = random.Random(190)  # noqa: S311  # no secret
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name in dice.sample(list(contenders), len(contenders)):
            found[name].append(contenders[name]())
    return found


def seconds(action: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """
    A contender: how many seconds one run of *action* takes, over so many *times*.
    """

    def measured() -> float:
        start = time.perf_counter()
        for _ in range(times):
            action()
        return (time.perf_counter() - start) / times

    return measured


def process(*arguments: str) -> Callable[[], float]:
    """
    A contender: the processor's seconds of a fresh Python from start to exit. It may keep its bytecode, as Pythons do.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def measured() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return measured


def reported(*arguments: str) -> Callable[[], float]:
    """
    A contender: the number that a fresh Python prints.
    """

    def measured() -> float:
        done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)  # noqa: S603
        return float(done.stdout)

    return measured


def table(
    title: str,
    found: Mapping[str, Sequence[float]],
    base: str,
    *,
    unit: str = "ms",
    scale: float = 1e3,
    goals: Mapping[str, float] | None = None,
) -> None:
    """
    Print a Markdown table: median, spread, and the median of the ratios to *base*, with the goal where there is one.
    """
    goals = goals or {}
    print(f"\n### {title}\n")
    print(f"| | median, {unit} | min to max | ratio | goal |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, values in found.items():
        ratio = statistics.median(mine / theirs for mine, theirs in zip(values, found[base], strict=True))
        middle, low, high = (scale * pick(values) for pick in (statistics.median, min, max))
        goal = f"≤ {goals[name]:g}" if name in goals else ""
        print(f"| {name} | {middle:.4g} | {low:.4g} to {high:.4g} | {ratio:.3g} | {goal} |")


def machine(*packages: str) -> None:
    """
    Print what was measured on, and the versions of *packages*.
    """
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {processor()}.")
    print(", ".join(f"{package} {version(package)}" for package in packages) + ".")


def processor() -> str:
    """
    The processor's name, where the system tells.
    """
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "an unnamed processor"
