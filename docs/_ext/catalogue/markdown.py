"""
Pages as MyST markdown, in which each fact carries its sources as footnotes.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import twincities as tc
from twincities.display import date_in
from twincities.display.values import text_of

from .words import LANGUAGES, word

__all__ = ["Page", "link", "linked", "plain", "tongue"]

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})


def plain(text: str) -> str:
    """
    *text* as it is: nothing in it is markup.
    """
    return " ".join(text.split()).translate(_ESCAPED)


def link(text: str, target: str) -> str:
    """
    A link to a page of the catalogue, or to an address.
    """
    return f"[{plain(text)}](<{target}>)"


def linked(text: str | None, url: str | None) -> str:
    """
    Something to read: its title, its address, or both.
    """
    return link(text or url or "", url) if url else plain(text or "")


def tongue(text: str, lang: str) -> str:
    """
    A text in another language than the page's, so that it is read out in its own.
    """
    return f'<span lang="{escape(lang)}">{plain(text)}</span>'


class Page:
    """
    A page that grows line by line, and ends with the sources that it cites.
    """

    def __init__(
        self, ds: tc.Dataset, lang: str, title: str, keywords: Iterable[str] = (), *, listed: bool = True
    ) -> None:
        self.ds, self.lang = ds, lang
        self._cited: dict[str, None] = {}
        # What people type without accents is found too: the search reads the keywords.
        folded = ", ".join(dict.fromkeys(tc.fold(part) for text in keywords for part in text.split()))
        meta = f'\nmyst:\n  html_meta:\n    keywords: "{folded}"' if folded else ""
        orphan = "" if listed else "\norphan: true"  # what Sphinx calls a page that the side bar doesn't list
        self._lines = [f"---\nlang: {lang}{orphan}{meta}\n---", f"# {plain(title)}"]

    def add(self, *paragraphs: str) -> None:
        """
        Add paragraphs, lists or tables; blank ones are left out.
        """
        self._lines += filter(None, paragraphs)

    def heading(self, key: str, level: int = 2) -> None:
        """
        Add a heading.
        """
        self.add(f"{'#' * level} {self.word(key)}")

    def in_other_languages(self, here: str, up: str, *besides: str) -> None:
        """
        Add links to the same page, which is called *here*, in the other languages; *up* leads out of this one's folder.
        Other links may stand *besides*.
        """
        others = (tongue_link(lang, f"{up}{lang}/{here}") for lang in LANGUAGES if lang != self.lang)
        self.add(" · ".join([*besides, *others]))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """
        Add a table of cells that are markdown; without rows there is none.
        """
        rows = list(rows)
        if rows:
            lines = [[self.word(key) for key in headings], ["---"] * len(headings), *rows]
            self.add("\n".join(f"| {' | '.join(cells)} |" for cells in lines))

    def items(self, items: Iterable[str]) -> None:
        """
        Add a list.
        """
        self.add("\n".join(f"- {item}" for item in items))

    def titled_items(self, key: str, items: Iterable[str], level: int) -> None:
        """
        Add a heading and a list, or nothing where the list is empty.
        """
        items = list(items)
        if items:
            self.heading(key, level)
            self.items(items)

    def figure(self, picture: str, alt: str, target: str = "") -> None:
        """
        Add a picture with what it shows in words.
        """
        image = f"![{plain(alt)}](<{picture}>){{.map}}"
        self.add(f"[{image}](<{target}>)" if target else image)

    def word(self, key: str) -> str:
        """
        A heading or sentence in the language of the page.
        """
        return word(key, self.lang)

    def date(self, moment: Any) -> str:
        """
        A date in the language of the page, or nothing.
        """
        return plain(date_in(moment, self.lang)) if moment is not None else ""

    def stated(self, record: Any, field: str) -> str:
        """
        Every value that is stated of a field, each with its footnotes, or nothing.
        """
        found = []
        for value, ids, _ in record.stated(field):
            self._cited |= dict.fromkeys(ids)
            found.append(plain(text_of(value, self.lang)) + "".join(f" [^{id}]" for id in ids))
        return f" {self.word('or')} ".join(found)

    def cite(self, record: Any, field: str = "") -> str:
        """
        The footnotes of a record's field: of its own sources, else of those of the record.
        """
        stated = getattr(record, "field_sources", {})
        ids = stated.get(field) or stated.get(field.partition(".")[0]) or record.sources
        self._cited |= dict.fromkeys(ids)
        return "".join(f" [^{id}]" for id in ids)

    def text(self) -> str:
        """
        The whole page.
        """
        notes = [f"[^{id}]: {source_text(self.ds.sources[id], self.lang)}" for id in self._cited]
        end = [f"## {self.word('sources')}", *notes] if notes else []
        return "\n\n".join([*self._lines, *end]) + "\n"


def tongue_link(lang: str, target: str) -> str:
    """
    A link to a page in another language, named in that language.
    """
    return f'[<span lang="{lang}">{LANGUAGES[lang]}</span>](<{target}>)'


def source_text(source: tc.Source, lang: str) -> str:
    """
    A source in one line: what, whose, from when, under which licence.
    """
    title = linked(source.title or source.publisher or source.id, source.url)
    published = plain(date_in(source.published, lang)) if source.published else ""
    publisher = plain(source.publisher) if source.publisher and source.title else ""
    return ", ".join(filter(None, (title, publisher, published, plain(source.licence or "")))) + "."
