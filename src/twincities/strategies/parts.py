"""
Strategies for the parts of cities, partnerships and networks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..model import parts as p
from ..model.frozen import MAX_INTEGER
from .fields import Recipe, few, usual
from .references import own
from .values import ids

T = TypeVar("T")

_LINK = Recipe(p.Link, **usual(p.Link))


@st.composite
def links(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Link:
    """
    `Link` records with a title, a URL or both. For *fields*, see `cities`.
    """
    drawn = _LINK.draw(draw, fields)
    free = [name for name in ("title", "url") if name not in fields]
    if free and drawn.get("title") is None and drawn.get("url") is None:
        drawn[free[0]] = draw(_LINK.free[free[0]])
    return p.Link(**drawn)


def _drawn(name: str, kind: type[T], **free: SearchStrategy[Any]) -> Callable[..., SearchStrategy[T]]:
    """
    The strategy *name* for a class of records without rules across fields; *free* are its fields that `usual` can't draw.
    """
    recipe = Recipe(kind, **usual(kind, **free))

    def draw_record(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> T:
        return kind(**recipe.draw(draw, fields))

    draw_record.__name__ = draw_record.__qualname__ = name
    draw_record.__annotations__["return"] = kind
    draw_record.__doc__ = f"`{kind.__name__}` records. For *fields*, see `cities`."
    return st.composite(draw_record)


coordinates = _drawn("coordinates", p.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
sources = _drawn("sources", p.Source, id=own(p.Source, ids()))
populations = _drawn("populations", p.Population, value=st.integers(0, MAX_INTEGER))
contacts = _drawn("contacts", p.Contact)
organisations = _drawn("organisations", p.Organisation)
milestones = _drawn("milestones", p.Milestone)
agreements = _drawn("agreements", p.Agreement)
activities = _drawn("activities", p.Activity, organisations=few(organisations()))
