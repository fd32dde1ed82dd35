"""
Data sets by name: the bundled one, and those of other packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import twincities as tc
from twincities._data import read_data
from twincities.sources import bundled

OURS = tc.Dataset(id="baltic", cities=[tc.City(id="riga")])


class Point:
    """An entry point as `importlib.metadata` gives it."""

    def __init__(self, name: str, value: str, load: Callable[[], Any], package: str | None = None) -> None:
        self.name = name
        self.value = value
        self.load = load
        self.dist = SimpleNamespace(name=package) if package else None


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Make entry points look installed, and forget what was loaded."""
    installed: list[Point] = []

    def entry_points(*, group: str) -> list[Point]:
        assert group == "twincities.datasets"
        return installed

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    bundled._load.cache_clear()
    yield lambda *points: installed.extend(points)
    bundled._load.cache_clear()


def test_the_bundled_data_set_is_one_object() -> None:
    """`load` gives the same object each time, by name or without, to all threads."""
    assert tc.load() is tc.load() is tc.load("kuopio") is tc.load(name="kuopio")
    assert tc.load().id == "kuopio"
    with ThreadPoolExecutor(4) as pool:
        assert set(map(id, pool.map(lambda _: tc.load(), range(8)))) == {id(tc.load())}


@pytest.mark.parametrize("name", bundled.SHIPPED)
def test_a_bundled_data_set_keeps_every_rule(name: str) -> None:
    """Loading makes no checks: the documents of each data set together pass them all, and no record comes twice."""
    dataset = tc.load(name)
    assert tc.from_json(dataset.to_json()) == dataset
    documents = [json.loads(read_data(file)) for file in bundled.SHIPPED[name]]
    for records in ("cities", "partnerships", "networks", "sources"):
        assert len(getattr(dataset, records)) == sum(len(document.get(records, ())) for document in documents)


def test_an_unknown_name_is_an_error_with_suggestions(install: Callable[..., None]) -> None:
    """The names of the bundled data set and of those installed are suggested."""
    install(Point("baltic", "b:load", lambda: lambda: OURS))
    for name, suggestions in (("kupio", ("kuopio",)), ("blatic", ("baltic",)), ("zzz", ()), ("", ())):
        with pytest.raises(tc.UnknownDatasetError) as caught:
            tc.load(name)
        assert caught.value.suggestions == suggestions
        assert caught.value.query == name
    for wrong in (None, 5):
        with pytest.raises(tc.UnknownDatasetError):
            tc.load(wrong)  # type: ignore[arg-type]


def test_an_installed_package_brings_a_data_set(install: Callable[..., None]) -> None:
    """The function of an entry point is called once; its data set is given each time."""
    calls = []

    def function() -> tc.Dataset:
        calls.append(1)
        return OURS

    install(Point("baltic", "baltic:load", lambda: function), Point("other", "other:load", lambda: lambda: None))
    assert tc.load("baltic") is tc.load("baltic") is OURS
    assert calls == [1]
    assert tc.load().id == "kuopio"


def test_no_package_replaces_the_bundled_data_set(install: Callable[..., None]) -> None:
    """An entry point with the name of the bundled data set is ignored."""
    install(Point("kuopio", "evil:load", lambda: lambda: OURS))
    assert tc.load().id == "kuopio"


def test_two_packages_with_one_name_are_refused(install: Callable[..., None]) -> None:
    """Which of two is meant can't be known: both are named, neither is loaded."""

    def never() -> None:
        raise AssertionError

    install(Point("baltic", "b:load", never, "beta"), Point("baltic", "a:load", never, "alpha"))
    with pytest.raises(tc.DatasetError, match="expected one package with a data set 'baltic', got alpha and beta"):
        tc.load("baltic")
    install(Point("baltic", "c:load", never))
    with pytest.raises(tc.DatasetError, match="got alpha and beta and c:load"):
        tc.load("baltic")


@pytest.mark.parametrize("value", [None, {}, "baltic", tc.Dataset], ids=["None", "dict", "str", "class"])
def test_a_package_has_to_bring_a_data_set(value: Any, install: Callable[..., None]) -> None:
    """What isn't a data set is refused with the name of what gave it; nothing wrong is kept."""
    points = [Point("baltic", "baltic:load", lambda: lambda: value)]
    install(*points)
    with pytest.raises(tc.DatasetError, match="expected a Dataset from baltic:load, got "):
        tc.load("baltic")
    points[0].load = lambda: lambda: OURS
    assert tc.load("baltic") is OURS


def test_errors_of_a_package_come_through(install: Callable[..., None]) -> None:
    """What a package's own code raises isn't hidden."""

    def fail() -> None:
        raise RuntimeError("their fault")

    install(Point("baltic", "baltic:load", lambda: fail))
    with pytest.raises(RuntimeError, match="their fault"):
        tc.load("baltic")


def test_entry_points_are_those_of_the_system() -> None:
    """Without patches names come from the installed packages, and none has this one."""
    with pytest.raises(tc.UnknownDatasetError):
        tc.load("no-such-data-set")


class _Reading:
    """A loader that only knows the general way to read what a package holds."""

    def __init__(self, loader: Any) -> None:
        self.get_resource_reader = loader.get_resource_reader


def test_data_is_read_with_any_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loader without `get_data` gives the same result through importlib.resources."""
    quick = read_data("areas.json")
    spec = tc.__spec__
    assert spec is not None
    monkeypatch.setattr(spec, "loader", _Reading(spec.loader))
    assert read_data("areas.json") == quick


def test_the_library_works_from_a_zip(tmp_path: Path) -> None:
    """Imported from a zip, the bundled data and the names of countries are there."""
    package = Path(tc.__file__ or "").parent
    archive = tmp_path / "twincities.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in package.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                packed.write(path, Path("twincities") / path.relative_to(package))
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import twincities as tc; assert '.zip' in tc.__file__; "
        "print(len(tc.load().partners('Kuopio', country='Norja')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(archive)], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_a_package_may_ask_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that makes a data set may wait for threads that load and ask."""

    def made() -> tc.Dataset:
        asked: list[int] = []
        thread = threading.Thread(target=lambda: asked.append(len(tc.load().with_records().partners("Kuopio"))))
        thread.start()
        thread.join(timeout=30)
        assert asked == [15]
        return tc.Dataset(id="made")

    point = SimpleNamespace(name="threads", value="x:made", dist=None, load=lambda: made)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: [point])
    assert tc.load("threads").id == "made"
