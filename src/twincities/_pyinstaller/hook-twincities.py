"""
PyInstaller's hook for the library: it reads these two names.
"""

from __future__ import annotations

from twincities._pyinstaller.hooks import data_files, hidden_imports

datas = data_files()
hiddenimports = hidden_imports()
