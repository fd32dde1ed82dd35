"""
The modules and files that a frozen program needs, and the folder of the hook.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_LEFT_OUT = {"_hypothesis", "_pyinstaller", "strategies"}  # only for tests and for PyInstaller


def get_hook_dirs() -> list[str]:
    """
    The folders that PyInstaller searches for hooks.
    """
    return [str(_HERE)]


def hidden_imports() -> list[str]:
    """
    The names of all modules: PyInstaller doesn't see those that are imported at first use.
    """
    paths = (path.relative_to(_ROOT).with_suffix("").parts for path in _ROOT.rglob("*.py"))
    kept = [parts for parts in paths if parts[0] not in _LEFT_OUT]
    return sorted(".".join(("twincities", *parts)).removesuffix(".__init__") for parts in kept)


def data_files() -> list[tuple[str, str]]:
    """
    The shipped data files, each with its folder in the frozen program.
    """
    paths = (path for path in (_ROOT / "data").rglob("*") if path.is_file())
    return [(str(path), f"twincities/{path.parent.relative_to(_ROOT).as_posix()}") for path in paths]
