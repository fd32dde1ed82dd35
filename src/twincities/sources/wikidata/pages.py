"""
Pages of answers, kept in a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from ..._files import read_bytes, write_atomically
from ...document.text import parsed
from ...errors import DatasetError, InvalidDateError, QueryError, shown
from ...model.edtf import EdtfDate
from .bounds import MAX_ANSWER
from .endpoint import Endpoint

__all__ = ["Cache", "Pages"]

T = TypeVar("T")


class Cache:
    """
    A folder with a file for each query; without a folder nothing is kept.

    A file belongs to one query to one endpoint: its name is their hash, and it holds both. What isn't a regular file
    (a link, a pipe) counts as damaged and is replaced.
    """

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        if folder is not None and not isinstance(folder, (str, os.PathLike)):
            raise QueryError(f"expected a folder as cache, got {shown(folder)}")
        self._folder = None if folder is None else Path(folder)

    def kept(self, url: str, query: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[EdtfDate, T] | None:
        """
        The day of the answer, and the result of *read*; `None` if it isn't kept or its file is damaged.
        """
        if self._folder is None:
            return None
        try:
            page = parsed(read_bytes(self._path(url, query), 4 * MAX_ANSWER, only_regular=True))
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
        write_atomically(self._path(url, query), [json.dumps(page, ensure_ascii=False).encode()], follow=False)

    def _path(self, url: str, query: str) -> Path:
        assert self._folder is not None
        name = hashlib.sha256(f"{url}\n{query}".encode()).hexdigest()[:40]
        return self._folder / f"{name}.json.gz"


class Pages:
    """
    Answers from the cache, or else from the endpoint and into the cache.
    """

    def __init__(self, endpoint: Endpoint, cache: Cache) -> None:
        self._endpoint = endpoint
        self._cache = cache
        self.kept: int = 0
        """The answers that came from the cache."""
        self.first_asked: EdtfDate | None = None
        """The earliest day on which an answer was given."""

    def get(self, query: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        """
        Get the answer to *query* and return the result of *read*.

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
