"""
Selections: the items that a question found, with further questions to ask of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ..errors import QueryError, SelectionError, printable, shown
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from ..model.partnership import Partnership
from ..query.filters import Filter, Moment, Words, make_filter
from ..query.ties import Tie, seen_from
from ..query.whole import Whole
from .exports import SelectionExports
from .keys import KEYS, Key, one_or_none
from .kinds import T_co, hidden, of_ties

if TYPE_CHECKING:
    from ..query.answers import Event

__all__ = ["Selection", "selection_of"]

T = TypeVar("T")


# -- selections ------------------------------------------------------------------------------------


class Selection(SelectionExports[T_co]):
    """
    An immutable collection with an order of what a question found; `Dataset.partners` gives a `Selection[Tie]`, and so does
    a bare `Selection` as an annotation.

    Its ties have questions and exports of their own; a selection of other answers doesn't have these.
    """

    __slots__ = ("_complete", "_kind", "_made", "_make", "_narrowed", "_whole")
    _complete: bool
    _kind: type
    _made: tuple[Any, ...] | None  # `None` until they are first looked at
    _make: Callable[[], Iterable[Any]]
    _narrowed: Callable[[Filter], Any] | None
    _whole: Whole | None

    def __init__(self, items: Iterable[T_co], *, complete: bool = False) -> None:
        made = tuple(items)
        kinds: set[type] = {type(item) for item in made} or {Tie}
        whole = made[0]._whole if made and isinstance(made[0], Tie) else None  # noqa: SLF001  # ties and selections are one house
        self._fill(made, kinds.pop() if len(kinds) == 1 else object, complete=complete, whole=whole)

    def _fill(
        self, made: tuple[Any, ...] | None, kind: type, *, complete: bool = False, whole: Whole | None = None
    ) -> None:
        self._made = made
        self._kind = kind
        self._complete = complete
        self._whole = whole
        self._narrowed = None

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
        return _restored, (self._items, self._kind, self._complete, self._whole)

    def _of(self, items: Iterable[T_co]) -> Selection[T_co]:
        return _restored(items, self._kind, self._complete, self._whole)

    # -- a collection with an order ----------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[T_co]:
        return reversed(self._items)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Selection[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Selection[T_co]:
        if isinstance(index, slice):
            return self._of(self._items[index])
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Selection):
            return self._items == other._items
        return self._items == other if isinstance(other, tuple) else NotImplemented

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

    def index(self, item: object) -> int:
        """
        The place of *item*, counted from 0.

        Raises:
            ValueError: It isn't there.
        """
        return self._items.index(item)

    def count(self, item: object) -> int:
        """
        The number of times that *item* is there.
        """
        return self._items.count(item)

    def __dir__(self) -> Iterable[str]:
        return sorted(set(super().__dir__()) - hidden(type(self), self._kind))

    def __repr__(self) -> str:
        names = _names(self._items, 4)
        return f"<Selection of {len(self)}{': ' if names else ''}{', '.join(names)}{', …' if len(self) > 4 else ''}>"

    def __str__(self) -> str:
        from ..display.text import answers_text

        return answers_text(self._items) if self else repr(self)

    def _repr_html_(self) -> str:
        from ..display.cards import card

        return card(self)

    # -- further questions -------------------------------------------------------------------------

    @overload
    def where(
        self: Selection[Tie],
        keeps: Callable[[Tie], object] | None = None,
        /,
        *,
        country: Words = None,
        area: Words = None,
        status: Words = None,
        kind: Words = None,
        network: Words = None,
        on: Moment | None = None,
        unsure: bool = False,
    ) -> Selection[Tie]: ...
    @overload
    def where(self, keeps: Callable[[T_co], object], /) -> Selection[T_co]: ...
    def where(
        self: Selection[Any],
        keeps: Callable[[Any], object] | None = None,
        /,
        *,
        country: Words = None,
        area: Words = None,
        status: Words = None,
        kind: Words = None,
        network: Words = None,
        on: Moment | None = None,
        unsure: bool = False,
    ) -> Selection[Any]:
        """
        The items for which *keeps* is true, and of ties those that every filter lets through: `country`, `area`,
        `status`, `kind`, `network`, `on` and `unsure`, which are those of `Dataset.partners`.

        Raises:
            UnknownNameError: A filter has a word that exists nowhere in the data set or the world.
            QueryError: A filter is blank, or *keeps* isn't a function.
        """
        found = self
        if unsure or not (country is area is status is kind is network is on is None):
            if self._kind is not Tie:
                raise QueryError(f"expected a selection of ties, got one of {self._kind.__name__}")
            if self._whole is None:
                raise QueryError("expected a selection that a data set gave, got an empty one made by hand")
            sought = make_filter(
                self._whole.vocabulary_index,
                country=country,
                area=area,
                status=status,
                kind=kind,
                network=network,
                on=on,
                unsure=unsure,
            )
            found = self._through(sought)
        if keeps is None:
            return found
        if not callable(keeps):
            raise QueryError(f"expected a function that says what to keep, got {shown(keeps)}")
        return found._of(item for item in found if keeps(item))  # noqa: SLF001  # of its own class

    def _through(self: Selection[Tie], sought: Filter) -> Selection[Tie]:
        narrowed: Selection[Tie] | None = self._narrowed(sought) if self._narrowed is not None else None
        if narrowed is not None:
            return narrowed
        towards = self._items if sought.countries is None else (tie.towards(sought.countries) for tie in self._items)
        return self._of(tie for tie in towards if sought.keeps(tie))

    @overload
    def sort_by(
        self: Selection[Tie], *keys: Key | Callable[[Tie], Any], reverse: bool = False, lang: str | None = None
    ) -> Selection[Tie]: ...
    @overload
    def sort_by(self, *keys: Callable[[T_co], Any], reverse: bool = False) -> Selection[T_co]: ...
    def sort_by(self: Selection[Any], *keys: Any, reverse: bool = False, lang: str | None = None) -> Selection[Any]:
        """
        The items sorted by one key or several, in ascending order or *reverse*; what has no value comes last.

        A key is a function of an item; for ties also a word: country, status, kind, area, network, since, distance_km,
        and name: the partner's, in *lang* if given. Equal items keep their order.

        Raises:
            QueryError: A key is neither, or none is given.
        """
        from ..display.values import sort_key

        if not keys:
            raise QueryError(f"expected a key of {', '.join(KEYS)}, got none")
        items = list(self._items)
        for key in reversed(keys):
            values = self._values_by(key)
            if key == "name":
                values = lambda tie: (sort_key(tie.partner.label(lang), lang or "en"),)  # noqa: E731
            valued = [(values(item), item) for item in items]
            known = [(found[0], item) for found, item in valued if found]
            known.sort(key=lambda pair: pair[0], reverse=reverse)
            items = [item for _, item in known] + [item for found, item in valued if not found]
        return self._of(items)

    @overload
    def group_by(self: Selection[Tie], key: Key | Callable[[Tie], Any]) -> dict[Any, Selection[Tie]]: ...
    @overload
    def group_by(self, key: Callable[[T_co], Any]) -> dict[Any, Selection[T_co]]: ...
    def group_by(self: Selection[Any], key: Any) -> dict[Any, Selection[Any]]:
        """
        The items under each value of *key*, in order of appearance; under `None` those without a value.

        The keys are those of `sort_by`; a tie stands under each of its areas and networks.

        Raises:
            QueryError: *key* isn't one of these, or gives what can't be the key of a dict.
        """
        values = self._values_by(key)
        groups: dict[Any, list[Any]] = {}
        for item in self._items:
            for value in values(item) or (None,):
                if not isinstance(value, Hashable):
                    raise QueryError(f"expected values that can be keys of a dict, got {shown(value)}")
                groups.setdefault(value, []).append(item)
        return {value: self._of(items) for value, items in groups.items()}

    @overload
    def count_by(self: Selection[Tie], key: Key | Callable[[Tie], Any]) -> dict[Any, int]: ...
    @overload
    def count_by(self, key: Callable[[T_co], Any]) -> dict[Any, int]: ...
    def count_by(self: Selection[Any], key: Any) -> dict[Any, int]:
        """
        The number of items under each value of *key*, most first; see `group_by`.
        """
        counts = {value: len(items) for value, items in self.group_by(key).items()}
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def _values_by(self, key: Any) -> Callable[[Any], Sequence[Any]]:
        if callable(key):
            return lambda item: one_or_none(key(item))
        if not isinstance(key, str) or key not in KEYS:
            raise QueryError(f"expected a key of {', '.join(KEYS)}, got {shown(key)}")
        self._ties()
        return KEYS[key]

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

    @of_ties
    def events(self: Selection[Tie]) -> Selection[Event]:
        """
        The dated facts of the ties and of their networks, sorted by date: for a timeline.
        """
        from ..query.answers import Event, events_of

        records: dict[int, tuple[Partnership | CooperationNetwork, Mapping[str, City]]] = {}
        for tie in self._ties():
            cities = tie._whole.cities  # noqa: SLF001  # ties and selections are one house
            records[id(tie.partnership)] = tie.partnership, cities
            records.update((id(network), (network, cities)) for network in (() if tie.direct else tie.networks))
        found = sorted(event for record, cities in records.values() for event in events_of(record, cities))
        return selection_of(Event, found, whole=self._whole)


def selection_of(
    kind: type[T],
    items: Iterable[T] | Callable[[], Iterable[T]],
    *,
    complete: bool = False,
    whole: Whole | None = None,
    narrowed: Callable[[Filter], Selection[T] | None] | None = None,
) -> Selection[T]:
    """
    A selection of one kind of answers.

    Args:
        kind: The class of the items.
        items: The items, or a function that makes them when they are first looked at.
        complete: True if the data set lists all partners of the city that they are of.
        whole: The data set that they come from.
        narrowed: A function that finds those that a filter keeps by an index; `None` from it leaves that to the filter.
    """
    selection: Selection[T] = Selection.__new__(Selection)
    selection._fill(None if callable(items) else tuple(items), kind, complete=complete, whole=whole)  # noqa: SLF001  # of this module
    if callable(items):
        selection._make = items
    selection._narrowed = narrowed  # noqa: SLF001
    return selection


def _restored(items: Iterable[Any], kind: type, complete: bool, whole: Whole | None) -> Selection[Any]:
    return selection_of(kind, items, complete=complete, whole=whole)


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
