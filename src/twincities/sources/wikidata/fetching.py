"""
Fetching from a SPARQL endpoint, page by page.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import NamedTuple

import attrs

from ..._progress import describe, on_terminal, working
from ...dataset.dataset import Dataset
from ...errors import FetchError, QueryError, shown
from ...model.arguments import as_function, as_record, as_whole_number
from ...model.vocabulary import country_name
from .endpoint import Endpoint
from .gathering import Gathered, Remarks
from .pages import Pages
from .query import cities_query, countries_query, country_query, item_ids
from .reading import made_of
from .sparql import countries_in, gather_rows, item_column

__all__ = ["ENDPOINT", "Progress", "fetch", "show_progress"]

ENDPOINT = "https://query.wikidata.org/sparql"
"""The endpoint of Wikidata."""


class Progress(NamedTuple):
    """
    The state of a `fetch`: pages done, pages in all, and pages from the cache folder.
    """

    done: int
    pages: int
    kept: int
    waiting: str = ""
    """The current request; only for the world."""
    left: float | None = None
    """The estimated seconds left, once known; only for the world."""

    def __str__(self) -> str:
        kept = f" ({self.kept:,} kept from before)" if self.kept else ""
        left = f", about {_duration(self.left)} left" if self.left is not None else ""
        waiting = f"; waiting for {self.waiting}" if self.waiting else ""
        return f"Wikidata: {self.done:,} of {self.pages:,} pages{kept}{left}{waiting}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "a minute"
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"


def show_progress(progress: Progress) -> None:
    """
    Show *progress* in a terminal or notebook: one line, updated, then cleared. Elsewhere standard error gets the last.

    For the world a log gets a line for each country.
    """
    as_record(progress, Progress, "progress")
    is_last = progress.done == progress.pages and not progress.waiting
    if not describe(str(progress)) and (is_last or ", page 1 of " in progress.waiting):
        sys.stderr.write(f"{progress}\n")


def fetch(
    cities: str | Iterable[str] | None = None,
    *,
    country: str | None = None,
    world: bool = False,
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
    Fetch the ties of cities, of a country or of the world from a SPARQL endpoint, with the places on both sides.

    Each request is for a page of cities, one at a time. With a cache folder the same call resumes after an interruption.

    Args:
        cities: Wikidata ids (`"Q162279"`).
        country: An ISO 3166-1 alpha-2 code or a Wikidata id, instead of cities.
        world: True for all countries. It takes hours, so give a cache folder. The version of the data set is the day of
            the oldest answer.
        langs: The languages of names, as BCP 47 tags.
        cache: A folder for the answers, created if needed. Delete it to fetch again.
        endpoint: Any endpoint with Wikidata's RDF; HTTPS, or HTTP on this machine.
        contact: An e-mail address or a URL for the endpoint's operators; Wikimedia asks for one.
        page_size: The number of cities in a request.
        timeout: Seconds for a whole request, from the connection to the last byte of the answer.
        tries: The number of tries for a request. The wait between them is that of the server.
        progress: Called with `Progress` after each page; `None` shows nothing.
        report: Called with `Remarks` on what the data set doesn't show: `report=print` prints them.

    Raises:
        QueryError: An argument is invalid; nothing was fetched.
        UnknownCountryError: No country has this code.
        FetchError: The endpoint gave no usable answer. Earlier answers are in the cache folder.
        OSError: The cache folder can't be read or written.
        MissingDependencyError: urllib3 isn't installed.
    """
    if not isinstance(world, bool):
        raise QueryError(f"expected True or False as world=, got {shown(world)}")
    if (cities is not None) + (country is not None) + world != 1:
        raise QueryError("expected either cities or a country" + (", or only the world" if world else ""))
    page_size = as_whole_number(page_size, "page_size=")
    as_function(progress, "progress="), as_function(report, "report=")
    # Arguments are checked before anything is fetched.
    ids = [] if cities is None else item_ids(cities)
    if isinstance(langs, Iterable) and not isinstance(langs, str):
        langs = list(langs)
    if country is not None:
        country_query(country)
    cities_query("Q1", langs)
    gathered = Gathered()
    ours = progress is show_progress
    work = working("fetching from Wikidata", by_default=on_terminal(sys.stderr)) if ours else nullcontext()
    with work, Endpoint(endpoint, contact=contact, timeout=timeout, tries=tries) as asked:
        pages = Pages(asked, cache)
        fetching = _Fetching(pages, gathered, langs, page_size, progress or (lambda _: None))
        try:
            if world:
                fetching.world()
            else:
                fetching.cities(ids if country is None else pages.get(country_query(country), item_column))
        except FetchError as error:
            hint = f"what was answered is kept in {os.fspath(cache)}: the same call goes on from there" if cache else ""
            raise FetchError(
                error.url, error.reason, error.status, hint or "with cache= a call goes on where it stopped"
            ) from error
    dataset = made_of(gathered, pages.first_asked, report)
    if not world:
        return dataset
    version = None if pages.first_asked is None else str(pages.first_asked)
    return dataset.with_records(id="world", title="Twin cities of the world (Wikidata, P190)", version=version)


@attrs.define
class _Fetching:
    """
    The pages of one call, and the progress that they make.
    """

    pages: Pages
    gathered: Gathered
    langs: Iterable[str]
    page_size: int
    show: Callable[[Progress], object]
    asking: float = 0.0
    """The seconds spent on pages that weren't kept."""

    def cities(self, ids: Sequence[str]) -> None:
        queries = self._queries(ids)
        listed = self.pages.kept
        for done, query in enumerate(queries, 1):
            self._read(query)
            self.show(Progress(done, len(queries), self.pages.kept - listed))

    def world(self) -> None:
        """
        Read the pages of all countries, having listed the places of each.
        """
        countries = self.pages.get(countries_query(), countries_in)
        places: dict[str, list[str]] = {}
        seen: set[str] = set()
        for number, (id, code) in enumerate(countries.items()):
            self._report(number, len(countries), 0, f"{country_name(code)}, its places")
            found = self.pages.get(country_query(id), item_column)
            places[id] = [place for place in found if place not in seen]  # one may lie in two
            seen.update(found)
        queries = [
            (query, f"{country_name(countries[id])}, page {number} of {len(in_country)}")
            for id, ids in places.items()
            for in_country in [self._queries(ids)]
            for number, query in enumerate(in_country, 1)
        ]
        listed = self.pages.kept
        for done, (query, name) in enumerate(queries):
            self._report(done, len(queries), self.pages.kept - listed, name)
            self._read(query)
        self._report(len(queries), len(queries), self.pages.kept - listed)

    def _queries(self, ids: Sequence[str]) -> list[str]:
        return [cities_query(ids[at : at + self.page_size], self.langs) for at in range(0, len(ids), self.page_size)]

    def _read(self, query: str) -> None:
        kept, began = self.pages.kept, time.monotonic()
        self.pages.get(query, lambda answer: gather_rows(answer, self.gathered))
        if self.pages.kept == kept:
            self.asking += time.monotonic() - began

    def _report(self, done: int, pages: int, kept: int, waiting: str = "") -> None:
        asked = done - kept
        left = self.asking / asked * (pages - done) if asked > 0 and self.asking else None
        self.show(Progress(done, pages, kept, waiting, left))
