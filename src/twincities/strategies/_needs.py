"""
Imported before the other modules of the room, so that a missing Hypothesis is reported in the library's words.
"""

from __future__ import annotations

from .._optional import require

require("hypothesis", extra=None)
