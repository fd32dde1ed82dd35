"""
Values made once, at their first use.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

from ._collector import collector_paused, process

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  # reads like the decorator that it is
    """
    A property computed once and kept in the instance's `__dict__`, where later look-ups find it without any code.

    `functools.cached_property` has had no lock since Python 3.12: two threads may then compute it twice.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        kept = instance.__dict__
        # A lock for each instance, so that a slow one blocks no other. A forked child has its own locks.
        with kept.setdefault(f"_lock{process.forks}", RLock()):
            if self._name not in kept:
                with collector_paused():  # what is made is kept
                    kept[self._name] = self._make(instance)
            value: T = kept[self._name]
        return value
