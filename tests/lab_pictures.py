"""
JupyterLab itself, in Chromium: what a data set and a map look like there. The nox session `lab` runs this.

What is checked is that they are there; how they look is for eyes, on the picture `lab.png` in `TWINCITIES_PICTURES`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

for _package in ("jupyterlab", "altair", "vl_convert", "selenium"):
    pytest.importorskip(_package)
if not shutil.which("chromedriver"):
    pytest.skip("chromedriver isn't installed", allow_module_level=True)

CELLS = (
    "import twincities as tc\n\nds = tc.load()\nds",
    'ds.partners("Kuopio", country=["Germany", "Poland"])',
    'ds.partners("Kuopio").chart.map(title="Kuopio")',
)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own, whose folder holds one notebook that was never run."""
    cells = [
        {"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
        for n, code in enumerate(CELLS)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "files").mkdir()
    settings = tmp_path / "CONFIG" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    (tmp_path / "files" / "kuopio.ipynb").write_text(json.dumps(notebook))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": tmp_path / "files",
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "kuopio",
        "LabApp.expose_app_in_browser": True,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    folders = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())],
            env={**os.environ, **folders},
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}/"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}api?token=kuopio").close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
        server.terminate()
        server.wait()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """Chromium, which finds no host but this machine."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for option in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "disable-dev-shm-usage",
        "no-first-run",
        "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "window-size=1300,1900",
        f"user-data-dir={tmp_path / 'chromium'}",
    ):
        options.add_argument(f"--{option}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


# How many points of the picture have the colour of an active tie: Lab draws on a canvas.
_BLUE = """
const canvas = document.querySelector('.jp-OutputArea .vega-embed canvas');
if (!canvas) return 0;
const points = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
let count = 0;
for (let i = 0; i < points.length; i += 4) {
    if (points[i] < 60 && Math.abs(points[i + 1] - 110) < 30 && Math.abs(points[i + 2] - 160) < 30) count += 1;
}
return count;
"""


def test_lab_shows_a_data_set_and_a_map(lab: str, browser: Any) -> None:
    """With no network JupyterLab runs a notebook, and shows the map and the tables, whose cells begin at the left."""
    from selenium.common.exceptions import JavascriptException
    from selenium.webdriver.support.wait import WebDriverWait

    def until(script: str) -> Any:
        return WebDriverWait(browser, 90, ignored_exceptions=[JavascriptException]).until(
            lambda driver: driver.execute_script(script)
        )

    browser.get(f"{lab}lab/tree/kuopio.ipynb?token=kuopio")
    until("return [...window.jupyterapp?.shell.widgets('main')][0]?.sessionContext?.session?.kernel?.status === 'idle'")
    browser.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    tables = "return [...document.querySelectorAll('.jp-OutputArea .twincities')].map((e) => e.innerText)"
    WebDriverWait(browser, 90).until(lambda driver: len(driver.execute_script(tables)) == 2)
    blue = until(_BLUE)
    browser.save_screenshot(str(Path(os.environ.get("TWINCITIES_PICTURES", ".")) / "lab.png"))
    whole, partners = browser.execute_script(tables)
    assert "Twin cities of Kuopio" in whole
    assert "Opole" in partners
    aligned = "return getComputedStyle(document.querySelector('.jp-OutputArea .twincities td')).textAlign"
    assert browser.execute_script(aligned) == "left"
    assert blue > 1000
