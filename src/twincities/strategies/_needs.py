"""
The check that Hypothesis is installed, imported before the modules that need it.
"""

from __future__ import annotations

from .._optional import require

require("hypothesis", extra=None)
