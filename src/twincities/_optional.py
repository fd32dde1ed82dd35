"""
Import packages that come with an extra.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .errors import MissingDependencyError


def require(module: str, *, extra: str | None) -> Any:
    """
    Import *module*, or say which command installs it: that of an extra, or of the package itself.

    Raises:
        MissingDependencyError: The module's package isn't installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name is not None and error.name.partition(".")[0] != package:
            raise  # the package is installed but lacks something: its own message says so
        raise MissingDependencyError(package, extra) from error
