"""
The hook for PyInstaller, which finds it by the entry point `pyinstaller40`.
"""

from __future__ import annotations

from .hooks import get_hook_dirs

__all__ = ["get_hook_dirs"]
