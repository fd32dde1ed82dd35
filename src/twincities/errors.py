"""
Every error that the library raises.

All are `TwinCitiesError`s, and each is also the standard exception that fits, such as `ValueError`. A message says what
was expected, what was given and where. Errors can be pickled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Self

__all__ = [
    "AmbiguousCityError",
    "DatasetError",
    "DatasetWarning",
    "FetchError",
    "FormatVersionError",
    "InvalidDateError",
    "InvalidRecordError",
    "MergeConflictError",
    "MissingDependencyError",
    "Problem",
    "QueryError",
    "SelectionError",
    "TwinCitiesError",
    "UnknownAreaError",
    "UnknownCityError",
    "UnknownCountryError",
    "UnknownDatasetError",
    "UnknownKindError",
    "UnknownNameError",
    "UnknownNetworkError",
    "UnknownPartnershipError",
    "UnknownSourceError",
    "UnknownStatusError",
]

_SHOWN = 20  # problems or conflicts in a message


class TwinCitiesError(Exception):
    """
    The base class of all errors of the library; never raised itself.
    """

    def __str__(self) -> str:
        # KeyError would print its message in quotes.
        return str(self.args[0]) if self.args else ""


class _Problem(NamedTuple):
    path: str
    message: str


class Problem(_Problem):
    """
    A problem: a tuple of its JSON path (`$.cities[3].country_code`) and a message.

    `.about` names the city or tie that it is about (`Rostock`); empty if it has no name.
    """

    about: str

    def __new__(cls, path: str, message: str, about: str = "") -> Self:
        made = super().__new__(cls, path, message)
        made.about = about
        return made

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def place(self) -> str:
        """
        The path, followed by the name of the city or tie.
        """
        return f"{self.path} {self.about}" if self.about else self.path


def placed(problems: Iterable[Problem], path: str, about: str = "") -> Iterator[Problem]:
    """
    The problems of a value, with their paths moved below *path*.
    """
    for problem in problems:
        yield Problem(path + problem.path.removeprefix("$"), problem.message, about or problem.about)


def step(key: object) -> str:
    """
    One step of a JSON path: `.since`, `["a key"]` or `[3]`.
    """
    if isinstance(key, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", key, re.ASCII):
        return f".{key}"
    return f"[{key}]" if isinstance(key, int) else f"[{shown(key)}]"


def shown(value: object, limit: int = 60) -> str:
    """
    *value* for an error message: on one line, cut to length, with control characters escaped.
    """
    if isinstance(value, int) and abs(value) > 10**limit:
        return "a whole number of very many digits"  # repr() refuses those beyond 4300
    if isinstance(value, str):
        text = repr(value if len(value) <= limit else value[:limit] + "…")
    elif isinstance(value, (list, tuple, dict, set, frozenset)):
        text = f"{type(value).__name__} of {len(value)}"
    else:
        text = repr(value)
    return text if len(text) <= limit + 20 else text[: limit + 20] + "…"


def counted(number: int, one: str, several: str = "") -> str:
    """
    A number of things, in the singular or plural.
    """
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def printable(text: str) -> str:
    """
    *text* with spaces for control and format characters, on which a terminal would act.
    """
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text)


# -- values ----------------------------------------------------------------------------------------


class InvalidDateError(TwinCitiesError, ValueError):
    """
    A text isn't a date or an interval of the supported EDTF features. `.argument` is that of the function, such as `on=`.
    """

    def __init__(self, text: object, reason: str, argument: str = "") -> None:
        super().__init__(text, reason, argument)
        self.text = text
        self.reason = reason
        self.argument = argument

    def __str__(self) -> str:
        return f"{self.argument and f'{self.argument}: '}{self.reason}, got {shown(self.text)}"


class InvalidRecordError(TwinCitiesError, ValueError):
    """
    A record breaks rules of its class; `.problems` lists every problem.
    """

    def __init__(self, record: str, problems: Iterable[Problem]) -> None:
        self.record = record
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(record, self.problems)

    def __str__(self) -> str:
        about = {problem.about for problem in self.problems}
        if len(about) == 1:  # the name of the record, once
            parts = [f"{problem.path}: {problem.message}" for problem in self.problems]
            return f"{f'{self.record} {about.pop()}'.strip()}: {'; '.join(parts)}"
        return f"{self.record}: " + "; ".join(map(str, self.problems))


class RefusedError(InvalidRecordError):
    """
    A value that can't be part of a record. `.readable` is the part of it that can still be checked.
    """

    def __init__(self, record: str, problems: Iterable[Problem], readable: Any = None) -> None:
        super().__init__(record, problems)
        self.readable = readable


# -- whole sets ------------------------------------------------------------------------------------


class DatasetError(TwinCitiesError, ValueError):
    """
    A data set is inconsistent, or a document can't be read; `.problems` lists every problem.
    """

    def __init__(self, problems: Iterable[Problem], source: str | None = None) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def __str__(self) -> str:
        where = f" in {self.source}" if self.source else ""
        if len(self.problems) == 1:
            return f"{self.problems[0].place}{where}: {self.problems[0].message}"
        return _listed(f"{len(self.problems)} problems{where}:", self.problems, "problems")


def one_problem(path: str, message: str, source: str | None = None) -> DatasetError:
    """
    The error of a document or file with a single problem.
    """
    return DatasetError([Problem(path, message)], source)


def _listed(heading: str, items: Sequence[object], attribute: str) -> str:
    lines = [heading, *(f"  {item}" for item in items[:_SHOWN])]
    if len(items) > _SHOWN:
        lines.append(f"  … and {len(items) - _SHOWN} more in .{attribute}")
    return "\n".join(lines)


class FormatVersionError(DatasetError):
    """
    A document has a format version that this release can't read; `.found` is that version.
    """

    def __init__(self, found: str, known: str, source: str | None = None, path: str = "$.format") -> None:
        message = f"expected format {shown(known)}, got {shown(found)}: a newer twincities may read it"
        super().__init__([Problem(path, message)], source)
        self.args: tuple[Any, ...] = (found, known, source, path)
        self.found = found
        self.known = known


class MergeConflictError(TwinCitiesError, ValueError):
    """
    Two data sets contradict each other, and neither was preferred; `.conflicts` lists every conflict.
    """

    def __init__(self, conflicts: Iterable[object]) -> None:
        self.conflicts: tuple[object, ...] = tuple(conflicts)
        super().__init__(self.conflicts)

    def __str__(self) -> str:
        heading = f"{counted(len(self.conflicts), 'conflict')}:"
        advice = "give prefer='first', 'second', or a function that is asked about each conflict"
        return f"{_listed(heading, self.conflicts, 'conflicts')}\n{advice}"


class DatasetWarning(UserWarning):
    """
    A data set of an installed package couldn't be loaded, or columns of a table weren't read.
    """


# -- questions -------------------------------------------------------------------------------------


class QueryError(TwinCitiesError, ValueError):
    """
    An argument can't be used: blank text, an unknown key, a value out of range.
    """


class SelectionError(TwinCitiesError, LookupError):
    """
    `Selection.one` found no item, or several.
    """


class UnknownNameError(TwinCitiesError, KeyError):
    """
    A name or id isn't known; `.query` is that name, `.suggestions` are similar ones.
    """

    noun = "name"

    def __init__(self, query: object, suggestions: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(query, tuple(suggestions), hint)
        self.query = query
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        self.hint = hint

    def __str__(self) -> str:
        text = f"unknown {self.noun} {shown(self.query)}"
        if self.suggestions:
            text += "; did you mean " + " or ".join(map(shown, self.suggestions)) + "?"
        return f"{text}; {self.hint}" if self.hint else text


class UnknownCityError(UnknownNameError):
    """
    No city has this id or name.
    """

    noun = "city"


class UnknownPartnershipError(UnknownNameError):
    """
    The data set has no partnership between these two cities.
    """

    noun = "partnership"

    def __str__(self) -> str:
        if isinstance(self.query, tuple) and len(self.query) == 2:
            text = f"no partnership between {shown(self.query[0])} and {shown(self.query[1])}"
            return f"{text}; {self.hint}" if self.hint else text
        return f"no partnership {shown(self.query)}; expected a pair of city ids"


class UnknownAreaError(UnknownNameError):
    """
    No cooperation area has this id or label.
    """

    noun = "cooperation area"


class UnknownNetworkError(UnknownNameError):
    """
    No cooperation network has this id or name.
    """

    noun = "cooperation network"


class UnknownSourceError(UnknownNameError):
    """
    No source has this id.
    """

    noun = "source"


class UnknownCountryError(UnknownNameError):
    """
    No country has this ISO 3166-1 code or this name in English, Finnish or Swedish.
    """

    noun = "country"


class UnknownStatusError(UnknownNameError):
    """
    No partnership status has this name.
    """

    noun = "status"


class UnknownKindError(UnknownNameError):
    """
    No kind of partnership has this name.
    """

    noun = "kind of partnership"


class UnknownDatasetError(UnknownNameError):
    """
    No bundled or installed data set has this name.
    """

    noun = "data set"


class AmbiguousCityError(TwinCitiesError, LookupError):
    """
    Several cities have this name; `.candidates` are their ids, `.places` the codes of their subdivision or country.
    """

    def __init__(
        self,
        query: str,
        candidates: Sequence[str],
        advice: str = "ask by id or give country=",
        places: Sequence[str | None] = (),
    ) -> None:
        super().__init__(query, tuple(candidates), advice, tuple(places))
        self.query = query
        self.candidates: tuple[str, ...] = tuple(candidates)
        self.advice = advice
        self.places: tuple[str | None, ...] = tuple(places)

    def __str__(self) -> str:
        placed = zip_longest(self.candidates[:10], self.places[:10])
        ids = ", ".join(f"{id} ({place})" if place else str(id) for id, place in placed) + (
            " …" if len(self.candidates) > 10 else ""
        )
        return f"{shown(self.query)} is the name of {len(self.candidates)} cities: {ids}; {self.advice}"


# -- the network -----------------------------------------------------------------------------------


class FetchError(TwinCitiesError, OSError):
    """
    An endpoint gave no usable answer; see `.url`, `.reason`, and `.status`, the HTTP status if there was one.
    """

    def __init__(self, url: str, reason: str, status: int | None = None, hint: str = "") -> None:
        super().__init__(reason)
        self.args: tuple[Any, ...] = (url, reason, status, hint)
        self.url = url
        self.reason = reason
        self.status = status
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.reason} ({self.url})" + (f"; {self.hint}" if self.hint else "")


# -- extras ----------------------------------------------------------------------------------------


class MissingDependencyError(TwinCitiesError, ImportError):
    """
    A function needs a package that isn't installed; `.extra` is the extra that installs it, or `None`.
    """

    def __init__(self, package: str, extra: str | None) -> None:
        super().__init__(package, extra)
        self.name: str = package
        self.extra = extra

    def __str__(self) -> str:
        wanted = self.name if self.extra is None else f"'twincities[{self.extra}]'"
        return f"this needs the package {self.name}: pip install {wanted}"
