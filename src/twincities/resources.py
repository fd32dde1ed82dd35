"""
The one place that reads files shipped inside the package.
"""

from __future__ import annotations

__all__ = ["read_data"]


def read_data(name: str) -> bytes:
    """
    The bytes of a file in `twincities/data/`, from a folder or from a zip.
    """
    from importlib_resources import files  # 7 ms that `import twincities` doesn't pay

    return files("twincities").joinpath("data", name).read_bytes()
