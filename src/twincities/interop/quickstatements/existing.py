"""
The ties that Wikidata already states, by item, from a data set read from Wikidata or from entity documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...document.text import parsed
from ...errors import QueryError, shown
from ...model.edtf import EdtfDate
from ...model.partnership import Partnership
from ...model.rules import WIKIDATA
from ...query.whole import Whole
from .values import time_value, url_value

_JULIAN = "http://www.wikidata.org/entity/Q1985786"
_TIME = re.compile(r"[+-]\d{4,16}-\d\d-\d\dT00:00:00Z", re.ASCII)
# The significant characters of a time, by its precision: https://www.wikidata.org/wiki/Help:Dates
_SIGNIFICANT = {7: 3, 8: 4, 9: 5, 10: 8, 11: 11}


class Stated(NamedTuple):
    """
    The statement that an item makes about another: starts and ends as Wikibase writes times, and URLs of references.
    """

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    urls: frozenset[str] = frozenset()
    number: int = 1
    """The number of statements; if there are several, this is the first."""
    is_deprecated: bool = False


class Existing:
    """
    Wikidata's P190 statements by subject and object.

    A data set joins both directions of a tie: only entity documents show a date or reference that one item lacks.
    """

    def __init__(self, wikidata: Any) -> None:
        self.as_of: EdtfDate | None = wikidata.as_of if isinstance(wikidata, Whole) else None
        self.names: dict[str, str] = {}
        self.stated: dict[tuple[str, str], Stated] = {}
        found = self._from_whole(wikidata) if isinstance(wikidata, Whole) else self._from_documents(wikidata)
        for pair, stated in found:
            first = self.stated.setdefault(pair, stated)
            if first is not stated:  # a person decides which is meant: what else they state isn't compared
                is_deprecated = first.is_deprecated or stated.is_deprecated
                self.stated[pair] = first._replace(number=first.number + 1, is_deprecated=is_deprecated)
        self.pairs: set[frozenset[str]] = {frozenset(pair) for pair in self.stated}

    def _from_whole(self, whole: Whole) -> Iterator[tuple[tuple[str, str], Stated]]:
        items = {id: city.wikidata_id or id for id, city in whole.cities.items()}
        self.names = {items[id]: city.label("en") for id, city in whole.cities.items()}
        for tie in whole.partnerships.values():
            first, second = (items[id] for id in tie.cities)
            subjects = {items[id] for id in tie.asserted_by} or {first, second}
            urls = frozenset(url_value(url) for id in tie.sources if (url := whole.sources[id].url))
            statement = Stated(_times(tie, "since"), _times(tie, "until"), urls)
            yield from ((pair, statement) for pair in ((first, second), (second, first)) if pair[0] in subjects)

    def _from_documents(self, documents: Any) -> Iterator[tuple[tuple[str, str], Stated]]:
        item = None
        try:
            for document in [documents] if isinstance(documents, (Mapping, bytes, str)) else documents:
                whole = parsed(document) if isinstance(document, (bytes, str)) else document
                for entity in whole["entities"].values() if "entities" in whole else [whole]:
                    item = entity["id"]
                    label = entity.get("labels", {}).get("en")
                    self.names[item] = label["value"] if label else item
                    for statement in entity.get("claims", {}).get("P190", ()):
                        if (value := _value(statement["mainsnak"])) is not None:
                            yield (_checked(item), _checked(value["id"])), _from_statement(statement)
        except (AttributeError, KeyError, IndexError, TypeError) as error:
            place = f" (at {shown(item)})" if item is not None else ""
            expected = "expected a Dataset or Wikidata's entity documents"
            raise QueryError(f"{expected}, got {shown(documents)}{place}") from error


def _checked(item: Any) -> str:
    if not isinstance(item, str) or not WIKIDATA.holds(item):
        raise TypeError(item)
    return item


def _times(tie: Partnership, field: str) -> tuple[str, ...]:
    moment: EdtfDate | None = getattr(tie, field)
    return () if moment is None else (time_value(moment) or str(moment),)


def _value(snak: Mapping[str, Any]) -> Any:
    return snak["datavalue"]["value"] if snak["snaktype"] == "value" else None


def _from_statement(statement: Mapping[str, Any]) -> Stated:
    def times(property: str) -> tuple[str, ...]:
        return tuple(_time(_value(snak)) for snak in statement.get("qualifiers", {}).get(property, ()))

    urls = {
        url_value(url)
        for reference in statement.get("references", ())
        for snak in reference["snaks"].get("P854", ())
        if (url := _value(snak)) is not None
    }
    return Stated(times("P580"), times("P582"), frozenset(urls), is_deprecated=statement.get("rank") == "deprecated")


def _time(value: Mapping[str, Any] | None) -> str:
    """
    A time as `time_value` writes it: without insignificant digits, and a decade as its first year.
    """
    if value is None:
        return "somevalue"
    written, precision = value["time"], value["precision"]
    if not isinstance(precision, int) or not _TIME.fullmatch(written):
        raise TypeError(written)
    significant = _SIGNIFICANT.get(precision, 11)
    counted = written[:significant] + "+0000-00-00T00:00:00Z"[significant:]
    if precision == 7:
        counted = f"{written[0]}{(int(written[1:5]) - 1) // 100:02d}50-00-00T00:00:00Z"
    return f"{counted}/{precision}{'/J' if value.get('calendarmodel') == _JULIAN and precision == 11 else ''}"


def disagreement(item: str, stated: Stated, since: EdtfDate | None, until: EdtfDate | str | None) -> str | None:
    """
    The reason why an item's statement disagrees with a start and an end, or `None`.
    """
    if stated.is_deprecated:
        return f"{item} states it with deprecated rank"
    if stated.number > 1:
        return f"{item} states it {stated.number} times: which is meant?"
    years = [end[1:5] for end in stated.ends if end[1:5].isdigit()]
    if stated.ends and since is not None and all(year < str(since)[:4] for year in years):
        return f"{item} states a term until {_shown(stated.ends)}; a new term needs a statement of its own"
    if stated.ends and until is None:
        return f"{item} states that it ended: {_shown(stated.ends)}"
    for name, ours, theirs in (("since", since, stated.starts), ("until", until, stated.ends)):
        value = ours if ours is None or isinstance(ours, str) else time_value(ours)
        if value is not None and any(other != value for other in theirs):
            return f"{item} states {name} {_shown(theirs)}, the data set {ours}"
    return None


def _shown(times: Iterable[str]) -> str:
    return " and ".join(time.partition("T")[0].lstrip("+").replace("-00", "") for time in times)
