"""
What offices write for kinds, statuses and areas: each word has one meaning, or is asked back.
"""

from __future__ import annotations

from enum import StrEnum

import pytest

import twincities as tc
from twincities.model.office_words import area_words, headings, known_words, unclear_words, unknown_words
from twincities.model.vocabulary import PartnershipKind, PartnershipStatus, word_labels

KUOPIO = tc.load()


@pytest.mark.parametrize("words", [PartnershipKind, PartnershipStatus])
def test_a_word_has_one_meaning(words: type[StrEnum]) -> None:
    """No word that offices write means two words of a list, or says that nothing is known."""
    meanings: dict[str, set[str]] = {}
    for word, texts in known_words(words).items():
        for text in (word, *texts):
            meanings.setdefault(tc.fold(text), set()).add(word)
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}
    assert not meanings.keys() & set(map(tc.fold, unknown_words()))


@pytest.mark.parametrize("words", [PartnershipKind, PartnershipStatus])
def test_unclear_words_name_words_of_the_list(words: type[StrEnum]) -> None:
    """The possible meanings of an unclear word are words of the same list."""
    for meanings in unclear_words(words).values():
        assert len(meanings) > 1
        assert set(meanings) <= set(words)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("inaktiv", "dormant"),
        ("ei aktiivinen", "dormant"),
        ("non actif", "dormant"),
        ("passiivinen", "dormant"),
        ("jäissä", "suspended"),
        ("auf Eis gelegt", "suspended"),
        ("lopetettu", "ended"),
        ("uppsagd", "ended"),
        ("en cours", "active"),
    ],
)
def test_filters_know_what_offices_write(word: str, status: str) -> None:
    """A question about a status takes the words that lists have."""
    assert KUOPIO.ties(status=word) == KUOPIO.ties(status=status)


@pytest.mark.parametrize("word", ["partner city", "vänstad", "friendship town", "partenariat"])
def test_unclear_kinds_are_asked_back(word: str) -> None:
    """A word that offices use with different meanings is refused, with its meanings."""
    with pytest.raises(tc.UnknownKindError, match="offices mean different things by it") as caught:
        KUOPIO.ties(kind=word)
    assert {"twinning", "friendship"} <= set(caught.value.suggestions)


def test_unclear_statuses_are_asked_back() -> None:
    """A tie that is "avbruten" is suspended or ended."""
    with pytest.raises(tc.UnknownStatusError) as caught:
        KUOPIO.ties(status="avbruten")
    assert caught.value.suggestions == ("suspended", "ended")


def test_words_of_areas_lead_to_areas() -> None:
    """Every area with words of offices is in the vocabulary."""
    assert set(area_words()) <= set(KUOPIO.areas)


def test_a_heading_means_one_column() -> None:
    """No heading means two columns."""
    folded = [tc.fold(text) for texts in headings().values() for text in texts]
    assert len(folded) == len(set(folded))


def test_labels_are_known_words() -> None:
    """Every label that is printed is also accepted."""
    for words in (PartnershipKind, PartnershipStatus):
        assert all(set(labels) <= set(known_words(words)[word]) for word, labels in word_labels(words).items())
