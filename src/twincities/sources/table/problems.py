"""
Problems of cells, and candidates for unclear names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...display.messages import translated
from ...display.values import number_in
from ...errors import Problem, shown
from ...model.city import City

_MOST = 5  # candidates that a message names
_LINES = 6  # lines that a group names


class Candidate(NamedTuple):
    """
    A city that may be meant.
    """

    id: str
    name: str
    country: str | None
    """ISO 3166-1 alpha-2."""
    region: str | None
    """ISO 3166-2, where the gazetteer has it."""
    population: int | None

    def __str__(self) -> str:
        return _described(self)


class CellProblem(NamedTuple):
    """
    A cell that can't be read or has more than one possible meaning, or that contradicts another.
    """

    line: int
    column: str
    text: str
    message: str
    candidates: tuple[Candidate, ...] = ()
    """The cities with the name, the largest first, else those with a similar name."""
    country: str | None = None
    """The country of the city in the row."""


class UnclearError(ValueError):
    """
    A cell that may name no city, or several; `.reason` is the message without the advice, `.key` that of the column.
    """

    def __init__(self, reason: str, cities: Iterable[City] = (), advice: str = "", *, key: str = "") -> None:
        super().__init__(f"{reason}; {advice}" if advice else reason)
        self.reason = reason
        self.key = key
        self.candidates: tuple[Candidate, ...] = tuple(map(_candidate, cities))


def _candidate(city: City) -> Candidate:
    region = city.subdivision_codes[0] if city.subdivision_codes else None
    return Candidate(city.id, city.name, city.country_code, region, city.population)


def _described(city: Candidate, lang: str = "en") -> str:
    """
    The candidate with its population as written in *lang*.
    """
    people = None if city.population is None else number_in(city.population, lang)
    return ", ".join(filter(None, [city.name, city.region or city.country, people])) + f" ({city.id})"


def grouped(problems: Iterable[CellProblem], lang: str) -> list[Problem]:
    """
    The problems in *lang*, those of the same text in the same column together: their place, the text, and what to do.
    """
    groups: dict[tuple[str, str, str, tuple[Candidate, ...]], list[int]] = {}
    for problem in sorted(problems, key=lambda problem: problem.line):
        key = (problem.column, problem.text, problem.message, problem.candidates)
        groups.setdefault(key, []).append(problem.line)
    found = []
    for (column, text, message, cities), lines in groups.items():
        remark = message if not text or shown(text) in message else f"{shown(text)}: {message}"
        meant = "; ".join(_described(city, lang) for city in cities[:_MOST]) + ("; …" if len(cities) > _MOST else "")
        remark = translated(f"{remark}; candidates: {meant}" if meant else remark, lang)
        found.append(Problem(f"{translated(listed(lines), lang)}, {column}", remark))
    return found


def listed(lines: Sequence[int]) -> str:
    """
    Numbers of lines in words.
    """
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) <= _LINES:
        return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return f"lines {', '.join(map(str, lines[:_LINES]))} and {len(lines) - _LINES} more"
