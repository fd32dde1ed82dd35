"""
A city's page in a browser: on phones and paper, in dark mode, with keys, screen readers and axe.
"""

from __future__ import annotations

import base64
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import twincities as tc

pytest.importorskip("vl_convert")
webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    pytest.skip("needs chromium and chromedriver", allow_module_level=True)


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """A Chromium that can't reach any host."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-dev-shm-usage",
        "host-resolver-rules=MAP * ~NOTFOUND",
    ):
        options.add_argument(f"--{argument}")
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Kuopio's page in three languages, with its map."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for lang in ("en", "fi", "sv"):
        path: Path = folder / f"{lang}.html"
        tc.load().write_page(
            path, lang=lang, statement="/a", feedback="/b", versions={"fi": "fi.html", "sv": "sv.html"}
        )
        found[lang] = path.as_uri()
    return found


def show(driver: Any, url: str, width: int, scheme: str = "light") -> None:
    """Open a page in a given width and colour scheme."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get(url)


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("width", [320, 390, 1100])
def test_a_page_fits_its_screen(lang: str, width: int, driver: Any, pages: dict[str, str]) -> None:
    """Only the table scrolls sideways, and one size of the map is shown, with names at least 11 pixels high on a usual phone."""
    show(driver, pages[lang], width)
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    heights = driver.execute_script(
        "return [...document.querySelectorAll('figure svg')].filter(svg => svg.getBoundingClientRect().width)"
        ".map(svg => 12 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
    )
    assert len(heights) == 1
    assert heights[0] >= (9 if width == 320 else 11)


def test_a_table_that_scrolls_shows_it(driver: Any, pages: dict[str, str]) -> None:
    """On a phone a shadow covers the edge where the table goes on, until its end; a wide screen and paper have none."""
    look = "return getComputedStyle(document.querySelector('.scroll'), '::after')[arguments[0]]"
    show(driver, pages["fi"], 390)
    assert driver.execute_script("const e = document.querySelector('.scroll'); return e.scrollWidth > e.clientWidth")
    assert float(driver.execute_script(look, "opacity")) == 1
    assert "gradient" in driver.execute_script(look, "backgroundImage")
    driver.execute_script("document.querySelector('.scroll').scrollLeft = 9999")
    assert driver.execute_async_script(
        "const done = arguments[0], shadow = getComputedStyle(document.querySelector('.scroll'), '::after');"
        "const look = () => shadow.opacity === '0' ? done(true) : requestAnimationFrame(look); look()"
    )
    show(driver, pages["fi"], 1100)
    assert driver.execute_script(look, "content") == "none"
    show(driver, pages["fi"], 390)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    assert driver.execute_script(look, "display") == "none"


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(lang: str, scheme: str, driver: Any, pages: dict[str, str]) -> None:
    """axe finds no violation, neither of WCAG 2.1 A and AA nor of good practice."""
    axe = pytest.importorskip("axe_core_python")
    show(driver, pages[lang], 390, scheme)
    driver.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    assert [(broken["id"], [node["html"] for node in broken["nodes"]][:2]) for broken in found["violations"]] == []


def said(driver: Any) -> list[tuple[str, str]]:
    """The role and name of everything that a screen reader finds."""
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    parts = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    return [(role, name.strip()) for role, name in parts]


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_a_screen_reader_hears_every_name_and_state(lang: str, driver: Any, pages: dict[str, str]) -> None:
    """The table has a row header for each partner and a cell for its status, and the map has one name."""
    show(driver, pages[lang], 1100)
    heard = said(driver)
    partners = tc.load().partners("Kuopio", direct=True)
    assert {tie.partner.label(lang) for tie in partners} == {name for role, name in heard if role == "rowheader"}
    cells = [name for role, name in heard if role in ("cell", "gridcell")]
    for status in {tie.status for tie in partners}:
        count = len([tie for tie in partners if tie.status is status])
        assert status is not None
        assert cells.count(tc.word_label(status, lang)) == count
    (picture,) = [name for role, name in heard if role in ("image", "img", "graphics-document")]
    assert "Kuopio" in picture
    for landmark in ("banner", "main"):
        assert landmark in {role for role, _ in heard}


def test_keys_walk_through_the_page_in_order(driver: Any, pages: dict[str, str]) -> None:
    """Tab moves from the skip link through every link in order; each is visible and outlined, and none is a trap."""
    from selenium.webdriver.common.keys import Keys

    show(driver, pages["fi"], 1100)
    reach = "a[href], [tabindex='0']"
    wanted = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length", reach
    )
    focus = (
        "const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);"
        f'const all = [...document.querySelectorAll("{reach}")].filter(e => e.checkVisibility());'
        "return [all.indexOf(e), box.bottom > 0 && box.top < innerHeight && box.right > 0,"
        " look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2]"
    )
    driver.execute_script("document.documentElement.style.scrollBehavior = 'auto'")
    walked = []
    for _ in range(wanted):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        walked.append(driver.execute_script(focus))
    assert walked == [[number, True, True] for number in range(wanted)]


def test_a_page_on_paper(driver: Any, pages: dict[str, str]) -> None:
    """On A4 there are no contents and languages, links show their addresses, and no partner is split between pages."""
    show(driver, pages["en"], 1100)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    shown = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    for selector in (".contents", ".versions", ".skip"):
        assert driver.execute_script(shown, selector, "display") == "none"
    assert driver.execute_script(shown, ".partner", "breakInside") == "avoid"
    assert driver.execute_script(shown, "thead", "display") == "table-header-group"
    after = "return getComputedStyle(document.querySelector('a[href^=\"https\"]'), '::after').content"
    assert "https" in driver.execute_script(after)
    paper = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    data = base64.b64decode(paper["data"])
    sizes = set(re.findall(rb"/MediaBox \[([^\]]*)\]", data)) or set(
        re.findall(rb"/MediaBox \[([^\]]*)\]", b"".join(_streams(data)))
    )
    assert {tuple(round(float(number)) for number in size.split()[2:]) for size in sizes} <= {(595, 842), (596, 842)}


def _streams(data: bytes) -> Iterator[bytes]:
    """The compressed parts of a PDF."""
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            continue
