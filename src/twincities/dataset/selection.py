"""
Selections: the items that a question found, with further questions to ask of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ..errors import QueryError, SelectionError, printable, shown
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.partnership import Partnership
from ..query.filters import Filter, Moment, Words, make_filter
from ..query.ties import Tie, seen_from
from ..query.whole import Whole
from .exports import SelectionExports

if TYPE_CHECKING:
    from ..query.answers import Event

__all__ = ["Selection"]


# -- the keys that ties are sorted, grouped and counted by -----------------------------------------

_KEYS: Mapping[str, Callable[[Tie], Sequence[Any]]] = {
    # each gives the values of a tie: none, one, or several
    "country": lambda tie: _one(tie.partner.country_code),
    "status": lambda tie: _one(tie.status),
    "kind": lambda tie: _one(tie.kind),
    "area": lambda tie: tie.area_ids,
    "network": lambda tie: [network.id for network in tie.networks],
    "since": lambda tie: _one(tie.since),
    "distance_km": lambda tie: _one(tie.distance_km),
    "name": lambda tie: _one(tie.partner.name),
}


def _one(value: Any) -> Sequence[Any]:
    return () if value is None else (value,)


def _values_by(key: str) -> Callable[[Tie], Sequence[Any]]:
    values = _KEYS.get(key) if isinstance(key, str) else None
    if values is None:
        raise QueryError(f"expected a key of {', '.join(_KEYS)}, got {shown(key)}")
    return values


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Selection(SelectionExports[T_co], Sequence[T_co], Generic[T_co]):
    """
    An immutable sequence of what a question found; `Dataset.partners` gives a `Selection[Tie]`.
    """

    __slots__ = ("_complete", "_either", "_made", "_make", "_narrowed", "_whole")
    _either: bool  # whether its ties are seen from either city, and turn to where a partner is asked for
    _made: tuple[Any, ...] | None
    _make: Callable[[], Iterable[Any]]
    _narrowed: Callable[[Filter], Any] | None

    def __init__(self, items: Iterable[T_co], *, complete: bool = False, whole: Whole | None = None) -> None:
        # As with ties: plain slots behind properties.
        self._made = tuple(items)
        self._whole = whole
        self._narrowed = None
        self._complete = complete
        self._either = False

    @property
    def complete(self) -> bool:
        """
        True if the data set says that it lists all partners of the city asked about: where it doesn't, an empty selection
        is not a no.
        """
        return self._complete

    @property
    def _items(self) -> tuple[T_co, ...]:
        made = self._made
        if made is None:
            # Two threads may both make them: they make the same.
            made = tuple(self._make())
            self._made = made
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._items, self.complete, self._whole, self._either)

    # -- a sequence --------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Selection[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Selection[T_co]:
        if isinstance(index, slice):
            return self._of(self._items[index])
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Selection) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __contains__(self, item: object) -> bool:
        """
        True if it holds *item*, or a tie to it: a city by its record, id or name. Of a cousin that is the city too.

        It never raises: a name that is no city's isn't in it.
        """
        if item in self._items:
            return True
        if not isinstance(item, (str, City)):
            return False
        cities = {city.id: city for city in map(_city_of, self._items) if city is not None}
        if isinstance(item, City):
            return cities.get(item.id) == item
        from ..query.names import NameIndex

        return bool(NameIndex(cities).resolve(item))

    def __repr__(self) -> str:
        names = _names(self._items, 4)
        return f"<Selection of {len(self)}{': ' if names else ''}{', '.join(names)}{', …' if len(self) > 4 else ''}>"

    def __str__(self) -> str:
        from ..display.text import answers_text

        return answers_text(self) if self else repr(self)

    def _repr_html_(self) -> str:
        from ..display.cards import card

        return card(self)

    def _of(self, items: Iterable[T_co]) -> Selection[T_co]:
        return _restore(items, self.complete, self._whole, self._either)

    # -- further questions -------------------------------------------------------------------------

    def where(
        self: Selection[Tie],
        *,
        country: Words = None,
        area: Words = None,
        status: Words = None,
        kind: Words = None,
        network: Words = None,
        on: Moment | None = None,
        unsure: bool = False,
    ) -> Selection[Tie]:
        """
        The ties that every given filter lets through; the filters are those of `Dataset.partners`.

        Raises:
            UnknownNameError: A filter has a word that exists nowhere in the data set or the world.
            QueryError: A filter is blank.
        """
        whole = self._whole
        if whole is None:
            if not self._ties():
                raise QueryError("expected a selection that a data set gave, got an empty one made by hand")
            whole = self[0]._whole  # noqa: SLF001  # ties and selections are one house
        sought = make_filter(
            whole.vocabulary_index,
            country=country,
            area=area,
            status=status,
            kind=kind,
            network=network,
            on=on,
            unsure=unsure,
        )
        found: Selection[Tie] | None = self._narrowed(sought) if self._narrowed is not None else None
        if found is not None:
            return found
        ties: Iterable[Tie] = self._ties()
        if self._either and sought.countries is not None:
            ties = (_towards(sought.countries, tie) for tie in ties)
        kept = tuple(tie for tie in ties if sought.keeps(tie))
        return _restore(kept, self.complete, self._whole, self._either and sought.countries is None)

    def sort_by(self: Selection[Tie], *keys: str, reverse: bool = False, lang: str | None = None) -> Selection[Tie]:
        """
        The ties sorted by one key or several, in ascending order or *reverse*; what has no value comes last.

        Keys: country, status, kind, area, network, since, distance_km, and name: the partner's, in *lang* if given.
        Equal ties keep their order.

        Raises:
            QueryError: A key isn't one of these, or none is given.
        """
        from ..display.values import sort_key

        if not keys:
            raise QueryError(f"expected a key of {', '.join(_KEYS)}, got none")
        ties = list(self._ties())
        for key in reversed(keys):
            values = (
                _values_by(key) if key != "name" else lambda tie: (sort_key(tie.partner.label(lang), lang or "en"),)
            )
            known = [tie for tie in ties if values(tie)]
            known.sort(key=lambda tie: values(tie)[0], reverse=reverse)
            ties = known + [tie for tie in ties if not values(tie)]
        return self._of(ties)

    def group_by(self: Selection[Tie], key: str) -> dict[Any, Selection[Tie]]:
        """
        The ties under each value of *key*, in order of appearance; under `None` those without a value.

        A tie stands under each of its areas and networks. The keys are those of `sort_by`.

        Raises:
            QueryError: *key* isn't one of these.
        """
        values = _values_by(key)
        groups: dict[Any, list[Tie]] = {}
        for tie in self._ties():
            for value in values(tie) or (None,):
                groups.setdefault(value, []).append(tie)
        return {value: self._of(ties) for value, ties in groups.items()}

    def count_by(self: Selection[Tie], key: str) -> dict[Any, int]:
        """
        The number of ties under each value of *key*, most first; see `group_by`.
        """
        counts = {value: len(ties) for value, ties in self.group_by(key).items()}
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def one(self) -> T_co:
        """
        The only item.

        Raises:
            SelectionError: There is none, or more than one.
        """
        if len(self) != 1:
            raise SelectionError(f"expected exactly one, got {len(self)}")
        return self._items[0]

    def first(self) -> T_co | None:
        """
        The first item, or `None`.
        """
        return self._items[0] if self._items else None

    def events(self: Selection[Tie]) -> tuple[Event, ...]:
        """
        The dated facts of the ties and of their networks, sorted by date: for a timeline.
        """
        from ..query.answers import events_of

        records: dict[int, tuple[Partnership | CooperationNetwork, Mapping[str, City]]] = {}
        for tie in self._ties():
            cities = tie._whole.cities  # noqa: SLF001  # ties and selections are one house
            records[id(tie.partnership)] = tie.partnership, cities
            records.update((id(network), (network, cities)) for network in (() if tie.direct else tie.networks))
        return tuple(sorted(event for record, cities in records.values() for event in events_of(record, cities)))


def lazy_selection(
    make: Callable[[], Iterable[T]],
    *,
    whole: Whole | None = None,
    narrowed: Callable[[Filter], Selection[T] | None] | None = None,
    either: bool = False,
) -> Selection[T]:
    """
    A selection that makes its items when they are first looked at.

    Args:
        make: A function that makes them.
        whole: The data set that they come from.
        narrowed: A function that finds those that a filter keeps by an index; `None` from it leaves that to the filter.
        either: Whether a tie may be turned so that its partner is in the country asked for.
    """
    selection: Selection[T] = Selection((), whole=whole)
    selection._made = None  # noqa: SLF001  # of this module
    selection._make = make
    selection._narrowed = narrowed  # noqa: SLF001
    selection._either = either  # noqa: SLF001
    return selection


def _restore(items: Iterable[Any], complete: bool, whole: Whole | None, either: bool) -> Selection[Any]:
    selection = Selection(items, complete=complete, whole=whole)
    selection._either = either  # noqa: SLF001  # of its own class
    return selection


def _towards(countries: Collection[str], tie: Tie) -> Tie:
    """
    A tie that is seen from either city, turned so that its partner is in *countries* where one of the two is.
    """
    if tie.partner.country_code not in countries and tie.city.country_code in countries:
        return tie.turned()
    return tie


def _city_of(item: object) -> City | None:
    city = item.partner if isinstance(item, Tie) else getattr(item, "city", item)
    return city if isinstance(city, City) else None


def _names(items: Sequence[object], most: int) -> list[str]:
    """
    The names of the first *most* items.
    """
    ties = [item for item in items if isinstance(item, Tie)]
    if len(ties) == len(items):
        from ..display.ties import tie_labels

        return list(map(printable, tie_labels(ties[:most], hub=seen_from(ties))))
    return [printable(name) if (name := getattr(item, "name", None)) else repr(item) for item in items[:most]]
