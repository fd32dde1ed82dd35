"""
Values as QuickStatements writes them: times with a precision, and URLs.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ...model.edtf import EdtfDate

_WIKIMEDIA = {"wikipedia", "wikimedia", "wikidata", "wikivoyage", "wiktionary", "wikisource", "wikinews"}


def time_value(moment: EdtfDate) -> str | None:
    """
    A date as Wikibase writes times, with its precision: 7 century, 8 decade, 9 year, 10 month, 11 day.

    `None` for a date marked `?`, `~` or `%`, or one of several, since a qualifier can't be qualified.

    >>> time_value(EdtfDate("194X"))
    '+1940-00-00T00:00:00Z/8'
    """
    match = re.fullmatch(r"([0-9]{2}[0-9X]{2})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:-XX)*", str(moment))
    if match is None:
        return None
    year, month, day = match.groups()
    if year.endswith("XX"):
        return f"+{year[:2]}50-00-00T00:00:00Z/7"  # the middle is in the same century however centuries are counted
    precision = 8 if year.endswith("X") else 9 if month is None else 10 if day is None else 11
    return f"+{year.replace('X', '0')}-{month or '00'}-{day or '00'}T00:00:00Z/{precision}"


def url_value(url: str) -> str:
    # Escapes only what would end the value or the line, so that the URL equals one that Wikidata has.
    return url.replace("|", "%7C").replace('"', "%22").replace(" ", "%20")


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a bracket that no IPv6 address closes
        return ""


def is_wikimedia(url: str) -> bool:
    return not _WIKIMEDIA.isdisjoint(host_of(url).lower().split("."))
