"""
The hook that Hypothesis runs when it is imported: afterwards `st.from_type` knows the records. See `twincities.strategies`.

It runs in every environment that has both, also for people who never use twincities. So it imports nothing, and registers
classes when their module is imported, be that before or after Hypothesis.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]

# The classes of each room, and the functions of `strategies` that make them.
_STRATEGIES = {
    "model": {
        "Activity": "activities",
        "Agreement": "agreements",
        "City": "cities",
        "Claim": "claims",
        "Contact": "contacts",
        "CooperationArea": "cooperation_areas",
        "CooperationNetwork": "networks",
        "Coordinates": "coordinates",
        "EdtfDate": "edtf_dates",
        "EdtfInterval": "edtf_intervals",
        "Id": "ids",
        "Link": "links",
        "Members": "members",
        "Milestone": "milestones",
        "Organisation": "organisations",
        "Pair": "pairs",
        "Partnership": "partnerships",
        "Population": "populations",
        "Source": "sources",
    },
    "dataset": {"Dataset": "datasets"},
}


class _Watched(ModuleType):
    """
    The package once Hypothesis is there: Python sets a submodule as its attribute when it has been imported.
    """

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in _STRATEGIES and isinstance(value, ModuleType):
            _register_classes(value, _STRATEGIES[name])


def register() -> None:
    """
    Let `st.from_type` know the classes of the library: those of modules that are there, and of others once they are.
    """
    package = sys.modules[__package__]
    package.__class__ = _Watched
    for name, strategies in _STRATEGIES.items():
        if name in vars(package):
            _register_classes(vars(package)[name], strategies)


def _register_classes(module: ModuleType, strategies: dict[str, str]) -> None:
    from hypothesis.strategies import register_type_strategy

    for name, function in strategies.items():
        register_type_strategy(getattr(module, name), _made_by(function))


def _made_by(function: str) -> Callable[[type], SearchStrategy[Any]]:
    def make(_: type) -> SearchStrategy[Any]:
        from . import strategies

        made: SearchStrategy[Any] = getattr(strategies, function)()
        return made

    return make
