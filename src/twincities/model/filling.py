"""
Frozen classes filled a field at a time, in a fifth of the time that their constructors take.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs

__all__ = ["filled"]


def filled(kind: Any, *columns: Iterable[Any]) -> list[Any]:
    """
    Instances of a slotted attrs class, from the values of each of its fields, which aren't converted or checked.
    """
    made = list(map(_writable(kind), *columns))
    for instance in made:
        instance.__class__ = kind
    return made


@cache
def _writable(kind: Any) -> Any:
    """
    A subclass of *kind* whose instances can be written to, until they become instances of *kind*.
    """
    names = [field.name for field in attrs.fields(kind)]
    lines = [f"def __init__(self, {', '.join(names)}):", *(f" self.{name} = {name}" for name in names)]
    members: dict[str, Any] = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,  # CPython assigns fast only if both are its own
    }
    exec("\n".join(lines), {}, members)  # noqa: S102  # of our own names
    return type(kind.__name__, (kind,), members)
