"""
Language tags (BCP 47): their form, their usual capitals, and the tag that a reader asks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..errors import QueryError, short

__all__ = ["TAG_FORM", "in_usual_case", "label_in", "language", "text_in"]

TAG_FORM = "(?!.{65})[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*(?:-[A-Za-z0-9](?:-[A-Za-z0-9]{2,8})+)*"
"""Language, then script, region and variants, then extensions and private use, each behind a letter (RFC 5646, 2.1);
at most 64 letters."""


def in_usual_case(tag: str) -> str:
    """
    *tag* in the capitals that RFC 5646, 2.1.1, recommends; tags mean the same in any.

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
    The tag of the language that is asked for, so that a slip doesn't look like a language without words.

    Raises:
        QueryError: It isn't a tag, such as `fi_FI` or a language's name.
    """
    if not isinstance(lang, str):
        raise QueryError(f"expected a BCP 47 tag such as 'fi', got {short(lang)}")
    return _language(lang)


@lru_cache(maxsize=256)  # asked for each cell of a table
def _language(lang: str) -> str:
    tag = in_usual_case(lang)
    if not re.fullmatch(TAG_FORM, tag, re.ASCII):
        raise QueryError(f"expected a BCP 47 tag such as 'fi', got {short(lang)}")
    return tag


def label_in(labels: Mapping[str, str], lang: str) -> str | None:
    """
    The label in *lang*, or in what is left of its tag when it is cut from the end (RFC 4647, 3.4), or `None`.
    """
    if lang not in labels:
        lang = language(lang)
        while lang not in labels and "-" in lang:
            lang = lang.rpartition("-")[0]
    return labels.get(lang)


def text_in(texts: Mapping[str, str], lang: str) -> str | None:
    """
    Of texts by language the one in *lang*, else in English, else the first.
    """
    return label_in(texts, lang) or label_in(texts, "en") or next(iter(texts.values()), None)
