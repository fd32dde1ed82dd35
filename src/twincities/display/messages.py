"""
Errors, remarks and help texts in every shipped language.

The library writes them in English. `data/messages.json` pairs each English text with its translations, in the order of
`LANGUAGES`. The fields of a text are `{name}`, a value; `{option}`, an option of the command line; `{n}`, a number;
`{NAME}`, a phrase that is translated too; `{Name}`, a value or such a phrase.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .._data import read_data
from ..model.vocabulary import LANGUAGES, primary

_FIELD = re.compile(r"\{(\w+)\}")
_SEPARATOR = re.compile(r"([:;,] |\n)")
_VALUE = r"(?:[^:;\n]|[:;](?! ))+?"  # within one clause, though it may be a list
_VALUES = {"n": r"\d[\d,.]*", "option": r"--[a-z-]+"}
_CLAUSES = 40  # of one text at most: a list of names may be longer


class _Pattern(NamedTuple):
    longest: str
    """The longest piece between fields, which rules out most texts."""
    regex: str
    translation: str


def translated(text: str, lang: str) -> str:
    """
    A text of the library in *lang*, clause by clause; a clause without a translation stays as it is.

    >>> translated("unknown city 'Kupio'; did you mean 'Kuopio'?", "fi")
    "tuntematon kaupunki 'Kupio'; tarkoititko 'Kuopio'?"
    """
    lang = primary(lang)
    if lang == LANGUAGES[0]:
        return text
    pieces = _SEPARATOR.split(text)  # clauses and separators in turn
    done = []
    start, known = 0, True
    while start < len(pieces):
        # As many clauses as have a translation together. A single word is a value, which has none; after another clause
        # without one, the rest of its sentence stays in English.
        ends = range(min(start + 2 * _CLAUSES - 1, len(pieces)), start, -2)
        for end in ends if known or pieces[start - 1] != ", " else ():
            clauses = "".join(pieces[start:end])
            is_value = " " not in clauses and len(pieces) > 1 and pieces[end : end + 1] != [": "]
            found = None if is_value else _sentence(clauses, lang)
            if found is not None:
                break
        else:
            end, found = start + 1, None
        known = found is not None or " " not in pieces[start]
        done += [found or pieces[start], *pieces[end : end + 1]]
        start = end + 1
    return "".join(done)


def _sentence(text: str, lang: str) -> str | None:
    texts, patterns = _messages(lang)
    if text in texts:
        return texts[text]
    for pattern in patterns:
        if pattern.longest in text and (match := re.fullmatch(pattern.regex, text)):
            fields = {name: _field(name, value, lang) for name, value in match.groupdict().items()}
            if None not in fields.values():
                return pattern.translation.format(**fields)
    return None


def _field(name: str, value: str, lang: str) -> str | None:
    if _kind(name) == "n":
        return value.replace(",", "\u00a0").replace(".", ",")
    if name[0].islower():
        return value
    found = _sentence(value, lang)
    return value if found is None and not name.isupper() else found


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


@cache
def _messages(lang: str) -> tuple[Mapping[str, str], tuple[_Pattern, ...]]:
    """
    The fixed texts, and the patterns, those with the most text first.
    """
    place = LANGUAGES.index(lang) - 1
    texts = {
        english: translations[place]
        for section in json.loads(read_data("messages.json")).values()
        for english, translations in section.items()
    }
    patterns = sorted(filter(_FIELD.search, texts), key=lambda english: len(_FIELD.sub("", english)), reverse=True)
    return texts, tuple(_pattern(english, texts[english]) for english in patterns)


def _pattern(english: str, translation: str) -> _Pattern:
    pieces = _FIELD.split(english)
    regex = "".join(
        f"(?P<{piece}>{_VALUES.get(_kind(piece), _VALUE)})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    )
    return _Pattern(max(pieces[::2], key=len), regex, translation)
