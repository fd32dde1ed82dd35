"""
Data sets by the words that name them on the command line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from .._collector import collector_paused
from ..dataset.dataset import Dataset
from ..errors import AmbiguousCityError, QueryError, TwinCitiesError, shown
from ..sources.bundled import BUNDLED, SHIPPED, load
from .output import say


def data_about(given: str | None, city: str | None = None) -> Dataset:
    """
    Load the data set *given*, or else the first bundled one that has *city*; if that isn't the usual one, say so.
    """
    if given is not None:
        return data_in(given)
    usual = data_in(BUNDLED)
    if city is not None and not _has(usual, city):
        for name in SHIPPED:
            if name != BUNDLED and _has(other := data_in(name), city):
                say(f"using the data set {name}; --data {name} skips the search")
                return other
    return usual


def _has(dataset: Dataset, city: str) -> bool:
    try:
        dataset.city(city)
    except AmbiguousCityError:
        return True
    except TwinCitiesError:
        return False
    return True


def data_in(given: str, *, ending: str | None = None, table: Mapping[str, Any] | None = None) -> Dataset:
    """
    Load a data set by its name, from a file in any format, or from standard input (`-`).

    Args:
        given: The name or the file.
        ending: The format on standard input.
        table: Arguments of `read_table`.
    """
    # The name of a data set has neither a dot nor a slash: a stray file of that name isn't meant.
    if given == "-" or "." in given or os.sep in given or ending or (table or {}).keys() - {"lang"}:
        from .streams import read_file

        return read_file(given, ending=ending, table=table)
    try:
        with collector_paused():
            return load(given)
    except TwinCitiesError:
        raise
    except Exception as error:  # another package may raise anything
        raise QueryError(f"the data set {shown(given)} can't be loaded: {error!r}") from error
