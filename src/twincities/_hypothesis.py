"""
The entry point that Hypothesis runs when it is imported: it makes `st.from_type` know the records.

It runs wherever both packages are installed, even if twincities is never used. So it imports nothing, and registers
classes when their module is imported, before or after Hypothesis. The strategies are in `twincities.strategies`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# The classes of each package, and their functions in `strategies`.
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
    The class of the package once Hypothesis is imported. Python sets a submodule as an attribute after importing it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in _STRATEGIES and isinstance(value, ModuleType):
            _register_classes(value, _STRATEGIES[name])


def register() -> None:
    """
    Register the classes of modules that are imported now, and of others when they are.
    """
    package = sys.modules[__package__]
    package.__class__ = _Watched
    for name, strategies in _STRATEGIES.items():
        if name in vars(package):
            _register_classes(vars(package)[name], strategies)


def _register_classes(module: ModuleType, strategies: dict[str, str]) -> None:
    from hypothesis.strategies import register_type_strategy

    for name, function in strategies.items():
        register_type_strategy(getattr(module, name), _strategy(function))


def _strategy(function: str) -> Callable[[type], SearchStrategy[Any]]:
    def make(_: type) -> SearchStrategy[Any]:
        from . import strategies

        strategy: SearchStrategy[Any] = getattr(strategies, function)()
        return strategy

    return make
