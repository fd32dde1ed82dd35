"""
PyInstaller's hook for the library: `datas` and `hiddenimports`.
"""

from __future__ import annotations

from importlib import import_module

# PyInstaller runs this file on its own, outside the package.
_hooks = import_module("twincities._pyinstaller.hooks")
datas = _hooks.data_files()
hiddenimports = _hooks.hidden_imports()
