"""
Words that offices, associations and registers write in lists: Finnish, Swedish, German, French, English.

They are read from `data/office-words.json` at first use. A word that offices use with different meanings, such as
"partner city", is unclear: the user is asked which one is meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from .._data import read_data
from .vocabulary import word_labels


@cache
def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(read_data("office-words.json"))
    return found


def known_words(words: type[StrEnum]) -> dict[str, tuple[str, ...]]:
    """
    Every word of a closed list with its labels and the words that offices write for it.
    """
    written = _words()["words"].get(words.__name__, {})
    return {word: (*labels, *written.get(word, ())) for word, labels in word_labels(words).items()}


def unclear_words(words: type[StrEnum]) -> dict[str, tuple[str, ...]]:
    """
    The words of offices that may mean several words of a closed list, with those words.
    """
    asked = _words()["asked"].get(words.__name__, {})
    return {text: tuple(meanings.split()) for meanings, texts in asked.items() for text in texts}


def area_words() -> Mapping[str, tuple[str, ...]]:
    """
    The words of offices for cooperation areas, by the id of the area.
    """
    return {id: tuple(texts) for id, texts in _words()["words"]["areas"].items()}


def unknown_words() -> tuple[str, ...]:
    """
    The words of offices for something that isn't known.
    """
    return tuple(_words()["unknown"])


def headings() -> Mapping[str, tuple[str, ...]]:
    """
    Column headings by the key of `read_table`'s *columns*; `place` stands for either of the two cities.
    """
    return {key: tuple(texts) for key, texts in _words()["headings"].items()}
