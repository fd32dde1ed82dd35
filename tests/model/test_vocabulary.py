"""The closed lists of words, their labels, and the names of countries and languages."""

from __future__ import annotations

import json
import pickle
from enum import StrEnum
from importlib import resources
from typing import Any

import pytest

import twincities as tc
from twincities.model.vocabulary import LANGUAGES, country_names, word_labels

WORDS: dict[type[StrEnum], str] = {
    tc.PlaceKind: "city town municipality county region province state district village other",
    tc.PartnershipKind: "twinning friendship contact project other",
    tc.PartnershipStatus: "active dormant suspended ended",
    tc.Stage: "planned ongoing past",
    tc.MilestoneKind: "first-contact intent decision signed renewed reactivated resumed suspended lapsed ended merged"
    " conference visit founded anniversary award event attested",
    tc.Qualifier: "exact about over under",
}
each_list = pytest.mark.parametrize("words", list(WORDS), ids=lambda words: words.__name__)
each_word = pytest.mark.parametrize(
    "word", [word for words in WORDS for word in words], ids=lambda word: f"{type(word).__name__}.{word.value}"
)


# --- Words -----------------------------------------------------------------------------------


@each_list
def test_a_closed_list_has_its_words(words: type[StrEnum]) -> None:
    """The words are lower-case English, each the value of the member of that name in capitals."""
    assert [word.value for word in words] == WORDS[words].split()
    assert all(word.name == word.value.upper().replace("-", "_") for word in words)
    assert getattr(tc, words.__name__) is words


def test_every_closed_list_is_tried_here() -> None:
    """The table above has every closed list of the public API; precision is a property, not a word of the data."""
    public = [getattr(tc, name) for name in tc.__all__]
    lists = {value for value in public if isinstance(value, type) and issubclass(value, StrEnum)}
    assert lists == {*WORDS, tc.Precision}


@each_word
def test_a_word_is_a_text(word: StrEnum) -> None:
    """A word equals its text, prints as it, writes to JSON as it, and pickles to itself."""
    assert word == word.value
    assert str(word) == f"{word}" == word.value
    assert hash(word) == hash(word.value)
    assert json.dumps(word) == f'"{word.value}"'
    assert pickle.loads(pickle.dumps(word)) is word


# --- Labels ----------------------------------------------------------------------------------


@each_word
def test_a_word_has_a_label_in_three_languages(word: StrEnum) -> None:
    """Every word prints in English, Finnish and Swedish."""
    assert LANGUAGES == ("en", "fi", "sv")
    labels = [tc.word_label(word, lang) for lang in LANGUAGES]
    assert all(label and label == label.strip() and label.isprintable() for label in labels)
    assert tuple(labels) == word_labels(type(word))[word.value][:3]
    assert tc.word_label(word) == labels[0]


@each_list
def test_a_closed_list_has_labels_for_its_words_alone(words: type[StrEnum]) -> None:
    """No word is without labels, and no label without a word."""
    assert list(word_labels(words)) == [word.value for word in words]


@each_list
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_a_label_means_one_word_in_its_list(words: type[StrEnum], lang: str) -> None:
    """Within a list and a language no two words have the same label; but Finnish and Swedish call a town a city."""
    one = words is tc.PlaceKind and lang != "en"
    labels = [tc.fold(tc.word_label(word, lang)) for word in words if not (one and word.value == "town")]
    assert "" not in labels
    assert len(set(labels)) == len(labels)


@each_list
def test_a_label_means_one_word_in_any_language(words: type[StrEnum]) -> None:
    """Filters take labels of any language at once, so no label of one word is a label, or the text, of another.

    Where a language has one word for towns and cities, it means both.
    """
    meanings: dict[str, set[str]] = {}
    for word in words:
        for label in (word.value, *(tc.word_label(word, lang) for lang in LANGUAGES)):
            meanings.setdefault(tc.fold(label), set()).add(word.value)
    both = {"city", "town"}
    shared = dict.fromkeys(["kaupunki", "stad"], both) if words is tc.PlaceKind else {}
    assert {label: found for label, found in meanings.items() if len(found) > 1} == shared


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        (tc.PartnershipStatus.SUSPENDED, "fi", "keskeytetty"),
        (tc.PartnershipStatus.SUSPENDED, "fi-FI", "keskeytetty"),
        (tc.PartnershipStatus.SUSPENDED, "sv-FI", "pausad"),
        (tc.PartnershipStatus.SUSPENDED, "en-GB", "suspended"),
        (tc.MilestoneKind.SUSPENDED, "sv", "pausat"),
        (tc.PartnershipKind.TWINNING, "fi", "ystävyyskuntasuhde"),
        (tc.PlaceKind.TOWN, "fi", "kaupunki"),
        (tc.PlaceKind.TOWN, "sv", "stad"),
        (tc.PlaceKind.COUNTY, "sv", "län"),
        (tc.Qualifier.OVER, "fi", "yli"),
        (tc.Stage.PLANNED, "de", "planned"),
        (tc.Stage.PLANNED, "fin", "planned"),
    ],
)
def test_a_word_prints_in_the_language_asked_for(word: StrEnum, lang: str, expected: str) -> None:
    """A region of a language prints in that language; a language without labels in English."""
    assert tc.word_label(word, lang) == expected


# --- Countries and languages -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "lang", "expected"),
    [
        ("FI", "en", "Finland"),
        ("FI", "fi", "Suomi"),
        ("FI", "sv", "Finland"),
        ("NO", "fi", "Norja"),
        ("SE", "sv-FI", "Sverige"),
        ("DE", "fi", "Saksa"),
        ("HU", "fi", "Unkari"),
        ("PL", "sv", "Polen"),
        ("EE", "de", "Estonia"),
        ("US", "pt-BR", "United States"),
        ("XK", "en", "Kosovo"),
        ("QQ", "en", "QQ"),
        ("QQ", "fi", "QQ"),
        ("", "en", ""),
        ("fi", "en", "fi"),
        ("Finland", "fi", "Finland"),
    ],
)
def test_a_country_has_a_name(code: str, lang: str, expected: str) -> None:
    """A country prints in three languages, in English for any other; a code without a name prints as itself."""
    assert tc.country_name(code, lang) == expected


@pytest.mark.parametrize(
    ("tag", "lang", "expected"),
    [
        ("sv", "fi", "ruotsi"),
        ("sv", "sv", "svenska"),
        ("fi", "en", "Finnish"),
        ("hu", "sv", "ungerska"),
        ("hu", "de", "Hungarian"),
        ("hu", "fi-FI", "unkari"),
        ("qaa", "en", "qaa"),
        ("", "fi", ""),
    ],
)
def test_a_language_has_a_name(tag: str, lang: str, expected: str) -> None:
    """A language prints in three languages, in English for any other; a tag without a name prints as itself."""
    assert tc.language_name(tag, lang) == expected


def test_names_are_in_english_where_no_language_is_asked_for() -> None:
    """English is the language that nobody has to name."""
    assert tc.country_name("HU") == "Hungary"
    assert tc.language_name("hu") == "Hungarian"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_name_of_its_own(lang: str) -> None:
    """Every code of ISO 3166-1 that CLDR has prints as a name, and no two print alike."""
    codes = list(country_names())
    names = [tc.country_name(code, lang) for code in codes]
    assert len(codes) >= 249
    assert all(code.isascii() and code.isupper() and len(code) == 2 for code in codes)
    assert all(name and name != code for name, code in zip(names, codes, strict=True))
    assert len(set(map(tc.fold, names))) == len(names)


def test_a_name_means_one_country_in_any_language() -> None:
    """A country may be asked for by its names in three languages and others in use: none leads to two countries."""
    meanings: dict[str, set[str]] = {}
    for code, names in country_names().items():
        for name in names:
            meanings.setdefault(tc.fold(name), set()).add(code)
    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("tag", ["fi", "sv", "en", "de", "hu", "pl", "no", "nb", "et", "ru", "zh", "ja", "is", "uk"])
def test_the_languages_of_partners_have_names(tag: str) -> None:
    """The languages that partner cities speak print as names."""
    assert all(tc.language_name(tag, lang) not in {"", tag} for lang in LANGUAGES)


def test_names_are_those_that_ship() -> None:
    """Names come from the shipped file, not from the machine's locale."""
    shipped: dict[str, Any] = json.loads((resources.files("twincities") / "data" / "cldr-names.json").read_bytes())
    for code, names in shipped["territories"].items():
        assert [tc.country_name(code, lang) for lang in LANGUAGES] == names[:3]
    for tag, names in shipped["languages"].items():
        assert [tc.language_name(tag, lang) for lang in LANGUAGES] == names[:3]
