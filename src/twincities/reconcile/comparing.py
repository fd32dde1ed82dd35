"""
Compare two data sets: what they share, what only one has, and what the other contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._collector import collector_paused
from .._progress import working
from ..errors import UnknownCityError
from ..model.arguments import as_items
from ..model.city import City
from ..model.partnership import Partnership
from ..model.vocabulary import PartnershipStatus
from ..query.whole import as_whole, head_of, lists_of
from .comparison import Comparison, OneSided, TwoSided
from .differences import differences_of, renamed
from .matches import led
from .matching import match_cities
from .weighing import joined

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["compare"]

Names = str | City | Iterable[str | City]
"""A city, or several, as `compare` takes them."""


def compare(a: Dataset, b: Dataset, *, cities: Names | None = None) -> Comparison:
    """
    Compare two data sets: what they share, what only one has, and what the other contradicts.

    Cities are matched as in `merge`: by Wikidata or GeoNames ids, then by id, then by name, country and place. Each match
    gives its reason. If a city has several possible matches, it isn't matched; but one whose `alt_ids` list several cities
    of the other data set is matched with each. A partnership that only one data set has is denied if the other claims, by
    `complete_for`, to list all partners of one of its cities.

    Args:
        a: The first data set.
        b: The second.
        cities: The cities to compare, by name, id or record (default: all). See `Dataset.around`.

    Raises:
        QueryError: An argument has the wrong type.
        UnknownCityError: Neither has one of *cities*.
    """
    as_whole(a), as_whole(b)
    with collector_paused(), working("comparing"):  # what is made is kept
        return _compared(*((a, b) if cities is None else _parts_about(a, b, cities)))


def _compared(a: Dataset, b: Dataset) -> Comparison:
    matching = match_cities(a, b)
    from_a, from_b = led(matching.matches)
    moved = {id: new for id, new in from_b.items() if id != new}
    ties_a = _by_pair(a, from_a)
    ties_b = _by_pair(b, from_b, known=from_b)
    both = []
    for pair, mine in ties_a.items():
        for tie, other in _zipped(mine, ties_b.get(pair, [])):
            found = tuple(differences_of(renamed(tie, {"cities": from_a}), renamed(other, {"cities": moved})))
            both.append(TwoSided(tie, other, _cities_of(tie, a), found))
    twins_a: dict[str, list[str]] = {}
    twins_b: dict[str, list[str]] = {}
    for match in matching.matches:
        twins_a.setdefault(match.a.id, []).append(match.b.id)
        twins_b.setdefault(match.b.id, []).append(match.a.id)
    unsure_a = {city.id for group in matching.ambiguous for city in group.a}
    unsure_b = {city.id for group in matching.ambiguous for city in group.b}
    only_a = [tie for pair, ties in ties_a.items() if pair not in ties_b for tie in ties]
    only_b = [tie for pair, ties in ties_b.items() if pair not in ties_a for tie in ties]
    return Comparison(
        a,
        b,
        *matching,
        only_a=tuple(_one_sided(tie, a, twins_a, b.complete_for, unsure_a) for tie in only_a),
        only_b=tuple(_one_sided(tie, b, twins_b, a.complete_for, unsure_b) for tie in only_b),
        both=tuple(both),
    )


def _by_pair(
    data: Dataset, led: Mapping[str, str], known: Collection[str] | None = None
) -> dict[object, list[Partnership]]:
    """
    The partnerships by the first data set's ids of their cities; those that it can't have are under a key of their own.
    """
    found: dict[object, list[Partnership]] = {}
    for tie in data.partnerships.values():
        one, other = tie.cities
        first, second = led.get(one, one), led.get(other, other)
        is_known = first != second and (known is None or (one in known and other in known))
        key = ((first, second) if first < second else (second, first)) if is_known else id(tie)
        found.setdefault(key, []).append(tie)
    return found


def _zipped(mine: Sequence[Partnership], theirs: Sequence[Partnership]) -> Iterator[tuple[Partnership, Partnership]]:
    """
    Pair the partnerships of both sides; a side has several if its records of one city are separate.
    """
    for place in range(max(len(mine), len(theirs)) if theirs else 0):
        yield mine[min(place, len(mine) - 1)], theirs[min(place, len(theirs) - 1)]


def _cities_of(tie: Partnership, data: Dataset) -> tuple[City, City]:
    return data.cities[tie.cities[0]], data.cities[tie.cities[1]]


def _one_sided(
    tie: Partnership,
    data: Dataset,
    twins: Mapping[str, Sequence[str]],
    complete_for: Collection[str],
    unsure: Collection[str],
) -> OneSided:
    cities = _cities_of(tie, data)
    # A list of partners doesn't deny a tie that is over, nor one with a city that may be listed as another record.
    denies = tie.status is not PartnershipStatus.ENDED and all(id in twins or id not in unsure for id in tie.cities)
    denied = (c for c in cities if denies and c.id in twins and all(id in complete_for for id in twins[c.id]))
    return OneSided(tie, cities, tuple(denied), is_known=all(city.id in twins for city in cities))


def _parts_about(a: Dataset, b: Dataset, cities: Names) -> tuple[Dataset, Dataset]:
    """
    The parts of both data sets that are about some cities, each of which one of them has.
    """
    matches = match_cities(a, b).matches
    found: tuple[dict[str, None], dict[str, None]] = {}, {}
    several: Iterable[Any] = (
        (cities,) if isinstance(cities, (str, City)) else as_items(cities, object, "names or cities as cities=")
    )
    for named in several:
        ids: list[set[str]] = [set(), set()]
        errors = []
        for place, data in enumerate((a, b)):
            try:
                ids[place].add(data.city(named).id)
            except UnknownCityError as error:
                errors.append(error)
        if len(errors) == 2:
            raise errors[0]
        for match in matches:
            if match.a.id in ids[0] or match.b.id in ids[1]:
                ids[0].add(match.a.id)
                ids[1].add(match.b.id)
        for side, some in zip(found, ids, strict=True):
            side.update(dict.fromkeys(sorted(some)))
    return _part(a, found[0]), _part(b, found[1])


def _part(data: Dataset, ids: Iterable[str]) -> Dataset:
    """
    The part of a data set that is about several cities.
    """
    parts = [data.around(id) for id in ids]
    lists: dict[str, dict[int, Any]] = {}
    for part in parts:
        for name, records in lists_of(part).items():
            lists.setdefault(name, {}).update((id(record), record) for record in records)
    whole = {name: tuple(records.values()) for name, records in lists.items()}
    return type(data)(**{**head_of(data), **whole, "complete_for": joined(*(part.complete_for for part in parts))})
