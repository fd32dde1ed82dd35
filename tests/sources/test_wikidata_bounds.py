"""
Servers that are slow or endless: a request ends when its time is over, whatever it is waiting for, and nothing stays locked.
"""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from wikidata_server import Loopback, reply, ring

pytest.importorskip("urllib3")

import twincities as tc
from twincities.sources.wikidata import fetch

TIMEOUT = 0.5
PAUSE = 0.05
Way = Callable[[socket.socket], None]


@contextmanager
def raw_server(way: Way) -> Iterator[str]:
    """The address of a server on this machine that does with each connection what *way* does, until it is hung up."""
    listening = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            way(connection)

    def listen() -> None:
        while not stopped.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        stopped.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def asked(connection: socket.socket) -> None:
    """Read the question."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)


def then(start: bytes, again: bytes, pause: float = PAUSE) -> Way:
    """Send *start* at once, then *again* after each pause, for ever."""

    def way(connection: socket.socket) -> None:
        asked(connection)
        connection.sendall(start)
        while True:
            connection.sendall(again)
            if pause:
                time.sleep(pause)

    return way


def one_by_one(text: bytes) -> Way:
    """Send a letter after each pause."""

    def way(connection: socket.socket) -> None:
        asked(connection)
        for number in range(len(text)):
            connection.sendall(text[number : number + 1])
            time.sleep(PAUSE)

    return way


def silent(start: bytes) -> Way:
    """Send *start* and no more."""

    def way(connection: socket.socket) -> None:
        asked(connection)
        connection.sendall(start)
        connection.recv(1)

    return way


def never_reads(connection: socket.socket) -> None:
    """Take the connection and look at nothing."""
    time.sleep(5)


OK = b"HTTP/1.1 200 OK\r\n"
LONG = OK + b"Content-Length: 100000000\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = OK + b"Content-Encoding: gzip\r\n"
EMPTY_MEMBER = gzip.compress(b"")
NO_OUTPUT = zlib.compressobj(wbits=31).compress(b"") + b""
BUSY = b"HTTP/1.1 503 Busy\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

WAYS: dict[str, Way] = {
    "says nothing": silent(b""),
    "status line without an end": silent(b"HTTP/1.1 200"),
    "status line letter by letter": one_by_one(OK * 10),
    "headers letter by letter": one_by_one(OK + b"X-Long: " + b"a" * 1000),
    "headers without an end": silent(OK + b"X-A: b\r\n"),
    "a header now and then": then(OK, b"X-A: b\r\n"),
    "continues now and then": then(b"", CONTINUE),
    "continues without a pause": then(b"", CONTINUE * 100, pause=0),
    "continues with headers": then(b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n"),
    "body that doesn't come": silent(LONG),
    "body byte by byte": then(LONG, b" "),
    "body without a length": then(OK + b"\r\n", b" "),
    "body that stops": silent(LONG + b'{"head"'),
    "chunks byte by byte": then(CHUNKED, b"1\r\n \r\n"),
    "chunk size letter by letter": then(CHUNKED, b"0"),
    "chunk extension": then(CHUNKED + b"1;x=", b"y"),
    "chunk extension without a pause": then(CHUNKED + b"1;x=", b"y" * 1000, pause=0.001),
    "chunk that doesn't end": silent(CHUNKED + b"5\r\nab"),
    "trailers now and then": then(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n"),
    "trailers without a pause": then(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n" * 100, pause=0.001),
    "gzip of empty members": then(PACKED + b"Content-Length: 100000000\r\n\r\n", EMPTY_MEMBER),
    "gzip header now and then": then(PACKED + b"\r\n" + b"\x1f\x8b\x08\x08\0\0\0\0\0\3", b"a"),
    "gzip of empty blocks": then(PACKED + b"\r\n" + NO_OUTPUT, b"\0\0\0\xff\xff" * 100, pause=0.001),
    "gzip in chunks": then(PACKED + b"Transfer-Encoding: chunked\r\n\r\n", b"14\r\n" + EMPTY_MEMBER + b"\r\n"),
    "body of a 503": then(BUSY + b"Content-Length: 100000000\r\n\r\n", b" "),
    "body of a 503 in chunks": then(BUSY + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "body of a 500": then(b"HTTP/1.1 500 No\r\nContent-Length: 100000000\r\n\r\n", b" "),
    "body of a 500 that doesn't come": silent(b"HTTP/1.1 500 No\r\nContent-Length: 100000000\r\n\r\n"),
    "body of a 500 packed": then(b"HTTP/1.1 500 No\r\nContent-Encoding: gzip\r\n\r\n", EMPTY_MEMBER),
    "body of a redirect": then(b"HTTP/1.1 302 Go\r\nLocation: x\r\nContent-Length: 100000000\r\n\r\n", b" "),
    "reads nothing": never_reads,
}


@pytest.mark.parametrize("name", WAYS)
def test_a_request_ends_when_its_time_is_over(name: str) -> None:
    """Whatever a server sends, slowly or without an end, the request ends within twice its time; then the next begins."""
    with raw_server(WAYS[name]) as address:
        began = time.monotonic()
        with pytest.raises(tc.FetchError):
            fetch("Q1", endpoint=f"http://{address}/", progress=None, timeout=TIMEOUT, tries=1)
        assert time.monotonic() - began < 2 * TIMEOUT
    with Loopback() as server:
        assert len(fetch("Q1", endpoint=server.url, progress=None).partnerships) == 1


def test_a_handshake_ends_too() -> None:
    """A server that takes the connection and never answers in TLS is given up."""
    with raw_server(never_reads) as address, pytest.raises(tc.FetchError, match="expected an answer"):
        fetch("Q1", endpoint=f"https://{address}/", progress=None, timeout=TIMEOUT, tries=1)


def test_each_try_has_the_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy server's long error is left unread, and the next try has its own time."""
    monkeypatch.setattr("twincities.sources.wikidata.endpoint.time.sleep", lambda _: None)
    with raw_server(WAYS["body of a 503"]) as address:
        with pytest.raises(tc.FetchError, match="got status 503") as caught:
            fetch("Q1", endpoint=f"http://{address}/", progress=None, timeout=TIMEOUT, tries=3)
        assert caught.value.status == 503


@pytest.mark.parametrize(
    "way",
    [
        then(OK + b"Content-Encoding: gzip\r\n\r\n", EMPTY_MEMBER * 1000, pause=0),
        then(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n" * 1000, pause=0),
        then(b"", CONTINUE * 1000, pause=0),
    ],
    ids=["gzip of nothing", "trailers", "continues"],
)
def test_what_comes_is_bounded(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte counts, also those that no answer is made of."""
    monkeypatch.setattr("twincities.sources.wikidata.bounds.MAX_ANSWER", 1 << 20)
    with raw_server(way) as address, pytest.raises(tc.FetchError, match="expected at most 1,048,576 bytes, got more"):
        fetch("Q1", endpoint=f"http://{address}/", progress=None, timeout=30, tries=2)


def test_the_next_question_may_use_the_same_connection() -> None:
    """What is left of one question's time isn't the time of the next."""
    with Loopback() as server:
        dataset = fetch(["Q1", "Q2", "Q3"], endpoint=server.url, progress=None, page_size=1, timeout=5)
    assert len(dataset.partnerships) == 3


@pytest.mark.parametrize("wait", ["soon", "9" * 5000, "-1", "1.5", "", "Thu, 99 Foo 2026 99:99:99 GMT", "Jan", "\xa07"])
def test_a_malformed_wait_is_none(wait: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request is repeated as usual if the server's time to wait has no known form."""
    waits: list[float] = []
    monkeypatch.setattr("twincities.sources.wikidata.endpoint.time.sleep", waits.append)
    turn = reply(status=503, Retry_After=wait)
    with Loopback(turn, turn) as server:
        assert len(fetch("Q1", endpoint=server.url, progress=None, tries=3).partnerships) == 1
    assert waits == [2]


def test_what_isnt_a_file_in_the_cache_is_replaced(tmp_path: Path) -> None:
    """A link isn't followed, neither to read nor to write, and a pipe isn't waited for: both become pages."""
    cache = tmp_path / "cache"
    options: dict[str, Any] = {"progress": None, "cache": cache}
    with Loopback() as server:
        fetch("Q1", endpoint=server.url, **options)
        (page,) = cache.iterdir()
        treasure = tmp_path / "treasure.json.gz"
        content = page.read_bytes()
        treasure.write_bytes(content)
        for plant in (
            lambda: page.symlink_to(treasure),
            lambda: page.symlink_to(tmp_path / "nowhere"),
            lambda: os.mkfifo(page),
        ):
            page.unlink()
            plant()
            asked = len(server.queries)
            assert len(fetch("Q1", endpoint=server.url, **options).partnerships) == 1
            assert len(server.queries) == asked + 1
            assert page.is_file()
            assert not page.is_symlink()
        assert treasure.read_bytes() == content
        assert not (tmp_path / "nowhere").exists()


def test_a_wrong_certificate_is_an_error() -> None:
    """TLS stays checked with bounded connections."""
    context = ssl.create_default_context()
    assert context.check_hostname
    with Loopback(answer=ring) as server, pytest.raises(tc.FetchError, match="expected an answer"):
        fetch("Q1", endpoint=server.url.replace("http:", "https:"), progress=None, timeout=2, tries=1)
