"""
The rules between the records of a data set: ids that are there, and there once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from ..errors import Problem, short, step
from .fields import Field, Shape, fields_of
from .frozen import EMPTY, FrozenDict
from .lists import LISTS
from .record import Readable
from .rules import ID

__all__ = ["Column", "Place", "References", "about", "by_key_if_complete", "place_in_lists", "problems_between"]

R = TypeVar("R")

Column = Callable[[Sequence[Any]], Sequence[Any]]
"""A function that converts one field's values for a run of records."""
Place = Callable[[str, int], str]
"""A function that gives the path of a record of a list: `$.cities[3]`, `line 5 $.city`."""


def place_in_lists(name: str, index: int) -> str:
    """
    The path of a record in a document of one piece.
    """
    return f"$.{name}[{index}]"


def about(record: Any) -> str:
    """
    The name and id of a record, or of what could be read of it, for error messages.
    """
    cities = getattr(record, "cities", None)
    if cities is not None:
        return "–".join(map(_printed, cities))
    id, name = getattr(record, "id", None), getattr(record, "name", None)
    if not isinstance(id, str):
        return "" if name is None else _printed(name)
    return _printed(id) if name in (None, id) else f"{_printed(name)} ({_printed(id)})"


def _printed(text: object) -> str:
    return short(text, 40)[1:-1] if isinstance(text, str) else "?"


def problems_between(
    lists: Mapping[str, Sequence[Any]],
    *,
    complete_for: Sequence[str | None],
    shared_areas: Mapping[str, Any],
    unreadable: Collection[str] = (),
    place: Place = place_in_lists,
    head: str = "$",
) -> Iterator[Problem]:
    """
    The problems between records: ids given twice, ids that lead nowhere, areas and cities in a circle.

    Args:
        lists: The records by list. Of those that are broken, and reported elsewhere, what could be read, or `None`.
        complete_for: The ids in the head of a document.
        shared_areas: The areas of the vocabulary.
        unreadable: The lists that couldn't be read; what refers to them can't be judged.
        place: Where the records are.
        head: Where the head is.
    """
    numbered = {name: [*_numbered(records)] for name, records in lists.items()}
    for name, records in numbered.items():
        yield from _twice(name, records, place)
    for index, area in numbered["areas"]:
        if area.id is not None and area.id in shared_areas:
            expected = "expected an id that the vocabulary doesn't have already"
            yield Problem(f"{place('areas', index)}.id", f"{expected}, got {short(area.id)}", about(area))

    known = {name: {_key(record) for _, record in records} for name, records in numbered.items()}
    known["areas"].update(shared_areas)
    check = _Check({name: ids for name, ids in known.items() if name not in unreadable}, numbered)
    yield from check.ids("cities", complete_for, f"{head}.complete_for", "")
    for name in ("areas", "cities", "partnerships", "networks"):
        for index, record in numbered[name]:
            yield from check.record(record, place(name, index), about(record))
    for name, field, noun in _CIRCLES:
        yield from _circles(numbered[name], name, field, noun, place)


_CIRCLES = (
    ("areas", "broader", "areas"),
    ("cities", "part_of", "cities"),
    ("cities", "succeeded_by", "cities"),
    ("partnerships", "continues", "partnerships"),
)


class References:
    """
    The ids that records refer to, collected while the records come: the quick way to see that a set is complete.
    """

    def __init__(self) -> None:
        self._cities: _Interned[str] = _Interned()
        # As records have them: the same few come again and again, and are compared once.
        self._areas: _Interned[tuple[str, ...]] = _Interned()
        self._sources: _Interned[tuple[str, ...]] = _Interned()
        self._partnerships: _Interned[tuple[str, ...]] = _Interned()
        self._interners: dict[type, list[tuple[str, Column | None]]] = {}

    def interner(self, field: Field) -> Column | None:
        """
        A function that notes the ids in a column of values of *field*, and returns it with equal values shared; `None` for
        a field that doesn't refer to other records.
        """
        city, sources = self._cities.__getitem__, self._sources.__getitem__
        many = {"areas": self._areas, "sources": self._sources}
        match field.refers_to, field.shape:
            case None, _:
                return None
            case "partnerships", _:
                tie = self._partnerships.__getitem__
                return lambda values: [tie(tuple(sorted(ids))) if ids else () for ids in values]
            case "cities", Shape.PAIR:

                def pairs(values: Sequence[Any]) -> list[tuple[str, str]]:
                    ids = map(city, chain.from_iterable(values))
                    return list(zip(ids, ids, strict=True))

                return pairs
            case "cities", Shape.LIST:
                return lambda values: [tuple(map(city, ids)) if ids else () for ids in values]
            case "cities", _:
                return lambda values: [id if id is None else city(id) for id in values]
            case _, Shape.LISTS:
                return lambda values: [
                    FrozenDict(zip(v, map(sources, map(tuple, v.values())), strict=True)) if v else EMPTY
                    for v in values
                ]
        one = many[field.refers_to or ""].__getitem__
        return lambda values: list(map(one, values))

    def collect(self, record: Any) -> None:
        """
        Note what *record* and its parts refer to.
        """
        kind = record.__class__
        if kind not in self._interners:
            self._interners[kind] = [(field.name, self.interner(field)) for field in _referring(kind)]
        for name, interner in self._interners[kind]:
            value = getattr(record, name)
            if not value:
                continue
            if interner is not None:
                interner((value,))
            else:
                for part in value:
                    self.collect(part)

    def by_key_if_complete(
        self, lists: Mapping[str, Sequence[Any]], complete_for: Iterable[str], shared_areas: Mapping[str, Any]
    ) -> dict[str, dict[Any, Any]] | None:
        """
        The records of *lists*, all of which were seen, by their keys; `None` where `problems_between` would find something.
        """
        by_key = {name: dict(zip(map(key_of, lists[name]), lists[name], strict=True)) for name, key_of in _KEYS.items()}
        once = all(len(records) == len(lists[name]) for name, records in by_key.items())
        cities = by_key["cities"]
        right = (
            once
            and by_key["areas"].keys().isdisjoint(shared_areas)
            and cities.keys() >= {*self._cities, *complete_for}
            and by_key["sources"].keys() >= set(chain.from_iterable(self._sources))
            and by_key["areas"].keys() | shared_areas.keys() >= set(chain.from_iterable(self._areas))
            and by_key["partnerships"].keys() >= self._partnerships.keys() - {()}
            and not any(chain.from_iterable(_all_circles(lists)))
        )
        return by_key if right else None


def _all_circles(lists: Mapping[str, Sequence[Any]]) -> Iterator[Iterator[Problem]]:
    for name, field, noun in _CIRCLES:
        get, leading = attrgetter(field), []
        if any(map(get, lists[name])):
            leading = [(index, record) for index, record in enumerate(lists[name]) if get(record)]
        yield _circles(leading, name, field, noun, place_in_lists)


class _Interned(dict[R, R]):
    """
    Values, each once: what is asked for comes in, and the first that was equal comes out.
    """

    __slots__ = ()

    def __missing__(self, value: R) -> R:
        self[value] = value
        return value


@cache
def _referring(kind: type) -> list[Field]:
    """
    The fields of a class of records that refer to other records, or hold parts that may.
    """
    return [
        field
        for field in fields_of(kind)
        if field.refers_to or (field.holds_records and field.shape is Shape.LIST and _referring(field.item))
    ]


def _kind_of(record: Any) -> Any:
    return record.of_kind if isinstance(record, Readable) else type(record)


def _key(record: Any) -> Any:
    """
    The id of a record, or its pair.
    """
    if _kind_of(record) is not LISTS["partnerships"][0]:
        return record.id
    cities = record.cities
    return tuple(sorted(cities)) if cities and None not in cities else None


_KEYS = {name: attrgetter("cities" if name == "partnerships" else "id") for name in LISTS}


def by_key_if_complete(
    lists: Mapping[str, Sequence[Any]], complete_for: Iterable[str], shared_areas: Mapping[str, Any]
) -> dict[str, dict[Any, Any]] | None:
    """
    The records of *lists* by their keys, or `None` where `problems_between` would find something: the quick way, for sets
    that are right.
    """
    references = References()
    for records in lists.values():
        for record in records:
            references.collect(record)
    return references.by_key_if_complete(lists, complete_for, shared_areas)


def _numbered(records: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    return ((index, record) for index, record in enumerate(records) if record is not None)


def _twice(name: str, records: Iterable[tuple[int, Any]], place: Place) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for index, record in records:
        key = _key(record)
        if key is None:
            continue
        if key in first:
            noun = "pair" if isinstance(key, tuple) else "id"
            text = " and ".join(map(short, key)) if isinstance(key, tuple) else short(key)
            yield Problem(
                place(name, index),
                f"expected one record for each {noun}, got {text} again, first at {place(name, first[key])}",
                about(record),
            )
        else:
            first[key] = index


class _Check:
    """
    The check that references lead to records.
    """

    def __init__(self, known: Mapping[str, Collection[Any]], numbered: Mapping[str, Sequence[tuple[int, Any]]]) -> None:
        self._known = known
        self._numbered = numbered
        self._near: dict[str, dict[str, str]] = {}

    def _meant(self, to: str, id: str) -> str:
        """
        The hint at an id that differs from *id* in case alone, or whose record has it as its name.
        """
        if to not in self._near:
            records = [record for _, record in self._numbered[to] if isinstance(record.id, str)]
            names = {name.casefold(): record.id for record in records if (name := getattr(record, "name", None))}
            self._near[to] = names | {record.id.casefold(): record.id for record in records}
        meant = self._near[to].get(id.casefold())
        return f"; did you mean {short(meant)}?" if meant else ""

    def ids(self, to: str, ids: Iterable[Any], path: str, name: str) -> Iterator[Problem]:
        known = self._known.get(to)
        if known is not None:
            for index, id in enumerate(ids):
                if id is not None and id not in known and ID.holds(id):  # of its form a rule speaks
                    message = f"expected the id of {_A[to]}, got {short(id)}{self._meant(to, id)}"
                    yield Problem(f"{path}[{index}]", message, name)

    def record(self, record: Any, path: str, name: str) -> Iterator[Problem]:
        """
        The references of a record and its parts, or of what could be read of it, that lead nowhere.
        """
        for field in _referring(_kind_of(record)):
            value, below = getattr(record, field.name), f"{path}.{field.name}"
            if not value:
                continue
            if field.holds_records:
                for index, part in enumerate(value):
                    if part is not None:
                        yield from self.record(part, f"{below}[{index}]", name)
            elif field.shape is Shape.LISTS:
                for key, ids in value.items():
                    yield from self.ids(field.refers_to or "", ids, below + step(key), name)
            elif field.refers_to == "partnerships":
                yield from self._pair(value, below, name)
            elif field.shape is Shape.ONE:
                for problem in self.ids(field.refers_to or "", [value], below, name):
                    yield Problem(below, problem.message, name)
            else:
                yield from self.ids(field.refers_to or "", value, below, name)

    def _pair(self, pair: Sequence[Any], path: str, name: str) -> Iterator[Problem]:
        known = self._known.get("partnerships")
        right = len(pair) == 2 and None not in pair and all(map(ID.holds, pair))
        if known is not None and right and tuple(sorted(pair)) not in known:
            got = " and ".join(map(short, pair))
            yield Problem(path, f"expected the cities of {_A['partnerships']}, got {got}", name)


_A = {
    "cities": "a city in the data set",
    "areas": "a cooperation area of the data set or its vocabulary",
    "sources": "a source in the data set",
    "partnerships": "a partnership in the data set",
}


def _circles(records: Sequence[tuple[int, Any]], name: str, field: str, noun: str, place: Place) -> Iterator[Problem]:
    """
    The records that lead to themselves by way of others: areas that are broader than themselves (SKOS Reference, section
    8.6.8, leaves this to applications), cities that are part of themselves.
    """
    # An area of the shared vocabulary can't be part of a circle: it leads to shared areas only.
    leads = {_key(record): _targets(record, field) for _, record in records}
    settled: set[Any] = set()
    for index, record in records:
        trail: dict[Any, None] = {}
        waiting = [(_key(record), False)]
        while waiting:
            key, done = waiting.pop()
            if done:
                settled.add(key)
                del trail[key]
            elif key in trail:
                circle = [*trail, key]
                text = " > ".join(map(_text_of, circle[circle.index(key) :]))
                yield Problem(
                    f"{place(name, index)}.{field}", f"expected no circle of {noun}, got {text}", about(record)
                )
            elif key in leads and key not in settled:
                trail[key] = None
                waiting.append((key, True))
                waiting += [(above, False) for above in leads[key]]


def _targets(record: Any, field: str) -> list[Any]:
    ids = [id for id in getattr(record, field) or () if id is not None]
    if field != "continues":
        return ids
    return [tuple(sorted(ids))] if len(ids) == 2 else []


def _text_of(key: Any) -> str:
    return "–".join(key) if isinstance(key, tuple) else str(key)
