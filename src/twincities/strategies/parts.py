"""
Strategies for the parts of cities, partnerships and networks.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..model import parts as p
from ..model import vocabulary as w
from ..model.frozen import MAX_INTEGER
from . import values as v
from .fields import SOURCES, Recipe, few
from .references import own, reference, references
from .values import edtf_dates, edtf_intervals, ids

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


_SOURCE = Recipe(
    p.Source,
    id=own(p.Source, ids()),
    title=v.TEXTS,
    publisher=v.TEXTS,
    url=v.URLS,
    published=edtf_dates(),
    retrieved=edtf_dates(),
    licence=v.TEXTS,
    language=v.TAGS,
)


@st.composite
def sources(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Source:
    """
    `Source` records. For *fields*, see `cities`.
    """
    return p.Source(**_SOURCE.draw(draw, fields))


_POPULATION = Recipe(
    p.Population,
    value=st.integers(0, MAX_INTEGER),
    qualifier=st.sampled_from(w.Qualifier),
    as_of=edtf_dates(),
    sources=SOURCES,
)


@st.composite
def populations(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Population:
    """
    `Population` records. For *fields*, see `cities`.
    """
    return p.Population(**_POPULATION.draw(draw, fields))


_LINK = Recipe(p.Link, title=v.TEXTS, url=v.URLS, language=v.TAGS, sources=SOURCES)


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


_CONTACT = Recipe(p.Contact, role=v.BY_LANGUAGE, city=reference("cities"), url=v.URLS, sources=SOURCES)


@st.composite
def contacts(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Contact:
    """
    `Contact` records. For *fields*, see `cities`.
    """
    return p.Contact(**_CONTACT.draw(draw, fields))


_ORGANISATION = Recipe(p.Organisation, names=v.BY_LANGUAGE, city=reference("cities"), role=v.TEXTS, sources=SOURCES)


@st.composite
def organisations(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Organisation:
    """
    `Organisation` records. For *fields*, see `cities`.
    """
    return p.Organisation(**_ORGANISATION.draw(draw, fields))


_MILESTONE = Recipe(
    p.Milestone,
    kind=st.sampled_from(w.MilestoneKind),
    date=edtf_dates(),
    stage=st.sampled_from(w.Stage),
    summary=v.BY_LANGUAGE,
    sources=SOURCES,
)


@st.composite
def milestones(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Milestone:
    """
    `Milestone` records. For *fields*, see `cities`.
    """
    return p.Milestone(**_MILESTONE.draw(draw, fields))


_AGREEMENT = Recipe(
    p.Agreement,
    names=v.BY_LANGUAGE,
    kind=st.sampled_from(w.PartnershipKind),
    signed=edtf_dates(),
    period=edtf_intervals(),
    areas=references("areas"),
    url=v.URLS,
    sources=SOURCES,
)


@st.composite
def agreements(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Agreement:
    """
    `Agreement` records. For *fields*, see `cities`.
    """
    return p.Agreement(**_AGREEMENT.draw(draw, fields))


_ACTIVITY = Recipe(
    p.Activity,
    areas=references("areas"),
    summary=v.BY_LANGUAGE,
    organisations=few(organisations()),
    stage=st.sampled_from(w.Stage),
    period=edtf_intervals(),
    sources=SOURCES,
)


@st.composite
def activities(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> p.Activity:
    """
    `Activity` records. For *fields*, see `cities`.
    """
    return p.Activity(**_ACTIVITY.draw(draw, fields))
