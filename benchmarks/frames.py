"""
Frames and graphs of 60,000 ties, each beside what the peer takes for the same columns or attributes from ready lists.

    python benchmarks/make_world.py --cities 20000 --out world.json
    python benchmarks/frames.py world.json
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import pandas as pd
from measure import by_turns, machine, table

import twincities as tc


def main() -> None:
    """
    Measure and print.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    document = tc.read(given.world).to_json()
    ties = tc.from_json(document).ties()
    frame, graph = ties.to_pandas(), ties.to_networkx()
    ties.to_polars()  # imports what it needs
    columns = {name: (frame[name].tolist(), frame[name].dtype) for name in frame.columns}
    nodes = [(node, dict(data)) for node, data in graph.nodes(data=True)]
    edges = [(here, there, dict(data)) for here, there, data in graph.edges(data=True)]

    def fresh(method: str, **options: Any) -> Callable[[], float]:
        def measured() -> float:
            new = tc.from_json(document).ties()  # which has worked out no distance yet
            len(new)
            return spent(lambda: getattr(new, method)(**options))

        return measured

    def series() -> Any:
        return pd.DataFrame({name: pd.Series(values, dtype=dtype) for name, (values, dtype) in columns.items()})

    def ready() -> Any:
        gc.disable()  # we pause it too; with it, networkx takes between one and three times as long
        made = nx.Graph()
        made.add_nodes_from(nodes)
        made.add_edges_from(edges)
        gc.enable()
        return made

    machine("pandas", "polars", "pyarrow", "networkx", "pyproj", "msgspec")
    contenders = {
        "pandas, from ready lists": lambda: spent(series),
        "to_pandas": fresh("to_pandas"),
        "to_polars": fresh("to_polars"),
        "to_arrow": fresh("to_arrow"),
    }
    goals = {"to_pandas": 5, "to_polars": 5, "to_arrow": 5}
    found = by_turns(contenders, given.rounds)
    table(f"Frames of {len(ties):,} ties", found, "pandas, from ready lists", goals=goals)
    contenders = {
        "networkx, the collector off": lambda: spent(ready),
        "to_networkx": fresh("to_networkx"),
        "to_networkx(records=False)": fresh("to_networkx", records=False),
    }
    found = by_turns(contenders, given.rounds)
    table(
        f"A graph of {len(ties):,} ties",
        found,
        "networkx, the collector off",
        goals={"to_networkx": 3, "to_networkx(records=False)": 3},
    )


def spent(action: Callable[[], object]) -> float:
    """
    The processor's seconds of one run.
    """
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
