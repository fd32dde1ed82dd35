"""
Filters of ties: words in any language are resolved to ids, unknown words are errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .._lazy import once
from ..errors import (
    QueryError,
    UnknownAreaError,
    UnknownKindError,
    UnknownNameError,
    UnknownNetworkError,
    UnknownStatusError,
    shown,
)
from ..model.arguments import Words
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.moments import Moment, as_argument, moment
from ..model.office_words import known_words, unclear_words
from ..model.vocabulary import PartnershipKind, PartnershipStatus, word_labels
from .countries import country_code
from .in_force import in_force
from .names import choices, fold, nearest

if TYPE_CHECKING:
    from .ties import Tie


def _by_folded_label(labelled: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, labels in labelled:
        for label in labels:
            if folded := fold(label):
                found.setdefault(folded, {})[key] = None
    return {label: tuple(keys) for label, keys in found.items()}


@cache
def labelled_words(words: type[StrEnum]) -> Mapping[str, tuple[str, ...]]:
    """
    The words of a closed list by folded label: themselves, their labels, and the terms that offices use.
    """
    return _by_folded_label((word, (word, *labels)) for word, labels in known_words(words).items())


class Vocabulary:
    """
    The words that filters of a data set understand: its areas, networks and countries, by id or label.
    """

    def __init__(
        self,
        cities: Mapping[str, City],
        areas: Mapping[str, CooperationArea],
        networks: Mapping[str, CooperationNetwork],
    ) -> None:
        self.cities = cities
        self.areas = areas
        self.networks = networks

    def countries(self, word: str) -> tuple[str, ...]:
        """
        The code of the country with this name or code: one of ISO 3166-1, or one that a city here has.
        """
        word = word.strip()
        return (word if word in self._country_codes else country_code(word),)

    def areas_of(self, word: str) -> tuple[str, ...]:
        """
        The ids of the areas with this id or label, in any language, and of all narrower areas.
        """
        ids = (word,) if word in self.areas else self._area_labels.get(fold(word), ())
        if not ids:
            labels = (label for area in self.areas.values() for label in _area_labels(area))
            near = nearest(word, labels)
            raise UnknownAreaError(word, near, choices(self.areas, near))
        return self.narrower(*ids)

    def networks_of(self, word: str) -> tuple[str, ...]:
        """
        The ids of the networks with this id or name, in any language.
        """
        ids = (word,) if word in self.networks else self._network_names.get(fold(word), ())
        if not ids:
            names = [*self.networks, *(name for n in self.networks.values() for name in n.names.values())]
            near = nearest(word, names)
            raise UnknownNetworkError(word, near, choices(self.networks, near))
        return ids

    @once
    def _below(self) -> Mapping[str, list[str]]:
        below: dict[str, list[str]] = {id: [] for id in self.areas}
        for area in self.areas.values():
            for broader in area.broader:
                below[broader].append(area.id)
        return below

    def narrower(self, *ids: str) -> tuple[str, ...]:
        """
        These ids of areas and those of all narrower areas.
        """
        reached = dict.fromkeys(ids)
        waiting = list(ids)
        while waiting:
            new = [narrower for narrower in self._below[waiting.pop()] if narrower not in reached]
            reached.update(dict.fromkeys(new))
            waiting += new
        return tuple(reached)

    @once
    def _country_codes(self) -> frozenset[str]:
        return frozenset(city.country_code for city in self.cities.values() if city.country_code)

    @once
    def _area_labels(self) -> Mapping[str, tuple[str, ...]]:
        return _by_folded_label((area.id, _area_labels(area)) for area in self.areas.values())

    @once
    def _network_names(self) -> Mapping[str, tuple[str, ...]]:
        return _by_folded_label((n.id, (n.id, *n.names.values())) for n in self.networks.values())


def _area_labels(area: CooperationArea) -> Iterable[str]:
    return (area.id, *area.pref_label.values(), *(x for labels in area.alt_labels.values() for x in labels))


def _several(
    words: Words,
    name: str,
    resolve: Callable[[str], tuple[str, ...]],
    record: type[CooperationArea | CooperationNetwork] | None = None,
) -> frozenset[str] | None:
    if words is None:
        return None
    if isinstance(words, (str, CooperationArea, CooperationNetwork)):
        words = (words,)
    elif not isinstance(words, Iterable):
        raise QueryError(f"expected {name}= as a word or several, got {shown(words)}")
    given: list[str] = []
    for word in words:
        text = word.id if record is not None and isinstance(word, record) else word
        if not isinstance(text, str) or not text.strip():
            raise QueryError(f"expected {name}= as a word or several, got {shown(word)}")
        given.append(text)
    if not given:
        raise QueryError(f"expected a word in {name}=, got none: leave it out to take all")
    return frozenset(found for word in given for found in resolve(word))


def _closed_list(words: type[StrEnum], unknown: type[UnknownNameError]) -> Callable[[str], tuple[str, ...]]:
    def resolve(word: str) -> tuple[str, ...]:
        found = labelled_words(words).get(fold(word))
        if found is None:
            meanings = unclear_words(words)
            for text in meanings:
                if fold(text) == fold(word):
                    raise unknown(word, meanings[text], "offices mean different things by it")
            known = [label for labels in word_labels(words).values() for label in labels]
            raise unknown(word, nearest(word, known), f"expected one of {', '.join(words)}")
        return found

    return resolve


class Filter(NamedTuple):
    """
    Requirements of a tie: in each field any of these ids; `None` requires nothing.
    """

    countries: frozenset[str] | None
    areas: frozenset[str] | None
    statuses: frozenset[str] | None
    kinds: frozenset[str] | None
    networks: frozenset[str] | None
    on: EdtfDate | EdtfInterval | None
    unsure: bool

    def keeps(self, tie: Tie) -> bool:
        """
        True if *tie* meets all requirements; cheap tests come first.
        """
        partnership = tie.partnership
        return (
            (self.countries is None or tie.partner.country_code in self.countries)
            and (self.statuses is None or partnership.status in self.statuses)
            and (self.kinds is None or partnership.kind in self.kinds)
            and (self.networks is None or any(n.id in self.networks for n in tie.networks))
            and (self.areas is None or not self.areas.isdisjoint(tie.area_ids))
            and (self.on is None or self._is_in_force(tie, self.on))
        )

    def both(self, other: Filter) -> Filter | None:
        """
        A single filter equal to both, or `None` if there is none: a tie has several areas, and may meet each in another.
        """
        # A country turns a tie: a second one looks at the tie as the first has turned it.
        names = ("areas", "networks", "on", "countries")
        if any(getattr(self, name) is not None and getattr(other, name) is not None for name in names):
            return None

        def narrowed(mine: frozenset[str] | None, theirs: frozenset[str] | None) -> frozenset[str] | None:
            return mine if theirs is None else theirs if mine is None else mine & theirs

        return Filter(
            countries=narrowed(self.countries, other.countries),
            areas=narrowed(self.areas, other.areas),
            statuses=narrowed(self.statuses, other.statuses),
            kinds=narrowed(self.kinds, other.kinds),
            networks=narrowed(self.networks, other.networks),
            on=self.on or other.on,
            unsure=self.unsure or other.unsure,
        )

    def after_index(self, *, direct: bool) -> Filter | None:
        """
        The filter that remains after the index of countries, areas and statuses; areas are checked again if *direct*.
        """
        areas = self.areas if direct else None  # the index counts the areas of networks
        if self.on is None and areas is self.kinds is self.networks is None:
            return None
        return self._replace(countries=None, statuses=None, areas=areas)

    def _is_in_force(self, tie: Tie, on: EdtfDate | EdtfInterval) -> bool:
        answer = in_force(tie.partnership, tie.as_of, on)
        return self.unsure if answer is None else answer


def make_filter(
    vocabulary: Vocabulary,
    country: Words,
    area: Words,
    status: Words,
    kind: Words,
    network: Words,
    on: Moment | None,
    *,
    unsure: bool,
) -> Filter:
    """
    The filter that the arguments of a question mean in a data set.

    Raises:
        UnknownNameError: A word isn't known.
        QueryError: A filter is blank or empty, or *unsure* is set without *on*.
        InvalidDateError: *on* isn't a date, an interval or a year.
    """
    if unsure and on is None:
        raise QueryError("expected on= with unsure=True: it adds ties that may have been in force at that time")
    return Filter(
        countries=_several(country, "country", vocabulary.countries),
        areas=_several(area, "area", vocabulary.areas_of, CooperationArea),
        statuses=_several(status, "status", _closed_list(PartnershipStatus, UnknownStatusError)),
        kinds=_several(kind, "kind", _closed_list(PartnershipKind, UnknownKindError)),
        networks=_several(network, "network", vocabulary.networks_of, CooperationNetwork),
        on=None if on is None else as_argument(moment, on, "on="),
        unsure=unsure,
    )
