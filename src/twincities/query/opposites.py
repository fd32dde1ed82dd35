"""
Opposites: words that look alike and mean the contrary, which no error may suggest for each other.
"""

from __future__ import annotations

import re

__all__ = ["are_opposite"]

# Finnish, Swedish, German, English, French; folded.
_NEGATIONS = {
    "ei",
    "eivat",
    "emme",
    "ilman",
    "inte",
    "ej",
    "icke",
    "ingen",
    "inget",
    "inga",
    "utan",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "ohne",
    "not",
    "no",
    "never",
    "none",
    "without",
    "non",
    "ne",
    "pas",
    "aucun",
    "aucune",
    "sans",
}
_PREFIXES = ("non", "not", "nicht", "inte", "icke", "ei", "ej", "epa", "anti", "dis", "de", "un", "in", "im", "o")
# Two stems that a word begins with, or the word itself: who writes one doesn't mean the other.
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
    True if one of two folded texts, in which spaces are left, negates the other or names its contrary.
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
    True if *text* is *other*, but for its ending, behind a prefix that negates.
    """
    for prefix in _PREFIXES:
        rest = text[len(prefix) :].strip()
        if text.startswith(prefix) and len(rest) > 3 and rest[:4] == other[:4]:
            return True
    return False
