"""
The strict reader: it reports everything that is wrong with a document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import attrs

from ..errors import DatasetError, FormatVersionError, InvalidDateError, Problem, RefusedError, one_problem, placed
from ..model.areas import shared_areas
from ..model.fields import Shape, shape_of
from ..model.integrity import problems_between
from ..model.lists import LISTS
from ..model.record import Readable, about
from ..model.references import References
from ..query.whole import HEAD_RULES, HEAD_TYPES
from .structure import refused, structure_partly, unknown_key
from .text import is_blank, parsed
from .writing import FORMAT

_LIST_OF = {singular: name for name, (_, singular) in LISTS.items()}
Content = tuple[dict[str, Any], dict[str, Any]]
"""The head of a document, and its records by list and key."""


class StrictReader:
    """
    A document that is being read: its readable parts so far, and its problems.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.head: dict[str, Any] = {"vocabulary": None}
        self.head_path: str = "$"
        # Of a broken record its readable part, or `None`, so that the others keep their places.
        self.lists: dict[str, list[Any]] = {name: [] for name in LISTS}
        self.paths: dict[str, list[str]] = {name: [] for name in LISTS}
        self.references: References = References()
        self.turned: list[int] = []  # partnerships whose cities aren't in alphabetical order
        self.unreadable: set[str] = set()

    def whole(self, document: Any) -> Content:
        """
        Read a document in JSON.
        """
        self._take_head(document, also=LISTS)
        for name in LISTS:
            entries = document.get(name, [])
            if isinstance(entries, (list, tuple)):
                for index, entry in enumerate(entries):
                    self._take(name, entry, f"$.{name}[{index}]")
            else:
                self.problems += placed(refused("a list", entries).problems, f"$.{name}")
                self.unreadable.add(name)
        return self._content()

    def lines(self, lines: Iterable[bytes | str]) -> Content:
        """
        Read a document in JSON Lines.
        """
        numbered = ((number, line) for number, line in enumerate(lines, 1) if not is_blank(line))
        number, line = next(numbered, (1, None))
        self.head_path = f"line {number} $"
        if line is None:
            raise one_problem(self.head_path, "expected a head, got no line")
        self._take_head(parsed(line, self.head_path), also=())
        for number, line in numbered:
            self._take_line(line, f"line {number} $")
        try:
            return self._content()
        except DatasetError as error:
            raise DatasetError(sorted(error.problems, key=_line)) from None

    def _take_line(self, line: bytes | str, path: str) -> None:
        try:
            entry = parsed(line, path)
        except DatasetError as error:
            self.problems += error.problems
            return
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _LIST_OF:
            expected = f"an object with one key of {', '.join(_LIST_OF)}"
            self.problems += placed(refused(expected, entry).problems, path)
            return
        ((singular, record),) = entry.items()
        self._take(_LIST_OF[singular], record, f"{path}.{singular}")

    def _take_head(self, document: Any, also: Collection[str]) -> None:
        path = self.head_path
        if not isinstance(document, dict):
            raise DatasetError(placed(refused("an object", document).problems, path))
        found = document.get("format")
        if found != FORMAT:
            if isinstance(found, str) and re.fullmatch(r"twincities/[0-9]{1,9}", found):
                raise FormatVersionError(found, FORMAT, path=f"{path}.format")
            expected = f'"format": "{FORMAT}"'
            if "format" in document:
                raise DatasetError(placed(refused(expected, found).problems, f"{path}.format"))
            raise one_problem(path, f"expected {expected}, got a document without it")
        known = ["format", *HEAD_TYPES, *also]
        self.problems += [unknown_key(key, path, known) for key in document if key not in known]
        for name, declared in HEAD_TYPES.items():
            if name in document:
                self._take_field(name, declared, document[name])

    def _take_field(self, name: str, declared: Any, value: Any) -> None:
        shape, item = shape_of(declared)
        path = f"{self.head_path}.{name}"
        try:
            taken = structure_partly(value, item if shape is Shape.ONE else declared)
        except RefusedError as error:
            self.problems += placed(error.problems, path)
            taken = error.readable
        except InvalidDateError as error:
            self.problems.append(Problem(path, str(error)))
            taken = None
        if taken is None:
            self.unreadable |= {"areas"} if name == "vocabulary" else set()
            return
        self.head[name] = taken
        if name in HEAD_RULES:
            self.problems += placed(HEAD_RULES[name](taken), path)

    def _take(self, name: str, entry: Any, path: str) -> None:
        """
        Read a record of the list *name*.
        """
        self.paths[name].append(path)
        try:
            record = structure_partly(entry, LISTS[name][0])
        except RefusedError as error:
            self.problems += placed(error.problems, path, about(error.readable))
            self.lists[name].append(error.readable if isinstance(error.readable, Readable) else None)
        else:
            self.lists[name].append(record)
            self.references.collect(record)
            if name == "partnerships" and entry["cities"][0] != record.cities[0]:
                self.turned.append(len(self.lists[name]) - 1)

    def _content(self) -> Content:
        """
        Return the head and the records, or raise all problems.
        """
        shared: Any = {}
        try:
            shared = shared_areas(self.head["vocabulary"])
        except ValueError as error:
            self.problems.append(Problem(f"{self.head_path}.vocabulary", str(error)))
            self.unreadable.add("areas")
        complete_for = self.head.get("complete_for", ())
        if not self.problems:
            for name, records in self.lists.items():
                self.references.add(name, records)
            by_key = self.references.by_key_if_sound(complete_for, shared)
            if by_key is not None:
                return self.head, by_key
        ties = self.lists["partnerships"]
        for index in self.turned:
            # Paths lead to the cities as they are written.
            ties[index] = Readable(
                type(ties[index]), attrs.asdict(ties[index], recurse=False) | {"cities": ties[index].cities[::-1]}
            )
        self.problems += problems_between(
            self.lists,
            complete_for=complete_for,
            shared_areas=shared,
            unreadable=self.unreadable,
            place=lambda name, index: self.paths[name][index],
            head=self.head_path,
        )
        raise DatasetError(self.problems)


def _line(problem: Problem) -> int:
    """
    The number of a problem's line, from a path such as `line 3 $.city`.
    """
    return int(problem.path.split(" ")[1])
