"""
Flat tables: named, typed columns, and a row for each subject.

`_tables` defines the tables. `rows`, `frames`, `geojson`, `arrow`, `graph` and `sqlite` all write them, each with its own
representation of each kind of value, so that a column means the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from .._collector import collector_paused
from ..model.languages import text_in
from ..model.vocabulary import word_label
from ..query.whole import Whole, as_whole


class Kind(StrEnum):
    """
    The kinds of values in columns. Any column may have `None`, for an unknown value.
    """

    TEXT = "text"
    WORD = "word"
    """A member of the column's closed list, `Column.words`."""
    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    """An `EdtfDate`."""
    INTERVAL = "interval"
    """An `EdtfInterval`."""
    TEXTS = "texts"
    """A tuple of texts, which may be empty."""


class Column(NamedTuple):
    """
    A column: its name, the kind of its values, and the function that gets the values of subjects in a language.

    The function takes all subjects at once, so that a country's name is looked up once. If *place* is the name of a field,
    the values are those of the objects in that field of each subject.
    """

    name: str
    kind: Kind
    values: Callable[[Sequence[Any], str], list[Any]]
    words: type[StrEnum] | None = None
    place: str | None = None

    @classmethod
    def each(cls, name: str, kind: Kind, of: Callable[[Any, str], Any]) -> Column:
        """
        A column whose value a function gets from each subject.
        """
        return cls(name, kind, lambda subjects, lang: [of(subject, lang) for subject in subjects])

    @classmethod
    def field(cls, name: str, kind: Kind = Kind.TEXT, words: type[StrEnum] | None = None) -> Column:
        """
        A column of a field of each subject.
        """
        get = attrgetter(name)
        return cls(name, kind, lambda subjects, _: [*map(get, subjects)], words)

    @classmethod
    def label(cls, name: str) -> Column:
        """
        A column of the label of each subject.
        """
        return cls(name, Kind.TEXT, _labels)

    @classmethod
    def labels(cls, name: str) -> Column:
        """
        A column of the labels of the records in a field.
        """
        get = attrgetter(name)

        def values(subjects: Sequence[Any], lang: str) -> list[Any]:
            lists = [*map(get, subjects)]
            if not any(lists):
                return lists
            records = {id(record): record for records in lists for record in records}
            named = dict(zip(records, _labels([*records.values()], lang), strict=True))
            return [tuple([named[id(record)] for record in records]) for records in lists]

        return cls(name, Kind.TEXTS, values)

    @classmethod
    def text(cls, name: str, field: str) -> Column:
        """
        A column of a field with texts by language.
        """
        get = attrgetter(field)

        def values(subjects: Sequence[Any], lang: str) -> list[Any]:
            return [text_in(texts, lang) if texts else None for texts in map(get, subjects)]

        return cls(name, Kind.TEXT, values)

    def of(self, place: str, name: str | None = None) -> Column:
        """
        The same column for the objects in a field of each subject, optionally renamed.
        """
        return self._replace(name=name or self.name, place=place)


def _labels(records: Sequence[Any], lang: str) -> list[Any]:
    return each_once(lambda record: record.label(lang), records)


def each_once(function: Callable[[Any], Any], records: Sequence[Any]) -> list[Any]:
    """
    Map a function over records, calling it once for records that recur.
    """
    keys = [*map(id, records)]
    known = {key: function(record) for key, record in dict(zip(keys, records, strict=True)).items()}
    return [*map(known.__getitem__, keys)]


class Table(NamedTuple):
    """
    A table: its name, its columns, and the function that selects its subjects from a data set.
    """

    name: str
    columns: tuple[Column, ...]
    select: Callable[[Whole], Iterable[Any]]

    def subjects(self, dataset: Whole) -> Iterable[Any]:
        """
        The subjects in a data set.

        Raises:
            QueryError: *dataset* isn't one.
        """
        return self.select(as_whole(dataset))

    def values(self, subjects: Iterable[Any], lang: str = "en") -> list[list[Any]]:
        """
        The values of subjects by column; labels and names are in *lang*.
        """
        with collector_paused():  # all values are kept
            asked: dict[str | None, Sequence[Any]] = {None: tuple(subjects)}
            for place in {column.place for column in self.columns} - asked.keys():
                asked[place] = [*map(attrgetter(str(place)), asked[None])]
            return [column.values(asked[column.place], lang) for column in self.columns]

    def rows(self, subjects: Iterable[Any], lang: str = "en") -> Iterator[tuple[Any, ...]]:
        """
        The values of subjects by row; labels and names are in *lang*.
        """
        return zip(*self.values(subjects, lang), strict=True)

    def without(self, *names: str) -> Table:
        """
        The table without some of its columns.
        """
        return self._replace(columns=tuple(column for column in self.columns if column.name not in names))


def as_cells(column: Column, values: Sequence[Any], lang: str = "en") -> Sequence[Any]:
    """
    Convert the values of a column to text or numbers: dates to EDTF, words to labels in *lang*, and texts to one text joined
    by "; ".
    """
    if column.words is not None:
        labels: dict[Any, Any] = {word: word_label(word, lang) for word in column.words}
        return [*map(labels.get, values)]
    if column.kind is Kind.TEXTS:
        return ["; ".join(value) or None if value else None for value in values]
    if column.kind in (Kind.DATE, Kind.INTERVAL):
        return [None if value is None else str(value) for value in values]
    return values


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The starts of cells that spreadsheets run as formulas (OWASP, CSV injection)."""
NO_XML: re.Pattern[str] = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML can't hold, and so workbooks can't either (XML 1.0, 2.2)."""
