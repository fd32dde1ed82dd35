"""
Methods that only selections of some kinds of items have.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import QueryError
from ..query.ties import Tie

if TYPE_CHECKING:
    from ..interop._flat import Table
    from ..lint.findings import Finding
    from ..query.answers import Anniversary, Cousin, Event, Expiry, Match

F = TypeVar("F", bound=Callable[..., Any])
if TYPE_CHECKING:
    from typing_extensions import TypeVar as WithDefault  # checkers have it with them

    T_co = WithDefault("T_co", covariant=True, default=Tie)  # a bare `Selection` means `Selection[Tie]`
    Answer = Tie | Match | Cousin | Anniversary | Expiry | Event | Finding
else:
    T_co = TypeVar("T_co", covariant=True)


class _Method:
    """
    A method of selections of some kinds of items; in others it doesn't exist, for `hasattr` and completion too.
    """

    def __init__(self, function: Callable[..., Any], *, only_ties: bool) -> None:
        self._function = function
        self._only_ties = only_ties
        update_wrapper(self, function)  # so that documentation shows the function

    def __get__(self, selection: Any, owner: type) -> Any:
        if selection is not None and not self.exists_for(selection._kind):  # noqa: SLF001  # a descriptor of its class
            kind = selection._kind.__name__  # noqa: SLF001
            raise AttributeError(f"a selection of {kind} has no {self._function.__name__}")
        return self._function.__get__(selection, owner)

    def __call__(self, selection: Any) -> Any:  # as the getter of a property
        return self.__get__(selection, type(selection))()

    def exists_for(self, kind: type) -> bool:
        """
        True if selections of *kind* have the method.
        """
        return kind is Tie or (not self._only_ties and table_of(kind) is not None)


def of_ties(function: F) -> F:
    """
    Declare a method that only selections of ties have.
    """
    return cast("F", _Method(function, only_ties=True))


def of_answers(function: F) -> F:
    """
    Declare a method that only selections of ties and other answers have: those that have a table.
    """
    return cast("F", _Method(function, only_ties=False))


def hidden(owner: type, kind: type) -> set[str]:
    """
    The names of the methods of *owner* that don't exist for selections of *kind*.
    """
    members = [(name, getattr(found, "fget", found)) for base in owner.__mro__ for name, found in vars(base).items()]
    return {name for name, found in members if isinstance(found, _Method) and not found.exists_for(kind)}


def check_ties(kind: type) -> None:
    """
    Check that the items of a selection are ties.

    Raises:
        QueryError: They are of another kind.
    """
    if kind is not Tie:
        raise QueryError(f"expected a selection of ties, got one of {kind.__name__}")


def table_of(kind: type) -> Table | None:
    """
    The table of a selection of *kind*; `None` if its items aren't answers.
    """
    from ..interop._answers import ANSWERS
    from ..interop._tables import TIES

    return TIES if kind is Tie else ANSWERS.get(kind.__name__)
