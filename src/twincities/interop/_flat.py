"""
Flat tables: named, typed columns, and a row for each thing that a table is about.

`_tables` says which tables there are. A writer picks some of them and decides how its format has a value of each kind: `rows`,
`frames`, `geojson`, `arrow`, `graph` and `sqlite` all take their facts from here, so that a column means the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from .._lazy import collector_paused
from ..model.languages import text_in
from ..model.vocabulary import word_label
from ..query.whole import Whole

__all__ = ["FORMULA", "NO_XML", "Column", "Kind", "Table", "as_cell", "as_cells", "each_once"]


class Kind(StrEnum):
    """
    The kinds of values that columns have. `None` stands in any column for what isn't known.
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
    """A tuple of texts, maybe empty."""


class Column(NamedTuple):
    """
    A column: its name, the kind of its values, and the values that subjects have in it for readers of a language.

    All subjects are asked at once: what many of them share, such as a country's name, is then looked up once. Where *place*
    names a field of the subject of a table, what stands there is asked.
    """

    name: str
    kind: Kind
    values: Callable[[Sequence[Any], str], list[Any]]
    words: type[StrEnum] | None = None
    place: str | None = None

    @classmethod
    def each(cls, name: str, kind: Kind, of: Callable[[Any, str], Any]) -> Column:
        """
        A column whose value a function gives, subject by subject.
        """
        return cls(name, kind, lambda subjects, lang: [of(subject, lang) for subject in subjects])

    @classmethod
    def field(cls, name: str, kind: Kind = Kind.TEXT, words: type[StrEnum] | None = None) -> Column:
        """
        A column that is a field of its subject.
        """
        get = attrgetter(name)
        return cls(name, kind, lambda subjects, _: [*map(get, subjects)], words)

    @classmethod
    def label(cls, name: str) -> Column:
        """
        A column with the label of its subject.
        """
        return cls(name, Kind.TEXT, _labels)

    @classmethod
    def labels(cls, name: str) -> Column:
        """
        A column with the labels of the records in a field.
        """
        get = attrgetter(name)

        def values(subjects: Sequence[Any], lang: str) -> list[Any]:
            lists = [*map(get, subjects)]
            records = {id(record): record for records in lists for record in records}
            named = dict(zip(records, _labels([*records.values()], lang), strict=True))
            return [tuple([named[id(record)] for record in records]) for records in lists]

        return cls(name, Kind.TEXTS, values)

    @classmethod
    def text(cls, name: str, field: str) -> Column:
        """
        A column with a text that its subject has by language in a field.
        """
        get = attrgetter(field)

        def values(subjects: Sequence[Any], lang: str) -> list[Any]:
            return [text_in(texts, lang) if texts else None for texts in map(get, subjects)]

        return cls(name, Kind.TEXT, values)

    def of(self, place: str, name: str | None = None) -> Column:
        """
        The same column, about what stands in a field of the subject; under another name if one is given.
        """
        return self._replace(name=name or self.name, place=place)


def _labels(records: Sequence[Any], lang: str) -> list[Any]:
    return each_once(lambda record: record.label(lang), records)


def each_once(function: Callable[[Any], Any], records: Sequence[Any]) -> list[Any]:
    """
    The answers of a function for records of which some come again: it is asked once about each.
    """
    keys = [*map(id, records)]
    known = {key: function(record) for key, record in dict(zip(keys, records, strict=True)).items()}
    return [*map(known.__getitem__, keys)]


class Table(NamedTuple):
    """
    A table of a data set: its name, its columns, and the subjects that it has a row for.
    """

    name: str
    columns: tuple[Column, ...]
    subjects: Callable[[Whole], Iterable[Any]]

    def values(self, subjects: Iterable[Any], lang: str = "en") -> list[list[Any]]:
        """
        The values of subjects column by column; labels and names are in *lang*.
        """
        with collector_paused():  # of which nothing is let go
            asked: dict[str | None, Sequence[Any]] = {None: tuple(subjects)}
            for place in {column.place for column in self.columns} - asked.keys():
                asked[place] = [*map(attrgetter(str(place)), asked[None])]
            return [column.values(asked[column.place], lang) for column in self.columns]

    def rows(self, subjects: Iterable[Any], lang: str = "en") -> Iterator[tuple[Any, ...]]:
        """
        The values of subjects row by row.
        """
        return zip(*self.values(subjects, lang), strict=True)

    def without(self, *names: str) -> Table:
        """
        The table without some of its columns.
        """
        return self._replace(columns=tuple(column for column in self.columns if column.name not in names))


def as_cell(value: Any, lang: str = "en") -> Any:
    """
    A value as one cell: dates as EDTF text, words as labels in *lang*, several texts joined by "; ", what is empty `None`.
    """
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def as_cells(column: Column, values: Sequence[Any], lang: str = "en") -> Sequence[Any]:
    """
    The values of a column as cells.
    """
    if column.words is not None:
        labels: dict[Any, Any] = {word: word_label(word, lang) for word in column.words}
        return [*map(labels.get, values)]
    if column.kind is Kind.TEXTS:
        return ["; ".join(value) or None for value in values]
    if column.kind in (Kind.DATE, Kind.INTERVAL):
        return each_once(as_cell, values)
    return values


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins like this; the list is OWASP's for CSV injection."""
NO_XML: re.Pattern[str] = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that files of XML, workbooks among them, have no way to write (XML 1.0, 2.2)."""
