"""
The ties that Wikidata states already, by item: of a data set read from it, or of its entity documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...document.text import parsed
from ...errors import QueryError, shown
from ...model.edtf import EdtfDate
from ...model.partnership import Partnership
from ...query.whole import Whole
from .values import time_value, url_value

__all__ = ["Existing", "Stated", "disagreement"]

_JULIAN = "http://www.wikidata.org/entity/Q1985786"
# How much of a time counts, by its precision: https://www.wikidata.org/wiki/Help:Dates
_COUNTS = {7: 3, 8: 4, 9: 5, 10: 8, 11: 11}


class Stated(NamedTuple):
    """
    The statements that an item makes of another: starts and ends as Wikibase writes times, and URLs of references.
    """

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    urls: frozenset[str] = frozenset()
    number: int = 1
    is_deprecated: bool = False

    def beside(self, other: Stated) -> Stated:
        """
        Both together.
        """
        return Stated(
            self.starts + other.starts,
            self.ends + other.ends,
            self.urls | other.urls,
            self.number + other.number,
            self.is_deprecated or other.is_deprecated,
        )


class Existing:
    """
    Wikidata's statements of P190 by subject and object.

    A data set keeps both sides of a tie as one: where its dates or references stand on one side alone, only the entity
    documents show which.
    """

    def __init__(self, wikidata: Any) -> None:
        self.as_of = wikidata.as_of if isinstance(wikidata, Whole) else None
        self.names: dict[str, str] = {}
        self.stated: dict[tuple[str, str], Stated] = {}
        found = self._of_whole(wikidata) if isinstance(wikidata, Whole) else self._of_documents(wikidata)
        for pair, statement in found:
            self.stated[pair] = self.stated[pair].beside(statement) if pair in self.stated else statement
        self.pairs = {frozenset(pair) for pair in self.stated}

    def _of_whole(self, whole: Whole) -> Iterator[tuple[tuple[str, str], Stated]]:
        item = {city.id: city.wikidata_id or city.id for city in whole.cities.values()}
        self.names = {item[city.id]: city.label("en") for city in whole.cities.values()}
        for tie in whole.partnerships.values():
            first, second = (item[id] for id in tie.cities)
            sides = {item[id] for id in tie.asserted_by} or {first, second}
            urls = frozenset(url_value(url) for id in tie.sources if (url := whole.sources[id].url))
            statement = Stated(_times(tie, "since"), _times(tie, "until"), urls)
            for pair in ((first, second), (second, first)):
                if pair[0] in sides:
                    yield pair, statement

    def _of_documents(self, documents: Any) -> Iterator[tuple[tuple[str, str], Stated]]:
        for document in [documents] if isinstance(documents, (Mapping, bytes, str)) else documents:
            whole = parsed(document) if isinstance(document, (bytes, str)) else document
            try:
                for entity in whole["entities"].values() if "entities" in whole else [whole]:
                    label = entity.get("labels", {}).get("en")
                    self.names[entity["id"]] = label["value"] if label else entity["id"]
                    for statement in entity.get("claims", {}).get("P190", ()):
                        if (value := _value(statement["mainsnak"])) is not None:
                            yield (entity["id"], value["id"]), _of_statement(statement)
            except (AttributeError, KeyError, TypeError) as error:
                raise QueryError(
                    f"expected a Dataset or Wikidata's entity documents, got {shown(documents)}"
                ) from error


def _times(tie: Partnership, field: str) -> tuple[str, ...]:
    moment: EdtfDate | None = getattr(tie, field)
    return () if moment is None else (time_value(moment) or str(moment),)


def _value(snak: Mapping[str, Any]) -> Any:
    return snak["datavalue"]["value"] if snak["snaktype"] == "value" else None


def _of_statement(statement: Mapping[str, Any]) -> Stated:
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
    A time as we write it: what its precision leaves out is 00, a decade is its first year.
    """
    if value is None:
        return "somevalue"
    written, precision = str(value["time"]), int(value["precision"])
    counted = written[: _COUNTS.get(precision, 11)] + "+0000-00-00T00:00:00Z"[_COUNTS.get(precision, 11) :]
    if precision == 7:
        counted = f"+{(int(written[1:5]) - 1) // 100:02d}50-00-00T00:00:00Z"
    return f"{counted}/{precision}{'/J' if value.get('calendarmodel') == _JULIAN and precision == 11 else ''}"


def disagreement(item: str, side: Stated, since: EdtfDate | None, until: EdtfDate | str | None) -> str | None:
    """
    The reason why the statement of an item doesn't agree with a start and an end, or `None`.
    """
    if side.is_deprecated:
        return f"{item} states it with deprecated rank"
    if side.number > 1:
        return f"{item} states it {side.number} times: which is meant?"
    if side.ends and since is not None and all(end[1:5] < str(since)[:4] for end in side.ends if end[1:5].isdigit()):
        return f"{item} states a term until {_shown(side.ends)}; a new term needs a statement of its own"
    if side.ends and until is None:
        return f"{item} states that it ended: {_shown(side.ends)}"
    for name, mine, theirs in (("since", since, side.starts), ("until", until, side.ends)):
        value = mine if mine is None or isinstance(mine, str) else time_value(mine)
        if value is not None and any(other != value for other in theirs):
            return f"{item} states {name} {_shown(theirs)}, the data set {mine}"
    return None


def _shown(times: Iterable[str]) -> str:
    return " and ".join(time.partition("T")[0].lstrip("+").replace("-00", "") for time in times)
