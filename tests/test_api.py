"""
The public API: a name that changes is in the changelog.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).parents[1]
if not (PROJECT / "tools" / "make_api.py").exists():
    pytest.skip("needs the source tree", allow_module_level=True)


@pytest.fixture(scope="module")
def api() -> Iterator[ModuleType]:
    """The tool that makes the file."""
    sys.path.insert(0, str(PROJECT / "tools"))
    try:
        import make_api

        yield make_api
    finally:
        sys.path.remove(str(PROJECT / "tools"))


def test_the_api_is_the_one_that_was_recorded(api: ModuleType) -> None:
    """
    Every public name and signature is as in `tests/api.txt`.

    Where this fails on purpose: say in CHANGELOG.md, under Unreleased and Library, what users can or must do now, naming
    each changed name in backticks; then run `python tools/make_api.py`, which refuses to go on before that.
    """
    head, *told = api.SNAPSHOT.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# changelog [0-9a-f]{16}", head)
    found = sorted(api.public_names())
    gone, new = sorted(set(told) - set(found)), sorted(set(found) - set(told))
    assert (gone, new) == ([], []), "see this test's docstring"
    assert told == found


def test_the_documented_modules_are_looked_at(api: ModuleType) -> None:
    """The file has every module that the reference lists."""
    pages = "".join(page.read_text(encoding="utf-8") for page in (PROJECT / "docs" / "api").glob("*.md"))
    assert {"twincities", *re.findall(r"automodule:: ([\w.]+)", pages)} == set(api.MODULES)


OLD = ["class twincities.City(object)", "twincities.City.id: str (required)", "twincities.load(name)  [name: str]"]


@pytest.mark.parametrize(
    ("new", "names"),
    [
        (OLD, set()),
        (OLD[:2], {"load"}),
        ([*OLD[:2], "twincities.load(name, lang)  [name: str]"], {"load"}),
        ([*OLD, "twincities.City.kind = 'x'"], {"kind"}),
        ([OLD[0], "twincities.City.id: int", OLD[2]], {"id"}),
    ],
)
def test_a_changed_line_names_what_changed(api: ModuleType, new: list[str], names: set[str]) -> None:
    """A name that comes, goes or gets another signature is a changed name."""
    assert api.changed(OLD, new) == names


LOG = """# Changelog

## Unreleased

### Library

- Added `Dataset.to_arrow` and `read(path)`.

### Data

- Added `kuopio`.

## 0.1.0

### Library

- Added `load`.
"""


def test_the_changelog_has_to_say_it_anew(api: ModuleType) -> None:
    """Only names in backticks under Unreleased and Library count."""
    said = api.unreleased(LOG)
    assert said == "- Added `Dataset.to_arrow` and `read(path)`."
    assert api.unsaid({"to_arrow", "read"}, said) == []
    assert api.unsaid({"kuopio", "load", "Added"}, said) == ["Added", "kuopio", "load"]
    assert api.unreleased("# Changelog\n\n## 0.1.0\n\n### Library\n\n- `x`\n") == ""


def test_nothing_is_reported_without_the_changelog(
    api: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool doesn't make the file anew until the changelog says something new that names every change."""
    snapshot = tmp_path / "api.txt"
    monkeypatch.setattr(api, "SNAPSHOT", snapshot)
    monkeypatch.setattr(api, "ROOT", tmp_path)
    monkeypatch.setattr(api, "public_names", lambda: iter(OLD))
    (tmp_path / "CHANGELOG.md").write_text(LOG)
    api.main()
    first = snapshot.read_text()
    assert first.splitlines()[1:] == OLD
    monkeypatch.setattr(api, "public_names", lambda: iter([*OLD, "twincities.read(path)"]))
    with pytest.raises(SystemExit, match="says nothing new, and these changed: read"):
        api.main()
    (tmp_path / "CHANGELOG.md").write_text(LOG.replace("`read(path)`", "more"))
    with pytest.raises(SystemExit, match="doesn't name: read"):
        api.main()
    assert snapshot.read_text() == first
    (tmp_path / "CHANGELOG.md").write_text(LOG.replace("`read(path)`", "a quicker `read`"))
    api.main()
    assert "twincities.read(path)" in snapshot.read_text()
