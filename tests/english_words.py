"""
English words in a text that should have none.
"""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"(?<!-)\b(?:the|of|is|isn't|are|aren't|expected|got|and|or|with|which|that|this|only|from|not|no|than|unknown)\b(?!-)"
)


def english_in(text: str) -> list[str]:
    """The English words that are left in a translation, quoted values aside."""
    return _ENGLISH.findall(re.sub(r"'[^' ]*( [^']*)?'", "", text))
