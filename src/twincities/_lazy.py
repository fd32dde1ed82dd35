"""
Values made once, at their first use, and the garbage collector paused meanwhile.
"""

from __future__ import annotations

import gc
import os
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
        # A lock for each instance, so that a slow one blocks no other. A forked child has its own locks.
        with kept.setdefault(f"_lock{_process.forks}", RLock()):
            if self._name not in kept:
                with collector_paused():  # what is made is kept
                    kept[self._name] = self._make(instance)
            value: T = kept[self._name]
        return value


_MANY = 10_000  # objects that the collector looks through in a millisecond
_NEVER = 2_000_000_011  # young objects before the collector looks: a number that nobody else sets


class _Pause:
    """
    The number of readers at work, and the collector's thresholds before the first.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.readers = 0
        self.before = gc.get_threshold()

    def begin(self) -> None:
        """
        Count a reader; the first one stops the collector.

        It raises the thresholds rather than disabling the collector, which the user may enable or disable meanwhile.
        """
        with self.lock:
            if self.readers == 0:
                self.before = gc.get_threshold()
                gc.set_threshold(_NEVER, *self.before[1:])
            self.readers += 1

    def end(self, *, kept: bool) -> None:
        """
        Count a reader as done; after the last one the collector goes on, unless the user set thresholds meanwhile.
        """
        with self.lock:
            self.readers -= 1
            if self.readers:
                return
            # Move what was read to the old generation, or the collector would search all of it at once. Not if reading
            # failed, since it left only garbage, nor for a few objects, nor if others are frozen (by the user, or by
            # Python 3.12 itself), since this would unfreeze them.
            if kept and gc.isenabled() and gc.get_count()[0] >= _MANY and gc.get_freeze_count() == 0:
                gc.freeze()
                gc.unfreeze()
            self.restore()

    def restore(self) -> None:
        """
        Give the collector its thresholds back, if they are still ours.
        """
        if gc.get_threshold()[0] == _NEVER:
            gc.set_threshold(*self.before)


class _Process:
    """
    The state of this process: a forked child begins with none of its parent's readers, and with free locks.
    """

    def __init__(self) -> None:
        self.pause = _Pause()
        self.forks = 0

    def renew(self) -> None:
        """
        Begin anew in a forked child, whatever threads of the parent were about.
        """
        self.pause.restore()
        self.pause = _Pause()
        self.forks += 1


_process = _Process()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_process.renew)


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Pause the garbage collector: everything that is read is kept, and looking for garbage in it takes 40 % of the time.

    Afterwards the collector is as it was, whatever happens. With several threads it goes on after the last of them.
    """
    pause = _process.pause
    pause.begin()
    done = False
    try:
        yield
        done = True
    finally:
        if pause is _process.pause:  # else this is a child, forked meanwhile
            pause.end(kept=done)
