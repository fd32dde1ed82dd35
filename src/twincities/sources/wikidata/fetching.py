"""
Asking a SPARQL endpoint: politely, one question at a time, and never what a folder has the answer to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from ..._files import read_bytes, write_atomically
from ..._optional import require
from ..._version import __version__
from ...document.text import parsed
from ...errors import DatasetError, FetchError, InvalidDateError, QueryError, shown
from ...model.edtf import EdtfDate
from ...model.rules import URL

__all__ = ["Cache", "Endpoint", "Pages"]

T = TypeVar("T")

MAX_ANSWER = 1 << 27
"""How many bytes an answer may hold, unpacked: 128 MiB."""
_CHUNK = 1 << 16
_LONGEST_WAIT = 600  # seconds; a server that asks for more is told to the user
_BUSY = (429, 502, 503, 504)
_one_at_a_time = threading.Lock()


class _UnusableError(Exception):
    """
    An answer that came and can't be used.
    """


class Endpoint:
    """
    A SPARQL endpoint; to be used in a `with` block.

    Args:
        url: HTTPS; HTTP on this machine alone.
        contact: Whom its owners can write to.
        timeout: Seconds that one answer may take.
        tries: How often a question is asked before it is given up.

    Raises:
        QueryError: An argument can't be used.
        MissingDependencyError: urllib3 isn't installed.
    """

    def __init__(self, url: str, *, contact: str | None, timeout: float, tries: int) -> None:
        self.url: str = _checked_url(url)
        self._timeout = timeout
        about = f" ({_checked_contact(contact)})" if contact is not None else ""
        if not timeout > 0:
            raise QueryError(f"expected a timeout above 0 seconds, got {shown(timeout)}")
        if not tries >= 1:
            raise QueryError(f"expected one try or more, got {shown(tries)}")
        self._http = require("urllib3", extra="wikidata")
        self._pool = self._http.PoolManager(
            headers={
                "User-Agent": f"twincities/{__version__}{about} urllib3/{self._http.__version__}",
                "Accept": "application/sparql-results+json",
                "Accept-Encoding": "gzip",
            },
            timeout=self._http.Timeout(connect=timeout, read=timeout),
            retries=self._http.Retry(
                total=tries - 1,
                allowed_methods=None,  # a query changes nothing, so it can be asked again
                status_forcelist=_BUSY,
                backoff_factor=1,
                retry_after_max=_LONGEST_WAIT,
                raise_on_status=False,
            ),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.clear()

    def ask(self, query: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[Mapping[str, Any], T]:
        """
        The answer to *query*, and what *read* makes of it; an answer that is cut or that *read* refuses is asked anew.

        Raises:
            FetchError: There is none.
        """
        retries = self._pool.connection_pool_kw["retries"]
        while True:
            try:
                with _one_at_a_time, self._sent(query, retries) as response:
                    retries = response.retries
                    answer = parsed(self._body(response))
                return answer, read(answer)
            except (_UnusableError, DatasetError) as error:
                if not retries.total:
                    raise FetchError(self.url, f"expected SPARQL results in JSON: {error}", response.status) from error
                retries = retries.increment(url=self.url, error=self._http.exceptions.HTTPError(str(error)))
                retries.sleep()

    def _sent(self, query: str, retries: Any) -> Any:
        """
        The response to *query*, its body unread.
        """
        try:
            response = self._pool.request_encode_body(
                "POST",
                self.url,
                fields={"query": query},
                encode_multipart=False,
                retries=retries,
                redirect=False,
                preload_content=False,
            )
        except self._http.exceptions.HTTPError as error:
            raise FetchError(self.url, f"expected an answer: {_why(error)}") from error
        if response.status == 200:
            return response
        with response:
            if target := response.headers.get("Location"):
                reason = f"expected no redirect, got one to {shown(target, 200)}: give that as endpoint if you trust it"
            else:
                reason = f"expected an answer, got status {response.status}: {self._excerpt(response)}"
            raise FetchError(self.url, reason, response.status)

    def _body(self, response: Any) -> bytes:
        body = bytearray()
        deadline = time.monotonic() + self._timeout
        try:
            # read1 gives what is there: a server that sends a byte now and then can't hold us for ever.
            while chunk := response.read1(_CHUNK):
                body += chunk
                if len(body) > MAX_ANSWER:
                    raise FetchError(self.url, f"expected at most {MAX_ANSWER:,} bytes, got more", response.status)
                if time.monotonic() > deadline:
                    raise _UnusableError(f"it wasn't whole after {self._timeout:g} seconds")
        except self._http.exceptions.HTTPError as error:
            raise _UnusableError(_why(error)) from error
        return bytes(body)

    def _excerpt(self, response: Any) -> str:
        try:
            return shown(response.read1(1000).decode(errors="replace").strip(), 200)
        except self._http.exceptions.HTTPError as error:
            return _why(error)


def _why(error: Exception) -> str:
    # urllib3 wraps the reason, and names its own objects by their address in memory.
    reason = getattr(error, "reason", None) or error
    return re.sub(r"<[^>]+>(?:, |: )|^[A-Za-z]+\([^)]*\): ", "", str(reason))


def _checked_url(url: str) -> str:
    expected = "expected an endpoint with HTTPS (or HTTP on this machine, such as http://127.0.0.1:7878/query)"
    if not isinstance(url, str) or not URL.holds(url):
        raise QueryError(f"{expected}, got {shown(url)}")
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
    if not port_is_right or not parts.hostname or (parts.scheme != "https" and not _is_loopback(parts.hostname)):
        raise QueryError(f"{expected}, got {shown(url)}")
    if parts.username is not None or parts.fragment:
        raise QueryError(f"expected an endpoint without user and fragment, got {shown(parts.hostname)}")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _checked_contact(contact: str) -> str:
    if not isinstance(contact, str) or not re.fullmatch(r"[!-'*-~]{3,200}", contact, re.ASCII):
        raise QueryError(f"expected an e-mail address or a URL as contact, got {shown(contact)}")
    return contact


class Cache:
    """
    A folder of answers, one file a question; without a folder nothing is kept.

    A file belongs to one query to one endpoint: its name is their hash, and it holds both.
    """

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        self._folder = None if folder is None else Path(folder)

    def kept(self, url: str, query: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[EdtfDate, T] | None:
        """
        When the answer was given, and what *read* makes of it; `None` if it isn't kept or its file is damaged.
        """
        if self._folder is None:
            return None
        try:
            page = parsed(read_bytes(self._path(url, query), 4 * MAX_ANSWER))
            if (page["endpoint"], page["query"]) != (url, query):
                return None
            return EdtfDate(page["asked"]), read(page["answer"])
        except FileNotFoundError:
            return None
        except (DatasetError, InvalidDateError, KeyError, TypeError):
            return None  # damaged: to be asked anew

    def keep(self, url: str, query: str, answer: Mapping[str, Any], asked: EdtfDate) -> None:
        """
        Write *answer* to the folder, whole or not at all.
        """
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        page = {"endpoint": url, "query": query, "asked": str(asked), "answer": answer}
        write_atomically(self._path(url, query), [json.dumps(page, ensure_ascii=False).encode()])

    def _path(self, url: str, query: str) -> Path:
        assert self._folder is not None
        name = hashlib.sha256(f"{url}\n{query}".encode()).hexdigest()[:40]
        return self._folder / f"{name}.json.gz"


class Pages:
    """
    Answers one after the other: from the cache, or else from the endpoint and into the cache.
    """

    def __init__(self, endpoint: Endpoint, cache: Cache) -> None:
        self._endpoint = endpoint
        self._cache = cache
        self.kept: int = 0
        """How many answers came from the cache."""
        self.first_asked: EdtfDate | None = None
        """The earliest day on which an answer was given."""

    def get(self, query: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        """
        What *read* makes of the answer to *query*.

        Raises:
            FetchError: The endpoint gave no usable answer.
        """
        found = self._cache.kept(self._endpoint.url, query, read)
        if found is None:
            answer, made = self._endpoint.ask(query, read)
            asked = EdtfDate(datetime.now(UTC).date().isoformat())
            self._cache.keep(self._endpoint.url, query, answer, asked)
        else:
            asked, made = found
            self.kept += 1
        self.first_asked = min(asked, self.first_asked or asked)
        return made
