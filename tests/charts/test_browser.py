"""
Charts in a browser offline: drawing, names, tooltips and screen readers.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import twincities as tc

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    pytest.skip("needs chromium and chromedriver", allow_module_level=True)

from twincities import charts  # noqa: E402

KUOPIO = tc.load()
PARTNERS = KUOPIO.partners("Kuopio")
EVIL = "<img src='http://example.org/x.png' onerror='document.title=1'></script><script>document.title = 'ran'</script>"

Box = tuple[float, float, float, float]


class Browser:
    """A Chromium that reaches no host, with its requests and messages."""

    def __init__(self, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in (
            "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
            "disable-component-update", "disable-sync", "disable-dev-shm-usage", "window-size=1000,1200",
            "host-resolver-rules=MAP * ~NOTFOUND", f"user-data-dir={profile}",
        ):  # fmt: skip
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        self.driver.execute_cdp_cmd("Network.enable", {})
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)

    def open(self, path: Path) -> None:
        """Open a page and wait for its chart."""
        from selenium.webdriver.support.wait import WebDriverWait

        self.driver.get(path.as_uri())
        WebDriverWait(self.driver, 30).until(
            lambda driver: self.run("return document.querySelector('#chart svg') !== null")
        )

    def run(self, script: str) -> Any:
        """Return the value of a script."""
        return self.driver.execute_script(script)

    def requests(self) -> list[str]:
        """The addresses requested since the last call."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def messages(self) -> list[str]:
        """The messages in the console."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def pictures(self) -> list[tuple[Box, dict[str, Box]]]:
        """The rectangle of each picture with names, and those of its names, in pixels of the page."""
        found = self.run(
            """return [...document.querySelectorAll('#chart svg .mark-group.role-scope > g, #chart svg .root > g')].map(one => {
                const frame = one.querySelector(':scope > .background').getBoundingClientRect();
                const texts = [...one.querySelectorAll(':scope > g > .mark-text.role-mark text')].map(node => {
                    const box = node.getBBox(), at = node.getScreenCTM(), x = box.x + at.e, y = box.y + at.f;
                    return [node.textContent, [x, y, x + box.width, y + box.height]];
                });
                return [[frame.left, frame.top, frame.right, frame.bottom], texts];
            })"""
        )
        return [(tuple(frame), {name: tuple(box) for name, box in texts}) for frame, texts in found if texts]

    def hover(self, selector: str, text: str) -> str:
        """The tooltip of the element with *text* in its description."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.support.wait import WebDriverWait

        nodes = self.driver.find_elements("css selector", selector)
        (node, *_) = [node for node in nodes if text in (node.get_attribute("aria-label") or "")]
        ActionChains(self.driver).move_to_element(node).perform()
        tip = "const tip = document.querySelector('#vg-tooltip-element.visible'); return tip ? tip.innerText : ''"
        return str(WebDriverWait(self.driver, 10).until(lambda driver: self.run(tip)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests."""
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.driver.quit()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with Kuopio's map."""
    path = tmp_path / "map.html"
    charts.save(PARTNERS.chart.map(), path)
    return path


def meet(one: Box, other: Box) -> bool:
    """Check if two rectangles overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def is_inside(box: Box, frame: Box) -> bool:
    """Check if a rectangle is inside another."""
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def test_a_page_requests_and_logs_nothing(browser: Browser, page: Path) -> None:
    """A page is drawn offline: it requests only itself, and the console stays empty."""
    browser.requests(), browser.messages()
    browser.open(page)
    assert [url for url in browser.requests() if not url.startswith(("chrome", "data:"))] == [page.as_uri()]
    assert browser.messages() == []


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_names_on_the_map_do_not_overlap(browser: Browser, tmp_path: Path, lang: str) -> None:
    """Kuopio and its 15 partners are named inside the pictures, and no name overlaps another."""
    charts.save(PARTNERS.chart.map(lang=lang), tmp_path / "map.html")
    browser.open(tmp_path / "map.html")
    pictures = browser.pictures()
    assert len(pictures) == 2
    named = {name for _, boxes in pictures for name in boxes}
    assert named == {"Kuopio", *(tie.partner.label(lang) for tie in PARTNERS)}
    assert len(named) == 16
    for frame, boxes in pictures:
        assert [pair for pair in combinations(boxes, 2) if meet(boxes[pair[0]], boxes[pair[1]])] == []
        assert [name for name, box in boxes.items() if not is_inside(box, frame)] == []


def test_names_in_the_graph_do_not_overlap(browser: Browser, tmp_path: Path) -> None:
    """Every city is named inside the graph, and no name overlaps another."""
    charts.save(KUOPIO.chart.network(), tmp_path / "graph.html")
    browser.open(tmp_path / "graph.html")
    ((frame, boxes),) = browser.pictures()
    assert set(boxes) == {city.name for city in KUOPIO.cities.values()}
    assert [pair for pair in combinations(boxes, 2) if meet(boxes[pair[0]], boxes[pair[1]])] == []
    assert [name for name, box in boxes.items() if not is_inside(box, frame)] == []


def test_tooltips_have_facts_of_cities_and_ties(browser: Browser, page: Path) -> None:
    """A point shows city, country and population; a line shows cities, status, start and areas."""
    browser.open(page)
    tooltip = browser.hover("#chart svg .mark-symbol path", "Opole")
    assert tooltip.split() == ["City", "Opole", "Country", "Poland", "Population", "127,676"]
    tooltip = browser.hover("#chart svg .mark-shape path", "Kuopio – Minneapolis")
    for words in ("Kuopio – Minneapolis", "active", "1972", "higher education"):
        assert words in tooltip


def test_charts_have_descriptions_for_screen_readers(browser: Browser, page: Path) -> None:
    """The picture has a role and a description that names the cities; each point has the name of its city."""
    browser.open(page)
    described = browser.run("return document.querySelector('#chart [role=graphics-document]').ariaLabel")
    assert described.startswith("Partnerships: 15. Cities: 16 (Kuopio, ")
    labels = browser.run("return [...document.querySelectorAll('#chart .mark-symbol path')].map(n => n.ariaLabel)")
    assert "Opole, Poland, 127,676" in labels


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_every_city_and_tie_of_a_map_has_a_name(browser: Browser, tmp_path: Path, lang: str) -> None:
    """In an SVG each point has the name and country of its city, each line the cities, status and start of its tie."""
    path = tmp_path / "map.svg"
    charts.save(PARTNERS.chart.map(lang=lang, layout="one"), path)
    browser.driver.get(path.as_uri())
    nodes = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    spoken = [node.get("name", {}).get("value", "") for node in nodes if not node["ignored"]]
    for tie in PARTNERS:
        here, there = tie.city.label(lang), tie.partner.label(lang)
        country = tc.country_name(tie.partner.country_code or "", lang)
        assert [name for name in spoken if name.startswith(f"{there}, {country}")], there
        status = tc.word_label(tie.status, lang) if tie.status else ""
        assert [name for name in spoken if name.startswith(f"{here} – {there}: {status}, ")], there


@pytest.mark.parametrize("kind", ["map", "timeline", "areas", "network"])
def test_names_are_text_and_nothing_else(browser: Browser, tmp_path: Path, kind: str) -> None:
    """Markup, expressions and control characters in names, titles and summaries don't run and load nothing."""
    said = {"en": EVIL}
    evil = tc.Dataset(
        cities=[
            tc.City(id="a", name=EVIL, coordinates=tc.Coordinates(latitude=60, longitude=20)),
            tc.City(id="b", name='datum.x \x07\u2028 ${1} {"expr": "alert(1)"}\n\\', country_code="FI",
                    coordinates=tc.Coordinates(latitude=50, longitude=10)),
        ],
        partnerships=[
            tc.Partnership(
                cities=("a", "b"), since="1980", summary=said,
                activities=[tc.Activity(areas=["sport"], summary=said)],
                agreements=[tc.Agreement(names=said, period="1990/2000")],
                milestones=[tc.Milestone(date="1985", summary=said)],
            )
        ],
    )  # fmt: skip
    charts.save(getattr(evil.chart, kind)(title=EVIL), tmp_path / "evil.html")
    browser.requests(), browser.messages()
    browser.open(tmp_path / "evil.html")
    assert browser.run("return document.title") == EVIL
    assert browser.run("return document.querySelectorAll('#chart img, #chart script').length") == 0
    tooltip = browser.hover("#chart svg .role-mark path", "<img" if kind != "areas" else "datum")
    assert "<img" in tooltip or "datum" in tooltip
    assert browser.run("return document.title") == EVIL
    assert [url for url in browser.requests() if url.startswith("http")] == []
    assert browser.messages() == []


def test_a_page_fits_a_phone_and_a_tap_shows_a_tooltip(browser: Browser, page: Path) -> None:
    """On a screen of 390 pixels the page isn't wider, the picture scrolls, and a tap shows a tooltip."""
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.open(page)
        assert browser.run("return document.documentElement.scrollWidth") <= 390
        assert 300 < browser.run("return document.querySelector('#chart').getBoundingClientRect().width") <= 390
        script = """
            const node = [...document.querySelectorAll('#chart svg .mark-symbol path')].find(n => n.ariaLabel.startsWith('Kuopio'));
            const box = node.getBoundingClientRect(), at = {bubbles: true, clientX: box.x + 2, clientY: box.y + 2};
            node.dispatchEvent(new MouseEvent('click', at));
            return document.querySelector('#vg-tooltip-element.visible').innerText"""
        assert "Finland" in browser.run(script)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
