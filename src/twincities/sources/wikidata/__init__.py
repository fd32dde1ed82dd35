"""
Wikidata: twinned administrative bodies (P190), from saved documents or from a SPARQL endpoint.

What isn't read: descriptions, site links, and every property of a place but its country (P17), what it is (P31), where
it lies (P131 for codes of subdivisions, P300; P625), inhabitants (P1082), GeoNames id (P1566) and its ties (P190).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ...dataset.dataset import Dataset
from ...errors import FetchError, QueryError, shown
from ...model.edtf import EdtfDate, to_date
from .building import build
from .entities import read_entities
from .fetching import Cache, Endpoint, Pages
from .gathering import Gathered, Remarks
from .query import cities_query, country_query, item_ids
from .sparql import gather_rows, item_column

__all__ = [
    "ENDPOINT",
    "Progress",
    "Remarks",
    "cities_query",
    "country_query",
    "fetch",
    "from_entities",
    "from_sparql",
    "show_progress",
]

ENDPOINT = "https://query.wikidata.org/sparql"
"""Wikidata's own."""


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
    return _built(gathered, to_date(as_of), report)


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
    return _built(gathered, to_date(as_of), report)


def _built(gathered: Gathered, as_of: EdtfDate | None, report: Callable[[Remarks], object] | None) -> Dataset:
    dataset = build(gathered, as_of)
    if report is not None:
        report(gathered.remarks())
    return dataset


# -- the network -----------------------------------------------------------------------------------


class Progress(NamedTuple):
    """
    How far a `fetch` has come.
    """

    done: int
    """Pages that are there."""
    pages: int
    """Pages in all."""
    kept: int
    """Those of the pages done that came from the cache folder."""

    def __str__(self) -> str:
        kept = f" ({self.kept:,} kept from before)" if self.kept else ""
        return f"Wikidata: {self.done:,} of {self.pages:,} pages{kept}"


def show_progress(progress: Progress) -> None:
    """
    Show *progress* on the standard error stream: one line that a terminal and a notebook renew, elsewhere the last alone.
    """
    stream = sys.stderr
    is_last = progress.done == progress.pages
    if stream.isatty() or type(stream).__module__.startswith("ipykernel."):
        stream.write(f"\r{progress}" + "\n" * is_last)
        stream.flush()
    elif is_last:
        stream.write(f"{progress}\n")


def fetch(
    cities: str | Iterable[str] | None = None,
    *,
    country: str | None = None,
    langs: Iterable[str] = ("en",),
    cache: str | os.PathLike[str] | None = None,
    endpoint: str = ENDPOINT,
    contact: str | None = None,
    page_size: int = 20,
    timeout: float = 60,
    tries: int = 5,
    progress: Callable[[Progress], object] | None = show_progress,
    report: Callable[[Remarks], object] | None = None,
) -> Dataset:
    """
    Ask a SPARQL endpoint for the ties of cities, or of all places of a country, and for the places on both sides.

    Questions are asked one after the other, a page of cities each. With a cache folder what was answered is never asked
    again: the same call goes on where an earlier one stopped, for whatever reason.

    Args:
        cities: Wikidata ids (`"Q162279"`).
        country: Instead of cities: an ISO 3166-1 alpha-2 code or a Wikidata id.
        langs: The languages of names, as BCP 47 tags.
        cache: A folder for the answers; made if it isn't there. Delete it to ask anew.
        endpoint: Any with Wikidata's RDF; HTTPS, or HTTP on this machine.
        contact: An e-mail address or a URL by which the owners of the endpoint can reach you; Wikimedia asks for one.
        page_size: How many cities one question is about.
        timeout: Seconds that an answer may take.
        tries: How often a question is asked before it is given up. Between tries it waits as long as the server says.
        progress: Is called after each page; `None` shows nothing.
        report: Is called with what the data set doesn't show: `report=print` prints it.

    Raises:
        QueryError: An argument can't be used; nothing was asked then.
        UnknownCountryError: No country has this code.
        FetchError: The endpoint gave no usable answer. What it had answered is in the cache folder.
        OSError: The cache folder can't be read or written.
        MissingDependencyError: urllib3 isn't installed.
    """
    if (cities is None) == (country is None):
        raise QueryError("expected either cities or a country")
    if isinstance(page_size, bool) or not isinstance(page_size, int) or page_size < 1:
        raise QueryError(f"expected one city a page or more, got {shown(page_size)}")
    ids = [] if cities is None else item_ids(cities)
    langs = [langs] if isinstance(langs, str) else list(langs)
    if country is not None:
        country_query(country)
    cities_query("Q1", langs)  # what is wrong is told before anything is asked
    gathered = Gathered()

    def read(answer: Mapping[str, Any]) -> None:
        gather_rows(answer, gathered)

    with Endpoint(endpoint, contact=contact, timeout=timeout, tries=tries) as asked:
        pages = Pages(asked, Cache(cache))
        try:
            if country is not None:
                ids = pages.get(country_query(country), item_column)
            queries = [cities_query(ids[at : at + page_size], langs) for at in range(0, len(ids), page_size)]
            listed = pages.kept
            for done, query in enumerate(queries, 1):
                pages.get(query, read)
                if progress is not None:
                    progress(Progress(done, len(queries), pages.kept - listed))
        except FetchError as error:
            hint = f"what was answered is kept in {os.fspath(cache)}: the same call goes on from there" if cache else ""
            raise FetchError(
                error.url, error.reason, error.status, hint or "with cache= a call goes on where it stopped"
            ) from error
    return _built(gathered, pages.first_asked, report)
