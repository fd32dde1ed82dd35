"""
Kinds of selections: which members those of ties have, which those of other answers, and which none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..query.ties import Tie

if TYPE_CHECKING:
    from ..interop._flat import Table
    from ..lint.findings import Finding
    from ..query.answers import Anniversary, Cousin, Event, Expiry, Match

__all__ = ["T_co", "hidden", "of_answers", "of_ties", "table_of"]

F = TypeVar("F", bound=Callable[..., Any])
if TYPE_CHECKING:
    from typing_extensions import TypeVar as WithDefault  # checkers have it with them

    T_co = WithDefault("T_co", covariant=True, default=Tie)
    Answer = Tie | Match | Cousin | Anniversary | Expiry | Event | Finding
else:
    T_co = TypeVar("T_co", covariant=True)


class _Method:
    """
    A method of selections of some kinds of items: others don't have it, for `hasattr` as for completion.
    """

    def __init__(self, function: Callable[..., Any], *, of_ties: bool) -> None:
        self._function = function
        self._of_ties = of_ties
        update_wrapper(self, function)  # for documentation it looks like the function

    def __get__(self, selection: Any, owner: type) -> Any:
        if selection is not None and not self.is_of(selection._kind):  # noqa: SLF001  # one house
            kind = selection._kind.__name__  # noqa: SLF001
            raise AttributeError(f"a selection of {kind} has no {self._function.__name__}")
        return self._function.__get__(selection, owner)

    def __call__(self, selection: Any) -> Any:  # as the getter of a property
        return self.__get__(selection, type(selection))()

    def is_of(self, kind: type) -> bool:
        """
        True if selections of *kind* have the method.
        """
        return kind is Tie or (not self._of_ties and table_of(kind) is not None)


def of_ties(function: F) -> F:
    """
    Declare a method that only selections of ties have.
    """
    return cast("F", _Method(function, of_ties=True))


def of_answers(function: F) -> F:
    """
    Declare a method that only selections of answers have, which make a table.
    """
    return cast("F", _Method(function, of_ties=False))


def hidden(owner: type, kind: type) -> set[str]:
    """
    The names of the members of *owner* that its selections of *kind* don't have.
    """
    members = [(name, getattr(found, "fget", found)) for base in owner.__mro__ for name, found in vars(base).items()]
    return {name for name, found in members if isinstance(found, _Method) and not found.is_of(kind)}


def table_of(kind: type) -> Table | None:
    """
    The table that a selection of *kind* makes; `None` where the items are no answers.
    """
    from ..interop._answers import ANSWERS
    from ..interop._tables import TIES

    return TIES if kind is Tie else ANSWERS.get(kind.__name__)
