"""
A server on this machine that answers as it is told, and the real SPARQL server `oxigraph`.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep  # as it is now, whatever a test makes of it
from typing import Any, Self
from urllib.parse import parse_qs

VARIABLES = ["item", "statement", "rank", "reference", "property", "value", "precision"]
WD = "http://www.wikidata.org/"
Turn = Callable[[BaseHTTPRequestHandler], None]


def results(rows: Sequence[dict[str, Any]], variables: Sequence[str] = VARIABLES) -> bytes:
    """Rows of terms as SPARQL results in JSON."""
    return json.dumps({"head": {"vars": list(variables)}, "results": {"bindings": list(rows)}}).encode()


def uri(value: str) -> dict[str, str]:
    """The term for an address below Wikidata's."""
    return {"type": "uri", "value": value if "://" in value else WD + value}


def tie_row(first: str, second: str) -> dict[str, Any]:
    """The row of a tie that *first* states."""
    return {
        "item": uri(f"entity/{first}"),
        "statement": uri(f"entity/statement/{first}-{second}"),
        "rank": uri("http://wikiba.se/ontology#NormalRank"),
        "property": uri("prop/statement/P190"),
        "value": uri(f"entity/{second}"),
    }


def ring(query: str) -> bytes:
    """An answer for each city that is asked for: a tie with the next number."""
    asked = re.findall(r"wd:Q([0-9]+)", query.partition("}")[0])
    return results([tie_row(f"Q{number}", f"Q{int(number) + 1}") for number in asked])


class Loopback:
    """
    A server on 127.0.0.1: it takes its turns in order, then answers everything with *answer*.
    """

    def __init__(self, *turns: Turn, answer: Callable[[str], bytes] = ring) -> None:
        self.queries: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self.turns = list(turns)
        self._now = 0
        self._lock = threading.Lock()
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body go out together
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with loopback._lock:
                    loopback._now += 1
                    loopback.most_at_once = max(loopback.most_at_once, loopback._now)
                    loopback.queries.append(parse_qs(body)["query"][0])
                    loopback.headers.append(dict(self.headers))
                    turn = loopback.turns.pop(0) if loopback.turns else None
                try:
                    (turn or reply(answer(loopback.queries[-1])))(self)
                finally:
                    with loopback._lock:
                        loopback._now -= 1

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # clients that turn away are what is tested

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/sparql"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


# -- turns -----------------------------------------------------------------------------------------


def reply(body: bytes = b"", status: int = 200, length: int | None = None, **headers: str) -> Turn:
    """Send *body*, said to be of *length*."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        if length is not None:
            handler.close_connection = True

    return turn


def packed(body: bytes, times: int = 1) -> Turn:
    """Send *body*, repeated, packed."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        reply(gzip.compress(body * times, 1), Content_Encoding="gzip")(handler)

    return turn


def drip(pause: float, times: int) -> Turn:
    """Send a blank after each *pause*."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(times):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            sleep(pause)
        handler.close_connection = True

    return turn


def silence(seconds: float) -> Turn:
    """Say nothing for a while, then hang up."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        sleep(seconds)
        handler.close_connection = True

    return turn


# -- oxigraph --------------------------------------------------------------------------------------


def oxigraph_program() -> str | None:
    """The path of `oxigraph`, beside this Python or elsewhere."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


def load(program: str, folder: Path, triples: str) -> None:
    """Make a data base of N-Triples."""
    file = folder.parent / f"{folder.name}.nt"
    file.write_text(triples, encoding="utf-8")
    command = [program, "load", "--location", str(folder), "--file", str(file)]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def oxigraph(program: str, folder: Path, *, writable: bool = False) -> Iterator[str]:
    """The address of a SPARQL server over a data base."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    what = "serve" if writable else "serve-read-only"
    command = [program, what, "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def put(address: str, triples: str) -> None:
    """Put N-Triples in the place of everything that a writable server holds."""
    headers = {"Content-Type": "application/n-triples"}
    request = urllib.request.Request(f"{address}/store?default", triples.encode(), headers, method="PUT")
    urllib.request.urlopen(request).close()


def ask(address: str, query: str) -> bytes:
    """The answer of a SPARQL server."""
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
    request = urllib.request.Request(f"{address}/query", query.encode(), headers)
    with urllib.request.urlopen(request) as response:
        answer: bytes = response.read()
    return answer
