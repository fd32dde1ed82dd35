"""
Immutable values in records: read-only mappings and frozen JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NoReturn, TypeVar

__all__ = ["EMPTY", "FrozenDict", "freeze_json", "frozen", "thaw_json"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V], Generic[K, V]):
    """
    A read-only mapping. It pickles, copies, and hashes if its values do.
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
    *value* as a read-only mapping; empty ones are `EMPTY`.
    """
    return FrozenDict(value) if value else EMPTY


MAX_INTEGER = 2**53 - 1  # JSON readers disagree on larger ones (RFC 7493, section 2.2)
MAX_DEPTH = 50  # of lists and objects inside `extra`
MAX_VALUES = 1_000_000  # in all: lists nested in each other can expand without bound


def freeze_json(value: Any) -> Any:
    """
    A JSON value with lists as tuples and objects as `FrozenDict`s.

    Values that are too many or too deep stay as they are, and the rule for `extra` refuses them.
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
    if type(value).__module__ == "numpy" and getattr(value, "shape", None) == ():
        value = value.item()  # numpy has types of its own for numbers, truth values and texts
    if value is None or isinstance(value, (str, int, float)):
        return value
    from numbers import Integral, Rational, Real

    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) and not isinstance(value, Rational) else value


def thaw_json(value: Any) -> Any:
    """
    A frozen JSON value with lists and dicts again.
    """
    if isinstance(value, tuple):
        return [thaw_json(item) for item in value]
    if isinstance(value, FrozenDict):
        return {key: thaw_json(item) for key, item in value.items()}
    return value
