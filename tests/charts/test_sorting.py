"""
The order of rows and columns.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities.charts.sorting import in_blocks  # noqa: E402


def block_cells(sizes: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
    """The cells of several full blocks."""
    return [
        (f"r{block}-{row}", f"c{block}-{column}")
        for block, (rows, columns) in enumerate(sizes)
        for row in range(rows)
        for column in range(columns)
    ]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=6), st.randoms(use_true_random=False))
def test_blocks_are_found(sizes: list[tuple[int, int]], chance: random.Random) -> None:
    """The rows and columns of each block are together, whatever the order of the cells; the result is always the same."""
    cells = block_cells(sizes)
    shuffled = chance.sample(cells, len(cells))
    rows, columns = in_blocks(shuffled)
    assert (rows, columns) == in_blocks(cells)
    assert sorted(rows) == sorted({row for row, _ in cells})
    assert sorted(columns) == sorted({column for _, column in cells})
    for side in (rows, columns):
        blocks = [name[1:].partition("-")[0] for name in side]
        assert len([block for block, before in zip(blocks, [None, *blocks], strict=False) if block != before]) == len(
            sizes
        )


@pytest.mark.parametrize("seed", range(5))
def test_blocks_that_touch_are_found(seed: int) -> None:
    """Blocks that share a column are next to each other, as a chain."""
    cells = [
        (f"r{block}-{row}", f"c{4 * block + column}") for block in range(4) for row in range(4) for column in range(5)
    ]
    chance = random.Random(seed)
    names = {name: f"{chance.random():.6f}" for name in sorted({name for cell in cells for name in cell})}
    back = {hidden: name for name, hidden in names.items()}
    rows, _ = in_blocks((names[row], names[column]) for row, column in cells)
    blocks = [back[row][:2] for row in rows]
    assert [block for block, before in zip(blocks, ["", *blocks], strict=False) if block != before] in (
        ["r0", "r1", "r2", "r3"], ["r3", "r2", "r1", "r0"],
    )  # fmt: skip
