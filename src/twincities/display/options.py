"""
The options of notebooks: the one setting that a process has.
"""

from __future__ import annotations

from typing import Any

import attrs

from ..errors import QueryError, shown
from ..model.languages import language

__all__ = ["DisplayOptions", "display_options"]


def _count(_: Any, __: Any, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise QueryError(f"expected a number of rows from 1, got {shown(value)}")


@attrs.define(kw_only=True)
class DisplayOptions:
    """
    Language and number of rows in notebooks, unless a call says otherwise. Nothing else depends on it, and the machine's locale decides nothing.

    Raises:
        QueryError: A value is no tag, or no number of rows.
    """

    lang: str = attrs.field(default="en", converter=language)
    """The language of labels, names and dates: a BCP 47 tag. English unless set."""
    rows: int = attrs.field(default=20, validator=_count)
    """How many rows a table has at most."""


display_options: DisplayOptions = DisplayOptions()
"""The options of this process: `tc.display_options.lang = "fi"`."""
