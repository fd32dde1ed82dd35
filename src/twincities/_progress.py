"""
Long work, shown while it lasts: a line on the command's terminal or in a notebook, after a second, cleared at the end.

The command says where to show it; a notebook is found. Scripts, pipes and other threads show nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from itertools import accumulate
from threading import Event, Lock, Thread, current_thread, main_thread
from time import monotonic
from typing import Any
from unicodedata import east_asian_width

from .errors import printable

Show = Callable[[str], object]
"""A function that replaces the line shown before; an empty text clears it."""

_FIRST = 1.0  # seconds before anything is shown
_EVERY = 0.5  # seconds between two lines


@contextmanager
def working(what: str, *, by_default: Show | None = None) -> Iterator[None]:
    """
    Show *what* is being done, if it takes more than a second. Work that is part of other work is shown as that.

    Args:
        what: A few words, such as "reading kuopio.json".
        by_default: Where to show it outside the command and notebooks; nowhere unless given.
    """
    show = _now.show or _notebook() or by_default
    if show is None or _now.work is not None or current_thread() is not main_thread():
        yield
        return
    work = _now.work = _Work(what, show)
    try:
        work.start()
        yield
    finally:
        _now.work = None
        work.end()


def reached(done: int, total: int) -> None:
    """
    Say how much of the work is done.
    """
    if (work := _own_work()) is not None:
        work.part = f"{100 * done // total}%" if done < total else ""


def describe(text: str) -> bool:
    """
    Show *text* for the work that is being done; false if nothing is shown.
    """
    if (work := _own_work()) is None:
        return False
    work.text = text
    return True


def hide() -> None:
    """
    Clear the line, if there is one, before something else is printed.
    """
    if (work := _own_work()) is not None:
        work.hide()


@contextmanager
def shown_by(show: Show | None) -> Iterator[None]:
    """
    Let *show* show all work meanwhile.
    """
    before, _now.show = _now.show, show
    try:
        yield
    finally:
        _now.show = before


def is_terminal(stream: Any) -> bool:
    """
    Check if *stream* is a terminal; that of a notebook may lack the method.
    """
    return bool(getattr(stream, "isatty", bool)())


def on_terminal(stream: Any) -> Show | None:
    """
    A function that writes a line over the one before, if *stream* is a terminal.
    """
    if not is_terminal(stream):
        return None

    def show(text: str) -> None:
        import shutil  # which work that ends at once doesn't need, like `secrets` below

        room = shutil.get_terminal_size((100, 24)).columns - 1
        line = printable(text)
        ends = accumulate(2 if east_asian_width(char) in "WF" else 1 for char in line)
        fitting = "".join(char for char, end in zip(line, ends, strict=True) if end <= room)
        with suppress(OSError, ValueError):  # nobody looks any more, or it is closed
            stream.write(f"\r{' ' * room}\r{fitting}")
            stream.flush()

    return show


def _notebook() -> Show | None:
    """
    A function that renews an output of the cell, if this is a Jupyter kernel: then IPython is imported already.
    """
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is None:
        return None
    from secrets import token_hex

    id, is_there = token_hex(8), False

    def show(text: str) -> None:
        nonlocal is_there
        shell.display_pub.publish({"text/plain": text}, transient={"display_id": id}, update=is_there)
        is_there = True

    return show


class _Work:
    """
    Work that is shown, by a thread: much of it is in libraries that never return meanwhile.
    """

    def __init__(self, what: str, show: Show) -> None:
        self.part = ""
        self.text = ""
        self._what, self._show = what, show
        self._began = monotonic()
        self._is_shown = False
        self._lock, self._ended = Lock(), Event()
        self._thread = Thread(target=copy_context().run, args=(self._run,), daemon=True)

    def start(self) -> None:
        with suppress(RuntimeError):  # Python in a browser has no threads
            self._thread.start()

    def _run(self) -> None:
        wait = _FIRST
        while not self._ended.wait(wait):
            self.show()
            wait = _EVERY

    def show(self) -> None:
        with self._lock:
            if not self._ended.is_set():
                part = self.part or f"{monotonic() - self._began:.0f} s"
                self._show(self.text or f"{self._what} … {part}")
                self._is_shown = True

    def hide(self) -> None:
        with self._lock:
            if self._is_shown:
                self._show("")
                self._is_shown = False

    def end(self) -> None:
        self._ended.set()
        self.hide()
        if self._thread.ident is not None:
            self._thread.join()


class _Now:
    """
    The command's way to show work, and the work that is shown.
    """

    show: Show | None = None
    work: _Work | None = None


_now = _Now()


def _own_work() -> _Work | None:
    """
    The work that is shown, unless another thread asks: its work isn't.
    """
    return _now.work if _now.work is not None and current_thread() is main_thread() else None
