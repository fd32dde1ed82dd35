"""
Frozen classes filled a field at a time, in a fifth of the time that their constructors take.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs


def filled(kind: Any, *columns: Iterable[Any]) -> list[Any]:
    """
    Instances of a slotted attrs class, from the values of each of its fields, which aren't converted or checked.
    """
    made: list[Any] = _filler(kind)(*columns)
    return made


@cache
def _filler(kind: Any) -> Any:
    """
    A function that fills instances of a subclass of *kind* that can be written to, and makes them instances of *kind*.
    """
    members = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,  # CPython assigns fast only if both are its own
    }
    names = [field.name for field in attrs.fields(kind)]
    lines = [
        "def fill(*_columns):",
        " _all = []",
        f" for {', '.join(names)}, in zip(*_columns, strict=True):",
        "  _made = _new(_writable)",
        *(f"  _made.{name} = {name}" for name in names),
        "  _made.__class__ = _kind",
        "  _all.append(_made)",
        " return _all",
    ]
    scope: dict[str, Any] = {"_new": object.__new__, "_writable": type(kind.__name__, (kind,), members), "_kind": kind}
    exec("\n".join(lines), scope)  # noqa: S102  # of our own names
    return scope["fill"]
