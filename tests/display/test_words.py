"""
The table of words.
"""

from __future__ import annotations

import pytest

from twincities.display import words
from twincities.display.words import counted, headings, status_in, word


def test_every_word_stands_in_every_language() -> None:
    """Each key has a text in each shipped language, with the same places to fill in."""
    for key, texts in words._WORDS.items():
        assert len(texts) == 3, key
        assert all(text.strip() == text and text for text in texts), key
        assert len({text.count("{}") for text in texts}) == 1, key


def test_no_word_stands_in_two_tables() -> None:
    """A key means one text: a table can't hide what another has."""
    assert not words._WORDS.keys() & words._OF_PAGES.keys()


def test_other_languages_read_english() -> None:
    """A language without words reads the English ones, a regional tag those of its language."""
    assert (word("until", "fi-FI"), word("until", "de")) == ("Loppu", "Until")


def test_headings_begin_with_a_capital() -> None:
    """Words that stand in sentences elsewhere have a capital as headings."""
    assert headings(("agreement", "since"), "fi") == ("Sopimus", "Alku")


@pytest.mark.parametrize(
    ("number", "lang", "text"),
    [(0, "en", "0 networks"), (1, "fi", "1 verkosto"), (2, "fi", "2 verkostoa"), (1, "sv", "1 nätverk")],
)
def test_things_are_counted(number: int, lang: str, text: str) -> None:
    """A number of things is in the singular where it is one."""
    assert counted(number, "networks", lang) == text


def test_no_status_is_said() -> None:
    """A status that isn't stated is never called active."""
    assert status_in(None, "fi") == "ei ilmoitettu"
