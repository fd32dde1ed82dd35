"""
Limits on the time and size of a request.
"""

from __future__ import annotations

import http.client
import io
import time
from typing import Any

from ..._optional import require

MAX_ANSWER = 1 << 27
"""The maximum bytes of an answer, unpacked: 128 MiB."""


class Bounds:
    """
    The time and the bytes left for a request.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begin()

    def begin(self) -> None:
        self._deadline = time.monotonic() + self.seconds
        self._bytes = 0

    def left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def count(self, size: int) -> None:
        self._bytes += size
        if self.is_full:
            raise OSError

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._deadline

    @property
    def is_full(self) -> bool:
        return self._bytes > MAX_ANSWER


class _BoundedReader(io.RawIOBase):
    """
    A socket's bytes, within the bounds: every byte of a response, including headers, chunk extensions and trailers.
    """

    def __init__(self, raw: Any, sock: Any, bounds: Bounds) -> None:
        self._raw, self._sock, self._bounds = raw, sock, bounds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._bounds.left())
        size = self._raw.readinto(buffer) or 0
        self._bounds.count(size)
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()


def pool_classes(bounds: Bounds) -> dict[str, Any]:
    """
    Connection pools by scheme whose connections respect the bounds.
    """
    urllib3 = require("urllib3", extra="wikidata")

    class Response(http.client.HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            self.fp: Any = io.BufferedReader(_BoundedReader(self.fp.detach(), sock, bounds))

    def bounded(pool: Any) -> Any:
        class Connection(pool.ConnectionCls):  # type: ignore[misc]  # urllib3 is imported at run time
            response_class = Response

            def send(self, data: Any) -> None:
                if self.sock is not None:
                    self.sock.settimeout(bounds.left())
                super().send(data)

        class Pool(pool):  # type: ignore[misc]
            ConnectionCls = Connection

        return Pool

    return {"http": bounded(urllib3.HTTPConnectionPool), "https": bounded(urllib3.HTTPSConnectionPool)}
