"""
The five questions that `docs/interop/parquet.md` asks in SQL, and the answers of a data set.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

import twincities as tc

PAGE = Path(__file__).parent.parent / "docs" / "interop" / "parquet.md"
SQL = dict(
    re.findall(r"^### (.+?)\n.*?^```sql\n(.+?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
)
"""The SQL below each heading of the page."""

QUESTIONS = ("Partners of a city", "Partnerships by country and area", "Degree", "Cousins", "Active in a year")
Rows = list[tuple[Any, ...]]

_KUOPIO = tc.load()
# Ties of one span each, as the query on the page takes them: sources that disagree and breaks are beyond it.
PLAIN = _KUOPIO.with_records(
    *(attrs.evolve(tie, claims=(), milestones=(), agreements=()) for tie in _KUOPIO.partnerships.values()), as_of="2022"
)


def pairs(ties: tc.Selection[tc.Tie]) -> Rows:
    """The ids of both cities of each tie."""
    return sorted(tie.partnership.cities for tie in ties)


def told(ds: tc.Dataset, city: str, country: str, area: str, year: int) -> dict[str, Rows]:
    """The five answers of the data set."""
    degrees = [(id, len(ds.partners(id))) for id in ds.cities]
    cousins = [(cousin.city.id, len(cousin.shared)) for cousin in ds.cousins(city)]
    answers: list[Rows] = [
        sorted((tie.partner.id,) for tie in ds.partners(city)),
        pairs(ds.ties(country=country, area=area)),
        sorted(degrees, key=lambda row: (-row[1], row[0])),
        sorted(cousins, key=lambda row: (-row[1], row[0])),
        pairs(ds.ties(on=year)),
    ]
    return dict(zip(QUESTIONS, answers, strict=True))


def asked(
    engine: str, folder: Path, run: Callable[[str], Rows], city: str, country: str, area: str, year: int
) -> dict[str, Rows]:
    """The five answers of an engine that *run* gives SQL to, from the files in a folder."""
    for statement in (SQL[f"Opening it in {engine}"] + SQL["In both: ties seen from each side"]).split(";\n"):
        if statement.strip():
            run(statement.replace("TEMP VIEW", "OR REPLACE TEMP VIEW").replace("kuopio/", f"{folder}/"))
    words = {"'kuopio'": f"'{city}'", "'SE'": f"'{country}'", "'culture'": f"'{area}'", "1985-": f"{year:04d}-"}
    answers = {}
    for question in QUESTIONS:
        text = SQL[question].removesuffix(";\n")
        for given, sought in words.items():
            text = text.replace(given, sought)
        answers[question] = run(text)
    return answers
