"""
Requests to a SPARQL endpoint: one at a time, with limits on time and size.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import mktime_tz, parsedate_tz
from ipaddress import ip_address
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import attrs

from ..._optional import require
from ..._version import __version__
from ...document.text import parsed
from ...errors import DatasetError, FetchError, QueryError, shown
from ...model.arguments import as_whole_number
from ...model.rules import URL
from . import bounds
from .bounds import Bounds, pool_classes

T = TypeVar("T")

_EXPECTED = "expected SPARQL results in JSON"
_CHUNK = 1 << 16
_LONGEST_WAIT = 600  # seconds between two tries, whatever the server asks for
_LONGEST_TIMEOUT = 86_400  # a day: sockets take no number whatever
_BUSY = {429, 502, 503, 504}


_LOCKS: dict[str, threading.Lock] = {}  # one, for a request at a time in this process
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LOCKS.clear)  # a thread of the parent may hold it for ever


@attrs.define
class _UnusableError(Exception):
    """
    No answer, or one that can't be used: another try may help.
    """

    reason: str
    status: int | None = None
    wait: float | None = None


class Endpoint:
    """
    A SPARQL endpoint, for use in a `with` block; for the arguments see `fetch`.
    """

    def __init__(self, url: str, *, contact: str | None, timeout: float, tries: int) -> None:
        self.url: str = _checked_url(url)
        about = f" ({_checked_contact(contact)})" if contact is not None else ""
        self._bounds = Bounds(_checked_timeout(timeout))
        self._tries = as_whole_number(tries, "tries=")
        self._http = require("urllib3", extra="wikidata")
        self._pool = self._http.PoolManager(
            headers={
                "User-Agent": f"twincities/{__version__}{about} urllib3/{self._http.__version__}",
                "Accept": "application/sparql-results+json",
                "Accept-Encoding": "gzip",
            },
            timeout=self._http.Timeout(connect=timeout, read=timeout),
            retries=False,
        )
        self._pool.pool_classes_by_scheme = pool_classes(self._bounds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def ask(self, query: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[Mapping[str, Any], T]:
        """
        The answer to *query*, and the result of *read*; a cut answer, or one that *read* refuses, is requested again.
        """
        for number in range(1, self._tries + 1):
            try:
                with _LOCKS.setdefault("request", threading.Lock()):
                    body = self._body(query)
                try:
                    answer: Mapping[str, Any] = parsed(body)
                    return answer, read(answer)
                except DatasetError as error:
                    raise _unreadable(error) from error
            except _UnusableError as error:
                if number == self._tries:
                    raise FetchError(self.url, error.reason, error.status) from error
                # At once, then after 2, 4, 8 … seconds, unless the server says when.
                wait = (0 if number == 1 else 2 ** min(number - 1, 10)) if error.wait is None else error.wait
            if wait:
                time.sleep(min(wait, _LONGEST_WAIT))
        raise AssertionError  # the last try returns or raises

    def _body(self, query: str) -> bytes:
        self._bounds.begin()
        with self._faults("expected an answer"):
            response = self._pool.request_encode_body(
                "POST", self.url, fields={"query": query}, encode_multipart=False, redirect=False, preload_content=False
            )
        with response:
            if response.status != 200:
                self._refuse(response)
            body = bytearray()
            with self._faults(_EXPECTED, 200):
                while chunk := response.read1(_CHUNK):  # what is there
                    body += chunk
                    self._check_size(200, len(body))
                    if self._bounds.is_over:
                        raise _unreadable(self._late())
        return bytes(body)

    def _refuse(self, response: Any) -> None:
        if target := response.headers.get("Location"):
            reason = f"expected no redirect, got one to {shown(target, 200)}: give that as endpoint if you trust it"
            raise FetchError(self.url, reason, response.status)
        reason = f"expected an answer, got status {response.status}: {self._excerpt(response)}"
        if response.status not in _BUSY:
            raise FetchError(self.url, reason, response.status)
        raise _UnusableError(reason, response.status, _seconds(response.headers.get("Retry-After")))

    def _excerpt(self, response: Any) -> str:
        try:
            return shown(response.read1(1000).decode(errors="replace").strip(), 200)
        except self._http.exceptions.HTTPError as error:
            return self._reason(error)

    @contextmanager
    def _faults(self, expected: str, status: int | None = None) -> Iterator[None]:
        """
        Turn the errors of urllib3 into those of an answer that can't be used.
        """
        try:
            yield
        except self._http.exceptions.HTTPError as error:
            self._check_size(status)
            raise _UnusableError(f"{expected}: {self._reason(error)}", status) from error

    def _reason(self, error: Exception) -> str:
        if self._bounds.is_over:
            return self._late()
        # urllib3 wraps the reason, and names its own objects by their address in memory.
        reason = getattr(error, "reason", None) or error
        return re.sub(r"<[^>]+>(?:, |: )|^[A-Za-z]+\([^)]*\): ", "", str(reason))

    def _check_size(self, status: int | None, size: int = 0) -> None:
        if self._bounds.is_full or size > bounds.MAX_ANSWER:
            raise FetchError(self.url, f"expected at most {bounds.MAX_ANSWER:,} bytes, got more", status)

    def _late(self) -> str:
        return f"it wasn't whole after {self._bounds.seconds:g} seconds"


def _unreadable(reason: object) -> _UnusableError:
    return _UnusableError(f"{_EXPECTED}: {reason}", 200)


def _seconds(retry_after: str | None) -> float | None:
    """
    The wait that a server asks for, in seconds or by a date (RFC 9110, 10.2.3); `None` if it can't be read or is absent.
    """
    text = (retry_after or "").strip(" \t")
    if re.fullmatch("[0-9]{1,9}", text, re.ASCII):  # more digits are nobody's wait
        return float(text)
    try:
        date = parsedate_tz(text)
        return max(mktime_tz(date) - time.time(), 0.0) if date else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


# -- arguments -------------------------------------------------------------------------------------


def _checked_timeout(timeout: float) -> float:
    is_number = isinstance(timeout, (int, float)) and not isinstance(timeout, bool)
    if not is_number or not 0 < timeout <= _LONGEST_TIMEOUT:
        raise QueryError(f"expected a timeout above 0 and up to {_LONGEST_TIMEOUT:,} seconds, got {shown(timeout)}")
    return timeout


def _checked_url(url: str) -> str:
    if not isinstance(url, str) or not URL.holds(url) or not _is_private(url):
        expected = "expected an endpoint with HTTPS (or HTTP on this machine, such as http://127.0.0.1:7878/query)"
        raise QueryError(f"{expected}, got {shown(url)}")
    parts = urlsplit(url)
    if parts.username is not None or parts.fragment:
        raise QueryError(f"expected an endpoint without user and fragment, got {shown(parts.hostname)}")
    return url


def _is_private(url: str) -> bool:
    try:
        parts = urlsplit(url)
        if not parts.hostname or parts.port == 0:
            return False
        return parts.scheme == "https" or parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:  # neither a port nor an address
        return False


def _checked_contact(contact: str) -> str:
    if not isinstance(contact, str) or not re.fullmatch(r"[!-'*-~]{3,200}", contact, re.ASCII):
        raise QueryError(f"expected an e-mail address or a URL as contact, got {shown(contact)}")
    return contact
