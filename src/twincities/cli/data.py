"""
The data set that a word on the command line means.
"""

from __future__ import annotations

import os

from .._lazy import collector_paused
from ..dataset.dataset import Dataset
from ..errors import QueryError, TwinCitiesError, shown
from ..sources.bundled import load

__all__ = ["data_in"]


def data_in(given: str) -> Dataset:
    """
    A data set by its name, from a file of any format, or from standard input, which is `-`.
    """
    # A name of a data set has neither an ending nor a folder: a stray file of that name isn't meant.
    if given == "-" or "." in given or os.sep in given:
        from .streams import read_file

        return read_file(given)
    try:
        with collector_paused():
            return load(given)
    except TwinCitiesError:
        raise
    except Exception as error:  # a stranger's package may raise anything
        raise QueryError(f"the data set {shown(given)} can't be loaded: {error!r}") from error
