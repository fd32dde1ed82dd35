"""
A real server on a port of its own, and a client that asks it.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from city_site import make_app

import twincities as tc


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the service over the bundled data set and a second Gera."""
    dataset = tc.load().with_records(tc.City(id="gera-2", name="Gera", country_code="HU"))
    listening = socket.create_server(("127.0.0.1", 0))
    service = uvicorn.Server(uvicorn.Config(make_app(dataset), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=service.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not service.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        service.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    """A client of that service."""
    with httpx.Client(base_url=server, timeout=60) as made:
        yield made
