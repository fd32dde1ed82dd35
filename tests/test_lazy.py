"""
Values made once, the garbage collector paused while much is read, and forked processes.
"""

from __future__ import annotations

import gc
import inspect
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

import twincities as tc
from twincities._collector import collector_paused
from twincities._lazy import once

KUOPIO = tc.load().to_json()
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture(autouse=True)
def _collector_runs() -> Iterator[None]:
    before = gc.get_threshold()
    gc.enable()
    yield
    gc.enable()
    gc.set_threshold(*before)


def rests() -> bool:
    """True while no number of new objects makes the collector look."""
    collections = gc.get_stats()[0]["collections"]
    kept = [[] for _ in range(5_000)]
    assert len(kept) == 5_000
    return gc.get_stats()[0]["collections"] == collections


def test_the_collector_rests_while_reading_and_then_runs_again() -> None:
    """Reading pauses the collector, even if it fails, and leaves no more objects frozen than before."""
    frozen, before = gc.get_freeze_count(), gc.get_threshold()  # some Pythons begin with a few hundred objects frozen
    with collector_paused():
        assert rests()
        with collector_paused():
            assert rests()
        assert rests()
    assert not rests()
    for data in (b"{", KUOPIO):
        try:
            tc.from_json(data)
        except tc.DatasetError:
            assert data == b"{"
        assert gc.get_threshold() == before
    assert gc.get_freeze_count() == frozen
    with pytest.raises(ZeroDivisionError), collector_paused():
        raise ZeroDivisionError
    assert gc.get_threshold() == before
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """A collector that was off stays off."""
    gc.disable()
    tc.from_json(KUOPIO)
    assert not gc.isenabled()


@pytest.mark.parametrize("ends_first", [True, False])
def test_who_switches_it_off_while_another_reads_finds_it_off(ends_first: bool) -> None:
    """If a user switches the collector during another thread's reading, that holds afterwards."""
    gc.disable()
    with collector_paused():
        gc.enable()
    assert gc.isenabled()
    with collector_paused():
        gc.disable()
        if ends_first:
            with collector_paused():
                pass
    assert not gc.isenabled()


@pytest.mark.parametrize("thresholds", [(0, 5, 5), (5_000, 7, 7)])
def test_thresholds_set_meanwhile_stay(thresholds: tuple[int, int, int]) -> None:
    """So do the thresholds that a user sets."""
    with collector_paused():
        gc.set_threshold(*thresholds)
    assert gc.get_threshold()[:2] == thresholds[:2]


def test_what_was_frozen_stays_frozen() -> None:
    """Objects that were frozen stay frozen."""
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        tc.from_json(KUOPIO)
        assert gc.get_freeze_count() > frozen // 2  # a few may have died meanwhile; thawed, none were left
    finally:
        gc.unfreeze()


def test_the_collector_comes_back_after_the_last_of_many_threads() -> None:
    """Readers in several threads leave the collector as it was."""
    before = gc.get_threshold()
    threads = [threading.Thread(target=lambda: [tc.from_json(KUOPIO) for _ in range(5)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.get_threshold() == before
    assert gc.isenabled()


# A process of its own: forking beside the threads of the test run would be another test.
FORKS = """
import gc, os, sys, threading
import twincities as tc
from twincities._lazy import once
from twincities._collector import collector_paused
from twincities.sources import bundled

class Slow:
    @once
    def made(self):
        busy.set()
        done.wait()
        return 1

before = gc.get_threshold()
slow, busy, done = Slow(), threading.Event(), threading.Event()
bundled._LOCKS["kuopio"] = lock = threading.RLock()

def read():
    with lock, collector_paused():
        slow.made

thread = threading.Thread(target=read)
thread.start()
busy.wait()
def child():
    done.set()
    assert gc.get_threshold() == before and gc.isenabled()
    assert slow.made == 1
    assert tc.load().city("Opole").id == "opole"
    assert gc.get_threshold() == before and gc.isenabled()
    with collector_paused():
        pass
    assert gc.get_threshold() == before

for _ in range(20):
    pid = os.fork()
    if pid == 0:
        try:
            child()
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
done.set()
thread.join()
assert gc.get_threshold() == before
with collector_paused():  # a fork by the reader itself
    pid = os.fork()
    if pid == 0:
        assert gc.get_threshold() == before
if pid == 0:
    os._exit(0 if gc.get_threshold() == before else 1)
assert os.waitpid(pid, 0)[1] == 0
assert gc.get_threshold() == before
print("ok")
"""


@forks
def test_a_fork_while_another_thread_reads_has_collector_and_locks_as_new() -> None:
    """The child's collector runs, and nothing waits for threads that it doesn't have."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ran.stdout, ran.returncode) == ("ok\n", 0), ran.stderr


@forks
def test_a_fork_during_a_fetch_may_fetch() -> None:
    """The child doesn't wait for the question of a thread that it doesn't have."""
    pytest.importorskip("urllib3")
    code = """
import os
import threading
import twincities as tc
from twincities.sources.wikidata import endpoint, fetch
endpoint._LOCKS["request"] = lock = threading.Lock()
lock.acquire()
pid = os.fork()
if pid == 0:
    try:
        fetch("Q1", endpoint="http://127.0.0.1:9/", tries=1, timeout=1, progress=None)
    except tc.FetchError:
        os._exit(0)
    os._exit(1)
assert os.waitpid(pid, 0)[1] == 0
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)


# -- made once -------------------------------------------------------------------------------------


class _Counted:
    made = 0

    @once
    def value(self) -> object:
        """The value."""
        type(self).made += 1
        return object()


def test_what_is_made_at_first_use_is_made_once() -> None:
    """Many threads that ask at the same time get the same object, made once; each instance has its own."""
    counted, got = _Counted(), []
    before = _Counted.made
    barrier = threading.Barrier(8)

    def ask() -> None:
        barrier.wait()
        got.append(counted.value)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(map(id, got))) == 1
    assert _Counted.made == before + 1
    # A thread that had to wait finds it made.
    assert vars(_Counted)["value"].__get__(counted, _Counted) is got[0]
    assert _Counted.made == before + 1
    assert _Counted().value is not counted.value


def test_what_is_made_once_is_documented_on_its_class() -> None:
    """On the class, the property is itself, with the docstring of its function."""
    assert isinstance(_Counted.value, once)
    assert inspect.getdoc(_Counted.value) == "The value."


def test_what_fails_is_tried_again() -> None:
    """An error while making isn't kept: the next asking makes it."""

    class Flaky:
        tries = 0

        @once
        def value(self) -> int:
            self.tries += 1
            if self.tries == 1:
                raise ValueError("not yet")
            return self.tries

    flaky = Flaky()
    with pytest.raises(ValueError, match="not yet"):
        _ = flaky.value
    assert flaky.value == 2
    assert flaky.value == 2
