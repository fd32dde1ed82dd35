"""
Fetching from a SPARQL endpoint, page by page.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ...dataset.dataset import Dataset
from ...errors import FetchError, QueryError, shown
from .endpoint import Endpoint
from .gathering import Gathered, Remarks
from .pages import Cache, Pages
from .query import cities_query, country_query, item_ids
from .reading import made_of
from .sparql import gather_rows, item_column

__all__ = ["ENDPOINT", "Progress", "fetch", "show_progress"]

ENDPOINT = "https://query.wikidata.org/sparql"
"""Wikidata's own."""


class Progress(NamedTuple):
    """
    The state of a `fetch`.
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
        timeout: Seconds that a request may take as a whole, from the connection to the last byte of the answer.
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
    for name, given in (("progress", progress), ("report", report)):
        if given is not None and not callable(given):
            raise QueryError(f"expected a function as {name}=, got {shown(given)}")
    # All that is wrong is reported before anything is asked.
    ids = [] if cities is None else item_ids(cities)
    if isinstance(langs, Iterable) and not isinstance(langs, str):
        langs = list(langs)
    if country is not None:
        country_query(country)
    cities_query("Q1", langs)
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
    return made_of(gathered, pages.first_asked, report)
