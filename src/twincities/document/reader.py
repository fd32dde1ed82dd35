"""
One document on its way in, strictly: what is good of it, and everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from ..dataset.dataset import Dataset, dataset_of
from ..errors import DatasetError, FormatVersionError, Problem
from ..model.areas import shared_areas
from ..model.edtf import EdtfDate
from ..model.fields import LISTS
from ..model.integrity import Used, problems_between
from ..query.whole import HEAD, HEAD_RULES
from .fast import CHUNK, line_decoder
from .structure import RefusedError, refused, structure, unknown_key, unstructure
from .text import parsed
from .writing import FORMAT

__all__ = ["HEAD_TYPES", "Reader"]

_LIST_OF = {singular: name for name, (_, singular) in LISTS.items()}
HEAD_TYPES: Mapping[str, Any] = {
    name: EdtfDate | None if name == "as_of" else tuple[str, ...] if name == "complete_for" else str | None
    for name in HEAD
}


class Reader:
    """
    One document on its way in: what is good of it so far, and what is wrong.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.head: dict[str, Any] = {"vocabulary": None}
        # A record that is broken leaves a hole, so that the others keep their places.
        self.lists: dict[str, list[Any]] = {name: [] for name in LISTS}
        self.used: Used = Used()
        self.broken: dict[str, set[str]] = {name: set() for name in LISTS}
        # What refers to these can't be judged.
        self.unreadable: set[str] = set()

    def whole(self, document: Any) -> Dataset:
        """
        The data set in a document of one piece.
        """
        self.take_head(document, "$", allowed=LISTS)
        for name in LISTS:
            entries = document.get(name, [])
            if isinstance(entries, (list, tuple)):
                for index, entry in enumerate(entries):
                    self.take(name, entry, f"$.{name}[{index}]")
            else:
                self.problems += refused("a list", entries, f"$.{name}").problems
                self.unreadable.add(name)
        return self.finish()

    def lines(self, lines: Iterable[bytes | str]) -> Dataset:
        """
        The data set in lines, which are looked at one after the other.
        """
        numbers: dict[str, list[int]] = {name: [] for name in LISTS}
        numbered = ((number, line) for number, line in enumerate(lines, 1) if not _is_blank(line))
        first = next(numbered, None)
        if first is None:
            raise DatasetError([Problem("line 1 $", "expected a head, got no line")])
        start = f"line {first[0]} $"
        self.take_head(parsed(first[1], start), start, allowed=())
        quickly = line_decoder(self.used.keep)
        while some := list(islice(numbered, CHUNK)):
            known = None if quickly is None else quickly([line for _, line in some])
            if known is not None:
                for singular, (places, records) in known.items():
                    self.lists[_LIST_OF[singular]] += records
                    numbers[_LIST_OF[singular]] += [some[place][0] for place in places]
                continue
            for number, line in some:
                if (kind := self._take_line(line, f"line {number} $")) is not None:
                    numbers[_LIST_OF[kind]].append(number)

        def line_of(match: re.Match[str]) -> str:
            if match["list"] is None:
                return start + match["place"][1:]
            return f"{match['before']}line {numbers[match['list']][int(match['number'])]} $.{LISTS[match['list']][1]}"

        # A place stands at the beginning of a path, and may stand at the end of a message: never what a document says.
        place = rf"(?P<place>\$\.(?:(?P<list>{'|'.join(LISTS)})\[(?P<number>[0-9]+)\]|complete_for|vocabulary))"
        try:
            return self.finish(
                lambda path: re.sub(rf"^(?P<before>){place}", line_of, path),
                lambda message: re.sub(rf"(?P<before>, first at ){place}$", line_of, message),
                None if quickly is None else lambda: self._look_again(numbers),
            )
        except DatasetError as error:
            raise DatasetError(sorted(error.problems, key=_line)) from None

    def _look_again(self, numbers: Mapping[str, list[int]]) -> None:
        """
        Take all records anew, strictly: the quick way leaves the form of references to the check that they lead to
        a record.
        """
        for name, lines in numbers.items():
            records, self.lists[name] = self.lists[name], []
            for number, record in zip(lines, records, strict=True):
                if record is None:
                    self.lists[name].append(None)
                else:
                    self.take(name, unstructure(record), f"line {number} $.{LISTS[name][1]}")

    def _take_line(self, line: bytes | str, path: str) -> str | None:
        """
        Take a record from a line and say of which kind it is.
        """
        try:
            entry = parsed(line, path)
        except DatasetError as error:
            self.problems += error.problems
            return None
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _LIST_OF:
            expected = f"an object with one key of {', '.join(_LIST_OF)}"
            self.problems += refused(expected, entry, path).problems
            return None
        ((singular, record),) = entry.items()
        self.take(_LIST_OF[singular], record, f"{path}.{singular}")
        return str(singular)

    def take_head(self, document: Any, path: str, allowed: Iterable[str]) -> None:
        """
        Take what a document says of itself.
        """
        if not isinstance(document, dict):
            raise DatasetError(refused("an object", document, path).problems)
        found = document.get("format")
        if found != FORMAT:
            if isinstance(found, str) and re.fullmatch(r"twincities/[0-9]{1,9}", found):
                raise FormatVersionError(found, FORMAT, path=f"{path}.format")
            expected = f'"format": "{FORMAT}"'
            got = refused(expected, found, f"{path}.format") if "format" in document else None
            raise DatasetError(
                got.problems if got else [Problem(path, f"expected {expected}, got a document without it")]
            )
        known = ["format", *HEAD, *allowed]
        self.problems += [unknown_key(key, path, known) for key in document if key not in known]
        for name, kind in HEAD_TYPES.items():
            if name in document:
                self._take_field(name, kind, document[name], path)

    def _take_field(self, name: str, kind: Any, value: Any, path: str) -> None:
        try:
            taken = structure(value, kind)
        except RefusedError as error:
            below = [Problem(f"{path}.{name}{p.path[1:]}", p.message) for p in error.problems]
            if name == "vocabulary":
                self.unreadable.add("areas")
        else:
            self.head[name] = taken
            below = [Problem(path + p.path[1:], p.message) for p in HEAD_RULES.broken_by({name: taken})]
        self.problems += below

    def take(self, name: str, entry: Any, path: str) -> None:
        """
        Take a record into a list.
        """
        kind = LISTS[name][0]
        try:
            record = structure(entry, kind)
        except RefusedError as error:
            self.problems += [Problem(path + p.path[1:], p.message) for p in error.problems]
            self.lists[name].append(None)
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                self.broken[name].add(entry["id"])
        else:
            self.lists[name].append(record)
            self.used.see(record)

    def finish(
        self,
        placed: Callable[[str], str] = str,
        told: Callable[[str], str] = str,
        look_again: Callable[[], None] | None = None,
    ) -> Dataset:
        """
        The data set, or all that is wrong; where something is, *look_again* comes before what is wrong between records.
        """
        try:
            shared = shared_areas(self.head["vocabulary"])
        except ValueError as error:
            self.problems.append(Problem(placed("$.vocabulary"), str(error)))
            shared = {}
            self.unreadable.add("areas")
        complete_for = self.head.get("complete_for", ())
        if not self.problems and (by_key := self.used.fit(self.lists, complete_for, shared)) is not None:
            return dataset_of(by_key, self.head)
        if look_again is not None:
            look_again()
        found = problems_between(
            **self.lists,
            complete_for=complete_for,
            shared_areas=shared,
            also_cities=self.broken["cities"],
            also_areas=self.broken["areas"],
            also_sources=self.broken["sources"],
            unreadable=self.unreadable,
        )
        self.problems += [Problem(placed(path), told(message)) for path, message in found]
        raise DatasetError(self.problems)


def _is_blank(line: bytes | str) -> bool:
    return not (line.strip(" \t\r\n") if isinstance(line, str) else line.strip(b" \t\r\n"))


def _line(problem: Problem) -> int:
    """
    The number of the line that a problem is in: its path is such as `line 3 $.city`.
    """
    return int(problem.path.split(" ")[1])
