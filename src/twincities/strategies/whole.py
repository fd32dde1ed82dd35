"""
The strategy for whole data sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, count
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ..dataset.dataset import Dataset
from ..errors import shown
from ..model.areas import shared_areas
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.partnership import Partnership
from ..model.parts import Source
from ..query.whole import DEFAULT_VOCABULARY
from . import parts, records
from . import values as v
from .fields import Recipe, as_strategy
from .references import Known, drawing, references

_CITIES = records.cities()
_PARTNERSHIPS = records.partnerships()
_AREAS = records.cooperation_areas()
_NETWORKS = records.networks()
_SOURCES = parts.sources()

_HEAD = Recipe(
    Dataset,
    id=st.none() | v.ids(),
    title=st.none() | v.TEXTS,
    version=st.none() | v.TEXTS,
    as_of=st.none() | v.edtf_dates().filter(lambda date: not date.members),
    licence=st.none() | v.TEXTS,
    complete_for=references("cities"),
    vocabulary=st.sampled_from([DEFAULT_VOCABULARY, None]),
)


@st.composite
def datasets(
    draw: st.DrawFn,
    /,
    *,
    min_cities: int = 0,
    max_cities: int | None = None,
    min_partnerships: int = 0,
    max_partnerships: int | None = None,
    city_ids: SearchStrategy[str] | None = None,
    cities: SearchStrategy[City] = _CITIES,
    partnerships: SearchStrategy[Partnership] = _PARTNERSHIPS,
    areas: SearchStrategy[CooperationArea] = _AREAS,
    networks: SearchStrategy[CooperationNetwork] = _NETWORKS,
    sources: SearchStrategy[Source] = _SOURCES,
    **head: SearchStrategy[object],
) -> Dataset:
    """
    Data sets with everything that a document can hold.

    Ids in records lead to records of the data set, even those drawn from given strategies. So leave the `id` of a record
    (of a partnership, its `cities`) to the data set. `st.nothing()` leaves out all records of a kind.

    Args:
        min_cities: The least number of cities; more if *min_partnerships* needs them.
        max_cities: The greatest number of cities; unless given, four more than the least.
        min_partnerships: The least number of partnerships.
        max_partnerships: The greatest number of partnerships; unless given, three more than the least.
        city_ids: The ids of cities; any unless given.
        cities: Cities, such as `cities(country_code=st.just("FI"))`.
        partnerships: Partnerships, such as `partnerships(status=st.just("active"))`.
        areas: Cooperation areas in addition to those of the vocabulary.
        networks: Cooperation networks.
        sources: Sources.
        head: Strategies for the head of the data set: `id`, `title`, `version`, `as_of`, `licence`, `complete_for`,
            `vocabulary`.

    Raises:
        InvalidArgument: Bounds are reversed or can't be met, or something isn't a suitable strategy.
        DatasetError: The records that the given strategies draw don't fit together.
    """
    lists = {"cities": cities, "partnerships": partnerships, "areas": areas, "networks": networks, "sources": sources}
    for name, strategy in {"city_ids": city_ids, **lists}.items():
        if (name, strategy) != ("city_ids", None):
            as_strategy(strategy, name)
    least, most = _number_of_cities(min_cities, max_cities, min_partnerships, max_partnerships)

    ids = _keys(draw, "cities", cities, city_ids, least, most)
    source_ids = _keys(draw, "sources", sources)
    with drawing(Known(cities=ids)):
        about = _HEAD.draw(draw, head)
    shared = tuple(shared_areas(about["vocabulary"]))
    area_ids = [id for id in _keys(draw, "areas", areas) if id not in shared]
    known = Known(cities=ids, areas=(*area_ids, *shared), sources=source_ids)

    pairs = list(combinations(sorted(ids), 2))
    most_ties = min_partnerships + 3 if max_partnerships is None else max_partnerships
    ties = _keys(
        draw, "partnerships", partnerships, st.sampled_from(pairs), min_partnerships, min(most_ties, len(pairs))
    )
    known = attrs.evolve(known, partnerships=ties)
    made_areas = [
        # Only earlier areas are broader, so that there is no cycle.
        _record(draw, areas, CooperationArea, id, attrs.evolve(known, areas=(*area_ids[:index], *shared)))
        for index, id in enumerate(area_ids)
    ]
    return Dataset(
        cities=[_record(draw, cities, City, id, known) for id in ids],
        partnerships=[_record(draw, partnerships, Partnership, pair, known) for pair in ties],
        areas=draw(st.permutations(made_areas)),
        networks=[
            _record(draw, networks, CooperationNetwork, id, known)
            for id in (_keys(draw, "networks", networks) if len(ids) > 1 else ())
        ],
        sources=[_record(draw, sources, Source, id, known) for id in source_ids],
        **about,
    )


def _number_of_cities(
    min_cities: int, max_cities: int | None, min_partnerships: int, max_partnerships: int | None
) -> tuple[int, int]:
    v.check_bounds("cities", min_cities, max_cities, lowest=0)
    v.check_bounds("partnerships", min_partnerships, max_partnerships, lowest=0)
    least = max(min_cities, next(number for number in count() if number * (number - 1) // 2 >= min_partnerships))
    most = least + 4 if max_cities is None else max_cities
    if least > most:
        raise InvalidArgument(
            f"expected max_cities of {least} or more, as {min_partnerships} partnerships need, got {most}"
        )
    return least, most


def _keys(
    draw: st.DrawFn,
    noun: str,
    records: SearchStrategy[Any],
    keys: SearchStrategy[Any] | None = None,
    least: int = 0,
    most: int = 2,
) -> Sequence[Any]:
    """
    The ids or pairs of the records to draw.
    """
    if records.is_empty:
        if least:
            raise InvalidArgument(f"expected min_{noun} of 0 where {noun} is empty, got {least}")
        return []
    if most == 0:
        return []
    if keys is None:
        return draw(v.different_ids(least, most))
    return draw(st.lists(keys, min_size=least, max_size=most, unique=True))


def _record(draw: st.DrawFn, records: SearchStrategy[Any], kind: type[Any], key: Any, known: Known) -> Any:
    with drawing(attrs.evolve(known, kind=kind, key=key)):
        record = draw(records)
    if not isinstance(record, kind):
        raise InvalidArgument(f"expected a strategy for {kind.__name__} records, got {shown(record)} from one")
    field = "cities" if kind is Partnership else "id"
    if getattr(record, field) != key:
        raise InvalidArgument(
            f"expected a {kind.__name__} whose {field} the data set chooses ({shown(key)}), got {shown(record)}"
        )
    return record
