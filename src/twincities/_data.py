"""
The data that ships with the library.
"""

from __future__ import annotations

import os
import sys


def read_data(name: str) -> bytes:
    """
    The bytes of a file in `twincities/data/`, from a folder or from a zip.
    """
    package = sys.modules["twincities"]
    get_data = getattr(package.__spec__.loader, "get_data", None) if package.__spec__ else None
    if get_data is not None and package.__file__ is not None:
        # Loaders of folders and zips can do this themselves (PEP 302), without the 20 ms of the general way.
        data: bytes = get_data(os.path.join(os.path.dirname(package.__file__), "data", name))  # noqa: PTH118, PTH120
        return data
    from importlib_resources import files

    return files("twincities").joinpath("data", name).read_bytes()
