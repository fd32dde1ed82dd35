"""
Strategies for cities, partnerships, cooperation areas and cooperation networks.
"""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.moments import to_date
from ..model.partnership import Partnership
from ..model.provenance import PROVENANCE
from . import values as v
from .claims import statements, with_claims
from .fields import SOURCES, Recipe, few, usual
from .parts import activities, agreements, contacts, coordinates, links, milestones, populations
from .references import later_cities, later_pair, own, references
from .values import different_ids, ids

_PARTS: dict[str, SearchStrategy[Any]] = {
    "coordinates": coordinates(),
    "populations": few(populations()),
    "activities": few(activities()),
    "agreements": few(agreements()),
    "milestones": few(milestones()),
    "links": few(links()),
    "contacts": few(contacts()),
}


def _recipe(kind: type[Any], /, **given: SearchStrategy[Any]) -> Recipe:
    free = usual(kind, **_PARTS, **given)
    names = [field.name for field in attrs.fields(kind) if field.name not in PROVENANCE]
    keys = st.sampled_from(names) | st.builds("{}.{}".format, st.sampled_from(names), v.TAGS)
    free["field_sources"] = st.dictionaries(keys, SOURCES, max_size=2)
    if hasattr(kind, "claims"):
        free["claims"] = statements(kind, free)
    return Recipe(kind, **free)


_CITY = _recipe(
    City,
    id=own(City, ids()),
    alt_names=st.lists(v.TEXTS, max_size=2, unique=True),
    subdivision_codes=st.lists(v.SUBDIVISION_CODES, max_size=2, unique=True),
    alt_ids=st.lists(v.WIKIDATA_IDS | v.GEONAMES_IDS, max_size=2, unique=True),
    part_of=later_cities(),
    succeeded_by=later_cities(),
)


@st.composite
def cities(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> City:
    """
    `City` records.

    Args:
        fields: Strategies for fields of the record, such as `country_code=st.sampled_from(["FI", "SE"])`. These fields
            are always drawn; of the others some are.

    Raises:
        InvalidArgument: There is no such field, or something isn't a strategy.
        InvalidRecordError: A value that a given strategy draws breaks a rule of the record.
    """
    drawn = _CITY.draw(draw, fields)
    for name in {"part_of", "succeeded_by"} - fields.keys():
        drawn[name] = [id for id in drawn.get(name, ()) if id != drawn["id"]]
    return with_claims(City, drawn, fields)


_PARTNERSHIP = _recipe(
    Partnership,
    cities=own(Partnership, different_ids(2, 2)),
    continues=later_pair(),
    # Positions in `cities`, whose ids are known when the record is made.
    asserted_by=st.lists(st.sampled_from([0, 1]), max_size=2, unique=True),
)


def _sort_term(drawn: dict[str, Any], given: set[str]) -> None:
    since, until = to_date(drawn.get("since")), to_date(drawn.get("until"))
    if until is None or not until.is_before(since):
        return
    if not given:
        drawn.update(since=until, until=since)
    for name in {"since", "until"} - given if len(given) == 1 else ():
        del drawn[name]  # the given field stays


@st.composite
def partnerships(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> Partnership:
    """
    `Partnership` records of two different cities. For *fields*, see `cities`.
    """
    drawn = _PARTNERSHIP.draw(draw, fields)
    if "asserted_by" not in fields:
        drawn["asserted_by"] = [drawn["cities"][side] for side in drawn.get("asserted_by", ())]
    _sort_term(drawn, {"since", "until"} & fields.keys())
    if "continues" not in fields and sorted(drawn.get("continues", ())) == sorted(drawn["cities"]):
        drawn["continues"] = ()
    return with_claims(Partnership, drawn, fields)


_AREA = _recipe(
    CooperationArea,
    id=own(CooperationArea, ids()),
    alt_labels=st.dictionaries(v.TAGS, st.lists(v.TEXTS, max_size=2, unique=True), max_size=2),
    exact_match=st.lists(v.URLS, max_size=2, unique=True),
)


@st.composite
def cooperation_areas(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> CooperationArea:
    """
    `CooperationArea` records. For *fields*, see `cities`.
    """
    drawn = _AREA.draw(draw, fields)
    if "broader" not in fields:
        drawn["broader"] = [id for id in drawn.get("broader", ()) if id != drawn["id"]]
    if "alt_labels" not in fields:
        preferred = drawn.get("pref_label", {})
        drawn["alt_labels"] = {
            tag: [label for label in labels if label != preferred.get(tag)]
            for tag, labels in drawn.get("alt_labels", {}).items()
        }
    return CooperationArea(**drawn)


_NETWORK = _recipe(CooperationNetwork, id=own(CooperationNetwork, ids()), members=references("cities", least=2, most=5))


@st.composite
def networks(draw: st.DrawFn, /, **fields: SearchStrategy[object]) -> CooperationNetwork:
    """
    `CooperationNetwork` records of two cities or more. For *fields*, see `cities`.
    """
    drawn = _NETWORK.draw(draw, fields)
    _sort_term(drawn, {"since", "until"} & fields.keys())
    return with_claims(CooperationNetwork, drawn, fields)
