"""
What a table of facts is: named, typed columns, and a row for each thing that it is about.

Doors take their facts from the tables in `tables`: a door picks some and says how it writes a value of each kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from ..model.languages import text_in
from ..model.vocabulary import word_label
from ..query.whole import Whole

__all__ = [
    "FORMULA",
    "NO_XML",
    "Column",
    "Kind",
    "Table",
    "field",
    "flat",
    "in_language",
    "label",
    "labels",
    "rows",
    "under",
]


class Kind(StrEnum):
    """
    What the values of a column are. `None` stands in any column for what isn't known.
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
    A column: its name, the kind of its values, and the value that a subject has in it for readers of a language.
    """

    name: str
    kind: Kind
    of: Callable[[Any, str], Any]
    words: type[StrEnum] | None = None


class Table(NamedTuple):
    """
    A table of a data set: its name, its columns, and what it has a row for.
    """

    name: str
    columns: tuple[Column, ...]
    subjects: Callable[[Whole], Iterable[Any]]


def rows(table: Table, subjects: Iterable[Any], lang: str = "en") -> Iterator[tuple[Any, ...]]:
    """
    The values of each subject, in the order of the table's columns; labels and names are in *lang*.
    """
    getters = [column.of for column in table.columns]
    for subject in subjects:
        yield tuple([of(subject, lang) for of in getters])


def flat(value: Any, lang: str = "en") -> Any:
    """
    A value as one cell: dates as EDTF text, words as labels in *lang*, several texts joined by "; ", what is empty `None`.
    """
    if isinstance(value, StrEnum):
        return word_label(value, lang)
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins like this; the list is OWASP's for CSV injection."""
NO_XML: re.Pattern[str] = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that files of XML, workbooks among them, have no way to write (XML 1.0, 2.2)."""


# -- columns ---------------------------------------------------------------------------------------


def field(name: str, kind: Kind = Kind.TEXT, words: type[StrEnum] | None = None) -> Column:
    """
    A column that is a field of its subject.
    """
    return Column(name, kind, lambda subject, _: getattr(subject, name), words)


def under(path: str, column: Column) -> Column:
    """
    A column of something that stands in the field *path* of the subject.
    """
    return column._replace(of=lambda subject, lang: column.of(getattr(subject, path), lang))


def label(name: str, place: str | None = None) -> Column:
    """
    A column with the label of a record, that of the subject itself or of the one in its field *place*.
    """
    if place is None:
        return Column(name, Kind.TEXT, lambda subject, lang: subject.label(lang))
    return under(place, label(name))


def in_language(name: str, place: str) -> Column:
    """
    A column with a text that the subject has by language.
    """
    return Column(name, Kind.TEXT, lambda subject, lang: text_in(getattr(subject, place), lang))


def labels(name: str) -> Column:
    """
    A column with the labels of the records in a field.
    """
    return Column(
        name, Kind.TEXTS, lambda subject, lang: tuple(record.label(lang) for record in getattr(subject, name))
    )
