"""
PyInstaller: a frozen program has the library's modules and data. `nox -s frozen` runs the whole test.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import twincities as tc
from twincities._pyinstaller import get_hook_dirs
from twincities._pyinstaller.hooks import data_files, hidden_imports

PROGRAM = """
import sys
import twincities as tc
from twincities.cli import main

print(tc.load().partners("Kuopio", country="PL").one())
print(len(tc.from_json(tc.load().to_json()).lint()) > 0)
print(tc.compare(tc.load(), tc.load()))
sys.exit(main(["partners", "Kuopio", "--country", "PL"]))
"""


def test_the_hook_is_found_and_needs_no_pyinstaller() -> None:
    """The entry point leads to the hook's folder; the hook lists every data file and every module except those for tests."""
    (folder,) = get_hook_dirs()
    found: dict[str, object] = {}
    exec((Path(folder) / "hook-twincities.py").read_text(encoding="utf-8"), found)  # ours
    assert (found["datas"], found["hiddenimports"]) == (data_files(), hidden_imports())
    root = Path(tc.__file__).parent
    shipped = {path.relative_to(root.parent) for path in (root / "data").rglob("*") if path.is_file()}
    assert {Path(target) / Path(source).name for source, target in data_files()} == shipped
    assert {"twincities", "twincities.cli.partners", "twincities.reconcile.merging"} <= set(hidden_imports())
    assert not [name for name in hidden_imports() if "strategies" in name or "hypothesis" in name]
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (point,) = project["entry-points"]["pyinstaller40"].values()
    assert EntryPoint("hook-dirs", point, "pyinstaller40").load() is get_hook_dirs


def test_a_frozen_program_answers(tmp_path: Path) -> None:
    """A program in one folder loads the data, reads, compares and runs the command; it is given the hook as by the entry point."""
    pytest.importorskip("PyInstaller")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (folder,) = get_hook_dirs()
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--paths"]
    build += [str(Path(tc.__file__).parents[1]), "--additional-hooks-dir", folder, "program.py"]
    subprocess.run(build, check=True, cwd=tmp_path, capture_output=True)
    program = tmp_path / "dist" / "program" / "program"
    ran = subprocess.run([program], check=False, capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    first, second, *rest = ran.stdout.splitlines()
    assert "Opole" in first
    assert second == "True"
    assert any(line.startswith("Opole") for line in rest)
