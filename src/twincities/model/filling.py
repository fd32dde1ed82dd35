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
    A class with the slots of *kind*, whose instances can be written to before they become instances of *kind*.
    """
    return attrs.make_class(
        kind.__name__,
        {field.name: attrs.field() for field in attrs.fields(kind)},
        bases=kind.__bases__,
        class_body={"__attrs_post_init__": None},
        slots=True,
        weakref_slot=False,
        eq=False,
        repr=False,
    )
