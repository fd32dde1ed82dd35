"""
Data sets by name: the bundled one, and those that other packages bring.

A package brings a data set with an entry point in the group `twincities.datasets`: a function without arguments that
returns a `Dataset`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any

from .dataset import HEAD, Dataset
from .errors import DatasetError, Problem, UnknownDatasetError, shown
from .model import (
    LISTS,
    Activity,
    Agreement,
    Contact,
    Coordinates,
    Link,
    Milestone,
    Organisation,
    Population,
)
from .names import nearest
from .resources import read_data

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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
    if not isinstance(name, str):
        raise UnknownDatasetError(name)
    # Two threads get the same object; a lock a name, since a package's function may load others, or wait for threads.
    with _LOCKS.setdefault(name, RLock()):
        return _load(name)


_LOCKS: dict[str, RLock] = {}


@cache
def _load(name: str) -> Dataset:
    if name == BUNDLED:
        return _shipped("kuopio.json")
    found = _plugins().get(name, ())
    if not found:
        raise UnknownDatasetError(name, nearest(name, [BUNDLED, *_plugins()]))
    if len(found) > 1:
        packages = " and ".join(sorted(point.dist.name if point.dist else point.value for point in found))
        raise DatasetError([Problem("$", f"expected one package with a data set {shown(name)}, got {packages}")])
    dataset = found[0].load()()
    if not isinstance(dataset, Dataset):
        raise DatasetError([Problem("$", f"expected a Dataset from {found[0].value}, got {shown(dataset)}")])
    return dataset


# What the fields of records hold, where that is records.
_KINDS: Mapping[str, type[Any]] = {
    "activities": Activity,
    "agreements": Agreement,
    "contacts": Contact,
    "coordinates": Coordinates,
    "links": Link,
    "milestones": Milestone,
    "organisations": Organisation,
    "populations": Population,
}


def _shipped(file: str) -> Dataset:
    """
    A shipped document, made by the constructors alone: they need no cattrs, which takes as long to import as all else.
    """
    document = json.loads(read_data(file))
    head = {name: document[name] for name in HEAD if name in document}
    lists: dict[str, Any] = {
        name: [_record(kind, fields) for fields in document.get(name, ())] for name, (kind, _) in LISTS.items()
    }
    return Dataset(**{"vocabulary": None, **head, **lists})


def _record(kind: type[Any], fields: Mapping[str, Any]) -> Any:
    return kind(**{name: _value(_KINDS.get(name), value) for name, value in fields.items()})


def _value(kind: type[Any] | None, value: Any) -> Any:
    if kind is None:
        return value
    return [_record(kind, fields) for fields in value] if isinstance(value, list) else _record(kind, value)


def _plugins() -> Mapping[str, tuple[EntryPoint, ...]]:
    from importlib.metadata import entry_points  # 15 ms that the bundled data set doesn't pay

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=GROUP):
        found[point.name] = (*found.get(point.name, ()), point)
    return found
