"""
The site: it is built without a warning, asks no other host, and can be searched, read and used by all.

It is built once, and looked at in Chromium with no network but this machine's own. Where Sphinx or Chromium isn't
installed these tests are skipped.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import twincities as tc

for _package in ("sphinx", "furo", "myst_nb", "altair", "vl_convert", "networkx", "rdflib"):
    pytest.importorskip(_package, reason=f"the site is built with {_package}, which isn't installed")

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
# One page of each kind.
PAGES = (
    "index.html",
    "tour.html",
    "model.html",
    "errors.html",
    "performance.html",
    "changelog.html",
    "api.html",
    "api/data-sets.html",
    "interop/rows.html",
    "notebooks/ten-questions.html",
    "notebooks/world-of-twins.html",
    "catalogue/en/index.html",
    "catalogue/en/map.html",
    "catalogue/en/sources.html",
    "catalogue/en/areas/index.html",
    "catalogue/en/areas/education.html",
    "catalogue/en/cities/opole.html",
    "catalogue/fi/cities/pskov.html",
    "catalogue/fi/networks/nordic.html",
    "search.html?q=Pihkova",
)


# -- the pages as files ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site: `TWINCITIES_SITE` if set, else built here with warnings as errors."""
    if given := os.environ.get("TWINCITIES_SITE"):
        return Path(given)
    work = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", work / "docs", ignore=shutil.ignore_patterns("_build", "__pycache__"))
    shutil.copy(ROOT / "CHANGELOG.md", work)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-j", "2", "-b", "html"]
    done = subprocess.run([*command, work / "docs", work / "html"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return work / "html"


class Page(HTMLParser):
    """A page for the tests: its ids, references, pictures, headings and language."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.lang: str | None = None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = dict(given)
        self.ids |= {value for name, value in given if name == "id" and value}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"] or "")
        elif tag == "link" and attributes.get("rel") in {"stylesheet", "shortcut icon", "preload", "prefetch"}:
            self.loads.append(attributes["href"] or "")
        elif tag in {"script", "img", "iframe", "source"} and attributes.get("src"):
            self.loads.append(attributes["src"] or "")
        if tag == "img":
            self.pictures.append(attributes)
        elif tag == "html":
            self.lang = attributes.get("lang")
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    """All pages of the site."""
    found = [path for path in site.rglob("*.html") if "_static" not in path.relative_to(site).parts]
    return {path: Page(path) for path in found}


def test_links_inside_lead_somewhere(pages: dict[Path, Page]) -> None:
    """Every link to a page, a part of a page or a file of the site leads to one that is there."""
    lost = []
    for path, page in pages.items():
        for link in [*page.links, *page.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.is_file() or (
                parts.fragment and known and unquote(parts.fragment) not in known.ids | {"top"}
            ):
                lost.append(f"{path.name}: {link}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Page]) -> None:
    """No page names a script, style, picture or frame of another host."""
    assert [load for page in pages.values() for load in page.loads if urlsplit(load).netloc] == []


def test_pages_are_small(pages: dict[Path, Page]) -> None:
    """A page takes at most 1.2 MiB with all that it loads, an interactive map in a frame included."""
    large = {}
    for path, page in pages.items():
        files = {path, *((path.parent / urlsplit(load).path).resolve() for load in page.loads)}
        if (size := sum(file.stat().st_size for file in files)) > 1.2 * 2**20:
            large[path.name] = size
    assert large == {}


def test_pictures_are_described(pages: dict[Path, Page]) -> None:
    """Every picture has an alternative text of some length."""
    bare = [
        f"{path.name}: {picture.get('src')}"
        for path, page in pages.items()
        for picture in page.pictures
        if len(picture.get("alt") or "") < 10 or (picture.get("alt") or "").endswith(".svg")
    ]
    assert bare == []


def test_headings_are_in_order(pages: dict[Path, Page]) -> None:
    """A page has one heading of the first level, at its beginning, and no level is left out on the way down."""
    wrong = {}
    for path, page in pages.items():
        if path.name == "search.html":
            continue  # a script writes it
        steps = zip([0, *page.headings], page.headings, strict=False)
        if page.headings.count(1) != 1 or any(below > above + 1 for above, below in steps) or page.lang != "en":
            wrong[path.name] = page.headings
    assert wrong == {}


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_catalogue_has_all(site: Path, lang: str) -> None:
    """Every city, network and area has a page with all names that the data set knows, and every city its sources, date and map."""
    ds = tc.load()
    folder = site / "catalogue" / lang
    for city in ds.cities.values():
        text = (folder / "cities" / f"{city.id}.html").read_text(encoding="utf-8")
        assert [name for name in city.names.values() if name not in text] == []
        assert text.count('href="#source-') > 5
        assert {"en": "Information as of c. 2022.", "fi": "Tietojen ajankohta: n. 2022."}[lang] in text
        assert ('class="wide" role="img"' in text) == (len(ds.partners(city)) > 0)
    for network in ds.networks.values():
        assert network.label(lang) in (folder / "networks" / f"{network.id}.html").read_text(encoding="utf-8")
    for area in ds.areas.values():
        text = (folder / "areas" / f"{area.id}.html").read_text(encoding="utf-8")
        assert [label for label in area.pref_label.values() if label not in text] == []
    sources = unescape((folder / "sources.html").read_text(encoding="utf-8"))
    assert [source.url for source in ds.sources.values() if source.url and source.url not in sources] == []


def test_the_reference_has_every_public_name(pages: dict[Path, Page], site: Path) -> None:
    """The reference has every name of `__all__` of the package and its public subpackages."""
    import importlib

    rooms = "charts display errors lint model reconcile strategies interop.arrow interop.frames interop.geojson "
    rooms += "interop.graph interop.parquet interop.quickstatements interop.rdf interop.rows interop.sqlite "
    rooms += "sources.gazetteer sources.table sources.wikidata"
    ids = {id for path, page in pages.items() if path.parent == site / "api" for id in page.ids}
    wanted = {f"twincities.{name}": f"twincities.{name}" for name in tc.__all__}
    for room in rooms.split():
        module = importlib.import_module(f"twincities.{room}")
        wanted |= {f"twincities.{room}.{name}": f"twincities.{name}" for name in module.__all__}
    assert [name for name, short in wanted.items() if name not in ids and short not in ids] == []


def test_every_error_has_cause_and_cure(site: Path) -> None:
    """The page of errors names every error and warning of the library."""
    text = (site / "errors.html").read_text(encoding="utf-8")
    named = [name for name in tc.__all__ if name.endswith(("Error", "Warning"))]
    assert [name for name in named if f">{name}<" not in text] == []


def test_notebooks_keep_no_outputs() -> None:
    """The notebooks of the docs are stored without outputs: the build makes them."""
    notebooks = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
    assert len(notebooks) == 4
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_notebooks_can_be_downloaded(site: Path, pages: dict[Path, Page]) -> None:
    """The page of a notebook links to a copy that runs anywhere: its cells refer to no file or page next to it."""
    for path in (site / "notebooks").glob("*.html"):
        assert f"../_downloads/{path.stem}.ipynb" in pages[path].links
        copy = json.loads((site / "_downloads" / f"{path.stem}.ipynb").read_text(encoding="utf-8"))
        assert [cell for cell in copy["cells"] if "](" in (text := "".join(cell["source"])) or "../" in text] == []


# -- the pages in a browser ------------------------------------------------------------------------


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that keeps no log."""

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the site on this machine."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, which finds no host but this machine."""
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="the browser is driven by selenium, which isn't installed"
    )
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("the pages are looked at in chromium with chromedriver, which aren't installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "disable-dev-shm-usage",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "no-first-run",
        "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "window-size=1300,1000",
        f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(f"--{option}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(120)
    yield driver
    driver.quit()


def until(browser: Any, script: str, seconds: float = 20) -> Any:
    """The result of a script, as soon as there is one."""
    from selenium.webdriver.support.wait import WebDriverWait

    return WebDriverWait(browser, seconds).until(lambda driver: driver.execute_script(script))


def complaints(browser: Any) -> list[str]:
    """The messages of the console since the last call."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}]


def asked(browser: Any) -> set[str]:
    """The hosts that were asked since the browser was last asked."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    # A request without a page's address is the browser's own.
    urls = [urlsplit(each["request"]["url"]) for each in sent if each["documentURL"].startswith("http")]
    return {url.hostname or "" for url in urls if url.scheme.startswith("http")}


def wide(browser: Any, width: int, *, dark: bool) -> None:
    """Show pages as on a screen of this width, light or dark."""
    size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


# The texts of a page whose contrast is below what WCAG 2.2, 1.4.3 asks for (level AA); maps draw a light edge around names.
_PALE = """
const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
const pen = canvas.getContext('2d', {willReadFrequently: true});
const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
};
const over = (top, below) => top.slice(0, 3).map((part, i) => part * top[3] + below[i] * (1 - top[3]));
const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
    const colour = rgba(getComputedStyle(element).backgroundColor);
    if (colour[3] === 1) return colour.slice(0, 3);
    return over(colour, element.parentElement ? ground(element.parentElement) : [255, 255, 255]);
};
const pale = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('script, style, title, desc, noscript, svg[role=img]')) continue;
    if (!element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
    const style = getComputedStyle(element), below = ground(element);
    const text = over(rgba(element.closest('svg') ? style.fill : style.color), below);
    const [more, less] = [light(text), light(below)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (more + 0.05) / (less + 0.05);
    if (ratio < (large ? 3 : 4.5)) {
        pale.add(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${walker.currentNode.data.trim().slice(0, 30)}`);
    }
}
return [...pale];
"""


@pytest.mark.parametrize("page", PAGES)
def test_pages_load_without_a_network(browser: Any, address: str, page: str) -> None:
    """A page loads only from this site, logs nothing, and fits a narrow screen, in light and in dark."""
    found = {}
    for dark in (False, True):
        wide(browser, 1300, dark=dark)
        browser.get(address + page)
        found[f"pale {dark}"] = browser.execute_script(_PALE)
        wide(browser, 400, dark=dark)
        found[f"too wide {dark}"] = browser.execute_script(
            "return document.documentElement.scrollWidth > 400 ? [document.documentElement.scrollWidth] : []"
        )
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert complaints(browser) == []
    assert asked(browser) == {"127.0.0.1"}


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious(browser: Any, address: str, page: str) -> None:
    """axe reports nothing serious or critical."""
    axe = pytest.importorskip("axe_core_python")
    wide(browser, 1300, dark=False)
    browser.get(address + page)
    browser.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_async_script("const done = arguments[0]; axe.run().then(done)")["violations"]
    serious = [issue for issue in found if issue["impact"] in {"serious", "critical"}]
    assert {issue["id"]: issue["nodes"][0]["html"] for issue in serious} == {}


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Pihkova", "catalogue/fi/cities/pskov.html"),
        ("Pihkova", "catalogue/en/cities/pskov.html"),
        ("Pskov", "catalogue/en/cities/pskov.html"),
        ("gyor", "catalogue/en/cities/gyor.html"),
        ("liikunta", "catalogue/fi/areas/sport.html"),
        ("student exchange", "catalogue/en/areas/student-exchange.html"),
    ],
)
def test_the_search_finds(browser: Any, address: str, text: str, page: str) -> None:
    """The search finds pages by names and labels in English and Finnish, also without accents."""
    wide(browser, 1300, dark=False)
    browser.get(address)
    box = browser.find_element("css selector", ".sidebar-search")
    box.send_keys(text)
    box.submit()
    until(browser, "return /finished|did not match/i.test(document.querySelector('.search-summary')?.textContent)")
    links = browser.execute_script("return [...document.querySelectorAll('.search li a')].map((link) => link.href)")
    assert address + page in [link.partition("?")[0].partition("#")[0] for link in links]
    assert complaints(browser) == []


def test_the_map_answers_to_a_pointer(browser: Any, address: str) -> None:
    """A tooltip shows the city under the pointer, on a narrow screen too."""
    from selenium.webdriver.common.action_chains import ActionChains

    for width in (1300, 500):
        wide(browser, width, dark=False)
        browser.get(address + "catalogue/en/map.html")
        browser.switch_to.frame(browser.find_element("css selector", "iframe.map"))
        spot = "[...document.querySelectorAll('.mark-symbol path')].find((e) => /Opole/.test(e.getAttribute('aria-label')))"
        until(browser, f"return Boolean({spot})")
        ActionChains(browser).move_to_element(browser.execute_script(f"return {spot}")).perform()
        told = until(browser, "return document.querySelector('#vg-tooltip-element.visible')?.innerText")
        assert "Opole" in told
        assert "Poland" in told
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert browser.execute_script("return document.documentElement.lang") == "en"
        browser.switch_to.default_content()
    assert complaints(browser) == []


def test_keys_are_enough(browser: Any, address: str) -> None:
    """The first key leads to a link past the side bar; on a narrow screen keys open the side bar."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> None:
        ActionChains(browser).send_keys(*keys).perform()

    def focused(what: str) -> Any:
        return browser.execute_script(f"return document.activeElement.{what}")

    wide(browser, 1500, dark=False)
    browser.get(address + "tour.html")
    press(Keys.TAB)
    assert focused("textContent").strip() == "Skip to content"
    until(browser, "return document.activeElement.getBoundingClientRect().top >= 0")
    press(Keys.ENTER)
    assert browser.current_url.endswith("#furo-main-content")
    wide(browser, 500, dark=False)
    browser.get(address + "tour.html")
    press(Keys.TAB)
    assert focused("getAttribute('aria-label')") == "Toggle site navigation sidebar"
    hidden = "return document.querySelector('.sidebar-drawer').getBoundingClientRect().right <= 0"
    assert browser.execute_script(hidden)
    press(Keys.SPACE)
    until(browser, f"return !({hidden.removeprefix('return ')})")


@pytest.mark.parametrize(
    ("page", "first", "never"),
    [
        ("index.html", "import twincities as tc", "Castrop-Rauxel"),
        ("cli.html", "twincities partners Kuopio --country Germany", "$"),
        ("install.html", "pip install twincities", "$"),
    ],
)
def test_examples_are_copied_without_prompts(browser: Any, address: str, page: str, first: str, never: str) -> None:
    """The button at an example copies only the input, without prompts and output."""
    wide(browser, 1300, dark=False)
    browser.get(address + page)
    blocks = browser.execute_script("return [...document.querySelectorAll('div.highlight')].map(typed)")
    copied = next(text for text in blocks if text.startswith(first))
    assert never not in copied
    assert ">>>" not in copied
    button = browser.find_element("css selector", "button.copy")
    browser.execute_script("arguments[0].click()", button)
    until(browser, "return document.querySelector('button.copy').textContent === 'Copied'")


def test_languages_are_marked(browser: Any, address: str) -> None:
    """A Finnish page says that it is, and names in other languages say which."""
    browser.get(address + "catalogue/fi/cities/pskov.html")
    tongues = "return [...document.querySelectorAll('h1, [lang=ru]')].map((e) => e.closest('[lang]').lang)"
    assert set(browser.execute_script(tongues)) == {"fi", "ru"}
    assert browser.execute_script("return document.querySelector('[lang=ru]').textContent") == "Псков"
