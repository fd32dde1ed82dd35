"""
Strategies for the parts of cities, partnerships and networks.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..model import parts as p
from ..model.frozen import MAX_INTEGER
from .fields import Recipe, few, usual
from .references import own
from .values import ids

__all__ = [
    "activities",
    "agreements",
    "contacts",
    "coordinates",
    "links",
    "milestones",
    "organisations",
    "populations",
    "sources",
]

_COORDINATES = Recipe(p.Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@st.composite
def coordinates(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Coordinates:
    """
    `Coordinates` anywhere on Earth. For *fields*, see `cities`.
    """
    return p.Coordinates(**_COORDINATES.draw(draw, fields))


_SOURCE = Recipe(p.Source, **usual(p.Source, id=own(p.Source, ids())))


@st.composite
def sources(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Source:
    """
    `Source` records. For *fields*, see `cities`.
    """
    return p.Source(**_SOURCE.draw(draw, fields))


_POPULATION = Recipe(p.Population, **usual(p.Population, value=st.integers(0, MAX_INTEGER)))


@st.composite
def populations(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Population:
    """
    `Population` records. For *fields*, see `cities`.
    """
    return p.Population(**_POPULATION.draw(draw, fields))


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


_CONTACT = Recipe(p.Contact, **usual(p.Contact))


@st.composite
def contacts(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Contact:
    """
    `Contact` records. For *fields*, see `cities`.
    """
    return p.Contact(**_CONTACT.draw(draw, fields))


_ORGANISATION = Recipe(p.Organisation, **usual(p.Organisation))


@st.composite
def organisations(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Organisation:
    """
    `Organisation` records. For *fields*, see `cities`.
    """
    return p.Organisation(**_ORGANISATION.draw(draw, fields))


_MILESTONE = Recipe(p.Milestone, **usual(p.Milestone))


@st.composite
def milestones(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Milestone:
    """
    `Milestone` records. For *fields*, see `cities`.
    """
    return p.Milestone(**_MILESTONE.draw(draw, fields))


_AGREEMENT = Recipe(p.Agreement, **usual(p.Agreement))


@st.composite
def agreements(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Agreement:
    """
    `Agreement` records. For *fields*, see `cities`.
    """
    return p.Agreement(**_AGREEMENT.draw(draw, fields))


_ACTIVITY = Recipe(p.Activity, **usual(p.Activity, organisations=few(organisations())))


@st.composite
def activities(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Activity:
    """
    `Activity` records. For *fields*, see `cities`.
    """
    return p.Activity(**_ACTIVITY.draw(draw, fields))
