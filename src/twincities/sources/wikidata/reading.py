"""
Data sets from Wikidata's entity documents and from answers to the query.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..._files import naming, read_bytes
from ...dataset.dataset import Dataset
from ...document.text import parsed
from ...errors import DatasetWarning
from ...model.arguments import as_function
from ...model.edtf import EdtfDate
from ...model.moments import as_argument, to_date
from ...model.rules import WIKIDATA
from .building import Builder
from .entities import read_entities
from .gathering import Gathered, Remarks
from .sparql import gather_rows


def from_entities(
    *documents: Mapping[str, Any] | bytes | str,
    as_of: EdtfDate | str | None = None,
    report: Callable[[Remarks], object] | None = None,
) -> Dataset:
    """
    The data set in entity documents of Wikidata's API (wbgetentities) or Special:EntityData.

    A document has one entity or, under `entities`, many. Cities are twinned places and entities given for themselves;
    documents of countries and subdivisions provide the codes of places in them.

    >>> from_entities({"id": "Q1757", "labels": {"fi": {"language": "fi", "value": "Helsinki"}}}).city("Helsinki").id
    'Q1757'

    Args:
        documents: JSON text, or parsed JSON. If an entity is given twice, the last counts.
        as_of: The date of retrieval. Ties that end after it, or after today without it, haven't ended yet.
        report: Called with `Remarks` on what the data set doesn't show: `report=print` prints them.

    Raises:
        DatasetError: A document isn't valid; the problem has the path.
    """
    gathered = Gathered()
    for document in documents:
        read_entities(document, gathered)
    return made_of(gathered, as_argument(to_date, as_of, "as_of="), report)


def from_sparql(
    *answers: Mapping[str, Any] | bytes | str,
    as_of: EdtfDate | str | None = None,
    report: Callable[[Remarks], object] | None = None,
) -> Dataset:
    """
    The data set in answers to the query of `cities_query`, in the format application/sparql-results+json.

    Args:
        answers: JSON text, or parsed JSON; repeated rows count once.
        as_of: The date of the answers. Ties that end after it, or after today without it, haven't ended yet.
        report: Called with `Remarks` on what the data set doesn't show: `report=print` prints them.

    Raises:
        DatasetError: An answer isn't valid; the problem has the path.
    """
    gathered = Gathered()
    for answer in answers:
        gather_rows(answer, gathered)
    return made_of(gathered, as_argument(to_date, as_of, "as_of="), report)


def read_saved(path: Path, *, report: Callable[[str], object] | None, max_bytes: int) -> Dataset | None:
    """
    The data set in a file of entity documents or of an answer to the query; `None` for any other content.
    """
    with naming(path):
        document = parsed(read_bytes(path, max_bytes).removeprefix(b"\xef\xbb\xbf"))
        if not isinstance(document, Mapping):
            return None
        is_answer = document.keys() >= {"head", "results"}
        is_entity = WIKIDATA.holds(str(document.get("id"))) and bool(document.keys() & {"claims", "labels"})
        if not (is_answer or is_entity or isinstance(document.get("entities"), (Mapping, list))):
            return None
        found: list[Remarks] = []
        dataset = (from_sparql if is_answer else from_entities)(document, report=found.append)
    if found[0] != Remarks():
        message = f"{path}: {found[0]}"
        if report is None:
            warnings.warn(message, DatasetWarning, stacklevel=4)
        else:
            report(message)
    return dataset


def made_of(gathered: Gathered, as_of: EdtfDate | None, report: Callable[[Remarks], object] | None) -> Dataset:
    as_function(report, "report=")
    dataset = Builder(gathered, as_of).dataset()
    if report is not None:
        report(gathered.remarks())
    return dataset
