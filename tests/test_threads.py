"""
Threads: a data set may be shared. Its indexes are made once, its answers are equal, and nothing hidden changes.

`nox -s threads` runs this with 1,000 rounds (`ROUNDS=1000`).
"""

from __future__ import annotations

import ast
import copy
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import twincities as tc
from twincities._lazy import once
from twincities.query.index import Index
from twincities.query.names import NameIndex

ROUNDS = int(os.environ.get("ROUNDS", "20"))
THREADS = 32
KUOPIO = tc.load().to_json()

QUESTIONS = (
    lambda ds: ds.city("Györ"),
    lambda ds: ds.city("Pihkova", country="Russia"),
    lambda ds: ds.search("jonkopping"),
    lambda ds: tuple(ds.partners("Kuopio", area="culture")),
    lambda ds: tuple(ds.partners("Kuopio", network="nordic", on="1985", unsure=True)),
    lambda ds: tuple(ds.ties(country=["SE", "NO"], status="active")),
    lambda ds: tuple(ds.cousins("Kuopio")),
    lambda ds: ds.path("Gera", "Opole"),
    lambda ds: ds.anniversaries(2027),
    lambda ds: ds.expiring("2029"),
    lambda ds: ds.network("nordic"),
    lambda ds: ds.to_csv(lang="fi"),
    lambda ds: ds.to_json(),
    lambda ds: ds.lint(),
    lambda ds: [tie.distance_km for tie in ds.partners("Kuopio")],
    hash,
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[tuple[int, str]]]:
    """The number of times that each part of each index is made."""
    counted: Counter[tuple[int, str]] = Counter()

    def counting(name: str, make: Any) -> Any:
        def counted_make(instance: Any) -> Any:
            counted[id(instance), name] += 1
            return make(instance)

        return counted_make

    for kind in (Index, NameIndex):
        for name, part in vars(kind).items():
            if isinstance(part, once):
                monkeypatch.setattr(part, "_make", counting(f"{kind.__name__}.{name}", part._make))
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield counted
    finally:
        sys.setswitchinterval(before)


def test_many_first_questions_at_once(made: Counter[tuple[int, str]]) -> None:
    """32 threads ask a fresh data set its first questions at once: each index is made once, all answers are equal."""
    alone = tc.from_json(KUOPIO)
    expected = [ask(alone) for ask in QUESTIONS]
    names = {name for _, name in made}
    assert {"Index.names", "Index.vocabulary", "Index.facets", "Index.neighbours"} <= names
    with ThreadPoolExecutor(THREADS) as pool:
        for number in range(ROUNDS):
            made.clear()
            ds = tc.from_json(KUOPIO)
            barrier = Barrier(THREADS)

            def ask(thread: int, ds: tc.Dataset = ds, barrier: Barrier = barrier, number: int = number) -> Any:
                # each round another thread comes with another question
                which = (thread + number) % len(QUESTIONS)
                barrier.wait(timeout=60)
                return which, QUESTIONS[which](ds)

            answers = list(pool.map(ask, range(THREADS)))
            assert {which for which, _ in answers} == set(range(len(QUESTIONS)))
            for which, answer in answers:
                assert answer == expected[which]
            assert {name for _, name in made} == names
            assert set(made.values()) == {1}


def test_a_lazy_selection_is_the_same_to_all_threads() -> None:
    """A selection is made when first looked at: all threads that look at once see equal ties."""
    for _ in range(ROUNDS):
        ties = tc.from_json(KUOPIO).ties()
        barrier = Barrier(8)

        def look(_: int, ties: Any = ties, barrier: Barrier = barrier) -> Any:
            barrier.wait(timeout=60)
            return tuple(ties), len(ties), ties.count_by("area")

        with ThreadPoolExecutor(8) as pool:
            first, *others = pool.map(look, range(8))
        assert all(other == first for other in others)


def test_loading_gives_all_threads_one_object() -> None:
    """`load` returns the same object to all, even at the first call."""
    with ThreadPoolExecutor(THREADS) as pool:
        assert len({id(ds) for ds in pool.map(lambda _: tc.load(), range(THREADS))}) == 1


# -- no hidden state -------------------------------------------------------------------------------

ROOT = Path(tc.__file__).parent
MAY_CHANGE = {
    ("twincities.sources.bundled", "_LOCKS"),  # a lock for each name that was loaded
}
SKIPPED = {
    "twincities.__main__",
    "twincities.strategies",
    "twincities._hypothesis",
}  # one runs, the others need Hypothesis


def modules() -> Iterator[Any]:
    """Every module of the library."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        if not any(name == skipped or name.startswith(f"{skipped}.") for skipped in SKIPPED):
            yield import_module(name)


def state() -> dict[tuple[str, str], Any]:
    """The containers that modules hold and that could change."""
    return {
        (module.__name__, name): value
        for module in modules()
        for name, value in vars(module).items()
        if type(value) in {dict, list, set, bytearray, Counter} and not name.startswith("__")
    }


def test_questions_change_nothing_in_the_modules() -> None:
    """No module keeps anything of a question: its dicts, lists and sets are the same afterwards."""
    before = {key: copy.copy(value) for key, value in state().items()}
    ds = tc.from_json(KUOPIO)
    for ask in QUESTIONS:
        ask(ds)
    ds.to_geojson()
    ds._repr_html_()
    str(ds.partners("Kuopio"))
    after = state()
    assert {key for key in before if before[key] != after[key]} <= MAY_CHANGE
    assert before.keys() == after.keys()


def test_no_function_sets_a_name_of_its_module() -> None:
    """No function has a `global` statement."""
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)], path


def test_questions_change_nothing_in_the_data_set() -> None:
    """A data set that was asked is equal to one that wasn't, and pickles to the same bytes."""
    import pickle

    fresh, asked = tc.from_json(KUOPIO), tc.from_json(KUOPIO)
    before = pickle.dumps(fresh)
    for ask in QUESTIONS:
        ask(asked)
    assert asked == fresh
    assert len(pickle.dumps(asked)) == len(before)
    assert asked.to_json() == KUOPIO
