"""
Language tags (BCP 47): their form, their usual case, and the look-up of texts by tag.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..errors import QueryError, shown

TAG_FORM = "(?!.{65})[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*(?:-[A-Za-z0-9](?:-[A-Za-z0-9]{2,8})+)*"
"""A language, then script, region and variants, then extensions and private use, each after a single letter or digit
(RFC 5646, 2.1); at most 64 characters."""


def in_usual_case(tag: str) -> str:
    """
    *tag* in the case that RFC 5646, 2.1.1, recommends. Case doesn't change the meaning of a tag.

    >>> in_usual_case("zh-hant"), in_usual_case("PT-br")
    ('zh-Hant', 'pt-BR')
    """
    parts = tag.lower().split("-")
    for place, part in enumerate(parts):
        if len(part) == 1:
            break
        if place and len(part) == 2:
            parts[place] = part.upper()
        elif place and len(part) == 4 and part.isalpha():
            parts[place] = part.capitalize()
    return "-".join(parts)


def language(lang: str) -> str:
    """
    *lang* as a tag in its usual case.

    Raises:
        QueryError: It isn't a BCP 47 tag, as `fi_FI` and `Finnish` aren't.
    """
    tag = _language(lang) if isinstance(lang, str) else None
    if tag is None:
        raise QueryError(f"expected a BCP 47 tag such as 'fi', got {shown(lang)}")
    return tag


@lru_cache(maxsize=256)  # called for each cell of a table
def _language(lang: str) -> str | None:
    tag = in_usual_case(lang)
    return tag if re.fullmatch(TAG_FORM, tag, re.ASCII) else None


def label_in(labels: Mapping[str, str], lang: str) -> str | None:
    """
    The label in *lang*, or in the longest prefix of its tag that has one (RFC 4647, 3.4), or `None`.
    """
    if not isinstance(lang, str) or lang not in labels:
        lang = language(lang)
        while lang not in labels and "-" in lang:
            lang = lang.rpartition("-")[0]
    return labels.get(lang)


def text_in(texts: Mapping[str, str], lang: str) -> str | None:
    """
    The text in *lang*, or else in English, or else the first; `None` if there is no text.
    """
    return label_in(texts, lang) or label_in(texts, "en") or next(iter(texts.values()), None)
