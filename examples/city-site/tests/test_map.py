"""
The page with the map, in a real browser.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM, DRIVER = (shutil.which(name) for name in ("chromium", "chromedriver"))
pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="needs chromium and chromedriver")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, with a log of every address that it requests."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in [*OPTIONS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def hosts_asked(browser: Any) -> set[str]:
    """The hosts requested since the last call; addresses inside the browser or page have none."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return {urlsplit(url).netloc for url in urls if urlsplit(url).scheme in ("http", "https", "ws", "wss")}


@pytest.mark.parametrize(("path", "named"), [("/", "Besançon"), ("/cities/Kuopio/map?lang=fi", "Pihkova")])
def test_the_map_is_drawn_and_asks_no_other_host(path: str, named: str, server: str, browser: Any) -> None:
    """The page shows a map with the names of cities, logs no errors, and loads only from this service."""
    from selenium.webdriver.support.ui import WebDriverWait

    hosts_asked(browser)
    browser.get(server + path)
    texts = "return [...document.querySelectorAll('svg text')].map(text => text.textContent)"
    WebDriverWait(browser, 60).until(lambda found: named in found.execute_script(texts))
    assert browser.execute_script("return document.querySelectorAll('svg path').length") > 15
    assert hosts_asked(browser) == {urlsplit(server).netloc}
    wrong = [
        e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE" and "favicon" not in e["message"]
    ]
    assert wrong == []


def test_a_city_has_its_page(client: httpx.Client) -> None:
    """The page is the library's, in the language asked for; a language without translations is refused."""
    text = client.get("/cities/Kuopio/page", params={"lang": "fi"}).raise_for_status().text
    assert "<h1>Ystävyyskaupungit – Kuopio</h1>" in text
    assert client.get("/cities/Kuopio/page", params={"lang": "de"}).status_code == 400


def test_a_map_is_made_once(client: httpx.Client) -> None:
    """A repeated request returns the same page."""
    first, second = (client.get("/cities/Kuopio/map").raise_for_status() for _ in range(2))
    assert first.content == second.content
    assert first.headers["content-type"] == "text/html; charset=utf-8"
