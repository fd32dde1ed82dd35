"""
Data sets by name: the bundled ones, and those of other packages (see `plugins`).
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Mapping
from functools import cache, reduce
from threading import RLock
from typing import TYPE_CHECKING

from .._collector import collector_paused
from .._data import read_data
from ..dataset.dataset import Dataset, dataset_of
from ..dataset.selection import Selection, selection_of
from ..errors import DatasetWarning, UnknownDatasetError
from ..model.lists import LISTS, key_of
from ..model.moments import to_date
from ..model.shipped import record_of
from ..query.names import choices, nearest
from ..query.whole import HEAD

if TYPE_CHECKING:
    from ..reconcile.merging import Prefer
    from .plugins import DatasetInfo

__all__ = ["datasets", "load", "load_all"]

BUNDLED = "kuopio"

_CITIES = ("espoo", "helsinki", "jyvaskyla", "kuopio", "lahti", "oulu", "pori", "tampere", "turku", "vantaa")
# The documents of each bundled data set; the first has its head. They refer to each other's records.
SHIPPED: Mapping[str, tuple[str, ...]] = {
    BUNDLED: ("kuopio.json",),
    "finland": ("finland/finland.json", "kuopio.json", *(f"finland/{city}.json" for city in _CITIES)),
}


def load(name: str = BUNDLED) -> Dataset:
    """
    Load a data set by its name: the same object each time.

    Args:
        name: `kuopio` or `finland`, which are bundled, or the name that an installed package gives its data set.

    Raises:
        UnknownDatasetError: No installed package provides a data set of this name.
        DatasetError: Two packages provide this name, or what a package provides isn't a data set.
    """
    if not isinstance(name, str):
        raise UnknownDatasetError(name)
    # Two threads get the same object; a lock a name, since a package's function may load others, or wait for threads.
    with _LOCKS.setdefault(name, RLock()):
        return _load(name)


_WORLD = (
    "it is a package of its own: pip install twincities-world; or ask Wikidata for it: "
    "twincities fetch --world --out world.jsonl.gz --cache FOLDER"
)
_LOCKS: dict[str, RLock] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LOCKS.clear)  # a thread of the parent may hold one for ever


@cache
def _load(name: str) -> Dataset:
    if name in SHIPPED:
        with collector_paused():
            return _shipped(SHIPPED[name])
    from .plugins import found_plugins, loaded, only

    plugins = found_plugins()
    if name not in plugins:
        known = [*SHIPPED, *plugins]
        suggestions = nearest(name, known)
        hint = choices(known, suggestions)
        if name == "world":
            hint = _WORLD
        elif "." in name or os.sep in name:
            hint = "a file is read by twincities.read"
        raise UnknownDatasetError(name, suggestions, hint)
    return loaded(only(plugins[name]))


def datasets() -> Selection[DatasetInfo]:
    """
    Describe each data set that `load` can give, without reading it or running a package's code: the bundled ones,
    then those of installed packages by name. A broken one says so in `.problem`.

    >>> [info.name for info in datasets()][:2]
    ['kuopio', 'finland']
    """
    from .._version import __version__
    from .plugins import DatasetInfo, described, found_plugins, head_in, info_of

    origin = f"twincities {__version__}"
    shipped = (described(name, head_in(read_data(files[0]).decode()), origin) for name, files in SHIPPED.items())
    plugins = found_plugins()
    installed = (info_of(name, plugins[name]) for name in sorted(plugins) if name not in SHIPPED)
    return selection_of(DatasetInfo, (*shipped, *installed))


def load_all(*, prefer: Prefer | None = None) -> Dataset:
    """
    Load all data sets and merge them with `Dataset.merge`, in the order of `datasets()`.

    A package whose data set can't be loaded is skipped with a `DatasetWarning` that names it.

    Args:
        prefer: What decides if they disagree; see `twincities.reconcile.merge`.

    Raises:
        MergeConflictError: They disagree, and *prefer* isn't given.
        QueryError: *prefer* is or returns what it can't be.
    """
    loaded = []
    for info in datasets():
        try:
            loaded.append(load(info.name))
        except Exception as error:  # noqa: BLE001  # a stranger's code may raise anything; the others go on
            message = f"the data set {info.name} of {info.origin or 'several packages'} is left out: {error!r}"
            warnings.warn(message, DatasetWarning, stacklevel=2)
    return reduce(lambda one, other: one.merge(other, prefer=prefer), loaded)


def _shipped(files: Iterable[str]) -> Dataset:
    # Without the checks that a constructor makes: tests read these documents strictly.
    documents = [json.loads(read_data(file)) for file in files]
    head = {name: documents[0][name] for name in HEAD if name in documents[0]}
    head |= {"as_of": to_date(head["as_of"]), "complete_for": tuple(head["complete_for"])}
    records = {
        name: [record_of(kind, given) for document in documents for given in document.get(name, ())]
        for name, (kind, _) in LISTS.items()
    }
    return dataset_of({name: {key_of(record): record for record in made} for name, made in records.items()}, head)
