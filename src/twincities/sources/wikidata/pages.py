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

__all__ = ["Pages"]

T = TypeVar("T")


class Pages:
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
