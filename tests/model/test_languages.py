"""
Language tags: their form, their capitals, and what is asked for in a language.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.model.languages import in_usual_case, language

KUOPIO = tc.load()
PSKOV = KUOPIO.city("Pskov")


@pytest.mark.parametrize(
    ("tag", "usual"),
    [
        ("FI", "fi"),
        ("fi-fi", "fi-FI"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("sl-ROZAJ-1994", "sl-rozaj-1994"),
        ("BE-X-OLD", "be-x-old"),
        ("de-de-u-CO-phonebk", "de-DE-u-co-phonebk"),
    ],
)
def test_capitals_are_those_of_rfc_5646(tag: str, usual: str) -> None:
    """Scripts are capitalised, regions are in capitals, and the rest is in lower case (2.1.1)."""
    assert in_usual_case(tag) == usual == language(tag)
    assert tc.City(id="a", names={usual: "A"}).label(tag) == "A"


@given(st.from_regex("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", fullmatch=True))
def test_the_usual_capitals_are_left_alone(tag: str) -> None:
    """A tag in the usual case is unchanged, and case makes no difference."""
    assert in_usual_case(in_usual_case(tag)) == in_usual_case(tag) == in_usual_case(tag.upper())


@pytest.mark.parametrize("lang", ["fi_FI", "finnish", "Suomi", "", " fi", "f", "fi-", None, 5, True])
@pytest.mark.parametrize(
    "ask",
    [
        lambda lang: KUOPIO.partners("Kuopio").to_csv(lang=lang),
        lambda lang: KUOPIO.to_dicts(lang=lang),
        lambda lang: KUOPIO.to_geojson(lang=lang),
        lambda lang: tc.country_name("SE", lang),
        lambda lang: tc.language_name("sv", lang),
        lambda lang: tc.word_label(tc.PartnershipStatus.ACTIVE, lang),
        KUOPIO.areas["sport"].label,
        lambda lang: setattr(tc.display_options, "lang", lang),
        lambda lang: PSKOV.label(lang) if lang is not None else tc.country_name("SE", lang),
    ],
)
def test_what_is_no_tag_is_refused_at_every_door(ask: Any, lang: Any) -> None:
    """A slip in the language doesn't look like a language without words."""
    with pytest.raises(tc.QueryError, match="expected a BCP 47 tag such as 'fi', got "):
        ask(lang)


def test_a_language_without_words_is_answered_in_english() -> None:
    """German is a valid language, though there are no labels in it, in any case."""
    for lang in ("de", "DE", "de-AT"):
        assert tc.word_label(tc.PartnershipStatus.SUSPENDED, lang) == "suspended"
    assert tc.word_label(tc.PartnershipStatus.SUSPENDED, "FI-fi") == "keskeytetty"
    with pytest.raises(tc.QueryError, match="expected a member of a closed list"):
        tc.word_label("active", "fi")  # type: ignore[arg-type]
