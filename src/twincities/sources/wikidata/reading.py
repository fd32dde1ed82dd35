"""
Data sets from what Wikidata gave: entity documents, and answers to our query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...dataset.dataset import Dataset
from ...model.edtf import EdtfDate, to_date
from .building import build
from .entities import read_entities
from .gathering import Gathered, Remarks
from .sparql import gather_rows

__all__ = ["from_entities", "from_sparql", "made_of"]


def from_entities(
    *documents: Mapping[str, Any] | bytes | str,
    as_of: EdtfDate | str | None = None,
    report: Callable[[Remarks], object] | None = None,
) -> Dataset:
    """
    The data set in entity documents, as Wikidata's API (wbgetentities) and Special:EntityData give them.

    A document may hold one entity or, under `entities`, many. Cities are what is twinned and what was given for its own
    sake; the documents of countries and of what they are divided into bring the codes of those that lie there.

    >>> from_entities({"id": "Q1757", "labels": {"fi": {"language": "fi", "value": "Helsinki"}}}).city("Helsinki").id
    'Q1757'

    Args:
        documents: Each as JSON text, or as `json` reads it. Of an entity that is given twice, the last counts.
        as_of: When they were retrieved; a tie has ended whose end is before it, or before today unless given.
        report: Is called with what the data set doesn't show: `report=print` prints it.

    Raises:
        DatasetError: Something isn't such a document; the problem has the path.
    """
    gathered = Gathered()
    for document in documents:
        read_entities(document, gathered)
    return made_of(gathered, to_date(as_of), report)


def from_sparql(
    *answers: Mapping[str, Any] | bytes | str,
    as_of: EdtfDate | str | None = None,
    report: Callable[[Remarks], object] | None = None,
) -> Dataset:
    """
    The data set in answers to the query that `cities_query` gives, in the form application/sparql-results+json.

    Args:
        answers: Each as JSON text, or as `json` reads it; what stands in several counts once.
        as_of: When they were given; a tie has ended whose end is before it, or before today unless given.
        report: Is called with what the data set doesn't show: `report=print` prints it.

    Raises:
        DatasetError: Something isn't such an answer; the problem has the path.
    """
    gathered = Gathered()
    for answer in answers:
        gather_rows(answer, gathered)
    return made_of(gathered, to_date(as_of), report)


def made_of(gathered: Gathered, as_of: EdtfDate | None, report: Callable[[Remarks], object] | None) -> Dataset:
    dataset = build(gathered, as_of)
    if report is not None:
        report(gathered.remarks())
    return dataset
