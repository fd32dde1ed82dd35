"""
Data sets: records that fit together, with look-ups, questions and exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import DatasetError, Problem, QueryError, RefusedError, counted, placed, printable, shown
from ..model import converters as c
from ..model.areas import shared_areas
from ..model.cards import HasCard
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.lists import LISTS, key_of
from ..model.moments import to_date
from ..model.partnership import Partnership
from ..model.parts import Source
from ..query.index import Index
from ..query.whole import DEFAULT_VOCABULARY, HEAD, HEAD_RULES, head_of, lists_of
from .exports import DatasetExports
from .mappings import AreasById, CitiesById, NetworksById, PartnershipsByPair, SourcesById

if TYPE_CHECKING:
    from ..reconcile.merging import MergeReport, Prefer

__all__ = ["Dataset"]

AnyRecord = City | Partnership | CooperationArea | CooperationNetwork | Source


class Dataset(DatasetExports, HasCard):
    """
    A data set of cities and their twinnings: immutable, equal by content, and checked as a whole when it is made.

    >>> ds = Dataset(
    ...     cities=[City(id="kuopio", name="Kuopio"), City(id="opole", name="Opole")],
    ...     partnerships=[Partnership(cities=("kuopio", "opole"), since="1980")],
    ... )
    >>> ds.partners("Kuopio").one().partner.name
    'Opole'

    Args:
        cities: `City` records.
        partnerships: `Partnership` records, one for each pair.
        areas: `CooperationArea`s beyond those of the vocabulary.
        networks: `CooperationNetwork` records.
        sources: `Source` records.
        id: A name for files and plug-ins.
        title: A title for people.
        version: The version of the data.
        as_of: The date for which it states the facts, EDTF.
        licence: An SPDX licence expression.
        complete_for: The ids of the cities for which it lists all partners.
        vocabulary: The shipped cooperation areas to use, or `None` for none.

    Raises:
        DatasetError: The records don't fit together; `.problems` lists all problems.
    """

    __slots__ = ()

    def __init__(
        self,
        *,
        cities: Iterable[City] = (),
        partnerships: Iterable[Partnership] = (),
        areas: Iterable[CooperationArea] = (),
        networks: Iterable[CooperationNetwork] = (),
        sources: Iterable[Source] = (),
        id: str | None = None,
        title: str | None = None,
        version: str | None = None,
        as_of: EdtfDate | str | None = None,
        licence: str | None = None,
        complete_for: Iterable[str] = (),
        vocabulary: str | None = DEFAULT_VOCABULARY,
    ) -> None:
        problems: list[Problem] = []
        unusable: set[str] = set()  # references to these can't be checked

        def checked(name: str, convert: Any, value: Any, default: Any) -> Any:
            try:
                return convert(value)
            except RefusedError as error:
                problems.extend(placed(error.problems, f"$.{name}"))
                unusable.add(name)
                return error.readable
            except (ValueError, TypeError) as error:
                problems.append(Problem(f"$.{name}", str(error)))
                unusable.add("areas" if name == "vocabulary" else name)
                return default

        lists = {
            "cities": checked("cities", lambda x: c.to_items(x, City), cities, ()),
            "partnerships": checked("partnerships", lambda x: c.to_items(x, Partnership), partnerships, ()),
            "areas": checked("areas", lambda x: c.to_items(x, CooperationArea), areas, ()),
            "networks": checked("networks", lambda x: c.to_items(x, CooperationNetwork), networks, ()),
            "sources": checked("sources", lambda x: c.to_items(x, Source), sources, ()),
        }
        head = {
            "id": checked("id", c.to_optional_text, id, None),
            "title": checked("title", c.to_optional_text, title, None),
            "version": checked("version", c.to_optional_text, version, None),
            "as_of": checked("as_of", to_date, as_of, None),
            "licence": checked("licence", c.to_optional_text, licence, None),
            "complete_for": checked("complete_for", c.to_texts, complete_for, ()),
            "vocabulary": checked("vocabulary", c.to_optional_text, vocabulary, None),
        }
        for name, rule in HEAD_RULES.items():
            if head[name] is not None:
                problems += placed(rule(head[name]), f"$.{name}")
        from ..model.integrity import problems_between
        from ..model.references import by_key_if_sound

        shared = checked("vocabulary", shared_areas, head["vocabulary"], {})
        by_key = None if problems else by_key_if_sound(lists, head["complete_for"], shared)
        if by_key is None:
            between = problems_between(
                lists, complete_for=head["complete_for"], shared_areas=shared, unreadable=unusable
            )
            raise DatasetError([*problems, *between])
        self._fill(by_key, head)

    def _fill(self, by_key: Mapping[str, Any], head: Mapping[str, Any]) -> None:
        by_id: dict[str, Any] = {
            "cities": CitiesById(by_key["cities"]),
            "partnerships": PartnershipsByPair(by_key["partnerships"]),
            "networks": NetworksById(by_key["networks"]),
            "sources": SourcesById(by_key["sources"]),
        }
        vocabulary, own_areas = head["vocabulary"], by_key["areas"]
        index = Index(
            by_id["cities"],
            by_id["partnerships"],
            by_id["networks"],
            make_areas=lambda: AreasById({**shared_areas(vocabulary), **own_areas}),
        )
        self.__attrs_init__(**by_id, **head, index=index)

    # -- value semantics ---------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, Dataset) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.id, self.version, len(self.partnerships), frozenset(self.cities)))

    def __repr__(self) -> str:
        name = f"{self.id} " if self.id else ""
        cities = counted(len(self.cities), "city", "cities")
        ties = f"{counted(len(self.partnerships), 'partnership')}, {counted(len(self.networks), 'network')}"
        return printable(f"<Dataset {name}{f'{self.version} ' if self.version else ''}of {cities}, {ties}>")

    def __copy__(self) -> Dataset:
        return self

    def __deepcopy__(self, memo: object) -> Dataset:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, ({**lists_of(self), **head_of(self)},)

    def _content(self) -> tuple[object, ...]:
        return (
            head_of(self),
            dict(self.cities),
            dict(self.partnerships),
            dict(self.areas),
            dict(self.networks),
            dict(self.sources),
        )

    def with_records(self, *records: AnyRecord, **head: Any) -> Dataset:
        """
        A new data set with *records* added; they replace those with the same id or pair.

        Args:
            records: Cities, partnerships, areas, networks and sources in any order.
            head: New values of head fields, such as `version` and `as_of`.

        Raises:
            DatasetError: The records don't fit together.
            TypeError: *head* has an unknown field.
            QueryError: An argument isn't a record.
        """
        head, lists = self._head_with(head), self._records_by_key()
        for record in records:
            lists[_list_of(record)][key_of(record)] = record
        return _of(head, lists)

    def without(self, *records: AnyRecord, **head: Any) -> Dataset:
        """
        A new data set without these records. Nothing that is left may refer to them.

        Args:
            records: Records of the data set, in any order.
            head: New values of head fields, such as `complete_for`.

        Raises:
            DatasetError: A record that is left refers to one that is removed.
            TypeError: *head* has an unknown field.
            QueryError: A record isn't in the data set.
        """
        head, lists = self._head_with(head), self._records_by_key()
        for record in records:
            name, key = _list_of(record), key_of(record)
            if key not in lists[name]:
                raise QueryError(f"expected records of the data set, got {record!r}")
            del lists[name][key]
        return _of(head, lists)

    def around(self, city: str | City) -> Dataset:
        """
        The part of the data set about a city: the city, its partnerships and networks, and all that these refer to.

        Other cities keep none of their own ties, so only this one can be complete.

        >>> part = Dataset(
        ...     cities=[City(id="a"), City(id="b"), City(id="c")],
        ...     partnerships=[Partnership(cities=("a", "b")), Partnership(cities=("b", "c"))],
        ... ).around("a")
        >>> list(part.cities), len(part.partnerships)
        (['a', 'b'], 1)

        Args:
            city: An id, a name in any spelling, or a `City`.

        Raises:
            UnknownCityError: The city isn't known.
            AmbiguousCityError: Several cities have the name.
            QueryError: The name is blank.
        """
        from .parts import part_around

        return Dataset(**part_around(self, self.city(city).id))

    def merge(
        self, other: Dataset, *, prefer: Prefer | None = None, report: Callable[[MergeReport], object] | None = None
    ) -> Dataset:
        """
        A new data set with the records of both; `twincities.merge` has the rules.

        Args:
            other: Another data set.
            prefer: The side that wins a conflict, `"first"` (this one) or `"second"`; or a function of a `Conflict`.
            report: Called with a `MergeReport` of what was decided and left undecided.

        Raises:
            MergeConflictError: Conflicts are left open; `.conflicts` lists them all.
            QueryError: *other* isn't a data set, or *prefer* or *report* can't be used.
            DatasetError: The areas of both together form a cycle.
        """
        from ..reconcile.merging import merge

        return merge(self, other, prefer=prefer, report=report)

    def _records_by_key(self) -> dict[str, dict[Any, Any]]:
        return {name: {key_of(record): record for record in kept} for name, kept in lists_of(self).items()}

    def _head_with(self, head: Mapping[str, Any]) -> dict[str, Any]:
        if unknown := head.keys() - set(HEAD):
            raise TypeError(f"expected head fields of {', '.join(HEAD)}, got {', '.join(sorted(unknown))}")
        return {**head_of(self), **head}


def _list_of(record: AnyRecord) -> str:
    for name, (kind, _) in LISTS.items():
        if isinstance(record, kind):
            return name
    raise QueryError(
        f"expected a City, Partnership, CooperationArea, CooperationNetwork or Source, got {shown(record)}"
    )


def _of(head: Mapping[str, Any], by_key: Mapping[str, Mapping[Any, Any]]) -> Dataset:
    return _rebuild({**head, **{name: records.values() for name, records in by_key.items()}})


def _rebuild(content: Mapping[str, Any]) -> Dataset:
    return Dataset(**content)


def dataset_of(by_key: Mapping[str, Any], head: Mapping[str, Any]) -> Dataset:
    """
    A data set of records by id or pair that a reader has already checked, to report problems in its own way.
    """
    made = Dataset.__new__(Dataset)
    made._fill(by_key, dict.fromkeys(HEAD) | {"complete_for": ()} | dict(head))  # noqa: SLF001  # its class is here
    return made
