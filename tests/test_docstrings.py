"""
Docstrings: what a method raises for a wrong argument stands under its Raises.
"""

from __future__ import annotations

import builtins
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities import errors

DS = tc.Dataset(
    as_of="2026",
    cities=[tc.City(id="a", name="A"), tc.City(id="b", name="B"), tc.City(id="c", name="B")],
    partnerships=[tc.Partnership(cities=("a", "b")), tc.Partnership(cities=("a", "c"))],
    networks=[tc.CooperationNetwork(id=id, names={"en": "Net"}, members=("a", "b")) for id in ("n", "m")],
)
CITIES = ("nowhere", "B", " ", None)
FILES = (5, "", "no/such/folder/x", "no/such/folder/x.html", "no/such/folder/x.ttl", "no/such/folder/x.xlsx")
WORDS = ("nonsense", " ")
WRONG: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("city", "name", "first", "second", "start", "goal"), CITIES),
    **dict.fromkeys(("path", "folder"), FILES),
    **dict.fromkeys(("country", "area", "status", "kind", "network", "only", "ignore", "networks", "columns"), WORDS),
    **dict.fromkeys(("on", "by", "after", "updated"), ("nonsense", "1967/..", 0)),
    **dict.fromkeys(("year", "every", "limit", "alarm"), (0, "x", 10**5)),
    **dict.fromkeys(("lang", "base", "style", "delimiter", "prefer"), ("?", 5)),
    **dict.fromkeys(("keeps", "key", "keys", "other", "records"), ("nonsense", 5)),
    **dict.fromkeys(("title", "width", "height", "centre", "layout"), (5, "nonsense")),
    "years": ([], [0]),
    "text": (" ", None),
}
"""Arguments that can't be used, by the name of the parameter."""
RIGHT: dict[str, Any] = {
    "city": "a",
    "name": "a",
    "text": "a",
    "year": 2027,
    "by": 2029,
    "first": "a",
    "second": "b",
    "start": "a",
    "goal": "b",
    "other": DS,
}
"""Arguments for required parameters."""


OWNERS = (DS, DS.ties(), DS.ties().chart, DS.cities["a"], DS.networks["n"], DS.areas["sport"], tc.compare(DS, DS))


def methods_of(*owners: object) -> Iterator[Callable[..., Any]]:
    """The public methods of some objects."""
    for owner in (*owners, tc.EdtfDate("1980"), tc.EdtfInterval("1980/..")):
        for name in dir(owner):
            if not name.startswith("_") and inspect.ismethod(method := getattr(owner, name)):
                yield method


def documented(method: Callable[..., Any]) -> tuple[type[BaseException], ...]:
    """The exceptions under Raises."""
    _, _, raises = (inspect.getdoc(method) or "").partition("Raises:\n")
    names = re.findall(r"^    (\w+): ", raises, re.MULTILINE)
    return tuple(getattr(errors, name, None) or getattr(builtins, name) for name in names)


@pytest.mark.parametrize("method", [*methods_of(*OWNERS)], ids=lambda method: method.__qualname__)
def test_raises_has_every_error(method: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each error for a wrong argument is documented, by its own name or that of a class above it."""
    monkeypatch.chdir(tmp_path)
    parameters = inspect.signature(method).parameters.values()
    raised: set[type[Exception]] = set()
    for parameter in parameters:
        for wrong in WRONG.get(parameter.name, ()):
            given = {each.name: RIGHT.get(each.name, "x.json") for each in parameters if each.default is each.empty}
            given.pop(parameter.name, None)
            given = {name: value for name, value in given.items() if name not in {"keys", "records", "head"}}
            positional = parameter.kind in {parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL}
            try:
                method(*[wrong] * positional, **given, **({} if positional else {parameter.name: wrong}))
            except (tc.TwinCitiesError, OSError) as error:
                raised.add(type(error))
    known = documented(method)
    assert not [error.__name__ for error in raised if not issubclass(error, known)]
