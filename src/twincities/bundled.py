"""
Data sets by name: the bundled one, and those that other packages bring.

A package brings a data set with an entry point in the group `twincities.datasets`: a function without arguments that
returns a `Dataset`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from .dataset import Dataset
from .errors import DatasetError, Problem, UnknownDatasetError, shown
from .lazy import LOCK
from .names import nearest
from .resources import read_data
from .serial import from_json

__all__ = ["load"]

GROUP = "twincities.datasets"
BUNDLED = "kuopio"


def load(name: str = BUNDLED) -> Dataset:
    """
    The data set of this name: the same object each time.

    Args:
        name: `kuopio`, which is bundled, or the name that an installed package gives its data set.

    Raises:
        UnknownDatasetError: No installed package brings a data set of this name.
        DatasetError: Two packages bring one of this name, or what one brings isn't a data set.
    """
    with LOCK:  # two threads get the same object
        return _load(name)


@cache
def _load(name: str) -> Dataset:
    if name == BUNDLED:
        return from_json(read_data("kuopio.json"))
    found = _plugins().get(name, ())
    if not found:
        raise UnknownDatasetError(name, nearest(name, [BUNDLED, *_plugins()]) if isinstance(name, str) else ())
    if len(found) > 1:
        packages = " and ".join(sorted(point.dist.name if point.dist else point.value for point in found))
        raise DatasetError([Problem("$", f"expected one package with a data set {shown(name)}, got {packages}")])
    dataset = found[0].load()()
    if not isinstance(dataset, Dataset):
        raise DatasetError([Problem("$", f"expected a Dataset from {found[0].value}, got {shown(dataset)}")])
    return dataset


def _plugins() -> Mapping[str, tuple[EntryPoint, ...]]:
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=GROUP):
        found[point.name] = (*found.get(point.name, ()), point)
    return found
