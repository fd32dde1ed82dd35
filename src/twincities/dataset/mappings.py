"""
Read-only mappings of records by id: `[]` raises with suggestions, `.get` gives `None`, `in` never raises.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, TypeVar

from ..errors import (
    UnknownAreaError,
    UnknownCityError,
    UnknownNameError,
    UnknownNetworkError,
    UnknownPartnershipError,
    UnknownSourceError,
)
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.frozen import FrozenDict
from ..model.partnership import Partnership
from ..model.parts import Source
from ..query.names import nearest

K = TypeVar("K")
R = TypeVar("R")


class _Records(FrozenDict[K, R]):
    """
    A mapping that notebooks show as a table.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ..display.cards import card

        return card(tuple(self.values()))


class _ById(_Records[str, R]):
    __slots__ = ()
    _unknown: ClassVar[type[UnknownNameError]]

    def __missing__(self, key: object) -> NoReturn:
        suggest = isinstance(key, str) and len(self) <= 1000  # too slow for a large data set
        raise self._unknown(key, nearest(str(key), self) if suggest else ())

    def __contains__(self, key: object) -> bool:
        return _has(super(), key)


class CitiesById(_ById[City]):
    """
    Cities by id.
    """

    __slots__ = ()
    _unknown = UnknownCityError


class AreasById(_ById[CooperationArea]):
    """
    Cooperation areas by id.
    """

    __slots__ = ()
    _unknown = UnknownAreaError


class NetworksById(_ById[CooperationNetwork]):
    """
    Cooperation networks by id.
    """

    __slots__ = ()
    _unknown = UnknownNetworkError


class SourcesById(_ById[Source]):
    """
    Sources by id.
    """

    __slots__ = ()
    _unknown = UnknownSourceError


class PartnershipsByPair(_Records[tuple[str, str], Partnership]):
    """
    Partnerships by the ids of their cities, in either order.
    """

    __slots__ = ()

    def __missing__(self, key: object) -> Partnership:
        hint = ""
        if isinstance(key, tuple) and len(key) == 2:
            if super().__contains__(key[::-1]):
                return self[key[1], key[0]]
            if not all(any(id in pair for pair in self) for id in key):
                hint = "expected ids; Dataset.partnership takes names"
        raise UnknownPartnershipError(key, hint=hint)

    def __contains__(self, key: object) -> bool:
        if _has(super(), key):
            return True
        return isinstance(key, tuple) and len(key) == 2 and _has(super(), key[::-1])

    def get(self, key: object, default: Any = None) -> Any:
        if key not in self:
            return default
        return self[key]  # type: ignore[index]  # only pairs are in it


def _has(mapping: Any, key: object) -> bool:
    try:
        return bool(mapping.__contains__(key))
    except TypeError:  # unhashable
        return False
