"""
Words that look alike and mean the opposite, which no error may suggest for each other.
"""

from __future__ import annotations

import re

# All words are folded.
_FINNISH = {"ei", "eivat", "emme", "ilman"}
_SWEDISH = {"inte", "ej", "icke", "ingen", "inget", "inga", "utan"}
_GERMAN = {"nicht", "kein", "keine", "keinen", "ohne"}
_ENGLISH = {"not", "no", "never", "none", "without"}
_FRENCH = {"non", "ne", "pas", "aucun", "aucune", "sans"}
_NEGATIONS = _FINNISH | _SWEDISH | _GERMAN | _ENGLISH | _FRENCH
_PREFIXES = ("non", "not", "nicht", "inte", "icke", "ei", "ej", "epa", "anti", "dis", "de", "un", "in", "im", "o")
# Words, or beginnings of words, that exclude each other.
_STEMS = (
    ("akti", "passi"),
    ("acti", "passi"),
    ("north", "south"),
    ("nord", "sud"),
    ("nord", "syd"),
    ("norra", "sodra"),
    ("pohjo", "etela"),
    ("east", "west"),
    ("ost", "west"),
    ("ost", "vast"),
    ("ita", "lansi"),
    ("est", "ouest"),
    ("upper", "lower"),
    ("ober", "unter", "nieder"),
)


def are_opposite(query: str, label: str) -> bool:
    """
    True if one of two texts, folded word by word, negates the other or names its opposite.
    """
    asked, named = set(query.split()), set(label.split())
    if (asked & _NEGATIONS) != (named & _NEGATIONS):
        return True
    if _negates(query, label) or _negates(label, query):
        return True
    for stems in _STEMS:
        ours, theirs = ({stem for stem in stems if re.search(rf"\b{stem}", text)} for text in (query, label))
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def _negates(text: str, other: str) -> bool:
    """
    True if *text* is a negating prefix and *other*, endings aside.
    """
    for prefix in _PREFIXES:
        rest = text[len(prefix) :].strip()
        if text.startswith(prefix) and len(rest) > 3 and rest[:4] == other[:4]:
            return True
    return False
