"""
Packages that aren't installed are named with the extra that installs them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

import twincities as tc
from twincities import _optional as optional


def test_a_missing_package_names_the_command() -> None:
    """A package that isn't installed is an `ImportError` with the command that brings it."""
    for module in ("no_such_package", "no_such_package.inner.module"):
        with pytest.raises(tc.MissingDependencyError) as caught:
            optional.require(module, extra="charts")
        assert str(caught.value) == "this needs the package no_such_package: pip install 'twincities[charts]'"
        assert (caught.value.name, caught.value.extra) == ("no_such_package", "charts")
        assert isinstance(caught.value.__cause__, ModuleNotFoundError)
    with pytest.raises(tc.MissingDependencyError, match=r"the package no_such_package: pip install no_such_package$"):
        optional.require("no_such_package", extra=None)


def test_a_package_that_is_there_is_given() -> None:
    """A package that can be imported is returned, modules inside it too."""
    module = optional.require("json.decoder", extra="x")
    assert isinstance(module, ModuleType)
    assert module is sys.modules["json.decoder"]


def test_a_package_that_lacks_its_own_needs_says_so_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If an installed package lacks a dependency, its own error is raised."""
    (tmp_path / "half_there.py").write_text("import no_such_need")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_need") as caught:
        optional.require("half_there", extra="x")
    assert not isinstance(caught.value, tc.MissingDependencyError)
    (tmp_path / "broken_there.py").write_text("raise ImportError('broken')")
    with pytest.raises(ImportError, match="broken") as broken:
        optional.require("broken_there", extra="x")
    assert not isinstance(broken.value, tc.MissingDependencyError)
    (tmp_path / "nameless_there.py").write_text("raise ModuleNotFoundError('nameless')")
    with pytest.raises(tc.MissingDependencyError):
        optional.require("nameless_there", extra="x")
