"""
Small values that records are made of: read-only mappings, frozen JSON, steps of a path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Integral, Rational, Real
from typing import Any, Generic, NoReturn, TypeVar

__all__ = ["EMPTY", "FrozenDict", "freeze_json", "frozen", "thaw_json"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V], Generic[K, V]):
    """
    A mapping that can't be changed: it hashes where its values do, pickles and copies.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is read-only")

    __setitem__: Callable[..., NoReturn] = _refuse
    __delitem__: Callable[..., NoReturn] = _refuse
    __ior__: Callable[..., NoReturn] = _refuse
    clear: Callable[..., NoReturn] = _refuse
    pop: Callable[..., NoReturn] = _refuse
    popitem: Callable[..., NoReturn] = _refuse
    setdefault: Callable[..., NoReturn] = _refuse
    update: Callable[..., NoReturn] = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenDict[K, V]:
        return self  # its values are immutable too

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


EMPTY: FrozenDict[Any, Any] = FrozenDict()


def frozen(value: Mapping[K, V]) -> FrozenDict[K, V]:
    """
    *value*, read-only; all that are empty are one.
    """
    return FrozenDict(value) if value else EMPTY


MAX_INTEGER = 2**53 - 1  # beyond it JSON readers disagree (RFC 7493, section 2.2)
MAX_DEPTH = 50  # of lists and objects inside `extra`
MAX_VALUES = 1_000_000  # in it: lists that hold each other twice make endlessly many of few


def freeze_json(value: Any) -> Any:
    """
    A JSON value with its lists as tuples and its objects as `FrozenDict`s.

    What lies too deep, or is too much, stays as it is: the rule for `extra` refuses it.
    """
    return _freeze(value, 0, [MAX_VALUES])


def _freeze(value: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if depth > MAX_DEPTH or left[0] < 0:
        return value
    if isinstance(value, (list, tuple)):
        return tuple([_freeze(item, depth + 1, left) for item in value])
    if isinstance(value, Mapping):
        return FrozenDict({key: _freeze(item, depth + 1, left) for key, item in value.items()})
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Integral):  # numpy has numbers of its own
        return int(value)
    return float(value) if isinstance(value, Real) and not isinstance(value, Rational) else value


def thaw_json(value: Any) -> Any:
    """
    The lists and dicts that `freeze_json` was given.
    """
    if isinstance(value, tuple):
        return [thaw_json(item) for item in value]
    if isinstance(value, FrozenDict):
        return {key: thaw_json(item) for key, item in value.items()}
    return value
