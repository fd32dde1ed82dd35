"""
The options of notebooks, the only setting of a process.
"""

from __future__ import annotations

from typing import Any

import attrs

from ..model.arguments import as_whole_number
from ..model.languages import language

__all__ = ["DisplayOptions", "display_options"]


def _count(_: Any, __: Any, value: Any) -> None:
    as_whole_number(value, "rows")


@attrs.define(kw_only=True)
class DisplayOptions:
    """
    The default language and number of rows in notebooks. Nothing else uses them; the locale of the machine is ignored.

    Raises:
        QueryError: `lang` isn't a language tag, or `rows` isn't a positive number.
    """

    lang: str = attrs.field(default="en", converter=language)
    """The language of labels, names and dates: a BCP 47 tag, by default English."""
    rows: int = attrs.field(default=20, validator=_count)
    """The most rows of a table."""


display_options: DisplayOptions = DisplayOptions()
"""The options of this process, as in `tc.display_options.lang = "fi"`."""
