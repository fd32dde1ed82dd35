"""
The garbage collector paused while much is made that stays.

This imports little: at the end of the process, what the function called in forked children leads to is freed last.
"""

from __future__ import annotations

import gc
import os
from threading import Lock

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


process = _Process()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=process.renew)


class collector_paused:  # noqa: N801  # reads like the function that it is
    """
    Pause the garbage collector: everything that is read is kept, and looking for garbage in it takes 40 % of the time.

    Afterwards the collector is as it was, whatever happens. With several threads it goes on after the last of them.
    """

    def __enter__(self) -> None:
        self._pause = process.pause
        self._pause.begin()

    def __exit__(self, error: object, *_: object) -> None:
        if self._pause is process.pause:  # else this is a child, forked meanwhile
            self._pause.end(kept=error is None)
