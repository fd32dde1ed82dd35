"""
The folder of hooks, and the modules and files that a frozen program needs.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["data_files", "get_hook_dirs", "hidden_imports"]

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_LEFT_OUT = {"_hypothesis", "_pyinstaller", "strategies"}  # for tests alone, and for PyInstaller


def get_hook_dirs() -> list[str]:
    """
    The folders in which PyInstaller looks for hooks.
    """
    return [str(_HERE)]


def hidden_imports() -> list[str]:
    """
    All modules: most are imported by name when they are first asked for, which PyInstaller can't see.
    """
    paths = (path.relative_to(_ROOT).with_suffix("").parts for path in _ROOT.rglob("*.py"))
    kept = [parts for parts in paths if parts[0] not in _LEFT_OUT]
    return sorted(".".join(("twincities", *parts)).removesuffix(".__init__") for parts in kept)


def data_files() -> list[tuple[str, str]]:
    """
    The shipped data, each file with the folder that it belongs to.
    """
    paths = (path for path in (_ROOT / "data").rglob("*") if path.is_file())
    return [(str(path), f"twincities/{path.parent.relative_to(_ROOT).as_posix()}") for path in paths]
