"""
The examples: they install as packages, and their tests pass.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import twincities as tc
from twincities.document.text import laid_out

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, installed as a user installs them but without their dependencies."""
    pytest.importorskip("hatchling")
    pytest.importorskip("pip")
    folder = tmp_path_factory.mktemp("site")
    # Without --no-build-isolation pip would fetch hatchling.
    options: list[str | Path] = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", folder]
    run(folder, "-m", "pip", "install", *options, *(path.parent for path in EXAMPLES.glob("*/pyproject.toml")))
    return folder


def run(site: Path, *arguments: str | Path) -> str:
    """The output of a Python that finds the installed examples."""
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, check=False, cwd=site, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_tests(site: Path, name: str) -> None:
    """Run an example's own tests in a separate process; a missing package is a failure, a missing browser isn't."""
    config: list[str | Path] = [
        "-c",
        EXAMPLES / name / "pyproject.toml",
        "-p",
        "no:cacheprovider",
        "-W",
        "error",
        "-q",
        "-rs",
    ]
    printed = run(site, "-m", "pytest", *config, EXAMPLES / name / "tests")
    skipped = [line for line in printed.splitlines() if line.startswith("SKIPPED") and "needs chromium" not in line]
    assert skipped == []


def test_the_data_set_of_jyvaskyla(site: Path) -> None:
    """The package of the template's shape is found by its name, is sound, and answers questions together with Kuopio."""
    run_tests(site, "twincities-jyvaskyla")


def test_the_service(site: Path) -> None:
    """The service answers over the network as its OpenAPI document says, and its map asks no other host."""
    for module in ("altair", "fastapi", "httpx", "jsonschema_rs", "selenium", "uvicorn", "vl_convert"):
        pytest.importorskip(module)
    run_tests(site, "city-site")


def test_the_data_set_is_as_the_library_writes_it() -> None:
    """The document is laid out as `write` does it, so that a change shows as no more than a change."""
    path = EXAMPLES / "twincities-jyvaskyla" / "src" / "twincities_jyvaskyla" / "jyvaskyla.json"
    assert path.read_text(encoding="utf-8") == laid_out(tc.read(path).to_dict())


@pytest.mark.parametrize("file", ["pyproject.toml", "src/twincities_jyvaskyla/__init__.py", "tests/test_data.py"])
def test_the_data_set_has_the_shape_of_the_template(file: str, tmp_path: Path) -> None:
    """The example has every line that `new-dataset` writes, except the licence."""
    run(tmp_path, "-m", "twincities", "new-dataset", "jyvaskyla", "--city", "Jyväskylä", "--folder", tmp_path)
    written = (tmp_path / "twincities-jyvaskyla" / file).read_text(encoding="utf-8").splitlines()
    example = (EXAMPLES / "twincities-jyvaskyla" / file).read_text(encoding="utf-8").splitlines()
    assert [line for line in written if line not in example] == []
