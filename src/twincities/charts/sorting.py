"""
Sorting the rows and columns of a matrix to show its blocks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import sqrt

from .places import connected_parts

_ROUNDS = 200


def in_blocks(cells: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """
    The rows and columns of a matrix, given by its filled cells, in an order that puts similar ones together.

    Blocks without a row or column in common follow each other, the fullest first. Within a block each row is at the mean
    place of its columns and each column at that of its rows: reciprocal averaging (Hill 1973), the first axis of
    correspondence analysis. The order doesn't depend on that of the cells.

    >>> in_blocks([("a", "1"), ("b", "2"), ("c", "1"), ("b", "3")])
    (['a', 'c', 'b'], ['1', '2', '3'])
    """
    filled = sorted(set(cells))
    of_row: dict[str, list[str]] = {}
    of_column: dict[str, list[str]] = {}
    for row, column in filled:
        of_row.setdefault(row, []).append(column)
        of_column.setdefault(column, []).append(row)
    rows: list[str] = []
    columns: list[str] = []
    for block_rows, block_columns in _blocks(of_row, of_column):
        places = _averaged(
            {row: of_row[row] for row in block_rows}, {column: of_column[column] for column in block_columns}
        )
        rows += sorted(block_rows, key=lambda row: (places[0][row], -len(of_row[row]), row))
        columns += sorted(block_columns, key=lambda column: (places[1][column], -len(of_column[column]), column))
    return rows, columns


def _blocks(
    of_row: Mapping[str, Collection[str]], of_column: Mapping[str, Collection[str]]
) -> list[tuple[list[str], list[str]]]:
    """
    The blocks without a row or column in common, the one with most cells first.
    """
    graph = {(0, row): [(1, column) for column in columns] for row, columns in of_row.items()}
    graph |= {(1, column): [(0, row) for row in rows] for column, rows in of_column.items()}
    parts = map(sorted, connected_parts(graph))
    found = [([id for side, id in part if not side], [id for side, id in part if side]) for part in parts]
    return sorted(found, key=lambda block: (-sum(len(of_row[row]) for row in block[0]), block[0]))


def _averaged(
    of_row: Mapping[str, Collection[str]], of_column: Mapping[str, Collection[str]]
) -> tuple[dict[str, float], dict[str, float]]:
    """
    The places of the rows and columns of one block.
    """
    cells = sum(map(len, of_row.values()))
    rows = {row: float(number) for number, row in enumerate(of_row)}
    columns: dict[str, float] = {}
    for _ in range(_ROUNDS):
        middle = sum(len(of_row[row]) * place for row, place in rows.items()) / cells
        size = sqrt(sum(len(of_row[row]) * (place - middle) ** 2 for row, place in rows.items()) / cells)
        if size < 1e-9:  # all rows are alike
            rows = dict.fromkeys(rows, 0.0)
            break
        rows = {row: (place - middle) / size for row, place in rows.items()}
        columns = {column: sum(rows[row] for row in inside) / len(inside) for column, inside in of_column.items()}
        rows = {row: sum(columns[column] for column in inside) / len(inside) for row, inside in of_row.items()}
    columns = {column: sum(rows[row] for row in inside) / len(inside) for column, inside in of_column.items()}
    # The direction is arbitrary: put the fuller rows first.
    turn = sum(place**3 * len(of_row[row]) for row, place in rows.items())
    turned = -1 if turn > 0 else 1
    return (
        {row: round(turned * place, 6) for row, place in rows.items()},
        {column: round(turned * place, 6) for column, place in columns.items()},
    )
