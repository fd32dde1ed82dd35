"""
Selections: the answers to a question, which can be filtered, sorted, grouped and exported.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ..errors import QueryError, SelectionError
from ..model.arguments import Words, as_function, as_items, is_any_given
from ..model.cards import HasCard
from ..model.city import City
from ..model.moments import Moment
from ..query.names import NameIndex
from ..query.ties import Tie
from ..query.whole import Whole
from .kinds import T_co, check_ties, hidden, of_ties
from .selection_exports import SelectionExports

if TYPE_CHECKING:
    from ..query.answers import Event
    from ..query.filters import Filter
    from .keys import Key

__all__ = ["Selection", "selection_of"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Selection(SelectionExports[T_co], HasCard):
    """
    An immutable, ordered collection of answers, such as the ties that `Dataset.partners` finds.

    Charts, maps, graphs and `events` exist only for ties. As an annotation, a bare `Selection` means `Selection[Tie]`.

    Args:
        items: The answers, in order.
        complete: True if they are all partners of a city; see the property.
    """

    __slots__ = ("_complete", "_kind", "_made", "_make", "_narrowed", "_whole")
    _complete: bool
    _kind: type
    _made: tuple[Any, ...] | None  # `None` until first used
    _make: Callable[[], Iterable[Any]]
    _narrowed: Callable[[Filter], Any] | None
    _whole: Whole | None

    def __init__(self, items: Iterable[T_co], *, complete: bool = False) -> None:
        made = as_items(items, object, "answers as items")
        kinds: set[type] = {type(item) for item in made} or {Tie}
        whole = made[0]._whole if made and isinstance(made[0], Tie) else None
        self._fill(made, kinds.pop() if len(kinds) == 1 else object, complete=bool(complete), whole=whole)

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
        True if the data set claims to list all partners of the city asked about. If not, an empty selection proves nothing.
        """
        return self._complete

    @property
    def _items(self) -> tuple[T_co, ...]:
        made = self._made
        if made is None:
            # Two threads may both do this: they get equal items.
            made = tuple(self._make())
            self._made = made
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._items, self._kind, self._complete, self._whole)

    def _of(self, items: Iterable[T_co]) -> Selection[T_co]:
        return _restored(items, self._kind, self._complete, self._whole)

    # -- collection --------------------------------------------------------------------------------

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
        True if *item* is in the selection. A city, by record, id or name, is in it as the partner of a tie, or as the `city`
        of another answer.
        """
        if item in self._items:
            return True
        if not isinstance(item, (str, City)):
            return False
        cities = {city.id: city for city in map(_city_of, self._items) if city is not None}
        if isinstance(item, City):
            return cities.get(item.id) == item
        return bool(NameIndex(cities).resolve(item))

    def index(self, item: object) -> int:
        """
        The position of *item*, counted from 0.

        Raises:
            ValueError: It isn't in the selection.
        """
        return self._items.index(item)

    def count(self, item: object) -> int:
        """
        The number of times that *item* is in the selection.
        """
        return self._items.count(item)

    def __dir__(self) -> Iterable[str]:
        return sorted(set(super().__dir__()) - hidden(type(self), self._kind))

    def __repr__(self) -> str:
        from ..display.ties import names_of

        names = names_of(self._items, 4)
        return f"<Selection of {len(self)}{': ' if names else ''}{', '.join(names)}{', …' if len(self) > 4 else ''}>"

    def __str__(self) -> str:
        from ..display.text import answers_text

        return answers_text(self._items) if self else repr(self)

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
        The items for which *keeps* is true and that pass every filter.

        Only ties can be filtered by `country`, `area`, `status`, `kind`, `network`, `on` and `unsure`; see
        `Dataset.partners`.

        Raises:
            UnknownNameError: A word of a filter isn't known.
            InvalidDateError: *on* isn't a date, an interval or a year.
            QueryError: A filter is blank, the items aren't ties, or *keeps* isn't a function.
        """
        found = self
        if is_any_given(country, area, status, kind, network, on, unsure=unsure):
            check_ties(self._kind)
            if self._whole is None:
                raise QueryError("expected a selection that a data set gave, got an empty one made by hand")
            from ..query.filters import make_filter

            words = self._whole._index.vocabulary
            found = self._through(make_filter(words, country, area, status, kind, network, on, unsure=unsure))
        if keeps is None:
            return found
        as_function(keeps, "keeps")
        return found._of(item for item in found if keeps(item))  # noqa: SLF001  # its own class

    def _through(self: Selection[Tie], sought: Filter) -> Selection[Tie]:
        narrowed: Selection[Tie] | None = self._narrowed(sought) if self._narrowed is not None else None
        if narrowed is not None:
            return narrowed
        ties: Iterable[Tie] = self._items
        if sought.countries is not None:
            ties = (tie._towards(sought.countries) for tie in ties)  # noqa: SLF001  # only selections of all ties turn them
        return self._of(tie for tie in ties if sought.keeps(tie))

    @overload
    def sort_by(
        self: Selection[Tie], *keys: Key | Callable[[Tie], Any], reverse: bool = False, lang: str | None = None
    ) -> Selection[Tie]: ...
    @overload
    def sort_by(self, *keys: Callable[[T_co], Any], reverse: bool = False) -> Selection[T_co]: ...
    def sort_by(self: Selection[Any], *keys: Any, reverse: bool = False, lang: str | None = None) -> Selection[Any]:
        """
        The items sorted by one key or several; items without a value come last, also in *reverse*.

        A key is a function of an item. For ties it may be a word: country, status, kind, area, network, since,
        distance_km or name, the partner's name in *lang* if given. Equal items keep their order.

        Raises:
            QueryError: No key is given; a key is neither a function nor one of these words, or gives values that have no order.
        """
        from .keys import in_order

        return self._of(in_order(self._items, self._kind, keys, reverse=reverse, lang=lang))

    @overload
    def group_by(self: Selection[Tie], key: Key) -> dict[Any, Selection[Tie]]: ...
    @overload
    def group_by(self, key: Callable[[T_co], K]) -> dict[K, Selection[T_co]]: ...
    def group_by(self: Selection[Any], key: Any) -> dict[Any, Selection[Any]]:
        """
        The items by value of *key*, in order of appearance; `None` has those without a value.

        Takes the keys of `sort_by`. A tie is listed under each of its areas and networks.

        Raises:
            QueryError: *key* isn't one of these, or gives a value that isn't hashable.
        """
        from .keys import grouped

        return {value: self._of(items) for value, items in grouped(self._items, self._kind, key).items()}

    @overload
    def count_by(self: Selection[Tie], key: Key) -> dict[Any, int]: ...
    @overload
    def count_by(self, key: Callable[[T_co], K]) -> dict[K, int]: ...
    def count_by(self: Selection[Any], key: Any) -> dict[Any, int]:
        """
        The number of items by value of *key*, most first; takes the keys of `sort_by`.

        Raises:
            QueryError: *key* isn't one of these, or gives a value that isn't hashable.
        """
        from .keys import grouped

        counts = {value: len(items) for value, items in grouped(self._items, self._kind, key).items()}
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def one(self) -> T_co:
        """
        The only item.

        Raises:
            SelectionError: There is no item, or more than one.
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
        The dated facts about the ties and their networks, sorted by date.
        """
        from ..query.answers import Event, events_of_ties

        return selection_of(Event, events_of_ties(self._ties()), whole=self._whole)


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
        items: The items, or a function that makes them when they are first used.
        complete: True if the data set claims to list all partners of the city asked about.
        whole: The data set that they come from.
        narrowed: A function that applies a filter by index; it gives `None` if the filter has to look at each item.
    """
    selection: Selection[T] = Selection.__new__(Selection)
    selection._fill(None if callable(items) else tuple(items), kind, complete=complete, whole=whole)  # noqa: SLF001  # its class is here
    if callable(items):
        selection._make = items
    selection._narrowed = narrowed  # noqa: SLF001
    return selection


def _restored(items: Iterable[Any], kind: type, complete: bool, whole: Whole | None) -> Selection[Any]:
    return selection_of(kind, items, complete=complete, whole=whole)


def _city_of(item: object) -> City | None:
    city = item.partner if isinstance(item, Tie) else getattr(item, "city", item)
    return city if isinstance(city, City) else None
