"""
Values made once, at their first use, and the garbage collector paused meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, Generic, TypeVar, overload

__all__ = ["collector_paused", "once"]

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
        # One lock an instance: what is slow to make keeps nobody waiting elsewhere.
        with kept.setdefault("_lock", RLock()):
            if self._name not in kept:
                with collector_paused():  # what is made is kept
                    kept[self._name] = self._make(instance)
            value: T = kept[self._name]
        return value


_MANY = 10_000  # objects that the collector looks through in a millisecond


class _Pause:
    """
    The number of readers at work, and the collector's state before the first.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.readers = 0
        self.was_on = False


_pause = _Pause()


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Read without the garbage collector: what is read is all kept, and looking for garbage in it takes 40 % of the time.

    Afterwards the collector is as it was, whatever happens. With several threads it comes back after the last of them.
    """
    with _pause.lock:
        if _pause.readers == 0:
            _pause.was_on = gc.isenabled()
        _pause.readers += 1
        gc.disable()
    done = False
    try:
        yield
        done = True
    finally:
        with _pause.lock:
            _pause.readers -= 1
            if _pause.readers == 0 and _pause.was_on:
                # All that was read is young: moved to the old generation it isn't looked through at once. Of what was
                # refused only garbage is left, which would lie there for ever; and little isn't worth it. Where something
                # is frozen (by the user, or by Python 3.12 itself) that would thaw it, so there the pause remains.
                if done and gc.get_count()[0] >= _MANY and gc.get_freeze_count() == 0:
                    gc.freeze()
                    gc.unfreeze()
                gc.enable()
