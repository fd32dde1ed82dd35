"""
The rules between the records of a data set: ids are unique, references lead to records, and nothing leads to itself.

`references` checks quickly if they all hold; this module finds every problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from ..errors import Problem, shown, step
from .fields import Field, Shape, fields_of
from .lists import LISTS
from .record import Readable, about
from .rules import ID

Place = Callable[[str, int], str]
"""A function from a list and an index to the path of a record: `$.cities[3]`, `line 5 $.city`."""

_Numbered = Sequence[tuple[int, Any]]
"""Records with their indexes."""


def place_in_lists(name: str, index: int) -> str:
    """
    The path of a record in a JSON document.
    """
    return f"$.{name}[{index}]"


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
    The problems between records: duplicate ids, references that lead nowhere, cycles.

    Args:
        lists: The records by list. A broken record, which is reported elsewhere, is given as what could be read of it, or
            as `None`.
        complete_for: The ids in the head of a document.
        shared_areas: The areas of the vocabulary.
        unreadable: The lists that couldn't be read; references to them aren't checked.
        place: The paths of records.
        head: The path of the head.
    """
    numbered = {
        name: [(index, record) for index, record in enumerate(records) if record is not None]
        for name, records in lists.items()
    }
    for name, records in numbered.items():
        yield from _duplicates(name, records, place)
    for index, area in numbered["areas"]:
        if area.id is not None and area.id in shared_areas:
            expected = "expected an id that isn't in the shared vocabulary"
            yield Problem(f"{place('areas', index)}.id", f"{expected}, got {shown(area.id)}", about(area))

    known = {name: {_key(record) for _, record in records} for name, records in numbered.items()}
    known["areas"].update(shared_areas)
    references = _ReferenceCheck({name: ids for name, ids in known.items() if name not in unreadable}, numbered)
    yield from references.of_ids("cities", complete_for, f"{head}.complete_for", "")
    for name in ("areas", "cities", "partnerships", "networks"):
        for index, record in numbered[name]:
            yield from references.of_record(record, place(name, index), about(record))
    for name, field in _HIERARCHIES:
        yield from _cycles(name, field, numbered[name], place)


def _key(record: Any) -> Any:
    """
    The id of a record, or the pair of a partnership; `None` if it couldn't be read.
    """
    if _class_of(record) is not LISTS["partnerships"][0]:
        return record.id
    cities = record.cities
    return tuple(sorted(cities)) if cities and None not in cities else None


def _class_of(record: Any) -> Any:
    return record.of_kind if isinstance(record, Readable) else type(record)


def _duplicates(name: str, records: _Numbered, place: Place) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for index, record in records:
        key = _key(record)
        if key is None:
            continue
        if key in first:
            noun = "pair" if isinstance(key, tuple) else "id"
            text = " and ".join(map(shown, key)) if isinstance(key, tuple) else shown(key)
            message = f"expected one record for each {noun}, got {text} again, first at {place(name, first[key])}"
            yield Problem(place(name, index), message, about(record))
        else:
            first[key] = index


# -- references ------------------------------------------------------------------------------------


@cache
def referring_fields(kind: type) -> list[Field]:
    """
    The fields of a class of records that refer to other records, or hold parts that may.
    """
    return [
        field
        for field in fields_of(kind)
        if field.refers_to or (field.holds_records and field.shape is Shape.LIST and referring_fields(field.item))
    ]


_EXPECTED = {
    "cities": "expected the id of a city in the data set",
    "areas": "expected the id of a cooperation area in the data set or its vocabulary",
    "sources": "expected the id of a source in the data set",
    "partnerships": "expected the cities of a partnership in the data set",
}


class _ReferenceCheck:
    """
    The check that references lead to records.
    """

    def __init__(self, known: Mapping[str, Collection[Any]], numbered: Mapping[str, _Numbered]) -> None:
        self._known = known
        self._numbered = numbered
        self._ids_by_folded: dict[str, dict[str, str]] = {}

    def of_record(self, record: Any, path: str, name: str) -> Iterator[Problem]:
        """
        The references of a record and its parts, or of what could be read of it, that lead nowhere.
        """
        for field in referring_fields(_class_of(record)):
            value, below, to = getattr(record, field.name), f"{path}.{field.name}", field.refers_to
            if not value:
                continue
            if to is None:
                for index, part in enumerate(value):
                    if part is not None:
                        yield from self.of_record(part, f"{below}[{index}]", name)
            elif to == "partnerships":
                yield from self._of_pair(value, below, name)
            elif field.shape is Shape.LISTS:
                for key, ids in value.items():
                    yield from self.of_ids(to, ids, below + step(key), name)
            elif field.shape is Shape.ONE:
                yield from self._of_id(to, value, below, name)
            else:
                yield from self.of_ids(to, value, below, name)

    def of_ids(self, to: str, ids: Iterable[Any], path: str, name: str) -> Iterator[Problem]:
        """
        The *ids* that lead to no record of the list *to*.
        """
        for index, id in enumerate(ids):
            yield from self._of_id(to, id, f"{path}[{index}]", name)

    def _of_id(self, to: str, id: Any, path: str, name: str) -> Iterator[Problem]:
        known = self._known.get(to)
        if known is not None and id is not None and id not in known and ID.holds(id):  # another rule checks the form
            yield Problem(path, f"{_EXPECTED[to]}, got {shown(id)}{self._suggestion(to, id)}", name)

    def _of_pair(self, pair: Sequence[Any], path: str, name: str) -> Iterator[Problem]:
        known = self._known.get("partnerships")
        well_formed = len(pair) == 2 and None not in pair and all(map(ID.holds, pair))
        if known is not None and well_formed and tuple(sorted(pair)) not in known:
            got = " and ".join(map(shown, pair))
            yield Problem(path, f"{_EXPECTED['partnerships']}, got {got}", name)

    def _suggestion(self, to: str, id: str) -> str:
        """
        A hint if *id* is the name of a record, or differs from an id only in case.
        """
        if to not in self._ids_by_folded:
            records = [record for _, record in self._numbered[to] if isinstance(record.id, str)]
            names = {name.casefold(): record.id for record in records if (name := getattr(record, "name", None))}
            self._ids_by_folded[to] = names | {record.id.casefold(): record.id for record in records}
        meant = self._ids_by_folded[to].get(id.casefold())
        return f"; did you mean {shown(meant)}?" if meant else ""


# -- cycles ----------------------------------------------------------------------------------------

_HIERARCHIES = (
    ("areas", "broader"),
    ("cities", "part_of"),
    ("cities", "succeeded_by"),
    ("partnerships", "continues"),
)
"""The fields that lead from one record of a list to others of the same list."""


def has_cycle(lists: Mapping[str, Collection[Any]]) -> bool:
    """
    True if a record leads to itself.
    """
    return any(
        any(map(attrgetter(field), lists[name]))
        and any(_cycles(name, field, [*enumerate(lists[name])], place_in_lists))
        for name, field in _HIERARCHIES
    )


def _cycles(name: str, field: str, records: _Numbered, place: Place) -> Iterator[Problem]:
    """
    The records that lead to themselves by way of others: an area broader than itself (SKOS Reference, section 8.6.8,
    leaves this to applications), a city that is part of itself.
    """
    # Areas of the shared vocabulary lead only to each other, so they are in no cycle.
    leading = [(index, record) for index, record in records if getattr(record, field)]
    targets = {_key(record): _targets(record, field) for _, record in leading}
    settled: set[Any] = set()
    for index, record in leading:
        trail: dict[Any, None] = {}
        waiting = [(_key(record), False)]
        while waiting:
            key, is_done = waiting.pop()
            if is_done:
                settled.add(key)
                del trail[key]
            elif key in trail:
                cycle = [*trail, key]
                got = " > ".join(
                    "–".join(key) if isinstance(key, tuple) else str(key) for key in cycle[cycle.index(key) :]
                )
                yield Problem(f"{place(name, index)}.{field}", f"expected no cycle of {name}, got {got}", about(record))
            elif key in targets and key not in settled:
                trail[key] = None
                waiting.append((key, True))
                waiting += [(target, False) for target in targets[key]]


def _targets(record: Any, field: str) -> list[Any]:
    ids = [id for id in getattr(record, field) if id is not None]
    if field != "continues":
        return ids
    return [tuple(sorted(ids))] if len(ids) == 2 else []
