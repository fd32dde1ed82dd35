"""
Fetching from a SPARQL endpoint, page by page; a folder keeps the pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import attrs

from ..._files import read_bytes, write_atomically
from ..._progress import describe, on_terminal, working
from ...dataset.dataset import Dataset
from ...document.text import parsed
from ...errors import DatasetError, FetchError, InvalidDateError, QueryError, shown
from ...model.arguments import as_function, as_record, as_whole_number
from ...model.edtf import EdtfDate
from ...model.vocabulary import country_name
from .bounds import MAX_ANSWER
from .endpoint import Endpoint
from .gathering import Gathered, Remarks
from .query import cities_query, countries_query, country_query, item_ids
from .reading import made_of
from .sparql import countries_in, gather_rows, item_column

ENDPOINT = "https://query.wikidata.org/sparql"
"""The endpoint of Wikidata."""

T = TypeVar("T")


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
        pages = _Pages(asked, cache)
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

    pages: _Pages
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
        queries: list[tuple[str, str]] = []
        seen: set[str] = set()
        for number, (id, code) in enumerate(countries.items()):
            name = country_name(code)
            self._report(number, len(countries), 0, f"{name}, its places")
            found = self.pages.get(country_query(id), item_column)
            pages = self._queries([place for place in found if place not in seen])  # one may lie in two
            seen.update(found)
            queries += [(query, f"{name}, page {page} of {len(pages)}") for page, query in enumerate(pages, 1)]
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


class _Pages:
    """
    Answers from a folder with a file for each query, or else from the endpoint and into the folder.

    A file belongs to one query to one endpoint: its name is their hash, and it holds both. What isn't a regular file
    (a link, a pipe) counts as damaged and is replaced. Without a folder nothing is kept.
    """

    def __init__(self, endpoint: Endpoint, folder: str | os.PathLike[str] | None) -> None:
        if folder is not None and not isinstance(folder, (str, os.PathLike)):
            raise QueryError(f"expected a folder as cache, got {shown(folder)}")
        self._endpoint = endpoint
        self._folder = None if folder is None else Path(folder)
        self.kept: int = 0
        """The answers that came from the folder."""
        self.first_asked: EdtfDate | None = None
        """The earliest day on which an answer was given."""

    def get(self, query: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        """
        Get the answer to *query* and return the result of *read*.
        """
        name = hashlib.sha256(f"{self._endpoint.url}\n{query}".encode()).hexdigest()[:40]
        path = None if self._folder is None else self._folder / f"{name}.json.gz"
        found = None if path is None else self._kept(path, query, read)
        if found is None:
            answer, made = self._endpoint.ask(query, read)
            asked = EdtfDate(datetime.now(UTC).date().isoformat())
            if path is not None:
                page = {"endpoint": self._endpoint.url, "query": query, "asked": str(asked), "answer": answer}
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, [json.dumps(page, ensure_ascii=False).encode()], follow=False)
        else:
            asked, made = found
            self.kept += 1
        self.first_asked = min(asked, self.first_asked or asked)
        return made

    def _kept(self, path: Path, query: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[EdtfDate, T] | None:
        """
        The day of the answer in a file, and the result of *read*; `None` if it isn't there or is damaged.
        """
        try:
            page = parsed(read_bytes(path, 4 * MAX_ANSWER, only_regular=True))
            if (page["endpoint"], page["query"]) != (self._endpoint.url, query):
                return None
            return EdtfDate(page["asked"]), read(page["answer"])
        except FileNotFoundError:
            return None
        except (DatasetError, InvalidDateError, KeyError, TypeError):
            return None  # damaged: to be asked anew
