"""
Countries by name: in several languages, with or without an article, with "and" or "&".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..errors import UnknownCountryError
from ..model.vocabulary import country_name, country_names, unclear_countries
from .names import fold, nearest

_IGNORED = {"the", "and", "ja", "och", "und", "et"}
_ARTICLES = {"la", "le", "les", "l", "die", "der", "das", "den"}  # only at the beginning
_ABBREVIATED = {"saint": "st", "sainte": "st", "sankt": "st", "rep": "republic", "dem": "democratic"}


def _key(name: str) -> str:
    """
    The form of *name* in which names of countries are compared.
    """
    words = [word for word in map(fold, re.split(r"[^\w.]+", name.replace("S:t", "St"))) if word]
    kept = [_ABBREVIATED.get(word, word) for word in words if word not in _IGNORED] or words[-1:]
    if len(kept) > 1 and kept[0] in _ARTICLES:
        del kept[0]
    return "".join(kept)


@cache
def _codes() -> Mapping[str, str]:
    return {key: code for code, names in country_names().items() for key in map(_key, names) if key}


@cache
def _unclear() -> Mapping[str, tuple[str, ...]]:
    return {_key(name): codes for name, codes in unclear_countries().items()}


def country_code(name: str) -> str:
    """
    The ISO 3166-1 alpha-2 code of the country with this code or name, present or former.

    >>> country_code("Bosnia and Herzegovina"), country_code("die Schweiz"), country_code("Zaire")
    ('BA', 'CH', 'CD')

    Raises:
        UnknownCountryError: No country has the name, or it may mean several: `.suggestions` has their names.
    """
    name = name.strip()
    if name.upper() in country_names():
        return name.upper()
    key = _key(name)
    if code := _codes().get(key):
        return code
    parts = [part for part in re.split(r"[/()]", name) if part.strip()]
    codes = tuple({_codes().get(_key(part), "") for part in parts})
    if len(parts) > 1 and len(codes) == 1 and codes[0]:  # one country in two languages, or by two names
        return codes[0]
    if codes := _unclear().get(key, ()):
        raise UnknownCountryError(name, tuple(map(country_name, codes)))
    raise UnknownCountryError(name, nearest(name, (label for names in country_names().values() for label in names)))
