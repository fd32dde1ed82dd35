"""
Make `docs/sources/words.md`: the headings and words that tables may contain, from `src/twincities/data/office-words.json`.

    python tools/make_words_page.py
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from twincities.model.office_words import area_words, headings, known_words, unclear_words, unknown_words
from twincities.model.vocabulary import PartnershipKind, PartnershipStatus, PlaceKind

TARGET = Path(__file__).parent.parent / "docs" / "sources" / "words.md"
START = """\
# Words in tables

The headings and words known in [tables](table.md), in Finnish, Swedish, German, French and English.
Capitals, accents and punctuation make no difference.
Filters of [questions](../questions.md) know the same words for kinds, statuses and countries.
Add your own with `columns=` and `words=`, on the command line `--columns` and `--words`.
This page is made by `tools/make_words_page.py`.
"""


def page() -> str:
    """
    The text of the page.
    """
    parts = [START, _section("Headings", "key", "headings", headings())]
    parts.append("`place` is the partner if no other column is, else the city whose partners are listed.\n")
    lists: tuple[tuple[str, type[StrEnum]], ...] = (
        ("Statuses", PartnershipStatus),
        ("Kinds of tie", PartnershipKind),
        ("Kinds of place", PlaceKind),
    )
    for title, words in lists:
        parts.append(
            _section(title, "word", "written as", {word: _once(texts) for word, texts in known_words(words).items()})
        )
        if unclear := unclear_words(words):
            parts.append(f"Reported, since offices use them in different senses: {', '.join(unclear)}.\n")
    parts.append(_section("Areas of cooperation", "area", "also written", area_words()))
    parts.append(f"## Not known\n\n{', '.join(f'`{text}`' for text in unknown_words())}.\n")
    return "\n".join(parts)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({text.casefold(): text for text in reversed(tuple(texts))}.values())[::-1]


def _section(title: str, key: str, value: str, rows: Mapping[str, Iterable[str]]) -> str:
    lines = [f"| `{name}` | {', '.join(texts)} |" for name, texts in rows.items()]
    return "\n".join([f"## {title}", "", f"| {key} | {value} |", "|---|---|", *lines, ""])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8", newline="\n")
